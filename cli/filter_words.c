/*
 * Reading a FILTER.
 */
#include "cli/filter_words.h"

#include "cli/input.h"

enum { FILTER_FILE_MOST = 16384 };

enum desk_status filter_words_read(
	const struct call *call, struct filter_words *out_words, struct notice *notice)
{
	const char *file = call->value[OPTION_FILTER_FROM];
	char why[FILTER_WHY_SIZE];
	char *text = NULL;
	enum desk_status status;
	const char *word;
	bool is_good = true;

	filter_init(&out_words->filter);
	for (size_t i = 0; is_good && (word = call_word(call, i)) != NULL; i++)
		is_good = filter_add(&out_words->filter, word, why);
	out_words->is_exposed = out_words->filter.is_personal;
	if (is_good && file) {
		status = input_text(file, FILTER_FILE_MOST, &text, notice);
		if (status != DESK_OK)
			return status;
		is_good = filter_read(&out_words->filter, text, why);
		mem_free(text);
	}
	return is_good ? DESK_OK : call_misused(call, notice, "%s", why);
}

enum desk_status filter_words_allow(const struct call *call, const struct filter_words *words,
	const struct desk *desk, struct notice *notice)
{
	if (!words->is_exposed || desk_is_demo(desk))
		return DESK_OK;
	return call_misused(call, notice,
		"nhs:, born:, subject: and bare words as arguments are for demo stores, since "
		"command lines can be read by others; give --filter-from FILE");
}

void filter_words_done(struct filter_words *words)
{
	filter_clear(&words->filter);
}
