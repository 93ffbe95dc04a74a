#!/bin/sh
# The register as a workbook, read back with unzip: every published cell, what each sheet is made
# of, the same bytes each time, and nothing left beside the file.
. "$TOP_SRCDIR/tests/cli/cli.sh"
golden=$TOP_SRCDIR/tests/golden
command -v unzip >/dev/null || {
	echo "Bail out! unzip is needed: ./bootstrap check installs it"
	exit 1
}
make_demo
mkdir "$scratch/books"
book=$scratch/books/2020.xlsx

part() {
	unzip -p "$1" "$2"
}
# cells BOOK N: a line "ROW<tab>COLUMN<tab>VALUE" for each cell of its N-th sheet; strings with a "
# before them. An empty cell has no value.
cells() {
	part "$1" xl/sharedStrings.xml >"$scratch/strings.xml"
	part "$1" "xl/worksheets/sheet$2.xml" >"$scratch/sheet.xml"
	awk -v RS='<' '
		FILENAME ~ /strings/ && /^t[ >]/ {
			text = $0
			sub(/^[^>]*>/, "", text)
			strings[count++] = text
		}
		FILENAME ~ /sheet/ && /^c / {
			match($0, /r="[A-Z]+/)
			column = substr($0, RSTART + 3, RLENGTH - 3)
			match($0, /r="[A-Z]+[0-9]+/)
			row = substr($0, RSTART + 3 + length(column), RLENGTH - 3 - length(column))
			is_string = /t="s"/
			if (/\/>/)
				print row "\t" column "\t"
		}
		FILENAME ~ /sheet/ && /^v>/ {
			value = substr($0, 3)
			print row "\t" column "\t" (is_string ? "\"" strings[value] : value)
		}' "$scratch/strings.xml" "$scratch/sheet.xml"
}
# Days since 1899-12-30 of the first of a month, as a spreadsheet counts, to YYYY-MM.
month_of='function month_of(serial,    month) {
	for (month in serials) if (serials[month] == serial) return month
	return "not a month: " serial
}
BEGIN {
	split("31 29 31 30 31 30 31 31 30 31 30 31", days, " ")
	serial = 43831
	for (i = 1; i <= 12; i++) {
		serials[sprintf("2020-%02d", i)] = serial
		serial += days[i]
	}
}'

is_status 'a workbook is written' 0 as casey figures 2020 --format xlsx -o "$book"
tap_empty 'for its owner alone' "$(find "$book" ! -perm 600)"
tap_empty 'nothing is left beside it' "$(find "$scratch/books" ! -name 2020.xlsx ! -name books)"
tap_true 'it is a whole archive' unzip -tq "$book"

# Tracing: labels back to codes.
as casey service list --format csv | sed 1d | awk -F, '{ print $1 "\t" $2 }' >"$scratch/services"
cells "$book" 1 >"$scratch/tracing"
awk -F'\t' "$month_of"'
	BEGIN {
		split("rejected approved_trace approved_no_trace total_receipts_processed", measures, " ")
		code["Total"] = "total"
	}
	FILENAME ~ /services/ { code[$2] = $1; next }
	$1 == 1 { next }
	$2 == "A" { month = month_of($3) }
	$2 == "B" {
		service = substr($3, 2)
		sub(/ \(.*/, "", service)
	}
	$2 ~ /[C-F]/ {
		print month ",tracing," measures[index("CDEF", $2)] "," code[service] "," $3
	}' "$scratch/services" "$scratch/tracing" | sort >"$scratch/got"
as casey figures 2020 --format csv | grep ,tracing, | sort >"$scratch/wanted"
tap_empty 'the sheet Tracing has every figure of the csv and no other' \
	"$(diff "$scratch/wanted" "$scratch/got" | head -n 5)"
tap_empty 'the 152 published cells are there' "$(
	sed '1d; s/,[a-z]*$//' "$golden/tracing_2020.csv" | sort >"$scratch/golden"
	comm -23 "$scratch/golden" "$scratch/got"
	[ "$(grep -c '' "$scratch/golden")" -eq 152 ] || echo "not 152"
)"
awk -F'\t' '$2 == "B" && $1 > 1 && $1 < 12 { print substr($3, 2) }' "$scratch/tracing" >"$scratch/labels"
tap_empty 'newest month first, services in register order, notes by date' "$(
	printf '%s\n' Police NCA 'Home Office (under review)' 'Court Order' CCRC 'HM Coroner' \
		'Welsh Blood Service (retired on 18/09/2020)' \
		'Jersey Cytology Screening (retired on 30/11/2020)' Total Police |
		diff - "$scratch/labels"
)"

