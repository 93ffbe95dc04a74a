#!/bin/sh
# Ages in working days, targets, what is due and overdue, the clock that stands while an answer is
# awaited, bank holidays loaded from what GOV.UK publishes.
. "$TOP_SRCDIR/tests/cli/life.sh"

on() {
	TRACEDESK_TODAY=$1
}

# age NAME "DAYS,DUE": of the receipt at hand.
age() {
	as casey request list "ref:$ref" --format csv 2>"$err" | sed 1d >"$out"
	tap_true "$1: $2" [ "$(sed 's/.*,\([^,]*,[^,]*\)$/\1/' "$out")" = "$2" ]
}
shown() {
	as casey request list "ref:$ref" >"$out" 2>"$err"
	tap_true "$1" grep -q "$2" "$out"
}
target() {
	json "{\"target_days\":$2}"
	is_status "$1: a target of $2" 0 as sam service set "$1" --from "$scratch/json"
}

### Age and target. Received on Monday 14 December 2020; 25 and 28 December and 1 January count not.
log 'a form' police -e "s/O'Testa/Clockwise/"
on 2020-12-18
age 'the Friday after' '4,'
on 2020-12-29
age 'after Christmas' '9,'
on 2021-01-04
age 'after New Year' '12,'
target police 12
age 'due on that day' '12,2021-01-04'
shown 'said so' '12 .*04/01/2021 today'
on 2020-12-31
age 'seen from before' '11,2021-01-04'
shown 'only the day' '11 .*04/01/2021$'
on 2021-01-05
age 'and from after' '13,2021-01-04'
shown 'said so' '13 .*04/01/2021 overdue'
as casey request list "ref:$ref" --format json >"$out"
tap_true 'json: a number and a day' grep -q '"age_days": *13, *"due": *"2021-01-04"' "$out"

### overdue and its negation part the list, in its order.
as casey request list --format csv | sed 1d | cut -d, -f1 >"$scratch/all"
as casey request list --format csv | awk -F, 'NR > 1 && $NF != "" && $NF < "2021-01-05" {
	print $1 }' >"$scratch/wanted"
as casey request list overdue --format csv | sed 1d | cut -d, -f1 >"$scratch/overdue"
as casey request list not:overdue --format csv | sed 1d | cut -d, -f1 >"$scratch/rest"
tap_true "overdue: $(wc -l <"$scratch/overdue") of $(wc -l <"$scratch/all")" \
	[ -s "$scratch/overdue" ]
tap_true 'those whose day is over' cmp -s "$scratch/wanted" "$scratch/overdue"
grep -vxFf "$scratch/overdue" "$scratch/all" >"$scratch/wanted"
tap_true 'not:overdue is the rest' cmp -s "$scratch/wanted" "$scratch/rest"
tap_true 'counted' [ "$(as casey request count overdue --by service --format csv | sed 1d)" = \
	"police,$(wc -l <"$scratch/overdue")" ]
tap_true 'none decided' [ "$(as casey request list overdue decided --format csv | wc -l)" -eq 1 ]
refuses 'it takes no value' 2 'it takes no value' as casey request list overdue:yes

### The clock stands while an answer is awaited, by the days on which it was asked and came.
json '{"ask":"Which warrant is it?"}'
cp "$scratch/json" "$scratch/ask"
log 'another' nca -e 's/Testwell/Stander/'
target nca 15
on 2020-12-17
age 'two days old' '2,2021-01-08'
goes 'waiting for an answer' casey query --from "$scratch/ask"
age 'asked' '2,'
on 2021-01-05
age 'it stands' '2,'
tap_true 'and is not overdue' [ "$(as casey request list overdue --format csv |
	grep -c "^$ref,")" -eq 0 ]
json '{"note":"The answer came."}'
goes 'in triage' casey answer --from "$scratch/json"
age 'it goes on, 13 days from the answer' '2,2021-01-22'
on 2021-01-06
age 'the next day' '3,2021-01-22'
goes 'waiting for an answer' casey query --from "$scratch/ask"
on 2021-01-11
age 'it stands again' '3,'
goes 'rejection proposed' casey reject --reason requester_identity_checked
age 'the clock goes for the review' '3,2021-01-27'
on 2021-01-12
age 'as on any day' '4,2021-01-27'
is_status 'decided' 0 as sam request review "$ref" --confirm
age 'decided: no age' ','
on 2021-01-05

### What is needed soon, or a matter of safeguarding, is marked.
log 'urgent' police -e "s/O'Testa/Urgent/" -e 's/"channel"/"needed_by": "2021-01-08", "channel"/'
shown 'needed in three days' ' 13 *!'
log 'safeguarding' police -e "s/O'Testa/Guarded/" -e 's/"channel"/"safeguarding": "yes", "channel"/'
shown 'safeguarding' ' 13 *!'
log 'neither' police -e "s/O'Testa/Calm/" -e 's/"channel"/"needed_by": "2021-01-09", "channel"/'
tap_true 'later: not' sh -c '! grep -q "13 *!" "$1"' - "$out"

### Bank holidays. The list is whole from its first day to its last.
published() {
	printf '{"england-and-wales":{"division":"england-and-wales","events":[%s]},' "$1"
	printf '"scotland":{"division":"scotland","events":[{"title":"2nd January",'
	printf '"date":"2020-12-16","notes":"","bunting":true}]}}\n'
}
event() {
	printf '{"title":"%s","date":"%s","notes":"Substitute day","bunting":true}' "$1" "$2"
}
published "$(event 'A day of rest' 2020-12-15),$(event 'Boxing Day' 2020-12-28)" >"$scratch/days"
on 2020-12-29
age 'before' '9,2021-01-04'
refuses 'not for a caseworker' 1 'this is for supervisor' as casey holiday load "$scratch/days"
refuses 'nor an administrator' 1 'this is for supervisor' as ada holiday load "$scratch/days"
age 'nothing was stored' '9,2021-01-04'
is_status 'loaded' 0 as sam holiday load "$scratch/days"
tap_true 'what it changed' grep -qx \
	'Bank holidays: 2, from 2020-12-15 to 2020-12-28; 1 new, 1 gone.' "$out"
age 'one more, Christmas Day gone, 1 January as it was' '9,2021-01-04'
on 2020-12-16
age 'the new day counts not' '1,2021-01-04'
is_status 'the same again' 0 as sam holiday load "$scratch/days"
tap_true 'changes nothing' grep -q '0 new, 0 gone' "$out"
published "$(event 'A day' 2020-02-30)" >"$scratch/days"
refuses 'no day' 1 'event 1 has no' as sam holiday load "$scratch/days"
published "$(event '' 2020-12-15)" >"$scratch/days"
refuses 'no title' 1 'event 1 has no' as sam holiday load "$scratch/days"
published "$(event 'A' 2020-12-15),$(event 'B' 2020-12-15)" >"$scratch/days"
refuses 'a day twice' 1 'stands twice' as sam holiday load "$scratch/days"
published '' >"$scratch/days"
refuses 'an empty list' 2 'GOV.UK publishes' as sam holiday load "$scratch/days"
echo '{"england-and-wales":[]}' >"$scratch/days"
refuses 'another file' 2 'GOV.UK publishes' as sam holiday load "$scratch/days"
echo '{"england-and-wales":' >"$scratch/days"
refuses 'no JSON' 2 'is not JSON' as sam holiday load "$scratch/days"
refuses 'no file' 6 'No such file' as sam holiday load "$scratch/none"
age 'none of that was stored' '1,2021-01-04'
is_status 'the trail holds' 0 as audrey audit verify
tap_done
