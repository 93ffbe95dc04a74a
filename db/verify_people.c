/*
 * Who may make people and keys: an administrator, by the roles that the trail
 * itself tells. Else a program that is not this one could bring in a key of its
 * owner in another person's name, and sign with it. The first event, which
 * makes the store, makes its first administrator too.
 */
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

void verify_person(struct verify *verify, int64_t event, const struct person_image *image)
{
	struct verify_person *person = person_find(verify, image->id);
	bool is_own = person && image->id == verify->person && image->is_there &&
		      image->roles == person->roles;

	if (!is_own && !is_administrator(verify))
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

void verify_person_key(struct verify *verify, int64_t event, int64_t key, bool is_new)
{
	if (!is_new)
		verify_problem(
			verify, event, "key %lld: was changed or taken away", (long long)key);
	else if (!is_administrator(verify))
		verify_problem(verify, event,
			"key %lld: brought in by somebody who is no administrator", (long long)key);
}

void verify_event_role(struct verify *verify, const struct chain_link *link)
{
	const struct verify_person *person = person_find(verify, link->person);

	if (person && person->roles != (int64_t)link->role)
		verify_problem(
			verify, link->sequence, "it tells other roles than its person had by then");
}
