/*
 * The parts of a receipt as pages: summary with its checks, notes, files, history. The
 * form as it was filled in and the subjects are receipt_lines.h.
 */
#ifndef TRACEDESK_TUI_RECEIPT_PARTS_H
#define TRACEDESK_TUI_RECEIPT_PARTS_H

#include "tui/page.h"
#include "tui/receipt_cells.h"

struct receipt_whole {
	const struct request *request;
	const struct desk_beside *beside;
	const struct desk_history *history;
	const struct service_list *services;
	bool shows_all; /* checks that pass or do not apply, too */
	bool may_judge; /* those that are a person's to judge */
};

/* A check's index in the findings is its item. */
void part_summary(struct page *page, const struct receipt_whole *whole);
void part_notes(struct page *page, const struct receipt_whole *whole);
/* A letter that has gone has its index as its item; the one to send comes after the last. */
void part_letters(struct page *page, const struct receipt_whole *whole);
/* A file's index is its item. */
void part_files(struct page *page, const struct receipt_whole *whole);
void part_history(struct page *page, const struct receipt_whole *whole);

/* A moment of an event in UTC, "DD/MM/YYYY HH:MM". */
void moment_shown(int64_t moment, char out_shown[32]);
/* The rank, name and number of an officer in one line: "Priya Lowe, DC 12345". */
void officer_shown(const struct request *request, enum request_field name, struct buffer *out);

#endif
