#!/bin/sh
# Letters: which receipts have one, what it says and does not, that printing and sending are events,
# what stays to be sent.
. "$TOP_SRCDIR/tests/cli/life.sh"
text 'For a reason.'
cp "$scratch/text" "$scratch/reason"

has_event() {
	as sasha request history "$ref" --format csv >"$out"
	tap_true "$ref: its history: $1" grep -q ",$1\$" "$out"
}
# prints NAME [OPTIONS]: casey prints the letter of $ref into $scratch/NAME.
prints() {
	prints_name=$1
	shift
	as casey request letter "$ref" "$@" >"$scratch/$prints_name" 2>"$err"
	tap_true "$ref: its letter is printed: $prints_name" [ $? -eq 0 -a -s "$scratch/$prints_name" ]
}
says() {
	tap_true "$1 says: $2" grep -qF -- "$2" "$scratch/$1"
}
says_not() {
	tap_empty "$1 does not say: $2" "$(grep -iF -- "$2" "$scratch/$1")"
}
# unsent YES|NO: does $ref stand among those whose letter is to be sent?
unsent() {
	as casey request list unsent "ref:$ref" --format csv >"$out"
	as casey request list not:unsent "ref:$ref" --format csv >"$err"
	case $1 in
	yes) tap_true "$ref is to be sent" grep -q "^$ref," "$out" ;;
	no) tap_true "$ref is not to be sent" grep -q "^$ref," "$err" ;;
	esac
}

tap_empty 'history has no letters to send' "$(as casey request list unsent imported --format csv |
	sed 1d)"

### A query
log 'a form' police -e 's/"requester_reference": null/"requester_reference": "OP-99"/' \
	-e 's/"Inspector"/"Sergeant"/'
stops 1 'no letter yet' casey letter
stops 1 'it is received' casey sent --by post
unsent no
json '{"ask":"Is there an Inspector who can countersign it?"}'
goes 'waiting for an answer' casey query --from "$scratch/json"
unsent yes
prints query
has_event letter_printed
for line in 'DEMO' "Our reference: $ref" 'Your reference: OP-99' 'Date: 05/01/2021' 'Priya Lowe' \
	'reached us on 14/12/2020' '- The countersigner is a Sergeant' \
	'Is there an Inspector' 'complain to the Information' 'call the tracing desk'; do
	says query "$line"
done
unsent yes
stops 2 '--by' casey sent
stops 2 '--by' casey sent --by pigeon
stops 2 '--on' casey sent --by post --on 05/01/2021
stops 1 'after today' casey sent --by post --on 2021-01-06
stops 1 'no letter before' casey sent --by post --on 2020-12-13
stops 1 'this is for' audrey sent --by post
stops 1 'this is for' audrey letter
stops 1 'this is for' ada letter
is_status 'sent' 0 as casey request sent "$ref" --by secure_email --on 2021-01-04
has_event letter_sent
unsent no
stops 1 'sent already' casey sent --by post
prints query
json '{"countersigner_rank":"-"}'
goes 'in triage' casey answer --from "$scratch/json"
stops 1 'no letter yet' casey letter

### A rejection
goes 'rejection proposed' casey reject --reason countersigner_present,not_speculative
unsent no
stops 1 'no letter yet' casey letter
goes Rejected sam review --confirm --strike not_speculative
unsent yes
prints rejection
says rejection '- Missing from the form: '
says_not rejection 'speculative'
says rejection 'send the request in again'
for word in Testa Ann 1980 29/02 burglary; do
	says_not rejection "$word"
done
is_status 'sent today' 0 as casey request sent "$ref" --by telephone
unsent no
is_status 'a reprint, a file' 0 as casey request letter "$ref" -o "$scratch/letter.txt"
tap_true 'it is private' [ "$(stat -c %a "$scratch/letter.txt")" = 600 ]
tap_true 'it is the letter' cmp -s "$scratch/rejection" "$scratch/letter.txt"
stops 1 'already' casey letter -o "$scratch/letter.txt"
is_status 'over it' 0 as casey request letter "$ref" -o "$scratch/letter.txt" --force
prints html --format html
says html '<!DOCTYPE html>'
says html '@page { size: A4'
tap_empty 'it needs nothing from anywhere' "$(grep -E 'src=|href=|url\(|<script|<link' "$scratch/html")"
stops 2 'choose text or html' casey letter --format csv

