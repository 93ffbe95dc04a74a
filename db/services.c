/*
 * The services.
 */
#include "db/services.h"

#include "db/statement.h"

enum { SERVICE_INSERT, SERVICE_UPDATE, SERVICE_LIST, SERVICE_STATEMENTS };

static const char *const service_sql[SERVICE_STATEMENTS] = {
	[SERVICE_INSERT] =
		"INSERT INTO services(code, label, position, accepts_from, accepts_to, shown_from,"
		" shown_to, held_from, suspended, note, note_from, footnote,"
		" target_days) VALUES(:code, :label,"
		" :position, :accepts_from, :accepts_to, :shown_from, :shown_to, :held_from,"
		" :suspended, :note, :note_from, :footnote, :target_days)",
	[SERVICE_UPDATE] =
		"UPDATE services SET label = :label, position = :position,"
		" accepts_from = :accepts_from, accepts_to = :accepts_to, shown_from = :shown_from,"
		" shown_to = :shown_to, held_from = :held_from, suspended = :suspended,"
		" note = :note, note_from = :note_from, footnote = :footnote,"
		" target_days = :target_days WHERE id = :id",
	[SERVICE_LIST] = "SELECT * FROM services ORDER BY position = 0, position, code",
};
static const struct statement_file services = { FILE_SERVICES, service_sql, SERVICE_STATEMENTS };

static void service_bind(struct statement *statement, const struct service *service)
{
	statement_bind_text(statement, ":label", service->label);
	statement_bind_number(statement, ":position", service->position);
	statement_bind_text(statement, ":accepts_from", service->accepts_from);
	statement_bind_text(statement, ":accepts_to", service->accepts_to);
	statement_bind_text(statement, ":shown_from", service->shown_from);
	statement_bind_text(statement, ":shown_to", service->shown_to);
	statement_bind_text(statement, ":held_from", service->held_from);
	statement_bind_number(statement, ":suspended", service->suspended);
	statement_bind_text(statement, ":note", service->note);
	statement_bind_text(statement, ":note_from", service->note_from);
	statement_bind_text(statement, ":footnote", service->footnote);
	statement_bind_number(statement, ":target_days", service->target_days);
}

enum db_status services_insert(struct store *store, struct service *service)
{
	struct statement *statement = statement_use(store, &services, SERVICE_INSERT);
	enum db_status status;

	statement_bind_text(statement, ":code", service->code);
	service_bind(statement, service);
	status = statement_run(statement);
	if (status == DB_OK)
		service->id = sqlite3_last_insert_rowid(store->db);
	return status;
}

enum db_status services_update(struct store *store, const struct service *service)
{
	struct statement *statement = statement_use(store, &services, SERVICE_UPDATE);

	statement_bind_number(statement, ":id", service->id);
	service_bind(statement, service);
	return statement_run(statement);
}

static void service_read(struct statement *statement, struct service *service)
{
	service->id = statement_number(statement, "id");
	statement_copy(statement, "code", service->code, sizeof(service->code));
	service->label = mem_text(statement_text(statement, "label"));
	service->position = (int)statement_number(statement, "position");
	statement_copy(statement, "accepts_from", service->accepts_from, DAY_SIZE);
	statement_copy(statement, "accepts_to", service->accepts_to, DAY_SIZE);
	statement_copy(statement, "shown_from", service->shown_from, sizeof(service->shown_from));
	statement_copy(statement, "shown_to", service->shown_to, sizeof(service->shown_to));
	statement_copy(statement, "held_from", service->held_from, DAY_SIZE);
	service->suspended = statement_number(statement, "suspended") != 0;
	service->note = mem_text(statement_text(statement, "note"));
	statement_copy(statement, "note_from", service->note_from, sizeof(service->note_from));
	service->footnote = mem_text(statement_text(statement, "footnote"));
	service->target_days = (int)statement_number(statement, "target_days");
}

enum db_status services_list(struct store *store, struct service **out_services, size_t *out_count)
{
	struct statement *statement = statement_use(store, &services, SERVICE_LIST);
	struct service *list = NULL;
	size_t count = 0, size = sizeof(*list);
	enum db_status status;

	while ((status = statement_step(statement)) == DB_OK) {
		list = mem_resize(list, count * size, (count + 1) * size);
		service_read(statement, &list[count++]);
	}
	statement_done(statement);
	if (status == DB_NONE) {
		*out_services = list;
		*out_count = count;
		return DB_OK;
	}
	while (count > 0)
		service_clear(&list[--count]);
	mem_free(list);
	return status;
}
