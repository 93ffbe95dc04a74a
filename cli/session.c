/*
 * Options, environment, defaults; then the log-in.
 */
#include "cli/session.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/password.h"
#include "core/buffer.h"
#include "core/text.h"

/* An empty variable counts as none. */
static const char *from_environment(const char *name)
{
	const char *value = getenv(name);

	return value && *value != '\0' ? value : NULL;
}

static char *default_store(const struct passwd *person)
{
	const char *data = from_environment("XDG_DATA_HOME");
	const char *home = from_environment("HOME");
	struct buffer path;

	if (*STORE_INSTALLED != '\0')
		return mem_text(STORE_INSTALLED);
	if (!home && person)
		home = person->pw_dir;
	buffer_init(&path);
	if (data && *data == '/')
		buffer_print(&path, "%s/tracedesk/store.tdk", data);
	else
		buffer_print(&path, "%s/.local/share/tracedesk/store.tdk", home ? home : "");
	return buffer_take(&path);
}

enum desk_status session_read(
	const struct call *call, struct session *out_session, struct notice *notice)
{
	const struct passwd *person = getpwuid(geteuid());
	const char *store = call->value[OPTION_STORE];

	*out_session = (struct session) {
		.user = call->value[OPTION_USER],
		.password_file = call->value[OPTION_PASSWORD_FILE],
	};
	if (!store)
		store = from_environment("TRACEDESK_STORE");
	if (!out_session->user)
		out_session->user = from_environment("TRACEDESK_USER");
	if (!out_session->user && person)
		out_session->user = person->pw_name;
	if (!out_session->password_file)
		out_session->password_file = from_environment("TRACEDESK_PASSWORD_FILE");
	out_session->store = store ? mem_text(store) : default_store(person);
	if (!out_session->user)
		return notice_set(notice, DESK_USAGE,
			"who you are is not known: this user id has no name; give --user NAME");
	return DESK_OK;
}

void session_done(struct session *session)
{
	mem_free(session->store);
	*session = (struct session) { 0 };
}

enum desk_status session_find_store(const struct session *session, struct notice *notice)
{
	struct stat info;
	bool is_there = stat(session->store, &info) == 0;

	/* Before a password is asked for in vain. */
	if (is_there && S_ISDIR(info.st_mode))
		return notice_set(notice, DESK_IO, "%s: a folder, not a store; name the file in it",
			session->store);
	/* The folder may be open to the group of an installation only: the vault looks. */
	if (is_there || (errno == EACCES && desk_is_guarded()))
		return DESK_OK;
	if (errno == ENOENT || errno == ENOTDIR)
		return notice_set(notice, DESK_IO,
			"no store at %s; `tracedesk init` makes one, --store FILE names another",
			session->store);
	return notice_set(notice, DESK_IO,
		"%s: the store cannot be opened: %s; look at the rights of its folders",
		session->store, strerror(errno));
}

enum desk_status session_password(
	const struct session *session, struct secret **out_password, struct notice *notice)
{
	struct buffer question;
	enum desk_status status;

	if (session->password_file)
		return password_read(session->password_file, out_password, notice);
	buffer_init(&question);
	buffer_add(&question, "Password of ");
	text_show(session->user, &question);
	buffer_add(&question, ": ");
	status = password_ask(buffer_text(&question), "password-file", out_password, notice);
	buffer_done(&question);
	return status;
}

enum desk_status session_desk(
	const struct call *call, struct desk **out_desk, struct notice *notice)
{
	struct secret *password = NULL;
	struct session session;
	enum desk_status status;

	*out_desk = NULL;
	status = session_read(call, &session, notice);
	if (status == DESK_OK)
		status = session_find_store(&session, notice);
	if (status == DESK_OK)
		status = session_password(&session, &password, notice);
	if (status == DESK_OK) {
		struct desk_login login = {
			.store = session.store, .user = session.user, .password = password
		};

		status = desk_open(&login, out_desk, notice);
	}
	if (status == DESK_OK && *desk_warning(*out_desk) != '\0')
		complain(desk_warning(*out_desk));
	secret_free(password);
	session_done(&session);
	return status;
}
