/*
 * Officers who signed or countersigned requests of an organisation before, read
 * from the receipts themselves. Those of flagged receipts are left out.
 */
#ifndef TRACEDESK_DB_OFFICERS_H
#define TRACEDESK_DB_OFFICERS_H

#include "db/records.h"
#include "db/store.h"

/* Those whose name begins with prefix (capitals of A to Z apart), by name. Clear with
   officers_clear, free with mem_free. */
enum db_status officers_find(struct store *store, const char *organisation, const char *prefix,
	struct officer **out_officers, size_t *out_count);

#endif
