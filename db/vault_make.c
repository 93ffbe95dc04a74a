/*
 * A new store's files: header, lockout part, -head; and their removal when
 * the store could not be finished.
 */
#include <assert.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/folder.h"
#include "db/memory.h"
#include "db/privilege.h"
#include "db/recovery_code.h"
#include "db/vault_private.h"

static const char *const leftovers[] = { "", "-wal", "-shm", "-journal" };
enum { LEFTOVERS = sizeof leftovers / sizeof *leftovers };

enum db_status vault_place_is_free(struct vault *vault)
{
	enum db_status status = DB_OK;

	for (int i = 0; i < LEFTOVERS && status == DB_OK; i++) {
		char *path = vault_name_with(vault, leftovers[i]);
		struct stat about;

		if (lstat(path, &about) == 0)
			status = report_fail(&vault->report, DB_REFUSED,
				"%s: something is there already; name another store or move it "
				"away",
				path);
		mem_free(path);
	}
	return status;
}

/* A store of such a name would be another one's log, index or -head. */
static enum db_status name_is_free(struct vault *vault, const char *name)
{
	static const char *const taken[] = { "-head", "-wal", "-shm", "-journal" };

	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
		size_t size = strlen(name), end = strlen(taken[i]);

		if (size >= end && strcmp(name + size - end, taken[i]) == 0)
			return report_fail(&vault->report, DB_REFUSED,
				"%s: a name that ends in %s is for what lies beside a store; "
				"choose another",
				name, taken[i]);
	}
	return DB_OK;
}

enum db_status vault_find_place(struct vault *vault, const char *name, mode_t *out_mode)
{
	char *path;
	enum db_status status = name_is_free(vault, name);

	if (status != DB_OK)
		return status;
	status = folder_make(name, &vault->report, &vault->made_folders);
	if (status != DB_OK)
		return status;
	status = folder_resolve(name, &vault->report, &path);
	if (status != DB_OK) {
		folder_unmake(name, vault->made_folders);
		vault->made_folders = 0;
		return status;
	}
	vault_set_path(vault, path);
	return folder_check(vault->path, &vault->report, out_mode);
}

static enum db_status make_files(struct vault *vault, mode_t mode)
{
	enum db_status status =
		rawfile_open(vault->lower, vault->path, RAWFILE_MAKE, &vault->report, &vault->file);

	if (status != DB_OK)
		return status;
	vault->made_file = true;
	/* By name: a descriptor of ours must not be closed on it. The folder is ours alone. */
	if (chmod(vault->path, mode) != 0)
		return report_fail(&vault->report, DB_IO,
			"%s: its mode cannot be set: %s; look at the folder", vault->path,
			strerror(errno));
	status = vault_open_head(vault, mode);
	if (status == DB_OK)
		status = turnstile_alone(&vault->turnstile);
	if (status == DB_OK)
		status = head_wipe(vault->head);
	return status;
}

static struct secret *random_secret(size_t size)
{
	struct secret *secret = secret_new(size);

	randombytes_buf(secret_bytes(secret), size);
	return secret;
}

struct secret *vault_random_master(void)
{
	return random_secret(MASTER_KEY_BYTES);
}

/* Slot 0: opened by the code alone. */
static struct secret *make_recovery(struct vault *vault, struct store_cost cost,
	const struct secret *master, struct vault_publics *out_publics)
{
	struct secret *seed = random_secret(RECOVERY_SEED_BYTES);
	struct secret *text = recovery_code_text(seed);
	struct vault_person person;
	struct slot slot;

	person_from_seed(&person, seed);
	slot_init(&slot, SLOT_RECOVERY, "");
	slot.cost = cost;
	slot_box_master(&slot, &person, master);
	slot_put(&slot, &vault->header, 0);
	memcpy(out_publics->sign, person.sign_public, sizeof out_publics->sign);
	memcpy(out_publics->box, person.box_public, sizeof out_publics->box);
	vault_person_clear(&person);
	secret_free(seed);
	return text;
}

static void make_header(struct vault *vault, enum store_kind kind, const struct secret *master,
	struct keys **out_keys)
{
	struct header_ids ids;

