/*
 * The services as the program ships them: what a new store starts with. From
 * then on they are data that a supervisor can change.
 */
#ifndef TRACEDESK_CORE_SERVICES_H
#define TRACEDESK_CORE_SERVICES_H

#include <stddef.h>

#include "db/records.h"

size_t services_shipped_count(void);
/* A copy of the index-th, in register order; those outside the register come last. Free with
   service_clear. */
void services_shipped(size_t index, struct service *out_service);

#endif
