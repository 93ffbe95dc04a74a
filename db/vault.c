/*
 * The vault as a whole: opened, verified, closed; its turnstile and -head.
 */
#include "db/vault.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "db/folder.h"
#include "db/memory.h"
#include "db/privilege.h"
#include "db/vault_private.h"

struct vault *vault_new(void)
{
	struct vault *vault = mem_new(1, sizeof *vault);

	vault->turnstile.descriptor = -1;
	vault->opened_index = -1;
	return vault;
}

void vault_shut(struct vault *vault)
{
	vault->opened_index = -1;
	vault->keys = NULL;
	rawfile_close(vault->file);
	vault->file = NULL;
	rawfile_close(vault->head);
	vault->head = NULL;
	turnstile_close(&vault->turnstile);
}

void vault_free(struct vault *vault)
{
	if (!vault)
		return;
	vault_shut(vault);
	mem_free(vault->lower);
	mem_free(vault->path);
	mem_free(vault->head_path);
	mem_free(vault);
}

const char *vault_message(const struct vault *vault)
{
	return vault->report.message;
}

const char *vault_warning(const struct vault *vault)
{
	return vault->report.warning;
}

void vault_set_lower(struct vault *vault, const char *lower)
{
	mem_free(vault->lower);
	vault->lower = mem_text(lower);
}

const char *vault_lower(const struct vault *vault)
{
	return vault->lower;
}

void vault_person_clear(struct vault_person *person)
{
	secret_free(person->sign_key);
	secret_free(person->master);
	*person = (struct vault_person) { .master = NULL };
}

char *vault_name_with(const struct vault *vault, const char *suffix)
{
	size_t size = strlen(vault->path) + strlen(suffix) + 1;
	char *name = mem_new(size, 1);

	snprintf(name, size, "%s%s", vault->path, suffix);
	return name;
}

bool vault_file_is_there(const char *path)
{
	struct stat about;
	gid_t before = privilege_raise();
	bool is_there = stat(path, &about) == 0 || errno != ENOENT;

	privilege_lower(before);
	return is_there;
}

void vault_set_path(struct vault *vault, char *path)
{
	mem_free(vault->path);
	mem_free(vault->head_path);
	vault->path = path;
	vault->head_path = vault_name_with(vault, "-head");
}

enum db_status vault_open_head(struct vault *vault, mode_t mode)
{
	struct stat about;
	bool is_there = lstat(vault->head_path, &about) == 0;
	enum db_status status;

	if (is_there && !S_ISREG(about.st_mode))
		return report_fail(&vault->report, DB_IO, "%s: not a plain file; move it away",
			vault->head_path);
	status = rawfile_open(
		vault->lower, vault->head_path, RAWFILE_MAKE_MISSING, &vault->report, &vault->head);
	if (status != DB_OK)
		return status;
	vault->made_head = !is_there;
	if (!is_there && chmod(vault->head_path, mode) != 0)
		return report_fail(&vault->report, DB_IO,
			"%s: its mode cannot be set: %s; look at the folder", vault->head_path,
			strerror(errno));
	return turnstile_open(&vault->turnstile, vault->head_path, &vault->report);
}

/* The file behind name, found and of the right kind. */
static enum db_status vault_find(struct vault *vault, const char *name)
{
	struct stat about;
	char *real;

	if (stat(name, &about) != 0) {
		if (errno == ENOENT || errno == ENOTDIR)
			return report_fail(&vault->report, DB_IO,
				"no store at %s; `tracedesk init` makes one", name);
		return report_fail(&vault->report, DB_IO,
			"%s: cannot be opened: %s; look at its folder and the disk", name,
			strerror(errno));
	}
	if (S_ISDIR(about.st_mode))
		return report_fail(&vault->report, DB_IO,
			"%s: a folder, not a store; name the file in it", name);
	if (!S_ISREG(about.st_mode))
		return report_fail(
			&vault->report, DB_IO, "%s: not a plain file; name a store", name);
	/* Log and locks go by name: two names would write over each other. */
	if (about.st_nlink > 1)
		return report_fail(&vault->report, DB_IO,
			"%s: the file has %lu names (hard links), and a store lives under one; "
			"remove the other names, or copy it to a folder of its own",
			name, (unsigned long)about.st_nlink);
	real = realpath(name, NULL);
	if (!real && errno == ENOMEM)
		mem_is_out();
	if (!real)
		return report_fail(&vault->report, DB_IO,
			"%s: cannot be opened: %s; look at its folder and the disk", name,
			strerror(errno));
	vault_set_path(vault, mem_text(real));
	free(real);
	return DB_OK;
}

static enum db_status open_file(struct vault *vault)
{
	enum db_status status = rawfile_open(
		vault->lower, vault->path, RAWFILE_EXISTING, &vault->report, &vault->file);

	return status == DB_OK ? header_look(vault->file, vault->path, &vault->report) : status;
}

