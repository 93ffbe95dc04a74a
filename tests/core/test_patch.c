/*
 * The objects of --from: what comes out of them, what is refused and in which
 * words, and that a template is one that says nothing yet.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/codes.h"
#include "core/columns.h"
#include "core/patch.h"
#include "core/template.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void read_good(enum patch_kind kind, const char *text, struct patch *patch)
{
	enum patch_status status = patch_read(kind, text, strlen(text), patch);

	if (status != PATCH_OK)
		fail_msg("%s: %s", text, patch->why);
	assert_string_equal(patch->why, "");
}

/* Every column of section 5 is a key, with the field of its own and no other. */
static void test_every_column(void **state)
{
	size_t columns = 0;

	(void)state;
	for (size_t i = 0; i < column_count(); i++) {
		const struct column *column = column_at(i);
		struct patch patch;
		char text[128];

		if (column->place != COLUMN_REQUEST)
			continue;
		columns++;
		(void)snprintf(text, sizeof(text), "{\"%s\":null}", column->name);
		read_good(PATCH_REQUEST, text, &patch);
		for (int field = 0; field < REQUEST_INTAKE_COUNT; field++)
			assert_int_equal(patch.request.has_field[field], field == column->field);
		assert_false(patch.request.has_subjects);
		assert_string_equal(patch.request.values.field[column->field], "");
		patch_clear(&patch);
	}
	assert_int_equal(columns, REQUEST_INTAKE_COUNT);
}

static void test_request(void **state)
{
	struct patch patch;
	char **field = patch.request.values.field;
	struct subject *subject;

	(void)state;
	read_good(PATCH_REQUEST,
		"{\"received\":\"2020-12-14\",\"service\":\"police\",\"requester_number\":12345,"
		"\"items\":[\"name\",\"next of kin\",\"name\"],\"necessity\":\"a\\r\\nb\","
		"\"court\":\"-\",\"safeguarding\":\"yes\",\"subjects\":[{},"
		"{\"subject_surname\":\"O'Testa\",\"nhs_number\":\"999 000 0018\","
		"\"subject_postcode\":\"ls11aa\"},{\"subject_surname\":null},"
		"{\"subject_dob_approx\":1980}]}",
		&patch);
	assert_string_equal(field[FIELD_RECEIVED], "2020-12-14");
	assert_string_equal(field[FIELD_REQUESTER_NUMBER], "12345");
	assert_string_equal(field[FIELD_ITEMS], "name;next of kin");
	assert_string_equal(field[FIELD_NECESSITY], "a\nb");
	assert_string_equal(field[FIELD_COURT], "-");
	assert_string_equal(field[FIELD_OFFENCE], "");
	assert_false(patch.request.has_field[FIELD_OFFENCE]);
	assert_true(patch.request.has_subjects);
	/* those of whom nothing is said are none */
	assert_int_equal(patch.request.values.subject_count, 2);
	subject = patch.request.values.subjects;
	assert_string_equal(subject[0].field[FIELD_SUBJECT_SURNAME], "O'Testa");
	assert_string_equal(subject[0].field[FIELD_NHS_NUMBER], "9990000018");
	assert_string_equal(subject[0].field[FIELD_SUBJECT_POSTCODE], "LS1 1AA");
	assert_string_equal(subject[1].field[FIELD_SUBJECT_DOB_APPROX], "1980");
	assert_string_equal(subject[1].field[FIELD_SUBJECT_SURNAME], "");
	patch_clear(&patch);
	read_good(PATCH_REQUEST, "{\"items\":\"name; address;\",\"subjects\":null}", &patch);
	assert_string_equal(field[FIELD_ITEMS], "name;address");
	assert_true(patch.request.has_subjects);
	assert_int_equal(patch.request.values.subject_count, 0);
	patch_clear(&patch);
	read_good(PATCH_REQUEST, "{\"items\":[],\"subjects\":[]}", &patch);
	assert_string_equal(field[FIELD_ITEMS], "");
	assert_true(patch.request.has_field[FIELD_ITEMS]);
	assert_true(patch.request.has_subjects);
	patch_clear(&patch);
	patch_clear(&patch); /* a second time is fine */
}

