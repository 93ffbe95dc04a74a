/*
 * The demo's open receipts, logged and worked on by its people through the
 * desk's own functions, step by step from the table of core/demo_life.h.
 */
#include <stdio.h>
#include <string.h>

#include "core/columns.h"
#include "core/demo_life.h"
#include "core/life_private.h"

enum { SUBJECTS_MOST = 8 };

/* A step of the table as a move of the desk; the parts it borrows. */
struct step_move {
	struct desk_move move;
	struct request_patch patch;
	struct trace_answer answers[SUBJECTS_MOST];
	char codes[SUBJECTS_MOST][CODE_SIZE];
};

static void fill_trace(struct step_move *made, const struct demo_found *found)
{
	const char *place = found->codes;
	size_t count = 0;

	while (count < SUBJECTS_MOST && list_take(&place, made->codes[count], CODE_SIZE)) {
		bool is_found = strcmp(made->codes[count], "98") != 0;

		made->answers[count] = (struct trace_answer) { made->codes[count],
			is_found ? found->matched_on : "", found->s_flag ? "yes" : "no",
			found->identity_changed ? "yes" : "no", is_found ? found->values : "" };
		count++;
	}
	made->move.answers = made->answers;
	made->move.answer_count = count;
	made->move.recipient = found->recipient;
}

/* "column=value". */
static void fill_answer(struct step_move *made, const char *what)
{
	size_t size = strcspn(what, "=");
	char name[CODE_SIZE];
	const struct column *column;

	(void)snprintf(name, sizeof(name), "%.*s", (int)size, what);
	column = column_find(name);
	request_init(&made->patch.values);
	if (column && column->place == COLUMN_REQUEST) {
		made->patch.has_field[column->field] = true;
		record_set(&made->patch.values.field[column->field], what + size + 1);
	}
	made->move.patch = &made->patch;
}

static void fill_step(const struct demo_step *step, const char *reference, struct step_move *made)
{
	struct desk_move *move = &made->move;

	*made = (struct step_move) {
		.move = { .move = step->move, .reference = reference, .text = step->text }
	};
	if (step->move == MOVE_ASSIGN) {
		move->person = step->what;
	} else if (step->move == MOVE_JUDGE) {
		move->rule = step->what;
		move->holds = step->text == NULL;
		move->text = NULL;
	} else if (step->move == MOVE_TRACE) {
		move->items = step->what;
		fill_trace(made, step->found);
	} else if (step->move == MOVE_ANSWER) {
		fill_answer(made, step->what);
	} else {
		move->codes = step->what;
	}
}

static enum desk_status step_take(struct desk *const clerks[], const struct demo_step *step,
	const char *reference, struct notice *notice)
{
	struct step_move *made = mem_new(1, sizeof(*made));
	struct desk_saved saved;
	enum desk_status status;

	fill_step(step, reference, made);
	status = desk_move(clerks[step->clerk], &made->move, &saved, notice);
	desk_saved_clear(&saved);
	if (made->move.patch)
		request_patch_clear(&made->patch);
	mem_free(made);
	return status;
}

static enum desk_status form_log(struct desk *desk, const struct request *form,
	char out_reference[REFERENCE_SIZE], struct notice *notice)
{
	struct request_patch patch = { .has_subjects = true, .values = *form };
	struct desk_saved saved;
	enum desk_status status;

	for (int i = 0; i < REQUEST_INTAKE_COUNT; i++)
		patch.has_field[i] = *form->field[i] != '\0';
	status = desk_request_add(desk, &patch, &saved, notice);
	memcpy(out_reference, saved.reference, REFERENCE_SIZE);
	desk_saved_clear(&saved);
	return status;
}

enum desk_status desk_demo_live(
	struct desk *const clerks[], const struct request *forms, struct notice *notice)
{
	char reference[REFERENCE_SIZE];
	enum desk_status status = DESK_OK;

	for (size_t i = 0; i < DEMO_OPEN_COUNT && status == DESK_OK; i++) {
		const struct demo_life *life = demo_life_at(i);

		status = form_log(clerks[life->clerk], &forms[i], reference, notice);
		for (size_t s = 0; s < life->step_count && status == DESK_OK; s++)
			status = step_take(clerks, &life->steps[s], reference, notice);
	}
	return status;
}
