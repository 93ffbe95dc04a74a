/*
 * The payload of each event: its rows are images, the last of a row is the row.
 */
#include "tests/core/replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TABLE_REQUESTS = 5, TABLE_SUBMISSIONS = 7, TABLE_MONTHS = 9, TABLE_FIGURES = 22 };
enum { COLUMNS_MOST = 160 };

struct reading {
	const unsigned char *at, *end;
	bool is_good;
};

static uint64_t number(struct reading *from, size_t size)
{
	uint64_t value = 0;

	if ((size_t)(from->end - from->at) < size) {
		from->is_good = false;
		return 0;
	}
	for (size_t i = 0; i < size; i++)
		value |= (uint64_t)from->at[i] << (8 * i);
	from->at += size;
	return value;
}

static const unsigned char *bytes(struct reading *from, size_t size)
{
	const unsigned char *at = from->at;

	if ((size_t)(from->end - from->at) < size) {
		from->is_good = false;
		return (const unsigned char *)"";
	}
	from->at += size;
	return at;
}

struct column {
	const unsigned char *name, *text;
	size_t name_size, size;
	int64_t value;
};

struct row {
	int table;
	int64_t id;
	unsigned count;
	struct column columns[COLUMNS_MOST];
};

static void row_read(struct reading *from, struct row *row)
{
	bool is_there;

	row->table = (int)number(from, 1);
	row->id = (int64_t)number(from, 8);
	is_there = number(from, 1) == 1;
	row->count = is_there ? (unsigned)number(from, 2) : 0;
	from->is_good &= row->count <= COLUMNS_MOST;
	for (unsigned i = 0; from->is_good && i < row->count; i++) {
		struct column *column = &row->columns[i];
		unsigned type;

		*column = (struct column) { .text = (const unsigned char *)"" };
		column->name_size = (size_t)number(from, 1);
		column->name = bytes(from, column->name_size);
		type = (unsigned)number(from, 1);
		if (type == 1)
			column->value = (int64_t)number(from, 8);
		if (type < 2)
			continue;
		column->size = (size_t)number(from, 4);
		column->text = bytes(from, column->size);
	}
}

static const struct column *column_of(const struct row *row, const char *name)
{
	for (unsigned i = 0; i < row->count; i++)
		if (row->columns[i].name_size == strlen(name) &&
			memcmp(row->columns[i].name, name, strlen(name)) == 0)
			return &row->columns[i];
	return NULL;
}

static void text_of(const struct row *row, const char *name, char *out, size_t size)
{
	const struct column *column = column_of(row, name);

	(void)snprintf(out, size, "%.*s", column ? (int)column->size : 0,
		column ? (const char *)column->text : "");
}

static int64_t value_of(const struct row *row, const char *name)
{
	const struct column *column = column_of(row, name);

	return column ? column->value : 0;
}

/* The place of a row's last image; a new one when there is none. */
static size_t row_place(struct replay *replay, const struct row *row, size_t new_place)
{
	for (size_t i = replay->row_count; i > 0; i--)
		if (replay->rows[i - 1].table == row->table && replay->rows[i - 1].id == row->id)
			return replay->rows[i - 1].place;
	replay->rows = mem_resize(replay->rows, replay->row_count * sizeof(*replay->rows),
		(replay->row_count + 1) * sizeof(*replay->rows));
	replay->rows[replay->row_count++] =
		(struct replayed_row) { row->table, row->id, new_place };
	return new_place;
}

/* Is the moment on that day in London? Summer time by the C library. */
static bool is_on_day(int64_t moment, const char *day)
{
	char text[16];
	time_t when = (time_t)moment;
	struct tm parts;

	return localtime_r(&when, &parts) && strftime(text, sizeof(text), "%Y-%m-%d", &parts) > 0 &&
	       strcmp(text, day) == 0;
}

static bool take_request(struct replay *replay, const struct row *row, int64_t moment)
{
	struct known *known = &replay->known;
	size_t place = row_place(replay, row, known->receipt_count);
	bool is_new = place == known->receipt_count;
	struct known_receipt *receipt = is_new ? known_add_receipt(known) : &known->receipts[place];
	bool was_decided = *receipt->decided != '\0';

	text_of(row, "reference", receipt->reference, sizeof(receipt->reference));
	text_of(row, "service", receipt->service, sizeof(receipt->service));
	text_of(row, "decided", receipt->decided, sizeof(receipt->decided));
	receipt->state = (int)value_of(row, "state");
	if (was_decided || !*receipt->decided)
		return true;
	replay->moments++;
	return is_on_day(moment, receipt->decided);
}

