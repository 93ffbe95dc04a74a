/*
 * The kinds of decisions that ask for something first: what each asks, and how
 * it is made of the answers. scr_decide.c shows them.
 */
#ifndef TRACEDESK_TUI_DECIDE_H
#define TRACEDESK_TUI_DECIDE_H

#include "tui/answers.h"
#include "tui/screen.h"

struct decide {
	struct decide_argument argument;
	const struct decide_kind *kind;
	struct answers form;
	char **headings; /* of the subjects */
	size_t heading_count;
	bool is_wanted;	 /* the next load does it */
	bool is_tried;	 /* and was refused: the receipt below may be another by now */
	bool is_changed; /* something was answered */
	bool is_leaving; /* and leaving was asked for once */
	/* What the argument points to, once taken up from a draft. */
	bool is_own;
	struct request request;
	struct desk_beside beside;
	char *references, *because;
};

struct decide_kind {
	enum move move;
	const char *title, *explain;
	void (*build)(const struct ui *ui, struct decide *decide);
	/* Makes the move; what came of it is told. */
	bool (*make)(struct ui *ui, struct decide *decide);
};

void decide_add_text(struct decide *decide, const char *code, const char *label, int rows);
void decide_add_choice(
	struct decide *decide, const char *code, const char *label, const struct code_set *choices);
/* A line for a day, with today's, to be typed over; what was typed there (false: it is no day, and
   that is told). */
void decide_add_day(
	const struct ui *ui, struct decide *decide, const char *code, const char *label);
bool decide_day(
	struct ui *ui, const struct decide *decide, const char *code, char out_day[DAY_SIZE]);
/* Ticks for the items of a list, parted by ';', that are known. */
void decide_add_items(struct decide *decide, const char *items, const char *heading);

void build_trace(const struct ui *ui, struct decide *decide);
bool make_trace(struct ui *ui, struct decide *decide);
void build_no_trace(const struct ui *ui, struct decide *decide);
bool make_no_trace(struct ui *ui, struct decide *decide);
void build_guardian(const struct ui *ui, struct decide *decide);
bool make_guardian(struct ui *ui, struct decide *decide);
void build_link(const struct ui *ui, struct decide *decide);
bool make_link(struct ui *ui, struct decide *decide);
void build_incident(const struct ui *ui, struct decide *decide);
bool make_incident(struct ui *ui, struct decide *decide);
void build_correct(const struct ui *ui, struct decide *decide);
bool make_correct(struct ui *ui, struct decide *decide);
void build_sent(const struct ui *ui, struct decide *decide);
bool make_sent(struct ui *ui, struct decide *decide);

#endif
