/*
 * What stands beside a receipt: decisions, notes, judgements; and what it is
 * checked against: organisations, rows of the rulebook. Part of db/records.h.
 */
#ifndef TRACEDESK_DB_BESIDE_H
#define TRACEDESK_DB_BESIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "db/fields.h"
#include "db/stored.h"

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

/* A letter of a receipt that was printed or has gone. */
struct letter_row {
	int64_t id; /* of one that has gone, whose words are kept; 0: printed */
	enum letter_kind kind;
	int64_t time;
	char person_name[NAME_SIZE];
	char sent_on[DAY_SIZE]; /* "" when it was printed */
	char channel[CODE_SIZE];
	char format[CODE_SIZE]; /* it was printed in */
};

/* A file attached to a receipt. */
struct receipt_file {
	int64_t id;
	int64_t request;
	int64_t number; /* among those of its receipt, from 1 */
	int64_t time;
	int64_t person;
	char person_name[NAME_SIZE];
	char *name; /* as it was called, without folders: any bytes */
	int64_t size;
};
void receipt_file_clear(struct receipt_file *file);

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

/* A bank holiday of England and Wales. */
struct holiday {
	char day[DAY_SIZE];
	char title[96];
};

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

#endif
