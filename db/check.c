/*
 * What lies in the files: header, -head, log and pages, each opened with the
 * keys. While that goes on the pages stay as they are (turnstile.h); the log is
 * read when nobody writes.
 */
#include "db/check.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "db/bytes.h"
#include "db/head.h"
#include "db/memory.h"
#include "db/store_private.h"
#include "db/vault_private.h"
#include "db/vfs_private.h"

/* The page that holds SQLite's lock bytes is never written (sqlite.org/fileformat2.html, 1.4). */
enum { LOCK_PAGE = 0x40000000 / SEAL_PAGE_SIZE + 1 };

void check_say(struct check *check, bool is_mended, const char *format, ...)
{
	size_t size = sizeof(*check->findings);
	struct check_finding *finding;
	va_list args;

	check->problems += !is_mended;
	if (check->count == CHECK_MOST)
		return;
	check->findings =
		mem_resize(check->findings, check->count * size, (check->count + 1) * size);
	finding = &check->findings[check->count++];
	finding->is_mended = is_mended;
	va_start(args, format);
	(void)vsnprintf(finding->what, sizeof(finding->what), format, args);
	va_end(args);
}

static enum db_status vault_failed(struct check *check, enum db_status status)
{
	return store_fail(check->store, status, "%s", vault_message(check->store->vault));
}

enum db_status check_part_end(struct check *check, enum db_status status)
{
	if (status != DB_DAMAGED && status != DB_FAULT && status != DB_IO)
		return status;
	check_say(check, false, "%s", store_message(check->store));
	return DB_OK;
}

/* Whoever unlocks heals what can be; a warning says so. */
static enum db_status header_look_through(struct check *check)
{
	struct store *store = check->store;
	enum db_status status = vault_verify(store->vault, store->keys);

	if (*vault_warning(store->vault) != '\0')
		check_say(check, true, "%s", vault_warning(store->vault));
	if (status == DB_DAMAGED) {
		check_say(check, false, "%s", vault_message(store->vault));
		return DB_OK;
	}
	return status == DB_OK ? DB_OK : vault_failed(check, status);
}

static enum db_status head_look(struct check *check)
{
	struct vault *vault = check->store->vault;
	struct head_pair pair;
	enum db_status status = head_load(vault->head, check->store->keys, &pair);

	if (status != DB_OK)
		return vault_failed(check, status);
	check->has_no_head = pair.best < 0;
	if (pair.best < 0 || !pair.has_damage)
		return DB_OK;
	status = head_store(vault->head, check->store->keys, &pair.record);
	if (status == DB_OK)
		status = rawfile_sync(vault->head);
	if (status != DB_OK)
		return vault_failed(check, status);
	check_say(check, true, "%s: one of its two records was damaged; it was written again",
		vault->head_path);
	return DB_OK;
}

/* Pages of which the log holds a newer one. */
struct newer {
	uint8_t *bits;
	uint32_t pages;
};

static void newer_note(struct newer *newer, uint32_t page)
{
	if (page >= 1 && page <= newer->pages + 1)
		newer->bits[page / 8] |= (uint8_t)(1U << page % 8);
}

static bool newer_has(const struct newer *newer, uint32_t page)
{
	return (newer->bits[page / 8] >> page % 8 & 1) != 0;
}

struct log_look {
	struct check *check;
	struct rawfile *file;
	struct newer *newer;
	uint8_t salts[8];
	uint32_t frames, first_bad; /* 0: none so far */
};

/* A frame of this log that does not open is damage when one behind it began when it was durable
   (vfs_recover.c); else it was never committed. */
static enum db_status frame_look(struct log_look *look, uint32_t frame)
{
	const struct keys *keys = look->check->store->keys;
	uint8_t sealed[LOG_FRAME_BYTES], head[LOG_HEAD_PLAIN_BYTES];
	const struct log_place place = { frame, sealed + LOG_FRAME_BYTES - SEAL_TAG_BYTES };
	enum db_status status =
		rawfile_read(look->file, log_frame_offset(frame), sealed, sizeof(sealed));
	bool is_head, is_whole;

	if (status != DB_OK)
		return vault_failed(look->check, status);
	is_head = log_open(keys, place, sealed, sizeof(head), head);
	if (is_head && memcmp(head + 8, look->salts, sizeof(look->salts)) != 0)
		return DB_NONE;
	is_whole = is_head && page_verify(keys, sqlite_get32(head), sealed + LOG_HEAD_BYTES);
	if (is_head && look->first_bad > 0 && bytes_get32(head + LOG_AT_BASE) >= look->first_bad) {
		check_say(look->check, false,
			"%s-wal: frame %u is damaged; restore the latest backup",
			store_path(look->check->store), (unsigned)look->first_bad);
		look->first_bad = 0;
	}
	if (!is_whole && look->first_bad == 0)
		look->first_bad = frame;
	if (is_whole && look->first_bad == 0)
		newer_note(look->newer, sqlite_get32(head));
	look->check->frames += is_whole;
	return DB_OK;
}

/* A log made longer of which no byte was written is what a power cut leaves of a new one
   (vfs_recover.c). */
static enum db_status unwritten_look(struct log_look *look, int64_t size)
{
	uint8_t bytes[LOG_FRAME_BYTES];

