/*
 * SQLite's memory for the whole process: free lists by size class over memory
 * taken from the system in large pieces, so that a cached page costs no trip
 * to malloc, and every block is wiped when it comes back: what a locked or
 * closed store held cannot be found in the process any more. Pieces are kept
 * for reuse and never given back to the system; only blocks beyond the largest
 * class go to and from malloc.
 *
 * The state is at file scope because SQLite hands its allocator no context.
 */
#include <assert.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "db/vfs.h"

/* Bytes a block can hold, header apart; each a multiple of 8, since SQLite wants that alignment.
   4,360 is what SQLite asks for one cached page (a class of powers of two would double it). */
static const uint32_t classes[] = { 24, 40, 56, 72, 88, 120, 152, 184, 248, 312, 376, 504, 632, 760,
	1016, 1272, 1528, 2040, 3064, 4088, 4360, 6136, 8184, 12280, 16376, 24568, 32760, 49144,
	65528 };

enum {
	CLASSES = sizeof(classes) / sizeof(classes[0]),
	LARGE = CLASSES,      /* class of a block from malloc */
	QUICK_LIMIT = 1016,   /* sizes up to here find their class in a table */
	PIECE_BYTES = 1 << 18 /* taken from the system at a time */
};

/* Before each block. A free block begins with the next one's address. */
struct block {
	uint32_t class;
	uint32_t size; /* bytes it can hold; SQLite never asks for 2 GiB */
};
static_assert(sizeof(struct block) == 8, "blocks stay aligned");

static struct {
	pthread_mutex_t mutex;
	void *free_blocks[CLASSES];
	uint8_t *piece; /* what is left of the last piece */
	size_t piece_left;
	uint8_t quick[QUICK_LIMIT / 8 + 1]; /* class by size in steps of 8 */
} pool = { .mutex = PTHREAD_MUTEX_INITIALIZER };

static struct block *block_of(void *memory)
{
	return (struct block *)((uint8_t *)memory - sizeof(struct block));
}

static uint32_t class_search(size_t size)
{
	uint32_t class = 0;

	while (class < CLASSES && classes[class] < size)
		class ++;
	return class;
}

static uint32_t class_of(size_t size)
{
	return size <= QUICK_LIMIT ? pool.quick[(size + 7) / 8] : class_search(size);
}

static int allocator_init(void *unused)
{
	(void)unused;
	for (size_t i = 0; i <= QUICK_LIMIT / 8; i++)
		pool.quick[i] = (uint8_t)class_search(i * 8);
	return SQLITE_OK;
}

static void allocator_shutdown(void *unused)
{
	(void)unused;
}

/* A block never used before, cut from the piece; under the mutex. The rest of a piece that is too
   short is given up: at most one block of the largest class in each piece. */
static void *piece_cut(uint32_t class)
{
	size_t size = sizeof(struct block) + classes[class];
	struct block *block;

	if (pool.piece_left < size) {
		void *piece = mmap(NULL, PIECE_BYTES, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		if (piece == MAP_FAILED)
			return NULL;
		pool.piece = piece;
		pool.piece_left = PIECE_BYTES;
	}
	block = (struct block *)pool.piece;
	pool.piece += size;
	pool.piece_left -= size;
	*block = (struct block) { class, classes[class] };
	return block + 1;
}

static void *large_new(size_t size)
{
	struct block *block = malloc(sizeof(*block) + size);

	if (!block)
		return NULL;
	*block = (struct block) { LARGE, (uint32_t)size };
	return block + 1;
}

static void *allocator_malloc(int wanted)
{
	size_t size = (size_t)wanted;
	uint32_t class = class_of(size);
	void *memory;

	if (class == LARGE)
		return large_new((size + 7) & ~(size_t)7);
	pthread_mutex_lock(&pool.mutex);
	memory = pool.free_blocks[class];
	if (memory)
		memcpy(&pool.free_blocks[class], memory, sizeof(void *));
	else
		memory = piece_cut(class);
	pthread_mutex_unlock(&pool.mutex);
	return memory;
}

static void allocator_free(void *memory)
{
	struct block *block = block_of(memory);

	explicit_bzero(memory, block->size);
	if (block->class == LARGE) {
		free(block);
		return;
	}
	pthread_mutex_lock(&pool.mutex);
	memcpy(memory, &pool.free_blocks[block->class], sizeof(void *));
	pool.free_blocks[block->class] = memory;
	pthread_mutex_unlock(&pool.mutex);
}

static int allocator_size(void *memory)
{
	return memory ? (int)block_of(memory)->size : 0;
}

static int allocator_roundup(int wanted)
{
	uint32_t class = class_of((size_t)wanted);

	return class == LARGE ? (wanted + 7) & ~7 : (int)classes[class];
}

static void *allocator_realloc(void *old, int wanted)
{
	size_t old_size = block_of(old)->size;
	void *memory;

	if (allocator_roundup(wanted) == (int)old_size)
		return old;
	memory = allocator_malloc(wanted);
	if (!memory)
		return NULL;
	memcpy(memory, old, old_size < (size_t)wanted ? old_size : (size_t)wanted);
	allocator_free(old);
	return memory;
}

bool sqlite_start(void)
{
	static const sqlite3_mem_methods methods = {
		.xMalloc = allocator_malloc,
		.xFree = allocator_free,
		.xRealloc = allocator_realloc,
		.xSize = allocator_size,
		.xRoundup = allocator_roundup,
		.xInit = allocator_init,
		.xShutdown = allocator_shutdown,
	};

	return sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK &&
	       sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK &&
	       sqlite3_config(SQLITE_CONFIG_URI, 0) == SQLITE_OK &&
	       sqlite3_initialize() == SQLITE_OK;
}
