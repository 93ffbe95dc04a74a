/*
 * Suppressed figures under attack: over random months a reader subtracts along every
 * row and column, narrows what each figure can be until nothing moves, and in small
 * months tries every table there can be. He knows the rule, and which counts are small.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/suppress.h"
#include "tests/core/published.h"

enum {
	SERVICES = 9,
	ROWS = SERVICES + 1,
	COLUMNS = TRACING_MEASURES,
	VALUES_LEFT = 3,
	MUCH = 1000000,
};

struct grid {
	size_t services;
	int64_t cell[ROWS][COLUMNS]; /* the last row used is the totals' */
};

struct bounds {
	int64_t low[ROWS][COLUMNS];
	int64_t high[ROWS][COLUMNS];
};

static const struct {
	enum suppression suppression;
	int64_t least, most;
	bool has_exact_totals;
} rules[] = { { SUPPRESS_SHMI, 1, 7, true }, { SUPPRESS_CSDS, 0, 4, false } };

static uint64_t random_state;

static unsigned draw(unsigned below)
{
	random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(random_state >> 33) % below;
}

static void add_totals(struct grid *grid)
{
	size_t n = grid->services;

	memset(grid->cell[n], 0, sizeof(grid->cell[n]));
	for (size_t r = 0; r < n; r++) {
		grid->cell[r][MEASURE_TOTAL] = 0;
		for (int c = 0; c < MEASURE_TOTAL; c++) {
			grid->cell[r][MEASURE_TOTAL] += grid->cell[r][c];
			grid->cell[n][c] += grid->cell[r][c];
			grid->cell[n][MEASURE_TOTAL] += grid->cell[r][c];
		}
	}
}

/* Counts up to `most`, many of them zero or small. */
static void draw_grid(struct grid *grid, size_t services, unsigned most)
{
	unsigned zeros = draw(4), small = draw(4);

	memset(grid, 0, sizeof(*grid));
	grid->services = services;
	for (size_t r = 0; r < services; r++)
		for (int c = 0; c < MEASURE_TOTAL; c++) {
			unsigned kind = draw(5);

			grid->cell[r][c] = kind < zeros		  ? 0
					   : kind < zeros + small ? 1 + draw(7)
								  : draw(most + 1);
		}
	add_totals(grid);
}

/* The grid through the program, and back. */
static void suppress(const struct grid *grid, enum suppression suppression, struct grid *out_shown)
{
	struct figures_month month = { .service_count = grid->services };
	struct figures figures = { .months = &month, .month_count = 1 };

	month.services = mem_new(grid->services, sizeof(*month.services));
	for (size_t r = 0; r < grid->services; r++)
		memcpy(month.services[r].value, grid->cell[r], sizeof(grid->cell[r]));
	memcpy(month.total, grid->cell[grid->services], sizeof(month.total));
	figures_suppress(&figures, suppression);
	assert_int_equal(figures.suppression, suppression);
	*out_shown = *grid;
	for (size_t r = 0; r < grid->services; r++)
		memcpy(out_shown->cell[r], month.services[r].value, sizeof(grid->cell[r]));
	memcpy(out_shown->cell[grid->services], month.total, sizeof(month.total));
	mem_free(month.services);
}

/* Small counts hidden and nothing else: what the attack must break. */
static void suppress_simply(const struct grid *grid, size_t rule, struct grid *out_shown)
{
	*out_shown = *grid;
	for (size_t r = 0; r <= grid->services; r++)
		for (int c = 0; c < COLUMNS; c++) {
			int64_t value = grid->cell[r][c];
			bool is_small = value >= rules[rule].least && value <= rules[rule].most;

			out_shown->cell[r][c] = is_small ? FIGURE_HIDDEN : (value + 2) / 5 * 5;
			if (!is_small && r == grid->services && rules[rule].has_exact_totals)
				out_shown->cell[r][c] = value;
		}
}

/* What a reader knows before he adds or subtracts. */
static void know(const struct grid *grid, const struct grid *shown, size_t rule, struct bounds *out)
{
	for (size_t r = 0; r <= grid->services; r++)
		for (int c = 0; c < COLUMNS; c++) {
			int64_t value = grid->cell[r][c], is = shown->cell[r][c];
			int64_t *low = &out->low[r][c], *high = &out->high[r][c];

			*low = is - 2 > rules[rule].most ? is - 2 : rules[rule].most + 1;
			*high = is + 2;
			if (is == FIGURE_HIDDEN &&
				(value < rules[rule].least || value > rules[rule].most)) {
				*low = 0;
				*high = MUCH;
			} else if (is == FIGURE_HIDDEN) {
				*low = rules[rule].least;
				*high = rules[rule].most;
			} else if (is == 0 ||
				   (rules[rule].has_exact_totals && r == grid->services)) {
				*low = *high = is;
			}
			assert_in_range(value, *low, *high);
		}
}

