/*
 * Receiving submissions, how they end, and corrections of them. What can be
 * said of one submission alone is the pure core/submission.h's; which months are
 * closed and who else has the reference, the store knows.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/codes.h"
#include "core/desk_private.h"
#include "core/desk_rulebook.h"
#include "core/email.h"
#include "core/submission.h"
#include "db/submissions.h"

/* A change under way: one transaction. */
struct dbsb {
	struct desk *desk;
	enum deed deed;
	const char *reference; /* "" while it has none */
	struct notice *notice;
	char *value[SUBMISSION_FIELD_COUNT]; /* as it is to be; owned */
	bool is_given[SUBMISSION_FIELD_COUNT];
	struct submission submission; /* the same, filled */
	char *because;		      /* why it is corrected */
};

__attribute__((format(printf, 2, 3))) static enum desk_status dbsb_refuse(
	struct dbsb *dbsb, const char *format, ...)
{
	const char *what = *dbsb->reference ? dbsb->reference : deed_name(dbsb->deed);
	char why[1024];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	return notice_set(dbsb->notice, DESK_REFUSED, "%s: %s", what, why);
}

static void dbsb_set(struct dbsb *dbsb, enum submission_field field, const char *value)
{
	mem_free(dbsb->value[field]);
	dbsb->value[field] = mem_text(value);
}

static void dbsb_clear(struct dbsb *dbsb)
{
	for (int field = 0; field < SUBMISSION_FIELD_COUNT; field++)
		mem_free(dbsb->value[field]);
	mem_free(dbsb->because);
	submission_clear(&dbsb->submission);
}

/* The record as the values of its columns. */
static void dbsb_read(struct dbsb *dbsb)
{
	const struct submission *from = &dbsb->submission;
	char number[24];

	dbsb_set(dbsb, SUBMISSION_FIELD_REFERENCE, from->reference);
	dbsb_set(dbsb, SUBMISSION_FIELD_RECEIVED, from->received);
	dbsb_set(dbsb, SUBMISSION_FIELD_ORGANISATION, from->organisation);
	dbsb_set(dbsb, SUBMISSION_FIELD_CONTACT_EMAIL, from->contact_email);
	dbsb_set(dbsb, SUBMISSION_FIELD_STATUS, submission_status_code((int)from->status));
	dbsb_set(dbsb, SUBMISSION_FIELD_REASON, from->reason);
	dbsb_set(dbsb, SUBMISSION_FIELD_COMPLETED, from->completed);
	dbsb_set(dbsb, SUBMISSION_FIELD_TRANSACTIONS, "");
	dbsb_set(dbsb, SUBMISSION_FIELD_SINGLE_MATCH, "");
	dbsb_set(dbsb, SUBMISSION_FIELD_NOTE, from->note);
	if (from->status != SUBMISSION_PROCESSED)
		return;
	(void)snprintf(number, sizeof(number), "%" PRId64, from->transactions);
	dbsb_set(dbsb, SUBMISSION_FIELD_TRANSACTIONS, number);
	(void)snprintf(number, sizeof(number), "%" PRId64, from->single_match);
	dbsb_set(dbsb, SUBMISSION_FIELD_SINGLE_MATCH, number);
}

static enum desk_status setting_take(struct dbsb *dbsb, const struct desk_setting *setting)
{
	const struct column *column = submission_column_find(setting->name);
	char why[256];
	char *value;

	if (!column)
		return notice_set(dbsb->notice, DESK_USAGE,
			"%s: unknown key \"%s\"; the keys are the columns of tracedesk-import(5)",
			deed_name(dbsb->deed), setting->name);
	value = column_accept(column, setting->value, false, why, sizeof(why));
	if (!value)
		return dbsb_refuse(dbsb, "%s %s; correct it and try again", column->label, why);
	mem_free(dbsb->value[column->field]);
	dbsb->value[column->field] = value;
	dbsb->is_given[column->field] = true;
	return DESK_OK;
}

static void first_problem(void *context, const char *column, const char *why)
{
	struct dbsb *dbsb = context;

	if (dbsb->notice->status == DESK_OK)
		(void)dbsb_refuse(dbsb, "%s %s; correct it and try again",
			submission_column_find(column)->label, why);
}

/* Fills the record from the values; they must go together. */
static enum desk_status dbsb_fill(struct dbsb *dbsb)
{
	const struct submission_check check = { dbsb->desk->today, first_problem, dbsb };
	int64_t id = dbsb->submission.id;
	struct submission_text text;

