/*
 * Closing a month, and revising a closed one: what is printed and what stands
 * behind each cell is written once, in the transaction of a signed event at
 * which a checkpoint is made. Nothing of it is ever changed.
 */
#include "core/desk_closing.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/desk_checkpoint.h"
#include "db/months.h"
#include "db/verify.h"

enum { WAITING_NAMED = 5 };

/* A closing or a revision under way. */
struct publishing {
	struct desk *desk;
	const char *month;
	const char *why; /* of a revision; NULL: the month is closed */
	struct notice *notice;
	struct desk_closing *out;
	struct month_revision next;
	struct closing before; /* of a revision: what is published */
	struct closing now;
};

void desk_closing_clear(struct desk_closing *closing)
{
	mem_free(closing->warning);
	mem_free(closing->difference);
	mem_free(closing->checkpoint);
	*closing = (struct desk_closing) { 0 };
}

static void publishing_done(struct publishing *publishing)
{
	month_revision_clear(&publishing->next);
	closing_clear(&publishing->before);
	closing_clear(&publishing->now);
}

__attribute__((format(printf, 2, 3))) static enum desk_status publishing_refuse(
	struct publishing *publishing, const char *format, ...)
{
	char shown[32], why[1024];
	va_list args;

	month_shown(publishing->month, shown);
	va_start(args, format);
	(void)vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	return notice_set(publishing->notice, DESK_REFUSED, "%s: %s", shown, why);
}

static enum desk_status publishing_failed(struct publishing *publishing, enum db_status stored)
{
	return desk_failed(publishing->desk->store, stored, publishing->notice);
}

/* May it be closed? In order, when it is over. */
static enum desk_status close_check(struct publishing *publishing)
{
	char first[8], closed_to[8], next[8], shown[32];
	const char *today = publishing->desk->today;
	enum db_status stored = desk_first_month(publishing->desk, first);

	if (stored == DB_OK)
		stored = desk_closed_to(publishing->desk, closed_to);
	if (stored != DB_OK)
		return publishing_failed(publishing, stored);
	if (*closed_to && strcmp(publishing->month, closed_to) <= 0)
		return publishing_refuse(publishing,
			"it is closed already; `tracedesk month revise` publishes a revision");
	if (!*closed_to && !*first)
		return publishing_refuse(publishing,
			"nothing was decided or submitted yet; there is no month to close");
	memcpy(next, first, sizeof(next));
	if (*closed_to)
		month_next(closed_to, next);
	month_shown(next, shown);
	if (strcmp(publishing->month, next) < 0)
		return publishing_refuse(
			publishing, "the register begins with %s; close that", shown);
	if (strcmp(publishing->month, next) > 0)
		return publishing_refuse(publishing,
			"%s comes before it and is open; close the months in order", shown);
	if (strncmp(today, publishing->month, 7) > 0)
		return DESK_OK;
	month_next(publishing->month, next);
	month_shown(next, shown);
	return publishing_refuse(
		publishing, "it is not over; it can be closed from 1 %s on", shown);
}

/* What is published of the month; the revision to come is one more. */
static enum desk_status revise_check(struct publishing *publishing)
{
	struct month_revision *list = NULL;
	size_t count = 0;
	enum db_status stored =
		months_revisions(publishing->desk->store, publishing->month, &list, &count);
	enum desk_status status = publishing_failed(publishing, stored);

	if (status == DESK_OK && count == 0)
		status = publishing_refuse(publishing,
			"it is not closed, so there is nothing to revise; its figures are those of"
			" now");
	if (status == DESK_OK) {
		publishing->next.revision = list[count - 1].revision + 1;
		status = closing_load(publishing->desk, &list[count - 1], &publishing->before,
			publishing->notice);
	}
	revisions_done(list, count);
	return status;
}

/* The month as it is now, its figures the sums of what stands behind them. */
static enum desk_status now_load(struct publishing *publishing)
{
	struct figures_span span;
	struct figures *figures = NULL, *counted;
	char why[512];
	enum desk_status status;

