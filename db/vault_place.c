/*
 * A store takes its place: its record in the other of -head's two, the rename,
 * the folder synced, then the old record overwritten. A log that cannot be
 * brought into the pages, since nobody has the keys, is named in the new header
 * before and moved away after the rename, or by who opens the store next.
 */
#include "db/vault_place.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "db/folder.h"
#include "db/memory.h"
#include "db/privilege.h"
#include "db/vault_private.h"

enum { MOST_OLD = 1000 };

static const char *const begun[] = {
	PLACE_NEW,
	PLACE_NEW "-head",
	PLACE_NEW "-wal",
	PLACE_NEW "-shm",
	PLACE_FROM,
	PLACE_FROM "-head",
	PLACE_FROM "-wal",
	PLACE_FROM "-shm",
};

static enum db_status place_fail(struct vault *vault, const char *name, const char *what)
{
	return report_fail(&vault->report, DB_IO, "%s: cannot be %s: %s; look at the folder", name,
		what, strerror(errno));
}

void vault_place_clear(struct vault *place)
{
	gid_t before = privilege_raise();

	for (size_t i = 0; i < sizeof begun / sizeof *begun; i++) {
		char *name = vault_name_with(place, begun[i]);

		unlink(name);
		mem_free(name);
	}
	privilege_lower(before);
}

/* Whatever has such a name would be removed by the work on another store. */
static enum db_status name_is_lasting(struct vault *place, const char *name)
{
	static const char *const taken[] = { PLACE_NEW, PLACE_FROM };

	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
		size_t size = strlen(name), end = strlen(taken[i]);

		if (size >= end && strcmp(name + size - end, taken[i]) == 0)
			return report_fail(&place->report, DB_REFUSED,
				"%s: a name that ends in %s is for work on a store; choose another",
				name, taken[i]);
	}
	return DB_OK;
}

static enum db_status place_look(struct vault *place, enum place_how how)
{
	struct stat about;

	if (how == PLACE_FREE)
		return vault_place_is_free(place);
	if (lstat(place->path, &about) != 0)
		return errno == ENOENT ? DB_OK : place_fail(place, place->path, "looked at");
	if (how == PLACE_MISSING)
		return report_fail(&place->report, DB_REFUSED,
			"%s: a store is there already; give --force to keep it as %s.old",
			place->path, place->path);
	if (!S_ISREG(about.st_mode) || about.st_nlink > 1)
		return report_fail(&place->report, DB_IO,
			"%s: not a plain file, or one with several names; name another store",
			place->path);
	return DB_OK;
}

static enum db_status place_find(struct vault *place, const char *path, enum place_how how)
{
	mode_t mode;
	enum db_status status = name_is_lasting(place, path);

	if (status == DB_OK)
		status = vault_find_place(place, path, &mode);
	if (status == DB_OK)
		status = place_look(place, how);
	if (status == DB_OK)
		status = vault_open_head(place, mode);
	return status;
}

enum db_status vault_place_open(struct vault *place, const char *path, enum place_how how)
{
	gid_t before = privilege_raise();
	enum db_status status;

	vault_shut(place);
	place->made_file = place->made_head = false;
	status = place_find(place, path, how);
	if (status == DB_OK) {
		status = turnstile_alone(&place->turnstile);
		/* What lies there is then at work in somebody else's hands. */
		if (status != DB_OK) {
			place->made_head = false;
			turnstile_close(&place->turnstile);
		}
	}
	/* Another may have been first while we waited. */
	if (status == DB_OK)
		status = place_look(place, how);
	privilege_lower(before);
	if (status == DB_OK)
		vault_place_clear(place);
	else
		vault_place_undo(place);
	return status;
}

void vault_place_undo(struct vault *place)
{
	if (place->turnstile.descriptor >= 0)
		vault_place_clear(place);
	vault_unmake(place);
}

enum db_status vault_place_alone(struct vault *vault)
{
	enum db_status status = turnstile_alone(&vault->turnstile);

	if (status == DB_OK)
		vault_place_clear(vault);
	return status;
}

enum db_status vault_place_share(struct vault *vault)
{
	return turnstile_share(&vault->turnstile);
}

enum db_status vault_place_room(struct vault *place, int64_t bytes)
{
	enum { MIB = 1 << 20 };
	char *folder = vault_name_with(place, "");
	char *slash = strrchr(folder, '/');
	struct statvfs about;
	gid_t before = privilege_raise();
	int failed;
	uint64_t room;

