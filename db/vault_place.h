/*
 * The place where a store comes to be, whole or not at all: it is made under
 * another name beside (NAME-making) and takes its name in one step. At each moment
 * before that the place is as it was, at each after it the new store's; what a
 * killed process leaves is removed by the next that makes one there.
 */
#ifndef TRACEDESK_DB_VAULT_PLACE_H
#define TRACEDESK_DB_VAULT_PLACE_H

#include <sys/types.h>

#include "db/header.h"
#include "db/vault.h"

#define PLACE_NEW  "-making" /* what is being made */
#define PLACE_FROM "-opened" /* a backup taken apart */

enum place_how {
	PLACE_FREE,    /* nothing of a store may be there */
	PLACE_MISSING, /* no store may be there */
	PLACE_REPLACED /* the store that is there is going to be kept as NAME.old */
};

/* Makes and finds the folder, opens -head, waits until nobody else has the store open (DB_BUSY),
   removes what was left. place is a vault with nothing else open. DB_REFUSED: something is there.
 */
enum db_status vault_place_open(struct vault *place, const char *path, enum place_how how);
/* The same of a store that is open: nobody else may have it open. */
enum db_status vault_place_alone(struct vault *vault);
/* Gives the store to others again. */
enum db_status vault_place_share(struct vault *vault);
/* Removes what was begun here. */
void vault_place_clear(struct vault *place);
/* Folder, -head and lock as they were before vault_place_open. */
void vault_place_undo(struct vault *place);
/* DB_IO with the numbers when the disk has not room for so many bytes more. */
enum db_status vault_place_room(struct vault *place, int64_t bytes);

/* Makes the file NAME-making of a store like another one, without pages: the same desk, slots,
   counts of wrong passwords, another file id. */
struct vault_likeness {
	struct vault *from;
	const struct secret *master; /* the new store's */
	/* Box the master key to every slot's public key; slots with a key that is none of these
	   lose it. NULL: boxes stay. */
	const uint8_t *people; /* 32 bytes each */
	size_t people_count;
};
enum db_status vault_place_like(
	struct vault *place, const struct vault_likeness *likeness, struct keys **out_keys);

/* NAME-making, closed and durable, becomes the store: its record goes to -head before. After a
   failure the store that was there is untouched, or the words say that the new one is in place. */
struct vault_taking {
	const struct keys *keys; /* of the new store */
	struct head_record record;
	bool keeps_old; /* what is there becomes NAME.old */
};
enum db_status vault_place_take(struct vault *place, const struct vault_taking *taking);

/* A log that lay here before the store did goes out of its way. After vault_verify, before the
   connection is opened. */
enum db_status vault_pass_log(struct vault *vault);

#endif
