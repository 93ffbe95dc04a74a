/*
 * Columns to be set, read from --from: one JSON object of texts.
 */
#ifndef TRACEDESK_CLI_SETTINGS_H
#define TRACEDESK_CLI_SETTINGS_H

#include "cli/command.h"
#include "core/json.h"

struct settings {
	struct json_value *object;
	struct desk_setting list[DESK_SETTINGS_MOST]; /* borrows from the object */
	size_t count;
};

/* DESK_USAGE: no --from, not JSON, more keys than there are; DESK_REFUSED: a value that is neither
   text nor yes or no. Done with settings_done either way. */
enum desk_status settings_read(
	const struct call *call, struct settings *out_settings, struct notice *notice);
void settings_done(struct settings *settings);

#endif
