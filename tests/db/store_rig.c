/*
 * Whole stores for tests.
 */
#include "store_rig.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/events.h"
#include "db/people.h"
#include "db/verify.h"
#include "tests/scratch.h"

static char folder[SCRATCH_SIZE];

static const char *const stores[] = { "x.tdk", "y.tdk", "z.tdk" };
static const char *const ends[] = { "", "-head", "-wal", "-shm" };
enum { ENDS = sizeof(ends) / sizeof(ends[0]), FILES = ENDS * sizeof(stores) / sizeof(stores[0]) };

int store_rig_start(void **state)
{
	(void)state;
	return scratch_make(folder, "store") ? 0 : -1;
}

int store_rig_done(void **state)
{
	char name[32];

	(void)state;
	for (size_t i = 0; i < FILES; i++) {
		(void)snprintf(name, sizeof(name), "%s%s", stores[i / ENDS], ends[i % ENDS]);
		(void)unlink(store_rig_path(name));
	}
	return rmdir(folder);
}

void store_rig_remove(void)
{
	DIR *files = opendir(folder);
	const struct dirent *entry;

	assert_non_null(files);
	while ((entry = readdir(files)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			assert_int_equal(unlink(store_rig_path(entry->d_name)), 0);
	closedir(files);
}

const char *store_rig_path(const char *name)
{
	static char paths[4][400];
	static int next;
	char *path = paths[next++ % 4];

	(void)snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
	return path;
}

struct secret *password_of(const char *text)
{
	char copy[64];

	(void)snprintf(copy, sizeof(copy), "%s", text);
	return secret_take(copy, strlen(copy));
}

enum db_status note_try(struct store *store)
{
	const struct event_new event = { .time = 1600000000,
		.person = 1,
		.role = ROLE_ADMINISTRATOR,
		.kind = EVENT_LOGIN,
		.reference = "" };
	enum db_status status = store_begin(store);

	if (status == DB_OK)
		status = event_append(store, &event);
	if (status == DB_OK)
		return store_commit(store);
	store_rollback(store);
	return status;
}

static enum db_status first_rows(struct store *store)
{
	struct person person = { .name = "ada", .roles = ROLE_ADMINISTRATOR };
	const struct event_new made = { .time = 1600000000,
		.person = 1,
		.role = ROLE_ADMINISTRATOR,
		.kind = EVENT_STORE_CREATED,
		.reference = "" };
	uint8_t sign_public[32], box_public[32];
	enum db_status status;

	person.full_name = mem_text("Ada Brook");
	status = people_insert(store, &person);
	store_person_keys(store, sign_public, box_public);
	if (status == DB_OK)
		status = people_add_key(store, person.id, sign_public, box_public);
	if (status == DB_OK)
		status = event_append(store, &made);
	if (status == DB_OK)
		status = store_commit(store);
	person_clear(&person);
	return status;
}

enum db_status store_make_try(struct store *store, const char *name, struct secret **out_recovery)
{
	struct secret *password = password_of("correct horse battery");
	const struct store_make make = { store_rig_path(name), "ada", STORE_DEMO, STORE_COST_DEMO,
		password };
	enum db_status status = store_make(store, &make, out_recovery);

	secret_free(password);
	if (status != DB_OK)
		return status;
	status = first_rows(store);
	if (status == DB_OK)
		return store_make_end(store);
	store_unmake(store);
	return status;
}

void store_made(const char *name)
{
	struct store *store = store_new();
	struct secret *recovery = NULL;

	if (store_make_try(store, name, &recovery) != DB_OK)
		fail_msg("%s", store_message(store));
	secret_free(recovery);
	store_free(store);
}

enum db_status store_try(struct store *store, const char *name)
{
	struct secret *password = password_of("correct horse battery");
	enum db_status status = store_open(store, store_rig_path(name));

	if (status == DB_OK)
		status = store_unlock(store, "ada", password, 1600000000);
	secret_free(password);
	return status;
}

struct store *store_at(const char *name, const char *lower)
{
	struct store *store = store_new();

	store_set_lower(store, lower);
	if (store_try(store, name) != DB_OK)
		fail_msg("%s", store_message(store));
	return store;
}

int64_t count_of(struct store *store)
{
	struct trail_verdict verdict;

	assert_int_equal(trail_verify(store, &verdict), DB_OK);
	if (verdict.problem_count > 0)
		fail_msg("event %lld: %s", (long long)verdict.problems[0].event,
			verdict.problems[0].what);
	mem_free(verdict.problems);
	return verdict.events;
}

void file_copy(const char *from, const char *to)
{
	FILE *source = fopen(store_rig_path(from), "rb"), *copy;
	char bytes[4096];
	size_t size;

	if (!source)
		return;
	copy = fopen(store_rig_path(to), "wb");
	assert_non_null(copy);
	while ((size = fread(bytes, 1, sizeof(bytes), source)) > 0)
		assert_int_equal(fwrite(bytes, 1, size, copy), size);
	assert_int_equal(fclose(copy), 0);
	assert_int_equal(fclose(source), 0);
}

void store_files_copy(const char *from, const char *to)
{
	char source[32], copy[32];

	for (int i = 0; i < 3; i++) {
		(void)snprintf(source, sizeof(source), "%s%s", from, ends[i]);
		(void)snprintf(copy, sizeof(copy), "%s%s", to, ends[i]);
		(void)unlink(store_rig_path(copy));
		file_copy(source, copy);
	}
}
