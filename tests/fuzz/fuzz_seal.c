/*
 * The seals of pages, frames and the log's header, in memory. The first byte
 * chooses what (its low two bits) and with which key it is opened (the next
 * two), the second is put over the number of the page or frame, the rest are
 * edits. Every change is refused, and what is as it was opens.
 */
#include <string.h>

#include "db/vfs_private.h"
#include "tests/fuzz/fuzz.h"

enum { SEAL_PAGE, SEAL_FRAME, SEAL_LOG, SEAL_ROUND };
enum { KEY_RIGHT, KEY_OTHER_FILE, KEY_OTHER_MASTER, KEYS };
enum { PAGE = 21, FRAME = 34 };

static struct keys *keys[KEYS];
static uint8_t plain_page[SEAL_PAGE_SIZE], plain_head[LOG_HEAD_PLAIN_BYTES];
static uint8_t page[SEAL_PAGE_SIZE], frame[LOG_FRAME_BYTES], log_head[LOG_HEADER_BYTES];

static struct log_place frame_place(uint32_t number, const uint8_t *sealed)
{
	return (struct log_place) { number, sealed + LOG_FRAME_BYTES - SEAL_TAG_BYTES };
}

static void keys_make(int which, uint8_t master_byte, uint8_t file_byte)
{
	const uint8_t file_id[FILE_ID_BYTES] = { file_byte };
	struct secret *master = secret_new(MASTER_KEY_BYTES);

	memset(secret_bytes(master), master_byte, MASTER_KEY_BYTES);
	keys[which] = keys_new(master, file_id);
	secret_free(master);
}

void fuzz_start(void)
{
	fuzz_must(secret_start(), "libraries");
	keys_make(KEY_RIGHT, 1, 1);
	keys_make(KEY_OTHER_FILE, 1, 2);
	keys_make(KEY_OTHER_MASTER, 2, 1);
	for (size_t i = 0; i < SEAL_PLAIN_SIZE; i++)
		plain_page[i] = (uint8_t)(i * 7);
	memset(plain_head, 3, sizeof(plain_head));
	page_seal(keys[KEY_RIGHT], PAGE, plain_page, page);
	page_seal(keys[KEY_RIGHT], PAGE, plain_page, frame + LOG_HEAD_BYTES);
	log_seal(keys[KEY_RIGHT], frame_place(FRAME, frame), plain_head, sizeof(plain_head), frame);
	log_seal(keys[KEY_RIGHT], (struct log_place) { 0, NULL }, plain_head, WAL_HEADER_BYTES,
		log_head);
}

struct attempt {
	const struct keys *keys;
	uint32_t moved; /* over the number */
	const uint8_t *edits;
	size_t edits_size;
};

static bool is_at_home(const struct attempt *attempt)
{
	return attempt->keys == keys[KEY_RIGHT] && attempt->moved == 0;
}

/* Opened exactly when it may; and then it is what was sealed, else nothing at all. */
static void must_be(bool opened, bool may, const uint8_t *got, const uint8_t *plain, size_t size)
{
	static const uint8_t zeros[SEAL_PAGE_SIZE];

	fuzz_must(opened || !may, "what is as it was opens");
	fuzz_must(!opened || may, "every change is refused");
	fuzz_must(memcmp(got, opened ? plain : zeros, size) == 0, "what comes out was put in");
}

static void page_must_hold(const struct attempt *attempt, const uint8_t *sealed, bool may)
{
	uint8_t got[SEAL_PAGE_SIZE];
	uint32_t number = PAGE ^ attempt->moved;

	must_be(page_open(attempt->keys, number, sealed, got), may, got, plain_page,
		SEAL_PAGE_SIZE);
	fuzz_must(page_verify(attempt->keys, number, sealed) == may, "and verifies so");
}

