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
#include "db/event_story.h"
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
	letterhead_clear(&own->letter.head);
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
	if (stored == DB_OK)
		stored = desk_letterhead_read(desk, &out_case->letter.head);
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
	if ((own->letter.kind != LETTER_RELEASE && own->letter.kind != LETTER_NO_TRACE) ||
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

/* The words of a letter that has gone; DB_NONE: it has not. */
static enum db_status words_kept(
	struct desk *desk, const struct letter_case *own, int64_t *out_id, char out_day[DAY_SIZE])
{
	struct letter_row *rows = NULL;
	size_t count = 0;
	enum db_status stored = DB_NONE;

	*out_id = 0;
	if (!own->letter.request->to_send)
		stored = letters_list(desk->store, own->letter.request->id, &rows, &count);
	for (size_t i = 0; i < count; i++)
		if (rows[i].kind == own->letter.kind) {
			*out_id = rows[i].id;
			memcpy(out_day, rows[i].sent_on, DAY_SIZE);
		}
	mem_free(rows);
	return stored == DB_OK && *out_id == 0 ? DB_NONE : stored;
}

static enum db_status letter_write(
	struct desk *desk, const struct desk_letter *wanted, enum letter_kind kind)
{
	const char *code = kind != 0 ? letter_kind_code((int)kind) : "an earlier one";
	const struct event_detail details[] = {
		{ "letter", code },
		{ "format", wanted->format == LETTER_AS_HTML ? "html" : "text" },
		{ "because", wanted->because ? wanted->because : "" },
	};
	const struct desk_event event = { wanted->format == LETTER_ON_SCREEN ? EVENT_LETTER_SHOWN
									     : EVENT_LETTER_PRINTED,
		wanted->reference, details, 3 };

	return desk_event_alone(desk, &event);
}

/* The letter of now, or as it went. */
static enum db_status letter_make(struct desk *desk, struct letter_case *own,
	const struct desk_letter *wanted, struct buffer *text)
{
	char day[DAY_SIZE], *words = NULL;
	int64_t id;
	enum db_status stored = words_kept(desk, own, &id, day);

	if (stored == DB_OK && wanted->format != LETTER_AS_HTML)
		stored = letters_text(desk->store, own->letter.request->id, id, &words);
	if (stored != DB_OK && stored != DB_NONE)
		return stored;
	if (words)
		buffer_add(text, words);
	if (id != 0)
		own->letter.day = day;
	if (wanted->format == LETTER_AS_HTML)
		letter_html(&own->letter, text);
	else if (!words)
		letter_text(&own->letter, text);
	own->letter.day = desk->today;
	mem_free(words);
	return DB_OK;
}

static enum desk_status letter_earlier(struct desk *desk, const struct request *request,
	const struct desk_letter *wanted, struct buffer *text, struct notice *notice)
{
	char *words = NULL;
	enum db_status stored = letters_text(desk->store, request->id, wanted->sent, &words);

	if (stored == DB_NONE)
		return notice_set(
			notice, DESK_REFUSED, "%s: it has no such letter", request->reference);
	if (stored == DB_OK)
		buffer_add(text, words);
	mem_free(words);
	return desk_failed(desk->store, stored, notice);
}

static enum desk_status letter_of(struct desk *desk, const struct request *request,
	const struct desk_letter *wanted, struct buffer *text, struct notice *notice)
{
	struct letter_case own = { .notes = NULL };
	enum desk_status status = DESK_OK;
	enum db_status stored = DB_OK;

	if (wanted->sent != 0)
		status = letter_earlier(desk, request, wanted, text, notice);
	else
		status = case_ready(desk, request, &own, notice);
	if (status == DESK_OK && wanted->sent == 0)
		stored = letter_make(desk, &own, wanted, text);
	if (status == DESK_OK && stored == DB_OK)
		stored = letter_write(desk, wanted, own.letter.kind);
	case_clear(&own);
	if (stored != DB_OK)
		return desk_failed(desk->store, stored, notice);
	return desk_refused(desk, DEED_REQUEST_LETTER, wanted->reference, status, notice);
}

enum desk_status desk_request_letter(struct desk *desk, const struct desk_letter *wanted,
	char **out_text, struct notice *out_notice)
{
	const struct desk_look look = { .deed = DEED_REQUEST_LETTER,
		.reference = wanted->reference,
		.because = wanted->because };
	struct buffer text;
	struct request request;
	enum desk_status status = desk_request_reach(desk, &look, &request, out_notice);

	*out_text = NULL;
	if (status != DESK_OK)
		return status;
	buffer_init(&text);
	status = letter_of(desk, &request, wanted, &text, out_notice);
	if (status == DESK_OK)
		*out_text = buffer_take(&text);
	buffer_done(&text);
	request_clear(&request);
	return status;
}

/* Those there were */

/* A printing as its event tells it. */
static enum db_status printed_read(
	struct store *store, const struct event *event, struct letter_row *row)
{
	struct event_story story;
	enum db_status stored = event_story_load(store, event, &story);

	for (size_t i = 0; stored == DB_OK && i < story.count; i++) {
		const struct story_line *line = &story.lines[i];

		if (line->kind != STORY_DETAIL)
			continue;
		if (strcmp(line->column, "format") == 0)
			(void)snprintf(row->format, sizeof(row->format), "%s", line->now);
		for (int kind = LETTER_QUERY; kind <= LETTER_RELEASE; kind++)
			if (strcmp(line->column, "letter") == 0 &&
				strcmp(line->now, letter_kind_code(kind)) == 0)
				row->kind = (enum letter_kind)kind;
	}
	if (stored == DB_OK)
		event_story_clear(&story);
	row->time = event->time;
	memcpy(row->person_name, event->person_name, sizeof(row->person_name));
	return stored;
}

/* Each letter that has gone has one event, in their order. */
enum db_status desk_letters_list(struct desk *desk, const struct request *request,
	struct letter_row **out_rows, size_t *out_count)
{
	struct event *events = NULL;
	struct letter_row *sent = NULL, *rows;
	size_t event_count = 0, sent_count = 0, sent_at = 0, count = 0;
	enum db_status stored = letters_list(desk->store, request->id, &sent, &sent_count);

	if (stored == DB_OK)
		stored = events_list(desk->store, request->reference, &events, &event_count);
	rows = mem_new(event_count, sizeof(*rows));
	for (size_t i = 0; i < event_count && stored == DB_OK; i++) {
		if (events[i].kind == EVENT_LETTER_PRINTED)
			stored = printed_read(desk->store, &events[i], &rows[count++]);
		else if (events[i].kind == EVENT_LETTER_SENT && sent_at < sent_count)
			rows[count++] = sent[sent_at++];
	}
	mem_free(events);
	mem_free(sent);
	*out_rows = rows;
	*out_count = count;
	return stored;
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
		return life_refuse(life, "%s: the day lies after today; correct it", life->sent_on);
	if (strcmp(life->sent_on, first) < 0)
		return life_refuse(life, "%s: there was no letter before %s; correct the day",
			life->sent_on, first);
	if (!letter_may_go_by(&own->letter, sending->channel))
		return life_refuse(life,
			"%s: what was found may not go that way to %s; send"
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
