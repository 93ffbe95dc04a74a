/*
 * The sealing VFS: stock SQLite's files in WAL mode, each page and frame
 * sealed on its way to the operating system's VFS. One VFS a store, registered
 * while the store is unlocked.
 */
#ifndef TRACEDESK_DB_VFS_H
#define TRACEDESK_DB_VFS_H

#include <stdbool.h>
#include <stdint.h>

#include "db/keys.h"

struct sealing_vfs;

struct sealing_vfs_config {
	const struct keys *keys; /* must outlive the VFS */
	int64_t database_offset; /* bytes of header before the first page; a multiple of 4096 */
	const char *lower;	 /* name of the VFS below; NULL: the default one */
	bool gate_off;		 /* tests only: leaves trap 1 open to show that the probe bites */
};

/* The first damage met, for the message. */
struct vfs_damage {
	bool is_found;
	bool is_log;   /* -wal, else the store */
	uint32_t page; /* page number of the store, or frame number of the log (from 1) */
};

/* Registers with SQLite under a name of its own; NULL when SQLite refuses. */
struct sealing_vfs *sealing_vfs_new(const struct sealing_vfs_config *config);
const char *sealing_vfs_name(const struct sealing_vfs *vfs);
void sealing_vfs_damage(const struct sealing_vfs *vfs, struct vfs_damage *out_damage);
/* A second file, which VACUUM INTO fills, is sealed under other keys. path and keys are kept until
   they are NULL again. */
void sealing_vfs_other(struct sealing_vfs *vfs, const char *path, const struct keys *keys);
/* Called for each page read or written; false: that call is interrupted. NULL: nobody is. */
typedef bool sealing_vfs_watch(void *with);
void sealing_vfs_watched(struct sealing_vfs *vfs, sealing_vfs_watch *watch, void *with);
/* Every connection through it must be closed. */
void sealing_vfs_free(struct sealing_vfs *vfs);

/* SQLite for the whole process: the wiping allocator, no memory statistics, no URI names. Call once
   before any store is opened; false: SQLite refused. */
bool sqlite_start(void);

#endif
