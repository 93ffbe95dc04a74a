/*
 * Files attached to receipts, as the desk offers them. Part of core/desk.h. They
 * are only ever added. An attachment is one transaction; its bytes stand in no
 * event. What is handed out was written to the trail before.
 */
#ifndef TRACEDESK_CORE_DESK_FILES_H
#define TRACEDESK_CORE_DESK_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/notice.h"
#include "db/records.h"

struct desk;

/* A file outside the store, as it was when it was read. */
struct original {
	uint64_t device, inode;
	int64_t size, changed, changed_ns;
};

struct desk_attached {
	int64_t number; /* of the receipt's files */
	int64_t size;
	struct original original;
};
/* Seals the file at path with the receipt, 20 MiB at most. DESK_REFUSED: larger, or a rule;
   DESK_IO: it cannot be read, is no regular file, is the store's own, or changed meanwhile. */
enum desk_status desk_request_attach(struct desk *desk, const char *reference, const char *path,
	struct desk_attached *out_attached, struct notice *out_notice);
/* Deletes the original that was attached. DESK_REFUSED: at path stands another one by now. */
enum desk_status original_delete(
	const char *path, const struct original *original, struct notice *out_notice);

struct desk_files {
	struct receipt_file *files; /* by number */
	size_t count;
};
void desk_files_clear(struct desk_files *files);
/* because: as desk_request_open. */
enum desk_status desk_request_files(struct desk *desk, const char *reference, const char *because,
	struct desk_files *out_files, struct notice *out_notice);

/* Which file, for what, and who takes its bytes. */
struct desk_file_wish {
	const char *reference;
	const char *because;
	int64_t number;
	bool is_view; /* shown by a viewer; else taken out of the store */
	desk_write *take;
	void *with;
};
/* Hands the bytes over piece by piece, each once it is proved. */
enum desk_status desk_request_file(
	struct desk *desk, const struct desk_file_wish *wish, struct notice *out_notice);

#endif
