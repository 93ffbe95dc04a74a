/*
 * The figures of a period, read in one snapshot: open months counted now, closed
 * ones as they were published, and what stands behind a cell.
 */
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/desk_closing.h"
#include "core/life_private.h"
#include "core/services.h"
#include "db/checkpoint.h"
#include "db/months.h"
#include "db/request_lists.h"
#include "db/requests.h"
#include "db/services.h"
#include "db/submissions.h"

struct gathered {
	struct service *services;
	size_t service_count;
	struct tracing_count *tracing;
	size_t tracing_count;
	struct submission_count *submissions;
	size_t submission_count;
	struct month *months;
	size_t month_count;
};

static enum db_status gather(
	struct store *store, const struct figures_span *span, struct gathered *all)
{
	enum db_status status = services_list(store, &all->services, &all->service_count);

	if (status == DB_OK)
		status = requests_figures(
			store, span->first, span->last, &all->tracing, &all->tracing_count);
	if (status == DB_OK)
		status = submissions_figures(
			store, span->first, span->last, &all->submissions, &all->submission_count);
	if (status == DB_OK)
		status = months_closed(store, &all->months, &all->month_count);
	return status;
}

static void gathered_done(struct gathered *all)
{
	for (size_t i = 0; i < all->service_count; i++)
		service_clear(&all->services[i]);
	mem_free(all->services);
	mem_free(all->tracing);
	mem_free(all->submissions);
	mem_free(all->months);
}

/* figures_make takes the services over, also when it fails. */
static struct figures *make(
	const struct figures_span *span, struct gathered *all, char *why, size_t why_size)
{
	const struct figures_counts counts = { .tracing = all->tracing,
		.tracing_count = all->tracing_count,
		.submissions = all->submissions,
		.submission_count = all->submission_count,
		.months = all->months,
		.month_count = all->month_count,
		.services = all->services,
		.service_count = all->service_count };

	all->services = NULL;
	all->service_count = 0;
	return figures_make(span, &counts, why, why_size);
}

enum desk_status figures_now(struct desk *desk, const struct figures_span *span,
	struct figures **out_figures, struct notice *notice)
{
	struct gathered all = { 0 };
	char why[512];
	enum db_status stored = gather(desk->store, span, &all);

	if (stored == DB_OK)
		*out_figures = make(span, &all, why, sizeof(why));
	gathered_done(&all);
	if (stored == DB_OK && !*out_figures)
		return notice_set(notice, DESK_DAMAGED, "figures: %s", why);
	return desk_failed(desk->store, stored, notice);
}

/* Closed months */

void revisions_done(struct month_revision *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		month_revision_clear(&list[i]);
	mem_free(list);
}

enum desk_status closing_load(struct desk *desk, const struct month_revision *published,
	struct closing *out_closing, struct notice *notice)
{
	struct closing *to = out_closing;
	struct store *store = desk->store;
	enum db_status stored;

	*to = (struct closing) { 0 };
	memcpy(to->month, published->month, sizeof(to->month));
	stored = months_services(store, published->id, &to->services, &to->service_count);
	if (stored == DB_OK)
		stored = months_cases(store, published->id, &to->cases, &to->case_count);
	if (stored == DB_OK)
		stored = months_figures(store, published->id, &to->figures, &to->figure_count);
	return desk_failed(store, stored, notice);
}

enum desk_status closing_now(struct desk *desk, const struct figures_month *month,
	struct closing *out_closing, struct notice *notice)
{
	struct month_case *cases = NULL;
	size_t count = 0;
	enum db_status stored = months_cases_now(desk->store, month->month, &cases, &count);

	*out_closing = (struct closing) { 0 };
	if (stored != DB_OK)
		return desk_failed(desk->store, stored, notice);
	closing_fill(out_closing, month, cases, count);
	return DESK_OK;
}

/* The figures of what was frozen, or DESK_DAMAGED. */
static enum desk_status closing_count(
	const struct closing *closing, struct figures **out_figures, struct notice *notice)
{
	char why[512];

	*out_figures = closing_figures(closing, why, sizeof(why));
	return *out_figures ? DESK_OK : notice_set(notice, DESK_DAMAGED, "figures: %s", why);
}

/* When it was published and with which checkpoint, up to the revision at hand. */
static enum desk_status publication_fill(struct desk *desk, struct figures_month *month,
	const struct month_revision *list, size_t at, struct notice *notice)
{
	uint8_t head[STORE_HASH_BYTES];
	char text[64];
	enum db_status stored = checkpoint_head(desk->store, list[at].event, head);

	if (stored != DB_OK)
		return desk_failed(desk->store, stored, notice);
	(void)snprintf(text, sizeof(text), "%lld %02x%02x%02x%02x%02x%02x%02x%02x",
		(long long)list[at].event, head[0], head[1], head[2], head[3], head[4], head[5],
		head[6], head[7]);
	month->is_closed = true;
	month->revision = list[at].revision;
	memcpy(month->closed_on, list[at].day, DAY_SIZE);
	month->checkpoint = mem_text(text);
	month->revisions = mem_new(at + 1, sizeof(*month->revisions));
	for (size_t i = 1; i <= at; i++) {
		struct figures_revision *revision = &month->revisions[month->revision_count++];

		revision->revision = list[i].revision;
		memcpy(revision->day, list[i].day, DAY_SIZE);
		revision->why = mem_text(list[i].why);
	}
	return DESK_OK;
}

