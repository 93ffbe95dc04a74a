/*
 * The sealed database of the tests.
 */
#include "rig.h"

#include <dirent.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static uint64_t random_state;

int rig_start(void **state)
{
	const char *seed = getenv("TEST_SEED");

	(void)state;
	if (!secret_start() || !sqlite_start())
		return -1;
	random_state = seed ? strtoull(seed, NULL, 10) : (uint64_t)randombytes_random();
	print_message("# TEST_SEED=%llu\n", (unsigned long long)random_state);
	return 0;
}

uint32_t rig_random(uint32_t below)
{
	random_state = random_state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)(random_state >> 33) % below;
}

struct keys *rig_keys(uint8_t seed)
{
	uint8_t file_id[FILE_ID_BYTES];
	struct secret *master = secret_new(MASTER_KEY_BYTES);
	struct keys *keys;

	memset(file_id, seed, sizeof(file_id));
	memset(secret_bytes(master), 0x40 + seed, MASTER_KEY_BYTES);
	keys = keys_new(master, file_id);
	secret_free(master);
	return keys;
}

struct bytes file_load(const char *path)
{
	struct bytes bytes = { NULL, 0 };
	FILE *file = fopen(path, "rb");
	struct stat info;

	if (!file)
		return bytes;
	assert_int_equal(fstat(fileno(file), &info), 0);
	bytes.size = (size_t)info.st_size;
	bytes.at = malloc(bytes.size + 1);
	assert_non_null(bytes.at);
	assert_int_equal(fread(bytes.at, 1, bytes.size, file), bytes.size);
	fclose(file);
	return bytes;
}

void file_save(const char *path, struct bytes bytes)
{
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(file >= 0);
	assert_int_equal(write(file, bytes.at, bytes.size), bytes.size);
	assert_int_equal(close(file), 0);
}

void bytes_clear(struct bytes *bytes)
{
	free(bytes->at);
	*bytes = (struct bytes) { NULL, 0 };
}

void rig_restart(struct rig *rig, const char *lower, bool gate_off)
{
	struct sealing_vfs_config config = { rig->keys, RIG_OFFSET, lower, gate_off };

	sealing_vfs_free(rig->vfs);
	rig->vfs = sealing_vfs_new(&config);
	assert_non_null(rig->vfs);
}

void rig_init(struct rig *rig, const char *lower)
{
	uint8_t header[RIG_OFFSET];

	*rig = (struct rig) { .keys = rig_keys(1) };
	assert_true(scratch_make(rig->folder, "rig"));
	snprintf(rig->path, sizeof(rig->path), "%s/desk.tdk", rig->folder);
	snprintf(rig->log, sizeof(rig->log), "%s-wal", rig->path);
	memset(header, 0xa5, sizeof(header));
	file_save(rig->path, (struct bytes) { header, sizeof(header) });
	rig_restart(rig, lower, false);
}

static void check_header(const struct rig *rig)
{
	struct bytes bytes = file_load(rig->path);

	assert_true(bytes.size >= RIG_OFFSET);
	for (size_t i = 0; i < RIG_OFFSET; i++)
		assert_int_equal(bytes.at[i], 0xa5);
	bytes_clear(&bytes);
}

