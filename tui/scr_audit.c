/*
 * The audit log: pages of events, newest first, by key; words that choose among
 * them, samples, what one tells; its proof, which can be stopped, and
 * checkpoints. Only the keys of the pages gone past are remembered.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/log_filter.h"
#include "tui/draft.h"
#include "tui/draw.h"
#include "tui/event_words.h"
#include "tui/page.h"
#include "tui/pick.h"
#include "tui/screen.h"
#include "tui/terminal.h"
#include "tui/word_line.h"

enum { SAMPLE_MOST = 1000, LIST_WIDTH = 76 };

enum typing { TYPES_NOTHING, TYPES_WORDS, TYPES_SAMPLE };

struct audit {
	struct log_entry *entries;
	size_t count, top, selected;
	int64_t *starts; /* of the pages gone past and of this one: older than these */
	size_t depth;	 /* how many; 0: the newest, not read yet */
	bool is_end;	 /* nothing is older */
	bool is_sample;
	enum typing typing;
	struct word_line words;
	struct log_filter filter;
	enum command_id wanted; /* by the next load */
	struct log_sampling sampling;
	struct buffer told; /* of the text screen above */
	struct told_argument argument;
	struct notice notice;
};

static size_t audit_height(const struct ui *ui)
{
	return (size_t)draw_body_rows(ui) - 1;
}

static void entries_drop(struct audit *audit)
{
	log_entries_clear(audit->entries, audit->count);
	mem_free(audit->entries);
	audit->entries = NULL;
	audit->count = 0;
	audit->top = 0;
	audit->selected = 0;
}

static unsigned audit_open(struct ui *ui, void *state, const void *argument)
{
	struct audit *audit = state;

	(void)ui;
	(void)argument;
	word_line_init(&audit->words);
	log_filter_init(&audit->filter);
	audit->wanted = COMMAND_RELOAD;
	return SCREEN_RELOAD;
}

static void start_keep(struct audit *audit, int64_t start)
{
	size_t size = sizeof(*audit->starts);

	audit->starts = mem_resize(audit->starts, audit->depth * size, (audit->depth + 1) * size);
	audit->starts[audit->depth++] = start;
}

/* The page that begins at the last start; one event more tells whether there are older ones. */
static void page_read(struct ui *ui, struct audit *audit)
{
	const struct log_page page = { .filter = &audit->filter,
		.before = audit->depth > 0 ? audit->starts[audit->depth - 1] : 0,
		.limit = audit_height(ui) + 1 };
	struct log_entry *entries = NULL;
	size_t count = 0;

	if (desk_audit_log(ui->desk, &page, &entries, &count, &audit->notice) != DESK_OK)
		return;
	entries_drop(audit);
	audit->entries = entries;
	audit->count = count;
	audit->is_sample = false;
	audit->is_end = count < page.limit;
	if (!audit->is_end)
		log_entries_clear(&entries[--audit->count], 1);
	if (audit->depth == 0 && count > 0)
		start_keep(audit, entries[0].event.sequence + 1);
}

static void sample_read(struct ui *ui, struct audit *audit)
{
	struct log_entry *entries = NULL;
	size_t count = 0;

	if (desk_audit_sample(ui->desk, &audit->sampling, &entries, &count, &audit->notice) !=
		DESK_OK)
		return;
	entries_drop(audit);
	audit->entries = entries;
	audit->count = count;
	audit->is_sample = true;
	audit->is_end = true;
}

static unsigned tell(struct ui *ui, struct audit *audit)
{
	audit->argument.text = buffer_text(&audit->told);
	ui->next = &scr_told;
	ui->next_argument = &audit->argument;
	return SCREEN_PUSH;
}

static bool proof_goes_on(void *with, int64_t done, int64_t all)
{
	const struct ui *ui = with;
	char text[128];

	snprintf(text, sizeof(text), "verifying: %" PRId64 " of %" PRId64 " events … Esc stops",
		done, all);
	draw_waiting(ui, text);
	return !terminal_is_stopped();
}

