/*
 * One example for each command; tests/cli/usage.sh gives every one of them to its
 * command.
 */
#include "cli/examples.h"

#include <string.h>

#include "core/columns.h"

/* Whose columns the keys are. */
enum keys { KEYS_OWN, KEYS_REQUEST, KEYS_SUBMISSION };

/* clang-format off */

static const struct example {
	const char *words;
	enum keys keys;
	const char *object;
} examples[] = {
	{ "request add", KEYS_REQUEST,
		"  {\n"
		"    \"service\": \"police\", \"received\": \"2021-01-04\", \"channel\": \"post\",\n"
		"    \"organisation\": \"Kent Police\", \"organisation_kind\": \"territorial\",\n"
		"    \"requester_name\": \"Priya Lowe\", \"requester_rank\": \"DC\",\n"
		"    \"items\": [\"name\", \"address\"],\n"
		"    \"subjects\": [{\"subject_surname\": \"Otesta\", \"subject_dob\": \"1980-02-29\"}]\n"
		"  }\n" },
	{ "request edit", KEYS_REQUEST,
		"  {\n"
		"    \"offence\": \"burglary\", \"items\": [\"name\", \"address\"]\n"
		"  }\n" },
	{ "request answer", KEYS_REQUEST,
		"  {\n"
		"    \"requester_number\": \"12345\", \"requester_signed\": \"2021-01-02\"\n"
		"  }\n" },
	{ "request query", KEYS_OWN,
		"  {\n"
		"    \"ask\": \"Who countersigned the form?\"\n"
		"  }\n" },
	{ "request trace", KEYS_OWN,
		"  {\n"
		"    \"subjects\": [{\n"
		"      \"trace_code\": \"00\", \"matched_on\": [\"name\", \"date_of_birth\"],\n"
		"      \"s_flag\": \"no\", \"identity_changed\": \"no\",\n"
		"      \"values\": {\"address\": \"1 High Street\"}\n"
		"    }],\n"
		"    \"items\": [\"address\"],\n"
		"    \"recipient\": \"requester\"\n"
		"  }\n" },
	{ "request no-trace", KEYS_OWN,
		"  {\n"
		"    \"trace_code\": \"98\", \"sources\": [\"PDS\"]\n"
		"  }\n" },
	{ "request guardian", KEYS_OWN,
		"  {\n"
		"    \"guardian\": \"Dr Noor Hale\", \"decided\": \"2021-01-04\", \"decision\": \"withhold\",\n"
		"    \"items\": [], \"recipient\": null, \"note\": \"Asked by telephone.\"\n"
		"  }\n" },
	{ "request correct", KEYS_OWN,
		"  {\n"
		"    \"outcome\": \"rejected\", \"reasons\": [\"purpose_accepted\"],\n"
		"    \"reason\": \"The purpose was read wrongly.\"\n"
		"  }\n" },
	{ "request incident", KEYS_OWN,
		"  {\n"
		"    \"what\": \"The letter went to a wrong mailbox.\", \"when\": \"2021-01-04\",\n"
		"    \"told\": \"the data protection officer\", \"reference\": \"DPO-17\"\n"
		"  }\n" },
	{ "dbsb receive", KEYS_SUBMISSION,
		"  {\n"
		"    \"received\": \"2021-01-04\", \"organisation\": \"Kent Police\",\n"
		"    \"contact_email\": \"batch@kent.police.uk\"\n"
		"  }\n" },
	{ "dbsb correct", KEYS_SUBMISSION,
		"  {\n"
		"    \"organisation\": \"Essex Police\", \"note\": \"The sender was read wrongly.\"\n"
		"  }\n" },
	{ "service set", KEYS_OWN,
		"  {\n"
		"    \"accepts_to\": \"2021-12-31\", \"target_days\": 20\n"
		"  }\n" },
	{ "organisation set", KEYS_OWN,
		"  {\n"
		"    \"name\": \"Kent Police\", \"kind\": \"territorial\", \"email_domain\": \"kent.police.uk\"\n"
		"  }\n" },
	{ "letterhead set", KEYS_OWN,
		"  {\n"
		"    \"telephone\": \"01632 960000\", \"email\": \"desk@example.nhs.uk\"\n"
		"  }\n" },
};

/* clang-format on */

static const struct example *example_find(const char *words)
{
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++)
		if (strcmp(examples[i].words, words) == 0)
			return &examples[i];
	return NULL;
}

const char *example_object(const char *words)
{
	const struct example *example = example_find(words);

	return example ? example->object : NULL;
}

static void keys_add(const struct column *column, enum column_place place, struct buffer *out)
{
	if (column->place == place)
		buffer_print(out, "%s%s", out->size > 0 ? ", " : "", column->name);
}

void example_keys(const char *words, struct buffer *out)
{
	const struct example *example = example_find(words);

	if (!example || example->keys == KEYS_OWN)
		return;
	if (example->keys == KEYS_SUBMISSION) {
		for (enum submission_field i = 0; i < SUBMISSION_FIELD_COUNT; i++)
			keys_add(submission_column_at(i), COLUMN_SUBMISSION, out);
		return;
	}
	for (size_t i = 0; i < column_count(); i++)
		keys_add(column_at(i), COLUMN_REQUEST, out);
	buffer_add(out, "; subjects, an array of objects with ");
	for (size_t i = 0, count = 0; i < column_count(); i++)
		if (column_at(i)->place == COLUMN_SUBJECT)
			buffer_print(out, "%s%s", count++ > 0 ? ", " : "", column_at(i)->name);
}
