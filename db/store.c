/*
 * An open store: the vault (header, slots, -head, locks), the keys, the sealing
 * VFS and the connection, in that order of opening and the other of closing.
 * Transactions are in transaction.c.
 */
#include "db/store.h"

#include <limits.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "db/chain.h"
#include "db/changes.h"
#include "db/connection.h"
#include "db/people.h"
#include "db/recovery_code.h"
#include "db/schema.h"
#include "db/statement.h"
#include "db/vault_place.h"
#include "db/vault_private.h"
#include "db/vfs.h"

bool store_start(void)
{
	return secret_start() && sqlite_start();
}

struct store *store_new(void)
{
	struct store *store = mem_new(1, sizeof(*store));

	store->vault = vault_new();
	store->changes = changes_new();
	return store;
}

void store_free(struct store *store)
{
	if (!store)
		return;
	store_lock(store);
	vault_free(store->vault);
	if (store->place && !store->is_placed)
		vault_place_undo(store->place);
	vault_free(store->place);
	changes_free(store->changes);
	mem_free(store);
}

const char *store_message(const struct store *store)
{
	return store->message;
}

const char *store_warning(const struct store *store)
{
	return store->warning;
}

void store_warn(struct store *store, const char *format, ...)
{
	size_t used = strlen(store->warning);
	va_list args;

	if (used > 0 && used + 2 < sizeof(store->warning))
		used += (size_t)snprintf(
			store->warning + used, sizeof(store->warning) - used, ". ");
	va_start(args, format);
	(void)vsnprintf(store->warning + used, sizeof(store->warning) - used, format, args);
	va_end(args);
}

enum db_status store_fail(struct store *store, enum db_status status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(store->message, sizeof(store->message), format, args);
	va_end(args);
	return status;
}

static enum db_status vault_failed(struct store *store, enum db_status status)
{
	return store_fail(store, status, "%s", vault_message(store->vault));
}

void store_set_lower(struct store *store, const char *lower)
{
	vault_set_lower(store->vault, lower);
}

struct vault *store_place(struct store *store)
{
	return store->place ? store->place : store->vault;
}

/* The header is proved before a page is read: the copy that holds may name another file id. */
enum db_status store_enter(struct store *store, struct vault_person *person)
{
	enum db_status status;

	store->keys = keys_new(person->master, vault_file_id(store->vault));
	status = vault_verify(store->vault, store->keys);
	if (status != DB_OK)
		return vault_failed(store, status);
	if (memcmp(keys_file_id(store->keys), vault_file_id(store->vault), FILE_ID_BYTES) != 0) {
		keys_free(store->keys);
		store->keys = keys_new(person->master, vault_file_id(store->vault));
	}
	store->sign_key = person->sign_key;
	store->master = person->master;
	person->sign_key = NULL;
	person->master = NULL;
	status = vault_pass_log(store->vault);
	if (status != DB_OK)
		return vault_failed(store, status);
	return connection_open(store);
}

static enum db_status rows_make(struct store *store, const struct vault_person *person,
	const struct vault_publics *recovery)
{
	enum db_status status = store_begin(store);

	if (status == DB_OK)
		status = schema_migrate(store);
	/* The recovery slot's key stands in the trail from the first event on; the caller adds the
	   first person with people_insert and people_add_key (store_person_keys). */
	if (status == DB_OK)
		status = people_add_key(store, 0, recovery->sign, recovery->box);
	memcpy(store->sign_public, person->sign_public, sizeof(store->sign_public));
	memcpy(store->box_public, person->box_public, sizeof(store->box_public));
	return status;
}

static enum db_status place_open(struct store *store, const char *path)
{
	enum db_status status;

	store->place = vault_new();
	vault_set_lower(store->place, vault_lower(store->vault));
	status = vault_place_open(store->place, path, PLACE_FREE);
	return status == DB_OK ? DB_OK
			       : store_fail(store, status, "%s", vault_message(store->place));
}

static enum db_status files_make(struct store *store, const struct store_make *make,
	struct vault_person *person, struct vault_publics *publics, struct secret **out_recovery)
{
	struct store_make beside = *make;
	char *path = vault_name_with(store->place, PLACE_NEW);
	enum db_status status;

	beside.path = path;
	status = vault_make(store->vault, &beside, person, publics, out_recovery);
	mem_free(path);
	return status == DB_OK ? DB_OK : vault_failed(store, status);
}

enum db_status store_make(
	struct store *store, const struct store_make *make, struct secret **out_recovery)
{
	struct vault_person person = { 0 };
	struct vault_publics recovery;
	enum db_status status = place_open(store, make->path);

