/*
 * What a supervisor keeps: the rulebook, the services, the organisations known
 * before. Part of core/desk.h. Each change is one transaction with its signed
 * event; a refusal is an event too.
 */
#ifndef TRACEDESK_CORE_DESK_KEEPING_H
#define TRACEDESK_CORE_DESK_KEEPING_H

#include <stddef.h>
#include <stdint.h>

#include "core/notice.h"
#include "core/rulebook_change.h"
#include "db/records.h"

struct desk;

/* The rows in force, by kind and scope, and the version they make. Free with mem_free. */
enum desk_status desk_rules(struct desk *desk, struct rule_row **out_rows, size_t *out_count,
	int *out_version, struct notice *out_notice);
/* Makes a new version. DESK_USAGE: an unknown kind, scope or value, or no day; DESK_REFUSED: it
   changes nothing. */
enum desk_status desk_rule_set(struct desk *desk, const struct rulebook_change *change,
	int *out_version, struct notice *out_notice);

/* What the rule of a change found of the receipts received in a period, and what it would find with
   the change, by what became of them: counts. period: as words of a filter (received:). Nothing is
   changed; receipts that the person may not open are left out. DESK_USAGE as desk_rule_set. */
enum { TRIAL_RESULTS = RULE_NOT_APPLICABLE + 1, TRIAL_OUTCOMES = 5 };
struct rule_trial {
	int64_t counts[TRIAL_RESULTS][TRIAL_RESULTS]
		      [TRIAL_OUTCOMES]; /* now, then; 0: undecided,
					   else state - STATE_REJECTED + 1 */
	int64_t receipts, changed;
};
enum desk_status desk_rule_try(struct desk *desk, const struct rulebook_change *change,
	const char *period, struct rule_trial *out_trial, struct notice *out_notice);

/* Columns given by name, each with its value. */
struct desk_setting {
	const char *name;
	const char *value;
};
enum { DESK_SETTINGS_MOST = 16 };
/* Changes the columns given of a service: label, accepts_from, accepts_to, held_from (days),
   shown_from, shown_to, note_from (months), suspended (yes or no), note, footnote,
   target_days (working days, "" for none). DESK_USAGE: no
   such service or column; DESK_REFUSED: no value for the column. */
enum desk_status desk_service_set(struct desk *desk, const char *code,
	const struct desk_setting *settings, size_t count, struct notice *out_notice);

/* All whose name begins so, folded. Clear each with organisation_clear, free with mem_free. */
enum desk_status desk_organisation_list(struct desk *desk, const char *prefix,
	struct organisation **out_organisations, size_t *out_count, struct notice *out_notice);
/* A new one, or changes the columns given of one known by that name: name, kind, email_domain,
   from, to. Statuses as desk_service_set. */
enum desk_status desk_organisation_set(struct desk *desk, const struct desk_setting *settings,
	size_t count, struct notice *out_notice);

/* What the letters say of the desk (letterhead of core/letters.h). Clear with letterhead_clear. */
struct letterhead;
enum desk_status desk_letterhead(
	struct desk *desk, struct letterhead *out_head, struct notice *out_notice);
/* Changes those given of address, telephone, email, complaints; "" for none. Statuses as
   desk_service_set. */
enum desk_status desk_letterhead_set(struct desk *desk, const struct desk_setting *settings,
	size_t count, struct notice *out_notice);

/* What loading bank holidays changed. */
struct desk_holidays {
	size_t added, gone;
};
/* Makes the days from the first of a list (ascending, not empty) to its last what the list says. */
enum desk_status desk_holidays_load(struct desk *desk, const struct holiday *list, size_t count,
	struct desk_holidays *out_done, struct notice *out_notice);

#endif
