/*
 * Who may make people and keys: an administrator, by the roles that the trail
 * itself tells. Else a program that is not this one could bring in a key of its
 * owner in another person's name, and sign with it. The first event, which
 * makes the store, makes its first administrator and the recovery code's key
 * too. That key signs, in nobody's name, only what lets an administrator in
 * again and puts another key in its place.
 */
#include "db/changes.h"
#include "db/verify_private.h"

struct verify_person {
	int64_t id;
	int64_t roles;
};

static struct verify_person *person_find(const struct verify *verify, int64_t id)
{
	for (size_t i = 0; i < verify->people_count; i++)
		if (verify->people[i].id == id)
			return &verify->people[i];
	return NULL;
}

bool verify_has_role(const struct verify *verify, unsigned role)
{
	const struct verify_person *person = person_find(verify, verify->person);

	return person && (person->roles & role) != 0;
}

static bool is_administrator(const struct verify *verify)
{
	return verify->people_count == 0 || verify_has_role(verify, ROLE_ADMINISTRATOR);
}

static void person_add(struct verify *verify, int64_t id, int64_t roles)
{
	size_t size = sizeof(*verify->people);

	verify->people = mem_resize(
		verify->people, verify->people_count * size, (verify->people_count + 1) * size);
	verify->people[verify->people_count++] = (struct verify_person) { id, roles };
}

/* A key out of force signs once more only when the header did not change meanwhile: the program was
   killed before the new code opened anything, and its owner began again. */
static bool recovery_may_sign(const struct verify *verify, const struct chain_link *link)
{
	if (link->key == 0)
		return false;
	return link->key == verify->recovery_key ||
	       (link->key == verify->recovery_before &&
		       link->generation == verify->recovery_since &&
		       verify->highest_generation <= verify->recovery_since);
}

void verify_recovery(struct verify *verify, const struct chain_link *link)
{
	bool is_meant = link->kind == EVENT_STORE_RECOVERED && link->person == 0;

	verify->is_recovery = is_meant && recovery_may_sign(verify, link);
	if (is_meant && !verify->is_recovery)
		verify_problem(verify, link->sequence,
			"it is not signed with the recovery code of that time");
	verify->signer = link->key;
	verify->generation = link->generation;
	if (link->generation > verify->highest_generation)
		verify->highest_generation = link->generation;
}

bool verify_may_change(const struct verify *verify, int table)
{
	return verify->person != 0 || table == COVERED_LOGIN_FAILURES ||
	       (verify->is_recovery && (table == COVERED_PEOPLE || table == COVERED_PERSON_KEYS));
}

/* The recovery code lets in who is an administrator, and changes nothing else of anybody. */
static bool may_make(
	const struct verify *verify, const struct verify_person *person, bool roles_stay)
{
	if (verify->is_recovery)
		return person && roles_stay && (person->roles & ROLE_ADMINISTRATOR) != 0;
	return is_administrator(verify);
}

void verify_person(struct verify *verify, int64_t event, const struct person_image *image)
{
	struct verify_person *person = person_find(verify, image->id);
	bool roles_stay = person && image->is_there && image->roles == person->roles;
	bool is_own = roles_stay && image->id == verify->person;

	if (!is_own && !may_make(verify, person, roles_stay))
		verify_problem(verify, event,
			"person %lld: made or changed by somebody who is no administrator",
			(long long)image->id);
	if (!image->is_there)
		verify_problem(verify, event, "person %lld: was taken away", (long long)image->id);
	else if (person)
		person->roles = image->roles;
	else
		person_add(verify, image->id, image->roles);
}

/* A new code comes with the store or by the code before it. */
static void recovery_key_take(struct verify *verify, int64_t event, int64_t key)
{
	if (!verify->is_recovery && verify->recovery_key != 0)
		verify_problem(verify, event,
			"key %lld: a recovery code that did not come by the one before",
			(long long)key);
	if (verify->is_recovery) {
		verify->recovery_before = verify->signer;
		verify->recovery_since = verify->generation;
	}
	verify->recovery_key = key;
}

void verify_person_key(struct verify *verify, int64_t event, const struct key_image *image)
{
	long long id = (long long)image->id;

	if (!image->is_new)
		verify_problem(verify, event, "key %lld: was changed or taken away", id);
	else if (image->person != 0 && !may_make(verify, person_find(verify, image->person), true))
		verify_problem(verify, event,
			"key %lld: brought in by somebody who is no administrator", id);
	else if (image->person == 0 && !verify->is_recovery && !is_administrator(verify))
		verify_problem(verify, event,
			"key %lld: brought in by somebody who is no administrator", id);
	else if (image->person == 0)
		recovery_key_take(verify, event, image->id);
}

void verify_event_role(struct verify *verify, const struct chain_link *link)
{
	const struct verify_person *person = person_find(verify, link->person);

	if (person && person->roles != (int64_t)link->role)
		verify_problem(
			verify, link->sequence, "it tells other roles than its person had by then");
}