	for (int field = 0; field < SUBMISSION_FIELD_COUNT; field++)
		text.field[field] = dbsb->value[field] ? dbsb->value[field] : "";
	submission_clear(&dbsb->submission);
	submission_init(&dbsb->submission);
	dbsb->submission.id = id;
	submission_fill(&dbsb->submission, &text);
	dbsb->notice->status = DESK_OK;
	submission_check(&dbsb->submission, &text, &check);
	return dbsb->notice->status;
}

static enum desk_status must_be_open(struct dbsb *dbsb, const char *what, const char *day)
{
	char closed_to[8], month[8], shown[32];
	enum db_status stored = desk_closed_to(dbsb->desk, closed_to);

	if (stored != DB_OK)
		return desk_failed(dbsb->desk->store, stored, dbsb->notice);
	if (!day_is_in_closed(day, closed_to))
		return DESK_OK;
	(void)snprintf(month, sizeof(month), "%.7s", day);
	month_shown(month, shown);
	return dbsb_refuse(dbsb,
		"%s %s is closed; choose a later day, or let a supervisor"
		" correct the submission and revise the month",
		what, shown);
}

static enum desk_status dbsb_failed(struct dbsb *dbsb, enum db_status stored)
{
	return desk_failed(dbsb->desk->store, stored, dbsb->notice);
}

static enum desk_status dbsb_load(struct dbsb *dbsb)
{
	enum db_status stored =
		submissions_load(dbsb->desk->store, dbsb->reference, &dbsb->submission);

	if (stored == DB_NONE)
		return dbsb_refuse(
			dbsb, "there is no such submission; `tracedesk dbsb list` shows them");
	if (stored == DB_OK)
		dbsb_read(dbsb);
	return dbsb_failed(dbsb, stored);
}

/* Writes the row (new while it has no id) and its event, and ends the transaction; a refusal rolls
   back and is an event. Hands the submission out. */
static enum desk_status dbsb_end(struct dbsb *dbsb, enum event_kind kind, enum desk_status status,
	struct submission *out_submission)
{
	struct submission *row = &dbsb->submission;
	const struct event_detail because = { "because", dbsb->because };
	struct desk_event event = { kind, row->reference, &because, dbsb->because ? 1 : 0 };
	struct store *store = dbsb->desk->store;
	enum db_status stored;

	if (status == DESK_OK) {
		stored = row->id ? submissions_update(store, row) : submissions_insert(store, row);
		if (stored == DB_REFUSED)
			status = dbsb_refuse(dbsb,
				"reference %s is taken; leave it out and the next one is given",
				row->reference);
		else if (stored != DB_OK)
			status = dbsb_failed(dbsb, stored);
	}
	if (status == DESK_OK) {
		status = dbsb_failed(dbsb, desk_end(dbsb->desk, desk_event(dbsb->desk, &event)));
	} else {
		store_rollback(store);
		status =
			desk_refused(dbsb->desk, dbsb->deed, dbsb->reference, status, dbsb->notice);
	}
	if (status == DESK_OK) {
		*out_submission = *row;
		*row = (struct submission) { 0 };
	}
	dbsb_clear(dbsb);
	return status;
}

static enum desk_status dbsb_begin(struct dbsb *dbsb)
{
	enum desk_status status = desk_allow(dbsb->desk, dbsb->deed, dbsb->reference, dbsb->notice);

	if (status != DESK_OK)
		return status;
	return dbsb_failed(dbsb, store_begin(dbsb->desk->store));
}

/* Receiving */

enum desk_status desk_submission_receive(struct desk *desk,
	const struct desk_submission_given *given, struct submission *out_submission,
	struct notice *out_notice)
{
	struct dbsb dbsb = {
		.desk = desk, .deed = DEED_DBSB_RECEIVE, .reference = "", .notice = out_notice
	};
	enum desk_status status = dbsb_begin(&dbsb);

	if (status != DESK_OK)
		return status;
	dbsb_set(&dbsb, SUBMISSION_FIELD_RECEIVED, desk->today);
	for (size_t i = 0; i < given->count && status == DESK_OK; i++)
		status = setting_take(&dbsb, &given->settings[i]);
	if (status == DESK_OK)
		status = dbsb_fill(&dbsb);
	if (status == DESK_OK && dbsb.submission.status != SUBMISSION_RECEIVED)
		status = dbsb_refuse(&dbsb,
			"Status is received for a new one; receive it, then reject, withdraw or"
			" process it");
	if (status == DESK_OK)
		status = must_be_open(&dbsb, "Received:", dbsb.submission.received);
	return dbsb_end(&dbsb, EVENT_SUBMISSION_RECEIVED, status, out_submission);
}

