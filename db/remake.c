/*
 * Pages go through VACUUM INTO: from one file of the sealing VFS to another that
 * has keys of its own. The new store is opened with them before anything is
 * changed, so that what takes the place is known to open.
 */
#include "db/remake.h"

#include <string.h>
#include <sys/stat.h>

#include "db/chain.h"
#include "db/connection.h"
#include "db/events.h"
#include "db/memory.h"
#include "db/people.h"
#include "db/privilege.h"
#include "db/statement.h"
#include "db/vault_place.h"
#include "db/vault_private.h"
#include "db/vfs.h"

static enum db_status vault_failed(struct store *store, enum db_status status)
{
	return store_fail(store, status, "%s", vault_message(store->vault));
}

static enum db_status place_failed(struct store *store, enum db_status status)
{
	return store_fail(store, status, "%s", vault_message(store_place(store)));
}

/* What failed in the store that is made is told by the one it is made from, or they are one. */
static enum db_status made_failed(struct store *from, struct store *made, enum db_status status)
{
	return from == made ? status : store_fail(from, status, "%s", store_message(made));
}

enum db_status store_alone(struct store *store)
{
	enum db_status status = vault_place_alone(store->vault);

	return status == DB_OK ? DB_OK : vault_failed(store, status);
}

enum db_status store_share(struct store *store)
{
	enum db_status status = vault_place_share(store->vault);

	return status == DB_OK ? DB_OK : vault_failed(store, status);
}

/* Pages */

struct vacuum {
	struct store *store;
	const struct store_watch *watch;
	int64_t done, all;
	enum db_status status;
};

static bool vacuum_step(void *with)
{
	struct vacuum *vacuum = with;

	vacuum->done++;
	vacuum->status = store_watch_step(
		vacuum->store, vacuum->watch, "sealing anew", vacuum->done, vacuum->all);
	return vacuum->status == DB_OK;
}

/* SQLite counts what VACUUM INTO opens among the attached databases. */
static enum db_status vacuum_run(struct store *from, const char *path)
{
	sqlite3_stmt *statement = NULL;
	int code;

	(void)sqlite3_limit(from->db, SQLITE_LIMIT_ATTACHED, 1);
	code = sqlite3_prepare_v2(from->db, "VACUUM INTO ?1", -1, &statement, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC);
	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	(void)sqlite3_finalize(statement);
	(void)sqlite3_limit(from->db, SQLITE_LIMIT_ATTACHED, 0);
	/* SQLite could not look at the file that we made for it. */
	if (code == SQLITE_ERROR)
		return store_fail(from, DB_IO, "%s: cannot be written: %s; look at the disk", path,
			sqlite3_errmsg(from->db));
	return code == SQLITE_DONE ? DB_OK : store_fail_sqlite(from, code);
}

static enum db_status pages_make(struct store *from, const char *path, const struct keys *keys,
	const struct store_watch *watch)
{
	struct vacuum vacuum = { .store = from, .watch = watch };
	int64_t pages;
	enum db_status status = store_pages(from, &pages);

	if (status != DB_OK)
		return status;
	vacuum.all = 2 * pages;
	statements_finalize(from);
	sealing_vfs_other(from->vfs, path, keys);
	sealing_vfs_watched(from->vfs, vacuum_step, &vacuum);
	status = vacuum_run(from, path);
	sealing_vfs_watched(from->vfs, NULL, NULL);
	sealing_vfs_other(from->vfs, NULL, NULL);
	/* The words of a stop are there, SQLite's came over them. */
	if (vacuum.status != DB_OK)
		return store_stopped(from);
	return status;
}

/* Keys */

static struct secret *secret_copy(const struct secret *secret)
{
	struct secret *copy = secret_new(secret_size(secret));

	memcpy(secret_bytes(copy), secret_read(secret), secret_size(secret));
	return copy;
}

/* As the one who is at the old store. */
static enum db_status made_open(
	struct store *from, struct store *made, const char *path, const struct secret *master)
{
	struct vault_person person = { .sign_key = secret_copy(from->sign_key),
		.master = secret_copy(master) };
	enum db_status status = store_open(made, path);

	if (status == DB_OK)
		status = store_enter(made, &person);
	vault_person_clear(&person);
	if (status == DB_OK)
		status = connection_check_log(made);
	return status;
}

static enum db_status tails_compare(struct store *from, struct store *made)
{
	uint8_t old_hash[STORE_HASH_BYTES], hash[STORE_HASH_BYTES];
	int64_t old_last, last;
	enum db_status status = event_last(from, &old_last, old_hash);

	if (status != DB_OK)
		return status;
	status = event_last(made, &last, hash);
	if (status != DB_OK)
		return made_failed(from, made, status);
	if (old_last == last && memcmp(old_hash, hash, sizeof(hash)) == 0)
		return DB_OK;
	return store_fail(from, DB_FAULT,
		"%s: the copy does not hold what the store holds: nothing is changed",
		store_path(from));
}

/* What makes the file of the new store. */
static enum db_status like_make(
	struct store *from, const struct vault_likeness *likeness, struct keys **out_keys)
{
	enum db_status status = vault_place_like(store_place(from), likeness, out_keys);

	return status == DB_OK ? DB_OK : place_failed(from, status);
}

static enum db_status file_make(struct store *from, const struct remake *remake,
	const struct secret *master, const char *path)
{
	struct vault_likeness likeness = { .from = from->vault, .master = master };
	uint8_t *people = NULL;
	struct keys *keys = NULL;
	enum db_status status = DB_OK;

	if (remake->new_master) {
		status = people_box_keys(from, &people, &likeness.people_count);
		likeness.people = people;
	}
	if (status == DB_OK)
		status = like_make(from, &likeness, &keys);
	if (status == DB_OK)
		status = pages_make(from, path, keys, remake->watch);
	keys_free(keys);
	mem_free(people);
	return status;
}

