/*
 * What a person gives of a receipt: the JSON objects of --from (interface.md
 * section 1) as structs of ours, each value by the check of its column. Pure.
 */
#ifndef TRACEDESK_CORE_PATCH_H
#define TRACEDESK_CORE_PATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "db/records.h"

/* What was given of a request: the columns of section 5 that came, each with its value. */
struct request_patch {
	bool has_field[REQUEST_INTAKE_COUNT];
	bool has_subjects; /* then values.subjects replace those there were */
	struct request values;
};
void request_patch_clear(struct request_patch *patch);

/* One subject's trace answer. */
struct trace_answer {
	const char *trace_code;
	const char *matched_on;	      /* columns parted by ';' */
	const char *s_flag;	      /* "yes" or "no": no default */
	const char *identity_changed; /* likewise */
	const char *values;	      /* JSON object: item to text; "" for none */
};

struct guardian_decision {
	const char *guardian;
	const char *decided; /* YYYY-MM-DD */
	bool withhold;
	const char *items; /* parted by ';' */
	const char *recipient;
	const char *note;
};

/* Another outcome of a decided receipt. */
struct correction {
	const char *outcome;
	const char *reasons; /* of a rejection, parted by ';' */
	const char *reason;  /* why it is corrected */
};

/* What went wrong with a receipt: interface.md section 3. */
struct incident {
	const char *what;
	const char *when;      /* YYYY-MM-DD */
	const char *told;      /* who was told */
	const char *reference; /* of whoever was told */
};

/* Which object it is. */
enum patch_kind {
	PATCH_REQUEST, /* add, edit, answer */
	PATCH_TRACE,
	PATCH_NO_TRACE,
	PATCH_GUARDIAN,
	PATCH_QUERY,
	PATCH_CORRECTION,
	PATCH_INCIDENT,
};

enum patch_status {
	PATCH_OK,
	PATCH_MISUSED, /* exit 2: not JSON, an unknown key */
	PATCH_REFUSED, /* exit 1: a value that cannot be taken, one that is missing */
};

enum { PATCH_WHY_SIZE = 1024 };

/* One object, read. What its kind does not have is "", NULL or 0. The texts live until it is
   cleared. */
struct patch {
	struct request_patch request;
	struct trace_answer *answers;
	size_t answer_count;
	const char *items;
	const char *recipient;
	const char *trace_code;
	const char *sources;
	struct guardian_decision guardian;
	struct incident incident;
	struct correction correction;
	const char *ask;
	char why[PATCH_WHY_SIZE]; /* "COLUMN: WHY", when it is not PATCH_OK; quotes no value */
	char **kept;		  /* the texts above, owned */
	size_t kept_count;
};

/* Reads bytes of UTF-8. Clear the patch however it ended. */
enum patch_status patch_read(
	enum patch_kind kind, const char *bytes, size_t size, struct patch *out_patch);
void patch_clear(struct patch *patch);

#endif
