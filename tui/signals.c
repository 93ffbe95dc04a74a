/*
 * The signal flag (the one mutable state of the screens outside a struct of
 * their own) and the crash handler, which uses only what is safe there: write,
 * tcsetattr, raise.
 */
#include "tui/signals.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "db/memory.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { CRASH_STACK = 64 * 1024 };

static const int leaving[] = { SIGTERM, SIGHUP, SIGINT, SIGQUIT };
static const int lent_signals[] = { SIGINT, SIGQUIT, SIGTSTP };
static const int crashing[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL };

static struct {
	volatile sig_atomic_t is_leaving;
	volatile sig_atomic_t is_resized;
	volatile sig_atomic_t is_stopping;
	bool is_caught; /* the terminal is not as the program found it */
	bool has_exit;	/* on_exit_early is told of */
	struct signals_crash crash;
	void *stack; /* a crash may be a stack that ran out */
	int timer;
	sigset_t mask_before;
	struct sigaction leaving_before[COUNT(leaving)];
	struct sigaction crashing_before[COUNT(crashing)];
	struct sigaction resize_before;
	struct sigaction stop_before;
} signals;

static void on_leave(int number)
{
	(void)number;
	signals.is_leaving = 1;
}

static void on_stop(int number)
{
	(void)number;
	signals.is_stopping = 1;
}

static void on_resize(int number)
{
	(void)number;
	signals.is_resized = 1;
}

static void terminal_restore(void)
{
	if (write(STDOUT_FILENO, signals.crash.bytes, signals.crash.size) >= 0)
		(void)tcsetattr(STDIN_FILENO, TCSANOW, &signals.crash.settings);
}

static void on_crash(int number)
{
	static const char sentence[] = "tracedesk: the desk stopped: a fault in the program; "
				       "start it again, what was saved is safe\n";

	terminal_restore();
	if (write(STDERR_FILENO, sentence, sizeof(sentence) - 1) < 0)
		_exit(1);
	raise(number); /* delivered on return, by then with the default action */
}

/* Only no memory ends the program in here, and what it said is cleared with the screen. */
static void on_exit_early(void)
{
	if (!signals.is_caught)
		return;
	terminal_restore();
	mem_say_out();
}

static bool exit_catch(void)
{
	if (!signals.has_exit)
		signals.has_exit = atexit(on_exit_early) == 0;
	signals.is_caught = signals.has_exit;
	return signals.has_exit;
}

static bool crashes_catch(void)
{
	struct sigaction action = { .sa_handler = on_crash,
		.sa_flags = (int)(SA_ONSTACK | SA_RESETHAND) };
	stack_t stack = { .ss_size = CRASH_STACK };

	signals.stack = mem_new(1, CRASH_STACK);
	stack.ss_sp = signals.stack;
	if (sigaltstack(&stack, NULL) < 0)
		return false;
	for (size_t i = 0; i < COUNT(crashing); i++)
		if (sigaction(crashing[i], &action, &signals.crashing_before[i]) < 0)
			return false;
	return true;
}

bool signals_start(const struct signals_crash *crash)
{
	struct sigaction leave = { .sa_handler = on_leave };
	struct sigaction resize = { .sa_handler = on_resize };
	struct sigaction stop = { .sa_handler = on_stop };
	sigset_t blocked;

	signals.is_leaving = signals.is_resized = signals.is_stopping = 0;
	signals.crash = *crash;
	signals.timer = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
	if (signals.timer < 0)
		return false;
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGWINCH);
	sigaddset(&blocked, SIGTSTP);
	for (size_t i = 0; i < COUNT(leaving); i++)
		sigaddset(&blocked, leaving[i]);
	if (sigprocmask(SIG_BLOCK, &blocked, &signals.mask_before) < 0 ||
		sigaction(SIGWINCH, &resize, &signals.resize_before) < 0 ||
		sigaction(SIGTSTP, &stop, &signals.stop_before) < 0)
		return false;
	for (size_t i = 0; i < COUNT(leaving); i++)
		if (sigaction(leaving[i], &leave, &signals.leaving_before[i]) < 0)
			return false;
	return exit_catch() && crashes_catch();
}