	for (int64_t at = 0; at < size; at += LOG_FRAME_BYTES) {
		enum db_status status = rawfile_read(look->file, at, bytes, sizeof(bytes));

		if (status != DB_OK)
			return vault_failed(look->check, status);
		if (sodium_is_zero(bytes, sizeof(bytes)))
			continue;
		check_say(look->check, false,
			"%s-wal: its header is damaged; restore the latest backup",
			store_path(look->check->store));
		return DB_OK;
	}
	return DB_OK;
}

static enum db_status frames_look(struct log_look *look, int64_t size)
{
	uint8_t sealed[LOG_HEADER_BYTES], header[WAL_HEADER_BYTES];
	enum db_status status = rawfile_read(look->file, 0, sealed, sizeof(sealed));

	if (status != DB_OK)
		return vault_failed(look->check, status);
	if (!log_open(look->check->store->keys, (struct log_place) { 0, NULL }, sealed,
		    sizeof(header), header))
		return unwritten_look(look, size);
	memcpy(look->salts, header + 16, sizeof(look->salts));
	look->frames = (uint32_t)((size - LOG_HEADER_BYTES) / LOG_FRAME_BYTES);
	for (uint32_t frame = 1; frame <= look->frames && status == DB_OK; frame++)
		status = frame_look(look, frame);
	return status == DB_NONE ? DB_OK : status;
}

static enum db_status log_look(struct check *check, struct newer *newer)
{
	struct vault *vault = check->store->vault;
	struct log_look look = { .check = check, .newer = newer };
	char *path = vault_name_with(vault, "-wal");
	int64_t size = 0;
	enum db_status status = DB_OK;

	if (vault_file_is_there(path))
		status = rawfile_open(
			vault->lower, path, RAWFILE_EXISTING, &vault->report, &look.file);
	if (status == DB_OK && look.file)
		status = rawfile_size(look.file, &size);
	if (status != DB_OK)
		status = vault_failed(check, status);
	else if (size >= LOG_HEADER_BYTES)
		status = frames_look(&look, size);
	rawfile_close(look.file);
	mem_free(path);
	return status;
}

static enum db_status page_look(struct check *check, const struct newer *newer, uint32_t page)
{
	struct store *store = check->store;
	uint8_t bytes[SEAL_PAGE_SIZE];
	enum db_status status = rawfile_read(store->vault->file,
		VAULT_HEADER_BYTES + (int64_t)(page - 1) * SEAL_PAGE_SIZE, bytes, sizeof(bytes));

	if (status != DB_OK) {
		check_say(check, false, "%s: page %u: %s", store_path(store), (unsigned)page,
			vault_message(store->vault));
		return DB_OK;
	}
	if (!page_verify(store->keys, page, bytes) && !newer_has(newer, page) && page != LOCK_PAGE)
		check_say(check, false,
			"%s: page %u is damaged or was tampered with; restore the latest backup",
			store_path(store), (unsigned)page);
	check->pages++;
	return store_watch_step(store, check->watch, "reading pages", page, newer->pages);
}

static enum db_status pages_look(struct check *check, const struct newer *newer, int64_t size)
{
	enum db_status status = DB_OK;

	for (uint32_t page = 1; page <= newer->pages && status == DB_OK; page++)
		status = page_look(check, newer, page);
	if (status == DB_OK && size % SEAL_PAGE_SIZE != 0 && !newer_has(newer, newer->pages + 1))
		check_say(check, false, "%s: its last page is cut short; restore the latest backup",
			store_path(check->store));
	return status;
}

static enum db_status moment_look(struct check *check, struct newer *newer, int64_t *out_size)
{
	struct vault *vault = check->store->vault;
	enum db_status status = vault_turn_take(vault);

	if (status == DB_DAMAGED) {
		check_say(check, false, "%s", vault_message(vault));
		status = DB_OK;
	}
	if (status != DB_OK)
		return vault_failed(check, status);
	status = rawfile_size(vault->file, out_size);
	if (status == DB_OK) {
		*out_size -= VAULT_HEADER_BYTES;
		newer->pages = *out_size > 0 ? (uint32_t)(*out_size / SEAL_PAGE_SIZE) : 0;
		newer->bits = mem_new(newer->pages / 8 + 2, 1);
		status = head_look(check);
	} else {
		status = vault_failed(check, status);
	}
	if (status == DB_OK)
		status = log_look(check, newer);
	if (vault->turnstile.depth > 0)
		vault_turn_give(vault);
	return status;
}

enum db_status check_files(struct check *check)
{
	struct newer newer = { .bits = NULL };
	int64_t size = 0;
	enum db_status status = header_look_through(check);

	if (status != DB_OK)
		return status;
	status = vault_pages_keep(check->store->vault);
	if (status != DB_OK)
		return vault_failed(check, status);
	status = moment_look(check, &newer, &size);
	if (status == DB_OK)
		status = pages_look(check, &newer, size);
	vault_pages_end(check->store->vault);
	mem_free(newer.bits);
	return status;
}

void check_head_make(struct check *check)
{
	check->store->head_is_missing = false;
	check_say(check, true, "%s-head: it was missing or empty; it was made again",
		store_path(check->store));
}

enum db_status store_unlock_files(
	struct store *store, const char *name, const struct secret *password, int64_t now)
{
	struct vault_person person = { 0 };
	enum db_status status = vault_unlock(store->vault, name, password, now, &person);

	if (status != DB_OK)
		return store_fail(store, status, "%s", vault_message(store->vault));
	store->keys = keys_new(person.master, vault_file_id(store->vault));
	vault_person_clear(&person);
	return DB_OK;
}