# DBSB: a row a month; the share is a number of its own kind.
cells "$book" 2 >"$scratch/dbsb"
awk -F'\t' "$month_of"'
	BEGIN {
		split("received rejected withdrawn approved_and_processed transactions_avg_per_file " \
			"single_match_percent single_match unmatched transactions_total", measures, " ")
	}
	$1 == 1 { next }
	$2 == "A" { month = month_of($3) }
	$2 ~ /[B-J]/ {
		measure = measures[index("BCDEFGHIJ", $2)]
		value = $3 == "\"-" ? "-" : measure ~ /percent/ ? sprintf("%.1f", $3 * 100) : $3
		print month ",dbsb," measure ",," value
	}' "$scratch/dbsb" >"$scratch/got"
as casey figures 2020 --format csv | grep ,dbsb, >"$scratch/wanted"
tap_empty 'the sheet DBSB has every figure of the csv, in its order' \
	"$(diff "$scratch/wanted" "$scratch/got" | head -n 5)"
tap_true 'where nothing can be divided stands a dash' \
	[ "$(grep -c '"-' "$scratch/dbsb")" -eq 12 ]

# What every sheet is.
tap_empty 'Tracing, DBSB, Notes, Charts' "$(
	part "$book" xl/workbook.xml | grep -o '<sheet name="[A-Za-z]*"' | cut -d'"' -f2 |
		tr '\n' ' ' | grep -v '^Tracing DBSB Notes Charts $'
)"
for sheet in 1 2 3 4; do
	part "$book" "xl/worksheets/sheet$sheet.xml" >"$scratch/part"
	cells "$book" "$sheet" >"$scratch/cells"
	tap_empty "sheet $sheet: no blank or merged cell, rows equally long" "$(
		awk -F'\t' '$3 == "" || $3 == "\"" { print "blank: " $0 } { many[$1]++ }
			END { for (row in many) if (many[row] != many[1]) print "row " row }
			END { if (NR < 8) print "only " NR " cells" }' "$scratch/cells"
		grep -o '<mergeCell' "$scratch/part"
	)"
	tap_empty "sheet $sheet: its head is a table's, kept in sight and on each page" "$(
		grep -q '<tablePart ' "$scratch/part" || echo 'no table'
		grep -q 'ySplit="1"' "$scratch/part" || echo 'not kept in sight'
		part "$book" "xl/tables/table$sheet.xml" | grep -q 'ref="A1:' || echo 'not from A1'
		part "$book" xl/workbook.xml |
			grep -q "Print_Titles\" localSheetId=\"$((sheet - 1))\">[A-Za-z]*!\$1:\$1<" ||
			echo 'not on each page'
	)"
	tap_empty "sheet $sheet: A4, across, pages numbered, widths set, marked" "$(
		for word in 'paperSize="9"' 'orientation="landscape"' 'Page &amp;P of &amp;N' \
			'fitToHeight="0"' 'customWidth="1"' '<oddHeader>.*DEMO  Provisional<'; do
			grep -q "$word" "$scratch/part" || echo "no $word"
		done
	)"
done
cells "$book" 3 | cut -f3 >"$scratch/notes"
tap_empty 'the notes: terms, footnote, what is provisional, of when' "$(
	for word in '^"Provisional: .* stood on 04/01/2021' '^"DEMO: ' '^"Rejected: requests to the' \
		'^"\*NHS Counter Fraud Authority ceased 31 March 2019' 'January to December 2020'; do
		grep -q "$word" "$scratch/notes" || echo "no $word"
	done
)"
tap_true 'the page says as of which day it was made' \
	grep -q '<dcterms:created[^>]*>2021-01-04T00:00:00Z<' <<END
$(part "$book" docProps/core.xml)
END
tap_empty 'two charts, each told in words' "$(
	[ "$(part "$book" xl/drawings/drawing1.xml | grep -o 'descr="Stacked' | grep -c '')" -eq 2 ] ||
		echo 'not two'
)"

# Its own charts are of its services when it is one month.
as casey figures 2020-12 --format xlsx -o "$scratch/books/month.xlsx"
tap_empty 'a single month is charted by service' "$(
	cells "$scratch/books/month.xlsx" 4 | sed -n '1p; 5p' | cut -f3 |
		tr '\n' ' ' | grep -v '^"Service "Police $'
	unzip -l "$scratch/books/month.xlsx" | grep -o 'chart2.xml'
)"

