/*
 * Where a command's answer goes: standard output, or a private file that comes
 * to be whole or not at all.
 */
#ifndef TRACEDESK_CLI_OUTPUT_H
#define TRACEDESK_CLI_OUTPUT_H

#include "cli/command.h"
#include "core/buffer.h"
#include "core/private_file.h"
#include "core/sheet.h"

enum output_format { OUTPUT_TEXT, OUTPUT_CSV, OUTPUT_JSON };
/* What the register has besides; the format is then OUTPUT_TEXT. */
enum output_page { OUTPUT_NO_PAGE, OUTPUT_HTML, OUTPUT_XLSX };

struct output {
	enum output_format format;
	enum output_page page;
	bool spreadsheet;
	bool is_file; /* else standard output */
	struct private_file file;
	int width; /* columns of the terminal that text goes to; 0: no terminal */
};

/* Reads --format, -o, --force, --spreadsheet and makes the unfinished file. DESK_USAGE: no such
   format; DESK_REFUSED: the file is there already; DESK_IO: it cannot be written. */
enum desk_status output_open(
	const struct call *call, struct output *out_output, struct notice *notice);
enum desk_status output_bytes(
	struct output *output, const char *bytes, size_t size, struct notice *notice);
/* The same, for what hands its answer over in pieces; with: the output. */
desk_write output_piece;
enum desk_status output_write(
	struct output *output, const struct buffer *text, struct notice *notice);
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
/* A text to standard output; if it cannot be written, the failure says what is so otherwise. */
enum desk_status output_told(const char *text, const char *otherwise, struct notice *notice);
/* The same of what was done: it is, also when nobody can be told. */
enum desk_status output_say(const char *text, struct notice *notice);

#endif