static bool narrow(int64_t *low, int64_t *high, int64_t least, int64_t most)
{
	bool is_moved = least > *low || most < *high;

	if (least > *low)
		*low = least;
	if (most < *high)
		*high = most;
	return is_moved;
}

/* total = the sum of count parts: each narrowed by the others. */
static bool narrow_sum(int64_t *const *low, int64_t *const *high, size_t count)
{
	int64_t least = 0, most = 0;
	bool is_moved;

	for (size_t i = 0; i < count; i++) {
		least += *low[i];
		most += *high[i];
	}
	is_moved = narrow(low[count], high[count], least, most);
	for (size_t i = 0; i < count; i++)
		is_moved |= narrow(low[i], high[i], *low[count] - (most - *high[i]),
			*high[count] - (least - *low[i]));
	return is_moved;
}

static bool narrow_all(size_t services, struct bounds *bounds)
{
	int64_t *low[ROWS], *high[ROWS];
	bool is_moved = false;

	for (size_t r = 0; r <= services; r++) {
		for (int c = 0; c < COLUMNS; c++) {
			low[c] = &bounds->low[r][c];
			high[c] = &bounds->high[r][c];
		}
		is_moved |= narrow_sum(low, high, MEASURE_TOTAL);
	}
	for (int c = 0; c < COLUMNS; c++) {
		for (size_t r = 0; r <= services; r++) {
			low[r] = &bounds->low[r][c];
			high[r] = &bounds->high[r][c];
		}
		is_moved |= narrow_sum(low, high, services);
	}
	return is_moved;
}

/* A month of few receipts can end so: what there is to subtract from is gone, and a reader does not
   know which of the counts are small. */
static bool shows_nothing(const struct grid *shown)
{
	for (size_t r = 0; r <= shown->services; r++)
		for (int c = 0; c < COLUMNS; c++)
			if (shown->cell[r][c] != FIGURE_HIDDEN)
				return false;
	return true;
}

/* Small counts that are found out, to within fewer values than there must be. */
static size_t attack(const struct grid *grid, const struct grid *shown, size_t rule)
{
	struct bounds bounds;
	size_t found = 0;

	if (shows_nothing(shown))
		return 0;
	know(grid, shown, rule, &bounds);
	for (int step = 0; step < 200 && narrow_all(grid->services, &bounds); step++)
		continue;
	for (size_t r = 0; r <= grid->services; r++)
		for (int c = 0; c < COLUMNS; c++) {
			int64_t value = grid->cell[r][c];

			assert_in_range(value, bounds.low[r][c], bounds.high[r][c]);
			found += value >= rules[rule].least && value <= rules[rule].most &&
				 bounds.high[r][c] - bounds.low[r][c] + 1 < VALUES_LEFT;
		}
	return found;
}

/* Lines where one hidden figure is the difference of the shown ones. */
static size_t lone(const struct grid *shown)
{
	size_t found = 0;

	for (size_t r = 0; r <= shown->services; r++) {
		size_t hidden = 0;

		for (int c = 0; c < COLUMNS; c++)
			hidden += shown->cell[r][c] == FIGURE_HIDDEN;
		found += hidden == 1;
	}
	for (int c = 0; c < COLUMNS; c++) {
		size_t hidden = 0;

		for (size_t r = 0; r <= shown->services; r++)
			hidden += shown->cell[r][c] == FIGURE_HIDDEN;
		found += hidden == 1;
	}
	return found;
}