static unsigned prove(struct ui *ui, struct audit *audit)
{
	const struct audit_proof proof = { .goes_on = proof_goes_on, .with = ui };
	struct audit_result result = { 0 };
	enum desk_status status = desk_audit_verify(ui->desk, &proof, &result, &audit->notice);

	if (status != DESK_OK && result.problem_count == 0)
		return SCREEN_STAY;
	buffer_done(&audit->told);
	audit_result_text(&result, &audit->told);
	mem_free(result.problems);
	audit->argument = (struct told_argument) { .title = "Verified",
		.path = "Chain, signatures, duties, and the tables against the events",
		.explain = status == DESK_OK ? "All of it holds."
					     : "Keep the store as it is and tell the auditor." };
	audit->notice = (struct notice) { 0 };
	return tell(ui, audit);
}

static unsigned checkpoint(struct ui *ui, struct audit *audit)
{
	buffer_done(&audit->told);
	if (desk_audit_checkpoint(ui->desk, &audit->told, &audit->notice) != DESK_OK)
		return SCREEN_STAY;
	audit->argument = (struct told_argument) { .title = "Checkpoint",
		.path = "Made and recorded",
		.explain = "Save it, or copy it out: it is for somebody who cannot write here.",
		.can_keep = true };
	return tell(ui, audit);
}

static unsigned audit_load(struct ui *ui, void *state)
{
	struct audit *audit = state;
	enum command_id wanted = audit->wanted;

	audit->wanted = COMMAND_NONE;
	audit->notice = (struct notice) { 0 };
	if (wanted == COMMAND_PROVE)
		return prove(ui, audit);
	if (wanted == COMMAND_CHECKPOINT)
		return checkpoint(ui, audit);
	if (wanted == COMMAND_SAMPLE)
		sample_read(ui, audit);
	else
		page_read(ui, audit);
	if (wanted == COMMAND_UP && audit->count > 0)
		audit->selected = audit->count - 1;
	return SCREEN_STAY;
}

static const char *audit_path(const struct audit *audit)
{
	if (audit->is_sample)
		return "A sample, newest first";
	return audit->filter.words > 0 ? audit->filter.text : "All events, newest first";
}

static struct draw_more audit_more(const struct ui *ui, const struct audit *audit)
{
	struct draw_more more = draw_more(DRAW_BODY + 1, audit->top, audit->count);

	more.is_above |= audit->depth > 1 && !audit->is_sample;
	more.end += audit->is_end ? 0 : DRAW_GOES_ON;
	more.column = ui->columns >= DRAW_WIDE_COLUMNS ? LIST_WIDTH : 0;
	return more;
}

static const char *audit_hint(const struct audit *audit)
{
	if (audit->words.why[0])
		return audit->words.why;
	if (audit->notice.text[0])
		return audit->notice.text;
	switch (audit->typing) {
	case TYPES_WORDS:
		return "person:NAME kind:KIND day:2020-12 ref:REF subject:\"NAME\"  not:WORD  "
		       "Enter";
	case TYPES_SAMPLE:
		return "How many events, and a number that chooses them: 20 7. Then Enter.";
	case TYPES_NOTHING:
		break;
	}
	return NULL;
}

static struct draw_more side_draw(const struct ui *ui, const struct audit *audit)
{
	struct draw_more more;
	struct draw_area area = { DRAW_BODY, LIST_WIDTH + 2, draw_body_rows(ui),
		ui->columns - LIST_WIDTH - 3 };
	struct page page = { 0 };
	struct buffer words;

	buffer_init(&words);
	event_words(&audit->entries[audit->selected], &words);
	page_start(&page, area.width - PAGE_MARGIN);
	page_put(&page, &(struct page_text) { .text = buffer_text(&words) });
	more = page_draw(&page, &area, PAGE_NO_ITEM);
	page_clear(&page);
	buffer_done(&words);
	return more;
}

