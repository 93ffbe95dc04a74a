/*
 * The checks of interface.md section 4: what is right, missing or wrong with a
 * request, each with a sentence the requester understands and its source. They
 * advise; a person decides. No sentence repeats what was typed, so none names
 * a person. Pure: the rulebook and today are arguments.
 */
#ifndef TRACEDESK_CORE_RULES_H
#define TRACEDESK_CORE_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/rulebook.h"
#include "db/records.h"

enum { RULE_COUNT = 22, RULES_SENTENCE_SIZE = 512, RULES_WHY_SIZE = 1024 };

/* clang-format off */
#define RULE_RESULTS(X) \
	X(RULE_PASS, "pass") \
	X(RULE_FAIL, "fail") \
	X(RULE_WARN, "warn") \
	X(RULE_OPEN, "open") \
	X(RULE_NOT_APPLICABLE, "not_applicable")
/* clang-format on */

#define RULE_RESULT_VALUE(constant, code) constant,
enum rule_result { RULE_RESULTS(RULE_RESULT_VALUE) };

/* The sentence of every check that the service has not. */
#define RULES_NOT_ASKED "This service does not ask for it."

enum rule_advice { ADVICE_NONE, ADVICE_ACCEPT, ADVICE_QUERY, ADVICE_REJECT };

const char *rule_result_code(enum rule_result result);
/* NULL for ADVICE_NONE. */
const char *rule_advice_code(enum rule_advice advice);

struct finding;
struct rules_input;
typedef void rule_check(const struct rules_input *input, struct finding *finding);

struct rule {
	const char *code;
	const char *services;	 /* service codes parted by blanks; "" is every service */
	enum rule_advice advice; /* what a fail leads to; none for the one that never fails */
	bool is_judged;		 /* a person answers it: request judge */
	rule_check *check;
	const char *source;
};

/* In the order of interface.md; index below RULE_COUNT. */
const struct rule *rule_at(size_t index);
/* NULL when no rule has that code. */
const struct rule *rule_find(const char *code);

/* May the rulebook require the column of a form? */
bool rules_may_require(const char *column);

/* A person's answer to a judged rule: yes, the rule holds, or no. */
struct rule_judgement {
	const char *rule;
	bool holds;
};

struct rules_input {
	const struct request *request;
	const struct service *service; /* NULL: not entered yet */
	const struct rulebook *rulebook;
	const struct rule_judgement *judgements; /* of one rule the last counts */
	size_t judgement_count;
	const char *const *exceptions; /* codes of rules, proposed or confirmed */
	size_t exception_count;
	const char *const *duplicates; /* references of receipts that may be the same */
	size_t duplicate_count;
	const char *today; /* stands in for a day received that is not entered yet */
};

struct finding {
	const struct rule *rule;
	enum rule_result result;
	bool waits;	  /* for something not entered yet or pending: no accept, no exception */
	bool is_excepted; /* named among the exceptions, whatever the result */
	char sentence[RULES_SENTENCE_SIZE];
};

/* One finding for each rule, in their order. */
void rules_check(const struct rules_input *input, struct finding out_findings[RULE_COUNT]);

/* The empty fields that checks wait for. Of subject fields those of the usual way, surname and
   birth date, though an NHS number would do. */
struct rules_needs {
	bool field[REQUEST_FIELD_COUNT];
	struct subject_needs {
		bool field[SUBJECT_FIELD_COUNT];
	} * subjects;		/* of a request without any: of one that might be added */
	size_t subject_count;	/* one at least */
	bool tells[RULE_COUNT]; /* what the rule waits for is among them */
};
void rules_needs(const struct rules_input *input, struct rules_needs *out_needs);
void rules_needs_clear(struct rules_needs *needs);

/* Reject if a failing rule says so, else query if any fails or warns, else accept. A failure that
   is excepted counts no more. */
enum rule_advice rules_advice(const struct finding findings[RULE_COUNT]);

/* May it be accepted: no check fails (exceptions apart), is open, or waits. When not, out_why says
   which: "2 checks fail (A, B); 1 is yours to judge (C)". */
bool rules_may_accept(const struct finding findings[RULE_COUNT], char out_why[RULES_WHY_SIZE]);
/* May it stay accepted: no check fails (exceptions apart) or is open. */
bool rules_may_stand(const struct finding findings[RULE_COUNT]);
/* May it be proposed with these exceptions: they are exactly the failing rules, at least one, and
   nothing is open or waits. */
bool rules_may_except(const struct finding findings[RULE_COUNT], char out_why[RULES_WHY_SIZE]);

#endif
