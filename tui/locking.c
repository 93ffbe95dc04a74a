/*
 * The draft of a stack of screens: each one's name and what it put down, from
 * the lowest up to the first that cannot come back.
 */
#include "tui/locking.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/text.h"
#include "tui/draft.h"
#include "tui/draw.h"

enum { STACK_BYTES = 512 * 1024 };

/* Those that can be brought back. */
static const struct screen_ops *const screens[] = { &scr_work, &scr_receipts, &scr_find,
	&scr_receipt, &scr_review, &scr_brief, &scr_decide, &scr_reason, &scr_log, &scr_file,
	&scr_letter, &scr_dbsb, &scr_submission, &scr_batch, &scr_month, &scr_cases, &scr_publish,
	&scr_export, &scr_audit, &scr_upkeep, &scr_people, &scr_ask, &scr_told, &scr_palette,
	&scr_help };

static const struct screen_ops *screen_named(const char *name)
{
	for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++)
		if (strcmp(screens[i]->name, name) == 0)
			return screens[i];
	return NULL;
}

void stack_keep(struct stack *stack)
{
	struct notice notice = { 0 };
	struct draft all;

	if (!stack->ui.desk)
		return;
	/* The store may be busy for a while: nobody is to read on meanwhile. */
	draw_waiting_alone(&stack->ui, "locking …");
	draft_init(&all);
	draft_put_number(&all, (long)desk_now(stack->ui.desk));
	for (int i = 0; i < stack->depth && stack->layers[i].ops->keep; i++) {
		const struct layer *layer = &stack->layers[i];
		struct draft one;

		draft_init(&one);
		layer->ops->keep(layer->state, &one);
		draft_put(&all, layer->ops->name);
		draft_put(&all, buffer_text(&one.text));
		draft_done(&one);
	}
	if (desk_draft_keep(stack->ui.desk, buffer_text(&all.text), &notice) != DESK_OK)
		(void)snprintf(stack->ui.lost, sizeof(stack->ui.lost),
			"What was typed could not be kept: %.*s", text_start(notice.text, 400),
			notice.text);
	draft_done(&all);
}

/* What functions leave on the stack below this one. */
static void __attribute__((noinline)) stack_wipe(void)
{
	char bytes[STACK_BYTES];

	explicit_bzero(bytes, sizeof(bytes));
}

void memory_settle(void)
{
	stack_wipe();
	(void)malloc_trim(0);
}

void stack_lock(struct stack *stack)
{
	struct ui *ui = &stack->ui;

	stack_keep(stack);
	while (stack->depth > 0)
		stack_pop(stack);
	stack->draft_depth = 0;
	ui_wipe(ui);
	ui->is_locked = ui->is_locked || ui->desk;
	desk_close(ui->desk);
	ui->desk = NULL;
	ui->is_lock_due = false;
	stack->is_begun = false;
	ui->list = NULL;
}

static void layer_resume(struct stack *stack, const struct screen_ops *ops, const char *kept)
{
	struct layer *layer = &stack->layers[stack->depth++];
	struct draft one;
	unsigned flags;

	if (stack->depth > 1)
		stack->ui.below = (struct screen_below) { layer[-1].ops, layer[-1].state };
	layer->ops = ops;
	layer->state = mem_new(1, ops->state_size);
	draft_init(&one);
	buffer_add(&one.text, kept);
	flags = ops->resume(&stack->ui, layer->state, &one);
	draft_done(&one);
	(void)stack_obey(stack, flags);
}

/* Takes up one screen more; false: it has not come back, nor do those above it. */
static bool layer_take(struct stack *stack, struct draft *all)
{
	char *name = draft_take(all), *kept = draft_take(all);
	const struct screen_ops *ops = screen_named(name);
	int depth = stack->depth;

	if (ops)
		layer_resume(stack, ops, kept);
	mem_free(name);
	mem_free(kept);
	return stack->depth == depth + 1;
}

/* The roles say which screen is the lowest: with others by now, that one stays alone. */
static bool home_is(const struct stack *stack, struct draft *all)
{
	struct draft copy = *all;
	char *name = draft_take(&copy);
	bool is_home = strcmp(name, stack->layers[0].ops->name) == 0;

	mem_free(name);
	return is_home;
}

/* The text is not to be taken for something saved, nor for somebody else's. */
static void back_tell(struct stack *stack, int64_t kept)
{
	char day[DAY_SIZE], shown[64] = "", time[TIME_SIZE];
	bool is_typed = false;

	for (int i = 0; i < stack->depth; i++)
		is_typed |= layer_types(&stack->layers[i]);
	if (!is_typed)
		return;
	day_of_moment(kept, day);
	time_of_moment(kept, time);
	if (strcmp(day, desk_today(stack->ui.desk)) != 0)
		day_shown(day, shown);
	(void)snprintf(stack->ui.back, sizeof(stack->ui.back),
		" What you had typed by %.10s%s%s is back, not saved yet ", shown,
		shown[0] ? " " : "", time);
}

void stack_resume(struct stack *stack)
{
	struct notice notice = { 0 };
	struct draft all;
	bool is_whole = true;
	char *text = NULL;
	int64_t kept;

	if (desk_draft_read(stack->ui.desk, &text, &notice) != DESK_OK)
		stack->ui.told = notice;
	if (!text)
		return;
	draft_init(&all);
	buffer_add(&all.text, text);
	mem_free(text);
	kept = draft_take_number(&all);
	if (home_is(stack, &all)) {
		stack_pop(stack);
		stack->ui.next = NULL;
		while (is_whole && !draft_is_empty(&all) && stack->depth < STACK_MOST)
			is_whole = layer_take(stack, &all);
	} else {
		(void)notice_set(&stack->ui.told, DESK_REFUSED,
			"Your roles are others now: where you were is not yours to go back to");
	}
	if (!is_whole && !stack->ui.told.text[0])
		(void)notice_set(&stack->ui.told, DESK_REFUSED,
			"What was open here has changed since and cannot be gone back to");
	if (is_whole && !stack->ui.told.text[0])
		back_tell(stack, kept);
	draft_done(&all);
	stack->draft_depth = stack->depth;
}

void stack_draft_settle(struct stack *stack)
{
	struct notice notice = { 0 };
	bool is_served = stack->depth < stack->draft_depth || stack->ui.is_saved;

	stack->ui.is_saved = false;
	if (stack->draft_depth == 0 || !is_served || !stack->ui.desk)
		return;
	stack->draft_depth = 0;
	if (desk_draft_drop(stack->ui.desk, &notice) != DESK_OK)
		stack->ui.told = notice;
}