/* Who had the store to himself while we waited may have put another file in its place. */
static enum db_status open_file_again(struct vault *vault)
{
	if (!rawfile_has_moved(vault->file))
		return DB_OK;
	rawfile_close(vault->file);
	vault->file = NULL;
	return open_file(vault);
}

static enum db_status open_files(struct vault *vault, const char *path)
{
	mode_t mode;
	enum db_status status;

	status = vault_find(vault, path);
	if (status == DB_OK)
		status = folder_check(vault->path, &vault->report, &mode);
	if (status == DB_OK)
		status = open_file(vault);
	if (status == DB_OK)
		status = vault_open_head(vault, mode);
	return status;
}

enum db_status vault_open(struct vault *vault, const char *path)
{
	gid_t before = privilege_raise();
	enum db_status status;

	vault_shut(vault);
	status = open_files(vault, path);
	privilege_lower(before);
	if (status == DB_OK)
		status = turnstile_share(&vault->turnstile);
	if (status == DB_OK)
		status = open_file_again(vault);
	if (status == DB_OK)
		status = vault_load(vault, NULL);
	if (status != DB_OK)
		vault_shut(vault);
	return status;
}

/* The header of the store at path, from its checksums alone; NULL: it is none. */
static const struct header *header_at(struct vault *vault, const char *path)
{
	gid_t before = privilege_raise();
	enum db_status status;

	vault_shut(vault);
	status = vault_find(vault, path);
	privilege_lower(before);
	if (status == DB_OK)
		status = open_file(vault);
	if (status == DB_OK)
		status = header_load(vault->file, NULL, &vault->pair);
	vault_shut(vault);
	return status == DB_OK ? &vault->pair.copy[vault->pair.best] : NULL;
}

enum store_kind vault_kind_at(struct vault *vault, const char *path)
{
	const struct header *header = header_at(vault, path);

	return header ? header_kind(header) : (enum store_kind)0;
}

bool vault_desk_at(struct vault *vault, const char *path, uint8_t out_id[16])
{
	const struct header *header = header_at(vault, path);

	if (header)
		memcpy(out_id, header_desk_id(header), 16);
	return header != NULL;
}

static enum db_status pair_load(struct vault *vault, const struct keys *keys)
{
	if (!keys)
		keys = vault->keys;
	return header_load(
		vault->file, keys ? keys_subkey(keys, SUBKEY_HEADER) : NULL, &vault->pair);
}

enum db_status vault_load(struct vault *vault, const struct keys *keys)
{
	enum db_status status = pair_load(vault, keys);

	/* Read while somebody writes, a whole header can look torn: look again when nobody does. */
	if (status == DB_DAMAGED) {
		status = vault_turn_take(vault);
		if (status != DB_OK)
			return status;
		status = pair_load(vault, keys);
		vault_turn_give(vault);
	}
	if (status == DB_OK || status == DB_DAMAGED)
		status = header_check(&vault->pair, vault->path, &vault->report);
	if (status == DB_OK)
		vault->header = vault->pair.copy[vault->pair.best];
	return status;
}

static enum db_status write_pair(struct vault *vault, const struct header *header)
{
	int written;
	enum db_status status = header_store(vault->file, &vault->pair, header, &written);

	if (written == 0) {
		char words[sizeof vault->report.message];

		memcpy(words, vault->report.message, sizeof words);
		return report_fail(&vault->report, status,
			"%s (whether the header's change was kept shows when the store is opened "
			"again)",
			words);
	}
	vault->header = *header;
	if (status != DB_OK)
		report_warn(&vault->report,
			"%s: one copy of the header could not be written; the other one holds",
			vault->path);
	return DB_OK;
}

enum db_status vault_store(
	struct vault *vault, const struct keys *keys, const struct header *header)
{
	struct header sealed = *header;

	header_set_generation(&sealed, header_generation(header) + 1);
	header_seal(&sealed, keys_subkey(keys, SUBKEY_HEADER));
	return write_pair(vault, &sealed);
}

/* Writes the copy in force over the other one. Under the turnstile. */
static enum db_status vault_heal(struct vault *vault, const struct keys *keys)
{
	enum db_status status = vault_load(vault, keys);
	const struct header_pair *pair = &vault->pair;

	if (status != DB_OK || header_pair_is_sound(pair))
		return status;
	if (pair->is_whole[0] && pair->is_whole[1])
		report_warn(&vault->report,
			"%s: the header's copies differed; the newer one holds, both are now alike",
			vault->path);
	else
		report_warn(&vault->report,
			"%s: copy %c of the header was damaged; it was made again from the other "
			"one",
			vault->path, pair->is_whole[0] ? 'B' : 'A');
	return write_pair(vault, &pair->copy[pair->best]);
}

/* The header in force is the sealed one now: was the slot that let somebody in from it too? */
static enum db_status check_opened(struct vault *vault)
{
	enum db_status status = header_check(&vault->pair, vault->path, &vault->report);

