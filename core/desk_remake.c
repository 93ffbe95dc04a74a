/*
 * Stores made anew: rekeyed, compacted, restored. The event of it is the new
 * store's last before it takes its place.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/calendar.h"
#include "core/desk_private.h"
#include "core/desk_store.h"
#include "db/people.h"
#include "db/remake.h"
#include "db/verify.h"

static enum db_status made_event(
	struct desk *desk, struct store *made, const struct desk_event *event)
{
	const struct event_new row = { .time = desk_now(desk),
		.person = desk->person.id,
		.role = desk->person.roles,
		.kind = event->kind,
		.reference = "",
		.details = event->details,
		.detail_count = event->detail_count };
	enum db_status status = event_signer_check(made, row.person);

	if (status == DB_OK)
		status = event_append(made, &row);
	return remake_commit(desk->store, made, status);
}

static enum db_status made_finish(
	struct desk *desk, struct store *made, const struct desk_event *event)
{
	enum db_status status = remake_take_failures(desk->store, made);

	if (status == DB_OK)
		status = made_event(desk, made, event);
	if (status == DB_OK)
		return remake_end(desk->store, made);
	remake_drop(desk->store, made);
	return status;
}

static enum desk_status made_anew(struct desk *desk, const struct remake *remake,
	const struct desk_event *event, struct notice *notice)
{
	struct store *made = NULL;
	enum db_status stored = remake_begin(desk->store, remake, &made);

	if (stored == DB_OK)
		stored = made_finish(desk, made, event);
	return desk_failed(desk->store, stored, notice);
}

static bool trail_goes_on(void *with, int64_t event)
{
	const struct store_watch *watch = with;

	return watch->step(watch->with, "checking the audit log", event, 0);
}

/* What the audit log does not hold up is not sealed anew as if it did. */
static enum desk_status trail_is_sound(
	struct desk *desk, const char *what, const struct store_watch *watch, struct notice *notice)
{
	struct store_watch room = watch ? *watch : (struct store_watch) { NULL, NULL };
	const struct trail_asked asked = { .goes_on = watch ? trail_goes_on : NULL, .with = &room };
	struct trail_verdict verdict = { 0 };
	enum db_status stored = trail_verify_asked(desk->store, &asked, &verdict);
	size_t problems = verdict.problem_count;

	mem_free(verdict.problems);
	if (stored == DB_REFUSED)
		return notice_set(notice, DESK_REFUSED,
			"%s: stopped before it was done: nothing is changed; begin it again when "
			"there is time",
			what);
	if (stored != DB_OK)
		return desk_failed(desk->store, stored, notice);
	if (problems == 0)
		return DESK_OK;
	return notice_set(notice, DESK_DAMAGED,
		"%s: the audit log has %zu problem%s: nothing is changed; run `tracedesk store "
		"check`",
		what, problems, problems == 1 ? "" : "s");
}

static enum desk_status remake_in_place(struct desk *desk, const struct remake *remake,
	const struct desk_event *event, struct notice *notice)
{
	enum desk_status status = desk_failed(desk->store, store_alone(desk->store), notice);

	if (status != DESK_OK)
		return status;
	if (remake->new_master)
		status = trail_is_sound(desk, "store rekey", remake->watch, notice);
	if (status == DESK_OK)
		status = made_anew(desk, remake, event, notice);
	if (status != DESK_OK)
		(void)store_share(desk->store); /* the words are those of the failure */
	return status;
}

enum desk_status desk_store_rekey(
	struct desk *desk, const struct desk_watch *watch, struct notice *out_notice)
{
	const struct desk_event event = { .kind = EVENT_STORE_REKEYED };
	struct store_watch room;
	const struct remake remake = { .new_master = true, .watch = desk_watch_pass(watch, &room) };
	enum desk_status status = desk_allow(desk, DEED_STORE_REKEY, NULL, out_notice);

	return status == DESK_OK ? remake_in_place(desk, &remake, &event, out_notice) : status;
}

enum desk_status desk_store_compact(
	struct desk *desk, const struct desk_watch *watch, struct notice *out_notice)
{
	const struct desk_event event = { .kind = EVENT_STORE_COMPACTED };
	struct store_watch room;
	const struct remake remake = { .new_master = false,
		.watch = desk_watch_pass(watch, &room) };
	enum desk_status status = desk_allow(desk, DEED_STORE_COMPACT, NULL, out_notice);

	return status == DESK_OK ? remake_in_place(desk, &remake, &event, out_notice) : status;
}

/* Restore */

static enum desk_status backup_open(const char *file, int *out_descriptor, struct notice *notice)
{
	struct stat about;

