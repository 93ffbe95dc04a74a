/*
 * The power goes, or the process is killed, at any call of a whole command and
 * while what is left of it recovers. Each scene is lived once and written down;
 * disks are made from that (disk_trace.h) and judged: the store opens, the old
 * one or the new one; it is whole; nothing acknowledged is lost; no damage is
 * reported; and it can be worked with again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>

#include "core/desk_private.h"
#include "crash.h"
#include "db/chain.h"
#include "db/check.h"
#include "db/verify.h"
#include "tests/db/amount.h"

enum {
	STATES = 300,
	SAMPLE_STATES = 40,
	CAMPAIGN_STATES = 9000,
	AGAIN = 3,   /* every third state is worked with */
	RECOVER = 4, /* every fourth recovers, and the power goes once more */
	SHOWN = 5
};

/* What a guess costs is not what is tried here. */
int crypto_pwhash(unsigned char *const out, unsigned long long size, const char *const password,
	unsigned long long password_size, const unsigned char *const salt,
	unsigned long long passes, size_t memory, int algorithm)
{
	(void)passes;
	(void)memory;
	(void)algorithm;
	return crypto_generichash(out, (size_t)size, (const unsigned char *)password, password_size,
		salt, crypto_pwhash_SALTBYTES);
}

enum verdict { SOUND, CORRUPT, LOST, ALARM, VERDICTS };

struct tally {
	long states, recovering, again;
	long verdicts[VERDICTS];
};

void crash_mark(struct crash *crash, const struct desk *desk)
{
	struct crash_mark *mark = &crash->marks[crash->mark_count++];

	assert_true(crash->mark_count <= CRASH_MARKS);
	*mark = (struct crash_mark) { .call = crash->trace.count };
	if (desk)
		assert_int_equal(event_last(desk->store, &mark->sequence, mark->hash), DB_OK);
}

/* ADA at the store below the desk; nothing is written for it. */
static enum db_status store_look(struct store *store, const char *path)
{
	struct secret *password = fixture_password();
	enum db_status status = store_open(store, path);

	if (status == DB_OK)
		status = store_unlock(store, fixture_name(ADA), password, 1600000000);
	secret_free(password);
	return status;
}

/* Marks left for the end. */
static void marks_end(struct crash *crash)
{
	struct store *store = store_new();

	assert_int_equal(store_look(store, crash->store), DB_OK);
	for (int i = 0; i < crash->mark_count; i++)
		if (crash->marks[i].sequence == 0)
			assert_int_equal(
				event_last(store, &crash->marks[i].sequence, crash->marks[i].hash),
				DB_OK);
	store_free(store);
}

static int marks_passed(const struct crash *crash, size_t call)
{
	int passed = 0;

	while (passed < crash->mark_count && crash->marks[passed].call <= call)
		passed++;
	return passed;
}

static bool mark_holds(struct store *store, const struct crash_mark *mark)
{
	sqlite3_stmt *statement = NULL;
	bool holds = false;

	if (sqlite3_prepare_v2(store->db, "SELECT hash FROM events WHERE sequence = ?1", -1,
		    &statement, NULL) == SQLITE_OK &&
		sqlite3_bind_int64(statement, 1, mark->sequence) == SQLITE_OK &&
		sqlite3_step(statement) == SQLITE_ROW)
		holds = sqlite3_column_bytes(statement, 0) == STORE_HASH_BYTES &&
			memcmp(sqlite3_column_blob(statement, 0), mark->hash, STORE_HASH_BYTES) ==
				0;
	(void)sqlite3_finalize(statement);
	return holds;
}

static enum verdict said(enum verdict verdict, char why[CRASH_WHY], const char *what)
{
	(void)snprintf(why, CRASH_WHY, "%.*s", CRASH_WHY - 1, what);
	return verdict;
}

/* Pages, tables and the audit log. */
static enum verdict whole_judge(struct store *store, char why[CRASH_WHY])
{
	struct trail_verdict trail = { 0 };
	struct check check = { .store = store };
	enum verdict verdict = SOUND;

