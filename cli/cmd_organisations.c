/*
 * organisation list, organisation set.
 */
#include "cli/command.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/settings.h"

static const struct sheet_column columns[] = {
	{ .name = "name", .title = "Organisation" },
	{ .name = "kind", .title = "Kind" },
	{ .name = "email_domain", .title = "Mail domain" },
	{ .name = "from", .title = "From", .kind = CELL_DAY },
	{ .name = "to", .title = "To", .kind = CELL_DAY },
};

static enum desk_status write_organisations(
	const struct call *call, struct output *output, struct notice *notice)
{
	const char *prefix = call_word(call, 0);
	struct organisation *rows = NULL;
	struct desk *desk = NULL;
	struct sheet *sheet;
	size_t count = 0;
	enum desk_status status = session_desk(call, &desk, notice);

	if (status == DESK_OK)
		status = desk_organisation_list(desk, prefix ? prefix : "", &rows, &count, notice);
	desk_close(desk);
	if (status != DESK_OK)
		return status;
	sheet = sheet_new(columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < count; i++) {
		sheet_text(sheet, rows[i].name);
		sheet_text(sheet, rows[i].kind);
		sheet_text(sheet, rows[i].email_domain);
		sheet_text(sheet, rows[i].from);
		sheet_text(sheet, rows[i].to);
		organisation_clear(&rows[i]);
	}
	mem_free(rows);
	return output_sheet_done(output, sheet, notice);
}

enum desk_status cmd_organisation_list(const struct call *call, struct notice *notice)
{
	return output_run(call, write_organisations, notice);
}

static enum desk_status set_organisation(struct desk *desk, const struct call *call,
	const struct settings *settings, struct notice *notice)
{
	enum desk_status status =
		desk_organisation_set(desk, settings->list, settings->count, notice);

	(void)call;
	return status == DESK_OK ? output_say("The organisation is known.\n", notice) : status;
}

enum desk_status cmd_organisation_set(const struct call *call, struct notice *notice)
{
	return settings_run(call, set_organisation, notice);
}