	randombytes_buf(ids.file, sizeof ids.file);
	randombytes_buf(ids.desk, sizeof ids.desk);
	*out_keys = keys_new(master, ids.file);
	keys_witness(*out_keys, ids.witness);
	header_make(&vault->header, kind, &ids);
}

static enum db_status write_parts(struct vault *vault, const struct keys *keys)
{
	struct lockout lockout;
	enum db_status status;

	/* The header last: a store cut short before is not taken for one. */
	lockout_init(&lockout);
	status = lockout_store(vault->file, &lockout);
	if (status != DB_OK)
		return status;
	memset(&vault->pair, 0, sizeof vault->pair);
	vault->pair.best = -1;
	header_set_generation(&vault->header, 0);
	status = vault_store(vault, keys, &vault->header);
	return status == DB_OK ? folder_sync(vault->path, &vault->report) : status;
}

/* The first person's slot and keys. */
static enum db_status make_first(struct vault *vault, const struct store_make *make,
	const struct secret *master, struct vault_person *out_person)
{
	struct secret *seed = random_secret(SLOT_SEED_BYTES);
	const struct vault_slot wanted = { make->name, make->password, master, seed };
	struct slot slot;
	enum db_status status = vault_fill_slot(vault, &wanted, &slot);

	if (status == DB_OK) {
		slot_put(&slot, &vault->header, 1);
		person_from_seed(out_person, seed);
		out_person->master = secret_new(MASTER_KEY_BYTES);
		memcpy(secret_bytes(out_person->master), secret_read(master), MASTER_KEY_BYTES);
	}
	secret_free(seed);
	return status;
}

static enum db_status make_content(struct vault *vault, const struct store_make *make,
	struct vault_person *out_person, struct vault_publics *out_publics,
	struct secret **out_recovery)
{
	struct secret *master = vault_random_master();
	struct keys *keys;
	enum db_status status;

	make_header(vault, make->kind, master, &keys);
	*out_recovery = make_recovery(vault, make->cost, master, out_publics);
	status = make_first(vault, make, master, out_person);
	if (status == DB_OK)
		status = write_parts(vault, keys);
	if (status == DB_OK)
		status = turnstile_share(&vault->turnstile);
	keys_free(keys);
	secret_free(master);
	return status;
}

static enum db_status make_all(struct vault *vault, const struct store_make *make,
	struct vault_person *out_person, struct vault_publics *out_publics,
	struct secret **out_recovery)
{
	mode_t mode;
	enum db_status status = vault_find_place(vault, make->path, &mode);

	if (status == DB_OK)
		status = vault_place_is_free(vault);
	if (status == DB_OK)
		status = make_files(vault, mode);
	if (status == DB_OK)
		status = make_content(vault, make, out_person, out_publics, out_recovery);
	return status;
}

enum db_status vault_make(struct vault *vault, const struct store_make *make,
	struct vault_person *out_person, struct vault_publics *out_publics,
	struct secret **out_recovery)
{
	gid_t before = privilege_raise();
	enum db_status status;

	assert(cost_is_in_bounds(make->cost));
	*out_recovery = NULL;
	*out_person = (struct vault_person) { .master = NULL };
	vault_shut(vault);
	vault->made_file = vault->made_head = false;
	status = make_all(vault, make, out_person, out_publics, out_recovery);
	privilege_lower(before);
	if (status == DB_OK)
		return DB_OK;
	vault_unmake(vault);
	vault_person_clear(out_person);
	secret_free(*out_recovery);
	*out_recovery = NULL;
	return status;
}

void vault_unmake(struct vault *vault)
{
	gid_t before = privilege_raise();

	vault_shut(vault);
	for (int i = 0; i < LEFTOVERS && vault->made_file; i++) {
		char *path = vault_name_with(vault, leftovers[i]);

		unlink(path);
		mem_free(path);
	}
	if (vault->made_head)
		unlink(vault->head_path);
	if (vault->made_folders > 0)
		folder_unmake(vault->path, vault->made_folders);
	vault->made_file = vault->made_head = false;
	vault->made_folders = 0;
	privilege_lower(before);
}