/* The place of the revision wanted among those there are; count when there is none. */
static size_t revision_place(const struct month_revision *list, size_t count, int revision)
{
	if (revision == 0 && count > 0)
		return count - 1;
	for (size_t i = 0; i < count; i++)
		if (list[i].revision == revision)
			return i;
	return count;
}

static enum desk_status no_revision(
	const char *month, int revision, size_t count, struct notice *notice)
{
	char shown[32];

	month_shown(month, shown);
	if (count == 0)
		return notice_set(notice, DESK_REFUSED,
			"figures: %s is not closed, so it has no revision %d; leave --revision out",
			shown, revision);
	return notice_set(notice, DESK_REFUSED, "figures: %s has no revision %d; the newest is %zu",
		shown, revision, count);
}

/* Makes a counted month what was published of it, or marks where it differs from that. */
static enum desk_status month_settle(struct desk *desk, const struct desk_figures_wanted *wanted,
	struct figures_month *month, struct notice *notice)
{
	struct month_revision *list = NULL;
	struct figures *published = NULL;
	struct closing closing = { 0 };
	size_t count = 0, at;
	enum desk_status status = desk_failed(
		desk->store, months_revisions(desk->store, month->month, &list, &count), notice);

	if (status != DESK_OK)
		return status;
	at = revision_place(list, count, wanted->revision);
	if (at == count) {
		if (wanted->revision != 0)
			status = no_revision(month->month, wanted->revision, count, notice);
		revisions_done(list, count);
		return status;
	}
	status = closing_load(desk, &list[at], &closing, notice);
	if (status == DESK_OK)
		status = closing_count(&closing, &published, notice);
	if (status == DESK_OK && wanted->is_present) {
		closing_mark(month, &published->months[0]);
	} else if (status == DESK_OK) {
		figures_month_clear(month);
		*month = published->months[0];
		published->months[0] = (struct figures_month) { 0 };
	}
	if (status == DESK_OK)
		status = publication_fill(desk, month, list, at, notice);
	figures_free(published);
	closing_clear(&closing);
	revisions_done(list, count);
	return status;
}

static enum desk_status figures_read(struct desk *desk, const struct desk_figures_wanted *wanted,
	const struct figures_span *span, struct figures **out_figures, struct notice *notice)
{
	enum desk_status status = figures_now(desk, span, out_figures, notice);

	for (size_t i = 0; status == DESK_OK && i < (*out_figures)->month_count; i++)
		status = month_settle(desk, wanted, &(*out_figures)->months[i], notice);
	if (status != DESK_OK) {
		figures_free(*out_figures);
		*out_figures = NULL;
	}
	return status;
}

static enum desk_status span_read(struct desk *desk, const struct desk_figures_wanted *wanted,
	struct figures_span *out_span, struct notice *notice)
{
	char why[512];

	if (wanted->is_present && wanted->revision != 0)
		return notice_set(notice, DESK_USAGE,
			"figures: a revision and the present figures are two things; give one of"
			" --revision and --present");
	if (figures_period(wanted->period, desk->today, out_span, why, sizeof(why)))
		return DESK_OK;
	return notice_set(notice, DESK_USAGE, "figures: %s", why);
}

/* The right, the months, and one state of the store until store_read_end. */
static enum desk_status reading_begin(struct desk *desk, const struct desk_figures_wanted *wanted,
	struct figures_span *out_span, struct notice *notice)
{
	enum desk_status status = desk_allow(desk, DEED_FIGURES, NULL, notice);

	if (status == DESK_OK)
		status = span_read(desk, wanted, out_span, notice);
	return status == DESK_OK ? desk_failed(desk->store, store_read_begin(desk->store), notice)
				 : status;
}

enum desk_status desk_figures(struct desk *desk, const struct desk_figures_wanted *wanted,
	struct figures **out_figures, struct notice *out_notice)
{
	struct figures_span span;
	enum desk_status status = reading_begin(desk, wanted, &span, out_notice);

	*out_figures = NULL;
	if (status != DESK_OK)
		return status;
	status = figures_read(desk, wanted, &span, out_figures, out_notice);
	store_read_end(desk->store);
	return status;
}

/* What stands behind a cell */

