/*
 * The verbs of interface.md section 3: a table of what each takes from its file
 * and its words; the desk makes the move.
 */
#include <string.h>

#include "cli/command.h"
#include "cli/life.h"
#include "cli/output.h"
#include "cli/session.h"
#include "core/calendar.h"
#include "core/codes.h"
#include "core/text.h"

/* What is read from a command line: the move, and what keeps its texts alive. */
struct verb_call {
	struct desk_move move;
	struct patch patch;
	char *text;
	char *codes;
	struct sending sending;
};

/* What --from holds. */
enum verb_from {
	FROM_NOTHING,
	FROM_TEXT,     /* must be given */
	FROM_TEXT_TOO, /* may be given; the verb's own function says when */
	FROM_JSON,
};

typedef enum desk_status verb_read(
	const struct call *call, struct verb_call *verb, struct notice *notice);

struct verb {
	const char *words;
	enum move move;
	enum verb_from from;
	enum patch_kind kind; /* of FROM_JSON */
	verb_read *read;      /* the rest of the command line, or NULL */
};

/* Codes of a command line, parted by commas there and by ';' in a move. */
static char *codes_take(const char *list)
{
	char *codes = mem_text(list);

	for (char *at = codes; *at != '\0'; at++)
		if (*at == ',')
			*at = ';';
	return codes;
}

static bool reason_is_known(const char *code)
{
	return code_label(code_set_find("reason"), code) != NULL;
}

static bool rule_is_known(const char *code)
{
	return rule_find(code) != NULL;
}

/* Takes the codes of an option; each must be known. */
static enum desk_status read_codes(const struct call *call, enum option option,
	bool (*is_known)(const char *code), struct verb_call *verb, struct notice *notice)
{
	const char *place;
	enum desk_status status = DESK_OK;

	if (!call->value[option])
		return DESK_OK;
	verb->codes = codes_take(call->value[option]);
	verb->move.codes = verb->codes;
	place = verb->codes;
	do {
		size_t size = strcspn(place, ";");
		char *code = mem_text_sized(place, size);

		if (!is_known(code))
			status = call_misused(call, notice,
				"--%s: \"%s\" is no such code; tracedesk(1) lists them",
				option_info(option)->name, code);
		mem_free(code);
		place += size;
	} while (status == DESK_OK && *place++ == ';');
	return status;
}

static enum desk_status read_edit(
	const struct call *call, struct verb_call *verb, struct notice *notice)
{
	const char *text = call->value[OPTION_EXPECT];
	uint64_t edit;

	if (!text)
		return DESK_OK;
	if (!text_number(text, 1, INT64_MAX, &edit))
		return call_misused(call, notice,
			"--expect: \"%s\" is no version; give a whole number from 1", text);
	verb->move.expect = (int64_t)edit;
	return DESK_OK;
}

static enum desk_status read_judge(
	const struct call *call, struct verb_call *verb, struct notice *notice)
{
	const char *rule = call_word(call, 1);
	const char *answer = call_word(call, 2);

	verb->move.rule = rule;
	verb->move.holds = strcmp(answer, "yes") == 0;
	if (!rule_is_known(rule))
		return call_misused(call, notice,
			"there is no rule \"%s\"; tracedesk request check REF names them", rule);
	if (verb->move.holds || strcmp(answer, "no") == 0)
		return DESK_OK;
	return call_misused(call, notice,
		"\"%s\" is neither yes nor no; yes means that the rule holds", answer);
}

static enum desk_status read_assign(
	const struct call *call, struct verb_call *verb, struct notice *notice)
{
	(void)notice;
	verb->move.person = call_word(call, 1);
	return DESK_OK;
}

static enum desk_status read_link(
	const struct call *call, struct verb_call *verb, struct notice *notice)
{
	(void)notice;
	verb->move.other = call_word(call, 1);
	return DESK_OK;
}

static enum desk_status read_sent(
	const struct call *call, struct verb_call *verb, struct notice *notice)
{
	const char *channel = call->value[OPTION_BY], *day = call->value[OPTION_ON];

	if (!channel || !code_label(code_set_find("channel"), channel))
		return call_misused(call, notice,
			"--by: how it went is missing; give secure_email, post, court_mailbox, "
			"telephone, in_person or other");
	if (day && !day_is_valid(day))
		return call_misused(call, notice, "--on: \"%s\" is no day; write YYYY-MM-DD", day);
	verb->sending = (struct sending) { channel, day };
	verb->move.sending = &verb->sending;
	return DESK_OK;
}

