/*
 * What the files of the sealing VFS share: how SQLite sees its files and how
 * they lie on disk, and the state of one open store and one open log.
 */
#ifndef TRACEDESK_DB_VFS_PRIVATE_H
#define TRACEDESK_DB_VFS_PRIVATE_H

#include <sqlite3.h>
#include <stdatomic.h>

#include "db/vfs.h"
#include "db/vfs_ahead.h"

enum {
	/* The log as SQLite sees it (sqlite.org/fileformat2.html, 4). */
	WAL_HEADER_BYTES = 32,
	WAL_FRAME_HEADER_BYTES = 24,
	WAL_FRAME_BYTES = WAL_FRAME_HEADER_BYTES + SEAL_PAGE_SIZE,
	/* As it lies on disk: header 72; then frames of 4204: sealed header 108, sealed page 4096.
	   Sealed in a frame's header: SQLite's 24 bytes; what the page's reserve held when
	   SQLite summed it, since SQLite's checksum covers that too; and the frame of the last
	   commit before this transaction (4, little-endian), for recovery. */
	LOG_HEADER_BYTES = WAL_HEADER_BYTES + SEAL_RESERVE,
	LOG_AT_RESERVE = WAL_FRAME_HEADER_BYTES,
	LOG_AT_BASE = LOG_AT_RESERVE + SEAL_RESERVE,
	LOG_HEAD_PLAIN_BYTES = LOG_AT_BASE + 4,
	LOG_HEAD_BYTES = LOG_HEAD_PLAIN_BYTES + SEAL_RESERVE,
	LOG_FRAME_BYTES = LOG_HEAD_BYTES + SEAL_PAGE_SIZE,
	/* Frames written at once: below 64 KiB (Linux and SQLite's unix VFS mask a length of 128
	   KiB to nothing). */
	LOG_GATHER_FRAMES = 65536 / LOG_FRAME_BYTES,
};

/* Locks of the wal-index that matter here (sqlite.org/walformat.html, 2.3). */
enum { WAL_WRITE_LOCK = 0, WAL_CHECKPOINT_LOCK = 1, WAL_RECOVER_LOCK = 2 };

/* Reads of the file below. What the disk refuses (EIO) comes from it as "damaged", which SQLite
   says on: of damage a seal tells, and nothing else. */
static inline int lower_read(sqlite3_file *lower, void *out, int amount, sqlite3_int64 offset)
{
	int status = lower->pMethods->xRead(lower, out, amount, offset);

	return status == SQLITE_IOERR_CORRUPTFS ? SQLITE_IOERR_READ : status;
}

struct log;

struct sealing_vfs {
	sqlite3_vfs base;
	sqlite3_vfs *lower;
	const struct keys *keys;
	int64_t database_offset;
	bool gate_off;
	const char *other_path; /* or NULL */
	const struct keys *other_keys;
	sealing_vfs_watch *watch; /* or NULL */
	void *watch_with;
	atomic_flag is_damaged; /* the first thread to set it writes damage */
	struct vfs_damage damage;
	char name[32];
};

/* The main file of one connection. */
struct store_file {
	sqlite3_file base;
	struct sealing_vfs *vfs;
	const struct keys *keys;
	sqlite3_file *lower; /* in the memory behind this */
	struct log *log;     /* while SQLite has it open */
	uint8_t *page;	     /* one sealed page on its way */
	struct ahead *ahead; /* or NULL */
	bool has_write;	     /* SQLite holds WAL_WRITE_LOCK */
	bool has_gate;	     /* WAL_WRITE_LOCK is held for a checkpoint */
	bool has_read;	     /* SQLite reads pages: one of the wal-index's shared locks is held */
	bool is_checkpointing;
	bool is_recovering; /* WAL_RECOVER_LOCK is held */
	bool is_new;	    /* it held no page when opened, nor has it had a log since */
};

/* The log of one connection. */
struct log {
	struct sealing_vfs *vfs;
	sqlite3_file *lower;
	struct store_file *store;
	/* A frame header that SQLite has written, its page still to come; 0: none. */
	uint32_t pending;
	/* The transaction under way began behind this frame; not known before its first frame. */
	uint32_t base;
	bool has_base;
	/* Frames gathered and not yet written: first_frame and those after it. */
	uint32_t first_frame;
	uint32_t gathered;
	/* The frame whose sealed bytes lie in frame and its header in head; 0: none. */
	uint32_t held;
	bool was_read_whole; /* the last call read all of it: a header that follows replaces it */
	/* The page in frame that a checkpoint is to copy, 0: none, and what it was given for it: in
	   frame, or page 1 in plain. */
	uint32_t copy_page;
	const uint8_t *handed;
	/* Recovery: frames that stand, counted by one scan of the log. */
	bool is_scanned;
	uint32_t good_frames;
	uint8_t pending_head[WAL_FRAME_HEADER_BYTES];
	uint8_t head[LOG_HEAD_PLAIN_BYTES];
	uint8_t plain[SEAL_PAGE_SIZE];
	uint8_t frame[LOG_FRAME_BYTES];
	uint8_t gather[LOG_GATHER_FRAMES * LOG_FRAME_BYTES];
};

/* Remembers the first damage; the answer is what SQLite is told. */
int vfs_damaged(struct sealing_vfs *vfs, bool is_log, uint32_t page);
/* A sync below. The first one of a log names its folder, too. */
int vfs_sync_below(sqlite3_file *lower, int flags);
/* Is page 1 of a database that fits the seal: page size 4096, 40 bytes reserve? */
bool page_one_fits(const uint8_t *plain);

extern const sqlite3_io_methods store_methods;

/* Opens the main file through the VFS below; never makes one. */
int store_file_open(struct sealing_vfs *vfs, const char *name, struct store_file *file, int flags,
	int *out_flags);

/* What SQLite holds of a log. */
struct log_file {
	sqlite3_file base;
	struct log *log;
	/* in the memory behind this: the file of the VFS below */
};

/* A rollback journal in memory. */
struct journal_file {
	sqlite3_file base;
	uint8_t *bytes;
	size_t size;
	size_t room;
};

/* Only for a database that is still empty. */
int journal_file_open(const char *name, struct journal_file *file);
/* Holds the main file no page yet (a new store, or one cut to its header)? */
int store_is_empty(struct store_file *store, bool *out_empty);

/* Opens the log of a store through the VFS below; name as SQLite gave it. */
int log_file_open(struct sealing_vfs *vfs, const char *name, struct log_file *file, int flags,
	int *out_flags);
/* Forgets what was gathered: its transaction is not going to be committed. */
void log_drop(struct log *log);

static inline int64_t log_frame_offset(uint32_t frame)
{
	return LOG_HEADER_BYTES + (int64_t)(frame - 1) * LOG_FRAME_BYTES;
}
/* Reads the frame and opens its header into log->head. A frame that is not there or does not open:
   out_good false. */
int log_frame_read(struct log *log, uint32_t frame, bool *out_good);
/* Opens the page of the frame held, with its reserve as SQLite summed it. */
bool log_body_open(struct log *log, uint8_t *out_page);
/* The header, or zeros when it does not open. */
int log_header_read(struct log *log, uint8_t out_header[WAL_HEADER_BYTES], bool *out_good);
/* Counts the frames that stand into good_frames, or says where the log is damaged. */
int log_scan(struct log *log);

/* SQLite's numbers are big-endian. */
static inline uint32_t sqlite_get32(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
	       bytes[3];
}

#endif
