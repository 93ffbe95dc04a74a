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

/* What a command does with them, and says. */
typedef enum desk_status settings_use(struct desk *desk, const struct call *call,
	const struct settings *settings, struct notice *notice);
/* Reads them, opens the desk, has them used. DESK_USAGE: no --from, not JSON, more keys than there
   are; DESK_REFUSED: a value that is neither text nor yes or no. */
enum desk_status settings_run(const struct call *call, settings_use *use, struct notice *notice);

#endif
