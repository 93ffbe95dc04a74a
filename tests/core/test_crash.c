/*
 * The power goes, or the process is killed, at any call of a whole command and
 * while what is left of it recovers. Each scenario is run once and written down;
 * disks are made from that (disk_trace.h) and judged: the store opens, the old
 * one or the new one; it is whole; nothing acknowledged is lost; no damage is
 * reported; and the same can be done again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/desk_private.h"
#include "tests/core/crash_judge.h"
#include "tests/db/amount.h"

enum {
	STATES = 250,
	SAMPLE_STATES = 24,
	CAMPAIGN_STATES = 9000,
	DEAR = 4,    /* a scenario with much to judge has a fourth of the states */
	AGAIN = 5,   /* every fifth state is worked with */
	RECOVER = 4, /* every fourth recovers, and the power goes again, twice */
	LITTER = 6,  /* every sixth has an index of the log that is noise */
	INDEX_BYTES = 32768,
	TRIES = 5, /* of which many may leave what others left */
	SHOWN = 5
};

struct tally {
	long states, recovering, again;
	long verdicts[VERDICTS];
};

struct run {
	struct crash *crash;
	struct tally tally;
	uint64_t *hashes; /* of the states so far */
	size_t hash_count;
	uint64_t seed;
};

/* The same disk with more acknowledged is another state. */
static bool is_new(struct run *run, const struct disk *disk, int passed)
{
	uint64_t hash = disk_hash(disk) + (uint64_t)passed;

	for (size_t i = 0; i < run->hash_count; i++)
		if (run->hashes[i] == hash)
			return false;
	run->hashes = realloc(run->hashes, (run->hash_count + 1) * sizeof(*run->hashes));
	assert_non_null(run->hashes);
	run->hashes[run->hash_count++] = hash;
	return true;
}

/* SQLite's index of the log is in memory that a power cut leaves as it likes. */
static void index_litter(const struct crash *crash, uint64_t seed)
{
	uint8_t noise[INDEX_BYTES];
	const char *store = scene_path(&crash->scene, crash->scenario->store);
	char name[420];
	FILE *file;

	if (access(store, F_OK) != 0)
		return;
	(void)snprintf(name, sizeof(name), "%s-shm", store);
	for (size_t i = 0; i < sizeof(noise); i++)
		noise[i] = (uint8_t)disk_random(&seed, 256);
	file = fopen(name, "wbe");
	assert_true(file && fwrite(noise, sizeof(noise), 1, file) == 1 && fclose(file) == 0);
}

static void judged(struct run *run, const struct disk_cut *cut, int passed, const char *when)
{
	static const char *const words[VERDICTS] = { "", "corrupt", "lost", "false alarm" };
	struct tally *tally = &run->tally;
	const struct crash_case which = { passed, tally->states % AGAIN == 0 };
	char why[CRASH_WHY] = "";
	enum verdict verdict;

	if (cut->seed % LITTER == 0)
		index_litter(run->crash, cut->seed);
	verdict = disk_judge(run->crash, &which, why);

	tally->states++;
	tally->again += which.again;
	tally->verdicts[verdict]++;
	if (verdict != SOUND && tally->states - tally->verdicts[SOUND] <= SHOWN)
		print_message("# %s%s, cut at %zu, seed %llu, %d marks: %s: %s\n",
			run->crash->scenario->name, when, cut->at, (unsigned long long)cut->seed,
			passed, words[verdict], why);
}

static void recovering_try(struct run *run, const struct disk_trace *inner, int passed)
{
	struct disk_cut cut = { .seed = ++run->seed };
	uint64_t draw = cut.seed;
	struct disk left;

	cut.at = disk_random(&draw, (uint32_t)inner->count + 1);
	disk_trace_cut(inner, &cut, &left);
	if (is_new(run, &left, passed)) {
		disk_put(&left, run->crash->root);
		run->tally.recovering++;
		judged(run, &cut, passed, " (recovering)");
	}
	disk_clear(&left);
}

