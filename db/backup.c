/*
 * Backups. Under the turnstile nobody writes: header, -head and log are copied
 * then. The pages change only when somebody brings the log into them, and wait
 * as they are until their copy is done (turnstile.h), while others go on
 * writing to the log: pages, log and -head are of one moment.
 */
#include "db/backup.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/bytes.h"
#include "db/folder.h"
#include "db/memory.h"
#include "db/privilege.h"
#include "db/store_private.h"
#include "db/vault_private.h"

static const char magic[] = "tracedesk backup";

enum {
	MAGIC_BYTES = sizeof(magic) - 1,
	AT_VERSION = 16,
	AT_KIND = 20,
	AT_LOG_BYTES = 24,
	AT_PAGE_BYTES = 32,
	AT_MADE = 40,
	VERSION = 1,
	HASH_BYTES = 32,
	PIECE = 32768
};

enum db_status store_stopped(struct store *store)
{
	return store_fail(store, DB_REFUSED,
		"%s: stopped before it was done: nothing is changed; begin it again when there is "
		"time",
		store_path(store));
}

enum db_status store_watch_step(struct store *store, const struct store_watch *watch,
	const char *what, int64_t done, int64_t all)
{
	if (!watch || watch->step(watch->with, what, done, all))
		return DB_OK;
	return store_stopped(store);
}

static enum db_status vault_failed(struct store *store, enum db_status status)
{
	return store_fail(store, status, "%s", vault_message(store->vault));
}

/* Making one */

struct copying {
	struct store *store;
	const struct backup *backup;
	crypto_generichash_state hash;
	int64_t done, all;
	int64_t log_bytes, page_bytes;
};

static enum db_status put(struct copying *copying, const uint8_t *bytes, size_t size)
{
	const struct backup *backup = copying->backup;
	enum db_status status = backup->write(backup->with, bytes, size);

	if (status != DB_OK)
		return status;
	crypto_generichash_update(&copying->hash, bytes, size);
	copying->done += (int64_t)size;
	return store_watch_step(
		copying->store, backup->watch, "copying", copying->done, copying->all);
}

static enum db_status put_file(
	struct copying *copying, struct rawfile *file, int64_t from, int64_t size)
{
	uint8_t bytes[PIECE];
	enum db_status status = DB_OK;

	for (int64_t at = 0; at < size && status == DB_OK; at += PIECE) {
		size_t piece = size - at < PIECE ? (size_t)(size - at) : PIECE;

		status = rawfile_read(file, from + at, bytes, piece);
		if (status == DB_OK)
			status = put(copying, bytes, piece);
		else
			(void)vault_failed(copying->store, status);
	}
	return status;
}

/* NULL: there is none. */
static enum db_status log_file_find(struct vault *vault, struct rawfile **out_log)
{
	char *path = vault_name_with(vault, "-wal");
	enum db_status status = DB_OK;

	*out_log = NULL;
	if (vault_file_is_there(path))
		status =
			rawfile_open(vault->lower, path, RAWFILE_EXISTING, &vault->report, out_log);
	mem_free(path);
	return status;
}

static enum db_status sizes_read(struct copying *copying, struct rawfile *log)
{
	enum db_status status = rawfile_size(copying->store->vault->file, &copying->page_bytes);

	if (status == DB_OK && log)
		status = rawfile_size(log, &copying->log_bytes);
	if (status != DB_OK)
		return vault_failed(copying->store, status);
	copying->page_bytes -= VAULT_HEADER_BYTES;
	if (copying->page_bytes < 0)
		return store_fail(copying->store, DB_DAMAGED,
			"%s: cut short; restore the latest backup", store_path(copying->store));
	copying->all = BACKUP_START_BYTES + BACKUP_HEAD_BYTES + VAULT_HEADER_BYTES +
		       copying->log_bytes + copying->page_bytes;
	return DB_OK;
}

static enum db_status put_start(struct copying *copying)
{
	uint8_t start[BACKUP_START_BYTES] = { 0 };

	memcpy(start, magic, MAGIC_BYTES);
	bytes_put32(start + AT_VERSION, VERSION);
	bytes_put32(start + AT_KIND, (uint32_t)store_kind(copying->store));
	bytes_put64(start + AT_LOG_BYTES, (uint64_t)copying->log_bytes);
	bytes_put64(start + AT_PAGE_BYTES, (uint64_t)copying->page_bytes);
	bytes_put64(start + AT_MADE, (uint64_t)copying->backup->now);
	return put(copying, start, sizeof(start));
}

/* Under the turnstile: all but the pages. */
static enum db_status put_moment(struct copying *copying, struct rawfile *log)
{
	struct vault *vault = copying->store->vault;
	enum db_status status = sizes_read(copying, log);

	if (status == DB_OK)
		status = put_start(copying);
	if (status == DB_OK)
		status = put_file(copying, vault->head, 0, BACKUP_HEAD_BYTES);
	if (status == DB_OK)
		status = put_file(copying, vault->file, 0, VAULT_HEADER_BYTES);
	if (status == DB_OK && log)
		status = put_file(copying, log, 0, copying->log_bytes);
	return status;
}