void signals_end(void)
{
	stack_t none = { .ss_flags = SS_DISABLE };

	signals.is_caught = false;
	for (size_t i = 0; i < COUNT(crashing); i++)
		(void)sigaction(crashing[i], &signals.crashing_before[i], NULL);
	(void)sigaltstack(&none, NULL);
	mem_free(signals.stack);
	signals.stack = NULL;
	(void)sigprocmask(SIG_SETMASK, &signals.mask_before, NULL);
	for (size_t i = 0; i < COUNT(leaving); i++)
		(void)sigaction(leaving[i], &signals.leaving_before[i], NULL);
	(void)sigaction(SIGWINCH, &signals.resize_before, NULL);
	(void)sigaction(SIGTSTP, &signals.stop_before, NULL);
	(void)close(signals.timer);
}

int64_t signals_now(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_BOOTTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The signals must come through here, even when the caller's caller had them blocked. */
static enum signals_waited wait_on(int fd, short gone, int64_t until)
{
	const struct itimerspec moment = { .it_value = { until / 1000, until % 1000 * 1000000L } };
	struct pollfd wanted[] = { { fd, POLLIN, 0 }, { signals.timer, POLLIN, 0 } };
	sigset_t mask = signals.mask_before;

	sigdelset(&mask, SIGWINCH);
	sigdelset(&mask, SIGTSTP);
	for (size_t i = 0; i < COUNT(leaving); i++)
		sigdelset(&mask, leaving[i]);
	if (timerfd_settime(signals.timer, TFD_TIMER_ABSTIME, &moment, NULL) < 0)
		return SIGNALS_GONE;
	if (ppoll(wanted, COUNT(wanted), NULL, &mask) < 0)
		return errno == EINTR ? SIGNALS_READY : SIGNALS_GONE;
	if (wanted[1].revents != 0)
		return SIGNALS_IDLE;
	return (wanted[0].revents & gone) == 0 ? SIGNALS_READY : SIGNALS_GONE;
}

enum signals_waited signals_wait(int64_t until)
{
	return wait_on(STDIN_FILENO, POLLERR | POLLNVAL | POLLHUP, until);
}

enum signals_waited signals_wait_for(int fd, int64_t until)
{
	enum signals_waited waited = wait_on(fd, POLLERR | POLLNVAL, until);

	return signals.is_leaving ? SIGNALS_GONE : waited;
}

void signals_lend(struct signals_lent *out_lent)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };

	for (size_t i = 0; i < COUNT(lent_signals); i++)
		(void)sigaction(lent_signals[i], &ignore, &out_lent->before[i]);
}

void signals_lend_end(const struct signals_lent *lent)
{
	for (size_t i = 0; i < COUNT(lent_signals); i++)
		(void)sigaction(lent_signals[i], &lent->before[i], NULL);
}

bool signals_is_leaving(void)
{
	return signals.is_leaving;
}

bool signals_is_pending(void)
{
	sigset_t waiting;
	bool is_pending = sigpending(&waiting) == 0 && sigismember(&waiting, SIGTSTP) == 1;

	for (size_t i = 0; i < COUNT(leaving); i++)
		is_pending = is_pending || sigismember(&waiting, leaving[i]) == 1;
	return is_pending;
}

bool signals_take_stop(void)
{
	bool is_stopping = signals.is_stopping;

	signals.is_stopping = 0;
	return is_stopping;
}

void signals_stop(void)
{
	const struct sigaction stop = { .sa_handler = SIG_DFL };
	struct sigaction before;
	sigset_t wanted;

	sigemptyset(&wanted);
	sigaddset(&wanted, SIGTSTP);
	if (sigaction(SIGTSTP, &stop, &before) < 0)
		return;
	(void)sigprocmask(SIG_UNBLOCK, &wanted, NULL);
	(void)raise(SIGTSTP);
	(void)sigprocmask(SIG_BLOCK, &wanted, NULL);
	(void)sigaction(SIGTSTP, &before, NULL);
}

bool signals_take_resize(void)
{
	bool is_resized = signals.is_resized;

	signals.is_resized = 0;
	return is_resized;
}