	(void)snprintf(span.first, sizeof(span.first), "%s", publishing->month);
	(void)snprintf(span.last, sizeof(span.last), "%s", publishing->month);
	status = figures_now(publishing->desk, &span, &figures, publishing->notice);
	if (status == DESK_OK)
		status = closing_now(publishing->desk, &figures->months[0], &publishing->now,
			publishing->notice);
	figures_free(figures);
	if (status != DESK_OK)
		return status;
	counted = closing_figures(&publishing->now, why, sizeof(why));
	if (!counted)
		return notice_set(publishing->notice, DESK_DAMAGED, "month close: %s", why);
	figures_free(counted);
	return DESK_OK;
}

static enum desk_status difference_write(struct publishing *publishing)
{
	struct buffer text;

	buffer_init(&text);
	closing_difference(&publishing->before, &publishing->now, &text);
	publishing->out->difference = mem_text(buffer_text(&text));
	buffer_done(&text);
	if (*publishing->out->difference)
		return DESK_OK;
	return publishing_refuse(
		publishing, "nothing differs from what is published; there is nothing to revise");
}

/* Receipts that wait for a second person count when they are decided. */
static enum desk_status warning_write(struct publishing *publishing)
{
	struct month_case *waiting = NULL;
	size_t count = 0;
	struct buffer text;
	enum db_status stored = months_waiting(publishing->desk->store, &waiting, &count);

	buffer_init(&text);
	if (stored == DB_OK && count > 0) {
		buffer_print(&text,
			count == 1 ? "%zu receipt still waits for a second person"
				   : "%zu receipts still wait for a second person",
			count);
		for (size_t i = 0; i < count && i < WAITING_NAMED; i++)
			buffer_print(&text, "%s%s", i > 0 ? ", " : " (", waiting[i].reference);
		buffer_print(&text,
			"%s); what is decided from now on counts in the month of that day",
			count > WAITING_NAMED ? " and more" : "");
	}
	publishing->out->warning = mem_text(buffer_text(&text));
	buffer_done(&text);
	mem_free(waiting);
	return publishing_failed(publishing, stored);
}

/* Everything but the writing. */
static enum desk_status publishing_look(struct publishing *publishing)
{
	enum desk_status status =
		publishing->why ? revise_check(publishing) : close_check(publishing);

	if (status == DESK_OK)
		status = now_load(publishing);
	if (status == DESK_OK && publishing->why)
		status = difference_write(publishing);
	if (status == DESK_OK)
		status = warning_write(publishing);
	memcpy(publishing->out->month, publishing->now.month, sizeof(publishing->out->month));
	publishing->out->revision = publishing->next.revision;
	return status;
}

static enum db_status rows_write(struct publishing *publishing)
{
	struct store *store = publishing->desk->store;
	const struct closing *now = &publishing->now;
	int64_t id;
	enum db_status stored = months_publish(store, &publishing->next);

	id = publishing->next.id;
	for (size_t i = 0; stored == DB_OK && i < now->service_count; i++)
		stored = months_add_service(store, id, &now->services[i]);
	for (size_t i = 0; stored == DB_OK && i < now->case_count; i++)
		stored = months_add_case(store, id, &now->cases[i]);
	for (size_t i = 0; stored == DB_OK && i < now->figure_count; i++)
		stored = months_add_figure(store, id, &now->figures[i]);
	return stored;
}

static enum db_status publish_write(struct publishing *publishing)
{
	struct desk *desk = publishing->desk;
	struct checkpoint checkpoint;
	struct buffer text;
	char revision[16], receipts[24];
	size_t count = 0;
	const struct event_detail details[] = {
		{ "month", publishing->month },
		{ "revision", revision },
		{ "receipts", receipts },
		{ "why", publishing->why ? publishing->why : "" },
	};
	const struct desk_event event = { publishing->why ? EVENT_MONTH_REVISED
							  : EVENT_MONTH_CLOSED,
		NULL, details, publishing->why ? 4 : 3 };
	enum db_status stored = rows_write(publishing);

