/*
 * People who leave, come back, change their roles or lose their password. The
 * last administrator and the last supervisor stay; nobody changes his own
 * roles; the work of who can no longer do it goes back.
 */
#include <string.h>
#include <time.h>

#include "core/buffer.h"
#include "core/desk_private.h"
#include "core/list.h"
#include "db/drafts.h"
#include "db/people.h"
#include "db/request_lists.h"
#include "db/requests.h"

enum { WORKING = ROLE_CASEWORKER | ROLE_SUPERVISOR, PAGE = 50 };

/* What is done to a colleague. */
struct user_change {
	enum deed deed;
	const char *name;
	enum desk_status (*apply)(struct desk *desk, const struct user_change *change,
		struct person *person, struct notice *notice);
	unsigned roles;	     /* to be, for user role */
	struct buffer *work; /* that goes back */
};

/* Somebody else, by name. person_clear when it is DESK_OK. */
static enum desk_status colleague_load(
	struct desk *desk, const char *name, struct person *out_person, struct notice *notice)
{
	enum db_status stored = people_load(desk->store, name, out_person);

	if (stored == DB_NONE)
		return notice_set(notice, DESK_REFUSED,
			"%s: there is nobody of that name; `tracedesk user list` shows them", name);
	if (stored != DB_OK)
		return desk_failed(desk->store, stored, notice);
	if (out_person->id != desk->person.id)
		return DESK_OK;
	person_clear(out_person);
	return notice_set(
		notice, DESK_REFUSED, "%s: that is you; another administrator has to do it", name);
}

/* Is there somebody else at work in that role? */
static enum desk_status others_have(
	struct desk *desk, const struct person *person, unsigned role, struct notice *notice)
{
	struct person *people = NULL;
	size_t count = 0;
	bool is_other = false;
	enum db_status stored = people_list(desk->store, &people, &count);

	while (count > 0) {
		struct person *other = &people[--count];

		is_other |=
			other->id != person->id && !other->disabled && (other->roles & role) != 0;
		person_clear(other);
	}
	mem_free(people);
	if (stored != DB_OK)
		return desk_failed(desk->store, stored, notice);
	if (is_other)
		return DESK_OK;
	return notice_set(notice, DESK_REFUSED,
		"%s: this is the last %s; give that role to somebody else first", person->name,
		role_code((int)role));
}

/* May the person lose those roles? */
static enum desk_status may_lose(
	struct desk *desk, const struct person *person, unsigned roles, struct notice *notice)
{
	enum desk_status status = DESK_OK;

	if (person->disabled)
		return DESK_OK;
	if ((person->roles & roles & ROLE_ADMINISTRATOR) != 0)
		status = others_have(desk, person, ROLE_ADMINISTRATOR, notice);
	if (status == DESK_OK && (person->roles & roles & ROLE_SUPERVISOR) != 0)
		status = others_have(desk, person, ROLE_SUPERVISOR, notice);
	return status;
}

static enum db_status give_back(struct desk *desk, const char *reference, struct buffer *list)
{
	const struct event_detail nobody = { "to", "" };
	const struct desk_event event = { EVENT_REQUEST_ASSIGNED, reference, &nobody, 1 };
	struct request request;
	enum db_status stored = requests_load(desk->store, reference, &request);

	if (stored != DB_OK)
		return stored;
	request.assigned_to[0] = '\0';
	stored = requests_update(desk->store, &request);
	if (stored == DB_OK)
		stored = desk_event(desk, &event);
	request_clear(&request);
	list_add(list, reference);
	return stored;
}

/* Open receipts become nobody's; their references go into the list, parted by ';'. */
static enum db_status work_give_back(struct desk *desk, int64_t person, struct buffer *list)
{
	const struct queue_page page = { .queue = QUEUE_MINE, .person = person, .limit = PAGE };
	struct request_row rows[PAGE];
	size_t count;
	enum db_status stored;

	do {
		stored = queue_page(desk->store, &page, rows, &count);
		if (stored != DB_OK)
			return stored;
		for (size_t i = 0; i < count && stored == DB_OK; i++)
			stored = give_back(desk, rows[i].reference, list);
		request_rows_clear(rows, count);
	} while (stored == DB_OK && count > 0);
	return stored;
}

