/*
 * What the keys of a receipt's files do: view one, attach another, copy one out.
 */
#include <stdio.h>

#include "core/desk_rights.h"
#include "tui/receipt_private.h"
#include "tui/viewer.h"

static const struct receipt_file *file_selected(const struct receipt *receipt)
{
	if (receipt->item == PAGE_NO_ITEM || (size_t)receipt->item >= receipt->beside.files.count)
		return NULL;
	return &receipt->beside.files.files[receipt->item];
}

const char *receipt_file_cannot(
	const struct ui *ui, const struct receipt *receipt, enum command_id id)
{
	if (!deed_is_allowed(DEED_REQUEST_FILES, desk_person(ui->desk)->roles))
		return "Attached files are for caseworkers and supervisors";
	if (id != COMMAND_ATTACH && !file_selected(receipt))
		return "No file is attached";
	return NULL;
}

unsigned receipt_file_act(struct ui *ui, struct receipt *receipt, enum command_id id)
{
	const char *why = receipt_file_cannot(ui, receipt, id);

	if (id != COMMAND_ATTACH && receipt->part != PART_FILES)
		return SCREEN_STAY;
	if (why) {
		(void)snprintf(ui->told.text, sizeof(ui->told.text), "%s", why);
		return SCREEN_STAY;
	}
	if (id == COMMAND_VIEW) {
		receipt->wanted = id;
		return SCREEN_RELOAD;
	}
	receipt->file = (struct file_argument) { receipt->reference, receipt->because,
		id == COMMAND_EXTRACT ? file_selected(receipt) : NULL };
	ui->next = &scr_file;
	ui->next_argument = &receipt->file;
	return SCREEN_PUSH;
}

void receipt_file_view(struct ui *ui, struct receipt *receipt)
{
	const struct receipt_file *file = file_selected(receipt);
	struct desk_file_wish wish = {
		.reference = receipt->reference, .because = receipt->because, .number = file->number
	};
	char title[REFERENCE_SIZE + 32];

	receipt->wanted = COMMAND_NONE;
	(void)snprintf(
		title, sizeof(title), "%s file %lld", receipt->reference, (long long)file->number);
	if (viewer_show(ui, &wish, title) == DESK_OK)
		(void)snprintf(ui->told.text, sizeof(ui->told.text), "Viewed; that is recorded");
}
