/*
 * Organisations as receipts name them.
 */
#include "core/desk_senders.h"

#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/email.h"
#include "core/text.h"
#include "db/rulebook_rows.h"

enum { ALIKE_MOST = 50 };

static bool is_named(const char *name)
{
	return *name != '\0' && strcmp(name, "-") != 0;
}

/* The one of that name as it is known, or empty. */
static enum db_status sender_find(struct desk *desk, const char *name, const char *folded,
	struct organisation *out_organisation)
{
	struct organisation *known = NULL;
	size_t count = 0;
	enum db_status status = organisations_find(desk->store, folded, ALIKE_MOST, &known, &count);

	*out_organisation = (struct organisation) { 0 };
	for (size_t i = 0; i < count; i++) {
		if (!out_organisation->id && text_is_same_name(known[i].name, name))
			*out_organisation = known[i];
		else
			organisation_clear(&known[i]);
	}
	mem_free(known);
	return status;
}

/* Fills in what is not known yet; false: nothing new. */
static bool sender_fill(
	struct organisation *sender, const struct rulebook *rulebook, const struct request *request)
{
	const char *kind = request->field[FIELD_ORGANISATION_KIND];
	bool is_new = sender->id == 0;
	char domain[EMAIL_DOMAIN_SIZE];

	if (is_new) {
		sender->name = mem_text(request->field[FIELD_ORGANISATION]);
		sender->email_domain = mem_text("");
	}
	if (!*sender->kind && is_named(kind)) {
		(void)snprintf(sender->kind, sizeof(sender->kind), "%s", kind);
		is_new = true;
	}
	if (!*sender->email_domain &&
		email_read_domain(request->field[FIELD_REQUESTER_EMAIL], domain) &&
		email_secure_row(rulebook, request->field[FIELD_SERVICE],
			request->field[FIELD_RECEIVED], domain) != NULL) {
		record_set(&sender->email_domain, domain);
		is_new = true;
	}
	return is_new;
}

enum db_status desk_sender_learn(
	struct desk *desk, const struct rulebook *rulebook, const struct request *request)
{
	const char *name = request->field[FIELD_ORGANISATION];
	struct organisation sender;
	struct buffer folded;
	enum db_status status;

	if (!is_named(name))
		return DB_OK;
	buffer_init(&folded);
	text_fold(name, &folded);
	status = sender_find(desk, name, buffer_text(&folded), &sender);
	if (status == DB_OK && sender_fill(&sender, rulebook, request))
		status = organisations_put(desk->store, &sender, buffer_text(&folded));
	buffer_done(&folded);
	organisation_clear(&sender);
	return status;
}