# Suppressed: stars are texts, and the notes say so.
as casey figures 2020-12 --suppress csds --format xlsx -o "$scratch/books/stars.xlsx"
tap_true 'a suppressed workbook has stars, and says why' [ \
	"$(cells "$scratch/books/stars.xlsx" 1 | grep -c '"\*$')" -eq "$(
		as casey figures 2020-12 --suppress csds --format csv | grep -c 'tracing.*,\*$')" -a \
	"$(cells "$scratch/books/stars.xlsx" 3 | grep -c '"Suppressed: ')" -eq 1 ]

# The same again.
as casey figures 2020 --format xlsx -o "$scratch/books/again.xlsx"
tap_true 'equal bytes on each run' cmp "$book" "$scratch/books/again.xlsx"
refuses 'a file that is there' 1 'there is such a file already' \
	as casey figures 2020 --format xlsx -o "$book"
refuses 'no file to write to' 2 'xlsx is a file; add -o FILE' as casey figures 2020 --format xlsx
refuses 'no workbook of a list' 2 'choose text, csv or json' \
	as casey month list --format xlsx -o "$scratch/books/list.xlsx"
refuses 'a folder that is not there' 6 'cannot be written' \
	as casey figures 2020 --format xlsx -o "$scratch/none/2020.xlsx"

# A closed month: what was published, the same whatever the day.
as sam month close 2020-02 >"$out" 2>"$err"
as casey figures 2020-02 --format xlsx -o "$scratch/books/closed.xlsx"
TRACEDESK_TODAY=2021-03-01 as casey figures 2020-02 --format xlsx -o "$scratch/books/later.xlsx"
tap_true 'a closed month: equal bytes on another day' \
	cmp "$scratch/books/closed.xlsx" "$scratch/books/later.xlsx"
tap_empty 'its notes say which revision, when and from which checkpoint; it is not provisional' "$(
	cells "$scratch/books/closed.xlsx" 3 | cut -f3 >"$scratch/notes"
	grep -Eq '^"February 2020: revision 1, published on 04/01/2021, checkpoint [0-9]+ [0-9a-f]+' \
		"$scratch/notes" || echo 'not said'
	grep Provisional "$scratch/notes"
	part "$scratch/books/closed.xlsx" xl/worksheets/sheet1.xml | grep -o 'DEMO  Provisional'
)"

# Only the private folder beside the file is written to; when the disk fills, nothing stays.
# A sanitizer cannot look for leaks in what is traced.
trace() {
	as_options=$1
	shift
	ASAN_OPTIONS=detect_leaks=0 setsid -w strace -f -o "$scratch/trace" $as_options "$program" -s "$demo/demo.tdk" -u casey \
		--password-file "$demo/casey.password" "$@" </dev/null
}
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
	trace '-e trace=open,openat,creat,mkdir' figures 2020 --format xlsx \
		-o "$scratch/books/traced.xlsx" >"$out" 2>"$err"
	grep -E 'O_CREAT|creat\(|mkdir' "$scratch/trace" | grep -v ' = -1 ' >"$scratch/made"
	tap_true 'the trace was read' [ "$(grep -c /.tracedesk. "$scratch/made")" -gt 10 ]
	tap_empty 'no file is made outside the private folder beside the target' \
		"$(grep -v -e "\"$scratch/books/\.tracedesk\.[A-Za-z0-9]*[\"/]" \
			-e "\"$demo/" "$scratch/made")"
	tap_empty 'the private folder is for its owner alone' \
		"$(grep mkdir "$scratch/made" | grep -v 0700)"
	ls -A "$scratch/books" >"$scratch/before"
	failed=0
	for call in 1 5 20 40; do
		trace "-e trace=write -e inject=write:error=ENOSPC:when=$call..$((call + 2))" figures 2020 \
			--format xlsx -o "$scratch/books/full.xlsx" >"$out" 2>"$err"
		[ $? -eq 6 ] && [ "$(grep -c '^tracedesk: .*cannot be written' "$err")" -eq 1 ] &&
			[ "$(grep -c '' "$err")" -eq 1 ] && failed=$((failed + 1))
	done
	echo "# full disk: met $failed times"
	tap_true 'a full disk is told' [ "$failed" -ge 3 ]
	tap_empty 'and leaves nothing behind' "$(ls -A "$scratch/books" | diff "$scratch/before" -)"
else
	tap_skip 'the files made, a full disk' 'no strace here'
fi
tap_done
