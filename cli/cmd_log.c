/*
 * request template, request add.
 */
#include <string.h>

#include "cli/command.h"
#include "cli/life.h"
#include "cli/output.h"
#include "cli/session.h"
#include "core/codes.h"
#include "core/template.h"

/* What is known to everybody needs no log-in. */
enum desk_status cmd_request_template(const struct call *call, struct notice *notice)
{
	const char *service = call_word(call, 0);
	struct buffer text;
	enum desk_status status;

	if (!code_label(code_set_find("service"), service))
		return call_misused(call, notice,
			"there is no service \"%s\"; choose police, nca, home_office, court_order, "
			"ccrc, nhscfa, hm_coroner, welsh_blood, jersey_cytology or charity",
			service);
	buffer_init(&text);
	template_write(service, &text);
	status = output_told(buffer_text(&text), "choose another place", notice);
	buffer_done(&text);
	return status;
}

/* The reference stands alone in the first line, for scripts. */
static enum desk_status say_added(const struct desk_saved *saved, struct notice *notice)
{
	struct buffer text;
	enum desk_status status;

	buffer_init(&text);
	buffer_print(&text, "%s\n", saved->reference);
	life_duplicates(saved, &text);
	status = output_say(buffer_text(&text), notice);
	buffer_done(&text);
	return status;
}

enum desk_status cmd_request_add(const struct call *call, struct notice *notice)
{
	const char *file = call->value[OPTION_FROM];
	struct desk_saved saved = { 0 };
	struct desk *desk = NULL;
	struct patch patch = { 0 };
	enum desk_status status;

	if (!file)
		return call_misused(call, notice, "the request is missing; give --from FILE");
	status = life_patch(PATCH_REQUEST, file, &patch, notice);
	if (status == DESK_OK)
		status = session_desk(call, &desk, notice);
	if (status == DESK_OK)
		status = desk_request_add(desk, &patch.request, &saved, notice);
	if (status == DESK_OK)
		status = say_added(&saved, notice);
	desk_saved_clear(&saved);
	patch_clear(&patch);
	desk_close(desk);
	return status;
}
