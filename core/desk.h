/*
 * The desk: one function for each thing a person can do; rights, states and
 * rules are decided here and nowhere else. Each change is one transaction with
 * its signed event; each refusal is an event too. A function returns how it
 * ended (the program's exit statuses of interface.md section 1) and fills a
 * notice, owned by the caller, with a sentence for people.
 */
#ifndef TRACEDESK_CORE_DESK_H
#define TRACEDESK_CORE_DESK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/desk_brief.h"
#include "core/desk_dbsb.h"
#include "core/desk_drafts.h"
#include "core/desk_files.h"
#include "core/desk_keeping.h"
#include "core/desk_life.h"
#include "core/desk_months.h"
#include "core/desk_trail.h"
#include "core/notice.h"
#include "db/records.h"
#include "db/secret.h"

struct desk;
struct filter;
struct tally;

/* Once at the program's start, before any secret: libraries, no core dumps. False: one did not
   start. */
bool desk_start(void);
/* Whether the program is installed set-group-ID, so that nobody gets at a store's files but
   through it. Otherwise who has them can use a program of his own: what people may do is then
   provable from the audit log's signatures and not enforced. */
bool desk_is_guarded(void);

struct desk_login {
	const char *store; /* path */
	const char *user;  /* log-in name */
	const struct secret *password;
};

/* Opens the store, unlocks it, writes the log-in event. A person whose password is a one-time one
   gets a desk that refuses everything but desk_passwd with DESK_LOCKED. */
enum desk_status desk_open(
	const struct desk_login *login, struct desk **out_desk, struct notice *out_notice);
void desk_close(struct desk *desk); /* wipes; NULL is fine */

const struct person *desk_person(const struct desk *desk);
/* Today in Europe/London (a demo store: its own day, or TRACEDESK_TODAY). */
const char *desk_today(const struct desk *desk);
/* The moment that events and rows get: now; in a demo store its own day at the time of day it is.
 */
int64_t desk_now(const struct desk *desk);
bool desk_is_demo(const struct desk *desk);
/* The same of a store that nobody has opened: its header is read, nothing else. False when it is
   none, too: opening it will say why. */
bool desk_store_is_demo(const char *path);
/* What should be told at the start (a missing -head, memory not locked), or "". */
const char *desk_warning(const struct desk *desk);
/* Writes the libraries of the store in use: "SQLite 3.40.1, libsodium 1.0.18". */
void desk_libraries(char *out_text, size_t size);

/* Stores and people */
struct desk_make {
	const char *store;
	const char *user;      /* the first administrator */
	const char *full_name; /* or NULL */
	const struct secret *password;
	const char *cut_over; /* YYYY-MM-DD, or NULL: today */
};
/* out_recovery: the recovery code, to be shown once; free with secret_free. Not NULL: there is a
   store, also when something failed after it came to its place. */
enum desk_status desk_make(
	const struct desk_make *make, struct secret **out_recovery, struct notice *out_notice);
/* Makes folder (if it is not there) with demo.tdk and NAME.password files (interface section 8). */
enum desk_status desk_demo(const char *folder, struct notice *out_notice);
enum desk_status desk_people(struct desk *desk, struct person **out_people, size_t *out_count,
	struct notice *out_notice); /* free each with person_clear, the array with mem_free */
/* What the header tells of people: have they key slots, until when are they locked (0: they are
   not). One for each of people. */
struct desk_key {
	bool has_slot;
	int64_t locked_until;
};
enum desk_status desk_people_keys(struct desk *desk, const struct person *people, size_t count,
	struct desk_key *out_keys, struct notice *out_notice);
/* password NULL: the desk makes a one-time password and hands it out once (free it). */
enum desk_status desk_user_add(struct desk *desk, const struct person *person,
	const struct secret *password, struct secret **out_password, struct notice *out_notice);
/* Roles, leaving, coming back. out_work: references parted by ';' of open receipts that are
   nobody's now; mem_free. Nobody does it to himself; the last administrator and the last supervisor
   stay. */
enum desk_status desk_user_disable(
	struct desk *desk, const char *name, char **out_work, struct notice *out_notice);
enum desk_status desk_user_role(struct desk *desk, const char *name, unsigned roles,
	char **out_work, struct notice *out_notice);
/* A one-time password and new keys, for who is back or has lost his; password and out_password as
   for desk_user_add. */
struct desk_renewal {
	const char *name;
	bool is_back; /* was disabled */
	const struct secret *password;
};
enum desk_status desk_user_renew(struct desk *desk, const struct desk_renewal *renewal,
	struct secret **out_password, struct notice *out_notice);
