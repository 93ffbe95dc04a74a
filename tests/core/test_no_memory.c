/*
 * No memory, at any allocation of any library, once or from then on, in all the
 * scenarios: an answer with words and what to do, or the end of the program with
 * a sentence; never a crash, and the store holds what was acknowledged.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/core/faults.h"
#include "tests/core/memory_faults.h"
#include "tests/db/amount.h"

static const struct fault faults[] = {
	{ "heap, once", MEMORY_HEAP, ENOMEM, false, false },
	{ "heap, from then on", MEMORY_HEAP, ENOMEM, true, false },
	{ "SQLite's memory, once", MEMORY_SQLITE, ENOMEM, false, false },
	{ "SQLite's memory, from then on", MEMORY_SQLITE, ENOMEM, true, false },
	{ "mapped memory, once", MEMORY_MAPPED, ENOMEM, false, true },
	{ "mapped memory, from then on", MEMORY_MAPPED, ENOMEM, true, true },
	{ "locked memory, from then on", MEMORY_LOCKED, ENOMEM, true, false },
};

/* libxlsxwriter 1.1.4 does not outlive a failed malloc. The figures were read by then, and nothing
   is being stored. */
static bool dies_of_its_library(const struct fault_case *now)
{
	return (now->fault->calls & MEMORY_HEAP) && strcmp(now->scenario->name, "workbook") == 0;
}

static void judge(const struct fault_case *now)
{
	const struct fault_answer *answer = now->answer;

	fault_events_judge(now);
	if (dies_of_its_library(now))
		return;
	if (!answer->is_through) {
		if (answer->left != DESK_BUSY || !strstr(answer->words, "out of memory"))
			fault_wrong(now, "it must end with a sentence");
		return;
	}
	if (answer->has_desk && !answer->works)
		fault_wrong(now, "the desk does not work afterwards");
	if (answer->status == DESK_OK)
		return;
	/* SQLite's look at its pages does not say why it did not get one. */
	if (answer->status == DESK_DAMAGED && strstr(answer->words, "failed to get page"))
		return;
	if (answer->status != DESK_BUSY || !strstr(answer->words, "memory"))
		fault_wrong(now, "it is for want of memory");
	if (*scene_litter(now->scene) != '\0')
		fault_wrong(now, scene_litter(now->scene));
}

static void test_no_memory(void **state)
{
	const bool is_sample = getenv("TRACEDESK_TEST_SAMPLE") != NULL;
	const struct fault_walk walk = { .faults = faults,
		.count = sizeof(faults) / sizeof(faults[0]),
		.states = is_sample ? 1 : amount(2, 0),
		.stays = 4,
		.every = is_sample ? 4 : 1,
		.judge = judge };

	(void)state;
	if (!memory_faults_work()) {
		print_message("# the sanitizers have a malloc of their own\n");
		skip();
	}
	fault_walk(&walk);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_no_memory) };

	return cmocka_run_group_tests_name("no memory", tests, NULL, NULL);
}
