/*
 * request show.
 */
#include "cli/command.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/services.h"
#include "cli/session.h"
#include "core/receipt.h"

enum { REASON_MOST = 4000 };

static enum desk_status write_request(struct desk *desk, const struct request *request,
	struct output *output, struct notice *notice)
{
	struct services services = { 0 };
	struct buffer text;
	enum desk_status status = services_read(desk, &services, notice);

	if (status != DESK_OK)
		return status;
	buffer_init(&text);
	switch (output->format) {
	case OUTPUT_TEXT:
		receipt_text(request, services_label(&services, request->field[FIELD_SERVICE]),
			desk_is_demo(desk), &text);
		break;
	case OUTPUT_CSV:
		receipt_csv(request, output->spreadsheet, &text);
		break;
	case OUTPUT_JSON:
		receipt_json(request, &text);
		break;
	}
	services_done(&services);
	status = output_write(output, &text, notice);
	buffer_done(&text);
	return status;
}

static enum desk_status show_request(const struct call *call, struct desk *desk, const char *reason,
	struct output *output, struct notice *notice)
{
	const char *because = call->value[OPTION_BECAUSE];
	struct request request;
	enum desk_status status;

	if (because && !desk_is_demo(desk))
		return call_misused(call, notice,
			"--because is for demo stores, since command lines can be read by others; "
			"give --because-from FILE");
	status = desk_request_open(
		desk, call_word(call, 0), reason ? reason : because, &request, notice);
	if (status != DESK_OK)
		return status;
	status = write_request(desk, &request, output, notice);
	request_clear(&request);
	return status;
}

static enum desk_status write_show(
	const struct call *call, struct output *output, struct notice *notice)
{
	const char *file = call->value[OPTION_BECAUSE_FROM];
	struct desk *desk = NULL;
	char *reason = NULL;
	enum desk_status status = DESK_OK;

	if (file && call->value[OPTION_BECAUSE])
		return call_misused(call, notice, "give --because or --because-from, not both");
	if (file)
		status = input_text(file, REASON_MOST, &reason, notice);
	if (status == DESK_OK)
		status = session_desk(call, &desk, notice);
	if (status == DESK_OK)
		status = show_request(call, desk, reason, output, notice);
	desk_close(desk);
	mem_free(reason);
	return status;
}

enum desk_status cmd_request_show(const struct call *call, struct notice *notice)
{
	return output_run(call, write_show, notice);
}
