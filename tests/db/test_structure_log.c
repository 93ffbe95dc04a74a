/*
 * As test_structure.c, with the log: frames swapped, repeated, old, foreign;
 * logs cut, grown, gone, of another time or store; and every moment's store
 * beside the log and the -head of every other.
 */
#include "damages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/bytes.h"
#include "db/vfs_private.h"

static uint8_t *frame_at(struct bytes log, uint32_t frame)
{
	return log.at + log_frame_offset(frame);
}

static uint32_t frames_of(struct bytes log)
{
	return (uint32_t)((log.size - LOG_HEADER_BYTES) / LOG_FRAME_BYTES);
}

static void head_open(struct bytes log, uint32_t frame, uint8_t out_head[LOG_HEAD_PLAIN_BYTES])
{
	const uint8_t *sealed = frame_at(log, frame);
	const struct log_place place = { frame, sealed + LOG_FRAME_BYTES - SEAL_TAG_BYTES };

	assert_true(log_open(ours.keys, place, sealed, LOG_HEAD_PLAIN_BYTES, out_head));
}

/* The last frame before the last commit. */
static uint32_t durable_of(struct bytes log)
{
	uint8_t head[LOG_HEAD_PLAIN_BYTES];

	head_open(log, frames_of(log), head);
	return bytes_get32(head + LOG_AT_BASE);
}

static uint32_t page_of_frame(struct bytes log, uint32_t frame)
{
	uint8_t head[LOG_HEAD_PLAIN_BYTES];

	head_open(log, frame, head);
	return sqlite_get32(head);
}

/* The opening says it: the log itself, or that events are missing. */
static void log_must_be(enum damage damage, const struct files *files)
{
	struct told told = must_be(damage, files);

	if (told.stage == STAGE_OPEN && !strstr(told.words, "x.tdk-wal: frame ") &&
		!strstr(told.words, "events are missing"))
		fail_msg("%s: %s", damage_words(damage), told.words);
}

/* store check names those of the frames that a later commit stands on. */
static void frames_must_be_named(
	enum damage damage, const struct files *files, uint32_t one, uint32_t other)
{
	uint32_t durable = durable_of(ours.live[LAST].log);
	size_t wanted = (size_t)(one <= durable) + (other != one && other <= durable);
	char words[4096], name[64];

	log_must_be(damage, files);
	assert_int_equal(files_check(files, words, sizeof(words)), wanted);
	for (int i = 0; i < 2; i++) {
		uint32_t frame = i ? other : one;

		(void)snprintf(
			name, sizeof(name), "x.tdk-wal: frame %u is damaged", (unsigned)frame);
		if (frame <= durable && !strstr(words, name))
			fail_msg("%s: frame %u: %s", damage_words(damage), (unsigned)frame, words);
	}
}

static void test_frames_swapped(void **state)
{
	const struct files *now = &ours.live[LAST];
	uint32_t frames = frames_of(now->log);

	(void)state;
	for (int i = cases(160, 1200); i > 0; i--) {
		uint32_t one = 1 + rig_random(frames), other = 1 + rig_random(frames);
		struct files files = *now;

		if (one == other)
			continue;
		files.log = copy_of(now->log, 0);
		memcpy(frame_at(files.log, one), frame_at(now->log, other), LOG_FRAME_BYTES);
		if (i % 2) {
			memcpy(frame_at(files.log, other), frame_at(now->log, one),
				LOG_FRAME_BYTES);
			frames_must_be_named(FRAMES_SWAPPED, &files, one, other);
		} else {
			frames_must_be_named(FRAME_REPEATED, &files, one, one);
		}
		bytes_clear(&files.log);
	}
}