	slash[slash == folder] = '\0';
	failed = statvfs(folder, &about);
	privilege_lower(before);
	mem_free(folder);
	if (failed)
		return place_fail(place, place->path, "given room");
	room = (uint64_t)about.f_bavail * about.f_frsize;
	if (room >= (uint64_t)bytes)
		return DB_OK;
	return report_fail(&place->report, DB_IO,
		"%s: its disk has too little room: %lld MiB are needed and %llu are free; make "
		"some room and try again",
		place->path, (long long)((bytes + MIB - 1) / MIB),
		(unsigned long long)(room / MIB));
}

/* Another store's file like this one */

static bool is_somebodys(const struct vault_likeness *likeness, const uint8_t public_key[32])
{
	for (size_t i = 0; i < likeness->people_count; i++)
		if (sodium_memcmp(likeness->people + i * 32, public_key, 32) == 0)
			return true;
	return false;
}

/* Slots of nobody that the trail knows are emptied: else a leaver who wrote one with the old master
   key would get the new one. */
static void slots_box(struct header *header, const struct vault_likeness *likeness)
{
	for (int i = 0; i < STORE_SLOTS; i++) {
		struct vault_person owner = { .master = NULL };
		struct slot slot;

		slot_read(&slot, header_slot(header, i));
		if (slot.state == SLOT_EMPTY)
			continue;
		memcpy(owner.box_public, slot.public_key, sizeof owner.box_public);
		if (is_somebodys(likeness, slot.public_key))
			slot_box_master(&slot, &owner, likeness->master);
		else
			slot = (struct slot) { .state = SLOT_EMPTY };
		slot_put(&slot, header, i);
	}
}

/* The one who does it, and the recovery code, must not lose the store by it. */
static enum db_status likeness_check(struct vault *place, const struct vault_likeness *likeness)
{
	const struct vault *from = likeness->from;
	const int needed[] = { 0, from->opened_index };

	for (size_t i = 0; i < sizeof needed / sizeof *needed && likeness->people; i++) {
		struct slot slot;

		if (needed[i] < 0)
			continue;
		slot_read(&slot, header_slot(&from->header, needed[i]));
		if (!is_somebodys(likeness, slot.public_key))
			return report_fail(&place->report, DB_DAMAGED,
				"%s: the key slot of %s is not the one that the audit log tells "
				"of; run `tracedesk store check`",
				from->path, i == 0 ? "the recovery code" : "who asks for this");
	}
	return DB_OK;
}

/* The nonce of the log that lies here; zeros: none. */
static enum db_status log_nonce(struct vault *vault, uint8_t out_nonce[HEADER_LOG_NONCE_BYTES])
{
	char *name = vault_name_with(vault, "-wal");
	struct rawfile *log = NULL;
	enum db_status status = DB_OK;

	memset(out_nonce, 0, HEADER_LOG_NONCE_BYTES);
	if (vault_file_is_there(name))
		status = rawfile_open(vault->lower, name, RAWFILE_EXISTING, &vault->report, &log);
	if (status == DB_OK && log)
		status = rawfile_read(log, 0, out_nonce, HEADER_LOG_NONCE_BYTES);
	rawfile_close(log);
	mem_free(name);
	return status;
}

static enum db_status like_header(
	struct vault *place, const struct vault_likeness *likeness, struct header *out_header)
{
	const struct header *from = &likeness->from->header;
	uint8_t nonce[HEADER_LOG_NONCE_BYTES];
	struct header_ids ids;
	struct keys *keys;
	enum db_status status;

	randombytes_buf(ids.file, sizeof ids.file);
	memcpy(ids.desk, header_desk_id(from), sizeof ids.desk);
	keys = keys_new(likeness->master, ids.file);
	keys_witness(keys, ids.witness);
	keys_free(keys);
	header_make(out_header, header_kind(from), &ids);
	header_set_generation(out_header, header_generation(from));
	for (int i = 0; i < STORE_SLOTS; i++)
		header_set_slot(out_header, i, header_slot(from, i));
	if (likeness->people)
		slots_box(out_header, likeness);
	if (place == likeness->from)
		return DB_OK;
	status = log_nonce(place, nonce);
	header_set_passed_log(out_header, nonce);
	return status;
}

static enum db_status like_write(
	struct vault *fresh, const struct vault_likeness *likeness, const struct keys *keys)
{
	struct lockout lockout;
	enum db_status status = lockout_load(likeness->from->file, &lockout);

	/* A damaged part begins anew here as it does elsewhere. */
	if (status == DB_OK || status == DB_DAMAGED)
		status = lockout_store(fresh->file, &lockout);
	if (status != DB_OK)
		return status;
	fresh->pair.best = -1;
	return vault_store(fresh, keys, &fresh->header);
}

