/*
 * The life of a receipt as the desk offers it: log, edit, and every move of the
 * flow (core/flow.h). Part of core/desk.h. Each function is one transaction with
 * its signed event; a refusal is an event too.
 */
#ifndef TRACEDESK_CORE_DESK_LIFE_H
#define TRACEDESK_CORE_DESK_LIFE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/desk_files.h"
#include "core/flow.h"
#include "core/patch.h"
#include "core/rules.h"
#include "db/records.h"

#include "core/notice.h"

struct desk;

/* How a change ended. */
struct desk_saved {
	char reference[REFERENCE_SIZE];
	int64_t version;
	enum request_state state;
	char *duplicates; /* references that may be the same, parted by ';', or "" */
	char *conflict;	  /* after an edit conflict: lines that show both versions, or "" */
};
void desk_saved_clear(struct desk_saved *saved);

/* Logs a request as it came. */
enum desk_status desk_request_add(struct desk *desk, const struct request_patch *patch,
	struct desk_saved *out_saved, struct notice *out_notice);

/* How and when a letter went. */
struct sending {
	const char *channel; /* a code of that set */
	const char *on;	     /* YYYY-MM-DD, or NULL: today */
};

/* A move of the flow. What it does not need is NULL. */
struct desk_move {
	enum move move;
	const char *reference;
	int64_t expect;	    /* the version seen, else an edit conflict; 0: any */
	const char *text;   /* plain text: the reason, the note, what is asked */
	const char *codes;  /* parted by ';': reasons, rules of an exception, reasons struck */
	const char *person; /* assign: log-in name; judge: unused */
	const char *rule;   /* judge */
	bool holds;	    /* judge: yes */
	const struct request_patch *patch;  /* edit, answer */
	const struct trace_answer *answers; /* trace: one a subject, in their order */
	size_t answer_count;
	const char *trace_code; /* no-trace */
	const char *sources;	/* no-trace: parted by ';' */
	const char *items;	/* trace: to be released, parted by ';' */
	const char *recipient;	/* trace */
	const struct guardian_decision *guardian;
	const struct incident *incident;
	const struct correction *correction;
	const char *other; /* link: the other reference */
	const struct sending *sending;
};
enum desk_status desk_move(struct desk *desk, const struct desk_move *move,
	struct desk_saved *out_saved, struct notice *out_notice);

/* The letter of a receipt that is decided or waits for an answer; that it was printed or shown is
   an event, durable before it is handed out. Once it has gone the words are those that went (HTML
   is laid out anew, of the day it went). Free with mem_free. */
enum letter_format { LETTER_AS_TEXT, LETTER_AS_HTML, LETTER_ON_SCREEN };
struct desk_letter {
	const char *reference;
	const char *because; /* as desk_request_open */
	enum letter_format format;
	int64_t sent; /* of an earlier one, its id; 0: the present one. Not as HTML */
};
enum desk_status desk_request_letter(struct desk *desk, const struct desk_letter *wanted,
	char **out_text, struct notice *out_notice);

/* The checks of a receipt. A decided one shows those its decision kept; an imported one has none.
 */
struct desk_findings {
	int rules_version;
	enum rule_advice advice; /* ADVICE_NONE for an imported one */
	size_t count;		 /* RULE_COUNT, or 0 for an imported one */
	struct finding finding[RULE_COUNT];
	char *duplicates; /* references parted by ';' */
	struct rules_needs needs;
};
void desk_findings_clear(struct desk_findings *findings);
/* because: as desk_request_open. Writes that they were shown. */
enum desk_status desk_request_check(struct desk *desk, const char *reference, const char *because,
	struct desk_findings *out_findings, struct notice *out_notice);
/* The checks of a request being typed; nothing is written. */
enum desk_status desk_request_try(struct desk *desk, const struct request *request,
	struct desk_findings *out_findings, struct notice *out_notice);

/* All that stands beside a receipt, for one that was just opened (desk_request_open): nothing more
   is written. */
struct desk_beside {
	struct decision *decisions;
	size_t decision_count;
	struct note *notes;
	size_t note_count;
	struct letter_row *letters; /* printed and sent, as it happened */
	size_t letter_count;
	char *linked; /* references parted by ';' */
	struct desk_findings findings;
	struct desk_files files; /* none for whom they are not */
	struct age age;
};
void desk_beside_clear(struct desk_beside *beside);
enum desk_status desk_request_beside(struct desk *desk, const struct request *request,
	struct desk_beside *out_beside, struct notice *out_notice);

/* The events of a receipt, oldest first. Free events with mem_free. */
struct desk_history {
	struct event *events;
	size_t count;
};
enum desk_status desk_request_history(struct desk *desk, const char *reference, const char *because,
	struct desk_history *out_history, struct notice *out_notice);

/* The work screen. */
enum { DESK_QUEUES = QUEUE_CLOSED + 1 };
enum desk_status desk_queue_counts(
	struct desk *desk, int64_t out_counts[DESK_QUEUES], struct notice *out_notice);
/* A page of a queue: after a row (NULL: from the start) or before it. Free as desk_requests. */
struct desk_queue_page {
	enum queue queue;
	const struct request_row *after;
	bool backwards;
	size_t limit;
};
enum desk_status desk_queue(struct desk *desk, const struct desk_queue_page *page,
	struct request_row **out_rows, size_t *out_count, struct notice *out_notice);

/* Organisations whose name begins so, folded; clear each with organisation_clear, mem_free. */
enum desk_status desk_organisations(struct desk *desk, const char *prefix,
	struct organisation **out_organisations, size_t *out_count, struct notice *out_notice);
/* Officers who signed or countersigned for that organisation before and whose name begins so, 20 at
   most. */
struct desk_officers {
	struct officer *officers;
	size_t count;
};
void desk_officers_clear(struct desk_officers *officers);
enum desk_status desk_officers(struct desk *desk, const char *organisation, const char *prefix,
	struct desk_officers *out_officers, struct notice *out_notice);

#endif
