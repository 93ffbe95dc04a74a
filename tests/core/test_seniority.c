/*
 * Ranks as people type them, against the tier of Inspector; who is above whom;
 * how the rank that is needed is named.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/seniority.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define YES	SENIORITY_YES
#define HELD	SENIORITY_HELD_ONLY
#define NO	SENIORITY_NO
#define UNKNOWN SENIORITY_UNKNOWN

/* clang-format off */
static const struct {
	const char *kind;
	const char *typed;
	const char *words; /* "" for an unknown title */
	enum seniority_answer enough; /* Inspector or above */
} read_cases[] = {
	/* The police ladder and its short forms. */
	{ "territorial", "Constable", "Constable", NO },
	{ "territorial", "PC", "Constable", NO },
	{ "territorial", "P.C.", "Constable", NO },
	{ "territorial", "p c", "Constable", NO },
	{ "territorial", "DC", "Constable", NO },
	{ "territorial", "D/C", "Constable", NO },
	{ "territorial", "Det Con", "Constable", NO },
	{ "territorial", "Detective Constable", "Constable", NO },
	{ "territorial", "Police Constable", "Constable", NO },
	{ "territorial", "TDC", "Constable", NO },
	{ "territorial", "T/DC", "Constable", NO },
	{ "territorial", "Trainee Detective Constable", "Constable", NO },
	{ "territorial", "A/PC", "Constable", NO },
	{ "territorial", "Sergeant", "Sergeant", NO },
	{ "territorial", "SERGEANT", "Sergeant", NO },
	{ "territorial", "sargeant", "Sergeant", NO },
	{ "territorial", "Sgt", "Sergeant", NO },
	{ "territorial", "Sgt.", "Sergeant", NO },
	{ "territorial", "PS", "Sergeant", NO },
	{ "territorial", "P.S.", "Sergeant", NO },
	{ "territorial", "DS", "Sergeant", NO },
	{ "territorial", "D/Sgt", "Sergeant", NO },
	{ "territorial", "D Sgt", "Sergeant", NO },
	{ "territorial", "Det. Sgt.", "Sergeant", NO },
	{ "territorial", "Detective Sergeant", "Sergeant", NO },
	{ "territorial", "Inspector", "Inspector", YES },
	{ "territorial", "  inspector ", "Inspector", YES },
	{ "territorial", "Insp", "Inspector", YES },
	{ "territorial", "INSP.", "Inspector", YES },
	{ "territorial", "DI", "Inspector", YES },
	{ "territorial", "D.I.", "Inspector", YES },
	{ "territorial", "D. I.", "Inspector", YES },
	{ "territorial", "d i", "Inspector", YES },
	{ "territorial", "D/Insp", "Inspector", YES },
	{ "territorial", "Det Insp", "Inspector", YES },
	{ "territorial", "Detective-Inspector", "Inspector", YES },
	{ "territorial", "Police Inspector", "Inspector", YES },
	{ "territorial", "Chief Inspector", "Chief Inspector", YES },
	{ "territorial", "Ch Insp", "Chief Inspector", YES },
	{ "territorial", "Ch/Insp", "Chief Inspector", YES },
	{ "territorial", "C/Insp", "Chief Inspector", YES },
	{ "territorial", "Chief Insp.", "Chief Inspector", YES },
	{ "territorial", "DCI", "Chief Inspector", YES },
	{ "territorial", "D.C.I.", "Chief Inspector", YES },
	{ "territorial", "dci", "Chief Inspector", YES },
	{ "territorial", "Det Ch Insp", "Chief Inspector", YES },
	{ "territorial", "Det Chief Inspector", "Chief Inspector", YES },
	{ "territorial", "Superintendent", "Superintendent", YES },
	{ "territorial", "Superintendant", "Superintendent", YES },
	{ "territorial", "Supt", "Superintendent", YES },
	{ "territorial", "Supt.", "Superintendent", YES },
	{ "territorial", "DSU", "Superintendent", YES },
	{ "territorial", "D/Supt", "Superintendent", YES },
	{ "territorial", "Det Supt", "Superintendent", YES },
	{ "territorial", "Det.Supt.", "Superintendent", YES },
	{ "territorial", "Chief Superintendent", "Chief Superintendent", YES },
	{ "territorial", "Ch Supt", "Chief Superintendent", YES },
	{ "territorial", "C/Supt", "Chief Superintendent", YES },
	{ "territorial", "DCS", "Chief Superintendent", YES },
	{ "territorial", "Det Ch Supt", "Chief Superintendent", YES },
	{ "territorial", "Assistant Chief Constable", "Assistant Chief Constable", YES },
	{ "territorial", "ACC", "Assistant Chief Constable", YES },
	{ "territorial", "A.C.C.", "Assistant Chief Constable", YES },
	{ "territorial", "a c c", "Assistant Chief Constable", YES },
	{ "territorial", "DCC", "Deputy Chief Constable", YES },
	{ "territorial", "Deputy Chief Constable", "Deputy Chief Constable", YES },
	{ "territorial", "CC", "Chief Constable", YES },
	{ "territorial", "Chief Constable", "Chief Constable", YES },
	/* Acting, temporary, special. */
	{ "territorial", "A/Sgt", "acting or temporary Sergeant", NO },
	{ "territorial", "APS", "acting or temporary Sergeant", NO },
	{ "territorial", "A/DS", "acting or temporary Sergeant", NO },
	{ "territorial", "T/PS", "acting or temporary Sergeant", NO },
	{ "territorial", "A/Insp", "acting or temporary Inspector", HELD },
	{ "territorial", "A/ Insp", "acting or temporary Inspector", HELD },
	{ "territorial", "a/insp.", "acting or temporary Inspector", HELD },
	{ "territorial", "T/Insp", "acting or temporary Inspector", HELD },
	{ "territorial", "T/Inspector", "acting or temporary Inspector", HELD },
	{ "territorial", "A Insp", "acting or temporary Inspector", HELD },
	{ "territorial", "Acting Inspector", "acting or temporary Inspector", HELD },
	{ "territorial", "Actg Insp", "acting or temporary Inspector", HELD },
	{ "territorial", "Act. Insp.", "acting or temporary Inspector", HELD },
	{ "territorial", "Ag Inspector", "acting or temporary Inspector", HELD },
	{ "territorial", "Temporary Inspector", "acting or temporary Inspector", HELD },
	{ "territorial", "Temp Insp", "acting or temporary Inspector", HELD },
	{ "territorial", "Temp. D.I.", "acting or temporary Inspector", HELD },
	{ "territorial", "T/DI", "acting or temporary Inspector", HELD },
	{ "territorial", "TDI", "acting or temporary Inspector", HELD },
	{ "territorial", "ADI", "acting or temporary Inspector", HELD },
	{ "territorial", "A/D/Insp", "acting or temporary Inspector", HELD },
	{ "territorial", "Inspector (Acting)", "acting or temporary Inspector", HELD },
	{ "territorial", "Inspector (temp)", "acting or temporary Inspector", HELD },
	{ "territorial", "Detective Inspector (temporary)", "acting or temporary Inspector", HELD },
	{ "territorial", "Acting Detective Inspector", "acting or temporary Inspector", HELD },
	{ "territorial", "T/A/Insp", "acting or temporary Inspector", HELD },
	{ "territorial", "A/DCI", "acting or temporary Chief Inspector", YES },
	{ "territorial", "T/DCI", "acting or temporary Chief Inspector", YES },
	{ "territorial", "T/Chief Inspector", "acting or temporary Chief Inspector", YES },
	{ "territorial", "Temp Supt", "acting or temporary Superintendent", YES },
	{ "territorial", "T/Det Supt", "acting or temporary Superintendent", YES },
	{ "territorial", "T/ACC", "acting or temporary Assistant Chief Constable", YES },
	{ "territorial", "A/CC", "acting or temporary Chief Constable", YES },
	{ "territorial", "Special Constable", "special Constable", NO },
	{ "territorial", "Special Sergeant", "special Sergeant", NO },
	{ "territorial", "Special Sgt", "special Sergeant", NO },
	{ "territorial", "Special Inspector", "special Inspector", HELD },
	{ "territorial", "special insp.", "special Inspector", HELD },
	{ "territorial", "Inspector (Special)", "special Inspector", HELD },
	{ "territorial", "Special Superintendent", "special Superintendent", HELD },
	{ "territorial", "Acting Special Inspector", "special acting or temporary Inspector", HELD },
	{ "territorial", "A/Special Inspector", "special acting or temporary Inspector", HELD },
	/* Titles nobody may guess. */
	{ "territorial", "SIO", "", UNKNOWN },
	{ "territorial", "Duty Officer", "", UNKNOWN },
	{ "territorial", "Police staff investigator", "", UNKNOWN },
	{ "territorial", "PSI", "", UNKNOWN },
	{ "territorial", "CI", "", UNKNOWN },
	{ "territorial", "CS", "", UNKNOWN },
	{ "territorial", "Inspector of Taxes", "", UNKNOWN },
	{ "territorial", "Sgt for Inspector", "", UNKNOWN },
	{ "territorial", "Insp 1234", "", UNKNOWN },
	{ "territorial", "Commander", "", UNKNOWN },
	{ "territorial", "DAC", "", UNKNOWN },
	{ "territorial", "Commissioner", "", UNKNOWN },
	{ "territorial", "Major", "", UNKNOWN },
	{ "territorial", "Squadron Leader", "", UNKNOWN },
	{ "territorial", "G3", "", UNKNOWN },
	{ "territorial", "HEO", "", UNKNOWN },
	{ "territorial", "acting", "", UNKNOWN },
	{ "territorial", "A/", "", UNKNOWN },
	{ "territorial", "Detective", "", UNKNOWN },
	{ "territorial", "", "", UNKNOWN },
	{ "territorial", "...", "", UNKNOWN },
	{ "territorial", "Inspect\xd0\xber", "", UNKNOWN }, /* a Cyrillic o */
	{ "territorial", "Insp\xd0\xbe", "", UNKNOWN },
	{ "territorial", "Inspector Inspector Inspector Inspector Inspector Inspector Inspector Inspector", "", UNKNOWN },
	/* The Met and the City. */
	{ "met", "DI", "Inspector", YES },
	{ "met", "A/DI", "acting or temporary Inspector", HELD },
	{ "met", "Commander", "Commander", YES },
	{ "met", "Cdr", "Commander", YES },
	{ "met", "T/Commander", "acting or temporary Commander", YES },
	{ "met", "DAC", "Deputy Assistant Commissioner", YES },
	{ "met", "Deputy Assistant Commissioner", "Deputy Assistant Commissioner", YES },
	{ "met", "AC", "Assistant Commissioner", YES },
	{ "met", "A.C.", "Assistant Commissioner", YES },
	{ "met", "Deputy Commissioner", "Deputy Commissioner", YES },
	{ "met", "Commissioner", "Commissioner", YES },
	{ "met", "Assistant Chief Constable", "", UNKNOWN },
	{ "met", "Chief Constable", "", UNKNOWN },
	{ "city", "Commander", "Commander", YES },
	{ "city", "Assistant Commissioner", "Assistant Commissioner", YES },
	{ "city", "Commissioner", "Commissioner", YES },
	{ "city", "Deputy Commissioner", "", UNKNOWN },
	{ "city", "DAC", "", UNKNOWN },
	{ "city", "PS", "Sergeant", NO },
	/* Service police. */
	{ "service_navy", "Commander", "Commander", YES },
	{ "service_navy", "Cdr.", "Commander", YES },
	{ "service_navy", "Lieutenant Commander", "Lieutenant Commander", YES },
	{ "service_navy", "Lt Cdr", "Lieutenant Commander", YES },
	{ "service_navy", "Lt. Cdr.", "Lieutenant Commander", YES },
	{ "service_navy", "Lt-Cdr", "Lieutenant Commander", YES },
	{ "service_navy", "A/Lt Cdr", "acting or temporary Lieutenant Commander", HELD },
	{ "service_navy", "Acting Commander", "acting or temporary Commander", YES },
	{ "service_navy", "Captain", "Captain", YES },
	{ "service_navy", "Lieutenant", "Lieutenant", NO },
	{ "service_navy", "Lt", "Lieutenant", NO },
	{ "service_navy", "Sub-Lieutenant", "Sub-Lieutenant", NO },
	{ "service_navy", "Master at Arms", "Chief Petty Officer", NO },
	{ "service_navy", "RPO", "Petty Officer", NO },
	{ "service_navy", "Inspector", "", UNKNOWN },
	{ "service_navy", "Major", "", UNKNOWN },
	{ "service_army", "Major", "Major", YES },
	{ "service_army", "Maj", "Major", YES },
	{ "service_army", "A/Major", "acting or temporary Major", HELD },
	{ "service_army", "Lt Col", "Lieutenant Colonel", YES },
	{ "service_army", "Lieutenant-Colonel", "Lieutenant Colonel", YES },
	{ "service_army", "A/Lt Col", "acting or temporary Lieutenant Colonel", YES },
	{ "service_army", "Colonel", "Colonel", YES },
	{ "service_army", "Captain", "Captain", NO },
	{ "service_army", "Capt.", "Captain", NO },
	{ "service_army", "T/Capt", "acting or temporary Captain", NO },
	{ "service_army", "2Lt", "Second Lieutenant", NO },
	{ "service_army", "WO2", "Warrant Officer Class 2", NO },
	{ "service_army", "SSgt", "Staff Sergeant", NO },
	{ "service_army", "S/Sgt", "Staff Sergeant", NO },
	{ "service_army", "Sergeant", "Sergeant", NO },
	{ "service_army", "LCpl", "Lance Corporal", NO },
	{ "service_army", "DI", "", UNKNOWN },
	{ "service_army", "Commander", "", UNKNOWN },
	{ "service_air", "Squadron Leader", "Squadron Leader", YES },
	{ "service_air", "Sqn Ldr", "Squadron Leader", YES },
	{ "service_air", "Acting Squadron Leader", "acting or temporary Squadron Leader", HELD },
	{ "service_air", "Wing Commander", "Wing Commander", YES },
	{ "service_air", "Wg Cdr", "Wing Commander", YES },
	{ "service_air", "Gp Capt", "Group Captain", YES },
	{ "service_air", "Flight Lieutenant", "Flight Lieutenant", NO },
	{ "service_air", "Flt Lt", "Flight Lieutenant", NO },
	{ "service_air", "Fg Off", "Flying Officer", NO },
	{ "service_air", "Flt Sgt", "Flight Sergeant", NO },
	{ "service_air", "Commander", "", UNKNOWN },
	/* NCA. */
	{ "nca", "Grade 1", "Grade 1", YES },
	{ "nca", "Grade 2", "Grade 2", YES },
	{ "nca", "Grade 3", "Grade 3", YES },
	{ "nca", "grade 3", "Grade 3", YES },
	{ "nca", "Gr 3", "Grade 3", YES },
	{ "nca", "Gr. 3", "Grade 3", YES },
	{ "nca", "Gr3", "Grade 3", YES },
	{ "nca", "G3", "Grade 3", YES },
	{ "nca", "g.3", "Grade 3", YES },
	{ "nca", "NCA Grade 3", "Grade 3", YES },
	{ "nca", "A/G3", "acting or temporary Grade 3", HELD },
	{ "nca", "T/Grade 2", "acting or temporary Grade 2", YES },
	{ "nca", "G4", "Grade 4", NO },
	{ "nca", "Temp Grade 4", "acting or temporary Grade 4", NO },
	{ "nca", "Grade 5", "Grade 5", NO },
	{ "nca", "G6", "Grade 6", NO },
	{ "nca", "G7", "", UNKNOWN },
	{ "nca", "G33", "", UNKNOWN },
	{ "nca", "Grade", "", UNKNOWN },
	{ "nca", "DI", "", UNKNOWN },
	{ "nca", "Deputy Director", "", UNKNOWN },
	/* Home Office: two ladders. */
	{ "home_office", "Chief Immigration Officer", "Chief Immigration Officer", YES },
	{ "home_office", "CIO", "Chief Immigration Officer", YES },
	{ "home_office", "C.I.O.", "Chief Immigration Officer", YES },
	{ "home_office", "A/CIO", "acting or temporary Chief Immigration Officer", HELD },
	{ "home_office", "Immigration Officer", "Immigration Officer", NO },
	{ "home_office", "IO", "Immigration Officer", NO },
	{ "home_office", "AIO", "Assistant Immigration Officer", NO },
	{ "home_office", "HMI", "Immigration Inspector", YES },
	{ "home_office", "Immigration Inspector", "Immigration Inspector", YES },
	{ "home_office", "T/HMI", "acting or temporary Immigration Inspector", YES },
	{ "home_office", "HEO", "Higher Executive Officer", YES },
	{ "home_office", "Higher Officer", "Higher Executive Officer", YES },
	{ "home_office", "Higher Officer (HEO)", "Higher Executive Officer", YES },
	{ "home_office", "T/HEO", "acting or temporary Higher Executive Officer", HELD },
	{ "home_office", "SEO", "Senior Executive Officer", YES },
	{ "home_office", "Senior Officer", "Senior Executive Officer", YES },
	{ "home_office", "Grade 7", "Grade 7", YES },
	{ "home_office", "EO", "Executive Officer", NO },
	{ "home_office", "Executive Officer", "Executive Officer", NO },
	{ "home_office", "AO", "Administrative Officer", NO },
	{ "home_office", "AA", "Administrative Assistant", NO },
	{ "home_office", "Inspector", "", UNKNOWN },
	{ "home_office", "Grade 3", "", UNKNOWN },
	/* Kinds without a ladder. */
	{ "court", "Inspector", "", UNKNOWN },
	{ "other", "Inspector", "", UNKNOWN },
	{ "", "Inspector", "", UNKNOWN },
};