static enum desk_status read_accept(
	const struct call *call, struct verb_call *verb, struct notice *notice)
{
	bool is_exception = call->value[OPTION_EXCEPTION] != NULL;

	if (is_exception != (call->value[OPTION_FROM] != NULL))
		return call_misused(call, notice,
			"--exception and --from go together; an exception is made for a reason");
	if (is_exception)
		verb->move.move = MOVE_EXCEPT;
	return read_codes(call, OPTION_EXCEPTION, rule_is_known, verb, notice);
}

static enum desk_status read_reject(
	const struct call *call, struct verb_call *verb, struct notice *notice)
{
	if (!call->value[OPTION_REASON])
		return call_misused(call, notice, "why is missing; give --reason CODE[,CODE]");
	return read_codes(call, OPTION_REASON, reason_is_known, verb, notice);
}

static enum desk_status read_review(
	const struct call *call, struct verb_call *verb, struct notice *notice)
{
	bool is_return = call->value[OPTION_RETURN] != NULL;

	if (is_return == (call->value[OPTION_CONFIRM] != NULL))
		return call_misused(call, notice, "give either --confirm or --return");
	if (is_return && call->value[OPTION_STRIKE])
		return call_misused(
			call, notice, "--strike goes with --confirm; leave it out to return");
	if (is_return != (call->value[OPTION_FROM] != NULL))
		return call_misused(call, notice,
			"--return and --from go together: FILE says why it is returned");
	if (is_return)
		verb->move.move = MOVE_RETURN;
	return read_codes(call, OPTION_STRIKE, reason_is_known, verb, notice);
}

static bool withdrawal_is_known(const char *code)
{
	return strcmp(code, "requester_withdrew") == 0 || strcmp(code, "logged_in_error") == 0;
}

static enum desk_status read_withdraw(
	const struct call *call, struct verb_call *verb, struct notice *notice)
{
	const char *reason = call->value[OPTION_REASON];

	if (!reason || !withdrawal_is_known(reason))
		return call_misused(call, notice,
			"give --reason requester_withdrew or --reason logged_in_error");
	if (strcmp(reason, "logged_in_error") == 0)
		verb->move.move = MOVE_WITHDRAW_ERROR;
	return read_codes(call, OPTION_REASON, withdrawal_is_known, verb, notice);
}

/* clang-format off */

static const struct verb verbs[] = {
	{ "request edit", MOVE_EDIT, FROM_JSON, PATCH_REQUEST, read_edit },
	{ "request judge", MOVE_JUDGE, FROM_NOTHING, PATCH_REQUEST, read_judge },
	{ "request assign", MOVE_ASSIGN, FROM_NOTHING, PATCH_REQUEST, read_assign },
	{ "request hold", MOVE_HOLD, FROM_TEXT, PATCH_REQUEST, NULL },
	{ "request resume", MOVE_RESUME, FROM_NOTHING, PATCH_REQUEST, NULL },
	{ "request query", MOVE_QUERY, FROM_JSON, PATCH_QUERY, NULL },
	{ "request answer", MOVE_ANSWER, FROM_JSON, PATCH_REQUEST, NULL },
	{ "request accept", MOVE_ACCEPT, FROM_TEXT_TOO, PATCH_REQUEST, read_accept },
	{ "request reject", MOVE_REJECT, FROM_TEXT_TOO, PATCH_REQUEST, read_reject },
	{ "request trace", MOVE_TRACE, FROM_JSON, PATCH_TRACE, NULL },
	{ "request no-trace", MOVE_NO_TRACE, FROM_JSON, PATCH_NO_TRACE, NULL },
	{ "request guardian", MOVE_GUARDIAN, FROM_JSON, PATCH_GUARDIAN, NULL },
	{ "request review", MOVE_CONFIRM, FROM_TEXT_TOO, PATCH_REQUEST, read_review },
	{ "request withdraw", MOVE_WITHDRAW, FROM_TEXT, PATCH_REQUEST, read_withdraw },
	{ "request note", MOVE_NOTE, FROM_TEXT, PATCH_REQUEST, NULL },
	{ "request correct", MOVE_CORRECT, FROM_JSON, PATCH_CORRECTION, NULL },
	{ "request sent", MOVE_SENT, FROM_NOTHING, PATCH_REQUEST, read_sent },
	{ "request link", MOVE_LINK, FROM_NOTHING, PATCH_REQUEST, read_link },
	{ "request incident", MOVE_INCIDENT, FROM_JSON, PATCH_INCIDENT, NULL },
	{ "request resubmit", MOVE_RESUBMIT, FROM_NOTHING, PATCH_REQUEST, NULL },
};

