/*
 * The batch lies in a memory page that the kernel empties in the child of a
 * fork (MADV_WIPEONFORK, madvise(2)), so that the child finds nothing left
 * and draws a batch of its own. Each thread has one. A kernel that cannot
 * promise this costs speed only: every nonce then comes from the system.
 */
#include "db/random.h"

#include <assert.h>
#include <sodium.h>
#include <sys/mman.h>

enum { BATCH_BYTES = 3072, LARGEST_NONCE = 64 };

struct batch {
	size_t left; /* unused bytes, at the end; zero in a new page and after a fork */
	uint8_t bytes[BATCH_BYTES];
};

static _Thread_local struct batch *batch;

static struct batch *batch_new(void)
{
	void *memory = mmap(NULL, sizeof(struct batch), PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		return NULL;
	if (madvise(memory, sizeof(struct batch), MADV_WIPEONFORK) != 0) {
		munmap(memory, sizeof(struct batch));
		return NULL;
	}
	return memory;
}

void random_nonce(uint8_t *out, size_t size)
{
	assert(size <= LARGEST_NONCE);
	if (!batch)
		batch = batch_new();
	if (!batch) {
		randombytes_buf(out, size);
		return;
	}
	if (batch->left < size) {
		randombytes_buf(batch->bytes, BATCH_BYTES);
		batch->left = BATCH_BYTES;
	}
	for (size_t i = 0; i < size; i++)
		out[i] = batch->bytes[BATCH_BYTES - batch->left + i];
	batch->left -= size;
}