static enum db_status copy_moment(struct copying *copying)
{
	struct vault *vault = copying->store->vault;
	struct rawfile *log = NULL;
	enum db_status status = vault_turn_take(vault);

	if (status != DB_OK)
		return vault_failed(copying->store, status);
	status = vault_is_in_place(vault);
	if (status == DB_OK)
		status = log_file_find(vault, &log);
	if (status == DB_OK)
		status = put_moment(copying, log);
	else
		(void)vault_failed(copying->store, status);
	rawfile_close(log);
	vault_turn_give(vault);
	return status;
}

static enum db_status put_hash(struct copying *copying)
{
	uint8_t hash[HASH_BYTES];

	crypto_generichash_final(&copying->hash, hash, sizeof(hash));
	return copying->backup->write(copying->backup->with, hash, sizeof(hash));
}

enum db_status backup_make(struct store *store, const struct backup *backup)
{
	struct copying copying = { .store = store, .backup = backup };
	enum db_status status = vault_pages_keep(store->vault);

	if (status != DB_OK)
		return vault_failed(store, status);
	crypto_generichash_init(&copying.hash, NULL, 0, HASH_BYTES);
	status = copy_moment(&copying);
	if (status == DB_OK)
		status = put_file(
			&copying, store->vault->file, VAULT_HEADER_BYTES, copying.page_bytes);
	vault_pages_end(store->vault);
	return status == DB_OK ? put_hash(&copying) : status;
}

/* Does file name, by any name, something at path? */
static bool is_same_file(const char *file, const char *path)
{
	struct stat one, other;
	gid_t before = privilege_raise();
	bool is_same = stat(file, &one) == 0 && stat(path, &other) == 0 &&
		       one.st_dev == other.st_dev && one.st_ino == other.st_ino;

	privilege_lower(before);
	return is_same;
}

enum db_status backup_place_check(struct store *store, const char *file)
{
	static const char *const own[] = { "", "-head", "-wal", "-shm", "-journal" };
	struct vault *vault = store->vault;
	char *path;
	enum db_status status = folder_resolve(file, &vault->report, &path);

	if (status != DB_OK)
		return vault_failed(store, status);
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]) && status == DB_OK; i++) {
		char *name = vault_name_with(vault, own[i]);

		if (strcmp(path, name) == 0 || is_same_file(file, name))
			status = store_fail(store, DB_REFUSED,
				"%s: that is a file of the store itself; name another one for the "
				"backup",
				file);
		mem_free(name);
	}
	mem_free(path);
	return status;
}

/* Taking one apart */

static enum db_status parts_fail(
	struct store *store, const struct backup_parts *parts, const char *words)
{
	return store_fail(store, DB_DAMAGED, "%s: %s", parts->name, words);
}

static enum db_status piece_read(
	struct store *store, const struct backup_parts *parts, uint8_t *bytes, size_t size)
{
	ssize_t got;

	for (size_t at = 0; at < size; at += (size_t)got) {
		got = read(parts->descriptor, bytes + at, size - at);
		if (got < 0 && errno == EINTR)
			got = 0;
		else if (got < 0)
			return store_fail(store, DB_IO, "%s: cannot be read: %s; check the disk",
				parts->name, strerror(errno));
		else if (got == 0)
			return parts_fail(
				store, parts, "the backup is cut short; take an older one");
	}
	return DB_OK;
}

static bool is_sum(const struct backup_parts *parts, int64_t size)
{
	const int64_t rest =
		BACKUP_START_BYTES + BACKUP_HEAD_BYTES + VAULT_HEADER_BYTES + HASH_BYTES;

	return parts->log_bytes >= 0 && parts->page_bytes >= 0 && size >= rest &&
	       parts->log_bytes <= size - rest &&
	       parts->page_bytes == size - rest - parts->log_bytes;
}

enum db_status backup_look(
	struct store *store, int descriptor, const char *name, struct backup_parts *out_parts)
{
	uint8_t start[BACKUP_START_BYTES];
	struct stat about;
	enum db_status status;

	*out_parts = (struct backup_parts) { .descriptor = descriptor, .name = name };
	if (fstat(descriptor, &about) != 0 || lseek(descriptor, 0, SEEK_SET) != 0)
		return store_fail(store, DB_IO, "%s: cannot be read: %s; look at the disk", name,
			strerror(errno));
	if (about.st_size < BACKUP_START_BYTES)
		return parts_fail(store, out_parts,
			"not a backup; name one that `tracedesk store "
			"backup` made");
	status = piece_read(store, out_parts, start, sizeof(start));
	if (status != DB_OK)
		return status;
	if (memcmp(start, magic, MAGIC_BYTES) != 0)
		return parts_fail(store, out_parts,
			"not a backup; name one that `tracedesk store "
			"backup` made");
	if (bytes_get32(start + AT_VERSION) > VERSION)
		return parts_fail(store, out_parts, "made by a newer tracedesk; use that version");
	out_parts->log_bytes = (int64_t)bytes_get64(start + AT_LOG_BYTES);
	out_parts->page_bytes = (int64_t)bytes_get64(start + AT_PAGE_BYTES);
	out_parts->made = (int64_t)bytes_get64(start + AT_MADE);
	if (!is_sum(out_parts, about.st_size))
		return parts_fail(store, out_parts,
			"the backup is cut short, or its beginning is damaged; take an older one");
	return DB_OK;
}

