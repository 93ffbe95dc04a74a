/*
 * The fields of the form of a request and where they stand, as data; and the
 * way between them and a request. A subject whose fields are all empty is none.
 */
#include "tui/log_form.h"

#include <string.h>

#include "core/buffer.h"
#include "core/template.h"
#include "core/text.h"

/* clang-format off */

#define OF_REQUEST(field, label, shape, width, wide, lines) \
	{ COLUMN_REQUEST, field, label, shape, width, wide, lines, false, NULL, NULL }
#define OF_OFFICER(field, label) \
	{ COLUMN_REQUEST, field, label, FORM_GROUP, 15, true, 1, false, label, "name" }
#define OF_SUBJECT(field, label, shape, width, wide) \
	{ COLUMN_SUBJECT, field, label, shape, width, wide, 1, false, NULL, NULL }

static const struct form_place request_places[] = {
	OF_REQUEST(FIELD_SERVICE, "service", FORM_LINE, 25, false, 1),
	OF_REQUEST(FIELD_RECEIVED, "received", FORM_LINE, 10, false, 1),
	OF_REQUEST(FIELD_CHANNEL, "by", FORM_BESIDE, 13, false, 1),
	OF_REQUEST(FIELD_ORGANISATION, "organisation", FORM_LINE, 24, true, 1),
	OF_REQUEST(FIELD_ORGANISATION_KIND, "kind", FORM_BESIDE, 28, false, 1),
	OF_REQUEST(FIELD_REQUESTER_REFERENCE, "their ref.", FORM_LINE, 20, true, 1),
	OF_OFFICER(FIELD_REQUESTER_NAME, "requester"),
	OF_REQUEST(FIELD_REQUESTER_RANK, "rank", FORM_BESIDE, 8, false, 1),
	OF_REQUEST(FIELD_REQUESTER_NUMBER, "number", FORM_LINE, 8, false, 1),
	OF_REQUEST(FIELD_REQUESTER_EMAIL, "e-mail", FORM_BESIDE, 28, true, 1),
	OF_REQUEST(FIELD_REQUESTER_TELEPHONE, "telephone", FORM_BESIDE, 14, false, 1),
	OF_REQUEST(FIELD_REQUESTER_STATION, "station", FORM_LINE, 24, true, 1),
	OF_REQUEST(FIELD_REQUESTER_ADDRESS, "address", FORM_LINE, 30, true, 1),
	OF_REQUEST(FIELD_REQUESTER_SIGNED, "signed", FORM_LINE, 10, false, 1),
	OF_REQUEST(FIELD_IDENTITY_CHECKED, "sender checked", FORM_BESIDE, 33, false, 1),
	OF_OFFICER(FIELD_COUNTERSIGNER_NAME, "countersigner"),
	OF_REQUEST(FIELD_COUNTERSIGNER_RANK, "rank", FORM_BESIDE, 8, false, 1),
	OF_REQUEST(FIELD_COUNTERSIGNER_NUMBER, "number", FORM_LINE, 8, false, 1),
	OF_REQUEST(FIELD_COUNTERSIGNER_ORGANISATION, "of", FORM_BESIDE, 12, true, 1),
	OF_REQUEST(FIELD_COUNTERSIGNED, "countersigned", FORM_LINE, 10, false, 1),
	OF_REQUEST(FIELD_COURT, "court", FORM_GROUP, 24, true, 1),
	OF_REQUEST(FIELD_COURT_CASE, "case number", FORM_LINE, 20, true, 1),
	OF_REQUEST(FIELD_COURT_ORDER_KIND, "kind of order", FORM_LINE, 32, true, 1),
	OF_REQUEST(FIELD_COURT_ORDER_DATE, "order made", FORM_LINE, 10, false, 1),
	OF_REQUEST(FIELD_SEALED_COPY_SEEN, "sealed copy", FORM_BESIDE, 3, false, 1),
	OF_REQUEST(FIELD_RECIPIENT, "recipient", FORM_LINE, 23, false, 1),
	OF_REQUEST(FIELD_LEGAL_BASIS, "legal basis", FORM_GROUP, 32, true, 1),
	OF_REQUEST(FIELD_WARRANT_REFERENCE, "warrant ref.", FORM_LINE, 20, true, 1),
	OF_REQUEST(FIELD_PANEL_DECISION, "panel decision", FORM_LINE, 10, false, 1),
	OF_REQUEST(FIELD_PURPOSE, "purpose", FORM_LINE, 22, false, 1),
	OF_REQUEST(FIELD_NECESSITY, "why necessary", FORM_LINE, 32, true, 2),
	OF_REQUEST(FIELD_OFFENCE, "offence", FORM_LINE, 24, true, 1),
	OF_REQUEST(FIELD_SUBJECT_ROLE, "subject's role", FORM_LINE, 14, false, 1),
	OF_REQUEST(FIELD_ITEMS, "asks for", FORM_GROUP, 30, true, 1),
	{ COLUMN_REQUEST, FIELD_ITEMS, "in other words", FORM_LINE, 30, true, 1, true, NULL, NULL },
	OF_REQUEST(FIELD_RETURN_ROUTE, "return route", FORM_LINE, 20, true, 1),
	OF_REQUEST(FIELD_NEEDED_BY, "needed by", FORM_LINE, 10, false, 1),
	OF_REQUEST(FIELD_SAFEGUARDING, "safeguarding", FORM_BESIDE, 3, false, 1),
	OF_REQUEST(FIELD_NOTE, "note", FORM_LINE, 32, true, 2),
};

