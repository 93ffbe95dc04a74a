/*
 * The calendar in whole numbers: no clock, no time zone of the machine. Days
 * are counted by the civil-from-days method (eras of 400 years from 1 March of
 * the year 0), which knows leap days by construction.
 */
#include "core/calendar.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_YEAR = 1800, LAST_YEAR = 2200, ERA_DAYS = 146097, EPOCH_SHIFT = 719468 };
enum { DAY_SECONDS = 86400, HOUR_SECONDS = 3600, MARCH = 3, OCTOBER = 10 };

struct civil {
	int year, month, day;
};

static const char *const month_names[] = { "January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December" };

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && is_leap ? 29 : days[month - 1];
}

static bool civil_is_valid(struct civil civil)
{
	return civil.year >= FIRST_YEAR && civil.year <= LAST_YEAR && civil.month >= 1 &&
	       civil.month <= 12 && civil.day >= 1 &&
	       civil.day <= month_days(civil.year, civil.month);
}

static int32_t civil_number(struct civil civil)
{
	int year = civil.month <= 2 ? civil.year - 1 : civil.year;
	int era = (year >= 0 ? year : year - 399) / 400;
	int year_of_era = year - era * 400;
	int month = (civil.month + 9) % 12; /* from March */
	int day_of_year = (153 * month + 2) / 5 + civil.day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * ERA_DAYS + day_of_era - EPOCH_SHIFT;
}

static struct civil civil_from_number(int64_t number)
{
	int64_t shifted = number + EPOCH_SHIFT;
	int64_t era = (shifted >= 0 ? shifted : shifted - (ERA_DAYS - 1)) / ERA_DAYS;
	int day_of_era = (int)(shifted - era * ERA_DAYS);
	int year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month = (5 * day_of_year + 2) / 153; /* from March */
	struct civil civil = {
		.year = (int)(year_of_era + era * 400),
		.month = month < 10 ? month + 3 : month - 9,
		.day = day_of_year - (153 * month + 2) / 5 + 1,
	};

	if (civil.month <= 2)
		civil.year++;
	return civil;
}

/* Writes number with count digits; a year beyond four digits keeps its last four. */
static char *put_digits(char *at, int number, int count)
{
	for (int i = count - 1; i >= 0; i--) {
		at[i] = (char)('0' + (number < 0 ? 0 : number % 10));
		number /= 10;
	}
	return at + count;
}

static void civil_write(struct civil civil, char out_day[DAY_SIZE])
{
	char *at = put_digits(out_day, civil.year, 4);

	*at++ = '-';
	at = put_digits(at, civil.month, 2);
	*at++ = '-';
	at = put_digits(at, civil.day, 2);
	*at = '\0';
}

/* Reads least to most digits at *at and steps over them; -1 when they are not there. */
static int take_digits(const char **at, int least, int most)
{
	int number = 0, count = 0;

	while (count < most && **at >= '0' && **at <= '9') {
		number = number * 10 + (**at - '0');
		(*at)++;
		count++;
	}
	return count >= least ? number : -1;
}

static bool take_char(const char **at, char wanted)
{
	if (**at != wanted)
		return false;
	(*at)++;
	return true;
}

static bool civil_read(const char *text, struct civil *out_civil)
{
	const char *at = text;

	out_civil->year = take_digits(&at, 4, 4);
	if (!take_char(&at, '-'))
		return false;
	out_civil->month = take_digits(&at, 2, 2);
	if (!take_char(&at, '-'))
		return false;
	out_civil->day = take_digits(&at, 2, 2);
	return !*at && civil_is_valid(*out_civil);
}

bool day_is_valid(const char *text)
{
	struct civil civil;

	return civil_read(text, &civil);
}

static bool month_read(const char *text, struct civil *out_civil)
{
	const char *at = text;

	out_civil->year = take_digits(&at, 4, 4);
	if (!take_char(&at, '-'))
		return false;
	out_civil->month = take_digits(&at, 2, 2);
	out_civil->day = 1;
	return !*at && civil_is_valid(*out_civil);
}

bool month_is_valid(const char *text)
{
	struct civil civil;

	return month_read(text, &civil);
}

int32_t day_number(const char *day)
{
	struct civil civil;
	bool is_day = civil_read(day, &civil);

	assert(is_day);
	return is_day ? civil_number(civil) : 0;
}

void day_from_number(int32_t number, char out_day[DAY_SIZE])
{
	civil_write(civil_from_number(number), out_day);
}

static int64_t whole_days(int64_t seconds)
{
	return (seconds >= 0 ? seconds : seconds - (DAY_SECONDS - 1)) / DAY_SECONDS;
}

/* 0 is Monday: 1970-01-01 was a Thursday. */
static int weekday_of(int64_t number)
{
	int weekday = (int)((number + 3) % 7);

	return weekday < 0 ? weekday + 7 : weekday;
}

/* 01:00 UTC on the last Sunday of a month of 31 days. */
static int64_t clocks_change(int year, int month)
{
	int32_t last = civil_number((struct civil) { year, month, 31 });
	int since_sunday = (weekday_of(last) + 1) % 7;

	return (int64_t)(last - since_sunday) * DAY_SECONDS + HOUR_SECONDS;
}

