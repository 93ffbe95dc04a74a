/*
 * The demo store (interface.md section 8): invented people with their
 * passwords beside it, and the case data of core/demo_data.h: the history taken
 * in by a supervisor as an import is, the open receipts logged and worked on.
 */
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/demo_data.h"
#include "core/demo_life.h"
#include "core/desk_senders.h"
#include "core/desk_words.h"
#include "db/people.h"
#include "db/requests.h"
#include "db/submissions.h"

static const struct demo_person {
	const char *name;
	const char *full_name;
	unsigned role;
} demo_people[] = {
	{ "ada", "Ada Brook", ROLE_ADMINISTRATOR }, /* first: the one init is for */
	{ "casey", "Casey Ward", ROLE_CASEWORKER },
	{ "chris", "Chris Okafor", ROLE_CASEWORKER },
	{ "sam", "Sam Reed", ROLE_SUPERVISOR },
	{ "sasha", "Sasha Lindqvist", ROLE_SUPERVISOR },
	{ "audrey", "Audrey Penhale", ROLE_AUDITOR },
};
enum { DEMO_PEOPLE = sizeof(demo_people) / sizeof(demo_people[0]), PERSON_ADA = 0, PERSON_SAM = 3 };

struct demo_run {
	const char *folder;
	char *store;
	bool is_folder_made;
	struct secret *passwords[DEMO_PEOPLE];
};

static char *path_in(const char *folder, const char *name, const char *ending)
{
	size_t size = strlen(folder) + strlen(name) + strlen(ending) + 2;
	char *path = mem_new(size, 1);

	(void)snprintf(path, size, "%s/%s%s", folder, name, ending);
	return path;
}

static enum desk_status folder_failed(const char *folder, struct notice *notice)
{
	return notice_set(notice, DESK_IO,
		"%s: cannot be used for the demo: %s; choose another place", folder,
		strerror(errno));
}

/* Makes the folder, or sees that it is empty. */
static enum desk_status folder_ready(struct demo_run *run, struct notice *notice)
{
	struct dirent *entry;
	bool is_empty = true;
	DIR *folder;

	run->is_folder_made = mkdir(run->folder, 0700) == 0;
	if (run->is_folder_made)
		return DESK_OK;
	if (errno != EEXIST)
		return folder_failed(run->folder, notice);
	folder = opendir(run->folder);
	if (!folder && errno != ENOTDIR)
		return folder_failed(run->folder, notice);
	while (folder && is_empty && (entry = readdir(folder)) != NULL)
		is_empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
	if (folder && is_empty)
		return closedir(folder) == 0 ? DESK_OK : folder_failed(run->folder, notice);
	if (folder)
		(void)closedir(folder);
	return notice_set(notice, DESK_REFUSED,
		"%s: there is something already; give a folder that is empty or not there",
		run->folder);
}

/* NAME.password, for its owner alone. */
static bool password_write(const char *path, const struct secret *password)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	ssize_t size = (ssize_t)secret_size(password);
	bool done = fd >= 0 && write(fd, secret_read(password), (size_t)size) == size &&
		    write(fd, "\n", 1) == 1 && fsync(fd) == 0;

	if (fd >= 0 && close(fd) != 0)
		done = false;
	return done;
}

static enum desk_status passwords_make(struct demo_run *run, struct notice *notice)
{
	enum desk_status status = DESK_OK;

	for (size_t i = 0; i < DEMO_PEOPLE && status == DESK_OK; i++) {
		char *path = path_in(run->folder, demo_people[i].name, ".password");

		run->passwords[i] = people_one_time_password();
		if (!password_write(path, run->passwords[i]))
			status = folder_failed(path, notice);
		mem_free(path);
	}
	return status;
}

static enum desk_status store_made(struct demo_run *run, struct notice *notice)
{
	const struct desk_make make = {
		.store = run->store,
		.user = demo_people[PERSON_ADA].name,
		.full_name = demo_people[PERSON_ADA].full_name,
		.password = run->passwords[PERSON_ADA],
		.cut_over = DEMO_TODAY,
	};
	struct secret *recovery = NULL;
	enum desk_status status = desk_make_kind(&make, STORE_DEMO, &recovery, notice);

	secret_free(recovery);
	return status;
}

static enum desk_status enter(
	const struct demo_run *run, size_t who, struct desk **out_desk, struct notice *notice)
{
	const struct desk_login login = { run->store, demo_people[who].name, run->passwords[who] };
	enum desk_status status = desk_open(&login, out_desk, notice);

	if (status == DESK_OK)
		(*out_desk)->is_demo_made = true;
	return status;
}

static enum desk_status people_added(struct demo_run *run, struct notice *notice)
{
	struct desk *desk = NULL;
	enum desk_status status = enter(run, PERSON_ADA, &desk, notice);