static const struct form_place subject_places[] = {
	{ COLUMN_SUBJECT, FIELD_SUBJECT_SURNAME, "surname", FORM_GROUP, 24, true, 1, false, "subject",
		"surname" },
	OF_SUBJECT(FIELD_SUBJECT_FORENAMES, "forenames", FORM_BESIDE, 24, true),
	OF_SUBJECT(FIELD_SUBJECT_ALIASES, "other names", FORM_LINE, 24, true),
	OF_SUBJECT(FIELD_SUBJECT_DOB, "born", FORM_LINE, 10, false),
	OF_SUBJECT(FIELD_SUBJECT_DOB_APPROX, "about", FORM_BESIDE, 7, false),
	OF_SUBJECT(FIELD_SUBJECT_SEX, "sex", FORM_BESIDE, 13, false),
	OF_SUBJECT(FIELD_SUBJECT_ADDRESS, "address", FORM_LINE, 30, true),
	OF_SUBJECT(FIELD_SUBJECT_POSTCODE, "postcode", FORM_LINE, 8, false),
	OF_SUBJECT(FIELD_NHS_NUMBER, "NHS no.", FORM_BESIDE, 12, false),
};

/* clang-format on */

enum { INTAKE_SUBJECT_FIELDS = sizeof(subject_places) / sizeof(subject_places[0]) };

static size_t subjects_count(const struct form *form)
{
	return form->count > 0 ? form->fields[form->count - 1].subject + 1 : 0;
}

static struct form_field *subject_add(struct form *form, size_t subject)
{
	size_t first = form->count;

	for (size_t i = 0; i < INTAKE_SUBJECT_FIELDS; i++)
		form_add(form, &subject_places[i], subject);
	form->fields[first].has_heading = true;
	return &form->fields[first];
}

struct form_field *log_form_add_subject(struct form *form)
{
	return subject_add(form, subjects_count(form));
}

void log_form_build(struct form *form, const char *today)
{
	form_init(form, today);
	for (size_t i = 0; i < sizeof(request_places) / sizeof(request_places[0]); i++)
		form_add(form, &request_places[i], 0);
	(void)subject_add(form, 0);
}

/* The stored value that a field shows. */
static const char *field_of(const struct form_field *field, const struct request *request)
{
	if (field->place->place == COLUMN_REQUEST)
		return request->field[field->place->field];
	if (field->subject < request->subject_count)
		return request->subjects[field->subject].field[field->place->field];
	return "";
}