	*out_recovery = NULL;
	if (status == DB_OK)
		status = files_make(store, make, &person, &recovery, out_recovery);
	if (status == DB_OK)
		status = store_enter(store, &person);
	if (status == DB_OK)
		status = connection_prepare_new(store);
	if (status == DB_OK)
		status = rows_make(store, &person, &recovery);
	vault_person_clear(&person);
	if (status == DB_OK)
		return DB_OK;
	store_unmake(store);
	secret_free(*out_recovery);
	*out_recovery = NULL;
	return status;
}

/* The same keys open the file under its name. */
static enum db_status place_enter(struct store *store)
{
	enum db_status status;

	vault_free(store->vault);
	store->vault = store->place;
	store->place = NULL;
	status = vault_open(store->vault, store_path(store));
	if (status == DB_OK)
		status = vault_verify(store->vault, store->keys);
	return status == DB_OK ? connection_open(store) : vault_failed(store, status);
}

enum db_status store_make_end(struct store *store)
{
	enum db_status status = store_take_place(store, store, false);

	return status == DB_OK ? place_enter(store) : status;
}

bool store_is_made(const struct store *store)
{
	return store->is_placed;
}

void store_unmake(struct store *store)
{
	store_lock(store);
	vault_unmake(store->vault);
	if (store->place)
		vault_place_undo(store->place);
	vault_free(store->place);
	store->place = NULL;
}

enum db_status store_open(struct store *store, const char *path)
{
	enum db_status status = vault_open(store->vault, path);

	return status == DB_OK ? DB_OK : vault_failed(store, status);
}

/* The newest event against what -head remembers: fewer events, or another history, is an old or
   tampered store. */
static enum db_status head_compare(struct store *store)
{
	struct head_record record;
	enum head_found found = HEAD_MISSING;
	enum db_status status;

	status = vault_head_read(store->vault, store->keys, &record, &found);
	if (status != DB_OK)
		return vault_failed(store, status);
	store->head_is_missing = found != HEAD_HOLDS;
	if (store->head_is_missing) {
		store_warn(store,
			"%s-head %s: an older copy of the store could not be told;"
			" run `tracedesk store check`",
			store_path(store),
			found == HEAD_MISSING
				? "is missing or empty"
				: "is damaged or another file's, as after an old copy from before "
				  "a rekey, compact or restore was put back");
		return DB_OK;
	}
	if (record.generation > vault_generation(store->vault))
		return store_fail(store, DB_DAMAGED,
			"%s: its header is older than %s-head says (generation %llu, not %llu);"
			" an old copy was put back: restore the latest backup",
			store_path(store), store_path(store),
			(unsigned long long)vault_generation(store->vault),
			(unsigned long long)record.generation);
	return connection_compare_head(store, &record);
}

/* Takes the person's secrets over. */
static enum db_status enter_and_prove(struct store *store, struct vault_person *person)
{
	enum db_status status = store_enter(store, person);

	vault_person_clear(person);
	if (status == DB_OK && *vault_warning(store->vault))
		store_warn(store, "%s", vault_warning(store->vault));
	if (status == DB_OK)
		status = connection_check_log(store);
	if (status == DB_OK)
		status = schema_look(store);
	if (status == DB_NONE)
		status = connection_upgrade(store);
	if (status == DB_OK)
		status = head_compare(store);
	if (status != DB_OK)
		store_lock(store);
	return status;
}

enum db_status store_unlock(
	struct store *store, const char *name, const struct secret *password, int64_t now)
{
	struct vault_person person = { 0 };
	enum db_status status = vault_unlock(store->vault, name, password, now, &person);

	return status == DB_OK ? enter_and_prove(store, &person) : vault_failed(store, status);
}

enum db_status store_unlock_recovery(struct store *store, const struct secret *code)
{
	struct vault_person person = { 0 };
	enum db_status status = vault_recover(store->vault, code, &person);

	return status == DB_OK ? enter_and_prove(store, &person) : vault_failed(store, status);
}

enum db_status store_password_prove(
	struct store *store, const char *name, const struct secret *password, int64_t now)
{
	enum db_status status = vault_prove(store->vault, name, password, now);

	return status == DB_OK ? DB_OK : vault_failed(store, status);
}

enum db_status store_failure_box(struct store *store, const char *name, int64_t now)
{
	enum db_status status = vault_failure_box(store->vault, -1, name, now);

	return status == DB_OK ? DB_OK : vault_failed(store, status);
}

void store_lock(struct store *store)
{
	if (store->in_transaction)
		store_rollback(store);
	store_head_settle(store);
	connection_close(store);
	vault_forget(store->vault);
	keys_free(store->keys);
	store->keys = NULL;
	secret_free(store->sign_key);
	store->sign_key = NULL;
	secret_free(store->master);
	store->master = NULL;
	changes_end(store->changes);
}

void store_person_keys(
	const struct store *store, uint8_t out_sign_public[32], uint8_t out_box_public[32])
{
	memcpy(out_sign_public, store->sign_public, sizeof(store->sign_public));
	memcpy(out_box_public, store->box_public, sizeof(store->box_public));
}