	*out_descriptor = open(file, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (*out_descriptor < 0 || fstat(*out_descriptor, &about) != 0)
		return notice_set(notice, DESK_IO,
			"%s: the backup cannot be read: %s; name another file", file,
			strerror(errno));
	if (!S_ISREG(about.st_mode))
		return notice_set(notice, DESK_IO, "%s: not a regular file; name a backup", file);
	return DESK_OK;
}

/* Who restores is an administrator of the backup. */
static enum desk_status restore_enter(
	struct desk *desk, const struct desk_login *login, struct notice *notice)
{
	enum db_status stored = store_unlock(desk->store, login->user, login->password, time(NULL));

	if (stored == DB_OK)
		stored = people_load(desk->store, login->user, &desk->person);
	if (stored == DB_NONE)
		return notice_set(notice, DESK_DAMAGED,
			"the backup has a key slot for %s but no such person; take an older one",
			login->user);
	if (stored != DB_OK)
		return desk_failed(desk->store, stored, notice);
	/* Whoever can run a guarded program could else put a desk of his own in the place of all.
	 */
	if (desk_is_guarded() && store_is_anothers_at(desk->store, login->store))
		return notice_set(notice, DESK_REFUSED,
			"%s: the store there is another desk's; who looks after this machine has "
			"to move it away first",
			login->store);
	return desk_allow(desk, DEED_STORE_RESTORE, NULL, notice);
}

static enum desk_status restore_make(
	struct desk *desk, const struct desk_restore *restore, int64_t made, struct notice *notice)
{
	char when[21];
	const struct event_detail details[] = { { "backup_made", when } };
	const struct desk_event event = { EVENT_STORE_RESTORED, NULL, details, 1 };
	struct store_watch room;
	const struct remake remake = { .watch = desk_watch_pass(restore->watch, &room) };
	enum desk_status status = trail_is_sound(desk, "store restore", remake.watch, notice);

	moment_text(made, when);
	return status == DESK_OK ? made_anew(desk, &remake, &event, notice) : status;
}

/* The words are of a store that only the restore has, and of what one does with a store. */
static enum desk_status backup_damaged(
	const struct desk *desk, const char *file, struct notice *notice)
{
	const char *path = store_path(desk->store);
	struct notice why = *notice;
	const char *words = why.text;
	char *advice = strrchr(why.text, ';');

	if (strncmp(words, path, strlen(path)) == 0 && words[strlen(path)] == ':')
		words += strlen(path) + 1 + strspn(words + strlen(path) + 1, " ");
	if (advice)
		*advice = '\0';
	return notice_set(notice, DESK_DAMAGED, "%s: the backup is damaged: %s; take an older one",
		file, words);
}

/* out_is_refused: for want of a right, a password or --force; not by a stop. */
static enum desk_status restore(const struct desk_restore *restore, int descriptor,
	bool *out_is_refused, struct notice *notice)
{
	struct desk *desk = mem_new(1, sizeof(*desk));
	struct store_watch room;
	const struct store_restore wanted = { restore->login->store, descriptor, restore->file,
		restore->replaces, desk_watch_pass(restore->watch, &room) };
	int64_t made;
	bool is_open;
	enum desk_status status;

	desk->store = store_new();
	status = desk_failed(desk->store, store_restore(desk->store, &wanted, &made), notice);
	is_open = status == DESK_OK;
	*out_is_refused = status == DESK_REFUSED && !restore->replaces;
	if (status == DESK_OK) {
		status = restore_enter(desk, restore->login, notice);
		*out_is_refused = status == DESK_REFUSED || status == DESK_LOCKED;
	}
	if (status == DESK_OK)
		status = restore_make(desk, restore, made, notice);
	if (is_open && status == DESK_DAMAGED)
		status = backup_damaged(desk, restore->file, notice);
	desk_close(desk);
	return status;
}

/* Nobody's keys open the store that is there: it gets the refusal boxed. Where there is none, no
   event can tell of it. */
static enum desk_status restore_refused(const struct desk_login *login, struct notice *notice)
{
	struct store *store = store_new();
	enum desk_status status = notice->status;

	if (store_open(store, login->store) == DB_OK)
		status = desk_boxed(store, "store restore", login->user, notice);
	store_free(store);
	return status;
}

enum desk_status desk_store_restore(const struct desk_restore *wanted, struct notice *out_notice)
{
	bool is_refused = false;
	int descriptor;
	enum desk_status status = backup_open(wanted->file, &descriptor, out_notice);

	if (status == DESK_OK)
		status = restore(wanted, descriptor, &is_refused, out_notice);
	if (descriptor >= 0)
		(void)close(descriptor);
	return is_refused ? restore_refused(wanted->login, out_notice) : status;
}
