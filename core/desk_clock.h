/*
 * Ages as the desk tells them: the bank holidays and the services' target days
 * of the store. Not for cli/ or tui/.
 */
#ifndef TRACEDESK_CORE_DESK_CLOCK_H
#define TRACEDESK_CORE_DESK_CLOCK_H

#include "core/desk_private.h"
#include "core/services.h"
#include "core/working_days.h"

struct desk_clock {
	const char *today;
	int32_t *days;
	struct holidays holidays;
	struct service_list services;
};

enum db_status desk_clock_load(struct desk *desk, struct desk_clock *out_clock);
/* Fits one that was never loaded, if it is all zero. */
void desk_clock_clear(struct desk_clock *clock);
/* Fills in the age of a row as the store gave it. */
void desk_clock_row(const struct desk_clock *clock, struct request_row *row);
enum db_status desk_clock_request(
	struct desk *desk, const struct request *request, struct age *out_age);
/* After a move: a wait begins or ends with the state that it is. */
void desk_clock_move(struct request *request, enum request_state from, const char *today);
/* The bank holidays that a new store starts with. Inside a transaction. */
enum db_status desk_clock_ship(struct store *store);

#endif
