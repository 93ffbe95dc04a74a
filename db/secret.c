/*
 * Secrets in sodium_malloc memory: guard pages, a canary, wiped when freed.
 * sodium_malloc keeps quiet when mlock fails, so whoever wants to know asks
 * secret_is_locked, which tries.
 */
#include "db/secret.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "db/memory.h"
#include "db/privilege.h"

/* More than all secrets that live for a short time: each takes one page. */
enum { PROBE_BYTES = 8 * 4096 };

struct secret {
	size_t size;
	uint8_t *bytes;
};

bool secret_start(void)
{
	const struct rlimit none = { 0, 0 };

	umask(077);
	return privilege_start() && sodium_init() >= 0 && setrlimit(RLIMIT_CORE, &none) == 0 &&
	       prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

struct secret *secret_new(size_t size)
{
	struct secret *secret = mem_new(1, sizeof *secret);

	secret->size = size;
	secret->bytes = sodium_malloc(size ? size : 1);
	if (!secret->bytes)
		mem_is_out();
	sodium_memzero(secret->bytes, size);
	return secret;
}

struct secret *secret_take(void *bytes, size_t size)
{
	struct secret *secret = secret_new(size);

	if (size) {
		memcpy(secret->bytes, bytes, size);
		sodium_memzero(bytes, size);
	}
	return secret;
}

uint8_t *secret_bytes(struct secret *secret)
{
	return secret->bytes;
}

const uint8_t *secret_read(const struct secret *secret)
{
	return secret->bytes;
}

size_t secret_size(const struct secret *secret)
{
	return secret->size;
}

void secret_cut(struct secret *secret, size_t size)
{
	assert(size <= secret->size);
	sodium_memzero(secret->bytes + size, secret->size - size);
	secret->size = size;
}

bool secret_is_equal(const struct secret *a, const struct secret *b)
{
	return a->size == b->size && sodium_memcmp(a->bytes, b->bytes, a->size) == 0;
}

void secret_free(struct secret *secret)
{
	if (!secret)
		return;
	sodium_free(secret->bytes);
	mem_free(secret);
}

bool secret_is_locked(void)
{
	void *probe = sodium_malloc(PROBE_BYTES);
	bool is_locked = probe && sodium_mlock(probe, PROBE_BYTES) == 0;

	sodium_free(probe);
	return is_locked;
}
