/*
 * Groups for people: the check character is the four others and the group's
 * number as a polynomial over GF(32), so each place has a weight of its own.
 */
#include "db/recovery_code.h"

#include <assert.h>
#include <ctype.h>
#include <sodium.h>
#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

enum {
	DATA_CHARACTERS = 52,
	GROUP_DATA = 4,
	GROUP_SIZE = GROUP_DATA + 1,
	GROUPS = DATA_CHARACTERS / GROUP_DATA,
	CHARACTERS = GROUPS * GROUP_SIZE,
	FIELD_POLYNOMIAL = 0x25 /* x^5 + x^2 + 1 */
};

static unsigned check_value(const uint8_t values[GROUP_DATA], unsigned group)
{
	unsigned sum = group;

	for (int i = 0; i <= GROUP_DATA; i++) {
		sum = sum & 16 ? sum << 1 ^ FIELD_POLYNOMIAL : sum << 1;
		if (i < GROUP_DATA)
			sum ^= values[i];
	}
	return sum & 31;
}

/* Five bits of the seed from place * 5 on; past its end zeros. */
static uint8_t seed_value(const uint8_t *seed, unsigned place)
{
	unsigned bit = place * 5;
	unsigned pair = (unsigned)seed[bit / 8] << 8;

	if (bit / 8 + 1 < RECOVERY_SEED_BYTES)
		pair |= seed[bit / 8 + 1];
	return (uint8_t)(pair >> (11 - bit % 8) & 31);
}

struct secret *recovery_code_text(const struct secret *seed)
{
	struct secret *text = secret_new(RECOVERY_CODE_LENGTH + 1);
	uint8_t *to = secret_bytes(text);
	uint8_t values[GROUP_DATA];

	assert(secret_size(seed) == RECOVERY_SEED_BYTES);
	for (unsigned group = 0; group < GROUPS; group++) {
		for (unsigned i = 0; i < GROUP_DATA; i++) {
			values[i] = seed_value(secret_read(seed), group * GROUP_DATA + i);
			*to++ = (uint8_t)alphabet[values[i]];
		}
		*to++ = (uint8_t)alphabet[check_value(values, group)];
		if (group + 1 < GROUPS)
			*to++ = '-';
	}
	sodium_memzero(values, sizeof values);
	secret_cut(text, RECOVERY_CODE_LENGTH);
	return text;
}

/* The value of a character, or -1. */
static int character_value(uint8_t byte)
{
	int letter = toupper(byte);
	const char *found;

	if (letter == 'O')
		letter = '0';
	if (letter == 'I' || letter == 'L')
		letter = '1';
	found = letter ? strchr(alphabet, letter) : NULL;
	return found ? (int)(found - alphabet) : -1;
}

/* The values of all characters; their number, at most one more than fits. */
static size_t text_values(const struct secret *text, uint8_t values[CHARACTERS])
{
	const uint8_t *bytes = secret_read(text);
	size_t count = 0;

	for (size_t i = 0; i < secret_size(text) && count <= CHARACTERS; i++) {
		int value = character_value(bytes[i]);

		if (bytes[i] == '-' || isspace(bytes[i]))
			continue;
		if (value < 0)
			return 0;
		if (count < CHARACTERS)
			values[count] = (uint8_t)value;
		count++;
	}
	return count;
}

static void seed_put(uint8_t *seed, unsigned place, unsigned value)
{
	unsigned bit = place * 5;
	unsigned pair = value << (11 - bit % 8);

	seed[bit / 8] |= (uint8_t)(pair >> 8);
	if (bit / 8 + 1 < RECOVERY_SEED_BYTES)
		seed[bit / 8 + 1] |= (uint8_t)pair;
}

enum db_status recovery_code_read(
	const struct secret *text, struct report *report, struct secret **out_seed)
{
	struct secret *values = secret_new(CHARACTERS);
	struct secret *seed = secret_new(RECOVERY_SEED_BYTES);
	enum db_status status = DB_OK;

	if (text_values(text, secret_bytes(values)) != CHARACTERS)
		status = report_fail(report, DB_LOCKED,
			"recovery code: it has %d groups of %d letters and digits; type it as it "
			"was printed",
			GROUPS, GROUP_SIZE);
	for (unsigned group = 0; group < GROUPS && status == DB_OK; group++) {
		const uint8_t *part = secret_read(values) + group * GROUP_SIZE;

		if (check_value(part, group) != part[GROUP_DATA])
			status = report_fail(report, DB_LOCKED,
				"recovery code: group %u is mistyped; look at it again", group + 1);
		for (unsigned i = 0; i < GROUP_DATA; i++)
			seed_put(secret_bytes(seed), group * GROUP_DATA + i, part[i]);
	}
	*out_seed = status == DB_OK ? seed : NULL;
	if (status != DB_OK)
		secret_free(seed);
	secret_free(values);
	return status;
}
