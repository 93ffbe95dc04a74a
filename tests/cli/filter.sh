#!/bin/sh
# The words of a filter against the whole list: each leaves what it asks, its negation the rest;
# counts; what a flagged receipt does not tell; mistakes.
# shellcheck disable=SC2016 # conditions are awk's
. "$TOP_SRCDIR/tests/cli/life.sh"

# Some work of the day: a Sergeant countersigned; the same form twice; one with an S-flag.
log 'a Sergeant countersigned' police -e 's/"Inspector"/"Sergeant"/' -e "s/O'Testa/Otherby/"
sergeant=$ref
log 'a form' nca
is_status 'given to chris' 0 as sam request assign "$ref" chris
first=$ref
log 'the same form again' nca
second=$ref
log 'somebody whose place is hidden' police -e "s/O'Testa/Hidden/" -e 's/1980-02-29/1979-08-07/' \
	-e 's/"subject_sex"/"nhs_number": "9990000018", "subject_sex"/'
flagged=$ref
judged casey
goes accepted casey accept
json '{"subjects":[{"trace_code":"92","matched_on":["name"],"s_flag":"yes",
	"identity_changed":"no","values":{}}],"items":["name"],"recipient":null}'
goes 'with the Caldicott Guardian' casey trace --from "$scratch/json"

# A line a receipt, parted by tabs: reference, received, service, organisation, state, assigned to.
as casey request list --format json | "$json_lines" | awk -F'\t' -v OFS='\t' '
	/^\[[0-9]+\]\./ { sub(/.*\./, "", $1); cell[$1] = $2 }
	$1 == "due" { print cell["reference"], cell["received"], cell["service"],
		cell["organisation"], cell["state"],
		cell["assigned_to"] == "null" ? "" : cell["assigned_to"] }' >"$scratch/all"
total=$(wc -l <"$scratch/all")

# leaves CONDITION WORD...: those of the whole list for which the condition of awk holds.
leaves() {
	leaves_condition=$1
	shift
	awk -F'\t' "$leaves_condition { print \$1 }" "$scratch/all" >"$scratch/wanted"
	as casey request list "$@" --format csv 2>"$err" | sed 1d | cut -d, -f1 >"$out"
	leaves_count=$(wc -l <"$scratch/wanted")
	if [ "$leaves_count" -gt 0 ] && [ "$leaves_count" -lt "$total" ] &&
		cmp -s "$scratch/wanted" "$out"; then
		tap_result ok "$*: $leaves_count of $total"
	else
		diff "$scratch/wanted" "$out" | sed 's/^/# /'
		sed 's/^/# /' "$err"
		tap_result 'not ok' "$*: $leaves_count of $total"
	fi
}

# The word alone and with not:.
word() {
	leaves "$1" "$2"
	leaves "!($1)" "not:$2"
}

final='$5 == "rejected" || $5 ~ /^approved/ || $5 == "withdrawn"'
word '$5 == "received"' state:received
word '$5 == "rejected" || $5 == "guardian_pending"' state:rejected,guardian_pending
word '$3 == "nca"' service:nca
word '$3 == "police" || $3 == "ccrc"' service:police,ccrc
word '$4 == "Kent Police"' 'organisation:kent police'
word '$4 == "Kent Police"' 'organisation:"KENT police"'
word '$2 >= "2020-11-01" && $2 <= "2020-12-31"' received:2020-11..2020-12
word 'substr($2, 1, 4) == "2020"' received:2020
word 'substr($2, 1, 7) == "2020-12"' received:2020-12
word '$2 == "2020-12-14"' received:2020-12-14
word '$2 >= "2020-11-15"' received:2020-11-15..
word "$final" decided
word "!($final)" open
word '$6 == "chris"' assigned:chris
word '$6 == ""' assigned:none
# The demo has two flagged ones of its own and two that look like others.
word "\$1 == \"$flagged\" || \$1 == \"TR-2020-000219\" || \$1 == \"TR-2020-000221\"" flagged
word "\$1 == \"$sergeant\"" "ref:$sergeant"
word "\$1 == \"$first\" || \$1 == \"$second\" || \$1 == \"TR-2020-000241\" || \$1 == \"TR-2020-000250\"" duplicate

# What the checks of each open receipt give, one by one, against the words; history has none.
awk -F'\t' "!($final) { print \$1 }" "$scratch/all" >"$scratch/open"
while read -r ref; do
	as casey request check "$ref" --format json 2>"$err" | "$json_lines" 2>"$err" |
		sed -n "s/^findings.*\\.rule$tab/$ref /p; s/^findings.*\\.result$tab/:/p" |
		sed 'N; s/\n//'
done <"$scratch/open" >"$scratch/findings"
for rule in countersigner_senior_enough:fail requester_identity_checked:pass purpose_accepted:open \
	nhs_number_valid:not_applicable service_open:pass; do
	references=$(sed -n "s/ $rule\$//p" "$scratch/findings" | tr '\n' ' ')
	word "index(\"$references\", \$1)" "rule:$rule"
done

leaves '$3 == "police" && $5 == "rejected" && $2 >= "2020-12-01"' \
	service:police state:rejected received:2020-12..
