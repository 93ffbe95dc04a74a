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

enum { BATCH_MOST = 1024 };

struct words_waiting {
	int64_t request;
	struct request_words words;
};

void desk_words_drop(struct words_batch *batch)
{
	while (batch->count > 0)
		request_words_clear(&batch->list[--batch->count].words);
	mem_free(batch->list);
	batch->list = NULL;
}

enum db_status desk_words_flush(struct desk *desk, struct words_batch *batch)
{
	enum db_status status = DB_OK;

	for (size_t i = 0; i < batch->count && status == DB_OK; i++)
		status = request_words_put(
			desk->store, batch->list[i].request, NULL, &batch->list[i].words);
	desk_words_drop(batch);
	return status;
}

enum db_status desk_request_insert_many(
	struct desk *desk, struct words_batch *batch, struct request *request)
{
	enum db_status status = requests_insert(desk->store, request);
	struct words_waiting *waiting;

	if (status != DB_OK)
		return status;
	if (!batch->list)
		batch->list = mem_new(BATCH_MOST, sizeof(*batch->list));
	waiting = &batch->list[batch->count++];
	waiting->request = request->id;
	words_of_request(request, NULL, 0, &waiting->words);
	return batch->count < BATCH_MOST ? DB_OK : desk_words_flush(desk, batch);
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
