/*
 * The columns of a list of receipts as a table: in which lists they stand, how
 * wide each is on a terminal of 80, 120 and 200 columns (0: not shown). What is
 * over goes to the names.
 */
#include "tui/receipt_cells.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/listing.h"
#include "core/text.h"
#include "tui/draw.h"

enum { WIDTHS = 3, FIRST_COLUMN = 2, NARROW_COLUMN = 16, STATE_SHORT = 16 };

struct cell {
	const struct service_list *services;
	const char *today;
	const struct request_row *receipt;
	int width;
	struct buffer text;
};

static const int least_columns[WIDTHS] = { DRAW_LEAST_COLUMNS, DRAW_WIDE_COLUMNS, 200 };

/* For a narrow column; the line below the list says it in full. */
static const char *state_short(enum request_state state)
{
	switch (state) {
	case STATE_RECEIVED:
		return "received";
	case STATE_IN_TRIAGE:
		return "in triage";
	case STATE_HELD:
		return "held";
	case STATE_AWAITING_INFORMATION:
		return "waiting";
	case STATE_EXCEPTION_PROPOSED:
		return "exception?";
	case STATE_ACCEPTED:
		return "accepted";
	case STATE_GUARDIAN_PENDING:
		return "guardian?";
	case STATE_RELEASE_PROPOSED:
		return "release?";
	case STATE_REJECTION_PROPOSED:
		return "rejection?";
	case STATE_WITHDRAWAL_PROPOSED:
		return "withdraw?";
	case STATE_REJECTED:
		return "Rejected";
	case STATE_APPROVED_TRACE:
		return "Trace";
	case STATE_APPROVED_NO_TRACE:
		return "No Trace";
	case STATE_WITHDRAWN:
		return "withdrawn";
	}
	return "?";
}

const char *state_name(enum request_state state)
{
	const char *name = request_state_name((int)state);

	return name ? name : "?";
}

static void cell_reference(struct cell *cell)
{
	buffer_add(&cell->text, cell->receipt->reference);
}

static void cell_day(struct cell *cell, const char *day)
{
	char shown[64];

	if (day[0] == '\0')
		return;
	day_shown(day, shown);
	buffer_add(&cell->text, shown);
}

static void cell_received(struct cell *cell)
{
	cell_day(cell, cell->receipt->received);
}

static void cell_decided(struct cell *cell)
{
	cell_day(cell, cell->receipt->decided);
}

static void cell_needed_by(struct cell *cell)
{
	cell_day(cell, cell->receipt->needed_by);
}

static void cell_due(struct cell *cell)
{
	cell_day(cell, cell->receipt->age.due);
}

static void cell_service(struct cell *cell)
{
	buffer_add(&cell->text, service_label(cell->services, cell->receipt->service));
}

static void cell_organisation(struct cell *cell)
{
	buffer_add(&cell->text, cell->receipt->organisation);
}

static void cell_assigned_to(struct cell *cell)
{
	buffer_add(&cell->text, cell->receipt->assigned_to);
}

static void cell_state(struct cell *cell)
{
	enum request_state state = cell->receipt->state;
	bool is_short = cell->width < STATE_SHORT;

	if (cell->receipt->correcting)
		buffer_add(&cell->text, is_short ? "correct?" : "correction proposed");
	else
		buffer_add(&cell->text, is_short ? state_short(state) : state_name(state));
}

/* "O'TESTA, A+3": the count of more subjects is never what gets cut. */
static void cell_subject(struct cell *cell)
{
	struct request_row first = *cell->receipt;
	struct buffer name, shown;
	char more[16] = "";

	if (first.masked) {
		buffer_add(&cell->text, "░░░░░░░");
		return;
	}
	if (first.subjects > 1)
		snprintf(more, sizeof(more), "+%d", first.subjects - 1);
	first.subjects = 1;
	buffer_init(&name);
	buffer_init(&shown);
	listing_subject(&first, &name);
	text_show(buffer_text(&name), &shown);
	text_fit(buffer_text(&shown), cell->width - (int)strlen(more), &cell->text);
	buffer_add(&cell->text, more);
	buffer_done(&name);
	buffer_done(&shown);
}

/* Should it be taken before the others? Then cells_explain begins with why. */
static bool is_pressing(const struct request_row *receipt, const char *today)
{
	return listing_is_urgent(receipt, today) || receipt->age.is_due_today ||
	       receipt->age.is_overdue;
}

