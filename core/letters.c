/*
 * What the letters say: a table of paragraphs, each for some kinds of letter,
 * with {places} for what differs. A paragraph whose places are all empty is
 * left out. Under it what fills the places.
 */
#include "core/letters.h"

#include <ctype.h>
#include <string.h>

#include "core/calendar.h"
#include "core/codes.h"
#include "core/json.h"
#include "core/list.h"
#include "core/text.h"

#define FOR(kind) (1U << LETTER_##kind)

enum {
	EVERY_LETTER = FOR(QUERY) | FOR(REJECTION) | FOR(NO_TRACE) | FOR(RELEASE),
	ANSWERS =
		FOR(NO_TRACE) | FOR(RELEASE), /* for who may have the answer, and for nobody else */
};

struct writing {
	const struct letter *letter;
	letter_take *take;
	void *with;
};

typedef void paragraphs_fill(const struct writing *writing);
static paragraphs_fill fill_gaps, fill_reasons, fill_found;

/* clang-format off */

/* fill: writes as many lines as there are; else text is one. */
static const struct paragraph {
	unsigned kinds;
	enum letter_part part;
	const char *text;
	paragraphs_fill *fill;
} paragraphs[] = {
	{ EVERY_LETTER, LETTER_DEMO, "{demo}", NULL },
	{ EVERY_LETTER, LETTER_SENDER, "National Back Office, Tracing Service", NULL },
	{ EVERY_LETTER, LETTER_OFFICE, "{office}", NULL },
	{ EVERY_LETTER, LETTER_ADDRESS, "{addressee}", NULL },
	{ EVERY_LETTER, LETTER_FACT, "Our reference: {our_reference}", NULL },
	{ EVERY_LETTER, LETTER_FACT, "Your reference: {their_reference}", NULL },
	{ EVERY_LETTER, LETTER_FACT, "Case number: {court_case}", NULL },
	{ EVERY_LETTER, LETTER_FACT, "Date: {day}", NULL },

	{ FOR(QUERY), LETTER_HEADING, "Your request: we need to know more", NULL },
	{ FOR(QUERY), LETTER_PARAGRAPH, "Your request to trace a person reached us on {received}. We"
		" cannot go on with it yet.", NULL },
	{ FOR(QUERY), LETTER_ITEM, NULL, fill_gaps },
	{ FOR(QUERY), LETTER_PARAGRAPH, "{ask}", NULL },
	{ FOR(QUERY), LETTER_PARAGRAPH, "Please answer the way you sent the request, and name our"
		" reference. You need not fill in the form again: tell us what is missing or changed, and"
		" have it signed and dated anew where a signature is concerned. Your request waits until"
		" then.", NULL },

	{ FOR(REJECTION), LETTER_HEADING, "Your request: rejected", NULL },
	{ FOR(REJECTION), LETTER_PARAGRAPH, "Your request to trace a person reached us on {received}."
		" We have rejected it, because:", NULL },
	{ FOR(REJECTION), LETTER_ITEM, NULL, fill_reasons },
	{ FOR(REJECTION), LETTER_PARAGRAPH, "This says nothing about whether we hold a record of"
		" anybody.", NULL },
	{ FOR(REJECTION), LETTER_PARAGRAPH, "You can send the request in again when what is named above"
		" has been put right: send the whole form, signed and dated anew, the way you sent it"
		" before, and name our reference. It is then looked at as a new request.", NULL },

	{ FOR(NO_TRACE), LETTER_HEADING, "Your request: no trace", NULL },
	{ FOR(NO_TRACE), LETTER_PARAGRAPH, "Your request to trace a person reached us on {received}. We"
		" have searched, and were not able to trace any details.", NULL },
	{ FOR(NO_TRACE), LETTER_PARAGRAPH, "If you come to know more, such as another name, a date of"
		" birth or an address, send us a new form and name our reference.", NULL },

	{ FOR(RELEASE), LETTER_HEADING, "Your request: what we found", NULL },
	{ FOR(RELEASE), LETTER_PARAGRAPH, "Your request to trace a person reached us on {received}. This"
		" is what may be given to you.", NULL },
	{ FOR(RELEASE), LETTER_ITEM, NULL, fill_found },
	{ FOR(RELEASE), LETTER_PARAGRAPH, "It is given for this purpose only: {purpose}; legal basis:"
		" {legal_basis}. Keep it safe, show it to nobody who does not need it for that, and destroy"
		" it when it is no longer needed.", NULL },

	{ EVERY_LETTER, LETTER_PARAGRAPH, "If anything is unclear, {call} and name our reference. We speak about a request with who may have the answer"
		" and with nobody else.", NULL },
	{ EVERY_LETTER, LETTER_PARAGRAPH, "If you are not content with how we dealt with it, {complaints}."
		" If that does not settle it, you can complain to the Information Commissioner's Office, Wycliffe House, Water Lane,"
		" Wilmslow, Cheshire SK9 5AF, ico.org.uk.", NULL },
	{ EVERY_LETTER, LETTER_DEMO, "{demo}", NULL },
};

