/*
 * user list, user add, passwd.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/password.h"
#include "cli/people.h"
#include "cli/session.h"
#include "core/list.h"
#include "core/sheet.h"
#include "core/text.h"

static const struct sheet_column people_columns[] = {
	{ .name = "name", .title = "Name" },
	{ .name = "full_name", .title = "Full name" },
	{ .name = "roles", .title = "Roles", .kind = CELL_LIST },
	{ .name = "disabled", .title = "Disabled", .kind = CELL_YES_NO },
	{ .name = "must_change", .title = "Password due", .kind = CELL_YES_NO },
};

static void add_roles(struct sheet *sheet, unsigned roles)
{
	struct buffer list;

	buffer_init(&list);
	for (unsigned role = ROLE_CASEWORKER; role <= ROLE_ADMINISTRATOR; role <<= 1)
		if ((roles & role) != 0)
			list_add(&list, role_code((int)role));
	sheet_text(sheet, buffer_text(&list));
	buffer_done(&list);
}

static enum desk_status write_people(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct person *people = NULL;
	size_t count = 0;
	struct desk *desk = NULL;
	struct sheet *sheet;
	enum desk_status status = session_desk(call, &desk, notice);

	if (status == DESK_OK)
		status = desk_people(desk, &people, &count, notice);
	desk_close(desk);
	if (status != DESK_OK)
		return status;
	sheet = sheet_new(people_columns, sizeof(people_columns) / sizeof(people_columns[0]));
	for (size_t i = 0; i < count; i++) {
		sheet_text(sheet, people[i].name);
		sheet_text(sheet, people[i].full_name);
		add_roles(sheet, people[i].roles);
		sheet_yes_no(sheet, people[i].disabled);
		sheet_yes_no(sheet, people[i].must_change);
		person_clear(&people[i]);
	}
	mem_free(people);
	return output_sheet_done(output, sheet, notice);
}

enum desk_status cmd_user_list(const struct call *call, struct notice *notice)
{
	return output_run(call, write_people, notice);
}

enum desk_status people_read_roles(
	const struct call *call, const char *list, unsigned *out_roles, struct notice *notice)
{
	const char *rest = list;

	*out_roles = 0;
	if (!rest)
		return call_misused(call, notice, "no role; give --role R[,R]");
	while (*rest != '\0') {
		size_t size = strcspn(rest, ",");
		char *code = mem_text_sized(rest, size);
		int role = role_from(code);

		mem_free(code);
		if (role == 0)
			return call_misused(call, notice,
				"unknown role in \"%s\"; choose one of caseworker, supervisor, "
				"auditor, "
				"administrator",
				list);
		*out_roles |= (unsigned)role;
		rest += size;
		rest += *rest == ',';
	}
	return DESK_OK;
}

/* A one-time password that was made is shown this once. */
enum desk_status people_say(
	const char *name, const char *done, const struct secret *made, struct notice *notice)
{
	struct buffer text, otherwise;
	enum desk_status status;

	buffer_init(&text);
	buffer_init(&otherwise);
	buffer_print(&text, "%s %s.\n", name, done);
	buffer_print(&otherwise, "%s %s", name, done);
	if (made) {
		buffer_print(&otherwise,
			", with a one-time password that was not shown; make another with "
			"`tracedesk user reset %s`",
			name);
		buffer_add(&text, "One-time password (shown this once): ");
		buffer_add_bytes(&text, (const char *)secret_read(made), secret_size(made));
		buffer_add(&text, "\n");
	}
	status = output_told(buffer_text(&text), buffer_text(&otherwise), notice);
	buffer_done(&otherwise);
	buffer_done(&text);
	return status;
}

static enum desk_status add_user(
	const struct call *call, const struct person *person, struct notice *notice)
{
	const char *file = call->value[OPTION_PASSWORD_FROM];
	struct secret *given = NULL, *made = NULL;
	struct desk *desk = NULL;
	enum desk_status status = DESK_OK;

	if (file)
		status = password_read(file, &given, notice);
	if (status == DESK_OK)
		status = session_desk(call, &desk, notice);
	if (status == DESK_OK)
		status = desk_user_add(desk, person, given, &made, notice);
	desk_close(desk);
	if (status == DESK_OK)
		status = people_say(person->name, "is added", made, notice);
	secret_free(given);
	secret_free(made);
	return status;
}

enum desk_status cmd_user_add(const struct call *call, struct notice *notice)
{
	const char *name = call_word(call, 0);
	struct person person = { 0 };
	enum desk_status status =
		people_read_roles(call, call->value[OPTION_ROLE], &person.roles, notice);

	if (status != DESK_OK)
		return status;
	/* One that has no room is longer than any that the desk takes: cut, it is refused there. */
	(void)snprintf(person.name, sizeof(person.name), "%s", name);
	person.full_name =
		mem_text(call->value[OPTION_FULL_NAME] ? call->value[OPTION_FULL_NAME] : "");
	status = add_user(call, &person, notice);
	person_clear(&person);
	return status;
}

static enum desk_status change_password(const struct call *call, const struct session *session,
	const struct secret *old, struct notice *notice)
{
	const struct desk_login login = { session->store, session->user, old };
	struct secret *password = NULL;
	struct desk *desk = NULL;
	enum desk_status status = desk_open(&login, &desk, notice);

	if (status == DESK_OK)
		status = password_new(call->value[OPTION_NEW_PASSWORD_FROM], "new-password-from",
			&password, notice);
	if (status == DESK_OK)
		status = desk_passwd(desk, old, password, notice);
	secret_free(password);
	desk_close(desk);
	return status;
}

enum desk_status cmd_passwd(const struct call *call, struct notice *notice)
{
	struct secret *old = NULL;
	struct session session;
	enum desk_status status = session_read(call, &session, notice);

	if (status == DESK_OK)
		status = session_find_store(&session, notice);
	if (status == DESK_OK)
		status = session_password(&session, &old, notice);
	if (status == DESK_OK)
		status = change_password(call, &session, old, notice);
	secret_free(old);
	session_done(&session);
	return status == DESK_OK ? output_say("Your password is changed.\n", notice) : status;
}
