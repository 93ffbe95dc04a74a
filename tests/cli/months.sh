#!/bin/sh
# Months: closed in order, what is frozen, what a closed month refuses, corrections, revisions, and
# that every revision prints again byte for byte, whatever was changed since.
. "$TOP_SRCDIR/tests/cli/cli.sh"
make_demo
golden=$TOP_SRCDIR/tests/golden
echo 'A file was counted wrongly.' >"$scratch/why"

# prints WHERE MONTH [OPTIONS]: all forms of a month into a folder.
prints() {
	prints_to=$scratch/$1
	prints_month=$2
	shift 2
	mkdir -p "$prints_to"
	for prints_layout in list matrix; do
		as audrey figures "$prints_month" --layout $prints_layout "$@" >"$prints_to/$prints_layout.txt"
		as audrey figures "$prints_month" --layout $prints_layout --format html "$@" \
			>"$prints_to/$prints_layout.html"
	done
	for prints_form in csv json; do
		as audrey figures "$prints_month" --format $prints_form "$@" >"$prints_to/figures.$prints_form"
	done
	as audrey figures "$prints_month" --format xlsx --force -o "$prints_to/figures.xlsx" "$@"
	for prints_cell in total_receipts_processed:total rejected:police received:dbsb \
		transactions_total:dbsb; do
		as audrey figures "$prints_month" --cases "$prints_cell" --format csv "$@" \
			>"$prints_to/$prints_cell.csv"
	done
}
same() {
	tap_empty "$1" "$(diff -rq "$scratch/$2" "$scratch/$3" 2>&1)"
}
differ() {
	tap_true "$1" [ -n "$(diff -q "$scratch/$2/figures.csv" "$scratch/$3/figures.csv")" ]
}
closes() {
	is_status "$1 is closed" 0 as sam month close "$1"
}

### In order, when it is over
refuses 'no month' 2 'is no month' as sam month close 2020
refuses 'no such month' 2 'is no month' as sam month close 2020-13
refuses 'before the register' 1 'begins with February 2020' as sam month close 2020-01
refuses 'not the first' 1 'February 2020 comes before it' as sam month close 2020-12
refuses 'not over' 1 'comes before it' as sam month close 2021-01
refuses 'a caseworker closes none' 1 'this is for supervisor' as casey month close 2020-02
refuses 'an auditor closes none' 1 'this is for supervisor' as audrey month close 2020-02
refuses 'an open month has no revision' 1 'is not closed' as casey figures 2020-12 --revision 1
refuses 'nor is there anything to revise' 1 'is not closed' as sam month revise 2020-12 --from "$scratch/why"
as sam figures 2020-02 --format csv >"$scratch/before.csv"
closes 2020-02
tap_true 'a checkpoint is printed' grep -q '^signature$' "$out"
cp "$out" "$scratch/checkpoint"
tap_true 'what waits for a second person is said' \
	grep -Eq '^tracedesk: 10 receipts still wait for a second person .TR-2020-[0-9]*, ' "$err"
is_status 'the checkpoint is on the chain' 0 as audrey audit verify --against "$scratch/checkpoint"
tap_empty 'the figures are those of before' "$(as sam figures 2020-02 --format csv |
	diff "$scratch/before.csv" - 2>&1)"
tap_true 'the list says so' [ "$(as casey month list --format csv | sed -n 2p)" = \
	2020-02,closed,2021-01-04,1 ]
tap_true 'so does json' grep -q '"month":"2020-02","status":"closed","closed_on":"2021-01-04","revision":1' \
	"$(as casey figures 2020-02 --format json >"$out" && echo "$out")"
as casey figures 2020-02 >"$out"
tap_empty 'it is provisional no more' "$(grep Provisional "$out")"
tap_true 'its footnote names day and checkpoint' grep -Eq \
	'^February 2020: revision 1, published on 04/01/2021, checkpoint [0-9]+ [0-9a-f]{16}\.$' "$out"
