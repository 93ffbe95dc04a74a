/*
 * Objects by tables of keys. A request's keys are its columns; the other
 * objects have tables here. The first mistake ends the reading; its sentence
 * names the key and never the value, which may be a case's.
 */
#include "core/patch.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/codes.h"
#include "core/columns.h"
#include "core/json.h"
#include "core/text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* As TRACE_FIELDS: what the store keeps of what was found. */
enum { VALUES_MOST = 8000, VALUE_MOST = 2000, NOTE_MOST = 4000, KEY_SHOWN = 40 };

struct reading {
	struct patch *patch;
	enum patch_status status;
	size_t subject; /* from 1, while one is read; else 0 */
};

struct key;
typedef bool key_read(
	struct reading *reading, const struct json_value *value, const struct key *key, void *into);

/* A key of an object: a text that column checks, at offset of the struct that is filled; or read by
   a function of its own. */
struct key {
	struct column column;
	size_t offset;
	key_read *read;
};

struct keys {
	const struct key *list;
	size_t count;
};

__attribute__((format(printf, 4, 5))) static bool stop(struct reading *reading,
	enum patch_status status, const char *name, const char *format, ...)
{
	struct patch *patch = reading->patch;
	char place[32] = "";
	va_list args;
	int used;

	if (reading->subject > 0)
		(void)snprintf(place, sizeof(place), "subject %zu: ", reading->subject);
	used = snprintf(patch->why, sizeof(patch->why), "%s%s%s", place, name, *name ? ": " : "");
	va_start(args, format);
	(void)vsnprintf(patch->why + used, sizeof(patch->why) - (size_t)used, format, args);
	va_end(args);
	reading->status = status;
	return false;
}

static const char verbs_told[] = "tracedesk(1) lists the keys";

/* A request has the columns of an import as keys, each in its place. */
static const char *key_told(const char *key)
{
	const struct column *column = column_find(key);

	if (!column && !file_column_find(key))
		return "tracedesk-import(5) lists the keys";
	if (column && column->place == COLUMN_SUBJECT)
		return "it belongs into each one of \"subjects\"";
	if (column && column->place == COLUMN_REQUEST)
		return "it belongs beside \"subjects\"";
	return "only an import takes it";
}

static bool stop_at_key(struct reading *reading, const char *key, const char *advice)
{
	struct buffer shown, cut;

	buffer_init(&shown);
	buffer_init(&cut);
	text_show(key, &shown);
	(void)text_fit(buffer_text(&shown), KEY_SHOWN, &cut);
	(void)stop(reading, PATCH_MISUSED, "", "unknown key \"%s\"; %s", buffer_text(&cut), advice);
	buffer_done(&shown);
	buffer_done(&cut);
	return false;
}

static const char *patch_keep(struct patch *patch, char *text)
{
	size_t size = patch->kept_count * sizeof(*patch->kept);

	patch->kept = mem_resize(patch->kept, size, size + sizeof(*patch->kept));
	patch->kept[patch->kept_count++] = text;
	return text;
}

/* Parts of a list, parted by ';'. */
static bool list_text(struct reading *reading, const struct column *column,
	const struct json_value *list, struct buffer *out)
{
	if (column->kind != FIELD_LIST)
		return stop(reading, PATCH_REFUSED, column->name,
			"is a list; write one text in quotes");
	if (!json_is_list_of(list, JSON_VALUE_TEXT))
		return stop(reading, PATCH_REFUSED, column->name,
			"holds something besides texts; write each in quotes");
	for (size_t i = 0; i < list->count; i++)
		buffer_print(out, "%s%s", i > 0 ? ";" : "", list->items[i].text);
	return true;
}

static bool value_text(struct reading *reading, const struct column *column,
	const struct json_value *value, struct buffer *out)
{
	switch (value->kind) {
	case JSON_VALUE_NULL:
		return true;
	case JSON_VALUE_TEXT:
	case JSON_VALUE_NUMBER:
		buffer_add(out, value->text);
		return true;
	case JSON_VALUE_LIST:
		return list_text(reading, column, value, out);
	case JSON_VALUE_BOOL:
	case JSON_VALUE_OBJECT:
		break;
	}
	return stop(reading, PATCH_REFUSED, column->name, "is no text; write it in quotes");
}