enum desk_status desk_submission_contact(struct desk *desk, const struct submission *submission,
	char out_sentence[DESK_CONTACT_SIZE], struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_DBSB_SHOW, NULL, out_notice);
	char domain[EMAIL_DOMAIN_SIZE];
	struct rulebook rulebook;
	enum db_status stored;

	*out_sentence = '\0';
	if (status != DESK_OK || submission->status != SUBMISSION_RECEIVED)
		return status;
	if (!email_read_domain(submission->contact_email, domain)) {
		(void)snprintf(out_sentence, DESK_CONTACT_SIZE,
			"The contact's e-mail is not one plain address, so no secure domain: reject"
			" it for an insecure e-mail domain, or ask.");
		return DESK_OK;
	}
	stored = desk_rulebook_load(desk->store, 0, true, &rulebook);
	if (stored != DB_OK)
		return desk_failed(desk->store, stored, out_notice);
	if (!email_secure_row(&rulebook, "", submission->received, domain))
		(void)snprintf(out_sentence, DESK_CONTACT_SIZE,
			"The contact's e-mail domain (%s) is not a secure one: reject it for"
			" that, or ask.",
			domain);
	desk_rulebook_clear(&rulebook);
	return DESK_OK;
}

/* How it ends */

static const struct ending {
	enum submission_status status;
	enum deed deed;
	enum event_kind event;
} endings[] = {
	{ SUBMISSION_REJECTED, DEED_DBSB_REJECT, EVENT_SUBMISSION_REJECTED },
	{ SUBMISSION_WITHDRAWN, DEED_DBSB_WITHDRAW, EVENT_SUBMISSION_WITHDRAWN },
	{ SUBMISSION_PROCESSED, DEED_DBSB_PROCESS, EVENT_SUBMISSION_PROCESSED },
};

static const struct ending *ending_find(enum submission_status status)
{
	const struct ending *ending = endings;

	while (ending->status != status)
		ending++;
	return ending;
}

/* Counts as the columns take them. */
static enum desk_status count_put(struct dbsb *dbsb, enum submission_field field, int64_t count)
{
	char number[24];
	const struct desk_setting setting = { submission_column_at(field)->name, number };

	(void)snprintf(number, sizeof(number), "%" PRId64, count);
	return setting_take(dbsb, &setting);
}

static enum desk_status end_put(struct dbsb *dbsb, const struct desk_submission_end *end)
{
	const struct desk_setting reason = { "reason", end->reason ? end->reason : "" };
	const struct desk_setting day = { "completed", end->on ? end->on : dbsb->desk->today };
	enum desk_status status = setting_take(dbsb, &day);

	dbsb_set(dbsb, SUBMISSION_FIELD_STATUS, submission_status_code((int)end->status));
	if (status == DESK_OK && end->status == SUBMISSION_REJECTED)
		status = setting_take(dbsb, &reason);
	if (status == DESK_OK && end->status == SUBMISSION_PROCESSED)
		status = count_put(dbsb, SUBMISSION_FIELD_TRANSACTIONS, end->transactions);
	if (status == DESK_OK && end->status == SUBMISSION_PROCESSED)
		status = count_put(dbsb, SUBMISSION_FIELD_SINGLE_MATCH, end->single_match);
	return status == DESK_OK ? dbsb_fill(dbsb) : status;
}

enum desk_status desk_submission_end(struct desk *desk, const struct desk_submission_end *end,
	struct submission *out_submission, struct notice *out_notice)
{
	const struct ending *ending = ending_find(end->status);
	struct dbsb dbsb = { .desk = desk,
		.deed = ending->deed,
		.reference = end->reference,
		.notice = out_notice };
	enum desk_status status = dbsb_begin(&dbsb);

	if (status != DESK_OK)
		return status;
	status = dbsb_load(&dbsb);
	if (status == DESK_OK && dbsb.submission.status != SUBMISSION_RECEIVED)
		status = dbsb_refuse(&dbsb,
			"it is %s already; a supervisor can correct it with `tracedesk dbsb"
			" correct`",
			submission_status_code((int)dbsb.submission.status));
	if (status == DESK_OK)
		status = end_put(&dbsb, end);
	if (status == DESK_OK)
		status = must_be_open(&dbsb, "Completed:", dbsb.submission.completed);
	return dbsb_end(&dbsb, ending->event, status, out_submission);
}

/* Corrections */

/* What was given, but for why; a reason that is no code is why, where no code can stand. */
static enum desk_status correction_put(struct dbsb *dbsb, const struct desk_submission_given *given)
{
	enum desk_status status = DESK_OK;

