/*
 * People and keys: what an administrator sees, who sees no receipt. A one-time
 * password is shown once, from locked memory, and wiped when it is left.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/calendar.h"
#include "core/desk_rights.h"
#include "core/list.h"
#include "db/secret.h"
#include "tui/ask.h"
#include "tui/draw.h"
#include "tui/pick.h"
#include "tui/screen.h"

enum { NAME_COLUMN = 2, FULL_COLUMN = 17, ROLES_COLUMN = 39, STATE_COLUMN = 63 };

struct people {
	struct person *list;
	struct desk_key *keys;
	size_t count, selected, top;
	bool is_new;		/* never loaded */
	enum command_id sure;	/* what y would do to the selected person; else COMMAND_NONE */
	enum command_id wanted; /* by the next load */
	struct secret *made;	/* a one-time password, shown once; NULL: none */
	char made_for[NAME_SIZE];
	enum command_id asked; /* by the form asked with last */
	bool is_asking;	       /* it stands above */
	struct ask_argument ask;
	struct told_argument told;
	char told_of[NAME_SIZE]; /* the list is read again before the next screen opens */
	struct buffer text;	 /* of the text screen above */
	struct notice notice;
};

static const struct code role_codes[] = { { "caseworker", "caseworker" },
	{ "supervisor", "supervisor" }, { "auditor", "auditor" },
	{ "administrator", "administrator (alone)" } };
static const struct code_set role_set = { "role", role_codes, 4 };

static void list_drop(struct people *people)
{
	for (size_t i = 0; i < people->count; i++)
		person_clear(&people->list[i]);
	mem_free(people->list);
	mem_free(people->keys);
	people->list = NULL;
	people->keys = NULL;
	people->count = 0;
}

static const struct person *selected(const struct people *people)
{
	return people->selected < people->count ? &people->list[people->selected] : NULL;
}

static unsigned people_open(struct ui *ui, void *state, const void *argument)
{
	struct people *people = state;

	(void)ui;
	(void)argument;
	people->is_new = true;
	people->sure = COMMAND_NONE;
	people->wanted = COMMAND_NONE;
	return SCREEN_RELOAD;
}

/* Is that person still in the list? He is selected then. */
static bool person_seek(struct people *people, const char *name)
{
	for (size_t i = 0; i < people->count; i++)
		if (strcmp(people->list[i].name, name) == 0) {
			people->selected = i;
			return true;
		}
	return false;
}

static enum desk_status list_read(struct ui *ui, struct people *people)
{
	enum desk_status status;

	list_drop(people);
	status = desk_people(ui->desk, &people->list, &people->count, &people->notice);
	if (status != DESK_OK)
		return status;
	people->keys = mem_new(people->count ? people->count : 1, sizeof(*people->keys));
	if (people->made)
		(void)person_seek(people, people->made_for);
	if (people->selected >= people->count)
		people->selected = people->count ? people->count - 1 : 0;
	return desk_people_keys(
		ui->desk, people->list, people->count, people->keys, &people->notice);
}

/* The open receipts that are nobody's now; false: none. */
static bool work_tell(struct people *people, const char *name, const char *work)
{
	char reference[REFERENCE_SIZE];
	size_t count = 0;

	buffer_done(&people->text);
	buffer_print(
		&people->text, "Open receipts that were with %s and are nobody's now:\n", name);
	for (; list_take(&work, reference, sizeof(reference)); count++)
		buffer_print(&people->text, "\n%s", reference);
	(void)snprintf(people->told_of, sizeof(people->told_of), "%s", name);
	people->told = (struct told_argument) { .title = "Work given back",
		.path = people->told_of,
		.text = buffer_text(&people->text),
		.explain = "Tell a supervisor, who gives them to somebody else." };
	return count > 0;
}

/* What y was pressed for. */
static unsigned person_act(struct ui *ui, struct people *people, enum command_id id)
{
	const struct person *person = selected(people);
	const struct desk_renewal renewal = { .name = person->name,
		.is_back = id == COMMAND_ENABLE };
	char *work = NULL;
	unsigned flags = SCREEN_STAY;

	if (id == COMMAND_UNLOCK_PERSON) {
		if (desk_user_unlock(ui->desk, person->name, &people->notice) == DESK_OK)
			(void)notice_set(
				&people->notice, DESK_OK, "%s can log in again.", person->name);
	} else if (id == COMMAND_DISABLE) {
		if (desk_user_disable(ui->desk, person->name, &work, &people->notice) == DESK_OK)
			(void)notice_set(&people->notice, DESK_OK, "%s is disabled.", person->name);
		if (work && work_tell(people, person->name, work)) {
			ui->next = &scr_told;
			ui->next_argument = &people->told;
			flags = SCREEN_PUSH;
		}
		mem_free(work);
	} else if (desk_user_renew(ui->desk, &renewal, &people->made, &people->notice) == DESK_OK) {
		memcpy(people->made_for, person->name, sizeof(people->made_for));
	}
	return flags;
}