static void list_draw_events(const struct ui *ui, const struct audit *audit, struct frame *frame)
{
	bool is_wide = ui->columns >= DRAW_WIDE_COLUMNS;
	int width = is_wide ? LIST_WIDTH : ui->columns - 1;
	size_t height = audit_height(ui);

	if (audit->count == 0) {
		draw_text(DRAW_BODY + 1, 2, ui->columns - 4, DRAW_PLAIN,
			audit->notice.text[0] ? "" : "No event matches.");
		return;
	}
	event_heads_draw(DRAW_BODY, width);
	for (size_t i = 0; i < height && audit->top + i < audit->count; i++)
		event_line_draw(DRAW_BODY + 1 + (int)i, width, &audit->entries[audit->top + i],
			audit->top + i == audit->selected);
	if (is_wide)
		frame->more = side_draw(ui, audit);
}

static bool audit_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct audit *audit = state;

	(void)ui;
	out_why[0] = '\0';
	if (audit->typing != TYPES_NOTHING)
		return id != COMMAND_DO && id != COMMAND_BACK;
	return id == COMMAND_DO || (id == COMMAND_TELL && audit->count == 0);
}

static void audit_draw(const struct ui *ui, const void *state)
{
	const struct audit *audit = state;
	const char *hint = audit_hint(audit);
	struct frame frame = { .title = "Audit log",
		.path = audit->typing ? NULL : audit_path(audit),
		.left = audit_more(ui, audit),
		.explain = hint,
		.is_bad = hint && (audit->words.why[0] || audit->notice.status != DESK_OK),
		.commands = audit->typing ? commands_of_line : scr_audit.commands,
		.cannot = audit->typing ? NULL : audit_cannot,
		.state = audit };
	struct buffer words;

	buffer_init(&words);
	list_draw_events(ui, audit, &frame);
	if (!hint && audit->count > 0) {
		const char *told = audit->entries[audit->selected].told;

		buffer_add_bytes(&words, told, strcspn(told, "\n"));
		frame.explain = buffer_text(&words);
	}
	draw_frame(ui, &frame);
	if (audit->typing)
		word_line_draw(
			ui, audit->typing == TYPES_WORDS ? "Words" : "Sample", &audit->words);
	buffer_done(&words);
}

static bool words_add(void *filter, const char *word, char out_why[WORD_WHY_SIZE])
{
	_Static_assert((int)WORD_WHY_SIZE == (int)LOG_FILTER_WHY_SIZE, "the same room");
	return log_filter_add(filter, word, out_why);
}

/* "20 7" */
static bool sample_take(struct audit *audit)
{
	unsigned long long count, seed;
	char rest;

	if (sscanf(audit->words.text, "%6llu %19llu %c", &count, &seed, &rest) != 2 || count == 0 ||
		count > SAMPLE_MOST || strchr(audit->words.text, '-')) {
		snprintf(audit->words.why, sizeof(audit->words.why),
			"two whole numbers: how many events, 1 to %d, and one that chooses them",
			SAMPLE_MOST);
		return false;
	}
	audit->sampling = (struct log_sampling) { &audit->filter, (size_t)count, seed };
	return true;
}

/* Enter at the end of what was typed. */
static unsigned typed_take(struct audit *audit)
{
	struct log_filter filter;

	if (audit->typing == TYPES_SAMPLE) {
		if (!sample_take(audit))
			return SCREEN_STAY;
		audit->wanted = COMMAND_SAMPLE;
	} else {
		log_filter_init(&filter);
		if (!word_line_read(&audit->words, words_add, &filter)) {
			log_filter_clear(&filter);
			return SCREEN_STAY;
		}
		log_filter_clear(&audit->filter);
		audit->filter = filter;
		audit->depth = 0;
		audit->wanted = COMMAND_RELOAD;
	}
	audit->typing = TYPES_NOTHING;
	return SCREEN_RELOAD;
}

static unsigned event_tell(struct ui *ui, struct audit *audit)
{
	buffer_done(&audit->told);
	event_words(&audit->entries[audit->selected], &audit->told);
	audit->argument = (struct told_argument) { .title = "Event" };
	return tell(ui, audit);
}

