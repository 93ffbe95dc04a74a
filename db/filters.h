/*
 * What a filter of receipts asks, as the lists read it. The words are parsed by
 * core/filter.c.
 */
#ifndef TRACEDESK_DB_FILTERS_H
#define TRACEDESK_DB_FILTERS_H

#include <stdbool.h>
#include <stdint.h>

#include "db/fields.h"

/* What a filter of coded words asks (interface section 9). Lists are codes between semicolons
   (";police;nca;"); "" does not ask. Each has its negation. */
enum filter_word {
	FILTER_STATE,
	FILTER_SERVICE,
	FILTER_ORGANISATION, /* the whole name, folded by the desk */
	FILTER_REASON,
	FILTER_ASSIGNED, /* a name, or "none" */
	FILTER_REFERENCE,
	FILTER_NHS,
	FILTER_BORN,
	FILTER_OPEN, /* these five: "yes" when asked */
	FILTER_DECIDED,
	FILTER_FLAGGED,
	FILTER_UNSENT,
	FILTER_IMPORTED,
	FILTER_OVERDUE, /* the store leaves what may be; the desk knows the days */
	FILTER_WORDS
};
/* The first and the last day; "" does not ask. */
struct day_range {
	char from[DAY_SIZE], to[DAY_SIZE];
};

struct request_filter {
	char *is[FILTER_WORDS];
	char *is_not[FILTER_WORDS];
	struct day_range received, decided;
	struct day_range not_received, not_decided;
	/* Searches of the index of words (core/search_words.h); NULL does not ask. is_not: none of
	 * them.
	 */
	char *words, *not_words;
	/* Whose eyes: receipts that are flagged and not open to this person do not match what would
	   tell of their subject (nhs, born, words). */
	bool sees_flagged;
	char person[NAME_SIZE];
};

/* What a filter of the audit log asks: "" or NULL does not. */
enum log_word {
	LOG_PERSON,    /* a log-in name */
	LOG_KIND,      /* stored numbers between semicolons: ";2;13;" */
	LOG_REFERENCE, /* the whole of it */
	LOG_SUBJECT,   /* a surname; for the store, references between semicolons */
	LOG_WORDS
};
/* UTC seconds, without to; both 0: not asked. */
struct moment_range {
	int64_t from, to;
};
struct event_filter {
	char *is[LOG_WORDS];
	char *is_not[LOG_WORDS];
	struct moment_range time, not_time;
};

/* clang-format off */

/* What receipts can be counted by: X(constant, column, title, set of its codes or "", where). */
#define TALLY_COLUMNS(X) \
	X(TALLY_SERVICE, service, "Service", "service", "r.service") \
	X(TALLY_STATE, state, "State", "", "r.state") \
	X(TALLY_OUTCOME, outcome, "Outcome", "outcome", "r.outcome") \
	X(TALLY_REASONS, reasons, "Reason", "reason", REASONS_SEEN) \
	X(TALLY_REASON, reason, "Reason", "reason", REASONS_SEEN) /* as the filter calls it */ \
	X(TALLY_ORGANISATION, organisation, "Organisation", "", "r.organisation") \
	X(TALLY_ORGANISATION_KIND, organisation_kind, "Kind", "organisation_kind", "r.organisation_kind") \
	X(TALLY_ASSIGNED_TO, assigned_to, "Assigned to", "", "coalesce(p.name, '')") \
	X(TALLY_CHANNEL, channel, "Came by", "channel", "r.channel") \
	X(TALLY_PURPOSE, purpose, "Purpose", "purpose", "r.purpose") \
	X(TALLY_LEGAL_BASIS, legal_basis, "Legal basis", "legal_basis", "r.legal_basis") \
	X(TALLY_SUBJECT_ROLE, subject_role, "Subject's role", "subject_role", "r.subject_role") \
	X(TALLY_COURT_ORDER_KIND, court_order_kind, "Kind of order", "court_order_kind", "r.court_order_kind") \
	X(TALLY_IDENTITY_CHECKED, identity_checked, "Sender checked", "identity_checked", "r.identity_checked") \
	X(TALLY_RECEIVED, received, "Received", "", "r.received") \
	X(TALLY_RECEIVED_MONTH, received_month, "Received in", "", "substr(r.received, 1, 7)") \
	X(TALLY_DECIDED, decided, "Decided", "", "r.decided") \
	X(TALLY_DECIDED_MONTH, decided_month, "Decided in", "", "substr(r.decided, 1, 7)") \
	X(TALLY_SAFEGUARDING, safeguarding, "Safeguarding", "", "r.safeguarding") \
	X(TALLY_FLAGGED, flagged, "Flagged", "", "iif(r.flagged, 'yes', 'no')") \
	X(TALLY_IMPORTED, imported, "Imported", "", "iif(r.imported, 'yes', 'no')")

/* clang-format on */

#define TALLY_VALUE(constant, ...) constant,
enum tally_column { TALLY_COLUMNS(TALLY_VALUE) TALLY_COLUMN_COUNT };

#endif