static const struct {
	const char *kind;
	const char *countersigner;
	const char *requester;
	enum seniority_answer above;
} above_cases[] = {
	{ "territorial", "PS", "PC", YES },
	{ "territorial", "PC", "DC", NO },
	{ "territorial", "PC", "PS", NO },
	{ "territorial", "DCI", "DI", YES }, /* one tier, two ranks */
	{ "territorial", "DI", "DCI", NO },
	{ "territorial", "Chief Constable", "DCC", YES },
	{ "territorial", "A/Sgt", "PC", HELD },
	{ "territorial", "A/Sgt", "PS", NO },
	{ "territorial", "A/Insp", "PC", YES },
	{ "territorial", "A/Insp", "PS", HELD },
	{ "territorial", "A/Insp", "Inspector", NO },
	{ "territorial", "Inspector", "A/Insp", HELD },
	{ "territorial", "PS", "A/Insp", NO },
	{ "territorial", "PS", "A/Sgt", HELD },
	{ "territorial", "DCI", "A/Insp", YES },
	{ "territorial", "T/DCI", "A/Insp", HELD },
	{ "territorial", "A/Insp", "T/Insp", HELD },
	{ "territorial", "Special Inspector", "PC", HELD },
	{ "territorial", "Special Constable", "PC", NO },
	{ "territorial", "Special Sergeant", "Inspector", NO },
	{ "territorial", "PC", "Special Constable", HELD },
	{ "territorial", "Inspector", "Special Sergeant", YES },
	{ "territorial", "SIO", "PC", UNKNOWN },
	{ "territorial", "Inspector", "Investigator", UNKNOWN },
	{ "territorial", "Commander", "PC", UNKNOWN },
	{ "met", "Commander", "Chief Superintendent", YES },
	{ "met", "Commander", "DAC", NO },
	{ "service_navy", "Commander", "Lt Cdr", YES },
	{ "service_navy", "Commander", "Captain", NO },
	{ "service_navy", "Commander", "DI", UNKNOWN },
	{ "service_army", "Major", "SSgt", YES },
	{ "service_army", "Captain", "Captain", NO },
	{ "service_air", "Sqn Ldr", "Cpl", YES },
	{ "nca", "G3", "G4", YES },
	{ "nca", "G4", "G3", NO },
	{ "nca", "G4", "G6", YES },
	{ "nca", "A/G3", "G4", HELD },
	{ "home_office", "CIO", "IO", YES },
	{ "home_office", "HEO", "EO", YES },
	{ "home_office", "HEO", "IO", YES }, /* two ladders: by tier */
	{ "home_office", "CIO", "HEO", NO },
	{ "home_office", "HEO", "CIO", NO },
	{ "home_office", "SEO", "CIO", YES },
	{ "home_office", "HMI", "Grade 7", NO },
	{ "home_office", "T/HMI", "HEO", HELD },
	{ "home_office", "Grade 7", "SEO", YES },
};