static void info_words(const struct ui *ui, const struct desk_store_info *info, struct buffer *out)
{
	buffer_print(out, "Store           %s\n", ui->store);
	buffer_print(out, "Format          %d, %s\n", info->format,
		info->is_demo ? "a demo store" : "an ordinary store");
	buffer_print(out, "Sealed with     %s, pages of %d bytes\n", info->cipher, info->page_size);
	buffer_print(out, "A guess costs   %" PRIu64 " MiB of memory, passes: %u\n",
		info->kdf_memory_bytes >> 20, (unsigned)info->kdf_passes);
	buffer_print(out, "Locked memory   %s\n\n",
		info->locked_memory ? "yes" : "no: passwords may reach the swap");
	buffer_print(out, "Key slots       %d of %d in use\n", info->slots_used, info->slots);
	buffer_print(out, "Recovery code   %s\n\n",
		info->has_recovery ? "set; whoever holds it can open the store"
				   : "none: nobody could open the store without an administrator");
	buffer_print(out,
		"People          %" PRId64 "\nReceipts        %" PRId64 "\nSubmissions     %" PRId64
		"\nEvents          %" PRId64,
		info->people, info->requests, info->submissions, info->events);
}

static unsigned info_tell(struct ui *ui, struct people *people)
{
	struct desk_store_info info;

	if (desk_store_info(ui->desk, &info, &people->notice) != DESK_OK)
		return SCREEN_STAY;
	buffer_done(&people->text);
	info_words(ui, &info, &people->text);
	people->told = (struct told_argument) { .title = "The store and its keys",
		.text = buffer_text(&people->text) };
	ui->next = &scr_told;
	ui->next_argument = &people->told;
	return SCREEN_PUSH;
}

static unsigned people_load(struct ui *ui, void *state)
{
	struct people *people = state;
	enum command_id wanted = people->wanted;
	enum desk_status status;
	unsigned flags = SCREEN_STAY;

	people->wanted = COMMAND_NONE;
	people->notice = (struct notice) { 0 };
	if (wanted == COMMAND_INFO)
		return info_tell(ui, people);
	if (wanted != COMMAND_NONE)
		flags = person_act(ui, people, wanted);
	if (people->notice.status != DESK_OK)
		return flags;
	status = list_read(ui, people);
	if (status == DESK_OK && people->is_new)
		snprintf(people->notice.text, sizeof(people->notice.text), "%s",
			desk_warning(ui->desk));
	people->is_new = false;
	if (status != DESK_LOCKED)
		return flags;
	ui->notice = people->notice; /* a one-time password: nothing can be done here */
	return SCREEN_QUIT;
}

/* "locked until 14:05", or nothing. */
static void state_words(const struct people *people, size_t i, struct buffer *out)
{
	const struct person *person = &people->list[i];
	const struct desk_key *key = &people->keys[i];
	char until[TIME_SIZE];

	if (person->disabled) {
		buffer_add(out, "disabled");
	} else if (!key->has_slot) {
		buffer_add(out, "no key: reset");
	} else if (key->locked_until > 0) {
		time_of_moment(key->locked_until, until);
		buffer_print(out, "locked to %s", until);
	} else if (person->must_change) {
		buffer_add(out, "one-time pass.");
	}
}

static void person_draw(const struct ui *ui, const struct people *people, size_t i, int row)
{
	const struct person *person = &people->list[i];
	bool is_selected = i == people->selected;
	enum draw_style style = is_selected ? DRAW_BOLD : DRAW_PLAIN;
	struct buffer state;
	char roles[128];

	buffer_init(&state);
	roles_text(person->roles, roles, sizeof(roles));
	state_words(people, i, &state);
	draw_text(row, 0, 1, DRAW_BOLD, is_selected ? "▸" : " ");
	draw_text(row, NAME_COLUMN, FULL_COLUMN - NAME_COLUMN - 1, style, person->name);
	draw_text(row, FULL_COLUMN, ROLES_COLUMN - FULL_COLUMN - 1, style, person->full_name);
	draw_text(row, ROLES_COLUMN, STATE_COLUMN - ROLES_COLUMN - 1, style, roles);
	draw_text(row, STATE_COLUMN, ui->columns - STATE_COLUMN - 1, style, buffer_text(&state));
	buffer_done(&state);
}

