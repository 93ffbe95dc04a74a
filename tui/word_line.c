/*
 * The line of words.
 */
#include "tui/word_line.h"

#include <curses.h>
#include <string.h>

#include "core/words.h"
#include "tui/draw.h"

void word_line_init(struct word_line *words)
{
	line_init(&words->line, words->text, sizeof(words->text));
	words->why[0] = '\0';
}

bool word_line_read(struct word_line *words, word_line_add *add, void *filter)
{
	const char *at = words->text;
	bool is_good = true;
	char *word;

	words->why[0] = '\0';
	while (is_good && (word = words_next(&at)) != NULL) {
		is_good = add(filter, word, words->why);
		words->mistake = (size_t)(at - words->text) - strlen(word);
		mem_free(word);
	}
	return is_good;
}

bool word_line_key(struct word_line *words, int key)
{
	if (key == -KEY_LEFT || key == -KEY_RIGHT)
		return line_move(&words->line, key);
	return line_key(&words->line, key);
}

/* Where the part of the line begins that is shown: its end, when it is too long. */
static const char *line_shown(const struct ui *ui, const struct word_line *words)
{
	const char *shown = words->text;
	int width = ui->columns / 2;

	while (draw_width(shown) >= width)
		do
			shown++;
		while (((unsigned char)*shown & 0xc0) == 0x80);
	return shown;
}

/* The columns that so many bytes of the line take. */
static int part_width(const char *text, size_t size)
{
	char *part = mem_text_sized(text, size);
	int width = draw_width(part);

	mem_free(part);
	return width;
}

void word_line_draw(const struct ui *ui, const char *label, const struct word_line *words)
{
	const char *shown = line_shown(ui, words);
	size_t hidden = (size_t)(shown - words->text);
	size_t before = words->line.size - words->line.after;
	int column = 1 + draw_text(DRAW_PATH, 1, ui->columns / 4, DRAW_PLAIN, label) + 2;

	if (hidden > 0)
		draw_text(DRAW_PATH, column - 1, 1, DRAW_BOLD, "…");
	draw_text(DRAW_PATH, column, ui->columns - column, DRAW_BOLD, shown);
	if (words->why[0] && words->mistake >= hidden)
		draw_text(DRAW_RULE, column + part_width(shown, words->mistake - hidden), 1,
			DRAW_BAD, "^");
	draw_cursor(DRAW_PATH, column + (before > hidden ? part_width(shown, before - hidden) : 0));
}