void log_form_set(struct form *form, const struct request *request)
{
	while (subjects_count(form) < request->subject_count)
		(void)log_form_add_subject(form);
	for (size_t i = 0; i < form->count; i++)
		field_set(&form->fields[i], field_of(&form->fields[i], request));
}

void log_form_show(struct form *form)
{
	const char *service = form_find(form, COLUMN_REQUEST, FIELD_SERVICE, 0)->line.text;

	for (size_t i = 0; i < form->count; i++)
		form->fields[i].is_shown = template_has(service, form->fields[i].column);
}

/* What a field and, of a list, the one with the rest of it hold; NULL: it cannot be taken. */
static char *value_make(const struct form *form, struct form_field *field)
{
	char *value = field_value(field, form->today), *rest;
	struct buffer whole;

	if (!value || field->column->kind != FIELD_LIST || strcmp(value, "-") == 0)
		return value;
	rest = field_value(field + 1, form->today);
	buffer_init(&whole);
	buffer_print(&whole, "%s%s%s", value, *value && rest && *rest ? ";" : "", rest ? rest : "");
	mem_free(value);
	mem_free(rest);
	return buffer_take(&whole);
}

static char **field_into(const struct form_field *field, struct request *request)
{
	if (field->place->place == COLUMN_REQUEST)
		return &request->field[field->place->field];
	while (request->subject_count <= field->subject)
		(void)request_add_subject(request);
	return &request->subjects[field->subject].field[field->place->field];
}

static void request_copy(const struct request *from, struct request *out_copy)
{
	request_init(out_copy);
	out_copy->id = from->id;
	out_copy->version = from->version;
	out_copy->state = from->state;
	memcpy(out_copy->reference, from->reference, sizeof(out_copy->reference));
	for (size_t i = 0; i < REQUEST_FIELD_COUNT; i++)
		record_set(&out_copy->field[i], from->field[i]);
	for (size_t i = 0; i < from->subject_count; i++) {
		struct subject *subject = request_add_subject(out_copy);

		for (size_t j = 0; j < SUBJECT_FIELD_COUNT; j++)
			record_set(&subject->field[j], from->subjects[i].field[j]);
	}
}

static bool subject_is_empty(const struct subject *subject)
{
	for (size_t i = 0; i < INTAKE_SUBJECT_FIELDS; i++)
		if (*subject->field[subject_places[i].field])
			return false;
	return true;
}

static void subjects_drop_empty(struct request *request)
{
	size_t kept = 0;

	for (size_t i = 0; i < request->subject_count; i++) {
		struct subject swap = request->subjects[kept];

		if (subject_is_empty(&request->subjects[i]))
			continue;
		request->subjects[kept++] = request->subjects[i];
		if (kept - 1 != i)
			request->subjects[i] = swap;
	}
	request_cut_subjects(request, kept);
}

/* As the store keeps them, by which a duplicate is found. */
static void surnames_fold(struct request *request)
{
	for (size_t i = 0; i < request->subject_count; i++) {
		char **field = request->subjects[i].field;
		struct buffer folded;

		buffer_init(&folded);
		text_fold(field[FIELD_SUBJECT_SURNAME], &folded);
		record_set(&field[FIELD_FOLDED_SURNAME], buffer_text(&folded));
		buffer_done(&folded);
	}
}

void log_form_request(
	const struct form *form, const struct request *base, struct request *out_request)
{
	request_copy(base, out_request);
	for (size_t i = 0; i < form->count; i++) {
		struct form_field *field = &form->fields[i];
		char *value;

		if (!field->is_shown || field->place->is_rest)
			continue;
		value = value_make(form, field);
		record_set(field_into(field, out_request), value);
		mem_free(value);
	}
	subjects_drop_empty(out_request);
	surnames_fold(out_request);
}

static bool subjects_differ(const struct request *a, const struct request *b)
{
	if (a->subject_count != b->subject_count)
		return true;
	for (size_t i = 0; i < a->subject_count; i++)
		for (size_t j = 0; j < INTAKE_SUBJECT_FIELDS; j++) {
			int field = subject_places[j].field;

			if (strcmp(a->subjects[i].field[field], b->subjects[i].field[field]) != 0)
				return true;
		}
	return false;
}

