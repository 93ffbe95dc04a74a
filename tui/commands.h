/*
 * Everything a key can do, in one list: id, what the bar at the bottom says,
 * keys as people know them, name, help sentence, and the keys themselves. The
 * bindings, the bar and the help screen are read from it.
 */
#ifndef TRACEDESK_TUI_COMMANDS_H
#define TRACEDESK_TUI_COMMANDS_H

#include <stddef.h>

/* A key: a character, or minus a KEY_ number of curses. */
enum {
	TYPED_CONTROL_A = 1,
	TYPED_CONTROL_C = 3,
	TYPED_CONTROL_K = 11,
	TYPED_CONTROL_L = 12,
	TYPED_CONTROL_N = 14,
	TYPED_CONTROL_O = 15,
	TYPED_CONTROL_S = 19,
	TYPED_CONTROL_U = 21,
	TYPED_CONTROL_Z = 26,
	TYPED_ESCAPE = 27,
	TYPED_RUBOUT = 127
};

/* clang-format off */

/* X(constant, bar or "" (told by a neighbour), keys, name, help, the keys ...) */
#define COMMANDS(X) \
	X(COMMAND_OPEN, "⏎ open", "Enter", "open", \
		"Opens the selected receipt; that is recorded.", '\r', '\n', -KEY_ENTER) \
	X(COMMAND_UNLOCK, "⏎ unlock", "Enter", "unlock", \
		"Opens the store with the name and the password.", '\r', '\n', -KEY_ENTER) \
	X(COMMAND_GIVE, "⏎ open", "Enter", "open", \
		"Opens the receipt for the reason typed.", '\r', '\n', -KEY_ENTER) \
	X(COMMAND_FIELD, "Tab other field", "Tab ↑ ↓", "other field", \
		"Moves between the name and the password.", '\t', -KEY_DOWN, -KEY_UP) \
	X(COMMAND_UP, "↑↓ move", "↑ k", "up", \
		"Moves one line up.", -KEY_UP, 'k') \
	X(COMMAND_DOWN, "", "↓ j", "down", \
		"Moves one line down.", -KEY_DOWN, 'j') \
	X(COMMAND_PAGE_UP, "PgUp PgDn page", "PgUp b", "page up", \
		"Moves one screen up.", -KEY_PPAGE, 'b') \
	X(COMMAND_PAGE_DOWN, "", "PgDn Space", "page down", \
		"Moves one screen down.", -KEY_NPAGE, ' ') \
	X(COMMAND_SHEET_UP, "PgUp PgDn page", "PgUp", "page up", \
		"Moves one screen up.", -KEY_PPAGE) \
	X(COMMAND_SHEET_DOWN, "", "PgDn", "page down", \
		"Moves one screen down.", -KEY_NPAGE) \
	X(COMMAND_FIRST, "Home End ends", "Home g", "first", \
		"Goes to the beginning.", -KEY_HOME, 'g') \
	X(COMMAND_LAST, "", "End G", "last", \
		"Goes to the end.", -KEY_END, 'G') \
	X(COMMAND_RELOAD, "r read again", "r", "read again", \
		"Reads the list again from its beginning.", 'r') \
	X(COMMAND_TAB, "Tab part", "Tab", "next part", \
		"Goes to the next queue, or part of the receipt.", '\t', -KEY_RIGHT) \
	X(COMMAND_TAB_BACK, "", "Shift-Tab", "part before", \
		"Goes to the queue or part before.", -KEY_BTAB, -KEY_LEFT) \
	X(COMMAND_TAB_NUMBER, "", "1 2 3 …", "part by number", \
		"Goes to the queue or part of that number.", '1', '2', '3', '4', '5', '6', '7') \
	X(COMMAND_EDIT, "e edit", "e", "edit", \
		"Edits what was logged.", 'e') \
	X(COMMAND_ANSWER, "e answer came", "e", "answer", \
		"Takes in what came to the question asked.", 'e') \
	X(COMMAND_MARK, "m mark", "m", "mark", \
		"Marks the receipt, to assign several at once; or takes the mark away.", 'm') \
	X(COMMAND_TAKE, "a take it", "a", "assign to me", \
		"Assigns the marked receipts, or this one, to you.", 'a') \
	X(COMMAND_HAND, "A to colleague", "A", "assign", \
		"Assigns the marked receipts, or this one, to a colleague.", 'A') \
	X(COMMAND_REVIEW, "v review", "v", "review", \
		"Reviews what a colleague proposed.", 'v') \
	X(COMMAND_ACCEPT, "g accept", "g", "accept", \
		"Accepts the request, once nothing fails or is yours to judge.", 'g') \
	X(COMMAND_EXCEPT, "X exception", "X", "exception", \
		"Proposes to accept it although checks fail.", 'X') \
	X(COMMAND_REJECT, "x reject", "x", "reject", \
		"Proposes to reject it; the failed checks are ticked.", 'x') \
	X(COMMAND_ASK, "k ask", "k", "ask", \
		"Asks the sender; the clock stops.", 'k') \
	X(COMMAND_HOLD, "h hold", "h", "hold", \
		"Puts it aside, with a reason.", 'h') \
	X(COMMAND_RESUME, "h resume", "h", "resume", \
		"Takes up again what was held.", 'h') \
	X(COMMAND_TRACE, "t trace", "t", "trace", \
		"Records what the trace found.", 't') \
	X(COMMAND_NO_TRACE, "z no trace", "z", "no trace", \
		"Records that nobody was traced.", 'z') \
	X(COMMAND_GUARDIAN, "G guardian", "G", "guardian", \
		"Shows the briefing for the Caldicott Guardian, whose decision is recorded there; " \
		"that is recorded.", 'G') \
	X(COMMAND_DECIDE, "⏎ record the decision", "Enter", "record the decision", \
		"Asks for what the Caldicott Guardian decided.", '\r', '\n', -KEY_ENTER) \
	X(COMMAND_WITHDRAW, "w withdraw", "w", "withdraw", \
		"Withdraws it, or proposes to when it was logged in error.", 'w') \
	X(COMMAND_LETTER, "p letter", "p", "letter", \
		"Shows its letter, or the one selected: to be read, printed into a file, sent.", 'p') \
	X(COMMAND_PRINT, "p print to a file", "p", "print to a file", \
		"Writes the letter into a private file: HTML when its name ends in .html, else text.", 'p') \
	X(COMMAND_SENT, "s sent", "s", "sent", \
		"Says that its letter has gone: which way, and when.", 's') \
	X(COMMAND_RESUBMIT, "R sent in again", "R", "sent in again", \
		"Logs a rejected request that came again: a new receipt with its fields, linked to it.", 'R') \
	X(COMMAND_LINK, "l link", "l", "link", \
		"Links it to another receipt.", 'l') \
	X(COMMAND_INCIDENT, "i incident", "i", "incident", \
		"Records what went wrong with it.", 'i') \
	X(COMMAND_CORRECT, "C correct", "C", "correct", \
		"Proposes another outcome of a decided receipt, to another supervisor.", 'C') \
	X(COMMAND_NOTE, "N note", "N", "note", \
		"Adds a note.", 'N') \
	X(COMMAND_JUDGE_YES, "y n judge", "y", "judge yes", \
		"Answers the selected check that is yours to judge: it holds.", 'y') \
	X(COMMAND_JUDGE_NO, "", "n", "judge no", \
		"Answers the selected check that is yours to judge: it does not hold.", 'n') \
	X(COMMAND_VIEW, "⏎ view", "Enter", "view", \
		"Shows the selected file with the viewer; that is recorded.", '\r', '\n', -KEY_ENTER) \
	X(COMMAND_ATTACH, "f attach", "f", "attach", \
		"Seals a file with the receipt.", 'f') \
	X(COMMAND_EXTRACT, "o copy out", "o", "copy out", \
		"Writes a copy of the selected file outside the store; that is recorded.", 'o') \
	X(COMMAND_ALL, "c all checks", "c", "all checks", \
		"Shows the checks that pass or do not apply as well, or hides them.", 'c') \
	X(COMMAND_LINE_UP, "↑↓ move", "↑", "up", \
		"Moves one line up.", -KEY_UP) \
	X(COMMAND_LINE_DOWN, "", "↓", "down", \
		"Moves one line down.", -KEY_DOWN) \
	X(COMMAND_TOP, "", "Home", "first", \
		"Goes to the beginning.", -KEY_HOME) \
	X(COMMAND_BOTTOM, "", "End", "last", \
		"Goes to the end.", -KEY_END) \
	X(COMMAND_CONFIRM, "⏎ confirm", "Enter", "confirm", \
		"Confirms what is proposed, and goes on to the next.", '\r', '\n', -KEY_ENTER) \
	X(COMMAND_STRIKE, "1 2 strike a reason", "1 2 3 …", "strike", \
		"Strikes the reason of that number, or takes that back.", \
		'1', '2', '3', '4', '5', '6', '7', '8', '9') \
	X(COMMAND_RETURN, "r return", "r", "return", \
		"Returns it to the caseworker with a note.", 'r') \
	X(COMMAND_SEE, "o receipt", "o", "receipt", \
		"Opens the receipt; that is recorded.", 'o') \
	X(COMMAND_NEXT, "n next", "n", "next", \
		"Goes on to the next without deciding this one.", 'n') \
	X(COMMAND_DO, "⏎ do it", "Enter", "do it", \
		"Does what the screen is for.", '\r', '\n', -KEY_ENTER) \
	X(COMMAND_SUBMIT, "^S do it", "Ctrl-S", "do it", \
		"Does what the form is for.", TYPED_CONTROL_S) \
	X(COMMAND_ENTER, "", "Enter", "next line", \
		"Goes to the next line of the form; in a form of one line does what it is for.", \
		'\r', '\n', -KEY_ENTER) \
	X(COMMAND_ENTRY_NEXT, "Tab next", "Tab ↓", "next line", \
		"Goes to the next line of the form.", '\t', -KEY_DOWN) \
	X(COMMAND_ENTRY_BACK, "", "Shift-Tab ↑", "line before", \
		"Goes to the line before.", -KEY_BTAB, -KEY_UP) \
	X(COMMAND_TICK, "Space tick", "Space", "tick", \
		"Ticks the line, or takes the tick away.", ' ') \
	X(COMMAND_PICK, "Space choose", "Space ←→", "choose", \
		"Chooses the next answer, or the one before; the first letter of one does, too.", ' ') \
	X(COMMAND_LOOK, "^O receipt", "Ctrl-O", "look at it", \
		"Opens the receipt as it is now; what you typed stays.", TYPED_CONTROL_O) \
	X(COMMAND_REDRAW, "", "Ctrl-L", "draw again", \
		"Draws the whole screen again.", TYPED_CONTROL_L) \
	X(COMMAND_HELP, "? help", "? F1", "help", \
		"Shows these keys.", '?', -KEY_F(1)) \
	X(COMMAND_PALETTE, ": commands", ":", "commands", \
		"Does a command by part of its name.", ':') \
	X(COMMAND_BACK, "q back", "q Esc", "back", \
		"Goes back to the screen before.", 'q', TYPED_ESCAPE) \
	X(COMMAND_LOG, "n log new", "n", "log new", \
		"Logs a new request.", 'n') \
	X(COMMAND_CHOOSE, "⏎ choose", "Enter", "choose", \
		"Chooses the selected one.", '\r', '\n', -KEY_ENTER) \
	X(COMMAND_SERVICE, "1–9 0 letters service", "1 to 9, 0, a …", "service", \
		"Says which service asks, by its number, or selects it by its letters.", 0) \
	X(COMMAND_NEXT_FIELD, "Tab next", "Tab ↓ Enter", "next field", \
		"Goes to the next field.", '\t', '\r', -KEY_DOWN, -KEY_ENTER) \
	X(COMMAND_LAST_FIELD, "", "Shift-Tab ↑", "field before", \
		"Goes to the field before.", -KEY_BTAB, -KEY_UP) \
	X(COMMAND_SAVE, "^S save", "Ctrl-S", "save", \
		"Saves what the form holds.", TYPED_CONTROL_S) \
	X(COMMAND_SAVE_NEXT, "^N and next", "Ctrl-N", "save and next", \
		"Saves it and keeps channel, day and organisation for the next.", TYPED_CONTROL_N) \
	X(COMMAND_TODAY, "t today", "t y", "today, yesterday", \
		"In the field of a day: today, yesterday.", 0) \
	X(COMMAND_NOT_ON_FORM, "- not on form", "-", "not on the form", \
		"Alone in a field: not on the form. An empty field is not entered yet.", 0) \
	X(COMMAND_SUBJECT, "^A another subject", "Ctrl-A", "another subject", \
		"Adds the fields of one more person whom the request is about.", TYPED_CONTROL_A) \
	X(COMMAND_FORM_HELP, "F1 help", "F1", "help", \
		"Shows these keys.", -KEY_F(1)) \
	X(COMMAND_GO_ON, "⏎ go on", "Enter", "go on", \
		"Goes back to the form, with all that was typed.", '\r', '\n', -KEY_ENTER) \
	X(COMMAND_THROW_AWAY, "y throw away", "y", "throw away", \
		"Leaves the form; what was typed is lost.", 'y') \
	X(COMMAND_STAY, "n stay", "n Esc", "stay", \
		"Stays with the form.", 'n', TYPED_ESCAPE) \
	X(COMMAND_SHOW_SAVED, "o open it", "o", "open it", \
		"Opens the receipt that was saved; that is recorded.", 'o') \
	X(COMMAND_FINISH, "⏎ back", "Enter Esc", "back", \
		"Goes back to the screen before.", '\r', '\n', -KEY_ENTER, TYPED_ESCAPE) \
	X(COMMAND_LEAVE, "Esc leave", "Esc", "leave", \
		"Leaves without doing it; asks first when something was typed.", TYPED_ESCAPE) \
	X(COMMAND_AWAY, "Esc back", "Esc", "back", \
		"Goes back to the screen before.", TYPED_ESCAPE) \
	X(COMMAND_DELETE, "y delete it", "y", "delete", \
		"Deletes the file that was attached; the receipt has it.", 'y') \
	X(COMMAND_KEEP, "n keep it", "n Enter Esc", "keep", \
		"Leaves the file that was attached where it is.", 'n') \
	X(COMMAND_FIND, "/ find", "/", "find", \
		"Finds receipts by words and filters.", '/') \
	X(COMMAND_SEARCH, "⏎ search, open", "Enter", "search or open", \
		"Searches for what is typed; once that is shown, opens the selected receipt.", '\r', '\n', -KEY_ENTER) \
	X(COMMAND_CLEAR, "^U clear", "Ctrl-U", "clear", \
		"Takes away what is typed; searches before can be chosen then.", 0) \
	X(COMMAND_SAVE_AS, "s save", "s", "save", \
		"Saves the text to a private file.", 's') \
	X(COMMAND_AUDIT, "U audit log", "U", "audit log", \
		"Shows the audit log; a search by words is recorded.", 'U', 'A') \
	X(COMMAND_TELL, "⏎ details", "Enter", "details", \
		"Shows everything about the selected line.", '\r', '\n', -KEY_ENTER) \
	X(COMMAND_PROVE, "v verify", "v", "verify", \
		"Verifies the audit log; Esc stops that.", 'v') \
	X(COMMAND_CHECKPOINT, "c checkpoint", "c", "checkpoint", \
		"Makes a checkpoint, to be kept by somebody else.", 'c') \
	X(COMMAND_SAMPLE, "s sample", "s", "sample", \
		"Draws events by a number that chooses them.", 's') \
	X(COMMAND_MONTHS, "M month", "M", "month", \
		"Shows the register, a month at a time.", 'M') \
	X(COMMAND_DBSB, "B batches", "B", "batches", \
		"Shows the submissions to the Demographics Batch Service Bureau.", 'B') \
	X(COMMAND_CASES, "⏎ cases", "Enter", "cases", \
		"Lists the receipts or submissions behind the selected figure.", '\r', '\n', -KEY_ENTER) \
	X(COMMAND_EXPORT, "x export", "x", "export", \
		"Writes the month to a file, in the form its name ends with.", 'x') \
	X(COMMAND_CLOSE, "c close the month", "c", "close", \
		"Says what closing the month does, then closes it.", 'c') \
	X(COMMAND_REVISE, "c revise", "c", "revise", \
		"Publishes a closed month again as it is now, for a reason.", 'c') \
	X(COMMAND_PRESENT, "p present", "p", "present figures", \
		"Shows a closed month as it is now, with marks, or as it was published.", 'p') \
	X(COMMAND_MONTH_BACK, "←→ month", "←", "month before", \
		"Goes to the month before.", -KEY_LEFT) \
	X(COMMAND_MONTH_ON, "", "→", "month after", \
		"Goes to the month after.", -KEY_RIGHT) \
	X(COMMAND_PART, "Tab part", "Tab", "next part", \
		"Goes to the next part of the month.", '\t') \
	X(COMMAND_PART_BACK, "", "Shift-Tab", "part before", \
		"Goes to the part before.", -KEY_BTAB) \
	X(COMMAND_COLUMN_BACK, "h l column", "h", "column before", \
		"Selects the figure at the left.", 'h') \
	X(COMMAND_COLUMN_ON, "", "l", "column after", \
		"Selects the figure at the right.", 'l') \
	X(COMMAND_RECEIVE, "n receive new", "n", "receive", \
		"Logs a submission that came.", 'n') \
	X(COMMAND_DBSB_PROCESS, "p process", "p", "process", \
		"Says that the submission was processed, and its numbers.", 'p') \
	X(COMMAND_DBSB_REJECT, "x reject", "x", "reject", \
		"Rejects the submission, for a reason.", 'x') \
	X(COMMAND_DBSB_WITHDRAW, "w withdraw", "w", "withdraw", \
		"Says that its sender withdrew the submission.", 'w') \
	X(COMMAND_DBSB_CORRECT, "e correct", "e", "correct", \
		"Corrects the submission, for a reason; a closed month stays as published.", 'e') \
	X(COMMAND_WIPED, "⏎ wipe it", "Enter Esc", "wipe it", \
		"Once a one-time password was made: takes it off the screen. It is shown this once.", '\r', '\n', -KEY_ENTER, TYPED_ESCAPE) \
	X(COMMAND_SURE, "y do it", "y", "do it", \
		"Once d, e or x has asked: does it. Any other key takes it back.", 'y') \
	X(COMMAND_NEW_PERSON, "n add", "n", "add a person", \
		"Adds a person, with a one-time password.", 'n') \
	X(COMMAND_ROLES, "o roles", "o", "roles", \
		"Gives the selected person other roles.", 'o') \
	X(COMMAND_DISABLE, "d disable", "d", "disable", \
		"Locks the selected person out for good; shows the open work given back.", 'd') \
	X(COMMAND_ENABLE, "e enable", "e", "enable", \
		"Lets a disabled person in again, with a one-time password.", 'e') \
	X(COMMAND_RESET, "x reset", "x", "reset", \
		"Gives a one-time password and new keys to who has lost the password.", 'x') \
	X(COMMAND_UNLOCK_PERSON, "u unlock", "u", "unlock", \
		"Ends a lock-out after wrong passwords.", 'u') \
	X(COMMAND_INFO, "i store", "i", "the store", \
		"Shows what the store is made of, its key slots and the recovery code.", 'i') \
	X(COMMAND_UPKEEP, "S upkeep", "S", "upkeep", \
		"Shows services, rules and organisations, to be kept up.", 'S') \
	X(COMMAND_CHANGE, "⏎ change", "Enter", "change", \
		"Changes the selected line; the old values stay in the audit log.", '\r', '\n', -KEY_ENTER) \
	X(COMMAND_ADD, "n add", "n", "add", \
		"Adds one.", 'n') \
	X(COMMAND_LOCK, "L lock", "L Ctrl-K", "lock", \
		"Locks the desk and wipes what was opened; Ctrl-Z does so, too, and stops the program.", \
		'L', TYPED_CONTROL_K) \
	X(COMMAND_FORM_LOCK, "^K lock", "Ctrl-K", "lock", \
		"Locks the desk and wipes what was opened; works on every screen, in text, too.", \
		TYPED_CONTROL_K) \
	X(COMMAND_QUIT, "q quit", "q", "quit", \
		"Leaves tracedesk. So does Ctrl-C, anywhere.", 'q')

/* clang-format on */

#define COMMAND_ID(constant, ...) constant,
enum command_id { COMMANDS(COMMAND_ID) COMMAND_NONE };

struct command {
	const char *bar;
	const char *keys;
	const char *name;
	const char *help;
	int key[9]; /* 0 at the end */
};

const struct command *command_get(enum command_id id);
/* How many rows a command goes down a list or a page (up: below zero), past any end for the first
   and the last; 0: it moves nothing. */
long command_rows(enum command_id id, long page);
/* Which of a screen's commands (ending with COMMAND_NONE) a key means; COMMAND_NONE: none. */
enum command_id command_find(const enum command_id *commands, int key);
/* What works beside a screen's own commands on all screens of its kind: lists, where ":" and "L"
   are no letters, and forms. */
const enum command_id *commands_everywhere(const enum command_id *own);
/* What the bar offers while a line is typed on a screen whose keys are others. */
extern const enum command_id commands_of_line[];

#endif
