/*
 * How something a person did ended, and the sentence about it.
 */
#ifndef TRACEDESK_CORE_NOTICE_H
#define TRACEDESK_CORE_NOTICE_H

#include <stddef.h>

enum desk_status {
	DESK_OK = 0,
	DESK_REFUSED = 1, /* a rule, a right, a state, nothing by that reference */
	DESK_USAGE = 2,	  /* unknown code, column or filter */
	DESK_LOCKED = 3,  /* cannot unlock */
	DESK_DAMAGED = 4, /* damaged, tampered with, not a store, newer */
	DESK_BUSY = 5,
	DESK_IO = 6,
};

/* "WHAT: WHY; WHAT TO DO", without the program's name; "" when all went well and there is nothing
   to say. */
struct notice {
	enum desk_status status;
	char text[2048];
};
enum desk_status notice_set(struct notice *notice, enum desk_status status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Takes what the desk writes out piece by piece; anything but DESK_OK ends it. */
typedef enum desk_status desk_write(
	void *with, const char *bytes, size_t size, struct notice *notice);

#endif
