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

#include "db/fields.h"
#include "db/filters.h"
#include "db/memory.h"
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
	char assigned_to[NAME_SIZE];	  /* "" when nobody's */
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
	bool masked; /* the desk took the subject out: not for this person's eyes */
};
void request_rows_clear(struct request_row *rows, size_t count);

/* A decision, or the proposal of one: what was decided, on which findings and version of the
   rulebook, and who reviewed it. */
struct decision {
	int64_t id;
	int64_t request;
	enum decision_kind kind;
	enum decision_result result;
	int64_t proposer; /* person id */
	char proposer_name[NAME_SIZE];
	int64_t proposed; /* moment */
	char *reasons;	  /* codes parted by ;, or the rules of an exception */
	char *note;
	char outcome[CODE_SIZE]; /* of a correction */
	char *detail;		 /* JSON: the Guardian's decision */
	char *items;		 /* of a release: parted by ; */
	char recipient[CODE_SIZE];
	int rules_version;
	char *findings;	  /* "rule:result" parted by ; */
	int64_t reviewer; /* person id; 0 until reviewed */
	char reviewer_name[NAME_SIZE];
	int64_t reviewed;
	char *struck;
	char *review_note;
};
void decision_init(struct decision *decision);
void decision_clear(struct decision *decision);

struct note {
	int64_t id;
	int64_t request;
	int64_t time;
	int64_t person;
	char person_name[NAME_SIZE];
	enum note_kind kind;
	char *text;
};
void note_clear(struct note *note);

/* The answer to a judged rule: yes = the rule holds. */
struct judgement {
	char rule[CODE_SIZE];
	bool holds;
};

/* An organisation known before: fills in its kind and e-mail domain. */
struct organisation {
	int64_t id;
	char *name;
	char kind[CODE_SIZE];
	char *email_domain;
	char from[DAY_SIZE]; /* first day, or "" */
	char to[DAY_SIZE];   /* last day, or "" */
};
void organisation_clear(struct organisation *organisation);

/* Somebody who signed or countersigned a request before. */
struct officer {
	char *name;
	char *rank;
	char *number;
	char *email; /* "" for a countersigner */
};
void officers_clear(struct officer *officers, size_t count);

/* A row of the rulebook as stored; version numbers grow with each change. */
struct rule_row {
	int64_t id;
	int version; /* in which it came in */
	int until;   /* version from which it is gone; 0: in force */
	int kind;    /* of rulebook.h */
	char scope[CODE_SIZE];
	char value[128];
	char from[DAY_SIZE];
	char to[DAY_SIZE];
	bool mend; /* reaches undecided receipts received before from */
};

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
