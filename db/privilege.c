/*
 * The right of a set-group-ID program, kept in the saved group ID: credentials(7).
 */
#include "db/privilege.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* A change of credentials makes the process one that debuggers may look into again, where
   fs.suid_dumpable says so: proc(5). */
static bool group_become(gid_t group)
{
	return setegid(group) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

static bool group_saved(gid_t *out_group)
{
	gid_t real, effective;

	return getresgid(&real, &effective, out_group) == 0 && *out_group != real;
}

bool privilege_start(void)
{
	gid_t saved;

	return !group_saved(&saved) || group_become(getgid());
}

bool privilege_is_held(void)
{
	gid_t saved;

	return group_saved(&saved);
}

gid_t privilege_raise(void)
{
	gid_t before = getegid();
	gid_t saved;

	/* Refused: the file is not opened then, and says so. A file made is the group's from its
	   first moment, or the next to come could not open it. */
	if (group_saved(&saved) && saved != before) {
		(void)group_become(saved);
		umask(007);
	}
	return before;
}

void privilege_lower(gid_t before)
{
	int number = errno;

	if (getegid() == before)
		return;
	umask(077);
	if (!group_become(before)) {
		fputs("tracedesk: the right to the store's files cannot be put aside: the "
		      "program ends; ask who looks after this machine\n",
			stderr);
		abort();
	}
	errno = number;
}
