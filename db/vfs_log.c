/*
 * The write-ahead log through the seal. What SQLite may ask:
 *
 *   write  32 at 0              the log's header
 *          24 at a frame        its header: kept until its page comes
 *          4096 at frame + 24   its page: both are sealed and gathered
 *   read   32 at 0, 8 at 24     header, checksum in it
 *          4120 at a frame, 8 at frame + 16, 4096 at frame + 24
 *
 * Two of its ways need care. When a transaction grows beyond the cache, SQLite
 * writes the page of a frame once more in place, without its header: header
 * and page are then sealed again together, in one write, so that they never
 * disagree. Before such a transaction commits, each of its frames is read whole
 * and its header alone is written again (walRewriteChecksums). In between,
 * frames carry salts and checksums of zero: none are looked at when writing.
 *
 * Gathered frames are written at the commit frame, before anybody asks for one
 * of them, for the size, to truncate or to sync. When SQLite gives up the write
 * lock whatever is left was rolled back, and is forgotten: written later, it
 * would land on another connection's commit. A failed write keeps them, so that
 * the next call tries again; SQLite believes them written.
 */
#include <string.h>

#include "db/bytes.h"
#include "db/memory.h"
#include "db/vfs_private.h"

enum log_part {
	PART_NONE,
	PART_HEADER,
	PART_HEADER_SUM,
	PART_FRAME,
	PART_FRAME_HEAD,
	PART_FRAME_SUM,
	PART_PAGE
};

/* Bytes asked for and where, from the start of the log or of the frame. */
static const struct {
	enum log_part part;
	int amount;
	int at;
} log_parts[] = {
	{ PART_HEADER, WAL_HEADER_BYTES, 0 },
	{ PART_HEADER_SUM, 8, 24 },
	{ PART_FRAME, WAL_FRAME_BYTES, 0 },
	{ PART_FRAME_HEAD, WAL_FRAME_HEADER_BYTES, 0 },
	{ PART_FRAME_SUM, 8, 16 },
	{ PART_PAGE, SEAL_PAGE_SIZE, WAL_FRAME_HEADER_BYTES },
};

static struct log *log_of(sqlite3_file *file)
{
	return ((struct log_file *)file)->log;
}

/* What SQLite means; the frame from 1, 0 for the log's header. */
static enum log_part log_part(int amount, sqlite3_int64 offset, uint32_t *out_frame)
{
	sqlite3_int64 frame = 0;
	sqlite3_int64 at = offset;

	if (offset >= WAL_HEADER_BYTES) {
		frame = (offset - WAL_HEADER_BYTES) / WAL_FRAME_BYTES + 1;
		at = (offset - WAL_HEADER_BYTES) % WAL_FRAME_BYTES;
	}
	*out_frame = (uint32_t)frame;
	for (size_t i = 0; i < sizeof(log_parts) / sizeof(log_parts[0]); i++) {
		bool in_header = log_parts[i].part <= PART_HEADER_SUM;

		if (log_parts[i].amount == amount && log_parts[i].at == at &&
			in_header == (frame == 0) && frame <= UINT32_MAX)
			return log_parts[i].part;
	}
	return PART_NONE;
}

static int log_write_below(struct log *log, const uint8_t *bytes, size_t size, int64_t offset)
{
	return log->lower->pMethods->xWrite(log->lower, bytes, (int)size, offset);
}

/* After any change what was read before is not what lies there. */
static void log_forget(struct log *log)
{
	log->held = 0;
	log->copy_page = 0;
	log->was_read_whole = false;
}

static int log_flush(struct log *log)
{
	int status;

	if (!log->gathered)
		return SQLITE_OK;
	status = log_write_below(log, log->gather, (size_t)log->gathered * LOG_FRAME_BYTES,
		log_frame_offset(log->first_frame));
	if (status == SQLITE_OK)
		log->gathered = 0;
	return status;
}

void log_drop(struct log *log)
{
	log->gathered = 0;
	log->has_base = false;
	log->pending = 0;
}

static struct log_place frame_place(uint32_t frame, const uint8_t *sealed_frame)
{
	return (struct log_place) { frame, sealed_frame + LOG_FRAME_BYTES - SEAL_TAG_BYTES };
}

/* Seals log->head over the page that lies sealed in the frame. */
static void frame_head_seal(struct log *log, uint32_t frame, uint8_t *sealed_frame)
{
	log_seal(log->vfs->keys, frame_place(frame, sealed_frame), log->head, LOG_HEAD_PLAIN_BYTES,
		sealed_frame);
}

