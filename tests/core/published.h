/*
 * The published register (tests/golden) for the tests: its files, its cells, and
 * the comparison of the text layouts that interface.md section 7 describes.
 */
#ifndef TRACEDESK_TESTS_CORE_PUBLISHED_H
#define TRACEDESK_TESTS_CORE_PUBLISHED_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buffer.h"
#include "core/figures.h"

/* The whole file; fails the test when it is not there. */
void published_read(const char *name, struct buffer *out);
/* Runs of blanks, rules, empty lines, DEMO and Provisional lines squeezed out, up to the line
   "Explanation of terms". */
void published_squeeze(const char *text, struct buffer *out);
/* Calls check with each row of a golden csv, "month,section,measure,service,value"; how many. */
typedef void published_check(void *context, const char *row);
size_t published_rows(const char *name, published_check *check, void *context);
/* The whole line stands in text. */
bool published_has_line(const char *text, const char *line);
/* The shipped ones, for figures_make to take over. */
struct service *published_services(void);
/* Figures of the shipped services from counts; fails the test with the sentence when refused. */
struct figures *published_figures(const char *period, const struct figures_counts *counts);

#endif
