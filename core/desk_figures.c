/*
 * The figures of a period, read in one snapshot.
 */
#include "core/desk_private.h"
#include "db/months.h"
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
	struct store *store, const char *first, const char *last, struct gathered *all)
{
	enum db_status status = store_read_begin(store);

	if (status != DB_OK)
		return status;
	status = services_list(store, &all->services, &all->service_count);
	if (status == DB_OK)
		status = requests_figures(store, first, last, &all->tracing, &all->tracing_count);
	if (status == DB_OK)
		status = submissions_figures(
			store, first, last, &all->submissions, &all->submission_count);
	if (status == DB_OK)
		status = months_closed(store, &all->months, &all->month_count);
	store_read_end(store);
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

enum desk_status desk_figures(struct desk *desk, const char *period, struct figures **out_figures,
	struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_FIGURES, NULL, out_notice);
	struct gathered all = { 0 };
	struct figures_span span;
	char why[512];
	enum db_status stored;

	*out_figures = NULL;
	if (status != DESK_OK)
		return status;
	if (!figures_period(period, desk->today, &span, why, sizeof(why)))
		return notice_set(out_notice, DESK_USAGE, "figures: %s", why);
	stored = gather(desk->store, span.first, span.last, &all);
	if (stored == DB_OK)
		*out_figures = make(&span, &all, why, sizeof(why));
	gathered_done(&all);
	if (stored == DB_OK && !*out_figures)
		return notice_set(out_notice, DESK_DAMAGED, "figures: %s", why);
	return desk_failed(desk->store, stored, out_notice);
}
