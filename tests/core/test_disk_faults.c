/*
 * A disk that fails or is full, at any call of any library that touches a file,
 * in all the scenarios: an answer that names the file and says what to do, and
 * tells the truth about what is stored; nothing acknowledged is lost, and the
 * desk goes on.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/core/disk_faults.h"
#include "tests/core/faults.h"
#include "tests/db/amount.h"

static const struct fault faults[] = {
	{ "no descriptor free, once", DISK_OPEN, EMFILE, false, false },
	{ "no descriptor free", DISK_OPEN, EMFILE, true, false },
	{ "a file refused", DISK_OPEN, EACCES, false, false },
	{ "a read fails", DISK_READ, EIO, false, false },
	{ "reads fail", DISK_READ, EIO, true, false },
	{ "a write fails", DISK_WRITE, EIO, false, false },
	{ "writes fail", DISK_WRITE, EIO, true, false },
	{ "half is written", DISK_WRITE, DISK_SHORT, false, false },
	{ "the disk is full", DISK_WRITE, ENOSPC, true, false },
	{ "no quota", DISK_WRITE, EDQUOT, true, false },
	{ "a sync fails", DISK_SYNC, EIO, false, false },
	{ "syncs fail", DISK_SYNC, EIO, true, false },
	{ "a cut fails", DISK_CUT, EIO, false, false },
	{ "a name fails", DISK_NAME, EIO, false, false },
	{ "names refused", DISK_NAME, EACCES, true, false },
	{ "a look fails", DISK_LOOK, EIO, false, false },
	{ "too little room", DISK_ROOM, ENOSPC, true, false },
};

/* `store check` tells of what cannot be read among what it found. */
static bool is_found(const struct fault_case *now)
{
	return now->answer->status == DESK_DAMAGED && strcmp(fault_step(now)->name, "check") == 0;
}

static void words_judge(const struct fault_case *now)
{
	const char *words = now->answer->words;

	if (is_found(now))
		return;
	if (now->answer->status != DESK_IO)
		fault_wrong(now, "it is the disk's");
	if (!strstr(words, now->scene->work))
		fault_wrong(now, "it names no file");
	if (!strstr(words, "; "))
		fault_wrong(now, "it does not say what to do");
	if ((now->fault->calls & DISK_ROOM) && !strstr(words, "its disk has too little room"))
		fault_wrong(now, "it does not say how much is needed");
	if ((now->fault->how == ENOSPC || now->fault->how == EDQUOT) && !strstr(words, "room"))
		fault_wrong(now, "it does not say that there is no room");
	if (now->fault->how == DISK_SHORT)
		fault_wrong(now, "the rest could have been written");
}

static void judge(const struct fault_case *now)
{
	const struct fault_answer *answer = now->answer;
	bool is_placed = strstr(answer->words, "the new store is in its place") != NULL;

	if (!answer->is_through)
		fault_wrong(now, "it must come to an answer");
	fault_events_judge(now);
	if (answer->has_desk && !answer->works && !is_placed)
		fault_wrong(now, "the desk does not work afterwards");
	if (answer->status == DESK_OK)
		return;
	words_judge(now);
	if (!(now->fault->calls & DISK_NAME) && *scene_litter(now->scene) != '\0')
		fault_wrong(now, scene_litter(now->scene));
}

static void test_disk(void **state)
{
	const bool is_sample = getenv("TRACEDESK_TEST_SAMPLE") != NULL;
	const struct fault_walk walk = { .faults = faults,
		.count = sizeof(faults) / sizeof(faults[0]),
		.states = is_sample ? 1 : amount(1, 0),
		.stays = 1,
		.every = is_sample ? 4 : 1,
		.judge = judge };

	(void)state;
	fault_walk(&walk);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_disk) };

	return cmocka_run_group_tests_name("disk faults", tests, NULL, NULL);
}
