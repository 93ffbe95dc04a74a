/*
 * Progress of long work.
 */
#include "cli/progress.h"

#include <stdio.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

enum { SHOW_EVERY_MS = 100 };

static int64_t clock_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_stopped(const struct progress *progress)
{
	struct signalfd_siginfo came;

	return progress->signals >= 0 &&
	       read(progress->signals, &came, sizeof(came)) == (ssize_t)sizeof(came);
}

void progress_clear(struct progress *progress)
{
	if (progress->shown > 0)
		(void)fprintf(stderr, "\r%*s\r", progress->shown, "");
	progress->shown = 0;
}

static void show(struct progress *progress, const char *what, int64_t done, int64_t all)
{
	int64_t now = clock_ms();

	if (!progress->is_terminal || now - progress->shown_at < SHOW_EVERY_MS)
		return;
	progress->shown_at = now;
	progress_clear(progress);
	if (all > 0)
		progress->shown = fprintf(stderr, "%s: %d %% (Ctrl-C stops it)", what,
			(int)(done < all ? done * 100 / all : 100));
	else
		progress->shown = fprintf(stderr, "%s (Ctrl-C stops it)", what);
	(void)fflush(stderr);
}

static bool step(void *with, const char *what, int64_t done, int64_t all)
{
	struct progress *progress = with;

	show(progress, what, done, all);
	return !is_stopped(progress);
}

void progress_begin(struct progress *progress)
{
	static const int held[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	sigset_t set;

	*progress = (struct progress) { .watch = { step, progress },
		.signals = -1,
		.is_terminal = isatty(STDERR_FILENO) == 1 };
	(void)sigemptyset(&set);
	for (size_t i = 0; i < sizeof(held) / sizeof(held[0]); i++)
		(void)sigaddset(&set, held[i]);
	if (sigprocmask(SIG_BLOCK, &set, &progress->mask) == 0)
		progress->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

void progress_end(struct progress *progress)
{
	progress_clear(progress);
	while (is_stopped(progress))
		continue;
	if (progress->signals >= 0)
		(void)close(progress->signals);
	(void)sigprocmask(SIG_SETMASK, &progress->mask, NULL);
}
