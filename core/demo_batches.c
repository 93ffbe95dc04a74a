/*
 * The batch files behind golden/dbsb_2020.csv. Files are completed in the order
 * received; two are always in flight over a month's end, so that two came in June
 * and two are unfinished after December.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/demo_private.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct published {
	const char *month;
	size_t received;
	size_t rejected;
	size_t withdrawn;
	size_t processed;
	int64_t transactions;
	int64_t single_match;
};
static const struct published published[] = {
	{ "2020-07", 26, 0, 1, 25, 854853, 664996 },
	{ "2020-08", 16, 0, 0, 16, 199031, 96274 },
	{ "2020-09", 18, 1, 0, 17, 286879, 184908 },
	{ "2020-10", 14, 2, 0, 12, 66540, 57455 },
	{ "2020-11", 9, 0, 0, 9, 93353, 75882 },
	{ "2020-12", 4, 0, 0, 4, 9066, 362 },
};
static const char *const in_flight_before[] = { "2020-06-26", "2020-06-30" };

/* Bodies that do not exist. */
static const char *const senders[][2] = {
	{ "Barsetshire County Council, Adult Social Care", "barsetshire.gov.uk" },
	{ "Melchester City Council", "melchester.gov.uk" },
	{ "Cyngor Sir Llan-y-Fro", "llanyfro.gov.uk" },
	{ "Netherby Metropolitan Borough Council, Children's Services", "netherby.gov.uk" },
	{ "South Wessex Public Health Team", "southwessex.gov.uk" },
	{ "Christminster & Marygreen Care Trust", "christminster.nhs.uk" },
	{ "Budmouth Borough Council", "budmouth.gov.uk" },
	{ "Milton-Northern School Immunisation Service", "miltonnorthern.nhs.uk" },
	{ "Cranford Hospice (Registered Provider)", "cranford.nhs.uk" },
	{ "Kirkbeck & Larkdale Out-of-Hours Co-operative Limited", "kirkbeck.nhs.uk" },
	{ "Casterbridge Unitary Authority", "casterbridge.gov.uk" },
};
static const char *const reasons[] = { "incorrect_format", "insecure_email", "no_authority" };

/* A day in the part-th of parts of a month: later parts have later days. */
static int32_t day_in_part(struct demo_dice *dice, const char *month, size_t part, size_t parts)
{
	int32_t days[DEMO_MOST_WORKING_DAYS];
	size_t count = demo_working_days(month, days);
	size_t from = part * count / parts, to = (part + 1) * count / parts;

	return days[from + (to > from ? demo_roll(dice, to - from) : 0)];
}

static void submission_make(size_t index, const char *day, struct submission *out_submission)
{
	struct demo_dice dice;
	const char *const *sender;
	char email[100];

	demo_dice_init(&dice, DEMO_BATCHES, index);
	sender = senders[demo_roll(&dice, COUNT(senders))];
	submission_init(out_submission);
	(void)snprintf(out_submission->received, DAY_SIZE, "%s", day);
	(void)snprintf(email, sizeof(email), "nhs-number.returns@%s", sender[1]);
	record_set(&out_submission->organisation, sender[0]);
	record_set(&out_submission->contact_email, email);
}

static size_t receive_all(struct submission *out_submissions)
{
	struct demo_dice dice;
	char day[DAY_SIZE];
	size_t count = 0;

	demo_dice_init(&dice, DEMO_DAYS, COUNT(published));
	for (; count < COUNT(in_flight_before); count++)
		submission_make(count, in_flight_before[count], &out_submissions[count]);
	for (size_t m = 0; m < COUNT(published); m++)
		for (size_t i = 0; i < published[m].received; i++, count++) {
			day_from_number(
				day_in_part(&dice, published[m].month, i, published[m].received),
				day);
			submission_make(count, day, &out_submissions[count]);
		}
	return count;
}

/* Shares a total out over files of very different size, each with one record at least. */
static void share_transactions(
	struct demo_dice *dice, struct submission **files, size_t count, int64_t total)
{
	int64_t weights[32], sum = 0, done = 0, given = 0;

	assert(count <= COUNT(weights));
	for (size_t i = 0; i < count; i++) {
		int64_t root = 8 + (int64_t)demo_roll(dice, 60);

		weights[i] = root * root;
		sum += weights[i];
	}
	for (size_t i = 0; i < count; i++) {
		done += weights[i];
		files[i]->transactions = total * done / sum - given;
		given += files[i]->transactions;
	}
}

/* The same share of each file, then some moved from one file to the next. */
static void share_matches(
	struct demo_dice *dice, struct submission **files, size_t count, int64_t total)
{
	int64_t records = 0, sum = 0, given = 0;

	for (size_t i = 0; i < count; i++)
		sum += files[i]->transactions;
	for (size_t i = 0; i < count; i++) {
		records += files[i]->transactions;
		files[i]->single_match = total * records / sum - given;
		given += files[i]->single_match;
	}
	for (size_t i = 0; i + 1 < count; i++) {
		int64_t room = files[i + 1]->transactions - files[i + 1]->single_match;
		int64_t most = files[i]->single_match < room ? files[i]->single_match : room;
		int64_t moved = (int64_t)demo_roll(dice, (size_t)(most / 2 + 1));

		files[i]->single_match -= moved;
		files[i + 1]->single_match += moved;
	}
}

static void reject(struct submission *submission, const char *reason)
{
	submission->status = SUBMISSION_REJECTED;
	(void)snprintf(submission->reason, CODE_SIZE, "%s", reason);
	if (strcmp(reason, "insecure_email") == 0)
		record_set(&submission->contact_email, "returns.clerk@freemail.example");
}

/* Completes the month's files, from the first on; those that were not processed stand between the
   others. */
static void complete_month(
	struct demo_dice *dice, struct submission *first, const struct published *row)
{
	size_t count = row->rejected + row->withdrawn + row->processed;
	size_t others = count - row->processed, other = 0, processed = 0;
	struct submission *files[32];

	for (size_t i = 0; i < count; i++) {
		int32_t day = day_in_part(dice, row->month, i, count);

		day_from_number(day, first[i].completed);
		if (other < others && i == (other + 1) * count / (others + 1)) {
			if (other < row->rejected)
				reject(&first[i], reasons[(count + other) % COUNT(reasons)]);
			else
				first[i].status = SUBMISSION_WITHDRAWN;
			other++;
		} else {
			first[i].status = SUBMISSION_PROCESSED;
			files[processed++] = &first[i];
		}
	}
	assert(processed == row->processed);
	share_transactions(dice, files, processed, row->transactions);
	share_matches(dice, files, processed, row->single_match);
}

void demo_submissions_make(struct submission **out_submissions, size_t *out_count)
{
	size_t count = COUNT(in_flight_before), done = 0;
	struct submission *submissions;
	struct demo_dice dice;

	for (size_t m = 0; m < COUNT(published); m++)
		count += published[m].received;
	submissions = mem_new(count, sizeof(*submissions));
	*out_count = receive_all(submissions);
	assert(*out_count == count);
	for (size_t m = 0; m < COUNT(published); m++) {
		demo_dice_init(&dice, DEMO_BATCHES, count + m);
		complete_month(&dice, &submissions[done], &published[m]);
		done += published[m].rejected + published[m].withdrawn + published[m].processed;
	}
	*out_submissions = submissions;
}
