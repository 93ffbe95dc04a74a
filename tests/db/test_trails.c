/*
 * Tampered trails, each given to both verifiers: the store's own proof, and
 * tracedesk-verify on the export of that store. Each must name the event and
 * what is wrong with it, first of all and in the same words. Then exports
 * damaged as files.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "both_proofs.h"
#include "db/chain.h"
#include "db/events.h"
#include "db/verify.h"
#include "tests/db/number_of.h"
#include "trail_rig.h"

static void run_sql(struct store *store, char *sql)
{
	char *why = NULL;

	if (sqlite3_exec(store->db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", sql, why);
	sqlite3_free(sql);
}

static int64_t number_from(struct store *store, char *sql)
{
	int64_t number = number_of(store->db, sql);

	sqlite3_free(sql);
	assert_true(number >= 0);
	return number;
}

/* A trail being tampered with: an event somewhere, the last, a signed one of Sam's. */
struct tampering {
	struct store *store;
	int64_t at, last, of_sam;
};

/* Each returns the event that must be named. */
typedef int64_t tamper(struct tampering *to);

/* Bytes of the event and their place in the tables do not matter to whom they belong. */
#define CHANGE(name, set)                                                                  \
	static int64_t name(struct tampering *to)                                          \
	{                                                                                  \
		run_sql(to->store,                                                         \
			sqlite3_mprintf("UPDATE events SET " set " WHERE sequence = %lld", \
				(long long)to->at));                                       \
		return to->at;                                                             \
	}
CHANGE(change_time, "time = time + 1")
CHANGE(change_person, "person = iif(person = 2, 3, 2)")
CHANGE(change_role, "role = role + 1")
CHANGE(change_kind, "kind = iif(kind = 2, 5, 2)")
CHANGE(change_reference, "reference = reference || 'X'")
CHANGE(change_operation, "operation = randomblob(16)")
CHANGE(change_generation, "generation = generation + 1")
CHANGE(change_payload_hash, "payload_hash = randomblob(32)")
CHANGE(change_previous, "previous = randomblob(32)")
CHANGE(change_hash, "hash = randomblob(32)")
CHANGE(cut_hash, "hash = substr(hash, 1, 31)")
CHANGE(change_salt, "salt = randomblob(32)")
CHANGE(dispose, "payload = NULL")
CHANGE(cut_payload, "payload = substr(payload, 1, length(payload) - 1)")

static int64_t flip_payload(struct tampering *to)
{
	run_sql(to->store,
		sqlite3_mprintf("UPDATE events SET payload = CAST(substr(payload, 1, %lld) ||"
				" x'ff' || substr(payload, %lld) AS BLOB) WHERE sequence = %lld",
			(long long)(20 + random_below(8)), (long long)30, (long long)to->at));
	return to->at;
}

static int64_t delete_one(struct tampering *to)
{
	to->at = to->at == to->last ? to->at - 1 : to->at;
	run_sql(to->store,
		sqlite3_mprintf("DELETE FROM events WHERE sequence = %lld", (long long)to->at));
	return to->at + 1;
}

static int64_t swap_two(struct tampering *to)
{
	long long at = to->at == to->last ? to->at - 1 : to->at;

	run_sql(to->store,
		sqlite3_mprintf("UPDATE events SET sequence = -1 WHERE sequence = %lld;"
				"UPDATE events SET sequence = %lld WHERE sequence = %lld;"
				"UPDATE events SET sequence = %lld WHERE sequence = -1",
			at, at, at + 1, at + 1));
	return at;
}

static int64_t wipe_signature(struct tampering *to)
{
	run_sql(to->store, sqlite3_mprintf("UPDATE events SET signature = zeroblob(64)"
					   " WHERE sequence = %lld",
				   (long long)to->of_sam));
	return to->of_sam;
}

static int64_t remove_signature(struct tampering *to)
{
	run_sql(to->store, sqlite3_mprintf("UPDATE events SET signature = NULL"
					   " WHERE sequence = %lld",
				   (long long)to->of_sam));
	return to->of_sam;
}

static int64_t sign_by_another(struct tampering *to)
{
	sign_as(to->store, to->of_sam, SASHA);
	return to->of_sam;
}

