/*
 * Ranks and their tiers as data. A rank is read by the kind of organisation
 * (organisation_kind of interface.md): "Commander" is a chief officer in the
 * Met, of superintendent level in the Navy, and unknown elsewhere. Pure.
 */
#ifndef TRACEDESK_CORE_SENIORITY_H
#define TRACEDESK_CORE_SENIORITY_H

#include <stdbool.h>
#include <stddef.h>

/* The levels that are compared across bodies. Ranks that no table places (under inspector level in
   the services, the NCA and the Home Office) stand at the lowest. */
#define TIERS(X)                                                      \
	X(TIER_CONSTABLE, 1, "constable", "constable")                \
	X(TIER_SERGEANT, 2, "sergeant", "sergeant")                   \
	X(TIER_INSPECTOR, 3, "inspector", "inspector")                \
	X(TIER_SUPERINTENDENT, 4, "superintendent", "superintendent") \
	X(TIER_CHIEF_OFFICER, 5, "chief_officer", "chief officer")

#define TIER_VALUE(constant, number, code, name) constant = number,
enum tier { TIER_NONE = 0, TIERS(TIER_VALUE) };

const char *tier_name(enum tier tier);
/* TIER_NONE for an unknown code. */
enum tier tier_from(const char *code);

/* A rank as somebody typed it. */
struct seniority {
	const struct ladder *ladder; /* NULL: an unknown title */
	int step;		     /* on that ladder, the lowest is 1 */
	bool acting;		     /* acting or temporary: held to be one step lower underneath */
	bool special;		     /* of the special constabulary */
};

enum seniority_answer {
	SENIORITY_YES,
	SENIORITY_HELD_ONLY, /* only if acting, temporary and special ranks count in full */
	SENIORITY_NO,
	SENIORITY_UNKNOWN, /* a title that is not on the ladders of that kind */
};

struct seniority seniority_read(const char *organisation_kind, const char *typed);
enum seniority_answer seniority_is_enough(const struct seniority *seniority, enum tier least);
/* On one ladder by rank, else by tier. */
enum seniority_answer seniority_is_above(
	const struct seniority *seniority, const struct seniority *other);

enum { SENIORITY_WORDS_SIZE = 160 };
/* "acting or temporary Inspector"; of a known rank only. */
void seniority_words(const struct seniority *seniority, char out_words[SENIORITY_WORDS_SIZE]);
/* What a kind of organisation calls the lowest rank of a tier: "an Inspector", "a Chief Immigration
   Officer or a Higher Executive Officer"; "a rank of inspector level" when it has no ladder. */
void seniority_needed(
	const char *organisation_kind, enum tier least, char out_words[SENIORITY_WORDS_SIZE]);
/* "a" or "an" before the word. */
const char *seniority_article(const char *word);

#endif
