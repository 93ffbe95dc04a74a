/*
 * What stands behind a cell of the register, as a list.
 */
#ifndef TRACEDESK_CLI_CASES_H
#define TRACEDESK_CLI_CASES_H

#include "cli/output.h"

enum desk_status cases_write(struct desk *desk, const struct desk_figures_wanted *wanted,
	const struct figures_cell *cell, struct output *output, struct notice *notice);

#endif