static void test_frames_replaced(void **state)
{
	const struct files *now = &ours.live[LAST];

	(void)state;
	for (int i = cases(240, 1600); i > 0; i--) {
		struct bytes from =
			i % 4 < 2 ? ours.live[rig_random(LAST)].log : theirs.live[LAST].log;
		uint32_t least = frames_of(now->log) < frames_of(from) ? frames_of(now->log)
								       : frames_of(from);
		uint32_t frame = 1 + rig_random(least);
		struct files files = *now;
		enum damage damage = i % 4 == 3	  ? FRAME_EMPTY
				     : i % 4 == 2 ? FRAME_FOREIGN
						  : FRAME_OLD;

		files.log = copy_of(now->log, 0);
		memcpy(frame_at(files.log, frame), frame_at(from, frame), LOG_FRAME_BYTES);
		if (damage == FRAME_EMPTY)
			memset(frame_at(files.log, frame), 0, LOG_FRAME_BYTES);
		if (damage == FRAME_EMPTY && i % 8 == 3)
			noise(frame_at(files.log, frame), LOG_FRAME_BYTES);
		frames_must_be_named(damage, &files, frame, frame);
		bytes_clear(&files.log);
	}
}

/* A frame and a page that the disk does not give, and damage behind each: all are told. */
static void test_check_goes_on(void **state)
{
	struct files files = ours.live[LAST];
	char words[4096];
	int fired = 0;

	(void)state;
	files.store = copy_of(files.store, 0);
	files.log = copy_of(files.log, 0);
	noise(page_at(files.store, pages_of(files.store)), SEAL_PAGE_SIZE);
	frame_at(files.log, 9)[200] ^= 1;
	for (uint32_t frame = 1; frame < 8; frame++, fired++) {
		char name[64];

		(void)snprintf(name, sizeof(name), "x.tdk-wal: frame %u: ", (unsigned)frame);
		disk_fails_at(LOG_FRAME_BYTES, log_frame_offset(frame));
		(void)files_check(&files, words, sizeof(words));
		if (!strstr(words, name) || !strstr(words, "x.tdk-wal: frame 9 is damaged") ||
			!names_page(words, pages_of(files.store)))
			fail_msg("frame %u cannot be read: %s", (unsigned)frame, words);
		(void)snprintf(name, sizeof(name), "x.tdk: page %u: ", (unsigned)frame);
		disk_fails_at(
			SEAL_PAGE_SIZE, VAULT_HEADER_BYTES + (int64_t)(frame - 1) * SEAL_PAGE_SIZE);
		(void)files_check(&files, words, sizeof(words));
		if (!strstr(words, name) || !strstr(words, "x.tdk-wal: frame 9 is damaged") ||
			!names_page(words, pages_of(files.store)))
			fail_msg("page %u cannot be read: %s", (unsigned)frame, words);
	}
	disk_fails_at(0, 0);
	print_message("# %d frames and pages not read, and the rest looked through\n", 2 * fired);
	bytes_clear(&files.store);
	bytes_clear(&files.log);
}

/* The page of a frame that was never committed is not newer than the store's: damaged there, it is
   told. */
static void test_uncommitted_pages(void **state)
{
	const struct files *now = &ours.live[LAST];
	uint32_t durable = durable_of(now->log), pages = pages_of(now->store);
	int tried = 0;

	(void)state;
	for (uint32_t frame = durable + 1; frame < frames_of(now->log); frame++) {
		struct files files = *now;
		uint32_t page = page_of_frame(now->log, frame);
		char words[4096];
		bool is_newer = page > pages;

		for (uint32_t before = 1; before <= durable; before++)
			is_newer |= page_of_frame(now->log, before) == page;
		if (is_newer)
			continue;
		files.log.size = (size_t)log_frame_offset(frames_of(now->log));
		files.store = copy_of(now->store, 0);
		noise(page_at(files.store, page), SEAL_PAGE_SIZE);
		assert_int_equal(files_check(&files, words, sizeof(words)), 1);
		assert_true(names_page(words, page));
		bytes_clear(&files.store);
		tried++;
	}
	print_message("# %d pages under frames that were never committed\n", tried);
	assert_true(tried > 0);
}

