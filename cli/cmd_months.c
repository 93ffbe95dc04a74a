/*
 * month list, month close, month revise, release list.
 */
#include <string.h>

#include "cli/command.h"
#include "cli/complain.h"
#include "cli/life.h"
#include "cli/output.h"
#include "cli/session.h"
#include "core/codes.h"

static const struct sheet_column month_columns[] = {
	{ .name = "month", .title = "Month" },
	{ .name = "status", .title = "Status" },
	{ .name = "closed_on", .title = "Closed on", .kind = CELL_DAY },
	{ .name = "revision", .title = "Revision", .kind = CELL_NUMBER },
};

static enum desk_status write_months(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct month *months = NULL;
	struct desk *desk = NULL;
	struct sheet *sheet;
	size_t count = 0;
	enum desk_status status = session_desk(call, &desk, notice);

	if (status == DESK_OK)
		status = desk_months(desk, &months, &count, notice);
	desk_close(desk);
	if (status != DESK_OK)
		return status;
	sheet = sheet_new(month_columns, sizeof(month_columns) / sizeof(month_columns[0]));
	for (size_t i = 0; i < count; i++) {
		sheet_text(sheet, months[i].month);
		sheet_text(sheet, months[i].closed ? "closed" : "open");
		sheet_text(sheet, months[i].closed_on);
		sheet_number(sheet, months[i].revision);
	}
	mem_free(months);
	return output_sheet_done(output, sheet, notice);
}

enum desk_status cmd_month_list(const struct call *call, struct notice *notice)
{
	return output_run(call, write_months, notice);
}

/* Warnings go to standard error; the difference and the checkpoint are the answer. */
static enum desk_status say_closing(struct desk_closing *closing, struct notice *notice)
{
	struct buffer text;
	enum desk_status status;

	if (*closing->warning)
		complain(closing->warning);
	buffer_init(&text);
	if (closing->difference)
		buffer_print(&text, "%s is published as revision %d:\n%s\n", closing->month,
			closing->revision, closing->difference);
	else
		buffer_print(&text, "%s is closed.\n\n", closing->month);
	buffer_add(&text, "Keep this checkpoint with somebody who cannot write to the store:\n\n");
	buffer_add(&text, closing->checkpoint);
	status = output_say(buffer_text(&text), notice);
	buffer_done(&text);
	return status;
}

enum desk_status cmd_month_close(const struct call *call, struct notice *notice)
{
	struct desk_closing closing = { 0 };
	struct desk *desk = NULL;
	enum desk_status status = session_desk(call, &desk, notice);

	if (status == DESK_OK)
		status = desk_month_close(desk, call_word(call, 0), &closing, notice);
	desk_close(desk);
	if (status == DESK_OK)
		status = say_closing(&closing, notice);
	desk_closing_clear(&closing);
	return status;
}

enum desk_status cmd_month_revise(const struct call *call, struct notice *notice)
{
	struct desk_closing closing = { 0 };
	struct desk *desk = NULL;
	char *why = NULL;
	enum desk_status status;

	if (!call->value[OPTION_FROM])
		return call_misused(call, notice,
			"why is missing; give --from FILE with the sentence of the footnote");
	status = life_text(call->value[OPTION_FROM], &why, notice);
	if (status == DESK_OK)
		status = session_desk(call, &desk, notice);
	if (status == DESK_OK)
		status = desk_month_revise(desk, call_word(call, 0), why, &closing, notice);
	desk_close(desk);
	mem_free(why);
	if (status == DESK_OK)
		status = say_closing(&closing, notice);
	desk_closing_clear(&closing);
	return status;
}

static const struct sheet_column release_columns[] = {
	{ .name = "released", .title = "Released", .kind = CELL_DAY },
	{ .name = "reference", .title = "Receipt" },
	{ .name = "organisation", .title = "Organisation" },
	{ .name = "service", .title = "Service", .not_in_text = true },
	{ .name = "items", .title = "Items", .not_in_text = true, .kind = CELL_LIST },
	{ .name = "item_names", .title = "Items", .text_only = true },
	{ .name = "legal_basis", .title = "Legal basis", .not_in_text = true },
	{ .name = "legal_basis_name", .title = "Legal basis", .text_only = true },
	{ .name = "purpose", .title = "Purpose", .not_in_text = true },
	{ .name = "purpose_name", .title = "Purpose", .text_only = true },
	{ .name = "opt_outs_applied", .title = "Opt-outs applied", .kind = CELL_YES_NO },
	{ .name = "opt_outs_why", .title = "" },
	{ .name = "imported", .title = "Taken over", .kind = CELL_YES_NO },
};

/* The desk looks up no opt-outs, so none is ever applied. Where the answer had to be given, none
   could have been. */
static const char *opt_outs_why(const char *legal_basis)
{
	static const struct {
		const char *basis, *why;
	} duties[] = {
		{ "court_order", "order of a court" },
		{ "caa1995_s17", "required by law" },
		{ "cja2009_sch5", "required by law" },
	};

	for (size_t i = 0; i < sizeof(duties) / sizeof(duties[0]); i++)
		if (strcmp(duties[i].basis, legal_basis) == 0)
			return duties[i].why;
	return "none looked up";
}

static void add_release(struct sheet *sheet, const struct release *row)
{
	struct buffer items;

	buffer_init(&items);
	codes_show("item", row->items, &items);
	sheet_text(sheet, row->decided);
	sheet_text(sheet, row->reference);
	sheet_text(sheet, row->organisation);
	sheet_text(sheet, row->service);
	sheet_text(sheet, row->items);
	sheet_text(sheet, buffer_text(&items));
	sheet_text(sheet, row->legal_basis);
	sheet_text(sheet, code_shown("legal_basis", row->legal_basis));
	sheet_text(sheet, row->purpose);
	sheet_text(sheet, code_shown("purpose", row->purpose));
	sheet_yes_no(sheet, false);
	sheet_text(sheet, opt_outs_why(row->legal_basis));
	sheet_yes_no(sheet, row->imported);
	buffer_done(&items);
}

static enum desk_status write_releases(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct release *releases = NULL;
	struct desk *desk = NULL;
	struct sheet *sheet;
	size_t count = 0;
	enum desk_status status = session_desk(call, &desk, notice);

	if (status == DESK_OK)
		status = desk_releases(desk, call_word(call, 0), &releases, &count, notice);
	desk_close(desk);
	if (status != DESK_OK)
		return status;
	sheet = sheet_new(release_columns, sizeof(release_columns) / sizeof(release_columns[0]));
	for (size_t i = 0; i < count; i++)
		add_release(sheet, &releases[i]);
	releases_clear(releases, count);
	mem_free(releases);
	return output_sheet_done(output, sheet, notice);
}

enum desk_status cmd_release_list(const struct call *call, struct notice *notice)
{
	return output_run(call, write_releases, notice);
}