static enum db_status person_event(
	struct desk *desk, enum event_kind kind, const struct person *person)
{
	char roles[128];
	const struct event_detail details[] = { { "name", person->name }, { "roles", roles } };
	const struct desk_event event = { kind, NULL, details, 2 };

	roles_text(person->roles, roles, sizeof(roles));
	return desk_event(desk, &event);
}

/* The row and its event; work NULL: the person's work stays. */
static enum db_status person_store(
	struct desk *desk, struct person *person, enum event_kind kind, struct buffer *work)
{
	enum db_status stored = people_update(desk->store, person);

	if (stored == DB_OK && person->disabled)
		stored = drafts_delete(desk->store, person->id);
	if (stored == DB_OK)
		stored = person_event(desk, kind, person);
	if (stored == DB_OK && work)
		stored = work_give_back(desk, person->id, work);
	return stored;
}

/* The slot first: whatever happens then, the person is out. */
static enum desk_status disable(struct desk *desk, const struct user_change *change,
	struct person *person, struct notice *notice)
{
	enum desk_status status = may_lose(desk, person, person->roles, notice);
	enum db_status stored;

	if (status == DESK_OK && person->disabled)
		status = notice_set(notice, DESK_REFUSED, "%s: is disabled already", person->name);
	if (status != DESK_OK)
		return status;
	stored = store_slot_remove(desk->store, person->name);
	if (stored != DB_OK && stored != DB_NONE)
		return desk_failed(desk->store, stored, notice);
	person->disabled = true;
	stored = person_store(desk, person, EVENT_USER_DISABLED, change->work);
	return desk_failed(desk->store, stored, notice);
}

static enum desk_status role_change(struct desk *desk, const struct user_change *change,
	struct person *person, struct notice *notice)
{
	enum desk_status status = may_lose(desk, person, person->roles & ~change->roles, notice);

	if (status != DESK_OK)
		return status;
	person->roles = change->roles;
	return desk_failed(desk->store,
		person_store(desk, person, EVENT_USER_ROLES_SET,
			(change->roles & WORKING) == 0 ? change->work : NULL),
		notice);
}

/* A deed on a colleague, who is looked at and changed in one transaction. */
static enum desk_status user_change(
	struct desk *desk, const struct user_change *change, char **out_work, struct notice *notice)
{
	struct person person = { 0 };
	enum desk_status status = desk_begin(desk, change->deed, notice);

	*out_work = NULL;
	if (status != DESK_OK)
		return status;
	buffer_init(change->work);
	if (change->deed == DEED_USER_ROLE)
		status = person_roles_check("user role", change->roles, notice);
	if (status == DESK_OK)
		status = colleague_load(desk, change->name, &person, notice);
	if (status == DESK_OK)
		status = change->apply(desk, change, &person, notice);
	status = desk_finish(desk, change->deed, status, notice);
	if (status == DESK_OK)
		*out_work = buffer_take(change->work);
	buffer_done(change->work);
	person_clear(&person);
	return status;
}

enum desk_status desk_user_disable(
	struct desk *desk, const char *name, char **out_work, struct notice *out_notice)
{
	struct buffer work;
	const struct user_change change = { DEED_USER_DISABLE, name, disable, 0, &work };

	return user_change(desk, &change, out_work, out_notice);
}

enum desk_status desk_user_role(struct desk *desk, const char *name, unsigned roles,
	char **out_work, struct notice *out_notice)
{
	struct buffer work;
	const struct user_change change = { DEED_USER_ROLE, name, role_change, roles, &work };

	return user_change(desk, &change, out_work, out_notice);
}

/* New keys */

static enum db_status keys_store(struct desk *desk, struct person *person, enum event_kind kind,
	const uint8_t sign_public[32], const uint8_t box_public[32])
{
	enum db_status stored;

	person->disabled = false;
	person->must_change = true;
	stored = people_update(desk->store, person);
	if (stored == DB_OK)
		stored = drafts_delete(desk->store, person->id);
	if (stored == DB_OK)
		stored = people_add_key(desk->store, person->id, sign_public, box_public);
	return stored == DB_OK ? person_event(desk, kind, person) : stored;
}

