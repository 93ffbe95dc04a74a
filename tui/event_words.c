/*
 * An event for people.
 */
#include "tui/event_words.h"

#include <inttypes.h>
#include <stdio.h>

#include "core/desk_rights.h"
#include "tui/draw.h"
#include "tui/receipt_parts.h"

enum { NUMBER_END = 9, WHEN = 11, WHO = 28, WHAT = 38, ABOUT_WIDTH = 15 };

static const char *who_shown(const struct event *event)
{
	return *event->person_name != '\0' ? event->person_name : "nobody";
}

void event_line_draw(int row, int width, const struct log_entry *entry, bool is_selected)
{
	const struct event *event = &entry->event;
	enum draw_style style = is_selected ? DRAW_BOLD : DRAW_PLAIN;
	int about = width - ABOUT_WIDTH;
	char number[24], when[32];

	snprintf(number, sizeof(number), "%" PRId64, event->sequence);
	moment_shown(event->time, when);
	draw_text(row, 0, 1, DRAW_BOLD, is_selected ? "▸" : " ");
	draw_text_right(row, NUMBER_END, NUMBER_END - 1, style, number);
	draw_text(row, WHEN, WHO - WHEN - 1, style, when);
	draw_text(row, WHO, WHAT - WHO - 1, style, who_shown(event));
	draw_text(row, WHAT, about - WHAT - 1, style, event_kind_name((int)event->kind));
	draw_text(row, about, ABOUT_WIDTH, style, event->reference);
}

void event_heads_draw(int row, int width)
{
	draw_text_right(row, NUMBER_END, NUMBER_END - 1, DRAW_FAINT, "Event");
	draw_text(row, WHEN, WHO - WHEN - 1, DRAW_FAINT, "When (UTC)");
	draw_text(row, WHO, WHAT - WHO - 1, DRAW_FAINT, "Who");
	draw_text(row, WHAT, ABOUT_WIDTH, DRAW_FAINT, "What");
	draw_text(row, width - ABOUT_WIDTH, ABOUT_WIDTH, DRAW_FAINT, "About");
}

void event_words(const struct log_entry *entry, struct buffer *out)
{
	const struct event *event = &entry->event;
	char when[32], roles[128];

	moment_shown(event->time, when);
	roles_text(event->role, roles, sizeof(roles));
	buffer_print(out, "Event %" PRId64 ", %s UTC\n%s%s%s%s\n%s", event->sequence, when,
		who_shown(event), *roles != '\0' ? " (" : "", roles, *roles != '\0' ? ")" : "",
		event_kind_name((int)event->kind));
	if (*event->reference != '\0')
		buffer_print(out, ": %s", event->reference);
	if (*entry->told != '\0')
		buffer_print(out, "\n\n%s", entry->told);
}