static void test_log_lengths(void **state)
{
	const struct files *now = &ours.live[LAST];
	uint32_t frames = frames_of(now->log);

	(void)state;
	for (int i = cases(100, 600); i > 0; i--) {
		struct files files = *now;
		struct bytes old = ours.live[rig_random(LAST)].log;
		size_t more = rig_random(3 * LOG_FRAME_BYTES);

		files.log.size = i % 2 ? rig_random((uint32_t)now->log.size)
				       : (size_t)log_frame_offset(1 + rig_random(frames));
		log_must_be(LOG_CUT, &files);
		files.log = copy_of(now->log, more);
		if (i % 4 == 0)
			noise(files.log.at + now->log.size, more);
		else if (i % 4 == 1)
			memcpy(files.log.at + now->log.size, frame_at(old, 2), more);
		else if (i % 4 == 2)
			memcpy(files.log.at + now->log.size, frame_at(now->log, 2), more);
		log_must_be(LOG_GROWN, &files);
		bytes_clear(&files.log);
	}
}

/* What is wrong with the store of one moment beside the log and the -head of others. A log holds
   what its moment changed since the one before, so that it fits the pages of either. The header of
   the store has its moment's generation. */
static enum damage crossing(int store, int log, int head)
{
	if (head > store)
		return HEAD_AHEAD;
	if (log < 0 || store == log || store == log - 1)
		return (log < 0 ? store : log) == LAST ? HEAD_BEHIND : ALL_OLD;
	if (log > store)
		return LOG_NEW;
	return head > log ? LOG_OLD : LOG_OLD_HEAD_OLD;
}

static void test_crossed(void **state)
{
	const int step = getenv("TRACEDESK_TEST_SAMPLE") ? 5 : 1;

	(void)state;
	for (int i = 0; i < MOMENTS * (MOMENTS + 1) * MOMENTS; i += step) {
		int store = i % MOMENTS, log = i / MOMENTS % (MOMENTS + 1) - 1;
		int head = i / MOMENTS / (MOMENTS + 1);
		struct files files = { ours.closed[store].store, ours.closed[head].head,
			{ NULL, 0 } };

		if (log >= 0)
			files.log = ours.live[log].log;
		must_be(crossing(store, log, head), &files);
	}
}

static void test_logs_of_others(void **state)
{
	(void)state;
	for (int moment = 0; moment < MOMENTS; moment++) {
		struct files files = ours.closed[moment];

		for (int other = 0; other < MOMENTS; other++) {
			files.log = theirs.live[other].log;
			must_be(LOG_FOREIGN, &files);
		}
		must_be(moment < LAST ? ALL_OLD : SOUND, &ours.closed[moment]);
		must_be(moment < LAST ? ALL_OLD : SOUND, &ours.live[moment]);
		must_be(ALL_FOREIGN, &theirs.closed[moment]);
		must_be(ALL_FOREIGN, &theirs.live[moment]);
		files = ours.live[moment];
		files.log = (struct bytes) { NULL, 0 };
		must_be(LOG_GONE, &files);
		if (moment == LAST)
			continue;
		files.log =
			crossed(ours.live[LAST].log, ours.live[moment].log, 0, LOG_HEADER_BYTES);
		files.store = ours.live[LAST].store;
		files.head = ours.live[LAST].head;
		must_be(LOG_HEADER_OLD, &files);
		bytes_clear(&files.log);
	}
}

static void test_every_class_was_tried(void **state)
{
	(void)state;
	damages_must_be_tried(LOG_CUT, SOUND, cases(800, 3200));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_frames_swapped),
		cmocka_unit_test(test_frames_replaced),
		cmocka_unit_test(test_log_lengths),
		cmocka_unit_test(test_check_goes_on),
		cmocka_unit_test(test_uncommitted_pages),
		cmocka_unit_test(test_crossed),
		cmocka_unit_test(test_logs_of_others),
		cmocka_unit_test(test_every_class_was_tried),
	};

	return cmocka_run_group_tests_name(
		"structure of the log", tests, damages_start, damages_stop);
}