static void list_draw_people(const struct ui *ui, const struct people *people)
{
	size_t height = (size_t)draw_body_rows(ui) - 1;

	draw_text(DRAW_BODY, NAME_COLUMN, 14, DRAW_FAINT, "Name");
	draw_text(DRAW_BODY, FULL_COLUMN, 20, DRAW_FAINT, "Full name");
	draw_text(DRAW_BODY, ROLES_COLUMN, 20, DRAW_FAINT, "Roles");
	draw_text(DRAW_BODY, STATE_COLUMN, 16, DRAW_FAINT, "State");
	for (size_t i = 0; i < height && people->top + i < people->count; i++)
		person_draw(ui, people, people->top + i, DRAW_BODY + 1 + (int)i);
}

static void made_draw(const struct ui *ui, const struct people *people)
{
	const struct draw_area area = { DRAW_BODY + 5, 2, 4, ui->columns - 4 };
	struct buffer text;

	buffer_init(&text);
	buffer_print(&text, "One-time password of %s", people->made_for);
	draw_text(DRAW_BODY + 1, 2, ui->columns - 4, DRAW_PLAIN, buffer_text(&text));
	buffer_done(&text);
	buffer_add_bytes(&text, (const char *)secret_read(people->made), secret_size(people->made));
	draw_text(DRAW_BODY + 3, 6, ui->columns - 8, DRAW_BOLD, buffer_text(&text));
	buffer_done(&text);
	draw_wrapped(&area, DRAW_PLAIN,
		"It is shown this once. Hand it over so that nobody else learns it: in person, or "
		"on "
		"a call to a number you know. It must be changed at the first log-in.");
}

static const char *sure_words(enum command_id id)
{
	return id == COMMAND_DISABLE ? "will be locked out for good; open receipts become nobody's."
	       : id == COMMAND_ENABLE ? "will be let in again, with a one-time password."
				      : "will get a one-time password and new keys; the old "
					"password is void then.";
}

static void people_explain(
	const struct ui *ui, const struct people *people, struct frame *frame, struct buffer *out)
{
	const struct person *person = selected(people);
	const struct notice *notice = people->notice.text[0] ? &people->notice : &ui->told;

	frame->is_bad = notice->status != DESK_OK && !people->made;
	frame->is_whole = people->sure != COMMAND_NONE;
	if (people->made)
		buffer_add(out, "Enter wipes it from this screen.");
	else if (people->sure != COMMAND_NONE)
		buffer_print(out, "%s %s y does it, any other key does not.", person->name,
			sure_words(people->sure));
	else if (notice->text[0])
		buffer_add(out, notice->text);
	else if (person && person->disabled)
		buffer_print(out, "%s is disabled and has no key.", person->name);
	else if (person && !people->keys[people->selected].has_slot)
		buffer_print(out, "%s has no key slot: reset gives a new one.", person->name);
	else if (person && people->keys[people->selected].locked_until > 0)
		buffer_print(out, "%s typed five wrong passwords: u lets in before the time.",
			person->name);
	else if (person && person->must_change)
		buffer_print(out, "%s has a one-time password that is still to be changed.",
			person->name);
	else if (person)
		buffer_print(out, "%s logs in with a password of their own.", person->name);
	frame->explain = buffer_text(out);
}

static bool people_cannot(
	const struct ui *ui, const void *state, enum command_id id, char out_why[WHY_SIZE])
{
	const struct people *people = state;
	const struct person *person = selected(people);

	out_why[0] = '\0';
	if (people->made || people->sure != COMMAND_NONE)
		return id != COMMAND_REDRAW && id != COMMAND_HELP &&
		       id != (people->made ? COMMAND_WIPED : COMMAND_SURE);
	if (id == COMMAND_ENABLE)
		return !person || !person->disabled;
	if (id == COMMAND_UNLOCK_PERSON)
		return !person || people->keys[people->selected].locked_until == 0;
	if (id == COMMAND_ROLES || id == COMMAND_DISABLE || id == COMMAND_RESET) {
		if (person && person->id == desk_person(ui->desk)->id)
			snprintf(out_why, WHY_SIZE, "you");
		return !person || person->disabled || out_why[0];
	}
	return id == COMMAND_WIPED || id == COMMAND_SURE;
}

