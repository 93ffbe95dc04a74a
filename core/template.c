/*
 * The columns that only some services ask for, after domain.md section 3 and
 * the services of each check (core/rules.c); every other one is everybody's.
 */
#include "core/template.h"

#include <string.h>

#include "core/json.h"

#define COUNTERSIGNED "police nca home_office"
#define INVESTIGATED  "police nca home_office nhscfa ccrc"

static const struct {
	enum request_field field;
	const char *services;
} only_for[] = {
	{ FIELD_REQUESTER_SIGNED, COUNTERSIGNED },
	{ FIELD_COUNTERSIGNER_NAME, COUNTERSIGNED },
	{ FIELD_COUNTERSIGNER_RANK, COUNTERSIGNED },
	{ FIELD_COUNTERSIGNER_NUMBER, COUNTERSIGNED },
	{ FIELD_COUNTERSIGNER_ORGANISATION, COUNTERSIGNED },
	{ FIELD_COUNTERSIGNED, COUNTERSIGNED },
	{ FIELD_OFFENCE, INVESTIGATED },
	{ FIELD_COURT, "court_order" },
	{ FIELD_COURT_CASE, "court_order" },
	{ FIELD_COURT_ORDER_KIND, "court_order" },
	{ FIELD_COURT_ORDER_DATE, "court_order" },
	{ FIELD_SEALED_COPY_SEEN, "court_order" },
	{ FIELD_RECIPIENT, "court_order" },
	{ FIELD_WARRANT_REFERENCE, "nca" },
	{ FIELD_PANEL_DECISION, "home_office" },
};

static bool words_have(const char *words, const char *word)
{
	size_t size = strlen(word);

	while (*words != '\0') {
		size_t length = strcspn(words, " ");

		if (length == size && memcmp(words, word, size) == 0)
			return true;
		words += length;
		words += *words == ' ';
	}
	return false;
}

bool template_has(const char *service, const struct column *column)
{
	if (column->place != COLUMN_REQUEST)
		return column->place == COLUMN_SUBJECT;
	for (size_t i = 0; i < sizeof(only_for) / sizeof(only_for[0]); i++)
		if ((int)only_for[i].field == column->field)
			return words_have(only_for[i].services, service);
	return true;
}

static void write_empty(const struct column *column, const char *service, struct buffer *out)
{
	json_write_string(column->name, out);
	buffer_add(out, ": ");
	if (column->place == COLUMN_REQUEST && column->field == FIELD_SERVICE)
		json_write_string(service, out);
	else
		buffer_add(out, column->kind == FIELD_LIST ? "[]" : "null");
}

void template_write(const char *service, struct buffer *out)
{
	const char *separator = "{\n  ";

	for (size_t i = 0; i < column_count(); i++) {
		const struct column *column = column_at(i);

		if (column->place != COLUMN_REQUEST || !template_has(service, column))
			continue;
		buffer_add(out, separator);
		write_empty(column, service, out);
		separator = ",\n  ";
	}
	buffer_add(out, ",\n  \"subjects\": [");
	separator = "{\n    ";
	for (size_t i = 0; i < column_count(); i++) {
		const struct column *column = column_at(i);

		if (column->place != COLUMN_SUBJECT)
			continue;
		buffer_add(out, separator);
		write_empty(column, service, out);
		separator = ",\n    ";
	}
	buffer_add(out, "\n  }]\n}\n");
}
