/*
 * People of the desk: listing, adding, passwords.
 */
#include <string.h>
#include <time.h>

#include "core/desk_private.h"
#include "core/passwords.h"
#include "core/text.h"
#include "db/people.h"

enum { NAME_MOST = 32, FULL_NAME_MOST = 200 };

/* What a new person logs in with. */
struct person_secrets {
	const struct secret *password;
	uint8_t sign_public[32], box_public[32];
};

enum desk_status person_name_check(const char *name, struct notice *notice)
{
	size_t size = strlen(name);

	if (size >= 1 && size <= NAME_MOST &&
		strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == size)
		return DESK_OK;
	return notice_set(notice, DESK_REFUSED,
		"\"%s\": no log-in name; use 1 to %d of lower-case letters, digits, \".\", \"_\" "
		"and \"-\"",
		name, NAME_MOST);
}

enum desk_status person_roles_check(const char *command, unsigned roles, struct notice *notice)
{
	if (roles == 0)
		return notice_set(notice, DESK_USAGE, "%s: no role was given", command);
	if ((roles & ROLE_ADMINISTRATOR) != 0 && roles != ROLE_ADMINISTRATOR)
		return notice_set(notice, DESK_REFUSED,
			"%s: an administrator sees no receipt and has no other role; give "
			"the other roles to another person",
			command);
	return DESK_OK;
}

static enum desk_status name_is_free(struct desk *desk, const char *name, struct notice *notice)
{
	struct person other = { 0 };
	enum db_status status = people_load(desk->store, name, &other);

	person_clear(&other);
	if (status == DB_NONE)
		return DESK_OK;
	if (status != DB_OK)
		return desk_failed(desk->store, status, notice);
	return notice_set(notice, DESK_REFUSED,
		"%s: there is a person of that name already, disabled or not; choose another",
		name);
}

static enum desk_status full_name_check(const char *name, struct notice *notice)
{
	if (!text_is_utf8(name, strlen(name)) || text_width(name) > FULL_NAME_MOST)
		return notice_set(notice, DESK_REFUSED,
			"the full name is not UTF-8, or wider than %d; shorten it", FULL_NAME_MOST);
	if (!text_is_plain(name))
		return notice_set(notice, DESK_REFUSED,
			"the full name: \"%s\" holds a character that cannot be shown; leave it "
			"out",
			name);
	return DESK_OK;
}

enum desk_status desk_password_check(
	const char *name, const struct secret *password, struct notice *out_notice)
{
	const char *why = NULL;

	switch (password_judge(name, secret_read(password), secret_size(password))) {
	case PASSWORD_GOOD:
		return DESK_OK;
	case PASSWORD_SHORT:
		why = "it has fewer than 12 characters; a few words make a good one";
		break;
	case PASSWORD_LONG:
		why = "it has more than 256 characters; shorten it";
		break;
	case PASSWORD_NOT_UTF8:
		why = "it is not UTF-8 text; type it anew";
		break;
	case PASSWORD_COMMON:
		why = "it is one of the common ones that are tried first; choose another";
		break;
	case PASSWORD_NAME:
		why = "it is the log-in name; choose another";
		break;
	}
	return notice_set(out_notice, DESK_REFUSED, "the new password is refused: %s", why);
}

enum desk_status desk_people(
	struct desk *desk, struct person **out_people, size_t *out_count, struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_USER_LIST, NULL, out_notice);

	if (status != DESK_OK)
		return status;
	return desk_failed(
		desk->store, people_list(desk->store, out_people, out_count), out_notice);
}

/* Looked at first, since the row comes before the slot. */
bool person_slot_is_free(const struct desk *desk, const char *command, struct notice *notice)
{
	struct store_info info;

	store_info(desk->store, &info);
	if (info.slots_used < STORE_SLOTS)
		return true;
	(void)notice_set(notice, DESK_REFUSED,
		"%s: all %d key slots of the store are taken; disable people who have left",
		command, STORE_SLOTS);
	return false;
}

/* Row, public keys and event, before the slot. */
static enum db_status person_write(struct desk *desk, struct person *person,
	const uint8_t *sign_public, const uint8_t *box_public)
{
	const struct event_detail details[] = { { "name", person->name } };
	const struct desk_event event = { EVENT_USER_ADDED, NULL, details, 1 };
	enum db_status status = people_insert(desk->store, person);

	if (status == DB_OK)
		status = people_add_key(desk->store, person->id, sign_public, box_public);
	return status == DB_OK ? desk_event(desk, &event) : status;
}