/* What a reason says that is no check of the form. The Guardian's reads like any other refusal in
   the public interest: domain.md section 6. */
static const struct code said_reasons[] = {
	{ "not_in_public_interest", "It would not be in the public interest to answer it." },
	{ "guardian_withheld", "It would not be in the public interest to answer it." },
	{ "other", "For another reason, which we will tell you when you call us." },
};

/* Who the answer goes to, when that is not the requester; is_court: at the court. */
static const struct {
	const char *recipient;
	const char *name;
	bool is_court;
	const char *channels;
} addressees[] = {
	{ "court", "The court", true, "court_mailbox secure_email post in_person" },
	{ "court_officer", "An officer of the court", true, "court_mailbox secure_email post in_person" },
	{ "constable", "A constable", false, "secure_email post in_person" },
};
static const char requester_channels[] = "secure_email post in_person court_mailbox";

static const char complain_here[] =
	"write to the supervisor of the tracing desk the way you sent the request";

/* clang-format on */

void letterhead_clear(struct letterhead *head)
{
	mem_free(head->address);
	mem_free(head->telephone);
	mem_free(head->email);
	mem_free(head->complaints);
	*head = (struct letterhead) { NULL, NULL, NULL, NULL };
}

enum letter_kind letter_of_state(enum request_state state)
{
	static const enum letter_kind kinds[STATE_WITHDRAWN + 1] = {
		[STATE_AWAITING_INFORMATION] = LETTER_QUERY,
		[STATE_REJECTED] = LETTER_REJECTION,
		[STATE_APPROVED_NO_TRACE] = LETTER_NO_TRACE,
		[STATE_APPROVED_TRACE] = LETTER_RELEASE,
	};

	return kinds[state];
}

/* A field of the receipt; "" when it is not on the form either. */
static const char *said(const struct letter *letter, enum request_field field)
{
	const char *text = letter->request->field[field];

	return strcmp(text, "-") == 0 ? "" : text;
}

static bool is_answer(const struct letter *letter)
{
	return (ANSWERS & (1U << letter->kind)) != 0;
}

static int addressee_of(const struct letter *letter)
{
	if (!is_answer(letter))
		return -1;
	for (int i = 0; i < (int)(sizeof(addressees) / sizeof(addressees[0])); i++)
		if (strcmp(addressees[i].recipient, said(letter, FIELD_RECIPIENT)) == 0)
			return i;
	return -1;
}

bool letter_may_go_by(const struct letter *letter, const char *channel)
{
	int addressee = addressee_of(letter);
	const char *channels = addressee < 0 ? requester_channels : addressees[addressee].channels;
	size_t size = strlen(channel);

	if (!is_answer(letter))
		return true;
	for (const char *at = channels; *at != '\0'; at += strspn(at, " ")) {
		size_t length = strcspn(at, " ");

		if (length == size && strncmp(at, channel, size) == 0)
			return true;
		at += length;
	}
	return false;
}

/* Hands text over, a part a line. */
static void write_lines(const struct writing *writing, enum letter_part part, const char *text)
{
	while (*text != '\0') {
		size_t size = strcspn(text, "\n");
		char *line = mem_text_sized(text, size);
		struct buffer shown;

		buffer_init(&shown);
		text_show(line, &shown);
		if (shown.size > 0)
			writing->take(writing->with, part, buffer_text(&shown));
		buffer_done(&shown);
		mem_free(line);
		text += size;
		text += *text == '\n';
	}
}

/* Sentences */

static bool is_wanting(const struct finding *finding)
{
	if (finding->is_excepted || finding->rule->advice == ADVICE_NONE)
		return false;
	return finding->result == RULE_FAIL || (finding->result == RULE_WARN && !finding->waits);
}

