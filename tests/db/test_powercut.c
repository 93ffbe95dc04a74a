/*
 * Power cuts: a child works on a store; at the nth call that changes a file the
 * power goes. What was synced stays; of the rest each write is kept, dropped,
 * torn at a sector, or dropped with the file grown to zeros, in any order.
 * Afterwards the store must be whole, with every acknowledged commit, and no
 * damage may be reported.
 */
#include "amount.h"
#include "rig.h"
#include "shim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	SECTOR = 512,
	PIECE = 65536,
	MOST_FILES = 16,
	COMMITS = 12,
	BIG = 14,
	SEEDS = 9,
	SAMPLE_SEEDS = 2,
	CAMPAIGN_SEEDS = 300,
	POWER_CUT = 9
};

/* A change not yet synced, and what it overwrote. */
struct change {
	struct change *next;
	struct change *before;
	sqlite3_file *file;
	bool is_truncate;
	sqlite3_int64 offset; /* of the bytes, or the new size */
	sqlite3_int64 old_size;
	int size;
	int old_amount;
	uint8_t *bytes;
	uint8_t *old;
};

struct machine {
	long calls;
	long last_call; /* the power goes here; 0: never */
	struct change *first;
	struct change *last;
};

static struct change *change_new(const struct shim_call *call)
{
	struct change *change = calloc(1, sizeof(*change));
	sqlite3_int64 from = call->offset, amount = call->amount;

	change->file = call->file;
	change->is_truncate = call->op == SHIM_TRUNCATE;
	change->offset = call->offset;
	change->size = call->amount;
	call->file->pMethods->xFileSize(call->file, &change->old_size);
	if (change->is_truncate || from + amount > change->old_size)
		amount = change->old_size - from;
	if (amount > 0) {
		change->old = malloc((size_t)amount);
		change->old_amount = (int)amount;
		call->file->pMethods->xRead(call->file, change->old, (int)amount, from);
	}
	if (!change->is_truncate) {
		change->bytes = malloc((size_t)call->amount);
		memcpy(change->bytes, call->bytes, (size_t)call->amount);
	}
	return change;
}

static void change_note(struct machine *machine, const struct shim_call *call)
{
	struct change *change = change_new(call);

	change->before = machine->last;
	*(machine->last ? &machine->last->next : &machine->first) = change;
	machine->last = change;
}

/* In pieces: one write of 128 KiB or more comes out short (trap 16). */
static void change_undo(const struct change *change)
{
	const sqlite3_io_methods *methods = change->file->pMethods;

	for (int at = 0; at < change->old_amount; at += PIECE) {
		int left = change->old_amount - at;

		methods->xWrite(change->file, change->old + at, left < PIECE ? left : PIECE,
			change->offset + at);
	}
	methods->xTruncate(change->file, change->old_size);
}

static void change_redo(const struct change *change)
{
	const sqlite3_io_methods *methods = change->file->pMethods;
	uint32_t how = rig_random(5);
	sqlite3_int64 size, end = change->offset + change->size;
	int amount = change->size;

	if (how == 0)
		return;
	if (change->is_truncate) {
		methods->xTruncate(change->file, change->offset);
		return;
	}
	methods->xFileSize(change->file, &size);
	if (how == 1 && size < end)
		methods->xTruncate(change->file, end);
	if (how == 1)
		return;
	if (how == 2 && amount > SECTOR)
		amount = SECTOR * (1 + (int)rig_random((uint32_t)amount / SECTOR));
	methods->xWrite(change->file, change->bytes, amount, change->offset);
}

static void power_cut(struct machine *machine)
{
	for (struct change *change = machine->last; change; change = change->before)
		change_undo(change);
	for (struct change *change = machine->first; change; change = change->next)
		change_redo(change);
	_exit(POWER_CUT);
}

/* What is durable can no longer be lost. The memory is the child's, soon gone. */
static void synced(struct machine *machine, const sqlite3_file *file)
{
	struct change *change = machine->first;

	machine->first = machine->last = NULL;
	while (change) {
		struct change *next = change->next;

		if (change->file != file) {
			change->next = NULL;
			change->before = machine->last;
			*(machine->last ? &machine->last->next : &machine->first) = change;
			machine->last = change;
		}
		change = next;
	}
}

static int machine_watch(void *context, const struct shim_call *call)
{
	struct machine *machine = context;

	switch (call->op) {
	case SHIM_OPEN:
	case SHIM_READ:
	case SHIM_SIZE:
	case SHIM_DELETE:
		return SQLITE_OK;
	case SHIM_WRITE:
	case SHIM_TRUNCATE:
	case SHIM_SYNC:
		break;
	}
	if (++machine->calls == machine->last_call)
		power_cut(machine);
	if (call->op != SHIM_SYNC) {
		change_note(machine, call);
		return SQLITE_OK;
	}
	synced(machine, call->file);
	return SHIM_SKIP;
}

struct tally {
	long states;
	long cuts;
	long corrupt;
	long lost;
	long unacknowledged;
	long alarms;
};