/* clang-format on */

static const struct verb *verb_find(const char *words)
{
	const struct verb *verb = verbs;

	while (strcmp(verb->words, words) != 0)
		verb++;
	return verb;
}

/* What the file held, where the desk looks for it. */
static void move_fill(struct verb_call *call)
{
	struct desk_move *move = &call->move;
	const struct patch *patch = &call->patch;

	move->patch = &patch->request;
	move->answers = patch->answers;
	move->answer_count = patch->answer_count;
	move->trace_code = patch->trace_code;
	move->sources = patch->sources;
	move->items = patch->items;
	move->recipient = patch->recipient;
	move->guardian = &patch->guardian;
	move->incident = &patch->incident;
	move->correction = &patch->correction;
	if (patch->ask)
		move->text = patch->ask;
}

static enum desk_status read_file(const struct call *call, const struct verb *verb,
	struct verb_call *into, struct notice *notice)
{
	const char *file = call->value[OPTION_FROM];
	enum desk_status status = DESK_OK;

	if (!file && (verb->from == FROM_TEXT || verb->from == FROM_JSON))
		return call_misused(call, notice, "what to do is missing; give --from FILE");
	if (!file)
		return DESK_OK;
	if (verb->from == FROM_JSON) {
		status = life_patch(verb->kind, file, &into->patch, notice);
		if (status == DESK_OK)
			move_fill(into);
		return status;
	}
	status = life_text(file, &into->text, notice);
	into->move.text = into->text;
	return status;
}

/* Of a move that changes the state its end is said, of the others what was done too. */
static void add_saved(enum move move, const struct desk_saved *saved, struct buffer *out)
{
	const char *state = request_state_name((int)saved->state);

	if (move == MOVE_RESUBMIT)
		buffer_print(out, "%s\n", saved->reference);
	else if (move == MOVE_SENT)
		buffer_print(out, "%s: its letter is sent.\n", saved->reference);
	else if (move == MOVE_CORRECT)
		buffer_print(out,
			"%s stays %s until another supervisor has reviewed the correction.\n",
			saved->reference, state);
	else if (move == MOVE_EDIT || move == MOVE_JUDGE || move == MOVE_ASSIGN ||
		 move == MOVE_NOTE || move == MOVE_LINK || move == MOVE_INCIDENT)
		buffer_print(out, "%s is %s: it is %s, version %lld.\n", saved->reference,
			move_done(move), state, (long long)saved->version);
	else
		buffer_print(out, "%s is now %s.\n", saved->reference, state);
}

static enum desk_status say_saved(
	enum move move, const struct desk_saved *saved, struct notice *notice)
{
	struct buffer text;
	enum desk_status status;

	buffer_init(&text);
	add_saved(move, saved, &text);
	life_duplicates(saved, &text);
	status = output_say(buffer_text(&text), notice);
	buffer_done(&text);
	return status;
}

/* Both versions to standard output; the refusal itself goes the way of every refusal. */
static enum desk_status say_conflict(
	const struct desk_saved *saved, enum desk_status refusal, struct notice *notice)
{
	struct notice written = { 0 };

	if (!saved->conflict || *saved->conflict == '\0' ||
		output_say(saved->conflict, &written) == DESK_OK)
		return refusal;
	*notice = written;
	return written.status;
}

static enum desk_status make_move(
	const struct call *call, const struct desk_move *move, struct notice *notice)
{
	struct desk_saved saved = { 0 };
	struct desk *desk = NULL;
	enum desk_status status = session_desk(call, &desk, notice);

	if (status == DESK_OK) {
		status = desk_move(desk, move, &saved, notice);
		if (status == DESK_OK)
			status = say_saved(move->move, &saved, notice);
		else
			status = say_conflict(&saved, status, notice);
	}
	desk_saved_clear(&saved);
	desk_close(desk);
	return status;
}

enum desk_status cmd_request_move(const struct call *call, struct notice *notice)
{
	const struct verb *verb = verb_find(call->command->words);
	struct verb_call read = { .move = { .move = verb->move, .reference = call_word(call, 0) } };
	enum desk_status status = DESK_OK;

	if (verb->read)
		status = verb->read(call, &read, notice);
	if (status == DESK_OK)
		status = read_file(call, verb, &read, notice);
	if (status == DESK_OK)
		status = make_move(call, &read.move, notice);
	patch_clear(&read.patch);
	mem_free(read.text);
	mem_free(read.codes);
	return status;
}
