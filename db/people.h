/*
 * The people of the desk and the public keys that verify what they signed. Old
 * keys stay, so that old signatures verify.
 */
#ifndef TRACEDESK_DB_PEOPLE_H
#define TRACEDESK_DB_PEOPLE_H

#include "db/store.h"

/* Fills id. DB_REFUSED: the name is taken. */
enum db_status people_insert(struct store *store, struct person *person);
/* roles, full name, disabled, must_change. */
enum db_status people_update(struct store *store, const struct person *person);
enum db_status people_load(struct store *store, const char *name, struct person *out_person);
/* All, by name. Clear each with person_clear, free with mem_free. */
enum db_status people_list(struct store *store, struct person **out_people, size_t *out_count);
/* Of the person with that id; DB_LOCKED: disabled, and nothing more is written in that name. */
enum db_status people_roles(struct store *store, int64_t id, unsigned *out_roles);
enum db_status people_count(struct store *store, int64_t *out_count);
/* A person's new public keys (person 0: the recovery slot's). */
enum db_status people_add_key(struct store *store, int64_t person, const uint8_t sign_public[32],
	const uint8_t box_public[32]);
/* The box keys of everybody who is not disabled, and the recovery slot's: the newest of each, 32
   bytes a key. Free with mem_free. */
enum db_status people_box_keys(struct store *store, uint8_t **out_keys, size_t *out_count);
/* A one-time password of 20 characters in groups, from the system's random source. */
struct secret *people_one_time_password(void);

#endif