/* What the clocks of London show then, as if it were UTC. */
static int64_t london_clock(int64_t moment)
{
	int year = civil_from_number(whole_days(moment)).year;
	bool is_summer =
		moment >= clocks_change(year, MARCH) && moment < clocks_change(year, OCTOBER);

	return moment + (is_summer ? HOUR_SECONDS : 0);
}

void day_of_moment(int64_t moment, char out_day[DAY_SIZE])
{
	civil_write(civil_from_number(whole_days(london_clock(moment))), out_day);
}

void time_of_moment(int64_t moment, char out_time[TIME_SIZE])
{
	char text[21];

	moment_text(london_clock(moment), text);
	(void)snprintf(out_time, TIME_SIZE, "%.5s", text + DAY_SIZE);
}

int64_t moment_on_day(const char *day, int64_t moment)
{
	int64_t on_day = day_number(day) * INT64_C(86400) + moment % 86400;
	char london[DAY_SIZE];

	/* In summer the last hour of a UTC day is the next day's there. */
	day_of_moment(on_day, london);
	return strcmp(london, day) == 0 ? on_day : on_day - 3600;
}

void moment_text(int64_t moment, char out_text[21])
{
	int64_t days = whole_days(moment);
	int seconds = (int)(moment - days * DAY_SECONDS);
	char *at = out_text + DAY_SIZE - 1;

	civil_write(civil_from_number(days), out_text);
	*at++ = 'T';
	at = put_digits(at, seconds / HOUR_SECONDS, 2);
	*at++ = ':';
	at = put_digits(at, seconds / 60 % 60, 2);
	*at++ = ':';
	at = put_digits(at, seconds % 60, 2);
	*at++ = 'Z';
	*at = '\0';
}

/* Two digits are the last year of that ending that is at most next year: a day of birth is past,
   and an answer is needed within a year. */
static int whole_year(int two_digits, int this_year)
{
	int year = this_year / 100 * 100 + two_digits;

	return year > this_year + 1 ? year - 100 : year;
}

static bool civil_from_typed(const char *typed, int this_year, struct civil *out_civil)
{
	const char *at = typed;
	const char *year;
	char separator;

	out_civil->day = take_digits(&at, 1, 2);
	separator = *at;
	if (separator != '/' && separator != '.' && separator != '-')
		return false;
	at++;
	out_civil->month = take_digits(&at, 1, 2);
	if (!take_char(&at, separator))
		return false;
	year = at;
	out_civil->year = take_digits(&at, 2, 4);
	if (at - year == 3 || *at)
		return false;
	if (at - year == 2)
		out_civil->year = whole_year(out_civil->year, this_year);
	return civil_is_valid(*out_civil);
}

bool day_from_typed(const char *typed, const char *today, char out_day[DAY_SIZE])
{
	char text[DAY_SIZE];
	struct civil civil, now;
	size_t size;

	typed += strspn(typed, " \t");
	size = strcspn(typed, " \t");
	if (size >= sizeof(text) || typed[size + strspn(typed + size, " \t")] ||
		!civil_read(today, &now))
		return false;
	memcpy(text, typed, size);
	text[size] = '\0';
	if (strcmp(text, "t") == 0)
		civil = now;
	else if (strcmp(text, "y") == 0)
		civil = civil_from_number(civil_number(now) - 1);
	else if (!civil_read(text, &civil) && !civil_from_typed(text, now.year, &civil))
		return false;
	civil_write(civil, out_day);
	return true;
}

/* As much of text as fits into size bytes, cut between characters. */
static void copy_as_it_stands(const char *text, char *out, size_t size)
{
	size_t length = strlen(text);

	if (length >= size) {
		length = size - 1;
		while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
			length--;
	}
	memcpy(out, text, length);
	out[length] = '\0';
}

void day_shown(const char *day, char out_shown[64])
{
	struct civil civil;
	char *at = out_shown;

	if (!civil_read(day, &civil)) {
		copy_as_it_stands(day, out_shown, 64);
		return;
	}
	at = put_digits(at, civil.day, 2);
	*at++ = '/';
	at = put_digits(at, civil.month, 2);
	*at++ = '/';
	at = put_digits(at, civil.year, 4);
	*at = '\0';
}

void month_digits(const char *month, char out_shown[64])
{
	struct civil civil = { 0 };
	char *at = out_shown;

	if (strlen(month) != 7 || !month_read(month, &civil)) {
		copy_as_it_stands(month, out_shown, 64);
		return;
	}
	at = put_digits(at, civil.month, 2);
	*at++ = '/';
	at = put_digits(at, civil.year, 4);
	*at = '\0';
}

void month_next(const char *month, char out_month[8])
{
	struct civil civil = { 0 };
	bool is_month = month_read(month, &civil);
	char *at;

	assert(is_month);
	(void)is_month;
	civil.year += civil.month / 12;
	civil.month = civil.month % 12 + 1;
	at = put_digits(out_month, civil.year, 4);
	*at++ = '-';
	at = put_digits(at, civil.month, 2);
	*at = '\0';
}

void month_shown(const char *month, char out_shown[32])
{
	struct civil civil;

	if (month_read(month, &civil))
		(void)snprintf(out_shown, 32, "%s %d", month_names[civil.month - 1], civil.year);
	else
		copy_as_it_stands(month, out_shown, 32);
}

const char *weekday_short(const char *day)
{
	static const char *const names[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	struct civil civil;

	return civil_read(day, &civil) ? names[weekday_of(civil_number(civil))] : "";
}
