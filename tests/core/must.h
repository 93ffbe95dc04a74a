/*
 * What the desk must do for a test to go on; else the test fails with its words.
 */
#ifndef TRACEDESK_TESTS_CORE_MUST_H
#define TRACEDESK_TESTS_CORE_MUST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/notice.h"

static inline void must(enum desk_status status, const struct notice *notice)
{
	if (status != DESK_OK)
		fail_msg("%s", notice->text);
}

#endif
