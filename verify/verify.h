/*
 * tracedesk-verify: what its parts share.
 */
#ifndef TRACEDESK_VERIFY_H
#define TRACEDESK_VERIFY_H

#include <inttypes.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>

enum { DONE = 0, USAGE = 2, PROBLEMS = 4, NO_INPUT = 6 };
enum { HASH = 32, DESK = 16, MOST_PROBLEMS = 1000, KIND_EXPORT = 61 };
enum { KIND_LOGIN_FAILED = 3, KIND_LOGIN_LOST = 4, KIND_RECOVERED = 75 };
enum { SUPERVISOR = 2, ADMINISTRATOR = 8 };

/* Bytes being read; at is NULL for a field that is not there. */
struct bytes {
	const uint8_t *at;
	size_t size;
};

struct event {
	int64_t sequence, time, person, key;
	uint32_t role, kind;
	uint64_t generation;
	struct bytes operation, payload_hash, previous, hash, signature, salt, payload, reference;
};

struct key {
	int64_t id, person;
	uint8_t public[crypto_sign_PUBLICKEYBYTES];
};

struct person {
	int64_t id, signatures, roles; /* as the events so far tell them */
	bool is_told;		       /* an event brought this person in */
	char name[80];
};

struct decision {
	int64_t id, proposer, reviewer;
};

struct checkpoint {
	bool is_given, is_met;
	uint8_t desk[DESK], head[HASH], signature[crypto_sign_BYTES];
	int64_t events, time, person, key;
};

/* A list that grows. */
struct list {
	void *items;
	size_t count, room;
};

struct trail {
	uint8_t desk[DESK], head[HASH];
	int64_t events, signatures, first, last, person, people_told, last_file;
	uint32_t last_kind;
	/* The recovery code's key in force; the one before, and the generation of the event that
	   replaced it; the event at hand: its key, and whether it is the code's. */
	int64_t recovery_key, recovery_before, signer;
	uint64_t recovery_since, generation, highest;
	bool is_recovery;
	struct list keys, people, decisions, receipts;
	struct list turns; /* of the event at hand */
	/* Events since the last signature. */
	int64_t waiting, waiting_person, waiting_last;
	uint8_t operation[DESK];
	struct checkpoint checkpoint;
	struct list problems; /* of char * */
};

/* Ends the program when there is no memory. */
void *allocate(void *old, size_t size);
/* Room for one item more at the end of a list. */
void *list_add(struct list *list, size_t size);
/* Of items that begin with their id, an int64_t, and stand in its order: the one with that id, or a
   new one in its place, all zero but for the id. */
void *list_place(struct list *list, size_t size, int64_t id, bool *out_is_new);
void problem(struct trail *trail, int64_t event, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Rows of decisions and receipts as an event left them; after its last row they are settled. */
struct told_receipt {
	int64_t id, state;
	bool is_imported;
};
void states_decision(struct trail *trail, int64_t request, int64_t kind, int64_t result);
void states_receipt(struct trail *trail, int64_t event, const struct told_receipt *told);
void states_settle(struct trail *trail, int64_t event);

/* Little-endian. */
uint64_t number_of(const uint8_t *bytes, size_t size);
/* False: bytes are none of an event. What it points to lies in from. */
bool event_read(struct bytes from, struct event *out_event);
/* The next event of the trail. */
void event_check(struct trail *trail, const struct event *event);
/* After the last. */
void events_end(struct trail *trail);

/* False: file holds no checkpoint. */
bool checkpoint_read(struct checkpoint *checkpoint, FILE *file);
/* At each event, after the last. */
void checkpoint_check(struct trail *trail, const struct event *event, const struct key *key);
void checkpoint_end(struct trail *trail);

#endif
