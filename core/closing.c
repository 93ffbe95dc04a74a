/*
 * What was frozen is counted again each time it is read: the cells kept and the
 * cases behind them must make the same figures.
 */
#include "core/closing.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/layout.h"
#include "core/register_words.h"

void closing_clear(struct closing *closing)
{
	month_services_clear(closing->services, closing->service_count);
	mem_free(closing->services);
	mem_free(closing->cases);
	mem_free(closing->figures);
	*closing = (struct closing) { 0 };
}

static void figure_put(
	struct closing *closing, const char *measure, const char *service, int64_t value)
{
	struct month_figure *figure = &closing->figures[closing->figure_count++];

	(void)snprintf(figure->measure, sizeof(figure->measure), "%s", measure);
	(void)snprintf(figure->service, sizeof(figure->service), "%s", service);
	figure->value = value;
}

/* Every cell, in the order of the contract. */
static void figures_fill(struct closing *closing, const struct figures_month *month)
{
	size_t cells = TRACING_MEASURES * (month->service_count + 1) + DBSB_MEASURES;

	closing->figures = mem_new(cells, sizeof(*closing->figures));
	for (int m = 0; m < TRACING_MEASURES; m++) {
		const char *measure = register_tracing[m].code;

		for (size_t s = 0; s < month->service_count; s++)
			figure_put(closing, measure, month->services[s].code,
				month->services[s].value[m]);
		figure_put(closing, measure, "total", month->total[m]);
	}
	for (int m = 0; m < DBSB_MEASURES; m++)
		figure_put(closing, register_dbsb[m].code, "", month->dbsb[m]);
}

void closing_fill(struct closing *closing, const struct figures_month *month,
	struct month_case *cases, size_t case_count)
{
	*closing = (struct closing) { .cases = cases };
	memcpy(closing->month, month->month, sizeof(closing->month));
	closing->service_count = month->service_count;
	closing->services = mem_new(month->service_count, sizeof(*closing->services));
	for (size_t i = 0; i < month->service_count; i++) {
		const struct figures_service *from = &month->services[i];
		struct month_service *to = &closing->services[i];

		memcpy(to->code, from->code, sizeof(to->code));
		to->position = from->position;
		to->label = mem_text(from->label);
		to->footnote = mem_text(from->footnote);
	}
	for (size_t i = 0; i < case_count; i++)
		if (!*cases[i].service || figures_service_find(month, cases[i].service))
			cases[closing->case_count++] = cases[i];
	figures_fill(closing, month);
}

/* A receipt counts once; a submission once as received and once as what it came to. */
static void count_case(const struct month_case *one, struct tracing_count *tracing,
	struct submission_count *submissions)
{
	if (*one->service) {
		memcpy(tracing->service, one->service, sizeof(tracing->service));
		tracing->outcome = (enum request_state)one->counts;
		tracing->count = 1;
		return;
	}
	submissions->received += one->counts == SUBMISSION_RECEIVED;
	submissions->rejected += one->counts == SUBMISSION_REJECTED;
	submissions->withdrawn += one->counts == SUBMISSION_WITHDRAWN;
	submissions->processed += one->counts == SUBMISSION_PROCESSED;
	submissions->transactions += one->transactions;
	submissions->single_match += one->single_match;
}

/* The services as they were, shown in any case; figures_make takes them over. */
static struct service *services_again(const struct closing *closing)
{
	struct service *services = mem_new(closing->service_count, sizeof(*services));

	for (size_t i = 0; i < closing->service_count; i++) {
		memcpy(services[i].code, closing->services[i].code, sizeof(services[i].code));
		services[i].position = closing->services[i].position;
		services[i].label = mem_text(closing->services[i].label);
		services[i].footnote = mem_text(closing->services[i].footnote);
		services[i].note = mem_text("");
	}
	return services;
}

static struct figures *figures_count(const struct closing *closing, char *why, size_t why_size)
{
	struct tracing_count *tracing = mem_new(closing->case_count + 1, sizeof(*tracing));
	struct submission_count submissions = { 0 };
	struct figures_counts counts = { .tracing = tracing,
		.submissions = &submissions,
		.submission_count = 1,
		.services = services_again(closing),
		.service_count = closing->service_count };
	struct figures_span span;
	struct figures *figures;

	memcpy(span.first, closing->month, sizeof(span.first));
	memcpy(span.last, closing->month, sizeof(span.last));
	memcpy(submissions.month, closing->month, sizeof(submissions.month));
	for (size_t i = 0; i < closing->case_count; i++) {
		struct tracing_count *count = &tracing[counts.tracing_count];

		memcpy(count->month, closing->month, sizeof(count->month));
		count_case(&closing->cases[i], count, &submissions);
		counts.tracing_count += *closing->cases[i].service != '\0';
	}
	figures = figures_make(&span, &counts, why, why_size);
	mem_free(tracing);
	return figures;
}

