/*
 * audit log.
 */
#include <inttypes.h>
#include <string.h>

#include "cli/command.h"
#include "cli/input.h"
#include "cli/pages.h"
#include "cli/session.h"
#include "core/calendar.h"
#include "core/desk_rights.h"
#include "core/log_filter.h"
#include "core/text.h"

enum { FILTER_FILE_MOST = 16384, SAMPLE_MOST = 100000 };

static const struct sheet_column log_columns[] = {
	{ .name = "event", .title = "Event", .kind = CELL_NUMBER },
	{ .name = "time", .title = "Time" },
	{ .name = "person", .title = "Who" },
	{ .name = "roles", .title = "Roles" },
	{ .name = "kind", .title = "What" },
	{ .name = "reference", .title = "About" },
	{ .name = "told", .title = "Said and changed" },
};

/* The log under way. */
struct log {
	struct desk *desk;
	struct log_filter filter;
	bool is_exposed; /* something personal stands on the command line */
	struct pages pages;
	uint64_t sample, seed;
	bool is_sample;
	struct buffer text; /* of the text format */
};

/* A line for the event, then what it tells, further in. */
static void write_entry(struct buffer *out, const struct log_entry *entry)
{
	const struct event *event = &entry->event;
	const char *line = entry->told;
	char time[21];

	moment_text(event->time, time);
	buffer_print(out, "%7" PRId64 "  %s  ", event->sequence, time);
	text_show(event->person_name, out);
	buffer_print(out, "%s%s%s", *event->person_name != '\0' ? "  " : "",
		event_kind_name((int)event->kind), *event->reference != '\0' ? "  " : "");
	text_show(event->reference, out);
	buffer_add(out, "\n");
	while (*line != '\0') {
		size_t size = strcspn(line, "\n");
		char *part = mem_text_sized(line, size);

		buffer_add(out, "         ");
		text_show(part, out);
		buffer_add(out, "\n");
		mem_free(part);
		line += size + (line[size] == '\n');
	}
}

static void add_entry(struct sheet *sheet, const struct log_entry *entry)
{
	const struct event *event = &entry->event;
	char time[21], roles[128];

	moment_text(event->time, time);
	roles_text(event->role, roles, sizeof(roles));
	sheet_number(sheet, event->sequence);
	sheet_text(sheet, time);
	sheet_text(sheet, event->person_name);
	sheet_text(sheet, roles);
	sheet_text(sheet, event_kind_code((int)event->kind));
	sheet_text(sheet, event->reference);
	sheet_text(sheet, entry->told);
}

static void add_entries(struct log *log, struct log_entry *entries, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (log->pages.output->format == OUTPUT_TEXT)
			write_entry(&log->text, &entries[i]);
		else
			add_entry(log->pages.sheet, &entries[i]);
	}
	log_entries_clear(entries, count);
	mem_free(entries);
}

static enum desk_status read_words(const struct call *call, struct log *log, struct notice *notice)
{
	const char *file = call->value[OPTION_FILTER_FROM];
	char why[LOG_FILTER_WHY_SIZE];
	char *text = NULL;
	enum desk_status status;
	const char *word;
	bool is_good = true;

	for (size_t i = 0; is_good && (word = call_word(call, i)) != NULL; i++)
		is_good = log_filter_add(&log->filter, word, why);
	log->is_exposed = log->filter.is_personal;
	if (is_good && file) {
		status = input_text(file, FILTER_FILE_MOST, &text, notice);
		if (status != DESK_OK)
			return status;
		is_good = log_filter_read(&log->filter, text, why);
		mem_free(text);
	}
	return is_good ? DESK_OK : call_misused(call, notice, "%s", why);
}

static enum desk_status read_sample(const struct call *call, struct log *log, struct notice *notice)
{
	const char *sample = call->value[OPTION_SAMPLE], *seed = call->value[OPTION_SEED];

