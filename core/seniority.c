/*
 * The ladders of each kind of organisation, lowest rank first, and the reading
 * of what people type. A typed rank is squeezed to its letters and digits
 * ("D.C.I.", "d c i" and "DCI" are one) and looked up whole; then the words
 * that may stand before or after a rank (acting, special, detective) are taken
 * off one at a time. What is not on the ladders stays unknown: it is asked
 * about, never guessed.
 */
#include "core/seniority.h"

#include <stdio.h>
#include <string.h>

enum { KEY_SIZE = 64 };

struct rank {
	enum tier tier;
	const char *name;
	const char *spellings; /* squeezed, parted by blanks; the name itself is one of them */
};

struct ladder {
	const char *organisation_kind;
	const struct rank *ranks;
	int count;
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* clang-format off */

/* CI and CS are left out: they are also civilian investigators and civil staff. */
#define POLICE_RANKS \
	{ TIER_CONSTABLE, "Constable", "constable pc dc con const policeconstable dcon dconst tdc" }, \
	{ TIER_SERGEANT, "Sergeant", "sergeant serjeant sargeant sgt sergt ps ds dsgt policesergeant" }, \
	{ TIER_INSPECTOR, "Inspector", "inspector insp inspr ins di dinsp policeinspector" }, \
	{ TIER_INSPECTOR, "Chief Inspector", "chiefinspector chiefinsp chinsp chinspector cinsp dci dchinsp dcinsp" }, \
	{ TIER_SUPERINTENDENT, "Superintendent", "superintendent superintendant supt supdt dsu dsupt" }, \
	{ TIER_SUPERINTENDENT, "Chief Superintendent", "chiefsuperintendent chiefsuperintendant chiefsupt chsupt chsuperintendent csupt dcs dchsupt dcsupt" }

/* Police forces outside London; British Transport Police, Ministry of Defence Police and Civil
   Nuclear Constabulary have the same ranks. */
static const struct rank territorial[] = {
	POLICE_RANKS,
	{ TIER_CHIEF_OFFICER, "Assistant Chief Constable", "assistantchiefconstable asstchiefconstable acc" },
	{ TIER_CHIEF_OFFICER, "Deputy Chief Constable", "deputychiefconstable depchiefconstable dcc" },
	{ TIER_CHIEF_OFFICER, "Chief Constable", "chiefconstable cc" },
};

static const struct rank met[] = {
	POLICE_RANKS,
	{ TIER_CHIEF_OFFICER, "Commander", "commander cmdr cdr" },
	{ TIER_CHIEF_OFFICER, "Deputy Assistant Commissioner", "deputyassistantcommissioner dac" },
	{ TIER_CHIEF_OFFICER, "Assistant Commissioner", "assistantcommissioner asstcommissioner ac" },
	{ TIER_CHIEF_OFFICER, "Deputy Commissioner", "deputycommissioner" },
	{ TIER_CHIEF_OFFICER, "Commissioner", "commissioner" },
};

static const struct rank city[] = {
	POLICE_RANKS,
	{ TIER_CHIEF_OFFICER, "Commander", "commander cmdr cdr" },
	{ TIER_CHIEF_OFFICER, "Assistant Commissioner", "assistantcommissioner asstcommissioner ac" },
	{ TIER_CHIEF_OFFICER, "Commissioner", "commissioner" },
};

/* Service police: the statutory designated-officer tables place Lieutenant Commander, Major and
   Squadron Leader with Inspector, the next rank with Superintendent; all below are under inspector. */
static const struct rank navy[] = {
	{ TIER_CONSTABLE, "Leading Regulator", "leadingregulator leadinghand lreg lh" },
	{ TIER_CONSTABLE, "Petty Officer", "pettyofficer regulatingpettyofficer po rpo" },
	{ TIER_CONSTABLE, "Chief Petty Officer", "chiefpettyofficer masteratarms cpo maa" },
	{ TIER_CONSTABLE, "Warrant Officer", "warrantofficer warrantofficer1 warrantofficer2 wo wo1 wo2" },
	{ TIER_CONSTABLE, "Sub-Lieutenant", "sublieutenant sublt slt" },
	{ TIER_CONSTABLE, "Lieutenant", "lieutenant lieut lt" },
	{ TIER_INSPECTOR, "Lieutenant Commander", "lieutenantcommander lieutcommander ltcommander ltcdr ltcmdr" },
	{ TIER_SUPERINTENDENT, "Commander", "commander cdr cmdr" },
	{ TIER_SUPERINTENDENT, "Captain", "captain capt" },
	{ TIER_SUPERINTENDENT, "Commodore", "commodore cdre" },
};

static const struct rank army[] = {
	{ TIER_CONSTABLE, "Lance Corporal", "lancecorporal lcorporal lcpl" },
	{ TIER_CONSTABLE, "Corporal", "corporal cpl" },
	{ TIER_CONSTABLE, "Sergeant", "sergeant serjeant sargeant sgt" },
	{ TIER_CONSTABLE, "Staff Sergeant", "staffsergeant staffserjeant staffsgt ssgt ssergeant" },
	{ TIER_CONSTABLE, "Warrant Officer Class 2", "warrantofficerclass2 warrantofficer2 warrantofficer wo2 woii wo" },
	{ TIER_CONSTABLE, "Warrant Officer Class 1", "warrantofficerclass1 warrantofficer1 wo1 woi" },
	{ TIER_CONSTABLE, "Second Lieutenant", "secondlieutenant 2ndlieutenant 2lieutenant 2lt 2ndlt" },
	{ TIER_CONSTABLE, "Lieutenant", "lieutenant lieut lt" },
	{ TIER_CONSTABLE, "Captain", "captain capt" },
	{ TIER_INSPECTOR, "Major", "major maj" },
	{ TIER_SUPERINTENDENT, "Lieutenant Colonel", "lieutenantcolonel lieutcolonel ltcolonel ltcol" },
	{ TIER_SUPERINTENDENT, "Colonel", "colonel col" },
	{ TIER_SUPERINTENDENT, "Brigadier", "brigadier brig" },
};

static const struct rank air[] = {
	{ TIER_CONSTABLE, "Lance Corporal", "lancecorporal lcpl" },
	{ TIER_CONSTABLE, "Corporal", "corporal cpl" },
	{ TIER_CONSTABLE, "Sergeant", "sergeant serjeant sargeant sgt" },
	{ TIER_CONSTABLE, "Flight Sergeant", "flightsergeant fltsgt flightsgt fsgt fs" },
	{ TIER_CONSTABLE, "Warrant Officer", "warrantofficer wo" },
	{ TIER_CONSTABLE, "Pilot Officer", "pilotofficer pltoff plto" },
	{ TIER_CONSTABLE, "Flying Officer", "flyingofficer fgoff fgo" },
	{ TIER_CONSTABLE, "Flight Lieutenant", "flightlieutenant flightlt fltlieutenant fltlt" },
	{ TIER_INSPECTOR, "Squadron Leader", "squadronleader sqnldr sqnleader" },
	{ TIER_SUPERINTENDENT, "Wing Commander", "wingcommander wgcdr wingcdr wgcmdr" },
	{ TIER_SUPERINTENDENT, "Group Captain", "groupcaptain gpcapt groupcapt" },
	{ TIER_SUPERINTENDENT, "Air Commodore", "aircommodore aircdre" },
};

/* NCA grades count downwards: Grade 3 was placed with Inspector for its predecessor. */
static const struct rank nca[] = {
	{ TIER_CONSTABLE, "Grade 6", "grade6 gr6 g6 gradesix" },
	{ TIER_CONSTABLE, "Grade 5", "grade5 gr5 g5 gradefive" },
	{ TIER_CONSTABLE, "Grade 4", "grade4 gr4 g4 gradefour" },
	{ TIER_INSPECTOR, "Grade 3", "grade3 gr3 g3 gradethree" },
	{ TIER_SUPERINTENDENT, "Grade 2", "grade2 gr2 g2 gradetwo" },
	{ TIER_SUPERINTENDENT, "Grade 1", "grade1 gr1 g1 gradeone" },
};

/* The Home Office has two ladders: immigration officers and the civil service grades. */
static const struct rank immigration[] = {
	{ TIER_CONSTABLE, "Assistant Immigration Officer", "assistantimmigrationofficer asstimmigrationofficer aio" },
	{ TIER_CONSTABLE, "Immigration Officer", "immigrationofficer io" },
	{ TIER_INSPECTOR, "Chief Immigration Officer", "chiefimmigrationofficer cio" },
	{ TIER_SUPERINTENDENT, "Immigration Inspector", "immigrationinspector hminspector hmi hminspectorofimmigration hismajestysinspector hermajestysinspector" },
};

static const struct rank civil_service[] = {
	{ TIER_CONSTABLE, "Administrative Assistant", "administrativeassistant adminassistant aa" },
	{ TIER_CONSTABLE, "Administrative Officer", "administrativeofficer adminofficer ao" },
	{ TIER_CONSTABLE, "Executive Officer", "executiveofficer eo" },
	{ TIER_INSPECTOR, "Higher Executive Officer", "higherexecutiveofficer higherofficer heo higherofficerheo higherexecutiveofficerheo" },
	{ TIER_SUPERINTENDENT, "Senior Executive Officer", "seniorexecutiveofficer seniorofficer seo seniorofficerseo seniorexecutiveofficerseo" },
	{ TIER_SUPERINTENDENT, "Grade 7", "grade7 gr7 g7 gradeseven" },
	{ TIER_SUPERINTENDENT, "Grade 6", "grade6 gr6 g6 gradesix" },
};

#define LADDER(kind, ranks) { kind, ranks, COUNT(ranks) }
static const struct ladder ladders[] = {
	LADDER("territorial", territorial),
	LADDER("met", met),
	LADDER("city", city),
	LADDER("service_navy", navy),
	LADDER("service_army", army),
	LADDER("service_air", air),
	LADDER("nca", nca),
	LADDER("home_office", immigration),
	LADDER("home_office", civil_service),
};

/* Words round a rank. The single letters come last: "ACC" is a rank, "ADI" an acting one. */
enum mark { MARK_NOTHING, MARK_ACTING, MARK_SPECIAL };
static const struct {
	const char *word;
	enum mark mark;
	bool may_follow;
} marks[] = {
	{ "detective", MARK_NOTHING, false },
	{ "det", MARK_NOTHING, false },
	{ "trainee", MARK_NOTHING, false },
	{ "nca", MARK_NOTHING, false },
	{ "acting", MARK_ACTING, true },
	{ "actg", MARK_ACTING, true },
	{ "act", MARK_ACTING, false },
	{ "ag", MARK_ACTING, false },
	{ "temporary", MARK_ACTING, true },
	{ "temp", MARK_ACTING, true },
	{ "tmp", MARK_ACTING, true },
	{ "ty", MARK_ACTING, false },
	{ "special", MARK_SPECIAL, true },
	{ "spl", MARK_SPECIAL, false },
	{ "a", MARK_ACTING, false },
	{ "t", MARK_ACTING, false },
};

#define TIER_CODE(constant, number, code, name) { constant, code, name },
static const struct {
	enum tier tier;
	const char *code;
	const char *name;
} tiers[] = { TIERS(TIER_CODE) };

/* clang-format on */

const char *tier_name(enum tier tier)
{
	for (size_t i = 0; i < COUNT(tiers); i++)
		if (tiers[i].tier == tier)
			return tiers[i].name;
	return "no";
}

enum tier tier_from(const char *code)
{
	for (size_t i = 0; i < COUNT(tiers); i++)
		if (strcmp(tiers[i].code, code) == 0)
			return tiers[i].tier;
	return TIER_NONE;
}

/* Letters in lower case and digits; other signs of ASCII drop out, foreign letters stay, so that
   they match nothing. False: longer than any rank. */
static bool squeeze(const char *typed, char out_key[KEY_SIZE])
{
	size_t size = 0;

	for (; *typed != '\0'; typed++) {
		char c = *typed;

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80)))
			continue;
		if (size == KEY_SIZE - 1)
			return false;
		out_key[size++] = c;
	}
	out_key[size] = '\0';
	return size > 0;
}

