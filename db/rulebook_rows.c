/*
 * Rows of the rulebook and of organisations.
 */
#include "db/rulebook_rows.h"

#include <string.h>

#include "db/statement.h"

enum { RULE_INSERT, RULE_END, RULE_VERSION, RULE_LIST, RULE_STATEMENTS };

static const char *const rule_sql[RULE_STATEMENTS] = {
	[RULE_INSERT] = "INSERT INTO rulebook(version, kind, scope, value, valid_from, valid_to,"
			" mend) VALUES(:version, :kind, :scope, :value, :valid_from, :valid_to,"
			" :mend)",
	[RULE_END] = "UPDATE rulebook SET until = :version WHERE id = :id",
	[RULE_VERSION] = "SELECT coalesce(max(max(version, until)), 0) AS version FROM rulebook",
	[RULE_LIST] = ("SELECT * FROM rulebook WHERE version <= :version"
		       " AND (until = 0 OR until > :version) ORDER BY kind, scope, id"),
};
static const struct statement_file rules = { FILE_RULEBOOK, rule_sql, RULE_STATEMENTS };

enum { ORGANISATION_INSERT, ORGANISATION_UPDATE, ORGANISATION_FIND, ORGANISATION_STATEMENTS };

static const char *const organisation_sql[ORGANISATION_STATEMENTS] = {
	[ORGANISATION_INSERT] =
		"INSERT INTO organisations(name, folded, kind, email_domain, valid_from, valid_to)"
		" VALUES(:name, :folded, :kind, :email_domain, :valid_from, :valid_to)",
	[ORGANISATION_UPDATE] =
		"UPDATE organisations SET name = :name, folded = :folded, kind = :kind,"
		" email_domain = :email_domain, valid_from = :valid_from, valid_to = :valid_to"
		" WHERE id = :id",
	[ORGANISATION_FIND] = "SELECT * FROM organisations WHERE folded >= :prefix"
			      " AND folded < :prefix || char(1114111)"
			      " ORDER BY folded LIMIT :limit",
};
static const struct statement_file organisations = { FILE_ORGANISATIONS, organisation_sql,
	ORGANISATION_STATEMENTS };

enum db_status rules_insert(struct store *store, struct rule_row *row)
{
	struct statement *statement = statement_use(store, &rules, RULE_INSERT);
	enum db_status status;

	statement_bind_number(statement, ":version", row->version);
	statement_bind_number(statement, ":kind", row->kind);
	statement_bind_text(statement, ":scope", row->scope);
	statement_bind_text(statement, ":value", row->value);
	statement_bind_text(statement, ":valid_from", row->from);
	statement_bind_text(statement, ":valid_to", row->to);
	statement_bind_number(statement, ":mend", row->mend);
	status = statement_run(statement);
	if (status == DB_OK)
		row->id = sqlite3_last_insert_rowid(store->db);
	return status;
}

enum db_status rules_end(struct store *store, int64_t id, int version)
{
	struct statement *statement = statement_use(store, &rules, RULE_END);

	statement_bind_number(statement, ":id", id);
	statement_bind_number(statement, ":version", version);
	return statement_run(statement);
}

enum db_status rules_version(struct store *store, int *out_version)
{
	int64_t version = 0;
	enum db_status status = statement_one_number(store, &rules, RULE_VERSION, &version);

	*out_version = (int)version;
	return status;
}

static void rule_read(struct statement *statement, struct rule_row *row)
{
	row->id = statement_number(statement, "id");
	row->version = (int)statement_number(statement, "version");
	row->until = (int)statement_number(statement, "until");
	row->kind = (int)statement_number(statement, "kind");
	row->mend = statement_number(statement, "mend") != 0;
	statement_copy(statement, "scope", row->scope, sizeof(row->scope));
	statement_copy(statement, "value", row->value, sizeof(row->value));
	statement_copy(statement, "valid_from", row->from, sizeof(row->from));
	statement_copy(statement, "valid_to", row->to, sizeof(row->to));
}

enum db_status rules_list(
	struct store *store, int version, struct rule_row **out_rows, size_t *out_count)
{
	struct statement *statement = statement_use(store, &rules, RULE_LIST);
	struct rule_row *list = NULL;
	size_t count = 0, size = sizeof(*list);
	enum db_status status;

	statement_bind_number(statement, ":version", version);
	while ((status = statement_step(statement)) == DB_OK) {
		list = mem_resize(list, count * size, (count + 1) * size);
		rule_read(statement, &list[count++]);
	}
	statement_done(statement);
	if (status != DB_NONE) {
		mem_free(list);
		return status;
	}
	*out_rows = list;
	*out_count = count;
	return DB_OK;
}

enum db_status organisations_put(
	struct store *store, struct organisation *organisation, const char *folded)
{
	struct statement *statement = statement_use(store, &organisations,
		organisation->id ? ORGANISATION_UPDATE : ORGANISATION_INSERT);
	enum db_status status;

	if (organisation->id)
		statement_bind_number(statement, ":id", organisation->id);
	statement_bind_text(statement, ":name", organisation->name);
	statement_bind_text(statement, ":folded", folded);
	statement_bind_text(statement, ":kind", organisation->kind);
	statement_bind_text(statement, ":email_domain", organisation->email_domain);
	statement_bind_text(statement, ":valid_from", organisation->from);
	statement_bind_text(statement, ":valid_to", organisation->to);
	status = statement_run(statement);
	if (status == DB_OK && !organisation->id)
		organisation->id = sqlite3_last_insert_rowid(store->db);
	return status;
}

static void organisation_read(struct statement *statement, struct organisation *organisation)
{
	organisation->id = statement_number(statement, "id");
	organisation->name = mem_text(statement_text(statement, "name"));
	organisation->email_domain = mem_text(statement_text(statement, "email_domain"));
	statement_copy(statement, "kind", organisation->kind, sizeof(organisation->kind));
	statement_copy(statement, "valid_from", organisation->from, DAY_SIZE);
	statement_copy(statement, "valid_to", organisation->to, DAY_SIZE);
}

enum db_status organisations_find(struct store *store, const char *prefix, size_t limit,
	struct organisation **out_organisations, size_t *out_count)
{
	struct statement *statement = statement_use(store, &organisations, ORGANISATION_FIND);
	struct organisation *list = NULL;
	size_t count = 0, size = sizeof(*list);
	enum db_status status;

	statement_bind_text(statement, ":prefix", prefix);
	statement_bind_number(statement, ":limit", (int64_t)limit);
	while ((status = statement_step(statement)) == DB_OK) {
		list = mem_resize(list, count * size, (count + 1) * size);
		organisation_read(statement, &list[count++]);
	}
	statement_done(statement);
	if (status == DB_NONE) {
		*out_organisations = list;
		*out_count = count;
		return DB_OK;
	}
	while (count > 0)
		organisation_clear(&list[--count]);
	mem_free(list);
	return status;
}
