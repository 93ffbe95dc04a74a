/*
 * Suppression. A month's tracing figures are a grid: services down, outcomes across,
 * with their totals. First the small counts are hidden; then more figures, until each
 * line has none or two hidden at least, and no sums pin a small count down.
 *
 * What sums can tell is asked of the grid as a flow: each figure an edge, its bounds
 * what a reader knows of it (a small count's range, what rounds to what is shown). The
 * true figures are one flow within the bounds; how far an edge can move from there,
 * along a cycle of the others, is what a reader cannot tell. A month of a handful of
 * receipts can end with nothing shown.
 */
#include "core/suppress.h"

#include <string.h>

enum {
	OUTCOMES = MEASURE_TOTAL, /* the columns but the total */
	COLUMNS = TRACING_MEASURES,
	STEP = 5, /* what is shown is rounded to it */
	HALF = STEP / 2,
	VALUES_LEFT = 3, /* that a hidden count can have, at least */
};

#define UNBOUNDED (INT64_MAX / 4)

struct rule {
	const char *name;
	int64_t least; /* the first and the last count that is hidden */
	int64_t most;
	bool has_exact_totals; /* over all services */
	bool is_whole;	       /* shares in whole per cents */
};

static const struct rule rules[] = {
	[SUPPRESS_NOTHING] = { .name = "" },
	[SUPPRESS_SHMI] = { "shmi", 1, 7, .has_exact_totals = true },
	[SUPPRESS_CSDS] = { "csds", 0, 4, .is_whole = true },
};

enum suppression suppression_from(const char *name)
{
	enum suppression suppression = SUPPRESS_CSDS;

	while (suppression != SUPPRESS_NOTHING && strcmp(rules[suppression].name, name) != 0)
		suppression--;
	return suppression;
}

bool suppression_is_whole(enum suppression suppression)
{
	return rules[suppression].is_whole;
}

const char *suppression_note(enum suppression suppression)
{
	switch (suppression) {
	case SUPPRESS_NOTHING:
		return "";
	case SUPPRESS_SHMI:
		return "Suppressed: counts from 1 to 7 are shown as *, others are rounded to the "
		       "nearest 5; tracing totals over all services are exact. More figures are "
		       "shown as * where a total would give one away. Averages and shares are of "
		       "the rounded figures; figures may not add up.";
	case SUPPRESS_CSDS:
		return "Suppressed: counts from 0 to 4 are shown as *, others are rounded to the "
		       "nearest 5. More figures are shown as * where a total would give one away. "
		       "Averages and shares are of the rounded figures, shares in whole per "
		       "cents; figures may not add up.";
	}
	return "";
}

static bool is_small(const struct rule *rule, int64_t value)
{
	return value >= rule->least && value <= rule->most;
}

static int64_t rounded(int64_t value)
{
	return (value + HALF) / STEP * STEP;
}

/* One figure of the grid, an edge of the flow. */
struct cell {
	int64_t value;
	int64_t low; /* what a reader knows of it */
	int64_t high;
	bool is_small;
	bool is_hidden;
	size_t from; /* nodes */
	size_t to;
};

struct grid {
	const struct rule *rule;
	size_t services;
	struct cell *cells; /* services + 1 rows of COLUMNS; the last row is the totals' */
};

static struct cell *cell_at(const struct grid *grid, size_t row, size_t column)
{
	return &grid->cells[row * COLUMNS + column];
}

static size_t node_count(const struct grid *grid)
{
	return grid->services + OUTCOMES + 2;
}

/* Nodes: a service each, an outcome each, the source of the services, the sink of the outcomes. The
   grand total leads from the sink back to the source, so that every flow is in circles. */
static void connect(const struct grid *grid, size_t row, size_t column)
{
	size_t source = grid->services + OUTCOMES, sink = source + 1;
	struct cell *cell = cell_at(grid, row, column);
	bool is_row_total = column == OUTCOMES, is_column_total = row == grid->services;

	cell->from = is_column_total ? (is_row_total ? sink : grid->services + column)
		     : is_row_total  ? source
				     : row;
	cell->to = is_column_total ? (is_row_total ? source : sink)
		   : is_row_total  ? row
				   : grid->services + column;
}

