/*
 * The main loop: a stack of screens, a key at a time, and what the handlers'
 * flags ask for. No read of the store is open while a key is waited for.
 */
#include "tui/tui.h"

#include <curses.h>
#include <string.h>

#include "tui/draw.h"
#include "tui/locking.h"
#include "tui/searches.h"
#include "tui/signals.h"
#include "tui/terminal.h"

/* No two keys of something pasted are as far apart. A password begun at the first screen, before it
   is known when the desk locks itself, does not wait longer for its end. */
enum { PASTE_MS = 1000, UNLOCK_MS = 60 * 1000 };

static struct layer *stack_top(struct stack *stack)
{
	return &stack->layers[stack->depth - 1];
}

static bool is_too_small(const struct ui *ui)
{
	return ui->rows < DRAW_LEAST_ROWS || ui->columns < DRAW_LEAST_COLUMNS;
}

void stack_pop(struct stack *stack)
{
	struct layer *top = stack_top(stack);

	if (top->ops->done)
		top->ops->done(top->state);
	mem_free(top->state);
	stack->depth--;
}

static unsigned stack_push(struct stack *stack)
{
	struct ui *ui = &stack->ui;
	struct layer *layer = &stack->layers[stack->depth];

	if (stack->depth == STACK_MOST)
		return SCREEN_STAY;
	layer->ops = ui->next;
	layer->state = mem_new(1, layer->ops->state_size);
	stack->depth++;
	return layer->ops->open(ui, layer->state, ui->next_argument);
}

bool layer_types(const struct layer *layer)
{
	return layer->ops->text && (!layer->ops->types || layer->ops->types(layer->state));
}

static void stack_draw(struct stack *stack)
{
	const struct ui *ui = &stack->ui;
	const struct layer *top = stack_top(stack);

	erase();
	curs_set(layer_types(top) && !is_too_small(ui));
	if (is_too_small(ui))
		draw_too_small(ui->rows, ui->columns);
	else
		top->ops->draw(ui, top->state);
	refresh();
}

static unsigned stack_help(struct stack *stack)
{
	stack->ui.next = &scr_help;
	stack->ui.next_argument = stack_top(stack)->ops;
	return SCREEN_PUSH;
}

static unsigned stack_command(struct stack *stack, enum command_id id)
{
	const struct layer *top = stack_top(stack);

	if (id == COMMAND_HELP || id == COMMAND_FORM_HELP)
		return stack_help(stack);
	if (id == COMMAND_REDRAW)
		return SCREEN_REDRAW;
	if (id == COMMAND_LOCK) {
		stack->ui.is_lock_due = stack->ui.desk != NULL;
		return SCREEN_STAY;
	}
	return top->ops->command(&stack->ui, top->state, id);
}

static unsigned stack_palette(struct stack *stack)
{
	struct ui *ui = &stack->ui;

	ui->below = (struct screen_below) { stack_top(stack)->ops, stack_top(stack)->state };
	ui->next = &scr_palette;
	ui->next_argument = &ui->below;
	return SCREEN_PUSH;
}

/* Does what the flags ask for, and what that asks for in turn; false: leave. */
bool stack_obey(struct stack *stack, unsigned flags)
{
	while (flags != SCREEN_STAY) {
		unsigned more = SCREEN_STAY;

		if (flags & SCREEN_QUIT)
			return false;
		if (flags & SCREEN_REDRAW)
			clearok(curscr, TRUE);
		if (flags & SCREEN_POP)
			stack_pop(stack);
		if (flags & SCREEN_PUSH) {
			more = stack_push(stack);
		} else if (flags & SCREEN_RELOAD && stack->depth > 0) {
			draw_waiting(&stack->ui, stack_top(stack)->ops->waiting);
			more = stack_top(stack)->ops->load(&stack->ui, stack_top(stack)->state);
		} else if (flags & SCREEN_COMMAND) {
			stack->ui.key = command_get(stack->ui.wanted)->key[0];
			more = stack_command(stack, stack->ui.wanted);
		}
		flags = more;
	}
	return stack->depth > 0;
}

static unsigned stack_key(struct stack *stack, int key)
{
	struct ui *ui = &stack->ui;
	const struct layer *top = stack_top(stack);
	unsigned flags = SCREEN_UNUSED;
	enum command_id id;

	if (key == TYPED_CONTROL_C || (is_too_small(ui) && key == 'q'))
		return SCREEN_QUIT;
	if (key == TYPED_CONTROL_K && ui->desk)
		return stack_command(stack, COMMAND_LOCK);
	if (is_too_small(ui))
		return SCREEN_STAY;
	memset(&ui->told, 0, sizeof(ui->told));
	ui->back[0] = '\0';
	ui->key = key;
	if (top->ops->text)
		flags = top->ops->text(ui, top->state, key);
	if (flags != SCREEN_UNUSED)
		return flags;
	id = command_find(top->ops->commands, key);
	if (id == COMMAND_NONE && key == 'L')
		id = COMMAND_LOCK;
	if (id == COMMAND_NONE && key == ':' && ui->desk)
		return stack_palette(stack);
	return id == COMMAND_NONE ? SCREEN_STAY : stack_command(stack, id);
}

/* Pasted text is text: a break in it is a blank, at its end nothing, and never a key that does
   something. Where nothing is typed it is dropped. */