	if (trail_verify(store, &trail) != DB_OK)
		verdict = said(CORRUPT, why, store_message(store));
	else if (trail.problem_count > 0)
		verdict = said(CORRUPT, why, trail.problems[0].what);
	else if (check_files(&check) != DB_OK || check_tables(&check) != DB_OK)
		verdict = said(CORRUPT, why, store_message(store));
	else if (check.problems > 0)
		verdict = said(CORRUPT, why, check.findings[0].what);
	mem_free(trail.problems);
	mem_free(check.findings);
	return verdict;
}

static enum verdict store_judge(const struct crash *crash, int passed, char why[CRASH_WHY])
{
	struct store *store = store_new();
	enum db_status status = store_look(store, crash->store);
	enum verdict verdict;

	if (status != DB_OK)
		verdict = said(status == DB_DAMAGED ? ALARM : CORRUPT, why, store_message(store));
	else if (strstr(store_warning(store), "missing"))
		verdict = said(ALARM, why, store_warning(store));
	else
		verdict = whole_judge(store, why);
	if (verdict == SOUND && passed > 0 && !mark_holds(store, &crash->marks[passed - 1]))
		verdict = said(LOST, why, "an event that was acknowledged");
	store_free(store);
	return verdict;
}

struct run {
	struct crash *crash;
	const struct crash_scene *scene;
	struct tally *tally;
	uint64_t *hashes; /* of the states so far */
	size_t hash_count;
	uint64_t seed;
};

/* The disk lies in the folder, with so many marks passed. */
static enum verdict disk_judge(struct run *run, int passed, char why[CRASH_WHY])
{
	struct crash *crash = run->crash;
	const struct crash_scene *scene = run->scene;
	struct notice notice = { 0 };
	enum verdict verdict = SOUND;

	if (!scene->makes_store || passed > 0 || access(crash->store, F_OK) == 0)
		verdict = store_judge(crash, passed, why);
	if (verdict == SOUND && scene->holds && !scene->holds(crash, passed, why))
		verdict = LOST;
	if (verdict != SOUND || run->tally->states % AGAIN != 0)
		return verdict;
	if ((scene->again ? scene->again : crash_login)(crash, &notice) != DESK_OK)
		verdict = said(CORRUPT, why, notice.text);
	run->tally->again++;
	return verdict;
}

static bool is_new(struct run *run, const struct disk *disk)
{
	uint64_t hash = disk_hash(disk);

	for (size_t i = 0; i < run->hash_count; i++)
		if (run->hashes[i] == hash)
			return false;
	run->hashes = realloc(run->hashes, (run->hash_count + 1) * sizeof(*run->hashes));
	assert_non_null(run->hashes);
	run->hashes[run->hash_count++] = hash;
	return true;
}

static void judged(struct run *run, const struct disk_cut *cut, int passed, const char *when)
{
	char why[CRASH_WHY] = "";
	enum verdict verdict = disk_judge(run, passed, why);
	static const char *const words[VERDICTS] = { "", "corrupt", "lost", "false alarm" };

	run->tally->states++;
	run->tally->verdicts[verdict]++;
	if (verdict != SOUND && run->tally->states - run->tally->verdicts[SOUND] <= SHOWN)
		print_message("# %s%s, cut at %zu, seed %llu: %s: %s\n", run->scene->name, when,
			cut->at, (unsigned long long)cut->seed, words[verdict], why);
}

/* The state recovers, written down; cut inside that. */
static void recovery_try(struct run *run, const struct disk *disk, int passed)
{
	struct disk_trace inner;
	struct store *store = store_new();
	struct disk_cut cut = { .seed = ++run->seed };
	struct disk left;

	disk_put(disk, run->crash->fixture.folder);
	disk_trace_start(&inner, run->crash->fixture.folder);
	(void)store_look(store, run->crash->store);
	store_free(store);
	disk_trace_stop();
	cut.at = disk_random(&(uint64_t) { cut.seed * 31 }, (uint32_t)inner.count + 1);
	disk_trace_cut(&inner, &cut, &left);
	if (is_new(run, &left)) {
		disk_put(&left, run->crash->fixture.folder);
		judged(run, &cut, passed, " (recovering)");
		run->tally->recovering++;
	}
	disk_clear(&left);
	disk_trace_clear(&inner);
}

