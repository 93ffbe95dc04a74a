/*
 * Which fields of a receipt stand together, under which label, as tables; how a
 * value of each kind is shown; and the wrapping. What was not entered is left
 * out; "-" is told as what it means.
 */
#include "tui/receipt_lines.h"

#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/calendar.h"
#include "core/codes.h"
#include "core/text.h"
#include "tui/draw.h"

enum { LABEL_WIDTH = 18, MARGIN = 1, INDENT = 3 };

struct field_show {
	enum field_kind kind;
	const char *codes;
};

#define FIELD_SHOW(constant, column, kind, codes, most, label) [constant] = { kind, codes },
static const struct field_show request_shows[] = { REQUEST_FIELDS(FIELD_SHOW)
		HISTORY_FIELDS(FIELD_SHOW) };
static const struct field_show subject_shows[] = { SUBJECT_FIELDS(FIELD_SHOW)[FIELD_TRACE_CODE] = {
							   FIELD_CODE, "trace_code" } };

struct group_field {
	int field;
	const char *label;
};

/* clang-format off */
static const struct group_field about_fields[] = {
	{ FIELD_SERVICE, "Service" }, { FIELD_REQUESTER_REFERENCE, "Their reference" },
	{ FIELD_RECEIVED, "Received" }, { FIELD_CHANNEL, "Came by" },
	{ FIELD_NEEDED_BY, "Needed by" }, { FIELD_SAFEGUARDING, "Safeguarding" },
	{ FIELD_ITEMS, "Asks for" }, { FIELD_PURPOSE, "Purpose" },
	{ FIELD_LEGAL_BASIS, "Legal basis" }, { FIELD_OFFENCE, "Offence" },
	{ FIELD_SUBJECT_ROLE, "Subject's role" }, { FIELD_NECESSITY, "Why necessary" },
	{ FIELD_WARRANT_REFERENCE, "Warrant" }, { FIELD_PANEL_DECISION, "Panel's decision" },
	{ FIELD_RECIPIENT, "Recipient" }, { FIELD_RETURN_ROUTE, "Return route" },
};
static const struct group_field requester_fields[] = {
	{ FIELD_ORGANISATION, "Organisation" }, { FIELD_ORGANISATION_KIND, "Kind" },
	{ FIELD_REQUESTER_NAME, "Name" }, { FIELD_REQUESTER_RANK, "Rank" },
	{ FIELD_REQUESTER_NUMBER, "Number" }, { FIELD_REQUESTER_STATION, "Station" },
	{ FIELD_REQUESTER_EMAIL, "E-mail" }, { FIELD_REQUESTER_TELEPHONE, "Telephone" },
	{ FIELD_REQUESTER_ADDRESS, "Address" }, { FIELD_REQUESTER_SIGNED, "Signed" },
	{ FIELD_IDENTITY_CHECKED, "Sender checked" },
};
static const struct group_field countersigner_fields[] = {
	{ FIELD_COUNTERSIGNER_NAME, "Name" }, { FIELD_COUNTERSIGNER_RANK, "Rank" },
	{ FIELD_COUNTERSIGNER_NUMBER, "Number" },
	{ FIELD_COUNTERSIGNER_ORGANISATION, "Organisation" }, { FIELD_COUNTERSIGNED, "Signed" },
};
static const struct group_field court_fields[] = {
	{ FIELD_COURT, "Court" }, { FIELD_COURT_CASE, "Case number" },
	{ FIELD_COURT_ORDER_KIND, "Kind of order" }, { FIELD_COURT_ORDER_DATE, "Order made" },
	{ FIELD_SEALED_COPY_SEEN, "Sealed copy seen" },
};
static const struct group_field decision_fields[] = {
	{ FIELD_OUTCOME, "Outcome" }, { FIELD_DECIDED, "Decided" },
	{ FIELD_DECIDED_BY, "Decided by" }, { FIELD_REVIEWED_BY, "Reviewed by" },
	{ FIELD_REASONS, "Reasons" }, { FIELD_RELEASED, "Released" },
};
static const struct group_field note_fields[] = { { FIELD_NOTE, "Note" } };
static const struct group_field subject_fields[] = {
	{ FIELD_SUBJECT_SURNAME, "Surname" }, { FIELD_SUBJECT_FORENAMES, "Forenames" },
	{ FIELD_SUBJECT_ALIASES, "Other names" }, { FIELD_SUBJECT_DOB, "Born" },
	{ FIELD_SUBJECT_DOB_APPROX, "Born about" }, { FIELD_SUBJECT_SEX, "Sex" },
	{ FIELD_SUBJECT_ADDRESS, "Address" }, { FIELD_SUBJECT_POSTCODE, "Postcode" },
	{ FIELD_NHS_NUMBER, "NHS number" }, { FIELD_TRACE_CODE, "Trace answer" },
};

