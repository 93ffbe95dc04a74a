/*
 * Locks with a time limit: tried without blocking, with naps in between.
 */
#include "db/turnstile.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/privilege.h"

enum {
	BYTE_OPEN = 1024,
	BYTE_DOOR = 1025,
	BYTE_GUESS = 1026,
	GUESSES = 2,
	BYTE_PAGES = 1028,
	BYTE_QUEUE = 4096,
	NAP_FIRST_US = 50,
	NAP_NEXT_US = 150, /* times the numbers before */
	NAP_LAST_US = 3200
};

struct wait {
	int64_t end_us;
	int64_t nap_us;
};

static int64_t clock_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static struct wait wait_begin(const struct turnstile *turnstile)
{
	return (struct wait) { clock_us() + (int64_t)turnstile->wait_ms * 1000, NAP_FIRST_US };
}

/* Each nap twice as long as the one before. False when the time is over. */
static bool wait_nap(struct wait *wait)
{
	const struct timespec nap = { .tv_nsec = wait->nap_us * 1000 };

	if (clock_us() >= wait->end_us)
		return false;
	nanosleep(&nap, NULL);
	if (wait->nap_us < NAP_LAST_US)
		wait->nap_us *= 2;
	return true;
}

static enum db_status lock_fail(const struct turnstile *turnstile)
{
	return report_fail(turnstile->report, DB_IO,
		"%s: cannot be locked: %s; look at its rights, and keep the store on a disk of "
		"this "
		"machine",
		turnstile->path, strerror(errno));
}

/* One try. DB_BUSY, without words, when somebody else holds it. */
static enum db_status lock_try(const struct turnstile *turnstile, int64_t byte, short type)
{
	struct flock lock = {
		.l_type = type, .l_whence = SEEK_SET, .l_start = (off_t)byte, .l_len = 1
	};

	if (fcntl(turnstile->descriptor, F_OFD_SETLK, &lock) == 0)
		return DB_OK;
	return errno == EAGAIN || errno == EACCES ? DB_BUSY : lock_fail(turnstile);
}

static enum db_status lock_drop(const struct turnstile *turnstile, int64_t byte)
{
	return lock_try(turnstile, byte, F_UNLCK);
}

static enum db_status lock_wait(const struct turnstile *turnstile, int64_t byte, short type)
{
	struct wait wait = wait_begin(turnstile);
	enum db_status status;

	do
		status = lock_try(turnstile, byte, type);
	while (status == DB_BUSY && wait_nap(&wait));
	return status;
}

/* Does somebody else hold a byte from first on, of count (0: all that follow)? out_end: the byte
   behind what is held, 0 when that goes on for ever. */
static enum db_status lock_find(
	const struct turnstile *turnstile, int64_t first, int64_t count, int64_t *out_end)
{
	struct flock lock = {
		.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = (off_t)first, .l_len = count
	};

	*out_end = first;
	if (fcntl(turnstile->descriptor, F_OFD_GETLK, &lock) != 0)
		return lock_fail(turnstile);
	*out_end = lock.l_len == 0 ? 0 : lock.l_start + lock.l_len;
	return lock.l_type == F_UNLCK ? DB_NONE : DB_OK;
}

enum db_status turnstile_open(struct turnstile *turnstile, const char *path, struct report *report)
{
	gid_t before = privilege_raise();

	*turnstile = (struct turnstile) {
		.descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW),
		.wait_ms = TURNSTILE_WAIT_MS,
		.path = path,
		.report = report,
	};
	privilege_lower(before);
	return turnstile->descriptor < 0 ? lock_fail(turnstile) : DB_OK;
}

void turnstile_close(struct turnstile *turnstile)
{
	if (turnstile->descriptor >= 0)
		close(turnstile->descriptor);
	turnstile->descriptor = -1;
	turnstile->depth = 0;
}

enum db_status turnstile_share(struct turnstile *turnstile)
{
	enum db_status status = lock_wait(turnstile, BYTE_OPEN, F_RDLCK);

	if (status != DB_BUSY)
		return status;
	return report_fail(turnstile->report, DB_BUSY,
		"%s: busy: another tracedesk has the store to itself (init, rekey, compact or "
		"restore); try again when it has ended",
		turnstile->path);
}

enum db_status turnstile_alone(struct turnstile *turnstile)
{
	enum db_status status = lock_wait(turnstile, BYTE_OPEN, F_WRLCK);

	if (status != DB_BUSY)
		return status;
	return report_fail(turnstile->report, DB_BUSY,
		"%s: busy: others have the store open; try again when they have left",
		turnstile->path);
}

/* Behind the last number held. Somebody who is not us may hold all there are, or ever more. */
static enum db_status number_find(struct turnstile *turnstile)
{
	struct wait wait = wait_begin(turnstile);
	enum db_status status;
	int64_t end;