struct unpacking {
	struct store *store;
	const struct backup_parts *parts;
	const struct store_watch *watch;
	crypto_generichash_state hash;
	int64_t done, all;
	struct rawfile *files[3]; /* the store, its log, its -head */
};
enum { PART_STORE, PART_LOG, PART_HEAD, PARTS };
static const char *const part_suffixes[PARTS] = { "", "-wal", "-head" };

/* Copies so many bytes on to the place of a file; file NULL: only takes them into the hash. */
static enum db_status take(
	struct unpacking *unpacking, struct rawfile *file, int64_t place, int64_t size)
{
	struct store *store = unpacking->store;
	uint8_t bytes[PIECE];
	enum db_status status = DB_OK;

	for (int64_t at = 0; at < size && status == DB_OK; at += PIECE) {
		size_t piece = size - at < PIECE ? (size_t)(size - at) : PIECE;

		status = piece_read(store, unpacking->parts, bytes, piece);
		if (status != DB_OK)
			break;
		crypto_generichash_update(&unpacking->hash, bytes, piece);
		if (file && rawfile_write(file, place + at, bytes, piece) != DB_OK)
			return vault_failed(store, DB_IO);
		unpacking->done += (int64_t)piece;
		status = store_watch_step(
			store, unpacking->watch, "copying", unpacking->done, unpacking->all);
	}
	return status;
}

static enum db_status take_hash(struct unpacking *unpacking)
{
	uint8_t right[HASH_BYTES], hash[HASH_BYTES];
	enum db_status status = piece_read(unpacking->store, unpacking->parts, right, HASH_BYTES);

	crypto_generichash_final(&unpacking->hash, hash, sizeof(hash));
	if (status == DB_OK && memcmp(hash, right, HASH_BYTES) != 0)
		status = parts_fail(unpacking->store, unpacking->parts,
			"the backup was damaged since it was made; take an older one");
	return status;
}

static enum db_status files_make(struct unpacking *unpacking, const char *path)
{
	struct vault *vault = unpacking->store->vault;
	enum db_status status = DB_OK;

	for (int i = 0; i < PARTS && status == DB_OK; i++) {
		size_t size = strlen(path) + sizeof("-head");
		char *name = mem_new(size, 1);

		(void)snprintf(name, size, "%s%s", path, part_suffixes[i]);
		if (i != PART_LOG || unpacking->parts->log_bytes > 0)
			status = rawfile_open(vault->lower, name, RAWFILE_MAKE, &vault->report,
				&unpacking->files[i]);
		mem_free(name);
	}
	return status == DB_OK ? DB_OK : vault_failed(unpacking->store, status);
}

static enum db_status files_fill(struct unpacking *unpacking)
{
	const struct backup_parts *parts = unpacking->parts;
	struct rawfile *const *files = unpacking->files;
	enum db_status status = take(unpacking, NULL, 0, BACKUP_START_BYTES);

	if (status == DB_OK)
		status = take(unpacking, files[PART_HEAD], 0, BACKUP_HEAD_BYTES);
	if (status == DB_OK)
		status = take(unpacking, files[PART_STORE], 0, VAULT_HEADER_BYTES);
	if (status == DB_OK)
		status = take(unpacking, files[PART_LOG], 0, parts->log_bytes);
	if (status == DB_OK)
		status = take(unpacking, files[PART_STORE], VAULT_HEADER_BYTES, parts->page_bytes);
	if (status == DB_OK)
		status = take_hash(unpacking);
	for (int i = 0; i < PARTS && status == DB_OK; i++)
		if (files[i] && rawfile_sync(files[i]) != DB_OK)
			status = vault_failed(unpacking->store, DB_IO);
	return status;
}

enum db_status backup_unpack(struct store *store, const struct backup_parts *parts,
	const char *path, const struct store_watch *watch)
{
	struct unpacking unpacking = { .store = store, .parts = parts, .watch = watch };
	enum db_status status;

	unpacking.all = BACKUP_START_BYTES + BACKUP_HEAD_BYTES + VAULT_HEADER_BYTES +
			parts->log_bytes + parts->page_bytes;
	crypto_generichash_init(&unpacking.hash, NULL, 0, HASH_BYTES);
	if (lseek(parts->descriptor, 0, SEEK_SET) != 0)
		return store_fail(store, DB_IO, "%s: cannot be read: %s; look at the disk",
			parts->name, strerror(errno));
	status = files_make(&unpacking, path);
	if (status == DB_OK)
		status = files_fill(&unpacking);
	for (int i = 0; i < PARTS; i++)
		rawfile_close(unpacking.files[i]);
	return status;
}
