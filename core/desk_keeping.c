/*
 * The services and the organisations known before, as a supervisor keeps them:
 * columns given by name, each checked as a column of its kind.
 */
#include "core/desk_keeping.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/columns.h"
#include "core/email.h"
#include "core/life_private.h"
#include "core/rulebook_change.h"
#include "core/text.h"
#include "db/rulebook_rows.h"
#include "db/services.h"
#include "db/settings.h"

enum place_kind {
	PLACE_TEXT,  /* char * */
	PLACE_ARRAY, /* of most + 1 characters */
	PLACE_FLAG,  /* bool, from yes and no */
	PLACE_DAYS,  /* int, a whole number of days; "" is 0 */
};

enum { DAYS_MOST = 366, LETTERHEAD_ROOM = 4 * 400 + 1 };

/* A column of a record that can be set. */
struct place {
	struct column column;
	enum place_kind kind;
	size_t offset;
};

#define TEXT(record, name, member, most)                                               \
	{                                                                              \
		{ #name, COLUMN_HISTORY, 0, FIELD_TEXT, "", most, #name }, PLACE_TEXT, \
			offsetof(struct record, member)                                \
	}
#define DAY(record, name, member)                                                              \
	{                                                                                      \
		{ #name, COLUMN_HISTORY, 0, FIELD_DAY, "", DAY_SIZE - 1, #name }, PLACE_ARRAY, \
			offsetof(struct record, member)                                        \
	}
#define MONTH(record, name, member)                                                   \
	{                                                                             \
		{ #name, COLUMN_HISTORY, 0, FIELD_MONTH, "", 7, #name }, PLACE_ARRAY, \
			offsetof(struct record, member)                               \
	}

/* clang-format off */
static const struct place service_places[] = {
	TEXT(service, label, label, 100),
	DAY(service, accepts_from, accepts_from),
	DAY(service, accepts_to, accepts_to),
	MONTH(service, shown_from, shown_from),
	MONTH(service, shown_to, shown_to),
	DAY(service, held_from, held_from),
	{ { "suspended", COLUMN_HISTORY, 0, FIELD_YES_NO, "", 3, "suspended" }, PLACE_FLAG,
		offsetof(struct service, suspended) },
	TEXT(service, note, note, 100),
	MONTH(service, note_from, note_from),
	TEXT(service, footnote, footnote, 300),
	{ { "target_days", COLUMN_HISTORY, 0, FIELD_TEXT, "", 3, "target_days" }, PLACE_DAYS,
		offsetof(struct service, target_days) },
};
static const struct place organisation_places[] = {
	TEXT(organisation, name, name, 200),
	{ { "kind", COLUMN_HISTORY, 0, FIELD_CODE, "organisation_kind", CODE_SIZE - 1, "kind" },
		PLACE_ARRAY, offsetof(struct organisation, kind) },
	TEXT(organisation, email_domain, email_domain, 100),
	DAY(organisation, from, from),
	DAY(organisation, to, to),
};
static const struct place letterhead_places[] = {
	TEXT(letterhead, address, address, 300),
	TEXT(letterhead, telephone, telephone, 60),
	TEXT(letterhead, email, email, 254),
	TEXT(letterhead, complaints, complaints, 400),
};
enum { LETTERHEAD_PLACES = sizeof(letterhead_places) / sizeof(letterhead_places[0]) };
/* clang-format on */

/* A table of places and the record they are in. */
struct target {
	const struct place *places;
	size_t count;
	char *record;
};

static enum desk_status unknown_column(
	const struct target *target, const char *name, struct notice *notice)
{
	struct buffer known;
	enum desk_status status;

	buffer_init(&known);
	for (size_t i = 0; i < target->count; i++)
		buffer_print(&known, "%s%s", i > 0 ? ", " : "", target->places[i].column.name);
	status = notice_set(notice, DESK_USAGE, "%s: there is no such key; the keys are %s", name,
		buffer_text(&known));
	buffer_done(&known);
	return status;
}

static void place_put(const struct target *target, const struct place *place, const char *value)
{
	char *at = target->record + place->offset;
	bool flag = strcmp(value, "yes") == 0;
	int days = (int)strtol(value, NULL, 10);
	char *text;

	switch (place->kind) {
	case PLACE_TEXT:
		memcpy(&text, at, sizeof(text));
		mem_free(text);
		text = mem_text(value);
		memcpy(at, &text, sizeof(text));
		break;
	case PLACE_ARRAY:
		(void)snprintf(at, place->column.most + 1, "%s", value);
		break;
	case PLACE_FLAG:
		memcpy(at, &flag, sizeof(flag));
		break;
	case PLACE_DAYS:
		memcpy(at, &days, sizeof(days));
		break;
	}
}

/* At most three characters are left after column_accept. */
static bool is_days(const char *value)
{
	return *value == '\0' || (value[strspn(value, "0123456789")] == '\0' && *value != '0' &&
					 strtol(value, NULL, 10) <= DAYS_MOST);
}

static enum desk_status setting_put(
	const struct target *target, const struct desk_setting *setting, struct notice *notice)
{
	const struct place *place = NULL;
	char why[256];
	char *value;

	for (size_t i = 0; i < target->count; i++)
		if (strcmp(target->places[i].column.name, setting->name) == 0)
			place = &target->places[i];
	if (!place)
		return unknown_column(target, setting->name, notice);
	value = column_accept(&place->column, setting->value, false, why, sizeof(why));
	if (!value)
		return notice_set(notice, DESK_REFUSED, "%s: %s", setting->name, why);
	if (place->column.kind == FIELD_MONTH && strlen(value) == 4) {
		mem_free(value);
		return notice_set(notice, DESK_REFUSED, "%s: a year is no month; write YYYY-MM",
			setting->name);
	}
	if (place->kind == PLACE_DAYS && !is_days(value)) {
		mem_free(value);
		return notice_set(notice, DESK_REFUSED,
			"%s: is no number of working days; write 1 to 366, or null for no target",
			setting->name);
	}
	place_put(target, place, value);
	mem_free(value);
	return DESK_OK;
}

static enum desk_status settings_put(const struct target *target,
	const struct desk_setting *settings, size_t count, struct notice *notice)
{
	enum desk_status status = DESK_OK;

	for (size_t i = 0; i < count && status == DESK_OK; i++)
		status = setting_put(target, &settings[i], notice);
	return status;
}

static enum desk_status check_run(
	const char *from, const char *to, const char *name, struct notice *notice)
{
	if (*from == '\0' || *to == '\0' || strcmp(from, to) <= 0)
		return DESK_OK;
	return notice_set(notice, DESK_REFUSED,
		"%s: the last day is before the first; correct one of them", name);
}

/* Ends the transaction under way: with the event, or rolled back with a refusal. */
static enum desk_status change_end(struct desk *desk, enum deed deed,
	const struct desk_event *event, enum desk_status status, struct notice *notice)
{
	if (status == DESK_OK)
		status = desk_failed(desk->store, desk_event(desk, event), notice);
	return desk_finish(desk, deed, status, notice);
}

enum desk_status desk_services(struct desk *desk, struct service **out_services, size_t *out_count,
	struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_SERVICE_LIST, NULL, out_notice);

	if (status != DESK_OK)
		return status;
	return desk_failed(
		desk->store, services_list(desk->store, out_services, out_count), out_notice);
}

static enum desk_status service_check(const struct service *service, struct notice *notice)
{
	if (*service->label == '\0')
		return notice_set(
			notice, DESK_REFUSED, "label: it is empty; give the service a name");
	return check_run(service->accepts_from, service->accepts_to, "accepts_to", notice);
}

static enum desk_status service_change(struct desk *desk, struct service *service,
	const struct desk_setting *settings, size_t count, struct notice *notice)
{
	const struct target target = { service_places,
		sizeof(service_places) / sizeof(service_places[0]), (char *)service };
	enum desk_status status = settings_put(&target, settings, count, notice);

	if (status == DESK_OK)
		status = service_check(service, notice);
	if (status == DESK_OK)
		status = desk_failed(desk->store, services_update(desk->store, service), notice);
	return status;
}

static enum db_status service_find(struct desk *desk, const char *code, struct service *out_service)
{
	struct service *services = NULL;
	size_t count = 0;
	enum db_status status = services_list(desk->store, &services, &count);
	bool is_found = false;

	for (size_t i = 0; i < count; i++) {
		if (!is_found && strcmp(services[i].code, code) == 0) {
			is_found = true;
			*out_service = services[i];
		} else {
			service_clear(&services[i]);
		}
	}
	mem_free(services);
	return status == DB_OK && !is_found ? DB_NONE : status;
}

enum desk_status desk_service_set(struct desk *desk, const char *code,
	const struct desk_setting *settings, size_t count, struct notice *out_notice)
{
	const struct event_detail details[] = { { "service", code } };
	const struct desk_event event = { EVENT_SERVICE_SET, NULL, details, 1 };
	struct service service = { 0 };
	enum desk_status status = desk_begin(desk, DEED_SERVICE_SET, out_notice);
	enum db_status stored;

	if (status != DESK_OK)
		return status;
	stored = service_find(desk, code, &service);
	if (stored == DB_NONE)
		status = notice_set(out_notice, DESK_USAGE,
			"%s: there is no such service; `tracedesk service list` shows them", code);
	else
		status = desk_failed(desk->store, stored, out_notice);
	if (status == DESK_OK)
		status = service_change(desk, &service, settings, count, out_notice);
	status = change_end(desk, DEED_SERVICE_SET, &event, status, out_notice);
	service_clear(&service);
	return status;
}

enum { ORGANISATIONS_ALL = 1000000 };

static enum db_status organisations_named(struct desk *desk, const char *prefix, size_t limit,
	struct organisation **out_organisations, size_t *out_count)
{
	struct buffer folded;
	enum db_status status;

	buffer_init(&folded);
	text_fold(prefix, &folded);
	status = organisations_find(
		desk->store, buffer_text(&folded), limit, out_organisations, out_count);
	buffer_done(&folded);
	return status;
}

enum desk_status desk_organisation_list(struct desk *desk, const char *prefix,
	struct organisation **out_organisations, size_t *out_count, struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_ORGANISATION_LIST, NULL, out_notice);

	*out_organisations = NULL;
	*out_count = 0;
	if (status != DESK_OK)
		return status;
	return desk_failed(desk->store,
		organisations_named(desk, prefix, ORGANISATIONS_ALL, out_organisations, out_count),
		out_notice);
}

/* The one known by that name (the shortest that begins with it), or an empty one. */
static enum db_status organisation_find(
	struct desk *desk, const char *name, struct organisation *out_organisation)
{
	struct organisation *found = NULL;
	size_t count = 0;
	enum db_status status = organisations_named(desk, name, 1, &found, &count);

	if (count > 0 && text_is_same_name(found->name, name))
		*out_organisation = *found;
	else if (count > 0)
		organisation_clear(found);
	mem_free(found);
	return status;
}

static enum desk_status organisation_check(
	const struct organisation *organisation, struct notice *notice)
{
	if (*organisation->kind == '\0')
		return notice_set(notice, DESK_REFUSED,
			"kind: it is missing; say what kind of organisation it is");
	if (*organisation->email_domain != '\0' &&
		!email_domain_is_valid(organisation->email_domain))
		return notice_set(notice, DESK_REFUSED,
			"email_domain: that is no mail domain; write it in small letters, as "
			"kent.police.uk");
	return check_run(organisation->from, organisation->to, "to", notice);
}

static enum desk_status organisation_change(struct desk *desk, struct organisation *organisation,
	const struct desk_setting *settings, size_t count, struct notice *notice)
{
	const struct target target = { organisation_places,
		sizeof(organisation_places) / sizeof(organisation_places[0]),
		(char *)organisation };
	enum desk_status status = settings_put(&target, settings, count, notice);
	struct buffer folded;

	if (status == DESK_OK)
		status = organisation_check(organisation, notice);
	if (status != DESK_OK)
		return status;
	buffer_init(&folded);
	text_fold(organisation->name, &folded);
	status = desk_failed(desk->store,
		organisations_put(desk->store, organisation, buffer_text(&folded)), notice);
	buffer_done(&folded);
	return status;
}

static const char *setting_value(
	const struct desk_setting *settings, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(settings[i].name, name) == 0)
			return settings[i].value;
	return "";
}

