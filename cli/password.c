/*
 * Reading passwords. What is typed goes from the terminal straight into a
 * secret. Signals that would end or stop the program wait until the terminal
 * echoes again: they are blocked and watched for by a descriptor.
 */
#include "cli/password.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

/* Room for 256 characters of UTF-8, and one byte more to see that a line is longer. */
enum { MOST_BYTES = 256 * 4 };

static enum desk_status too_long(const char *what, struct notice *notice)
{
	return notice_set(
		notice, DESK_LOCKED, "%s: longer than any password; at most 256 characters", what);
}

static enum desk_status check_file(const char *file, int fd, struct notice *notice)
{
	struct stat info;

	if (fstat(fd, &info) != 0)
		return notice_set(notice, DESK_IO, "%s: %s", file, strerror(errno));
	if (!S_ISREG(info.st_mode))
		return notice_set(notice, DESK_IO,
			"%s: not a regular file; give a file with a password", file);
	if ((info.st_mode & 077) != 0 || (info.st_uid != geteuid() && geteuid() != 0))
		return notice_set(notice, DESK_LOCKED,
			"%s: others can read or write this password file; make it yours alone: "
			"chmod 600",
			file);
	return DESK_OK;
}

/* Reads until the secret is full, the line ends or the file does. */
static enum desk_status read_line(
	const char *file, int fd, struct secret *line, struct notice *notice)
{
	uint8_t *bytes = secret_bytes(line);
	size_t size = 0;
	ssize_t got;
	uint8_t *end;

	do {
		got = read(fd, bytes + size, secret_size(line) - size);
		if (got < 0 && errno != EINTR)
			return notice_set(notice, DESK_IO, "%s: %s", file, strerror(errno));
		size += got > 0 ? (size_t)got : 0;
		end = memchr(bytes, '\n', size);
	} while (got != 0 && !end && size < secret_size(line));
	if (!end && size == secret_size(line))
		return too_long(file, notice);
	if (end)
		size = (size_t)(end - bytes);
	if (end && size > 0 && bytes[size - 1] == '\r')
		size--;
	if (size == 0)
		return notice_set(notice, DESK_LOCKED,
			"%s: its first line is empty; write the password there", file);
	secret_cut(line, size);
	return DESK_OK;
}

enum desk_status password_read(
	const char *file, struct secret **out_password, struct notice *notice)
{
	struct secret *line = NULL;
	enum desk_status status;
	int fd = open(file, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (fd < 0)
		return notice_set(notice, DESK_IO,
			"%s: the password file cannot be read: %s; name another file", file,
			strerror(errno));
	status = check_file(file, fd, notice);
	if (status == DESK_OK) {
		line = secret_new(MOST_BYTES + 2);
		status = read_line(file, fd, line, notice);
	}
	(void)close(fd);
	if (status != DESK_OK) {
		secret_free(line);
		line = NULL;
	}
	*out_password = line;
	return status;
}

struct prompt {
	int terminal;
	int signals;
	struct termios before;
	sigset_t mask;
};

/* Quiet terminal, signals held. */
static bool prompt_begin(struct prompt *prompt)
{
	static const int held[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };
	struct termios quiet;
	sigset_t set;

	(void)sigemptyset(&set);
	for (size_t i = 0; i < sizeof(held) / sizeof(held[0]); i++)
		(void)sigaddset(&set, held[i]);
	if (tcgetattr(prompt->terminal, &prompt->before) != 0 ||
		sigprocmask(SIG_BLOCK, &set, &prompt->mask) != 0)
		return false;
	prompt->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	quiet = prompt->before;
	quiet.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
	return prompt->signals >= 0 && tcsetattr(prompt->terminal, TCSAFLUSH, &quiet) == 0;
}

/* The terminal as it was; a held signal takes effect here. */
static void prompt_end(struct prompt *prompt)
{
	(void)tcsetattr(prompt->terminal, TCSAFLUSH, &prompt->before);
	if (prompt->signals >= 0)
		(void)close(prompt->signals);
	(void)sigprocmask(SIG_SETMASK, &prompt->mask, NULL);
}

/* A typed line; out_held: a signal waits instead. */
static ssize_t prompt_read(const struct prompt *prompt, struct secret *line, bool *out_held)
{
	struct pollfd waits[] = {
		{ .fd = prompt->signals, .events = POLLIN },
		{ .fd = prompt->terminal, .events = POLLIN },
	};

	*out_held = false;
	while (poll(waits, 2, -1) < 0)
		if (errno != EINTR)
			return -1;
	*out_held = waits[0].revents != 0;
	return *out_held ? 0 : read(prompt->terminal, secret_bytes(line), secret_size(line));
}

static void terminal_say(const struct prompt *prompt, const char *text)
{
	ssize_t done = write(prompt->terminal, text, strlen(text));

	(void)done; /* a terminal that is gone shows at the read */
}

/* One try. DESK_BUSY: a signal came, and the program lives on: ask again. */
static enum desk_status ask_once(
	struct prompt *prompt, const char *question, struct secret *line, struct notice *notice)
{
	ssize_t size;
	bool held;

	if (!prompt_begin(prompt)) {
		prompt_end(prompt);
		return notice_set(
			notice, DESK_LOCKED, "cannot ask for a password: %s", strerror(errno));
	}
	terminal_say(prompt, question);
	size = prompt_read(prompt, line, &held);
	terminal_say(prompt, "\n");
	prompt_end(prompt);
	if (held)
		return DESK_BUSY;
	if (size == (ssize_t)secret_size(line))
		return too_long("the password", notice);
	while (size > 0 && secret_read(line)[size - 1] == '\n')
		size--;
	if (size <= 0)
		return notice_set(notice, DESK_LOCKED, "no password was typed; try again");
	secret_cut(line, (size_t)size);
	return DESK_OK;
}

enum desk_status password_ask(const char *question, const char *option,
	struct secret **out_password, struct notice *notice)
{
	struct prompt prompt = { .signals = -1 };
	struct secret *line = secret_new(MOST_BYTES + 2);
	enum desk_status status = DESK_BUSY;

	*out_password = NULL;
	prompt.terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (prompt.terminal < 0) {
		secret_free(line);
		return notice_set(notice, DESK_LOCKED,
			"cannot ask for a password: there is no terminal; give --%s FILE", option);
	}
	while (status == DESK_BUSY)
		status = ask_once(&prompt, question, line, notice);
	(void)close(prompt.terminal);
	if (status != DESK_OK)
		secret_free(line);
	else
		*out_password = line;
	return status;
}

enum desk_status password_new(
	const char *file, const char *option, struct secret **out_password, struct notice *notice)
{
	struct secret *again = NULL;
	enum desk_status status;

	if (file)
		return password_read(file, out_password, notice);
	status = password_ask("New password: ", option, out_password, notice);
	if (status != DESK_OK)
		return status;
	status = password_ask("The same again: ", option, &again, notice);
	if (status == DESK_OK && !secret_is_equal(*out_password, again))
		status = notice_set(notice, DESK_REFUSED,
			"the two passwords differ; nothing is changed, try again");
	secret_free(again);
	if (status != DESK_OK) {
		secret_free(*out_password);
		*out_password = NULL;
	}
	return status;
}