	turnstile->number = BYTE_QUEUE;
	while ((status = lock_find(turnstile, turnstile->number, 0, &end)) == DB_OK) {
		if (end > turnstile->number)
			turnstile->number = end;
		else if (!wait_nap(&wait))
			return DB_BUSY;
	}
	return status;
}

static enum db_status number_draw(struct turnstile *turnstile)
{
	enum db_status status = lock_wait(turnstile, BYTE_DOOR, F_WRLCK);
	enum db_status left;

	if (status != DB_OK)
		return status;
	status = number_find(turnstile);
	if (status == DB_NONE)
		status = lock_try(turnstile, turnstile->number, F_WRLCK);
	left = lock_drop(turnstile, BYTE_DOOR);
	return status == DB_OK ? left : status;
}

/* Whoever is next looks often, those far behind seldom. */
static enum db_status number_wait(const struct turnstile *turnstile)
{
	int64_t before = turnstile->number - BYTE_QUEUE;
	struct wait wait = wait_begin(turnstile);
	enum db_status status = DB_NONE;
	int64_t end;

	while (before > 0 && (status = lock_find(turnstile, BYTE_QUEUE, before, &end)) == DB_OK) {
		wait.nap_us = (turnstile->number + 1 - end) * NAP_NEXT_US;
		if (wait.nap_us > NAP_LAST_US || wait.nap_us <= 0)
			wait.nap_us = NAP_LAST_US;
		if (!wait_nap(&wait))
			return DB_BUSY;
	}
	return status == DB_NONE ? DB_OK : status;
}

enum db_status turnstile_take(struct turnstile *turnstile)
{
	enum db_status status;

	if (turnstile->depth > 0) {
		turnstile->depth++;
		return DB_OK;
	}
	status = number_draw(turnstile);
	if (status == DB_OK) {
		status = number_wait(turnstile);
		if (status != DB_OK && lock_drop(turnstile, turnstile->number) != DB_OK)
			return DB_IO;
	}
	if (status == DB_BUSY)
		return report_fail(turnstile->report, DB_BUSY,
			"%s: busy: others were writing for %d seconds; try again", turnstile->path,
			turnstile->wait_ms / 1000);
	if (status == DB_OK)
		turnstile->depth = 1;
	return status;
}

void turnstile_give(struct turnstile *turnstile)
{
	enum db_status status;

	assert(turnstile->depth > 0);
	if (--turnstile->depth > 0)
		return;
	/* A held lock that the kernel will not drop goes with the descriptor. */
	status = lock_drop(turnstile, turnstile->number);
	assert(status == DB_OK);
	(void)status;
}

enum db_status turnstile_pages_keep(struct turnstile *turnstile)
{
	enum db_status status = lock_wait(turnstile, BYTE_PAGES, F_RDLCK);

	if (status != DB_BUSY)
		return status;
	return report_fail(turnstile->report, DB_BUSY,
		"%s: busy: the log is being brought into the store; try again", turnstile->path);
}

/* Waits for others who change them, not for one who keeps them: that can take long. */
enum db_status turnstile_pages_change(struct turnstile *turnstile)
{
	struct wait wait = wait_begin(turnstile);
	enum db_status status;

	while ((status = lock_try(turnstile, BYTE_PAGES, F_WRLCK)) == DB_BUSY) {
		struct flock changing = {
			.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = BYTE_PAGES, .l_len = 1
		};

		if (fcntl(turnstile->descriptor, F_OFD_GETLK, &changing) != 0)
			return lock_fail(turnstile);
		if (changing.l_type == F_UNLCK || !wait_nap(&wait))
			return DB_BUSY;
	}
	return status;
}

void turnstile_pages_end(struct turnstile *turnstile)
{
	enum db_status status = lock_drop(turnstile, BYTE_PAGES);

	assert(status == DB_OK);
	(void)status;
}

enum db_status turnstile_guess_begin(struct turnstile *turnstile)
{
	struct wait wait = wait_begin(turnstile);
	enum db_status status = DB_BUSY;

	do {
		for (int i = 0; i < GUESSES && status == DB_BUSY; i++) {
			turnstile->guess = BYTE_GUESS + i;
			status = lock_try(turnstile, turnstile->guess, F_WRLCK);
		}
	} while (status == DB_BUSY && wait_nap(&wait));
	if (status != DB_BUSY)
		return status;
	return report_fail(turnstile->report, DB_BUSY, "%s: busy: others are logging in; try again",
		turnstile->path);
}

void turnstile_guess_end(struct turnstile *turnstile)
{
	enum db_status status = lock_drop(turnstile, turnstile->guess);

	assert(status == DB_OK);
	(void)status;
	turnstile->guess = 0;
}
