/*
 * The reason for opening a receipt, then the log-in. A demo store alone takes
 * the reason from the command line.
 */
#include "cli/look.h"

#include "cli/input.h"
#include "cli/session.h"

enum { REASON_MOST = 4000 };

enum desk_status look_open(const struct call *call, struct look *look, struct notice *notice)
{
	const char *file = call->value[OPTION_BECAUSE_FROM];
	const char *because = call->value[OPTION_BECAUSE];
	enum desk_status status = DESK_OK;

	if (file && because)
		return call_misused(call, notice, "give --because or --because-from, not both");
	if (file)
		status = input_text(file, REASON_MOST, &look->because, notice);
	if (status == DESK_OK)
		status = session_desk(call, &look->desk, notice);
	if (status != DESK_OK || !because)
		return status;
	if (!desk_is_demo(look->desk))
		return call_misused(call, notice,
			"--because is for demo stores, since command lines can be read by others; "
			"give --because-from FILE");
	look->because = mem_text(because);
	return DESK_OK;
}

void look_close(struct look *look)
{
	desk_close(look->desk);
	mem_free(look->because);
}