static bool spellings_have(const char *spellings, const char *key)
{
	size_t size = strlen(key);

	while (*spellings != '\0') {
		size_t length = strcspn(spellings, " ");

		if (length == size && memcmp(spellings, key, size) == 0)
			return true;
		spellings += length;
		spellings += strspn(spellings, " ");
	}
	return false;
}

static bool ladder_find(const char *kind, const char *key, struct seniority *seniority)
{
	for (size_t i = 0; i < COUNT(ladders); i++) {
		if (strcmp(ladders[i].organisation_kind, kind) != 0)
			continue;
		for (int rank = 0; rank < ladders[i].count; rank++)
			if (spellings_have(ladders[i].ranks[rank].spellings, key)) {
				seniority->ladder = &ladders[i];
				seniority->step = rank + 1;
				return true;
			}
	}
	return false;
}

static void mark_set(enum mark mark, struct seniority *seniority)
{
	switch (mark) {
	case MARK_NOTHING:
		break;
	case MARK_ACTING:
		seniority->acting = true;
		break;
	case MARK_SPECIAL:
		seniority->special = true;
		break;
	}
}

static bool key_read(const char *kind, char *key, struct seniority *seniority);

/* The key without one word before or after it. */
static bool key_read_marked(const char *kind, char *key, size_t index, struct seniority *seniority)
{
	size_t word = strlen(marks[index].word);
	size_t size = strlen(key);
	bool found = false;

	if (size <= word)
		return false;
	if (strncmp(key, marks[index].word, word) == 0)
		found = key_read(kind, key + word, seniority);
	if (!found && marks[index].may_follow &&
		strcmp(key + size - word, marks[index].word) == 0) {
		key[size - word] = '\0';
		found = key_read(kind, key, seniority);
		key[size - word] = marks[index].word[0];
	}
	if (found)
		mark_set(marks[index].mark, seniority);
	return found;
}

