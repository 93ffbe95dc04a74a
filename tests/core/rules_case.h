/*
 * Requests for the tests of the checks: taken from golden/checks.json, changed
 * by columns, with the shipped services of domain.md section 3.
 */
#ifndef TRACEDESK_TESTS_CORE_RULES_CASE_H
#define TRACEDESK_TESTS_CORE_RULES_CASE_H

#include <jansson.h>

#include "core/rules.h"

/* golden/checks.json; free with json_decref. Fails the test when it cannot be read. */
json_t *golden_read(void);
/* The case of that name; fails the test when there is none. */
const json_t *golden_find(const json_t *golden, const char *name);
/* Fills an initialised request from the request object of a case. */
void case_load(const json_t *object, struct request *request);
/* "column=value|2.subject_surname=value": subjects count from 1 and are made as needed. */
void case_change(struct request *request, const char *changes);
/* NULL for an unknown code. */
const struct service *case_service(const char *code);
/* An input with the shipped rulebook, the service of the request and 2021-01-04 as today. */
struct rules_input case_input(const struct request *request);
/* The finding of a rule; fails the test for an unknown code. */
const struct finding *case_finding(const struct finding *findings, const char *rule);

#endif