/* A slot change moves the header's generation on: -head is told, so that the header before it
   cannot be copied back. */
static enum db_status generation_note(struct store *store)
{
	struct head_record record = { .generation = vault_generation(store->vault) };
	enum db_status status = event_last(store, &record.sequence, record.hash);

	if (status != DB_OK || store->head_is_missing)
		return status;
	status = vault_turn_take(store->vault);
	if (status != DB_OK)
		return vault_failed(store, status);
	status = vault_head_write(store->vault, store->keys, &record);
	if (status == DB_OK)
		status = vault_head_sync(store->vault);
	vault_turn_give(store->vault);
	return status == DB_OK ? DB_OK : vault_failed(store, status);
}

void store_seed_new(
	struct secret **out_seed, uint8_t out_sign_public[32], uint8_t out_box_public[32])
{
	vault_seed_new(out_seed, out_sign_public, out_box_public);
}

enum db_status store_slot_add(struct store *store, const char *name, const struct secret *password,
	const struct secret *seed)
{
	const struct vault_slot slot = { name, password, store->master, seed };
	enum db_status status = vault_slot_add(store->vault, store->keys, &slot);

	return status == DB_OK ? generation_note(store) : vault_failed(store, status);
}

enum db_status store_slot_change_password(struct store *store, const char *name,
	const struct secret *old_password, const struct secret *password)
{
	enum db_status status =
		vault_slot_change_password(store->vault, store->keys, name, old_password, password);

	return status == DB_OK ? generation_note(store) : vault_failed(store, status);
}

enum db_status store_slot_remove(struct store *store, const char *name)
{
	enum db_status status = vault_slot_remove(store->vault, store->keys, name);

	return status == DB_OK ? generation_note(store) : vault_failed(store, status);
}

enum db_status store_slots_recover(struct store *store, const struct store_recovered *recovered)
{
	const struct vault_slot slot = { recovered->name, recovered->password, store->master,
		recovered->seed };
	enum db_status status =
		vault_slots_recover(store->vault, store->keys, &slot, recovered->recovery_seed);

	return status == DB_OK ? generation_note(store) : vault_failed(store, status);
}

struct secret *store_recovery_text(const struct secret *recovery_seed)
{
	return recovery_code_text(recovery_seed);
}

enum db_status store_slot_unlock(struct store *store, const char *name)
{
	enum db_status status = vault_slot_unlock(store->vault, store->keys, name);

	return status == DB_OK ? DB_OK : vault_failed(store, status);
}

enum db_status store_slot_look(
	struct store *store, const char *name, int64_t now, bool *out_has, int64_t *out_until)
{
	enum db_status status = vault_slot_look(store->vault, name, now, out_has, out_until);

	return status == DB_OK ? DB_OK : vault_failed(store, status);
}

void store_info(const struct store *store, struct store_info *out_info)
{
	*out_info = (struct store_info) { .format = 1,
		.kind = vault_kind(store->vault),
		.page_size = SEAL_PAGE_SIZE,
		.cipher = "xchacha20poly1305",
		.cost = vault_cost(store->vault),
		.locked_memory = secret_is_locked(),
		.slots_used = vault_slots_used(store->vault),
		.has_recovery = vault_has_recovery(store->vault) };
}

enum store_kind store_kind(const struct store *store)
{
	return vault_kind(store->vault);
}

enum store_kind store_kind_at(const char *path)
{
	struct store *store = store_new();
	enum store_kind kind = vault_kind_at(store->vault, path);

	store_free(store);
	return kind;
}

bool store_is_anothers_at(const struct store *store, const char *path)
{
	struct vault *other = vault_new();
	uint8_t id[16];
	bool is_anothers = vault_desk_at(other, path, id) &&
			   memcmp(id, vault_desk_id(store->vault), sizeof(id)) != 0;

	vault_free(other);
	return is_anothers;
}

const uint8_t *store_desk_id(const struct store *store)
{
	return vault_desk_id(store->vault);
}

uint64_t store_generation(const struct store *store)
{
	return vault_generation(store->vault);
}

const char *store_path(const struct store *store)
{
	return vault_path(store->vault);
}

void store_libraries(char *out_text, size_t size)
{
	(void)snprintf(out_text, size, "SQLite %s, libsodium %s", sqlite3_libversion(),
		sodium_version_string());
}

bool store_owns(const struct store *store, const struct stat *info)
{
	static const char *const ends[] = { "", "-head", "-wal", "-shm" };
	char path[PATH_MAX];
	struct stat own;

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		int size = snprintf(path, sizeof(path), "%s%s", store_path(store), ends[i]);

		if (size > 0 && (size_t)size < sizeof(path) && stat(path, &own) == 0 &&
			own.st_dev == info->st_dev && own.st_ino == info->st_ino)
			return true;
	}
	return false;
}
