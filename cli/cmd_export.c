/*
 * request export.
 */
#include "cli/command.h"
#include "cli/filter_words.h"
#include "cli/life.h"
#include "cli/output.h"

static enum desk_status export_all(const struct call *call, const struct filter_words *words,
	struct output *output, struct notice *notice)
{
	struct look look = { 0 };
	int64_t receipts;
	enum desk_status status = look_open(call, &look, notice);

	if (status == DESK_OK)
		status = filter_words_allow(call, words, look.desk, notice);
	if (status == DESK_OK) {
		const struct desk_export wanted = { .filter = &words->filter,
			.because = look.because,
			.spreadsheet = output->spreadsheet,
			.write = output_piece,
			.with = output };

		status = desk_request_export(look.desk, &wanted, &receipts, notice);
	}
	look_close(&look);
	return status;
}

static enum desk_status write_export(
	const struct call *call, struct output *output, struct notice *notice)
{
	struct filter_words words;
	enum desk_status status = filter_words_read(call, &words, notice);

	if (status == DESK_OK)
		status = export_all(call, &words, output, notice);
	filter_words_done(&words);
	return status;
}

enum desk_status cmd_request_export(const struct call *call, struct notice *notice)
{
	if (!call->value[OPTION_OUTPUT])
		return call_misused(call, notice,
			"it holds personal data, so it goes into a private file; give -o FILE");
	if (!call->value[OPTION_BECAUSE] && !call->value[OPTION_BECAUSE_FROM])
		return call_misused(
			call, notice, "why it is needed is missing; give --because-from FILE");
	return output_run(call, write_export, notice);
}
