/*
 * Stores put together by hand from the files of two of them at several moments:
 * pages swapped, repeated, old, foreign, cut, grown; headers and -head of
 * another time or store. Each is found at the stage that its class names, and
 * nothing else is ever read as data: tracedesk-store(7), PROMISES.
 */
#include "damages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/header.h"
#include "db/vfs_private.h"

/* Told by the number of one of the pages at the first stage, and of each by store check. */
static void must_name(enum damage damage, const struct files *files, uint32_t page, uint32_t other)
{
	struct told told = must_be(damage, files);
	char words[4096];

	if (!names_page(told.words, page) && !names_page(told.words, other))
		fail_msg("%s: page %u: %s", damage_words(damage), (unsigned)page, told.words);
	assert_int_equal(files_check(files, words, sizeof(words)), page == other ? 1 : 2);
	if (!names_page(words, page) || !names_page(words, other))
		fail_msg("%s: page %u, store check: %s", damage_words(damage), (unsigned)page,
			words);
}

/* Are both the same to who has the key? */
static bool page_is_same(uint32_t page, const uint8_t *sealed, const uint8_t *other)
{
	uint8_t plain[2][SEAL_PAGE_SIZE];

	assert_true(page_open(ours.keys, page, sealed, plain[0]));
	assert_true(page_open(ours.keys, page, other, plain[1]));
	return memcmp(plain[0], plain[1], SEAL_PLAIN_SIZE) == 0;
}

static void test_pages_swapped(void **state)
{
	const struct files *now = &ours.closed[LAST];
	uint32_t pages = pages_of(now->store);

	(void)state;
	for (int i = cases(250, 3000); i > 0; i--) {
		uint32_t one = 1 + rig_random(pages), other = 1 + rig_random(pages);
		struct files files = *now;

		if (one == other)
			continue;
		files.store = copy_of(now->store, 0);
		memcpy(page_at(files.store, one), page_at(now->store, other), SEAL_PAGE_SIZE);
		if (i % 2) {
			memcpy(page_at(files.store, other), page_at(now->store, one),
				SEAL_PAGE_SIZE);
			must_name(PAGES_SWAPPED, &files, one, other);
		} else {
			must_name(PAGE_REPEATED, &files, one, one);
		}
		bytes_clear(&files.store);
	}
}

/* What lies in the place of a page. */
static void page_put(enum damage damage, struct bytes store, uint32_t page)
{
	uint8_t *at = page_at(store, page), plain[SEAL_PAGE_SIZE];
	const struct bytes other = theirs.closed[LAST].store;
	uint32_t there = 1 + (page - 1) % pages_of(other);

	switch ((int)damage) {
	case PAGE_FOREIGN:
		memcpy(at, page_at(other, there), SEAL_PAGE_SIZE);
		break;
	case PAGE_OTHER_FILE:
		assert_true(page_open(ours.keys, page, at, plain));
		page_seal(ours.other_keys, page, plain, at);
		break;
	case PAGE_EMPTY:
		memset(at, 0, SEAL_PAGE_SIZE);
		if (rig_random(2))
			noise(at, SEAL_PAGE_SIZE);
		break;
	case PAGE_TORN:
		noise(at + 512 * (1 + rig_random(7)), 512);
		break;
	}
}

static void test_pages_replaced(void **state)
{
	static const enum damage damages[] = { PAGE_FOREIGN, PAGE_OTHER_FILE, PAGE_EMPTY,
		PAGE_TORN };
	const struct files *now = &ours.closed[LAST];
	uint32_t pages = pages_of(now->store);

	(void)state;
	for (int i = cases(480, 2400); i > 0; i--) {
		enum damage damage = damages[i % 4];
		uint32_t page = 1 + (uint32_t)(i / 4) % pages;
		struct files files = *now;

		files.store = copy_of(now->store, 0);
		page_put(damage, files.store, page);
		must_name(damage, &files, page, page);
		bytes_clear(&files.store);
	}
}

static enum damage old_kind(const char *table, enum damage proved)
{
	if (strcmp(table, "request_words") == 0 || strncmp(table, "request_words_", 14) == 0)
		return WORDS_OLD;
	return table_is_proved(table) ? proved : TABLE_OLD_UNPROVED;
}

/* The page has had two owners. */
static enum damage old_kind_of(const char *owner, const char *before)
{
	enum damage kind = old_kind(owner, PAGE_OLD);

	return kind == PAGE_OLD ? old_kind(before, PAGE_OLD) : kind;
}