static enum db_status like_make(
	struct vault *fresh, const struct vault_likeness *likeness, struct keys **out_keys)
{
	mode_t mode;
	enum db_status status = folder_check(fresh->path, &fresh->report, &mode);

	if (status == DB_OK)
		status = rawfile_open(
			fresh->lower, fresh->path, RAWFILE_MAKE, &fresh->report, &fresh->file);
	if (status == DB_OK && chmod(fresh->path, mode) != 0)
		status = place_fail(fresh, fresh->path, "given its mode");
	if (status != DB_OK)
		return status;
	*out_keys = keys_new(likeness->master, header_file_id(&fresh->header));
	status = like_write(fresh, likeness, *out_keys);
	if (status != DB_OK) {
		keys_free(*out_keys);
		*out_keys = NULL;
	}
	return status;
}

enum db_status vault_place_like(
	struct vault *place, const struct vault_likeness *likeness, struct keys **out_keys)
{
	struct vault *fresh = vault_new();
	gid_t before = privilege_raise();
	enum db_status status = likeness_check(place, likeness);

	*out_keys = NULL;
	if (status == DB_OK)
		status = like_header(place, likeness, &fresh->header);
	if (status == DB_OK) {
		vault_set_lower(fresh, place->lower);
		vault_set_path(fresh, vault_name_with(place, PLACE_NEW));
		status = like_make(fresh, likeness, out_keys);
		/* Else the words are of reading what it is made like. */
		if (status != DB_OK && *fresh->report.message)
			(void)report_fail(&place->report, status, "%s", fresh->report.message);
		else if (status != DB_OK && place != likeness->from)
			(void)report_fail(
				&place->report, status, "%s", likeness->from->report.message);
	}
	privilege_lower(before);
	vault_free(fresh);
	return status;
}

/* Taking the place */

/* flags of renameat2(2). DB_NONE: RENAME_NOREPLACE, and something is there; or nothing is here. */
static enum db_status move(struct vault *place, const char *from, const char *to, unsigned flags)
{
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, flags) == 0)
		return DB_OK;
	if (errno == EEXIST || errno == ENOENT)
		return DB_NONE;
	return place_fail(place, to, flags == RENAME_EXCHANGE ? "exchanged" : "given its file");
}

/* One that was kept before gets a number, and its log the same. */
static enum db_status older_move(struct vault *place, const char *old)
{
	size_t size = strlen(old) + 32;
	char *log = mem_new(size, 1), *to = mem_new(size, 1), *log_to = mem_new(size, 1);
	struct stat about;
	enum db_status status = lstat(old, &about) == 0 ? DB_NONE : DB_OK;

	(void)snprintf(log, size, "%s-wal", old);
	for (int i = 1; i < MOST_OLD && status == DB_NONE; i++) {
		(void)snprintf(to, size, "%s.%d", old, i);
		(void)snprintf(log_to, size, "%s-wal", to);
		if (lstat(to, &about) == 0)
			continue;
		status = move(place, log, log_to, RENAME_NOREPLACE);
		if (status == DB_OK || status == DB_NONE)
			status = move(place, old, to, RENAME_NOREPLACE);
	}
	mem_free(log);
	mem_free(to);
	mem_free(log_to);
	if (status != DB_NONE)
		return status;
	return report_fail(&place->report, DB_IO, "%s: too many older ones; move them away", old);
}

/* The new file as NAME.old, then both change their names in one step. */
static enum db_status exchange(struct vault *place, const char *made)
{
	char *old = vault_name_with(place, ".old");
	enum db_status status = older_move(place, old);

	if (status == DB_OK)
		status = move(place, made, old, RENAME_NOREPLACE);
	if (status == DB_OK) {
		status = move(place, old, place->path, RENAME_EXCHANGE);
		if (status != DB_OK)
			unlink(old);
	}
	mem_free(old);
	return status;
}

static enum db_status rename_made(struct vault *place, bool keeps_old)
{
	char *made = vault_name_with(place, PLACE_NEW);
	struct stat about;
	bool is_there = lstat(place->path, &about) == 0;
	enum db_status status;

	if (!is_there && errno != ENOENT)
		status = place_fail(place, place->path, "looked at");
	else if (keeps_old && is_there)
		status = exchange(place, made);
	else
		status = move(place, made, place->path, place->file ? 0 : RENAME_NOREPLACE);
	if (status == DB_NONE)
		status = report_fail(&place->report, DB_REFUSED,
			"%s: something came to be there meanwhile; try again", place->path);
	mem_free(made);
	return status;
}