/* Each sentence once, and none that the question asked says again. */
static void write_once(const struct writing *writing, const char *sentence, struct buffer *said)
{
	const size_t before = said->size;

	buffer_print(said, "%s\n", sentence);
	if (before > 0) {
		const char *found = strstr(said->text, said->text + before);

		if (found != said->text + before)
			return;
	}
	if (writing->letter->kind != LETTER_QUERY || !writing->letter->ask ||
		!strstr(writing->letter->ask, sentence))
		write_lines(writing, LETTER_ITEM, sentence);
}

static void fill_gaps(const struct writing *writing)
{
	struct buffer said;

	buffer_init(&said);
	for (size_t i = 0; i < writing->letter->finding_count; i++)
		if (is_wanting(&writing->letter->findings[i]))
			write_once(writing, writing->letter->findings[i].sentence, &said);
	buffer_done(&said);
}

/* The label in a list as the start of a line: with a capital. */
static void add_capital(const char *label, struct buffer *out)
{
	char first = (char)toupper((unsigned char)*label);

	buffer_add_bytes(out, &first, 1);
	buffer_add(out, label + 1);
}

static void reason_sentence(const struct letter *letter, const char *reason, struct buffer *out)
{
	for (size_t i = 0; i < sizeof(said_reasons) / sizeof(said_reasons[0]); i++)
		if (strcmp(said_reasons[i].code, reason) == 0) {
			buffer_add(out, said_reasons[i].label);
			return;
		}
	for (size_t i = 0; i < letter->finding_count; i++)
		if (strcmp(letter->findings[i].rule->code, reason) == 0 &&
			is_wanting(&letter->findings[i])) {
			buffer_add(out, letter->findings[i].sentence);
			return;
		}
	add_capital(code_shown("reason", reason), out);
	buffer_add(out, ".");
}

static void fill_reasons(const struct writing *writing)
{
	const char *list = writing->letter->request->field[FIELD_REASONS];
	struct buffer said;
	char *reason;

	buffer_init(&said);
	while ((reason = list_next(&list)) != NULL) {
		struct buffer sentence;

		buffer_init(&sentence);
		reason_sentence(writing->letter, reason, &sentence);
		write_once(writing, buffer_text(&sentence), &said);
		buffer_done(&sentence);
		mem_free(reason);
	}
	buffer_done(&said);
}

/* What was found, of the items released and no other. */

static void write_value(
	const struct writing *writing, const struct json_value *values, const char *item)
{
	const struct json_value *value = values ? json_member(values, item) : NULL;
	struct buffer line;

	buffer_init(&line);
	add_capital(code_shown("item", item), &line);
	buffer_print(&line, ": %s", value ? value->text : "not recorded");
	for (char *at = line.text; *at != '\0'; at++)
		if (*at == '\n')
			*at = ' ';
	write_lines(writing, LETTER_ITEM, buffer_text(&line));
	buffer_done(&line);
}

static void write_subject(const struct writing *writing, const struct subject *subject)
{
	static const char traced[] = "00 90 92";
	const char *text = subject->field[FIELD_VALUES], *code = subject->field[FIELD_TRACE_CODE];
	const char *list = writing->letter->request->field[FIELD_RELEASED];
	char why[128], *item;
	struct json_value *values;

	if (*code == '\0' || !strstr(traced, code)) {
		write_lines(writing, LETTER_ITEM, "No details were traced.");
		return;
	}
	values = json_read(text, strlen(text), why, sizeof(why));
	while ((item = list_next(&list)) != NULL) {
		write_value(writing, values, item);
		mem_free(item);
	}
	json_free(values);
}

static void fill_found(const struct writing *writing)
{
	const struct request *request = writing->letter->request;

	for (size_t i = 0; i < request->subject_count; i++) {
		struct buffer head;

		buffer_init(&head);
		buffer_print(&head, "Person %zu of the %zu that you named:", i + 1,
			request->subject_count);
		if (request->subject_count > 1)
			write_lines(writing, LETTER_PARAGRAPH, buffer_text(&head));
		buffer_done(&head);
		write_subject(writing, &request->subjects[i]);
	}
}

/* Places */

static void add_line(struct buffer *out, const char *first, const char *rest)
{
	if (*first == '\0' && *rest == '\0')
		return;
	buffer_print(out, "%s%s%s%s", out->size > 0 ? "\n" : "", first,
		*first != '\0' && *rest != '\0' ? " " : "", rest);
}

