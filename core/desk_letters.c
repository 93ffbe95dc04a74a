/*
 * Letters: which one a receipt is sent, what it is made of, that it was printed
 * and that it was sent. What was sent is kept word for word.
 */
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/codes.h"
#include "core/letters.h"
#include "core/life_private.h"
#include "db/letters.h"

/* A letter with what it borrows. */
struct letter_case {
	struct letter letter;
	struct desk_findings findings;
	struct note *notes;
	size_t note_count;
};

static void case_clear(struct letter_case *own)
{
	while (own->note_count > 0)
		note_clear(&own->notes[--own->note_count]);
	mem_free(own->notes);
	desk_findings_clear(&own->findings);
}

static enum db_status case_load(
	struct desk *desk, const struct request *request, struct letter_case *out_case)
{
	enum db_status stored;

	*out_case = (struct letter_case) { .letter = {
						   .kind = letter_of_state(request->state),
						   .request = request,
						   .day = desk->today,
						   .is_demo = desk_is_demo(desk),
					   } };
	stored = life_findings_kept(desk, request, &out_case->findings);
	if (stored == DB_OK)
		stored = notes_list(
			desk->store, request->id, &out_case->notes, &out_case->note_count);
	out_case->letter.findings = out_case->findings.finding;
	out_case->letter.finding_count = out_case->findings.count;
	for (size_t i = 0; i < out_case->note_count; i++)
		if (out_case->notes[i].kind == NOTE_QUERY)
			out_case->letter.ask = out_case->notes[i].text;
	return stored;
}

static enum db_status was_corrected(struct desk *desk, const struct request *request, bool *out_was)
{
	struct decision *decisions = NULL;
	size_t count = 0;
	enum db_status stored = decisions_list(desk->store, request->id, &decisions, &count);

	*out_was = false;
	while (count > 0) {
		const struct decision *decision = &decisions[count - 1];

		*out_was |= decision->kind == DECISION_CORRECTION &&
			    decision->result == DECISION_STANDS;
		decision_clear(&decisions[--count]);
	}
	mem_free(decisions);
	return stored;
}

/* Under an order of a court the answer goes to who may have it by that kind of order. */
static bool recipient_is_right(const struct letter_case *own)
{
	if (own->letter.kind != LETTER_RELEASE ||
		strcmp(own->letter.request->field[FIELD_SERVICE], "court_order") != 0)
		return true;
	for (size_t i = 0; i < own->findings.count; i++)
		if (strcmp(own->findings.finding[i].rule->code, "recipient_allowed") == 0)
			return own->findings.finding[i].result == RULE_PASS;
	return false;
}

/* Why the receipt has no letter, or NULL. */
static const char *letter_why_not(const struct letter_case *own, bool is_corrected)
{
	const struct request *request = own->letter.request;

	if (request->imported)
		return "it was taken over from an older system and needs no letter";
	if (request->state == STATE_WITHDRAWN)
		return "it was withdrawn and needs no letter";
	if (own->letter.kind == 0)
		return "there is no letter yet; it is written when the receipt is decided or waits"
		       " for an answer";
	if (is_corrected)
		return "its outcome was corrected, which makes no letter; data goes out through a"
		       " new receipt";
	if (!recipient_is_right(own))
		return "the recipient may not have the answer under this kind of order; ask a"
		       " supervisor";
	return NULL;
}

static enum desk_status case_ready(struct desk *desk, const struct request *request,
	struct letter_case *out_case, struct notice *notice)
{
	bool is_corrected = false;
	const char *why;
	enum db_status stored = case_load(desk, request, out_case);

	if (stored == DB_OK)
		stored = was_corrected(desk, request, &is_corrected);
	if (stored != DB_OK)
		return desk_failed(desk->store, stored, notice);
	why = letter_why_not(out_case, is_corrected);
	return why ? notice_set(notice, DESK_REFUSED, "%s: %s", request->reference, why) : DESK_OK;
}

