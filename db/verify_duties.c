/*
 * Separation of duties from who signed: a decision's row is written by its
 * proposer and reviewed by somebody else, each in an event of his own. What the
 * row says of names must agree; no exception, rejection, release, correction or
 * withdrawal (but one that the requester wished) stands without a review.
 */
#include <string.h>

#include "db/verify_private.h"

/* A decision as the events so far tell it. */
struct verify_duty {
	int64_t id;
	int64_t proposer; /* the person of the event that brought it in */
	int64_t reviewer; /* of the event that reviewed it; 0: nobody yet */
};

static bool needs_review(const struct decision_image *image)
{
	return image->kind == DECISION_EXCEPTION || image->kind == DECISION_REJECTION ||
	       image->kind == DECISION_RELEASE || image->kind == DECISION_CORRECTION ||
	       (image->kind == DECISION_WITHDRAWAL && !image->is_requesters_wish);
}

/* Decisions come in by rising id: the place is nearly always the end. */
static size_t duty_place(const struct verify *verify, int64_t id)
{
	size_t low = 0, high = verify->duty_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (verify->duties[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct verify_duty *duty_add(struct verify *verify, size_t place, int64_t id)
{
	size_t size = sizeof(*verify->duties);

	if (verify->duty_count == verify->duty_room) {
		size_t room = verify->duty_room ? verify->duty_room * 2 : 64;

		verify->duties = mem_resize(verify->duties, verify->duty_room * size, room * size);
		verify->duty_room = room;
	}
	memmove(verify->duties + place + 1, verify->duties + place,
		(verify->duty_count - place) * size);
	verify->duty_count++;
	verify->duties[place] = (struct verify_duty) { .id = id, .proposer = verify->person };
	return &verify->duties[place];
}

static void review_check(struct verify *verify, int64_t event, struct verify_duty *duty,
	const struct decision_image *image)
{
	long long id = (long long)image->id;
	bool is_review = image->result == DECISION_STANDS || image->result == DECISION_RETURNED;

	if (image->reviewer != 0 && image->reviewer != duty->reviewer) {
		if (image->reviewer != verify->person)
			verify_problem(verify, event,
				"decision %lld: reviewed in another person's name", id);
		if (is_review && !verify_has_role(verify, ROLE_SUPERVISOR))
			verify_problem(verify, event,
				"decision %lld: reviewed by somebody who is no supervisor", id);
		if (is_review && verify->person == duty->proposer)
			verify_problem(verify, event,
				"decision %lld: proposed and reviewed by one person", id);
	}
	duty->reviewer = image->reviewer;
	if (image->result == DECISION_STANDS && image->reviewer == 0 && needs_review(image))
		verify_problem(
			verify, event, "decision %lld: it stands, but nobody reviewed it", id);
}

void verify_decision(struct verify *verify, int64_t event, const struct decision_image *image)
{
	size_t place = duty_place(verify, image->id);
	struct verify_duty *duty = NULL;

	if (place < verify->duty_count && verify->duties[place].id == image->id)
		duty = &verify->duties[place];
	if (!image->is_there) {
		verify_problem(
			verify, event, "decision %lld: it was taken away", (long long)image->id);
		return;
	}
	if (!duty) {
		duty = duty_add(verify, place, image->id);
		if (image->proposer != duty->proposer)
			verify_problem(verify, event,
				"decision %lld: proposed in another person's name",
				(long long)image->id);
	} else if (image->proposer != duty->proposer) {
		verify_problem(verify, event, "decision %lld: its proposer was changed",
			(long long)image->id);
	}
	review_check(verify, event, duty, image);
}
