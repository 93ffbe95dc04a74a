/*
 * Keeping the index of words.
 */
#include "core/desk_words.h"

#include "core/search_words.h"
#include "db/notes.h"
#include "db/request_words.h"
#include "db/requests.h"

enum db_status desk_request_insert(struct desk *desk, struct request *request)
{
	enum db_status status = requests_insert(desk->store, request);
	struct request_words words;

	if (status != DB_OK)
		return status;
	words_of_request(request, NULL, 0, &words);
	status = request_words_put(desk->store, request->id, NULL, &words);
	request_words_clear(&words);
	return status;
}

enum db_status desk_words_load(
	struct desk *desk, const struct request *request, struct request_words *out_words)
{
	struct note *notes = NULL;
	size_t count = 0;
	enum db_status status = notes_list(desk->store, request->id, &notes, &count);

	if (status == DB_OK)
		words_of_request(request, notes, count, out_words);
	while (count > 0)
		note_clear(&notes[--count]);
	mem_free(notes);
	return status;
}

enum db_status desk_words_change(
	struct desk *desk, const struct request *request, const struct request_words *before)
{
	struct request_words words = { 0 };
	enum db_status status = desk_words_load(desk, request, &words);

	if (status == DB_OK)
		status = request_words_put(desk->store, request->id, before, &words);
	request_words_clear(&words);
	return status;
}