/* Each step takes a word off, so it ends. */
static bool key_read(const char *kind, char *key, struct seniority *seniority)
{
	if (ladder_find(kind, key, seniority))
		return true;
	for (size_t i = 0; i < COUNT(marks); i++)
		if (key_read_marked(kind, key, i, seniority))
			return true;
	return false;
}

/* "A/" and "T/" are said outright, so "A/CC" is no "ACC". */
static const char *slashes_skip(const char *typed, bool *out_acting)
{
	for (;;) {
		size_t blank = strspn(typed, " \t");
		const char *at = typed + blank;
		size_t letters = strcspn(at, "/ ");

		if (letters != 1 || at[1] != '/' || strchr("aAtT", at[0]) == NULL)
			return typed;
		*out_acting = true;
		typed = at + 2;
	}
}

struct seniority seniority_read(const char *organisation_kind, const char *typed)
{
	struct seniority seniority = { 0 };
	bool acting = false;
	char key[KEY_SIZE];

	typed = slashes_skip(typed, &acting);
	if (!squeeze(typed, key) || !key_read(organisation_kind, key, &seniority))
		return (struct seniority) { 0 };
	seniority.acting = seniority.acting || acting;
	/* Nobody acts up into the lowest rank: "T/DC" is a trainee. */
	if (seniority.step == 1)
		seniority.acting = false;
	return seniority;
}

