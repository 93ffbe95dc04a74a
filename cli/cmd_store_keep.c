/*
 * store backup: the care of a store.
 */
#include "cli/command.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "core/desk_store.h"

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
