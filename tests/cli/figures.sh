#!/bin/sh
# The published figures out of the demo store: all 206 cells in csv and in json, both layouts.
. "$TOP_SRCDIR/tests/cli/cli.sh"
golden=$TOP_SRCDIR/tests/golden
make_demo

# Cells of the golden files that the file of rows "month,section,measure,service,value" lacks.
missing_cells() {
	awk -F, '
		NR == FNR { seen[$1 "," $2 "," $3 "," $4 "," $5] = 1; next }
		FNR == 1 { next }
		{ cells++ }
		!seen[$1 "," $2 "," $3 "," $4 "," $5] { print "not there: " $0 }
		END { if (cells != 206) print cells " cells, not 206" }' "$1" "$scratch/golden.csv"
}

{
	head -n 1 "$golden/tracing_2020.csv"
	tail -q -n +2 "$golden/tracing_2020.csv" "$golden/dbsb_2020.csv"
} >"$scratch/golden.csv"

as casey figures 2020 --format csv >"$scratch/figures.csv"
tap_empty 'all 206 published cells are in the csv' "$(missing_cells "$scratch/figures.csv")"
tap_empty 'the csv begins with the names of its columns' \
	"$(head -n 1 "$scratch/figures.csv" | grep -v '^month,section,measure,service,value$')"

as casey figures 2020 --format json >"$scratch/figures.json"
"$json_lines" <"$scratch/figures.json" >"$scratch/figures.lines"
# json has no service in a dbsb row, and the percentage as a number.
awk -F'\t' '
	/^figures\[[0-9]+\]\.month/ { month = $2 }
	/^figures\[[0-9]+\]\.section/ { section = $2 }
	/^figures\[[0-9]+\]\.measure/ { measure = $2 }
	/^figures\[[0-9]+\]\.service/ { service = $2 == "null" ? "" : $2 }
	/^figures\[[0-9]+\]\.value/ {
		value = $2 == "null" ? "-" : $2
		if (measure ~ /percent/ && value !~ /\./ && value != "-")
			value = value ".0"
		print month "," section "," measure "," service "," value
	}' "$scratch/figures.lines" >"$scratch/json.csv"
tap_empty 'all 206 published cells are in the json' "$(missing_cells "$scratch/json.csv")"
tap_true 'json tells the months apart from the figures' \
	grep -q "^months\[11\].month${tab}2020-12$" "$scratch/figures.lines"
tap_empty 'csv and json have the same rows' "$(
	tail -n +2 "$scratch/figures.csv" | sort >"$scratch/a"
	sort "$scratch/json.csv" | diff "$scratch/a" - | head -n 5
)"

# As interface.md section 7 compares: runs of blanks, rules and empty lines squeezed out, up to the
# terms; lines that start Provisional or DEMO left out.
squeeze() {
	sed '/^Explanation of terms/,$d; /^Provisional/d; /^DEMO/d' | sed 's/[─━-]\{4,\}//g' |
		sed 's/[[:space:]][[:space:]]*/ /g; s/^ //; s/ $//' | sed '/^$/d'
}

as casey figures 2020-12 | squeeze >"$scratch/list"
tap_empty 'the list layout of December 2020 is as published' \
	"$(squeeze <"$golden/list_2020-12.txt" | diff - "$scratch/list")"
as casey figures 2020-02 --layout matrix | squeeze >"$scratch/matrix"
tap_empty 'the matrix layout of February 2020 is as published' \
	"$(squeeze <"$golden/matrix_2020-02.txt" | diff - "$scratch/matrix")"
as casey figures 2020-12 >"$out"
tap_true 'text ends with the explanation of terms' grep -q '^Explanation of terms' "$out"

as casey figures 2020-12 --format csv -o "$scratch/file.csv"
as casey figures 2020-12 --format csv >"$scratch/stdout.csv"
tap_true '-o writes what standard output gets' cmp "$scratch/file.csv" "$scratch/stdout.csv"

refuses 'a period that is none' 2 'figures: ' as casey figures 2020-13
refuses 'a period that begins after the present month' 2 'figures: ' as casey figures 2021-02
refuses 'a layout that is none' 2 'unknown layout "wide"' as casey figures 2020 --layout wide

as casey month list --format csv >"$scratch/months"
tap_empty 'month list: from the earliest month to the present one, all open' "$({
	echo month,status,closed_on,revision
	for month in 2020-02 2020-03 2020-04 2020-05 2020-06 2020-07 2020-08 2020-09 2020-10 \
		2020-11 2020-12 2021-01; do
		echo "$month,open,,0"
	done
} | diff - "$scratch/months")"
tap_done