/* Seals a page under SQLite's header in log->head. */
static void frame_seal(struct log *log, uint32_t frame, const uint8_t *plain, uint8_t *sealed)
{
	memcpy(log->head + LOG_AT_RESERVE, plain + SEAL_PLAIN_SIZE, SEAL_RESERVE);
	page_seal(log->vfs->keys, sqlite_get32(log->head), plain, sealed + LOG_HEAD_BYTES);
	frame_head_seal(log, frame, sealed);
}

int log_frame_read(struct log *log, uint32_t frame, bool *out_good)
{
	int status = lower_read(log->lower, log->frame, LOG_FRAME_BYTES, log_frame_offset(frame));

	log_forget(log);
	*out_good = false;
	if (status == SQLITE_IOERR_SHORT_READ)
		return SQLITE_OK;
	if (status != SQLITE_OK)
		return status;
	*out_good = log_open(log->vfs->keys, frame_place(frame, log->frame), log->frame,
		LOG_HEAD_PLAIN_BYTES, log->head);
	if (*out_good)
		log->held = frame;
	return SQLITE_OK;
}

bool log_body_open(struct log *log, uint8_t *out_page)
{
	if (!page_open(
		    log->vfs->keys, sqlite_get32(log->head), log->frame + LOG_HEAD_BYTES, out_page))
		return false;
	memcpy(out_page + SEAL_PLAIN_SIZE, log->head + LOG_AT_RESERVE, SEAL_RESERVE);
	return true;
}

/* Makes the frame the one held, or says why not. */
static int frame_hold(struct log *log, uint32_t frame)
{
	bool is_good = false;
	int status = SQLITE_OK;

	if (log->gathered && frame >= log->first_frame)
		status = log_flush(log);
	if (status == SQLITE_OK)
		status = log_frame_read(log, frame, &is_good);
	if (status == SQLITE_OK && !is_good)
		status = vfs_damaged(log->vfs, true, frame);
	return status;
}

static int page_get(struct log *log, uint32_t frame, uint8_t *out_page)
{
	if (!log_body_open(log, out_page))
		return vfs_damaged(log->vfs, true, frame);
	if (log->store->ahead)
		ahead_learn(log->store->ahead, out_page);
	return SQLITE_OK;
}

/* A checkpoint writes what it has just read and never looks into it: it gets the page as it lies
   sealed. Page 1 is opened all the same, since its form is looked at. */
static int page_hand(struct log *log, uint32_t frame, uint8_t *out_page)
{
	uint32_t page = sqlite_get32(log->head);
	int status = SQLITE_OK;

	log->handed = log->frame + LOG_HEAD_BYTES;
	if (page == 1) {
		status = page_get(log, frame, log->plain);
		log->handed = log->plain;
	} else if (!page_verify(log->vfs->keys, page, log->handed)) {
		status = vfs_damaged(log->vfs, true, frame);
	}
	if (status != SQLITE_OK)
		return status;
	memcpy(out_page, log->handed, SEAL_PAGE_SIZE);
	log->copy_page = page;
	return SQLITE_OK;
}

static int frame_part_read(struct log *log, enum log_part part, uint32_t frame, uint8_t *out)
{
	int status = frame_hold(log, frame);

	if (status != SQLITE_OK)
		return status;
	switch (part) {
	case PART_NONE:
	case PART_HEADER:
	case PART_HEADER_SUM:
	case PART_FRAME_HEAD:
		return SQLITE_IOERR_READ;
	case PART_FRAME_SUM:
		memcpy(out, log->head + 16, 8);
		return SQLITE_OK;
	case PART_FRAME:
		memcpy(out, log->head, WAL_FRAME_HEADER_BYTES);
		log->was_read_whole = !log->store->is_recovering;
		return page_get(log, frame, out + WAL_FRAME_HEADER_BYTES);
	case PART_PAGE:
		return log->store->is_checkpointing ? page_hand(log, frame, out)
						    : page_get(log, frame, out);
	}
	return SQLITE_IOERR_READ;
}

int log_header_read(struct log *log, uint8_t out_header[WAL_HEADER_BYTES], bool *out_good)
{
	uint8_t sealed[LOG_HEADER_BYTES];
	struct log_place place = { 0, NULL };
	int status = lower_read(log->lower, sealed, LOG_HEADER_BYTES, 0);

	*out_good = false;
	memset(out_header, 0, WAL_HEADER_BYTES);
	if (status == SQLITE_OK)
		*out_good = log_open(log->vfs->keys, place, sealed, WAL_HEADER_BYTES, out_header);
	return status;
}

