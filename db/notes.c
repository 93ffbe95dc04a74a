/*
 * Notes, judgements, links and possible duplicates of receipts.
 */
#include "db/notes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/statement.h"

/* Flagged ones are for some: to the others even the likeness would tell of a subject. */
#define SEEN "(r.flagged = 0 OR :person = 0 OR r.assigned_to = :person)"
/* Receipts linked to :request, either way round. */
#define LINKED                                                    \
	"(SELECT other FROM links WHERE request = :request UNION" \
	" SELECT request FROM links WHERE other = :request)"
/* What is linked is known to be about the same: no duplicate, yet an earlier receipt. */
#define UNLINKED "(:with_linked = 1 OR r.id NOT IN " LINKED ")"

enum {
	NOTE_INSERT,
	NOTE_LIST,
	JUDGEMENT_SET,
	JUDGEMENT_LIST,
	LINK_INSERT,
	LINK_LIST,
	SAME_NUMBER,
	SAME_BIRTH,
	SAME_REFERENCE,
	NOTE_STATEMENTS
};

static const char *const note_sql[NOTE_STATEMENTS] = {
	[NOTE_INSERT] = "INSERT INTO notes(request, time, person, kind, text)"
			" VALUES(:request, :time, :person, :kind, :text)",
	[NOTE_LIST] = "SELECT n.id AS id, n.time AS time, n.person AS person, p.name AS name,"
		      " n.kind AS kind, n.text AS text FROM notes n JOIN people p"
		      " ON p.id = n.person WHERE n.request = :request ORDER BY n.id",
	[JUDGEMENT_SET] = "INSERT INTO judgements(request, rule, holds)"
			  " VALUES(:request, :rule, :holds) ON CONFLICT(request, rule)"
			  " DO UPDATE SET holds = excluded.holds",
	[JUDGEMENT_LIST] = "SELECT rule, holds FROM judgements WHERE request = :request"
			   " ORDER BY rule LIMIT :limit",
	[LINK_INSERT] = "INSERT INTO links(request, other) SELECT :request, :other"
			" WHERE :other NOT IN " LINKED,
	[LINK_LIST] = "SELECT reference FROM requests WHERE id IN " LINKED " ORDER BY reference",
	[SAME_NUMBER] = "SELECT DISTINCT r.id AS id, r.reference AS reference FROM subjects s"
			" JOIN requests r ON r.id = s.request WHERE s.nhs_number = :number"
			" AND s.nhs_number <> '' AND s.nhs_number <> '-' AND r.id <> :request"
			" AND " SEEN " AND " UNLINKED " ORDER BY r.id DESC LIMIT 20",
	[SAME_BIRTH] = "SELECT DISTINCT r.id AS id, r.reference AS reference,"
		       " s.folded_surname AS surname FROM subjects s"
		       " JOIN requests r ON r.id = s.request WHERE s.subject_dob = :born"
		       " AND s.subject_dob <> '' AND s.subject_dob <> '-' AND r.id <> :request"
		       " AND " SEEN " AND " UNLINKED " ORDER BY r.id DESC LIMIT 1000",
	[SAME_REFERENCE] = "SELECT r.id AS id, r.reference AS reference FROM requests r"
			   " WHERE requester_reference = :theirs AND requester_reference <> ''"
			   " AND requester_reference <> '-' AND organisation = :organisation"
			   " AND r.id <> :request AND " SEEN " AND r.id NOT IN " LINKED
			   " ORDER BY r.id DESC LIMIT 20",
};
static const struct statement_file notes = { FILE_NOTES, note_sql, NOTE_STATEMENTS };

enum db_status notes_insert(struct store *store, const struct note *note)
{
	struct statement *statement = statement_use(store, &notes, NOTE_INSERT);

	statement_bind_number(statement, ":request", note->request);
	statement_bind_number(statement, ":time", note->time);
	statement_bind_number(statement, ":person", note->person);
	statement_bind_number(statement, ":kind", note->kind);
	statement_bind_text(statement, ":text", note->text);
	return statement_run(statement);
}

enum db_status notes_list(
	struct store *store, int64_t request, struct note **out_notes, size_t *out_count)
{
	struct statement *statement = statement_use(store, &notes, NOTE_LIST);
	struct note *list = NULL;
	size_t count = 0, size = sizeof(*list);
	enum db_status status;