/* The value as the column takes it (free with mem_free), or NULL. */
static char *value_accept(
	struct reading *reading, const struct column *column, const struct json_value *value)
{
	char why[PATCH_WHY_SIZE - 128];
	struct buffer text;
	char *accepted = NULL;

	buffer_init(&text);
	if (value_text(reading, column, value, &text)) {
		accepted = column_accept(column, buffer_text(&text), false, why, sizeof(why));
		if (!accepted)
			(void)stop(reading, PATCH_REFUSED, column->name, "%s", why);
	}
	buffer_done(&text);
	return accepted;
}

/* A request */

static bool field_read(struct reading *reading, const struct column *column,
	const struct json_value *value, char **field)
{
	char *accepted = value_accept(reading, column, value);

	if (!accepted)
		return false;
	mem_free(*field);
	*field = accepted;
	return true;
}

static bool subject_is_empty(const struct subject *subject)
{
	for (size_t i = 0; i < SUBJECT_FIELD_COUNT; i++)
		if (*subject->field[i] != '\0')
			return false;
	return true;
}

static bool subject_read(
	struct reading *reading, const struct json_value *object, struct subject *subject)
{
	for (size_t i = 0; i < object->count; i++) {
		const struct json_value *value = &object->items[i];
		const struct column *column = column_find(value->name);

		if (!column || column->place != COLUMN_SUBJECT)
			return stop_at_key(reading, value->name, key_told(value->name));
		if (!field_read(reading, column, value, &subject->field[column->field]))
			return false;
	}
	return true;
}

/* One of whom nothing is said, as a template has it, is none: the next one takes its place. */
static bool subjects_read(struct reading *reading, const struct json_value *list)
{
	struct request_patch *request = &reading->patch->request;
	struct subject *subject = NULL;

	request->has_subjects = true;
	if (list->kind == JSON_VALUE_NULL)
		return true;
	if (!json_is_list_of(list, JSON_VALUE_OBJECT))
		return stop(reading, PATCH_REFUSED, "subjects", "is no list of objects: [{...}]");
	for (size_t i = 0; i < list->count; i++) {
		if (!subject || !subject_is_empty(subject))
			subject = request_add_subject(&request->values);
		reading->subject = i + 1;
		if (!subject_read(reading, &list->items[i], subject))
			return false;
	}
	reading->subject = 0;
	if (subject && subject_is_empty(subject))
		request_cut_subjects(&request->values, request->values.subject_count - 1);
	return true;
}

static bool request_read(struct reading *reading, const struct json_value *object)
{
	struct request_patch *request = &reading->patch->request;

	for (size_t i = 0; i < object->count; i++) {
		const struct json_value *value = &object->items[i];
		const struct column *column = column_find(value->name);

		if (strcmp(value->name, "subjects") == 0) {
			if (!subjects_read(reading, value))
				return false;
			continue;
		}
		if (!column || column->place != COLUMN_REQUEST)
			return stop_at_key(reading, value->name, key_told(value->name));
		if (!field_read(reading, column, value, &request->values.field[column->field]))
			return false;
		request->has_field[column->field] = true;
	}
	return true;
}

/* Objects with a table of keys */

static const struct key *key_find(const struct keys *keys, const char *name)
{
	for (size_t i = 0; i < keys->count; i++)
		if (strcmp(keys->list[i].column.name, name) == 0)
			return &keys->list[i];
	return NULL;
}

static bool text_read(
	struct reading *reading, const struct json_value *value, const struct key *key, void *into)
{
	char *accepted = value_accept(reading, &key->column, value);

	if (!accepted)
		return false;
	*(const char **)((char *)into + key->offset) = patch_keep(reading->patch, accepted);
	return true;
}

static bool object_read(struct reading *reading, const struct keys *keys,
	const struct json_value *object, void *into)
{
	for (size_t i = 0; i < keys->count; i++)
		if (keys->list[i].read == text_read)
			*(const char **)((char *)into + keys->list[i].offset) = "";
	for (size_t i = 0; i < object->count; i++) {
		const struct json_value *value = &object->items[i];
		const struct key *key = key_find(keys, value->name);

		if (!key)
			return stop_at_key(reading, value->name, verbs_told);
		if (!key->read(reading, value, key, into))
			return false;
	}
	return true;
}

