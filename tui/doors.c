/*
 * The table of doors.
 */
#include "tui/doors.h"

#include "core/desk_rights.h"

static const struct door {
	enum command_id id;
	const struct screen_ops *screen;
	enum deed deed;
} doors[] = {
	{ COMMAND_FIND, &scr_find, DEED_REQUEST_LIST },
	{ COMMAND_MONTHS, &scr_month, DEED_FIGURES },
	{ COMMAND_DBSB, &scr_dbsb, DEED_DBSB_LIST },
	{ COMMAND_AUDIT, &scr_audit, DEED_AUDIT_LOG },
	{ COMMAND_UPKEEP, &scr_upkeep, DEED_SERVICE_SET },
};

static const struct door *door_find(enum command_id id)
{
	for (size_t i = 0; i < sizeof(doors) / sizeof(doors[0]); i++)
		if (doors[i].id == id)
			return &doors[i];
	return NULL;
}

const struct screen_ops *door_of(enum command_id id)
{
	const struct door *door = door_find(id);

	return door ? door->screen : NULL;
}

bool door_is_shut(const struct ui *ui, enum command_id id)
{
	const struct door *door = door_find(id);

	return door && !deed_is_allowed(door->deed, desk_person(ui->desk)->roles);
}
