/*
 * Stores, people and receipts for tests of the desk.
 */
#include "tests/core/desk_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/demo_data.h"
#include "core/desk_private.h"
#include "db/requests.h"
#include "tests/core/must.h"

static const struct {
	const char *name;
	unsigned roles;
} people[PEOPLE] = {
	[CASEY] = { "casey", ROLE_CASEWORKER },
	[CHRIS] = { "chris", ROLE_CASEWORKER },
	[SAM] = { "sam", ROLE_SUPERVISOR },
	[SASHA] = { "sasha", ROLE_SUPERVISOR },
	[ROBIN] = { "robin", ROLE_CASEWORKER | ROLE_SUPERVISOR },
	[AUDREY] = { "audrey", ROLE_AUDITOR },
	[ADA] = { "ada", ROLE_ADMINISTRATOR },
};

const char *fixture_name(enum who who)
{
	return people[who].name;
}

struct secret *fixture_password(void)
{
	char bytes[] = "lantern otter gravel";

	return secret_take(bytes, sizeof(bytes) - 1);
}

void fixture_enter(struct desk_fixture *fixture, enum who who)
{
	struct secret *password = fixture_password();
	const struct desk_login login = { fixture->store, people[who].name, password };
	struct notice notice = { 0 };

	must(desk_open(&login, &fixture->desk[who], &notice), &notice);
	secret_free(password);
}

void fixture_make(struct desk_fixture *fixture)
{
	struct secret *password, *recovery = NULL;
	struct desk_make make = {
		.store = fixture->store, .user = people[ADA].name, .cut_over = DEMO_TODAY
	};
	struct notice notice = { 0 };

	assert_true(fixture->is_started || desk_start());
	*fixture = (struct desk_fixture) { .is_started = true };
	password = fixture_password();
	make.password = password;
	assert_true(scratch_make(fixture->folder, "desk"));
	(void)snprintf(fixture->store, sizeof(fixture->store), "%s/d.tdk", fixture->folder);
	must(desk_make_kind(&make, STORE_DEMO, &recovery, &notice), &notice);
	secret_free(recovery);
	fixture_enter(fixture, ADA);
	for (enum who who = 0; who < ADA; who++) {
		struct person person = { .roles = people[who].roles };

		(void)snprintf(person.name, sizeof(person.name), "%s", people[who].name);
		person.full_name = mem_text(people[who].name);
		must(desk_person_add(fixture->desk[ADA], &person, password, &notice), &notice);
		person_clear(&person);
	}
	desk_close(fixture->desk[ADA]);
	fixture->desk[ADA] = NULL;
	secret_free(password);
}

void fixture_done(struct desk_fixture *fixture)
{
	static const char *const endings[] = { "", "-head", "-wal", "-shm" };
	char path[320];

	for (enum who who = 0; who < PEOPLE; who++)
		desk_close(fixture->desk[who]);
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		(void)snprintf(path, sizeof(path), "%s%s", fixture->store, endings[i]);
		(void)unlink(path);
	}
	(void)rmdir(fixture->folder);
}

static void give(struct request_patch *patch, enum request_field field, const char *value)
{
	patch->has_field[field] = true;
	record_set(&patch->values.field[field], value);
}

static const struct {
	enum request_field field;
	const char *value;
} good_form[] = {
	{ FIELD_SERVICE, "police" },
	{ FIELD_RECEIVED, "2021-01-04" },
	{ FIELD_CHANNEL, "secure_email" },
	{ FIELD_ORGANISATION, "Kent Police" },
	{ FIELD_ORGANISATION_KIND, "territorial" },
	{ FIELD_REQUESTER_NAME, "Priya Lowe" },
	{ FIELD_REQUESTER_RANK, "DC" },
	{ FIELD_REQUESTER_NUMBER, "12345" },
	{ FIELD_REQUESTER_EMAIL, "priya.lowe@kent.police.uk" },
	{ FIELD_REQUESTER_SIGNED, "2020-12-30" },
	{ FIELD_IDENTITY_CHECKED, "call_back" },
	{ FIELD_COUNTERSIGNER_NAME, "Quentin Marsh" },
	{ FIELD_COUNTERSIGNER_RANK, "Inspector" },
	{ FIELD_COUNTERSIGNER_NUMBER, "9876" },
	{ FIELD_COUNTERSIGNER_ORGANISATION, "Kent Police" },
	{ FIELD_COUNTERSIGNED, "2020-12-31" },
	{ FIELD_LEGAL_BASIS, "dpa2018_sch2_2" },
	{ FIELD_PURPOSE, "criminal_investigation" },
	{ FIELD_NECESSITY, "Wanted for interview; every address known was visited." },
	{ FIELD_OFFENCE, "burglary" },
	{ FIELD_SUBJECT_ROLE, "suspect" },
	{ FIELD_RETURN_ROUTE, "secure e-mail" },
	{ FIELD_ITEMS, "name;address" },
};