static const struct {
	const char *kind;
	enum tier least;
	const char *words;
} needed_cases[] = {
	{ "territorial", TIER_INSPECTOR, "an Inspector" },
	{ "territorial", TIER_SERGEANT, "a Sergeant" },
	{ "territorial", TIER_CHIEF_OFFICER, "an Assistant Chief Constable" },
	{ "service_navy", TIER_INSPECTOR, "a Lieutenant Commander" },
	{ "service_army", TIER_CHIEF_OFFICER, "a rank of chief officer level" },
	{ "nca", TIER_SUPERINTENDENT, "a Grade 2" },
	{ "home_office", TIER_INSPECTOR, "a Chief Immigration Officer or a Higher Executive Officer" },
	{ "court", TIER_INSPECTOR, "a rank of inspector level" },
};
/* clang-format on */

static void ranks_are_read(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(read_cases); i++) {
		struct seniority read = seniority_read(read_cases[i].kind, read_cases[i].typed);
		enum seniority_answer enough = seniority_is_enough(&read, TIER_INSPECTOR);
		char words[SENIORITY_WORDS_SIZE] = "";

		if (read.ladder)
			seniority_words(&read, words);
		if (strcmp(words, read_cases[i].words) == 0 && enough == read_cases[i].enough)
			continue;
		wrong++;
		print_error("%s \"%s\": \"%s\" (%d), must be \"%s\" (%d)\n", read_cases[i].kind,
			read_cases[i].typed, words, (int)enough, read_cases[i].words,
			(int)read_cases[i].enough);
	}
	print_message("# %zu ranks read\n", COUNT(read_cases));
	assert_true(COUNT(read_cases) >= 150);
	assert_int_equal(wrong, 0);
}

