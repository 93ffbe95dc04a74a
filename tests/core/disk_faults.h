/*
 * A disk that fails: the calls of the C library that touch files, for every
 * library of the program, but those that the C library makes itself. Syncs that
 * do not fail are not done: nothing here is about power cuts, and they take most
 * of the time.
 */
#ifndef TRACEDESK_TESTS_CORE_DISK_FAULTS_H
#define TRACEDESK_TESTS_CORE_DISK_FAULTS_H

enum {
	DISK_OPEN = 16,
	DISK_READ = 32,
	DISK_WRITE = 64,
	DISK_SYNC = 128,
	DISK_CUT = 256,	  /* ftruncate */
	DISK_NAME = 512,  /* rename, unlink, link, chmod */
	DISK_ROOM = 2048, /* statvfs: it answers, and there is no room */
	DISK_LOOK = 1024  /* stat and its kin */
};

/* As errno: half of what is to be written is, and the answer says so. A disk that is full begins
   like that, too. */
enum { DISK_SHORT = 1000 };

#endif
