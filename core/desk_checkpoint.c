/*
 * Checkpoints as a short text: it fits a page or an e-mail, and is read again
 * from one that quoted or wrapped it.
 */
#include "core/desk_checkpoint.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"

enum { WORD_SIZE = 160, SIGNATURE_HALF = CHECKPOINT_SIGNATURE_BYTES / 2 };

static void put_hex(const uint8_t *bytes, size_t size, struct buffer *out)
{
	for (size_t i = 0; i < size; i++)
		buffer_print(out, "%02x", bytes[i]);
}

void checkpoint_write(const struct checkpoint *checkpoint, const char *name, struct buffer *out)
{
	char time[21];

	moment_text(checkpoint->time, time);
	buffer_add(out, "tracedesk checkpoint 1\ndesk ");
	put_hex(checkpoint->desk_id, sizeof(checkpoint->desk_id), out);
	buffer_print(out, "\nevents %" PRId64 "\nhead ", checkpoint->events);
	put_hex(checkpoint->head, sizeof(checkpoint->head), out);
	buffer_print(out, "\ntime %s\nperson %" PRId64 " (%s)\nkey %" PRId64 "\nsignature\n", time,
		checkpoint->person, name, checkpoint->key);
	put_hex(checkpoint->signature, SIGNATURE_HALF, out);
	buffer_add(out, "\n");
	put_hex(checkpoint->signature + SIGNATURE_HALF, SIGNATURE_HALF, out);
	buffer_add(out, "\n");
}

/* The next word, quote marks of an e-mail passed over. */
static bool word_next(const char **text, char word[WORD_SIZE])
{
	size_t size;

	do {
		*text += strspn(*text, " \t\r\n");
		size = strcspn(*text, " \t\r\n");
		if (size == 0 || size >= WORD_SIZE)
			return false;
		memcpy(word, *text, size);
		word[size] = '\0';
		*text += size;
	} while (word[strspn(word, ">")] == '\0');
	return true;
}

static int hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *place = c != '\0' ? strchr(digits, c) : NULL;

	return place ? (int)(place - digits) : -1;
}

/* Over as many words as it takes. */
static bool take_hex(const char **text, uint8_t *out, size_t size)
{
	char word[WORD_SIZE];

	while (size > 0) {
		size_t length;

		if (!word_next(text, word))
			return false;
		length = strlen(word);
		if (length % 2 != 0 || length / 2 > size)
			return false;
		for (size_t i = 0; i < length; i += 2) {
			int high = hex_digit(word[i]), low = hex_digit(word[i + 1]);

			if (high < 0 || low < 0)
				return false;
			*out++ = (uint8_t)(high << 4 | low);
		}
		size -= length / 2;
	}
	return true;
}

static bool take_number(const char **text, int64_t *out)
{
	char word[WORD_SIZE], again[WORD_SIZE];

	if (!word_next(text, word) || sscanf(word, "%" SCNd64, out) != 1)
		return false;
	(void)snprintf(again, sizeof(again), "%" PRId64, *out);
	return strcmp(word, again) == 0;
}

static bool take_moment(const char **text, int64_t *out)
{
	char word[WORD_SIZE], day[DAY_SIZE], again[21];
	int hour, minute, second;

	if (!word_next(text, word) ||
		sscanf(word, "%10[0-9-]T%2d:%2d:%2dZ", day, &hour, &minute, &second) != 4 ||
		!day_is_valid(day))
		return false;
	*out = (int64_t)day_number(day) * 86400 + hour * 3600 + minute * 60 + second;
	moment_text(*out, again);
	return strcmp(word, again) == 0;
}

/* Up to the word that names what comes. */
static bool find(const char **text, const char *name)
{
	char word[WORD_SIZE];

	while (word_next(text, word))
		if (strcmp(word, name) == 0)
			return true;
	return false;
}

bool checkpoint_parse(const char *text, struct checkpoint *out_checkpoint)
{
	struct checkpoint *to = out_checkpoint;

	return find(&text, "checkpoint") && find(&text, "desk") &&
	       take_hex(&text, to->desk_id, sizeof(to->desk_id)) && find(&text, "events") &&
	       take_number(&text, &to->events) && find(&text, "head") &&
	       take_hex(&text, to->head, sizeof(to->head)) && find(&text, "time") &&
	       take_moment(&text, &to->time) && find(&text, "person") &&
	       take_number(&text, &to->person) && find(&text, "key") &&
	       take_number(&text, &to->key) && find(&text, "signature") &&
	       take_hex(&text, to->signature, sizeof(to->signature));
}
