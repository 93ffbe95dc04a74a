/*
 * Files that come to be whole or not at all, their writer killed at every call:
 * with files that have no name yet and where the file system has none, over
 * nothing and over an older one, written and filled by a library. What was left
 * goes with the next one written there; what somebody still works on does not.
 */
#include "tests/db/kill_rig.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/leftovers.h"
#include "core/private_file.h"

static const char old_text[] = "what was there before\n";
static const char new_text[] = "what comes in its place\n";
enum { PIECES = 3 };

static bool has_no_unnamed;	 /* as some file systems */
static int folders_refused = -1; /* counted when not -1 */

int __real_open(const char *name, int flags, ...);
int __wrap_open(const char *name, int flags, ...);
int __wrap_open(const char *name, int flags, ...)
{
	bool makes = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
	mode_t mode = 0;
	va_list rest;

	va_start(rest, flags);
	if (makes)
		mode = va_arg(rest, mode_t);
	va_end(rest);
	if (has_no_unnamed && (flags & O_TMPFILE) == O_TMPFILE) {
		errno = EOPNOTSUPP;
		return -1;
	}
	if (folders_refused >= 0 && (flags & O_DIRECTORY) != 0) {
		folders_refused++;
		errno = EMFILE;
		return -1;
	}
	return __real_open(name, flags, mode);
}

static bool is_gone; /* what is looked at, whatever there is */

int __real_lstat(const char *name, struct stat *out_about);
int __wrap_lstat(const char *name, struct stat *out_about);
int __wrap_lstat(const char *name, struct stat *out_about)
{
	if (!is_gone)
		return __real_lstat(name, out_about);
	errno = ENOENT;
	return -1;
}

struct writing {
	const char *name;
	bool is_named, replaces, is_filled;
};

static const char *write_two(const void *what, const char *path, const char *folder)
{
	char half[400];
	FILE *file = fopen(path, "wb");

	(void)what;
	(void)snprintf(half, sizeof(half), "%s/half", folder);
	if (!file || fclose(fopen(half, "wb")) != 0 || unlink(half) != 0)
		return "half of it could not be written";
	for (int i = 0; i < PIECES; i++)
		(void)fputs(new_text, file);
	return fclose(file) == 0 ? NULL : "it could not be written";
}

static enum desk_status write_it(const struct writing *writing, struct notice *notice)
{
	struct private_file file;
	enum desk_status status = private_file_open(
		&file, store_rig_path("f"), writing->replaces ? NULL : "stop", notice);

	if (status == DESK_OK && writing->is_filled)
		status = private_file_fill(&file, write_two, NULL, notice);
	for (int i = 0; i < PIECES && status == DESK_OK && !writing->is_filled; i++)
		status = private_file_put(&file, new_text, sizeof(new_text) - 1, notice);
	return private_file_close(&file, status, notice);
}

static int body(void *with)
{
	const struct writing *writing = with;
	struct notice notice;

	has_no_unnamed = writing->is_named;
	return write_it(writing, &notice) == DESK_OK ? 0 : 1;
}

/* Files and folders in the folder besides f. */
static int others(void)
{
	DIR *folder = opendir(store_rig_path("."));
	const struct dirent *entry;
	int count = 0;

	assert_non_null(folder);
	while ((entry = readdir(folder)) != NULL)
		count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
			 strcmp(entry->d_name, "f") != 0;
	assert_int_equal(closedir(folder), 0);
	return count;
}

/* How often the text is in f; 0: there is no f. Fails when there is anything else. */
static int times(const char *text)
{
	char line[100];
	FILE *file = fopen(store_rig_path("f"), "rb");
	int count = 0;

	while (file && fgets(line, sizeof(line), file)) {
		if (strcmp(line, text) != 0)
			return -1;
		count++;
	}
	if (file)
		assert_int_equal(fclose(file), 0);
	return count;
}

static void prepare(const struct writing *writing)
{
	FILE *file;

	(void)unlink(store_rig_path("f"));
	if (!writing->replaces)
		return;
	file = fopen(store_rig_path("f"), "wb");
	assert_non_null(file);
	(void)fputs(old_text, file);
	assert_int_equal(fclose(file), 0);
}