refuses 'a second time' 1 'it is closed already' as sam month close 2020-02
for month in 03 04 05 06 07 08 09 10 11 12; do closes 2020-$month; done
refuses 'not over' 1 'it is not over; it can be closed from 1 February 2021 on' as sam month close 2021-01

### The published year, from frozen months
as sam figures 2020 --format csv >"$scratch/year.csv"
{
	tail -q -n +2 "$golden/tracing_2020.csv" "$golden/dbsb_2020.csv"
} | cut -d, -f1-5 | tr -d '\r' | while IFS= read -r line; do
	grep -qxF "$line" "$scratch/year.csv" || echo "$line"
done >"$scratch/missing"
tap_true 'every published figure is there' [ ! -s "$scratch/missing" -a -s "$scratch/year.csv" ]
prints first 2020-12

### Sums: every cell is as many receipts as it says
for cell in $(sed -n 's/^2020-12,tracing,\([^,]*\),\([^,]*\),\(.*\)/\1:\2=\3/p' "$scratch/first/figures.csv"); do
	listed=$(as casey figures 2020-12 --cases "${cell%=*}" --format csv | sed 1d | wc -l)
	[ "$listed" -eq "${cell#*=}" ] || echo "$cell: $listed listed"
done >"$scratch/sums"
tap_true 'cells were there to check' [ "$(grep -c '^2020-12,tracing' "$scratch/first/figures.csv")" -ge 30 ]
tap_empty 'every cell is as many receipts as it says' "$(cat "$scratch/sums")"
for cell in received rejected withdrawn approved_and_processed; do
	value=$(sed -n "s/^2020-12,dbsb,$cell,,//p" "$scratch/first/figures.csv")
	listed=$(as casey figures 2020-12 --cases $cell:dbsb --format csv | sed 1d | wc -l)
	tap_true "dbsb $cell is $value submissions" [ "$listed" -eq "$value" ]
done
tap_true 'the transactions add up' [ "$(as casey figures 2020-12 --cases transactions_total:dbsb --format csv |
	awk -F, 'NR > 1 { sum += $7 } END { print sum }')" -eq 9066 ]
refuses 'no such measure' 2 'is no cell' as casey figures 2020-12 --cases refused:police
refuses 'no such service' 2 'has no service "charity"' as casey figures 2020-12 --cases rejected:charity
refuses 'cases have no layout' 2 'it has no layout' as casey figures 2020-12 --cases rejected:police --layout list
refuses 'no revision 0' 2 'is no revision' as casey figures 2020-12 --revision 0
refuses 'no revision 2 yet' 1 'the newest is 1' as casey figures 2020-12 --revision 2
refuses 'one or the other' 2 'give one of' as casey figures 2020-12 --revision 1 --present
refuses 'an administrator sees none' 1 'you are an* *administrator' as ada figures 2020-12 --cases rejected:police

### What a closed month refuses
printf 'received,service,outcome,decided\n2020-11-01,police,rejected,2020-11-20\n' >"$scratch/late.csv"
is_status 'history' 1 as sam import requests "$scratch/late.csv"
tap_true 'history: why' grep -q 'late.csv:2: decided: lies in a closed month' "$err"
printf 'received,status\n2020-12-30,received\n' >"$scratch/late.csv"
is_status 'a submission' 1 as sam import dbsb "$scratch/late.csv"
tap_true 'a submission: why' grep -q 'late.csv:2: received: lies in a closed month' "$err"
echo '{"received":"2020-12-30"}' >"$scratch/given"
refuses 'one received' 1 'December 2020 is closed' as casey dbsb receive --from "$scratch/given"
refuses 'one processed' 1 'December 2020 is closed' as casey dbsb process DB-2020-000089 \
	--transactions 5 --single-match 4 --on 2020-12-31
refuses 'one rejected' 1 'December 2020 is closed' as casey dbsb reject DB-2020-000089 \
	--reason out_of_scope --on 2020-12-31
