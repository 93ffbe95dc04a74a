/*
 * E-mail addresses and the rulebook's secure domains. Pure.
 */
#ifndef TRACEDESK_CORE_EMAIL_H
#define TRACEDESK_CORE_EMAIL_H

#include <stdbool.h>
#include <stddef.h>

#include "core/rulebook.h"

enum { EMAIL_DOMAIN_SIZE = 256 };

/* Small letters, digits and hyphens in parts that neither begin nor end with a hyphen, two at
   least, parted by dots. */
bool email_domain_is_valid(const char *domain);
/* The domain of one plain address (blanks round it are passed over), in lower case. False: it is
   none, or could hide another in it. */
bool email_read_domain(const char *email, char out_domain[EMAIL_DOMAIN_SIZE]);
/* The row of the secure domain that a domain is, or is under; NULL: none that holds for the scope
   on that day. */
const struct rulebook_row *email_secure_row(
	const struct rulebook *rulebook, const char *scope, const char *day, const char *domain);

#endif
