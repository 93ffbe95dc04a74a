/*
 * The checks beside the form, in the order in which they matter. Where room is
 * short sentences are cut first, then the rest is counted.
 */
#include "tui/log_side.h"

#include <string.h>

#include "core/buffer.h"

enum { MARK = 2 };

enum side_kind { SIDE_FAILS, SIDE_WARNS, SIDE_WAITS, SIDE_OPEN, SIDE_KINDS };

static const struct {
	const char *mark;
	enum draw_style style;
	int lines; /* of a sentence, at most, where room is short */
} kinds[SIDE_KINDS] = {
	[SIDE_FAILS] = { "✗", DRAW_BAD, 4 },
	[SIDE_WARNS] = { "!", DRAW_BOLD, 3 },
	[SIDE_WAITS] = { "…", DRAW_PLAIN, 2 },
	[SIDE_OPEN] = { "?", DRAW_PLAIN, 1 },
};

static enum side_kind finding_kind(const struct finding *finding)
{
	switch (finding->result) {
	case RULE_FAIL:
		return SIDE_FAILS;
	case RULE_WARN:
		return finding->waits ? SIDE_WAITS : SIDE_WARNS;
	case RULE_OPEN:
		return SIDE_OPEN;
	case RULE_PASS:
	case RULE_NOT_APPLICABLE:
		break;
	}
	return SIDE_KINDS;
}

/* The mark says that it was not entered. */
static const char *finding_words(const struct finding *finding)
{
	static const char waits[] = "Not entered yet: ";
	const char *sentence = finding->sentence;

	return strncmp(sentence, waits, sizeof(waits) - 1) == 0 ? sentence + sizeof(waits) - 1
								: sentence;
}

/* Draws on the lines from *row on that are left. */
struct side {
	const struct draw_area *area;
	int row;  /* of the area */
	int kept; /* lines kept free at its end */
	size_t hidden;
	bool is_measuring; /* nothing is drawn */
	bool is_short;	   /* sentences are cut */
};

/* As draw_wrapped, but the last line tells when there is more. */
static int words_draw(const struct draw_area *area, const char *words, bool is_measuring)
{
	size_t at = 0, next;
	int lines = 0;

	while (words[at] && lines < area->rows) {
		size_t bytes = draw_break(words + at, area->width, &next);
		bool is_last = lines == area->rows - 1;
		char *line = mem_text_sized(words + at, is_last ? strlen(words + at) : bytes);

		if (!is_measuring)
			draw_text(area->row + lines, area->column, area->width, DRAW_PLAIN, line);
		mem_free(line);
		lines++;
		at += next;
	}
	return lines;
}

static void side_add(struct side *side, enum side_kind kind, const char *words)
{
	int left = side->area->rows - side->kept - side->row;
	int most = side->is_short ? kinds[kind].lines : left;
	const struct draw_area area = { side->area->row + side->row, side->area->column + MARK,
		most < left ? most : left, side->area->width - MARK };

	if (left <= 0) {
		side->hidden++;
		return;
	}
	if (!side->is_measuring)
		draw_text(area.row, side->area->column, MARK, kinds[kind].style, kinds[kind].mark);
	side->row += words_draw(&area, words, side->is_measuring);
}

static void side_wrong(struct side *side, const struct form *form)
{
	struct buffer words;

	for (size_t i = 0; i < form->count; i++) {
		const struct form_field *field = &form->fields[i];

		if (!field->is_wrong || !field->is_shown)
			continue;
		buffer_init(&words);
		buffer_print(&words, "%s %s.", field->column->label, field->why);
		side_add(side, SIDE_FAILS, buffer_text(&words));
		buffer_done(&words);
	}
}

/* Two checks may want the same. */
static bool is_told(const struct desk_findings *findings, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (finding_kind(&findings->finding[i]) ==
				finding_kind(&findings->finding[index]) &&
			strcmp(findings->finding[i].sentence, findings->finding[index].sentence) ==
				0)
			return true;
	return false;
}

static void side_findings(struct side *side, const struct desk_findings *findings)
{
	for (enum side_kind kind = SIDE_FAILS; kind < SIDE_KINDS; kind++)
		for (size_t i = 0; i < findings->count; i++)
			if (finding_kind(&findings->finding[i]) == kind && !is_told(findings, i))
				side_add(side, kind, finding_words(&findings->finding[i]));
}

static size_t passed_count(const struct desk_findings *findings)
{
	size_t passed = 0;

	for (size_t i = 0; i < findings->count; i++)
		passed += findings->finding[i].result == RULE_PASS;
	return passed;
}

/* The lines that whole sentences take. */
static int side_measure(
	const struct draw_area *area, const struct form *form, const struct desk_findings *findings)
{
	const struct draw_area endless = { area->row, area->column, 1000, area->width };
	struct side side = { .area = &endless, .is_measuring = true };

	side_wrong(&side, form);
	side_findings(&side, findings);
	return side.row;
}

void side_draw(
	const struct draw_area *area, const struct form *form, const struct desk_findings *findings)
{
	struct side side = { .area = area, .kept = 1 };
	size_t passed = passed_count(findings);
	struct buffer words;

	side.is_short = side_measure(area, form, findings) >= area->rows;
	side_wrong(&side, form);
	side_findings(&side, findings);
	buffer_init(&words);
	if (side.hidden > 0)
		buffer_print(&words, "+ %zu more  ", side.hidden);
	if (passed > 0)
		buffer_print(&words, "✓ %zu %s", passed, passed == 1 ? "passes" : "pass");
	draw_text(area->row + side.row, area->column, area->width, DRAW_PLAIN, buffer_text(&words));
	buffer_done(&words);
}
