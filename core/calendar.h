/*
 * Days and months as text: "YYYY-MM-DD", "YYYY-MM". Pure: today is an argument.
 */
#ifndef TRACEDESK_CORE_CALENDAR_H
#define TRACEDESK_CORE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "db/records.h"

/* A real day of the Gregorian calendar, 1800 to 2200, written YYYY-MM-DD. */
bool day_is_valid(const char *text);
bool month_is_valid(const char *text);
/* Days since 1970-01-01 of a valid day, and back. */
int32_t day_number(const char *day);
void day_from_number(int32_t number, char out_day[DAY_SIZE]);
/* The day in Europe/London of a moment in UTC seconds (summer time by the rule in force since 1996:
   last Sundays of March and October at 01:00 UTC). */
void day_of_moment(int64_t moment, char out_day[DAY_SIZE]);
enum { TIME_SIZE = 6 }; /* "HH:MM" and the NUL */
/* The time of day there. */
void time_of_moment(int64_t moment, char out_time[TIME_SIZE]);
/* A moment of that day in Europe/London, at about the time of day of another moment. */
int64_t moment_on_day(const char *day, int64_t moment);
/* Moment as "YYYY-MM-DDTHH:MM:SSZ" (21 bytes with the NUL). */
void moment_text(int64_t moment, char out_text[21]);
/* What people type: DD/MM/YYYY, D/M/YY, YYYY-MM-DD, t (today), y (yesterday); false: no day. */
bool day_from_typed(const char *typed, const char *today, char out_day[DAY_SIZE]);
/* DD/MM/YYYY; anything that is no valid day as it stands. out: 64 bytes. */
void day_shown(const char *day, char out_shown[64]);
/* Next month of a valid YYYY-MM. */
void month_next(const char *month, char out_month[8]);
/* "December 2020". out: 32 bytes. */
void month_shown(const char *month, char out_shown[32]);
/* MM/YYYY; anything that is no month, a year too, as it stands. out: 64 bytes. */
void month_digits(const char *month, char out_shown[64]);
const char *weekday_short(const char *day); /* "Mon" */

#endif