/* The step that counts for certain; 0 is below every rank. */
static int step_underneath(const struct seniority *seniority)
{
	if (seniority->special)
		return 0;
	return seniority->acting ? seniority->step - 1 : seniority->step;
}

static int tier_at(const struct ladder *ladder, int step)
{
	return step > 0 ? (int)ladder->ranks[step - 1].tier : TIER_NONE;
}

enum seniority_answer seniority_is_enough(const struct seniority *seniority, enum tier least)
{
	if (seniority->ladder == NULL)
		return SENIORITY_UNKNOWN;
	if (tier_at(seniority->ladder, step_underneath(seniority)) >= (int)least)
		return SENIORITY_YES;
	if (tier_at(seniority->ladder, seniority->step) >= (int)least)
		return SENIORITY_HELD_ONLY;
	return SENIORITY_NO;
}

enum seniority_answer seniority_is_above(
	const struct seniority *seniority, const struct seniority *other)
{
	int low, high, other_low, other_high;

	if (seniority->ladder == NULL || other->ladder == NULL)
		return SENIORITY_UNKNOWN;
	low = step_underneath(seniority);
	high = seniority->step;
	other_low = step_underneath(other);
	other_high = other->step;
	if (seniority->ladder != other->ladder) {
		low = tier_at(seniority->ladder, low);
		high = tier_at(seniority->ladder, high);
		other_low = tier_at(other->ladder, other_low);
		other_high = tier_at(other->ladder, other_high);
	}
	if (low > other_high)
		return SENIORITY_YES;
	return high > other_low ? SENIORITY_HELD_ONLY : SENIORITY_NO;
}

const char *seniority_article(const char *word)
{
	return strchr("AEIOUaeiou", word[0]) ? "an" : "a";
}

void seniority_words(const struct seniority *seniority, char out_words[SENIORITY_WORDS_SIZE])
{
	snprintf(out_words, SENIORITY_WORDS_SIZE, "%s%s%s", seniority->special ? "special " : "",
		seniority->acting ? "acting or temporary " : "",
		seniority->ladder->ranks[seniority->step - 1].name);
}

void seniority_needed(
	const char *organisation_kind, enum tier least, char out_words[SENIORITY_WORDS_SIZE])
{
	size_t used = 0;

	out_words[0] = '\0';
	for (size_t i = 0; i < COUNT(ladders); i++) {
		const struct ladder *ladder = &ladders[i];
		int step = 1;

		if (strcmp(ladder->organisation_kind, organisation_kind) != 0)
			continue;
		while (step <= ladder->count && tier_at(ladder, step) < (int)least)
			step++;
		if (step > ladder->count)
			continue;
		used += (size_t)snprintf(out_words + used, SENIORITY_WORDS_SIZE - used, "%s%s %s",
			used > 0 ? " or " : "", seniority_article(ladder->ranks[step - 1].name),
			ladder->ranks[step - 1].name);
	}
	if (used == 0)
		snprintf(out_words, SENIORITY_WORDS_SIZE, "a rank of %s level", tier_name(least));
}