	(void)snprintf(revision, sizeof(revision), "%d", publishing->next.revision);
	for (size_t i = 0; i < publishing->now.case_count; i++)
		count += *publishing->now.cases[i].service != '\0';
	(void)snprintf(receipts, sizeof(receipts), "%zu", count);
	if (stored == DB_OK)
		stored = desk_event(desk, &event);
	if (stored == DB_OK)
		stored = checkpoint_make(desk->store, &checkpoint);
	if (stored != DB_OK)
		return stored;
	buffer_init(&text);
	checkpoint_write(&checkpoint, desk->person.name, &text);
	publishing->out->checkpoint = buffer_take(&text);
	return DB_OK;
}

/* The audit log from the last checkpoint on: what is published must have an honest past. */
static enum desk_status trail_check(struct publishing *publishing)
{
	struct store *store = publishing->desk->store;
	struct trail_verdict verdict = { 0 };
	struct trail_asked asked = { .since = NULL };
	struct checkpoint last;
	enum db_status stored = checkpoint_last(store, &last);
	size_t problems;

	if (stored == DB_OK)
		asked.since = &last;
	else if (stored != DB_NONE)
		return publishing_failed(publishing, stored);
	stored = trail_verify_asked(store, &asked, &verdict);
	problems = verdict.problem_count;
	mem_free(verdict.problems);
	if (stored != DB_OK)
		return publishing_failed(publishing, stored);
	if (problems == 0)
		return DESK_OK;
	return notice_set(publishing->notice, DESK_DAMAGED,
		"%s: the audit log does not verify, so nothing is published; run `tracedesk audit"
		" verify` and tell the auditor",
		publishing->month);
}

/* Ends the transaction: published, or rolled back with a refusal. */
static enum desk_status publishing_end(
	struct publishing *publishing, enum deed deed, enum desk_status status)
{
	if (status == DESK_OK)
		status = publishing_failed(publishing, publish_write(publishing));
	return desk_finish(publishing->desk, deed, status, publishing->notice);
}

static enum desk_status publish(struct publishing *publishing, enum deed deed)
{
	struct desk *desk = publishing->desk;
	enum desk_status status = desk_allow(desk, deed, NULL, publishing->notice);

	*publishing->out = (struct desk_closing) { 0 };
	if (status != DESK_OK)
		return status;
	if (!month_is_valid(publishing->month))
		return notice_set(publishing->notice, DESK_USAGE,
			"%s: \"%s\" is no month; write YYYY-MM", deed_name(deed),
			publishing->month);
	status = trail_check(publishing);
	if (status == DESK_OK)
		status = publishing_failed(publishing, store_begin(desk->store));
	if (status != DESK_OK)
		return status;
	(void)snprintf(
		publishing->next.month, sizeof(publishing->next.month), "%s", publishing->month);
	memcpy(publishing->next.day, desk->today, DAY_SIZE);
	publishing->next.why = mem_text(publishing->why ? publishing->why : "");
	publishing->next.revision = 1;
	status = publishing_end(publishing, deed, publishing_look(publishing));
	publishing_done(publishing);
	if (status != DESK_OK)
		desk_closing_clear(publishing->out);
	return status;
}

enum desk_status desk_month_close(struct desk *desk, const char *month,
	struct desk_closing *out_closing, struct notice *out_notice)
{
	struct publishing publishing = {
		.desk = desk, .month = month, .notice = out_notice, .out = out_closing
	};

	return publish(&publishing, DEED_MONTH_CLOSE);
}

/* The footnote is one paragraph. */
enum desk_status desk_month_revise(struct desk *desk, const char *month, const char *why,
	struct desk_closing *out_closing, struct notice *out_notice)
{
	char *footnote = mem_text(why);
	struct publishing publishing = { .desk = desk,
		.month = month,
		.why = footnote,
		.notice = out_notice,
		.out = out_closing };
	enum desk_status status;

