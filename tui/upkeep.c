/*
 * The three tables.
 */
#include "tui/upkeep.h"

#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/calendar.h"
#include "core/services.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct code yes_no_codes[] = { { "yes", "yes" }, { "no", "no" } };

static const struct code kind_codes[] = {
	{ "minimum_tier", "lowest countersigner" },
	{ "secure_domain", "secure mail domain" },
	{ "legal_basis", "accepted legal basis" },
	{ "purpose", "accepted purpose" },
	{ "item", "item that may be asked for" },
	{ "required", "column a form must have" },
	{ "recipient", "who may receive the answer" },
	{ "necessity_least", "characters of a full reason" },
	{ "signature_days", "days a signature stays fresh" },
};

static const struct code_set own_sets[] = {
	{ "yes_no", yes_no_codes, COUNT(yes_no_codes) },
	{ "rule_kind", kind_codes, COUNT(kind_codes) },
};

/* clang-format off */
static const struct upkeep_field service_fields[] = {
	{ "code", "Code", UPKEEP_TEXT, NULL, 16, true, false, false },
	{ "label", "In the register", UPKEEP_TEXT, NULL, 22, false, true, false },
	{ "accepts_from", "Accepts from", UPKEEP_DAY, NULL, 0, false, false, false },
	{ "accepts_to", "Accepts to", UPKEEP_DAY, NULL, 11, false, false, false },
	{ "held_from", "Held from", UPKEEP_DAY, NULL, 11, false, false, false },
	{ "suspended", "Suspended", UPKEEP_CHOICE, "yes_no", 10, false, false, false },
	{ "shown_from", "Shown from month", UPKEEP_TEXT, NULL, 0, false, false, false },
	{ "shown_to", "Shown to month", UPKEEP_TEXT, NULL, 0, false, false, false },
	{ "note", "Note on the label", UPKEEP_TEXT, NULL, 0, false, false, false },
	{ "note_from", "Note from month", UPKEEP_TEXT, NULL, 0, false, false, false },
	{ "footnote", "Footnote", UPKEEP_TEXT, NULL, 0, false, false, false },
	{ "target_days", "Target", UPKEEP_TEXT, NULL, 7, false, false, false },
};
enum { RULE_KIND, RULE_SCOPE, RULE_VALUE, RULE_FROM, RULE_TO, RULE_MEND, RULE_REMOVE };
static const struct upkeep_field rule_fields[] = {
	{ "kind", "Setting", UPKEEP_CHOICE, "rule_kind", 29, false, true, false },
	{ "scope", "For", UPKEEP_TEXT, NULL, 14, false, true, false },
	{ "value", "Value", UPKEEP_TEXT, NULL, 20, false, true, false },
	{ "from", "Received from", UPKEEP_DAY, NULL, 14, false, false, false },
	{ "to", "Received to", UPKEEP_DAY, NULL, 0, true, false, false },
	{ "mend", "Reaches undecided ones", UPKEEP_CHOICE, "yes_no", 0, false, false, false },
	{ "remove", "Take it out", UPKEEP_CHOICE, "yes_no", 0, false, false, true },
};
static const struct upkeep_field body_fields[] = {
	{ "name", "Organisation", UPKEEP_TEXT, NULL, 34, false, true, false },
	{ "kind", "Kind", UPKEEP_CHOICE, "organisation_kind", 24, false, false, false },
	{ "email_domain", "Mail domain", UPKEEP_TEXT, NULL, 19, false, false, false },
	{ "from", "From", UPKEEP_DAY, NULL, 0, false, false, false },
	{ "to", "To", UPKEEP_DAY, NULL, 0, false, false, false },
};
/* clang-format on */

static struct upkeep_row *row_add(struct upkeep_rows *rows)
{
	size_t size = sizeof(*rows->list);

	rows->list = mem_resize(rows->list, rows->count * size, (rows->count + 1) * size);
	memset(&rows->list[rows->count], 0, size);
	return &rows->list[rows->count++];
}

static void service_put(struct upkeep_rows *rows, const struct service *service)
{
	char days[16] = "";
	const char *const values[] = { service->code, service->label, service->accepts_from,
		service->accepts_to, service->held_from, service->suspended ? "yes" : "no",
		service->shown_from, service->shown_to, service->note, service->note_from,
		service->footnote, days };
	struct upkeep_row *row = row_add(rows);

	if (service->target_days > 0)
		snprintf(days, sizeof(days), "%d", service->target_days);
	for (size_t i = 0; i < COUNT(values); i++)
		row->value[i] = mem_text(values[i]);
}

static enum desk_status services_get(
	struct desk *desk, struct upkeep_rows *out_rows, struct notice *out_notice)
{
	struct service_list services = { 0 };
	enum desk_status status = desk_services(desk, &services.rows, &services.count, out_notice);

	for (size_t i = 0; status == DESK_OK && i < services.count; i++)
		service_put(out_rows, &services.rows[i]);
	services_clear(&services);
	return status;
}

/* The fields that the form changed. */
static size_t changes_take(const struct upkeep_table *table, const char *const *values,
	const struct upkeep_row *before, struct desk_setting *out_settings)
{
	size_t count = 0;

	for (size_t i = 0; i < table->field_count; i++) {
		const char *old = before ? before->value[i] : "";

		if (!table->fields[i].is_fixed && strcmp(values[i], old) != 0)
			out_settings[count++] =
				(struct desk_setting) { table->fields[i].name, values[i] };
	}
	return count;
}

