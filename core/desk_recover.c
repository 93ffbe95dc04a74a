/*
 * The recovery code lets an administrator in. Nobody is at the desk: the code's
 * own key signs the event. Row, keys and event come first, then both slots in
 * one step; killed in between, the old code still opens and may sign once more
 * (db/verify_people.c).
 */
#include <time.h>

#include "core/calendar.h"
#include "core/desk_private.h"
#include "core/desk_store.h"
#include "db/people.h"
#include "db/settings.h"

/* The keys that come. */
struct coming {
	struct secret *seed, *code_seed, *code;
	uint8_t sign_public[32], box_public[32];
	uint8_t code_sign_public[32], code_box_public[32];
};

static void coming_make(struct coming *coming)
{
	store_seed_new(&coming->seed, coming->sign_public, coming->box_public);
	store_seed_new(&coming->code_seed, coming->code_sign_public, coming->code_box_public);
	coming->code = store_recovery_text(coming->code_seed);
}

static void coming_done(struct coming *coming)
{
	secret_free(coming->seed);
	secret_free(coming->code_seed);
	secret_free(coming->code);
}

static enum db_status recovered_event(struct desk *desk)
{
	const struct event_detail details[] = { { "name", desk->person.name } };
	const struct event_new event = { .time = desk_now(desk),
		.kind = EVENT_STORE_RECOVERED,
		.reference = "",
		.details = details,
		.detail_count = 1 };

	return event_append(desk->store, &event);
}

static enum db_status rows_write(struct desk *desk, const struct coming *coming)
{
	enum db_status status = events_take_failures(desk->store);

	desk->person.disabled = false;
	desk->person.must_change = false;
	if (status == DB_OK)
		status = people_update(desk->store, &desk->person);
	if (status == DB_OK)
		status = people_add_key(
			desk->store, desk->person.id, coming->sign_public, coming->box_public);
	if (status == DB_OK)
		status = people_add_key(
			desk->store, 0, coming->code_sign_public, coming->code_box_public);
	return status == DB_OK ? recovered_event(desk) : status;
}

static enum desk_status person_find(
	struct desk *desk, const struct desk_recovery *recovery, struct notice *notice)
{
	enum db_status stored;

	person_clear(&desk->person);
	stored = people_load(desk->store, recovery->user, &desk->person);
	if (stored != DB_OK && stored != DB_NONE)
		return desk_failed(desk->store, stored, notice);
	if (stored == DB_NONE || (desk->person.roles & ROLE_ADMINISTRATOR) == 0)
		return notice_set(notice, DESK_REFUSED,
			"store recover: %s is no administrator of this store; give --user the name "
			"of one, disabled or not",
			recovery->user);
	if (desk->person.disabled && !person_slot_is_free(desk, "store recover", notice))
		return notice->status;
	return desk_password_check(desk->person.name, recovery->password, notice);
}

/* He is looked at again where he is changed: an administrator may be at work. */
static enum desk_status rows_change(struct desk *desk, const struct desk_recovery *recovery,
	const struct coming *coming, struct notice *notice)
{
	enum desk_status status = desk_failed(desk->store, store_begin(desk->store), notice);

	if (status != DESK_OK)
		return status;
	status = person_find(desk, recovery, notice);
	if (status == DESK_OK)
		status = desk_failed(desk->store, rows_write(desk, coming), notice);
	if (status == DESK_OK)
		return desk_failed(desk->store, store_commit(desk->store), notice);
	store_rollback(desk->store);
	return status;
}

static enum desk_status change(struct desk *desk, const struct desk_recovery *recovery,
	const struct coming *coming, struct notice *notice)
{
	const struct store_recovered recovered = { recovery->user, recovery->password, coming->seed,
		coming->code_seed };
	struct notice why = { 0 };
	enum desk_status status = desk_failed(desk->store, store_hold(desk->store), notice);

	if (status != DESK_OK)
		return status;
	status = rows_change(desk, recovery, coming, &why);
	if (status != DESK_OK)
		(void)notice_set(notice, status,
			"%s. The code shown is void; begin again with the one that you have",
			why.text);
	else if (desk_failed(desk->store, store_slots_recover(desk->store, &recovered), &why) !=
		 DESK_OK)
		status = notice_set(notice, why.status,
			"%s. Keep both codes: one of them opens; begin again with that", why.text);
	store_release(desk->store);
	return status;
}

static enum desk_status enter(
	struct desk *desk, const struct desk_recovery *recovery, struct notice *notice)
{
	enum db_status stored = store_open(desk->store, recovery->store);

	if (stored == DB_OK)
		stored = store_unlock_recovery(desk->store, recovery->code);
	if (stored == DB_OK && store_kind(desk->store) == STORE_DEMO)
		stored = settings_get(desk->store, "demo_today", desk->today, sizeof(desk->today));
	return desk_failed(desk->store, stored, notice);
}

/* Nobody is at the desk whose event it could be: a refusal is boxed, at either look. */
static enum desk_status refusal_box(struct desk *desk, const struct desk_recovery *recovery,
	enum desk_status status, struct notice *notice)
{
	if (status != DESK_REFUSED && status != DESK_LOCKED)
		return status;
	return desk_boxed(desk->store, "store recover", recovery->user, notice);
}

/* The last moment to stop it: who has seen the new code needs to know that it came to be in force.
 */
static enum desk_status goes_on(const struct desk_watch *watch, struct notice *notice)
{
	if (!watch || watch->step(watch->with, "making new keys", 0, 0))
		return DESK_OK;
	return notice_set(notice, DESK_REFUSED,
		"store recover: stopped before it was done: nothing is changed; the code that you "
		"have still opens the store");
}

enum desk_status desk_store_recover(const struct desk_recovery *recovery, recovery_show *show,
	void *with, struct notice *out_notice)
{
	struct desk *desk = mem_new(1, sizeof(*desk));
	struct coming coming = { .seed = NULL };
	enum desk_status status;

	desk->store = store_new();
	status = enter(desk, recovery, out_notice);
	if (status == DESK_OK)
		status = person_find(desk, recovery, out_notice);
	status = refusal_box(desk, recovery, status, out_notice);
	if (status == DESK_OK)
		status = goes_on(recovery->watch, out_notice);
	if (status == DESK_OK) {
		coming_make(&coming);
		status = show(with, coming.code, out_notice);
	}
	if (status == DESK_OK) {
		status = change(desk, recovery, &coming, out_notice);
		status = refusal_box(desk, recovery, status, out_notice);
	}
	coming_done(&coming);
	desk_close(desk);
	return status;
}
