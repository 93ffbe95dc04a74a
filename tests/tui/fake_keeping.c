/*
 * The desk's upkeep for the screens: nothing is there and nothing is taken.
 */
#include "core/desk.h"

static enum desk_status refuse(struct notice *notice)
{
	return notice_set(notice, DESK_REFUSED, "upkeep: not here; ask elsewhere");
}

enum desk_status desk_rules(struct desk *desk, struct rule_row **out_rows, size_t *out_count,
	int *out_version, struct notice *out_notice)
{
	(void)desk;
	*out_rows = NULL;
	*out_count = 0;
	*out_version = 1;
	return refuse(out_notice);
}

enum desk_status desk_rule_set(struct desk *desk, const struct rulebook_change *change,
	int *out_version, struct notice *out_notice)
{
	(void)desk;
	(void)change;
	*out_version = 1;
	return refuse(out_notice);
}

enum desk_status desk_service_set(struct desk *desk, const char *code,
	const struct desk_setting *settings, size_t count, struct notice *out_notice)
{
	(void)desk;
	(void)code;
	(void)settings;
	(void)count;
	return refuse(out_notice);
}

enum desk_status desk_organisation_list(struct desk *desk, const char *prefix,
	struct organisation **out_organisations, size_t *out_count, struct notice *out_notice)
{
	(void)desk;
	(void)prefix;
	*out_organisations = NULL;
	*out_count = 0;
	return refuse(out_notice);
}

enum desk_status desk_organisation_set(struct desk *desk, const struct desk_setting *settings,
	size_t count, struct notice *out_notice)
{
	return desk_service_set(desk, "", settings, count, out_notice);
}
