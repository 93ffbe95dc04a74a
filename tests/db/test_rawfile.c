/*
 * Why a file cannot be opened or made, in words for whoever has to mend it.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/rawfile.h"
#include "tests/db/shim.h"
#include "tests/scratch.h"

struct opening {
	const char *name;
	enum rawfile_how how;
	int code, system; /* of the file system; 0: what it really says */
	enum db_status status;
	const char *words;
};

static const struct opening openings[] = {
	{ "new", RAWFILE_MAKE, SQLITE_NOMEM, 0, DB_BUSY, "not enough memory" },
	{ "new", RAWFILE_MAKE, SQLITE_CANTOPEN, ENOMEM, DB_BUSY, "not enough memory" },
	{ "new", RAWFILE_MAKE, SQLITE_CANTOPEN, EDQUOT, DB_IO, "a quota used up; make room" },
	{ "new", RAWFILE_MAKE_MISSING, SQLITE_CANTOPEN, EMFILE, DB_IO, "Too many open files" },
	{ "missing/new", RAWFILE_MAKE, 0, 0, DB_IO, "look at the folder's rights" },
	{ "new", RAWFILE_EXISTING, 0, 0, DB_IO, "No such file" },
	{ "folder", RAWFILE_EXISTING, 0, 0, DB_IO, "not a plain file; move it away" },
	{ "folder", RAWFILE_MAKE_MISSING, 0, 0, DB_IO, "not a plain file; move it away" },
	{ "there", RAWFILE_MAKE, 0, 0, DB_REFUSED, "something is there already" },
	{ "there", RAWFILE_EXISTING, 0, 0, DB_OK, "" },
};

static int open_fails(void *context, const struct shim_call *call)
{
	const struct opening *opening = context;

	if (call->op != SHIM_OPEN || opening->code == 0)
		return SQLITE_OK;
	errno = opening->system;
	return opening->code;
}

static const char *path_of(const char *folder, const char *name)
{
	static char path[SCRATCH_SIZE + 32];

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static void test_words(void **state)
{
	char folder[SCRATCH_SIZE];
	FILE *there;

	(void)state;
	assert_true(scratch_make(folder, "rawfile"));
	assert_int_equal(mkdir(path_of(folder, "folder"), 0700), 0);
	there = fopen(path_of(folder, "there"), "wbe");
	assert_non_null(there);
	assert_int_equal(fclose(there), 0);
	for (size_t i = 0; i < sizeof(openings) / sizeof(openings[0]); i++) {
		struct opening now = openings[i];
		struct report report = { .message = "" };
		struct rawfile *file = NULL;
		enum db_status status;

		shim_start(open_fails, &now);
		status = rawfile_open(
			shim_name(), path_of(folder, now.name), now.how, &report, &file);
		if (status != now.status || !strstr(report.message, now.words))
			fail_msg("%zu, %s: %d: %s", i, now.name, (int)status, report.message);
		rawfile_close(file);
	}
	shim_start(NULL, NULL);
	assert_true(scratch_empty(folder));
	assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_words) };

	if (!store_start())
		return 1;
	return cmocka_run_group_tests_name("files below SQLite", tests, NULL, NULL);
}