#define GROUP(heading, pane, fields) { heading, pane, fields, sizeof(fields) / sizeof((fields)[0]) }
/* In reading order; a wide terminal has those of pane 1 at the right. The subjects come after the
   first. */
static const struct group {
	const char *heading;
	int pane;
	const struct group_field *fields;
	size_t count;
} groups[] = {
	GROUP("Request", 0, about_fields),
	GROUP("Requester", 1, requester_fields),
	GROUP("Countersigner", 1, countersigner_fields),
	GROUP("Court order", 1, court_fields),
	GROUP("Decision", 1, decision_fields),
	GROUP("Note", 1, note_fields),
};
/* clang-format on */

static void line_put(struct receipt_pane *pane, const char *label, char *text, bool is_heading)
{
	size_t size = sizeof(*pane->lines);

	pane->lines = mem_resize(pane->lines, pane->count * size, (pane->count + 1) * size);
	pane->lines[pane->count++] = (struct receipt_line) { label, text, is_heading };
}

/* One piece without line breaks, over as many lines as it needs. */
static void piece_put(struct receipt_pane *pane, const char *label, const char *piece)
{
	int width = pane->width - INDENT - LABEL_WIDTH;
	struct buffer shown;
	size_t at = 0, next;

	buffer_init(&shown);
	text_show(piece, &shown);
	do {
		const char *rest = buffer_text(&shown) + at;
		size_t bytes = draw_break(rest, width, &next);

		line_put(pane, label, mem_text_sized(rest, bytes), false);
		label = NULL;
		at += next;
	} while (at < shown.size);
	buffer_done(&shown);
}

static void value_put(struct receipt_pane *pane, const char *label, const char *value)
{
	for (;;) {
		size_t size = strcspn(value, "\n");
		char *piece = mem_text_sized(value, size);

		piece_put(pane, label, piece);
		mem_free(piece);
		if (value[size] == '\0')
			return;
		label = NULL;
		value += size + 1;
	}
}

static void code_show(const char *set, const char *code, struct buffer *out)
{
	const struct code_set *codes = code_set_find(set);
	const char *label = codes ? code_label(codes, code) : NULL;

	buffer_add(out, label ? label : code);
}

static void list_show(const char *set, const char *list, struct buffer *out)
{
	while (*list) {
		size_t size = strcspn(list, ";");
		char *code = mem_text_sized(list, size);

		code_show(set, code, out);
		mem_free(code);
		list += size;
		if (*list == ';') {
			buffer_add(out, ", ");
			list++;
		}
	}
}

static void value_show(const struct field_show *show, const char *value, struct buffer *out)
{
	char shown[64];

	if (strcmp(value, "-") == 0) {
		buffer_add(out, "not on the form");
		return;
	}
	switch (show->kind) {
	case FIELD_DAY:
		day_shown(value, shown);
		buffer_add(out, shown);
		break;
	case FIELD_CODE:
		code_show(show->codes, value, out);
		break;
	case FIELD_LIST:
		list_show(show->codes, value, out);
		break;
	case FIELD_NUMBER:
		if (strlen(value) == 10)
			buffer_print(out, "%.3s %.3s %s", value, value + 3, value + 6);
		else
			buffer_add(out, value);
		break;
	case FIELD_TEXT:
	case FIELD_MONTH:
	case FIELD_YES_NO:
		buffer_add(out, value);
		break;
	}
}