	log->is_sample = sample != NULL;
	if (!sample && !seed)
		return DESK_OK;
	if (!sample || !seed)
		return call_misused(call, notice,
			"--sample and --seed go together, so that the sample can be drawn again; "
			"give both");
	if (call->value[OPTION_LIMIT])
		return call_misused(call, notice, "--sample has its own number; leave --limit out");
	if (!text_number(sample, 1, SAMPLE_MOST, &log->sample))
		return call_misused(call, notice,
			"\"%s\" is no size of a sample; give a whole number from 1 to %d", sample,
			SAMPLE_MOST);
	if (!text_number(seed, 0, UINT64_MAX, &log->seed))
		return call_misused(
			call, notice, "\"%s\" is no seed; give a whole number from 0", seed);
	return DESK_OK;
}

static enum desk_status write_text(struct log *log, int64_t not_shown, struct notice *notice)
{
	if (log->text.size == 0)
		buffer_add(&log->text, "No event.\n");
	if (not_shown > 0)
		buffer_print(
			&log->text, "%" PRId64 " more; --limit N shows more of them.\n", not_shown);
	return output_write(log->pages.output, &log->text, notice);
}

static enum desk_status write_sample(struct log *log, struct notice *notice)
{
	const struct log_sampling sampling = { &log->filter, (size_t)log->sample, log->seed };
	struct log_entry *entries = NULL;
	size_t count = 0;
	enum desk_status status = desk_audit_sample(log->desk, &sampling, &entries, &count, notice);

	if (status == DESK_OK)
		add_entries(log, entries, count);
	if (status == DESK_OK && log->pages.output->format != OUTPUT_TEXT)
		return output_sheet_done(log->pages.output, log->pages.sheet, notice);
	sheet_free(log->pages.sheet);
	return status == DESK_OK ? write_text(log, 0, notice) : status;
}

static enum desk_status write_pages(struct log *log, struct notice *notice)
{
	int64_t total = 0, limit = log->pages.left, last = 0;
	enum desk_status status = DESK_OK;

	while (status == DESK_OK && log->pages.left > 0) {
		const struct log_page page = { &log->filter, last, pages_wanted(&log->pages) };
		struct log_entry *entries = NULL;
		size_t count = 0;

		status = desk_audit_log(log->desk, &page, &entries, &count, notice);
		if (status != DESK_OK)
			break;
		last = count > 0 ? entries[count - 1].event.sequence : 0;
		add_entries(log, entries, count);
		status = pages_next(&log->pages, count, notice);
	}
	if (status != DESK_OK || log->pages.output->format != OUTPUT_TEXT)
		return pages_end(&log->pages, status, 0, notice);
	sheet_free(log->pages.sheet);
	status = desk_audit_log_total(log->desk, &log->filter, &total, notice);
	return status == DESK_OK ? write_text(log, total - limit, notice) : status;
}

static enum desk_status open_desk(const struct call *call, struct log *log, struct notice *notice)
{
	enum desk_status status = session_desk(call, &log->desk, notice);

	if (status != DESK_OK || !log->is_exposed || desk_is_demo(log->desk))
		return status;
	return call_misused(call, notice,
		"subject: as an argument is for demo stores, since command lines can be read by "
		"others; give --filter-from FILE");
}

static enum desk_status write_log(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct log log = { .pages = { .output = output,
				   .columns = log_columns,
				   .column_count = sizeof(log_columns) / sizeof(log_columns[0]) } };
	enum desk_status status;

	buffer_init(&log.text);
	log_filter_init(&log.filter);
	status = read_words(call, &log, notice);
	if (status == DESK_OK)
		status = read_sample(call, &log, notice);
	if (status == DESK_OK)
		status = pages_begin(call, &log.pages, notice);
	if (status == DESK_OK)
		status = open_desk(call, &log, notice);
	if (status != DESK_OK)
		sheet_free(log.pages.sheet);
	else if (log.is_sample)
		status = write_sample(&log, notice);
	else
		status = write_pages(&log, notice);
	desk_close(log.desk);
	log_filter_clear(&log.filter);
	buffer_done(&log.text);
	return status;
}

enum desk_status cmd_audit_log(const struct call *call, struct notice *notice)
{
	return output_run(call, write_log, notice);
}
