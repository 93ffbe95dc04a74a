/*
 * An address is trusted by its domain alone, so whatever could be read as two
 * addresses, or as another domain, is none.
 */
#include "core/email.h"

#include <string.h>

bool email_domain_is_valid(const char *domain)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
	size_t size, dots = 0;

	for (;; domain += size + 1, dots++) {
		size = strspn(domain, letters);
		if (size == 0 || domain[0] == '-' || domain[size - 1] == '-')
			return false;
		if (domain[size] == '\0')
			return dots > 0;
		if (domain[size] != '.')
			return false;
	}
}

/* In small letters. False: it is no domain to trust, or does not fit. */
static bool domain_read(const char *text, size_t size, char out_domain[EMAIL_DOMAIN_SIZE])
{
	if (size >= EMAIL_DOMAIN_SIZE)
		return false;
	for (size_t i = 0; i < size; i++)
		out_domain[i] =
			(char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] - 'A' + 'a' : text[i]);
	out_domain[size] = '\0';
	return email_domain_is_valid(out_domain);
}

/* One plain address: a local part of visible ASCII without the signs that could hide another
   address in it, one @, a domain. */
bool email_read_domain(const char *email, char out_domain[EMAIL_DOMAIN_SIZE])
{
	static const char blanks[] = " \t\r\n";
	size_t size, local;

	email += strspn(email, blanks);
	size = strlen(email);
	while (size > 0 && strchr(blanks, email[size - 1]))
		size--;
	for (local = 0; local < size && email[local] != '@'; local++)
		if (email[local] <= ' ' || email[local] > '~' ||
			strchr("\"(),:;<>[\\]%", email[local]))
			return false;
	if (local == 0 || local >= size)
		return false;
	return domain_read(email + local + 1, size - local - 1, out_domain);
}

static bool domain_is_under(const char *domain, const char *listed)
{
	size_t size = strlen(domain);
	size_t length = strlen(listed);

	if (size < length || strcmp(domain + size - length, listed) != 0)
		return false;
	return size == length || domain[size - length - 1] == '.';
}

const struct rulebook_row *email_secure_row(
	const struct rulebook *rulebook, const char *scope, const char *day, const char *domain)
{
	const struct rulebook_row *row = NULL;

	while ((row = rulebook_next(rulebook, RULEBOOK_SECURE_DOMAIN, scope, day, row)) != NULL)
		if (domain_is_under(domain, row->value))
			return row;
	return NULL;
}
