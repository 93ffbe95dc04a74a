/*
 * The viewer: the command in TRACEDESK_VIEWER, else less. It gets the bytes as
 * /proc/self/fd/N, sealed, and of ours nothing else: every other descriptor is
 * closed when it starts, the environment is the few variables it may need, user
 * and group are the person's own. It is started by posix_spawn: a fork with the
 * store open could drop its locks.
 */
#include "tui/viewer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/private_file.h"
#include "tui/signals.h"
#include "tui/terminal.h"

enum { WORDS_MOST = 16 };

/* A child to be started. */
struct viewer {
	int fd;
	char *command; /* a copy, cut into words */
	char clear[4];
	char *prompt; /* an option of less; NULL: none */
	char path[32];
	char *words[WORDS_MOST + 2]; /* of the command, the path, NULL */
	char *environment[24];	     /* copies; ends with NULL */
};

static enum desk_status viewer_failed(const struct viewer *viewer, struct notice *notice)
{
	return notice_set(notice, DESK_IO,
		"%s: the viewer cannot be started: %s; install it, or name another in"
		" TRACEDESK_VIEWER",
		viewer->words[0] ? viewer->words[0] : "memory", strerror(errno));
}

static enum desk_status take(void *with, const char *bytes, size_t size, struct notice *notice)
{
	const struct viewer *viewer = with;

	if (bytes_write(viewer->fd, bytes, size))
		return DESK_OK;
	return notice_set(notice, DESK_IO, "view: no memory for it: %s; close other programs",
		strerror(errno));
}

static void words_cut(struct viewer *viewer)
{
	size_t count = 0;

	for (char *word = strtok(viewer->command, " \t"); word && count < WORDS_MOST;
		word = strtok(NULL, " \t"))
		viewer->words[count++] = word;
	viewer->words[count] = viewer->path;
}

/* Our own choice says what is being looked at and how to leave. */
static void words_default(struct viewer *viewer, const char *title)
{
	struct buffer prompt;

	buffer_init(&prompt);
	buffer_add(&prompt, "-Ps");
	for (const char *at = title; *at != '\0'; at++)
		buffer_print(&prompt, strchr("?:.%\\", *at) ? "\\%c" : "%c", *at);
	buffer_add(&prompt, ", q goes back to the desk");
	viewer->command = mem_text("less");
	(void)snprintf(viewer->clear, sizeof(viewer->clear), "-c");
	viewer->prompt = buffer_take(&prompt);
	viewer->words[0] = viewer->command;
	viewer->words[1] = viewer->clear;
	viewer->words[2] = viewer->prompt;
	viewer->words[3] = viewer->path;
}

/* LESSSECURE: no shell, no editor, no other file, no log. */
static void environment_make(struct viewer *viewer)
{
	static const char *const kept[] = { "TERM", "LANG", "LC_ALL", "LC_CTYPE", "HOME", "DISPLAY",
		"WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR" };
	static const char *const set[] = { "PATH=/usr/local/bin:/usr/bin:/bin", "LESSSECURE=1",
		"LESSHISTFILE=-" };
	size_t count = 0;

	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		const char *value = getenv(kept[i]);
		struct buffer text;

		if (!value)
			continue;
		buffer_init(&text);
		buffer_print(&text, "%s=%s", kept[i], value);
		viewer->environment[count++] = buffer_take(&text);
	}
	for (size_t i = 0; i < sizeof(set) / sizeof(set[0]); i++)
		viewer->environment[count++] = mem_text(set[i]);
}

static enum desk_status viewer_init(struct viewer *viewer, const char *title, struct notice *notice)
{
	const char *command = getenv("TRACEDESK_VIEWER");

	*viewer = (struct viewer) { .fd = memfd_create("file", MFD_CLOEXEC | MFD_ALLOW_SEALING) };
	if (viewer->fd < 0)
		return viewer_failed(viewer, notice);
	(void)snprintf(viewer->path, sizeof(viewer->path), "/proc/self/fd/%d", viewer->fd);
	if (command && command[strspn(command, " \t")] != '\0') {
		viewer->command = mem_text(command);
		words_cut(viewer);
	} else {
		words_default(viewer, title);
	}
	environment_make(viewer);
	return DESK_OK;
}

