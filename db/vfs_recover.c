/*
 * What stands in a log after a kill or a power cut.
 *
 * Stock SQLite ends a log at the first frame that does not check, in silence:
 * one flipped bit drops every commit behind it. While one connection recovers
 * (it holds WAL_RECOVER_LOCK) the whole log is read once, and a bad frame is
 * told apart:
 *
 *   good     its seal opens, its salts are this log's, and SQLite's running
 *            checksum continues from the frame before
 *   cut off  a bad frame of a transaction that was never made durable: it and
 *            all that follow read as zeros, and SQLite ends the log there
 *   damaged  a bad frame, and behind it the sealed header of a frame of this
 *            log whose transaction began behind that bad frame's commit. A
 *            transaction begins only when the one before is durable, so the
 *            bad frame had been
 *
 * The header says where its transaction began (LOG_AT_BASE), so that frames of
 * earlier cuts that lie behind the end, good seals and all, do not count: they
 * began before it. The last transaction alone is not told from a cut; nor is
 * an end cut off by a hand: the -head record tells.
 *
 * All this holds with synchronous=FULL. What recovery finds is made durable
 * before anybody goes on from it: a writer killed between its write and its
 * sync leaves a commit that is only in the system's memory.
 */
#include <string.h>

#include "db/bytes.h"
#include "db/log_chain.h"
#include "db/vfs_private.h"

static int scan_good(struct log *log, struct log_chain *chain, uint32_t frames)
{
	bool is_good = true;

	log->good_frames = 0;
	while (log->good_frames < frames) {
		int status = log_frame_read(log, log->good_frames + 1, &is_good);

		if (status != SQLITE_OK)
			return status;
		if (!is_good || !log_chain_owns(chain, log->head) ||
			!log_body_open(log, log->plain) ||
			!log_chain_continues(chain, log->head, log->plain))
			return SQLITE_OK;
		log->good_frames++;
	}
	return SQLITE_OK;
}

/* Behind the first bad frame: one of a transaction that began when the bad one was durable? */
static int scan_behind(struct log *log, const struct log_chain *chain, uint32_t frames)
{
	uint32_t bad = log->good_frames + 1;

	for (uint32_t frame = bad + 1; frame <= frames; frame++) {
		bool is_good;
		int status = log_frame_read(log, frame, &is_good);

		if (status != SQLITE_OK)
			return status;
		if (is_good && log_chain_owns(chain, log->head) &&
			bytes_get32(log->head + LOG_AT_BASE) >= bad)
			return vfs_damaged(log->vfs, true, bad);
	}
	return SQLITE_OK;
}

/* A log made longer, its first bytes never written, is an ordinary power cut: nothing is written
   behind a header that is not durable. */
static int scan_unwritten(struct log *log, int64_t size)
{
	for (int64_t at = 0; at < size; at += LOG_FRAME_BYTES) {
		int status = lower_read(log->lower, log->frame, LOG_FRAME_BYTES, at);

		if (status != SQLITE_OK && status != SQLITE_IOERR_SHORT_READ)
			return status;
		for (size_t i = 0; i < LOG_FRAME_BYTES; i++)
			if (log->frame[i] != 0)
				return vfs_damaged(log->vfs, true, 0);
	}
	return SQLITE_OK;
}

int log_scan(struct log *log)
{
	struct log_chain chain;
	sqlite3_int64 size;
	uint32_t frames;
	uint8_t header[WAL_HEADER_BYTES];
	bool is_good;
	int status = log->lower->pMethods->xFileSize(log->lower, &size);

	log->good_frames = 0;
	if (status == SQLITE_OK)
		status = log_header_read(log, header, &is_good);
	if (status != SQLITE_OK && status != SQLITE_IOERR_SHORT_READ)
		return status;
	if (!is_good) {
		status = scan_unwritten(log, size);
		log->is_scanned = status == SQLITE_OK;
		return status;
	}
	frames = (uint32_t)((size - LOG_HEADER_BYTES) / LOG_FRAME_BYTES);
	log_chain_begin(&chain, header);
	status = scan_good(log, &chain, frames);
	if (status == SQLITE_OK)
		status = scan_behind(log, &chain, frames);
	if (status == SQLITE_OK && log->good_frames > 0)
		status = vfs_sync_below(log->lower, SQLITE_SYNC_NORMAL);
	explicit_bzero(log->plain, SEAL_PAGE_SIZE);
	log->is_scanned = status == SQLITE_OK;
	return status;
}