static void test_old_pages(void **state)
{
	const struct files *now = &ours.closed[LAST];

	(void)state;
	for (int i = cases(100, 1000); i > 0;) {
		int moment = (int)rig_random(LAST);
		struct bytes old = ours.closed[moment].store;
		uint32_t page = 1 + rig_random(pages_of(old));
		struct files files = *now;

		if (page_is_same(page, page_at(old, page), page_at(now->store, page)))
			continue;
		i--;
		files.store = copy_of(now->store, 0);
		memcpy(page_at(files.store, page), page_at(old, page), SEAL_PAGE_SIZE);
		(void)snprintf(where, sizeof(where), "page %u of moment %d: %s, then %s",
			(unsigned)page, moment, ours.owner[LAST][page], ours.owner[moment][page]);
		must_be(old_kind_of(ours.owner[LAST][page], ours.owner[moment][page]), &files);
		bytes_clear(&files.store);
	}
}

/* The pages that table had at either moment, as they were then. */
static bool table_put_old(int moment, const char *table, struct bytes store)
{
	struct bytes old = ours.closed[moment].store;
	bool is_other = false;

	for (uint32_t page = 1; page <= pages_of(old); page++) {
		if (strcmp(ours.owner[LAST][page], table) != 0 &&
			strcmp(ours.owner[moment][page], table) != 0)
			continue;
		is_other |= !page_is_same(page, page_at(old, page), page_at(store, page));
		memcpy(page_at(store, page), page_at(old, page), SEAL_PAGE_SIZE);
	}
	return is_other;
}

static void test_old_tables(void **state)
{
	const struct files *now = &ours.closed[LAST];

	(void)state;
	for (int moment = 0; moment < LAST; moment++) {
		for (uint32_t page = 1; page <= pages_of(now->store); page++) {
			const char *table = ours.owner[LAST][page];
			struct files files = *now;

			/* Once a table: where its first page is. */
			for (uint32_t before = 1; before < page && *table; before++)
				if (strcmp(ours.owner[LAST][before], table) == 0)
					table = "";
			if (*table == '\0')
				continue;
			files.store = copy_of(now->store, 0);
			(void)snprintf(where, sizeof(where), "%s of moment %d", table, moment);
			if (table_put_old(moment, table, files.store))
				must_be(old_kind(table, TABLE_OLD), &files);
			bytes_clear(&files.store);
		}
	}
}

/* Any number of pages of one moment. */
static void test_some_old_pages(void **state)
{
	const struct files *now = &ours.closed[LAST];

	(void)state;
	for (int i = cases(120, 1500); i > 0; i--) {
		struct bytes old = ours.closed[rig_random(LAST)].store;
		struct files files = *now;
		uint32_t one_in = 2 + rig_random(20);

		files.store = copy_of(now->store, 0);
		for (uint32_t page = 1; page <= pages_of(old); page++)
			if (rig_random(one_in) == 0)
				memcpy(page_at(files.store, page), page_at(old, page),
					SEAL_PAGE_SIZE);
		must_be(PAGES_OLD, &files);
		bytes_clear(&files.store);
	}
}

/* store check says from which page on; who reads the page that is there in part, by its number. */
static void cut_must_be(size_t size, int *out_named)
{
	struct files files = ours.closed[LAST];
	size_t inside = (size - VAULT_HEADER_BYTES) % SEAL_PAGE_SIZE;
	unsigned page = (unsigned)((size - VAULT_HEADER_BYTES) / SEAL_PAGE_SIZE) + 1;
	char words[4096], from[64];
	struct told told;

	files.store.size = size;
	told = must_be(size < VAULT_HEADER_BYTES ? STORE_CUT_HEADER
		       : inside			 ? STORE_CUT_INSIDE
						 : STORE_CUT,
		&files);
	if (size < VAULT_HEADER_BYTES)
		return;
	*out_named += inside > 0 && names_page(told.words, page);
	(void)files_check(&files, words, sizeof(words));
	(void)snprintf(from, sizeof(from), "missing, from page %u on", page);
	if (!strstr(words, page == 1 ? "no page follows its header" : from))
		fail_msg("cut at %zu, store check: %s", size, words);
}

static void test_cuts(void **state)
{
	const struct files *now = &ours.closed[LAST];
	uint32_t pages = pages_of(now->store);
	int named = 0;

	(void)state;
	for (uint32_t page = rig_random(2); page < pages; page += 2)
		cut_must_be(VAULT_HEADER_BYTES + (size_t)page * SEAL_PAGE_SIZE, &named);
	for (int i = cases(60, 600); i > 0; i--)
		cut_must_be(
			VAULT_HEADER_BYTES + 1 + rig_random(pages * SEAL_PAGE_SIZE - 1), &named);
	for (int i = cases(10, 100); i > 0; i--)
		cut_must_be(rig_random(VAULT_HEADER_BYTES), &named);
	/* SQLite itself sees that whole pages are missing. */
	named = 0;
	for (size_t cut = 1; cut < SEAL_PAGE_SIZE; cut += 1300)
		cut_must_be(now->store.size - cut, &named);
	assert_int_equal(named, 4);
}

