/*
 * The ten shipped services. A note is printed after the label from its month
 * on; a service whose position is 0 is not in the register.
 */
#include "core/services.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

struct shipped {
	const char *code;
	const char *label;
	int position;
	const char *accepts_to;
	const char *shown_to;
	const char *held_from;
	bool suspended;
	const char *note;
	const char *note_from;
	const char *footnote;
};

/* Order, labels, notes and the footnote are those of the published register of 2020. A note comes
   with the month after the service's last day. */
static const struct shipped shipped[] = {
	{ "police", "Police", 1, "", "", "", false, "", "", "" },
	{ "nca", "NCA", 2, "", "", "", false, "", "", "" },
	{ "home_office", "Home Office", 3, "", "", "2018-11-09", false, "(under review)", "2018-11",
		"" },
	{ "court_order", "Court Order", 4, "", "", "", false, "", "", "" },
	{ "ccrc", "CCRC", 5, "", "", "", false, "", "", "" },
	{ "nhscfa", "NHSCFA", 6, "2019-03-31", "2020-03", "", false, "", "",
		"*NHS Counter Fraud Authority ceased 31 March 2019" },
	{ "hm_coroner", "HM Coroner", 7, "", "", "", false, "", "", "" },
	{ "welsh_blood", "Welsh Blood Service", 8, "2020-09-18", "", "", false,
		"(retired on 18/09/2020)", "2020-10", "" },
	{ "jersey_cytology", "Jersey Cytology Screening", 9, "2020-11-30", "", "", false,
		"(retired on 30/11/2020)", "2020-12", "" },
	{ "charity", "Charity", 0, "", "", "", true, "", "", "" },
};

size_t services_shipped_count(void)
{
	return sizeof(shipped) / sizeof(shipped[0]);
}

void services_shipped(size_t index, struct service *out_service)
{
	const struct shipped *from = &shipped[index];

	assert(index < services_shipped_count());
	*out_service = (struct service) { .position = from->position,
		.suspended = from->suspended,
		.label = mem_text(from->label),
		.note = mem_text(from->note),
		.footnote = mem_text(from->footnote) };
	(void)snprintf(out_service->code, sizeof(out_service->code), "%s", from->code);
	(void)snprintf(out_service->accepts_to, DAY_SIZE, "%s", from->accepts_to);
	(void)snprintf(out_service->held_from, DAY_SIZE, "%s", from->held_from);
	(void)snprintf(out_service->shown_to, sizeof(out_service->shown_to), "%s", from->shown_to);
	(void)snprintf(
		out_service->note_from, sizeof(out_service->note_from), "%s", from->note_from);
}

const struct service *service_find(const struct service_list *list, const char *code)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->rows[i].code, code) == 0)
			return &list->rows[i];
	return NULL;
}

const char *service_label(const struct service_list *list, const char *code)
{
	const struct service *service = service_find(list, code);

	return service ? service->label : code;
}

void services_clear(struct service_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		service_clear(&list->rows[i]);
	mem_free(list->rows);
	*list = (struct service_list) { 0 };
}