static void page_try(const struct attempt *attempt)
{
	uint8_t sealed[SEAL_PAGE_SIZE];

	memcpy(sealed, page, sizeof(sealed));
	(void)fuzz_edit(sealed, sizeof(sealed), attempt->edits, attempt->edits_size);
	page_must_hold(
		attempt, sealed, is_at_home(attempt) && memcmp(sealed, page, sizeof(sealed)) == 0);
}

/* The header is bound to its page's tag, the page stands for itself. */
static void frame_try(const struct attempt *attempt)
{
	uint8_t sealed[LOG_FRAME_BYTES], got[LOG_HEAD_PLAIN_BYTES];
	const uint8_t *tag = sealed + LOG_FRAME_BYTES - SEAL_TAG_BYTES;
	bool is_head_same, is_body_same;

	memcpy(sealed, frame, sizeof(sealed));
	(void)fuzz_edit(sealed, sizeof(sealed), attempt->edits, attempt->edits_size);
	is_head_same = memcmp(sealed, frame, LOG_HEAD_BYTES) == 0 &&
		       memcmp(tag, frame + LOG_FRAME_BYTES - SEAL_TAG_BYTES, SEAL_TAG_BYTES) == 0;
	is_body_same = memcmp(sealed + LOG_HEAD_BYTES, frame + LOG_HEAD_BYTES, SEAL_PAGE_SIZE) == 0;
	must_be(log_open(attempt->keys, frame_place(FRAME ^ attempt->moved, sealed), sealed,
			sizeof(got), got),
		is_at_home(attempt) && is_head_same, got, plain_head, sizeof(got));
	page_must_hold(attempt, sealed + LOG_HEAD_BYTES, is_at_home(attempt) && is_body_same);
}

static void log_try(const struct attempt *attempt)
{
	uint8_t sealed[LOG_HEADER_BYTES], got[WAL_HEADER_BYTES];
	const struct log_place place = { attempt->moved, NULL };

	memcpy(sealed, log_head, sizeof(sealed));
	(void)fuzz_edit(sealed, sizeof(sealed), attempt->edits, attempt->edits_size);
	must_be(log_open(attempt->keys, place, sealed, sizeof(got), got),
		is_at_home(attempt) && memcmp(sealed, log_head, sizeof(sealed)) == 0, got,
		plain_head, sizeof(got));
}

/* Any bytes, sealed anywhere, come back; the reserve as zeros. */
static void round_try(const struct attempt *attempt)
{
	static const uint8_t zeros[SEAL_RESERVE];
	uint8_t plain[SEAL_PAGE_SIZE], sealed[SEAL_PAGE_SIZE], got[SEAL_PAGE_SIZE];
	uint32_t number = PAGE ^ attempt->moved;

	memcpy(plain, plain_page, sizeof(plain));
	(void)fuzz_edit(plain, sizeof(plain), attempt->edits, attempt->edits_size);
	page_seal(attempt->keys, number, plain, sealed);
	fuzz_must(page_open(attempt->keys, number, sealed, got), "what was sealed opens");
	fuzz_must(memcmp(got, plain, SEAL_PLAIN_SIZE) == 0 &&
			  memcmp(got + SEAL_PLAIN_SIZE, zeros, SEAL_RESERVE) == 0,
		"and is what it was");
}

void fuzz_input(const uint8_t *bytes, size_t size)
{
	static void (*const tries[])(const struct attempt *attempt) = {
		[SEAL_PAGE] = page_try,
		[SEAL_FRAME] = frame_try,
		[SEAL_LOG] = log_try,
		[SEAL_ROUND] = round_try,
	};
	uint8_t how = size > 0 ? bytes[0] : 0;
	const struct attempt attempt = {
		.keys = keys[(how >> 2 & 3) % KEYS],
		.moved = size > 1 ? bytes[1] : 0,
		.edits = bytes + 2,
		.edits_size = size > 2 ? size - 2 : 0,
	};

	tries[how & 3](&attempt);
}
