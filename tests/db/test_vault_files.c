/*
 * Where a store may lie and what it looks like there: folders, modes, links,
 * things that are no store, another descriptor's close; the records of -head.
 */
#include "vault_fixture.h"

#include <fcntl.h>
#include <grp.h>
#include <sqlite3.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/folder.h"

static const char *in_folder(const char *name)
{
	static char full[2][160];
	static int turn;

	turn = !turn;
	snprintf(full[turn], sizeof full[turn], "%s/%s", fixture_folder(), name);
	return full[turn];
}

static enum db_status make_at(struct vault *vault, const char *path)
{
	struct secret *password = secret_of("first password");
	const struct store_make make = { path, "ada", STORE_DEMO, STORE_COST_DEMO, password };
	struct vault_person person;
	struct secret *recovery;
	struct vault_publics recovery_publics;
	enum db_status status = vault_make(vault, &make, &person, &recovery_publics, &recovery);

	vault_person_clear(&person);
	secret_free(recovery);
	secret_free(password);
	return status;
}

static enum db_status makes(const char *path, const char *words)
{
	struct vault *vault = vault_below();
	enum db_status status = make_at(vault, path);

	if (!strstr(vault_message(vault), words))
		fail_msg("'%s' is not in: %s", words, vault_message(vault));
	if (status != DB_OK)
		print_message("# %s\n", vault_message(vault));
	vault_free(vault);
	return status;
}

static enum db_status opens(const char *path, const char *words)
{
	struct vault *vault = vault_below();
	enum db_status status = vault_open(vault, path);

	if (!strstr(vault_message(vault), words))
		fail_msg("'%s' is not in: %s", words, vault_message(vault));
	if (status != DB_OK)
		print_message("# %s\n", vault_message(vault));
	vault_free(vault);
	return status;
}

static mode_t mode_of(const char *path)
{
	struct stat about;

	assert_int_equal(stat(path, &about), 0);
	return about.st_mode & 07777;
}

static void test_modes(void **state)
{
	mode_t mask = umask(0);

	(void)state;
	assert_int_equal(makes(fixture_path(), ""), DB_OK);
	assert_int_equal(mode_of(fixture_path()), 0600);
	assert_int_equal(mode_of(in_folder("x.tdk-head")), 0600);
	umask(077);
	assert_int_equal(mkdir(in_folder("group"), 0700), 0);
	assert_int_equal(chmod(in_folder("group"), 02770), 0);
	assert_int_equal(makes(in_folder("group/y.tdk"), ""), DB_OK);
	assert_int_equal(mode_of(in_folder("group/y.tdk")), 0660);
	assert_int_equal(mode_of(in_folder("group/y.tdk-head")), 0660);
	/* A -head that is missing is made again with the same mode. */
	assert_int_equal(unlink(in_folder("group/y.tdk-head")), 0);
	assert_int_equal(opens(in_folder("group/y.tdk"), ""), DB_OK);
	assert_int_equal(mode_of(in_folder("group/y.tdk-head")), 0660);
	umask(mask);
}

static void test_folders_others_can_write(void **state)
{
	(void)state;
	assert_int_equal(makes(fixture_path(), ""), DB_OK);
	assert_int_equal(chmod(fixture_folder(), 0702), 0);
	assert_int_equal(opens(fixture_path(), "everybody can write"), DB_IO);
	assert_int_equal(makes(in_folder("z.tdk"), "everybody can write"), DB_IO);
	assert_int_equal(chmod(fixture_folder(), 01777), 0);
	assert_int_equal(opens(fixture_path(), "everybody can write"), DB_IO);
	assert_int_equal(chmod(fixture_folder(), 0770), 0);
	assert_int_equal(opens(fixture_path(), "chmod g+s"), DB_IO);
	assert_int_equal(chmod(fixture_folder(), 0750), 0);
	assert_int_equal(opens(fixture_path(), ""), DB_OK);
	assert_int_equal(fixture_entries(), 2);
	assert_int_equal(makes("/tmp/tdk-not-here.tdk", "everybody can write"), DB_IO);
	assert_int_not_equal(access("/tmp/tdk-not-here.tdk", F_OK), 0);
}

static unsigned long told_type; /* of every file system; 0: the true one */

int __real_statfs(const char *path, struct statfs *system);
int __wrap_statfs(const char *path, struct statfs *system);
int __wrap_statfs(const char *path, struct statfs *system)
{
	int status = __real_statfs(path, system);

	if (told_type != 0)
		system->f_type = (__typeof__(system->f_type))told_type;
	return status;
}

