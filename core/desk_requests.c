/*
 * Receipts: the list and opening one.
 */
#include <stdio.h>
#include <string.h>

#include "core/life_private.h"
#include "db/request_lists.h"
#include "db/requests.h"
#include "db/services.h"

enum desk_status desk_requests(struct desk *desk, const struct request_page *page,
	struct request_row **out_rows, size_t *out_count, struct notice *out_notice)
{
	struct requests_page wanted = { .backwards = page->backwards, .limit = page->limit };
	enum desk_status status = desk_allow(desk, DEED_REQUEST_LIST, NULL, out_notice);
	enum db_status stored;

	*out_rows = NULL;
	*out_count = 0;
	if (status != DESK_OK)
		return status;
	if (page->after) {
		memcpy(wanted.received, page->after->received, sizeof(wanted.received));
		wanted.id = page->after->id;
	}
	*out_rows = mem_new(page->limit, sizeof(**out_rows));
	stored = requests_page(desk->store, &wanted, *out_rows, out_count);
	for (size_t i = 0; stored == DB_OK && i < *out_count; i++)
		desk_mask_row(desk, &(*out_rows)[i]);
	if (stored == DB_OK)
		return DESK_OK;
	mem_free(*out_rows);
	*out_rows = NULL;
	return desk_failed(desk->store, stored, out_notice);
}

enum desk_status desk_requests_total(
	struct desk *desk, int64_t *out_total, struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_REQUEST_LIST, NULL, out_notice);

	if (status != DESK_OK)
		return status;
	return desk_failed(desk->store, requests_count(desk->store, out_total), out_notice);
}

enum desk_status desk_services(struct desk *desk, struct service **out_services, size_t *out_count,
	struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_SERVICE_LIST, NULL, out_notice);

	if (status != DESK_OK)
		return status;
	return desk_failed(
		desk->store, services_list(desk->store, out_services, out_count), out_notice);
}
