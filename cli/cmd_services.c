/*
 * service list, service set.
 */
#include "cli/command.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/settings.h"
#include "core/services.h"

static const struct sheet_column columns[] = {
	{ .name = "code", .title = "Service" },
	{ .name = "label", .title = "In the register" },
	{ .name = "position", .title = "Place", .kind = CELL_NUMBER },
	{ .name = "accepts_from", .title = "Accepts from", .kind = CELL_DAY },
	{ .name = "accepts_to", .title = "Accepts to", .kind = CELL_DAY },
	{ .name = "held_from", .title = "Held from", .kind = CELL_DAY },
	{ .name = "suspended", .title = "Suspended", .kind = CELL_YES_NO },
	{ .name = "shown_from", .title = "Shown from" },
	{ .name = "shown_to", .title = "Shown to" },
	{ .name = "note", .title = "Note" },
	{ .name = "note_from", .title = "Note from" },
	{ .name = "footnote", .title = "Footnote" },
	{ .name = "target_days", .title = "Target", .kind = CELL_NUMBER },
};

static void add_row(struct sheet *sheet, const struct service *row)
{
	sheet_text(sheet, row->code);
	sheet_text(sheet, row->label);
	sheet_number(sheet, row->position);
	sheet_text(sheet, row->accepts_from);
	sheet_text(sheet, row->accepts_to);
	sheet_text(sheet, row->held_from);
	sheet_yes_no(sheet, row->suspended);
	sheet_text(sheet, row->shown_from);
	sheet_text(sheet, row->shown_to);
	sheet_text(sheet, row->note);
	sheet_text(sheet, row->note_from);
	sheet_text(sheet, row->footnote);
	if (row->target_days > 0)
		sheet_number(sheet, row->target_days);
	else
		sheet_text(sheet, "");
}

static enum desk_status write_services(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct service_list services = { 0 };
	struct desk *desk = NULL;
	struct sheet *sheet;
	enum desk_status status = session_desk(call, &desk, notice);

	if (status == DESK_OK)
		status = desk_services(desk, &services.rows, &services.count, notice);
	desk_close(desk);
	if (status != DESK_OK)
		return status;
	sheet = sheet_new(columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < services.count; i++)
		add_row(sheet, &services.rows[i]);
	services_clear(&services);
	return output_sheet_done(output, sheet, notice);
}

enum desk_status cmd_service_list(const struct call *call, struct notice *notice)
{
	return output_run(call, write_services, notice);
}

static enum desk_status set_service(struct desk *desk, const struct call *call,
	const struct settings *settings, struct notice *notice)
{
	enum desk_status status =
		desk_service_set(desk, call_word(call, 0), settings->list, settings->count, notice);

	return status == DESK_OK ? output_say("The service is changed.\n", notice) : status;
}

enum desk_status cmd_service_set(const struct call *call, struct notice *notice)
{
	return settings_run(call, set_service, notice);
}
