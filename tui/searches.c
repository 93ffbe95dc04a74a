/*
 * What was searched for, and what can be.
 */
#include "tui/searches.h"

#include <stdio.h>
#include <string.h>

#include "tui/draw.h"

static const char *const known_words[] = {
	"Words: names, organisations, offences, references and notes that begin so",
	"state:in_triage  service:police,nca  organisation:\"kent police\"  assigned:me",
	"received:2020-11..2020-12  decided:2020  reason:not_speculative",
	"open  decided  overdue  unsent  flagged  duplicate  imported",
	"rule:signed_and_dated:fail  ref:TR-2020-000123  subject:\"otesta ann\"",
	"nhs:9990000018  born:1980-01-31     not: before any word turns it round",
};
enum { KNOWN = sizeof(known_words) / sizeof(known_words[0]) };

void searches_keep(struct ui *ui, const char *text)
{
	struct searches *searches = &ui->searches;
	size_t size = searches->count > 0 ? strlen(searches->text[0]) : 0;
	bool goes_on = searches->count > 0 && strncmp(text, searches->text[0], size) == 0;

	if (goes_on) {
		mem_free(searches->text[0]);
	} else {
		if (searches->count == SEARCHES_MOST)
			mem_free(searches->text[--searches->count]);
		memmove(searches->text + 1, searches->text,
			(size_t)searches->count * sizeof(searches->text[0]));
		searches->count++;
	}
	searches->text[0] = mem_text(text);
}

int searches_count(const struct ui *ui)
{
	return ui->searches.count;
}

size_t searches_get(const struct ui *ui, int index, char *out_text, size_t size)
{
	int length = snprintf(out_text, size, "%s", ui->searches.text[index]);

	return length < (int)size ? (size_t)length : size - 1;
}

void searches_draw(const struct ui *ui, int chosen)
{
	int row = DRAW_BODY + 1, rows = draw_body_rows(ui) - KNOWN - 4;
	int first = chosen >= rows ? chosen - rows + 1 : 0;

	for (int i = 0; i < KNOWN; i++)
		draw_text(row++, 2, ui->columns - 4, i == 0 ? DRAW_PLAIN : DRAW_FAINT,
			known_words[i]);
	if (ui->searches.count == 0)
		return;
	draw_text(++row, 2, ui->columns - 4, DRAW_BOLD, "Searched for in this session");
	for (int i = first; i < ui->searches.count && i < first + rows; i++) {
		row++;
		draw_text(row, 1, 1, DRAW_BOLD, i == chosen ? "▸" : " ");
		draw_text(row, 3, ui->columns - 5, i == chosen ? DRAW_BOLD : DRAW_PLAIN,
			ui->searches.text[i]);
	}
}

void searches_clear(struct ui *ui)
{
	while (ui->searches.count > 0)
		mem_free(ui->searches.text[--ui->searches.count]);
}