refuses 'one withdrawn' 1 'December 2020 is closed' as casey dbsb withdraw DB-2020-000089 --on 2020-12-31
proposed=$(as sam request list state:rejection_proposed --format csv --limit 1 | sed -n '2s/,.*//p')
for reviewer in sam sasha; do
	TRACEDESK_TODAY=2020-12-31 as $reviewer request review "$proposed" --confirm >"$out" 2>"$err"
	cat "$err"
done >"$scratch/review"
tap_true 'a decision when the clock was put back' grep -q 'in a month that is closed; put the clock right' "$scratch/review"
prints again 2020-12
same 'nothing of it is changed' first again

# Numbers of the two sheets of figures in a format with a star.
marked() {
	for marked_part in styles worksheets/sheet1 worksheets/sheet2; do
		unzip -p "$1/figures.xlsx" "xl/$marked_part.xml"
	done | awk -v RS='<' '
		/^numFmt / && /&quot;\*&quot;/ {
			match($0, /numFmtId="[0-9]+/)
			starred[substr($0, RSTART + 10, RLENGTH - 10)] = 1
		}
		/^cellXfs/ { is_in = 1 }
		/^\/cellXfs/ { is_in = 0 }
		/^xf / && is_in {
			match($0, /numFmtId="[0-9]+/)
			style[styles++] = substr($0, RSTART + 10, RLENGTH - 10)
		}
		/^c / && !/t="s"/ && match($0, / s="[0-9]+/) {
			count += style[substr($0, RSTART + 4, RLENGTH - 4)] in starred
		}
		END { print count + 0 }'
}

### Corrections show in the present figures alone
police=$(as casey figures 2020-12 --cases rejected:police --format csv | sed -n '2s/^[^,]*,\([^,]*\),.*/\1/p')
echo '{"outcome":"approved_no_trace","reasons":[],"reason":"The wrong form was judged."}' >"$scratch/correct"
is_status 'a correction is proposed' 0 as sam request correct "$police" --from "$scratch/correct"
prints again 2020-12
same 'proposed: published figures stay' first again
is_status 'it is confirmed' 0 as sasha request review "$police" --confirm
echo '{"transactions":999,"note":"counted wrongly"}' >"$scratch/correct"
is_status 'a submission is corrected' 0 as sam dbsb correct DB-2020-000087 --from "$scratch/correct"
prints again 2020-12
same 'published figures stay' first again
prints present 2020-12 --present
differ 'present figures differ' first present
diff "$scratch/first/figures.csv" "$scratch/present/figures.csv" | sed -n 's/^> //p' >"$scratch/changed"
tap_true 'in the cells that changed' [ "$(sed 's/,[^,]*$//' "$scratch/changed" | tr '\n' ' ')" = \
	"2020-12,tracing,rejected,police 2020-12,tracing,rejected,total \
2020-12,tracing,approved_no_trace,police 2020-12,tracing,approved_no_trace,total \
2020-12,dbsb,transactions_avg_per_file, 2020-12,dbsb,single_match_percent, \
2020-12,dbsb,unmatched, 2020-12,dbsb,transactions_total, " ]
tap_true 'text marks as many' [ "$(grep -cE '[0-9%-]\*$' "$scratch/present/list.txt")" -eq 8 ]
tap_true 'and says so' grep -q '^Present figures, not those published; \* marks' "$scratch/present/list.txt"
tap_true 'a workbook marks them, too, and they stay numbers' [ "$(marked "$scratch/present")" = 8 ]
tap_true 'and says so on its notes' [ "$(unzip -p "$scratch/present/figures.xlsx" xl/sharedStrings.xml |
	grep -c 'Present figures, not those published; \* marks')" -eq 1 ]
tap_true 'one of the published figures marks none' [ "$(marked "$scratch/again")" = 0 ]
tap_true 'matrix too' grep -Eq '^Rejected .*8\*.*16\*' "$scratch/present/matrix.txt"
tap_true 'the frozen case is still behind the published cell' grep -q "$police" "$scratch/again/rejected:police.csv"
tap_empty 'and not behind the present one' "$(grep "$police" "$scratch/present/rejected:police.csv")"

### A revision
refuses 'a caseworker revises none' 1 'this is for supervisor' as casey month revise 2020-12 --from "$scratch/why"
refuses 'without a reason' 2 'why is missing' as sam month revise 2020-12
refuses 'one that is not closed' 1 'is not closed' as sam month revise 2021-01 --from "$scratch/why"
refuses 'nothing to revise' 1 'nothing differs' as sam month revise 2020-11 --from "$scratch/why"
is_status 'revised' 0 as sam month revise 2020-12 --from "$scratch/why"
for line in '2020-12 is published as revision 2:' 'Rejected, Police: 9 → 8' 'Rejected, Total: 17 → 16' \
	'Approved - No Trace, Police: - → 1' "$police: counted as Rejected" \
	"$police: counts as Approved - No Trace" \
	'DB-2020-000087: counted as processed, 131 transactions, 62 single matches'; do
	case $line in
	*': - →'*) line=$(echo "$line" | sed 's/: - /: 0 /') ;;
	esac
	tap_true "it says: $line" grep -qxF "$line" "$out"
done
tap_true 'and nothing of other cells' [ "$(grep -c ' → ' "$out")" -eq 8 ]
tap_true 'with a checkpoint' grep -q '^signature$' "$out"
prints second 2020-12
prints old 2020-12 --revision 1
same 'revision 1 is as it was' first old
tap_empty 'revision 2 is what was present' "$(diff "$scratch/second/figures.csv" "$scratch/present/figures.csv")"
tap_true 'its footnote is dated' grep -q \
	'^December 2020 was revised on 04/01/2021 (revision 2): A file was counted wrongly.$' "$scratch/second/list.txt"
tap_true 'the list has it' [ "$(as casey month list --format csv | grep 2020-12)" = 2020-12,closed,2021-01-04,2 ]

### Everything is changed, on a later day
TRACEDESK_TODAY=2021-03-15
export TRACEDESK_TODAY
for service in police court_order welsh_blood jersey_cytology; do
	echo '{"label":"Changed '$service'","note":"(a new note)","note_from":null,"footnote":"*A new footnote"}' \
		>"$scratch/given"
	as sam service set $service --from "$scratch/given" >/dev/null
done
echo '{"shown_to":"2019-12"}' >"$scratch/given"
as sam service set hm_coroner --from "$scratch/given" >/dev/null
as ada user role chris auditor >/dev/null
as ada user disable sasha >/dev/null
echo '{"note":"a later note","reason":"so"}' >"$scratch/given"
as sam rule set secure_domain all example.org >/dev/null
as sam dbsb correct DB-2020-000086 --from "$scratch/given" >/dev/null
tap_true 'the changes took' grep -q '^Changed police (a new note)' \
	"$(as audrey figures 2021-01 >"$out" && echo "$out")"
prints old 2020-12 --revision 1
same 'revision 1 is as it was' first old
prints again 2020-12
same 'revision 2 is as it was' second again
tap_true 'present figures have the new labels' grep -q '^Changed police (a new note)' \
	"$(as audrey figures 2020-12 --present >"$out" && echo "$out")"
is_status 'labels alone are revised, too' 0 as sam month revise 2020-12 --from "$scratch/why"
tap_true 'and told' grep -q '^Label of police: "Police" → "Changed police (a new note)"$' "$out"
prints old 2020-12 --revision 1
same 'revision 1 is as it was' first old
prints old 2020-12 --revision 2
same 'revision 2 is as it was' second old
closes 2021-01
closes 2021-02

### Releases
as audrey release list 2020-12 --format csv >"$out"
tap_true 'releases: a line a release' [ "$(sed 1d "$out" | wc -l)" -eq 27 ]
tap_true 'with what the register wants' grep -q \
	'^2020-12-02,TR-2020-000175,.*,court_order,address;area_of_registration,court_order,court_order,no,order of a court,yes$' "$out"
refuses 'no period' 2 'is no period' as audrey release list soon
is_status 'the audit log verifies' 0 as audrey audit verify
tap_done
