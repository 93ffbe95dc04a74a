/*
 * What the files of the receipt's screen share: the screen (scr_receipt.c), the
 * tabs (receipt_tabs.c), what its keys start (receipt_acts.c).
 */
#ifndef TRACEDESK_TUI_RECEIPT_PRIVATE_H
#define TRACEDESK_TUI_RECEIPT_PRIVATE_H

#include "tui/moves.h"
#include "tui/page.h"
#include "tui/screen.h"

enum part {
	PART_SUMMARY,
	PART_FORM,
	PART_SUBJECTS,
	PART_NOTES,
	PART_FILES,
	PART_LETTERS,
	PART_HISTORY,
	PARTS
};

struct receipt {
	char reference[REFERENCE_SIZE];
	char *because; /* NULL: none needed */
	bool is_open;
	struct request request;
	struct desk_beside beside;
	struct desk_history history;
	bool is_loaded[PARTS]; /* what is read only when the tab is looked at */
	bool shows_all;
	enum part part;
	struct page page;
	int item;		/* the check, file or letter selected; PAGE_NO_ITEM: none */
	enum command_id wanted; /* the act that the next load does */
	enum command_id asked;	/* whether it is meant, by the key before; COMMAND_NONE: nothing */
	struct decide_argument argument;
	struct log_argument log;
	struct letter_argument letter;
	struct file_argument file;
	struct notice notice; /* why it is not open */
};

/* Columns that the list at the left takes; 0 when there is none. */
int receipt_list_width(const struct ui *ui);

/* The page of the tab that is shown, anew. */
void receipt_tab_make(const struct ui *ui, struct receipt *receipt);
/* Has the tab something that is read only when it is looked at, and not yet? */
bool receipt_tab_waits(const struct receipt *receipt);
void receipt_tab_load(struct ui *ui, struct receipt *receipt);
/* The column where they end. */
int receipt_tabs_draw(const struct ui *ui, const struct receipt *receipt);
unsigned receipt_tab_open(struct ui *ui, struct receipt *receipt, int part);
/* Frees what the tabs have read. */
void receipt_tabs_clear(struct receipt *receipt);

struct move_facts receipt_facts(const struct receipt *receipt);
/* Has the tab something to select? */
bool receipt_has_items(const struct receipt *receipt);
/* The first in reading order; PAGE_NO_ITEM: there is none. */
int receipt_item_first(const struct page *page);
/* What stands against a key of the Files tab, told in a sentence; NULL: nothing. */
const char *receipt_file_cannot(
	const struct ui *ui, const struct receipt *receipt, enum command_id id);
/* Views, attaches or copies out. */
unsigned receipt_file_act(struct ui *ui, struct receipt *receipt, enum command_id id);
void receipt_file_view(struct ui *ui, struct receipt *receipt);
/* The check under the cursor; NULL: none. */
const struct finding *receipt_finding(const struct receipt *receipt);
bool receipt_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE]);
/* What the key starts: told why not, done by the next load, or asked about on a screen of its own.
   SCREEN_UNUSED: the command is no act. */
unsigned receipt_act(struct ui *ui, struct receipt *receipt, enum command_id id);
/* Does what was wanted; the flags of what follows. */
unsigned receipt_act_do(struct ui *ui, struct receipt *receipt);

#endif