static const struct month_figure *figure_find(
	const struct closing *closing, const char *measure, const char *service)
{
	for (size_t i = 0; i < closing->figure_count; i++)
		if (strcmp(closing->figures[i].measure, measure) == 0 &&
			strcmp(closing->figures[i].service, service) == 0)
			return &closing->figures[i];
	return NULL;
}

static bool figures_agree(const struct closing *closing, const struct figures_month *month,
	char *why, size_t why_size)
{
	struct closing again = { 0 };
	bool is_same;

	figures_fill(&again, month);
	is_same = again.figure_count == closing->figure_count;
	for (size_t i = 0; is_same && i < again.figure_count; i++) {
		const struct month_figure *counted = &again.figures[i];
		const struct month_figure *kept =
			figure_find(closing, counted->measure, counted->service);

		is_same = kept && kept->value == counted->value;
	}
	mem_free(again.figures);
	if (!is_same)
		(void)snprintf(why, why_size,
			"%s: a figure is not the sum of what stands behind it; run `tracedesk"
			" audit verify` and tell the auditor",
			closing->month);
	return is_same;
}

struct figures *closing_figures(const struct closing *closing, char *out_why, size_t why_size)
{
	struct figures *figures = figures_count(closing, out_why, why_size);

	if (figures && !figures_agree(closing, &figures->months[0], out_why, why_size)) {
		figures_free(figures);
		return NULL;
	}
	return figures;
}

/* Cells */

static int measure_find(const struct register_measure *measures, int count, const char *code)
{
	for (int m = 0; m < count; m++)
		if (strcmp(measures[m].code, code) == 0)
			return m;
	return -1;
}

bool figures_cell_read(const char *text, struct figures_cell *out_cell)
{
	const char *colon = strchr(text, ':');
	char measure[CODE_SIZE];

	if (!colon || (size_t)(colon - text) >= sizeof(measure) ||
		strlen(colon + 1) >= sizeof(out_cell->service))
		return false;
	(void)snprintf(measure, sizeof(measure), "%.*s", (int)(colon - text), text);
	(void)snprintf(out_cell->service, sizeof(out_cell->service), "%s", colon + 1);
	out_cell->is_dbsb = strcmp(out_cell->service, "dbsb") == 0;
	out_cell->measure = out_cell->is_dbsb
				    ? measure_find(register_dbsb, DBSB_MEASURES, measure)
				    : measure_find(register_tracing, TRACING_MEASURES, measure);
	return out_cell->measure >= 0;
}

static int state_of(enum tracing_measure measure)
{
	switch (measure) {
	case MEASURE_REJECTED:
		return STATE_REJECTED;
	case MEASURE_APPROVED_TRACE:
		return STATE_APPROVED_TRACE;
	case MEASURE_APPROVED_NO_TRACE:
		return STATE_APPROVED_NO_TRACE;
	case MEASURE_TOTAL:
	case TRACING_MEASURES:
		break;
	}
	return 0;
}

static int status_of(enum dbsb_measure measure)
{
	switch (measure) {
	case DBSB_RECEIVED:
		return SUBMISSION_RECEIVED;
	case DBSB_REJECTED:
		return SUBMISSION_REJECTED;
	case DBSB_WITHDRAWN:
		return SUBMISSION_WITHDRAWN;
	case DBSB_PROCESSED:
	case DBSB_AVERAGE:
	case DBSB_SINGLE_PERCENT:
	case DBSB_SINGLE:
	case DBSB_UNMATCHED:
	case DBSB_TRANSACTIONS:
	case DBSB_MEASURES:
		break;
	}
	return SUBMISSION_PROCESSED;
}

bool closing_is_behind(const struct month_case *one, const struct figures_cell *cell)
{
	int state;

	if (cell->is_dbsb != (*one->service == '\0'))
		return false;
	if (cell->is_dbsb)
		return one->counts == status_of((enum dbsb_measure)cell->measure);
	state = state_of((enum tracing_measure)cell->measure);
	return (state == 0 || one->counts == state) &&
	       (strcmp(cell->service, "total") == 0 || strcmp(cell->service, one->service) == 0);
}

/* Differences */

void closing_mark(struct figures_month *now, const struct figures_month *published)
{
	now->is_present = true;
	for (int m = 0; m < TRACING_MEASURES; m++) {
		for (size_t s = 0; s < now->service_count; s++) {
			struct figures_service *service = &now->services[s];
			const struct figures_service *was =
				figures_service_find(published, service->code);

			service->differs[m] = service->value[m] != (was ? was->value[m] : 0);
		}
		now->total_differs[m] = now->total[m] != published->total[m];
	}
	for (int m = 0; m < DBSB_MEASURES; m++)
		now->dbsb_differs[m] = now->dbsb[m] != published->dbsb[m];
}

