/*
 * Scenes of a desk's life during which the power may go (test_crash.c): what is
 * done, what is acknowledged when, and what must hold of whatever disk is left.
 */
#ifndef TRACEDESK_TESTS_CORE_CRASH_H
#define TRACEDESK_TESTS_CORE_CRASH_H

#include "core/desk_store.h"
#include "tests/core/desk_fixture.h"
#include "tests/db/disk_trace.h"

enum { CRASH_MARKS = 32, CRASH_WHY = 600 };

/* Something was acknowledged: the store holds that event from then on. */
struct crash_mark {
	size_t call; /* of the trace, before which it was */
	int64_t sequence;
	uint8_t hash[STORE_HASH_BYTES];
};

struct crash {
	struct desk_fixture fixture;
	char store[320];
	char beside[256]; /* a folder for what is imported and attached */
	struct secret *code;
	struct disk base; /* a desk with its people */
	struct disk_trace trace;
	struct crash_mark marks[CRASH_MARKS];
	int mark_count;
};

struct crash_scene {
	const char *name;
	/* Before the trace begins; NULL: the desk as it is. */
	void (*prepare)(struct crash *crash);
	/* What is traced; it leaves nobody at the desk. */
	void (*body)(struct crash *crash);
	/* On a disk that was found sound: can be begun again. NULL: somebody logs in. */
	enum desk_status (*again)(struct crash *crash, struct notice *notice);
	/* What else must hold once so many marks were passed; false with why. NULL: nothing. */
	bool (*holds)(struct crash *crash, int marks, char why[CRASH_WHY]);
	bool makes_store; /* before the first mark there need not be one */
};
extern const struct crash_scene crash_scenes[];
extern const size_t crash_scene_count;

/* What the desk's store holds now is acknowledged; desk NULL: what it holds when the scene ends. */
void crash_mark(struct crash *crash, const struct desk *desk);
enum desk_status crash_login(struct crash *crash, struct notice *notice);

#endif
