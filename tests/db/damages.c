/*
 * Counts what was found where.
 */
#include "damages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amount.h"
#include "db/vault.h"

#define CLASS_ROW(name, stages, words) { stages, words },
static const struct {
	unsigned stages;
	const char *words;
} classes[DAMAGES] = { CLASSES(CLASS_ROW) };

struct life ours, theirs;
char where[100];
static int found[DAMAGES][STAGES];

const char *damage_words(enum damage damage)
{
	return classes[damage].words;
}

int cases(int usual, int campaign)
{
	int count = amount(usual, campaign);

	return getenv("TRACEDESK_TEST_SAMPLE") ? 1 + count / 10 : count;
}

struct told must_be(enum damage damage, const struct files *files)
{
	struct told told;

	files_ask(files, &ours, &told);
	if (!(classes[damage].stages & AT(told.stage)))
		fail_msg("%s: %s: found by %s: %s", classes[damage].words, where,
			stage_name(told.stage), told.words);
	found[damage][told.stage]++;
	where[0] = '\0';
	return told;
}

bool names_page(const char *words, uint32_t page)
{
	char name[64];

	(void)snprintf(name, sizeof(name), "x.tdk: page %u is damaged", (unsigned)page);
	return strstr(words, name) != NULL;
}

struct bytes copy_of(struct bytes from, size_t more)
{
	struct bytes copy = { calloc(1, from.size + more), from.size + more };

	assert_non_null(copy.at);
	memcpy(copy.at, from.at, from.size);
	return copy;
}

void noise(uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		bytes[i] = (uint8_t)rig_random(256);
}

uint8_t *page_at(struct bytes store, uint32_t page)
{
	return store.at + VAULT_HEADER_BYTES + (size_t)(page - 1) * SEAL_PAGE_SIZE;
}

struct bytes crossed(struct bytes into, struct bytes from, size_t a, size_t b)
{
	struct bytes mixed = copy_of(into, 0);

	memcpy(mixed.at + a, from.at + a, b - a);
	return mixed;
}

void damages_must_be_tried(enum damage first, enum damage last, int least)
{
	const char *empty = "";
	int all = 0;

	for (int i = 0; i < DAMAGES; i++) {
		char line[300] = "";
		int count = 0;

		for (int j = 0; j < STAGES; j++) {
			count += found[i][j];
			if (found[i][j] > 0)
				(void)snprintf(line + strlen(line), sizeof(line) - strlen(line),
					"%s %s %d", *line ? "," : "", stage_name((enum stage)j),
					found[i][j]);
		}
		if (count > 0)
			print_message("# %4d %s:%s\n", count, classes[i].words, line);
		if (count == 0 && i >= (int)first && i <= (int)last)
			empty = classes[i].words;
		all += count;
	}
	print_message("# %d stores, of each class each found where it must be\n", all);
	if (*empty != '\0')
		fail_msg("never tried: %s", empty);
	assert_true(all >= least);
}

int damages_start(void **state)
{
	if (rig_start(state) != 0 || store_rig_start(state) != 0)
		return -1;
	life_make(&ours, "x.tdk");
	life_make(&theirs, "y.tdk");
	return 0;
}

int damages_stop(void **state)
{
	life_done(&ours);
	life_done(&theirs);
	return store_rig_done(state);
}