static const struct month_service *label_find(const struct closing *closing, const char *code)
{
	for (size_t i = 0; i < closing->service_count; i++)
		if (strcmp(closing->services[i].code, code) == 0)
			return &closing->services[i];
	return NULL;
}

static void value_words(const struct month_figure *figure, struct buffer *out)
{
	char shown[32];

	if (!figure) {
		buffer_add(out, "not shown");
	} else if (figure->value == FIGURE_NONE) {
		buffer_add(out, "-");
	} else if (strcmp(figure->measure, register_dbsb[DBSB_SINGLE_PERCENT].code) == 0) {
		buffer_print(
			out, "%" PRId64 ".%" PRId64 "%%", figure->value / 10, figure->value % 10);
	} else {
		layout_number(figure->value, shown);
		buffer_add(out, shown);
	}
}

/* "Rejected, Police"; a dbsb measure by its title. */
static void cell_words(const struct closing *before, const struct closing *now,
	const struct month_figure *figure, struct buffer *out)
{
	int m = measure_find(register_tracing, TRACING_MEASURES, figure->measure);
	const struct month_service *service = label_find(now, figure->service);

	if (!*figure->service) {
		m = measure_find(register_dbsb, DBSB_MEASURES, figure->measure);
		buffer_add(out, m < 0 ? figure->measure : register_dbsb[m].title);
		return;
	}
	if (!service)
		service = label_find(before, figure->service);
	buffer_print(out, "%s, %s", m < 0 ? figure->measure : register_tracing[m].title,
		service ? service->label : "Total");
}

static void figure_line(const struct closing *before, const struct closing *now,
	const struct month_figure *cell, struct buffer *out)
{
	const struct month_figure *was = figure_find(before, cell->measure, cell->service);
	const struct month_figure *is = figure_find(now, cell->measure, cell->service);

	if (was && is && was->value == is->value)
		return;
	cell_words(before, now, cell, out);
	buffer_add(out, ": ");
	value_words(was, out);
	buffer_add(out, " \xE2\x86\x92 ");
	value_words(is, out);
	buffer_add(out, "\n");
}

static void text_line(
	const char *what, const char *code, const char *was, const char *is, struct buffer *out)
{
	if (strcmp(was, is) != 0)
		buffer_print(out, "%s of %s: \"%s\" \xE2\x86\x92 \"%s\"\n", what, code, was, is);
}

static bool case_is_in(const struct closing *closing, const struct month_case *one)
{
	for (size_t i = 0; i < closing->case_count; i++) {
		const struct month_case *other = &closing->cases[i];

		if (strcmp(other->reference, one->reference) == 0 &&
			strcmp(other->service, one->service) == 0 && other->counts == one->counts &&
			other->transactions == one->transactions &&
			other->single_match == one->single_match)
			return true;
	}
	return false;
}

static const char *counts_name(const struct month_case *one)
{
	return *one->service ? request_state_name(one->counts)
			     : submission_status_code(one->counts);
}

static void case_line(const struct month_case *one, const char *how, struct buffer *out)
{
	char transactions[32], single[32];

	buffer_print(out, "%s: %s as %s", one->reference, how, counts_name(one));
	if (!*one->service && one->counts == SUBMISSION_PROCESSED) {
		layout_number(one->transactions, transactions);
		layout_number(one->single_match, single);
		buffer_print(out, ", %s transactions, %s single matches", transactions, single);
	}
	buffer_add(out, "\n");
}

/* Those of one that the other has not. */
static void case_lines(
	const struct closing *of, const struct closing *not_of, const char *how, struct buffer *out)
{
	for (size_t i = 0; i < of->case_count; i++)
		if (!case_is_in(not_of, &of->cases[i]))
			case_line(&of->cases[i], how, out);
}

void closing_difference(const struct closing *before, const struct closing *now, struct buffer *out)
{
	for (size_t i = 0; i < now->figure_count; i++)
		figure_line(before, now, &now->figures[i], out);
	for (size_t i = 0; i < before->figure_count; i++)
		if (!figure_find(now, before->figures[i].measure, before->figures[i].service))
			figure_line(before, now, &before->figures[i], out);
	for (size_t i = 0; i < now->service_count; i++) {
		const struct month_service *is = &now->services[i];
		const struct month_service *was = label_find(before, is->code);

		if (!was)
			continue;
		text_line("Label", is->code, was->label, is->label, out);
		text_line("Footnote", is->code, was->footnote, is->footnote, out);
	}
	case_lines(before, now, "counted", out);
	case_lines(now, before, "counts", out);
}
