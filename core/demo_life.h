/*
 * What was done with the demo's open receipts, step by step, as people do it:
 * data for the desk's own moves. Pure and the same on every run.
 */
#ifndef TRACEDESK_CORE_DEMO_LIFE_H
#define TRACEDESK_CORE_DEMO_LIFE_H

#include <stddef.h>

#include "core/flow.h"

/* With the history the 255 receipts of interface.md section 10. */
enum { DEMO_OPEN_COUNT = 40 };

enum demo_clerk { DEMO_CASEY, DEMO_CHRIS, DEMO_SAM, DEMO_SASHA, DEMO_CLERKS };
const char *demo_clerk_name(enum demo_clerk clerk);

/* what: assign: whose it is to be; judge: the rule (it holds, unless the text is "no"); answer:
   "column=value"; exception, rejection, withdrawal: codes parted by ';'; trace: the items to be
   released. */
struct demo_found;
struct demo_step {
	enum demo_clerk clerk;
	enum move move;
	const char *what;
	const char *text;
	const struct demo_found *found; /* trace */
};
struct demo_found {
	const char *codes; /* of the subjects, parted by ';' */
	bool s_flag;
	bool identity_changed;
	const char *matched_on; /* columns parted by ';' */
	const char *values;	/* JSON object: item to text, of each subject that was found */
	const char *recipient;
};

struct demo_life {
	enum demo_clerk clerk; /* who logged it */
	const struct demo_step *steps;
	size_t step_count;
};
/* index: of the open receipts, in their order. */
const struct demo_life *demo_life_at(size_t index);

#endif
