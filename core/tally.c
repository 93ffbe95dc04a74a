/*
 * Counts by columns, kept sorted.
 */
#include "core/tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/codes.h"

#define TALLY_ROW(constant, column, title, codes, where) { #column, title, codes },
static const struct {
	const char *name;
	const char *title;
	const char *codes;
} columns[TALLY_COLUMN_COUNT] = { TALLY_COLUMNS(TALLY_ROW) };

const char *tally_column_name(enum tally_column column)
{
	return columns[column].name;
}

const char *tally_column_title(enum tally_column column)
{
	return columns[column].title;
}

const char *tally_label(enum tally_column column, const char *value)
{
	const struct code_set *set = code_set_find(columns[column].codes);
	const char *label = NULL;

	if (column == TALLY_STATE)
		label = request_state_name(request_state_from(value));
	else if (set)
		label = code_label(set, value);
	return label ? label : value;
}

static bool tally_has(const struct tally *tally, enum tally_column column)
{
	for (size_t i = 0; i < tally->column_count; i++)
		if (tally->columns[i] == column)
			return true;
	return false;
}

static enum tally_column column_find(const char *name, size_t size)
{
	for (enum tally_column i = 0; i < TALLY_COLUMN_COUNT; i++)
		if (strlen(columns[i].name) == size && memcmp(columns[i].name, name, size) == 0)
			return i;
	return TALLY_COLUMN_COUNT;
}

static void why_unknown(const char *name, int size, char *out_why, size_t why_size)
{
	struct buffer known;

	buffer_init(&known);
	for (size_t i = 0; i < TALLY_COLUMN_COUNT; i++)
		buffer_print(&known, "%s%s", i > 0 ? ", " : "", columns[i].name);
	(void)snprintf(out_why, why_size, "\"%.*s\" is no column to count by; choose one of %s",
		size, name, buffer_text(&known));
	buffer_done(&known);
}

bool tally_init(struct tally *tally, const char *list, char *out_why, size_t why_size)
{
	bool is_more = true;

	*tally = (struct tally) { 0 };
	while (is_more) {
		size_t size = strcspn(list, ",");
		enum tally_column column = column_find(list, size);

		if (column == TALLY_COLUMN_COUNT) {
			why_unknown(list, (int)size, out_why, why_size);
			return false;
		}
		if (tally_has(tally, column)) {
			(void)snprintf(out_why, why_size, "\"%s\" is named twice; name it once",
				columns[column].name);
			return false;
		}
		tally->columns[tally->column_count++] = column;
		is_more = list[size] == ',';
		list += size + is_more;
	}
	return true;
}

static void row_clear(const struct tally *tally, struct tally_row *row)
{
	for (size_t i = 0; i < tally->column_count; i++)
		mem_free(row->values[i]);
	mem_free(row->values);
}

void tally_clear(struct tally *tally)
{
	for (size_t i = 0; i < tally->row_count; i++)
		row_clear(tally, &tally->rows[i]);
	mem_free(tally->rows);
	*tally = (struct tally) { 0 };
}

static int values_compare(
	const struct tally *tally, const struct tally_row *row, const char *const values[])
{
	int order = 0;

	for (size_t i = 0; i < tally->column_count && order == 0; i++)
		order = strcmp(row->values[i], values[i]);
	return order;
}

static void row_insert(struct tally *tally, size_t at, const char *const values[])
{
	size_t size = sizeof(*tally->rows);
	struct tally_row *row;

	tally->rows =
		mem_resize(tally->rows, tally->row_count * size, (tally->row_count + 1) * size);
	row = &tally->rows[at];
	memmove(row + 1, row, (tally->row_count - at) * size);
	tally->row_count++;
	row->count = 1;
	row->values = mem_new(tally->column_count, sizeof(*row->values));
	for (size_t i = 0; i < tally->column_count; i++)
		row->values[i] = mem_text(values[i]);
}

static void count_one(struct tally *tally, const char *const values[])
{
	size_t low = 0, high = tally->row_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = values_compare(tally, &tally->rows[middle], values);

		if (order == 0) {
			tally->rows[middle].count++;
			return;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	row_insert(tally, low, values);
}

/* The values from column at on; a list counts once for each of its parts. */
static void count_from(struct tally *tally, size_t at, const char *values[])
{
	while (at < tally->column_count &&
		(tally->columns[at] != TALLY_REASONS && tally->columns[at] != TALLY_REASON))
		at++;
	if (at == tally->column_count) {
		count_one(tally, values);
		return;
	}
	for (const char *rest = values[at]; rest;) {
		size_t size = strcspn(rest, ";");
		char *part = mem_text_sized(rest, size);

		values[at] = part;
		count_from(tally, at + 1, values);
		mem_free(part);
		rest = rest[size] == ';' ? rest + size + 1 : NULL;
	}
}

void tally_add(struct tally *tally, const char *const values[])
{
	const char *counted[TALLY_COLUMN_COUNT];

	for (size_t i = 0; i < tally->column_count; i++) {
		counted[i] = values[i];
		if (tally->columns[i] == TALLY_STATE)
			counted[i] = request_state_code((int)strtol(values[i], NULL, 10));
	}
	count_from(tally, 0, counted);
}