/* What is selected can be seen. */
static void selection_settle(const struct ui *ui, struct audit *audit)
{
	pick_move(&(struct pick) { &audit->selected, &audit->top, audit->count, audit_height(ui) },
		0);
}

/* One event up or down, over the edge into the next page. */
static unsigned line_move_to(const struct ui *ui, struct audit *audit, enum command_id id)
{
	bool is_down = id == COMMAND_DOWN;

	if (is_down && audit->selected + 1 < audit->count)
		audit->selected++;
	else if (!is_down && audit->selected > 0)
		audit->selected--;
	else
		return SCREEN_UNUSED;
	selection_settle(ui, audit);
	return SCREEN_STAY;
}

static unsigned page_turn(struct audit *audit, bool is_down, enum command_id how)
{
	if (is_down && !audit->is_end && audit->count > 0)
		start_keep(audit, audit->entries[audit->count - 1].event.sequence);
	else if (!is_down && audit->depth > 1)
		audit->depth--;
	else
		return SCREEN_STAY;
	audit->wanted = how;
	return SCREEN_RELOAD;
}

static unsigned audit_move(const struct ui *ui, struct audit *audit, enum command_id id)
{
	bool is_down = id == COMMAND_DOWN || id == COMMAND_PAGE_DOWN;
	unsigned flags;

	if (id == COMMAND_UP || id == COMMAND_DOWN) {
		flags = line_move_to(ui, audit, id);
		if (flags != SCREEN_UNUSED || audit->is_sample)
			return flags == SCREEN_UNUSED ? SCREEN_STAY : flags;
		return page_turn(audit, is_down, id);
	}
	if (!audit->is_sample)
		return page_turn(audit, is_down, COMMAND_NONE);
	for (size_t i = 0; i < audit_height(ui); i++)
		(void)line_move_to(ui, audit, is_down ? COMMAND_DOWN : COMMAND_UP);
	return SCREEN_STAY;
}

static void typing_start(struct audit *audit, enum typing typing)
{
	audit->typing = typing;
	line_wipe(&audit->words.line);
	audit->words.why[0] = '\0';
	if (typing == TYPES_WORDS)
		line_put(&audit->words.line, audit->filter.text);
}

static unsigned audit_leave(struct audit *audit)
{
	if (audit->typing == TYPES_NOTHING)
		return SCREEN_POP | SCREEN_RELOAD;
	audit->typing = TYPES_NOTHING;
	audit->words.why[0] = '\0';
	return SCREEN_STAY;
}

static unsigned audit_command(struct ui *ui, void *state, enum command_id id)
{
	struct audit *audit = state;
	char why[WHY_SIZE];

	if (id == COMMAND_DO && audit->typing == TYPES_NOTHING)
		id = COMMAND_TELL; /* Enter means both */
	if (audit_cannot(ui, audit, id, why))
		return SCREEN_STAY;
	audit->notice = (struct notice) { 0 };
	if (id == COMMAND_BACK)
		return audit_leave(audit);
	if (id == COMMAND_DO)
		return typed_take(audit);
	if (id == COMMAND_TELL)
		return event_tell(ui, audit);
	if (id == COMMAND_PROVE || id == COMMAND_CHECKPOINT) {
		audit->wanted = id;
		return SCREEN_RELOAD;
	}
	if (id == COMMAND_FIND || id == COMMAND_SAMPLE) {
		typing_start(audit, id == COMMAND_FIND ? TYPES_WORDS : TYPES_SAMPLE);
		return SCREEN_STAY;
	}
	if (id == COMMAND_RELOAD || id == COMMAND_FIRST) {
		if (id == COMMAND_RELOAD || audit->depth > 1)
			audit->depth = id == COMMAND_RELOAD ? 0 : 1;
		return SCREEN_RELOAD;
	}
	return audit_move(ui, audit, id);
}

static bool audit_types(const void *state)
{
	const struct audit *audit = state;

	return audit->typing != TYPES_NOTHING;
}

