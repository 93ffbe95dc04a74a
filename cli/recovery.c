/*
 * store recover, and where a recovery code goes.
 */
#include "cli/recovery.h"

#include <errno.h>
#include <sys/stat.h>

#include "cli/output.h"
#include "cli/password.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "core/desk_store.h"
#include "core/private_file.h"

enum desk_status recovery_give(
	const char *file, const struct secret *recovery, struct notice *notice)
{
	struct output output = { .is_file = false };
	struct buffer text;
	enum desk_status status;

	buffer_init(&text);
	if (!file)
		buffer_add(&text, "Recovery code (shown this once; keep it away from this "
				  "computer):\n\n");
	buffer_add_bytes(&text, (const char *)secret_read(recovery), secret_size(recovery));
	buffer_add(&text, "\n");
	if (file)
		status = private_file_write(file,
			&(struct private_text) { buffer_text(&text), text.size },
			"choose another name", notice);
	else
		status = output_write(&output, &text, notice);
	buffer_done(&text);
	return status;
}

enum desk_status recovery_file_is_free(const char *file, struct notice *notice)
{
	struct stat info;

	if (!file || (lstat(file, &info) != 0 && errno == ENOENT))
		return DESK_OK;
	return notice_set(notice, DESK_REFUSED,
		"%s: there is something of that name already; choose a new file for the recovery "
		"code",
		file);
}

/* Where the new code goes. */
struct shown {
	const char *file; /* NULL: standard output */
	struct progress *progress;
};

static enum desk_status code_show(void *with, const struct secret *code, struct notice *notice)
{
	const struct shown *shown = with;

	progress_clear(shown->progress);
	return recovery_give(shown->file, code, notice);
}

static enum desk_status code_read(const char *file, struct secret **out_code, struct notice *notice)
{
	if (file)
		return password_read(file, out_code, notice);
	return password_ask("Recovery code: ", "recovery-from", out_code, notice);
}

static enum desk_status run_recover(
	const struct call *call, const struct session *session, struct notice *notice)
{
	const char *file = call->value[OPTION_RECOVERY_FILE];
	struct secret *code = NULL, *password = NULL;
	struct progress progress;
	struct shown shown = { file, &progress };
	struct desk_recovery recovery = {
		.store = session->store, .user = session->user, .watch = &progress.watch
	};
	enum desk_status status = recovery_file_is_free(file, notice);

	if (status == DESK_OK)
		status = session_find_store(session, notice);
	if (status == DESK_OK)
		status = code_read(call->value[OPTION_RECOVERY_FROM], &code, notice);
	if (status == DESK_OK)
		status = password_new(call->value[OPTION_NEW_PASSWORD_FROM], "new-password-from",
			&password, notice);
	recovery.code = code;
	recovery.password = password;
	if (status == DESK_OK) {
		progress_begin(&progress);
		status = desk_store_recover(&recovery, code_show, &shown, notice);
		progress_end(&progress);
	}
	secret_free(code);
	secret_free(password);
	return status;
}

enum desk_status cmd_store_recover(const struct call *call, struct notice *notice)
{
	struct session session;
	enum desk_status status = session_read(call, &session, notice);

	if (status == DESK_OK)
		status = run_recover(call, &session, notice);
	session_done(&session);
	return status == DESK_OK ? output_say("Done: the new password opens the store. The old "
					      "recovery code is void; keep the new one.\n",
					   notice)
				 : status;
}
