/*
 * The functions of libc that change files, defined over the system's calls: the
 * linker gives them to our libraries and, since a program comes first, to
 * libsqlite3. What concerns the folder is noted after it was done.
 */
#include "disk_trace.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#ifndef RENAME_EXCHANGE
#define RENAME_EXCHANGE (1 << 1)
#endif

static struct {
	struct disk_trace *trace; /* NULL: nothing is noted */
	char folder[PATH_MAX];
	ino_t inode[DISK_NODES]; /* of each node, the newest last */
} recorder;

static bool is_inside(const char *path)
{
	size_t size = strlen(recorder.folder);

	return strncmp(path, recorder.folder, size) == 0 &&
	       (path[size] == '/' || path[size] == '\0');
}

/* The name within the folder, or NULL for another place and for what no power cut leaves of use:
   SQLite makes its index of the log anew. */
static const char *name_of(const char *path)
{
	size_t size = strlen(recorder.folder), all = strlen(path);

	if (!recorder.trace || !is_inside(path) || all == size)
		return NULL;
	if (all >= 4 && strcmp(path + all - 4, "-shm") == 0)
		return NULL;
	assert_true(all - size < DISK_NAME);
	return path + size + 1;
}

static struct disk_call *note(enum disk_op op, int node, const char *name)
{
	struct disk_trace *trace = recorder.trace;
	struct disk_call *call;

	if (trace->count == trace->room) {
		trace->room = 2 * trace->room + 64;
		trace->calls = realloc(trace->calls, trace->room * sizeof(*trace->calls));
		assert_non_null(trace->calls);
	}
	call = &trace->calls[trace->count++];
	*call = (struct disk_call) { .op = op, .node = node };
	(void)snprintf(call->name, sizeof(call->name), "%s", name);
	return call;
}

static int node_new(ino_t inode)
{
	assert_true(recorder.trace->nodes < DISK_NODES);
	recorder.inode[recorder.trace->nodes] = inode;
	return recorder.trace->nodes++;
}

/* A number is used again for a new file, so the newest node with it. */
static int node_of(int descriptor)
{
	struct stat about;
	int node = recorder.trace ? recorder.trace->nodes : 0;

	if (node == 0 || fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode))
		return -1;
	while (--node >= 0 && recorder.inode[node] != about.st_ino)
		;
	return node;
}

static void note_open(const char *name, int descriptor, bool is_made, int flags)
{
	struct stat about;

	if (is_made && fstat(descriptor, &about) == 0)
		(void)note(DISK_MAKE, node_new(about.st_ino), name);
	else if (flags & O_TRUNC && node_of(descriptor) >= 0)
		(void)note(DISK_TRUNCATE, node_of(descriptor), "");
}

/* Other names in C: the headers define some of them in the way of compilers. */
int traced_open(const char *path, int flags, ...) __asm__("open");
int traced_open64(const char *path, int flags, ...) __asm__("open64");

static bool makes(int flags)
{
	return flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE;
}

/* A file without a name is a node whose name comes with linkat. */
static int open_noted(const char *path, int flags, mode_t mode)
{
	const char *name = flags & O_CREAT ? name_of(path) : NULL;
	struct stat about;
	bool is_made = name && lstat(path, &about) != 0;
	int descriptor = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);

	if (!recorder.trace || descriptor < 0 || !makes(flags) || fstat(descriptor, &about) != 0)
		return descriptor;
	if (name)
		note_open(name, descriptor, is_made, flags);
	else if (!(flags & O_CREAT) && is_inside(path))
		(void)node_new(about.st_ino);
	else if (node_of(descriptor) >= 0)
		recorder.inode[node_of(descriptor)] = 0; /* once of a file that is gone */
	return descriptor;
}

int traced_open(const char *path, int flags, ...)
{
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = makes(flags) ? va_arg(args, mode_t) : 0;
	va_end(args);
	return open_noted(path, flags, mode);
}

int traced_open64(const char *path, int flags, ...)
{
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = makes(flags) ? va_arg(args, mode_t) : 0;
	va_end(args);
	return open_noted(path, flags, mode);
}

static void note_write(int node, int64_t offset, const void *bytes, size_t size)
{
	struct disk_call *call = note(DISK_WRITE, node, "");

	call->offset = offset;
	call->size = size;
	call->bytes = malloc(size + 1);
	assert_non_null(call->bytes);
	memcpy(call->bytes, bytes, size);
}

ssize_t traced_pwrite(int descriptor, const void *bytes, size_t size, off_t offset) __asm__(
	"pwrite");
ssize_t traced_pwrite64(int descriptor, const void *bytes, size_t size, off_t offset) __asm__(
	"pwrite64");
int traced_ftruncate(int descriptor, off_t size) __asm__("ftruncate");
int traced_ftruncate64(int descriptor, off_t size) __asm__("ftruncate64");

ssize_t traced_pwrite(int descriptor, const void *bytes, size_t size, off_t offset)
{
	int node = node_of(descriptor);
	ssize_t done = syscall(SYS_pwrite64, descriptor, bytes, size, offset);

	if (node >= 0 && done > 0)
		note_write(node, offset, bytes, (size_t)done);
	return done;
}

ssize_t traced_pwrite64(int descriptor, const void *bytes, size_t size, off_t offset)
{
	return traced_pwrite(descriptor, bytes, size, offset);
}

