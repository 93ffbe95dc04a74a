/*
 * What each key of a receipt starts: a move made at once, a form, a question on
 * a screen of its own. One table.
 */
#include <stdio.h>
#include <string.h>

#include "core/letters.h"
#include "tui/receipt_private.h"

/* Begins an act that nothing stands against. */
typedef unsigned act_start(struct ui *ui, struct receipt *receipt, size_t at);

static act_start act_at_once, act_asked, act_form, act_review, act_brief, act_twice, act_letter;

static const struct {
	enum command_id command;
	enum move move;
	act_start *start;
} acts[] = {
	{ COMMAND_JUDGE_YES, MOVE_JUDGE, act_at_once },
	{ COMMAND_JUDGE_NO, MOVE_JUDGE, act_at_once },
	{ COMMAND_ACCEPT, MOVE_ACCEPT, act_at_once },
	{ COMMAND_RESUME, MOVE_RESUME, act_at_once },
	{ COMMAND_EDIT, MOVE_EDIT, act_form },
	{ COMMAND_ANSWER, MOVE_ANSWER, act_form },
	{ COMMAND_TAKE, MOVE_ASSIGN, act_at_once },
	{ COMMAND_HAND, MOVE_ASSIGN, act_asked },
	{ COMMAND_EXCEPT, MOVE_EXCEPT, act_asked },
	{ COMMAND_REJECT, MOVE_REJECT, act_asked },
	{ COMMAND_ASK, MOVE_QUERY, act_asked },
	{ COMMAND_HOLD, MOVE_HOLD, act_asked },
	{ COMMAND_TRACE, MOVE_TRACE, act_asked },
	{ COMMAND_NO_TRACE, MOVE_NO_TRACE, act_asked },
	{ COMMAND_GUARDIAN, MOVE_GUARDIAN, act_brief },
	{ COMMAND_WITHDRAW, MOVE_WITHDRAW, act_asked },
	{ COMMAND_NOTE, MOVE_NOTE, act_asked },
	{ COMMAND_LINK, MOVE_LINK, act_asked },
	{ COMMAND_INCIDENT, MOVE_INCIDENT, act_asked },
	{ COMMAND_CORRECT, MOVE_CORRECT, act_asked },
	{ COMMAND_LETTER, MOVE_NOTE, act_letter }, /* whoever works here, whatever its state */
	{ COMMAND_SENT, MOVE_SENT, act_asked },
	{ COMMAND_RESUBMIT, MOVE_RESUBMIT, act_twice },
	{ COMMAND_REVIEW, MOVE_CONFIRM, act_review },
};

enum { ACTS = sizeof(acts) / sizeof(acts[0]) };

struct move_facts receipt_facts(const struct receipt *receipt)
{
	return (struct move_facts) { &receipt->request, &receipt->beside };
}

const struct finding *receipt_finding(const struct receipt *receipt)
{
	if (receipt->part != PART_SUMMARY || receipt->item == PAGE_NO_ITEM)
		return NULL;
	return &receipt->beside.findings.finding[receipt->item];
}

/* The index of a command's act; ACTS when it is none. */
static size_t act_of(enum command_id id)
{
	size_t i = 0;

	while (i < ACTS && acts[i].command != id)
		i++;
	return i;
}

/* Which of the moves that cannot be made are worth a word; the rest would only crowd the bar. */
static bool is_worth_telling(const struct ui *ui, enum command_id id)
{
	bool is_wide = ui->columns >= DRAW_WIDE_COLUMNS;

	return id == COMMAND_ACCEPT || id == COMMAND_REVIEW ||
	       (is_wide && (id == COMMAND_TRACE || id == COMMAND_REJECT || id == COMMAND_EXCEPT));
}

/* The letter under the cursor; NULL: none. */
static const struct letter_row *receipt_letter(const struct receipt *receipt)
{
	if (receipt->part != PART_LETTERS || receipt->item == PAGE_NO_ITEM ||
		(size_t)receipt->item >= receipt->beside.letter_count)
		return NULL;
	return &receipt->beside.letters[receipt->item];
}

bool receipt_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct receipt *receipt = state;
	const struct finding *finding = receipt_finding(receipt);
	const struct move_facts facts = receipt_facts(receipt);
	size_t at = act_of(id);
	bool cannot;

	out_why[0] = '\0';
	if (id == COMMAND_LETTER && !receipt_letter(receipt) &&
		(!letter_of_state(receipt->request.state) || receipt->request.imported))
		return true;
	if (id == COMMAND_ALL)
		return receipt->part != PART_SUMMARY || receipt->beside.findings.count == 0;
	if (id == COMMAND_VIEW || id == COMMAND_ATTACH || id == COMMAND_EXTRACT)
		return receipt->part != PART_FILES || receipt_file_cannot(ui, receipt, id);
	if (at == ACTS)
		return false;
	if (!receipt->is_open)
		return true;
	cannot = move_cannot(ui, &facts, acts[at].move, out_why);
	if (acts[at].move == MOVE_JUDGE)
		cannot = cannot || !finding || !finding->rule->is_judged;
	if (id == COMMAND_TAKE &&
		strcmp(receipt->request.assigned_to, desk_person(ui->desk)->name) == 0)
		cannot = true;
	if (id == COMMAND_EDIT && flow_may(MOVE_ANSWER, receipt->request.state))
		cannot = true; /* the key takes in the answer then */
	if (!is_worth_telling(ui, id) || state_is_final(receipt->request.state))
		out_why[0] = '\0';
	out_why[strcspn(out_why, ",")] = '\0';
	if ((id == COMMAND_REVIEW || id == COMMAND_ACCEPT) &&
		!flow_may(acts[at].move, receipt->request.state))
		out_why[0] = '\0';
	return cannot;
}

