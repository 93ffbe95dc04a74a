/*
 * The index of words against one made anew from the receipts as they are, after
 * every way in and every move: word by word the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/desk_words.h"
#include "core/search_words.h"
#include "db/requests.h"
#include "db/store_private.h"
#include "tests/core/desk_fixture.h"
#include "tests/db/number_of.h"

enum { ROWS = 1500 };

static struct desk_fixture fixture;

static void run(const char *sql)
{
	char *why = NULL;

	if (sqlite3_exec(fixture.desk[SAM]->store->db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", sql, why);
}

static void put_anew(sqlite3_stmt *insert, const char *reference)
{
	struct request_words words;
	struct request request;

	fixture_load(&fixture, reference, &request);
	assert_int_equal(desk_words_load(fixture.desk[SAM], &request, &words), DB_OK);
	assert_int_equal(sqlite3_bind_int64(insert, 1, request.id), SQLITE_OK);
	assert_int_equal(sqlite3_bind_text(insert, 2, words.subject, -1, SQLITE_TRANSIENT), 0);
	assert_int_equal(sqlite3_bind_text(insert, 3, words.other, -1, SQLITE_TRANSIENT), 0);
	assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
	assert_int_equal(sqlite3_reset(insert), SQLITE_OK);
	request_words_clear(&words);
	request_clear(&request);
}

/* Differences between the index and the one made anew, both ways. */
static int64_t differences(void)
{
	sqlite3 *db = fixture.desk[SAM]->store->db;
	sqlite3_stmt *insert, *list;
	int64_t missing, more;

	run("CREATE VIRTUAL TABLE temp.anew USING fts5(subject, other, content='', columnsize=0,"
	    " detail=column, tokenize='ascii')");
	run("CREATE VIRTUAL TABLE temp.is_now USING fts5vocab(main, request_words, instance)");
	run("CREATE VIRTUAL TABLE temp.should USING fts5vocab(temp, anew, instance)");
	assert_int_equal(sqlite3_prepare_v2(db,
				 "INSERT INTO temp.anew(rowid, subject, other) VALUES(?, ?, ?)", -1,
				 &insert, NULL),
		SQLITE_OK);
	assert_int_equal(
		sqlite3_prepare_v2(db, "SELECT reference FROM requests", -1, &list, NULL), 0);
	while (sqlite3_step(list) == SQLITE_ROW)
		put_anew(insert, (const char *)sqlite3_column_text(list, 0));
	assert_int_equal(sqlite3_finalize(list), SQLITE_OK);
	assert_int_equal(sqlite3_finalize(insert), SQLITE_OK);
	(void)printf("# %lld words of %lld receipts\n",
		(long long)number_of(
			fixture.desk[SAM]->store->db, "SELECT count(*) FROM temp.should"),
		(long long)number_of(fixture.desk[SAM]->store->db,
			"SELECT count(DISTINCT doc) FROM temp.should"));
	missing = number_of(fixture.desk[SAM]->store->db,
		"SELECT count(*) FROM (SELECT term, doc, col FROM temp.should EXCEPT"
		" SELECT term, doc, col FROM temp.is_now)");
	more = number_of(fixture.desk[SAM]->store->db,
		"SELECT count(*) FROM (SELECT term, doc, col FROM temp.is_now EXCEPT"
		" SELECT term, doc, col FROM temp.should)");
	assert_int_equal(number_of(fixture.desk[SAM]->store->db,
				 "SELECT count(DISTINCT doc) FROM temp.should"),
		number_of(fixture.desk[SAM]->store->db, "SELECT count(*) FROM requests"));
	run("DROP TABLE temp.should");
	run("DROP TABLE temp.is_now");
	run("DROP TABLE temp.anew");
	return missing + more;
}

static void import_rows(void)
{
	char path[320];
	const struct desk_import wanted = { .path = path, .delimiter = ',' };
	struct desk_import_result result = { 0 };
	struct notice notice = { 0 };
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/rows.csv", fixture.folder);
	file = fopen(path, "we");
	assert_non_null(file);
	(void)fprintf(file, "received,service,subject_surname,note\n");
	for (int i = 0; i < ROWS; i++)
		(void)fprintf(file, "2020-12-%02d,police,O'Row-%c,words %d\n", 1 + i % 28,
			'A' + i % 26, i);
	assert_int_equal(fclose(file), 0);
	if (desk_import_requests(fixture.desk[SAM], &wanted, &result, &notice) != DESK_OK)
		fail_msg("%s", notice.text);
	assert_int_equal(result.receipts, ROWS);
	(void)unlink(path);
}

static void edit(const char *reference)
{
	struct request_patch patch = { 0 };
	const struct desk_move move = {
		.move = MOVE_EDIT, .reference = reference, .patch = &patch
	};
	struct desk_saved saved;
	struct notice notice = { 0 };

	request_init(&patch.values);
	patch.has_subjects = true;
	record_set(&request_add_subject(&patch.values)->field[FIELD_SUBJECT_SURNAME], "Änder");
	patch.has_field[FIELD_OFFENCE] = true;
	record_set(&patch.values.field[FIELD_OFFENCE], "arson, and more of it");
	if (desk_move(fixture.desk[CASEY], &move, &saved, &notice) != DESK_OK)
		fail_msg("%s", notice.text);
	desk_saved_clear(&saved);
	request_patch_clear(&patch);
}

