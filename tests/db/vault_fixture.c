/*
 * The vault's tests: folder, store, faults.
 */
#include "vault_fixture.h"
#include "tests/scratch.h"

#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <sodium.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/vfs.h"

enum { NOBODY = 65534, CHECKSUM_AT = 16384 - 64 };

struct fault fault;

static char folder[SCRATCH_SIZE];
static char path[SCRATCH_SIZE + 8];

/* The VFS below */

struct below_file {
	sqlite3_file base;
	sqlite3_file *real; /* behind it in the same memory */
};

static sqlite3_file *real_of(sqlite3_file *file)
{
	return ((struct below_file *)file)->real;
}

static bool is_failing(void)
{
	fault.calls++;
	if (fault.fail_at == 0 || fault.calls < fault.fail_at ||
		(fault.calls > fault.fail_at && !fault.is_dead))
		return false;
	fault.fired++;
	return true;
}

static int below_close(sqlite3_file *file)
{
	return real_of(file)->pMethods->xClose(real_of(file));
}

static int below_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset)
{
	return real_of(file)->pMethods->xRead(real_of(file), bytes, size, offset);
}

/* The first bytes, and behind them a sector that the disk spoiled. */
static void write_torn(sqlite3_file *real, const void *bytes, int size, sqlite3_int64 offset)
{
	uint8_t spoiled[512];
	int whole = fault.torn_bytes < size ? fault.torn_bytes : size;
	int rest = size - whole < (int)sizeof spoiled ? size - whole : (int)sizeof spoiled;

	memset(spoiled, 0xa5, sizeof spoiled);
	real->pMethods->xWrite(real, bytes, whole, offset);
	if (rest > 0)
		real->pMethods->xWrite(real, spoiled, rest, offset + whole);
}

static int below_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
{
	if (!is_failing())
		return real_of(file)->pMethods->xWrite(real_of(file), bytes, size, offset);
	if (fault.torn_bytes > 0 && fault.calls == fault.fail_at)
		write_torn(real_of(file), bytes, size, offset);
	return SQLITE_IOERR_WRITE;
}

static int below_sync(sqlite3_file *file, int flags)
{
	if (is_failing())
		return SQLITE_IOERR_FSYNC;
	return fault.syncs ? real_of(file)->pMethods->xSync(real_of(file), flags) : SQLITE_OK;
}

static int below_size(sqlite3_file *file, sqlite3_int64 *out_size)
{
	return real_of(file)->pMethods->xFileSize(real_of(file), out_size);
}

static int below_control(sqlite3_file *file, int what, void *argument)
{
	return real_of(file)->pMethods->xFileControl(real_of(file), what, argument);
}

static const sqlite3_io_methods below_methods = {
	.iVersion = 1,
	.xClose = below_close,
	.xRead = below_read,
	.xWrite = below_write,
	.xSync = below_sync,
	.xFileControl = below_control,
	.xFileSize = below_size,
};

static int below_open(
	sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
	sqlite3_vfs *real = vfs->pAppData;
	struct below_file *below = (struct below_file *)file;
	int code;

	if (is_failing())
		return SQLITE_CANTOPEN;
	below->real = (sqlite3_file *)(below + 1);
	code = real->xOpen(real, name, below->real, flags, out_flags);
	if (code == SQLITE_OK)
		below->base.pMethods = &below_methods;
	return code;
}

static sqlite3_vfs below = { .iVersion = 1, .zName = "below", .xOpen = below_open };

static void below_register(void)
{
	sqlite3_vfs *real = sqlite3_vfs_find(NULL);

	below.pAppData = real;
	below.szOsFile = (int)sizeof(struct below_file) + real->szOsFile;
	below.mxPathname = real->mxPathname;
	assert_int_equal(sqlite3_vfs_register(&below, 0), SQLITE_OK);
}

/* Folder */

int fixture_start(void **state)
{
	(void)state;
	if (sodium_init() < 0 || !sqlite_start() || !scratch_make(folder, "vault"))
		return -1;
	snprintf(path, sizeof path, "%s/x.tdk", folder);
	below_register();
	return 0;
}

static int empty_folder(const char *name, bool is_removing)
{
	DIR *entries = opendir(name);
	struct dirent *entry;
	int count = 0;

	while (entries && (entry = readdir(entries))) {
		char inner[512];

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		count++;
		snprintf(inner, sizeof inner, "%s/%s", name, entry->d_name);
		if (is_removing && unlink(inner) != 0) {
			empty_folder(inner, true);
			rmdir(inner);
		}
	}
	if (entries)
		closedir(entries);
	return count;
}

int fixture_clean(void **state)
{
	(void)state;
	memset(&fault, 0, sizeof fault);
	memset(&argon2, 0, sizeof argon2);
	empty_folder(folder, true);
	return chmod(folder, 0700);
}

int fixture_stop(void **state)
{
	fixture_clean(state);
	return rmdir(folder);
}

int fixture_entries(void)
{
	return empty_folder(folder, false);
}

