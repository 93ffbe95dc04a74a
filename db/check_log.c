/*
 * The log looked through. A frame is good as recovery has it (vfs_recover.c):
 * it opens, has this log's salts and continues the checksum. A bad one is
 * damage when a frame behind it began its transaction when the bad one was
 * durable: each is named; the others were never committed. Pages of commits
 * before the first bad frame are newer than those of the store.
 */
#include "db/check_log.h"

#include <sodium.h>
#include <string.h>

#include "db/bytes.h"
#include "db/log_chain.h"
#include "db/memory.h"
#include "db/rawfile.h"
#include "db/store_private.h"
#include "db/vault_private.h"
#include "db/vfs_private.h"

struct numbers {
	uint32_t *at;
	size_t count;
};

struct log_look {
	struct check *check;
	struct rawfile *file;
	struct log_pages *pages;
	struct log_chain chain;
	struct numbers bad;    /* frames of which it is not known yet whether they were durable */
	struct numbers coming; /* pages of the transaction under way */
	bool had_bad;	       /* a frame before this one */
	bool follows_bad;      /* the one before this one */
	uint8_t sealed[LOG_FRAME_BYTES];
	uint8_t head[LOG_HEAD_PLAIN_BYTES];
	uint8_t plain[SEAL_PAGE_SIZE];
};

static void numbers_add(struct numbers *numbers, uint32_t number)
{
	numbers->at = mem_one_more(numbers->at, numbers->count, sizeof(*numbers->at));
	numbers->at[numbers->count++] = number;
}

static void log_pages_add(struct log_pages *pages, uint32_t page)
{
	size_t needed = page / 8 + 1;

	if (needed > pages->size) {
		pages->bits = mem_resize(pages->bits, pages->size, 2 * needed);
		pages->size = 2 * needed;
	}
	pages->bits[page / 8] |= (uint8_t)(1U << page % 8);
}

bool log_pages_have(const struct log_pages *pages, uint32_t page)
{
	return page / 8 < pages->size && (pages->bits[page / 8] >> page % 8 & 1) != 0;
}

static const char *log_named(const struct log_look *look)
{
	return store_path(look->check->store);
}

/* The frame's transaction began when everything up to base was durable. */
static void durable_to(struct log_look *look, uint32_t base)
{
	size_t left = 0;

	for (size_t i = 0; i < look->bad.count; i++) {
		uint32_t frame = look->bad.at[i];

		if (frame > base)
			look->bad.at[left++] = frame;
		else
			check_part_lost(look->check, true, frame);
	}
	look->bad.count = left;
}

/* Opens what was read; is_ours: its header does, and is of this log. */
static bool frame_opens(struct log_look *look, uint32_t frame, bool *out_ours)
{
	const struct keys *keys = look->check->store->keys;
	const uint8_t *body = look->sealed + LOG_HEAD_BYTES;
	const struct log_place place = { frame, look->sealed + LOG_FRAME_BYTES - SEAL_TAG_BYTES };
	bool continues;

	*out_ours = log_open(keys, place, look->sealed, sizeof(look->head), look->head) &&
		    log_chain_owns(&look->chain, look->head);
	if (!*out_ours || !page_open(keys, sqlite_get32(look->head), body, look->plain))
		return false;
	memcpy(look->plain + SEAL_PLAIN_SIZE, look->head + LOG_AT_RESERVE, SEAL_RESERVE);
	continues = log_chain_continues(&look->chain, look->head, look->plain);
	/* What the frame before stored is not known of a bad one. */
	return continues || look->follows_bad;
}

static void good_note(struct log_look *look)
{
	uint32_t in_all = sqlite_get32(look->head + 4); /* of a commit */

	look->check->frames++;
	if (look->had_bad)
		return;
	numbers_add(&look->coming, sqlite_get32(look->head));
	if (in_all == 0)
		return;
	for (size_t i = 0; i < look->coming.count; i++)
		log_pages_add(look->pages, look->coming.at[i]);
	look->coming.count = 0;
	look->pages->in_all = in_all;
}

static enum db_status frame_look(struct log_look *look, uint32_t frame)
{
	struct store *store = look->check->store;
	bool is_ours = false, is_good = false;
	enum db_status status = rawfile_read(
		look->file, log_frame_offset(frame), look->sealed, sizeof(look->sealed));

	if (status == DB_OK)
		is_good = frame_opens(look, frame, &is_ours);
	if (is_ours)
		durable_to(look, bytes_get32(look->head + LOG_AT_BASE));
	if (is_good)
		good_note(look);
	else if (status == DB_OK)
		numbers_add(&look->bad, frame);
	look->follows_bad = !is_good;
	look->had_bad |= !is_good;
	if (status == DB_OK)
		return DB_OK;
	return check_part_end(
		look->check, store_fail(store, status, "%s-wal: frame %u: %s", log_named(look),
				     (unsigned)frame, vault_message(store->vault)));
}

/* A log made longer of which no byte was written is what a power cut leaves of a new one
   (vfs_recover.c). */
static enum db_status unwritten_look(struct log_look *look, int64_t size)
{
	enum db_status status = DB_OK;

	for (int64_t at = 0; at < size && status == DB_OK; at += LOG_FRAME_BYTES) {
		status = rawfile_read(look->file, at, look->sealed, sizeof(look->sealed));
		if (status != DB_OK || sodium_is_zero(look->sealed, sizeof(look->sealed)))
			continue;
		check_say(look->check, false,
			"%s-wal: its header is damaged; restore the latest backup",
			log_named(look));
		return DB_OK;
	}
	return status;
}

static enum db_status frames_look(struct log_look *look, int64_t size)
{
	uint8_t header[WAL_HEADER_BYTES];
	uint32_t frames;
	enum db_status status = rawfile_read(look->file, 0, look->sealed, LOG_HEADER_BYTES);

	if (status != DB_OK)
		return status;
	if (!log_open(look->check->store->keys, (struct log_place) { 0, NULL }, look->sealed,
		    sizeof(header), header))
		return unwritten_look(look, size);
	log_chain_begin(&look->chain, header);
	frames = (uint32_t)((size - LOG_HEADER_BYTES) / LOG_FRAME_BYTES);
	for (uint32_t frame = 1; frame <= frames && status == DB_OK; frame++)
		status = frame_look(look, frame);
	return status;
}

static enum db_status file_look(struct log_look *look, const char *path)
{
	struct vault *vault = look->check->store->vault;
	int64_t size = 0;
	enum db_status status =
		rawfile_open(vault->lower, path, RAWFILE_EXISTING, &vault->report, &look->file);

	if (status == DB_OK)
		status = rawfile_size(look->file, &size);
	if (status == DB_OK && size >= LOG_HEADER_BYTES)
		status = frames_look(look, size);
	/* The other files are looked through all the same. */
	if (status != DB_OK)
		status = check_part_end(look->check,
			store_fail(look->check->store, status, "%s", vault_message(vault)));
	rawfile_close(look->file);
	return status;
}

enum db_status check_log(struct check *check, struct log_pages *out_pages)
{
	struct log_look *look = mem_new(1, sizeof(*look));
	char *path = vault_name_with(check->store->vault, "-wal");
	enum db_status status = DB_OK;

	look->check = check;
	look->pages = out_pages;
	if (vault_file_is_there(path))
		status = file_look(look, path);
	mem_free(look->bad.at);
	mem_free(look->coming.at);
	mem_free(look);
	mem_free(path);
	return status;
}