static enum db_status room_check(struct store *from)
{
	int64_t pages;
	enum db_status status = store_pages(from, &pages);

	if (status != DB_OK)
		return status;
	/* The new pages, and a little for its log and the header. */
	status = vault_place_room(store_place(from), (pages + 512) * SEAL_PAGE_SIZE);
	return status == DB_OK ? DB_OK : place_failed(from, status);
}

static struct secret *master_choose(struct store *from, bool is_new)
{
	return is_new ? vault_random_master() : secret_copy(from->master);
}

enum db_status remake_begin(
	struct store *from, const struct remake *remake, struct store **out_made)
{
	struct secret *master = master_choose(from, remake->new_master);
	char *path = vault_name_with(store_place(from), PLACE_NEW);
	struct store *made = store_new();
	enum db_status status = room_check(from);

	store_set_lower(made, vault_lower(from->vault));
	if (status == DB_OK)
		status = file_make(from, remake, master, path);
	if (status == DB_OK) {
		status = made_open(from, made, path, master);
		if (status == DB_OK)
			status = store_begin(made);
		if (status != DB_OK)
			(void)made_failed(from, made, status);
	}
	if (status == DB_OK)
		status = tails_compare(from, made);
	*out_made = status == DB_OK ? made : NULL;
	if (status != DB_OK)
		remake_drop(from, made);
	secret_free(master);
	mem_free(path);
	return status;
}

void remake_drop(struct store *from, struct store *made)
{
	store_free(made);
	vault_place_clear(store_place(from));
}

enum db_status remake_take_failures(struct store *from, struct store *made)
{
	enum db_status status = events_take_failures_sealed(made, from->keys);

	return status == DB_OK ? DB_OK : made_failed(from, made, status);
}

enum db_status remake_commit(struct store *from, struct store *made, enum db_status status)
{
	if (status == DB_OK)
		status = store_commit(made);
	return status == DB_OK ? DB_OK : made_failed(from, made, status);
}

/* The last to close brings the log into the pages and removes it. */
static enum db_status log_is_gone(struct store *store, struct vault *place, const char *suffix)
{
	char *name = vault_name_with(place, suffix);
	struct stat about;
	gid_t before = privilege_raise();
	bool is_there = stat(name, &about) == 0 && about.st_size > 0;
	enum db_status status = DB_OK;

	privilege_lower(before);
	if (is_there)
		status = store_fail(store, DB_IO,
			"%s: this log could not be brought into its store: nothing is changed; "
			"see that the disk has room and is sound, and try again",
			name);
	mem_free(name);
	return status;
}

/* Closes both: everything is in the pages then. Closing tells nothing of what fails. */
static enum db_status both_close(struct store *from, struct store *made)
{
	struct vault *place = store_place(from);
	enum db_status status;

	store_head_settle(made);
	status = store_log_bring_in(made);
	if (status != DB_OK)
		(void)made_failed(from, made, status);
	connection_close(made);
	if (status == DB_OK)
		status = log_is_gone(from, place, PLACE_NEW "-wal");
	store_head_settle(from);
	if (status == DB_OK && place == from->vault)
		status = store_log_bring_in(from);
	connection_close(from);
	if (status == DB_OK && place == from->vault)
		status = log_is_gone(from, place, "-wal");
	return status;
}

enum db_status store_take_place(struct store *from, struct store *made, bool keeps_old)
{
	struct vault_taking taking = { .keeps_old = keeps_old };
	enum db_status status = event_last(made, &taking.record.sequence, taking.record.hash);

	taking.record.generation = vault_generation(made->vault);
	if (status != DB_OK)
		return made_failed(from, made, status);
	status = both_close(from, made);
	if (status != DB_OK)
		return status;
	taking.keys = made->keys;
	status = vault_place_take(store_place(from), &taking);
	from->is_placed = store_place(from)->is_taken;
	return status == DB_OK ? DB_OK : place_failed(from, status);
}

enum db_status remake_end(struct store *from, struct store *made)
{
	enum db_status status = store_take_place(from, made, store_place(from) != from->vault);

	if (status == DB_OK)
		store_free(made);
	else
		remake_drop(from, made);
	return status;
}

/* A backup beside the place */

static enum db_status restore_unpack(
	struct store *store, const struct store_restore *restore, int64_t *out_made)
{
	struct backup_parts parts;
	char *path;
	enum db_status status = backup_look(store, restore->descriptor, restore->name, &parts);

	if (status != DB_OK)
		return status;
	*out_made = parts.made;
	status = vault_place_room(
		store->place, parts.log_bytes + 2 * parts.page_bytes + 4 * VAULT_HEADER_BYTES);
	if (status != DB_OK)
		return place_failed(store, status);
	path = vault_name_with(store->place, PLACE_FROM);
	status = backup_unpack(store, &parts, path, restore->watch);
	if (status == DB_OK)
		status = store_open(store, path);
	mem_free(path);
	return status;
}

enum db_status store_restore(
	struct store *store, const struct store_restore *restore, int64_t *out_made)
{
	enum db_status status;

	store->place = vault_new();
	vault_set_lower(store->place, vault_lower(store->vault));
	status = vault_place_open(
		store->place, restore->path, restore->replaces ? PLACE_REPLACED : PLACE_MISSING);
	if (status != DB_OK)
		return place_failed(store, status);
	return restore_unpack(store, restore, out_made);
}
