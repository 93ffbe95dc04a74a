/*
 * Rows changed since the last event, collected by SQLite's update hook for
 * every table that the trail covers, so that no change can leave the trail out:
 * event_append takes their images, store_commit refuses what no event covers.
 */
#ifndef TRACEDESK_DB_CHANGES_H
#define TRACEDESK_DB_CHANGES_H

#include "db/store_private.h"

/* Tables that the trail covers, by the number written into payloads: never used again. */
#define COVERED_TABLES(X)                             \
	X(COVERED_SETTINGS, 1, settings)              \
	X(COVERED_PEOPLE, 2, people)                  \
	X(COVERED_PERSON_KEYS, 3, person_keys)        \
	X(COVERED_SERVICES, 4, services)              \
	X(COVERED_REQUESTS, 5, requests)              \
	X(COVERED_SUBJECTS, 6, subjects)              \
	X(COVERED_SUBMISSIONS, 7, submissions)        \
	X(COVERED_IMPORTS, 8, imports)                \
	X(COVERED_MONTHS, 9, months)                  \
	X(COVERED_DECISIONS, 10, decisions)           \
	X(COVERED_NOTES, 11, notes)                   \
	X(COVERED_JUDGEMENTS, 12, judgements)         \
	X(COVERED_LINKS, 13, links)                   \
	X(COVERED_ORGANISATIONS, 14, organisations)   \
	X(COVERED_RULEBOOK, 15, rulebook)             \
	X(COVERED_LOGIN_FAILURES, 16, login_failures) \
	X(COVERED_LETTERS, 17, letters)               \
	X(COVERED_HOLIDAYS, 18, holidays)             \
	X(COVERED_FILES, 19, files)                   \
	X(COVERED_MONTH_SERVICES, 20, month_services) \
	X(COVERED_MONTH_CASES, 21, month_cases)       \
	X(COVERED_MONTH_FIGURES, 22, month_figures)

#define COVERED_VALUE(constant, number, table) constant = number,
enum covered_table { COVERED_TABLES(COVERED_VALUE) COVERED_END };

struct change {
	enum covered_table table;
	int64_t row;
};

struct changes *changes_new(void);
void changes_free(struct changes *changes);
/* Starts collecting what the connection changes. */
void changes_watch(struct changes *changes, sqlite3 *db);
void changes_forget(struct changes *changes);
size_t changes_count(const struct changes *changes);
struct change changes_at(const struct changes *changes, size_t index);
const char *covered_table_name(enum covered_table table);

/* Receipts inserted in this transaction whose words are not in the index yet (db/request_words.h);
   changes_end forgets them, too. */
size_t changes_unindexed(const struct changes *changes);
void changes_indexed(struct changes *changes, int64_t request);
/* The transaction is over. */
void changes_end(struct changes *changes);

#endif