static void make_base(struct rig *rig, struct bytes *out_base)
{
	sqlite3 *db = rig_open(rig);

	sql(db, "CREATE TABLE c (id INTEGER PRIMARY KEY, b); CREATE INDEX ci ON c (b);"
		"CREATE TABLE a (id INTEGER PRIMARY KEY, h); CREATE TABLE s (n);"
		"INSERT INTO s VALUES (0)");
	rig_close(db);
	*out_base = file_load(rig->path);
}

/* Small commits, one beyond the cache with a savepoint thrown away, one rolled back, checkpoints.
 */
static void work(struct rig *rig, int acknowledge)
{
	sqlite3 *db = rig_open(rig);

	sql(db, "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=4");
	for (int i = 0; i < COMMITS; i++) {
		int rows = i == 5 ? BIG : 1;

		sql(db, "BEGIN IMMEDIATE");
		sql_format(db,
			"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
			"%d) INSERT INTO c (b) SELECT hex(randomblob(%d)) FROM n",
			rows, 300 + i * 150);
		if (i == 5 || i == 7)
			sql(db, "SAVEPOINT p; UPDATE c SET b = b || 'x'; ROLLBACK TO p;"
				"UPDATE c SET b = 'y' || b");
		if (i == 7)
			sql(db, "ROLLBACK; BEGIN IMMEDIATE; INSERT INTO c (b) VALUES (7)");
		sql_format(db,
			"INSERT INTO a (h) SELECT coalesce(max(id), 0) + 1 FROM a;"
			"UPDATE s SET n = n + %d; COMMIT",
			rows);
		if (write(acknowledge, "a", 1) != 1)
			_exit(1);
		if (i % 4 == 3)
			sql(db, "PRAGMA wal_checkpoint(TRUNCATE)");
		if (i % 4 == 1)
			sql(db, "PRAGMA wal_checkpoint(PASSIVE)");
	}
	rig_close(db);
	_exit(0);
}

/* Acknowledged commits of a child whose power goes at the call; out_cut false: it came to the end.
 */
static int run(struct rig *rig, long call, bool *out_cut)
{
	struct machine machine = { .last_call = call };
	int ends[2], status, acknowledged = 0;
	pid_t child;
	char got;

	assert_int_equal(pipe(ends), 0);
	rig_random(2);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		shim_start(machine_watch, &machine);
		rig_restart(rig, shim_name(), false);
		work(rig, ends[1]);
	}
	close(ends[1]);
	while (read(ends[0], &got, 1) == 1)
		acknowledged++;
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_true(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == POWER_CUT);
	*out_cut = WEXITSTATUS(status) == POWER_CUT;
	return acknowledged;
}

static void judge(struct rig *rig, int acknowledged, struct tally *tally)
{
	sqlite3 *db;
	int64_t commits, rows, sum;

	rig_restart(rig, NULL, false);
	rig_try(rig, &db);
	commits = sql_number(db, "SELECT count(*) FROM a");
	rows = sql_number(db, "SELECT count(*) FROM c");
	sum = sql_number(db, "SELECT n FROM s");
	tally->corrupt +=
		!sql_is_whole(db) || rows != sum || rows != commits + (commits > 5 ? BIG - 1 : 0);
	tally->lost += commits < acknowledged;
	tally->unacknowledged += commits > acknowledged;
	tally->alarms += rig_damage(rig).is_found;
	sqlite3_close(db);
}

static void test_power_cuts(void **state)
{
	struct rig rig;
	struct bytes base;
	struct tally tally = { 0 };
	bool is_cut = true;
	const int seeds =
		getenv("TRACEDESK_TEST_SAMPLE") ? SAMPLE_SEEDS : amount(SEEDS, CAMPAIGN_SEEDS);
	long call;

	(void)state;
	rig_init(&rig, NULL);
	make_base(&rig, &base);
	for (call = 1; is_cut; call++) {
		for (int seed = 0; seed < seeds && is_cut; seed++) {
			rig_drop_log(&rig);
			file_save(rig.path, base);
			judge(&rig, run(&rig, call, &is_cut), &tally);
			tally.states++;
			tally.cuts += is_cut;
		}
	}
	print_message(
		"# %ld calls, %ld states, %ld power cuts: %ld corrupt, %ld acknowledged lost, "
		"%ld false alarms, %ld committed without answer\n",
		call - 2, tally.states, tally.cuts, tally.corrupt, tally.lost, tally.alarms,
		tally.unacknowledged);
	assert_true(tally.cuts > (getenv("TRACEDESK_TEST_SAMPLE") ? 500 : 2500));
	assert_int_equal(tally.corrupt, 0);
	assert_int_equal(tally.lost, 0);
	assert_int_equal(tally.alarms, 0);
	bytes_clear(&base);
	rig_done(&rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_power_cuts) };

	return cmocka_run_group_tests_name("power cuts", tests, rig_start, NULL);
}