as chris request list assigned:me --format csv >"$out"
tap_true 'assigned:me' grep -q "^$first," "$out"

# What the list has no column for, by the counts.
counted() {
	as casey request count "$@" --format csv 2>"$err" >"$out"
	sed 1d "$out" | awk -F, '{ sum += $NF } END { print sum + 0 }'
}
tap_true 'counts by service are all' [ "$(counted --by service)" -eq "$total" ]
tap_true 'and by three columns' [ "$(counted --by service,state,received_month)" -eq "$total" ]
tap_true 'imported and not' [ $(($(counted imported --by state) + \
	$(counted not:imported --by state))) -eq "$total" ]
december=$(counted decided:2020-12 --by state)
tap_true 'decided:2020-12 and its negation' [ "$december" -gt 0 -a \
	$((december + $(counted not:decided:2020-12 --by state))) -eq "$total" ]
grep -qx 'decided_month,count' "$out" || as casey request count decided:2020-12 \
	--by decided_month --format csv >"$out"
tap_true 'all of that month' grep -qx "2020-12,$december" "$out"
reason=$(counted reason:not_in_public_interest --by state)
tap_true 'a reason and its negation' [ "$reason" -gt 0 -a \
	$((reason + $(counted not:reason:not_in_public_interest --by state))) -eq "$total" ]
as casey request count --by reasons --format csv >"$out"
tap_true 'the same by reasons' grep -qx "not_in_public_interest,$reason" "$out"
as casey request count --by service,state state:guardian_pending --format json |
	"$json_lines" >"$out"
tap_empty 'json: the columns asked for, then the count' "$(cut -f1 "$out" |
	grep '^\[0\]' | tr '\n' ' ' | grep -vx '\[0\].service \[0\].state \[0\].count ')"
tap_true 'labels for people' sh -c "$(printf '%s' 'printf "%s" "$1" | grep -Eq "NCA +2$"')" - \
	"$(as casey request count --by service rule:possible_duplicate:warn)"

### A flagged receipt: masked, and no answer by nhs or born to those who may not open it.
sees() {
	sees_want=$1
	shift
	tap_true "$1 $3: $sees_want" [ \
		"$(as "$1" request list "$3" --format csv | sed 1d | cut -d, -f1 | tr '\n' ' ')" = "$2" ]
}
for by in nhs:9990000018 born:1979-08-07 subject:hidden hidden "hidden burg"; do
	sees 'nothing' casey '' "$by"
	sees 'it' sam "$flagged " "$by"
	sees 'it' audrey "$flagged " "$by"
	as casey request list "not:$by" --format csv >"$out"
	tap_true "casey not:$by: among the rest" grep -q "^$flagged," "$out"
done
as casey request list rule:nhs_number_valid:warn --format csv >"$out"
tap_true 'casey: nor is it found by a check' [ "$(grep -c "^$flagged," "$out")" -eq 0 ]
as sam request list rule:nhs_number_valid:warn --format csv >"$out"
tap_true 'sam: it is' grep -q "^$flagged," "$out"
as casey request list "ref:$flagged" >"$out"
tap_true 'masked for casey' sh -c 'grep -q "░░░░" "$1" && ! grep -qi hidden "$1"' - "$out"
as sam request list "ref:$flagged" >"$out"
tap_true 'not for a supervisor' grep -q 'HIDDEN, A' "$out"
is_status 'sam gives it to casey' 0 as sam request assign "$flagged" casey
sees 'it, now that it is hers' casey "$flagged " nhs:9990000018
as casey request list "ref:$flagged" >"$out"
tap_true 'no longer masked for her' grep -q 'HIDDEN, A' "$out"
sees 'nothing still' chris '' born:1979-08-07

### Words from a file, and what may not stand on a command line.
printf 'service:nca\n  organisation:"Test Body of nca"\n' >"$scratch/words"
as casey request list --filter-from "$scratch/words" --format csv >"$out"
tap_true 'words from a file' [ "$(wc -l <"$out")" -eq 3 ]
as casey request list "ref:$first" --filter-from "$scratch/words" --format csv >"$out"
tap_true 'beside those of the line' [ "$(wc -l <"$out")" -eq 2 ]
echo 'a long password of ada' >"$scratch/password"
chmod 600 "$scratch/password"
ordinary() {
	tracedesk -s "$scratch/ordinary.tdk" -u "$1" --password-file "$scratch/password" \
		request list "$2" "$3"
}
is_status 'an ordinary store' 0 tracedesk -s "$scratch/ordinary.tdk" -u ada \
	--password-file "$scratch/password" init
is_status 'with a caseworker' 0 tracedesk -s "$scratch/ordinary.tdk" -u ada \
	--password-file "$scratch/password" user add carol --role caseworker \
	--password-from "$scratch/password"
echo 'another long password' >"$scratch/new"
chmod 600 "$scratch/new"
is_status 'who has a password' 0 tracedesk -s "$scratch/ordinary.tdk" -u carol \
	--password-file "$scratch/password" passwd --new-password-from "$scratch/new"
