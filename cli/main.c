/*
 * The program: reads the command line, does the command or opens the screens,
 * ends with the exit status of interface.md section 1.
 */
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/complain.h"
#include "cli/help.h"
#include "cli/output.h"
#include "cli/password.h"
#include "cli/session.h"
#include "cli/unknown.h"
#include "tui/tui.h"

/* Descriptors 0 to 2 are open, so that no file of ours comes to be one of them. One that was closed
   is for the other direction: what is read from it or written to it fails as it must. */
static bool open_standard_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
			open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			return false;
	return true;
}

/* Of a caller's environment a guarded program keeps what it needs itself: ncurses and others would
   read files that the rest names. */
static bool clean_environment(void)
{
	static const char *const kept[] = { "TERM", "LANG", "LC_ALL", "LC_CTYPE", "NO_COLOR",
		"HOME", "PATH", "XDG_DATA_HOME", "TRACEDESK_STORE", "TRACEDESK_USER",
		"TRACEDESK_PASSWORD_FILE", "TRACEDESK_TODAY", "TRACEDESK_VIEWER" };
	char *values[sizeof(kept) / sizeof(kept[0])] = { NULL };
	bool is_clean = true;

	if (!desk_is_guarded())
		return true;
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		const char *value = getenv(kept[i]);

		values[i] = value ? strdup(value) : NULL;
		is_clean = is_clean && (!value || values[i]);
	}
	is_clean = is_clean && clearenv() == 0;
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		if (values[i] && setenv(kept[i], values[i], 1) != 0)
			is_clean = false;
		free(values[i]);
	}
	return is_clean;
}

/* Texts are UTF-8; the widths of characters come from a locale that says so too. */
static void choose_locale(void)
{
	if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		(void)setlocale(LC_CTYPE, "C.UTF-8");
}

static enum desk_status run_screens(const struct call *call, struct notice *notice)
{
	struct secret *password = NULL;
	struct session session;
	enum desk_status status = session_read(call, &session, notice);

	if (status == DESK_OK)
		status = session_find_store(&session, notice);
	if (status == DESK_OK && session.password_file)
		status = password_read(session.password_file, &password, notice);
	if (status == DESK_OK) {
		const struct tui_start start = { session.store, session.user, password };

		password = NULL;
		status = tui_run(&start, notice);
	}
	secret_free(password);
	session_done(&session);
	return status;
}

static enum desk_status say_help(const struct call *call, struct notice *notice)
{
	struct output output = { .is_file = false };
	struct buffer text;
	enum desk_status status;
	bool found = true;

	buffer_init(&text);
	if (call->value[OPTION_HELP])
		found = help_write(call, &text);
	else
		version_write(&text);
	if (found)
		status = output_write(&output, &text, notice);
	else
		status = unknown_command(call, notice);
	buffer_done(&text);
	return status;
}

static enum desk_status run(int argc, char **argv, struct notice *notice)
{
	struct call call;
	enum desk_status status = call_read(argc, argv, &call, notice);

	if (status != DESK_OK)
		return status;
	if (call.value[OPTION_HELP] || call.value[OPTION_VERSION])
		return say_help(&call, notice);
	return call.command ? call.command->run(&call, notice) : run_screens(&call, notice);
}

int main(int argc, char **argv)
{
	struct notice notice = { 0 };
	enum desk_status status;

	if (!open_standard_descriptors() || signal(SIGPIPE, SIG_IGN) == SIG_ERR ||
		signal(SIGXFSZ, SIG_IGN) == SIG_ERR || !desk_start() || !clean_environment()) {
		complain("the program cannot start: no /dev/null, or the cipher library does not "
			 "start, or there is no memory; mend the installation");
		return DESK_IO;
	}
	choose_locale();
	status = run(argc, argv, &notice);
	if (notice.text[0] != '\0')
		complain(notice.text);
	return (int)status;
}
