/*
 * Reading CSV (RFC 4180) in pieces, by libcsv behind this header. Rows come out
 * with the line they start on (the first is 1). Lines may end LF or CRLF; a BOM is
 * passed over; empty lines between rows are skipped. Memory stays bounded whatever
 * is fed. Pure.
 */
#ifndef TRACEDESK_CORE_CSV_H
#define TRACEDESK_CORE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum csv_status {
	CSV_OK,
	CSV_QUOTING,   /* broken quoting, or a quote not closed within CSV_MOST_BYTES */
	CSV_LONG_LINE, /* a line over CSV_MOST_BYTES */
	CSV_NOT_UTF8,  /* or not cp1252 */
	CSV_NUL,       /* a NUL byte: UTF-16, or no text at all */
	CSV_STOPPED,   /* the row function said stop */
};

enum { CSV_MOST_BYTES = 1024 * 1024 };

/* fields are UTF-8, valid during the call. Returns false to stop. */
typedef bool csv_row(void *context, int64_t line, char **fields, size_t count);

struct csv_reader;

/* May cells be parted by it? Any single ASCII character but a quote and a line break. */
bool csv_delimiter_is_fit(char delimiter);
struct csv_reader *csv_reader_new(char delimiter, bool charset_cp1252, csv_row *row, void *context);
/* Once one of them gave another status than CSV_OK, both give that again and do nothing. */
enum csv_status csv_reader_feed(struct csv_reader *reader, const char *bytes, size_t size);
enum csv_status csv_reader_finish(struct csv_reader *reader);
/* The line where it stopped; for CSV_QUOTING the one where the row starts. */
int64_t csv_reader_line(const struct csv_reader *reader);
void csv_reader_free(struct csv_reader *reader);

#endif