/* The file id in clear of the store that is there; false: there is none to be read. */
static bool file_id_read(struct vault *place, uint8_t out_id[FILE_ID_BYTES])
{
	struct rawfile *file = NULL;
	bool is_read = false;

	if (vault_file_is_there(place->path) &&
		rawfile_open(place->lower, place->path, RAWFILE_EXISTING, &place->report, &file) ==
			DB_OK &&
		header_load(file, NULL, &place->pair) == DB_OK) {
		memcpy(out_id, header_file_id(&place->pair.copy[place->pair.best]), FILE_ID_BYTES);
		is_read = true;
	}
	rawfile_close(file);
	return is_read;
}

/* The log with the nonce becomes the kept store's. */
static enum db_status log_move(struct vault *vault, const uint8_t nonce[HEADER_LOG_NONCE_BYTES])
{
	uint8_t here[HEADER_LOG_NONCE_BYTES];
	char *log = vault_name_with(vault, "-wal"), *old = vault_name_with(vault, ".old-wal");
	enum db_status status = log_nonce(vault, here);

	if (status == DB_OK && memcmp(here, nonce, sizeof here) == 0)
		status = move(vault, log, old, 0);
	if (status == DB_OK)
		status = folder_sync(vault->path, &vault->report);
	mem_free(log);
	mem_free(old);
	return status;
}

enum db_status vault_pass_log(struct vault *vault)
{
	const uint8_t *nonce = header_passed_log(&vault->header);
	enum db_status status = DB_OK;
	gid_t before;

	if (sodium_is_zero(nonce, HEADER_LOG_NONCE_BYTES))
		return DB_OK;
	status = vault_turn_take(vault);
	if (status != DB_OK)
		return status;
	before = privilege_raise();
	status = log_move(vault, nonce);
	privilege_lower(before);
	vault_turn_give(vault);
	return status;
}

/* What follows the rename: the place is the new store's already. */
static enum db_status settle(struct vault *place, const struct vault_taking *taking,
	const uint8_t nonce[HEADER_LOG_NONCE_BYTES])
{
	enum db_status status = folder_sync(place->path, &place->report);

	if (status == DB_OK && !sodium_is_zero(nonce, HEADER_LOG_NONCE_BYTES))
		status = log_move(place, nonce);
	if (status == DB_OK)
		status = head_store(place->head, taking->keys, &taking->record);
	if (status == DB_OK)
		status = rawfile_sync(place->head);
	return status;
}

static enum db_status passed_log_read(
	struct vault *place, uint8_t out_nonce[HEADER_LOG_NONCE_BYTES])
{
	char *made = vault_name_with(place, PLACE_NEW);
	struct header_pair *pair = mem_new(1, sizeof *pair);
	struct rawfile *file = NULL;
	enum db_status status =
		rawfile_open(place->lower, made, RAWFILE_EXISTING, &place->report, &file);

	if (status == DB_OK)
		status = header_load(file, NULL, pair);
	if (status == DB_OK)
		memcpy(out_nonce, header_passed_log(&pair->copy[pair->best]),
			HEADER_LOG_NONCE_BYTES);
	if (status == DB_OK)
		status = rawfile_sync(file);
	rawfile_close(file);
	mem_free(pair);
	mem_free(made);
	return status;
}

static enum db_status take(struct vault *place, const struct vault_taking *taking)
{
	uint8_t id[FILE_ID_BYTES], nonce[HEADER_LOG_NONCE_BYTES];
	bool has_id = file_id_read(place, id);
	enum db_status status = passed_log_read(place, nonce);
	char words[sizeof place->report.message];

	if (status == DB_OK)
		status = folder_sync(place->path, &place->report);
	if (status == DB_OK)
		status = head_store_beside(
			place->head, taking->keys, has_id ? id : NULL, &taking->record);
	if (status == DB_OK)
		status = rename_made(place, taking->keeps_old);
	if (status != DB_OK)
		return status;
	/* The store that is in place now keeps them, whatever comes. */
	place->is_taken = true;
	place->made_head = false;
	place->made_folders = 0;
	status = settle(place, taking, nonce);
	if (status == DB_OK)
		return DB_OK;
	memcpy(words, place->report.message, sizeof words);
	return report_fail(&place->report, status,
		"%s: the new store is in its place, but something failed after that (%s); run "
		"`tracedesk store check`",
		place->path, words);
}

enum db_status vault_place_take(struct vault *place, const struct vault_taking *taking)
{
	gid_t before = privilege_raise();
	enum db_status status = take(place, taking);

	privilege_lower(before);
	if (place->is_taken)
		vault_place_clear(place);
	return status;
}