/* Working days, with "!" when it is pressing. */
static void cell_age(struct cell *cell)
{
	if (cell->receipt->age.days < 0)
		return;
	buffer_print(&cell->text, "%3d", (int)cell->receipt->age.days);
	if (is_pressing(cell->receipt, cell->today))
		buffer_add(&cell->text, "!");
}

/* clang-format off */
enum { OPEN = 1 << CELLS_OPEN, PROPOSED = 1 << CELLS_PROPOSED, CLOSED = 1 << CELLS_CLOSED,
	ALL = 1 << CELLS_ALL, ANY = OPEN | PROPOSED | CLOSED | ALL };
static const struct cell_column {
	const char *head;
	unsigned lists;
	int width[WIDTHS];
	bool takes_rest;
	void (*make)(struct cell *cell);
} cell_columns[] = {
	{ "Receipt", ANY, { 14, 15, 15 }, false, cell_reference },
	{ "Received", OPEN | ALL, { 10, 10, 10 }, false, cell_received },
	{ "Received", PROPOSED | CLOSED, { 0, 10, 10 }, false, cell_received },
	{ "Decided", CLOSED, { 10, 10, 10 }, false, cell_decided },
	{ "Decided", ALL, { 0, 10, 10 }, false, cell_decided },
	{ "Needed by", OPEN | PROPOSED, { 0, 10, 10 }, false, cell_needed_by },
	{ "Service", ANY, { 11, 15, 23 }, false, cell_service },
	{ "Organisation", ANY, { 15, 19, 37 }, true, cell_organisation },
	{ "Subject", ANY, { 12, 14, 23 }, true, cell_subject },
	{ "State", OPEN, { 0, 21, 27 }, false, cell_state },
	{ "State", PROPOSED | ALL, { 10, 21, 27 }, false, cell_state },
	{ "Outcome", CLOSED, { 10, 21, 27 }, false, cell_state },
	{ "Age", OPEN | PROPOSED, { 4, 4, 4 }, false, cell_age },
	{ "Age", ALL, { 0, 4, 4 }, false, cell_age },
	{ "Due", OPEN | PROPOSED, { 0, 0, 10 }, false, cell_due },
	{ "Assigned to", ANY, { 0, 0, 20 }, false, cell_assigned_to },
};
/* clang-format on */

enum { CELL_COLUMNS = sizeof(cell_columns) / sizeof(cell_columns[0]) };

/* The width of each column of a list on a terminal of so many columns. */
static void widths_share(enum cells_list list, int columns, int out_width[CELL_COLUMNS])
{
	int which = 0, rest = columns - FIRST_COLUMN, takers = 0;

	while (which + 1 < WIDTHS && columns >= least_columns[which + 1])
		which++;
	for (int i = 0; i < CELL_COLUMNS; i++) {
		bool is_in = (cell_columns[i].lists & 1U << list) != 0;

		out_width[i] = is_in ? cell_columns[i].width[which] : 0;
		rest -= out_width[i] > 0 ? out_width[i] + 1 : 0;
		takers += is_in && cell_columns[i].takes_rest;
	}
	for (int i = 0; i < CELL_COLUMNS; i++) {
		int share = takers > 0 ? (rest + takers - 1) / takers : 0;

		if (out_width[i] == 0 || !cell_columns[i].takes_rest || rest <= 0)
			continue;
		out_width[i] += share;
		rest -= share;
		takers--;
	}
}

void cells_draw_heads(enum cells_list list, int row, int columns)
{
	int width[CELL_COLUMNS], column = FIRST_COLUMN;

	widths_share(list, columns, width);
	for (int i = 0; i < CELL_COLUMNS; i++) {
		draw_text(row, column, width[i], DRAW_FAINT, cell_columns[i].head);
		column += width[i] > 0 ? width[i] + 1 : 0;
	}
}

void cells_draw_row(const struct ui *ui, enum cells_list list, int row,
	const struct request_row *receipt, bool is_selected)
{
	enum draw_style style = is_selected ? DRAW_BOLD : DRAW_PLAIN;
	int width[CELL_COLUMNS], column = FIRST_COLUMN;

	widths_share(list, ui->columns, width);
	if (is_selected)
		draw_text(row, 0, 1, style, "▸");
	for (int i = 0; i < CELL_COLUMNS; i++) {
		struct cell cell = { .services = &ui->services,
			.today = desk_today(ui->desk),
			.receipt = receipt,
			.width = width[i] };

		if (width[i] == 0)
			continue;
		buffer_init(&cell.text);
		cell_columns[i].make(&cell);
		draw_text(row, column, width[i], style, buffer_text(&cell.text));
		buffer_done(&cell.text);
		column += width[i] + 1;
	}
}