const char *fixture_folder(void)
{
	return folder;
}

const char *fixture_path(void)
{
	return path;
}

/* Store */

struct secret *secret_of(const char *text)
{
	char copy[128];

	snprintf(copy, sizeof copy, "%s", text);
	return secret_take(copy, strlen(copy));
}

struct vault *vault_below(void)
{
	struct vault *vault = vault_new();

	vault_set_lower(vault, "below");
	return vault;
}

void store_made(struct keys **out_keys, struct secret **out_recovery)
{
	struct vault *vault = vault_below();
	struct secret *password = secret_of("first password");
	const struct store_make make = { path, "ada", STORE_DEMO, STORE_COST_DEMO, password };
	struct vault_person person;
	struct secret *recovery;
	struct vault_publics recovery_publics;

	assert_int_equal(vault_make(vault, &make, &person, &recovery_publics, &recovery), DB_OK);
	if (out_keys)
		*out_keys = keys_new(person.master, vault_file_id(vault));
	if (out_recovery)
		*out_recovery = recovery;
	else
		secret_free(recovery);
	vault_person_clear(&person);
	secret_free(password);
	vault_free(vault);
}

struct vault *store_opened(void)
{
	struct vault *vault = vault_below();

	if (vault_open(vault, path) != DB_OK)
		fail_msg("%s", vault_message(vault));
	return vault;
}

enum db_status unlock(
	struct vault *vault, const char *name, const char *password, struct vault_person *person)
{
	struct secret *secret = secret_of(password);
	enum db_status status = vault_unlock(vault, name, secret, NOON, person);

	secret_free(secret);
	return status;
}

enum db_status unlock_at(struct vault *vault, const char *name, const char *password, int64_t now)
{
	struct secret *secret = secret_of(password);
	struct vault_person person;
	enum db_status status = vault_unlock(vault, name, secret, now, &person);

	vault_person_clear(&person);
	secret_free(secret);
	return status;
}

struct vault *store_entered(struct keys **out_keys)
{
	struct vault *vault = store_opened();
	struct vault_person person;

	assert_int_equal(unlock(vault, "ada", "first password", &person), DB_OK);
	*out_keys = keys_new(person.master, vault_file_id(vault));
	vault_person_clear(&person);
	if (vault_verify(vault, *out_keys) != DB_OK)
		fail_msg("%s", vault_message(vault));
	return vault;
}

enum db_status add_person(
	struct vault *vault, const struct keys *keys, const char *name, const char *password)
{
	struct secret *secret = secret_of(password);
	struct secret *seed;
	uint8_t sign_public[32];
	uint8_t box_public[32];
	struct vault_person ada;
	enum db_status status = unlock(vault, "ada", "first password", &ada);

	if (status == DB_OK) {
		struct vault_slot slot = { name, secret, ada.master, NULL };

		vault_seed_new(&seed, sign_public, box_public);
		slot.seed = seed;
		status = vault_slot_add(vault, keys, &slot);
		secret_free(seed);
	}
	vault_person_clear(&ada);
	secret_free(secret);
	return status;
}

/* Images: nothing has the files open. */

static int head_open(int flags)
{
	char name[128];

	snprintf(name, sizeof name, "%s-head", path);
	return open(name, flags);
}

void image_read(struct image *image)
{
	int file = open(path, O_RDONLY);
	int head = head_open(O_RDONLY);

	memset(image, 0, sizeof *image);
	assert_int_equal(pread(file, image->file, sizeof image->file, 0), sizeof image->file);
	assert_true(pread(head, image->head, sizeof image->head, 0) >= 0);
	close(file);
	close(head);
}

void image_write(const struct image *image)
{
	int file = open(path, O_WRONLY);
	int head = head_open(O_WRONLY);

	assert_int_equal(pwrite(file, image->file, sizeof image->file, 0), sizeof image->file);
	assert_int_equal(pwrite(head, image->head, sizeof image->head, 0), sizeof image->head);
	close(file);
	close(head);
}

void image_sum(struct image *image)
{
	for (int i = 0; i < 2; i++) {
		uint8_t *copy = image->file + i * 16384;

		crypto_generichash(copy + CHECKSUM_AT, 32, copy, CHECKSUM_AT, NULL, 0);
	}
}

static int become_nobody(void)
{
	if (getuid() != 0)
		return 0;
	if (chown(folder, NOBODY, NOBODY) != 0 || setgroups(0, NULL) != 0 ||
		setresgid(NOBODY, NOBODY, NOBODY) != 0 || setresuid(NOBODY, NOBODY, NOBODY) != 0)
		return -1;
	return getuid() == NOBODY ? 0 : -1;
}

int run_as_nobody(int (*body)(void))
{
	int status = 0;
	pid_t child;

	fflush(NULL);
	child = fork();
	if (child == 0)
		_exit(become_nobody() == 0 ? body() : 255);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(chown(folder, getuid(), getgid()), 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 254;
}
