/*
 * Decisions and proposals.
 */
#include "db/decisions.h"

#include "db/statement.h"

#define DECISION_COLUMNS                                                                      \
	"SELECT d.id AS id, d.request AS request, d.kind AS kind, d.result AS result,"        \
	" d.proposer AS proposer, p.name AS proposer_name, d.proposed AS proposed,"           \
	" d.reasons AS reasons, d.note AS note, d.outcome AS outcome, d.detail AS detail,"    \
	" d.items AS items, d.recipient AS recipient, d.rules_version AS rules_version,"      \
	" d.findings AS findings, coalesce(d.reviewer, 0) AS reviewer,"                       \
	" coalesce(v.name, '') AS reviewer_name, d.reviewed AS reviewed, d.struck AS struck," \
	" d.review_note AS review_note FROM decisions d JOIN people p ON p.id = d.proposer"   \
	" LEFT JOIN people v ON v.id = d.reviewer"

enum { DECISION_INSERT, DECISION_REVIEW, DECISION_OPEN_ONE, DECISION_LIST, DECISION_STATEMENTS };

static const char *const decision_sql[DECISION_STATEMENTS] = {
	[DECISION_INSERT] =
		"INSERT INTO decisions(request, kind, result, proposer, proposed, reasons, note,"
		" outcome, detail, items, recipient, rules_version, findings) VALUES(:request, "
		":kind, :result,"
		" :proposer, :proposed, :reasons, :note, :outcome, :detail, :items, :recipient,"
		" :rules_version,"
		" :findings)",
	[DECISION_REVIEW] = "UPDATE decisions SET result = :result, reviewer = :reviewer,"
			    " reviewed = :reviewed, struck = :struck, review_note = :review_note"
			    " WHERE id = :id AND result = 1",
	[DECISION_OPEN_ONE] = DECISION_COLUMNS " WHERE d.request = :request AND d.result = 1",
	[DECISION_LIST] = DECISION_COLUMNS " WHERE d.request = :request ORDER BY d.id",
};
static const struct statement_file decisions = { FILE_DECISIONS, decision_sql,
	DECISION_STATEMENTS };

enum db_status decisions_insert(struct store *store, struct decision *decision)
{
	struct statement *statement = statement_use(store, &decisions, DECISION_INSERT);
	enum db_status status;

	statement_bind_number(statement, ":request", decision->request);
	statement_bind_number(statement, ":kind", decision->kind);
	statement_bind_number(statement, ":result", decision->result);
	statement_bind_number(statement, ":proposer", decision->proposer);
	statement_bind_number(statement, ":proposed", decision->proposed);
	statement_bind_text(statement, ":reasons", decision->reasons);
	statement_bind_text(statement, ":note", decision->note);
	statement_bind_text(statement, ":outcome", decision->outcome);
	statement_bind_text(statement, ":detail", decision->detail);
	statement_bind_text(statement, ":items", decision->items);
	statement_bind_text(statement, ":recipient", decision->recipient);
	statement_bind_number(statement, ":rules_version", decision->rules_version);
	statement_bind_text(statement, ":findings", decision->findings);
	status = statement_run(statement);
	if (status == DB_OK)
		decision->id = sqlite3_last_insert_rowid(store->db);
	return status;
}

enum db_status decisions_review(struct store *store, const struct decision *decision)
{
	struct statement *statement = statement_use(store, &decisions, DECISION_REVIEW);
	enum db_status status;

	statement_bind_number(statement, ":id", decision->id);
	statement_bind_number(statement, ":result", decision->result);
	statement_bind_number(statement, ":reviewer", decision->reviewer);
	statement_bind_number(statement, ":reviewed", decision->reviewed);
	statement_bind_text(statement, ":struck", decision->struck);
	statement_bind_text(statement, ":review_note", decision->review_note);
	status = statement_run(statement);
	if (status == DB_OK && sqlite3_changes(store->db) != 1)
		return store_fail(store, DB_REFUSED, "it was reviewed meanwhile");
	return status;
}

static void decision_read(struct statement *statement, struct decision *decision)
{
	decision_init(decision);
	decision->id = statement_number(statement, "id");
	decision->request = statement_number(statement, "request");
	decision->kind = (enum decision_kind)statement_number(statement, "kind");
	decision->result = (enum decision_result)statement_number(statement, "result");
	decision->proposer = statement_number(statement, "proposer");
	decision->proposed = statement_number(statement, "proposed");
	decision->rules_version = (int)statement_number(statement, "rules_version");
	decision->reviewer = statement_number(statement, "reviewer");
	decision->reviewed = statement_number(statement, "reviewed");
	statement_copy(statement, "proposer_name", decision->proposer_name, NAME_SIZE);
	statement_copy(statement, "reviewer_name", decision->reviewer_name, NAME_SIZE);
	statement_copy(statement, "outcome", decision->outcome, CODE_SIZE);
	record_set(&decision->reasons, statement_text(statement, "reasons"));
	record_set(&decision->note, statement_text(statement, "note"));
	record_set(&decision->detail, statement_text(statement, "detail"));
	record_set(&decision->items, statement_text(statement, "items"));
	statement_copy(statement, "recipient", decision->recipient, CODE_SIZE);
	record_set(&decision->findings, statement_text(statement, "findings"));
	record_set(&decision->struck, statement_text(statement, "struck"));
	record_set(&decision->review_note, statement_text(statement, "review_note"));
}

enum db_status decisions_open(struct store *store, int64_t request, struct decision *out_decision)
{
	struct statement *statement = statement_use(store, &decisions, DECISION_OPEN_ONE);
	enum db_status status;

	statement_bind_number(statement, ":request", request);
	status = statement_step(statement);
	if (status == DB_OK)
		decision_read(statement, out_decision);
	statement_done(statement);
	return status;
}

enum db_status decisions_list(
	struct store *store, int64_t request, struct decision **out_decisions, size_t *out_count)
{
	struct statement *statement = statement_use(store, &decisions, DECISION_LIST);
	struct decision *list = NULL;
	size_t count = 0, size = sizeof(*list);
	enum db_status status;

	statement_bind_number(statement, ":request", request);
	while ((status = statement_step(statement)) == DB_OK) {
		list = mem_resize(list, count * size, (count + 1) * size);
		decision_read(statement, &list[count++]);
	}
	statement_done(statement);
	if (status == DB_NONE) {
		*out_decisions = list;
		*out_count = count;
		return DB_OK;
	}
	while (count > 0)
		decision_clear(&list[--count]);
	mem_free(list);
	return status;
}
