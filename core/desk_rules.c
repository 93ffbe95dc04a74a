/*
 * The rulebook as a supervisor keeps it. A change makes a new version: what it
 * replaces ends the day before, or goes at once when it is to reach receipts
 * received before; decisions keep the version that they were made under.
 */
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/desk_private.h"
#include "db/rulebook_rows.h"

enum desk_status desk_rules(struct desk *desk, struct rule_row **out_rows, size_t *out_count,
	int *out_version, struct notice *out_notice)
{
	enum desk_status status = desk_allow(desk, DEED_RULE_LIST, NULL, out_notice);
	enum db_status stored;

	*out_rows = NULL;
	*out_count = 0;
	if (status != DESK_OK)
		return status;
	stored = rules_version(desk->store, out_version);
	if (stored == DB_OK)
		stored = rules_list(desk->store, *out_version, out_rows, out_count);
	return desk_failed(desk->store, stored, out_notice);
}

/* A change under way. */
struct changing {
	const struct rulebook_change *change;
	int version;	       /* that it makes */
	struct rule_row *rows; /* in force before */
	size_t row_count;
};

static bool is_same_place(const struct rule_row *row, const struct rulebook_change *change)
{
	return row->kind == change->kind && strcmp(row->scope, change->scope) == 0;
}

/* Is the row one that the change ends? Of a kind with one value any, else the same value. */
static bool is_meant(const struct rule_row *row, const struct rulebook_change *change)
{
	if (!is_same_place(row, change))
		return false;
	if (strcmp(row->value, change->value) != 0 &&
		(change->remove || !rulebook_kind_is_single(change->kind)))
		return false;
	return change->mend || *row->to == '\0' || strcmp(row->to, change->from) >= 0;
}

/* Does the row say already what the change is to say? */
static bool says_so(const struct rule_row *row, const struct rulebook_change *change)
{
	if (!is_same_place(row, change) || strcmp(row->value, change->value) != 0 ||
		*row->to != '\0')
		return false;
	if (change->mend)
		return *row->from == '\0' || row->mend;
	return row->mend || strcmp(row->from, change->from) <= 0;
}

/* Nothing to change? Then why, for people. */
static const char *why_not(const struct changing *changing)
{
	const struct rulebook_change *change = changing->change;
	bool is_said = false, is_there = false;

	for (size_t i = 0; i < changing->row_count; i++) {
		is_said |= says_so(&changing->rows[i], change);
		is_there |= is_meant(&changing->rows[i], change);
	}
	if (change->remove)
		return is_there ? NULL : "there is no such setting from that day on";
	return is_said ? "the rulebook says so already" : NULL;
}

/* Ends a row. Without mending it holds on for receipts received before the change. */
static enum db_status row_end(
	struct store *store, const struct changing *changing, const struct rule_row *row)
{
	const struct rulebook_change *change = changing->change;
	struct rule_row rest = *row;
	enum db_status status = rules_end(store, row->id, changing->version);

	if (status != DB_OK || change->mend || (!row->mend && strcmp(row->from, change->from) >= 0))
		return status;
	rest.version = changing->version;
	day_from_number(day_number(change->from) - 1, rest.to);
	return rules_insert(store, &rest);
}

static enum db_status change_rows(struct store *store, const struct changing *changing)
{
	const struct rulebook_change *change = changing->change;
	struct rule_row row = {
		.version = changing->version, .kind = change->kind, .mend = change->mend
	};
	enum db_status status = DB_OK;

	for (size_t i = 0; i < changing->row_count && status == DB_OK; i++)
		if (is_meant(&changing->rows[i], change))
			status = row_end(store, changing, &changing->rows[i]);
	if (status != DB_OK || change->remove)
		return status;
	(void)snprintf(row.scope, sizeof(row.scope), "%s", change->scope);
	(void)snprintf(row.value, sizeof(row.value), "%s", change->value);
	(void)snprintf(row.from, sizeof(row.from), "%s", change->from);
	return rules_insert(store, &row);
}

static enum db_status change_write(struct desk *desk, const struct changing *changing)
{
	const struct rulebook_change *change = changing->change;
	const struct event_detail details[] = {
		{ "kind", rulebook_kind_code(change->kind) },
		{ "scope", change->scope },
		{ "value", change->value },
		{ "from", change->from },
		{ "mend", change->mend ? "yes" : "no" },
		{ "remove", change->remove ? "yes" : "no" },
	};
	const struct desk_event event = { EVENT_RULE_SET, NULL, details,
		sizeof(details) / sizeof(details[0]) };
	enum db_status status = change_rows(desk->store, changing);

	return status == DB_OK ? desk_event(desk, &event) : status;
}

static enum desk_status change_make(
	struct desk *desk, struct changing *changing, struct notice *notice)
{
	enum db_status stored = rules_version(desk->store, &changing->version);
	const char *refused = NULL;

	if (stored == DB_OK)
		stored = rules_list(
			desk->store, changing->version, &changing->rows, &changing->row_count);
	changing->version++;
	if (stored == DB_OK)
		refused = why_not(changing);
	if (refused)
		return notice_set(notice, DESK_REFUSED,
			"rule set: %s; `tracedesk rule list` shows what holds", refused);
	if (stored == DB_OK)
		stored = change_write(desk, changing);
	return desk_failed(desk->store, stored, notice);
}

enum desk_status desk_rule_set(struct desk *desk, const struct rulebook_change *change,
	int *out_version, struct notice *out_notice)
{
	struct changing changing = { .change = change };
	enum desk_status status = desk_begin(desk, DEED_RULE_SET, out_notice);
	char why[512];

	if (status != DESK_OK)
		return status;
	if (!rulebook_change_check(change, why, sizeof(why)))
		status = notice_set(out_notice, DESK_USAGE, "rule set: %s", why);
	else
		status = change_make(desk, &changing, out_notice);
	mem_free(changing.rows);
	*out_version = changing.version;
	return desk_finish(desk, DEED_RULE_SET, status, out_notice);
}
