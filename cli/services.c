/*
 * Labels of services.
 */
#include "cli/services.h"

#include <string.h>

enum desk_status services_read(
	struct desk *desk, struct services *out_services, struct notice *notice)
{
	*out_services = (struct services) { 0 };
	return desk_services(desk, &out_services->rows, &out_services->count, notice);
}

const char *services_label(const struct services *services, const char *code)
{
	for (size_t i = 0; i < services->count; i++)
		if (strcmp(services->rows[i].code, code) == 0)
			return services->rows[i].label;
	return code;
}

void services_done(struct services *services)
{
	for (size_t i = 0; i < services->count; i++)
		service_clear(&services->rows[i]);
	mem_free(services->rows);
}