static void patch_start(struct request_patch *out_patch)
{
	*out_patch = (struct request_patch) { 0 };
	request_init(&out_patch->values);
}

/* Far enough from each other for the search for duplicates. */
static void subject_make(struct request_patch *form, unsigned number)
{
	struct subject *subject = request_add_subject(&form->values);
	char text[32];

	form->has_subjects = true;
	for (unsigned i = 0, rest = number; i < 6; i++, rest /= 9)
		text[i] = (char)('a' + 2 * (rest % 9) + i % 2);
	text[0] = (char)(text[0] - 'a' + 'A');
	text[6] = '\0';
	record_set(&subject->field[FIELD_SUBJECT_SURNAME], text);
	record_set(&subject->field[FIELD_SUBJECT_FORENAMES], "Ann");
	(void)snprintf(text, sizeof(text), "%04u-%02u-%02u", 1940 + number / 336 % 60,
		1 + number / 28 % 12, 1 + number % 28);
	record_set(&subject->field[FIELD_SUBJECT_DOB], text);
}

void fixture_form(struct desk_fixture *fixture, bool faulty, struct request_patch *out_form)
{
	patch_start(out_form);
	for (size_t i = 0; i < sizeof(good_form) / sizeof(good_form[0]); i++)
		give(out_form, good_form[i].field, good_form[i].value);
	if (faulty)
		give(out_form, FIELD_COUNTERSIGNER_RANK, "Sergeant");
	subject_make(out_form, fixture->forms++);
}

void fixture_move(enum move move, enum fixture_trace trace, struct desk_move *out_move)
{
	static const struct trace_answer plain = { "00", "name", "no", "no", "" };
	static const struct trace_answer flagged = { "92", "name", "yes", "no", "" };
	static const struct guardian_decision guardian = { .guardian = "Dr Gwen Ardian",
		.decided = DEMO_TODAY,
		.items = "name",
		.recipient = "requester",
		.note = "" };
	static const struct incident incident = { "A letter went astray.", DEMO_TODAY, "", "" };
	static const struct sending sending = { "post", NULL };
	static const char *const codes[MOVE_COUNT] = {
		[MOVE_EXCEPT] = "countersigner_senior_enough",
		[MOVE_REJECT] = "other",
		[MOVE_WITHDRAW] = "requester_withdrew",
		[MOVE_WITHDRAW_ERROR] = "logged_in_error",
	};

	*out_move = (struct desk_move) { .move = move,
		.text = move == MOVE_CONFIRM ? NULL : "It must be so.",
		.codes = codes[move],
		.person = people[CASEY].name,
		.rule = move == MOVE_JUDGE ? "not_speculative" : NULL,
		.holds = true,
		.answers = trace == TRACE_FLAGGED ? &flagged : &plain,
		.answer_count = 1,
		.trace_code = "98",
		.sources = "PDS",
		.items = trace == TRACE_RELEASE ? "address" : "name",
		.guardian = &guardian,
		.incident = &incident,
		.sending = move == MOVE_SENT ? &sending : NULL };
}

/* How a state is come to: who does what in the state before. */
struct step {
	enum request_state before;
	bool by_reviewer;
	enum move move;
	enum fixture_trace trace;
};
static const struct step steps[] = {
	[STATE_IN_TRIAGE] = { STATE_RECEIVED, true, MOVE_ASSIGN, TRACE_PLAIN },
	[STATE_HELD] = { STATE_IN_TRIAGE, false, MOVE_HOLD, TRACE_PLAIN },
	[STATE_AWAITING_INFORMATION] = { STATE_IN_TRIAGE, false, MOVE_QUERY, TRACE_PLAIN },
	[STATE_EXCEPTION_PROPOSED] = { STATE_IN_TRIAGE, false, MOVE_EXCEPT, TRACE_PLAIN },
	[STATE_ACCEPTED] = { STATE_IN_TRIAGE, false, MOVE_ACCEPT, TRACE_PLAIN },
	[STATE_GUARDIAN_PENDING] = { STATE_ACCEPTED, false, MOVE_TRACE, TRACE_FLAGGED },
	[STATE_RELEASE_PROPOSED] = { STATE_ACCEPTED, false, MOVE_TRACE, TRACE_RELEASE },
	[STATE_REJECTION_PROPOSED] = { STATE_IN_TRIAGE, false, MOVE_REJECT, TRACE_PLAIN },
	[STATE_WITHDRAWAL_PROPOSED] = { STATE_IN_TRIAGE, false, MOVE_WITHDRAW_ERROR, TRACE_PLAIN },
	[STATE_REJECTED] = { STATE_REJECTION_PROPOSED, true, MOVE_CONFIRM, TRACE_PLAIN },
	[STATE_APPROVED_TRACE] = { STATE_ACCEPTED, false, MOVE_TRACE, TRACE_PLAIN },
	[STATE_APPROVED_NO_TRACE] = { STATE_ACCEPTED, false, MOVE_NO_TRACE, TRACE_PLAIN },
	[STATE_WITHDRAWN] = { STATE_IN_TRIAGE, false, MOVE_WITHDRAW, TRACE_PLAIN },
};
static const struct step guardian_step = { STATE_GUARDIAN_PENDING, true, MOVE_GUARDIAN,
	TRACE_FLAGGED };

