/*
 * user disable, enable, reset, unlock, role.
 */
#include "cli/command.h"
#include "cli/output.h"
#include "cli/password.h"
#include "cli/people.h"
#include "cli/session.h"
#include "core/list.h"

/* What was done, and the work that came back. */
static enum desk_status say_work(
	const char *name, const char *done, const char *work, struct notice *notice)
{
	char reference[REFERENCE_SIZE];
	struct buffer text;
	enum desk_status status;

	buffer_init(&text);
	buffer_print(&text, "%s %s.\n", name, done);
	if (*work != '\0')
		buffer_add(&text, "Nobody's now:\n");
	while (list_take(&work, reference, sizeof(reference)))
		buffer_print(&text, "  %s\n", reference);
	status = output_say(buffer_text(&text), notice);
	buffer_done(&text);
	return status;
}

enum desk_status cmd_user_disable(const struct call *call, struct notice *notice)
{
	const char *name = call_word(call, 0);
	struct desk *desk = NULL;
	char *work = NULL;
	enum desk_status status = session_desk(call, &desk, notice);

	if (status == DESK_OK)
		status = desk_user_disable(desk, name, &work, notice);
	desk_close(desk);
	if (status == DESK_OK)
		status = say_work(name, "is disabled", work, notice);
	mem_free(work);
	return status;
}

enum desk_status cmd_user_role(const struct call *call, struct notice *notice)
{
	const char *name = call_word(call, 0);
	struct desk *desk = NULL;
	unsigned roles = 0;
	char *work = NULL;
	enum desk_status status = people_read_roles(call, call_word(call, 1), &roles, notice);

	if (status == DESK_OK)
		status = session_desk(call, &desk, notice);
	if (status == DESK_OK)
		status = desk_user_role(desk, name, roles, &work, notice);
	desk_close(desk);
	if (status == DESK_OK)
		status = say_work(name, "has other roles", work, notice);
	mem_free(work);
	return status;
}

static enum desk_status renew(
	const struct call *call, bool is_back, const char *done, struct notice *notice)
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
		status = desk_user_renew(desk,
			&(struct desk_renewal) { call_word(call, 0), is_back, given }, &made,
			notice);
	desk_close(desk);
	if (status == DESK_OK)
		status = people_say(call_word(call, 0), done, made, notice);
	secret_free(given);
	secret_free(made);
	return status;
}

enum desk_status cmd_user_enable(const struct call *call, struct notice *notice)
{
	return renew(call, true, "is back", notice);
}

enum desk_status cmd_user_reset(const struct call *call, struct notice *notice)
{
	return renew(call, false, "has a new password and new keys", notice);
}

enum desk_status cmd_user_unlock(const struct call *call, struct notice *notice)
{
	const char *name = call_word(call, 0);
	struct desk *desk = NULL;
	enum desk_status status = session_desk(call, &desk, notice);

	if (status == DESK_OK)
		status = desk_user_unlock(desk, name, notice);
	desk_close(desk);
	return status == DESK_OK ? say_work(name, "may try again", "", notice) : status;
}