	for (size_t i = PERSON_ADA + 1; i < DEMO_PEOPLE && status == DESK_OK; i++) {
		struct person person = { .roles = demo_people[i].role };

		(void)snprintf(person.name, sizeof(person.name), "%s", demo_people[i].name);
		person.full_name = mem_text(demo_people[i].full_name);
		status = desk_person_add(desk, &person, run->passwords[i], notice);
		person_clear(&person);
	}
	desk_close(desk);
	return status;
}

static enum db_status cases_insert(struct desk *desk, struct demo_data *data)
{
	enum db_status status = DB_OK;

	for (size_t i = 0; i < data->history_count && status == DB_OK; i++) {
		struct desk_event event = { .kind = EVENT_REQUEST_IMPORTED };

		status = desk_request_insert(desk, &data->requests[i]);
		if (status == DB_OK)
			status = desk_sender_learn(desk, rulebook_shipped(), &data->requests[i]);
		event.reference = data->requests[i].reference;
		if (status == DB_OK)
			status = desk_event(desk, &event);
	}
	for (size_t i = 0; i < data->submission_count && status == DB_OK; i++) {
		struct desk_event event = { .kind = EVENT_SUBMISSION_IMPORTED };

		status = submissions_insert(desk->store, &data->submissions[i]);
		event.reference = data->submissions[i].reference;
		if (status == DB_OK)
			status = desk_event(desk, &event);
	}
	return status;
}

static enum desk_status history_added(
	struct demo_run *run, struct demo_data *data, struct notice *notice)
{
	/* A number that Ofcom keeps for inventions. */
	static const struct desk_setting letterhead[] = {
		{ "address", "1 Invented Square\nTestington\nTT1 1TT" },
		{ "telephone", "0113 496 0018" },
		{ "email", "tracing.desk@demo.example" },
		{ "complaints",
			"write to the supervisor of the tracing desk at the address above" },
	};
	const struct event_detail details[] = { { "file", "demo" } };
	const struct desk_event event = { EVENT_FILE_IMPORTED, NULL, details, 1 };
	struct desk *desk = NULL;
	enum db_status stored;
	enum desk_status status = enter(run, PERSON_SAM, &desk, notice);

	if (status != DESK_OK)
		return status;
	stored = store_begin(desk->store);
	if (stored == DB_OK) {
		stored = cases_insert(desk, data);
		if (stored == DB_OK)
			stored = desk_event(desk, &event);
		stored = desk_end(desk, stored);
	}
	status = desk_failed(desk->store, stored, notice);
	if (status == DESK_OK)
		status = desk_letterhead_set(
			desk, letterhead, sizeof(letterhead) / sizeof(letterhead[0]), notice);
	desk_close(desk);
	return status;
}

static size_t person_find(const char *name)
{
	size_t who = 0;

	while (strcmp(demo_people[who].name, name) != 0) {
		who++;
		assert(who < DEMO_PEOPLE);
	}
	return who;
}

static enum desk_status life_lived(
	struct demo_run *run, const struct demo_data *data, struct notice *notice)
{
	struct desk *clerks[DEMO_CLERKS] = { NULL };
	enum desk_status status = DESK_OK;

	for (enum demo_clerk i = 0; i < DEMO_CLERKS && status == DESK_OK; i++)
		status = enter(run, person_find(demo_clerk_name(i)), &clerks[i], notice);
	if (status == DESK_OK)
		status = desk_demo_live(clerks, data->requests + data->history_count, notice);
	for (enum demo_clerk i = 0; i < DEMO_CLERKS; i++)
		desk_close(clerks[i]);
	return status;
}

static enum desk_status cases_added(struct demo_run *run, struct notice *notice)
{
	struct demo_data data;
	enum desk_status status;

	demo_data_make(&data);
	status = history_added(run, &data, notice);
	if (status == DESK_OK)
		status = life_lived(run, &data, notice);
	demo_data_done(&data);
	return status;
}

/* What a demo that could not be finished left. */
static void undo(const struct demo_run *run)
{
	static const char *const endings[] = { "", "-head", "-wal", "-shm" };
	char *path;

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		path = path_in(run->folder, "demo.tdk", endings[i]);
		(void)unlink(path);
		mem_free(path);
	}
	for (size_t i = 0; i < DEMO_PEOPLE; i++) {
		path = path_in(run->folder, demo_people[i].name, ".password");
		(void)unlink(path);
		mem_free(path);
	}
	if (run->is_folder_made)
		(void)rmdir(run->folder);
}

enum desk_status desk_demo(const char *folder, struct notice *out_notice)
{
	struct demo_run run = { .folder = folder };
	enum desk_status status = folder_ready(&run, out_notice);

	if (status != DESK_OK)
		return status;
	run.store = path_in(folder, "demo.tdk", "");
	status = passwords_make(&run, out_notice);
	if (status == DESK_OK)
		status = store_made(&run, out_notice);
	if (status == DESK_OK)
		status = people_added(&run, out_notice);
	if (status == DESK_OK)
		status = cases_added(&run, out_notice);
	if (status != DESK_OK)
		undo(&run);
	for (size_t i = 0; i < DEMO_PEOPLE; i++)
		secret_free(run.passwords[i]);
	mem_free(run.store);
	return status;
}