static enum desk_status renew_check(struct desk *desk, const struct desk_renewal *renewal,
	const struct person *person, struct notice *notice)
{
	if (renewal->is_back && !person->disabled)
		return notice_set(notice, DESK_REFUSED,
			"%s: is not disabled; for a lost password use `tracedesk user reset`",
			person->name);
	if (!renewal->is_back && person->disabled)
		return notice_set(notice, DESK_REFUSED,
			"%s: is disabled; use `tracedesk user enable`", person->name);
	if (renewal->is_back && !person_slot_is_free(desk, "user enable", notice))
		return notice->status;
	return renewal->password ? desk_password_check(person->name, renewal->password, notice)
				 : DESK_OK;
}

/* The row and the key, in one transaction with the look at who it is. */
static enum desk_status renew_row(struct desk *desk, const struct desk_renewal *renewal,
	const uint8_t sign_public[32], const uint8_t box_public[32], struct notice *notice)
{
	enum deed deed = renewal->is_back ? DEED_USER_ENABLE : DEED_USER_RESET;
	struct person person = { 0 };
	enum desk_status status = desk_begin(desk, deed, notice);

	if (status != DESK_OK)
		return status;
	status = colleague_load(desk, renewal->name, &person, notice);
	if (status == DESK_OK)
		status = renew_check(desk, renewal, &person, notice);
	if (status == DESK_OK)
		status = desk_failed(desk->store,
			keys_store(desk, &person,
				renewal->is_back ? EVENT_USER_ENABLED : EVENT_USER_RESET,
				sign_public, box_public),
			notice);
	person_clear(&person);
	return desk_finish(desk, deed, status, notice);
}

/* The slot after it, as for somebody new. */
static enum desk_status renew(struct desk *desk, const struct desk_renewal *renewal,
	const struct secret *password, struct notice *notice)
{
	uint8_t sign_public[32], box_public[32];
	struct secret *seed = NULL;
	enum desk_status status = desk_failed(desk->store, store_hold(desk->store), notice);

	if (status != DESK_OK)
		return status;
	store_seed_new(&seed, sign_public, box_public);
	status = renew_row(desk, renewal, sign_public, box_public, notice);
	if (status == DESK_OK)
		status = desk_failed(desk->store,
			store_slot_add(desk->store, renewal->name, password, seed), notice);
	secret_free(seed);
	store_release(desk->store);
	return status;
}

enum desk_status desk_user_renew(struct desk *desk, const struct desk_renewal *renewal,
	struct secret **out_password, struct notice *out_notice)
{
	struct secret *made = renewal->password ? NULL : people_one_time_password();
	enum desk_status status = renew(desk, renewal, made ? made : renewal->password, out_notice);

	*out_password = NULL;
	if (status == DESK_OK)
		*out_password = made;
	else
		secret_free(made);
	return status;
}

enum desk_status desk_user_unlock(struct desk *desk, const char *name, struct notice *out_notice)
{
	struct person person = { 0 };
	enum desk_status status = desk_begin(desk, DEED_USER_UNLOCK, out_notice);

	if (status != DESK_OK)
		return status;
	status = colleague_load(desk, name, &person, out_notice);
	if (status == DESK_OK && person.disabled)
		status = notice_set(out_notice, DESK_REFUSED,
			"%s: is disabled; use `tracedesk user enable`", name);
	if (status == DESK_OK)
		status = desk_failed(
			desk->store, person_event(desk, EVENT_USER_UNLOCKED, &person), out_notice);
	person_clear(&person);
	status = desk_finish(desk, DEED_USER_UNLOCK, status, out_notice);
	if (status == DESK_OK)
		status = desk_failed(desk->store, store_slot_unlock(desk->store, name), out_notice);
	return status;
}

enum desk_status desk_people_keys(struct desk *desk, const struct person *people, size_t count,
	struct desk_key *out_keys, struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_USER_LIST, NULL, out_notice);
	enum db_status stored = DB_OK;

	if (status != DESK_OK)
		return status;
	for (size_t i = 0; i < count && stored == DB_OK; i++)
		stored = store_slot_look(desk->store, people[i].name, time(NULL),
			&out_keys[i].has_slot, &out_keys[i].locked_until);
	return desk_failed(desk->store, stored, out_notice);
}
