/*
 * Backups of a store: out of it without a log-in.
 */
#include <time.h>

#include "core/desk_private.h"
#include "core/desk_store.h"
#include "core/private_file.h"
#include "db/backup.h"

struct backup_run {
	struct private_file file;
	struct notice *notice;
	enum desk_status status; /* of writing the file */
};

static enum db_status piece_write(void *with, const uint8_t *bytes, size_t size)
{
	struct backup_run *run = with;

	run->status = private_file_put(&run->file, (const char *)bytes, size, run->notice);
	return run->status == DESK_OK ? DB_OK : DB_IO;
}

const struct store_watch *desk_watch_pass(const struct desk_watch *watch, struct store_watch *room)
{
	if (!watch)
		return NULL;
	*room = (struct store_watch) { watch->step, watch->with };
	return room;
}

static enum desk_status backup_write_file(
	struct store *store, const struct desk_backup *backup, struct notice *notice)
{
	struct backup_run run = { .notice = notice };
	struct store_watch room;
	struct backup wanted = { piece_write, &run, desk_watch_pass(backup->watch, &room),
		time(NULL) };
	enum desk_status status = private_file_open(&run.file, backup->file,
		backup->replaces ? NULL : "give --force to replace it", notice);
	enum db_status stored;

	if (status != DESK_OK)
		return status;
	stored = backup_make(store, &wanted);
	status = run.status != DESK_OK ? run.status : desk_failed(store, stored, notice);
	return private_file_close(&run.file, status, notice);
}

enum desk_status desk_store_backup(const struct desk_backup *backup, struct notice *out_notice)
{
	struct store *store = store_new();
	enum db_status stored = store_open(store, backup->store);
	enum desk_status status;

	if (stored == DB_OK)
		stored = backup_place_check(store, backup->file);
	status = desk_failed(store, stored, out_notice);
	if (status == DESK_OK)
		status = backup_write_file(store, backup, out_notice);
	store_free(store);
	return status;
}