/* An unwritten header (see log_scan) reads as zeros while recovering: an empty log to SQLite. */
static int header_part_read(struct log *log, enum log_part part, uint8_t *out)
{
	uint8_t header[WAL_HEADER_BYTES];
	bool is_good;
	int status = log_header_read(log, header, &is_good);

	log_forget(log);
	if (part == PART_HEADER)
		memcpy(out, header, WAL_HEADER_BYTES);
	else
		memcpy(out, header + 24, 8);
	if (status == SQLITE_OK && !is_good && !log->store->is_recovering)
		return vfs_damaged(log->vfs, true, 0);
	return status;
}

static int log_read(sqlite3_file *file, void *out, int amount, sqlite3_int64 offset)
{
	struct log *log = log_of(file);
	uint32_t frame;
	enum log_part part = log_part(amount, offset, &frame);
	int status = SQLITE_OK;

	if (part == PART_NONE)
		return SQLITE_IOERR_READ;
	if (log->store->is_recovering && !log->is_scanned)
		status = log_scan(log);
	if (status != SQLITE_OK)
		return status;
	if (frame == 0)
		return header_part_read(log, part, out);
	if (log->store->is_recovering && frame > log->good_frames) {
		memset(out, 0, (size_t)amount);
		return SQLITE_OK;
	}
	status = frame_part_read(log, part, frame, out);
	if (status != SQLITE_OK)
		memset(out, 0, (size_t)amount);
	return status;
}

static int header_write(struct log *log, const uint8_t *plain)
{
	uint8_t sealed[LOG_HEADER_BYTES];
	int status = log_flush(log);

	if (status != SQLITE_OK)
		return status;
	log->has_base = false;
	log_seal(log->vfs->keys, (struct log_place) { 0, NULL }, plain, WAL_HEADER_BYTES, sealed);
	return log_write_below(log, sealed, LOG_HEADER_BYTES, 0);
}

/* A frame read whole and now its header: only checksums are new. Otherwise its page will follow. */
static int frame_head_write(struct log *log, uint32_t frame, const uint8_t *plain)
{
	if (!log->was_read_whole || log->held != frame || memcmp(log->head, plain, 4) != 0) {
		memcpy(log->pending_head, plain, WAL_FRAME_HEADER_BYTES);
		log->pending = frame;
		return SQLITE_OK;
	}
	memcpy(log->head, plain, WAL_FRAME_HEADER_BYTES);
	frame_head_seal(log, frame, log->frame);
	return log_write_below(log, log->frame, LOG_HEAD_BYTES, log_frame_offset(frame));
}

static int page_gather(struct log *log, uint32_t frame, const uint8_t *plain)
{
	bool is_commit = sqlite_get32(log->pending_head + 4) != 0;
	int status = SQLITE_OK;

	if (log->gathered == LOG_GATHER_FRAMES || frame != log->first_frame + log->gathered)
		status = log_flush(log);
	if (status != SQLITE_OK)
		return status;
	if (!log->gathered)
		log->first_frame = frame;
	if (!log->has_base)
		log->base = frame - 1;
	log->has_base = !is_commit;
	memcpy(log->head, log->pending_head, WAL_FRAME_HEADER_BYTES);
	bytes_put32(log->head + LOG_AT_BASE, log->base);
	frame_seal(log, frame, plain, log->gather + log->gathered * LOG_FRAME_BYTES);
	log->gathered++;
	log->pending = 0;
	return is_commit ? log_flush(log) : SQLITE_OK;
}

static int page_rewrite(struct log *log, uint32_t frame, const uint8_t *plain)
{
	int status = frame_hold(log, frame);

	if (status != SQLITE_OK)
		return status;
	frame_seal(log, frame, plain, log->frame);
	return log_write_below(log, log->frame, LOG_FRAME_BYTES, log_frame_offset(frame));
}

static int page_write(struct log *log, uint32_t frame, const uint8_t *plain)
{
	bool is_new = log->pending == frame;
	const uint8_t *head = is_new ? log->pending_head : NULL;

	if (head && sqlite_get32(head) == 1 && !page_one_fits(plain))
		return SQLITE_IOERR_WRITE;
	return is_new ? page_gather(log, frame, plain) : page_rewrite(log, frame, plain);
}