static void test_network_file_systems(void **state)
{
	(void)state;
	assert_true(folder_is_network(0x6969));	    /* NFS */
	assert_true(folder_is_network(0xff534d42)); /* CIFS */
	assert_true(folder_is_network((unsigned long)(long)(int)0xff534d42));
	assert_false(folder_is_network(0xef53));     /* ext4 */
	assert_false(folder_is_network(0x01021994)); /* tmpfs */
	assert_false(folder_is_network(0x01021997)); /* 9p: virtual machines */
	assert_false(folder_is_network(0x65735546)); /* FUSE */
	told_type = 0x6969;
	assert_int_equal(makes(fixture_path(), "a network file system"), DB_IO);
	told_type = 0;
	assert_int_equal(makes(fixture_path(), ""), DB_OK);
	told_type = 0xff534d42;
	assert_int_equal(opens(fixture_path(), "a network file system"), DB_IO);
	told_type = 0;
}

static void test_missing_folders_are_made(void **state)
{
	(void)state;
	assert_int_equal(makes(in_folder("a/b/c.tdk"), ""), DB_OK);
	assert_int_equal(mode_of(in_folder("a")), 0700);
	assert_int_equal(mode_of(in_folder("a/b")), 0700);
	assert_int_equal(makes(in_folder("p/q/"), "name a file"), DB_IO);
	assert_int_equal(access(in_folder("p"), F_OK), -1);
	assert_int_equal(makes(in_folder("a/b/c.tdk/d.tdk"), "not a folder"), DB_IO);
}

static void test_links(void **state)
{
	struct vault *vault = vault_below();

	(void)state;
	assert_int_equal(makes(fixture_path(), ""), DB_OK);
	assert_int_equal(mkdir(in_folder("links"), 0700), 0);
	assert_int_equal(symlink(fixture_path(), in_folder("links/l.tdk")), 0);
	assert_int_equal(vault_open(vault, in_folder("links/l.tdk")), DB_OK);
	/* Both names lead to one -head, else they would not exclude each other. */
	assert_string_equal(vault_path(vault), fixture_path());
	vault_free(vault);
	assert_int_equal(access(in_folder("links/l.tdk-head"), F_OK), -1);
	assert_int_equal(symlink(in_folder("nothing"), in_folder("links/d.tdk")), 0);
	assert_int_equal(opens(in_folder("links/d.tdk"), "no store at"), DB_IO);
	assert_int_equal(makes(in_folder("links/d.tdk"), "there already"), DB_REFUSED);
	/* A -head that points elsewhere is not followed. */
	assert_int_equal(unlink(in_folder("x.tdk-head")), 0);
	assert_int_equal(symlink(in_folder("nothing"), in_folder("x.tdk-head")), 0);
	assert_int_equal(opens(fixture_path(), "not a plain file"), DB_IO);
}

/* Each name would have a log and a turnstile of its own. */
static void test_hard_links_are_refused(void **state)
{
	struct vault *vault;
	char other[128];

	(void)state;
	store_made(NULL, NULL);
	snprintf(other, sizeof other, "%s/other.tdk", fixture_folder());
	assert_int_equal(link(fixture_path(), other), 0);
	vault = vault_below();
	assert_int_equal(vault_open(vault, other), DB_IO);
	assert_non_null(strstr(vault_message(vault), "2 names"));
	assert_int_equal(vault_open(vault, fixture_path()), DB_IO);
	assert_int_equal(fixture_entries(), 3);
	assert_int_equal(unlink(other), 0);
	assert_int_equal(vault_open(vault, fixture_path()), DB_OK);
	vault_free(vault);
}

static void test_what_is_no_store(void **state)
{
	struct image image;
	int file;

	(void)state;
	assert_int_equal(opens(fixture_path(), "`tracedesk init` makes one"), DB_IO);
	assert_int_equal(opens(in_folder("no/such/x.tdk"), "no store at"), DB_IO);
	assert_int_equal(opens(fixture_folder(), "a folder"), DB_IO);
	assert_int_equal(mkfifo(in_folder("fifo"), 0600), 0);
	assert_int_equal(opens(in_folder("fifo"), "not a plain file"), DB_IO);
	assert_int_equal(opens("/dev/null", "not a plain file"), DB_IO);
	assert_int_equal(makes("/dev/null", "there already"), DB_REFUSED);
	file = open(fixture_path(), O_RDWR | O_CREAT, 0600);
	assert_int_equal(opens(fixture_path(), "not a tracedesk store"), DB_DAMAGED);
	assert_int_equal(ftruncate(file, 1 << 20), 0);
	assert_int_equal(opens(fixture_path(), "not a tracedesk store"), DB_DAMAGED);
	assert_int_equal(makes(fixture_path(), "there already"), DB_REFUSED);
	close(file);
	/* Nothing was made beside it. */
	assert_int_equal(access(in_folder("x.tdk-head"), F_OK), -1);
	assert_int_equal(unlink(fixture_path()), 0);
	assert_int_equal(makes(fixture_path(), ""), DB_OK);
	image_read(&image);
	assert_int_equal(truncate(fixture_path(), 20000), 0);
	assert_int_equal(
		opens(fixture_path(), ""), DB_OK); /* copy A is whole: it opens, and heals */
	assert_int_equal(truncate(fixture_path(), 10000), 0);
	assert_int_equal(opens(fixture_path(), "both copies of the header"), DB_DAMAGED);
}