static bool is_exact(const struct grid *grid, const struct cell *cell)
{
	size_t row = (size_t)(cell - grid->cells) / COLUMNS;

	return cell->value == 0 || (grid->rule->has_exact_totals && row == grid->services);
}

static void bound(const struct grid *grid, struct cell *cell)
{
	int64_t shown = rounded(cell->value), least_shown = grid->rule->most + 1;

	if (cell->is_small) {
		cell->low = grid->rule->least;
		cell->high = grid->rule->most;
	} else if (cell->is_hidden) {
		cell->low = 0;
		cell->high = UNBOUNDED;
	} else if (is_exact(grid, cell)) {
		cell->low = cell->high = cell->value;
	} else {
		cell->low = shown - HALF > least_shown ? shown - HALF : least_shown;
		cell->high = shown + HALF;
	}
}

static void hide(const struct grid *grid, struct cell *cell)
{
	cell->is_hidden = true;
	bound(grid, cell);
}

static void grid_load(struct grid *grid, const struct figures_month *month)
{
	grid->services = month->service_count;
	grid->cells = mem_new((grid->services + 1) * COLUMNS, sizeof(*grid->cells));
	for (size_t row = 0; row <= grid->services; row++) {
		const int64_t *values =
			row < grid->services ? month->services[row].value : month->total;

		for (size_t column = 0; column < COLUMNS; column++) {
			struct cell *cell = cell_at(grid, row, column);

			cell->value = values[column];
			cell->is_small = is_small(grid->rule, cell->value);
			cell->is_hidden = cell->is_small;
			connect(grid, row, column);
			bound(grid, cell);
		}
	}
}

/* A line is a row or a column of the grid with its total. */
struct line {
	size_t row;
	size_t column;
	size_t down; /* steps from one cell to the next */
	size_t across;
	size_t count;
};

static size_t line_count(const struct grid *grid)
{
	return grid->services + 1 + COLUMNS;
}

static struct line line_at(const struct grid *grid, size_t index)
{
	if (index <= grid->services)
		return (struct line) { .row = index, .across = 1, .count = COLUMNS };
	return (struct line) {
		.column = index - grid->services - 1, .down = 1, .count = grid->services + 1
	};
}

static struct cell *line_cell(const struct grid *grid, const struct line *line, size_t index)
{
	return cell_at(grid, line->row + index * line->down, line->column + index * line->across);
}

/* One hidden figure among shown ones is the difference of the others. */
static bool is_broken(const struct grid *grid, const struct line *line)
{
	size_t hidden = 0;

	for (size_t i = 0; i < line->count; i++)
		hidden += line_cell(grid, line, i)->is_hidden;
	return hidden == 1;
}

static size_t broken_lines(const struct grid *grid)
{
	size_t broken = 0;

	for (size_t i = 0; i < line_count(grid); i++) {
		const struct line line = line_at(grid, i);

		broken += is_broken(grid, &line);
	}
	return broken;
}

struct choice {
	struct cell *cell; /* NULL: none yet */
	int worth;	   /* to readers */
	size_t broken;	   /* lines that hiding it breaks */
};

/* Totals over all services are kept as long as there is another; a zero is no great secret. */
static int worth_of(const struct grid *grid, const struct cell *cell)
{
	bool is_over_all = (size_t)(cell - grid->cells) / COLUMNS == grid->services;

	return cell->value == 0 ? 2 : is_over_all;
}

/* The least worth, then the fewest lines broken, then the smallest. */
static bool is_better(const struct choice *choice, const struct choice *than)
{
	if (!than->cell)
		return true;
	if (choice->worth != than->worth)
		return choice->worth < than->worth;
	if (choice->broken != than->broken)
		return choice->broken < than->broken;
	return choice->cell->value < than->cell->value;
}

/* Looks along a line for the shown figure that costs least to hide, too. */
static void choose(const struct grid *grid, const struct line *line, struct choice *best)
{
	for (size_t i = 0; i < line->count; i++) {
		struct choice choice = { .cell = line_cell(grid, line, i) };

		if (choice.cell->is_hidden)
			continue;
		choice.cell->is_hidden = true;
		choice.broken = broken_lines(grid);
		choice.cell->is_hidden = false;
		choice.worth = worth_of(grid, choice.cell);
		if (is_better(&choice, best))
			*best = choice;
	}
}

