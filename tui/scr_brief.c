/*
 * The briefing for the Caldicott Guardian: what is asked and by whom, the flags,
 * what a release would show, other receipts for that person. What the decision
 * does not need stays masked. The decision is recorded from here.
 */
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/calendar.h"
#include "core/codes.h"
#include "core/json.h"
#include "core/list.h"
#include "tui/draft.h"
#include "tui/moves.h"
#include "tui/receipt_cells.h"
#include "tui/receipt_lines.h"
#include "tui/receipt_parts.h"

enum { BRIEF_COLUMN = 18 };

static const char masked[] = "░░░░░░░";

struct brief {
	char reference[REFERENCE_SIZE];
	bool is_open, is_briefed;
	struct request request;
	struct desk_beside beside;
	struct request_row *others;
	size_t other_count;
	struct page page;
	struct decide_argument argument;
	struct notice notice; /* why there is nothing to read */
};

static unsigned brief_open(struct ui *ui, void *state, const void *argument)
{
	struct brief *brief = state;

	(void)ui;
	snprintf(brief->reference, sizeof(brief->reference), "%s", (const char *)argument);
	return SCREEN_RELOAD;
}

static void brief_clear(struct brief *brief)
{
	if (brief->is_open)
		request_clear(&brief->request);
	desk_beside_clear(&brief->beside);
	page_clear(&brief->page);
	brief->is_open = false;
}

static void field_put(struct brief *brief, const char *label, int field)
{
	struct buffer shown;

	buffer_init(&shown);
	request_field_shown(&brief->request, field, &shown);
	if (shown.size > 0)
		page_labelled(&brief->page, BRIEF_COLUMN, label, buffer_text(&shown));
	buffer_done(&shown);
}

static void officer_put(struct brief *brief, const char *label, enum request_field name)
{
	struct buffer shown;

	if (!brief->request.field[name][0])
		return;
	buffer_init(&shown);
	officer_shown(&brief->request, name, &shown);
	page_labelled(&brief->page, BRIEF_COLUMN, label, buffer_text(&shown));
	buffer_done(&shown);
}

/* clang-format off */
static const struct {
	int field;
	const char *label;
} asked_fields[] = {
	{ FIELD_ORGANISATION, "For" }, { FIELD_IDENTITY_CHECKED, "Sender checked" },
	{ FIELD_ITEMS, "Asks for" }, { FIELD_PURPOSE, "Purpose" },
	{ FIELD_OFFENCE, "Offence" }, { FIELD_NECESSITY, "Why necessary" },
	{ FIELD_LEGAL_BASIS, "Legal basis" }, { FIELD_COURT_ORDER_KIND, "Order" },
	{ FIELD_NEEDED_BY, "Needed by" }, { FIELD_SAFEGUARDING, "Safeguarding" },
};
/* clang-format on */

static void asked_put(const struct ui *ui, struct brief *brief)
{
	const char *service = service_label(&ui->services, brief->request.field[FIELD_SERVICE]);

	page_heading(&brief->page, "What is asked, and by whom");
	page_labelled(&brief->page, BRIEF_COLUMN, "Service", service);
	officer_put(brief, "Requester", FIELD_REQUESTER_NAME);
	officer_put(brief, "Countersigner", FIELD_COUNTERSIGNER_NAME);
	for (size_t i = 0; i < sizeof(asked_fields) / sizeof(asked_fields[0]); i++)
		field_put(brief, asked_fields[i].label, asked_fields[i].field);
	page_gap(&brief->page);
}

/* One item of a subject as the release would show it. */
static void item_put(struct brief *brief, const struct json_value *found, const char *item)
{
	const struct decision *open = decision_open(&brief->beside);
	const char *value = "";
	char shown[64];

	for (size_t i = 0; found && i < found->count; i++)
		if (strcmp(found->items[i].name, item) == 0)
			value = found->items[i].text;
	if (open && !list_has(open->items, item))
		value = value[0] ? "░░░░░░░ (not proposed)" : "(not proposed)";
	snprintf(shown, sizeof(shown), "  %s", code_shown("item", item));
	page_labelled(&brief->page, BRIEF_COLUMN, shown, value[0] ? value : "(not found)");
}