static void test_leftovers_are_refused(void **state)
{
	static const char *const ends[] = { "x.tdk-wal", "x.tdk-shm", "x.tdk-journal" };

	(void)state;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		int file = open(in_folder(ends[i]), O_RDWR | O_CREAT, 0600);

		close(file);
		assert_int_equal(makes(fixture_path(), ends[i]), DB_REFUSED);
		assert_int_equal(unlink(in_folder(ends[i])), 0);
	}
	assert_int_equal(fixture_entries(), 0);
	/* Of a store that is there nothing is taken away. */
	assert_int_equal(makes(fixture_path(), ""), DB_OK);
	assert_int_equal(makes(fixture_path(), "x.tdk"), DB_REFUSED);
	assert_int_equal(fixture_entries(), 2);
}

/* What an old store left in -head is overwritten, not taken for the new one's. */
static void test_an_old_head_is_used_again(void **state)
{
	struct head_record record = { .sequence = 9, .generation = 3 };
	struct keys *keys;
	struct vault *vault;
	enum head_found found;

	(void)state;
	store_made(NULL, NULL);
	vault = store_entered(&keys);
	assert_int_equal(vault_head_write(vault, keys, &record), DB_OK);
	keys_free(keys);
	vault_free(vault);
	assert_int_equal(unlink(fixture_path()), 0);
	store_made(NULL, NULL);
	vault = store_entered(&keys);
	assert_int_equal(vault_head_read(vault, keys, &record, &found), DB_OK);
	assert_int_equal(found, HEAD_MISSING);
	assert_string_equal(vault_warning(vault), "");
	keys_free(keys);
	vault_free(vault);
}

/* Every open, write and sync of making fails once: nothing may be left, not even a folder. */
static void test_a_failed_make_leaves_nothing(void **state)
{
	int fired = 0;

	(void)state;
	for (int n = 1;; n++) {
		struct vault *vault = vault_below();
		enum db_status status;

		fault = (struct fault) { .fail_at = n };
		status = make_at(vault, in_folder("new/x.tdk"));
		if (fault.fired == 0) {
			assert_int_equal(status, DB_OK);
			vault_unmake(vault);
			vault_free(vault);
			break;
		}
		fired += fault.fired;
		/* The second copy of the header may be missing: it is made again later. */
		if (status == DB_OK) {
			assert_non_null(strstr(vault_warning(vault), "one copy of the header"));
			vault_unmake(vault);
		}
		vault_free(vault);
		assert_int_equal(fixture_entries(), 0);
	}
	print_message("# %d faults, each left nothing behind\n", fired);
	assert_true(fired >= 8);
	assert_int_equal(fixture_entries(), 0);
}

/* Does another process see a lock of this one on the file's byte? */
static bool is_seen_locked(const char *path, off_t byte)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		struct flock lock = {
			.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1
		};
		int file = open(path, O_RDWR);

		_exit(file >= 0 && fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WEXITSTATUS(status);
}

/* Trap 7: closing a vault keeps the locks that SQLite holds on the store through another one. */
static void test_close_keeps_the_locks_of_others(void **state)
{
	const off_t reserved = 0x40000001;
	sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
	sqlite3_file *file = calloc(1, (size_t)vfs->szOsFile);
	const char *name = sqlite3_create_filename(fixture_path(), "", "", 0, NULL);
	struct vault *vault = vault_new();
	int plain;

	(void)state;
	store_made(NULL, NULL);
	assert_int_equal(vault_open(vault, fixture_path()), DB_OK);
	assert_int_equal(
		vfs->xOpen(vfs, name, file, SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READWRITE, NULL),
		SQLITE_OK);
	assert_int_equal(file->pMethods->xLock(file, SQLITE_LOCK_SHARED), SQLITE_OK);
	assert_int_equal(file->pMethods->xLock(file, SQLITE_LOCK_RESERVED), SQLITE_OK);
	assert_true(is_seen_locked(fixture_path(), reserved));
	vault_free(vault);
	assert_true(is_seen_locked(fixture_path(), reserved));
	/* The fault itself, so that the two lines above mean something. */
	plain = open(fixture_path(), O_RDONLY);
	close(plain);
	assert_false(is_seen_locked(fixture_path(), reserved));
	file->pMethods->xClose(file);
	sqlite3_free_filename(name);
	free(file);
}

