/*
 * What lies in the files: header, -head, log and pages, each opened with the
 * keys. While that goes on the pages stay as they are (turnstile.h); the log is
 * read when nobody writes.
 */
#include "db/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "db/check_log.h"
#include "db/head.h"
#include "db/memory.h"
#include "db/store_private.h"
#include "db/vault_private.h"
#include "db/vfs_private.h"

/* The page that holds SQLite's lock bytes is never written (sqlite.org/fileformat2.html, 1.4). */
enum { LOCK_PAGE = 0x40000000 / SEAL_PAGE_SIZE + 1 };

bool check_has_said(const struct check *check, const char *what)
{
	for (size_t i = 0; i < check->count; i++)
		if (strcmp(check->findings[i].what, what) == 0)
			return true;
	return false;
}

void check_say(struct check *check, bool is_mended, const char *format, ...)
{
	struct check_finding finding = { .is_mended = is_mended };
	va_list args;

	va_start(args, format);
	(void)vsnprintf(finding.what, sizeof(finding.what), format, args);
	va_end(args);
	if (check->count < CHECK_MOST && check_has_said(check, finding.what))
		return;
	check->problems += !is_mended;
	if (check->count == CHECK_MOST)
		return;
	check->findings = mem_one_more(check->findings, check->count, sizeof(finding));
	check->findings[check->count++] = finding;
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

void check_part_lost(struct check *check, bool is_log, uint32_t number)
{
	check->has_lost_parts = true;
	(void)check_part_end(check, store_fail_part(check->store, is_log, number));
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
	check->head_is_foreign = pair.best < 0 && pair.has_damage;
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

/* What the file holds, and what the log says of it. */
struct pages {
	uint32_t in_file; /* whole ones */
	bool has_part;	  /* of one more */
	struct log_pages log;
	uint32_t in_all; /* pages of the database; 0: not known */
};

/* Byte 28 of page 1: pages of the database (sqlite.org/fileformat2.html, 1.3). */
static void page_one_look(struct check *check, struct pages *pages, const uint8_t *sealed)
{
	uint8_t plain[SEAL_PAGE_SIZE];

	if (pages->in_all == 0 && page_open(check->store->keys, 1, sealed, plain))
		pages->in_all = sqlite_get32(plain + 28);
	explicit_bzero(plain, sizeof(plain));
}

static enum db_status page_look(struct check *check, struct pages *pages, uint32_t page)
{
	struct store *store = check->store;
	uint8_t bytes[SEAL_PAGE_SIZE];
	enum db_status status = rawfile_read(store->vault->file,
		VAULT_HEADER_BYTES + (int64_t)(page - 1) * SEAL_PAGE_SIZE, bytes, sizeof(bytes));

	check->has_lost_parts |= status != DB_OK;
	if (status != DB_OK)
		return check_part_end(
			check, store_fail(store, status, "%s: page %u: %s", store_path(store),
				       (unsigned)page, vault_message(store->vault)));
	if (page == 1)
		page_one_look(check, pages, bytes);
	if (!page_verify(store->keys, page, bytes) && !log_pages_have(&pages->log, page) &&
		page != LOCK_PAGE)
		check_part_lost(check, false, page);
	check->pages++;
	return store_watch_step(store, check->watch, "reading pages", page, pages->in_file);
}

/* Pages that the file is too short for and the log does not have. */
static void missing_look(struct check *check, const struct pages *pages)
{
	uint32_t first = 0, count = 0;

	for (uint32_t page = pages->in_file + 1; page <= pages->in_all; page++) {
		if (log_pages_have(&pages->log, page) || page == LOCK_PAGE)
			continue;
		if (count++ == 0)
			first = page;
	}
	check->has_lost_parts |= count > 0;
	if (pages->in_file == 0 && pages->in_all == 0)
		check_say(check, false,
			"%s: it was cut: no page follows its header; restore the latest backup",
			store_path(check->store));
	else if (count > 0)
		check_say(check, false,
			"%s: it was cut: %u page%s missing, from page %u on; restore the latest "
			"backup",
			store_path(check->store), (unsigned)count, count == 1 ? " is" : "s are",
			(unsigned)first);
	else if (pages->has_part && !log_pages_have(&pages->log, pages->in_file + 1))
		check_say(check, false,
			"%s: what follows page %u is no whole page; restore the latest backup",
			store_path(check->store), (unsigned)pages->in_file);
}

static enum db_status pages_look(struct check *check, struct pages *pages)
{
	enum db_status status = DB_OK;

	pages->in_all = pages->log.in_all;
	for (uint32_t page = 1; page <= pages->in_file && status == DB_OK; page++)
		status = page_look(check, pages, page);
	if (status == DB_OK)
		missing_look(check, pages);
	return status;
}

static enum db_status size_look(struct check *check, struct pages *pages)
{
	struct vault *vault = check->store->vault;
	int64_t size;
	enum db_status status = rawfile_size(vault->file, &size);

	if (status != DB_OK)
		return vault_failed(check, status);
	size -= VAULT_HEADER_BYTES;
	pages->in_file = size > 0 ? (uint32_t)(size / SEAL_PAGE_SIZE) : 0;
	pages->has_part = size > 0 && size % SEAL_PAGE_SIZE != 0;
	return DB_OK;
}

static enum db_status moment_look(struct check *check, struct pages *pages)
{
	struct vault *vault = check->store->vault;
	enum db_status status = vault_turn_take(vault);

	if (status == DB_DAMAGED) {
		check_say(check, false, "%s", vault_message(vault));
		status = DB_OK;
	}
	if (status != DB_OK)
		return vault_failed(check, status);
	status = size_look(check, pages);
	if (status == DB_OK)
		status = head_look(check);
	if (status == DB_OK)
		status = check_log(check, &pages->log);
	if (vault->turnstile.depth > 0)
		vault_turn_give(vault);
	return status;
}

enum db_status check_files(struct check *check)
{
	struct pages pages = { .in_all = 0 };
	enum db_status status = header_look_through(check);

	if (status != DB_OK)
		return status;
	status = vault_pages_keep(check->store->vault);
	if (status != DB_OK)
		return vault_failed(check, status);
	status = moment_look(check, &pages);
	if (status == DB_OK)
		status = pages_look(check, &pages);
	vault_pages_end(check->store->vault);
	mem_free(pages.log.bits);
	return status;
}

void check_head_make(struct check *check)
{
	check->store->head_is_missing = false;
	if (check->head_is_foreign)
		check_say(check, false,
			"%s-head: it was damaged or another file's, as after an old copy from "
			"before a rekey, compact or restore was put back; it was made again: see "
			"with `tracedesk audit verify --against` a checkpoint that nothing is "
			"missing",
			store_path(check->store));
	else
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