/* Ends a lock-out after wrong passwords. */
enum desk_status desk_user_unlock(struct desk *desk, const char *name, struct notice *out_notice);
enum desk_status desk_passwd(struct desk *desk, const struct secret *old_password,
	const struct secret *password, struct notice *out_notice);
/* Is a password good enough for name? DESK_REFUSED with the sentence when not. */
enum desk_status desk_password_check(
	const char *name, const struct secret *password, struct notice *out_notice);
struct desk_store_info {
	int format;
	bool is_demo;
	int page_size;
	const char *cipher;
	uint64_t kdf_memory_bytes;
	uint32_t kdf_passes;
	int64_t people, requests, submissions, events;
	bool locked_memory;
	int slots, slots_used; /* the recovery code's among them */
	bool has_recovery;
};
enum desk_status desk_store_info(
	struct desk *desk, struct desk_store_info *out_info, struct notice *out_notice);

/* Import: what = requests or dbsb. Bad rows come back as lines "FILE:LINE: COLUMN: WHY". */
struct desk_import {
	const char *path;
	char delimiter; /* ',' by default */
	bool dates_dmy; /* DD/MM/YYYY */
	bool charset_cp1252;
	bool dry_run;
};
struct desk_import_result {
	int64_t rows;	  /* data rows read */
	int64_t receipts; /* receipts or submissions stored (or that would be) */
	char *problems;	  /* lines, or NULL; free with mem_free */
};
enum desk_status desk_import_requests(struct desk *desk, const struct desk_import *import,
	struct desk_import_result *out_result, struct notice *out_notice);
enum desk_status desk_import_submissions(struct desk *desk, const struct desk_import *import,
	struct desk_import_result *out_result, struct notice *out_notice);

/* Receipts. A page of the list, newest received first, by key: after row `after` (NULL: from the
   start), or before it when backwards is set (rows still newest first). Free with
   request_rows_clear and mem_free. */
struct request_page {
	const struct request_row *after;
	bool backwards;
	size_t limit;
	const struct filter *filter; /* of core/filter.h; NULL: all */
	bool is_running; /* a list that was begun before: reading its start again is no search */
};
/* The start of a list by words is an event; paging writes nothing. DESK_USAGE: assigned to nobody
   there is. Rows that the person may not open come masked. */
enum desk_status desk_requests(struct desk *desk, const struct request_page *page,
	struct request_row **out_rows, size_t *out_count, struct notice *out_notice);
/* Where the words of a filter stand in a receipt that it found (core/search_words.h), "" without
   words or for who may not open it; the search is the event. Free with mem_free. */
enum desk_status desk_request_places(struct desk *desk, const char *reference,
	const struct filter *filter, char **out_places, struct notice *out_notice);
/* filter NULL: all. */
enum desk_status desk_requests_total(struct desk *desk, const struct filter *filter,
	int64_t *out_total, struct notice *out_notice);
/* Counts into a tally of core/tally.h; by words it is an event. */
enum desk_status desk_request_count(struct desk *desk, const struct filter *filter,
	struct tally *tally, struct notice *out_notice);
/* Writes the receipts that a filter leaves as CSV of interface section 5, for a supervisor with a
   reason; flagged ones, too, and the event says how many. */
struct desk_export {
	const struct filter *filter; /* without words: all */
	const char *because;
	bool spreadsheet; /* guards cells that start like a formula */
	desk_write *write;
	void *with;
};
enum desk_status desk_request_export(struct desk *desk, const struct desk_export *wanted,
	int64_t *out_receipts, struct notice *out_notice);
/* Opens one receipt: the opening is durable in the trail before it is handed out. because: the
   reason a caseworker gives for one decided over 90 days ago, or NULL. */
enum desk_status desk_request_open(struct desk *desk, const char *reference, const char *because,
	struct request *out_request, struct notice *out_notice);
/* Reads a receipt again that stays open, after a move of one's own: the same opening, so nothing
   more is written. Where another was opened meanwhile it is an opening like any. */
enum desk_status desk_request_again(struct desk *desk, const char *reference, const char *because,
	struct request *out_request, struct notice *out_notice);
/* Will it want one? Asking first is kinder than a refusal, which is recorded. */
bool desk_request_needs_reason(const struct desk *desk, const struct request_row *row);
enum desk_status desk_services(struct desk *desk, struct service **out_services, size_t *out_count,
	struct notice *out_notice); /* in register order; service_clear, mem_free */

#endif