/* What was found of a subject: item to text, written out again as JSON. */
static bool values_write(
	struct reading *reading, const struct json_value *object, struct buffer *out)
{
	for (size_t i = 0; i < object->count; i++) {
		const struct json_value *value = &object->items[i];
		const struct column column = { value->name, COLUMN_HISTORY, 0, FIELD_TEXT, "",
			VALUE_MOST, "" };
		char *accepted;

		if (!code_label(code_set_find("item"), value->name))
			return stop_at_key(reading, value->name, verbs_told);
		accepted = value_accept(reading, &column, value);
		if (!accepted)
			return false;
		if (*accepted != '\0') {
			buffer_add(out, out->size > 0 ? "," : "{");
			json_write_string(value->name, out);
			buffer_add(out, ":");
			json_write_string(accepted, out);
		}
		mem_free(accepted);
	}
	if (out->size > 0)
		buffer_add(out, "}");
	return true;
}

static bool values_read(
	struct reading *reading, const struct json_value *value, const struct key *key, void *into)
{
	struct trace_answer *answer = into;
	struct buffer text;
	bool is_good = false;

	buffer_init(&text);
	if (value->kind != JSON_VALUE_OBJECT && value->kind != JSON_VALUE_NULL)
		(void)stop(reading, PATCH_REFUSED, key->column.name,
			"is no object of items and texts: {\"address\":\"...\"}");
	else
		is_good = values_write(reading, value, &text);
	if (is_good && text_length(buffer_text(&text)) > VALUES_MOST)
		is_good = stop(reading, PATCH_REFUSED, key->column.name,
			"are longer than %d characters together", VALUES_MOST);
	if (is_good)
		answer->values = patch_keep(reading->patch, buffer_take(&text));
	buffer_done(&text);
	return is_good;
}

static bool decision_read(
	struct reading *reading, const struct json_value *value, const struct key *key, void *into)
{
	struct guardian_decision *guardian = into;

	guardian->withhold = strcmp(value->text, "withhold") == 0;
	return guardian->withhold || strcmp(value->text, "release") == 0 ||
	       stop(reading, PATCH_REFUSED, key->column.name, "is neither release nor withhold");
}

static key_read answers_read;

/* clang-format off */

/* Codes are those of their sets; a list without a set takes any words. */
#define TEXT_KEY(name, kind, codes, most, type, field) \
	{ { name, COLUMN_HISTORY, 0, kind, codes, most, "" }, offsetof(type, field), text_read }
#define WORDS_KEY(name, type, field) \
	{ { name, COLUMN_REQUEST, FIELD_ITEMS, FIELD_LIST, "", 500, "" }, offsetof(type, field), text_read }
#define OWN_KEY(name, read) \
	{ { name, COLUMN_HISTORY, 0, FIELD_TEXT, "", 0, "" }, 0, read }

static const struct key answer_list[] = {
	TEXT_KEY("trace_code", FIELD_CODE, "trace_code", 2, struct trace_answer, trace_code),
	WORDS_KEY("matched_on", struct trace_answer, matched_on),
	TEXT_KEY("s_flag", FIELD_YES_NO, "", 3, struct trace_answer, s_flag),
	TEXT_KEY("identity_changed", FIELD_YES_NO, "", 3, struct trace_answer, identity_changed),
	OWN_KEY("values", values_read),
};
static const struct key trace_list[] = {
	OWN_KEY("subjects", answers_read),
	TEXT_KEY("items", FIELD_LIST, "item", 500, struct patch, items),
	TEXT_KEY("recipient", FIELD_CODE, "recipient", 32, struct patch, recipient),
};
static const struct key no_trace_list[] = {
	TEXT_KEY("trace_code", FIELD_CODE, "trace_code", 2, struct patch, trace_code),
	WORDS_KEY("sources", struct patch, sources),
};
static const struct key guardian_list[] = {
	TEXT_KEY("guardian", FIELD_TEXT, "", 200, struct guardian_decision, guardian),
	TEXT_KEY("decided", FIELD_DAY, "", 10, struct guardian_decision, decided),
	OWN_KEY("decision", decision_read),
	TEXT_KEY("items", FIELD_LIST, "item", 500, struct guardian_decision, items),
	TEXT_KEY("recipient", FIELD_CODE, "recipient", 32, struct guardian_decision, recipient),
	TEXT_KEY("note", FIELD_TEXT, "", NOTE_MOST, struct guardian_decision, note),
};
static const struct key query_list[] = {
	TEXT_KEY("ask", FIELD_TEXT, "", NOTE_MOST, struct patch, ask),
};
static const struct key correction_list[] = {
	TEXT_KEY("outcome", FIELD_CODE, "outcome", 32, struct correction, outcome),
	TEXT_KEY("reasons", FIELD_LIST, "reason", 500, struct correction, reasons),
	TEXT_KEY("reason", FIELD_TEXT, "", NOTE_MOST, struct correction, reason),
};
static const struct key incident_list[] = {
	TEXT_KEY("what", FIELD_TEXT, "", NOTE_MOST, struct incident, what),
	TEXT_KEY("when", FIELD_DAY, "", 10, struct incident, when),
	TEXT_KEY("told", FIELD_TEXT, "", 500, struct incident, told),
	TEXT_KEY("reference", FIELD_TEXT, "", 100, struct incident, reference),
};

