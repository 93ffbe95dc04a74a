/*
 * Judging a new password. It is compared where it lies and never copied.
 */
#include "core/passwords.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "core/passwords_common.h"
#include "core/text.h"

static bool is_same(const char *text, const uint8_t *password, size_t size)
{
	if (strlen(text) != size)
		return false;
	for (size_t i = 0; i < size; i++)
		if (tolower((unsigned char)text[i]) != tolower(password[i]))
			return false;
	return true;
}

static bool is_common(const uint8_t *password, size_t size)
{
	for (size_t i = 0; i < passwords_common_count; i++)
		if (is_same(passwords_common[i], password, size))
			return true;
	return false;
}

/* Characters of checked UTF-8: every byte but those that continue one. */
static size_t characters(const uint8_t *text, size_t size)
{
	size_t count = 0;

	for (size_t i = 0; i < size; i++)
		count += (text[i] & 0xc0) != 0x80;
	return count;
}

enum password_verdict password_judge(const char *name, const uint8_t *password, size_t size)
{
	if (!text_is_utf8((const char *)password, size))
		return PASSWORD_NOT_UTF8;
	if (characters(password, size) < PASSWORD_LEAST)
		return PASSWORD_SHORT;
	if (characters(password, size) > PASSWORD_MOST)
		return PASSWORD_LONG;
	if (is_same(name, password, size))
		return PASSWORD_NAME;
	return is_common(password, size) ? PASSWORD_COMMON : PASSWORD_GOOD;
}