static void items_put(struct brief *brief, const struct subject *subject)
{
	const char *values = subject->field[FIELD_VALUES];
	const char *items = brief->request.field[FIELD_ITEMS];
	char why[128], item[CODE_SIZE];
	struct json_value *found = json_read(values, strlen(values), why, sizeof(why));

	while (list_take(&items, item, sizeof(item)))
		item_put(brief, found, item);
	json_free(found);
}

static const char *flag_shown(const char *flag)
{
	return strcmp(flag, "yes") == 0 ? "yes" : "no";
}

static void subject_put(struct brief *brief, const struct subject *subject, size_t which)
{
	char *const *field = subject->field;
	char text[512], born[64] = "";

	if (field[FIELD_SUBJECT_DOB][0])
		day_shown(field[FIELD_SUBJECT_DOB], born);
	snprintf(text, sizeof(text), "%s, %s%s%s", field[FIELD_SUBJECT_SURNAME],
		field[FIELD_SUBJECT_FORENAMES], born[0] ? " · born " : "", born);
	page_labelled(&brief->page, BRIEF_COLUMN, which == 0 ? "Subject" : "and",
		subject_is_flagged(subject) ? text : masked);
	snprintf(text, sizeof(text), "S-flagged: %s · changed identity: %s",
		flag_shown(field[FIELD_S_FLAG]), flag_shown(field[FIELD_IDENTITY_CHANGED]));
	page_labelled(&brief->page, BRIEF_COLUMN, "  flags", text);
	if (subject_is_flagged(subject))
		items_put(brief, subject);
}

static void other_put(const struct ui *ui, struct brief *brief, const struct request_row *row)
{
	char day[64];
	struct buffer text;

	buffer_init(&text);
	day_shown(row->received, day);
	buffer_print(&text, "%s · %s", day, service_label(&ui->services, row->service));
	if (row->organisation[0])
		buffer_print(&text, " · %s", row->organisation);
	buffer_print(&text, " · %s", state_name(row->state));
	page_labelled(&brief->page, BRIEF_COLUMN, row->reference, buffer_text(&text));
	buffer_done(&text);
}

static void page_make(const struct ui *ui, struct brief *brief)
{
	const struct decision *open = decision_open(&brief->beside);

	page_start(&brief->page, ui->columns - PAGE_MARGIN - 1);
	asked_put(ui, brief);
	page_heading(&brief->page, "Whom it is about, and what a release would show");
	for (size_t i = 0; i < brief->request.subject_count; i++)
		subject_put(brief, &brief->request.subjects[i], i);
	if (open)
		page_labelled(&brief->page, BRIEF_COLUMN, "Proposed by", open->proposer_name);
	if (open && open->note[0])
		page_labelled(&brief->page, BRIEF_COLUMN, "  who notes", open->note);
	page_gap(&brief->page);
	page_heading(&brief->page, "Other receipts for that person");
	for (size_t i = 0; i < brief->other_count; i++)
		other_put(ui, brief, &brief->others[i]);
	if (brief->other_count == 0)
		page_labelled(&brief->page, 0, NULL, "There are none.");
	page_settle(&brief->page, (size_t)draw_body_rows(ui), PAGE_NO_ITEM);
}

/* The receipt is open below: reading it here is the same opening. The briefing is an event of its
   own, once. */
static void brief_read(struct ui *ui, struct brief *brief)
{
	const struct receipt_look look = { brief->reference, NULL, true };
	struct notice told = ui->told;

	brief_clear(brief);
	memset(&brief->notice, 0, sizeof(brief->notice));
	if (!receipt_read(ui, &look, &brief->request)) {
		brief->notice = ui->told;
		return;
	}
	brief->is_open = true;
	ui->told = told;
	if (desk_request_beside(ui->desk, &brief->request, &brief->beside, &brief->notice) !=
		DESK_OK)
		return;
	if (!brief->is_briefed && flow_may(MOVE_GUARDIAN, brief->request.state))
		brief->is_briefed = desk_request_brief(ui->desk, brief->reference, &brief->others,
					    &brief->other_count, &brief->notice) == DESK_OK;
	if (brief->is_briefed)
		page_make(ui, brief);
}