/* Returns whether anything was left; the next writer removes it. */
static bool judge(const struct writing *writing, long at)
{
	struct writing again = *writing;
	struct notice notice = { 0 };
	struct stat about;
	bool is_left = others() > 0;
	int is_new = times(new_text) == PIECES;

	if (!is_new && times(old_text) != writing->replaces)
		fail_msg("%s: call %ld: it is half written", writing->name, at);
	again.replaces = true;
	if (write_it(&again, &notice) != DESK_OK)
		fail_msg("%s: call %ld: %s", writing->name, at, notice.text);
	assert_int_equal(times(new_text), PIECES);
	assert_int_equal(stat(store_rig_path("f"), &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	assert_int_equal(about.st_nlink, 1);
	if (others() > 0)
		fail_msg("%s: call %ld: something is left for good", writing->name, at);
	return is_left;
}

static void test_killed_at_every_call(void **state)
{
	struct writing writings[] = {
		{ "a new file", false, false, false },
		{ "over an older one", false, true, false },
		{ "a workbook", false, false, true },
		{ "a workbook over an older one", false, true, true },
		{ "a new file, named", true, false, false },
		{ "over an older one, named", true, true, false },
		{ "a workbook, named", true, false, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(writings) / sizeof(writings[0]); i++) {
		bool is_killed = true;
		long at, left = 0;
		int status = -1;

		for (at = 1; is_killed; at++) {
			prepare(&writings[i]);
			is_killed = kill_run(body, &writings[i], at, &status);
			left += judge(&writings[i], at);
		}
		assert_int_equal(status, 0);
		print_message("# %s: killed %ld times, something left for the next to remove %ld "
			      "times\n",
			writings[i].name, at - 2, left);
		assert_true(at - 2 > PIECES);
		/* Without a name nothing can be left. */
		if (!writings[i].is_named && !writings[i].replaces && !writings[i].is_filled)
			assert_int_equal(left, 0);
		else
			assert_true(left > 0);
	}
	(void)unlink(store_rig_path("f"));
}

/* What another is still writing is not taken from under him, nor what has another's form. */
static void test_what_is_held_stays(void **state)
{
	static const char text[] = "mine";
	struct private_file file;
	struct notice notice = { 0 };
	FILE *alike;

	(void)state;
	alike = fopen(store_rig_path(".tracedesk.a-longer-name"), "wb");
	assert_non_null(alike);
	assert_int_equal(fclose(alike), 0);
	has_no_unnamed = true;
	assert_int_equal(private_file_open(&file, store_rig_path("g"), NULL, &notice), DESK_OK);
	leftovers_remove(store_rig_path("f"));
	assert_int_equal(access(file.temp, F_OK), 0);
	assert_int_equal(private_file_put(&file, text, sizeof(text) - 1, &notice), DESK_OK);
	assert_int_equal(private_file_close(&file, DESK_OK, &notice), DESK_OK);
	assert_int_equal(access(store_rig_path("g"), F_OK), 0);
	assert_int_equal(unlink(store_rig_path("g")), 0);
	assert_int_equal(unlink(store_rig_path(".tracedesk.a-longer-name")), 0);
	has_no_unnamed = false;
}

/* A file that came while one was written, and went while it was looked at. */
static void test_one_that_comes_and_goes(void **state)
{
	struct private_file file;
	struct notice notice = { 0 };

	(void)state;
	for (int i = 0; i < 2; i++) {
		const struct writing other = { .replaces = true };

		has_no_unnamed = i == 1;
		(void)unlink(store_rig_path("f"));
		assert_int_equal(
			private_file_open(&file, store_rig_path("f"), "stop", &notice), DESK_OK);
		prepare(&other);
		is_gone = true;
		assert_int_equal(private_file_close(&file, DESK_OK, &notice), DESK_IO);
		is_gone = false;
		assert_int_equal(times(old_text), 1);
		assert_int_equal(others(), 0);
	}
	has_no_unnamed = false;
	assert_int_equal(unlink(store_rig_path("f")), 0);
}

static void test_no_descriptor_for_its_folder(void **state)
{
	const struct writing filled = { .is_filled = true };
	struct private_file file;
	struct notice notice = { 0 };
	enum desk_status status;

	(void)state;
	assert_int_equal(private_file_open(&file, store_rig_path("f"), "stop", &notice), DESK_OK);
	folders_refused = 0;
	status = private_file_fill(&file, write_two, NULL, &notice);
	print_message("# %d folders made, and refused\n", folders_refused);
	assert_true(folders_refused > 0);
	folders_refused = -1;
	assert_int_equal(private_file_close(&file, status, &notice), DESK_IO);
	assert_int_equal(others(), 0);
	assert_int_equal(write_it(&filled, &notice), DESK_OK);
	assert_int_equal(times(new_text), PIECES);
	assert_int_equal(unlink(store_rig_path("f")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_killed_at_every_call, store_rig_start, store_rig_done),
		cmocka_unit_test_setup_teardown(
			test_what_is_held_stays, store_rig_start, store_rig_done),
		cmocka_unit_test_setup_teardown(
			test_one_that_comes_and_goes, store_rig_start, store_rig_done),
		cmocka_unit_test_setup_teardown(
			test_no_descriptor_for_its_folder, store_rig_start, store_rig_done),
	};

	return cmocka_run_group_tests_name("private files, killed", tests, NULL, NULL);
}
