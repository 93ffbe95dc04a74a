/*
 * What the parts of the proof share: the walk along the chain (verify.c), the
 * comparison of rows (verify_rows.c), the separation of duties
 * (verify_duties.c), files (verify_files.c), people and keys (verify_people.c) and checkpoints
 * (verify_checkpoint.c).
 */
#ifndef TRACEDESK_DB_VERIFY_PRIVATE_H
#define TRACEDESK_DB_VERIFY_PRIVATE_H

#include "db/chain.h"
#include "db/payload.h"
#include "db/verify.h"

struct met_checkpoint {
	const struct checkpoint *checkpoint;
	bool is_met;
};

struct verify {
	struct store *store;
	struct trail_verdict *verdict;
	struct verify_key *keys; /* public keys as the trail brought them in */
	size_t key_count;
	int64_t person;		      /* of the event at hand */
	struct verify_person *people; /* and their roles, as the events so far tell them */
	size_t people_count;
	struct verify_duty *duties;
	size_t duty_count, duty_room;
	struct verify_receipt *receipts;
	size_t receipt_count, receipt_room;
	struct verify_move *moves; /* of the event at hand */
	size_t move_count;
	int64_t last_file; /* the highest that an event told of */
	/* The recovery code's key in force; the one before it and the generation of the event that
	   put it out of force; whether the event at hand is the code's. */
	int64_t recovery_key, recovery_before;
	uint64_t recovery_since, generation, highest_generation;
	int64_t signer;
	bool is_recovery;
	const struct trail_asked *asked;
	struct met_checkpoint checkpoints[2];
	size_t checkpoint_count;
	unsigned steps; /* since goes_on was asked */
};

void verify_problem(struct verify *verify, int64_t event, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* A step is done: is the next one wanted? DB_REFUSED: no. Of small steps few ask. */
enum db_status verify_step(struct verify *verify);
enum db_status verify_ask(struct verify *verify);

/* Starts a list of rows as the events tell them, in memory. */
enum db_status verify_rows_start(struct verify *verify);
/* Notes the rows of one payload, reader standing at its rows; new keys go to verify_key_add. False:
   the payload cannot be read. */
bool verify_rows_note(struct verify *verify, int64_t event, struct payload_reader *reader,
	enum db_status *out_status);
/* Compares with the rows as they are. */
enum db_status verify_rows_compare(struct verify *verify);
void verify_key_add(struct verify *verify, int64_t id, int64_t person, const uint8_t *sign_public);
bool verify_key_is(const struct verify *verify, int64_t id);
/* The public key with that id, or NULL when the trail told of none or it is another person's. */
const uint8_t *verify_key_public(const struct verify *verify, int64_t id, int64_t person);

/* A decision's row as an event of verify->person left it. */
struct decision_image {
	int64_t id;
	bool is_there;
	int64_t request, kind, result, proposer, reviewer;
	bool is_requesters_wish; /* a withdrawal of theirs: it needs no review */
};
void verify_decision(struct verify *verify, int64_t event, const struct decision_image *image);

/* The same of a receipt's row. Decisions and receipts of one event are noted, then settled. */
struct receipt_image {
	int64_t id;
	bool is_there, is_imported;
	int64_t state;
};
void verify_state_decision(struct verify *verify, const struct decision_image *image);
void verify_state_receipt(struct verify *verify, int64_t event, const struct receipt_image *image);
void verify_states_settle(struct verify *verify, int64_t event);

/* A person's row as an event of verify->person left it; a key's row, seen for the first time or
   not. */
struct person_image {
	int64_t id;
	bool is_there;
	int64_t roles;
};
void verify_person(struct verify *verify, int64_t event, const struct person_image *image);
struct key_image {
	int64_t id, person; /* person 0: the recovery code's */
	bool is_new;
};
void verify_person_key(struct verify *verify, int64_t event, const struct key_image *image);
/* Before the rows of an event: is it the recovery code's, and may that sign? */
void verify_recovery(struct verify *verify, const struct chain_link *link);
/* May the event at hand change a row of that table (enum covered_table)? One of nobody's changes
   hardly any. */
bool verify_may_change(const struct verify *verify, int table);

/* A file's row as an event of verify->person left it. */
struct file_image {
	int64_t id;
	bool is_there;
	int64_t person, size;
	size_t salt_size, hashes_size;
};
void verify_file_row(struct verify *verify, int64_t event, const struct file_image *image);
/* The pieces of the files that there are, and those of none. */
enum db_status verify_files(struct verify *verify);
/* Does the event tell the roles that its person has by now? */
void verify_event_role(struct verify *verify, const struct chain_link *link);
/* Has verify->person the role by now? */
bool verify_has_role(const struct verify *verify, unsigned role);

/* The checkpoints that were asked about: before the walk, at each event, after it. */
void verify_checkpoints_start(struct verify *verify);
void verify_checkpoints_meet(struct verify *verify, const struct chain_link *link);
void verify_checkpoints_end(struct verify *verify);

#endif
