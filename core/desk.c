/*
 * Opening and closing the desk, who is at it, and what every function of the
 * desk begins and ends with: the right, the transaction, the event.
 */
#include "core/desk.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/calendar.h"
#include "core/desk_private.h"
#include "core/text.h"
#include "db/people.h"
#include "db/privilege.h"
#include "db/settings.h"

bool desk_start(void)
{
	return store_start();
}

bool desk_is_guarded(void)
{
	return privilege_is_held();
}

enum desk_status notice_set(struct notice *notice, enum desk_status status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(notice->text, sizeof(notice->text), format, args);
	va_end(args);
	notice->status = status;
	return status;
}

enum desk_status desk_failed(
	const struct store *store, enum db_status status, struct notice *notice)
{
	static const enum desk_status statuses[] = {
		[DB_OK] = DESK_OK,
		[DB_NONE] = DESK_REFUSED,
		[DB_REFUSED] = DESK_REFUSED,
		[DB_LOCKED] = DESK_LOCKED,
		[DB_DAMAGED] = DESK_DAMAGED,
		[DB_BUSY] = DESK_BUSY,
		[DB_IO] = DESK_IO,
		[DB_FAULT] = DESK_IO,
	};

	if (status == DB_OK)
		return DESK_OK;
	return notice_set(notice, statuses[status], "%s", store_message(store));
}

int64_t desk_now(const struct desk *desk)
{
	int64_t now = time(NULL);

	return desk_is_demo(desk) && *desk->today ? moment_on_day(desk->today, now) : now;
}

/* The roles are those of the moment: an administrator may have given others since they were asked,
   or disabled who asks. */
enum db_status desk_event(struct desk *desk, const struct desk_event *event)
{
	struct event_new row = {
		.time = desk_now(desk),
		.person = desk->person.id,
		.kind = event->kind,
		.reference = event->reference ? event->reference : "",
		.details = event->details,
		.detail_count = event->detail_count,
	};
	enum db_status status = people_roles(desk->store, row.person, &row.role);

	if (status == DB_OK)
		status = event_signer_check(desk->store, row.person);
	return status == DB_OK ? event_append(desk->store, &row) : status;
}

enum db_status desk_end(struct desk *desk, enum db_status status)
{
	if (status == DB_OK)
		return store_commit(desk->store);
	store_rollback(desk->store);
	return status;
}

enum db_status desk_event_alone(struct desk *desk, const struct desk_event *event)
{
	enum db_status status = store_begin(desk->store);

	return status == DB_OK ? desk_end(desk, desk_event(desk, event)) : status;
}

/* Whatever else was typed for a reference does not go into the trail. */
static bool may_be_reference(const char *text)
{
	return strlen(text) < REFERENCE_SIZE && text_is_plain(text);
}

enum db_status desk_refusal(struct desk *desk, enum deed deed, const char *reference)
{
	const struct event_detail details[] = { { "command", deed_name(deed) } };
	const struct desk_event event = { EVENT_REFUSED,
		reference && may_be_reference(reference) ? reference : NULL, details, 1 };

	return desk_event_alone(desk, &event);
}

enum desk_status desk_refused(struct desk *desk, enum deed deed, const char *reference,
	enum desk_status status, struct notice *notice)
{
	enum db_status stored;

	if (status != DESK_REFUSED)
		return status;
	stored = desk_refusal(desk, deed, reference);
	return stored == DB_OK ? status : desk_failed(desk->store, stored, notice);
}

enum desk_status desk_boxed(
	struct store *store, const char *command, const char *name, struct notice *notice)
{
	char who[NAME_SIZE];
	enum db_status stored;

	(void)snprintf(who, sizeof(who), "%s: %s", command, name);
	stored = store_failure_box(store, who, time(NULL));
	return stored == DB_OK ? notice->status : desk_failed(store, stored, notice);
}

/* Today: the calendar's, or what a demo store carries, which TRACEDESK_TODAY overrules. */
static enum desk_status today_read(struct desk *desk, struct notice *notice)
{
	const char *wanted = secure_getenv("TRACEDESK_TODAY");
	enum db_status status;

	if (!desk_is_demo(desk)) {
		day_of_moment(time(NULL), desk->today);
		return DESK_OK;
	}
	if (wanted && *wanted != '\0' && !desk->is_demo_made) {
		if (!day_is_valid(wanted))
			return notice_set(notice, DESK_USAGE,
				"TRACEDESK_TODAY: \"%s\" is no day; write YYYY-MM-DD", wanted);
		(void)snprintf(desk->today, sizeof(desk->today), "%s", wanted);
		return DESK_OK;
	}
	status = settings_get(desk->store, "demo_today", desk->today, sizeof(desk->today));
	if (status == DB_OK && !day_is_valid(desk->today))
		return notice_set(notice, DESK_DAMAGED,
			"%s: the demo's own day is no day; make the demo again",
			store_path(desk->store));
	return desk_failed(desk->store, status, notice);
}

static enum desk_status one_time_due(const struct desk *desk, struct notice *notice)
{
	return notice_set(notice, DESK_LOCKED,
		"%s: the password is a one-time one; change it with `tracedesk passwd` first",
		desk->person.name);
}

