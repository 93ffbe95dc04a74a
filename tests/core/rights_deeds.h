/*
 * What a person can do at the desk that is about no one receipt, one function
 * each, filled in so that nothing but the right can stand against it.
 */
#ifndef TRACEDESK_TESTS_CORE_RIGHTS_DEEDS_H
#define TRACEDESK_TESTS_CORE_RIGHTS_DEEDS_H

#include "tests/core/desk_fixture.h"

struct rights_deed {
	const char *name;
	enum desk_status (*act)(
		struct desk_fixture *fixture, enum who who, struct notice *out_notice);
};

size_t rights_deed_count(void);
const struct rights_deed *rights_deed_at(size_t index);

/* In rights_deeds_months.c. */
enum desk_status deed_dbsb_list(struct desk_fixture *fixture, enum who who, struct notice *notice);
enum desk_status deed_dbsb_show(struct desk_fixture *fixture, enum who who, struct notice *notice);
enum desk_status deed_dbsb_receive(
	struct desk_fixture *fixture, enum who who, struct notice *notice);
enum desk_status deed_dbsb_reject(
	struct desk_fixture *fixture, enum who who, struct notice *notice);
enum desk_status deed_dbsb_withdraw(
	struct desk_fixture *fixture, enum who who, struct notice *notice);
enum desk_status deed_dbsb_process(
	struct desk_fixture *fixture, enum who who, struct notice *notice);
enum desk_status deed_dbsb_correct(
	struct desk_fixture *fixture, enum who who, struct notice *notice);
enum desk_status deed_figures(struct desk_fixture *fixture, enum who who, struct notice *notice);
enum desk_status deed_months(struct desk_fixture *fixture, enum who who, struct notice *notice);
enum desk_status deed_month_close(
	struct desk_fixture *fixture, enum who who, struct notice *notice);
enum desk_status deed_month_revise(
	struct desk_fixture *fixture, enum who who, struct notice *notice);
enum desk_status deed_releases(struct desk_fixture *fixture, enum who who, struct notice *notice);

#endif
