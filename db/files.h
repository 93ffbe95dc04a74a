/*
 * Files attached to receipts. Their bytes lie in pieces, rows of a table that
 * the trail does not cover; the row of the file, which it does cover, holds a
 * salted hash of each piece. So no event carries the bytes, and a piece that was
 * changed, lost or put elsewhere is found whenever a file is read or proved.
 */
#ifndef TRACEDESK_DB_FILES_H
#define TRACEDESK_DB_FILES_H

#include "db/store.h"

enum {
	FILE_PIECE_BYTES = 256 * 1024,
	FILE_MOST_BYTES = 20 * 1024 * 1024,
	FILE_MOST_PIECES = FILE_MOST_BYTES / FILE_PIECE_BYTES,
	FILE_SALT_BYTES = 32,
};

/* What a file holds, on its way into the store: every piece full but the last. */
struct file_content {
	uint8_t *piece[FILE_MOST_PIECES];
	int64_t size;
};
void file_content_clear(struct file_content *content); /* wipes */
/* Pieces that so many bytes lie in. */
int file_pieces(int64_t size);
/* The size of one of them, counted from 0. */
size_t file_piece_size(int64_t size, int piece);

/* Fills in id, number (the next of its receipt) and size. */
enum db_status files_insert(
	struct store *store, struct receipt_file *file, const struct file_content *content);
/* In order of their numbers. Clear each with receipt_file_clear, free with mem_free. */
enum db_status files_list(
	struct store *store, int64_t request, struct receipt_file **out_files, size_t *out_count);
/* DB_NONE: the receipt has no file of that number. */
enum db_status files_find(
	struct store *store, int64_t request, int64_t number, struct receipt_file *out_file);

/* Anything but DB_OK ends the reading. */
typedef enum db_status file_take(void *with, const uint8_t *bytes, size_t size);
/* Hands the bytes of the file with that id to take, each piece once it is proved. DB_DAMAGED: one
   is not what was attached. */
enum db_status files_read(struct store *store, int64_t id, file_take *take, void *with);

/* The hash of a piece: keyed with the file's salt, over its place and its bytes. */
struct file_piece {
	int position; /* from 0 */
	const uint8_t *bytes;
	size_t size;
};
void file_piece_hash(const uint8_t salt[FILE_SALT_BYTES], const struct file_piece *piece,
	uint8_t out_hash[STORE_HASH_BYTES]);

#endif