ssize_t write(int descriptor, const void *bytes, size_t size)
{
	int node = node_of(descriptor);
	off_t at = node >= 0 ? lseek(descriptor, 0, SEEK_CUR) : 0;
	ssize_t done = syscall(SYS_write, descriptor, bytes, size);

	if (node >= 0 && done > 0)
		note_write(node, at, bytes, (size_t)done);
	return done;
}

int traced_ftruncate(int descriptor, off_t size)
{
	int node = node_of(descriptor);
	int done = (int)syscall(SYS_ftruncate, descriptor, size);

	if (node >= 0 && done == 0)
		note(DISK_TRUNCATE, node, "")->offset = size;
	return done;
}

int traced_ftruncate64(int descriptor, off_t size)
{
	return traced_ftruncate(descriptor, size);
}

/* What the system says its name is; "" when it says none. */
static void path_of(int descriptor, char out_path[PATH_MAX])
{
	char link[64];
	ssize_t size;

	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", descriptor);
	size = readlink(link, out_path, PATH_MAX - 1);
	out_path[size < 0 ? 0 : size] = '\0';
}

static void note_sync(int descriptor)
{
	char path[PATH_MAX];
	const char *name;
	int node = node_of(descriptor);

	if (node >= 0)
		(void)note(DISK_SYNC, node, "");
	if (node >= 0 || !recorder.trace)
		return;
	path_of(descriptor, path);
	name = strcmp(path, recorder.folder) == 0 ? "" : name_of(path);
	if (name)
		(void)note(DISK_FOLDER_SYNC, -1, name);
}

int fsync(int descriptor)
{
	note_sync(descriptor);
	return 0;
}

int fdatasync(int descriptor)
{
	note_sync(descriptor);
	return 0;
}

static int removed(const char *path, int flags)
{
	const char *name = name_of(path);
	int done = (int)syscall(SYS_unlinkat, AT_FDCWD, path, flags);

	if (name && done == 0)
		(void)note(flags & AT_REMOVEDIR ? DISK_FOLDER_REMOVE : DISK_REMOVE, -1, name);
	return done;
}

int unlink(const char *path)
{
	return removed(path, 0);
}

int rmdir(const char *path)
{
	return removed(path, AT_REMOVEDIR);
}

int unlinkat(int folder, const char *name, int flags)
{
	char path[PATH_MAX], whole[PATH_MAX + 256];

	if (folder == AT_FDCWD)
		return removed(name, flags);
	path_of(folder, path);
	(void)snprintf(whole, sizeof(whole), "%s/%s", path, name);
	return removed(whole, flags);
}

int linkat(int from_at, const char *from, int to_at, const char *to, int flags)
{
	const char *name = name_of(to);
	int done = (int)syscall(SYS_linkat, from_at, from, to_at, to, flags), descriptor;

	if (!name || done != 0)
		return done;
	descriptor = open_noted(to, O_RDONLY | O_CLOEXEC, 0);
	(void)note(DISK_MAKE, node_of(descriptor), name);
	(void)close(descriptor);
	return done;
}

int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags)
{
	const char *name = name_of(from), *to_name = name_of(to);
	int done = (int)syscall(SYS_renameat2, from_at, from, to_at, to, flags);

	if (name && to_name && done == 0) {
		bool is_exchange = flags & RENAME_EXCHANGE;
		struct disk_call *call = note(is_exchange ? DISK_EXCHANGE : DISK_RENAME, -1, name);

		(void)snprintf(call->to, sizeof(call->to), "%s", to_name);
	}
	return done;
}

int rename(const char *from, const char *to)
{
	return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int mkdir(const char *path, mode_t mode)
{
	const char *name = name_of(path);
	int done = (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);

	if (name && done == 0)
		(void)note(DISK_FOLDER_MAKE, -1, name);
	return done;
}

void disk_trace_start(struct disk_trace *trace, const char *folder)
{
	char path[PATH_MAX + DISK_NAME];
	struct stat about;

	*trace = (struct disk_trace) { .nodes = 0 };
	disk_take(&trace->base, folder);
	assert_non_null(realpath(folder, recorder.folder));
	recorder.trace = trace;
	for (int i = 0; i < trace->base.count; i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", folder, trace->base.files[i].name);
		assert_int_equal(stat(path, &about), 0);
		(void)node_new(about.st_ino);
	}
}

static bool makes_durable(const struct disk_call *sync, const struct disk_call *call)
{
	const char *slash = strrchr(call->name, '/');
	size_t size = slash ? (size_t)(slash - call->name) : 0;

	if (!disk_op_names(call->op))
		return sync->op == DISK_SYNC && sync->node == call->node;
	return sync->op == DISK_FOLDER_SYNC && strlen(sync->name) == size &&
	       memcmp(sync->name, call->name, size) == 0;
}

void disk_trace_stop(void)
{
	struct disk_trace *trace = recorder.trace;

	recorder.trace = NULL;
	for (size_t i = 0; i < trace->count; i++) {
		struct disk_call *call = &trace->calls[i];
		size_t sync = i + 1;

		while (sync < trace->count && !makes_durable(&trace->calls[sync], call))
			sync++;
		call->durable = sync < trace->count ? sync + 1 : SIZE_MAX;
	}
}

void disk_trace_clear(struct disk_trace *trace)
{
	for (size_t i = 0; i < trace->count; i++)
		free(trace->calls[i].bytes);
	free(trace->calls);
	disk_clear(&trace->base);
	*trace = (struct disk_trace) { .nodes = 0 };
}
