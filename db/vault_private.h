/*
 * What the files of the vault share: vault.c opens, verifies and closes,
 * vault_make.c makes and unmakes, vault_unlock.c takes passwords,
 * vault_slots.c changes slots.
 */
#ifndef TRACEDESK_DB_VAULT_PRIVATE_H
#define TRACEDESK_DB_VAULT_PRIVATE_H

#include <sys/types.h>

#include "db/head.h"
#include "db/header.h"
#include "db/lockout.h"
#include "db/slots.h"
#include "db/turnstile.h"
#include "db/vault.h"

struct vault {
	struct report report;
	char *lower;
	char *path; /* absolute, without links, so that every name of a store leads to one -head */
	char *head_path;
	struct rawfile *file;
	struct rawfile *head;
	struct turnstile turnstile;
	struct header header;	 /* in force */
	struct header_pair pair; /* as last read */
	const struct keys *keys; /* once the header is proved; not ours */
	int opened_index;	 /* of the slot that a password or the code opened, or -1 */
	uint8_t opened[HEADER_SLOT_BYTES]; /* as it was then */
	bool made_file;			   /* what vault_unmake removes */
	bool made_head;
	int made_folders;
	bool is_taken; /* the place is the new store's, whatever failed after that */
};

/* Sets path and head_path from a resolved path, which is taken over. */
void vault_set_path(struct vault *vault, char *path);
/* The name of a file beside the store; mem_free. */
char *vault_name_with(const struct vault *vault, const char *suffix);
/* Is there a file at path? One that cannot be looked at counts: opening it will say why. (access(2)
   would ask with the rights of who called a set-group-ID program.) */
bool vault_file_is_there(const char *path);
/* Makes missing folders above name, sets the path, looks at the folder. */
enum db_status vault_find_place(struct vault *vault, const char *name, mode_t *out_mode);
/* Nothing of a store is there: DB_REFUSED. An old log beside a new store would be taken for its
   own. */
enum db_status vault_place_is_free(struct vault *vault);
/* Opens -head (made when missing, with the mode) and its locks. */
enum db_status vault_open_head(struct vault *vault, mode_t mode);
/* Closes the files and drops the locks. */
void vault_shut(struct vault *vault);
/* Reads the header into pair and header; keys NULL: by checksums alone. */
enum db_status vault_load(struct vault *vault, const struct keys *keys);
/* Seals header and makes it the one in force; in one copy at least, else a failure. Under the
   turnstile, after vault_load. */
enum db_status vault_store(
	struct vault *vault, const struct keys *keys, const struct header *header);
/* Argon2id, two at a time. */
enum db_status vault_derive(struct vault *vault, const struct slot *slot,
	const struct secret *password, struct secret **out_derived);

/* The slot of name and its index, or -1. */
int vault_find_slot(const struct header *header, const char *name, struct slot *out_slot);
/* Opens the seed; DB_LOCKED with words when the password is another. */
enum db_status vault_guess(struct vault *vault, const struct slot *slot,
	const struct secret *password, struct secret **out_seed);
enum db_status vault_forget_failures(struct vault *vault, int index);

/* A slot of name that holds seed and master key. */
enum db_status vault_fill_slot(
	struct vault *vault, const struct vault_slot *wanted, struct slot *out_slot);

#endif
