/*
 * The checks beside the form, in the order in which they matter: what fails,
 * what is doubtful, what is not entered yet, what a person must judge. Sentences
 * are wrapped, never cut; what finds no room is counted.
 */
#include "tui/log_side.h"

#include <string.h>

#include "core/buffer.h"
#include "tui/log_form.h"
#include "tui/log_private.h"

enum { MARK = 2 };

enum side_kind { SIDE_FAILS, SIDE_WARNS, SIDE_WAITS, SIDE_OPEN, SIDE_KINDS };

static const struct {
	const char *mark;
	enum draw_style style;
} kinds[SIDE_KINDS] = {
	[SIDE_FAILS] = { "✗", DRAW_BAD },
	[SIDE_WARNS] = { "!", DRAW_BOLD },
	[SIDE_WAITS] = { "…", DRAW_PLAIN },
	[SIDE_OPEN] = { "?", DRAW_PLAIN },
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

/* Draws on the lines from row on that are left. */
struct side {
	const struct draw_area *area;
	int row;  /* of the area */
	int kept; /* lines kept free at its end */
	size_t hidden;
};

static void side_add(struct side *side, enum side_kind kind, const char *words)
{
	int left = side->area->rows - side->kept - side->row;
	const struct draw_area area = { side->area->row + side->row, side->area->column + MARK,
		left, side->area->width - MARK };

	if (draw_lines(words, area.width) > left) {
		side->hidden++;
		return;
	}
	draw_text(area.row, side->area->column, MARK, kinds[kind].style, kinds[kind].mark);
	side->row += draw_wrapped(&area, DRAW_PLAIN, words);
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

static void side_unlisted(struct side *side, const struct form *form)
{
	struct buffer words;

	for (size_t i = 0; i < form->count; i++) {
		if (!form->fields[i].is_unlisted || !form->fields[i].is_shown)
			continue;
		buffer_init(&words);
		buffer_print(&words, "%s: %s", form->fields[i].place->label, known_unlisted);
		side_add(side, SIDE_WARNS, buffer_text(&words));
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

/* Is what the check waits for told by side_missing? */
static bool is_missing_told(const struct desk_findings *findings, size_t index)
{
	return finding_kind(&findings->finding[index]) == SIDE_WAITS &&
	       findings->needs.tells[index];
}

static void side_findings(
	struct side *side, const struct desk_findings *findings, enum side_kind kind)
{
	for (size_t i = 0; i < findings->count; i++)
		if (finding_kind(&findings->finding[i]) == kind && !is_told(findings, i) &&
			!is_missing_told(findings, i))
			side_add(side, kind, findings->finding[i].sentence);
}

/* The needed fields of the group that begins there: "requester: rank, number". Returns where the
   next one begins. */
static size_t group_words(const struct form *form, size_t first, struct buffer *out)
{
	const struct form_place *lead = form->fields[first].place;
	bool is_several = form->fields[form->count - 1].subject > 0;
	size_t i = first;

	do {
		const struct form_field *field = &form->fields[i];

		if (!field->is_needed)
			continue;
		if (out->size > 0)
			buffer_add(out, ", ");
		else if (lead->whose && lead->place == COLUMN_SUBJECT && is_several)
			buffer_print(out, "%s %zu: ", lead->whose, field->subject + 1);
		else if (lead->whose)
			buffer_print(out, "%s: ", lead->whose);
		buffer_add(out, i == first && lead->own ? lead->own : field->place->label);
	} while (++i < form->count && form->fields[i].place->shape != FORM_GROUP);
	return i;
}

/* What is not entered yet, as the form calls it, a line for each group. */
static void side_missing(struct side *side, const struct form *form)
{
	for (size_t i = 0; i < form->count;) {
		struct buffer words;

		buffer_init(&words);
		i = group_words(form, i, &words);
		if (words.size > 0)
			side_add(side, SIDE_WAITS, buffer_text(&words));
		buffer_done(&words);
	}
}

static size_t passed_count(const struct desk_findings *findings)
{
	size_t passed = 0;

	for (size_t i = 0; i < findings->count; i++)
		passed += findings->finding[i].result == RULE_PASS;
	return passed;
}

void side_draw(
	const struct draw_area *area, const struct form *form, const struct desk_findings *findings)
{
	struct side side = { .area = area, .kept = 1 };
	size_t passed = passed_count(findings);
	struct buffer words;

	side_wrong(&side, form);
	side_findings(&side, findings, SIDE_FAILS);
	side_unlisted(&side, form);
	side_findings(&side, findings, SIDE_WARNS);
	side_missing(&side, form);
	side_findings(&side, findings, SIDE_WAITS);
	side_findings(&side, findings, SIDE_OPEN);
	buffer_init(&words);
	if (side.hidden > 0)
		buffer_print(&words, "+ %zu more  ", side.hidden);
	if (passed > 0)
		buffer_print(&words, "✓ %zu %s", passed, passed == 1 ? "passes" : "pass");
	draw_text(area->row + side.row, area->column, area->width, DRAW_PLAIN, buffer_text(&words));
	buffer_done(&words);
}

static void tell_findings(struct log *log, enum side_kind kind, struct buffer *out)
{
	const struct desk_findings *findings = &log->findings;

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->finding[i];
		enum rule_advice advice = finding->rule->advice;
		bool is_against = kind == SIDE_FAILS && advice == ADVICE_REJECT;
		bool is_asked = kind == SIDE_WAITS || advice == ADVICE_QUERY;

		if (finding_kind(finding) != kind || is_told(findings, i) ||
			is_missing_told(findings, i) || (!is_against && !is_asked))
			continue;
		log->asks += !is_against;
		log->against += is_against;
		buffer_print(out, "%s %s\n", kinds[kind].mark, finding->sentence);
	}
}

void log_tell(struct log *log)
{
	size_t shown, i = 0;
	struct buffer told;

	log->asks = log_form_needed(&log->form, &shown);
	log->against = 0;
	buffer_init(&told);
	tell_findings(log, SIDE_FAILS, &told);
	tell_findings(log, SIDE_WARNS, &told);
	while (i < log->form.count) {
		struct buffer words;

		buffer_init(&words);
		i = group_words(&log->form, i, &words);
		if (words.size > 0)
			buffer_print(&told, "%s %s\n", kinds[SIDE_WAITS].mark, buffer_text(&words));
		buffer_done(&words);
	}
	tell_findings(log, SIDE_WAITS, &told);
	mem_free(log->told);
	log->told = buffer_take(&told);
}
