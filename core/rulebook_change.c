/*
 * What may stand in a row of the rulebook, kind by kind: one table.
 */
#include "core/rulebook_change.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/calendar.h"
#include "core/codes.h"
#include "core/email.h"
#include "core/seniority.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct why {
	char *text;
	size_t size;
};

struct kind;
typedef bool value_check(const struct kind *kind, const char *value, const struct why *why);
static value_check check_tier, check_domain, check_code, check_column, check_number;

struct kind {
	enum rulebook_kind kind;
	bool is_single;
	const char *rule; /* NULL: the scope names it */
	const char *scopes;
	value_check *check;
	const char *codes; /* the set of check_code */
	int least, most;   /* of check_number */
};

/* clang-format off */
static const struct kind kinds[] = {
	{ RULEBOOK_MINIMUM_TIER, true, "countersigner_senior_enough", "service", check_tier, NULL, 0, 0 },
	{ RULEBOOK_SECURE_DOMAIN, false, "requester_email_secure", "service", check_domain, NULL, 0, 0 },
	{ RULEBOOK_LEGAL_BASIS, false, "legal_basis_accepted", "service", check_code, "legal_basis", 0, 0 },
	{ RULEBOOK_PURPOSE, false, "purpose_accepted", "service", check_code, "purpose", 0, 0 },
	{ RULEBOOK_ITEM, false, "items_administrative", "service", check_code, "item", 0, 0 },
	{ RULEBOOK_REQUIRED, false, NULL, NULL, check_column, NULL, 0, 0 },
	{ RULEBOOK_RECIPIENT, false, "recipient_allowed", "court_order_kind", check_code, "recipient", 0, 0 },
	{ RULEBOOK_NECESSITY_LEAST, true, "necessity_stated", "service", check_number, NULL, 0, 4000 },
	{ RULEBOOK_SIGNATURE_DAYS, true, "signatures_in_order", "service", check_number, NULL, 1, 3650 },
};

/* The rules that ask for columns. */
static const char *const asking_rules[] = {
	"requester_complete", "countersigner_present", "signed_and_dated", "court_order_complete",
	"warrant_reference_present",
};
/* clang-format on */

static const struct kind *kind_find(int kind)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if ((int)kinds[i].kind == kind)
			return &kinds[i];
	return NULL;
}

bool rulebook_kind_is_single(int kind)
{
	const struct kind *found = kind_find(kind);

	return found && found->is_single;
}

const struct rule *rulebook_kind_rule(int kind, const char *scope)
{
	const struct kind *found = kind_find(kind);

	return found ? rule_find(found->rule ? found->rule : scope) : NULL;
}

