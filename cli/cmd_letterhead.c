/*
 * letterhead show, letterhead set.
 */
#include "cli/command.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/settings.h"
#include "core/letters.h"

static const struct sheet_column columns[] = {
	{ .name = "key", .title = "Key" },
	{ .name = "value", .title = "Value" },
};

static enum desk_status write_letterhead(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct letterhead head = { NULL, NULL, NULL, NULL };
	struct desk *desk = NULL;
	struct sheet *sheet;
	enum desk_status status = session_desk(call, &desk, notice);

	if (status == DESK_OK)
		status = desk_letterhead(desk, &head, notice);
	desk_close(desk);
	if (status == DESK_OK) {
		const char *const rows[][2] = { { "address", head.address },
			{ "telephone", head.telephone }, { "email", head.email },
			{ "complaints", head.complaints } };

		sheet = sheet_new(columns, sizeof(columns) / sizeof(columns[0]));
		for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
			sheet_text(sheet, rows[i][0]);
			sheet_text(sheet, rows[i][1]);
		}
		status = output_sheet_done(output, sheet, notice);
	}
	letterhead_clear(&head);
	return status;
}

enum desk_status cmd_letterhead_show(const struct call *call, struct notice *notice)
{
	return output_run(call, write_letterhead, notice);
}

static enum desk_status set_letterhead(struct desk *desk, const struct call *call,
	const struct settings *settings, struct notice *notice)
{
	enum desk_status status =
		desk_letterhead_set(desk, settings->list, settings->count, notice);

	(void)call;
	return status == DESK_OK ? output_say("The letterhead is changed.\n", notice) : status;
}

enum desk_status cmd_letterhead_set(const struct call *call, struct notice *notice)
{
	return settings_run(call, set_letterhead, notice);
}
