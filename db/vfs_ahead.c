/*
 * Reading ahead. The interior pages of a B-tree say which page follows which;
 * a scan shows by asking for them one after the other. From then on a thread
 * reads and opens the pages that follow before they are asked for. It touches
 * the slots, the keys and the file and nothing of SQLite's. Nobody waits for
 * it: a page that it has not begun is opened by whoever asks for it, and one
 * that it has under way is read once more. One that could not be read or does
 * not open is read again when it is asked for: damage is met in its place.
 */
#include "db/vfs_ahead.h"

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "db/memory.h"
#include "db/vfs_private.h"

enum {
	STREAMS = 4,	   /* scans followed at a time: a join reads several trees */
	WINDOW = 32,	   /* pages ahead in each */
	REFILL = 16,	   /* asked of the thread at a time */
	TRACES = 16,	   /* pages that may turn out to be a scan's */
	TRACE_PAGES = 2,   /* in order, that make one */
	THREAD_PAGES = 32, /* in order, before a thread pays */
	FOLLOWS = 1 << 16,
};

/* A sealed slot belongs to whoever makes it opening; any other to the caller's thread. */
enum slot_state { SLOT_SHUT, SLOT_SEALED, SLOT_OPENING, SLOT_OPEN };

struct slot {
	uint32_t page;
	_Atomic enum slot_state state;
	uint8_t bytes[SEAL_PAGE_SIZE];
};

/* Pages ahead in one tree: a ring, in their order. */
struct stream {
	uint64_t used;
	uint32_t last; /* the page asked of the thread last; 0: nobody knows what follows it */
	unsigned first, count;
	uint32_t wanted[WINDOW]; /* the page in each slot; 0: not wanted any more */
	struct slot slots[WINDOW];
};

struct trace {
	uint32_t expected;
	unsigned pages; /* that came in order */
};

struct follow {
	uint32_t page, next;
};

struct ahead {
	const struct keys *keys;
	ahead_read *read;
	void *with;
	struct follow *follows; /* a page's place is its number's rest; the newest stays; or NULL */
	struct trace traces[TRACES];
	unsigned next_trace;
	unsigned in_order; /* pages of all traces */
	uint64_t clock;
	struct stream *streams; /* STREAMS, once there was a scan; or NULL */
	bool is_running;
	pthread_t thread;
	sem_t is_wanted;
	atomic_bool must_end;
};

struct ahead *ahead_new(const struct keys *keys, ahead_read *read, void *with)
{
	struct ahead *ahead = mem_new(1, sizeof(*ahead));

	ahead->keys = keys;
	ahead->read = read;
	ahead->with = with;
	(void)sem_init(&ahead->is_wanted, 0, 0);
	return ahead;
}

void ahead_free(struct ahead *ahead)
{
	if (!ahead)
		return;
	ahead_forget(ahead);
	(void)sem_destroy(&ahead->is_wanted);
	free(ahead->follows);
	mem_free(ahead->streams);
	mem_free(ahead);
}

static bool slot_claim(struct slot *slot)
{
	enum slot_state sealed = SLOT_SEALED;

	/* Looked at first: trying to change it costs both threads. */
	return atomic_load(&slot->state) == SLOT_SEALED &&
	       atomic_compare_exchange_strong(&slot->state, &sealed, SLOT_OPENING);
}

static void slot_open(const struct ahead *ahead, struct slot *slot)
{
	bool is_open = ahead->read(ahead->with, slot->page, slot->bytes) &&
		       page_open(ahead->keys, slot->page, slot->bytes, slot->bytes);

	atomic_store(&slot->state, is_open ? SLOT_OPEN : SLOT_SHUT);
}

/* The first sealed one from a slot on; the slot behind it is for the next time. */
static bool stream_open_next(const struct ahead *ahead, struct stream *stream, unsigned *at)
{
	for (unsigned i = 0; i < WINDOW; i++) {
		struct slot *slot = &stream->slots[(*at + i) % WINDOW];

		if (slot_claim(slot)) {
			slot_open(ahead, slot);
			*at += i + 1;
			return true;
		}
	}
	return false;
}

static void *thread_main(void *argument)
{
	struct ahead *ahead = argument;
	unsigned at[STREAMS] = { 0 };

	while (!atomic_load(&ahead->must_end)) {
		bool has_opened = false;

		for (unsigned i = 0; i < STREAMS; i++)
			has_opened |= stream_open_next(ahead, &ahead->streams[i], &at[i]);
		if (!has_opened)
			(void)sem_wait(&ahead->is_wanted);
	}
	return NULL;
}

/* Signals are for the thread that they were for before. */
static bool thread_start(struct ahead *ahead)
{
	sigset_t all, before;

	if (ahead->is_running)
		return true;
	if (!ahead->streams)
		ahead->streams = mem_new(STREAMS, sizeof(*ahead->streams));
	atomic_store(&ahead->must_end, false);
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_BLOCK, &all, &before);
	ahead->is_running = pthread_create(&ahead->thread, NULL, thread_main, ahead) == 0;
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	return ahead->is_running;
}

void ahead_forget(struct ahead *ahead)
{
	if (!ahead)
		return;
	memset(ahead->traces, 0, sizeof(ahead->traces));
	ahead->in_order = 0;
	if (!ahead->is_running)
		return;
	atomic_store(&ahead->must_end, true);
	(void)sem_post(&ahead->is_wanted);
	(void)pthread_join(ahead->thread, NULL);
	ahead->is_running = false;
	for (unsigned i = 0; i < STREAMS; i++)
		if (ahead->streams[i].used)
			explicit_bzero(&ahead->streams[i], sizeof(ahead->streams[i]));
}

