/*
 * What ties a receipt to others and to the world: a link, an incident, another
 * outcome of a decided one, that its letter has gone.
 */
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/letters.h"
#include "core/text.h"
#include "tui/decide.h"
#include "tui/moves.h"

/* What each outcome can be corrected to. */
static const struct code from_rejected[] = {
	{ "approved_trace", "Approved - Trace" },
	{ "approved_no_trace", "Approved - No Trace" },
};
static const struct code from_trace[] = {
	{ "rejected", "Rejected" },
	{ "approved_no_trace", "Approved - No Trace" },
};
static const struct code from_no_trace[] = {
	{ "rejected", "Rejected" },
	{ "approved_trace", "Approved - Trace" },
};
static const struct code_set to_what[STATE_WITHDRAWN + 1] = {
	[STATE_REJECTED] = { "correction", from_rejected, 2 },
	[STATE_APPROVED_TRACE] = { "correction", from_trace, 2 },
	[STATE_APPROVED_NO_TRACE] = { "correction", from_no_trace, 2 },
};

static void add_line(struct decide *decide, const char *code, const char *label, bool is_needed)
{
	answers_add(&decide->form, &(struct entry) { .kind = ENTRY_TEXT,
					   .label = label,
					   .code = code,
					   .rows = 1,
					   .is_needed = is_needed });
}

void build_link(const struct ui *ui, struct decide *decide)
{
	(void)ui;
	add_line(decide, "other", "The other's reference", true);
}

/* "tr-2020-000123" is meant as it is printed. */
bool make_link(struct ui *ui, struct decide *decide)
{
	const char *typed = answers_value(&decide->form, "other", 0);
	char other[REFERENCE_SIZE];
	struct desk_move move = {
		.move = MOVE_LINK, .reference = decide->argument.request->reference, .other = other
	};
	size_t size;

	typed += strspn(typed, " ");
	snprintf(other, sizeof(other), "%s", typed);
	size = strcspn(other, " ");
	other[size] = '\0';
	for (size_t i = 0; i < size; i++)
		if (other[i] >= 'a' && other[i] <= 'z')
			other[i] = (char)(other[i] - 'a' + 'A');
	return receipt_move(ui, &move);
}

void build_incident(const struct ui *ui, struct decide *decide)
{
	decide_add_text(decide, "what", "What happened", 4);
	decide_add_day(ui, decide, "day", "When");
	add_line(decide, "told", "Who was told", false);
	add_line(decide, "reference", "Their reference", false);
}

bool make_incident(struct ui *ui, struct decide *decide)
{
	char day[DAY_SIZE];
	struct incident incident;
	const struct desk_move move = { .move = MOVE_INCIDENT,
		.reference = decide->argument.request->reference,
		.incident = &incident };

	if (!decide_day(ui, decide, "day", day))
		return false;
	incident = (struct incident) { .what = answers_value(&decide->form, "what", 0),
		.when = day,
		.told = answers_value(&decide->form, "told", 0),
		.reference = answers_value(&decide->form, "reference", 0) };
	return receipt_move(ui, &move);
}

void build_correct(const struct ui *ui, struct decide *decide)
{
	const struct code_set *reasons = code_set_find("reason");
	const enum request_state state = decide->argument.request->state;
	const char *heading = "Reasons, when it is to be Rejected";

	(void)ui;
	decide_add_choice(decide, "outcome", "It is to be", &to_what[state]);
	decide_add_text(decide, "text", "Why", 3);
	for (size_t i = 0; state != STATE_REJECTED && i < reasons->count; i++) {
		if (strcmp(reasons->codes[i].code, "guardian_withheld") == 0)
			continue;
		answers_add(&decide->form, &(struct entry) { .kind = ENTRY_TICK,
						   .label = reasons->codes[i].label,
						   .code = reasons->codes[i].code,
						   .heading = heading });
		heading = NULL;
	}
}

bool make_correct(struct ui *ui, struct decide *decide)
{
	char *reasons = answers_ticked(&decide->form);
	const struct correction correction = { answers_value(&decide->form, "outcome", 0), reasons,
		answers_value(&decide->form, "text", 0) };
	const struct desk_move move = { .move = MOVE_CORRECT,
		.reference = decide->argument.request->reference,
		.correction = &correction };
	bool is_made = receipt_move(ui, &move);

	mem_free(reasons);
	return is_made;
}

/* The way asked for on the form, where it is one of ours, else the way the request came; "" when
   neither may carry that letter. */
static const char *way_likely(const struct request *request)
{
	const struct code_set *channels = code_set_find("channel");
	const struct letter letter = { .kind = letter_of_state(request->state),
		.request = request };
	const char *asked = request->field[FIELD_RETURN_ROUTE];
	const char *came = request->field[FIELD_CHANNEL];

	for (size_t i = 0; i < channels->count; i++)
		if ((text_is_same_name(asked, channels->codes[i].label) ||
			    strcmp(asked, channels->codes[i].code) == 0) &&
			letter_may_go_by(&letter, channels->codes[i].code))
			return channels->codes[i].code;
	return letter_may_go_by(&letter, came) ? came : "";
}

void build_sent(const struct ui *ui, struct decide *decide)
{
	decide_add_choice(decide, "channel", "It went by", code_set_find("channel"));
	answers_choose(&decide->form.entries[0], way_likely(decide->argument.request));
	decide_add_day(ui, decide, "day", "On");
}

bool make_sent(struct ui *ui, struct decide *decide)
{
	char day[DAY_SIZE];
	const struct sending sending = { answers_value(&decide->form, "channel", 0), day };
	const struct desk_move move = { .move = MOVE_SENT,
		.reference = decide->argument.request->reference,
		.sending = &sending };

	return decide_day(ui, decide, "day", day) && receipt_move(ui, &move);
}
