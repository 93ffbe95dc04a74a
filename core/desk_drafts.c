/*
 * Drafts, and when the desk locks itself.
 */
#include <stdlib.h>

#include "config.h"
#include "core/desk_private.h"
#include "db/drafts.h"
#include "db/people.h"

enum desk_status desk_draft_keep(struct desk *desk, const char *text, struct notice *out_notice)
{
	enum db_status stored;
	unsigned roles;

	if (desk_allow(desk, DEED_DRAFT, NULL, out_notice) != DESK_OK)
		return out_notice->status;
	stored = store_begin(desk->store);
	if (stored == DB_OK) {
		/* Disabled meanwhile, his drafts are gone, and none comes after them. */
		stored = people_roles(desk->store, desk->person.id, &roles);
		if (stored == DB_OK)
			stored = drafts_put(desk->store, desk->person.id, text);
		stored = desk_end(desk, stored);
	}
	return desk_failed(desk->store, stored, out_notice);
}

enum desk_status desk_draft_read(struct desk *desk, char **out_text, struct notice *out_notice)
{
	enum db_status stored;

	*out_text = NULL;
	if (desk_allow(desk, DEED_DRAFT, NULL, out_notice) != DESK_OK)
		return out_notice->status;
	stored = drafts_get(desk->store, desk->person.id, out_text);
	return stored == DB_NONE ? DESK_OK : desk_failed(desk->store, stored, out_notice);
}

enum desk_status desk_draft_drop(struct desk *desk, struct notice *out_notice)
{
	enum db_status stored;

	if (desk_allow(desk, DEED_DRAFT, NULL, out_notice) != DESK_OK)
		return out_notice->status;
	stored = store_begin(desk->store);
	if (stored == DB_OK)
		stored = desk_end(desk, drafts_delete(desk->store, desk->person.id));
	return desk_failed(desk->store, stored, out_notice);
}

/* A demo store takes another number of seconds: nobody waits for minutes in a trial. */
int desk_lock_seconds(const struct desk *desk)
{
	const char *wanted = desk_is_demo(desk) ? secure_getenv("TRACEDESK_LOCK_SECONDS") : NULL;
	long seconds = wanted ? strtol(wanted, NULL, 10) : 0;

	return seconds > 0 && seconds <= 15 * 60 ? (int)seconds : LOCK_MINUTES * 60;
}