static uint32_t follow_of(const struct ahead *ahead, uint32_t page)
{
	const struct follow *follow = ahead->follows ? &ahead->follows[page % FOLLOWS] : NULL;

	return follow && follow->page == page ? follow->next : 0;
}

static void follow_set(struct ahead *ahead, uint32_t page, uint32_t next)
{
	/* Page numbers alone: nothing to wipe. Without memory there is no reading ahead. */
	if (!ahead->follows)
		ahead->follows = calloc(FOLLOWS, sizeof(*ahead->follows));
	if (ahead->follows)
		ahead->follows[page % FOLLOWS] = (struct follow) { page, next };
}

static uint32_t get16(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] << 8 | bytes[1];
}

/* An interior page: byte 0 its type, 2 or 5; at 3 how many cells; at 8 the last child; from 12 on
   where each cell lies, which begins with its child (sqlite.org/fileformat2.html, 1.6). */
void ahead_learn(struct ahead *ahead, const uint8_t *plain)
{
	uint32_t cells = get16(plain + 3);
	uint32_t before = 0;

	if ((plain[0] != 2 && plain[0] != 5) || cells > (SEAL_PLAIN_SIZE - 12) / 2)
		return;
	for (uint32_t i = 0; i <= cells; i++) {
		uint32_t at = i < cells ? get16(plain + 12 + 2 * i) : 8;
		uint32_t child = at <= SEAL_PLAIN_SIZE - 4 ? sqlite_get32(plain + at) : 0;

		if (before)
			follow_set(ahead, before, child);
		before = child;
	}
}

/* The first pages of the ring are not wanted any more. One being opened keeps its slot. */
static void stream_drop(struct stream *stream, unsigned pages)
{
	for (unsigned i = 0; i < pages; i++) {
		unsigned at = (stream->first + i) % WINDOW;

		stream->wanted[at] = 0;
		if (slot_claim(&stream->slots[at]))
			atomic_store(&stream->slots[at].state, SLOT_SHUT);
	}
	while (stream->count > 0 && stream->wanted[stream->first] == 0 &&
		atomic_load(&stream->slots[stream->first].state) != SLOT_OPENING) {
		stream->first = (stream->first + 1) % WINDOW;
		stream->count--;
	}
}

static void stream_fill(struct ahead *ahead, struct stream *stream)
{
	while (stream->last && stream->count < WINDOW) {
		unsigned at = (stream->first + stream->count) % WINDOW;

		stream->last = follow_of(ahead, stream->last);
		if (!stream->last)
			break;
		stream->slots[at].page = stream->wanted[at] = stream->last;
		stream->count++;
		atomic_store(&stream->slots[at].state, SLOT_SEALED);
	}
	(void)sem_post(&ahead->is_wanted);
}

static struct stream *stream_find(struct ahead *ahead, uint32_t page, unsigned *out_place)
{
	for (struct stream *stream = ahead->streams; stream < ahead->streams + STREAMS; stream++)
		for (unsigned i = 0; i < stream->count; i++)
			if (stream->wanted[(stream->first + i) % WINDOW] == page) {
				*out_place = i;
				return stream;
			}
	return NULL;
}

/* Pages before it in the ring were in SQLite's cache or in the log. */
bool ahead_take(struct ahead *ahead, uint32_t page, uint8_t *out_page)
{
	unsigned place, next;
	struct stream *stream = ahead->is_running ? stream_find(ahead, page, &place) : NULL;
	struct slot *slot;
	bool is_open;

	if (!stream)
		return false;
	slot = &stream->slots[(stream->first + place) % WINDOW];
	next = stream->first + place + 1;
	if (slot_claim(slot))
		slot_open(ahead, slot);
	else if (atomic_load(&slot->state) == SLOT_OPENING)
		(void)stream_open_next(ahead, stream, &next); /* meanwhile */
	is_open = atomic_load(&slot->state) == SLOT_OPEN;
	if (is_open)
		memcpy(out_page, slot->bytes, SEAL_PAGE_SIZE);
	stream->used = ++ahead->clock;
	stream_drop(stream, place + 1);
	if (stream->count <= WINDOW - REFILL)
		stream_fill(ahead, stream);
	return is_open;
}

/* In the place of the one used longest ago. */
static void stream_start(struct ahead *ahead, uint32_t page)
{
	struct stream *oldest;

	if (!thread_start(ahead))
		return;
	oldest = ahead->streams;
	for (struct stream *stream = oldest + 1; stream < ahead->streams + STREAMS; stream++)
		if (stream->used < oldest->used)
			oldest = stream;
	stream_drop(oldest, oldest->count);
	oldest->used = ++ahead->clock;
	oldest->last = page;
	stream_fill(ahead, oldest);
}

void ahead_follow(struct ahead *ahead, uint32_t page)
{
	uint32_t next = follow_of(ahead, page);
	struct trace *trace = ahead->traces;

	while (trace < ahead->traces + TRACES && trace->expected != page)
		trace++;
	if (trace == ahead->traces + TRACES) {
		if (next)
			ahead->traces[ahead->next_trace++ % TRACES] = (struct trace) { next, 0 };
		return;
	}
	*trace = (struct trace) { next, trace->pages + 1 };
	ahead->in_order++;
	if (next && trace->pages >= TRACE_PAGES && ahead->in_order >= THREAD_PAGES) {
		*trace = (struct trace) { 0, 0 };
		stream_start(ahead, page);
	}
}