	if (status != DB_OK || vault->opened_index < 0)
		return status;
	if (memcmp(vault->opened, header_slot(&vault->header, vault->opened_index),
		    sizeof vault->opened) == 0)
		return DB_OK;
	return report_fail(&vault->report, DB_DAMAGED,
		"%s: the key slot that was opened is not the store's: changed just now, or put "
		"there by somebody without the key; try again",
		vault->path);
}

enum db_status vault_verify(struct vault *vault, const struct keys *keys)
{
	enum db_status status = pair_load(vault, keys);

	if (status == DB_OK && header_pair_is_sound(&vault->pair)) {
		vault->header = vault->pair.copy[vault->pair.best];
	} else {
		status = vault_turn_take(vault);
		if (status != DB_OK)
			return status;
		status = vault_heal(vault, keys);
		vault_turn_give(vault);
	}
	if (status == DB_OK)
		status = check_opened(vault);
	if (status == DB_OK)
		vault->keys = keys;
	return status;
}

void vault_forget(struct vault *vault)
{
	vault->keys = NULL;
}

/* Somebody else may have changed the header meanwhile. */
static enum db_status header_refresh(struct vault *vault)
{
	uint64_t generation;
	enum db_status status = header_peek(vault->file, &generation);

	if (status != DB_OK || generation == vault_generation(vault))
		return status;
	status = pair_load(vault, NULL);
	if (status == DB_OK)
		vault->header = vault->pair.copy[vault->pair.best];
	/* Without keys a copy that looks torn may only be one being written. */
	else if (status == DB_DAMAGED && !vault->keys)
		status = DB_OK;
	else if (status == DB_DAMAGED)
		status = header_check(&vault->pair, vault->path, &vault->report);
	return status;
}

enum db_status vault_turn_take(struct vault *vault)
{
	enum db_status status = turnstile_take(&vault->turnstile);

	if (status != DB_OK)
		return status;
	status = header_refresh(vault);
	if (status != DB_OK)
		turnstile_give(&vault->turnstile);
	return status;
}

enum db_status vault_pages_keep(struct vault *vault)
{
	return turnstile_pages_keep(&vault->turnstile);
}

enum db_status vault_pages_change(struct vault *vault)
{
	return turnstile_pages_change(&vault->turnstile);
}

void vault_pages_end(struct vault *vault)
{
	turnstile_pages_end(&vault->turnstile);
}

enum db_status vault_is_in_place(struct vault *vault)
{
	if (!rawfile_has_moved(vault->file))
		return DB_OK;
	return report_fail(&vault->report, DB_IO,
		"%s: the file was replaced or taken away while it was open: nothing was stored; "
		"leave and open it again",
		vault->path);
}

void vault_turn_give(struct vault *vault)
{
	turnstile_give(&vault->turnstile);
}

enum db_status vault_head_read(struct vault *vault, const struct keys *keys,
	struct head_record *out_record, enum head_found *out_found)
{
	struct head_pair pair;
	enum db_status status = head_load(vault->head, keys, &pair);

	*out_record = pair.record;
	*out_found = pair.best >= 0 ? HEAD_HOLDS : pair.has_damage ? HEAD_FOREIGN : HEAD_MISSING;
	if (status == DB_OK && pair.best >= 0 && pair.has_damage)
		report_warn(&vault->report,
			"%s: one of its two records is damaged (a power cut can do that); the "
			"other one holds",
			vault->head_path);
	return status;
}

enum db_status vault_head_write(
	struct vault *vault, const struct keys *keys, const struct head_record *record)
{
	return head_store(vault->head, keys, record);
}

enum db_status vault_head_sync(struct vault *vault)
{
	return rawfile_sync(vault->head);
}

const char *vault_path(const struct vault *vault)
{
	return vault->path ? vault->path : "";
}

enum store_kind vault_kind(const struct vault *vault)
{
	return header_kind(&vault->header);
}

const uint8_t *vault_file_id(const struct vault *vault)
{
	return header_file_id(&vault->header);
}

const uint8_t *vault_desk_id(const struct vault *vault)
{
	return header_desk_id(&vault->header);
}

uint64_t vault_generation(const struct vault *vault)
{
	return header_generation(&vault->header);
}

struct store_cost vault_cost(const struct vault *vault)
{
	struct slot slot;

	slot_read(&slot, header_slot(&vault->header, 0));
	return slot.cost;
}

int vault_slots_used(const struct vault *vault)
{
	int used = 0;

	for (int i = 0; i < STORE_SLOTS; i++) {
		struct slot slot;

		slot_read(&slot, header_slot(&vault->header, i));
		used += slot.state != SLOT_EMPTY;
	}
	return used;
}

bool vault_has_recovery(const struct vault *vault)
{
	bool has_one = false;

	for (int i = 0; i < STORE_SLOTS; i++) {
		struct slot slot;

		slot_read(&slot, header_slot(&vault->header, i));
		has_one |= slot.state == SLOT_RECOVERY;
	}
	return has_one;
}