static void test_attack(void **state)
{
	size_t lone_simply = 0, found_simply = 0, hidden = 0, small = 0, empty = 0;

	(void)state;
	random_state = 20201231;
	for (int i = 0; i < 6000; i++) {
		size_t rule = (size_t)i % 2;
		struct grid grid, shown;

		draw_grid(&grid, 1 + draw(SERVICES), 1 + draw(i % 3 == 0 ? 400 : 30));
		suppress_simply(&grid, rule, &shown);
		lone_simply += lone(&shown);
		found_simply += attack(&grid, &shown, rule);
		for (size_t r = 0; r <= grid.services; r++)
			for (int c = 0; c < COLUMNS; c++)
				small += shown.cell[r][c] == FIGURE_HIDDEN;
		suppress(&grid, rules[rule].suppression, &shown);
		assert_int_equal(lone(&shown), 0);
		assert_int_equal(attack(&grid, &shown, rule), 0);
		empty += rule == 0 && shows_nothing(&shown);
		for (size_t r = 0; r <= grid.services; r++)
			for (int c = 0; c < COLUMNS; c++)
				hidden += shown.cell[r][c] == FIGURE_HIDDEN;
	}
	print_message("# simply suppressed: %zu lone figures, %zu found out; %zu small figures, "
		      "%zu more hidden; %zu months show nothing\n",
		lone_simply, found_simply, small, hidden - small, empty);
	assert_true(empty < 60);
	assert_true(lone_simply > 1000 && found_simply > 1000);
	assert_true(hidden > small && hidden < 2 * small);
}

/* Every table of two services that a reader cannot rule out. */
struct search {
	const struct bounds *bounds;
	struct grid grid;
	uint32_t seen[3][COLUMNS]; /* a bit for each small value that is possible */
};

static void search_from(struct search *search, size_t at)
{
	size_t row = at / MEASURE_TOTAL, column = at % MEASURE_TOTAL;

	if (row == 2) {
		add_totals(&search->grid);
		for (size_t r = 0; r <= 2; r++)
			for (int c = 0; c < COLUMNS; c++)
				if (search->grid.cell[r][c] < search->bounds->low[r][c] ||
					search->grid.cell[r][c] > search->bounds->high[r][c])
					return;
		for (size_t r = 0; r <= 2; r++)
			for (int c = 0; c < COLUMNS; c++)
				if (search->grid.cell[r][c] < 32)
					search->seen[r][c] |= UINT32_C(1)
							      << search->grid.cell[r][c];
		return;
	}
	for (int64_t value = search->bounds->low[row][column];
		value <= search->bounds->high[row][column]; value++) {
		search->grid.cell[row][column] = value;
		search_from(search, at + 1);
	}
}

static double table_count(const struct bounds *bounds)
{
	double count = 1;

	for (size_t r = 0; r < 2; r++)
		for (int c = 0; c < MEASURE_TOTAL; c++)
			count *= (double)(bounds->high[r][c] - bounds->low[r][c] + 1);
	return count;
}

/* Small counts that the search finds out; -1 when there are too many tables. */
static int search_all(const struct grid *grid, const struct grid *shown, size_t rule)
{
	struct search search = { .grid.services = 2 };
	struct bounds bounds;
	int found = 0;

	know(grid, shown, rule, &bounds);
	for (size_t r = 0; r <= 2; r++)
		for (int c = 0; c < COLUMNS; c++)
			if (bounds.high[r][c] == MUCH && r < 2 && c < MEASURE_TOTAL)
				bounds.high[r][c] = grid->cell[r][c] + 8;
	if (table_count(&bounds) > 100000)
		return -1;
	search.bounds = &bounds;
	search_from(&search, 0);
	for (size_t r = 0; r <= 2; r++)
		for (int c = 0; c < COLUMNS; c++) {
			int64_t value = grid->cell[r][c];

			found += value >= rules[rule].least && value <= rules[rule].most &&
				 __builtin_popcount(search.seen[r][c]) < VALUES_LEFT;
		}
	return found;
}

static void test_every_table(void **state)
{
	size_t searched = 0, found_simply = 0;

	(void)state;
	random_state = 4;
	for (int i = 0; i < 1500; i++) {
		size_t rule = (size_t)i % 2;
		struct grid grid, shown;
		int found;

		draw_grid(&grid, 2, 1 + draw(14));
		suppress(&grid, rules[rule].suppression, &shown);
		found = search_all(&grid, &shown, rule);
		if (found < 0)
			continue;
		searched++;
		assert_int_equal(found, 0);
		suppress_simply(&grid, rule, &shown);
		found = search_all(&grid, &shown, rule);
		found_simply += found > 0 ? (size_t)found : 0;
	}
	print_message("# %zu months searched; simply suppressed, %zu figures were found out\n",
		searched, found_simply);
	assert_true(searched > 500 && found_simply > 100);
}

static void check_shown(enum suppression suppression, int64_t value, int64_t shown, int64_t total)
{
	struct grid grid = { .services = 3 }, got;

	for (size_t r = 0; r < 3; r++)
		for (int c = 0; c < MEASURE_TOTAL; c++)
			grid.cell[r][c] = value;
	add_totals(&grid);
	suppress(&grid, suppression, &got);
	assert_int_equal(got.cell[0][0], shown);
	assert_int_equal(got.cell[3][0], total);
}

