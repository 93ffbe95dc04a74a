/*
 * Sentences to standard error through the sanitising of core/text.h.
 */
#include "cli/complain.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "db/memory.h"

static void say_line(const char *before, const char *text)
{
	struct buffer line;

	buffer_init(&line);
	buffer_add(&line, before);
	text_show(text, &line);
	buffer_add(&line, "\n");
	(void)fputs(buffer_text(&line), stderr);
	buffer_done(&line);
}

void complain(const char *sentence)
{
	say_line("tracedesk: ", sentence);
}

void complain_lines(const char *lines)
{
	while (*lines != '\0') {
		size_t size = strcspn(lines, "\n");
		char *line = mem_text_sized(lines, size);

		say_line("", line);
		mem_free(line);
		lines += size;
		lines += *lines == '\n';
	}
}
