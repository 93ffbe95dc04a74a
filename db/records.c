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
static const struct stored_code request_states[] = { REQUEST_STATES(STORED_CODE) };
static const struct stored_code roles[] = { ROLES(STORED_CODE) };
static const struct stored_code submission_statuses[] = { SUBMISSION_STATUSES(STORED_CODE) };
static const struct stored_code event_kinds[] = { EVENT_KINDS(STORED_CODE) };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct stored_code *stored_find(
	const struct stored_code *codes, size_t count, int number)
{
	for (size_t i = 0; i < count; i++)
		if (codes[i].number == number)
			return &codes[i];
	return NULL;
}

static int stored_from(const struct stored_code *codes, size_t count, const char *code)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(codes[i].code, code) == 0)
			return codes[i].number;
	return 0;
}

const char *request_state_code(int state)
{
	const struct stored_code *found = stored_find(request_states, COUNT(request_states), state);

	return found ? found->code : NULL;
}

const char *request_state_name(int state)
{
	const struct stored_code *found = stored_find(request_states, COUNT(request_states), state);

	return found ? found->name : NULL;
}

int request_state_from(const char *code)
{
	return stored_from(request_states, COUNT(request_states), code);
}

const char *role_code(int role)
{
	const struct stored_code *found = stored_find(roles, COUNT(roles), role);

	return found ? found->code : NULL;
}

int role_from(const char *code)
{
	return stored_from(roles, COUNT(roles), code);
}

const char *submission_status_code(int status)
{
	const struct stored_code *found =
		stored_find(submission_statuses, COUNT(submission_statuses), status);

	return found ? found->code : NULL;
}

int submission_status_from(const char *code)
{
	return stored_from(submission_statuses, COUNT(submission_statuses), code);
}

const char *event_kind_code(int kind)
{
	const struct stored_code *found = stored_find(event_kinds, COUNT(event_kinds), kind);

	return found ? found->code : NULL;
}

const char *event_kind_name(int kind)
{
	const struct stored_code *found = stored_find(event_kinds, COUNT(event_kinds), kind);

	return found ? found->name : NULL;
}

int event_kind_from(const char *code)
{
	return stored_from(event_kinds, COUNT(event_kinds), code);
}

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
	request->state = STATE_RECEIVED;
	request->version = 1;
}

void request_clear(struct request *request)
{
	for (int i = 0; i < REQUEST_FIELD_COUNT; i++)
		mem_free(request->field[i]);
	for (size_t s = 0; s < request->subject_count; s++)
		for (int i = 0; i < SUBJECT_FIELD_COUNT; i++)
			mem_free(request->subjects[s].field[i]);
	mem_free(request->subjects);
	explicit_bzero(request, sizeof(*request));
}

struct subject *request_add_subject(struct request *request)
{
	size_t size = sizeof(struct subject);
	struct subject *subject;

	request->subjects = mem_resize(request->subjects, request->subject_count * size,
		(request->subject_count + 1) * size);
	subject = &request->subjects[request->subject_count++];
	for (int i = 0; i < SUBJECT_FIELD_COUNT; i++)
		subject->field[i] = mem_text("");
	return subject;
}

void request_rows_clear(struct request_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		mem_free(rows[i].organisation);
		mem_free(rows[i].surname);
		mem_free(rows[i].forenames);
	}
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
