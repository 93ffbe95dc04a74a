/*
 * People and their public keys.
 */
#include "db/people.h"

#include <sodium.h>
#include <string.h>

#include "db/statement.h"

enum { BOX_KEY_BYTES = 32 };

#define PERSON_COLUMNS "SELECT id, name, full_name, roles, disabled, must_change FROM people"

enum {
	PERSON_INSERT,
	PERSON_UPDATE,
	PERSON_LOAD,
	PERSON_LIST,
	PERSON_COUNT,
	PERSON_ROLES,
	PERSON_ADD_KEY,
	PERSON_ADD_RECOVERY_KEY,
	PERSON_BOX_KEYS,
	PERSON_STATEMENTS
};

static const char *const person_sql[PERSON_STATEMENTS] = {
	[PERSON_INSERT] = "INSERT INTO people(name, full_name, roles, disabled, must_change)"
			  " VALUES(:name, :full_name, :roles, :disabled, :must_change)",
	[PERSON_UPDATE] = "UPDATE people SET full_name = :full_name, roles = :roles,"
			  " disabled = :disabled, must_change = :must_change WHERE name = :name",
	[PERSON_LOAD] = PERSON_COLUMNS " WHERE name = :name",
	[PERSON_LIST] = PERSON_COLUMNS " ORDER BY name",
	[PERSON_COUNT] = "SELECT count(*) AS count FROM people",
	[PERSON_ROLES] = "SELECT name, roles, disabled FROM people WHERE id = :id",
	[PERSON_ADD_KEY] = "INSERT INTO person_keys(person, sign_public, box_public)"
			   " VALUES(:person, :sign_public, :box_public)",
	[PERSON_ADD_RECOVERY_KEY] = "INSERT INTO person_keys(person, sign_public, box_public)"
				    " VALUES(NULL, :sign_public, :box_public)",
	[PERSON_BOX_KEYS] =
		"SELECT box_public FROM person_keys k"
		" WHERE id = (SELECT max(id) FROM person_keys n WHERE n.person IS k.person)"
		" AND (person IS NULL OR person IN"
		" (SELECT id FROM people WHERE disabled = 0))",
};
static const struct statement_file people = { FILE_PEOPLE, person_sql, PERSON_STATEMENTS };

static enum db_status person_write(struct store *store, int which, const struct person *person)
{
	struct statement *statement = statement_use(store, &people, which);

	statement_bind_text(statement, ":name", person->name);
	statement_bind_text(statement, ":full_name", person->full_name);
	statement_bind_number(statement, ":roles", person->roles);
	statement_bind_number(statement, ":disabled", person->disabled);
	statement_bind_number(statement, ":must_change", person->must_change);
	return statement_run(statement);
}

enum db_status people_insert(struct store *store, struct person *person)
{
	enum db_status status = person_write(store, PERSON_INSERT, person);

	if (status == DB_OK)
		person->id = sqlite3_last_insert_rowid(store->db);
	return status;
}

enum db_status people_update(struct store *store, const struct person *person)
{
	return person_write(store, PERSON_UPDATE, person);
}

static void person_read(struct statement *statement, struct person *person)
{
	person->id = statement_number(statement, "id");
	statement_copy(statement, "name", person->name, sizeof(person->name));
	person->full_name = mem_text(statement_text(statement, "full_name"));
	person->roles = (unsigned)statement_number(statement, "roles");
	person->disabled = statement_number(statement, "disabled") != 0;
	person->must_change = statement_number(statement, "must_change") != 0;
}

enum db_status people_load(struct store *store, const char *name, struct person *out_person)
{
	struct statement *statement = statement_use(store, &people, PERSON_LOAD);
	enum db_status status;

	statement_bind_text(statement, ":name", name);
	status = statement_step(statement);
	if (status == DB_OK)
		person_read(statement, out_person);
	statement_done(statement);
	return status == DB_NONE ? store_fail(store, DB_NONE, "there is no person of that name")
				 : status;
}

enum db_status people_list(struct store *store, struct person **out_people, size_t *out_count)
{
	struct statement *statement = statement_use(store, &people, PERSON_LIST);
	struct person *list = NULL;
	size_t count = 0, size = sizeof(*list);
	enum db_status status;

	while ((status = statement_step(statement)) == DB_OK) {
		list = mem_resize(list, count * size, (count + 1) * size);
		person_read(statement, &list[count++]);
	}
	statement_done(statement);
	*out_people = list;
	*out_count = count;
	if (status == DB_NONE)
		return DB_OK;
	while (count > 0)
		person_clear(&list[--count]);
	mem_free(list);
	*out_people = NULL;
	*out_count = 0;
	return status;
}

enum db_status people_count(struct store *store, int64_t *out_count)
{
	return statement_one_number(store, &people, PERSON_COUNT, out_count);
}

enum db_status people_add_key(struct store *store, int64_t person, const uint8_t sign_public[32],
	const uint8_t box_public[32])
{
	struct statement *statement =
		statement_use(store, &people, person ? PERSON_ADD_KEY : PERSON_ADD_RECOVERY_KEY);

	if (person)
		statement_bind_number(statement, ":person", person);
	statement_bind_bytes(statement, ":sign_public", sign_public, 32);
	statement_bind_bytes(statement, ":box_public", box_public, 32);
	return statement_run(statement);
}

enum db_status people_box_keys(struct store *store, uint8_t **out_keys, size_t *out_count)
{
	struct statement *statement = statement_use(store, &people, PERSON_BOX_KEYS);
	uint8_t *keys = NULL;
	size_t count = 0, size;
	enum db_status status;

	while ((status = statement_step(statement)) == DB_OK) {
		const uint8_t *key = statement_bytes(statement, "box_public", &size);

		if (!key || size != BOX_KEY_BYTES)
			continue;
		keys = mem_resize(keys, count * size, (count + 1) * size);
		memcpy(keys + count++ * size, key, size);
	}
	statement_done(statement);
	*out_keys = keys;
	*out_count = count;
	return status == DB_NONE ? DB_OK : status;
}

/* Without letters and digits that are read for one another: 100 bits in 20 of 32. */
struct secret *people_one_time_password(void)
{
	static const char letters[33] = "abcdefghijkmnpqrstuvwxyz23456789";
	enum { LETTERS = 20, GROUP = 5, SIZE = LETTERS + LETTERS / GROUP - 1 };
	struct secret *password = secret_new(SIZE);
	uint8_t *text = secret_bytes(password);

	for (size_t i = 0; i < SIZE; i++)
		text[i] = i % (GROUP + 1) == GROUP ? (uint8_t)'-'
						   : (uint8_t)letters[randombytes_uniform(32)];
	return password;
}

enum db_status people_roles(struct store *store, int64_t id, unsigned *out_roles)
{
	struct statement *statement = statement_use(store, &people, PERSON_ROLES);
	enum db_status status;

	statement_bind_number(statement, ":id", id);
	status = statement_step(statement);
	*out_roles = status == DB_OK ? (unsigned)statement_number(statement, "roles") : 0;
	if (status == DB_OK && statement_number(statement, "disabled") != 0)
		status = store_fail(store, DB_LOCKED,
			"%s: this person is disabled; ask an administrator",
			statement_text(statement, "name"));
	statement_done(statement);
	return status;
}