static void test_rules(void **state)
{
	(void)state;
	check_shown(SUPPRESS_SHMI, 0, 0, 0);
	check_shown(SUPPRESS_SHMI, 1, FIGURE_HIDDEN, FIGURE_HIDDEN);
	check_shown(SUPPRESS_SHMI, 8, 10, 24);
	check_shown(SUPPRESS_SHMI, 12, 10, 36);
	check_shown(SUPPRESS_SHMI, 13, 15, 39);
	check_shown(SUPPRESS_CSDS, 0, FIGURE_HIDDEN, FIGURE_HIDDEN);
	check_shown(SUPPRESS_CSDS, 5, 5, 15);
	check_shown(SUPPRESS_CSDS, 7, 5, 20);
	check_shown(SUPPRESS_CSDS, 8, 10, 25);
	assert_int_equal(suppression_from("shmi"), SUPPRESS_SHMI);
	assert_int_equal(suppression_from("csds"), SUPPRESS_CSDS);
	assert_int_equal(suppression_from(""), SUPPRESS_NOTHING);
	assert_int_equal(suppression_from("nothing"), SUPPRESS_NOTHING);
}

/* 7 and 7 make 14, which rounds to 15: two hidden figures are no shelter by themselves. */
static void test_full_sums(void **state)
{
	struct grid grid = { .services = 4,
		.cell = { { 7, 30 }, { 7, 30 }, { 7, 30 }, { 7, 30 } } };
	struct grid shown;

	(void)state;
	add_totals(&grid);
	suppress_simply(&grid, 0, &shown);
	assert_true(attack(&grid, &shown, 0) > 0);
	suppress(&grid, SUPPRESS_SHMI, &shown);
	assert_int_equal(attack(&grid, &shown, 0), 0);
}

static void suppress_dbsb(enum suppression suppression, int64_t *dbsb)
{
	struct figures_month month = { .service_count = 0 };
	struct figures figures = { .months = &month, .month_count = 1 };

	memcpy(month.dbsb, dbsb, sizeof(month.dbsb));
	figures_suppress(&figures, suppression);
	memcpy(dbsb, month.dbsb, sizeof(month.dbsb));
}

#define H FIGURE_HIDDEN
/* received, rejected, withdrawn, processed, average, per cent, single, unmatched, total */
static void test_dbsb(void **state)
{
	static const struct {
		enum suppression suppression;
		int64_t is[DBSB_MEASURES], shown[DBSB_MEASURES];
	} cases[] = {
		{ SUPPRESS_SHMI, { 26, 0, 1, 25, 34194, 778, 664996, 189857, 854853 },
			{ H, 0, H, 25, 34194, 778, 664995, 189855, 854855 } },
		{ SUPPRESS_SHMI, { 20, 0, 0, 21, 500, 6, 61, 10439, 10500 },
			{ 20, 0, 0, 20, 525, 6, 60, 10440, 10500 } },
		{ SUPPRESS_SHMI, { 20, 0, 0, 20, 500, 6, 6, 9994, 10000 },
			{ 20, 0, 0, 20, H, H, H, H, H } },
		{ SUPPRESS_SHMI, { 0, 0, 0, 0, -1, -1, 0, 0, 0 }, { 0, 0, 0, 0, -1, -1, 0, 0, 0 } },
		{ SUPPRESS_CSDS, { 26, 8, 10, 8, 1001, 776, 6216, 1792, 8008 },
			{ 25, 10, 10, 10, 801, 780, 6215, 1790, 8010 } },
		{ SUPPRESS_CSDS, { 0, 0, 0, 0, -1, -1, 0, 0, 0 }, { H, H, H, H, H, H, H, H, H } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t dbsb[DBSB_MEASURES];

		memcpy(dbsb, cases[i].is, sizeof(dbsb));
		suppress_dbsb(cases[i].suppression, dbsb);
		for (int m = 0; m < DBSB_MEASURES; m++)
			if (dbsb[m] != cases[i].shown[m])
				fail_msg("case %zu, measure %d: %lld, not %lld", i, m,
					(long long)dbsb[m], (long long)cases[i].shown[m]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_full_sums),
		cmocka_unit_test(test_attack),
		cmocka_unit_test(test_every_table),
		cmocka_unit_test(test_dbsb),
	};

	return cmocka_run_group_tests_name("suppress", tests, NULL, NULL);
}