	statement_bind_number(statement, ":request", request);
	while ((status = statement_step(statement)) == DB_OK) {
		list = mem_resize(list, count * size, (count + 1) * size);
		list[count].id = statement_number(statement, "id");
		list[count].request = request;
		list[count].time = statement_number(statement, "time");
		list[count].person = statement_number(statement, "person");
		list[count].kind = (enum note_kind)statement_number(statement, "kind");
		statement_copy(statement, "name", list[count].person_name, NAME_SIZE);
		list[count].text = mem_text(statement_text(statement, "text"));
		count++;
	}
	statement_done(statement);
	if (status == DB_NONE) {
		*out_notes = list;
		*out_count = count;
		return DB_OK;
	}
	while (count > 0)
		note_clear(&list[--count]);
	mem_free(list);
	return status;
}

enum db_status judgements_set(struct store *store, int64_t request, const char *rule, bool holds)
{
	struct statement *statement = statement_use(store, &notes, JUDGEMENT_SET);

	statement_bind_number(statement, ":request", request);
	statement_bind_text(statement, ":rule", rule);
	statement_bind_number(statement, ":holds", holds);
	return statement_run(statement);
}

enum db_status judgements_list(struct store *store, int64_t request,
	struct judgement out_judgements[JUDGEMENTS_MOST], size_t *out_count)
{
	struct statement *statement = statement_use(store, &notes, JUDGEMENT_LIST);
	enum db_status status;

	*out_count = 0;
	statement_bind_number(statement, ":request", request);
	statement_bind_number(statement, ":limit", JUDGEMENTS_MOST);
	while ((status = statement_step(statement)) == DB_OK) {
		struct judgement *judgement = &out_judgements[(*out_count)++];

		statement_copy(statement, "rule", judgement->rule, sizeof(judgement->rule));
		judgement->holds = statement_number(statement, "holds") != 0;
	}
	statement_done(statement);
	return status == DB_NONE ? DB_OK : status;
}

enum db_status links_insert(struct store *store, int64_t request, int64_t other)
{
	struct statement *statement = statement_use(store, &notes, LINK_INSERT);

	statement_bind_number(statement, ":request", request);
	statement_bind_number(statement, ":other", other);
	return statement_run(statement);
}

/* A list of references as it grows. */
struct references {
	char *text;
	size_t size;
};

static void reference_add(struct references *list, const char *reference)
{
	size_t size = strlen(reference), gap = list->size ? 1 : 0;
	const char *found = list->text ? strstr(list->text, reference) : NULL;

	if (found && (found[size] == ';' || !found[size]) &&
		(found == list->text || found[-1] == ';'))
		return;
	list->text = mem_resize(list->text, list->size, list->size + gap + size + 1);
	if (gap)
		list->text[list->size] = ';';
	memcpy(list->text + list->size + gap, reference, size);
	list->size += gap + size;
}

static enum db_status references_read(struct statement *statement, struct references *list)
{
	enum db_status status;

	while ((status = statement_step(statement)) == DB_OK)
		reference_add(list, statement_text(statement, "reference"));
	statement_done(statement);
	return status == DB_NONE ? DB_OK : status;
}

static char *references_take(struct references *list)
{
	return list->text ? list->text : mem_text("");
}

enum db_status links_list(struct store *store, int64_t request, char **out_references)
{
	struct statement *statement = statement_use(store, &notes, LINK_LIST);
	struct references list = { 0 };
	enum db_status status;

	statement_bind_number(statement, ":request", request);
	status = references_read(statement, &list);
	*out_references = references_take(&list);
	return status;
}

/* At most one letter wrong, missing, more, or two neighbours swapped (bytes of folded text). */
static bool surname_is_near(const char *a, const char *b)
{
	size_t a_size = strlen(a), b_size = strlen(b), same = 0;

	while (a[same] && a[same] == b[same])
		same++;
	a += same;
	b += same;
	a_size -= same;
	b_size -= same;
	if (a_size == b_size) {
		if (a_size < 2 || strcmp(a + 1, b + 1) == 0)
			return true;
		return a[0] == b[1] && a[1] == b[0] && strcmp(a + 2, b + 2) == 0;
	}
	if (a_size + 1 == b_size)
		return strcmp(a, b + 1) == 0;
	return a_size == b_size + 1 && strcmp(a + 1, b) == 0;
}

struct likeness {
	const struct request *request;
	int64_t person; /* who asks; 0: somebody who sees flagged ones */
	bool with_linked;
};

static void likeness_bind(struct statement *statement, const struct likeness *wanted)
{
	statement_bind_number(statement, ":request", wanted->request->id);
	statement_bind_number(statement, ":person", wanted->person);
}