	if (given->because && *given->because)
		dbsb->because = mem_text(given->because);
	for (size_t i = 0; i < given->count && status == DESK_OK; i++) {
		const struct desk_setting *setting = &given->settings[i];
		bool is_why = strcmp(setting->name, "reason") == 0 && *setting->value != '\0' &&
			      !code_label(code_set_find("dbsb_reason"), setting->value);

		if (!is_why) {
			status = setting_take(dbsb, setting);
		} else {
			char why[256];

			mem_free(dbsb->because);
			dbsb->because = column_accept(submission_column_find("note"),
				setting->value, false, why, sizeof(why));
			if (!dbsb->because)
				status = dbsb_refuse(
					dbsb, "reason %s; correct it and try again", why);
		}
	}
	if (!dbsb->because && status == DESK_OK && dbsb->is_given[SUBMISSION_FIELD_NOTE] &&
		*dbsb->value[SUBMISSION_FIELD_NOTE])
		dbsb->because = mem_text(dbsb->value[SUBMISSION_FIELD_NOTE]);
	return status;
}

/* A status that is given brings its own columns: those of the status before go with it. */
static void status_settle(struct dbsb *dbsb)
{
	const char *status = dbsb->value[SUBMISSION_FIELD_STATUS];
	const struct {
		enum submission_field field;
		const char *of; /* NULL: every status but received */
	} columns[] = {
		{ SUBMISSION_FIELD_REASON, "rejected" },
		{ SUBMISSION_FIELD_TRANSACTIONS, "processed" },
		{ SUBMISSION_FIELD_SINGLE_MATCH, "processed" },
		{ SUBMISSION_FIELD_COMPLETED, NULL },
	};

	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		bool goes = columns[i].of ? strcmp(columns[i].of, status) == 0
					  : strcmp(status, "received") != 0;

		if (!goes && !dbsb->is_given[columns[i].field])
			dbsb_set(dbsb, columns[i].field, "");
	}
}

static bool is_same(const struct submission *a, const struct submission *b)
{
	return a->status == b->status && a->transactions == b->transactions &&
	       a->single_match == b->single_match && strcmp(a->received, b->received) == 0 &&
	       strcmp(a->completed, b->completed) == 0 && strcmp(a->reason, b->reason) == 0 &&
	       strcmp(a->organisation, b->organisation) == 0 &&
	       strcmp(a->contact_email, b->contact_email) == 0 && strcmp(a->note, b->note) == 0;
}

static enum desk_status correction_check(struct dbsb *dbsb, const struct submission *before)
{
	const struct submission *now = &dbsb->submission;
	char begins[8];
	enum db_status stored = desk_register_begins(dbsb->desk, begins);

	if (stored != DB_OK)
		return dbsb_failed(dbsb, stored);
	if (strcmp(now->reference, before->reference) != 0)
		return dbsb_refuse(dbsb, "a reference stays as it is; leave it out");
	if (!dbsb->because)
		return dbsb_refuse(dbsb, "why it is corrected is missing; write it in the note%s",
			now->status == SUBMISSION_REJECTED ? "" : " or the reason");
	if (before->status == SUBMISSION_RECEIVED && now->status != SUBMISSION_RECEIVED)
		return dbsb_refuse(dbsb, "it has not ended yet; reject, withdraw or process it");
	if (strncmp(now->received, begins, 7) < 0 ||
		(*now->completed && strncmp(now->completed, begins, 7) < 0))
		return dbsb_refuse(dbsb,
			"the register begins with %s, whose month is closed; no day lies before it",
			begins);
	if (is_same(before, now))
		return dbsb_refuse(dbsb, "it says so already; nothing is changed");
	return DESK_OK;
}

enum desk_status desk_submission_correct(struct desk *desk,
	const struct desk_submission_given *given, struct submission *out_submission,
	struct notice *out_notice)
{
	struct dbsb dbsb = { .desk = desk,
		.deed = DEED_DBSB_CORRECT,
		.reference = given->reference,
		.notice = out_notice };
	struct submission before = { 0 };
	enum desk_status status = dbsb_begin(&dbsb);

	if (status != DESK_OK)
		return status;
	status = dbsb_load(&dbsb);
	if (status == DESK_OK)
		status = correction_put(&dbsb, given);
	if (status == DESK_OK) {
		before = dbsb.submission;
		dbsb.submission = (struct submission) { .id = before.id };
		status_settle(&dbsb);
		status = dbsb_fill(&dbsb);
	}
	if (status == DESK_OK)
		status = correction_check(&dbsb, &before);
	submission_clear(&before);
	return dbsb_end(&dbsb, EVENT_SUBMISSION_CORRECTED, status, out_submission);
}
