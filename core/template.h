/*
 * Which columns the form of a service has, and an empty one as JSON to fill in
 * (request template). Pure.
 */
#ifndef TRACEDESK_CORE_TEMPLATE_H
#define TRACEDESK_CORE_TEMPLATE_H

#include <stdbool.h>

#include "core/buffer.h"
#include "core/columns.h"

/* Has the form of the service the column? So it is with every column that not only other services
   ask for. */
bool template_has(const char *service, const struct column *column);
/* The object that request add takes, nothing in it but the service. */
void template_write(const char *service, struct buffer *out);

#endif
