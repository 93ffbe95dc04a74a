/*
 * The only file that names jansson. Its values are copied at once into our own
 * tree and freed; both lie in memory that is wiped.
 */
#include "core/json.h"

#include <jansson.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/list.h"
#include "core/text.h"
#include "db/memory.h"

static void *jansson_new(size_t size)
{
	return mem_new(1, size);
}

static bool value_fill(const json_t *json, int depth, struct json_value *out_value);

static bool list_fill(const json_t *json, int depth, struct json_value *out_value)
{
	size_t count = json_array_size(json);

	out_value->kind = JSON_VALUE_LIST;
	out_value->items = mem_new(count, sizeof(*out_value->items));
	for (size_t i = 0; i < count; i++) {
		struct json_value *item = &out_value->items[out_value->count++];

		item->name = mem_text("");
		if (!value_fill(json_array_get(json, i), depth + 1, item))
			return false;
	}
	return true;
}

static bool object_fill(json_t *json, int depth, struct json_value *out_value)
{
	out_value->kind = JSON_VALUE_OBJECT;
	out_value->items = mem_new(json_object_size(json), sizeof(*out_value->items));
	for (void *at = json_object_iter(json); at; at = json_object_iter_next(json, at)) {
		struct json_value *item = &out_value->items[out_value->count++];

		item->name = mem_text(json_object_iter_key(at));
		if (!value_fill(json_object_iter_value(at), depth + 1, item))
			return false;
	}
	return true;
}

static void text_fill(enum json_kind kind, const char *text, struct json_value *out_value)
{
	out_value->kind = kind;
	mem_free(out_value->text);
	out_value->text = mem_text(text);
}

/* False: nested too deep, or a number that is no whole one. What was filled so far is freed by
   json_free. */
static bool value_fill(const json_t *json, int depth, struct json_value *out_value)
{
	char digits[24];

	out_value->text = mem_text("");
	if (depth > JSON_MOST_DEPTH)
		return false;
	switch (json_typeof(json)) {
	case JSON_OBJECT:
		return object_fill((json_t *)(uintptr_t)json, depth, out_value);
	case JSON_ARRAY:
		return list_fill(json, depth, out_value);
	case JSON_STRING:
		text_fill(JSON_VALUE_TEXT, json_string_value(json), out_value);
		return true;
	case JSON_INTEGER:
		(void)snprintf(
			digits, sizeof(digits), "%" JSON_INTEGER_FORMAT, json_integer_value(json));
		text_fill(JSON_VALUE_NUMBER, digits, out_value);
		return true;
	case JSON_REAL:
		return false;
	case JSON_TRUE:
		text_fill(JSON_VALUE_BOOL, "true", out_value);
		return true;
	case JSON_FALSE:
		text_fill(JSON_VALUE_BOOL, "false", out_value);
		return true;
	case JSON_NULL:
		out_value->kind = JSON_VALUE_NULL;
		return true;
	}
	return false;
}

/* Jansson's own words may quote the text; only its place is passed on. */
static void why_not_json(const json_error_t *error, char *out_why, size_t why_size)
{
	switch (json_error_code(error)) {
	case json_error_invalid_utf8:
		(void)snprintf(out_why, why_size, "line %d is not UTF-8", error->line);
		return;
	case json_error_duplicate_key:
		(void)snprintf(out_why, why_size, "a key stands twice, by line %d", error->line);
		return;
	case json_error_null_character:
	case json_error_null_byte_in_key:
		(void)snprintf(out_why, why_size, "line %d holds a NUL", error->line);
		return;
	case json_error_unknown:
	case json_error_out_of_memory:
	case json_error_stack_overflow:
	case json_error_cannot_open_file:
	case json_error_invalid_argument:
	case json_error_premature_end_of_input:
	case json_error_end_of_input_expected:
	case json_error_invalid_syntax:
	case json_error_invalid_format:
	case json_error_wrong_type:
	case json_error_null_value:
	case json_error_numeric_overflow:
	case json_error_item_not_found:
	case json_error_index_out_of_range:
		break;
	}
	(void)snprintf(out_why, why_size, "line %d is not JSON", error->line);
}

struct json_value *json_read(const char *bytes, size_t size, char *out_why, size_t why_size)
{
	struct json_value *value = NULL;
	json_error_t error;
	json_t *json;

	if (size > JSON_MOST_BYTES) {
		(void)snprintf(out_why, why_size, "it is over 1 MiB");
		return NULL;
	}
	if (memchr(bytes, 0, size)) { /* jansson passes over it between values */
		(void)snprintf(out_why, why_size, "it holds a NUL");
		return NULL;
	}
	json_set_alloc_funcs(jansson_new, mem_free);
	json = json_loadb(bytes, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
	if (!json) {
		why_not_json(&error, out_why, why_size);
		return NULL;
	}
	if (!json_is_object(json)) {
		(void)snprintf(out_why, why_size, "it is no JSON object {…}");
		goto out;
	}
	value = mem_new(1, sizeof(*value));
	value->name = mem_text("");
	if (!value_fill(json, 1, value)) {
		(void)snprintf(out_why, why_size,
			"a number is no whole number, or values are nested over %d deep",
			JSON_MOST_DEPTH);
		json_free(value);
		value = NULL;
	}
out:
	json_decref(json);
	return value;
}

static void value_done(struct json_value *value)
{
	for (size_t i = 0; i < value->count; i++)
		value_done(&value->items[i]);
	mem_free(value->items);
	mem_free(value->name);
	mem_free(value->text);
}

void json_free(struct json_value *value)
{
	if (!value)
		return;
	value_done(value);
	mem_free(value);
}

const struct json_value *json_member(const struct json_value *object, const char *name)
{
	for (size_t i = 0; i < object->count; i++)
		if (strcmp(object->items[i].name, name) == 0)
			return &object->items[i];
	return NULL;
}

bool json_is_list_of(const struct json_value *value, enum json_kind kind)
{
	if (value->kind != JSON_VALUE_LIST)
		return false;
	for (size_t i = 0; i < value->count; i++)
		if (value->items[i].kind != kind)
			return false;
	return true;
}

/* Beyond U+FFFF as two surrogates (RFC 8259 section 7). */
static void write_escaped(int32_t code, struct buffer *out)
{
	if (code < 0x10000) {
		buffer_print(out, "\\u%04x", (unsigned)code);
		return;
	}
	code -= 0x10000;
	buffer_print(out, "\\u%04x\\u%04x", (unsigned)(0xd800 + (code >> 10)),
		(unsigned)(0xdc00 + (code & 0x3ff)));
}

void json_write_string(const char *text, struct buffer *out)
{
	buffer_add(out, "\"");
	while (*text) {
		const char *start = text;
		int32_t code = text_next(&text);

		if (code == '"')
			buffer_add(out, "\\\"");
		else if (code == '\\')
			buffer_add(out, "\\\\");
		else if (code == '\n')
			buffer_add(out, "\\n");
		else if (code == '\t')
			buffer_add(out, "\\t");
		else if (code < 0)
			buffer_add(out, "\xEF\xBF\xBD");
		else if (text_code_is_plain(code))
			buffer_add_bytes(out, start, (size_t)(text - start));
		else
			write_escaped(code, out);
	}
	buffer_add(out, "\"");
}

void json_write_list(const char *list, struct buffer *out)
{
	const char *separator = "";
	char *item;

	buffer_add(out, "[");
	while ((item = list_next(&list)) != NULL) {
		buffer_add(out, separator);
		json_write_string(item, out);
		mem_free(item);
		separator = ",";
	}
	buffer_add(out, "]");
}
