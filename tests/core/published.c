/*
 * Reading and comparing the published register.
 */
#include "tests/core/published.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/demo_data.h"
#include "core/services.h"

void published_read(const char *name, struct buffer *out)
{
	char path[1024], bytes[4096];
	const char *top = getenv("TOP_SRCDIR");
	size_t size;
	FILE *file;

	assert_non_null(top);
	(void)snprintf(path, sizeof(path), "%s/tests/golden/%s", top, name);
	file = fopen(path, "re");
	if (!file)
		fail_msg("no %s", path);
	while ((size = fread(bytes, 1, sizeof(bytes), file)) > 0)
		buffer_add_bytes(out, bytes, size);
	assert_int_equal(fclose(file), 0);
}

/* Nothing but dashes, ASCII or drawn: three at least. */
static bool is_rule(const char *line)
{
	static const char drawn[] = "─";
	size_t dashes = 0;

	for (; *line; dashes++) {
		if (strncmp(line, drawn, strlen(drawn)) == 0)
			line += strlen(drawn);
		else if (*line == '-')
			line++;
		else
			return false;
	}
	return dashes >= 3;
}

static void squeeze_line(const char *line, struct buffer *out)
{
	struct buffer squeezed;
	const char *text;

	buffer_init(&squeezed);
	for (line += strspn(line, " "); *line; line += strspn(line, " ")) {
		size_t size = strcspn(line, " ");

		if (squeezed.size > 0)
			buffer_add(&squeezed, " ");
		buffer_add_bytes(&squeezed, line, size);
		line += size;
	}
	text = buffer_text(&squeezed);
	if (*text && !is_rule(text) && strncmp(text, "DEMO", 4) != 0 &&
		strncmp(text, "Provisional", 11) != 0)
		buffer_print(out, "%s\n", text);
	buffer_done(&squeezed);
}

void published_squeeze(const char *text, struct buffer *out)
{
	while (*text) {
		size_t size = strcspn(text, "\n");
		char *line = mem_text_sized(text, size);
		bool is_last = strcmp(line, "Explanation of terms") == 0;

		squeeze_line(line, out);
		mem_free(line);
		if (is_last)
			return;
		text += size + (text[size] == '\n');
	}
}

size_t published_rows(const char *name, published_check *check, void *context)
{
	struct buffer file;
	size_t rows = 0;
	char *rest, *line;

	buffer_init(&file);
	published_read(name, &file);
	(void)strtok_r(file.text, "\n", &rest);
	for (; (line = strtok_r(NULL, "\n", &rest)) != NULL; rows++) {
		*strrchr(line, ',') = '\0'; /* the sixth column is a remark of the source */
		check(context, line);
	}
	buffer_done(&file);
	return rows;
}

bool published_has_line(const char *text, const char *line)
{
	size_t size = strlen(line);

	for (const char *at = strstr(text, line); at; at = strstr(at + 1, line))
		if ((at == text || at[-1] == '\n') && at[size] == '\n')
			return true;
	return false;
}

struct service *published_services(void)
{
	struct service *services = mem_new(services_shipped_count(), sizeof(*services));

	for (size_t i = 0; i < services_shipped_count(); i++)
		services_shipped(i, &services[i]);
	return services;
}

struct figures *published_figures(const char *period, const struct figures_counts *counts)
{
	struct figures_counts all = *counts;
	struct figures_span span;
	char why[256] = "";
	struct figures *figures;

	if (!figures_period(period, DEMO_TODAY, &span, why, sizeof(why)))
		fail_msg("%s", why);
	all.services = published_services();
	all.service_count = services_shipped_count();
	figures = figures_make(&span, &all, why, sizeof(why));
	if (!figures)
		fail_msg("%s", why);
	return figures;
}