void cells_draw_narrow(const struct request_row *receipt, int row, int width, bool is_selected)
{
	enum draw_style style = is_selected ? DRAW_BOLD : DRAW_PLAIN;
	struct cell cell = { .receipt = receipt, .width = width - FIRST_COLUMN - NARROW_COLUMN };
	int column = FIRST_COLUMN + NARROW_COLUMN;

	if (is_selected)
		draw_text(row, 0, 1, style, "▸");
	draw_text(row, FIRST_COLUMN, NARROW_COLUMN - 1, style, receipt->reference);
	buffer_init(&cell.text);
	cell_subject(&cell);
	draw_text(row, column, cell.width, style, buffer_text(&cell.text));
	buffer_done(&cell.text);
}

/* The state as the beginning of a sentence. */
static void state_begin(enum request_state state, struct buffer *out)
{
	const char *name = state_name(state);

	buffer_print(out, "%c%s", toupper((unsigned char)name[0]), name + 1);
}

void state_explain(const struct state_facts *facts, struct buffer *out)
{
	char shown[64];

	state_begin(facts->state, out);
	if (facts->decided[0]) {
		day_shown(facts->decided, shown);
		buffer_print(out, " on %s", shown);
	} else if (facts->assigned_to[0]) {
		buffer_print(out, ", with %s", facts->assigned_to);
	} else if (!flow_may_review(facts->state, facts->is_correcting)) {
		buffer_add(out, ", assigned to nobody");
	}
	if (facts->needed_by[0] && !facts->decided[0]) {
		day_shown(facts->needed_by, shown);
		buffer_print(out, ", needed by %s", shown);
	}
	if (facts->is_imported)
		buffer_add(out, ", from an older system");
	if (facts->is_safeguarding)
		buffer_add(out, ", safeguarding");
	if (flow_may_review(facts->state, facts->is_correcting))
		buffer_print(
			out, "; %swaits for review", facts->is_correcting ? "a correction " : "");
}

/* "! needed by 05/01/2021, safeguarding · ": why it should be taken before the others. */
static void pressing_explain(
	const struct request_row *receipt, const char *today, struct buffer *out)
{
	bool is_needed = receipt->needed_by[0] != '\0' && listing_is_urgent(receipt, today);
	const char *comma = "";
	char shown[64];

	if (!is_pressing(receipt, today))
		return;
	buffer_add(out, "! ");
	if (receipt->age.is_overdue || receipt->age.is_due_today) {
		day_shown(receipt->age.due, shown);
		buffer_print(
			out, receipt->age.is_overdue ? "overdue since %s" : "due today, %s", shown);
		comma = ", ";
	}
	if (is_needed) {
		day_shown(receipt->needed_by, shown);
		buffer_print(out, "%sneeded by %s", comma, shown);
		comma = ", ";
	}
	if (receipt->safeguarding)
		buffer_print(out, "%ssafeguarding", comma);
	buffer_add(out, " · ");
}

void cells_explain(const struct request_row *receipt, const char *today, struct buffer *out)
{
	bool is_told = listing_is_urgent(receipt, today);
	const struct state_facts facts = { receipt->state, receipt->decided, receipt->assigned_to,
		is_told ? "" : receipt->needed_by,
		.is_safeguarding = receipt->safeguarding && !is_told,
		.is_correcting = receipt->correcting };

	pressing_explain(receipt, today, out);
	state_explain(&facts, out);
	if (receipt->age.due[0] && !receipt->age.is_due_today && !receipt->age.is_overdue) {
		buffer_add(out, ", due ");
		listing_due(&receipt->age, out);
	}
	if (receipt->organisation[0])
		buffer_print(out, " · %s", receipt->organisation);
	if (receipt->surname[0])
		buffer_print(out, " · %s%s%s", receipt->surname, receipt->forenames[0] ? ", " : "",
			receipt->forenames);
	if (receipt->subjects > 1)
		buffer_print(out, " and %d more", receipt->subjects - 1);
	if (receipt->masked)
		buffer_add(out, " · flagged: only its caseworker and supervisors open it");
}
