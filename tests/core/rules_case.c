/*
 * Requests for the tests of the checks.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/core/rules_case.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define COLUMN_NAME(constant, column, ...) [constant] = #column,
static const char *const request_columns[] = { REQUEST_FIELDS(COLUMN_NAME) };
static const char *const subject_columns[] = { SUBJECT_FIELDS(COLUMN_NAME) };

static const struct service services[] = {
	{ .code = "police" },
	{ .code = "nca" },
	{ .code = "home_office", .held_from = "2018-11-09" },
	{ .code = "court_order" },
	{ .code = "ccrc" },
	{ .code = "nhscfa", .accepts_to = "2019-03-31" },
	{ .code = "hm_coroner" },
	{ .code = "welsh_blood", .accepts_to = "2020-09-18" },
	{ .code = "jersey_cytology", .accepts_to = "2020-11-30" },
	{ .code = "charity", .suspended = true },
};

json_t *golden_read(void)
{
	const char *folder = getenv("TOP_SRCDIR");
	char path[4096];
	json_error_t error;
	json_t *golden;

	snprintf(path, sizeof(path), "%s/tests/golden/checks.json", folder ? folder : ".");
	golden = json_load_file(path, 0, &error);
	if (!golden)
		fail_msg("%s: %s", path, error.text);
	return golden;
}

const json_t *golden_find(const json_t *golden, const char *name)
{
	for (size_t i = 0; i < json_array_size(golden); i++) {
		const json_t *one = json_array_get(golden, i);

		if (strcmp(json_string_value(json_object_get(one, "name")), name) == 0)
			return one;
	}
	fail_msg("no case \"%s\" in golden/checks.json", name);
	return NULL;
}

static char **subject_field(struct request *request, size_t subject, const char *column)
{
	for (size_t i = 0; i < COUNT(subject_columns); i++) {
		if (strcmp(subject_columns[i], column) != 0)
			continue;
		while (request->subject_count <= subject)
			(void)request_add_subject(request);
		return &request->subjects[subject].field[i];
	}
	fail_msg("no column \"%s\"", column);
	return NULL;
}

static char **request_field(struct request *request, const char *column)
{
	for (size_t i = 0; i < COUNT(request_columns); i++)
		if (strcmp(request_columns[i], column) == 0)
			return &request->field[i];
	fail_msg("no column \"%s\"", column);
	return NULL;
}

static void field_load(char **field, const json_t *value)
{
	char list[1024] = "";

	if (!json_is_array(value)) {
		record_set(field, json_string_value(value));
		return;
	}
	for (size_t i = 0; i < json_array_size(value); i++) {
		size_t used = strlen(list);

		snprintf(list + used, sizeof(list) - used, "%s%s", i > 0 ? ";" : "",
			json_string_value(json_array_get(value, i)));
	}
	record_set(field, list);
}

void case_load(const json_t *object, struct request *request)
{
	void *at;

	for (at = json_object_iter((json_t *)(uintptr_t)object); at;
		at = json_object_iter_next((json_t *)(uintptr_t)object, at)) {
		const char *column = json_object_iter_key(at);
		json_t *value = json_object_iter_value(at);

		if (strcmp(column, "subjects") != 0) {
			field_load(request_field(request, column), value);
			continue;
		}
		for (size_t i = 0; i < json_array_size(value); i++) {
			const char *name;
			json_t *one;

			json_object_foreach(json_array_get(value, i), name, one)
				field_load(subject_field(request, i, name), one);
		}
	}
}

void case_change(struct request *request, const char *changes)
{
	char *copy = strdup(changes);
	char *rest = copy;
	char *change;

	assert_non_null(copy);
	while ((change = strsep(&rest, "|")) != NULL && *change != '\0') {
		char *value = strchr(change, '=');

		assert_non_null(value);
		*value++ = '\0';
		if (change[0] >= '1' && change[0] <= '9' && change[1] == '.')
			record_set(subject_field(request, (size_t)(change[0] - '1'), change + 2),
				value);
		else
			record_set(request_field(request, change), value);
	}
	free(copy);
}

const struct service *case_service(const char *code)
{
	for (size_t i = 0; i < COUNT(services); i++)
		if (strcmp(services[i].code, code) == 0)
			return &services[i];
	return NULL;
}

struct rules_input case_input(const struct request *request)
{
	return (struct rules_input) {
		.request = request,
		.service = case_service(request->field[FIELD_SERVICE]),
		.rulebook = rulebook_shipped(),
		.today = "2021-01-04",
	};
}

const struct finding *case_finding(const struct finding *findings, const char *rule)
{
	for (size_t i = 0; i < RULE_COUNT; i++)
		if (strcmp(findings[i].rule->code, rule) == 0)
			return &findings[i];
	fail_msg("no rule \"%s\"", rule);
	return NULL;
}