static enum desk_status nothing_changed(struct notice *notice)
{
	return notice_set(notice, DESK_REFUSED, "nothing was changed; Esc leaves the form");
}

static enum desk_status service_set_row(struct desk *desk, const char *const *values,
	const struct upkeep_row *before, struct notice *out_notice)
{
	struct desk_setting settings[UPKEEP_FIELDS_MOST];
	size_t count = changes_take(upkeep_table(0), values, before, settings);

	if (count == 0)
		return nothing_changed(out_notice);
	return desk_service_set(desk, before->value[0], settings, count, out_notice);
}

static enum desk_status rules_get(
	struct desk *desk, struct upkeep_rows *out_rows, struct notice *out_notice)
{
	struct rule_row *rules = NULL;
	size_t count = 0;
	int version;
	enum desk_status status = desk_rules(desk, &rules, &count, &version, out_notice);

	for (size_t i = 0; status == DESK_OK && i < count; i++) {
		struct upkeep_row *row = row_add(out_rows);

		row->value[RULE_KIND] = mem_text(rulebook_kind_code(rules[i].kind));
		row->value[RULE_SCOPE] = mem_text(*rules[i].scope ? rules[i].scope : "all");
		row->value[RULE_VALUE] = mem_text(rules[i].value);
		row->value[RULE_FROM] = mem_text(rules[i].from);
		row->value[RULE_TO] = mem_text(rules[i].to);
		row->value[RULE_MEND] = mem_text(rules[i].mend ? "yes" : "no");
		row->value[RULE_REMOVE] = mem_text("no");
	}
	mem_free(rules);
	return status;
}

static enum desk_status rule_set_row(struct desk *desk, const char *const *values,
	const struct upkeep_row *before, struct notice *out_notice)
{
	bool is_all = strcmp(values[RULE_SCOPE], "all") == 0;
	bool is_dated = !before || strcmp(values[RULE_FROM], before->value[RULE_FROM]) != 0;
	const struct rulebook_change change = {
		.kind = rulebook_kind_from(values[RULE_KIND]),
		.scope = is_all ? "" : values[RULE_SCOPE],
		.value = values[RULE_VALUE],
		.from = is_dated && *values[RULE_FROM] ? values[RULE_FROM] : desk_today(desk),
		.mend = strcmp(values[RULE_MEND], "yes") == 0,
		.remove = strcmp(values[RULE_REMOVE], "yes") == 0,
	};
	int version;

	return desk_rule_set(desk, &change, &version, out_notice);
}

static enum desk_status bodies_get(
	struct desk *desk, struct upkeep_rows *out_rows, struct notice *out_notice)
{
	struct organisation *bodies = NULL;
	size_t count = 0;
	enum desk_status status = desk_organisation_list(desk, "", &bodies, &count, out_notice);

	for (size_t i = 0; status == DESK_OK && i < count; i++) {
		const char *const values[] = { bodies[i].name, bodies[i].kind,
			bodies[i].email_domain, bodies[i].from, bodies[i].to };
		struct upkeep_row *row = row_add(out_rows);

		for (size_t j = 0; j < COUNT(values); j++)
			row->value[j] = mem_text(values[j]);
		organisation_clear(&bodies[i]);
	}
	mem_free(bodies);
	return status;
}

/* The name says which one; it goes along unchanged. */
static enum desk_status body_set_row(struct desk *desk, const char *const *values,
	const struct upkeep_row *before, struct notice *out_notice)
{
	struct desk_setting settings[UPKEEP_FIELDS_MOST];
	size_t count = changes_take(upkeep_table(2), values, before, settings);

	if (count == 0)
		return nothing_changed(out_notice);
	if (before && strcmp(values[0], before->value[0]) == 0)
		settings[count++] = (struct desk_setting) { "name", values[0] };
	return desk_organisation_set(desk, settings, count, out_notice);
}

static const struct upkeep_table tables[UPKEEP_TABLES] = {
	{ "Services", NULL, service_fields, COUNT(service_fields), 1, services_get,
		service_set_row },
	{ "Rules", "A setting of the rulebook", rule_fields, COUNT(rule_fields), 3, rules_get,
		rule_set_row },
	{ "Organisations", "An organisation", body_fields, COUNT(body_fields), 1, bodies_get,
		body_set_row },
};

const struct upkeep_table *upkeep_table(size_t index)
{
	return &tables[index];
}

const struct code_set *upkeep_choices(const struct upkeep_field *field)
{
	for (size_t i = 0; field->choices && i < COUNT(own_sets); i++)
		if (strcmp(own_sets[i].name, field->choices) == 0)
			return &own_sets[i];
	return field->choices ? code_set_find(field->choices) : NULL;
}

void upkeep_shown(const struct upkeep_field *field, const char *value, struct buffer *out)
{
	const struct code_set *choices = upkeep_choices(field);
	const char *label = choices ? code_label(choices, value) : NULL;
	char day[64];

	if (field->kind == UPKEEP_DAY && *value) {
		day_shown(value, day);
		value = day;
	}
	buffer_add(out, label ? label : value);
}

void upkeep_row_clear(struct upkeep_row *row)
{
	for (size_t i = 0; i < UPKEEP_FIELDS_MOST; i++)
		mem_free(row->value[i]);
}

void upkeep_rows_clear(struct upkeep_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		upkeep_row_clear(&rows->list[i]);
	mem_free(rows->list);
	*rows = (struct upkeep_rows) { 0 };
}