static unsigned audit_text(struct ui *ui, void *state, int key)
{
	struct audit *audit = state;

	(void)ui;
	if (audit->typing == TYPES_NOTHING || !word_line_key(&audit->words, key))
		return SCREEN_UNUSED;
	audit->words.why[0] = '\0';
	audit->notice = (struct notice) { 0 };
	return SCREEN_STAY;
}

/* The page begins where it began. */
static unsigned audit_resized(struct ui *ui, void *state)
{
	struct audit *audit = state;

	(void)ui;
	if (audit->is_sample) {
		audit->top = audit->selected;
		return SCREEN_STAY;
	}
	return SCREEN_RELOAD;
}

static void audit_done(void *state)
{
	struct audit *audit = state;

	entries_drop(audit);
	mem_free(audit->starts);
	log_filter_clear(&audit->filter);
	buffer_done(&audit->told);
}

static void audit_keep(const void *state, struct draft *draft)
{
	const struct audit *audit = state;
	bool is_some = audit->selected < audit->count;

	draft_put(draft, audit->filter.text);
	draft_put_number(draft, audit->is_sample);
	draft_put_number(draft, (long)audit->sampling.count);
	draft_put_number(draft, (long)audit->sampling.seed);
	draft_put_number(draft, (long)audit->depth);
	for (size_t i = 0; i < audit->depth; i++)
		draft_put_number(draft, (long)audit->starts[i]);
	draft_put_number(draft, (long)audit->top);
	draft_put_number(draft, is_some ? (long)audit->entries[audit->selected].event.sequence : 0);
	draft_put_number(draft, audit->typing);
	line_keep(&audit->words.line, draft);
}

static void filter_resume(struct audit *audit, struct draft *draft)
{
	char *text = draft_take(draft);

	line_put(&audit->words.line, text);
	(void)word_line_read(&audit->words, words_add, &audit->filter);
	mem_free(text);
}

static unsigned audit_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct audit *audit = state;
	int64_t sequence;
	unsigned flags;
	long depth;

	(void)audit_open(ui, state, NULL);
	filter_resume(audit, draft);
	if (draft_take_number(draft) != 0)
		audit->wanted = COMMAND_SAMPLE;
	audit->sampling.filter = &audit->filter;
	audit->sampling.count = (size_t)draft_take_number(draft);
	audit->sampling.seed = (uint64_t)draft_take_number(draft);
	for (depth = draft_take_number(draft); depth > 0 && !draft_is_empty(draft); depth--)
		start_keep(audit, draft_take_number(draft));
	flags = audit_load(ui, state);
	audit->top = (size_t)draft_take_number(draft);
	sequence = draft_take_number(draft);
	for (size_t i = 0; i < audit->count; i++)
		if (audit->entries[i].event.sequence == sequence)
			audit->selected = i;
	selection_settle(ui, audit);
	audit->typing = (enum typing)draft_take_number(draft);
	line_resume(&audit->words.line, draft);
	return flags;
}

static const enum command_id audit_commands[] = { COMMAND_DO, COMMAND_TELL, COMMAND_FIND,
	COMMAND_PROVE, COMMAND_CHECKPOINT, COMMAND_SAMPLE, COMMAND_RELOAD, COMMAND_UP, COMMAND_DOWN,
	COMMAND_PAGE_UP, COMMAND_PAGE_DOWN, COMMAND_FIRST, COMMAND_REDRAW, COMMAND_HELP,
	COMMAND_BACK, COMMAND_NONE };

const struct screen_ops scr_audit = {
	.name = "Audit log",
	.state_size = sizeof(struct audit),
	.commands = audit_commands,
	.open = audit_open,
	.waiting = "reading …",
	.load = audit_load,
	.draw = audit_draw,
	.cannot = audit_cannot,
	.resized = audit_resized,
	.command = audit_command,
	.text = audit_text,
	.types = audit_types,
	.done = audit_done,
	.keep = audit_keep,
	.resume = audit_resume,
};