/* The flow. */

/* The cell over which a reader could still move one unit from a node to another, forwards or back;
   excepted is the cell that is asked about. */
static bool has_room(const struct cell *cell, size_t node, size_t *out_next)
{
	*out_next = cell->from == node ? cell->to : cell->from;
	if (cell->from == node)
		return cell->value < cell->high;
	return cell->to == node && cell->value > cell->low;
}

/* Breadth first from one node to another; out_over holds the cell by which each node was met. */
static bool find_path(const struct grid *grid, const struct cell *excepted, size_t from, size_t to,
	struct cell **out_over)
{
	size_t nodes = node_count(grid), cells = (grid->services + 1) * COLUMNS;
	size_t *queue = mem_new(nodes, sizeof(*queue));
	size_t first = 0, last = 0, next;

	memset(out_over, 0, nodes * sizeof(struct cell *));
	queue[last++] = from;
	while (first < last && !out_over[to]) {
		size_t node = queue[first++];

		for (size_t i = 0; i < cells; i++) {
			struct cell *cell = &grid->cells[i];

			if (cell == excepted || !has_room(cell, node, &next) || next == from ||
				out_over[next])
				continue;
			out_over[next] = cell;
			queue[last++] = next;
		}
	}
	mem_free(queue);
	return out_over[to] != NULL;
}

/* Moves one unit along the path that was found. */
static void move_unit(struct cell *const *over, size_t from, size_t to)
{
	while (to != from) {
		struct cell *cell = over[to];
		bool is_forward = cell->to == to;

		cell->value += is_forward ? 1 : -1;
		to = is_forward ? cell->from : cell->to;
	}
}

/* How far the cell can go in one direction, `enough` at most, with all others within bounds. */
static int64_t slack(const struct grid *grid, struct cell *cell, bool up, int64_t enough)
{
	size_t count = (grid->services + 1) * COLUMNS;
	size_t from = up ? cell->to : cell->from, to = up ? cell->from : cell->to;
	int64_t *values = mem_new(count, sizeof(*values));
	struct cell **over = mem_new(node_count(grid), sizeof(*over));
	int64_t moved = 0;

	for (size_t i = 0; i < count; i++)
		values[i] = grid->cells[i].value;
	while (moved < enough && (up ? cell->value < cell->high : cell->value > cell->low) &&
		find_path(grid, cell, from, to, over)) {
		move_unit(over, from, to);
		cell->value += up ? 1 : -1;
		moved++;
	}
	for (size_t i = 0; i < count; i++)
		grid->cells[i].value = values[i];
	mem_free(values);
	mem_free(over);
	return moved;
}

static bool is_given_away(const struct grid *grid, struct cell *cell)
{
	int64_t up = slack(grid, cell, true, VALUES_LEFT - 1);

	return 1 + up + slack(grid, cell, false, VALUES_LEFT - 1) < VALUES_LEFT;
}

/* Hides one more figure for the first line that needs it; false when none does. */
static bool mend_line(const struct grid *grid)
{
	for (size_t i = 0; i < line_count(grid); i++) {
		const struct line line = line_at(grid, i);
		struct choice best = { 0 };

		if (!is_broken(grid, &line))
			continue;
		choose(grid, &line, &best);
		if (best.cell) {
			hide(grid, best.cell);
			return true;
		}
	}
	return false;
}

/* The same for the first small count that sums give away: in its lines, else anywhere. */
static bool mend_cell(const struct grid *grid)
{
	for (size_t i = 0; i < (grid->services + 1) * COLUMNS; i++) {
		const struct line row = line_at(grid, i / COLUMNS);
		const struct line column = line_at(grid, grid->services + 1 + i % COLUMNS);
		struct choice best = { 0 };

		if (!grid->cells[i].is_small || !is_given_away(grid, &grid->cells[i]))
			continue;
		choose(grid, &row, &best);
		choose(grid, &column, &best);
		for (size_t l = 0; !best.cell && l < line_count(grid); l++) {
			const struct line line = line_at(grid, l);

			choose(grid, &line, &best);
		}
		if (best.cell) {
			hide(grid, best.cell);
			return true;
		}
	}
	return false;
}

