/*
 * The rulebook and the organisations known before, as rows a supervisor keeps.
 * A change of the rulebook makes a new version: rows come in with it or go out
 * with it, none is rewritten, so that any earlier version can be read again.
 */
#ifndef TRACEDESK_DB_RULEBOOK_ROWS_H
#define TRACEDESK_DB_RULEBOOK_ROWS_H

#include "db/store.h"

enum db_status rules_insert(struct store *store, struct rule_row *row);
/* The row is gone from version on. */
enum db_status rules_end(struct store *store, int64_t id, int version);
/* The newest version; 0 when there is none. */
enum db_status rules_version(struct store *store, int *out_version);
/* The rows of a version, by kind and scope. Free with mem_free. */
enum db_status rules_list(
	struct store *store, int version, struct rule_row **out_rows, size_t *out_count);

/* New, or changed by id. DB_REFUSED: the name is taken. folded: the name folded by the desk. */
enum db_status organisations_put(
	struct store *store, struct organisation *organisation, const char *folded);
/* Those whose folded name begins with prefix, by name, at most limit. Clear each with
   organisation_clear, free with mem_free. */
enum db_status organisations_find(struct store *store, const char *prefix, size_t limit,
	struct organisation **out_organisations, size_t *out_count);

#endif
