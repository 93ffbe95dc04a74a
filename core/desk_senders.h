/*
 * Whom requests come from: organisations are known from the first receipt that
 * names them, logged or imported, so that the form can offer them. Officers are
 * read from the receipts themselves (db/officers.h).
 */
#ifndef TRACEDESK_CORE_DESK_SENDERS_H
#define TRACEDESK_CORE_DESK_SENDERS_H

#include "core/desk_private.h"
#include "core/rulebook.h"

/* An organisation met for the first time is known from then on, with its kind and, when the
   rulebook holds it for secure, its mail domain; what is not known of it yet is filled in. Inside a
   transaction, before its event. */
enum db_status desk_sender_learn(
	struct desk *desk, const struct rulebook *rulebook, const struct request *request);

#endif
