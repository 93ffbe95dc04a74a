/*
 * init, demo, store info.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/password.h"
#include "cli/recovery.h"
#include "cli/session.h"
#include "core/json.h"
#include "core/sheet.h"

/* The store is there, also when the status is a failure's: its code must not be lost. */
static enum desk_status recovery_of_new(const char *file, const struct secret *recovery,
	enum desk_status status, struct notice *notice)
{
	struct notice why;

	if (recovery_give(file, recovery, &why) == DESK_OK)
		return status;
	if (file && recovery_give(NULL, recovery, &why) == DESK_OK)
		return notice_set(notice, DESK_IO,
			"%s: the recovery code could not be written there; it was shown instead: "
			"write it down",
			file);
	return notice_set(notice, DESK_IO,
		"init: the store is made, but its recovery code could not be shown; remove the "
		"store's files and begin again");
}

static enum desk_status init_store(
	const struct call *call, const struct session *session, struct notice *notice)
{
	const char *file = call->value[OPTION_RECOVERY_FILE];
	struct secret *password = NULL, *recovery = NULL;
	struct desk_make make = { .store = session->store,
		.user = session->user,
		.cut_over = call->value[OPTION_CUT_OVER] };
	struct stat info;
	enum desk_status status;

	if (lstat(session->store, &info) == 0)
		return notice_set(notice, DESK_REFUSED,
			"%s: there is something of that name already; give --store another file",
			session->store);
	status = recovery_file_is_free(file, notice);
	if (status == DESK_OK)
		status = password_new(session->password_file, "password-file", &password, notice);
	make.password = password;
	if (status == DESK_OK)
		status = desk_make(&make, &recovery, notice);
	if (recovery)
		status = recovery_of_new(file, recovery, status, notice);
	secret_free(password);
	secret_free(recovery);
	return status;
}

enum desk_status cmd_init(const struct call *call, struct notice *notice)
{
	struct session session;
	enum desk_status status = session_read(call, &session, notice);

	if (status == DESK_OK)
		status = init_store(call, &session, notice);
	session_done(&session);
	return status;
}

enum desk_status cmd_demo(const struct call *call, struct notice *notice)
{
	const char *folder = call_word(call, 0);
	enum desk_status status = desk_demo(folder, notice);
	struct buffer text;

	if (status != DESK_OK)
		return status;
	buffer_init(&text);
	buffer_print(&text,
		"The demo store is made. Open the desk as casey, a caseworker:\n"
		"  tracedesk -s %s/demo.tdk -u casey --password-file %s/casey.password\n",
		folder, folder);
	status = output_say(buffer_text(&text), notice);
	buffer_done(&text);
	return status;
}

static void info_json(const struct desk_store_info *info, struct buffer *out)
{
	buffer_print(out,
		"{\"format\":%d,\"kind\":\"%s\",\"page_size\":%d,\"cipher\":", info->format,
		info->is_demo ? "demo" : "ordinary", info->page_size);
	json_write_string(info->cipher, out);
	buffer_print(out,
		",\"kdf\":{\"memory_bytes\":%" PRIu64 ",\"passes\":%" PRIu32 "},\"people\":%" PRId64
		",\"requests\":%" PRId64 ",\"submissions\":%" PRId64 ",\"events\":%" PRId64
		",\"locked_memory\":%s}\n",
		info->kdf_memory_bytes, info->kdf_passes, info->people, info->requests,
		info->submissions, info->events, info->locked_memory ? "true" : "false");
}

/* Text and csv: a line a value. */
static void info_sheet(
	const struct desk_store_info *info, const struct output *output, struct buffer *out)
{
	static const struct sheet_column columns[] = {
		{ .name = "name", .title = "Name" },
		{ .name = "value", .title = "Value" },
	};
	char numbers[8][24];
	const char *const pairs[][2] = {
		{ "format", numbers[0] },
		{ "kind", info->is_demo ? "demo" : "ordinary" },
		{ "page_size", numbers[1] },
		{ "cipher", info->cipher },
		{ "kdf_memory_bytes", numbers[2] },
		{ "kdf_passes", numbers[3] },
		{ "people", numbers[4] },
		{ "requests", numbers[5] },
		{ "submissions", numbers[6] },
		{ "events", numbers[7] },
		{ "locked_memory", info->locked_memory ? "yes" : "no" },
		{ "set_group_id", desk_is_guarded() ? "yes" : "no" },
	};
	const int64_t values[8] = { info->format, info->page_size, (int64_t)info->kdf_memory_bytes,
		info->kdf_passes, info->people, info->requests, info->submissions, info->events };
	struct sheet *sheet = sheet_new(columns, 2);

	for (size_t i = 0; i < 8; i++)
		(void)snprintf(numbers[i], sizeof(numbers[i]), "%" PRId64, values[i]);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		sheet_text(sheet, pairs[i][0]);
		sheet_text(sheet, pairs[i][1]);
	}
	output_sheet(output, sheet, out);
	sheet_free(sheet);
}

static enum desk_status write_info(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct desk_store_info info;
	struct desk *desk = NULL;
	struct buffer text;
	enum desk_status status = session_desk(call, &desk, notice);

	if (status == DESK_OK)
		status = desk_store_info(desk, &info, notice);
	desk_close(desk);
	if (status != DESK_OK)
		return status;
	buffer_init(&text);
	if (output->format == OUTPUT_JSON)
		info_json(&info, &text);
	else
		info_sheet(&info, output, &text);
	status = output_write(output, &text, notice);
	buffer_done(&text);
	return status;
}

enum desk_status cmd_store_info(const struct call *call, struct notice *notice)
{
	return output_run(call, write_info, notice);
}
