/*
 * Titles and codes of the register as tables, and the sentences round its
 * figures. All months of a period are looked at, so that a note comes once.
 */
#include "core/register_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/layout.h"
#include "core/suppress.h"

#define PROVISIONAL_MONTHS \
	"Provisional: these months are not closed; their figures can still change."

const struct register_measure register_tracing[TRACING_MEASURES] = {
	[MEASURE_REJECTED] = { "rejected", "Rejected" },
	[MEASURE_APPROVED_TRACE] = { "approved_trace", "Approved - Trace" },
	[MEASURE_APPROVED_NO_TRACE] = { "approved_no_trace", "Approved - No Trace" },
	[MEASURE_TOTAL] = { "total_receipts_processed", "Total receipts processed" },
};

const struct register_measure register_dbsb[DBSB_MEASURES] = {
	[DBSB_RECEIVED] = { "received", "Number of Submissions Received" },
	[DBSB_REJECTED] = { "rejected", "Number of Submissions Rejected" },
	[DBSB_WITHDRAWN] = { "withdrawn", "Number of Submissions Withdrawn" },
	[DBSB_PROCESSED] = { "approved_and_processed",
		"Number of Submissions Approved and Processed" },
	[DBSB_AVERAGE] = { "transactions_avg_per_file",
		"Actual Number of Transactions Processed by DBS (Avg per File)" },
	[DBSB_SINGLE_PERCENT] = { "single_match_percent", "% of Transactions with Single Matched" },
	[DBSB_SINGLE] = { "single_match", "Total Number of Transactions with Single Match" },
	[DBSB_UNMATCHED] = { "unmatched", "Total Unmatched" },
	[DBSB_TRANSACTIONS] = { "transactions_total",
		"Actual Number of Transactions Processed by DBS (Total)" },
};

void register_period(const struct figures *figures, struct buffer *out)
{
	const char *first = figures->months[0].month;
	const char *last = figures->months[figures->month_count - 1].month;
	char shown[32];

	month_shown(first, shown);
	if (strcmp(first, last) != 0) {
		if (strncmp(first, last, 4) == 0)
			shown[strcspn(shown, " ")] = '\0';
		buffer_print(out, "%s to ", shown);
		month_shown(last, shown);
	}
	buffer_add(out, shown);
}

void register_provisional(const struct figures *figures, struct buffer *out)
{
	size_t open = 0;
	struct buffer names;
	char shown[32];

	buffer_init(&names);
	for (size_t i = 0; i < figures->month_count; i++) {
		if (figures->months[i].is_closed)
			continue;
		month_shown(figures->months[i].month, shown);
		buffer_print(
			&names, "%s%s", open++ > 0 ? ", " : "Provisional, not closed: ", shown);
	}
	if (open > 0 && open == figures->month_count)
		buffer_add(out, open == 1 ? REGISTER_PROVISIONAL : PROVISIONAL_MONTHS);
	else
		buffer_add(out, buffer_text(&names));
	buffer_done(&names);
}

void register_title(const struct figures *figures, struct buffer *out)
{
	buffer_add(out, "Tracing service and Demographics Batch Service Bureau activity - ");
	register_period(figures, out);
}

void register_month_heading(
	const struct figures_month *month, enum register_layout layout, struct buffer *out)
{
	char shown[32];

	month_shown(month->month, shown);
	buffer_print(out, "Tracing service %s %s", layout == REGISTER_LIST ? "activity for" : "-",
		shown);
}

void register_dbsb_heading(const struct figures *figures, struct buffer *out)
{
	buffer_add(out, "Demographics Batch Service Bureau activity - ");
	register_period(figures, out);
}

void register_share(const struct figures *figures, int64_t tenths, struct buffer *out)
{
	buffer_print(out, "%" PRId64, tenths / 10);
	if (!suppression_is_whole(figures->suppression))
		buffer_print(out, ".%" PRId64, tenths % 10);
}

void register_dbsb_shown(const struct figures *figures, const struct figures_month *month,
	enum dbsb_measure measure, struct buffer *out)
{
	int64_t value = month->dbsb[measure];
	char shown[32];

	layout_number(value, shown);
	if (value == FIGURE_HIDDEN) {
		buffer_add(out, REGISTER_HIDDEN);
	} else if (value <= 0) {
		buffer_add(out, "-");
	} else if (measure == DBSB_SINGLE_PERCENT) {
		register_share(figures, value, out);
		buffer_add(out, "%");
	} else {
		buffer_add(out, shown);
	}
}

static void add_note(struct register_notes *notes, char *line)
{
	size_t size = sizeof(*notes->lines);

	notes->lines = mem_resize(notes->lines, notes->count * size, (notes->count + 1) * size);
	notes->lines[notes->count++] = line;
}

static bool has_note(const struct register_notes *notes, const char *line)
{
	for (size_t i = 0; i < notes->count; i++)
		if (strcmp(notes->lines[i], line) == 0)
			return true;
	return false;
}

/* The lowest place in the register after `after` that any month shows; 0 when there is none. */
static int position_after(const struct figures *figures, int after)
{
	int next = 0;

	for (size_t i = 0; i < figures->month_count; i++)
		for (size_t s = 0; s < figures->months[i].service_count; s++) {
			int position = figures->months[i].services[s].position;

			if (position > after && (next == 0 || position < next))
				next = position;
		}
	return next;
}

static void add_footnotes(const struct figures *figures, int position, struct register_notes *notes)
{
	for (size_t i = 0; i < figures->month_count; i++)
		for (size_t s = 0; s < figures->months[i].service_count; s++) {
			const struct figures_service *service = &figures->months[i].services[s];

			if (service->position == position && service->footnote[0] &&
				!has_note(notes, service->footnote))
				add_note(notes, mem_text(service->footnote));
		}
}

static void add_published(const struct figures_month *month, struct register_notes *notes)
{
	char shown[32], day[64];
	struct buffer line;

	buffer_init(&line);
	month_shown(month->month, shown);
	day_shown(month->closed_on, day);
	if (month->is_present)
		buffer_print(&line, "%s: present figures, not those of ", shown);
	else
		buffer_print(&line, "%s: ", shown);
	buffer_print(&line, "revision %d, published on %s", month->revision, day);
	if (month->checkpoint)
		buffer_print(&line, ", checkpoint %s", month->checkpoint);
	buffer_add(&line, ".");
	add_note(notes, buffer_take(&line));
	for (size_t i = 0; i < month->revision_count; i++) {
		const struct figures_revision *revision = &month->revisions[i];

		day_shown(revision->day, day);
		buffer_print(&line, "%s was revised on %s (revision %d): %s", shown, day,
			revision->revision, revision->why);
		add_note(notes, buffer_take(&line));
	}
}

void register_notes_load(const struct figures *figures, struct register_notes *out_notes)
{
	*out_notes = (struct register_notes) { 0 };
	if (figures->suppression != SUPPRESS_NOTHING)
		add_note(out_notes, mem_text(suppression_note(figures->suppression)));
	for (int at = position_after(figures, 0); at > 0; at = position_after(figures, at))
		add_footnotes(figures, at, out_notes);
	out_notes->footnote_count = out_notes->count;
	for (size_t i = 0; i < figures->month_count; i++)
		if (figures->months[i].is_closed)
			add_published(&figures->months[i], out_notes);
}

void register_notes_clear(struct register_notes *notes)
{
	for (size_t i = 0; i < notes->count; i++)
		mem_free(notes->lines[i]);
	mem_free(notes->lines);
	*notes = (struct register_notes) { 0 };
}