static void test_trace(void **state)
{
	struct patch patch;

	(void)state;
	read_good(PATCH_TRACE,
		"{\"subjects\":[{\"trace_code\":\"00\",\"matched_on\":[\"name\",\"date_of_birth\"],"
		"\"s_flag\":\"no\",\"identity_changed\":\"yes\",\"values\":{\"address\":"
		"\"1 \\\"Found\\\" Lane\",\"sex\":null,\"postcode\":\"LS1 1AA\"}},"
		"{\"trace_code\":\"98\"}],\"items\":[\"address\",\"name\"],\"recipient\":"
		"\"court\"}",
		&patch);
	assert_int_equal(patch.answer_count, 2);
	assert_string_equal(patch.answers[0].trace_code, "00");
	assert_string_equal(patch.answers[0].matched_on, "name;date_of_birth");
	assert_string_equal(patch.answers[0].s_flag, "no");
	assert_string_equal(patch.answers[0].identity_changed, "yes");
	assert_string_equal(patch.answers[0].values,
		"{\"address\":\"1 \\\"Found\\\" Lane\",\"postcode\":\"LS1 1AA\"}");
	/* what is not said has no default */
	assert_string_equal(patch.answers[1].s_flag, "");
	assert_string_equal(patch.answers[1].identity_changed, "");
	assert_string_equal(patch.answers[1].matched_on, "");
	assert_string_equal(patch.answers[1].values, "");
	assert_string_equal(patch.items, "address;name");
	assert_string_equal(patch.recipient, "court");
	patch_clear(&patch);
	read_good(PATCH_TRACE, "{}", &patch);
	assert_int_equal(patch.answer_count, 0);
	assert_string_equal(patch.items, "");
	assert_string_equal(patch.recipient, "");
	patch_clear(&patch);
}

static void test_small_objects(void **state)
{
	struct patch patch;

	(void)state;
	read_good(PATCH_NO_TRACE, "{\"trace_code\":\"98\",\"sources\":[\"PDS\",\"old card\"]}",
		&patch);
	assert_string_equal(patch.trace_code, "98");
	assert_string_equal(patch.sources, "PDS;old card");
	patch_clear(&patch);
	read_good(PATCH_QUERY, "{\"ask\":\"Which warrant?\\nPlease say.\"}", &patch);
	assert_string_equal(patch.ask, "Which warrant?\nPlease say.");
	patch_clear(&patch);
	read_good(PATCH_GUARDIAN,
		"{\"guardian\":\"Dr Gwen "
		"Ardian\",\"decided\":\"2021-01-05\",\"decision\":\"release\","
		"\"items\":[\"name\"],\"recipient\":\"requester\",\"note\":\"By hand.\"}",
		&patch);
	assert_string_equal(patch.guardian.guardian, "Dr Gwen Ardian");
	assert_string_equal(patch.guardian.decided, "2021-01-05");
	assert_false(patch.guardian.withhold);
	assert_string_equal(patch.guardian.items, "name");
	assert_string_equal(patch.guardian.recipient, "requester");
	assert_string_equal(patch.guardian.note, "By hand.");
	patch_clear(&patch);
	read_good(PATCH_GUARDIAN, "{\"decision\":\"withhold\"}", &patch);
	assert_true(patch.guardian.withhold);
	assert_string_equal(patch.guardian.guardian, "");
	patch_clear(&patch);
}

