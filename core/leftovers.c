/*
 * Unfinished files and folders beside what they were to be.
 */
#include "core/leftovers.h"

#include <dirent.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdint.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buffer.h"
#include "db/memory.h"

#define PREFIX ".tracedesk."
enum { RANDOM_LETTERS = 6 };

char *leftover_name(const char *path)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
	const char *slash = strrchr(path, '/');
	uint8_t random[RANDOM_LETTERS];
	struct buffer name;

	buffer_init(&name);
	buffer_add_bytes(&name, path, slash ? (size_t)(slash - path) + 1 : 0);
	buffer_add(&name, PREFIX);
	/* Without random bytes every name is the same, and taken the second time. */
	if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
		memset(random, 0, sizeof(random));
	for (size_t i = 0; i < sizeof(random); i++)
		buffer_add_bytes(&name, &letters[random[i] % 32], 1);
	return buffer_take(&name);
}

bool leftover_lock(int fd)
{
	return flock(fd, LOCK_EX | LOCK_NB) == 0;
}

bool leftover_hold(int fd)
{
	struct stat about;

	return leftover_lock(fd) && fstat(fd, &about) == 0 && about.st_nlink > 0;
}

static bool is_ours(int folder, const char *name)
{
	struct stat about;

	return strncmp(name, PREFIX, sizeof(PREFIX) - 1) == 0 &&
	       strlen(name) == sizeof(PREFIX) - 1 + RANDOM_LETTERS &&
	       fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
	       about.st_uid == geteuid() && (about.st_mode & (S_IRWXG | S_IRWXO)) == 0 &&
	       (S_ISREG(about.st_mode) || S_ISDIR(about.st_mode));
}

/* One level: nobody makes more in it. */
static void folder_empty(int fd)
{
	int again = dup(fd);
	DIR *folder = again >= 0 ? fdopendir(again) : NULL;
	const struct dirent *entry;

	if (!folder && again >= 0)
		(void)close(again);
	while (folder && (entry = readdir(folder)) != NULL)
		(void)unlinkat(fd, entry->d_name, 0);
	if (folder)
		(void)closedir(folder);
}

/* What cannot be removed stays: it was in nobody's way. */
static void leftover_remove(int folder, const char *name)
{
	int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat about;

	if (fd < 0)
		return;
	if (leftover_hold(fd) && fstat(fd, &about) == 0) {
		if (S_ISDIR(about.st_mode))
			folder_empty(fd);
		(void)unlinkat(folder, name, S_ISDIR(about.st_mode) ? AT_REMOVEDIR : 0);
	}
	(void)close(fd);
}

void leftovers_remove(const char *path)
{
	char *copy = mem_text(path);
	DIR *folder = opendir(dirname(copy));
	const struct dirent *entry;

	while (folder && (entry = readdir(folder)) != NULL)
		if (is_ours(dirfd(folder), entry->d_name))
			leftover_remove(dirfd(folder), entry->d_name);
	if (folder)
		(void)closedir(folder);
	mem_free(copy);
}