static enum desk_status person_check(struct desk *desk, const struct person *person,
	const struct secret *password, struct notice *notice)
{
	enum desk_status status = person_name_check(person->name, notice);

	if (status == DESK_OK)
		status = name_is_free(desk, person->name, notice);
	if (status == DESK_OK && !person_slot_is_free(desk, "user add", notice))
		status = notice->status;
	if (status == DESK_OK)
		status = person_roles_check("user add", person->roles, notice);
	if (status == DESK_OK)
		status = full_name_check(person->full_name, notice);
	if (status == DESK_OK)
		status = desk_password_check(person->name, password, notice);
	return status;
}

static enum desk_status row_add(struct desk *desk, const struct person *person,
	const struct person_secrets *secrets, struct notice *notice)
{
	struct person row = *person;
	enum desk_status status = desk_begin(desk, DEED_USER_ADD, notice);

	if (status != DESK_OK)
		return status;
	status = person_check(desk, person, secrets->password, notice);
	if (status == DESK_OK)
		status = desk_failed(desk->store,
			person_write(desk, &row, secrets->sign_public, secrets->box_public),
			notice);
	return desk_finish(desk, DEED_USER_ADD, status, notice);
}

enum desk_status desk_person_add(struct desk *desk, const struct person *person,
	const struct secret *password, struct notice *notice)
{
	struct person_secrets secrets = { .password = password };
	struct secret *seed = NULL;
	enum desk_status status = desk_failed(desk->store, store_hold(desk->store), notice);
	enum db_status slotted;

	if (status != DESK_OK)
		return status;
	store_seed_new(&seed, secrets.sign_public, secrets.box_public);
	status = row_add(desk, person, &secrets, notice);
	if (status == DESK_OK) {
		slotted = store_slot_add(desk->store, person->name, password, seed);
		status = desk_failed(desk->store, slotted, notice);
		if (status != DESK_OK)
			(void)notice_set(notice, status, "%s is added, but cannot log in yet: %s",
				person->name, store_message(desk->store));
	}
	secret_free(seed);
	store_release(desk->store);
	return status;
}

enum desk_status desk_user_add(struct desk *desk, const struct person *person,
	const struct secret *password, struct secret **out_password, struct notice *out_notice)
{
	struct person row = *person;
	struct secret *made = password ? NULL : people_one_time_password();
	enum desk_status status;

	row.must_change = true;
	status = desk_person_add(desk, &row, made ? made : password, out_notice);
	*out_password = NULL;
	if (status == DESK_OK)
		*out_password = made;
	else
		secret_free(made);
	return status;
}

/* The forced change is done only when the slot has the new password. The row is the one of now: an
   administrator may have given other roles. */
static enum db_status passwd_is_done(struct desk *desk)
{
	const struct event_detail details[] = { { "one_time", "replaced" } };
	const struct desk_event event = { EVENT_PASSWORD_CHANGED, NULL, details, 1 };
	struct person now = { 0 };
	enum db_status status;

	if (!desk->person.must_change)
		return DB_OK;
	status = store_begin(desk->store);
	if (status != DB_OK)
		return status;
	status = people_load(desk->store, desk->person.name, &now);
	now.must_change = false;
	if (status == DB_OK)
		status = people_update(desk->store, &now);
	person_clear(&now);
	if (status == DB_OK)
		status = desk_event(desk, &event);
	status = desk_end(desk, status);
	desk->person.must_change = status != DB_OK;
	return status;
}

/* With the store held: nobody resets or disables the person between slot and row. */
static enum db_status passwd_change(
	struct desk *desk, const struct secret *old_password, const struct secret *password)
{
	const struct desk_event event = { .kind = EVENT_PASSWORD_CHANGED };
	enum db_status stored = store_hold(desk->store);

	if (stored != DB_OK)
		return stored;
	stored = desk_event_alone(desk, &event);
	if (stored == DB_OK)
		stored = store_slot_change_password(
			desk->store, desk->person.name, old_password, password);
	if (stored == DB_OK)
		stored = passwd_is_done(desk);
	store_release(desk->store);
	return stored;
}

enum desk_status desk_passwd(struct desk *desk, const struct secret *old_password,
	const struct secret *password, struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_PASSWD, NULL, out_notice);
	enum db_status stored;

	if (status != DESK_OK)
		return status;
	status = desk_password_check(desk->person.name, password, out_notice);
	if (status == DESK_OK && desk->person.must_change &&
		secret_is_equal(old_password, password))
		status = notice_set(out_notice, DESK_REFUSED,
			"the new password is refused: it is the one-time one; choose another");
	if (status != DESK_OK)
		return desk_refused(desk, DEED_PASSWD, NULL, status, out_notice);
	stored = store_password_prove(
		desk->store, desk->person.name, old_password, (int64_t)time(NULL));
	if (stored == DB_OK)
		stored = passwd_change(desk, old_password, password);
	return desk_failed(desk->store, stored, out_notice);
}