static int log_write(sqlite3_file *file, const void *plain, int amount, sqlite3_int64 offset)
{
	struct log *log = log_of(file);
	uint32_t frame;
	int status = SQLITE_IOERR_WRITE;

	switch (log_part(amount, offset, &frame)) {
	case PART_HEADER:
		status = header_write(log, plain);
		break;
	case PART_FRAME_HEAD:
		status = frame_head_write(log, frame, plain);
		break;
	case PART_PAGE:
		status = page_write(log, frame, plain);
		break;
	case PART_NONE:
	case PART_HEADER_SUM:
	case PART_FRAME:
	case PART_FRAME_SUM:
		break;
	}
	log_forget(log);
	return status;
}

static int log_close(sqlite3_file *file)
{
	struct log *log = log_of(file);
	int status = log->lower->pMethods->xClose(log->lower);

	log->store->log = NULL;
	mem_free(log);
	return status;
}

static int log_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct log *log = log_of(file);
	sqlite3_int64 frames = (size - WAL_HEADER_BYTES + WAL_FRAME_BYTES - 1) / WAL_FRAME_BYTES;
	int status = log_flush(log);

	if (status != SQLITE_OK)
		return status;
	log_forget(log);
	if (size > 0)
		size = LOG_HEADER_BYTES + (frames > 0 ? frames : 0) * LOG_FRAME_BYTES;
	return log->lower->pMethods->xTruncate(log->lower, size);
}

static int log_sync(sqlite3_file *file, int flags)
{
	struct log *log = log_of(file);
	int status = log_flush(log);

	if (status == SQLITE_OK && log->pending)
		status = SQLITE_IOERR_WRITE;
	if (status != SQLITE_OK)
		return status;
	return vfs_sync_below(log->lower, flags);
}

/* Whole frames only: a part of one at the end is none to SQLite either. */
static int log_size(sqlite3_file *file, sqlite3_int64 *out_size)
{
	struct log *log = log_of(file);
	sqlite3_int64 size = 0;
	int status = log_flush(log);

	if (status == SQLITE_OK)
		status = log->lower->pMethods->xFileSize(log->lower, &size);
	*out_size = 0;
	if (status == SQLITE_OK && size >= LOG_HEADER_BYTES)
		*out_size = WAL_HEADER_BYTES +
			    (size - LOG_HEADER_BYTES) / LOG_FRAME_BYTES * WAL_FRAME_BYTES;
	return status;
}

/* SQLite locks the main file only. */
static int log_lock(sqlite3_file *file, int level)
{
	(void)file;
	(void)level;
	return SQLITE_OK;
}

static int log_is_reserved(sqlite3_file *file, int *out_answer)
{
	(void)file;
	*out_answer = 0;
	return SQLITE_OK;
}

static int log_control(sqlite3_file *file, int what, void *argument)
{
	(void)file;
	(void)what;
	(void)argument;
	return SQLITE_NOTFOUND;
}

static int log_sector(sqlite3_file *file)
{
	struct log *log = log_of(file);

	return log->lower->pMethods->xSectorSize(log->lower);
}

static int log_character(sqlite3_file *file)
{
	(void)file;
	return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods log_methods = {
	.iVersion = 1,
	.xClose = log_close,
	.xRead = log_read,
	.xWrite = log_write,
	.xTruncate = log_truncate,
	.xSync = log_sync,
	.xFileSize = log_size,
	.xLock = log_lock,
	.xUnlock = log_lock,
	.xCheckReservedLock = log_is_reserved,
	.xFileControl = log_control,
	.xSectorSize = log_sector,
	.xDeviceCharacteristics = log_character,
};

int log_file_open(
	struct sealing_vfs *vfs, const char *name, struct log_file *file, int flags, int *out_flags)
{
	struct store_file *store = (struct store_file *)sqlite3_database_file_object(name);
	sqlite3_file *lower = (sqlite3_file *)(file + 1);
	int status;

	*file = (struct log_file) { .log = NULL };
	if (!store || store->base.pMethods != &store_methods || store->log)
		return SQLITE_CANTOPEN;
	lower->pMethods = NULL;
	status = vfs->lower->xOpen(vfs->lower, name, lower, flags, out_flags);
	if (status != SQLITE_OK) {
		if (lower->pMethods)
			lower->pMethods->xClose(lower);
		return status;
	}
	file->log = mem_new(1, sizeof(*file->log));
	file->log->vfs = vfs;
	file->log->lower = lower;
	file->log->store = store;
	store->log = file->log;
	store->is_new = false;
	file->base.pMethods = &log_methods;
	return SQLITE_OK;
}
