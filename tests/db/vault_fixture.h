/*
 * What the tests of the vault share: a folder of their own, a store in it, a
 * VFS below that fails when told, and Argon2 as tests have it.
 */
#ifndef TRACEDESK_TESTS_VAULT_FIXTURE_H
#define TRACEDESK_TESTS_VAULT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "argon2.h"
#include "db/vault.h"

enum { IMAGE_HEAD = 1024, NOON = 1800014400 };

struct fault {
	int calls;	/* writes, syncs and opens so far */
	int fail_at;	/* the call that fails, from 1; 0: none */
	int torn_bytes; /* of a failing write that still reach the file; -1: none */
	bool is_dead;	/* every later call fails too */
	bool syncs;	/* passes syncs on */
	int fired;
};
extern struct fault fault;

/* The files of a store at rest. */
struct image {
	uint8_t file[VAULT_HEADER_BYTES];
	uint8_t head[IMAGE_HEAD];
};

int fixture_start(void **state); /* of the group */
int fixture_stop(void **state);
int fixture_clean(void **state); /* after each test: empties the folder */
const char *fixture_folder(void);
const char *fixture_path(void); /* x.tdk in the folder */
int fixture_entries(void);	/* files and folders in the folder */

struct secret *secret_of(const char *text);
/* A vault that uses the VFS below. */
struct vault *vault_below(void);
/* Makes a store for ada, password "first password"; keys and recovery may be NULL. */
void store_made(struct keys **out_keys, struct secret **out_recovery);
/* The vault opened. */
struct vault *store_opened(void);
enum db_status unlock(
	struct vault *vault, const char *name, const char *password, struct vault_person *person);
enum db_status unlock_at(struct vault *vault, const char *name, const char *password, int64_t now);
/* Opens, unlocks as ada and verifies. */
struct vault *store_entered(struct keys **out_keys);
enum db_status add_person(
	struct vault *vault, const struct keys *keys, const char *name, const char *password);

void image_read(struct image *image);
void image_write(const struct image *image);
/* A right plain checksum for both copies of the header. */
void image_sum(struct image *image);

/* Runs body in a child, as nobody when this is root; its answer: 0 is well. */
int run_as_nobody(int (*body)(void));

#endif
