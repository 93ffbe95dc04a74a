/*
 * The FILTER of a command: its own words and those of --filter-from.
 */
#ifndef TRACEDESK_CLI_FILTER_WORDS_H
#define TRACEDESK_CLI_FILTER_WORDS_H

#include "cli/command.h"
#include "core/filter.h"

struct filter_words {
	struct filter filter;
	bool is_exposed; /* something personal stands on the command line */
};

/* DESK_USAGE: a mistake in a word. Done with filter_words_done either way. */
enum desk_status filter_words_read(
	const struct call *call, struct filter_words *out_words, struct notice *notice);
/* Only a demo store takes personal words from a command line, which others can read. */
enum desk_status filter_words_allow(const struct call *call, const struct filter_words *words,
	const struct desk *desk, struct notice *notice);
void filter_words_done(struct filter_words *words);

#endif