bool log_form_patch(
	const struct request *base, const struct request *now, struct request_patch *out_patch)
{
	bool differs = false;

	*out_patch = (struct request_patch) { 0 };
	request_init(&out_patch->values);
	for (size_t i = 0; i < REQUEST_INTAKE_COUNT; i++) {
		if (strcmp(base->field[i], now->field[i]) == 0)
			continue;
		out_patch->has_field[i] = differs = true;
		record_set(&out_patch->values.field[i], now->field[i]);
	}
	out_patch->has_subjects = subjects_differ(base, now);
	for (size_t i = 0; out_patch->has_subjects && i < now->subject_count; i++) {
		struct subject *subject = request_add_subject(&out_patch->values);

		for (size_t j = 0; j < SUBJECT_FIELD_COUNT; j++)
			record_set(&subject->field[j], now->subjects[i].field[j]);
	}
	return differs || out_patch->has_subjects;
}

/* Three ways: what it was, what somebody made of it, what is typed here. */
void log_form_follow(struct form *form, const struct request *base, const struct request *now,
	struct buffer *out_both)
{
	while (subjects_count(form) < now->subject_count)
		(void)log_form_add_subject(form);
	for (size_t i = 0; i < form->count; i++) {
		struct form_field *field = &form->fields[i];
		const char *was = field_of(field, base), *is = field_of(field, now);
		char *mine = field->place->is_rest ? NULL : value_make(form, field);

		if (strcmp(was, is) == 0 || (mine && strcmp(mine, is) == 0)) {
			/* nobody else changed it, or to the same */
		} else if (mine && strcmp(mine, was) == 0) {
			field_set(field, is);
			if (field->column->kind == FIELD_LIST)
				field_set(field + 1, is);
			buffer_print(
				out_both, "%s: now \"%s\", taken over\n", field->column->label, is);
		} else if (!field->place->is_rest) {
			buffer_print(out_both, "%s: now \"%s\", yours \"%s\"\n",
				field->column->label, is, field->line.text);
		}
		mem_free(mine);
	}
}

/* Is nothing entered of the subject whose fields begin here? */
static bool subject_is_blank(const struct form *form, size_t first)
{
	for (size_t i = first;
		i < form->count && form->fields[i].subject == form->fields[first].subject; i++)
		if (!field_is_empty(&form->fields[i]))
			return false;
	return true;
}

static bool is_first_of_subject(const struct form_field *field)
{
	return field->place->place == COLUMN_SUBJECT && field->has_heading;
}

static size_t subjects_entered(const struct form *form)
{
	size_t entered = 0;

	for (size_t i = 0; i < form->count; i++)
		entered += is_first_of_subject(&form->fields[i]) && !subject_is_blank(form, i);
	return entered;
}

/* In one walk, in which the request, that has no blank subjects, is followed: needs knows only
   those that are entered, or the one that might be added when none is. */
void log_form_need(struct form *form, const struct rules_needs *needs)
{
	size_t all = subjects_entered(form), entered = 0;
	const struct subject_needs *of = NULL;

	for (size_t i = 0; i < form->count; i++) {
		struct form_field *field = &form->fields[i];

		if (is_first_of_subject(field)) {
			bool is_blank = subject_is_blank(form, i);
			bool has_needs = !is_blank || (all == 0 && field->subject == 0);

			of = has_needs && entered < needs->subject_count ? &needs->subjects[entered]
									 : NULL;
			entered += !is_blank;
		}
		field->is_needed = field->is_shown && !field->place->is_rest &&
				   (field->place->place == COLUMN_SUBJECT
						   ? of && of->field[field->place->field]
						   : needs->field[field->place->field]);
	}
}

size_t log_form_needed(const struct form *form, size_t *out_shown)
{
	size_t needed = 0;

	*out_shown = 0;
	for (size_t i = 0; i < form->count; i++) {
		*out_shown += form->fields[i].is_shown && !form->fields[i].place->is_rest;
		needed += form->fields[i].is_needed;
	}
	return needed;
}
