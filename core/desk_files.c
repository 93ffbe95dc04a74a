/*
 * Attaching a file to a receipt, the list of them, handing one out.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/life_private.h"
#include "core/original.h"

void desk_files_clear(struct desk_files *files)
{
	while (files->count > 0)
		receipt_file_clear(&files->files[--files->count]);
	mem_free(files->files);
	*files = (struct desk_files) { 0 };
}

/* Inside the transaction: the receipt as it is, and whether the person may have to do with it. */
static enum desk_status attach_reach(
	struct desk *desk, const char *reference, struct receipt_file *file, struct notice *notice)
{
	struct request request;
	enum desk_status status = DESK_OK;
	enum db_status stored = requests_load(desk->store, reference, &request);

	if (stored == DB_NONE)
		return notice_set(notice, DESK_REFUSED,
			"%s: there is no such receipt; `tracedesk request list` shows them",
			reference);
	if (stored != DB_OK)
		return desk_failed(desk->store, stored, notice);
	file->request = request.id;
	if (!desk_may_see(desk, &request))
		status = notice_set(notice, DESK_REFUSED, "%s: " DESK_FLAGGED, reference);
	request_clear(&request);
	return status;
}

static enum desk_status attach_store(struct desk *desk, const char *reference,
	struct receipt_file *file, const struct file_content *content, struct notice *notice)
{
	const struct desk_event event = { .kind = EVENT_FILE_ATTACHED, .reference = reference };
	enum db_status stored = store_begin(desk->store);
	enum desk_status status;

	if (stored != DB_OK)
		return desk_failed(desk->store, stored, notice);
	status = attach_reach(desk, reference, file, notice);
	if (status != DESK_OK) {
		store_rollback(desk->store);
		return status;
	}
	stored = files_insert(desk->store, file, content);
	if (stored == DB_OK)
		stored = desk_event(desk, &event);
	return desk_failed(desk->store, desk_end(desk, stored), notice);
}

enum desk_status desk_request_attach(struct desk *desk, const char *reference, const char *path,
	struct desk_attached *out_attached, struct notice *out_notice)
{
	struct receipt_file file = { .person = 0 };
	struct file_content content;
	enum desk_status status = desk_allow(desk, DEED_REQUEST_ATTACH, reference, out_notice);

	*out_attached = (struct desk_attached) { 0 };
	if (status != DESK_OK)
		return status;
	status = original_read(desk, path, &content, &out_attached->original, out_notice);
	file.person = desk->person.id;
	file.time = desk_now(desk);
	file.name = mem_text(original_name(path));
	if (status == DESK_OK)
		status = attach_store(desk, reference, &file, &content, out_notice);
	file_content_clear(&content);
	status = desk_refused(desk, DEED_REQUEST_ATTACH, reference, status, out_notice);
	out_attached->number = file.number;
	out_attached->size = file.size;
	receipt_file_clear(&file);
	return status;
}

enum desk_status desk_request_files(struct desk *desk, const char *reference, const char *because,
	struct desk_files *out_files, struct notice *out_notice)
{
	const struct desk_look look = { DEED_REQUEST_FILES, EVENT_REQUEST_OPENED, reference,
		because };
	struct request request;
	enum desk_status status = desk_request_look(desk, &look, &request, out_notice);
	enum db_status stored;

	*out_files = (struct desk_files) { 0 };
	if (status != DESK_OK)
		return status;
	stored = files_list(desk->store, request.id, &out_files->files, &out_files->count);
	request_clear(&request);
	return desk_failed(desk->store, stored, out_notice);
}

/* The event is durable before a byte leaves. */
static enum db_status hand_write(
	struct desk *desk, const struct desk_file_wish *wish, const struct receipt_file *file)
{
	char number[24];
	const struct event_detail details[] = { { "file", number }, { "name", file->name },
		{ "because", wish->because ? wish->because : "" } };
	const struct desk_event event = { wish->is_view ? EVENT_FILE_VIEWED : EVENT_FILE_EXTRACTED,
		wish->reference, details, wish->because ? 3 : 2 };

	(void)snprintf(number, sizeof(number), "%" PRId64, file->number);
	return desk_event_alone(desk, &event);
}

struct hand {
	const struct desk_file_wish *wish;
	struct notice *notice;
	enum desk_status status; /* of who takes */
};

static enum db_status hand_piece(void *with, const uint8_t *bytes, size_t size)
{
	struct hand *hand = with;

	hand->status = hand->wish->take(hand->wish->with, (const char *)bytes, size, hand->notice);
	return hand->status == DESK_OK ? DB_OK : DB_IO;
}

static enum desk_status hand_out(struct desk *desk, const struct desk_file_wish *wish,
	const struct receipt_file *file, struct notice *notice)
{
	struct hand hand = { wish, notice, DESK_OK };
	enum db_status stored = hand_write(desk, wish, file);

	if (stored == DB_OK)
		stored = files_read(desk->store, file->id, hand_piece, &hand);
	return hand.status != DESK_OK ? hand.status : desk_failed(desk->store, stored, notice);
}

static enum desk_status no_such_file(
	struct desk *desk, const struct desk_file_wish *wish, enum deed deed, struct notice *notice)
{
	(void)notice_set(notice, DESK_REFUSED,
		"%s: it has no file %" PRId64 "; `tracedesk request files` numbers them",
		wish->reference, wish->number);
	return desk_refused(desk, deed, wish->reference, DESK_REFUSED, notice);
}

enum desk_status desk_request_file(
	struct desk *desk, const struct desk_file_wish *wish, struct notice *out_notice)
{
	const struct desk_look look = { .deed = wish->is_view ? DEED_REQUEST_FILES
							      : DEED_REQUEST_EXTRACT,
		.reference = wish->reference,
		.because = wish->because };
	struct receipt_file file = { .name = NULL };
	struct request request;
	enum desk_status status = desk_request_reach(desk, &look, &request, out_notice);
	enum db_status stored;

	if (status != DESK_OK)
		return status;
	stored = files_find(desk->store, request.id, wish->number, &file);
	request_clear(&request);
	if (stored == DB_NONE)
		return no_such_file(desk, wish, look.deed, out_notice);
	if (stored != DB_OK)
		return desk_failed(desk->store, stored, out_notice);
	status = hand_out(desk, wish, &file, out_notice);
	receipt_file_clear(&file);
	return status;
}
