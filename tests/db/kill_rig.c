/*
 * Kills by count.
 */
#include "kill_rig.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shim.h"

/* Shared with the child: which kind of call it died in. */
static struct kill_count {
	long at, calls, vfs_kills, file_kills;
} * count;

static bool is_waiting; /* in the child */

void kill_wait(bool waits)
{
	is_waiting = waits;
}

static void call_met(bool is_vfs)
{
	if (!count || count->at == 0 || is_waiting || ++count->calls != count->at)
		return;
	*(is_vfs ? &count->vfs_kills : &count->file_kills) += 1;
	(void)raise(SIGKILL);
}

static struct {
	const char *name;
	long at;
} fault;

bool kill_fail(const char *name, long at)
{
	bool has_fired = fault.name && fault.at <= 0;

	fault.name = name;
	fault.at = at;
	return has_fired;
}

/* A call of ours to a file: the process ends there, or it fails. */
static bool file_met(const char *name)
{
	call_met(false);
	if (!fault.name || strcmp(name, fault.name) != 0 || --fault.at != 0)
		return true;
	errno = EIO;
	return false;
}

static int vfs_met(void *context, const struct shim_call *call)
{
	(void)context;
	(void)call;
	call_met(true);
	return SQLITE_OK;
}

int __real_renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags);
int __wrap_renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags);
int __wrap_renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags)
{
	return file_met("renameat2") ? __real_renameat2(from_at, from, to_at, to, flags) : -1;
}

int __real_unlink(const char *name);
int __wrap_unlink(const char *name);
int __wrap_unlink(const char *name)
{
	return file_met("unlink") ? __real_unlink(name) : -1;
}

int __real_fsync(int file);
int __wrap_fsync(int file);
int __wrap_fsync(int file)
{
	return file_met("fsync") ? __real_fsync(file) : -1;
}

int __real_chmod(const char *name, mode_t mode);
int __wrap_chmod(const char *name, mode_t mode);
int __wrap_chmod(const char *name, mode_t mode)
{
	return file_met("chmod") ? __real_chmod(name, mode) : -1;
}

int __real_linkat(int from_at, const char *from, int to_at, const char *to, int flags);
int __wrap_linkat(int from_at, const char *from, int to_at, const char *to, int flags);
int __wrap_linkat(int from_at, const char *from, int to_at, const char *to, int flags)
{
	return file_met("linkat") ? __real_linkat(from_at, from, to_at, to, flags) : -1;
}

int __real_mkdir(const char *name, mode_t mode);
int __wrap_mkdir(const char *name, mode_t mode);
int __wrap_mkdir(const char *name, mode_t mode)
{
	return file_met("mkdir") ? __real_mkdir(name, mode) : -1;
}

int __real_rmdir(const char *name);
int __wrap_rmdir(const char *name);
int __wrap_rmdir(const char *name)
{
	return file_met("rmdir") ? __real_rmdir(name) : -1;
}

ssize_t __real_write(int file, const void *bytes, size_t size);
ssize_t __wrap_write(int file, const void *bytes, size_t size);
ssize_t __wrap_write(int file, const void *bytes, size_t size)
{
	return file_met("write") ? __real_write(file, bytes, size) : -1;
}

bool kill_run(kill_body *body, void *with, long at, int *out_status)
{
	int status;
	pid_t child;

	if (!count)
		count = mmap(NULL, sizeof(*count), PROT_READ | PROT_WRITE,
			MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(count != MAP_FAILED);
	count->at = at;
	count->calls = 0;
	child = fork();
	if (child == 0) {
		shim_start(vfs_met, NULL);
		_exit(body(with));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	count->at = 0;
	*out_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

void kill_walk(const struct kill_walk *walk)
{
	struct kill_count before = { 0 };
	long states = 0;
	int status = -1;

	if (count)
		before = *count;
	for (long at = 1;; at += walk->step) {
		bool is_killed;

		walk->prepare(walk->with);
		is_killed = kill_run(walk->body, walk->with, at, &status);
		walk->judge(walk->with, at);
		if (!is_killed)
			break;
		states++;
	}
	print_message("# %s: killed %ld times, in %ld calls of the VFS and %ld of files\n",
		walk->name, states, count->vfs_kills - before.vfs_kills,
		count->file_kills - before.file_kills);
	assert_int_equal(status, 0);
	assert_true(states > 20 / walk->step);
	assert_true(count->vfs_kills > before.vfs_kills);
}