static void ranks_are_compared(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(above_cases); i++) {
		const char *kind = above_cases[i].kind;
		struct seniority one = seniority_read(kind, above_cases[i].countersigner);
		struct seniority other = seniority_read(kind, above_cases[i].requester);
		enum seniority_answer above = seniority_is_above(&one, &other);

		if (above == above_cases[i].above)
			continue;
		wrong++;
		print_error("%s: %s above %s is %d, must be %d\n", kind,
			above_cases[i].countersigner, above_cases[i].requester, (int)above,
			(int)above_cases[i].above);
	}
	print_message("# %zu pairs compared\n", COUNT(above_cases));
	assert_int_equal(wrong, 0);
}

static void other_tiers_can_be_asked_for(void **state)
{
	struct seniority sergeant = seniority_read("territorial", "Sgt");
	struct seniority acting = seniority_read("territorial", "A/Supt");
	struct seniority commander = seniority_read("service_navy", "Commander");

	(void)state;
	assert_int_equal(seniority_is_enough(&sergeant, TIER_SERGEANT), YES);
	assert_int_equal(seniority_is_enough(&acting, TIER_SUPERINTENDENT), HELD);
	assert_int_equal(seniority_is_enough(&commander, TIER_SUPERINTENDENT), YES);
	assert_int_equal(seniority_is_enough(&commander, TIER_CHIEF_OFFICER), NO);
	assert_int_equal(tier_from("superintendent"), TIER_SUPERINTENDENT);
	assert_int_equal(tier_from("Inspector"), TIER_NONE);
	assert_string_equal(tier_name(TIER_CHIEF_OFFICER), "chief officer");
}

static void the_rank_needed_is_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(needed_cases); i++) {
		char words[SENIORITY_WORDS_SIZE];

		seniority_needed(needed_cases[i].kind, needed_cases[i].least, words);
		assert_string_equal(words, needed_cases[i].words);
	}
}

/* Nothing that can be typed makes the reading run away or stumble. */
static void nonsense_is_unknown(void **state)
{
	static const char *const pieces[] = { "a", "t", "acting", "temp", "special", "det", "/" };
	char typed[64];

	(void)state;
	for (size_t i = 0; i < COUNT(pieces) * COUNT(pieces); i++) {
		size_t used = 0;

		for (size_t n = i; used + 8 < sizeof(typed); n = n * 31 + 7)
			used += (size_t)snprintf(typed + used, sizeof(typed) - used, "%s",
				pieces[n % COUNT(pieces)]);
		assert_null(seniority_read("territorial", typed).ladder);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranks_are_read),
		cmocka_unit_test(ranks_are_compared),
		cmocka_unit_test(other_tiers_can_be_asked_for),
		cmocka_unit_test(the_rank_needed_is_named),
		cmocka_unit_test(nonsense_is_unknown),
	};

	return cmocka_run_group_tests_name("seniority", tests, NULL, NULL);
}
