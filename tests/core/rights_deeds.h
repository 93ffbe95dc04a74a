/*
 * What a person can do at the desk that is about no one receipt, one function
 * each, filled in so that nothing but the right can stand against it.
 */
#ifndef TRACEDESK_TESTS_CORE_RIGHTS_DEEDS_H
#define TRACEDESK_TESTS_CORE_RIGHTS_DEEDS_H

#include "tests/core/desk_fixture.h"

struct rights_deed {
	const char *name;
	enum desk_status (*act)(
		struct desk_fixture *fixture, enum who who, struct notice *out_notice);
	bool is_elsewhere; /* a refusal's event is not in this store */
};

size_t rights_deed_count(void);
const struct rights_deed *rights_deed_at(size_t index);

#endif
