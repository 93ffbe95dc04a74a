/*
 * Settings from JSON.
 */
#include "cli/settings.h"

#include <string.h>

#include "cli/input.h"
#include "cli/session.h"

/* The text of a value; NULL when it is none. */
static const char *value_text(const struct json_value *value)
{
	switch (value->kind) {
	case JSON_VALUE_NULL:
		return "";
	case JSON_VALUE_BOOL:
		return strcmp(value->text, "true") == 0 ? "yes" : "no";
	case JSON_VALUE_NUMBER:
	case JSON_VALUE_TEXT:
		return value->text;
	case JSON_VALUE_LIST:
	case JSON_VALUE_OBJECT:
		break;
	}
	return NULL;
}

static enum desk_status settings_read(
	const struct call *call, struct settings *out_settings, struct notice *notice)
{
	const char *file = call->value[OPTION_FROM];
	enum desk_status status;

	*out_settings = (struct settings) { 0 };
	if (!file)
		return call_misused(
			call, notice, "nothing to set; give --from FILE with one JSON object");
	status = input_json(file, &out_settings->object, notice);
	if (status != DESK_OK)
		return status;
	if (out_settings->object->count > DESK_SETTINGS_MOST)
		return call_misused(call, notice, "more keys than there are; see --help");
	for (size_t i = 0; i < out_settings->object->count; i++) {
		const struct json_value *member = &out_settings->object->items[i];
		const char *text = value_text(member);

		if (!text)
			return notice_set(notice, DESK_REFUSED,
				"%s: its value is no text; write one in quotes", member->name);
		out_settings->list[out_settings->count++] =
			(struct desk_setting) { member->name, text };
	}
	return DESK_OK;
}

enum desk_status settings_run(const struct call *call, settings_use *use, struct notice *notice)
{
	struct settings settings;
	struct desk *desk = NULL;
	enum desk_status status = settings_read(call, &settings, notice);

	if (status == DESK_OK)
		status = session_desk(call, &desk, notice);
	if (status == DESK_OK)
		status = use(desk, call, &settings, notice);
	desk_close(desk);
	json_free(settings.object);
	return status;
}