/* Roles are those of now: a person may have been disabled since he came. */
static enum desk_status person_refresh(struct desk *desk, struct notice *notice)
{
	struct person now = { 0 };
	enum db_status stored = people_load(desk->store, desk->person.name, &now);

	if (stored != DB_OK)
		return desk_failed(desk->store, stored, notice);
	person_clear(&desk->person);
	desk->person = now;
	if (!now.disabled)
		return DESK_OK;
	return notice_set(
		notice, DESK_LOCKED, "%s: this person is disabled; ask an administrator", now.name);
}

enum desk_status desk_allow(
	struct desk *desk, enum deed deed, const char *reference, struct notice *notice)
{
	char who[128], roles[128];
	enum desk_status status = today_read(desk, notice);
	enum db_status stored;

	if (status != DESK_OK)
		return status;
	status = person_refresh(desk, notice);
	if (status != DESK_OK)
		return status;
	if (desk->person.must_change && deed != DEED_PASSWD)
		return one_time_due(desk, notice);
	if (deed_is_allowed(deed, desk->person.roles))
		return DESK_OK;
	stored = desk_refusal(desk, deed, reference);
	if (stored != DB_OK)
		return desk_failed(desk->store, stored, notice);
	roles_words(deed_roles(deed), false, who, sizeof(who));
	roles_words(desk->person.roles, true, roles, sizeof(roles));
	return notice_set(notice, DESK_REFUSED, "%s: this is for %s; you are %s", deed_name(deed),
		who, roles);
}

/* Is who asks what he was a moment ago? Inside the transaction. */
static enum db_status person_compare(struct desk *desk, bool *out_is_same)
{
	struct person now = { 0 };
	enum db_status stored = people_load(desk->store, desk->person.name, &now);

	*out_is_same = now.roles == desk->person.roles && now.disabled == desk->person.disabled &&
		       now.must_change == desk->person.must_change;
	person_clear(&now);
	return stored;
}

enum desk_status desk_begin(struct desk *desk, enum deed deed, struct notice *notice)
{
	enum desk_status status = desk_allow(desk, deed, NULL, notice);
	bool is_same = false;

	while (status == DESK_OK) {
		enum db_status stored = store_begin(desk->store);

		if (stored == DB_OK)
			stored = person_compare(desk, &is_same);
		if (stored == DB_OK && is_same)
			break;
		store_rollback(desk->store);
		status = desk_failed(desk->store, stored, notice);
		if (status == DESK_OK)
			status = desk_allow(desk, deed, NULL, notice);
	}
	return status;
}

enum desk_status desk_finish(
	struct desk *desk, enum deed deed, enum desk_status status, struct notice *notice)
{
	if (status == DESK_OK)
		return desk_failed(desk->store, store_commit(desk->store), notice);
	store_rollback(desk->store);
	return desk_refused(desk, deed, NULL, status, notice);
}

/* Who unlocked, and the event of it; earlier failed log-ins come into the trail with it. */
static enum db_status login_write(struct desk *desk)
{
	const struct desk_event event = { .kind = EVENT_LOGIN };
	enum db_status status = store_begin(desk->store);

	if (status != DB_OK)
		return status;
	status = events_take_failures(desk->store);
	if (status == DB_OK)
		status = desk_event(desk, &event);
	return desk_end(desk, status);
}

static enum desk_status desk_enter(
	struct desk *desk, const struct desk_login *login, struct notice *notice)
{
	enum db_status status = store_open(desk->store, login->store);

	if (status == DB_OK)
		status = store_unlock(desk->store, login->user, login->password, time(NULL));
	if (status != DB_OK)
		return desk_failed(desk->store, status, notice);
	status = people_load(desk->store, login->user, &desk->person);
	if (status == DB_NONE)
		return notice_set(notice, DESK_DAMAGED,
			"%s: it has a key slot for %s but no such person; restore a backup",
			login->store, login->user);
	if (status == DB_OK && desk->person.disabled)
		return notice_set(notice, DESK_LOCKED,
			"%s: this person is disabled; ask an administrator", login->user);
	if (status != DB_OK)
		return desk_failed(desk->store, status, notice);
	if (today_read(desk, notice) != DESK_OK)
		return notice->status;
	return desk_failed(desk->store, login_write(desk), notice);
}

enum desk_status desk_open(
	const struct desk_login *login, struct desk **out_desk, struct notice *out_notice)
{
	struct desk *desk = mem_new(1, sizeof(*desk));
	enum desk_status status;

	*out_desk = NULL;
	desk->store = store_new();
	status = desk_enter(desk, login, out_notice);
	if (status == DESK_OK)
		*out_desk = desk;
	else
		desk_close(desk);
	return status;
}

void desk_close(struct desk *desk)
{
	if (!desk)
		return;
	store_free(desk->store);
	person_clear(&desk->person);
	mem_free(desk);
}

const struct person *desk_person(const struct desk *desk)
{
	return &desk->person;
}

const char *desk_today(const struct desk *desk)
{
	return desk->today;
}

bool desk_is_demo(const struct desk *desk)
{
	return store_kind(desk->store) == STORE_DEMO;
}

bool desk_store_is_demo(const char *path)
{
	return store_kind_at(path) == STORE_DEMO;
}

const char *desk_warning(const struct desk *desk)
{
	return store_warning(desk->store);
}

void desk_libraries(char *out_text, size_t size)
{
	store_libraries(out_text, size);
}