/* A store opens; where there is none yet, the command is begun again. */
static void recover(struct crash *crash)
{
	const char *path = scene_path(&crash->scene, crash->scenario->store);
	struct store *store = store_new();
	struct notice notice = { 0 };
	size_t done;

	if (access(path, F_OK) == 0)
		(void)store_look(store, path);
	else
		(void)scene_run(&crash->scene, crash->scenario, 1, &done, &notice);
	store_free(store);
}

/* The state recovers, written down; cut inside that. */
static void recovery_try(struct run *run, const struct disk *disk, int passed)
{
	struct crash *crash = run->crash;
	struct disk_trace inner;

	disk_put(disk, crash->root);
	disk_trace_start(&inner, crash->root);
	recover(crash);
	disk_trace_stop();
	for (int i = 0; i < 2 && inner.count > 0; i++)
		recovering_try(run, &inner, passed);
	disk_trace_clear(&inner);
}

static void state_try(struct run *run, const struct disk_cut *cut)
{
	int passed = marks_passed(run->crash, cut->at);
	struct disk left;

	disk_trace_cut(&run->crash->trace, cut, &left);
	if (is_new(run, &left, passed)) {
		disk_put(&left, run->crash->root);
		judged(run, cut, passed, "");
		if (cut->seed % RECOVER == 0)
			recovery_try(run, &left, passed);
	}
	disk_clear(&left);
}

static void mark_set(struct crash *crash)
{
	struct crash_mark *mark = &crash->marks[crash->mark_count++];

	assert_true(crash->mark_count <= CRASH_MARKS);
	*mark = (struct crash_mark) { .call = crash->trace.count };
	disk_take(&mark->after, crash->root);
}

/* What lies there only for other scenarios would have to be put back for every state. */
static void outside_clear(const struct crash *crash)
{
	static const char *const needed[][2] = { { "backup", "restore" }, { "rows.csv", "import" },
		{ "file", "attachment" } };

	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
		if (!strstr(crash->scenario->name, needed[i][1]))
			assert_int_equal(unlink(scene_path(&crash->scene, needed[i][0])), 0);
}

/* The store was killed when somebody had just edited: the last events stand in its log alone. */
static void log_leave(struct crash *crash)
{
	const struct scenario *edit = scenario_at(1);
	struct disk_cut kill = { .seed = 0 };
	struct disk_trace trace;
	struct notice notice = { 0 };
	struct disk left;
	size_t done;

	assert_string_equal(edit->name, "log-in and edit");
	disk_trace_start(&trace, crash->root);
	assert_int_equal(scene_run(&crash->scene, edit, 3, &done, &notice), DESK_OK);
	disk_trace_stop();
	desk_close(crash->scene.desk);
	crash->scene.desk = NULL;
	kill.at = trace.count;
	disk_trace_cut(&trace, &kill, &left);
	disk_put(&left, crash->root);
	assert_non_null(disk_find(&left, "w.tdk-wal"));
	disk_clear(&left);
	disk_trace_clear(&trace);
}

/* A new store makes its folder, too. */
static void scenario_prepare(struct crash *crash)
{
	bool is_first = strcmp(crash->scenario->name, "new store") == 0;

	(void)snprintf(crash->scene.work, sizeof(crash->scene.work), "%s", crash->root);
	scene_put_back(&crash->scene, crash->scenario);
	outside_clear(crash);
	if (strcmp(crash->scenario->name, "restore over a store") == 0)
		log_leave(crash);
	if (!is_first)
		return;
	disk_put(&(struct disk) { .count = 0 }, crash->root);
	(void)snprintf(crash->scene.work, sizeof(crash->scene.work), "%.290s/new", crash->root);
}

/* What was written down makes the folder as it is: no way to change a file goes unseen. */
static void trace_is_whole(const struct crash *crash)
{
	const struct disk_cut end = { crash->trace.count, 0 };
	struct disk made;

	disk_trace_cut(&crash->trace, &end, &made);
	for (int i = 0; i < crash->ended.count; i++) {
		const struct disk_file *file = &crash->ended.files[i];

		if (!disk_same(disk_find(&made, file->name), file))
			fail_msg("%s: not all that was written to %s was seen",
				crash->scenario->name, file->name);
	}
	assert_int_equal(made.count, crash->ended.count);
	disk_clear(&made);
}

