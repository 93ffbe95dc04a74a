/*
 * A receipt's moves as the screens make them: what can be done here and now,
 * and doing it with the version that was seen.
 */
#ifndef TRACEDESK_TUI_MOVES_H
#define TRACEDESK_TUI_MOVES_H

#include "tui/draw.h"
#include "tui/screen.h"

/* What a move is judged by. */
struct move_facts {
	const struct request *request;
	const struct desk_beside *beside;
};

/* Can the move not be made? Then why, in a few words. */
bool move_cannot(const struct ui *ui, const struct move_facts *facts, enum move move,
	char out_why[WHY_SIZE]);
/* The sentence of the same. */
void move_cannot_tell(const struct ui *ui, const struct move_facts *facts, enum move move,
	struct notice *out_notice);
/* Is a receipt in that state for this person to review, as far as roles go? */
bool review_is_for(const struct ui *ui, enum request_state state, bool correcting);
/* The proposal that waits for somebody else; NULL: none does. */
const struct decision *decision_open(const struct desk_beside *beside);

/* Makes the move; the version seen last goes with it. What came of it is told (ui->told): in a
   sentence, an edit conflict with what differs. */
bool receipt_move(struct ui *ui, const struct desk_move *move);
struct assign_to {
	const char *references; /* a list */
	const char *person;	/* log-in name */
};
/* True when all of them were assigned; the first refusal is told otherwise. */
bool receipts_assign(struct ui *ui, const struct assign_to *to);
/* Opens a receipt, or reads it again while it stays open: its version is the one seen from now on.
 */
struct receipt_look {
	const char *reference;
	const char *because; /* NULL: none needed */
	bool is_again;
};
bool receipt_read(struct ui *ui, const struct receipt_look *look, struct request *out_request);

#endif
