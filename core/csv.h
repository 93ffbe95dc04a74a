/*
 * Reading CSV (RFC 4180) in pieces, by libcsv behind this header. Rows come out
 * with the line they start on (the first is 1). Lines may end LF or CRLF; a BOM is
 * passed over; empty lines between rows are skipped.
 */
#ifndef TRACEDESK_CORE_CSV_H
#define TRACEDESK_CORE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum csv_status {
	CSV_OK,
	CSV_QUOTING,   /* broken quoting */
	CSV_LONG_LINE, /* a line over 1 MiB */
	CSV_NOT_UTF8,
	CSV_STOPPED, /* the row function said stop */
};

/* fields are UTF-8, valid during the call. Returns false to stop. */
typedef bool csv_row(void *context, int64_t line, char **fields, size_t count);

struct csv_reader;

struct csv_reader *csv_reader_new(char delimiter, bool charset_cp1252, csv_row *row, void *context);
enum csv_status csv_reader_feed(struct csv_reader *reader, const char *bytes, size_t size);
enum csv_status csv_reader_finish(struct csv_reader *reader);
int64_t csv_reader_line(const struct csv_reader *reader); /* where it stopped */
void csv_reader_free(struct csv_reader *reader);

#endif
