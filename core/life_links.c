/*
 * What ties a receipt to others and to the world: links, incidents, and a
 * rejected request that was sent in again.
 */
#include <string.h>

#include "core/desk_words.h"
#include "core/life_private.h"

/* The other receipt of a link; the person must be allowed to open it, too. */
static enum desk_status other_load(struct life *life, struct request *out_other)
{
	enum db_status stored = requests_load(life->desk->store, life->move->other, out_other);

	if (stored == DB_NONE)
		return life_refuse(life,
			"there is no receipt %s; `tracedesk request list` shows them",
			life->move->other);
	if (stored != DB_OK)
		return life_failed(life, stored);
	if (out_other->id != life->request.id && desk_may_see(life->desk, out_other))
		return DESK_OK;
	if (out_other->id == life->request.id) {
		request_clear(out_other);
		return life_refuse(life, "it can't be linked to itself; name another receipt");
	}
	request_clear(out_other);
	return life_refuse(
		life, "%s is flagged, and not yours to open; ask a supervisor", life->move->other);
}

/* The link, and its event in the history of the other one; that of this one follows. */
static enum db_status link_write(
	struct life *life, int64_t other, enum event_kind kind, const char *reference)
{
	const struct event_detail detail = { "other", life->request.reference };
	const struct desk_event event = { kind, reference, &detail, 1 };
	enum db_status stored = links_insert(life->desk->store, life->request.id, other);

	return stored == DB_OK ? desk_event(life->desk, &event) : stored;
}

enum desk_status life_link(struct life *life)
{
	struct request other;
	char *linked = NULL;
	enum desk_status status = other_load(life, &other);
	enum db_status stored;

	if (status != DESK_OK)
		return status;
	stored = links_list(life->desk->store, life->request.id, &linked);
	if (stored == DB_OK && list_has(linked, other.reference))
		status = life_refuse(life, "it is linked to %s already", other.reference);
	else if (stored == DB_OK)
		stored = link_write(life, other.id, EVENT_LINKED, other.reference);
	mem_free(linked);
	request_clear(&other);
	return stored == DB_OK ? status : life_failed(life, stored);
}

static void incident_line(struct buffer *out, const char *label, const char *text)
{
	if (*text != '\0')
		buffer_print(out, "%s%s: %s", out->size > 0 ? "\n" : "", label, text);
}

enum desk_status life_incident(struct life *life)
{
	const struct incident *incident = life->move->incident;
	struct buffer text;
	enum desk_status status;

	if (!incident)
		return life_refuse(life, "what happened is missing; give it with --from FILE");
	if (!*incident->what || strcmp(incident->what, "-") == 0)
		return life_refuse(life, "what: what happened is missing; write it there");
	if (!*incident->when || strcmp(incident->when, "-") == 0)
		return life_refuse(life, "when: the day is missing; write YYYY-MM-DD");
	if (strcmp(incident->when, life->desk->today) > 0)
		return life_refuse(life, "when: the day lies after today; correct it");
	buffer_init(&text);
	incident_line(&text, "What", incident->what);
	incident_line(&text, "When", incident->when);
	incident_line(&text, "Told", incident->told);
	incident_line(&text, "Reference", incident->reference);
	status = life_note(life, NOTE_INCIDENT, buffer_text(&text));
	buffer_done(&text);
	return status;
}

/* What the form said, as of today; who sent this one is checked anew. Flags go with the subjects,
   so that what was closed stays closed, and open to the same caseworker. */
static void request_copy(const struct life *life, struct request *copy)
{
	const struct request *old = &life->request;

	request_init(copy);
	copy->flagged = old->flagged;
	if (old->flagged)
		memcpy(copy->assigned_to, old->assigned_to, sizeof(copy->assigned_to));
	for (int i = 0; i < REQUEST_INTAKE_COUNT; i++)
		record_set(&copy->field[i], old->field[i]);
	record_set(&copy->field[FIELD_RECEIVED], life->desk->today);
	record_set(&copy->field[FIELD_IDENTITY_CHECKED], "");
	for (size_t s = 0; s < old->subject_count; s++) {
		struct subject *subject = request_add_subject(copy);

		for (int i = 0; i < SUBJECT_FIELD_COUNT; i++)
			if (i < FIELD_TRACE_CODE || i == FIELD_S_FLAG ||
				i == FIELD_IDENTITY_CHANGED || i == FIELD_FOLDED_SURNAME)
				record_set(&subject->field[i], old->subjects[s].field[i]);
	}
}

enum desk_status life_resubmit(struct life *life)
{
	struct store *store = life->desk->store;
	struct request copy;
	enum db_status stored;

	request_copy(life, &copy);
	stored = desk_request_insert(life->desk, &copy);
	if (stored == DB_OK)
		stored = link_write(life, copy.id, EVENT_REQUEST_ADDED, copy.reference);
	if (stored == DB_OK)
		stored = duplicates_find(
			store, &copy, desk_seer(life->desk), &life->saved->duplicates);
	life->made = copy;
	return stored == DB_OK ? DESK_OK : life_failed(life, stored);
}