static void grid_store(const struct grid *grid, struct figures_month *month)
{
	for (size_t row = 0; row <= grid->services; row++) {
		int64_t *values = row < grid->services ? month->services[row].value : month->total;

		for (size_t column = 0; column < COLUMNS; column++) {
			const struct cell *cell = cell_at(grid, row, column);

			values[column] = cell->is_hidden	? FIGURE_HIDDEN
					 : is_exact(grid, cell) ? cell->value
								: rounded(cell->value);
		}
	}
}

static void suppress_tracing(struct figures_month *month, const struct rule *rule)
{
	struct grid grid = { .rule = rule };

	grid_load(&grid, month);
	while (mend_line(&grid) || mend_cell(&grid))
		continue;
	grid_store(&grid, month);
	mem_free(grid.cells);
}

/* DBSB. What comes in and what is done with it are nearly a sum: one of them is not hidden alone.
 */
static void suppress_submissions(int64_t *dbsb)
{
	static const enum dbsb_measure counts[] = { DBSB_RECEIVED, DBSB_REJECTED, DBSB_WITHDRAWN,
		DBSB_PROCESSED };
	int64_t *least = NULL;
	size_t hidden = 0;

	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		int64_t *value = &dbsb[counts[i]];

		if (*value == FIGURE_HIDDEN)
			hidden++;
		else if (!least || (*value > 0 && (*least == 0 || *value < *least)))
			least = value;
	}
	if (hidden == 1)
		*least = FIGURE_HIDDEN;
}

/* Matched and unmatched are the transactions: all are shown, or none. */
static void suppress_transactions(int64_t *dbsb)
{
	if (dbsb[DBSB_SINGLE] != FIGURE_HIDDEN && dbsb[DBSB_UNMATCHED] != FIGURE_HIDDEN &&
		dbsb[DBSB_TRANSACTIONS] != FIGURE_HIDDEN)
		return;
	dbsb[DBSB_SINGLE] = dbsb[DBSB_UNMATCHED] = dbsb[DBSB_TRANSACTIONS] = FIGURE_HIDDEN;
}

/* Of what is shown; hidden when a part of it is. */
static int64_t derived(int64_t part, int64_t scale, int64_t whole)
{
	if (part == FIGURE_HIDDEN || whole == FIGURE_HIDDEN)
		return FIGURE_HIDDEN;
	return figures_share(part, scale, whole);
}

static void suppress_dbsb(int64_t *dbsb, const struct rule *rule)
{
	for (int m = 0; m < DBSB_MEASURES; m++)
		dbsb[m] = is_small(rule, dbsb[m]) ? FIGURE_HIDDEN : rounded(dbsb[m]);
	suppress_submissions(dbsb);
	suppress_transactions(dbsb);
	dbsb[DBSB_AVERAGE] = derived(dbsb[DBSB_TRANSACTIONS], 1, dbsb[DBSB_PROCESSED]);
	if (rule->is_whole) {
		dbsb[DBSB_SINGLE_PERCENT] =
			derived(dbsb[DBSB_SINGLE], 100, dbsb[DBSB_TRANSACTIONS]);
		if (dbsb[DBSB_SINGLE_PERCENT] > 0)
			dbsb[DBSB_SINGLE_PERCENT] *= 10;
	} else {
		dbsb[DBSB_SINGLE_PERCENT] =
			derived(dbsb[DBSB_SINGLE], 1000, dbsb[DBSB_TRANSACTIONS]);
	}
}

void figures_suppress(struct figures *figures, enum suppression suppression)
{
	if (suppression == SUPPRESS_NOTHING)
		return;
	figures->suppression = suppression;
	for (size_t i = 0; i < figures->month_count; i++) {
		suppress_tracing(&figures->months[i], &rules[suppression]);
		suppress_dbsb(figures->months[i].dbsb, &rules[suppression]);
	}
}