static void take_submission(struct replay *replay, const struct row *row)
{
	struct known *known = &replay->known;
	size_t place = row_place(replay, row, known->submission_count);
	struct known_submission *submission = place == known->submission_count
						      ? known_add_submission(known)
						      : &known->submissions[place];

	text_of(row, "reference", submission->reference, sizeof(submission->reference));
	text_of(row, "received", submission->received, sizeof(submission->received));
	text_of(row, "completed", submission->completed, sizeof(submission->completed));
	submission->status = (int)value_of(row, "status");
	submission->transactions = value_of(row, "transactions");
	submission->single_match = value_of(row, "single_match");
}

static void take_month(struct replay *replay, const struct row *row)
{
	struct replayed_month *month;

	replay->months = mem_resize(replay->months, replay->month_count * sizeof(*month),
		(replay->month_count + 1) * sizeof(*month));
	month = &replay->months[replay->month_count++];
	month->id = row->id;
	month->revision = value_of(row, "revision");
	text_of(row, "month", month->month, sizeof(month->month));
}

static void take_figure(struct replay *replay, const struct row *row)
{
	struct replayed_figure *figure;

	replay->figures = mem_resize(replay->figures, replay->figure_count * sizeof(*figure),
		(replay->figure_count + 1) * sizeof(*figure));
	figure = &replay->figures[replay->figure_count++];
	figure->published = value_of(row, "published");
	figure->value = value_of(row, "value");
	text_of(row, "measure", figure->measure, sizeof(figure->measure));
	text_of(row, "service", figure->service, sizeof(figure->service));
}

static bool take_payload(struct replay *replay, struct reading from, int64_t moment)
{
	static struct row row;
	uint64_t details, rows;
	bool is_right = true;

	from.is_good &= memcmp(bytes(&from, 5), "TDEP\001", 5) == 0;
	for (details = number(&from, 2); from.is_good && details > 0; details--) {
		(void)bytes(&from, (size_t)number(&from, 1));
		(void)bytes(&from, (size_t)number(&from, 4));
	}
	for (rows = number(&from, 4); from.is_good && rows > 0; rows--) {
		row_read(&from, &row);
		if (row.table == TABLE_REQUESTS)
			is_right &= take_request(replay, &row, moment);
		else if (row.table == TABLE_SUBMISSIONS)
			take_submission(replay, &row);
		else if (row.table == TABLE_MONTHS)
			take_month(replay, &row);
		else if (row.table == TABLE_FIGURES)
			take_figure(replay, &row);
	}
	return from.is_good && is_right && from.at == from.end;
}

static bool take_event(struct replay *replay, struct reading from)
{
	int64_t moment;

	(void)number(&from, 8);
	moment = (int64_t)number(&from, 8);
	(void)bytes(&from, 8 + 8 + 4 + 4 + 8);
	for (int part = 0; part < 8; part++) {
		uint64_t size = number(&from, 4);
		struct reading payload = from;

		if (size == UINT32_MAX)
			continue;
		(void)bytes(&from, (size_t)size);
		payload.end = from.at;
		if (from.is_good && part == 6 && !take_payload(replay, payload, moment))
			return false;
	}
	replay->events++;
	return from.is_good && from.at == from.end;
}

bool replay_read(struct replay *replay, const unsigned char *bytes_of, size_t size)
{
	struct reading from = { bytes_of, bytes_of + size, true };

	*replay = (struct replay) { 0 };
	(void)setenv("TZ", "Europe/London", 1);
	tzset();
	from.is_good = size > 36 && memcmp(bytes(&from, 36), "tracedesk trail\n", 16) == 0;
	while (from.is_good) {
		uint64_t length = number(&from, 4);
		struct reading event = from;

		if (length == 0)
			return number(&from, 8) == replay->events && from.at == from.end;
		(void)bytes(&from, (size_t)length);
		event.end = from.at;
		if (!from.is_good || !take_event(replay, event))
			return false;
	}
	return false;
}

void replay_done(struct replay *replay)
{
	known_clear(&replay->known);
	mem_free(replay->months);
	mem_free(replay->figures);
	mem_free(replay->rows);
}