enum desk_status desk_organisation_set(struct desk *desk, const struct desk_setting *settings,
	size_t count, struct notice *out_notice)
{
	const char *name = setting_value(settings, count, "name");
	const struct event_detail details[] = { { "organisation", name } };
	const struct desk_event event = { EVENT_ORGANISATION_SET, NULL, details, 1 };
	struct organisation organisation = { 0 };
	enum desk_status status = desk_begin(desk, DEED_ORGANISATION_SET, out_notice);

	if (status != DESK_OK)
		return status;
	if (name[strspn(name, " \t\r\n")] == '\0')
		status = notice_set(
			out_notice, DESK_REFUSED, "name: it is missing; name the organisation");
	else
		status = desk_failed(
			desk->store, organisation_find(desk, name, &organisation), out_notice);
	if (!organisation.email_domain)
		organisation.email_domain = mem_text("");
	if (status == DESK_OK)
		status = organisation_change(desk, &organisation, settings, count, out_notice);
	status = change_end(desk, DEED_ORGANISATION_SET, &event, status, out_notice);
	organisation_clear(&organisation);
	return status;
}

/* The name under which a place of the letterhead is kept. */
static void letterhead_name(const struct place *place, char out_name[64])
{
	(void)snprintf(out_name, 64, "letterhead_%s", place->column.name);
}