/* Exit 2 and exit 1, and the words. A value is never quoted. */
static const struct {
	enum patch_kind kind;
	enum patch_status status;
	const char *text;
	const char *why; /* begins so */
} refused[] = {
	{ PATCH_REQUEST, PATCH_MISUSED, "", "" },
	{ PATCH_REQUEST, PATCH_MISUSED, "[]", "it is no JSON object" },
	{ PATCH_REQUEST, PATCH_MISUSED, "{\"note\":1.5}", "a number is no whole number" },
	{ PATCH_REQUEST, PATCH_MISUSED, "{\"secret\":1}",
		"unknown key \"secret\"; tracedesk-import(5) lists the keys" },
	{ PATCH_REQUEST, PATCH_MISUSED, "{\"outcome\":\"\"}",
		"unknown key \"outcome\"; only an import takes it" },
	{ PATCH_REQUEST, PATCH_MISUSED, "{\"trace_code\":\"\"}", "unknown key \"trace" },
	{ PATCH_REQUEST, PATCH_MISUSED, "{\"same_form\":\"\"}", "unknown key \"same" },
	{ PATCH_REQUEST, PATCH_MISUSED, "{\"reference\":\"\"}", "unknown key \"refer" },
	{ PATCH_REQUEST, PATCH_MISUSED, "{\"subject_dob\":\"\"}",
		"unknown key \"subject_dob\"; it belongs into each one of \"subjects\"" },
	{ PATCH_REQUEST, PATCH_MISUSED, "{\"subjects\":[{\"note\":\"\"}]}",
		"subject 1: unknown key \"note\"; it belongs beside \"subjects\"" },
	{ PATCH_REQUEST, PATCH_REFUSED, "{\"received\":\"14/12/2020\"}",
		"received: is no day of the calendar written YYYY-MM-DD" },
	{ PATCH_REQUEST, PATCH_REFUSED, "{\"service\":\"-\"}", "service: cannot be -" },
	{ PATCH_REQUEST, PATCH_REFUSED, "{\"channel\":\"secret\"}",
		"channel: is no code of that column; use one of secure_email" },
	{ PATCH_REQUEST, PATCH_REFUSED, "{\"note\":[\"secret\"]}", "note: is a list" },
	{ PATCH_REQUEST, PATCH_REFUSED, "{\"items\":[\"name\",1]}", "items: holds something" },
	{ PATCH_REQUEST, PATCH_REFUSED, "{\"safeguarding\":true}", "safeguarding: is no text" },
	{ PATCH_REQUEST, PATCH_REFUSED, "{\"note\":{}}", "note: is no text" },
	{ PATCH_REQUEST, PATCH_REFUSED, "{\"note\":\"\\u001b[2J\"}",
		"note: holds a control character (U+001B)" },
	{ PATCH_REQUEST, PATCH_REFUSED, "{\"subjects\":{}}", "subjects: is no list" },
	{ PATCH_REQUEST, PATCH_REFUSED,
		"{\"subjects\":[{\"subject_dob\":\"1980-01-01\"},{\"subject_dob\":"
		"\"secret\"}]}",
		"subject 2: subject_dob: is no day" },
	{ PATCH_TRACE, PATCH_MISUSED, "{\"ask\":\"\"}",
		"unknown key \"ask\"; tracedesk(1) lists the keys" },
	{ PATCH_TRACE, PATCH_MISUSED, "{\"subjects\":[{\"values\":{\"blood\":\"x\"}}]}",
		"subject 1: unknown key \"blood\"" },
	{ PATCH_TRACE, PATCH_REFUSED, "{\"subjects\":[{\"trace_code\":\"99\"}]}",
		"subject 1: trace_code: is no code" },
	{ PATCH_TRACE, PATCH_REFUSED, "{\"subjects\":[{\"s_flag\":\"maybe\"}]}",
		"subject 1: s_flag: is neither yes nor no" },
	{ PATCH_TRACE, PATCH_REFUSED, "{\"subjects\":[{\"values\":\"secret\"}]}",
		"subject 1: values: is no object" },
	{ PATCH_TRACE, PATCH_REFUSED, "{\"items\":[\"diagnosis\"]}",
		"items: holds what is no code" },
	{ PATCH_TRACE, PATCH_REFUSED, "{\"recipient\":\"the press\"}", "recipient: is no code" },
	{ PATCH_NO_TRACE, PATCH_REFUSED, "{\"trace_code\":\"1\"}", "trace_code: is no code" },
	{ PATCH_NO_TRACE, PATCH_MISUSED, "{\"subjects\":[]}", "unknown key" },
	{ PATCH_GUARDIAN, PATCH_REFUSED, "{\"decision\":\"secret\"}",
		"decision: is neither release nor withhold" },
	{ PATCH_GUARDIAN, PATCH_REFUSED, "{\"guardian\":\"G\"}", "decision: is missing" },
	{ PATCH_GUARDIAN, PATCH_REFUSED, "{\"decided\":\"2021-02-30\"}", "decided: is no day" },
	{ PATCH_QUERY, PATCH_MISUSED, "{\"Ask\":\"\"}", "unknown key \"Ask\"" },
};

