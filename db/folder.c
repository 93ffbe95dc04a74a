/*
 * The rules about folders and file modes.
 */
#include "db/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "db/memory.h"

/* linux/magic.h, and the numbers of file systems that are not in it; statfs(2). */
static const unsigned long network_types[] = {
	0x6969,	    /* NFS */
	0x517b,	    /* SMB */
	0xff534d42, /* CIFS */
	0xfe534d42, /* SMB2 */
	0x564c,	    /* NCP */
	0x5346414f, /* AFS */
	0x6b414653, /* AFS of the kernel */
	0x73757245, /* Coda */
	0x00c36400, /* Ceph */
	0x0bd00bd0, /* Lustre */
	0x47504653, /* GPFS */
};

bool folder_is_network(unsigned long type)
{
	for (size_t i = 0; i < sizeof network_types / sizeof *network_types; i++) {
		if (network_types[i] == (type & 0xffffffff))
			return true;
	}
	return false;
}

/* The folder that holds path: "." for a bare name. */
static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return mem_text(".");
	return mem_text_sized(path, slash == path ? 1 : (size_t)(slash - path));
}

static enum db_status folder_fail(struct report *report, const char *folder)
{
	return report_fail(report, DB_IO,
		"%s: this folder cannot be used: %s; look at it and the disk, or name another",
		folder, strerror(errno));
}

static enum db_status folder_look(const char *folder, struct report *report, mode_t *out_mode)
{
	struct stat about;
	struct statfs system;

	if (stat(folder, &about) != 0 || statfs(folder, &system) != 0)
		return folder_fail(report, folder);
	if (!S_ISDIR(about.st_mode))
		return report_fail(report, DB_IO, "%s: not a folder; name another one", folder);
	if (about.st_mode & S_IWOTH)
		return report_fail(report, DB_IO,
			"%s: everybody can write in this folder and swap a store's files; keep the "
			"store in a folder of its own (chmod o-w)",
			folder);
	if (about.st_mode & S_IWGRP && !(about.st_mode & S_ISGID))
		return report_fail(report, DB_IO,
			"%s: a group can write in this folder, but files made in it would not "
			"belong to that group; set its group ID (chmod g+s) or take the right "
			"away (chmod g-w)",
			folder);
	if (folder_is_network((unsigned long)system.f_type))
		return report_fail(report, DB_IO,
			"%s: a network file system, where locks cannot be trusted; keep the store "
			"on a disk of this machine",
			folder);
	*out_mode = about.st_mode & S_ISGID ? 0660 : 0600;
	return DB_OK;
}

enum db_status folder_check(const char *path, struct report *report, mode_t *out_mode)
{
	char *folder = folder_of(path);
	enum db_status status = folder_look(folder, report, out_mode);

	mem_free(folder);
	return status;
}

enum db_status folder_resolve(const char *name, struct report *report, char **out_path)
{
	const char *slash = strrchr(name, '/');
	const char *last = slash ? slash + 1 : name;
	char *folder = folder_of(name);
	char *real = realpath(folder, NULL);
	enum db_status status = DB_OK;
	size_t size;

	*out_path = NULL;
	if (!real && errno == ENOMEM)
		mem_is_out();
	if (!real) {
		status = folder_fail(report, folder);
	} else if (!*last || strcmp(last, ".") == 0 || strcmp(last, "..") == 0) {
		status = report_fail(report, DB_IO, "%s: a folder; name a file in it", name);
	} else {
		size = strlen(real) + strlen(last) + 2;
		*out_path = mem_new(size, 1);
		snprintf(*out_path, size, "%s/%s", strcmp(real, "/") == 0 ? "" : real, last);
	}
	free(real);
	mem_free(folder);
	return status;
}

enum db_status folder_make(const char *path, struct report *report, int *out_made)
{
	char *folder = folder_of(path);
	enum db_status status = DB_OK;
	char *end = folder;
	bool is_made;

	*out_made = 0;
	while (status == DB_OK && end) {
		end = strchr(end + 1, '/');
		if (end)
			*end = '\0';
		is_made = mkdir(folder, 0700) == 0;
		if (is_made) {
			++*out_made;
			status = folder_sync(folder, report);
		} else if (errno != EEXIST) {
			status = folder_fail(report, folder);
		}
		if (status != DB_OK) {
			if (is_made && rmdir(folder) == 0)
				--*out_made;
			folder_unmake(folder, *out_made);
			*out_made = 0;
		}
		if (end)
			*end = '/';
	}
	mem_free(folder);
	return status;
}

void folder_unmake(const char *path, int made)
{
	char *folder = folder_of(path);

	for (int i = 0; i < made && rmdir(folder) == 0; i++) {
		char *slash = strrchr(folder, '/');

		if (!slash)
			break;
		*slash = '\0';
	}
	mem_free(folder);
}

enum db_status folder_sync(const char *path, struct report *report)
{
	char *folder = folder_of(path);
	int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum db_status status = DB_OK;

	if (descriptor < 0 || fsync(descriptor) != 0)
		status = folder_fail(report, folder);
	if (descriptor >= 0)
		close(descriptor);
	mem_free(folder);
	return status;
}
