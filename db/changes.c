/*
 * The update hook's notebook. A row changed twice before an event is noted once:
 * the event takes the image as it is then.
 */
#include "db/changes.h"

#include <string.h>

struct changes {
	struct change *rows;
	size_t count;
	size_t room;
	int64_t *unindexed; /* receipts, oldest first */
	size_t unindexed_count;
	size_t unindexed_room;
};

#define COVERED_NAME(constant, number, table) [number] = #table,
static const char *const covered_names[] = { COVERED_TABLES(COVERED_NAME) };

const char *covered_table_name(enum covered_table table)
{
	return covered_names[table];
}

struct changes *changes_new(void)
{
	return mem_new(1, sizeof(struct changes));
}

void changes_free(struct changes *changes)
{
	if (!changes)
		return;
	mem_free(changes->rows);
	mem_free(changes->unindexed);
	mem_free(changes);
}

static int covered_find(const char *name)
{
	for (int table = 1; table < COVERED_END; table++)
		if (strcmp(covered_names[table], name) == 0)
			return table;
	return 0;
}

static void unindexed_note(struct changes *changes, int64_t request)
{
	if (changes->unindexed_count == changes->unindexed_room) {
		size_t room = changes->unindexed_room ? changes->unindexed_room * 2 : 64;

		changes->unindexed = mem_resize(changes->unindexed,
			changes->unindexed_room * sizeof(*changes->unindexed),
			room * sizeof(*changes->unindexed));
		changes->unindexed_room = room;
	}
	changes->unindexed[changes->unindexed_count++] = request;
}

static void change_note(
	void *context, int operation, const char *schema, const char *table, sqlite3_int64 row)
{
	struct changes *changes = context;
	int covered = covered_find(table);

	if (!covered || strcmp(schema, "main") != 0)
		return;
	if (covered == COVERED_REQUESTS && operation == SQLITE_INSERT)
		unindexed_note(changes, row);
	for (size_t i = changes->count; i > 0; i--)
		if (changes->rows[i - 1].row == row && (int)changes->rows[i - 1].table == covered)
			return;
	if (changes->count == changes->room) {
		size_t room = changes->room ? changes->room * 2 : 64;

		changes->rows = mem_resize(changes->rows, changes->room * sizeof(*changes->rows),
			room * sizeof(*changes->rows));
		changes->room = room;
	}
	changes->rows[changes->count++] =
		(struct change) { .table = (enum covered_table)covered, .row = row };
}

void changes_watch(struct changes *changes, sqlite3 *db)
{
	(void)sqlite3_update_hook(db, change_note, changes);
}

void changes_forget(struct changes *changes)
{
	changes->count = 0;
}

size_t changes_count(const struct changes *changes)
{
	return changes->count;
}

struct change changes_at(const struct changes *changes, size_t index)
{
	return changes->rows[index];
}

size_t changes_unindexed(const struct changes *changes)
{
	return changes->unindexed_count;
}

/* The order is kept: receipts are mostly indexed in the order they came in, and found at once. */
void changes_indexed(struct changes *changes, int64_t request)
{
	size_t at = 0;

	while (at < changes->unindexed_count && changes->unindexed[at] != request)
		at++;
	if (at == changes->unindexed_count)
		return;
	changes->unindexed_count--;
	memmove(changes->unindexed + at, changes->unindexed + at + 1,
		(changes->unindexed_count - at) * sizeof(*changes->unindexed));
}

void changes_end(struct changes *changes)
{
	changes_forget(changes);
	changes->unindexed_count = 0;
}
