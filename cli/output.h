/*
 * Where a command's answer goes: standard output, or a private file that comes
 * to be whole or not at all.
 */
#ifndef TRACEDESK_CLI_OUTPUT_H
#define TRACEDESK_CLI_OUTPUT_H

#include "cli/command.h"
#include "core/buffer.h"
#include "core/sheet.h"

enum output_format { OUTPUT_TEXT, OUTPUT_CSV, OUTPUT_JSON };

struct output {
	enum output_format format;
	bool spreadsheet;
	bool force;
	const char *path; /* NULL: standard output */
	char *temp;	  /* the unfinished file, beside path */
	int fd;
	int width; /* columns of the terminal that text goes to; 0: no terminal */
};

/* Reads --format, -o, --force, --spreadsheet and makes the unfinished file. DESK_USAGE: no such
   format; DESK_REFUSED: the file is there already; DESK_IO: it cannot be written. */
enum desk_status output_open(
	const struct call *call, struct output *out_output, struct notice *notice);
enum desk_status output_write(
	struct output *output, const struct buffer *text, struct notice *notice);
/* The same of some bytes, for who hands them out piece by piece: with is the output. */
enum desk_status output_take(void *with, const char *bytes, size_t size, struct notice *notice);
/* With DESK_OK the file gets its name, durably; else nothing of it is left. Returns status, or what
   went wrong here. */
enum desk_status output_close(
	struct output *output, enum desk_status status, struct notice *notice);

/* What a reading command does between: gets the answer and writes it. */
typedef enum desk_status output_fill(
	const struct call *call, struct output *output, struct notice *notice);
/* A reading command: output_open, fill, output_close. */
enum desk_status output_run(const struct call *call, output_fill *fill, struct notice *notice);

/* A sheet in the format asked for. */
void output_sheet(const struct output *output, const struct sheet *sheet, struct buffer *out);
/* The same, written; frees the sheet. */
enum desk_status output_sheet_done(
	struct output *output, struct sheet *sheet, struct notice *notice);
/* A sentence to standard output. */
enum desk_status output_say(const char *text, struct notice *notice);

/* A new private file with this text; never over one that exists (DESK_REFUSED). */
enum desk_status output_file(
	const char *path, const char *text, size_t size, struct notice *notice);

#endif