struct walk {
	struct desk_fixture *fixture;
	const struct fixture_wish *wish;
	char *reference;
};

static void walk_move(const struct walk *walk, struct desk_move *move, bool by_reviewer)
{
	enum who who = by_reviewer ? SASHA : walk->wish->proposer;
	struct desk_saved saved;
	struct notice notice = { 0 };

	move->reference = walk->reference;
	must(desk_move(walk->fixture->desk[who], move, &saved, &notice), &notice);
	desk_saved_clear(&saved);
}

static void walk_step(const struct walk *walk, const struct step *step)
{
	struct desk_move move;

	fixture_move(step->move, step->trace, &move);
	if (step->move == MOVE_ASSIGN)
		move.person = people[walk->wish->proposer].name;
	walk_move(walk, &move, step->by_reviewer);
}

static void walk_log(const struct walk *walk)
{
	static const char *const rules[] = { "purpose_accepted", "not_speculative" };
	struct request_patch form;
	struct desk_saved saved;
	struct notice notice = { 0 };
	struct desk_move move;

	fixture_form(walk->fixture, walk->wish->faulty && !walk->wish->flagged, &form);
	must(desk_request_add(walk->fixture->desk[walk->wish->proposer], &form, &saved, &notice),
		&notice);
	memcpy(walk->reference, saved.reference, REFERENCE_SIZE);
	desk_saved_clear(&saved);
	request_patch_clear(&form);
	for (size_t i = 0; i < 2; i++) {
		fixture_move(MOVE_JUDGE, TRACE_PLAIN, &move);
		move.rule = rules[i];
		walk_move(walk, &move, false);
	}
}

static void walk_to(const struct walk *walk, enum request_state state)
{
	const struct step *step = &steps[state];

	if (state == STATE_RECEIVED) {
		walk_log(walk);
		return;
	}
	walk_to(walk, step->before);
	walk_step(walk, step);
}

/* Into triage with a flag: traced, withdrawn by mistake, returned. */
static void walk_flag(const struct walk *walk)
{
	static const struct step back = { STATE_WITHDRAWAL_PROPOSED, true, MOVE_RETURN,
		TRACE_FLAGGED };
	struct request_patch patch;
	struct desk_move move;

	walk_to(walk, STATE_GUARDIAN_PENDING);
	walk_step(walk, &steps[STATE_WITHDRAWAL_PROPOSED]);
	walk_step(walk, &back);
	if (!walk->wish->faulty)
		return;
	patch_start(&patch);
	give(&patch, FIELD_COUNTERSIGNER_RANK, "Sergeant");
	fixture_move(MOVE_EDIT, TRACE_PLAIN, &move);
	move.patch = &patch;
	walk_move(walk, &move, false);
	request_patch_clear(&patch);
}

static void walk_on_flagged(const struct walk *walk, enum request_state state)
{
	const struct step *step = state == STATE_APPROVED_TRACE ? &guardian_step : &steps[state];

	if (state == STATE_IN_TRIAGE) {
		walk_flag(walk);
		return;
	}
	walk_on_flagged(walk, step->before);
	walk_step(walk, step);
}

void fixture_reach(struct desk_fixture *fixture, const struct fixture_wish *wish,
	char out_reference[REFERENCE_SIZE])
{
	const struct walk walk = { fixture, wish, out_reference };
	struct request request;

	if (wish->flagged && wish->state != STATE_GUARDIAN_PENDING)
		walk_on_flagged(&walk, wish->state);
	else
		walk_to(&walk, wish->state);
	fixture_load(fixture, out_reference, &request);
	assert_int_equal(request.state, wish->state);
	assert_int_equal(request.flagged, wish->flagged || wish->state == STATE_GUARDIAN_PENDING);
	request_clear(&request);
}

int64_t fixture_events(struct desk_fixture *fixture)
{
	int64_t count = 0;

	assert_int_equal(events_count(fixture->desk[ADA]->store, &count), DB_OK);
	return count;
}

size_t fixture_events_about(
	struct desk_fixture *fixture, const char *reference, struct event *out_last)
{
	struct event *events = NULL;
	size_t count = 0;

	assert_int_equal(events_list(fixture->desk[ADA]->store, reference, &events, &count), DB_OK);
	if (out_last && count > 0)
		*out_last = events[count - 1];
	mem_free(events);
	return count;
}

void fixture_load(struct desk_fixture *fixture, const char *reference, struct request *out_request)
{
	assert_int_equal(requests_load(fixture->desk[ADA]->store, reference, out_request), DB_OK);
}