/* What is decided by now needs no briefing. */
static unsigned brief_load(struct ui *ui, void *state)
{
	struct brief *brief = state;

	brief_read(ui, brief);
	if (brief->is_open && !flow_may(MOVE_GUARDIAN, brief->request.state))
		return SCREEN_POP | SCREEN_RELOAD;
	return SCREEN_STAY;
}

static unsigned brief_resized(struct ui *ui, void *state)
{
	struct brief *brief = state;

	if (brief->is_open && brief->is_briefed)
		page_make(ui, brief);
	return SCREEN_STAY;
}

static bool brief_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct brief *brief = state;
	const struct move_facts facts = { &brief->request, &brief->beside };

	out_why[0] = '\0';
	if (id != COMMAND_DECIDE)
		return false;
	return !brief->is_open || !brief->is_briefed ||
	       move_cannot(ui, &facts, MOVE_GUARDIAN, out_why);
}

static void brief_draw(const struct ui *ui, const void *state)
{
	const struct brief *brief = state;
	const struct draw_area area = { DRAW_BODY, 0, draw_body_rows(ui), ui->columns };
	const struct draw_area bad = { DRAW_BODY + 1, 2, draw_body_rows(ui) - 2, ui->columns - 4 };
	char title[64];
	struct frame frame = { .title = title,
		.path = "Briefing for the Caldicott Guardian",
		.explain =
			"The Guardian decides what is released, and to whom; it is recorded here.",
		.commands = scr_brief.commands,
		.cannot = brief_cannot,
		.state = brief,
		.is_bad = ui->told.status != DESK_OK };

	snprintf(title, sizeof(title), "%s  briefing", brief->reference);
	if (ui->told.text[0])
		frame.explain = ui->told.text;
	if (brief->notice.text[0])
		draw_wrapped(&bad, DRAW_BAD, brief->notice.text);
	else
		frame.more = page_draw(&brief->page, &area, PAGE_NO_ITEM);
	draw_frame(ui, &frame);
}

static unsigned brief_command(struct ui *ui, void *state, enum command_id id)
{
	struct brief *brief = state;
	const size_t rows = (size_t)draw_body_rows(ui);
	char why[WHY_SIZE];

	if (id == COMMAND_BACK)
		return SCREEN_POP | SCREEN_RELOAD;
	if (brief_cannot(ui, brief, id, why))
		return SCREEN_STAY;
	if (id == COMMAND_DECIDE) {
		brief->argument = (struct decide_argument) {
			.move = MOVE_GUARDIAN, .request = &brief->request, .beside = &brief->beside
		};
		ui->next = &scr_decide;
		ui->next_argument = &brief->argument;
		return SCREEN_PUSH;
	}
	page_scroll(&brief->page, command_rows(id, (long)rows), rows);
	return SCREEN_STAY;
}

static void brief_done(void *state)
{
	struct brief *brief = state;

	brief_clear(brief);
	request_rows_clear(brief->others, brief->other_count);
	mem_free(brief->others);
}

static void brief_keep(const void *state, struct draft *draft)
{
	const struct brief *brief = state;

	draft_put(draft, brief->reference);
	draft_put_number(draft, (long)brief->page.top);
}

static unsigned brief_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct brief *brief = state;
	char reference[REFERENCE_SIZE];
	unsigned flags;

	draft_take_into(draft, reference, sizeof(reference));
	(void)brief_open(ui, state, reference);
	flags = brief_load(ui, state);
	page_scroll(&brief->page, draft_take_number(draft), (size_t)draw_body_rows(ui));
	return flags;
}

static const enum command_id brief_commands[] = { COMMAND_DECIDE, COMMAND_UP, COMMAND_DOWN,
	COMMAND_PAGE_UP, COMMAND_PAGE_DOWN, COMMAND_REDRAW, COMMAND_HELP, COMMAND_BACK,
	COMMAND_NONE };

const struct screen_ops scr_brief = {
	.name = "a briefing",
	.state_size = sizeof(struct brief),
	.commands = brief_commands,
	.open = brief_open,
	.waiting = "reading …",
	.load = brief_load,
	.draw = brief_draw,
	.cannot = brief_cannot,
	.resized = brief_resized,
	.command = brief_command,
	.done = brief_done,
	.keep = brief_keep,
	.resume = brief_resume,
};