cp "$scratch/new" "$scratch/password"
refuses 'an NHS number on the command line' 2 'give --filter-from FILE' \
	ordinary carol nhs:9990000018 open
refuses 'a name on the command line' 2 'give --filter-from FILE' ordinary carol smith open
refuses 'a subject' 2 'give --filter-from FILE' ordinary carol subject:smith open
refuses 'a name not wanted' 2 'give --filter-from FILE' ordinary carol not:smith open
refuses 'nor negated' 2 'give --filter-from FILE' ordinary carol open not:born:1980-01-01
echo nhs:9990000018 >"$scratch/words"
is_status 'but from a file' 0 ordinary carol --filter-from "$scratch/words"

### Words: every one, the beginning of each, folded.
log 'a name with all that can stand in one' police \
	-e "s/O'Testa/Grüntz-O’Néill/" -e 's/"burglary"/"Theft of a Bicycle"/' \
	-e 's/"Ann"/"Zoë Jean-Luc"/' -e 's/"Quentin Marsh"/"Ulrich Fern-Hall"/' \
	-e 's|"requester_reference": null|"requester_reference": "KP/77-A"|' \
	-e 's/"channel"/"note": "Rang the harbour office.", "channel"/'
words=$ref
# found WORDS...: it and nothing else. lost WORDS...: not it.
found() {
	tap_true "found by $*" [ "$(as casey request list "$@" --format csv | sed 1d |
		cut -d, -f1)" = "$words" ]
}
lost() {
	as casey request list "$@" --format csv >"$out" 2>"$err"
	tap_true "not found by $*" [ $? -eq 0 -a "$(grep -c "^$words," "$out")" -eq 0 ]
}
for by in gruntz Grüntz GRUNTZ-ONEILL "grüntz o'neill" gruntzone subject:grün \
	'subject:"zoe neill grü"' 'zoë gruntz' jean-luc jeanluc luc "$words" kp/77-a 'kp 77a' \
	'bicycle thef' harbour 'rang gruntz' 'ulrich fernhall' fern-hall fernh; do
	found "$by"
done
found bicycle harb zoe
found bicycle not:burglary not:kent
for by in ullrich eill subject:bicycle subject:ulrich 'bicycle spoon' not:harbour; do
	lost "$by"
done
lost bicycle not:zoe
lost bicycle not:subject:luc
found not:spoon harbour state:received
lost harbour state:held
json '{"offence":"Arson","subjects":[{"subject_surname":"Newname"}]}'
is_status 'edited' 0 as casey request edit "$words" --from "$scratch/json"
found newname
found arson harbour
lost bicycle
lost gruntz
text 'The sexton of Saint-Ives rang.'
is_status 'a note' 0 as casey request note "$words" --from "$scratch/text"
found sexton
found saint-ives ives
as sam request list burglary --format csv | sed 1d | cut -d, -f1 | grep -xe "$flagged" -e "$second" >"$out"
tap_true 'newest logged first, whenever received' [ "$(tr '\n' ' ' <"$out")" = "$flagged $second " ]
tap_true 'counted' [ "$(counted sexton --by state)" -eq 1 ]
echo 'Sexton  newname' >"$scratch/words"
as casey request list --filter-from "$scratch/words" --format csv >"$out"
tap_true 'words from a file' [ "$(wc -l <"$out")" -eq 2 ]
events=$(event_count)
found sexton
tap_true 'a search is an event' [ $(($(event_count) - events)) -eq 3 ]
refuses 'no mistake repeats a name' 2 'word 1: a quote is not closed' as casey request list '"Newname'
tap_true 'nowhere' [ "$(grep -ci newname "$err")" -eq 0 ]

### Mistakes, and events.
refuses 'an unknown word' 2 'word 2, "stat:open": there is no such word' \
	as casey request list open stat:open
refuses 'an unknown code' 2 '"polise" is no service; choose one of police, nca' \
	as casey request count service:polise --by state
refuses 'a word twice' 2 '"state" is given twice' \
	as casey request list state:held state:received
refuses 'nothing to look for' 2 'word 1: it holds no letter and no digit' as casey request list "'-'"
refuses 'a mistake in the file' 2 'word 1: an NHS number has ten digits' \
	as casey request list --filter-from /dev/null nhs:123
refuses 'assigned to nobody' 2 'assigned:nobody: there is nobody of that name' \
	as casey request list assigned:nobody
refuses 'no such column' 2 '"surname" is no column to count by' \
	as casey request count --by surname
refuses 'no column' 2 'give --by' as casey request count
events=$(event_count)
as casey request list >"$out"
as casey request count --by state >"$out"
tap_true 'lists and counts without words write nothing' [ $(($(event_count) - events)) -eq 3 ]
events=$(event_count)
as casey request list not:state:held --format csv >"$out"
tap_true 'a list by words of more than a page is one event' \
	[ $(($(event_count) - events)) -eq 3 -a "$(wc -l <"$out")" -gt 201 ]
as casey request count open --by state >"$out"
tap_true 'a count by words too' [ $(($(event_count) - events)) -eq 6 ]
is_status 'the trail holds' 0 as audrey audit verify
tap_done
