/*
 * The services of the store, for their labels.
 */
#ifndef TRACEDESK_CLI_SERVICES_H
#define TRACEDESK_CLI_SERVICES_H

#include "core/desk.h"

struct services {
	struct service *rows;
	size_t count;
};

enum desk_status services_read(
	struct desk *desk, struct services *out_services, struct notice *notice);
/* The label of a code; the code itself when there is no such service. */
const char *services_label(const struct services *services, const char *code);
void services_done(struct services *services); /* an empty one is fine */

#endif
