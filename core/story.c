/*
 * Rows and columns as people read them: the table by what a row of it is,
 * stored numbers by their names, people by theirs; columns that only serve the
 * store are left out.
 */
#include "core/story.h"

#include <stdlib.h>
#include <string.h>

#include "core/desk_rights.h"
#include "core/rulebook.h"

struct story_people {
	const struct person *people;
	size_t count;
};

/* What a row of a table is called. */
static const struct {
	const char *table;
	const char *row;
} row_names[] = {
	{ "settings", "setting" },
	{ "people", "person" },
	{ "person_keys", "key" },
	{ "services", "service" },
	{ "requests", "receipt" },
	{ "subjects", "subject" },
	{ "submissions", "submission" },
	{ "imports", "import" },
	{ "months", "month" },
	{ "decisions", "decision" },
	{ "notes", "note" },
	{ "judgements", "judgement" },
	{ "links", "link" },
	{ "organisations", "organisation" },
	{ "rulebook", "rulebook setting" },
	{ "login_failures", "failed log-in" },
	{ "letters", "letter" },
	{ "holidays", "bank holiday" },
	{ "files", "file" },
	{ "month_services", "service of a closed month" },
	{ "month_cases", "case of a closed month" },
	{ "month_figures", "figure of a closed month" },
};

static const char *row_name(const char *table)
{
	for (size_t i = 0; i < sizeof(row_names) / sizeof(row_names[0]); i++)
		if (strcmp(row_names[i].table, table) == 0)
			return row_names[i].row;
	return table;
}

/* Columns that serve the store alone. */
static bool is_inner(const char *column)
{
	static const char *const inner[] = { "id", "request", "version", "position", "folded",
		"folded_surname", "box", "box_public", "sign_public", "salt", "hashes" };

	for (size_t i = 0; i < sizeof(inner) / sizeof(inner[0]); i++)
		if (strcmp(inner[i], column) == 0)
			return true;
	return false;
}

/* Enums by their table and column. */
static const struct {
	const char *table, *column;
	const char *(*name)(int number);
} named[] = {
	{ "requests", "state", request_state_name },
	{ "requests", "held_from", request_state_name },
	{ "decisions", "kind", decision_kind_name },
	{ "decisions", "result", decision_result_name },
	{ "notes", "kind", note_kind_name },
	{ "letters", "kind", letter_kind_name },
	{ "rulebook", "kind", rulebook_kind_code },
	{ "submissions", "status", submission_status_code },
};

static bool is_person(const char *column)
{
	static const char *const columns[] = { "assigned_to", "proposer", "reviewer", "person" };

	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		if (strcmp(columns[i], column) == 0)
			return true;
	return false;
}

static const char *person_name(const struct story_people *people, long long id)
{
	for (size_t i = 0; i < people->count; i++)
		if (people->people[i].id == id)
			return people->people[i].name;
	return NULL;
}

static const char *number_name(const struct story_line *line, const struct story_people *people,
	const char *value, char roles[128])
{
	long long number = strtoll(value, NULL, 10);

	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
		if (strcmp(named[i].table, line->table) == 0 &&
			strcmp(named[i].column, line->column) == 0)
			return named[i].name((int)number);
	if (is_person(line->column))
		return person_name(people, number);
	if (strcmp(line->column, "roles") != 0)
		return NULL;
	roles_text((unsigned)number, roles, 128);
	return roles;
}

static void value_words(const struct story_line *line, const struct story_people *people,
	const char *value, struct buffer *out)
{
	char roles[128];
	const char *name = NULL;

	if (!value || *value == '\0') {
		buffer_add(out, "nothing");
	} else if (line->is_text) {
		buffer_print(out, "\"%s\"", value);
	} else {
		if (line->table)
			name = number_name(line, people, value, roles);
		buffer_add(out, name ? name : value);
	}
}

static bool is_same_row(const struct story_line *a, const struct story_line *b)
{
	return a->kind == b->kind && a->row == b->row && a->table && b->table &&
	       strcmp(a->table, b->table) == 0;
}

/* What begins the words about a row. */
static void row_words(const struct story_line *line, struct buffer *out)
{
	static const char *const ends[] = { "", " added", "", " removed" };

	buffer_print(out, "%s%s", row_name(line->table), ends[line->kind]);
}

static void line_words(
	const struct story_line *line, const struct story_people *people, struct buffer *out)
{
	buffer_print(out, "%s ", line->column);
	/* What a trace found is for who reviews it and whom it is assigned to. */
	if (line->table && strcmp(line->column, "found_values") == 0) {
		buffer_add(out, "(not shown)");
		return;
	}
	if (line->kind == STORY_CHANGED) {
		value_words(line, people, line->old, out);
		buffer_add(out, " \u2192 ");
	}
	value_words(line, people, line->now, out);
}

void story_words(const struct event_story *story, const struct person *people, size_t count,
	struct buffer *out)
{
	const struct story_people known = { people, count };
	const struct story_line *row = NULL;
	bool is_first = true;

	for (size_t i = 0; i < story->count; i++) {
		const struct story_line *line = &story->lines[i];

		if (line->column && is_inner(line->column) && line->table)
			continue;
		if (line->table && (!row || !is_same_row(row, line))) {
			buffer_add(out, out->size > 0 ? "\n" : "");
			row_words(line, out);
			is_first = true;
			row = line;
		}
		if (!line->column)
			continue;
		if (line->table)
			buffer_add(out, is_first ? ": " : ", ");
		else
			buffer_add(out, out->size > 0 ? "\n" : "");
		line_words(line, &known, out);
		is_first = false;
	}
}