/* The whole chain after it computed anew, but nobody's key at hand. */
static int64_t rewrite(struct tampering *to)
{
	(void)change_time(to);
	hashes_mend(to->store, to->at);
	return number_from(
		to->store, sqlite3_mprintf("SELECT min(sequence) FROM events WHERE sequence >= %lld"
					   " AND signature IS NOT NULL",
				   (long long)to->at));
}

/* Sasha's key under Sam's event. */
static int64_t use_other_key(struct tampering *to)
{
	run_sql(to->store, sqlite3_mprintf("UPDATE events SET key = (SELECT max(id)"
					   " FROM person_keys WHERE person = %d)"
					   " WHERE sequence = %lld",
				   SASHA, (long long)to->of_sam));
	hashes_mend(to->store, to->of_sam);
	sign_as(to->store, to->of_sam, SASHA);
	return to->of_sam;
}

static int64_t append_unsigned(struct tampering *to)
{
	run_sql(to->store,
		sqlite3_mprintf("INSERT INTO events SELECT sequence + 1, time, person, key, role,"
				" kind, reference, randomblob(16), generation, salt, payload,"
				" payload_hash, hash, hash, NULL FROM events"
				" WHERE sequence = %lld",
			(long long)to->last));
	hashes_mend(to->store, to->last + 1);
	return to->last + 1;
}

/* A patched program's: whole and signed, but one person does what takes two. */
static int64_t act_alone(struct tampering *to, int64_t person)
{
	event_add(to->store, person, EVENT_REVIEW_CONFIRMED, "TR-2020-000008");
	commit(to->store);
	return to->last + 1;
}

static void begin_as(struct tampering *to, int64_t person)
{
	act_as(to->store, person);
	assert_int_equal(store_begin(to->store), DB_OK);
}

static int64_t review_oneself(struct tampering *to)
{
	begin_as(to, SAM);
	review(to->store, RECEIPTS - random_below(2), SAM);
	return act_alone(to, SAM);
}

static int64_t review_as_another(struct tampering *to)
{
	begin_as(to, SAM);
	review(to->store, RECEIPTS - random_below(2), SASHA);
	return act_alone(to, SAM);
}

static int64_t propose_as_another(struct tampering *to)
{
	begin_as(to, SASHA);
	propose(to->store, 1 + random_below(RECEIPTS - 2), SAM, DECISION_OPEN);
	return act_alone(to, SASHA);
}

static int64_t decide_alone(struct tampering *to)
{
	begin_as(to, SAM);
	propose(to->store, 1 + random_below(RECEIPTS - 2), SAM, DECISION_STANDS);
	return act_alone(to, SAM);
}

static int64_t change_proposer(struct tampering *to)
{
	begin_as(to, SAM);
	run_sql(to->store, sqlite3_mprintf("UPDATE decisions SET proposer = 3 WHERE id = %lld",
				   (long long)(1 + random_below(RECEIPTS))));
	return act_alone(to, SAM);
}

static int64_t remove_decision(struct tampering *to)
{
	begin_as(to, SAM);
	run_sql(to->store, sqlite3_mprintf("DELETE FROM decisions WHERE id = %lld",
				   (long long)(1 + random_below(RECEIPTS))));
	return act_alone(to, SAM);
}

static int64_t review_as_administrator(struct tampering *to)
{
	begin_as(to, ADA);
	review(to->store, RECEIPTS - random_below(2), ADA);
	return act_alone(to, ADA);
}

/* Sam's own change of rows that are not his, whole and signed; then the row as it was. */
static int64_t change_rows(struct tampering *to, const char *change, const char *back)
{
	int64_t event;

	begin_as(to, SAM);
	run_sql(to->store, sqlite3_mprintf("%s", change));
	event = act_alone(to, SAM);
	run_sql(to->store, sqlite3_mprintf("%s", back));
	return event;
}

static int64_t take_roles(struct tampering *to)
{
	return change_rows(to, "UPDATE people SET roles = 3 WHERE id = 2",
		"UPDATE people SET roles = 2 WHERE id = 2");
}

static int64_t disable_another(struct tampering *to)
{
	return change_rows(to, "UPDATE people SET disabled = 1 WHERE id = 3",
		"UPDATE people SET disabled = 0 WHERE id = 3");
}