### Long ago
TRACEDESK_TODAY=2021-06-01
stops 1 'over 90 days ago' casey letter
is_status 'for a reason' 0 as casey request letter "$ref" --because 'They lost it.'
is_status 'a supervisor gives none' 0 as sam request letter "$ref"
TRACEDESK_TODAY=2021-01-05

### What the Guardian withholds reads like what is not in the public interest: byte for byte.
log 'a form that is refused' hm_coroner
plain=$ref
goes 'rejection proposed' casey reject --reason not_in_public_interest
goes Rejected sam review --confirm
prints plain
prints plain.html --format html
log 'the same form, withheld' hm_coroner
goes 'in triage' sasha assign casey
judged casey
goes accepted casey accept
json '{"subjects":[{"trace_code":"92","s_flag":"yes","identity_changed":"no","values":{"name":"Ann Hidden"}}],"items":["name"],"recipient":"other"}'
goes 'with the Caldicott Guardian' casey trace --from "$scratch/json"
stops 1 'no letter yet' casey letter
json '{"guardian":"Dr Gwen Ardian","decided":"2021-01-05","decision":"withhold"}'
goes Rejected sam guardian --from "$scratch/json"
prints guarded
prints guarded.html --format html
sed -i "s/$ref/$plain/" "$scratch/guarded" "$scratch/guarded.html"
tap_true 'text and text' cmp -s "$scratch/guarded" "$scratch/plain"
tap_true 'page and page' cmp -s "$scratch/guarded.html" "$scratch/plain.html"
stops 1 'it is flagged' chris letter
stops 1 'it is flagged' chris sent --by post
is_status 'casey sends it' 0 as casey request sent "$ref" --by post

### No trace
log 'a form of nobody' ccrc
judged casey
goes accepted casey accept
json '{"trace_code":"97","sources":["PDS"]}'
goes 'Approved - No Trace' casey no-trace --from "$scratch/json"
unsent yes
prints no_trace
says no_trace 'were not able to trace any details'
says_not no_trace Fictor
says_not no_trace several

### A release, to the court
log 'a form of a court' court_order
judged casey
goes accepted casey accept
json '{"subjects":[{"trace_code":"00","s_flag":"no","identity_changed":"no","values":{"name":"Ann Found","address":"9 Hidden Row","sex":"female"}},{"trace_code":"98","s_flag":"no","identity_changed":"no"}],"items":["name"],"recipient":"court"}'
goes 'Approved - Trace' casey trace --from "$scratch/json"
unsent yes
prints release
says release '- Name: Ann Found'
says release 'Family Court at Testing'
says release 'Case number: TS20P00001'
says_not release 'Hidden Row'
says_not release female
says_not release 'Priya Lowe'
stops 1 'may not go that way to the court' casey sent --by telephone
is_status 'sent to the court' 0 as casey request sent "$ref" --by court_mailbox
unsent no

### A second check: what the reviewer confirmed is what is told.
log 'a form about an address' police -e "s/O'Testa/Otherby/"
judged casey
goes accepted casey accept
json '{"subjects":[{"trace_code":"00","s_flag":"no","identity_changed":"no","values":{"name":"Ann Otherby","address":"1 Found Lane"}}],"items":["address"]}'
goes 'release to check' casey trace --from "$scratch/json"
stops 1 'no letter yet' casey letter
unsent no
goes 'Approved - Trace' sam review --confirm
prints address
says address '- Address: 1 Found Lane'
says_not address Otherby
as chris request letter "$ref" >"$scratch/chris"
tap_true 'another caseworker prints the same' cmp -s "$scratch/chris" "$scratch/address"

### Corrected: no letter
json '{"outcome":"approved_no_trace","reason":"A wrong person."}'
is_status 'a correction is proposed' 0 as sam request correct "$ref" --from "$scratch/json"
unsent yes
goes 'Approved - No Trace' sasha review --confirm
unsent no
stops 1 'corrected' casey letter
stops 1 'corrected' casey sent --by post

### Withdrawn, and history: none
log 'a form that is withdrawn' nca
goes withdrawn casey withdraw --reason requester_withdrew --from "$scratch/reason"
unsent no
stops 1 'withdrawn and needs no letter' casey letter
stops 1 'it is withdrawn' casey sent --by post
ref=$(as sasha request list imported state:rejected --limit 1 --format csv | sed -n '2s/,.*//p')
stops 1 'older system' sam letter
stops 1 'older system' sam sent --by post

### Its printing is one event, and a refusal is.
ref=$plain
store_before
prints again
store_unchanged 'a letter is an event, and changes nothing' 2
is_status 'the trail holds' 0 as audrey audit verify
tap_done