static void test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++) {
		const char *text = refused[i].text;
		struct patch patch;

		assert_int_equal(
			patch_read(refused[i].kind, text, strlen(text), &patch), refused[i].status);
		if (strncmp(patch.why, refused[i].why, strlen(refused[i].why)) != 0 || !*patch.why)
			fail_msg("%s: %s", text, patch.why);
		if (refused[i].status == PATCH_REFUSED)
			assert_null(strstr(patch.why, "secret"));
		patch_clear(&patch);
	}
}

/* Too long for its column; and a long key is cut in its sentence. */
static void test_long(void **state)
{
	static char text[20000];
	struct patch patch;

	(void)state;
	(void)snprintf(text, sizeof(text), "{\"note\":\"%04001d\"}", 0);
	assert_int_equal(patch_read(PATCH_REQUEST, text, strlen(text), &patch), PATCH_REFUSED);
	assert_string_equal(patch.why, "note: is longer than 4000 characters");
	patch_clear(&patch);
	(void)snprintf(text, sizeof(text), "{\"note\":\"%04000d\"}", 0);
	read_good(PATCH_REQUEST, text, &patch);
	patch_clear(&patch);
	(void)snprintf(text, sizeof(text), "{\"%04000d\":1}", 0);
	assert_int_equal(patch_read(PATCH_REQUEST, text, strlen(text), &patch), PATCH_MISUSED);
	assert_true(strlen(patch.why) < 120);
	patch_clear(&patch);
	(void)snprintf(text, sizeof(text),
		"{\"subjects\":[{\"values\":{\"name\":\"%01999d\",\"former_names\":\"%01999d\","
		"\"address\":\"%01999d\",\"sex\":\"%01999d\"}}]}",
		0, 0, 0, 0);
	assert_int_equal(patch_read(PATCH_TRACE, text, strlen(text), &patch), PATCH_REFUSED);
	assert_string_equal(
		patch.why, "subject 1: values: are longer than 8000 characters together");
	patch_clear(&patch);
}

/* A template reads back as a request of that service that says nothing more. */
static void test_templates(void **state)
{
	const struct code_set *services = code_set_find("service");

	(void)state;
	for (size_t i = 0; i < services->count; i++) {
		const char *service = services->codes[i].code;
		struct buffer text;
		struct patch patch;

		buffer_init(&text);
		template_write(service, &text);
		read_good(PATCH_REQUEST, buffer_text(&text), &patch);
		for (int field = 0; field < REQUEST_INTAKE_COUNT; field++)
			assert_string_equal(patch.request.values.field[field],
				field == FIELD_SERVICE ? service : "");
		assert_true(patch.request.has_field[FIELD_RECEIVED]);
		assert_int_equal(patch.request.has_field[FIELD_COURT_CASE],
			strcmp(service, "court_order") == 0);
		assert_int_equal(patch.request.has_field[FIELD_WARRANT_REFERENCE],
			strcmp(service, "nca") == 0);
		assert_int_equal(patch.request.has_field[FIELD_PANEL_DECISION],
			strcmp(service, "home_office") == 0);
		assert_int_equal(patch.request.has_field[FIELD_COUNTERSIGNED],
			strcmp(service, "police") == 0 || strcmp(service, "nca") == 0 ||
				strcmp(service, "home_office") == 0);
		assert_true(patch.request.has_subjects);
		assert_int_equal(patch.request.values.subject_count, 0);
		assert_non_null(strstr(buffer_text(&text), "\"nhs_number\": null"));
		patch_clear(&patch);
		buffer_done(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_column),
		cmocka_unit_test(test_request),
		cmocka_unit_test(test_trace),
		cmocka_unit_test(test_small_objects),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_templates),
	};

	return cmocka_run_group_tests_name("patch", tests, NULL, NULL);
}
