/*
 * What the parts of the demo data share: a generator that always gives the same
 * numbers, working days, pools of invented people, and the makers of cases.
 */
#ifndef TRACEDESK_CORE_DEMO_PRIVATE_H
#define TRACEDESK_CORE_DEMO_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buffer.h"
#include "core/demo_data.h"
#include "core/nhs_number.h"
#include "db/records.h"

/* Numbers that look thrown: one sequence for each stream and index, so that a case stays as it is
   when others are added. */
struct demo_dice {
	uint64_t state;
};
enum demo_stream { DEMO_ORDER, DEMO_DAYS, DEMO_CASES, DEMO_OPEN, DEMO_BATCHES };

void demo_dice_init(struct demo_dice *dice, enum demo_stream stream, size_t index);
/* 0 to sides - 1. */
size_t demo_roll(struct demo_dice *dice, size_t sides);
/* least to most. */
int demo_between(struct demo_dice *dice, int least, int most);
bool demo_chance(struct demo_dice *dice, int percent);

/* The working days of a month, counted as in calendar.h; how many. Weekends and bank holidays are
   none. */
enum { DEMO_MOST_WORKING_DAYS = 23 };
size_t demo_working_days(const char *month, int32_t out_days[DEMO_MOST_WORKING_DAYS]);

/* People */
struct demo_name {
	const char *surname;
	const char *forenames;
	const char *aliases;
	const char *sex;
};
/* What may be used once only. Starts as zeros. */
struct demo_used {
	unsigned nhs_number;
	size_t rare_name;
	size_t request;
};
/* A name of an everyday kind, in Latin letters. */
void demo_plain_name(struct demo_dice *dice, struct demo_name *out_name);
/* Mostly a plain name; now and then the next of those that try a screen, until all were used. */
void demo_subject_name(struct demo_dice *dice, struct demo_used *used, struct demo_name *out_name);
const char *demo_forename(struct demo_dice *dice, const char *sex);
/* The next number of the test range with a valid check digit. */
void demo_nhs_number(struct demo_used *used, char out_number[NHS_NUMBER_SIZE]);
/* A street and a place that are none, and a postcode of an area that is none. */
void demo_address(struct demo_dice *dice, char **out_address, char **out_postcode);

/* One receipt to be made. */
struct demo_plan {
	const char *service;
	enum request_state outcome; /* STATE_RECEIVED for an open one */
	int32_t received;
	int32_t decided;
	size_t index; /* in its stream; of an open one, its row */
};
void demo_request_make(
	const struct demo_plan *plan, struct demo_used *used, struct request *out_request);
/* Spoils a good request so that it is rejected, and writes the reasons. */
void demo_request_spoil(struct demo_dice *dice, struct request *request);

/* A form that was good, changed. */
enum demo_change_kind {
	DEMO_CHANGE_NONE, /* ends a row */
	DEMO_CHANGE_TEXT,
	DEMO_CHANGE_DAY,     /* number of days after the receipt */
	DEMO_CHANGE_COPY,    /* number is the field copied */
	DEMO_CHANGE_SUBJECT, /* a field of every subject */
};
struct demo_change {
	enum demo_change_kind kind;
	int field;
	const char *text;
	int number;
};
enum { DEMO_MOST_CHANGES = 7 };
void demo_request_change(
	struct request *request, const struct demo_change changes[DEMO_MOST_CHANGES]);
/* To write rows of changes with. */
#define TEXT(field, text)                        \
	{                                        \
		DEMO_CHANGE_TEXT, field, text, 0 \
	}
#define DAY(field, days)                         \
	{                                        \
		DEMO_CHANGE_DAY, field, "", days \
	}
#define COPY(field, from)                         \
	{                                         \
		DEMO_CHANGE_COPY, field, "", from \
	}
#define SUBJECT(field, text)                        \
	{                                           \
		DEMO_CHANGE_SUBJECT, field, text, 0 \
	}

/* An open receipt as its form came. */
struct demo_form {
	const char *service;
	const char *received;
	size_t subjects;
	struct demo_change changes[DEMO_MOST_CHANGES];
};
const struct demo_form *demo_form_at(size_t index);

void demo_submissions_make(struct submission **out_submissions, size_t *out_count);

#endif