static void test_grown(void **state)
{
	const struct files *now = &ours.closed[LAST];
	uint32_t pages = pages_of(now->store);

	(void)state;
	for (int i = cases(60, 600); i > 0; i--) {
		struct files files = *now;
		size_t more = rig_random(2) ? SEAL_PAGE_SIZE * (1 + rig_random(3))
					    : 1 + rig_random(3 * SEAL_PAGE_SIZE);
		uint8_t *end;
		char words[4096];

		files.store = copy_of(now->store, more);
		end = files.store.at + now->store.size;
		if (i % 4 == 0)
			noise(end, more);
		else if (i % 4 == 1)
			memcpy(end, page_at(now->store, 1 + rig_random(pages - 2)), more);
		else if (i % 4 == 2)
			memcpy(end, page_at(theirs.closed[LAST].store, 20), more);
		must_be(STORE_GROWN, &files);
		assert_true(files_check(&files, words, sizeof(words)) > 0);
		bytes_clear(&files.store);
	}
}

static void header_must_be(enum damage damage, struct bytes from, size_t a, size_t b)
{
	struct files files = ours.closed[LAST];

	files.store = crossed(files.store, from, a, b);
	must_be(damage, &files);
	bytes_clear(&files.store);
}

static void test_headers(void **state)
{
	const size_t copy = HEADER_COPY_BYTES, both = 2 * HEADER_COPY_BYTES;
	struct bytes foreign = theirs.closed[LAST].store;

	(void)state;
	for (int moment = 0; moment < LAST; moment++) {
		struct bytes old = ours.closed[moment].store;

		header_must_be(HEADER_ONE_OLD, old, 0, copy);
		header_must_be(HEADER_ONE_OLD, old, copy, both);
		header_must_be(HEADER_OLD, old, 0, both);
		header_must_be(HEADER_OLD, old, 0, VAULT_HEADER_BYTES);
		header_must_be(LOCKOUT_CROSSED, old, both, VAULT_HEADER_BYTES);
		foreign = theirs.closed[moment].store;
		header_must_be(HEADER_ONE_FOREIGN, foreign, 0, copy);
		header_must_be(HEADER_ONE_FOREIGN, foreign, copy, both);
		header_must_be(HEADER_FOREIGN, foreign, 0, both);
		header_must_be(HEADER_FOREIGN, foreign, 0, VAULT_HEADER_BYTES);
		header_must_be(LOCKOUT_CROSSED, foreign, both, VAULT_HEADER_BYTES);
	}
}

static void head_must_be(enum damage damage, int moment, struct bytes head)
{
	struct files files = ours.closed[moment];

	files.head = head;
	must_be(damage, &files);
}

static void test_heads(void **state)
{
	const struct bytes now = ours.closed[LAST].head;

	(void)state;
	for (int i = cases(60, 400); i > 0; i--) {
		struct bytes cut = { now.at, rig_random((uint32_t)now.size) };
		struct bytes grown = copy_of(now, 1 + rig_random(3000));
		struct bytes from = rig_random(2) ? ours.closed[rig_random(LAST)].head
						  : theirs.closed[rig_random(MOMENTS)].head;
		struct bytes mixed =
			crossed(now, from, i % 3 == 0 ? 512 : 0, i % 3 == 1 ? 512 : 1024);

		noise(grown.at + now.size, grown.size - now.size);
		head_must_be(HEAD_BEHIND, LAST, cut);
		head_must_be(HEAD_BEHIND, LAST, grown);
		head_must_be(HEAD_BEHIND, LAST, mixed);
		bytes_clear(&mixed);
		bytes_clear(&grown);
	}
	head_must_be(HEAD_BEHIND, LAST, (struct bytes) { NULL, 0 });
	for (int store = 0; store < LAST; store++)
		for (int head = store + 1; head < MOMENTS; head++) {
			head_must_be(HEAD_AHEAD, store, ours.closed[head].head);
			head_must_be(HEAD_AHEAD, store, ours.live[head].head);
		}
}

static void test_every_class_was_tried(void **state)
{
	(void)state;
	damages_must_be_tried(PAGES_SWAPPED, HEAD_AHEAD, cases(1200, 8800));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages_swapped),
		cmocka_unit_test(test_pages_replaced),
		cmocka_unit_test(test_old_pages),
		cmocka_unit_test(test_old_tables),
		cmocka_unit_test(test_some_old_pages),
		cmocka_unit_test(test_cuts),
		cmocka_unit_test(test_grown),
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_every_class_was_tried),
	};

	return cmocka_run_group_tests_name("structure", tests, damages_start, damages_stop);
}