static void scenario_live(struct crash *crash)
{
	const struct scenario *scenario = crash->scenario;
	struct notice notice = { 0 };

	scenario_prepare(crash);
	crash->mark_count = 0;
	disk_trace_start(&crash->trace, crash->root);
	mark_set(crash);
	for (size_t i = 0; i < scenario_steps(scenario); i++) {
		if (scenario->steps[i].act(&crash->scene, &notice) != DESK_OK)
			fail_msg("%s: %s", scenario->name, notice.text);
		mark_set(crash);
	}
	disk_trace_stop();
	desk_close(crash->scene.desk);
	crash->scene.desk = NULL;
	disk_take(&crash->ended, crash->root);
	trace_is_whole(crash);
	crash_resolve(crash);
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

static long states_wanted(const char *scenario)
{
	long states =
		getenv("TRACEDESK_TEST_SAMPLE") ? SAMPLE_STATES : amount(STATES, CAMPAIGN_STATES);

	return strstr(scenario, "import") || strstr(scenario, "attachment") ? states / DEAR
									    : states;
}

static void scenario_run(struct crash *crash, uint64_t seed, struct tally *total)
{
	long states = states_wanted(crash->scenario->name);
	struct run run = { .crash = crash, .seed = seed };
	const struct tally *tally = &run.tally;
	uint64_t draw = seed;

	scenario_live(crash);
	for (long i = 0; tally->states < states && i < TRIES * states; i++) {
		struct disk_cut cut = { cut_draw(crash, &draw), ++run.seed };

		if (disk_random(&draw, 8) == 0)
			cut.seed = 0;
		state_try(&run, &cut);
	}
	print_message("# %s: %zu calls, %ld states, %ld while recovering: %ld corrupt, "
		      "%ld acknowledged lost, %ld false alarms\n",
		crash->scenario->name, crash->trace.count, tally->states, tally->recovering,
		tally->verdicts[CORRUPT], tally->verdicts[LOST], tally->verdicts[ALARM]);
	total->states += tally->states;
	total->recovering += tally->recovering;
	total->again += tally->again;
	for (enum verdict verdict = SOUND; verdict < VERDICTS; verdict++)
		total->verdicts[verdict] += tally->verdicts[verdict];
	free(run.hashes);
	disk_clear(&crash->ended);
	disk_trace_clear(&crash->trace);
}

static void test_power_cuts(void **state)
{
	static struct crash crash;
	const char *wanted = getenv("TRACEDESK_SEED");
	uint64_t seed = wanted ? strtoull(wanted, NULL, 10) : (uint64_t)time(NULL);
	struct tally total = { 0 };

	(void)state;
	print_message("# TRACEDESK_SEED=%llu\n", (unsigned long long)seed);
	crash_rules_check();
	scene_make(&crash.scene);
	memcpy(crash.root, crash.scene.work, sizeof(crash.root));
	for (size_t i = 0; i < scenario_count(); i++) {
		crash.scenario = scenario_at(i);
		scenario_run(&crash, seed, &total);
	}
	print_message("# %ld states, %ld while recovering, %ld worked with: %ld corrupt, %ld "
		      "acknowledged lost, %ld false alarms\n",
		total.states, total.recovering, total.again, total.verdicts[CORRUPT],
		total.verdicts[LOST], total.verdicts[ALARM]);
	assert_true(total.states > (getenv("TRACEDESK_TEST_SAMPLE") ? 200 : 2500));
	assert_true(total.recovering > 40 && total.again > 40);
	assert_int_equal(total.verdicts[SOUND], total.states);
	scene_done(&crash.scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_power_cuts) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("power cuts of whole commands", tests, NULL, NULL);
}
