/*
 * The fake desk's answers about files and drafts: attachments are refused, what is handed
 * out is a line; no draft is kept.
 */
#include <string.h>

#include "core/desk_drafts.h"
#include "core/desk_files.h"

enum desk_status desk_request_attach(struct desk *desk, const char *reference, const char *path,
	struct desk_attached *out_attached, struct notice *out_notice)
{
	(void)desk;
	(void)reference;
	*out_attached = (struct desk_attached) { 0 };
	return notice_set(out_notice, DESK_IO, "%s: cannot be read; give another file", path);
}

enum desk_status original_delete(
	const char *path, const struct original *original, struct notice *out_notice)
{
	(void)original;
	return notice_set(out_notice, DESK_IO, "%s: cannot be deleted", path);
}

enum desk_status desk_request_file(
	struct desk *desk, const struct desk_file_wish *wish, struct notice *out_notice)
{
	static const char text[] = "a line of a file\n";

	(void)desk;
	return wish->take(wish->with, text, strlen(text), out_notice);
}

enum desk_status desk_draft_keep(struct desk *desk, const char *text, struct notice *out_notice)
{
	(void)desk;
	(void)text;
	(void)out_notice;
	return DESK_OK;
}

enum desk_status desk_draft_read(struct desk *desk, char **out_text, struct notice *out_notice)
{
	(void)desk;
	(void)out_notice;
	*out_text = NULL;
	return DESK_OK;
}

enum desk_status desk_draft_drop(struct desk *desk, struct notice *out_notice)
{
	(void)desk;
	(void)out_notice;
	return DESK_OK;
}

int desk_lock_seconds(const struct desk *desk)
{
	(void)desk;
	return 600;
}
