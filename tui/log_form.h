/*
 * The form of a request: its fields in the order of the papers, those of the
 * service that asks shown (core/template.h), and what it holds as a request.
 */
#ifndef TRACEDESK_TUI_LOG_FORM_H
#define TRACEDESK_TUI_LOG_FORM_H

#include "core/patch.h"
#include "core/rules.h"
#include "tui/form.h"

/* All fields of a request and of one subject, empty. */
void log_form_build(struct form *form, const char *today);
/* Adds the fields of one more subject; returns the first of them. */
struct form_field *log_form_add_subject(struct form *form);
/* Puts in what a request holds; subjects are added as they are needed. */
void log_form_set(struct form *form, const struct request *request);
/* Shows the fields of the service that the form names. */
void log_form_show(struct form *form);

/* What the form holds, as far as it can be taken; what it does not hold comes from base. Clear it.
 */
void log_form_request(
	const struct form *form, const struct request *base, struct request *out_request);
/* What of now differs from base. Clear it. False: nothing does. */
bool log_form_patch(
	const struct request *base, const struct request *now, struct request_patch *out_patch);
/* Somebody changed base to now meanwhile: what was not typed here follows. Writes what both
   changed, a line each, and the names of what followed. */
void log_form_follow(struct form *form, const struct request *base, const struct request *now,
	struct buffer *out_both);
/* Marks the fields that checks wait for. */
void log_form_need(struct form *form, const struct rules_needs *needs);
/* How many they are, of those shown. */
size_t log_form_needed(const struct form *form, size_t *out_shown);

#endif
