/*
 * A checkpoint: read from its text, which an e-mail may have quoted and wrapped,
 * and held against the trail.
 */
#include "verify/verify.h"

#include <string.h>
#include <time.h>

/* The next word, quote marks of an e-mail passed over. */
static bool word_read(FILE *file, char word[160])
{
	do {
		if (fscanf(file, "%159s", word) != 1)
			return false;
	} while (word[strspn(word, ">")] == '\0');
	return true;
}

/* Hex digits into bytes, over as many words as they take; false: not that many. */
static bool hex_read(FILE *file, uint8_t *out, size_t size)
{
	char word[160];
	size_t got;

	while (size > 0) {
		if (!word_read(file, word) ||
			sodium_hex2bin(out, size, word, strlen(word), NULL, &got, NULL) != 0 ||
			got == 0)
			return false;
		out += got;
		size -= got;
	}
	return true;
}

static bool number_read(FILE *file, int64_t *out)
{
	char word[160], end;

	return word_read(file, word) && sscanf(word, "%" SCNd64 "%c", out, &end) == 1;
}

static bool moment_read(FILE *file, int64_t *out)
{
	char word[160];
	struct tm day = { 0 };
	const char *end;

	if (!word_read(file, word))
		return false;
	end = strptime(word, "%Y-%m-%dT%H:%M:%SZ", &day);
	*out = end ? (int64_t)timegm(&day) : 0;
	return end && *end == '\0';
}

/* In the order of the text; other words are passed over. */
bool checkpoint_read(struct checkpoint *checkpoint, FILE *file)
{
	static const char *const names[] = { "desk", "events", "head", "time", "person", "key",
		"signature" };
	uint8_t *const hex[] = { checkpoint->desk, NULL, checkpoint->head, NULL, NULL, NULL,
		checkpoint->signature };
	const size_t sizes[] = { DESK, 0, HASH, 0, 0, 0, crypto_sign_BYTES };
	int64_t *const numbers[] = { NULL, &checkpoint->events, NULL, NULL, &checkpoint->person,
		&checkpoint->key, NULL };
	char word[160];

	for (size_t i = 0; i < 7; i++) {
		bool is_good;

		do {
			if (!word_read(file, word))
				return false;
		} while (strcmp(word, names[i]) != 0);
		if (hex[i])
			is_good = hex_read(file, hex[i], sizes[i]);
		else if (numbers[i])
			is_good = number_read(file, numbers[i]);
		else
			is_good = moment_read(file, &checkpoint->time);
		if (!is_good)
			return false;
	}
	checkpoint->is_given = true;
	return true;
}

static bool checkpoint_holds(const struct checkpoint *checkpoint, const struct key *key)
{
	static const uint8_t tag[] = "tracedesk checkpoint 1";
	const int64_t numbers[] = { checkpoint->time, checkpoint->person, checkpoint->key };
	uint8_t text[sizeof(tag) + DESK + HASH + 32], *to = text + sizeof(tag) + DESK;

	memcpy(text, tag, sizeof(tag));
	memcpy(text + sizeof(tag), checkpoint->desk, DESK);
	for (int i = 0; i < 8; i++)
		*to++ = (uint8_t)((uint64_t)checkpoint->events >> (8 * i));
	memcpy(to, checkpoint->head, HASH);
	to += HASH;
	for (size_t n = 0; n < 3; n++)
		for (int i = 0; i < 8; i++)
			*to++ = (uint8_t)((uint64_t)numbers[n] >> (8 * i));
	return crypto_sign_verify_detached(
		       checkpoint->signature, text, sizeof(text), key->public) == 0;
}

void checkpoint_check(struct trail *trail, const struct event *event, const struct key *key)
{
	struct checkpoint *checkpoint = &trail->checkpoint;

	if (!checkpoint->is_given || checkpoint->events != event->sequence ||
		memcmp(checkpoint->desk, trail->desk, DESK) != 0)
		return;
	checkpoint->is_met = true;
	if (memcmp(checkpoint->head, event->hash.at, HASH) != 0)
		problem(trail, event->sequence,
			"the checkpoint was made at another event: this is another history");
	else if (checkpoint->person != event->person || checkpoint->key != event->key || !key ||
		 key->person != event->person || !checkpoint_holds(checkpoint, key))
		problem(trail, event->sequence, "the signature of the checkpoint does not hold");
}

void checkpoint_end(struct trail *trail)
{
	if (!trail->checkpoint.is_given || trail->checkpoint.is_met)
		return;
	if (memcmp(trail->checkpoint.desk, trail->desk, DESK) != 0)
		problem(trail, 0, "the checkpoint is of another desk");
	else
		problem(trail, 0,
			"the checkpoint was made at event %" PRId64 ", which is not there: the "
			"store is older than the checkpoint",
			trail->checkpoint.events);
}
