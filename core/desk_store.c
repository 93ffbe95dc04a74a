/*
 * Making a store and saying what it is made of.
 */
#include <string.h>
#include <time.h>

#include "core/calendar.h"
#include "core/desk_clock.h"
#include "core/desk_rulebook.h"
#include "core/services.h"
#include "db/people.h"
#include "db/requests.h"
#include "db/services.h"
#include "db/settings.h"
#include "db/submissions.h"

static enum db_status first_person(struct store *store, struct person *person)
{
	uint8_t sign_public[32], box_public[32];
	enum db_status status = people_insert(store, person);

	if (status != DB_OK)
		return status;
	store_person_keys(store, sign_public, box_public);
	return people_add_key(store, person->id, sign_public, box_public);
}

static enum db_status shipped_services(struct store *store)
{
	enum db_status status = DB_OK;

	for (size_t i = 0; i < services_shipped_count() && status == DB_OK; i++) {
		struct service service;

		services_shipped(i, &service);
		status = services_insert(store, &service);
		service_clear(&service);
	}
	return status;
}

static enum db_status first_rows(struct store *store, const struct desk_make *make)
{
	struct person person = { .roles = ROLE_ADMINISTRATOR };
	const struct event_detail details[] = { { "cut_over", make->cut_over } };
	struct event_new event = { .time = store_kind(store) == STORE_DEMO
						   ? moment_on_day(make->cut_over, time(NULL))
						   : time(NULL),
		.role = ROLE_ADMINISTRATOR,
		.kind = EVENT_STORE_CREATED,
		.reference = "",
		.details = details,
		.detail_count = 1 };
	enum db_status status;

	person.full_name = mem_text(make->full_name ? make->full_name : "");
	memcpy(person.name, make->user, strlen(make->user) + 1);
	status = first_person(store, &person);
	if (status == DB_OK)
		status = settings_set(store, "cut_over", make->cut_over);
	if (status == DB_OK && store_kind(store) == STORE_DEMO)
		status = settings_set(store, "demo_today", make->cut_over);
	if (status == DB_OK)
		status = shipped_services(store);
	if (status == DB_OK)
		status = desk_clock_ship(store);
	if (status == DB_OK)
		status = desk_rulebook_ship(store);
	event.person = person.id;
	if (status == DB_OK)
		status = event_append(store, &event);
	person_clear(&person);
	return status == DB_OK ? store_commit(store) : status;
}

/* Rows, then the place. A store that is there is worth its code, whatever failed after that. */
static enum desk_status make_finish(struct store *store, const struct desk_make *make,
	struct secret **recovery, struct notice *notice)
{
	enum db_status stored = first_rows(store, make);
	struct notice why;

	if (stored == DB_OK)
		stored = store_make_end(store);
	if (stored == DB_OK)
		return DESK_OK;
	(void)desk_failed(store, stored, &why);
	if (store_is_made(store))
		return notice_set(notice, why.status,
			"%s. The store is made all the same: keep its recovery code", why.text);
	store_unmake(store);
	secret_free(*recovery);
	*recovery = NULL;
	*notice = why;
	return notice->status;
}

enum desk_status desk_make_kind(const struct desk_make *make, enum store_kind kind,
	struct secret **out_recovery, struct notice *notice)
{
	const struct store_make wanted = {
		.path = make->store,
		.name = make->user,
		.kind = kind,
		.cost = kind == STORE_DEMO ? STORE_COST_DEMO : STORE_COST_ORDINARY,
		.password = make->password,
	};
	struct store *store = store_new();
	enum desk_status status;
	enum db_status stored = store_make(store, &wanted, out_recovery);

	status = desk_failed(store, stored, notice);
	if (stored == DB_OK)
		status = make_finish(store, make, out_recovery, notice);
	store_free(store);
	return status;
}

enum desk_status desk_make(
	const struct desk_make *make, struct secret **out_recovery, struct notice *out_notice)
{
	struct desk_make wanted = *make;
	char today[DAY_SIZE];
	enum desk_status status;

	*out_recovery = NULL;
	day_of_moment(time(NULL), today);
	if (!wanted.cut_over)
		wanted.cut_over = today;
	if (!day_is_valid(wanted.cut_over))
		return notice_set(out_notice, DESK_USAGE,
			"\"%s\" is no day; write the cut-over day as YYYY-MM-DD", wanted.cut_over);
	if (strcmp(wanted.cut_over, today) > 0)
		return notice_set(out_notice, DESK_REFUSED,
			"the cut-over day %s is still to come; give today or a day before",
			wanted.cut_over);
	status = person_name_check(wanted.user, out_notice);
	if (status == DESK_OK)
		status = desk_password_check(wanted.user, wanted.password, out_notice);
	if (status != DESK_OK)
		return status;
	return desk_make_kind(&wanted, STORE_ORDINARY, out_recovery, out_notice);
}

static enum db_status counts_read(struct store *store, struct desk_store_info *info)
{
	enum db_status status = store_read_begin(store);

	if (status != DB_OK)
		return status;
	status = people_count(store, &info->people);
	if (status == DB_OK)
		status = requests_count(store, &info->requests);
	if (status == DB_OK)
		status = submissions_count(store, &info->submissions);
	if (status == DB_OK)
		status = events_count(store, &info->events);
	store_read_end(store);
	return status;
}

enum desk_status desk_store_info(
	struct desk *desk, struct desk_store_info *out_info, struct notice *out_notice)
{
	struct store_info made;
	enum desk_status status = desk_allow(desk, DEED_STORE_INFO, NULL, out_notice);

	if (status != DESK_OK)
		return status;
	store_info(desk->store, &made);
	*out_info = (struct desk_store_info) {
		.format = made.format,
		.is_demo = made.kind == STORE_DEMO,
		.page_size = made.page_size,
		.cipher = made.cipher,
		.kdf_memory_bytes = made.cost.memory_bytes,
		.kdf_passes = made.cost.passes,
		.locked_memory = made.locked_memory,
		.slots = STORE_SLOTS,
		.slots_used = made.slots_used,
		.has_recovery = made.has_recovery,
	};
	return desk_failed(desk->store, counts_read(desk->store, out_info), out_notice);
}
