/*
 * The image of a row in an event against the image in the event before it that
 * has one: of a receipt's rows found by its reference, of the desk's own tables
 * among the events without one. Rows that are only ever added have none.
 */
#include "db/event_story.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "db/payload.h"
#include "db/statement.h"

enum { STORY_PAYLOAD, STORY_BEFORE_OF, STORY_BEFORE_DESK, STORY_BEFORE_ANY, STORY_STATEMENTS };
static const char *const story_sql[STORY_STATEMENTS] = {
	[STORY_PAYLOAD] = "SELECT payload FROM events WHERE sequence = :sequence",
	[STORY_BEFORE_OF] = ("SELECT payload FROM events WHERE reference = :reference"
			     " AND reference <> '' AND sequence < :sequence"
			     " ORDER BY sequence DESC"),
	/* Log-ins and searches change no such row. */
	[STORY_BEFORE_DESK] = ("SELECT payload FROM events WHERE reference = ''"
			       " AND kind NOT IN (2, 3, 4, 5, 13, 14, 35, 60, 61, 62)"
			       " AND sequence < :sequence ORDER BY sequence DESC"),
	[STORY_BEFORE_ANY] = ("SELECT payload FROM events WHERE sequence < :sequence"
			      " ORDER BY sequence DESC"),
};
static const struct statement_file statements = { FILE_EVENT_STORY, story_sql, STORY_STATEMENTS };

enum { MOST_COLUMNS = 128 };

struct image {
	struct payload_row row;
	struct payload_value values[MOST_COLUMNS];
};

/* Where a table's earlier image is looked for; STORY_PAYLOAD: nowhere. */
static int before_of(enum covered_table table, const char *reference)
{
	switch (table) {
	case COVERED_PERSON_KEYS:
	case COVERED_IMPORTS:
	case COVERED_NOTES:
	case COVERED_LINKS:
	case COVERED_LETTERS:
	case COVERED_FILES:
	case COVERED_LOGIN_FAILURES:
	case COVERED_MONTH_SERVICES:
	case COVERED_MONTH_CASES:
	case COVERED_MONTH_FIGURES:
	case COVERED_END:
		return STORY_PAYLOAD;
	case COVERED_REQUESTS:
	case COVERED_SUBJECTS:
	case COVERED_SUBMISSIONS:
	case COVERED_DECISIONS:
	case COVERED_JUDGEMENTS:
		return *reference != '\0' ? STORY_BEFORE_OF : STORY_BEFORE_ANY;
	case COVERED_SETTINGS:
	case COVERED_PEOPLE:
	case COVERED_SERVICES:
	case COVERED_MONTHS:
	case COVERED_RULEBOOK:
	case COVERED_HOLIDAYS:
		return STORY_BEFORE_DESK;
	case COVERED_ORGANISATIONS:
		return STORY_BEFORE_ANY;
	}
	return STORY_BEFORE_ANY;
}

static bool image_read(struct payload_reader *reader, struct image *image)
{
	if (!payload_row(reader, &image->row) || image->row.columns > MOST_COLUMNS)
		return false;
	for (unsigned i = 0; i < image->row.columns; i++)
		if (!payload_column(reader, &image->values[i]))
			return false;
	return true;
}

static bool rows_open(
	struct payload_reader *reader, const uint8_t *bytes, size_t size, uint32_t *out_rows)
{
	struct payload_value value;
	unsigned details;

	if (!bytes || !payload_open(reader, bytes, size, &details))
		return false;
	for (; details > 0; details--)
		if (!payload_detail(reader, &value))
			return false;
	return payload_rows(reader, out_rows);
}

static bool image_find(
	const uint8_t *bytes, size_t size, const struct payload_row *row, struct image *image)
{
	struct payload_reader reader;
	uint32_t rows;

	if (!rows_open(&reader, bytes, size, &rows))
		return false;
	for (; rows > 0 && image_read(&reader, image); rows--)
		if (image->row.table == row->table && image->row.row == row->row)
			return true;
	return false;
}

static struct story_line *line_add(
	struct event_story *story, enum story_kind kind, const struct payload_row *row)
{
	struct story_line *line;

	if (story->count == story->room) {
		size_t room = story->room ? story->room * 2 : 16;

		story->lines = mem_resize(story->lines, story->room * sizeof(*story->lines),
			room * sizeof(*story->lines));
		story->room = room;
	}
	line = &story->lines[story->count++];
	line->kind = kind;
	line->table = row ? covered_table_name(row->table) : NULL;
	line->row = row ? row->row : 0;
	return line;
}

static char *value_text(const struct payload_value *value)
{
	char number[32];

	switch (value->type) {
	case PAYLOAD_NULL:
		return mem_text("");
	case PAYLOAD_NUMBER:
		(void)snprintf(number, sizeof(number), "%" PRId64, value->number);
		return mem_text(number);
	case PAYLOAD_TEXT:
		return mem_text_sized((const char *)value->bytes, value->size);
	case PAYLOAD_BYTES:
		(void)snprintf(number, sizeof(number), "(%zu bytes)", value->size);
		return mem_text(number);
	}
	return mem_text("");
}

static bool value_is_same(const struct payload_value *a, const struct payload_value *b)
{
	return a->type == b->type && a->number == b->number && a->size == b->size &&
	       (a->size == 0 || memcmp(a->bytes, b->bytes, a->size) == 0);
}

