/*
 * What a supervisor keeps, as three tables of texts: services, rules,
 * organisations. Each says what stands in its rows, which of it a form asks,
 * and how a change is made; the screen is the same for all.
 */
#ifndef TRACEDESK_TUI_UPKEEP_H
#define TRACEDESK_TUI_UPKEEP_H

#include "core/codes.h"
#include "tui/ask.h"

enum { UPKEEP_FIELDS_MOST = 13, UPKEEP_TABLES = 3 };

enum upkeep_kind { UPKEEP_TEXT, UPKEEP_DAY, UPKEEP_CHOICE };

struct upkeep_field {
	const char *name, *label;
	enum upkeep_kind kind;
	const char *choices; /* the set of its codes */
	int width;	     /* in the list; 0: it does not stand there */
	bool is_fixed;	     /* shown, never asked */
	bool is_needed;
	bool is_asked_only; /* never shown */
};

/* Owns its texts. */
struct upkeep_row {
	char *value[UPKEEP_FIELDS_MOST];
};

struct upkeep_rows {
	struct upkeep_row *list;
	size_t count;
};

struct upkeep_table {
	const char *title, *add; /* add: the title of a new one's form; NULL: none can be added */
	const struct upkeep_field *fields;
	size_t field_count, keys; /* keys: how many of the first say which row it is */
	enum desk_status (*read)(
		struct desk *desk, struct upkeep_rows *out_rows, struct notice *out_notice);
	/* values: what the form holds, days as YYYY-MM-DD; before: the row, NULL for a new one. */
	enum desk_status (*set)(struct desk *desk, const char *const *values,
		const struct upkeep_row *before, struct notice *out_notice);
};

const struct upkeep_table *upkeep_table(size_t index);
/* NULL: it has none. */
const struct code_set *upkeep_choices(const struct upkeep_field *field);
/* A value as people see it. Appends. */
void upkeep_shown(const struct upkeep_field *field, const char *value, struct buffer *out);
void upkeep_row_clear(struct upkeep_row *row);
void upkeep_rows_clear(struct upkeep_rows *rows);

#endif