static unsigned stack_take_pasted(struct stack *stack, int key)
{
	bool is_break = key == '\r' || key == '\n' || key == '\t';
	unsigned flags = SCREEN_STAY;

	if (is_break && stack->paste == PASTE_TEXT)
		stack->paste = PASTE_BREAK;
	if (key < ' ' || key == TYPED_RUBOUT || is_too_small(&stack->ui) ||
		!layer_types(stack_top(stack)))
		return SCREEN_STAY;
	if (stack->paste == PASTE_BREAK)
		flags = stack_key(stack, ' ');
	stack->paste = PASTE_TEXT;
	return flags | stack_key(stack, key);
}

static unsigned stack_take(struct stack *stack, int key)
{
	stack->is_touched = true;
	stack->is_begun = true;
	if (key == TERMINAL_PASTE || key == TERMINAL_PASTED) {
		stack->paste = key == TERMINAL_PASTE ? PASTE_BEGUN : PASTE_NONE;
		return SCREEN_STAY;
	}
	return stack->paste == PASTE_NONE ? stack_key(stack, key) : stack_take_pasted(stack, key);
}

static unsigned stack_resize(struct stack *stack)
{
	struct ui *ui = &stack->ui;

	terminal_size(&ui->rows, &ui->columns);
	clearok(curscr, TRUE);
	if (is_too_small(ui) || !stack_top(stack)->ops->resized)
		return SCREEN_STAY;
	return stack_top(stack)->ops->resized(ui, stack_top(stack)->state);
}

void ui_wipe(struct ui *ui)
{
	services_clear(&ui->services);
	mem_free(ui->because);
	ui->because = NULL;
	searches_clear(ui);
	explicit_bzero(&ui->told, sizeof(ui->told));
	ui->back[0] = '\0';
	explicit_bzero(ui->reference, sizeof(ui->reference));
	explicit_bzero(ui->seen, sizeof(ui->seen));
}

/* What is due before the next key: back where the person was, the draft dropped, the lock. */
static unsigned stack_settle(struct stack *stack, struct terminal_hold *hold)
{
	struct ui *ui = &stack->ui;

	if (ui->is_unlocked)
		stack_resume(stack);
	ui->is_unlocked = false;
	stack_draft_settle(stack);
	if (!ui->is_lock_due)
		return SCREEN_STAY;
	stack_lock(stack);
	if (!terminal_wipe(hold)) {
		(void)notice_set(&ui->notice, DESK_IO,
			"terminal: it could not be taken again; the desk is locked and left");
		return SCREEN_QUIT;
	}
	memory_settle();
	ui->next = &scr_unlock;
	return SCREEN_PUSH;
}

/* What came from the terminal; false: leave. */
static bool stack_input(struct stack *stack, struct terminal_hold *hold, unsigned *out_flags)
{
	struct ui *ui = &stack->ui;
	int key;

	if (stack->is_touched)
		stack->touched = signals_now();
	stack->is_touched = false;
	key = terminal_key(ui->desk || stack->is_begun ? stack->touched + ui->idle_ms : 0);
	/* Its end may be among keys that were dropped. */
	if (signals_now() > stack->touched + PASTE_MS)
		stack->paste = PASTE_NONE;
	*out_flags = SCREEN_STAY;
	if (key == TERMINAL_LEAVE) {
		stack_keep(stack);
		return false;
	}
	if (key == TERMINAL_IDLE) {
		ui->is_lock_due = true;
	} else if (key == TERMINAL_STOP || (key == TYPED_CONTROL_Z && stack->paste == PASTE_NONE)) {
		/* Nobody has unlocked yet? Then a password may be half typed. */
		ui->is_lock_due = true;
		if (!stack_obey(stack, stack_settle(stack, hold)))
			return false;
		terminal_stop();
	} else if (key == TERMINAL_RESIZED) {
		*out_flags = stack_resize(stack);
	} else if (key != TERMINAL_NOTHING) {
		*out_flags = stack_take(stack, key);
	}
	return true;
}

static void stack_run(struct stack *stack, struct terminal_hold *hold)
{
	unsigned flags = SCREEN_PUSH;
	bool is_on = true;

	stack->ui.next = &scr_unlock;
	stack->is_touched = true;
	terminal_size(&stack->ui.rows, &stack->ui.columns);
	while (is_on && stack_obey(stack, flags)) {
		flags = stack_settle(stack, hold);
		if (flags != SCREEN_STAY)
			continue;
		stack_draw(stack);
		is_on = stack_input(stack, hold, &flags);
	}
	/* Left on purpose: nothing is to be come back to. */
	stack->ui.is_saved = is_on;
	stack_draft_settle(stack);
	while (stack->depth > 0)
		stack_pop(stack);
}

enum desk_status tui_run(const struct tui_start *start, struct notice *out_notice)
{
	struct stack stack = { .ui = { .store = start->store,
				       .user = start->user,
				       .password = start->password,
				       .idle_ms = UNLOCK_MS,
				       .is_demo = desk_store_is_demo(start->store) } };
	struct terminal_hold *hold;
	enum desk_status status = terminal_take(&hold, out_notice);

	if (status == DESK_OK)
		stack_run(&stack, hold);
	secret_free(stack.ui.password);
	if (status != DESK_OK)
		return status;
	ui_wipe(&stack.ui);
	terminal_give_back(hold);
	desk_close(stack.ui.desk);
	signals_end();
	*out_notice = stack.ui.notice;
	return stack.ui.notice.status;
}

const char *tui_library(void)
{
	return curses_version();
}