static void viewer_done(struct viewer *viewer)
{
	if (viewer->fd >= 0)
		(void)close(viewer->fd);
	mem_free(viewer->command);
	mem_free(viewer->prompt);
	for (size_t i = 0; viewer->environment[i]; i++)
		mem_free(viewer->environment[i]);
}

/* No signal is blocked or ignored in it but the one that would stop it; 0, or what went wrong. */
static int attributes_set(posix_spawnattr_t *attributes)
{
	sigset_t none, usual;
	int code;

	sigemptyset(&none);
	sigemptyset(&usual);
	sigaddset(&usual, SIGINT);
	sigaddset(&usual, SIGQUIT);
	code = posix_spawnattr_setsigmask(attributes, &none);
	if (code == 0)
		code = posix_spawnattr_setsigdefault(attributes, &usual);
	if (code == 0)
		code = posix_spawnattr_setflags(attributes,
			POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_RESETIDS);
	return code;
}

static int viewer_spawn(const struct viewer *viewer, pid_t *out_child)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int code = posix_spawn_file_actions_init(&actions);

	if (code != 0)
		return code;
	code = posix_spawnattr_init(&attributes);
	if (code == 0) {
		/* Onto itself: there it stays open. */
		code = posix_spawn_file_actions_adddup2(&actions, viewer->fd, viewer->fd);
		if (code == 0)
			code = attributes_set(&attributes);
		if (code == 0)
			code = posix_spawnp(out_child, viewer->words[0], &actions, &attributes,
				viewer->words, viewer->environment);
		(void)posix_spawnattr_destroy(&attributes);
	}
	(void)posix_spawn_file_actions_destroy(&actions);
	return code;
}

/* Until it ends; it outlives neither the desk nor its being open. False: it was left alone for too
   long. */
static bool viewer_wait(pid_t child, int idle_ms)
{
	int64_t until = signals_now() + idle_ms;
	int ended = (int)syscall(SYS_pidfd_open, child, 0), status;
	enum signals_waited waited = ended < 0 ? SIGNALS_GONE : SIGNALS_READY;
	pid_t gone = 0;

	while (gone == 0 && waited == SIGNALS_READY) {
		waited = signals_wait_for(ended, until);
		gone = waitpid(child, &status, WNOHANG);
	}
	if (gone == 0 && ended >= 0)
		(void)kill(child, SIGKILL);
	if (gone == 0)
		(void)waitpid(child, &status, 0);
	if (ended >= 0)
		(void)close(ended);
	return waited != SIGNALS_IDLE;
}

static enum desk_status viewer_run(struct ui *ui, const struct viewer *viewer)
{
	struct signals_lent lent;
	pid_t child;
	int code;

	if (fcntl(viewer->fd, F_ADD_SEALS,
		    F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) < 0)
		return viewer_failed(viewer, &ui->told);
	terminal_lend();
	signals_lend(&lent);
	code = viewer_spawn(viewer, &child);
	if (code == 0 && !viewer_wait(child, ui->idle_ms))
		ui->is_lock_due = true;
	signals_lend_end(&lent);
	terminal_take_back();
	errno = code;
	return code == 0 ? DESK_OK : viewer_failed(viewer, &ui->told);
}

enum desk_status viewer_show(struct ui *ui, struct desk_file_wish *wish, const char *title)
{
	struct viewer viewer;
	enum desk_status status = viewer_init(&viewer, title, &ui->told);

	wish->is_view = true;
	wish->take = take;
	wish->with = &viewer;
	if (status == DESK_OK)
		status = desk_request_file(ui->desk, wish, &ui->told);
	if (status == DESK_OK)
		status = viewer_run(ui, &viewer);
	viewer_done(&viewer);
	return status;
}
