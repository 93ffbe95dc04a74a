/*
 * holiday load.
 */
#include <stdio.h>

#include "cli/command.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/session.h"
#include "core/holidays.h"

/* Bank holidays read from a file. */
struct list {
	struct holiday *days;
	size_t count;
};

static enum desk_status list_read(const char *file, struct list *list, struct notice *notice)
{
	struct json_value *object = NULL;
	enum desk_status status = input_json(file, &object, notice);
	enum holidays_status read;
	char why[512];

	if (status != DESK_OK)
		return status;
	read = holidays_read(object, &list->days, &list->count, why, sizeof(why));
	json_free(object);
	if (read == HOLIDAYS_OK)
		return DESK_OK;
	return notice_set(notice, read == HOLIDAYS_BAD_VALUE ? DESK_REFUSED : DESK_USAGE,
		"%s: %s; nothing was stored", file, why);
}

enum desk_status cmd_holiday_load(const struct call *call, struct notice *notice)
{
	struct list list = { 0 };
	struct desk_holidays done;
	struct desk *desk = NULL;
	char line[160];
	enum desk_status status = list_read(call_word(call, 0), &list, notice);

	if (status == DESK_OK)
		status = session_desk(call, &desk, notice);
	if (status == DESK_OK)
		status = desk_holidays_load(desk, list.days, list.count, &done, notice);
	desk_close(desk);
	if (status == DESK_OK) {
		(void)snprintf(line, sizeof(line),
			"Bank holidays: %zu, from %s to %s; %zu new, %zu gone.\n", list.count,
			list.days[0].day, list.days[list.count - 1].day, done.added, done.gone);
		status = output_say(line, notice);
	}
	mem_free(list.days);
	return status;
}
