/*
 * What the files of a receipt's life share: the engine (desk_life.c), the moves
 * (life_moves.c, life_review.c), the checks (life_rules.c).
 */
#ifndef TRACEDESK_CORE_LIFE_PRIVATE_H
#define TRACEDESK_CORE_LIFE_PRIVATE_H

#include "core/buffer.h"
#include "core/columns.h"
#include "core/desk_private.h"
#include "core/letters.h"
#include "core/list.h"
#include "core/text.h"
#include "db/decisions.h"
#include "db/notes.h"
#include "db/requests.h"

/* A move under way: one transaction. */
struct life {
	struct desk *desk;
	const struct desk_move *move;
	struct desk_saved *saved;
	struct notice *notice;
	int64_t now;
	struct request request;	    /* as it will be stored */
	struct request_words words; /* as the index has them before the move */
	enum request_state from;    /* its state before the move */
	struct decision open;	    /* the proposal that waits for review */
	bool has_open;
	struct desk_findings findings; /* after life_check */
	enum flow_when when;
	const char *decided_by; /* when the move is final; NULL: who acts */
	const char *reviewed_by;
	const char *reasons; /* of a rejection or withdrawal */
	struct request made; /* resubmit: the new receipt; id 0: none */
	const char *sent_on; /* the day its letter went */
};

/* Fills the move in: looks at what it needs, changes life.request, writes rows beside it. */
typedef enum desk_status life_prepare(struct life *life);

enum desk_status life_refuse(struct life *life, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
enum desk_status life_failed(struct life *life, enum db_status status);
/* Refuses when the move's text is missing: "say why". */
enum desk_status life_needs_text(struct life *life, const char *what);
enum desk_status life_note(struct life *life, enum note_kind kind, const char *text);
/* A decision of the person at the desk on the findings of now. */
void life_decision(struct life *life, enum decision_kind kind, struct decision *out_decision);
enum desk_status life_decide(struct life *life, struct decision *decision);
/* Ends the open proposal, if there is one. */
enum desk_status life_close_open(struct life *life, enum decision_result result);

/* Checks life.request; exceptions: rules parted by ';', beside those confirmed before. */
enum desk_status life_check(struct life *life, const char *exceptions);
/* The same for any request (no receipt yet when its id is 0) under a version of the rulebook, 0 the
   newest. */
enum db_status life_findings(struct desk *desk, const struct request *request,
	const char *exceptions, int version, struct desk_findings *out_findings);
/* Those of now; of a decided one those its decision kept; none of history taken over. */
enum db_status life_findings_kept(
	struct desk *desk, const struct request *request, struct desk_findings *out_findings);
/* "rule:result" parted by ';'. Free with mem_free. */
char *life_findings_text(const struct desk_findings *findings);

/* Puts a patch into a request: fields given, subjects given (trace answers stay). */
void request_apply(struct request *request, const struct request_patch *patch);
#define DESK_FLAGGED                                                                            \
	"it is flagged: only the caseworker it is assigned to, a supervisor or the auditor can" \
	" open it; ask a supervisor"
/* May the person open or change it: flagged receipts are for the assigned caseworker, supervisors
   and the auditor. */
bool desk_may_see(const struct desk *desk, const struct request *request);
/* The same of a receipt as the store has it now. */
enum db_status desk_may_see_now(struct desk *desk, const char *reference, bool *out_may);
/* Whose flagged receipts the store may look at: 0 all, else those assigned to that person. */
int64_t desk_seer(const struct desk *desk);
enum desk_status desk_masked(
	struct desk *desk, enum deed deed, const char *reference, struct notice *notice);

/* Opens a receipt for a deed: the event is durable before it is handed out. */
struct desk_look {
	enum deed deed;
	enum event_kind event;
	const char *reference;
	const char *because;
};
/* The same without the event: for who writes one of his own. What a trace found is not hidden. */
enum desk_status desk_request_reach(struct desk *desk, const struct desk_look *look,
	struct request *out_request, struct notice *out_notice);
enum desk_status desk_request_look(struct desk *desk, const struct desk_look *look,
	struct request *out_request, struct notice *out_notice);
/* The letters of a receipt, printed and sent, as it happened. Free with mem_free. */
enum db_status desk_letters_list(struct desk *desk, const struct request *request,
	struct letter_row **out_rows, size_t *out_count);
/* Clear with letterhead_clear. */
enum db_status desk_letterhead_read(struct desk *desk, struct letterhead *out_head);
/* Takes the subject out of a row that the person may not open. */
void desk_mask_row(const struct desk *desk, struct request_row *row);

life_prepare life_edit;
life_prepare life_answer;
life_prepare life_judge;
life_prepare life_assign;
life_prepare life_hold;
life_prepare life_resume;
life_prepare life_query;
life_prepare life_accept;
life_prepare life_except;
life_prepare life_reject;
life_prepare life_trace;
life_prepare life_no_trace;
life_prepare life_guardian;
life_prepare life_confirm;
life_prepare life_return;
life_prepare life_withdraw;
life_prepare life_withdraw_error;
life_prepare life_add_note;
life_prepare life_correct;
/* Of a review, when what waits is a correction. */
life_prepare life_correct_confirm;
life_prepare life_correct_return;
life_prepare life_sent;
life_prepare life_link;
life_prepare life_incident;
life_prepare life_resubmit;

#endif
