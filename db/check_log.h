/*
 * What store check finds in the log, and what it learns there of the pages.
 */
#ifndef TRACEDESK_DB_CHECK_LOG_H
#define TRACEDESK_DB_CHECK_LOG_H

#include "db/check.h"

/* What the log holds: the pages of its commits, each newer than what lies in the store. */
struct log_pages {
	uint8_t *bits; /* mem_free */
	size_t size;
	uint32_t in_all; /* pages that the database has by its last commit; 0: there is none */
};
bool log_pages_have(const struct log_pages *pages, uint32_t page);

/* Nobody writes meanwhile. Goes on after what it finds; DB_OK also then. */
enum db_status check_log(struct check *check, struct log_pages *out_pages);

#endif