/* Trap 28: root may do everything, so nobody tries. 0: every answer was right. */
static int without_rights(void)
{
	struct vault *vault = vault_below();
	int wrong = 0;

	/* The store is root's, 0600. */
	wrong |= vault_open(vault, fixture_path()) == DB_IO ? 0 : 1;
	wrong |= strstr(vault_message(vault), "cannot be opened") ? 0 : 2;
	/* One that may be read and not written. */
	wrong |= vault_open(vault, in_folder("read.tdk")) == DB_IO ? 0 : 4;
	wrong |= strstr(vault_message(vault), "cannot be written") ? 0 : 8;
	/* A folder that nobody may write in. */
	wrong |= make_at(vault, in_folder("closed/x.tdk")) == DB_IO ? 0 : 16;
	wrong |= make_at(vault, in_folder("closed/new/x.tdk")) == DB_IO ? 0 : 32;
	/* And his own. */
	wrong |= make_at(vault, in_folder("own/x.tdk")) == DB_OK ? 0 : 64;
	vault_free(vault);
	return wrong;
}

static void test_without_rights(void **state)
{
	(void)state;
	if (getuid() != 0) {
		print_message("# needs files of somebody else\n");
		skip();
	}
	assert_int_equal(makes(fixture_path(), ""), DB_OK);
	assert_int_equal(makes(in_folder("read.tdk"), ""), DB_OK);
	assert_int_equal(chmod(in_folder("read.tdk"), 0644), 0);
	assert_int_equal(mkdir(in_folder("closed"), 0755), 0);
	assert_int_equal(run_as_nobody(without_rights), 0);
	assert_int_equal(mode_of(in_folder("own/x.tdk")), 0600);
}

static void test_head_records(void **state)
{
	struct head_record record = { .sequence = 0, .generation = 1 };
	struct head_record read;
	struct keys *keys;
	struct vault *vault;
	enum head_found found;

	(void)state;
	store_made(NULL, NULL);
	vault = store_entered(&keys);
	assert_int_equal(vault_head_read(vault, keys, &read, &found), DB_OK);
	assert_int_equal(found, HEAD_MISSING);
	for (int i = 1; i <= 5; i++) {
		record.sequence = i;
		record.hash[3] = (uint8_t)i;
		assert_int_equal(vault_head_write(vault, keys, &record), DB_OK);
		assert_int_equal(vault_head_read(vault, keys, &read, &found), DB_OK);
		assert_int_equal(found, HEAD_HOLDS);
		assert_int_equal(read.sequence, i);
		assert_memory_equal(read.hash, record.hash, sizeof read.hash);
	}
	/* A generation never goes back. */
	record.generation = 7;
	assert_int_equal(vault_head_write(vault, keys, &record), DB_OK);
	record.generation = 6;
	assert_int_equal(vault_head_write(vault, keys, &record), DB_OK);
	assert_int_equal(vault_head_sync(vault), DB_OK);
	assert_int_equal(vault_head_read(vault, keys, &read, &found), DB_OK);
	assert_int_equal(read.generation, 7);
	assert_string_equal(vault_warning(vault), "");
	keys_free(keys);
	vault_free(vault);
}

#define VAULT_TEST(name) cmocka_unit_test_teardown(name, fixture_clean)

int main(void)
{
	const struct CMUnitTest tests[] = {
		VAULT_TEST(test_modes),
		VAULT_TEST(test_folders_others_can_write),
		VAULT_TEST(test_network_file_systems),
		VAULT_TEST(test_missing_folders_are_made),
		VAULT_TEST(test_links),
		VAULT_TEST(test_hard_links_are_refused),
		VAULT_TEST(test_what_is_no_store),
		VAULT_TEST(test_leftovers_are_refused),
		VAULT_TEST(test_an_old_head_is_used_again),
		VAULT_TEST(test_a_failed_make_leaves_nothing),
		VAULT_TEST(test_close_keeps_the_locks_of_others),
		VAULT_TEST(test_without_rights),
		VAULT_TEST(test_head_records),
	};

	return cmocka_run_group_tests_name("vault files", tests, fixture_start, fixture_stop);
}