static void test_index_is_as_made_anew(void **state)
{
	(void)state;
	import_rows();
	for (enum request_state to = STATE_RECEIVED; to <= STATE_WITHDRAWN; to++) {
		const struct fixture_wish wish = { to, to == STATE_EXCEPTION_PROPOSED, false,
			CASEY };
		char reference[REFERENCE_SIZE];

		fixture_reach(&fixture, &wish, reference);
		if (to == STATE_IN_TRIAGE)
			edit(reference);
	}
	assert_int_equal(differences(), 0);
	/* The comparison sees one word too many and one too few. */
	run("INSERT INTO request_words(rowid, subject, other) VALUES(1, 'nobody', '')");
	assert_int_equal(differences(), 1);
	run("INSERT INTO request_words(request_words, rowid, subject, other)"
	    " VALUES('delete', 1, 'nobody', '')");
	assert_int_equal(differences(), 0);
}

static void assert_words(const char *surname, const char *wanted)
{
	struct request_words words;
	struct request request;

	request_init(&request);
	record_set(&request_add_subject(&request)->field[FIELD_SUBJECT_SURNAME], surname);
	words_of_request(&request, NULL, 0, &words);
	assert_string_equal(words.subject, wanted);
	request_words_clear(&words);
	request_clear(&request);
}

static void test_words(void **state)
{
	(void)state;
	assert_words("", "");
	assert_words("Testa", " testa");
	assert_words("O'Testa", " otesta o testa");
	assert_words("O\u2019N\u00e9ill-Smith, Jr.", " oneillsmith jr o neill smith");
	assert_words("St. Ives  Zo\u00eb", " st ives zoe");
	assert_words("KP/77-A", " kp 77a");
	assert_words("\u738b-\u0141", " \u738bl \u738b l");
	assert_words("- ' --", "");
}

static void assert_search(const char *text, bool in_subjects, const char *wanted)
{
	struct buffer search;

	buffer_init(&search);
	assert_int_equal(search_words(text, in_subjects, &search), *wanted != '\0');
	assert_string_equal(buffer_text(&search), wanted);
	buffer_done(&search);
}

static void test_searches(void **state)
{
	(void)state;
	assert_search("Smith", false, "(((\"smith\" *)))");
	assert_search("Smith", true, "(({subject} : (\"smith\" *)))");
	assert_search("a b", false, "(((\"a\" *)) AND ((\"b\" *)))");
	assert_search("kent.police", false, "(((\"kent\" * AND \"police\" *)))");
	assert_search("O'Testa", false, "(((\"otesta\" *) OR (\"o\" AND \"testa\" *)))");
	assert_search("77-A", false, "(((\"77a\" *)))");
	assert_search("x\" OR \"y*", false, "(((\"x\" *)) AND ((\"or\" *)) AND ((\"y\" *)))");
	assert_search(" - ", false, "");
	assert_search("", true, "");
}

static int make(void **state)
{
	(void)state;
	fixture_make(&fixture);
	for (enum who who = 0; who < PEOPLE; who++)
		fixture_enter(&fixture, who);
	return 0;
}

static int done(void **state)
{
	(void)state;
	fixture_done(&fixture);
	return 0;
}

/* Where each word is found first; the parts of one are looked for where the whole is not. */
static void test_places(void **state)
{
	static const struct {
		const char *typed, *places;
	} searches[] = {
		{ "kent", "organisation \"kent\"" },
		{ "ken burg", "organisation \"ken\", offence \"burg\"" },
		{ "o'testa", "surname \"otesta\"" },
		{ "st-leger", "countersigner \"stleger\"" },
		{ "d-lay", "note \"d\", note \"lay\"" },
		{ "tr-2020", "reference \"tr2020\"" },
		{ "nothing", "" },
	};
	struct note note = { .text = mem_text("it lay by the d") };
	struct request request;
	struct subject *subject;

	(void)state;
	request_init(&request);
	(void)snprintf(request.reference, sizeof(request.reference), "TR-2020-000001");
	record_set(&request.field[FIELD_ORGANISATION], "Kent Police");
	record_set(&request.field[FIELD_OFFENCE], "burglary in Kent");
	record_set(&request.field[FIELD_COUNTERSIGNER_NAME], "Ann St-Leger");
	subject = request_add_subject(&request);
	record_set(&subject->field[FIELD_SUBJECT_SURNAME], "O'Testa");
	for (size_t i = 0; i < sizeof(searches) / sizeof(searches[0]); i++) {
		struct buffer search, places;

		buffer_init(&search);
		buffer_init(&places);
		assert_true(search_words(searches[i].typed, false, &search));
		search_places(&request, &note, 1, buffer_text(&search), &places);
		assert_string_equal(buffer_text(&places), searches[i].places);
		buffer_done(&search);
		buffer_done(&places);
	}
	request_clear(&request);
	note_clear(&note);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_searches),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_index_is_as_made_anew),
	};

	return cmocka_run_group_tests_name("search words", tests, make, done);
}
