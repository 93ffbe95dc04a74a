/*
 * The records: one plain struct a table and the enums that are stored, each
 * from one list. The store fills them, the desk and the screens work on them;
 * there is no second set. Texts are UTF-8, owned by the record, freed (and
 * wiped) by its _clear. Days are "YYYY-MM-DD" in Europe/London; moments are
 * seconds since 1970 in UTC.
 */
#ifndef TRACEDESK_DB_RECORDS_H
#define TRACEDESK_DB_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/beside.h"
#include "db/fields.h"
#include "db/filters.h"
#include "db/memory.h"
#include "db/published.h"
#include "db/stored.h"

struct subject {
	char *field[SUBJECT_FIELD_COUNT]; /* never NULL once loaded: "" is not entered */
};

/* A receipt: one logged request with its subjects. The field outcome is "" until it is decided. */
struct request {
	int64_t id;
	char reference[REFERENCE_SIZE];
	int64_t version; /* 1 when new, one more with every change */
	enum request_state state;
	enum request_state held_from;	  /* while held: the state before; else 0 */
	bool flagged;			  /* an S-flag or a changed identity was recorded */
	bool imported;			  /* history: taken over as an older system decided it */
	bool correcting;		  /* a correction of the outcome waits for review */
	bool to_send;			  /* its letter has not gone out yet */
	char assigned_to[NAME_SIZE];	  /* "" when nobody's */
	char *waits;			  /* when an answer was awaited (core/working_days.h) */
	char *field[REQUEST_FIELD_COUNT]; /* never NULL once loaded or after request_init */
	struct subject *subjects;
	size_t subject_count;
};

/* Makes an empty record: every field "", no subject. */
void request_init(struct request *request);
void request_clear(struct request *request);
/* Adds an empty subject and returns it (valid until the next is added). */
struct subject *request_add_subject(struct request *request);
/* Drops the subjects after the first count. */
void request_cut_subjects(struct request *request, size_t count);
/* Replaces a field by a copy of text (NULL is ""). */
void record_set(char **field, const char *text);

/* What a receipt is found by: words folded, parted by blanks. */
struct request_words {
	char *subject; /* of its subjects' names */
	char *other;
};
void request_words_clear(struct request_words *words);

/* How old a receipt is, in working days. */
struct age {
	int32_t days;	    /* -1: decided */
	char due[DAY_SIZE]; /* "" without a target, or while the clock stands */
	bool is_due_today, is_overdue;
};

/* One line of a list of receipts. */
struct request_row {
	int64_t id;
	char reference[REFERENCE_SIZE];
	char received[DAY_SIZE];
	char decided[DAY_SIZE];
	char needed_by[DAY_SIZE];
	char service[CODE_SIZE];
	char *organisation;
	char *surname; /* of the first subject; "" when none */
	char *forenames;
	int subjects;
	enum request_state state;
	char assigned_to[NAME_SIZE];
	bool safeguarding;
	bool imported;
	bool flagged;
	char *waits;
	struct age age;	 /* the desk fills it in */
	bool correcting; /* a correction waits for review */
	bool to_send;	 /* its letter has not gone out yet */
	bool masked;	 /* the desk took the subject out: not for this person's eyes */
};
void request_rows_clear(struct request_row *rows, size_t count);

/* A batch file sent to the Demographics Batch Service Bureau. */
struct submission {
	int64_t id;
	char reference[REFERENCE_SIZE];
	char received[DAY_SIZE];
	char completed[DAY_SIZE]; /* "" until rejected, withdrawn or processed */
	char *organisation;
	char *contact_email;
	char *note;
	char reason[CODE_SIZE]; /* "" unless rejected */
	enum submission_status status;
	int64_t transactions; /* records in the file; 0 unless processed */
	int64_t single_match; /* of which so many had one unique match */
};
void submission_init(struct submission *submission);
void submission_clear(struct submission *submission);

struct person {
	int64_t id;
	char name[NAME_SIZE]; /* the log-in name */
	char *full_name;
	unsigned roles; /* of enum role, or-ed */
	bool disabled;
	bool must_change; /* the password is a one-time one */
};
void person_clear(struct person *person);

struct service {
	int64_t id;
	char code[CODE_SIZE];
	char *label;		     /* as the register prints it, without its note */
	int position;		     /* order in the register; 0: not in the register */
	char accepts_from[DAY_SIZE]; /* "" without a first day */
	char accepts_to[DAY_SIZE];   /* last day, "" when open */
	char shown_from[7 + 1];	     /* first month (YYYY-MM) the register shows it, or "" */
	char shown_to[7 + 1];	     /* last month, or "" */
	char held_from[DAY_SIZE];    /* held (under review) from that day, or "" */
	bool suspended;
	char *note;	       /* printed after the label, or "" */
	char note_from[7 + 1]; /* in months from this one on; "" with a note: always */
	char *footnote;	       /* printed once under the figures that show the service, or "" */
	int target_days;       /* working days for a receipt; 0: no target is set */
};
void service_clear(struct service *service);

/* One step of the trail. Hashes are BLAKE2b-256, the signature Ed25519 (RFC 8032). */
struct event {
	int64_t sequence;
	int64_t time;
	int64_t person; /* 0: nobody (a failed log-in) */
	char person_name[NAME_SIZE];
	unsigned role; /* the roles held then */
	enum event_kind kind;
	char reference[REFERENCE_SIZE]; /* of the receipt or submission, or "" */
	bool is_signed;
};

/* Grouped counts behind the register. */
struct tracing_count {
	char month[8]; /* YYYY-MM of the decision */
	char service[CODE_SIZE];
	enum request_state outcome;
	int64_t count;
};
struct submission_count {
	char month[8];
	int64_t received; /* by day of receipt */
	int64_t rejected; /* these by day of completion */
	int64_t withdrawn;
	int64_t processed;
	int64_t transactions;
	int64_t single_match;
};

/* A published month. */
struct month {
	char month[8];
	bool closed;
	char closed_on[DAY_SIZE];
	int revision; /* 0 while open */
};

#endif