enum db_status desk_letterhead_read(struct desk *desk, struct letterhead *out_head)
{
	const struct target target = { letterhead_places, LETTERHEAD_PLACES, (char *)out_head };
	enum db_status stored = DB_OK;

	*out_head = (struct letterhead) { NULL, NULL, NULL, NULL };
	for (size_t i = 0; i < LETTERHEAD_PLACES && stored == DB_OK; i++) {
		char name[64], value[LETTERHEAD_ROOM];

		letterhead_name(&letterhead_places[i], name);
		stored = settings_get(desk->store, name, value, sizeof(value));
		if (stored == DB_NONE)
			stored = DB_OK;
		place_put(&target, &letterhead_places[i], value);
	}
	return stored;
}

enum desk_status desk_letterhead(
	struct desk *desk, struct letterhead *out_head, struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_LETTERHEAD_SHOW, NULL, out_notice);

	*out_head = (struct letterhead) { NULL, NULL, NULL, NULL };
	if (status != DESK_OK)
		return status;
	return desk_failed(desk->store, desk_letterhead_read(desk, out_head), out_notice);
}

static enum db_status letterhead_write(struct desk *desk, const struct letterhead *head)
{
	const char *const values[LETTERHEAD_PLACES] = { head->address, head->telephone, head->email,
		head->complaints };
	enum db_status stored = DB_OK;

	for (size_t i = 0; i < LETTERHEAD_PLACES && stored == DB_OK; i++) {
		char name[64];

		letterhead_name(&letterhead_places[i], name);
		stored = settings_set(desk->store, name, values[i]);
	}
	return stored;
}

enum desk_status desk_letterhead_set(struct desk *desk, const struct desk_setting *settings,
	size_t count, struct notice *out_notice)
{
	const struct desk_event event = { EVENT_LETTERHEAD_SET, NULL, NULL, 0 };
	struct letterhead head;
	const struct target target = { letterhead_places, LETTERHEAD_PLACES, (char *)&head };
	enum desk_status status = desk_begin(desk, DEED_LETTERHEAD_SET, out_notice);

	if (status != DESK_OK)
		return status;
	status = desk_failed(desk->store, desk_letterhead_read(desk, &head), out_notice);
	if (status == DESK_OK)
		status = settings_put(&target, settings, count, out_notice);
	if (status == DESK_OK)
		status = desk_failed(desk->store, letterhead_write(desk, &head), out_notice);
	status = change_end(desk, DEED_LETTERHEAD_SET, &event, status, out_notice);
	letterhead_clear(&head);
	return status;
}
