/*
 * From grouped counts to the figures of the register. Nothing is rounded but the
 * average and the share, and these in whole numbers: half a unit goes up, where
 * C's own rounding goes to even (9,066 / 4 is published as 2,267).
 */
#include "core/figures.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/calendar.h"

static bool refuse(char *out_why, size_t size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static bool refuse(char *out_why, size_t size, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(out_why, size, format, args);
	va_end(args);
	return false;
}

static void copy_month(char out_month[8], const char *text)
{
	(void)snprintf(out_month, 8, "%.7s", text);
}

/* Splits a period into its first and last month; false when it is not written like one. */
static bool period_split(const char *period, struct figures_span *out_span)
{
	size_t length = strlen(period);

	if (length == 4) {
		(void)snprintf(out_span->first, 8, "%s-01", period);
		(void)snprintf(out_span->last, 8, "%s-12", period);
	} else if (length == 7) {
		copy_month(out_span->first, period);
		copy_month(out_span->last, period);
	} else if (length == 16 && strncmp(period + 7, "..", 2) == 0) {
		copy_month(out_span->first, period);
		copy_month(out_span->last, period + 9);
	} else {
		return false;
	}
	return month_is_valid(out_span->first) && month_is_valid(out_span->last);
}

bool figures_period(const char *period, const char *today, struct figures_span *out_span,
	char *out_why, size_t why_size)
{
	char now[8], shown[32];

	copy_month(now, today);
	if (!period_split(period, out_span))
		return refuse(out_why, why_size,
			"'%s' is no period; write a month (2020-12), a year (2020) or two months "
			"(2020-07..2020-12)",
			period);
	if (strcmp(out_span->first, out_span->last) > 0)
		return refuse(out_why, why_size,
			"%s ends before it begins; write the earlier month first", period);
	month_shown(now, shown);
	if (strcmp(out_span->first, now) > 0)
		return refuse(out_why, why_size,
			"%s has not begun; figures go up to the present month, %s", period, shown);
	if (strcmp(out_span->last, now) > 0)
		copy_month(out_span->last, now);
	return true;
}

static bool add(int64_t *sum, int64_t more, char *out_why, size_t why_size)
{
	if (more < 0)
		return refuse(out_why, why_size, "a count is below zero; check the store");
	if (__builtin_add_overflow(*sum, more, sum))
		return refuse(out_why, why_size, "a sum is too large to hold; check the counts");
	return true;
}

static int compare_services(const void *a, const void *b)
{
	const struct service *left = a;
	const struct service *right = b;

	if (left->position != right->position)
		return left->position < right->position ? -1 : 1;
	return strcmp(left->code, right->code);
}

static struct figures_month *month_find(const struct figures *figures, const char *month)
{
	for (size_t i = 0; i < figures->month_count; i++)
		if (strcmp(figures->months[i].month, month) == 0)
			return &figures->months[i];
	return NULL;
}

/* The measure that an outcome counts under; TRACING_MEASURES for withdrawn, which does not count,
   -1 for what is no outcome. */
static int measure_of(enum request_state outcome)
{
	switch (outcome) {
	case STATE_REJECTED:
		return MEASURE_REJECTED;
	case STATE_APPROVED_TRACE:
		return MEASURE_APPROVED_TRACE;
	case STATE_APPROVED_NO_TRACE:
		return MEASURE_APPROVED_NO_TRACE;
	case STATE_WITHDRAWN:
		return TRACING_MEASURES;
	case STATE_RECEIVED:
	case STATE_IN_TRIAGE:
	case STATE_HELD:
	case STATE_AWAITING_INFORMATION:
	case STATE_EXCEPTION_PROPOSED:
	case STATE_ACCEPTED:
	case STATE_GUARDIAN_PENDING:
	case STATE_RELEASE_PROPOSED:
	case STATE_REJECTION_PROPOSED:
	case STATE_WITHDRAWAL_PROPOSED:
		return -1;
	}
	return -1;
}

struct figures_service *figures_service_find(const struct figures_month *month, const char *code)
{
	for (size_t i = 0; i < month->service_count; i++)
		if (strcmp(month->services[i].code, code) == 0)
			return &month->services[i];
	return NULL;
}

static bool count_tracing(const struct figures *figures, const struct tracing_count *count,
	char *out_why, size_t why_size)
{
	struct figures_month *month = month_find(figures, count->month);
	struct figures_service *service;
	int measure = measure_of(count->outcome);

	if (!month)
		return true;
	service = figures_service_find(month, count->service);
	if (!service)
		return refuse(out_why, why_size,
			"%s has receipts of the service '%s', which is unknown; check the services",
			count->month, count->service);
	if (measure < 0)
		return refuse(out_why, why_size,
			"%s has a decision (%d) that is no outcome; check the store", count->month,
			(int)count->outcome);
	if (measure == TRACING_MEASURES || service->position == 0)
		return true;
	return add(&service->value[measure], count->count, out_why, why_size) &&
	       add(&service->value[MEASURE_TOTAL], count->count, out_why, why_size) &&
	       add(&month->total[measure], count->count, out_why, why_size) &&
	       add(&month->total[MEASURE_TOTAL], count->count, out_why, why_size);
}

static bool count_submissions(const struct figures *figures, const struct submission_count *count,
	char *out_why, size_t why_size)
{
	struct figures_month *month = month_find(figures, count->month);

	if (!month)
		return true;
	return add(&month->dbsb[DBSB_RECEIVED], count->received, out_why, why_size) &&
	       add(&month->dbsb[DBSB_REJECTED], count->rejected, out_why, why_size) &&
	       add(&month->dbsb[DBSB_WITHDRAWN], count->withdrawn, out_why, why_size) &&
	       add(&month->dbsb[DBSB_PROCESSED], count->processed, out_why, why_size) &&
	       add(&month->dbsb[DBSB_TRANSACTIONS], count->transactions, out_why, why_size) &&
	       add(&month->dbsb[DBSB_SINGLE], count->single_match, out_why, why_size);
}

int64_t figures_share(int64_t part, int64_t scale, int64_t whole)
{
	int64_t rest;

	if (whole == 0)
		return FIGURE_NONE;
	rest = part * scale % whole;
	return part * scale / whole + (rest >= whole - rest);
}

static bool finish_submissions(struct figures_month *month, char *out_why, size_t why_size)
{
	int64_t *dbsb = month->dbsb;

	if (dbsb[DBSB_SINGLE] > dbsb[DBSB_TRANSACTIONS])
		return refuse(out_why, why_size,
			"%s has more single matches than transactions; check its submissions",
			month->month);
	if (dbsb[DBSB_TRANSACTIONS] > 0 && dbsb[DBSB_PROCESSED] == 0)
		return refuse(out_why, why_size,
			"%s has transactions but no processed submission; check its submissions",
			month->month);
	if (dbsb[DBSB_TRANSACTIONS] > INT64_MAX / 2000)
		return refuse(out_why, why_size,
			"%s has more transactions than can be counted; check its submissions",
			month->month);
	dbsb[DBSB_UNMATCHED] = dbsb[DBSB_TRANSACTIONS] - dbsb[DBSB_SINGLE];
	dbsb[DBSB_AVERAGE] = figures_share(dbsb[DBSB_TRANSACTIONS], 1, dbsb[DBSB_PROCESSED]);
	dbsb[DBSB_SINGLE_PERCENT] = figures_share(dbsb[DBSB_SINGLE], 1000, dbsb[DBSB_TRANSACTIONS]);
	return true;
}

static bool service_is_shown(
	const struct figures_service *shown, const struct service *service, const char *month)
{
	if (service->position == 0)
		return false;
	if (shown->value[MEASURE_TOTAL] > 0)
		return true;
	return (!service->shown_from[0] || strcmp(service->shown_from, month) <= 0) &&
	       (!service->shown_to[0] || strcmp(month, service->shown_to) <= 0);
}

static void figures_service_clear(struct figures_service *service)
{
	mem_free(service->label);
	mem_free(service->footnote);
}

/* All services are there while it is counted; those not shown in the month then go. */
static void drop_hidden_services(struct figures_month *month, const struct service *services)
{
	size_t kept = 0;

	for (size_t i = 0; i < month->service_count; i++) {
		if (service_is_shown(&month->services[i], &services[i], month->month))
			month->services[kept++] = month->services[i];
		else
			figures_service_clear(&month->services[i]);
	}
	month->service_count = kept;
}

/* The note comes after the label in the months that have it. */
static char *label_with_note(const struct service *service, const char *month)
{
	struct buffer label;

	buffer_init(&label);
	buffer_add(&label, service->label);
	if (service->note[0] && strcmp(service->note_from, month) <= 0)
		buffer_print(&label, " %s", service->note);
	return buffer_take(&label);
}

static void add_month(
	struct figures *figures, const char *name, const struct service *services, size_t count)
{
	size_t size = sizeof(struct figures_month);
	struct figures_month *month;

	figures->months = mem_resize(
		figures->months, figures->month_count * size, (figures->month_count + 1) * size);
	month = &figures->months[figures->month_count++];
	copy_month(month->month, name);
	month->service_count = count;
	month->services = mem_new(count, sizeof(*month->services));
	for (size_t i = 0; i < count; i++) {
		struct figures_service *service = &month->services[i];

		memcpy(service->code, services[i].code, sizeof(service->code));
		service->position = services[i].position;
		service->label = label_with_note(&services[i], name);
		service->footnote = mem_text(services[i].footnote);
	}
}

static void close_months(const struct figures *figures, const struct figures_counts *counts)
{
	for (size_t i = 0; i < counts->month_count; i++) {
		const struct month *from = &counts->months[i];
		struct figures_month *month = month_find(figures, from->month);

		if (!month || !from->closed)
			continue;
		month->is_closed = true;
		month->revision = from->revision;
		memcpy(month->closed_on, from->closed_on, DAY_SIZE);
	}
}

static bool count_all(const struct figures *figures, const struct figures_counts *counts,
	char *out_why, size_t why_size)
{
	for (size_t i = 0; i < counts->tracing_count; i++)
		if (!count_tracing(figures, &counts->tracing[i], out_why, why_size))
			return false;
	for (size_t i = 0; i < counts->submission_count; i++)
		if (!count_submissions(figures, &counts->submissions[i], out_why, why_size))
			return false;
	for (size_t i = 0; i < figures->month_count; i++)
		if (!finish_submissions(&figures->months[i], out_why, why_size))
			return false;
	return true;
}

static void services_done(const struct figures_counts *counts)
{
	for (size_t i = 0; i < counts->service_count; i++)
		service_clear(&counts->services[i]);
	mem_free(counts->services);
}

struct figures *figures_make(const struct figures_span *span, const struct figures_counts *counts,
	char *out_why, size_t why_size)
{
	struct figures *figures = mem_new(1, sizeof(*figures));
	char month[8], next[8];
	bool is_right;

	if (counts->service_count > 0)
		qsort(counts->services, counts->service_count, sizeof(*counts->services),
			compare_services);
	for (copy_month(month, span->first); strcmp(month, span->last) <= 0;
		copy_month(month, next)) {
		add_month(figures, month, counts->services, counts->service_count);
		month_next(month, next);
	}
	is_right = count_all(figures, counts, out_why, why_size);
	for (size_t i = 0; i < figures->month_count; i++)
		drop_hidden_services(&figures->months[i], counts->services);
	services_done(counts);
	close_months(figures, counts);
	if (is_right)
		return figures;
	figures_free(figures);
	return NULL;
}

void figures_month_clear(struct figures_month *month)
{
	for (size_t i = 0; i < month->service_count; i++)
		figures_service_clear(&month->services[i]);
	mem_free(month->services);
	for (size_t i = 0; i < month->revision_count; i++)
		mem_free(month->revisions[i].why);
	mem_free(month->revisions);
	mem_free(month->checkpoint);
	*month = (struct figures_month) { 0 };
}

void figures_free(struct figures *figures)
{
	if (!figures)
		return;
	for (size_t i = 0; i < figures->month_count; i++)
		figures_month_clear(&figures->months[i]);
	mem_free(figures->months);
	mem_free(figures);
}