static void field_put(struct receipt_pane *pane, const char *label, const struct field_show *show,
	const char *value)
{
	struct buffer text;

	buffer_init(&text);
	value_show(show, value, &text);
	value_put(pane, label, buffer_text(&text));
	buffer_done(&text);
}

static void heading_put(struct receipt_pane *pane, const char *heading)
{
	if (pane->count > 0)
		line_put(pane, NULL, mem_text(""), false);
	line_put(pane, NULL, mem_text(heading), true);
}

static void group_put(struct receipt_pane *pane, const struct group *group,
	const struct request *request, const struct service_list *services)
{
	bool has_heading = false;

	for (size_t i = 0; i < group->count; i++) {
		int field = group->fields[i].field;
		const char *value = request->field[field];

		if (value[0] == '\0')
			continue;
		if (!has_heading)
			heading_put(pane, group->heading);
		has_heading = true;
		if (field == FIELD_SERVICE)
			value = service_label(services, value);
		field_put(pane, group->fields[i].label, &request_shows[field], value);
	}
}

static void subject_put(struct receipt_pane *pane, const struct request *request, size_t which)
{
	const struct subject *subject = &request->subjects[which];
	char heading[64] = "Subject";

	if (request->subject_count > 1)
		snprintf(heading, sizeof(heading), "Subject %zu of %zu", which + 1,
			request->subject_count);
	heading_put(pane, heading);
	for (size_t i = 0; i < sizeof(subject_fields) / sizeof(subject_fields[0]); i++) {
		int field = subject_fields[i].field;

		if (subject->field[field][0])
			field_put(pane, subject_fields[i].label, &subject_shows[field],
				subject->field[field]);
	}
}

/* Two panes with room between them, or one. */
static void panes_place(struct receipt_lines *lines, int columns)
{
	int width = columns - 2 * MARGIN;

	if (columns >= DRAW_WIDE_COLUMNS)
		width = (columns - 4 * MARGIN) / 2;
	for (int i = 0; i < PANES; i++) {
		lines->panes[i].column = MARGIN + i * (width + 2 * MARGIN);
		lines->panes[i].width = width;
	}
}

void receipt_lines_make(struct receipt_lines *lines, const struct request *request,
	const struct service_list *services, int columns)
{
	bool is_wide = columns >= DRAW_WIDE_COLUMNS;

	receipt_lines_clear(lines);
	panes_place(lines, columns);
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		struct receipt_pane *pane = &lines->panes[is_wide ? groups[i].pane : 0];

		group_put(pane, &groups[i], request, services);
		for (size_t s = 0; i == 0 && s < request->subject_count; s++)
			subject_put(pane, request, s);
	}
	for (int i = 0; i < PANES; i++)
		if (lines->panes[i].count > lines->height)
			lines->height = lines->panes[i].count;
}

void receipt_lines_clear(struct receipt_lines *lines)
{
	for (int i = 0; i < PANES; i++) {
		for (size_t l = 0; l < lines->panes[i].count; l++)
			mem_free(lines->panes[i].lines[l].text);
		mem_free(lines->panes[i].lines);
	}
	memset(lines, 0, sizeof(*lines));
}

void receipt_lines_draw(const struct receipt_lines *lines, size_t top, int row, int rows)
{
	for (int i = 0; i < PANES; i++) {
		const struct receipt_pane *pane = &lines->panes[i];
		int value = pane->column + INDENT + LABEL_WIDTH;

		for (size_t l = top; l < pane->count && l < top + (size_t)rows; l++) {
			const struct receipt_line *line = &pane->lines[l];
			int at = row + (int)(l - top);

			if (line->is_heading) {
				draw_text(at, pane->column, pane->width, DRAW_BOLD, line->text);
				continue;
			}
			draw_text(at, pane->column + INDENT, LABEL_WIDTH - 1, DRAW_FAINT,
				line->label);
			draw_text(at, value, pane->width - INDENT - LABEL_WIDTH, DRAW_PLAIN,
				line->text);
		}
	}
}
