/*
 * The draft of a stack of screens: each one's name and what it put down, from
 * the lowest up to the first that cannot come back.
 */
#include "tui/locking.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "tui/draft.h"

enum { STACK_BYTES = 512 * 1024 };

/* Those that can be brought back. */
static const struct screen_ops *const screens[] = { &scr_work, &scr_receipts, &scr_find,
	&scr_receipt, &scr_review, &scr_decide, &scr_reason, &scr_log, &scr_file, &scr_dbsb,
	&scr_submission, &scr_batch };

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
	draft_init(&all);
	for (int i = 0; i < stack->depth && stack->layers[i].ops->keep; i++) {
		const struct layer *layer = &stack->layers[i];
		struct draft one;

		draft_init(&one);
		layer->ops->keep(layer->state, &one);
		draft_put(&all, layer->ops->name);
		draft_put(&all, buffer_text(&one.text));
		draft_done(&one);
	}
	if (all.text.size > 0 &&
		desk_draft_keep(stack->ui.desk, buffer_text(&all.text), &notice) != DESK_OK)
		(void)snprintf(stack->ui.lost, sizeof(stack->ui.lost),
			"What was typed could not be kept: %.400s", notice.text);
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
	desk_close(ui->desk);
	ui->desk = NULL;
	ui->is_locked = true;
	ui->is_lock_due = false;
	ui->list = NULL;
}

static void layer_resume(struct stack *stack, const struct screen_ops *ops, const char *kept)
{
	struct layer *layer = &stack->layers[stack->depth++];
	struct draft one;
	unsigned flags;

	layer->ops = ops;
	layer->state = mem_new(1, ops->state_size);
	draft_init(&one);
	buffer_add(&one.text, kept);
	flags = ops->resume(&stack->ui, layer->state, &one);
	draft_done(&one);
	(void)stack_obey(stack, flags);
}

void stack_resume(struct stack *stack)
{
	struct notice notice = { 0 };
	struct draft all;
	bool is_first = true;
	char *text = NULL;

	if (desk_draft_read(stack->ui.desk, &text, &notice) != DESK_OK)
		stack->ui.told = notice;
	if (!text)
		return;
	draft_init(&all);
	buffer_add(&all.text, text);
	mem_free(text);
	while (!draft_is_empty(&all) && stack->depth < STACK_MOST) {
		char *name = draft_take(&all), *kept = draft_take(&all);
		const struct screen_ops *ops = screen_named(name);
		int depth;

		while (ops && is_first && stack->depth > 0)
			stack_pop(stack);
		is_first = false;
		depth = stack->depth;
		if (ops)
			layer_resume(stack, ops, kept);
		mem_free(name);
		mem_free(kept);
		if (!ops || stack->depth != depth + 1)
			break;
	}
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