	for (char *at = footnote; *at != '\0'; at++)
		if (*at == '\n')
			*at = ' ';
	status = publish(&publishing, DEED_MONTH_REVISE);
	mem_free(footnote);
	return status;
}

enum desk_status desk_month_look(struct desk *desk, const char *month,
	struct desk_closing *out_closing, struct notice *out_notice)
{
	struct publishing publishing = {
		.desk = desk, .month = month, .notice = out_notice, .out = out_closing
	};
	enum desk_status status = desk_allow(desk, DEED_MONTH_LIST, NULL, out_notice);
	char closed_to[8];
	enum db_status stored;

	*out_closing = (struct desk_closing) { 0 };
	if (status != DESK_OK)
		return status;
	stored = store_read_begin(desk->store);
	if (stored != DB_OK)
		return publishing_failed(&publishing, stored);
	stored = desk_closed_to(desk, closed_to);
	if (day_is_in_closed(month, closed_to))
		publishing.why = "";
	publishing.next.revision = 1;
	status = stored == DB_OK ? publishing_look(&publishing)
				 : publishing_failed(&publishing, stored);
	store_read_end(desk->store);
	publishing_done(&publishing);
	if (status != DESK_OK)
		desk_closing_clear(out_closing);
	return status;
}

/* Revisions of a month */

void desk_revisions_clear(struct desk_revision *revisions, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		month_revision_clear(&revisions[i].published);
		mem_free(revisions[i].difference);
	}
}

/* What the second of two revisions changed. */
static enum desk_status difference_of(struct desk *desk, const struct month_revision *pair,
	char **out_difference, struct notice *notice)
{
	struct closing before, now = { 0 };
	struct buffer text;
	enum desk_status status = closing_load(desk, &pair[0], &before, notice);

	if (status == DESK_OK)
		status = closing_load(desk, &pair[1], &now, notice);
	buffer_init(&text);
	if (status == DESK_OK)
		closing_difference(&before, &now, &text);
	*out_difference = mem_text(buffer_text(&text));
	buffer_done(&text);
	closing_clear(&before);
	closing_clear(&now);
	return status;
}

static enum desk_status revisions_load(struct desk *desk, const char *month,
	struct desk_revision **out_revisions, size_t *out_count, struct notice *notice)
{
	struct month_revision *list = NULL;
	enum desk_status status = desk_failed(
		desk->store, months_revisions(desk->store, month, &list, out_count), notice);

	if (status != DESK_OK)
		return status;
	*out_revisions = mem_new(*out_count + 1, sizeof(**out_revisions));
	for (size_t i = 0; i < *out_count && status == DESK_OK; i++) {
		struct desk_revision *revision = &(*out_revisions)[i];

		if (i > 0)
			status = difference_of(desk, &list[i - 1], &revision->difference, notice);
		else
			revision->difference = mem_text("");
	}
	for (size_t i = 0; i < *out_count; i++)
		(*out_revisions)[i].published = list[i];
	mem_free(list);
	return status;
}

enum desk_status desk_month_revisions(struct desk *desk, const char *month,
	struct desk_revision **out_revisions, size_t *out_count, struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_MONTH_LIST, NULL, out_notice);
	enum db_status stored;

	*out_revisions = NULL;
	*out_count = 0;
	if (status != DESK_OK)
		return status;
	stored = store_read_begin(desk->store);
	if (stored != DB_OK)
		return desk_failed(desk->store, stored, out_notice);
	status = revisions_load(desk, month, out_revisions, out_count, out_notice);
	store_read_end(desk->store);
	if (status == DESK_OK)
		return DESK_OK;
	desk_revisions_clear(*out_revisions, *out_count);
	mem_free(*out_revisions);
	*out_revisions = NULL;
	*out_count = 0;
	return status;
}
