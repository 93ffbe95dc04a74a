/*
 * The register for programs: every figure once, as csv and as json, in the order of
 * the contract.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/json.h"
#include "core/register.h"
#include "core/register_words.h"
#include "core/sheet.h"
#include "core/suppress.h"

/* One figure of csv and json. */
struct cell {
	const char *month;
	const char *section;
	const char *measure;
	const char *service; /* NULL in the dbsb section */
	char value[40];	     /* "-" where a division by zero would be */
};

typedef void cell_writer(const struct cell *cell, struct buffer *out);

static void write_cell(struct cell *cell, int64_t value, cell_writer *write, struct buffer *out)
{
	if (value == FIGURE_HIDDEN || value == FIGURE_NONE)
		(void)snprintf(cell->value, sizeof(cell->value), "%s",
			value == FIGURE_HIDDEN ? REGISTER_HIDDEN : "-");
	else
		(void)snprintf(cell->value, sizeof(cell->value), "%" PRId64, value);
	write(cell, out);
}

/* The share as it is printed, without its sign. */
static void write_share(struct cell *cell, const struct figures *figures, int64_t value,
	cell_writer *write, struct buffer *out)
{
	struct buffer share;

	if (value < 0) {
		write_cell(cell, value, write, out);
		return;
	}
	buffer_init(&share);
	register_share(figures, value, &share);
	(void)snprintf(cell->value, sizeof(cell->value), "%s", buffer_text(&share));
	buffer_done(&share);
	write(cell, out);
}

static void tracing_cells(const struct figures_month *month, cell_writer *write, struct buffer *out)
{
	for (int m = 0; m < TRACING_MEASURES; m++) {
		struct cell cell = { .month = month->month,
			.section = "tracing",
			.measure = register_tracing[m].code };

		for (size_t s = 0; s < month->service_count; s++) {
			cell.service = month->services[s].code;
			write_cell(&cell, month->services[s].value[m], write, out);
		}
		cell.service = "total";
		write_cell(&cell, month->total[m], write, out);
	}
}

static void dbsb_cells(const struct figures *figures, const struct figures_month *month,
	cell_writer *write, struct buffer *out)
{
	for (int m = 0; m < DBSB_MEASURES; m++) {
		struct cell cell = {
			.month = month->month, .section = "dbsb", .measure = register_dbsb[m].code
		};

		if (m == DBSB_SINGLE_PERCENT)
			write_share(&cell, figures, month->dbsb[m], write, out);
		else
			write_cell(&cell, month->dbsb[m], write, out);
	}
}

/* Every figure in the order of the contract: csv and json cannot differ in it. */
static void all_cells(const struct figures *figures, cell_writer *write, struct buffer *out)
{
	for (size_t i = 0; i < figures->month_count; i++) {
		tracing_cells(&figures->months[i], write, out);
		dbsb_cells(figures, &figures->months[i], write, out);
	}
}

static void csv_cell(const struct cell *cell, struct buffer *out)
{
	buffer_print(out, "%s,%s,%s,", cell->month, cell->section, cell->measure);
	if (cell->service)
		csv_write_cell(cell->service, false, out);
	buffer_print(out, ",%s\n", cell->value);
}

void register_csv(const struct figures *figures, struct buffer *out)
{
	buffer_add(out, "month,section,measure,service,value\n");
	all_cells(figures, csv_cell, out);
}

static void json_cell(const struct cell *cell, struct buffer *out)
{
	bool is_first = buffer_text(out)[out->size - 1] == '[';

	buffer_print(out,
		"%s\n{\"month\":\"%s\",\"section\":\"%s\",\"measure\":\"%s\",\"service\":",
		is_first ? "" : ",", cell->month, cell->section, cell->measure);
	if (cell->service)
		json_write_string(cell->service, out);
	else
		buffer_add(out, "null");
	if (strcmp(cell->value, REGISTER_HIDDEN) == 0)
		buffer_add(out, ",\"value\":\"" REGISTER_HIDDEN "\"}");
	else
		buffer_print(out, ",\"value\":%s}",
			strcmp(cell->value, "-") == 0 ? "null" : cell->value);
}

static void json_months(const struct figures *figures, struct buffer *out)
{
	for (size_t i = 0; i < figures->month_count; i++) {
		const struct figures_month *month = &figures->months[i];

		buffer_print(out,
			"%s\n{\"month\":\"%s\",\"status\":\"%s\",\"closed_on\":", i > 0 ? "," : "",
			month->month, month->is_closed ? "closed" : "open");
		if (month->is_closed)
			json_write_string(month->closed_on, out);
		else
			buffer_add(out, "null");
		buffer_print(out, ",\"revision\":%d}", month->revision);
	}
}

void register_json(const struct figures *figures, struct buffer *out)
{
	buffer_add(out, "{\"months\":[");
	json_months(figures, out);
	buffer_add(out, "],\n\"figures\":[");
	all_cells(figures, json_cell, out);
	buffer_add(out, "]");
	if (figures->suppression != SUPPRESS_NOTHING) {
		buffer_add(out, ",\n\"suppressed\":");
		json_write_string(suppression_note(figures->suppression), out);
	}
	buffer_add(out, "}\n");
}