struct behind {
	struct desk *desk;
	const struct desk_figures_wanted *wanted;
	const struct figures_cell *cell;
	struct desk_cases *cases;
	struct notice *notice;
};

void desk_cases_clear(struct desk_cases *cases)
{
	for (size_t i = 0; i < cases->count; i++) {
		request_rows_clear(&cases->list[i].request, 1);
		submission_clear(&cases->list[i].submission);
	}
	mem_free(cases->list);
	*cases = (struct desk_cases) { 0 };
}

static enum desk_status case_add(
	struct behind *behind, const char *month, const struct month_case *counted)
{
	struct store *store = behind->desk->store;
	struct desk_cases *cases = behind->cases;
	size_t size = sizeof(*cases->list);
	struct desk_case *row;
	enum db_status stored;

	cases->list = mem_resize(cases->list, cases->count * size, (cases->count + 1) * size);
	row = &cases->list[cases->count++];
	memcpy(row->month, month, sizeof(row->month));
	row->counted = *counted;
	if (behind->cell->is_dbsb) {
		stored = submissions_load(store, counted->reference, &row->submission);
	} else {
		stored = requests_row(store, counted->reference, &row->request);
		if (stored == DB_OK)
			desk_mask_row(behind->desk, &row->request);
	}
	if (stored == DB_NONE)
		return notice_set(behind->notice, DESK_DAMAGED,
			"figures: %s stands behind a figure of %s but is not there; run `tracedesk"
			" audit verify` and tell the auditor",
			counted->reference, month);
	return desk_failed(store, stored, behind->notice);
}

static enum desk_status cases_add(struct behind *behind, const struct closing *closing)
{
	struct figures *counted = NULL;
	enum desk_status status = closing_count(closing, &counted, behind->notice);

	figures_free(counted);
	for (size_t i = 0; status == DESK_OK && i < closing->case_count; i++)
		if (closing_is_behind(&closing->cases[i], behind->cell))
			status = case_add(behind, closing->month, &closing->cases[i]);
	return status;
}

/* A closed month's as they were published; an open one's, and present ones, as they are now. */
static enum desk_status month_behind(struct behind *behind, const struct figures_month *month)
{
	const struct desk_figures_wanted *wanted = behind->wanted;
	struct desk *desk = behind->desk;
	struct month_revision *list = NULL;
	struct closing closing = { 0 };
	size_t count = 0, at;
	enum desk_status status = desk_failed(desk->store,
		months_revisions(desk->store, month->month, &list, &count), behind->notice);

	if (status != DESK_OK)
		return status;
	at = revision_place(list, count, wanted->revision);
	if (at == count && wanted->revision != 0)
		status = no_revision(month->month, wanted->revision, count, behind->notice);
	else if (at == count || wanted->is_present)
		status = closing_now(desk, month, &closing, behind->notice);
	else
		status = closing_load(desk, &list[at], &closing, behind->notice);
	if (status == DESK_OK)
		status = cases_add(behind, &closing);
	closing_clear(&closing);
	revisions_done(list, count);
	return status;
}

static enum desk_status cell_check(
	struct desk *desk, const struct figures_cell *cell, struct notice *notice)
{
	struct service_list services = { 0 };
	enum db_status stored = services_list(desk->store, &services.rows, &services.count);
	const struct service *service = service_find(&services, cell->service);
	bool is_known = cell->is_dbsb || strcmp(cell->service, "total") == 0 ||
			(service && service->position > 0);

	services_clear(&services);
	if (stored == DB_OK && !is_known)
		return notice_set(notice, DESK_USAGE,
			"figures: the register has no service \"%s\"; give its code, total, or dbsb"
			" for a measure of submissions",
			cell->service);
	return desk_failed(desk->store, stored, notice);
}

static enum desk_status cases_read(struct behind *behind, const struct figures_span *span)
{
	struct figures *figures = NULL;
	enum desk_status status = cell_check(behind->desk, behind->cell, behind->notice);

	if (status == DESK_OK)
		status = figures_now(behind->desk, span, &figures, behind->notice);
	for (size_t i = 0; status == DESK_OK && i < figures->month_count; i++)
		status = month_behind(behind, &figures->months[i]);
	figures_free(figures);
	return status;
}

enum desk_status desk_cases(struct desk *desk, const struct desk_figures_wanted *wanted,
	const struct figures_cell *cell, struct desk_cases *out_cases, struct notice *out_notice)
{
	struct behind behind = { desk, wanted, cell, out_cases, out_notice };
	struct figures_span span;
	enum desk_status status = reading_begin(desk, wanted, &span, out_notice);

	*out_cases = (struct desk_cases) { 0 };
	if (status != DESK_OK)
		return status;
	status = cases_read(&behind, &span);
	store_read_end(desk->store);
	if (status != DESK_OK)
		desk_cases_clear(out_cases);
	return status;
}
