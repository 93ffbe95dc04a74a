/*
 * The services: as the program ships them, which a new store starts with (from
 * then on they are data that a supervisor can change), and one of a list found.
 */
#ifndef TRACEDESK_CORE_SERVICES_H
#define TRACEDESK_CORE_SERVICES_H

#include <stddef.h>

#include "db/records.h"

size_t services_shipped_count(void);
/* A copy of the index-th, in register order; those outside the register come last. Free with
   service_clear. */
void services_shipped(size_t index, struct service *out_service);

/* Those of a store, in register order. */
struct service_list {
	struct service *rows;
	size_t count;
};

/* NULL: there is no such service. */
const struct service *service_find(const struct service_list *list, const char *code);
/* Its name in the register; the code itself when there is no such service. */
const char *service_label(const struct service_list *list, const char *code);
/* Frees what the list holds and empties it. */
void services_clear(struct service_list *list);

#endif
