/*
 * The services that may ask, with the dates they are taken and shown.
 */
#ifndef TRACEDESK_DB_SERVICES_H
#define TRACEDESK_DB_SERVICES_H

#include "db/store.h"

enum db_status services_insert(struct store *store, struct service *service);
/* Everything but the code, by id. */
enum db_status services_update(struct store *store, const struct service *service);
/* In register order, those outside the register last. Clear each with service_clear, mem_free. */
enum db_status services_list(struct store *store, struct service **out_services, size_t *out_count);

#endif