static int64_t key_for_another(struct tampering *to)
{
	return change_rows(to,
		"INSERT INTO person_keys(id, person, sign_public, box_public)"
		" SELECT 99, 3, sign_public, box_public FROM person_keys WHERE person = 2",
		"DELETE FROM person_keys WHERE id = 99");
}

static int64_t change_key(struct tampering *to)
{
	return change_rows(to, "UPDATE person_keys SET person = 3 WHERE person = 2",
		"UPDATE person_keys SET person = 2 WHERE id = 3");
}

static int64_t act_as_nobody(struct tampering *to)
{
	begin_as(to, SAM);
	event_add(to->store, 0, EVENT_REVIEW_CONFIRMED, "TR-2020-000008");
	(void)act_alone(to, SAM);
	return to->last + 1;
}

static int64_t change_as_nobody(struct tampering *to)
{
	begin_as(to, SAM);
	run_sql(to->store, sqlite3_mprintf("INSERT INTO settings VALUES(99, 'a', 'b')"));
	event_add(to->store, 0, EVENT_LOGIN_FAILED, "");
	(void)act_alone(to, SAM);
	run_sql(to->store, sqlite3_mprintf("DELETE FROM settings WHERE id = 99"));
	return to->last + 1;
}

static int64_t state_alone(struct tampering *to)
{
	return change_rows(to, "UPDATE requests SET state = 11 WHERE id = 2",
		"UPDATE requests SET state = 1 WHERE id = 2");
}

static int64_t state_of_another_decision(struct tampering *to)
{
	int64_t event;

	begin_as(to, SAM);
	propose(to->store, 1 + random_below(RECEIPTS - 2), SAM, DECISION_OPEN);
	run_sql(to->store, sqlite3_mprintf("UPDATE requests SET state = 12 WHERE id ="
					   " (SELECT request FROM decisions ORDER BY id DESC)"));
	event = act_alone(to, SAM);
	run_sql(to->store, sqlite3_mprintf("UPDATE requests SET state = 1"));
	return event;
}

static int64_t state_of_none(struct tampering *to)
{
	return change_rows(to, "UPDATE requests SET state = 99 WHERE id = 1",
		"UPDATE requests SET state = 1 WHERE id = 1");
}

static int64_t made_history(struct tampering *to)
{
	return change_rows(to, "UPDATE requests SET imported = 1 WHERE id = 1",
		"UPDATE requests SET imported = 0 WHERE id = 1");
}

static int64_t tell_other_roles(struct tampering *to)
{
	const struct event_new event = { .time = 1600000000,
		.person = SAM,
		.role = ROLE_SUPERVISOR | ROLE_AUDITOR,
		.kind = EVENT_LOGIN,
		.reference = "" };

	begin_as(to, SAM);
	assert_int_equal(event_append(to->store, &event), DB_OK);
	commit(to->store);
	return to->last + 1;
}

/* A payload of nothing but noise; hashes and signature are as they should be. */
static int64_t noise_carried(struct tampering *to)
{
	static const uint8_t noise[] = { 0xff, 0xff, 0xff };
	uint8_t salt[CHAIN_SALT_BYTES] = { 0 }, hash[STORE_HASH_BYTES];
	sqlite3_stmt *write;

	begin_as(to, SAM);
	(void)act_alone(to, SAM);
	chain_payload_hash(salt, noise, sizeof(noise), hash);
	assert_int_equal(sqlite3_prepare_v2(to->store->db,
				 "UPDATE events SET salt = ?1, payload = ?2, payload_hash = ?3"
				 " WHERE sequence = ?4",
				 -1, &write, NULL),
		SQLITE_OK);
	sqlite3_bind_blob(write, 1, salt, sizeof(salt), SQLITE_STATIC);
	sqlite3_bind_blob(write, 2, noise, sizeof(noise), SQLITE_STATIC);
	sqlite3_bind_blob(write, 3, hash, sizeof(hash), SQLITE_STATIC);
	sqlite3_bind_int64(write, 4, to->last + 1);
	assert_int_equal(sqlite3_step(write), SQLITE_DONE);
	assert_int_equal(sqlite3_finalize(write), SQLITE_OK);
	hashes_mend(to->store, to->last + 1);
	sign_as(to->store, to->last + 1, SAM);
	return to->last + 1;
}

