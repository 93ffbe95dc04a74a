/*
 * A demo store in a folder of its own with its people at their desks, police
 * forms that are good or have one fault, and receipts brought into any state by
 * the desk's own moves. What fails here fails the test.
 */
#ifndef TRACEDESK_TESTS_CORE_DESK_FIXTURE_H
#define TRACEDESK_TESTS_CORE_DESK_FIXTURE_H

#include "core/desk.h"
#include "core/patch.h"
#include "tests/scratch.h"

/* Robin is caseworker and supervisor in one. */
enum who { CASEY, CHRIS, SAM, SASHA, ROBIN, AUDREY, ADA, PEOPLE };

enum { FIXTURE_PATH_SIZE = SCRATCH_SIZE + 8 };

struct desk_fixture {
	char folder[SCRATCH_SIZE];
	char store[FIXTURE_PATH_SIZE];
	struct desk *desk[PEOPLE]; /* NULL: not logged in */
	unsigned forms;		   /* so far: no two look alike */
	bool is_started;	   /* the libraries: once a program, however many are made */
};

/* Makes folder and store with all people; nobody is logged in. The fixture is all zeros, or one
   that was made before. */
void fixture_make(struct desk_fixture *fixture);
/* Logs out and removes. */
void fixture_done(struct desk_fixture *fixture);
void fixture_enter(struct desk_fixture *fixture, enum who who);
const char *fixture_name(enum who who);
/* The password that everybody has; free with secret_free. */
struct secret *fixture_password(void);

/* A police form about somebody new. Faulty: a Sergeant countersigned. */
void fixture_form(struct desk_fixture *fixture, bool faulty, struct request_patch *out_form);
/* What a move asks for, so that nothing but right and state can stand against it. Release: with an
   item that takes a second check; flagged: the trace says so. */
enum fixture_trace { TRACE_PLAIN, TRACE_RELEASE, TRACE_FLAGGED };
void fixture_move(enum move move, enum fixture_trace trace, struct desk_move *out_move);

/* A receipt in a state. */
struct fixture_wish {
	enum request_state state;
	bool faulty;	   /* as the form is, or comes to be in triage */
	bool flagged;	   /* a flag was recorded, whatever the state */
	enum who proposer; /* who works on it; it is assigned to that person where it can be */
};
void fixture_reach(struct desk_fixture *fixture, const struct fixture_wish *wish,
	char out_reference[REFERENCE_SIZE]);

/* Events in the trail; those about a receipt, with the last of them (out_last may be NULL). */
int64_t fixture_events(struct desk_fixture *fixture);
size_t fixture_events_about(
	struct desk_fixture *fixture, const char *reference, struct event *out_last);
/* The receipt as the store has it; request_clear. */
void fixture_load(struct desk_fixture *fixture, const char *reference, struct request *out_request);

#endif
