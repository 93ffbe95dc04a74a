/*
 * The queue is read page by page, by key: it may be long, and what was dealt with
 * has gone from it.
 */
#include "tui/queue_walk.h"

#include <string.h>

enum { WALK_PAGE = 50 };

struct search {
	struct ui *ui;
	const struct queue_walk *queue;
	const struct request_row *after; /* NULL: from the start */
	const char *reference;
	bool is_for_next; /* any other that is wanted, else that one */
	struct notice *notice;
};

static bool row_is_sought(const struct search *search, const struct request_row *row)
{
	bool is_here = strcmp(row->reference, search->reference) == 0;

	if (!search->is_for_next)
		return is_here;
	return !is_here && search->queue->is_wanted(search->ui, row);
}

/* Where a row stands; its texts stay behind. */
static struct request_row row_key(const struct request_row *row)
{
	struct request_row key = { .id = row->id, .safeguarding = row->safeguarding };

	memcpy(key.reference, row->reference, sizeof(key.reference));
	memcpy(key.received, row->received, sizeof(key.received));
	memcpy(key.needed_by, row->needed_by, sizeof(key.needed_by));
	return key;
}

/* The key of the first row sought and how many stand before it; false: there is none. */
static bool row_find(const struct search *search, struct request_row *out_key, int64_t *out_passed)
{
	struct desk_queue_page page = {
		.queue = search->queue->queue, .after = search->after, .limit = WALK_PAGE
	};
	struct request_row *rows;
	size_t count, at;

	*out_passed = 0;
	do {
		if (desk_queue(search->ui->desk, &page, &rows, &count, search->notice) != DESK_OK)
			return false;
		for (at = 0; at < count && !row_is_sought(search, &rows[at]); at++)
			;
		if (count > 0)
			*out_key = row_key(&rows[at < count ? at : count - 1]);
		request_rows_clear(rows, count);
		mem_free(rows);
		*out_passed += (int64_t)at;
		page.after = out_key;
	} while (at == count && count == WALK_PAGE);
	return at < count;
}

void queue_walk_find(
	struct ui *ui, struct queue_walk *queue, const char *reference, struct notice *out_notice)
{
	const struct search search = { ui, queue, NULL, reference, false, out_notice };
	int64_t counts[DESK_QUEUES], passed;

	queue->place = 0;
	if (desk_queue_counts(ui->desk, counts, out_notice) != DESK_OK)
		return;
	queue->total = counts[queue->queue];
	if (row_find(&search, &queue->here, &passed))
		queue->place = passed + 1;
}

bool queue_walk_next(struct ui *ui, const struct queue_walk *queue, char reference[REFERENCE_SIZE],
	struct notice *out_notice)
{
	struct search search = { ui, queue, queue->place > 0 ? &queue->here : NULL, reference, true,
		out_notice };
	struct request_row next;
	int64_t passed;
	bool is_found = row_find(&search, &next, &passed);

	if (!is_found && search.after) {
		search.after = NULL;
		is_found = row_find(&search, &next, &passed);
	}
	if (is_found)
		memcpy(reference, next.reference, REFERENCE_SIZE);
	return is_found;
}

/* The place as it was at first. */
static int64_t first_place(const struct queue_walk *queue)
{
	int64_t place = queue->place;

	for (size_t i = 0; i < queue->done_count; i++)
		place += queue->done[i] <= place;
	return place;
}

void queue_walk_done(struct queue_walk *queue)
{
	const size_t size = sizeof(*queue->done);
	const int64_t place = first_place(queue);
	size_t at = queue->done_count;

	if (queue->place == 0)
		return;
	queue->done = mem_resize(queue->done, at * size, (at + 1) * size);
	for (; at > 0 && queue->done[at - 1] > place; at--)
		queue->done[at] = queue->done[at - 1];
	queue->done[at] = place;
	queue->done_count++;
}

void queue_walk_title(const struct queue_walk *queue, const char *what, struct buffer *out)
{
	buffer_print(out, "%s ", what);
	if (queue->place > 0)
		buffer_print(out, "%lld of %lld: ", (long long)first_place(queue),
			(long long)queue->total + (long long)queue->done_count);
}

void queue_walk_clear(struct queue_walk *queue)
{
	mem_free(queue->done);
	queue->done = NULL;
	queue->done_count = 0;
}
