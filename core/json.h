/*
 * JSON (RFC 8259): one object read into a plain tree, and texts written as JSON
 * strings. Jansson is used in json.c alone. Pure.
 */
#ifndef TRACEDESK_CORE_JSON_H
#define TRACEDESK_CORE_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buffer.h"

enum json_kind {
	JSON_VALUE_NULL,
	JSON_VALUE_BOOL,
	JSON_VALUE_NUMBER,
	JSON_VALUE_TEXT,
	JSON_VALUE_LIST,
	JSON_VALUE_OBJECT,
};

/* A value. text: a string as it is, a number as digits, "true" or "false"; "" for the others.
   items: of a list in order, of an object its members in the order written. */
struct json_value {
	enum json_kind kind;
	char *name; /* of a member; "" for others */
	char *text;
	struct json_value *items;
	size_t count;
};

enum { JSON_MOST_BYTES = 1024 * 1024, JSON_MOST_DEPTH = 8 };

/* Reads one object and nothing after it. NULL with the sentence in out_why: not JSON, no object, a
   key twice, a number with a fraction, a NUL in a text, nested too deep, over JSON_MOST_BYTES. Free
   with json_free. */
struct json_value *json_read(const char *bytes, size_t size, char *out_why, size_t why_size);
void json_free(struct json_value *value); /* wipes; NULL is fine */
/* The member of that name, or NULL. */
const struct json_value *json_member(const struct json_value *object, const char *name);
/* Is value a list of nothing but kind? An empty list is one of any. */
bool json_is_list_of(const struct json_value *value, enum json_kind kind);

/* Appends text as a JSON string, quotes included. What a terminal must not be sent (text.h) is
   escaped, so that JSON shown on one is harmless and still exact; bad UTF-8 becomes U+FFFD. */
void json_write_string(const char *text, struct buffer *out);
/* Appends a list (list.h) as a JSON array of strings. */
void json_write_list(const char *list, struct buffer *out);

#endif
