/*
 * Pages of a list, glued: of a csv page after the first the names of columns
 * go, of json pages the brackets between.
 */
#include "cli/pages.h"

#include <inttypes.h>
#include <string.h>

#include "core/text.h"

enum { TEXT_ROWS = 50 };

static enum desk_status read_limit(
	const struct call *call, struct pages *pages, struct notice *notice)
{
	const char *text = call->value[OPTION_LIMIT];
	uint64_t limit = pages->output->format == OUTPUT_TEXT ? TEXT_ROWS : INT64_MAX;

	if (text && !text_number(text, 1, INT64_MAX, &limit))
		return call_misused(call, notice,
			"\"%s\" is no number of rows; give a whole number from 1", text);
	pages->left = (int64_t)limit;
	return DESK_OK;
}

enum desk_status pages_begin(const struct call *call, struct pages *pages, struct notice *notice)
{
	enum desk_status status = read_limit(call, pages, notice);

	if (status == DESK_OK)
		pages->sheet = sheet_new(pages->columns, pages->column_count);
	return status;
}

size_t pages_wanted(const struct pages *pages)
{
	return pages->left < PAGE_ROWS ? (size_t)pages->left : PAGE_ROWS;
}

/* The page as written whole, without what only the first begins with and the last ends with. */
static void glue(struct pages *pages, const struct buffer *page, struct buffer *out)
{
	const char *text = buffer_text(page);
	const char *first, *last;

	if (pages->output->format == OUTPUT_CSV) {
		buffer_add(out, pages->is_begun ? strchr(text, '\n') + 1 : text);
		return;
	}
	first = strchr(text, '[') + 1;
	last = strrchr(text, ']');
	while (last > first && last[-1] == '\n')
		last--;
	buffer_add(out, pages->is_begun ? "," : "[");
	buffer_add_bytes(out, first, (size_t)(last - first));
}

static enum desk_status write_page(struct pages *pages, struct notice *notice)
{
	struct buffer page, text;
	enum desk_status status;

	buffer_init(&page);
	buffer_init(&text);
	output_sheet(pages->output, pages->sheet, &page);
	glue(pages, &page, &text);
	status = output_write(pages->output, &text, notice);
	buffer_done(&page);
	buffer_done(&text);
	pages->is_begun = true;
	return status;
}

enum desk_status pages_next(struct pages *pages, size_t rows, struct notice *notice)
{
	enum desk_status status;

	pages->left = rows < pages_wanted(pages) ? 0 : pages->left - (int64_t)rows;
	if (pages->output->format == OUTPUT_TEXT || (rows == 0 && pages->is_begun))
		return DESK_OK;
	status = write_page(pages, notice);
	sheet_free(pages->sheet);
	pages->sheet = sheet_new(pages->columns, pages->column_count);
	return status;
}

static enum desk_status write_text(
	const struct pages *pages, int64_t not_shown, struct notice *notice)
{
	struct buffer text;
	enum desk_status status;

	buffer_init(&text);
	output_sheet(pages->output, pages->sheet, &text);
	if (not_shown > 0)
		buffer_print(&text, "%" PRId64 " more; --limit N shows more of them.\n", not_shown);
	status = output_write(pages->output, &text, notice);
	buffer_done(&text);
	return status;
}

enum desk_status pages_end(
	struct pages *pages, enum desk_status status, int64_t not_shown, struct notice *notice)
{
	struct buffer end;

	buffer_init(&end);
	if (status == DESK_OK && pages->output->format == OUTPUT_TEXT) {
		status = write_text(pages, not_shown, notice);
	} else if (status == DESK_OK && pages->output->format == OUTPUT_JSON) {
		buffer_add(&end, "\n]\n");
		status = output_write(pages->output, &end, notice);
	}
	buffer_done(&end);
	sheet_free(pages->sheet);
	pages->sheet = NULL;
	return status;
}
