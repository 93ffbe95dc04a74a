/*
 * The tabs of a receipt as a table: name, how many there are of it, what is
 * read when it is looked at, what its page says.
 */
#include <stdio.h>
#include <string.h>

#include "core/desk_rights.h"
#include "tui/doors.h"
#include "tui/receipt_lines.h"
#include "tui/receipt_parts.h"
#include "tui/receipt_private.h"

int receipt_list_width(const struct ui *ui)
{
	if (!ui->list || ui->columns < DRAW_WIDE_COLUMNS)
		return 0;
	return ui->columns >= 160 ? 60 : 40;
}

/* What was traced is for the assigned caseworker and who reviews it. */
static bool may_see_found(const struct ui *ui, const struct request *request)
{
	return strcmp(request->assigned_to, desk_person(ui->desk)->name) == 0 ||
	       (request->state == STATE_RELEASE_PROPOSED &&
		       review_is_for(ui, request->state, request->correcting));
}

static struct receipt_whole whole_of(const struct ui *ui, const struct receipt *receipt)
{
	return (struct receipt_whole) { &receipt->request, &receipt->beside, &receipt->history,
		&ui->services, receipt->shows_all, !command_is_barred(ui, COMMAND_JUDGE_YES) };
}

static void summary_page(const struct ui *ui, struct receipt *receipt)
{
	const struct receipt_whole whole = whole_of(ui, receipt);

	part_summary(&receipt->page, &whole);
}

static void form_page(const struct ui *ui, struct receipt *receipt)
{
	lines_form(&receipt->page, &receipt->request, &ui->services);
}

static void subjects_page(const struct ui *ui, struct receipt *receipt)
{
	lines_subjects(&receipt->page, &receipt->request, may_see_found(ui, &receipt->request));
}

static size_t subjects_count(const struct receipt *receipt)
{
	return receipt->request.subject_count;
}

static void notes_page(const struct ui *ui, struct receipt *receipt)
{
	const struct receipt_whole whole = whole_of(ui, receipt);

	part_notes(&receipt->page, &whole);
}

static size_t notes_count(const struct receipt *receipt)
{
	return receipt->beside.note_count + (receipt->request.field[FIELD_NOTE][0] ? 1 : 0);
}

static void letters_page(const struct ui *ui, struct receipt *receipt)
{
	const struct receipt_whole whole = whole_of(ui, receipt);

	part_letters(&receipt->page, &whole);
}

static size_t letters_count(const struct receipt *receipt)
{
	size_t count = receipt->request.to_send ? 1 : 0;

	for (size_t i = 0; i < receipt->beside.letter_count; i++)
		count += receipt->beside.letters[i].id != 0;
	return count;
}

static void files_page(const struct ui *ui, struct receipt *receipt)
{
	const struct receipt_whole whole = whole_of(ui, receipt);

	if (deed_is_allowed(DEED_REQUEST_FILES, desk_person(ui->desk)->roles))
		part_files(&receipt->page, &whole);
	else
		page_labelled(&receipt->page, 0, NULL,
			"Attached files are for caseworkers and supervisors.");
}

static size_t files_count(const struct receipt *receipt)
{
	return receipt->beside.files.count;
}

static void history_page(const struct ui *ui, struct receipt *receipt)
{
	const struct receipt_whole whole = whole_of(ui, receipt);

	part_history(&receipt->page, &whole);
}

static bool history_load(struct ui *ui, struct receipt *receipt)
{
	return desk_request_history(ui->desk, receipt->reference, receipt->because,
		       &receipt->history, &ui->told) == DESK_OK;
}

static void history_clear(struct receipt *receipt)
{
	mem_free(receipt->history.events);
	receipt->history = (struct desk_history) { 0 };
}

static const struct {
	const char *name;
	void (*page)(const struct ui *ui, struct receipt *receipt);
	size_t (*count)(const struct receipt *receipt); /* NULL: there is only one of it */
	/* Reads what is read only when the tab is looked at, telling what went wrong; NULL: nothing
	   is. */
	bool (*load)(struct ui *ui, struct receipt *receipt);
	void (*clear)(struct receipt *receipt); /* what load read */
} tabs[PARTS] = {
	[PART_SUMMARY] = { "Summary", summary_page, NULL, NULL, NULL },
	[PART_FORM] = { "Form", form_page, NULL, NULL, NULL },
	[PART_SUBJECTS] = { "Subjects", subjects_page, subjects_count, NULL, NULL },
	[PART_NOTES] = { "Notes", notes_page, notes_count, NULL, NULL },
	[PART_FILES] = { "Files", files_page, files_count, NULL, NULL },
	[PART_LETTERS] = { "Letters", letters_page, letters_count, NULL, NULL },
	[PART_HISTORY] = { "History", history_page, NULL, history_load, history_clear },
};

bool receipt_has_items(const struct receipt *receipt)
{
	return receipt->part == PART_SUMMARY || receipt->part == PART_FILES ||
	       receipt->part == PART_LETTERS;
}

int receipt_item_first(const struct page *page)
{
	for (size_t i = 0; i < page->count; i++)
		if (page->lines[i].item != PAGE_NO_ITEM)
			return page->lines[i].item;
	return PAGE_NO_ITEM;
}

void receipt_tab_make(const struct ui *ui, struct receipt *receipt)
{
	page_start(&receipt->page, ui->columns - receipt_list_width(ui) - PAGE_MARGIN - 1);
	tabs[receipt->part].page(ui, receipt);
	page_settle(&receipt->page, (size_t)draw_body_rows(ui), PAGE_NO_ITEM);
}

bool receipt_tab_waits(const struct receipt *receipt)
{
	return tabs[receipt->part].load && !receipt->is_loaded[receipt->part];
}

void receipt_tab_load(struct ui *ui, struct receipt *receipt)
{
	if (receipt_tab_waits(receipt))
		receipt->is_loaded[receipt->part] = tabs[receipt->part].load(ui, receipt);
}

void receipt_tabs_clear(struct receipt *receipt)
{
	for (int i = 0; i < PARTS; i++) {
		if (tabs[i].clear)
			tabs[i].clear(receipt);
		receipt->is_loaded[i] = false;
	}
}

int receipt_tabs_draw(const struct ui *ui, const struct receipt *receipt)
{
	int column = 1;

	for (int i = 0; i < PARTS; i++) {
		bool is_here = (enum part)i == receipt->part;
		size_t count = tabs[i].count ? tabs[i].count(receipt) : 0;
		char text[64], shown[32] = "";

		if (count > 0)
			snprintf(shown, sizeof(shown), " %zu", count);
		snprintf(text, sizeof(text), is_here ? "[%s%s]" : "%s%s", tabs[i].name, shown);
		column += draw_text(DRAW_PATH, column, ui->columns - column,
				  is_here ? DRAW_BOLD : DRAW_PLAIN, text) +
			  2;
	}
	return column;
}

unsigned receipt_tab_open(struct ui *ui, struct receipt *receipt, int part)
{
	receipt->part = (enum part)((part + PARTS) % PARTS);
	receipt->page.top = 0;
	if (receipt_tab_waits(receipt))
		return SCREEN_RELOAD;
	receipt_tab_make(ui, receipt);
	receipt->item =
		receipt_has_items(receipt) ? receipt_item_first(&receipt->page) : PAGE_NO_ITEM;
	return SCREEN_STAY;
}