static void place_addressee(const struct letter *letter, struct buffer *out)
{
	int addressee = addressee_of(letter);

	if (addressee >= 0)
		add_line(out, addressees[addressee].name, "");
	if (addressee >= 0 && addressees[addressee].is_court) {
		add_line(out, said(letter, FIELD_COURT), "");
		return;
	}
	if (addressee < 0)
		add_line(out, said(letter, FIELD_REQUESTER_RANK),
			said(letter, FIELD_REQUESTER_NAME));
	add_line(out, said(letter, FIELD_ORGANISATION), "");
	add_line(out, said(letter, FIELD_REQUESTER_STATION), "");
	add_line(out, said(letter, FIELD_REQUESTER_ADDRESS), "");
	add_line(out, said(letter, FIELD_REQUESTER_EMAIL), "");
}

static const char *kept(const char *text)
{
	return text ? text : "";
}

static void place_office(const struct letterhead *head, struct buffer *out)
{
	const char *telephone = kept(head->telephone), *email = kept(head->email);

	add_line(out, kept(head->address), "");
	add_line(out, *telephone != '\0' ? "Telephone:" : "", telephone);
	add_line(out, *email != '\0' ? "E-mail:" : "", email);
}

static void place_label(
	const struct letter *letter, enum request_field field, const char *set, struct buffer *out)
{
	buffer_add(out, code_shown(set, said(letter, field)));
}

static void place_day(const char *day, struct buffer *out)
{
	char shown[64];

	day_shown(day, shown);
	buffer_add(out, shown);
}

static void place_fill(
	const struct letter *letter, const char *name, size_t size, struct buffer *out)
{
	const char *telephone = kept(letter->head.telephone);
	const char *complaints = kept(letter->head.complaints);
	const struct {
		const char *name, *text;
	} texts[] = {
		{ "demo", letter->is_demo ? "DEMO - an invented case; nobody real is meant" : "" },
		{ "our_reference", letter->request->reference },
		{ "their_reference", said(letter, FIELD_REQUESTER_REFERENCE) },
		{ "court_case", said(letter, FIELD_COURT_CASE) },
		{ "ask", letter->ask ? letter->ask : "" },
		{ "complaints", *complaints != '\0' ? complaints : complain_here },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (strlen(texts[i].name) == size && strncmp(texts[i].name, name, size) == 0)
			buffer_add(out, texts[i].text);
	if (strncmp(name, "addressee}", size + 1) == 0)
		place_addressee(letter, out);
	else if (strncmp(name, "office}", size + 1) == 0)
		place_office(&letter->head, out);
	else if (strncmp(name, "call}", size + 1) == 0)
		buffer_print(out, "call the tracing desk%s%s", *telephone != '\0' ? " on " : "",
			telephone);
	else if (strncmp(name, "day}", size + 1) == 0)
		place_day(letter->day, out);
	else if (strncmp(name, "received}", size + 1) == 0)
		place_day(said(letter, FIELD_RECEIVED), out);
	else if (strncmp(name, "purpose}", size + 1) == 0)
		place_label(letter, FIELD_PURPOSE, "purpose", out);
	else if (strncmp(name, "legal_basis}", size + 1) == 0)
		place_label(letter, FIELD_LEGAL_BASIS, "legal_basis", out);
}

static void write_paragraph(const struct writing *writing, const struct paragraph *paragraph)
{
	const char *at = paragraph->text;
	struct buffer line;
	size_t places = 0, empty = 0;

	buffer_init(&line);
	while (*at != '\0') {
		size_t plain = strcspn(at, "{"), before;

		buffer_add_bytes(&line, at, plain);
		at += plain;
		if (*at == '\0')
			break;
		before = line.size;
		place_fill(writing->letter, at + 1, strcspn(at + 1, "}"), &line);
		places++;
		empty += line.size == before;
		at += strcspn(at, "}") + 1;
	}
	if (places == 0 || empty < places)
		write_lines(writing, paragraph->part, buffer_text(&line));
	buffer_done(&line);
}

void letter_parts(const struct letter *letter, letter_take *take, void *with)
{
	const struct writing writing = { letter, take, with };

	for (size_t i = 0; i < sizeof(paragraphs) / sizeof(paragraphs[0]); i++) {
		if (!(paragraphs[i].kinds & (1U << letter->kind)))
			continue;
		if (paragraphs[i].fill)
			paragraphs[i].fill(&writing);
		else
			write_paragraph(&writing, &paragraphs[i]);
	}
}