/* The event is durable before the letter is handed out. */
static enum db_status letter_write(
	struct desk *desk, const struct letter_case *own, const struct desk_letter *wanted)
{
	const struct event_detail details[] = {
		{ "letter", letter_kind_code((int)own->letter.kind) },
		{ "format", wanted->is_html ? "html" : "text" },
		{ "because", wanted->because ? wanted->because : "" },
	};
	const struct desk_event event = { EVENT_LETTER_PRINTED, wanted->reference, details, 3 };
	enum db_status stored = store_begin(desk->store);

	return stored == DB_OK ? desk_end(desk, desk_event(desk, &event)) : stored;
}

enum desk_status desk_request_letter(struct desk *desk, const struct desk_letter *wanted,
	char **out_text, struct notice *out_notice)
{
	const struct desk_look look = { .deed = DEED_REQUEST_LETTER,
		.reference = wanted->reference,
		.because = wanted->because };
	struct letter_case own = { .notes = NULL };
	struct buffer text;
	struct request request;
	enum desk_status status = desk_request_reach(desk, &look, &request, out_notice);
	enum db_status stored = DB_OK;

	*out_text = NULL;
	if (status != DESK_OK)
		return status;
	status = case_ready(desk, &request, &own, out_notice);
	if (status == DESK_REFUSED)
		stored = desk_refusal(desk, DEED_REQUEST_LETTER, wanted->reference);
	else if (status == DESK_OK)
		stored = letter_write(desk, &own, wanted);
	if (stored != DB_OK)
		status = desk_failed(desk->store, stored, out_notice);
	buffer_init(&text);
	if (status == DESK_OK && wanted->is_html)
		letter_html(&own.letter, &text);
	else if (status == DESK_OK)
		letter_text(&own.letter, &text);
	if (status == DESK_OK)
		*out_text = buffer_take(&text);
	buffer_done(&text);
	case_clear(&own);
	request_clear(&request);
	return status;
}

/* Sent */

static enum desk_status sent_check(struct life *life, const struct letter_case *own)
{
	const struct sending *sending = life->move->sending;
	const struct request *request = &life->request;
	const char *first = *request->field[FIELD_DECIDED] ? request->field[FIELD_DECIDED]
							   : request->field[FIELD_RECEIVED];

	if (!request->to_send)
		return life_refuse(life, "its letter was sent already; `tracedesk request history`"
					 " says when");
	if (strcmp(life->sent_on, life->desk->today) > 0)
		return life_refuse(
			life, "--on %s: the day lies after today; correct it", life->sent_on);
	if (strcmp(life->sent_on, first) < 0)
		return life_refuse(life, "--on %s: there was no letter before %s; correct it",
			life->sent_on, first);
	if (!letter_may_go_by(&own->letter, sending->channel))
		return life_refuse(life,
			"--by %s: what was found may not go that way to %s; send"
			" it another way",
			sending->channel,
			*request->field[FIELD_RECIPIENT] ? code_label(code_set_find("recipient"),
								   request->field[FIELD_RECIPIENT])
							 : "the requester");
	return DESK_OK;
}

static enum db_status sent_write(struct life *life, const struct letter_case *own)
{
	struct buffer text;
	struct sent_letter sent = { .request = life->request.id,
		.time = life->now,
		.person = life->desk->person.id,
		.kind = own->letter.kind,
		.sent_on = life->sent_on,
		.channel = life->move->sending->channel };
	enum db_status stored;

	buffer_init(&text);
	letter_text(&own->letter, &text);
	sent.text = buffer_text(&text);
	stored = letters_insert(life->desk->store, &sent);
	buffer_done(&text);
	return stored;
}

enum desk_status life_sent(struct life *life)
{
	struct letter_case own;
	enum desk_status status = case_ready(life->desk, &life->request, &own, life->notice);
	enum db_status stored;

	life->sent_on = life->move->sending->on ? life->move->sending->on : life->desk->today;
	own.letter.day = life->sent_on;
	if (status == DESK_OK)
		status = sent_check(life, &own);
	if (status == DESK_OK) {
		life->request.to_send = false;
		stored = sent_write(life, &own);
		if (stored != DB_OK)
			status = life_failed(life, stored);
	}
	case_clear(&own);
	return status;
}