/* clang-format on */

static const struct keys answer_keys = { answer_list, COUNT(answer_list) };
static const struct keys trace_keys = { trace_list, COUNT(trace_list) };
static const struct keys no_trace_keys = { no_trace_list, COUNT(no_trace_list) };
static const struct keys guardian_keys = { guardian_list, COUNT(guardian_list) };
static const struct keys query_keys = { query_list, COUNT(query_list) };
static const struct keys correction_keys = { correction_list, COUNT(correction_list) };
static const struct keys incident_keys = { incident_list, COUNT(incident_list) };

static bool answers_read(
	struct reading *reading, const struct json_value *value, const struct key *key, void *into)
{
	struct patch *patch = into;

	if (!json_is_list_of(value, JSON_VALUE_OBJECT))
		return stop(
			reading, PATCH_REFUSED, key->column.name, "is no list of objects: [{...}]");
	patch->answers = mem_new(value->count, sizeof(*patch->answers));
	for (size_t i = 0; i < value->count; i++) {
		struct trace_answer *answer = &patch->answers[patch->answer_count++];

		answer->values = "";
		reading->subject = i + 1;
		if (!object_read(reading, &answer_keys, &value->items[i], answer))
			return false;
	}
	reading->subject = 0;
	return true;
}

static bool guardian_read(struct reading *reading, const struct json_value *object)
{
	if (!object_read(reading, &guardian_keys, object, &reading->patch->guardian))
		return false;
	return json_member(object, "decision") ||
	       stop(reading, PATCH_REFUSED, "decision", "is missing; write release or withhold");
}

static bool kind_read(
	enum patch_kind kind, struct reading *reading, const struct json_value *object)
{
	switch (kind) {
	case PATCH_REQUEST:
		return request_read(reading, object);
	case PATCH_TRACE:
		return object_read(reading, &trace_keys, object, reading->patch);
	case PATCH_NO_TRACE:
		return object_read(reading, &no_trace_keys, object, reading->patch);
	case PATCH_GUARDIAN:
		return guardian_read(reading, object);
	case PATCH_QUERY:
		return object_read(reading, &query_keys, object, reading->patch);
	case PATCH_CORRECTION:
		return object_read(reading, &correction_keys, object, &reading->patch->correction);
	case PATCH_INCIDENT:
		return object_read(reading, &incident_keys, object, &reading->patch->incident);
	}
	return false;
}

enum patch_status patch_read(
	enum patch_kind kind, const char *bytes, size_t size, struct patch *out_patch)
{
	struct reading reading = { .patch = out_patch, .status = PATCH_OK };
	struct json_value *object;

	*out_patch = (struct patch) { 0 };
	request_init(&out_patch->request.values);
	object = json_read(bytes, size, out_patch->why, sizeof(out_patch->why));
	if (!object)
		return PATCH_MISUSED;
	(void)kind_read(kind, &reading, object);
	json_free(object);
	return reading.status;
}

void request_patch_clear(struct request_patch *patch)
{
	request_clear(&patch->values);
	*patch = (struct request_patch) { 0 };
}

void patch_clear(struct patch *patch)
{
	request_patch_clear(&patch->request);
	for (size_t i = 0; i < patch->kept_count; i++)
		mem_free(patch->kept[i]);
	mem_free(patch->kept);
	mem_free(patch->answers);
	*patch = (struct patch) { 0 };
}
