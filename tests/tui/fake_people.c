/*
 * The desk's people for the screens: one, with whom nothing can be done.
 */
#include <stdio.h>
#include <string.h>

#include "core/desk.h"

static enum desk_status refuse(struct notice *notice)
{
	return notice_set(notice, DESK_REFUSED, "casey: not here; ask elsewhere");
}

enum desk_status desk_people(
	struct desk *desk, struct person **out_people, size_t *out_count, struct notice *out_notice)
{
	(void)desk;
	(void)out_notice;
	*out_people = mem_new(1, sizeof(**out_people));
	(*out_people)->id = 99; /* somebody else */
	snprintf((*out_people)->name, NAME_SIZE, "casey");
	(*out_people)->full_name = mem_text("Casey Ward");
	(*out_people)->roles = ROLE_ADMINISTRATOR;
	*out_count = 1;
	return DESK_OK;
}

enum desk_status desk_people_keys(struct desk *desk, const struct person *people, size_t count,
	struct desk_key *out_keys, struct notice *out_notice)
{
	(void)desk;
	(void)people;
	(void)out_notice;
	for (size_t i = 0; i < count; i++)
		out_keys[i] = (struct desk_key) { true, 0 };
	return DESK_OK;
}

enum desk_status desk_user_add(struct desk *desk, const struct person *person,
	const struct secret *password, struct secret **out_password, struct notice *out_notice)
{
	(void)desk;
	(void)person;
	(void)password;
	*out_password = NULL;
	return refuse(out_notice);
}

enum desk_status desk_user_disable(
	struct desk *desk, const char *name, char **out_work, struct notice *out_notice)
{
	(void)desk;
	(void)name;
	*out_work = NULL;
	return refuse(out_notice);
}

enum desk_status desk_user_role(struct desk *desk, const char *name, unsigned roles,
	char **out_work, struct notice *out_notice)
{
	(void)roles;
	return desk_user_disable(desk, name, out_work, out_notice);
}

enum desk_status desk_user_renew(struct desk *desk, const struct desk_renewal *renewal,
	struct secret **out_password, struct notice *out_notice)
{
	(void)desk;
	(void)renewal;
	*out_password = NULL;
	return refuse(out_notice);
}

enum desk_status desk_user_unlock(struct desk *desk, const char *name, struct notice *out_notice)
{
	(void)desk;
	(void)name;
	return refuse(out_notice);
}

enum desk_status desk_store_info(
	struct desk *desk, struct desk_store_info *out_info, struct notice *out_notice)
{
	(void)desk;
	*out_info = (struct desk_store_info) { .cipher = "none" };
	return refuse(out_notice);
}