#define FILE_ROW(person, hashes)                                                                \
	"INSERT INTO files SELECT 99, request, 99, time, " person ", name, size, salt, " hashes \
	" FROM files WHERE id = 1"

static int64_t change_file(struct tampering *to)
{
	return change_rows(to, "UPDATE files SET name = 'other' WHERE id = 1",
		"UPDATE files SET name = 'form' WHERE id = 1");
}

static int64_t attach_as_another(struct tampering *to)
{
	return change_rows(to, FILE_ROW("3", "hashes"), "DELETE FROM files WHERE id = 99");
}

static int64_t attach_without_hash(struct tampering *to)
{
	return change_rows(
		to, FILE_ROW("person", "substr(hashes, 1, 32)"), "DELETE FROM files WHERE id = 99");
}

static const struct tamper_kind {
	const char *name;
	tamper *tamper;
	const char *what;
} kinds[] = {
	{ "time", change_time, "its fields were changed" },
	{ "person", change_person, "its fields were changed" },
	{ "role", change_role, "its fields were changed" },
	{ "kind", change_kind, "its fields were changed" },
	{ "reference", change_reference, "its fields were changed" },
	{ "operation", change_operation, "its fields were changed" },
	{ "generation", change_generation, "its fields were changed" },
	{ "payload hash", change_payload_hash, "its fields were changed" },
	{ "hash", change_hash, "its fields were changed" },
	{ "hash cut", cut_hash, "it is not whole" },
	{ "previous", change_previous, "it does not follow the event before it" },
	{ "salt", change_salt, "what it carries was changed" },
	{ "payload", flip_payload, "what it carries was changed" },
	{ "payload cut", cut_payload, "what it carries was changed" },
	{ "payload gone", dispose, "what it carried is gone" },
	{ "deleted", delete_one, "events before it are missing" },
	{ "swapped", swap_two, "it does not follow the event before it" },
	{ "signature wiped", wipe_signature, "its signature does not hold" },
	{ "signature removed", remove_signature, "nobody signed it" },
	{ "signed by another", sign_by_another, "its signature does not hold" },
	{ "rewritten", rewrite, "its signature does not hold" },
	{ "another's key", use_other_key, "it was signed with somebody else's key" },
	{ "appended", append_unsigned, "nobody signed it" },
	{ "reviewed oneself", review_oneself, "proposed and reviewed by one person" },
	{ "reviewed as another", review_as_another, "reviewed in another person's name" },
	{ "proposed as another", propose_as_another, "proposed in another person's name" },
	{ "decided alone", decide_alone, "it stands, but nobody reviewed it" },
	{ "proposer changed", change_proposer, "its proposer was changed" },
	{ "reviewed by no supervisor", review_as_administrator, "who is no supervisor" },
	{ "roles for oneself", take_roles, "changed by somebody who is no administrator" },
	{ "another disabled", disable_another, "changed by somebody who is no administrator" },
	{ "key for another", key_for_another, "brought in by somebody who is no administrator" },
	{ "key changed", change_key, "was changed or taken away" },
	{ "nobody's event", act_as_nobody, "it is in nobody's name" },
	{ "nobody's change", change_as_nobody, "it changes a row in nobody's name" },
	{ "state alone", state_alone, "no decision leads to the state it comes to" },
	{ "another decision's", state_of_another_decision, "no decision leads to the state" },
	{ "no state", state_of_none, "no decision leads to the state" },
	{ "made history", made_history, "its mark as history was changed" },
	{ "other roles told", tell_other_roles, "other roles than its person had" },
	{ "decision removed", remove_decision, "it was taken away" },
	{ "file changed", change_file, "it was changed or taken away" },
	{ "attached as another", attach_as_another, "attached in another person's name" },
	{ "noise", noise_carried, "what it carries cannot be read" },
	{ "piece without hash", attach_without_hash, "its hashes do not fit its size" },
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static void trail_keep(struct store *store)
{
	run_sql(store, sqlite3_mprintf("CREATE TEMP TABLE kept_events AS SELECT * FROM events;"
				       "CREATE TEMP TABLE kept_decisions AS"
				       " SELECT * FROM decisions"));
}

static void trail_restore(struct store *store)
{
	run_sql(store, sqlite3_mprintf("BEGIN; DELETE FROM events; DELETE FROM decisions;"
				       "INSERT INTO events SELECT * FROM kept_events;"
				       "INSERT INTO decisions SELECT * FROM kept_decisions;"
				       "COMMIT"));
}

static int trails_wanted(int all)
{
	return getenv("TRACEDESK_TEST_SAMPLE") ? all / 10 : all;
}

static void test_tampered_trails(void **state)
{
	struct store *store = trail_made();
	char *out = mem_new(PROOFS_OUTPUT, 1);
	int trails = trails_wanted(1053), named = 0;
	int64_t last = number_from(store, sqlite3_mprintf("SELECT max(sequence) FROM events"));

	(void)state;
	trail_keep(store);
	assert_true(proofs_accept(store, out));
	for (int i = 0; i < trails; i++) {
		const struct tamper_kind *kind = &kinds[i % KINDS];
		struct tampering to = { store, 1 + random_below(last), last, 0 };
		int64_t event;

		to.of_sam = number_from(store,
			sqlite3_mprintf("SELECT sequence FROM events WHERE person = %d AND"
					" signature IS NOT NULL ORDER BY (sequence * 7919) %% %lld"
					" LIMIT 1",
				SAM, (long long)(11 + random_below(90))));
		event = kind->tamper(&to);
		named += proofs_name(
			store, &(struct proof_wanted) { kind->name, kind->what }, event, out);
		trail_restore(store);
	}
	print_message("# %lld events; %d trails of %d kinds, %d named by both\n", (long long)last,
		trails, (int)KINDS, named);
	assert_int_equal(named, trails);
	assert_true(proofs_accept(store, out));
	mem_free(out);
	store_free(store);
}

/* One byte, a cut, bytes more: whatever happens to the file is told. */
static void file_damage(uint8_t *bytes, size_t *size, int how)
{
	size_t at = (size_t)random_below((int64_t)*size);

	if (how == 0)
		bytes[at] ^= (uint8_t)(1U << random_below(8));
	else if (how == 1)
		*size = at;
	else if (how == 2)
		bytes[(*size)++] = 'x';
	else
		memset(bytes + at, 0, *size - at < 40 ? *size - at : 40);
}

static void test_damaged_exports(void **state)
{
	struct store *store = trail_made();
	uint8_t *bytes = mem_new(1 << 20, 1), *good = mem_new(1 << 20, 1);
	char *out = mem_new(PROOFS_OUTPUT, 1);
	int files = trails_wanted(400), told = 0, changed = 0;
	FILE *file;
	size_t all, size;

	(void)state;
	proofs_export(store);
	file = fopen(trail_exported(), "rb");
	assert_non_null(file);
	all = fread(good, 1, 1 << 20, file);
	assert_int_equal(fclose(file), 0);
	assert_true(all > 1000 && all < 1 << 20);
	for (int i = 0; i < files; i++) {
		memcpy(bytes, good, all);
		size = all;
		file_damage(bytes, &size, i % 4);
		if (size == all && memcmp(bytes, good, all) == 0)
			continue;
		changed++;
		file = fopen(trail_exported(), "wb");
		assert_non_null(file);
		assert_int_equal(fwrite(bytes, 1, size, file), size);
		assert_int_equal(fclose(file), 0);
		if (proofs_verifier(out) == 4)
			told++;
		else
			print_message("# not told: damage %d\n%s\n", i % 4, out);
	}
	print_message("# %d damaged exports of 4 kinds, %d told\n", changed, told);
	assert_int_equal(told, changed);
	mem_free(bytes);
	mem_free(good);
	mem_free(out);
	store_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_tampered_trails, trail_rig_start, trail_rig_done),
		cmocka_unit_test_setup_teardown(
			test_damaged_exports, trail_rig_start, trail_rig_done),
	};

	if (!store_start())
		return 1;
	random_start();
	return cmocka_run_group_tests_name("trails", tests, NULL, NULL);
}
