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

# Small numbers: the same by whatever way they go out, and in whatever period.
for rule in shmi csds; do
	as casey figures 2020 --suppress $rule --format csv >"$scratch/year"
	for month in 02 05 11 12; do
		as casey figures 2020-$month --suppress $rule --format csv | tail -n +2
	done >"$scratch/months"
	tap_empty "$rule: a month is the same in every period" \
		"$(grep -E '^2020-(02|05|11|12),' "$scratch/year" | diff - "$scratch/months")"
	as casey figures 2020 --suppress $rule --format json >"$scratch/figures.json"
	"$json_lines" <"$scratch/figures.json" >"$scratch/figures.lines"
	tap_true "$rule: json has the same stars, and the note" [ \
		"$(grep -c 'value.*\*$' "$scratch/figures.lines")" -eq \
		"$(grep -c ',\*$' "$scratch/year")" -a \
		"$(grep -c '^suppressed.Suppressed: ' "$scratch/figures.lines" | tr "$tab" .)" -eq 1 ]
	as casey figures 2020-12 --suppress $rule >"$scratch/text"
	as casey figures 2020-12 --suppress $rule --format html >"$scratch/page"
	stars=$(grep -c '^2020-12.*,\*$' "$scratch/year")
	tap_true "$rule: text and page have them, too, and the note" [ "$stars" -gt 5 -a \
		"$(grep -c ' \*$' "$scratch/text")" -eq "$stars" -a \
		"$(grep -o '<td>\*</td>' "$scratch/page" | grep -c '')" -eq "$stars" -a \
		"$(grep -c '^Suppressed: ' "$scratch/text")" -eq 1 -a \
		"$(grep -c '<p>Suppressed: ' "$scratch/page")" -eq 1 ]
done
tap_empty 'shmi: small counts hidden, the rest rounded, totals over all services exact' "$(
	as casey figures 2020-12 --suppress shmi --format csv >"$scratch/got"
	for row in tracing,rejected,police,10 tracing,rejected,nca,0 tracing,rejected,total,17 \
		'tracing,approved_trace,nca,\*' tracing,total_receipts_processed,court_order,35 \
		tracing,total_receipts_processed,total,48 'dbsb,received,,\*' \
		dbsb,transactions_total,,9065 dbsb,single_match_percent,,4.0; do
		grep -q "^2020-12,$row\$" "$scratch/got" || echo "$row"
	done
)"
tap_empty 'csds: 0 to 4 hidden, shares in whole per cents' "$(
	as casey figures 2020-08 --suppress csds --format csv >"$scratch/got"
	for row in 'tracing,rejected,police,\*' 'dbsb,rejected,,\*' dbsb,received,,15 \
		dbsb,single_match_percent,,48 dbsb,single_match,,96275; do
		grep -q "^2020-08,$row\$" "$scratch/got" || echo "$row"
	done
)"
refuses 'suppressed figures that were not published' 2 'leave --present' \
	as casey figures 2020 --suppress shmi --present
refuses 'a suppression that is none' 2 'choose shmi or csds' as casey figures 2020 --suppress gss

# Insight agrees with what is published, and with the lists.
as casey figures 2020-11..2020-12 --insight --format csv >"$scratch/insight"
tap_empty 'insight: as many rejected and decided as the register has' "$(
	as casey figures 2020-11..2020-12 --format csv | awk -F, '
		$3 == "rejected" && $2 == "tracing" { rejected[$4] += $5 }
		$3 == "total_receipts_processed" { all[$4] += $5 }
		END { for (s in all) if (all[s] > 0) print s "," rejected[s] + 0 "," all[s] }' |
		sort >"$scratch/wanted"
	awk -F, '$1 == "rejected_by_service" && $4 > 0 { print $2 "," $3 "," $4 }' \
		"$scratch/insight" | sort | diff "$scratch/wanted" -
)"
tap_empty 'insight: reasons as request count has them' "$(
	as casey request count decided:2020-11..2020-12 state:rejected --by reasons --format csv |
		tail -n +2 | sort >"$scratch/wanted"
	awk -F, '$1 == "rejected_by_reason" && $3 > 0 { print $2 "," $3 }' "$scratch/insight" |
		sort | diff "$scratch/wanted" -
)"
tap_true 'insight: every open receipt has an age' [ \
	"$(awk -F, '$1 == "open_by_age" { sum += $3 } END { print sum }' "$scratch/insight")" -eq \
	"$(as casey request count open --by imported --format csv | sed -n 's/.*,//p' | tail -n +2 |
		awk '{ sum += $1 } END { print sum }')" ]
tap_true 'insight: median and 90th percentile, beside the year before' \
	grep -Eq '^days_to_decision,total,96,,,[0-9]+,[0-9]+,[0-9]+,,,[0-9]+,[0-9]+$' \
	"$scratch/insight"
as casey figures 2020-12 --insight >"$out"
tap_true 'insight says that it is not published' grep -q '^Not published: ' "$out"
refuses 'insight in a published layout' 2 'insight is not published' \
	as casey figures 2020-12 --insight --layout matrix
refuses 'insight as a page' 2 'insight is not published' \
	as casey figures 2020-12 --insight --format html
refuses 'insight for an administrator' 1 'you are an administrator' as ada figures 2020-12 --insight

as casey month list --format csv >"$scratch/months"
tap_empty 'month list: from the earliest month to the present one, all open' "$({
	echo month,status,closed_on,revision
	for month in 2020-02 2020-03 2020-04 2020-05 2020-06 2020-07 2020-08 2020-09 2020-10 \
		2020-11 2020-12 2021-01; do
		echo "$month,open,,0"
	done
} | diff - "$scratch/months")"
tap_done