static const struct payload_value *value_of(
	const struct image *image, const char *name, size_t size)
{
	for (unsigned i = 0; i < image->row.columns; i++)
		if (image->values[i].name_size == size &&
			memcmp(image->values[i].name, name, size) == 0)
			return &image->values[i];
	return NULL;
}

/* Columns that are not empty. */
static void row_added(struct event_story *story, const struct image *now)
{
	struct story_line *line = line_add(story, STORY_ADDED, &now->row);

	for (unsigned i = 0; i < now->row.columns; i++) {
		const struct payload_value *value = &now->values[i];

		if (value->type == PAYLOAD_NULL ||
			(value->type == PAYLOAD_NUMBER ? value->number == 0 : value->size == 0))
			continue;
		line = line_add(story, STORY_ADDED, &now->row);
		line->column = mem_text_sized(value->name, value->name_size);
		line->now = value_text(value);
		line->is_text = value->type == PAYLOAD_TEXT;
	}
}

static void row_changed(
	struct event_story *story, const struct image *before, const struct image *now)
{
	static const struct payload_value none = { .type = PAYLOAD_NULL };

	for (unsigned i = 0; i < now->row.columns; i++) {
		const struct payload_value *value = &now->values[i];
		const struct payload_value *old = value_of(before, value->name, value->name_size);
		struct story_line *line;

		if (!old)
			old = &none;
		if (value_is_same(old, value))
			continue;
		line = line_add(story, STORY_CHANGED, &now->row);
		line->column = mem_text_sized(value->name, value->name_size);
		line->old = value_text(old);
		line->now = value_text(value);
		line->is_text = value->type == PAYLOAD_TEXT;
	}
}

/* The story of one row, told while its earlier image is at hand. */
static enum db_status row_tell(struct store *store, const struct event *event,
	const struct image *now, struct event_story *story)
{
	int where = before_of(now->row.table, event->reference);
	struct statement *statement;
	enum db_status status = DB_NONE;
	struct image *before = NULL;
	bool is_found = false;
	size_t size;

	if (!now->row.is_there) {
		(void)line_add(story, STORY_REMOVED, &now->row);
		return DB_OK;
	}
	if (where != STORY_PAYLOAD) {
		statement = statement_use(store, &statements, where);
		before = mem_new(1, sizeof(*before));
		statement_bind_number(statement, ":sequence", event->sequence);
		if (where == STORY_BEFORE_OF)
			statement_bind_text(statement, ":reference", event->reference);
		while (!is_found && (status = statement_step(statement)) == DB_OK) {
			const uint8_t *bytes = statement_bytes(statement, "payload", &size);

			is_found = image_find(bytes, size, &now->row, before);
		}
		if (is_found && before->row.is_there)
			row_changed(story, before, now);
		statement_done(statement);
	}
	if (!is_found || !before->row.is_there)
		row_added(story, now);
	mem_free(before);
	return status == DB_NONE ? DB_OK : status;
}

static bool details_tell(struct payload_reader *reader, unsigned details, struct event_story *story)
{
	struct payload_value value;

	for (; details > 0; details--) {
		struct story_line *line;

		if (!payload_detail(reader, &value))
			return false;
		line = line_add(story, STORY_DETAIL, NULL);
		line->column = mem_text_sized(value.name, value.name_size);
		line->now = value_text(&value);
		line->is_text = true;
	}
	return true;
}

/* What a closed month froze: hundreds of rows, which its figures show better than words. */
static bool is_frozen(enum covered_table table)
{
	return table == COVERED_MONTH_SERVICES || table == COVERED_MONTH_CASES ||
	       table == COVERED_MONTH_FIGURES;
}

static enum db_status payload_tell(struct store *store, const struct event *event,
	const struct payload *payload, struct event_story *story)
{
	struct payload_reader reader;
	struct image *image;
	unsigned details;
	uint32_t rows;
	enum db_status status = DB_OK;

	if (!payload_open(&reader, payload->bytes, payload->size, &details) ||
		!details_tell(&reader, details, story) || !payload_rows(&reader, &rows))
		return DB_OK;
	image = mem_new(1, sizeof(*image));
	for (; rows > 0 && status == DB_OK && image_read(&reader, image); rows--)
		if (!is_frozen(image->row.table))
			status = row_tell(store, event, image, story);
	mem_free(image);
	return status;
}

enum db_status event_story_load(
	struct store *store, const struct event *event, struct event_story *out_story)
{
	struct statement *statement = statement_use(store, &statements, STORY_PAYLOAD);
	struct payload payload = { 0 };
	const uint8_t *bytes;
	enum db_status status;

	*out_story = (struct event_story) { 0 };
	statement_bind_number(statement, ":sequence", event->sequence);
	status = statement_step(statement);
	if (status == DB_OK) {
		bytes = statement_bytes(statement, "payload", &payload.size);
		payload.bytes = mem_new(payload.size + 1, 1);
		if (bytes)
			memcpy(payload.bytes, bytes, payload.size);
	}
	statement_done(statement);
	if (status == DB_OK)
		status = payload_tell(store, event, &payload, out_story);
	payload_clear(&payload);
	if (status != DB_OK)
		event_story_clear(out_story);
	return status;
}

void event_story_clear(struct event_story *story)
{
	for (size_t i = 0; i < story->count; i++) {
		mem_free(story->lines[i].column);
		mem_free(story->lines[i].old);
		mem_free(story->lines[i].now);
	}
	mem_free(story->lines);
	*story = (struct event_story) { 0 };
}
