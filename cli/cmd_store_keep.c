/*
 * store check, backup, restore, rekey, compact: the care of a store.
 */
#include <inttypes.h>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "core/desk_store.h"
#include "core/text.h"

static enum desk_status run_backup(
	const struct call *call, const struct session *session, struct notice *notice)
{
	struct progress progress;
	struct desk_backup backup = { session->store, call_word(call, 0),
		call->value[OPTION_FORCE] != NULL, &progress.watch };
	enum desk_status status = session_find_store(session, notice);

	if (status != DESK_OK)
		return status;
	progress_begin(&progress);
	status = desk_store_backup(&backup, notice);
	progress_end(&progress);
	return status;
}

enum desk_status cmd_store_backup(const struct call *call, struct notice *notice)
{
	struct session session;
	enum desk_status status = session_read(call, &session, notice);

	if (status == DESK_OK)
		status = run_backup(call, &session, notice);
	session_done(&session);
	return status == DESK_OK
		       ? output_say("The backup is written. It is sealed as the store is; "
				    "`store restore` proves it and makes a store of it.\n",
				 notice)
		       : status;
}

static enum desk_status run_restore(
	const struct call *call, const struct session *session, struct notice *notice)
{
	struct secret *password = NULL;
	struct progress progress;
	struct desk_login login = { .store = session->store, .user = session->user };
	const struct desk_restore restore = { &login, call_word(call, 0),
		call->value[OPTION_FORCE] != NULL, &progress.watch };
	enum desk_status status = session_password(session, &password, notice);

	if (status != DESK_OK)
		return status;
	login.password = password;
	progress_begin(&progress);
	status = desk_store_restore(&restore, notice);
	progress_end(&progress);
	secret_free(password);
	return status;
}

enum desk_status cmd_store_restore(const struct call *call, struct notice *notice)
{
	struct session session;
	enum desk_status status = session_read(call, &session, notice);

	if (status == DESK_OK)
		status = run_restore(call, &session, notice);
	session_done(&session);
	return status == DESK_OK
		       ? output_say("The store is restored. Who has the newest checkpoint can tell "
				    "what was done after the backup: `audit verify --against`.\n",
				 notice)
		       : status;
}

typedef enum desk_status remake_deed(
	struct desk *desk, const struct desk_watch *watch, struct notice *notice);

static enum desk_status run_remake(
	const struct call *call, remake_deed *deed, const char *done, struct notice *notice)
{
	struct desk *desk = NULL;
	struct progress progress;
	enum desk_status status = session_desk(call, &desk, notice);

	if (status == DESK_OK) {
		progress_begin(&progress);
		status = deed(desk, &progress.watch, notice);
		progress_end(&progress);
	}
	desk_close(desk);
	return status == DESK_OK ? output_say(done, notice) : status;
}

enum desk_status cmd_store_rekey(const struct call *call, struct notice *notice)
{
	return run_remake(call, desk_store_rekey,
		"The store has new keys; everybody's password opens it as before. Old copies and "
		"backups open as they did: delete those that are not needed.\n",
		notice);
}

enum desk_status cmd_store_compact(const struct call *call, struct notice *notice)
{
	return run_remake(call, desk_store_compact, "The store is compacted.\n", notice);
}

static enum desk_status say_findings(
	const struct desk_check_result *result, enum desk_status status, struct notice *notice)
{
	struct buffer text;
	enum desk_status said;

	buffer_init(&text);
	for (size_t i = 0; i < result->count; i++) {
		buffer_add(&text, result->findings[i].is_mended ? "Note: " : "Problem: ");
		text_show(result->findings[i].what, &text);
		buffer_add(&text, "\n");
	}
	buffer_print(&text, "%" PRId64 " page%s, %" PRId64 " frame%s of the log, ", result->pages,
		result->pages == 1 ? "" : "s", result->frames, result->frames == 1 ? "" : "s");
	/* There is an event in every store: its making. */
	if (result->events > 0)
		buffer_print(&text, "%" PRId64 " event%s", result->events,
			result->events == 1 ? "" : "s");
	else
		buffer_add(&text, "the audit log not to its end");
	buffer_add(&text, status == DESK_OK ? ": no problem found.\n" : ".\n");
	said = output_told(buffer_text(&text), "choose another place and look again", notice);
	buffer_done(&text);
	return said == DESK_OK ? status : said;
}

static enum desk_status run_check(const struct session *session, struct notice *notice)
{
	struct secret *password = NULL;
	struct progress progress;
	struct desk_check_result result = { .count = 0 };
	struct desk_login login = { .store = session->store, .user = session->user };
	enum desk_status status = session_find_store(session, notice);

	if (status == DESK_OK)
		status = session_password(session, &password, notice);
	if (status != DESK_OK)
		return status;
	login.password = password;
	progress_begin(&progress);
	status = desk_store_check(&login, &progress.watch, &result, notice);
	progress_end(&progress);
	if (status == DESK_OK || (status == DESK_DAMAGED && result.count > 0))
		status = say_findings(&result, status, notice);
	mem_free(result.findings);
	secret_free(password);
	return status;
}

enum desk_status cmd_store_check(const struct call *call, struct notice *notice)
{
	struct session session;
	enum desk_status status = session_read(call, &session, notice);

	if (status == DESK_OK)
		status = run_check(&session, notice);
	session_done(&session);
	return status;
}