static bool is_expected(const char *name)
{
	static const char *const names[] = { ".", "..", "desk.tdk", "desk.tdk-wal",
		"desk.tdk-shm" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

void rig_done(struct rig *rig)
{
	DIR *folder = opendir(rig->folder);
	struct dirent *entry;
	char path[400];

	sealing_vfs_free(rig->vfs);
	keys_free(rig->keys);
	check_header(rig);
	assert_non_null(folder);
	while ((entry = readdir(folder))) {
		if (!is_expected(entry->d_name))
			fail_msg("unexpected file: %s", entry->d_name);
		snprintf(path, sizeof(path), "%s/%s", rig->folder, entry->d_name);
		if (entry->d_name[0] != '.')
			assert_int_equal(unlink(path), 0);
	}
	closedir(folder);
	assert_int_equal(rmdir(rig->folder), 0);
}

int rig_try(struct rig *rig, sqlite3 **out_db)
{
	static const char *const settings[] = { "PRAGMA temp_store=MEMORY",
		"PRAGMA synchronous=FULL", "PRAGMA journal_mode=WAL",
		"SELECT count(*) FROM sqlite_schema" };
	int reserve = SEAL_RESERVE;
	struct stat info;
	int status = sqlite3_open_v2(
		rig->path, out_db, SQLITE_OPEN_READWRITE, sealing_vfs_name(rig->vfs));

	sqlite3_extended_result_codes(*out_db, 1);
	sqlite3_busy_timeout(*out_db, 20000);
	if (status != SQLITE_OK)
		status = sqlite3_extended_errcode(*out_db);
	if (status == SQLITE_OK)
		status =
			sqlite3_file_control(*out_db, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
	/* Only a new one: for an old one this would mean leaving WAL mode. */
	if (status == SQLITE_OK && stat(rig->path, &info) == 0 && info.st_size <= RIG_OFFSET)
		status = sql_status(*out_db, "PRAGMA journal_mode=MEMORY; PRAGMA page_size=4096");
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
		if (status == SQLITE_OK)
			status = sql_status(*out_db, settings[i]);
	return status;
}

sqlite3 *rig_open(struct rig *rig)
{
	sqlite3 *db;
	int status = rig_try(rig, &db);

	if (status != SQLITE_OK)
		fail_msg("open: %d %s", status, sqlite3_errmsg(db));
	return db;
}

void rig_close(sqlite3 *db)
{
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

int sql_status(sqlite3 *db, const char *text)
{
	return sqlite3_exec(db, text, NULL, NULL, NULL);
}

void sql(sqlite3 *db, const char *text)
{
	int status = sql_status(db, text);

	if (status != SQLITE_OK)
		fail_msg("%d %s: %.200s", status, sqlite3_errmsg(db), text);
}

void sql_format(sqlite3 *db, const char *format, ...)
{
	char text[1024];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	sql(db, text);
}

int64_t sql_number(sqlite3 *db, const char *text)
{
	sqlite3_stmt *statement = NULL;
	int64_t number = -1;

	if (sqlite3_prepare_v2(db, text, -1, &statement, NULL) == SQLITE_OK &&
		sqlite3_step(statement) == SQLITE_ROW)
		number = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return number;
}

bool sql_is_whole(sqlite3 *db)
{
	sqlite3_stmt *statement = NULL;
	bool is_whole = false;

	if (sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &statement, NULL) == SQLITE_OK &&
		sqlite3_step(statement) == SQLITE_ROW)
		is_whole = strcmp((const char *)sqlite3_column_text(statement, 0), "ok") == 0;
	sqlite3_finalize(statement);
	return is_whole;
}

static uint64_t digest_row(sqlite3_stmt *statement, uint64_t digest)
{
	for (int i = 0; i < sqlite3_column_count(statement); i++) {
		const uint8_t *bytes = sqlite3_column_blob(statement, i);
		size_t size = (size_t)sqlite3_column_bytes(statement, i);

		for (size_t at = 0; at < size; at++)
			digest = (digest ^ bytes[at]) * 0x100000001b3ULL;
		digest = (digest ^ size) * 0x100000001b3ULL;
	}
	return digest;
}

static uint64_t digest_query(sqlite3 *db, const char *text, uint64_t digest)
{
	sqlite3_stmt *statement = NULL;

	assert_int_equal(sqlite3_prepare_v2(db, text, -1, &statement, NULL), SQLITE_OK);
	while (sqlite3_step(statement) == SQLITE_ROW)
		digest = digest_row(statement, digest);
	assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
	return digest;
}

uint64_t sql_digest(sqlite3 *db)
{
	static const char schema[] =
		"SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name";
	sqlite3_stmt *statement = NULL;
	uint64_t digest = digest_query(db, schema, 0xcbf29ce484222325ULL);

	assert_int_equal(sqlite3_prepare_v2(db, schema, -1, &statement, NULL), SQLITE_OK);
	while (sqlite3_step(statement) == SQLITE_ROW) {
		char text[200];

		snprintf(text, sizeof(text), "SELECT * FROM \"%s\" ORDER BY 1",
			sqlite3_column_text(statement, 0));
		digest = digest_query(db, text, digest);
	}
	assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
	return digest;
}

bool folder_holds(const struct rig *rig, const char *text, int *out_files)
{
	DIR *folder = opendir(rig->folder);
	struct dirent *entry;
	bool is_held = false;

	*out_files = 0;
	assert_non_null(folder);
	while ((entry = readdir(folder))) {
		char path[400];
		struct bytes bytes;

		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", rig->folder, entry->d_name);
		bytes = file_load(path);
		if (memmem(bytes.at, bytes.size, text, strlen(text)))
			is_held = true;
		bytes_clear(&bytes);
		*out_files += 1;
	}
	closedir(folder);
	return is_held;
}

void rig_drop_log(const struct rig *rig)
{
	char index[SCRATCH_SIZE + 24];

	snprintf(index, sizeof(index), "%s-shm", rig->path);
	unlink(rig->log);
	unlink(index);
}

struct vfs_damage rig_damage(const struct rig *rig)
{
	struct vfs_damage damage;

	sealing_vfs_damage(rig->vfs, &damage);
	return damage;
}

void word_make(char word[WORD_BYTES])
{
	for (int i = 0; i < WORD_BYTES - 1; i++)
		word[i] = (char)('a' + (i * 7 + 3) % 26);
	word[WORD_BYTES - 1] = '\0';
}

int word_count(const char *word)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	char line[512];
	int found = 0;

	assert_non_null(maps);
	while (fgets(line, sizeof(line), maps)) {
		unsigned long from, to;
		char mode[8];
		const char *at;

		if (sscanf(line, "%lx-%lx %7s", &from, &to, mode) != 3 || mode[0] != 'r' ||
			mode[1] != 'w' || strstr(line, "[v"))
			continue;
		at = (const char *)from;
		while ((at = memmem(at, to - (uintptr_t)at, word, WORD_BYTES - 1))) {
			found += at != word;
			at++;
		}
	}
	fclose(maps);
	return found;
}