static enum db_status same_number(struct store *store, const struct likeness *wanted,
	const char *number, struct references *list)
{
	struct statement *statement = statement_use(store, &notes, SAME_NUMBER);

	likeness_bind(statement, wanted);
	statement_bind_number(statement, ":with_linked", wanted->with_linked);
	statement_bind_text(statement, ":number", number);
	return references_read(statement, list);
}

/* Subjects born on one day, from the first of them on. */
struct born {
	const struct subject *const *subject;
	size_t count;
};

static bool born_has_near(const struct born *born, const char *surname)
{
	for (size_t i = 0; i < born->count; i++)
		if (surname_is_near(born->subject[i]->field[FIELD_FOLDED_SURNAME], surname))
			return true;
	return false;
}

static enum db_status same_birth(struct store *store, const struct likeness *wanted,
	const struct born *born, struct references *list)
{
	struct statement *statement = statement_use(store, &notes, SAME_BIRTH);
	enum db_status status;

	likeness_bind(statement, wanted);
	statement_bind_number(statement, ":with_linked", wanted->with_linked);
	statement_bind_text(statement, ":born", born->subject[0]->field[FIELD_SUBJECT_DOB]);
	while ((status = statement_step(statement)) == DB_OK)
		if (born_has_near(born, statement_text(statement, "surname")))
			reference_add(list, statement_text(statement, "reference"));
	statement_done(statement);
	return status == DB_NONE ? DB_OK : status;
}

static enum db_status same_reference(
	struct store *store, const struct likeness *wanted, struct references *list)
{
	struct statement *statement = statement_use(store, &notes, SAME_REFERENCE);

	likeness_bind(statement, wanted);
	statement_bind_text(
		statement, ":theirs", wanted->request->field[FIELD_REQUESTER_REFERENCE]);
	statement_bind_text(statement, ":organisation", wanted->request->field[FIELD_ORGANISATION]);
	return references_read(statement, list);
}

static int compare_field(const void *a, const void *b, enum subject_field field)
{
	const struct subject *const *one = a, *const *other = b;
	int order = strcmp((*one)->field[field], (*other)->field[field]);

	return order != 0 ? order : (*one > *other) - (*one < *other);
}

static int compare_numbers(const void *a, const void *b)
{
	return compare_field(a, b, FIELD_NHS_NUMBER);
}

static int compare_births(const void *a, const void *b)
{
	return compare_field(a, b, FIELD_SUBJECT_DOB);
}

/* How many from the first on have the same in this field. */
static size_t alike_count(
	const struct subject *const *subject, size_t count, enum subject_field field)
{
	size_t alike = 1;

	while (alike < count && strcmp(subject[alike]->field[field], subject[0]->field[field]) == 0)
		alike++;
	return alike;
}

/* Receipts for the people of this one. Each number and each day is looked for once: a receipt
   may name thousands born on one day, and each look meets all of them. */
static enum db_status same_people(
	struct store *store, const struct likeness *wanted, struct references *list)
{
	size_t count = wanted->request->subject_count, alike;
	const struct subject **subject = mem_new(count + 1, sizeof(*subject));
	enum db_status status = DB_OK;

	for (size_t i = 0; i < count; i++)
		subject[i] = &wanted->request->subjects[i];
	qsort(subject, count, sizeof(const struct subject *), compare_numbers);
	for (size_t i = 0; i < count && status == DB_OK; i += alike) {
		alike = alike_count(subject + i, count - i, FIELD_NHS_NUMBER);
		status = same_number(store, wanted, subject[i]->field[FIELD_NHS_NUMBER], list);
	}
	qsort(subject, count, sizeof(const struct subject *), compare_births);
	for (size_t i = 0; i < count && status == DB_OK; i += alike) {
		const struct born born = { subject + i,
			alike_count(subject + i, count - i, FIELD_SUBJECT_DOB) };

		alike = born.count;
		status = same_birth(store, wanted, &born, list);
	}
	mem_free(subject);
	return status;
}

enum db_status earlier_find(
	struct store *store, const struct request *request, int64_t person, char **out_references)
{
	const struct likeness wanted = { request, person, true };
	struct references list = { 0 };
	enum db_status status = same_people(store, &wanted, &list);

	*out_references = references_take(&list);
	return status;
}

enum db_status duplicates_find(
	struct store *store, const struct request *request, int64_t person, char **out_references)
{
	const struct likeness wanted = { request, person, false };
	struct references list = { 0 };
	enum db_status status = same_reference(store, &wanted, &list);

	if (status == DB_OK)
		status = same_people(store, &wanted, &list);
	*out_references = references_take(&list);
	return status;
}