static void judge(struct ui *ui, struct receipt *receipt)
{
	const struct desk_move move = { .move = MOVE_JUDGE,
		.reference = receipt->reference,
		.rule = receipt_finding(receipt)->rule->code,
		.holds = receipt->wanted == COMMAND_JUDGE_YES };

	if (receipt_move(ui, &move))
		snprintf(ui->told.text, sizeof(ui->told.text), "Judged: it %s",
			move.holds ? "holds" : "does not hold");
}

unsigned receipt_act_do(struct ui *ui, struct receipt *receipt)
{
	size_t at = act_of(receipt->wanted);
	unsigned flags = SCREEN_STAY;
	const struct desk_move move = { .move = acts[at].move,
		.reference = receipt->reference,
		.person = desk_person(ui->desk)->name };

	if (move.move == MOVE_JUDGE)
		judge(ui, receipt);
	else if (receipt_move(ui, &move) && move.move == MOVE_RESUBMIT)
		flags = SCREEN_PUSH;
	receipt->wanted = COMMAND_NONE;
	ui->next = &scr_receipt;
	ui->next_argument = ui->reference;
	return flags;
}

/* At once, but what it makes cannot be taken back alone: the key again says that it is meant. */
static unsigned act_twice(struct ui *ui, struct receipt *receipt, size_t at)
{
	if (receipt->asked == acts[at].command)
		return act_at_once(ui, receipt, at);
	receipt->asked = acts[at].command;
	snprintf(ui->told.text, sizeof(ui->told.text),
		"%c again: logged as sent in again, a new receipt linked to this one", ui->key);
	return SCREEN_STAY;
}

static unsigned act_at_once(struct ui *ui, struct receipt *receipt, size_t at)
{
	(void)ui;
	receipt->wanted = acts[at].command;
	return SCREEN_RELOAD;
}

static unsigned act_asked(struct ui *ui, struct receipt *receipt, size_t at)
{
	receipt->argument = (struct decide_argument) { .move = acts[at].move,
		.request = &receipt->request,
		.beside = &receipt->beside,
		.because = receipt->because };
	ui->next = &scr_decide;
	ui->next_argument = &receipt->argument;
	return SCREEN_PUSH;
}

/* The form it came on, to be edited or answered. */
static unsigned act_form(struct ui *ui, struct receipt *receipt, size_t at)
{
	memcpy(receipt->log.reference, receipt->reference, sizeof(receipt->log.reference));
	receipt->log.is_answer = acts[at].move == MOVE_ANSWER;
	ui->next = &scr_log;
	ui->next_argument = &receipt->log;
	return SCREEN_PUSH;
}

/* One that has gone when it is selected, else the present one. */
static unsigned act_letter(struct ui *ui, struct receipt *receipt, size_t at)
{
	const struct letter_row *row = receipt_letter(receipt);

	(void)at;
	receipt->letter =
		(struct letter_argument) { .sent = row ? row->id : 0, .because = receipt->because };
	memcpy(receipt->letter.reference, receipt->reference, sizeof(receipt->reference));
	ui->next = &scr_letter;
	ui->next_argument = &receipt->letter;
	return SCREEN_PUSH;
}

static unsigned act_review(struct ui *ui, struct receipt *receipt, size_t at)
{
	(void)at;
	ui->next = &scr_review;
	ui->next_argument = receipt->request.reference;
	return SCREEN_PUSH;
}

static unsigned act_brief(struct ui *ui, struct receipt *receipt, size_t at)
{
	(void)at;
	ui->next = &scr_brief;
	ui->next_argument = receipt->request.reference;
	return SCREEN_PUSH;
}

/* The keys that mean one thing or another as the receipt stands. */
static size_t act_meant(const struct receipt *receipt, size_t at)
{
	enum request_state state = receipt->request.state;

	if (acts[at].command == COMMAND_HOLD && state == STATE_HELD)
		return act_of(COMMAND_RESUME);
	if (acts[at].command == COMMAND_EDIT && state == STATE_AWAITING_INFORMATION)
		return act_of(COMMAND_ANSWER);
	if (acts[at].command == COMMAND_ANSWER && state != STATE_AWAITING_INFORMATION)
		return act_of(COMMAND_EDIT);
	return at;
}

unsigned receipt_act(struct ui *ui, struct receipt *receipt, enum command_id id)
{
	const struct move_facts facts = receipt_facts(receipt);
	size_t at = act_of(id);
	char why[WHY_SIZE];

	if (id != receipt->asked)
		receipt->asked = COMMAND_NONE;
	if (at == ACTS)
		return SCREEN_UNUSED;
	at = act_meant(receipt, at);
	if (move_cannot(ui, &facts, acts[at].move, why)) {
		move_cannot_tell(ui, &facts, acts[at].move, &ui->told);
		return SCREEN_STAY;
	}
	if (receipt_cannot(ui, receipt, acts[at].command, why)) {
		if (acts[at].command == COMMAND_LETTER)
			snprintf(ui->told.text, sizeof(ui->told.text),
				"There is no letter: one is written when it is decided or waits "
				"for "
				"an answer");
		if (acts[at].command == COMMAND_TAKE)
			snprintf(ui->told.text, sizeof(ui->told.text), "It is with you already");
		if (acts[at].move == MOVE_JUDGE)
			snprintf(ui->told.text, sizeof(ui->told.text),
				"Select a check marked ? with ↑↓ to judge it");
		return SCREEN_STAY;
	}
	return acts[at].start(ui, receipt, at);
}
