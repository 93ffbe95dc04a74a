/*
 * A file of the store below SQLite: whole reads, writes and syncs through a
 * VFS of SQLite's. Through a VFS and never a descriptor of our own, since
 * closing any descriptor of a file drops every POSIX lock that the process
 * holds on it (fcntl(2)), SQLite's too; its unix VFS keeps count and closes
 * when the last lock has gone. Tests put a faulty VFS here.
 */
#ifndef TRACEDESK_DB_RAWFILE_H
#define TRACEDESK_DB_RAWFILE_H

#include "db/report.h"

struct rawfile;

enum rawfile_how {
	RAWFILE_EXISTING,
	RAWFILE_MAKE,	     /* must not be there: DB_REFUSED otherwise */
	RAWFILE_MAKE_MISSING /* made when it is not there */
};

/* Opens path, an absolute name, to read and write through the VFS named lower (NULL: the default
   one). The report is kept and gets the words of every failure. */
enum db_status rawfile_open(const char *lower, const char *path, enum rawfile_how how,
	struct report *report, struct rawfile **out_file);
/* NULL is fine. */
void rawfile_close(struct rawfile *file);
/* What lies past the end reads as zeros. */
enum db_status rawfile_read(struct rawfile *file, int64_t offset, uint8_t *bytes, size_t size);
enum db_status rawfile_write(
	struct rawfile *file, int64_t offset, const uint8_t *bytes, size_t size);
enum db_status rawfile_sync(struct rawfile *file);
/* Is its name another file's by now, or nobody's? */
bool rawfile_has_moved(struct rawfile *file);
enum db_status rawfile_size(struct rawfile *file, int64_t *out_size);

#endif
