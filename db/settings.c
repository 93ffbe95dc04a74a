/*
 * Settings by name.
 */
#include "db/settings.h"

#include "db/statement.h"

enum { SETTING_GET, SETTING_SET, SETTING_STATEMENTS };

static const char *const setting_sql[SETTING_STATEMENTS] = {
	[SETTING_GET] = "SELECT value FROM settings WHERE name = :name",
	[SETTING_SET] = "INSERT INTO settings(name, value) VALUES(:name, :value)"
			" ON CONFLICT(name) DO UPDATE SET value = excluded.value",
};
static const struct statement_file settings = { FILE_SETTINGS, setting_sql, SETTING_STATEMENTS };

enum db_status settings_get(struct store *store, const char *name, char *out_value, size_t size)
{
	struct statement *statement = statement_use(store, &settings, SETTING_GET);
	enum db_status status;

	*out_value = '\0';
	statement_bind_text(statement, ":name", name);
	status = statement_step(statement);
	if (status == DB_OK)
		statement_copy(statement, "value", out_value, size);
	statement_done(statement);
	return status;
}

enum db_status settings_set(struct store *store, const char *name, const char *value)
{
	struct statement *statement = statement_use(store, &settings, SETTING_SET);

	statement_bind_text(statement, ":name", name);
	statement_bind_text(statement, ":value", value);
	return statement_run(statement);
}
