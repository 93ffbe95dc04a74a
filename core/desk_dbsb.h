/*
 * Submissions to the Demographics Batch Service Bureau as the desk offers them:
 * the list, opening one, receiving one and how it ends. Part of core/desk.h.
 * Each change is one transaction with its signed event; a refusal is an event
 * too.
 */
#ifndef TRACEDESK_CORE_DESK_DBSB_H
#define TRACEDESK_CORE_DESK_DBSB_H

#include <stddef.h>
#include <stdint.h>

#include "core/notice.h"
#include "db/records.h"

struct desk;
struct desk_setting;

/* A page of the submissions, newest received first: after the row `after` (NULL: from the start).
   Clear each with submission_clear, free with mem_free. */
struct submission_page {
	const struct submission *after;
	size_t limit;
};
enum desk_status desk_submissions(struct desk *desk, const struct submission_page *page,
	struct submission **out_rows, size_t *out_count, struct notice *out_notice);
enum desk_status desk_submissions_total(
	struct desk *desk, int64_t *out_total, struct notice *out_notice);
/* Its opening is an event. */
enum desk_status desk_submission_open(struct desk *desk, const char *reference,
	struct submission *out_submission, struct notice *out_notice);

enum { DESK_CONTACT_SIZE = 512 };
/* What is to be said of the contact's e-mail address, by the secure domains of the rulebook on the
   day received: a sentence, or "". It decides nothing. */
enum desk_status desk_submission_contact(struct desk *desk, const struct submission *submission,
	char out_sentence[DESK_CONTACT_SIZE], struct notice *out_notice);

/* Settings are columns of interface section 6 by name. DESK_USAGE: an unknown one; DESK_REFUSED: no
   value for its column, or values that do not go together. Fills the submission in as it is then;
   submission_clear, with DESK_OK only. */
struct desk_submission_given {
	const char *reference; /* correct: which; receive: NULL */
	const struct desk_setting *settings;
	size_t count;
	const char *because; /* correct: why; NULL: a setting says it */
};
/* Logs one: received today unless the settings say when. */
enum desk_status desk_submission_receive(struct desk *desk,
	const struct desk_submission_given *given, struct submission *out_submission,
	struct notice *out_notice);
/* How one ended: rejected, withdrawn or processed; from received only. */
struct desk_submission_end {
	const char *reference;
	enum submission_status status;
	const char *on;			    /* YYYY-MM-DD, or NULL: today */
	const char *reason;		    /* rejected: a code */
	int64_t transactions, single_match; /* processed */
};
enum desk_status desk_submission_end(struct desk *desk, const struct desk_submission_end *end,
	struct submission *out_submission, struct notice *out_notice);
/* Other columns, for a reason: the one given, or the setting note, or, unless it is rejected
   then (whose reason is a code), the setting reason. Figures of a closed month stay as they were
   published until it is revised. */
enum desk_status desk_submission_correct(struct desk *desk,
	const struct desk_submission_given *given, struct submission *out_submission,
	struct notice *out_notice);

#endif
