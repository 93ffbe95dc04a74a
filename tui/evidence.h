/*
 * What the form said about each check: the fields a reviewer looks at.
 */
#ifndef TRACEDESK_TUI_EVIDENCE_H
#define TRACEDESK_TUI_EVIDENCE_H

#include "tui/page.h"

/* Puts the fields that a rule reads, of the request and of its subjects. */
void evidence_put(struct page *page, const struct request *request, const char *rule);

#endif