static bool refuse(const struct why *why, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static bool refuse(const struct why *why, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(why->text, why->size, format, args);
	va_end(args);
	return false;
}

static bool check_in_set(
	const char *what, const char *set_name, const char *code, const struct why *why)
{
	const struct code_set *set = code_set_find(set_name);
	struct buffer known;

	if (code_label(set, code))
		return true;
	buffer_init(&known);
	for (size_t i = 0; i < set->count; i++)
		buffer_print(&known, "%s%s", i > 0 ? ", " : "", set->codes[i].code);
	(void)refuse(why, "\"%s\" is no %s; choose one of %s", code, what, buffer_text(&known));
	buffer_done(&known);
	return false;
}

static bool check_code(const struct kind *kind, const char *value, const struct why *why)
{
	return check_in_set(rulebook_kind_code((int)kind->kind), kind->codes, value, why);
}

static bool check_tier(const struct kind *kind, const char *value, const struct why *why)
{
	(void)kind;
	if (tier_from(value) != TIER_NONE)
		return true;
	return refuse(why,
		"\"%s\" is no tier; choose one of constable, sergeant, inspector, superintendent, "
		"chief_officer",
		value);
}

static bool check_domain(const struct kind *kind, const char *value, const struct why *why)
{
	(void)kind;
	if (strlen(value) < RULEBOOK_VALUE_SIZE && email_domain_is_valid(value))
		return true;
	return refuse(
		why, "\"%s\" is no mail domain; write it in small letters, as police.uk", value);
}

static bool check_column(const struct kind *kind, const char *value, const struct why *why)
{
	(void)kind;
	if (rules_may_require(value))
		return true;
	return refuse(why,
		"\"%s\" is no column that a form can be asked for; name one such as "
		"requester_station",
		value);
}

static bool check_number(const struct kind *kind, const char *value, const struct why *why)
{
	size_t digits = strspn(value, "0123456789");
	long number =
		digits > 0 && digits < 6 && value[digits] == '\0' ? strtol(value, NULL, 10) : -1;

	if (number >= kind->least && number <= kind->most)
		return true;
	return refuse(why, "\"%s\" is no number from %d to %d; give a whole one", value,
		kind->least, kind->most);
}

static bool check_scope(const struct kind *kind, const char *scope, const struct why *why)
{
	if (kind->scopes)
		return *scope == '\0' || check_in_set(kind->scopes, kind->scopes, scope, why);
	for (size_t i = 0; i < COUNT(asking_rules); i++)
		if (strcmp(asking_rules[i], scope) == 0)
			return true;
	return refuse(why,
		"\"%s\" is no rule that asks for columns; choose one of requester_complete, "
		"countersigner_present, signed_and_dated, court_order_complete, "
		"warrant_reference_present",
		scope);
}

static bool check_kind(const struct kind *kind, const struct why *why)
{
	struct buffer known;

	if (kind)
		return true;
	buffer_init(&known);
	for (size_t i = 0; i < COUNT(kinds); i++)
		buffer_print(
			&known, "%s%s", i > 0 ? ", " : "", rulebook_kind_code((int)kinds[i].kind));
	(void)refuse(why, "unknown kind of setting; choose one of %s", buffer_text(&known));
	buffer_done(&known);
	return false;
}

bool rulebook_change_check(const struct rulebook_change *change, char *out_why, size_t why_size)
{
	const struct kind *kind = kind_find(change->kind);
	const struct why why = { out_why, why_size };

	if (!check_kind(kind, &why) || !check_scope(kind, change->scope, &why) ||
		!kind->check(kind, change->value, &why))
		return false;
	return day_is_valid(change->from) ||
	       refuse(&why, "\"%s\" is no day; write YYYY-MM-DD", change->from);
}

static bool is_replaced(const struct rulebook_row *row, const struct rulebook_change *change)
{
	if ((int)row->kind != change->kind || strcmp(row->scope, change->scope) != 0)
		return false;
	return (!change->remove && rulebook_kind_is_single(change->kind)) ||
	       strcmp(row->value, change->value) == 0;
}

/* Rows of one scope stand before those for all, so that the closer one is the first found. */
void rulebook_try(const struct rulebook *rulebook, const struct rulebook_change *change,
	struct rulebook *out_changed)
{
	struct rulebook_row added = { .kind = (enum rulebook_kind)change->kind };
	bool is_first = !change->remove && *change->scope != '\0';

	(void)snprintf(added.scope, sizeof(added.scope), "%s", change->scope);
	(void)snprintf(added.value, sizeof(added.value), "%s", change->value);
	*out_changed = (struct rulebook) { .version = rulebook->version };
	out_changed->owned = mem_new(rulebook->row_count + 1, sizeof(*out_changed->owned));
	out_changed->rows = out_changed->owned;
	if (is_first)
		out_changed->owned[out_changed->row_count++] = added;
	for (size_t i = 0; i < rulebook->row_count; i++)
		if (!is_replaced(&rulebook->rows[i], change))
			out_changed->owned[out_changed->row_count++] = rulebook->rows[i];
	if (!change->remove && !is_first)
		out_changed->owned[out_changed->row_count++] = added;
}