static void people_draw(const struct ui *ui, const void *state)
{
	const struct people *people = state;
	struct frame frame = { .title = "People",
		.path = "People, their roles and their keys",
		.commands = scr_people.commands,
		.cannot = people_cannot,
		.state = people };
	struct buffer explain;

	buffer_init(&explain);
	if (people->made)
		made_draw(ui, people);
	else
		list_draw_people(ui, people);
	if (!people->made)
		frame.more = draw_more(DRAW_BODY + 1, people->top, people->count);
	people_explain(ui, people, &frame, &explain);
	draw_frame(ui, &frame);
	buffer_done(&explain);
}

static unsigned roles_picked(const struct answers *form)
{
	const struct entry *entry = answers_find(form, "roles", 0);
	unsigned roles = 0;

	for (size_t i = 0; i < role_set.count; i++)
		if (entry->picked & 1U << i)
			roles |= (unsigned)role_from(role_set.codes[i].code);
	return roles;
}

static void roles_add(struct answers *form, unsigned roles)
{
	struct entry *entry = answers_add(form, &(struct entry) { .kind = ENTRY_SET,
							.label = "Roles",
							.code = "roles",
							.choices = &role_set,
							.rows = 2,
							.is_needed = true });

	for (size_t i = 0; i < role_set.count; i++)
		if (roles & (unsigned)role_from(role_set.codes[i].code))
			entry->picked |= 1U << i;
}

static void build_add(const struct ask_argument *argument, struct answers *form)
{
	(void)argument;
	ask_add_text(form, "name", "Log-in name", "");
	ask_add_text(form, "full_name", "Full name", "");
	roles_add(form, 0);
	form->entries[0].is_needed = true;
}

static bool act_add(struct ui *ui, const struct ask_argument *argument, const struct answers *form)
{
	struct people *people = argument->with;
	struct person person = { .roles = roles_picked(form) };
	enum desk_status status;

	snprintf(person.name, sizeof(person.name), "%s", answers_value(form, "name", 0));
	person.full_name = mem_text(answers_value(form, "full_name", 0));
	status = desk_user_add(ui->desk, &person, NULL, &people->made, &ui->told);
	memcpy(people->made_for, person.name, sizeof(people->made_for));
	person_clear(&person);
	return status == DESK_OK;
}

static void build_roles(const struct ask_argument *argument, struct answers *form)
{
	roles_add(form, selected(argument->with)->roles);
}

static bool act_roles(
	struct ui *ui, const struct ask_argument *argument, const struct answers *form)
{
	const char *name = selected(argument->with)->name;
	char *work = NULL;
	size_t count = 0;

	if (desk_user_role(ui->desk, name, roles_picked(form), &work, &ui->told) != DESK_OK)
		return false;
	count = list_count(work);
	(void)notice_set(&ui->told, DESK_OK,
		count > 0 ? "%s has these roles now; %zu open receipts are nobody's."
			  : "%s has these roles now.",
		name, count);
	mem_free(work);
	return true;
}

static unsigned people_ask(struct ui *ui, struct people *people, enum command_id id)
{
	bool is_new = id == COMMAND_NEW_PERSON;

	people->asked = id;
	people->ask = (struct ask_argument) { .title = is_new ? "Add a person" : "Roles",
		.about = is_new ? "Gets a one-time password, shown once" : selected(people)->name,
		.explain = is_new ? "Small letters, digits and . _ - make a log-in name."
				  : "A supervisor may all that a caseworker may.",
		.build = is_new ? build_add : build_roles,
		.act = is_new ? act_add : act_roles,
		.with = people,
		.is_open = &people->is_asking };
	ui->next = &scr_ask;
	ui->next_argument = &people->ask;
	return SCREEN_PUSH;
}

static void selection_move(const struct ui *ui, struct people *people, long by)
{
	const struct pick pick = { &people->selected, &people->top, people->count,
		(size_t)draw_body_rows(ui) - 1 };

	pick_move(&pick, by);
}

/* Esc and any other key take back what was asked. */
static unsigned sure_take(struct people *people, bool is_sure)
{
	if (is_sure)
		people->wanted = people->sure;
	people->sure = COMMAND_NONE;
	return is_sure ? SCREEN_RELOAD : SCREEN_STAY;
}