static void state_try(struct run *run, const struct disk_cut *cut)
{
	int passed = marks_passed(run->crash, cut->at);
	struct disk left;

	disk_trace_cut(&run->crash->trace, cut, &left);
	if (is_new(run, &left)) {
		disk_put(&left, run->crash->fixture.folder);
		judged(run, cut, passed, "");
		if (run->tally->states % RECOVER == 0)
			recovery_try(run, &left, passed);
	}
	disk_clear(&left);
}

static void scene_live(struct crash *crash, const struct crash_scene *scene)
{
	crash->mark_count = 0;
	(void)snprintf(crash->store, sizeof(crash->store), "%s", crash->fixture.store);
	disk_put(&crash->base, crash->fixture.folder);
	if (scene->prepare)
		scene->prepare(crash);
	disk_trace_start(&crash->trace, crash->fixture.folder);
	scene->body(crash);
	disk_trace_stop();
	marks_end(crash);
}

/* A third right after something was acknowledged, a third where names change or something is
   synced, the others anywhere. */
static size_t cut_draw(const struct crash *crash, uint64_t *draw)
{
	const struct disk_trace *trace = &crash->trace;
	size_t at = disk_random(draw, (uint32_t)trace->count + 1);

	switch (disk_random(draw, 3)) {
	case 0:
		return crash->marks[disk_random(draw, (uint32_t)crash->mark_count)].call;
	case 1:
		while (at < trace->count && trace->calls[at].op == DISK_WRITE)
			at++;
		return at;
	default:
		return at;
	}
}

static void scene_run(struct crash *crash, const struct crash_scene *scene, struct tally *total)
{
	long states =
		getenv("TRACEDESK_TEST_SAMPLE") ? SAMPLE_STATES : amount(STATES, CAMPAIGN_STATES);
	struct tally tally = { 0 };
	struct run run = { crash, scene, &tally, NULL, 0, 0 };
	uint64_t draw = 1;

	scene_live(crash, scene);
	for (long i = 0; tally.states < states && i < 3 * states; i++) {
		struct disk_cut cut = { cut_draw(crash, &draw), ++run.seed };

		if (disk_random(&draw, 8) == 0)
			cut.seed = 0;
		state_try(&run, &cut);
	}
	print_message("# %s: %zu calls, %ld states, %ld of them while recovering: %ld corrupt, "
		      "%ld acknowledged lost, %ld false alarms\n",
		scene->name, crash->trace.count, tally.states, tally.recovering,
		tally.verdicts[CORRUPT], tally.verdicts[LOST], tally.verdicts[ALARM]);
	total->states += tally.states;
	total->recovering += tally.recovering;
	for (enum verdict verdict = SOUND; verdict < VERDICTS; verdict++)
		total->verdicts[verdict] += tally.verdicts[verdict];
	free(run.hashes);
	disk_trace_clear(&crash->trace);
}

static void test_power_cuts(void **state)
{
	static struct crash crash;
	struct tally total = { 0 };

	(void)state;
	fixture_make(&crash.fixture);
	disk_take(&crash.base, crash.fixture.folder);
	for (size_t i = 0; i < crash_scene_count; i++)
		scene_run(&crash, &crash_scenes[i], &total);
	print_message("# %ld states, %ld of them while recovering: %ld corrupt, %ld acknowledged "
		      "lost, %ld false alarms\n",
		total.states, total.recovering, total.verdicts[CORRUPT], total.verdicts[LOST],
		total.verdicts[ALARM]);
	assert_int_equal(total.verdicts[SOUND], total.states);
	disk_put(&(struct disk) { .count = 0 }, crash.fixture.folder);
	disk_clear(&crash.base);
	fixture_done(&crash.fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_power_cuts) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("power cuts of whole commands", tests, NULL, NULL);
}
