/*
 * The records' small change: codes and names of the stored enums, making and
 * clearing (wiping) of each record.
 */
#include "db/records.h"

#include <string.h>

struct stored_code {
	int number;
	const char *code;
	const char *name;
};

#define STORED_CODE(constant, number, code, name) { number, code, name },
#define COUNT(array)				  (sizeof(array) / sizeof((array)[0]))

static const struct stored_code request_states[] = { REQUEST_STATES(STORED_CODE) };
static const struct stored_code roles[] = { ROLES(STORED_CODE) };
static const struct stored_code submission_statuses[] = { SUBMISSION_STATUSES(STORED_CODE) };
static const struct stored_code event_kinds[] = { EVENT_KINDS(STORED_CODE) };
static const struct stored_code decision_kinds[] = { DECISION_KINDS(STORED_CODE) };
static const struct stored_code decision_results[] = { DECISION_RESULTS(STORED_CODE) };
static const struct stored_code note_kinds[] = { NOTE_KINDS(STORED_CODE) };
static const struct stored_code letter_kinds[] = { LETTER_KINDS(STORED_CODE) };
static const struct stored_code queues[] = { QUEUES(STORED_CODE) };

static const char *stored_code_of(const struct stored_code *codes, size_t count, int number)
{
	for (size_t i = 0; i < count; i++)
		if (codes[i].number == number)
			return codes[i].code;
	return NULL;
}

static const char *stored_name_of(const struct stored_code *codes, size_t count, int number)
{
	for (size_t i = 0; i < count; i++)
		if (codes[i].number == number)
			return codes[i].name;
	return NULL;
}

static int stored_from(const struct stored_code *codes, size_t count, const char *code)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(codes[i].code, code) == 0)
			return codes[i].number;
	return 0;
}

/* One accessor from one row: what it is called, which list, which half. */
#define STORED_LOOKUP(function, codes, half)                            \
	const char *function(int number)                                \
	{                                                               \
		return stored_##half##_of(codes, COUNT(codes), number); \
	}
#define STORED_PARSE(function, codes)                          \
	int function(const char *code)                         \
	{                                                      \
		return stored_from(codes, COUNT(codes), code); \
	}

STORED_LOOKUP(request_state_code, request_states, code)
STORED_LOOKUP(request_state_name, request_states, name)
STORED_LOOKUP(role_code, roles, code)
STORED_LOOKUP(submission_status_code, submission_statuses, code)
STORED_LOOKUP(event_kind_code, event_kinds, code)
STORED_LOOKUP(event_kind_name, event_kinds, name)
STORED_LOOKUP(decision_kind_code, decision_kinds, code)
STORED_LOOKUP(decision_kind_name, decision_kinds, name)
STORED_LOOKUP(decision_result_name, decision_results, name)
STORED_LOOKUP(note_kind_code, note_kinds, code)
STORED_LOOKUP(note_kind_name, note_kinds, name)
STORED_LOOKUP(letter_kind_code, letter_kinds, code)
STORED_LOOKUP(letter_kind_name, letter_kinds, name)
STORED_LOOKUP(queue_code, queues, code)
STORED_LOOKUP(queue_name, queues, name)
STORED_PARSE(request_state_from, request_states)
STORED_PARSE(role_from, roles)
STORED_PARSE(submission_status_from, submission_statuses)
STORED_PARSE(event_kind_from, event_kinds)

void record_set(char **field, const char *text)
{
	char *copy = mem_text(text ? text : "");

	mem_free(*field);
	*field = copy;
}

void request_init(struct request *request)
{
	memset(request, 0, sizeof(*request));
	for (int i = 0; i < REQUEST_FIELD_COUNT; i++)
		request->field[i] = mem_text("");
	request->waits = mem_text("");
	request->state = STATE_RECEIVED;
	request->version = 1;
}

void request_clear(struct request *request)
{
	for (int i = 0; i < REQUEST_FIELD_COUNT; i++)
		mem_free(request->field[i]);
	mem_free(request->waits);
	request_cut_subjects(request, 0);
	mem_free(request->subjects);
	explicit_bzero(request, sizeof(*request));
}

struct subject *request_add_subject(struct request *request)
{
	struct subject *subject;

	request->subjects =
		mem_one_more(request->subjects, request->subject_count, sizeof(*request->subjects));
	subject = &request->subjects[request->subject_count++];
	for (int i = 0; i < SUBJECT_FIELD_COUNT; i++)
		subject->field[i] = mem_text("");
	return subject;
}

void request_cut_subjects(struct request *request, size_t count)
{
	while (request->subject_count > count) {
		struct subject *subject = &request->subjects[--request->subject_count];

		for (int i = 0; i < SUBJECT_FIELD_COUNT; i++)
			mem_free(subject->field[i]);
	}
}

void request_words_clear(struct request_words *words)
{
	mem_free(words->subject);
	mem_free(words->other);
	*words = (struct request_words) { 0 };
}

void request_rows_clear(struct request_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		mem_free(rows[i].organisation);
		mem_free(rows[i].surname);
		mem_free(rows[i].forenames);
		mem_free(rows[i].waits);
	}
	if (count > 0)
		explicit_bzero(rows, count * sizeof(*rows));
}

void submission_init(struct submission *submission)
{
	memset(submission, 0, sizeof(*submission));
	submission->organisation = mem_text("");
	submission->contact_email = mem_text("");
	submission->note = mem_text("");
	submission->status = SUBMISSION_RECEIVED;
}

void submission_clear(struct submission *submission)
{
	mem_free(submission->organisation);
	mem_free(submission->contact_email);
	mem_free(submission->note);
	explicit_bzero(submission, sizeof(*submission));
}

void month_revision_clear(struct month_revision *published)
{
	mem_free(published->why);
	explicit_bzero(published, sizeof(*published));
}

void releases_clear(struct release *releases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		mem_free(releases[i].organisation);
		mem_free(releases[i].items);
	}
}

void month_services_clear(struct month_service *services, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		mem_free(services[i].label);
		mem_free(services[i].footnote);
	}
}

void person_clear(struct person *person)
{
	mem_free(person->full_name);
	explicit_bzero(person, sizeof(*person));
}

void service_clear(struct service *service)
{
	mem_free(service->label);
	mem_free(service->note);
	mem_free(service->footnote);
	explicit_bzero(service, sizeof(*service));
}

void decision_init(struct decision *decision)
{
	memset(decision, 0, sizeof(*decision));
	decision->reasons = mem_text("");
	decision->note = mem_text("");
	decision->detail = mem_text("");
	decision->items = mem_text("");
	decision->findings = mem_text("");
	decision->struck = mem_text("");
	decision->review_note = mem_text("");
}

void decision_clear(struct decision *decision)
{
	mem_free(decision->reasons);
	mem_free(decision->note);
	mem_free(decision->detail);
	mem_free(decision->items);
	mem_free(decision->findings);
	mem_free(decision->struck);
	mem_free(decision->review_note);
	explicit_bzero(decision, sizeof(*decision));
}

void note_clear(struct note *note)
{
	mem_free(note->text);
	explicit_bzero(note, sizeof(*note));
}

void receipt_file_clear(struct receipt_file *file)
{
	mem_free(file->name);
	explicit_bzero(file, sizeof(*file));
}

void organisation_clear(struct organisation *organisation)
{
	mem_free(organisation->name);
	mem_free(organisation->email_domain);
	explicit_bzero(organisation, sizeof(*organisation));
}