static unsigned made_wipe(struct people *people)
{
	secret_free(people->made);
	people->made = NULL;
	return SCREEN_REDRAW;
}

static unsigned people_command(struct ui *ui, void *state, enum command_id id)
{
	struct people *people = state;
	char why[WHY_SIZE];
	long page = draw_body_rows(ui) - 1;

	if (people->made)
		return id == COMMAND_WIPED ? made_wipe(people) : SCREEN_STAY;
	if (people->sure != COMMAND_NONE)
		return sure_take(people, id == COMMAND_SURE);
	people->notice = (struct notice) { 0 };
	if (people_cannot(ui, people, id, why)) {
		if (why[0])
			(void)notice_set(&people->notice, DESK_REFUSED,
				"%s: that is you; another administrator has to do it",
				selected(people)->name);
		return SCREEN_STAY;
	}
	if (id == COMMAND_QUIT)
		return SCREEN_QUIT;
	if (id == COMMAND_NEW_PERSON || id == COMMAND_ROLES)
		return people_ask(ui, people, id);
	if (id == COMMAND_DISABLE || id == COMMAND_ENABLE || id == COMMAND_RESET) {
		people->sure = id;
		return SCREEN_STAY;
	}
	if (id == COMMAND_UNLOCK_PERSON || id == COMMAND_INFO || id == COMMAND_RELOAD) {
		people->wanted = id == COMMAND_RELOAD ? COMMAND_NONE : id;
		return SCREEN_RELOAD;
	}
	selection_move(ui, people, command_rows(id, page));
	return SCREEN_STAY;
}

static unsigned people_resized(struct ui *ui, void *state)
{
	selection_move(ui, state, 0);
	return SCREEN_STAY;
}

static void people_done(void *state)
{
	struct people *people = state;

	list_drop(people);
	secret_free(people->made);
	buffer_done(&people->text);
}

/* All but the one-time password. */
static void people_keep(const void *state, struct draft *draft)
{
	const struct people *people = state;
	const struct person *person = selected(people);

	draft_put(draft, person ? person->name : "");
	draft_put_number(draft, (long)people->top);
	draft_put_number(draft, (long)people->sure);
	draft_put_number(draft, people->is_asking ? (long)people->asked : (long)COMMAND_NONE);
	draft_put(draft, people->made ? people->made_for : "");
}

static unsigned people_resume(struct ui *ui, void *state, struct draft *draft)
{
	struct people *people = state;
	char name[NAME_SIZE];
	unsigned flags;

	(void)people_open(ui, state, NULL);
	draft_take_into(draft, name, sizeof(name));
	people->top = (size_t)draft_take_number(draft);
	flags = people_load(ui, state);
	if (!person_seek(people, name))
		return flags;
	people->sure = (enum command_id)draft_take_number(draft);
	people->asked = (enum command_id)draft_take_number(draft);
	draft_take_into(draft, people->made_for, sizeof(people->made_for));
	if (people->made_for[0] && person_seek(people, people->made_for))
		(void)notice_set(&people->notice, DESK_REFUSED,
			"The one-time password of %s was wiped by the lock: reset gives another.",
			people->made_for);
	selection_move(ui, people, 0);
	if (people->asked != COMMAND_NONE)
		(void)people_ask(ui, people, people->asked);
	return flags;
}

static const enum command_id people_commands[] = { COMMAND_NEW_PERSON, COMMAND_ROLES,
	COMMAND_DISABLE, COMMAND_ENABLE, COMMAND_RESET, COMMAND_UNLOCK_PERSON, COMMAND_SURE,
	COMMAND_WIPED, COMMAND_INFO, COMMAND_RELOAD, COMMAND_UP, COMMAND_DOWN, COMMAND_PAGE_UP,
	COMMAND_PAGE_DOWN, COMMAND_REDRAW, COMMAND_HELP, COMMAND_QUIT, COMMAND_NONE };

const struct screen_ops scr_people = {
	.name = "People",
	.state_size = sizeof(struct people),
	.commands = people_commands,
	.open = people_open,
	.waiting = "working …",
	.load = people_load,
	.draw = people_draw,
	.cannot = people_cannot,
	.resized = people_resized,
	.command = people_command,
	.done = people_done,
	.keep = people_keep,
	.resume = people_resume,
};
