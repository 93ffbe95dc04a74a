/*
 * The rulebook between the store's rows and the checks.
 */
#include "core/desk_rulebook.h"

#include <string.h>

#include "db/rulebook_rows.h"

enum db_status desk_rulebook_ship(struct store *store)
{
	const struct rulebook *shipped = rulebook_shipped();
	enum db_status status = DB_OK;

	for (size_t i = 0; i < shipped->row_count && status == DB_OK; i++) {
		const struct rulebook_row *from = &shipped->rows[i];
		struct rule_row row = { .version = shipped->version, .kind = (int)from->kind };

		memcpy(row.scope, from->scope, sizeof(row.scope));
		memcpy(row.value, from->value, sizeof(row.value));
		memcpy(row.from, from->from, sizeof(row.from));
		memcpy(row.to, from->to, sizeof(row.to));
		status = rules_insert(store, &row);
	}
	return status;
}

static void row_copy(const struct rule_row *from, bool is_undecided, struct rulebook_row *row)
{
	row->kind = (enum rulebook_kind)from->kind;
	memcpy(row->scope, from->scope, sizeof(row->scope));
	memcpy(row->value, from->value, sizeof(row->value));
	memcpy(row->to, from->to, sizeof(row->to));
	if (!from->mend || !is_undecided)
		memcpy(row->from, from->from, sizeof(row->from));
}

enum db_status desk_rulebook_load(
	struct store *store, int version, bool is_undecided, struct rulebook *out_rulebook)
{
	struct rule_row *rows = NULL;
	size_t count = 0;
	enum db_status status = DB_OK;

	*out_rulebook = (struct rulebook) { .version = version };
	if (version == 0)
		status = rules_version(store, &out_rulebook->version);
	if (status == DB_OK)
		status = rules_list(store, out_rulebook->version, &rows, &count);
	if (status != DB_OK)
		return status;
	out_rulebook->owned = mem_new(count > 0 ? count : 1, sizeof(*out_rulebook->owned));
	for (int for_all = 0; for_all <= 1; for_all++)
		for (size_t i = 0; i < count; i++)
			if ((*rows[i].scope == '\0') == (for_all == 1))
				row_copy(&rows[i], is_undecided,
					&out_rulebook->owned[out_rulebook->row_count++]);
	out_rulebook->rows = out_rulebook->owned;
	mem_free(rows);
	return DB_OK;
}

void desk_rulebook_clear(struct rulebook *rulebook)
{
	mem_free(rulebook->owned);
	*rulebook = (struct rulebook) { 0 };
}
