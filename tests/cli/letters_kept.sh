#!/bin/sh
# Letters: what they say of the desk, whose an answer to a court is, that what went is kept, what
# colleagues see of a refusal by the Caldicott Guardian, and who leaves.
. "$TOP_SRCDIR/tests/cli/life.sh"
text 'For a reason.'
cp "$scratch/text" "$scratch/reason"

# letter NAME [OPTIONS]: casey prints that of $ref into $scratch/NAME.
letter() {
	letter_name=$1
	shift
	is_status "$ref: its letter: $letter_name" 0 as casey request letter "$ref" "$@"
	cp "$out" "$scratch/$letter_name"
}
says() {
	tap_true "$1 says: $2" grep -qF -- "$2" "$scratch/$1"
}
says_not() {
	tap_empty "$1 does not say: $2" "$(grep -iF -- "$2" "$scratch/$1")"
}

### What letters say of the desk
log 'a faulty form' police -e 's/"Inspector"/"Sergeant"/'
json '{"ask":"Is there an Inspector?"}'
goes 'waiting for an answer' casey query --from "$scratch/json"
letter shipped
says shipped 'call the tracing desk on 0113 496 0018'
says shipped '1 Invented Square'
printf '%s\n' '{"address":"Test House\n2 Testing Lane","telephone":"0113 496 0099","email":"letters@desk.example","complaints":"write to the head of the service"}' \
	>"$scratch/json"
refuses 'not for a caseworker' 1 'this is for supervisor' as casey letterhead set --from "$scratch/json"
refuses 'nor an auditor' 1 'this is for supervisor' as audrey letterhead set --from "$scratch/json"
refuses 'nothing to set' 2 'give --from' as sam letterhead set
is_status 'changed' 0 as sam letterhead set --from "$scratch/json"
is_status 'its event' 0 as audrey audit log kind:letterhead_set --format csv
tap_true 'names who' grep -q sam "$out"
is_status 'shown' 0 as audrey letterhead show --format csv
tap_true 'a line a key' grep -qx 'telephone,0113 496 0099' "$out"
refuses 'not to an administrator' 1 'this is for' as ada letterhead show
letter changed
for line in 'Test House' '2 Testing Lane' 'Telephone: 0113 496 0099' 'E-mail: letters@desk.example' \
	'call the tracing desk on 0113 496 0099' 'write to the head'; do
	says changed "$line"
done
says_not changed 'Invented Square'
letter changed.html --format html
says changed.html '<p class="office">Test House<br>'
json '{"telephone":null,"fax":"1"}'
refuses 'an unknown key' 2 'the keys are address, telephone, email, complaints' \
	as sam letterhead set --from "$scratch/json"
json '{"telephone":null,"address":null,"email":null,"complaints":null}'
is_status 'taken away' 0 as sam letterhead set --from "$scratch/json"
letter bare
says bare 'call the tracing desk and name'
says bare 'write to the'
says bare 'supervisor of the tracing desk the way you sent the request'
says_not bare 'Telephone'

### What went is kept word for word, whatever is changed since.
letter before
is_status 'sent' 0 as casey request sent "$ref" --by post
TRACEDESK_TODAY=2021-01-07
json '{"telephone":"0113 496 0018"}'
is_status 'a new number' 0 as sam letterhead set --from "$scratch/json"
json '{"requester_name":"Another Name"}'
goes 'waiting for an answer' casey edit --from "$scratch/json"
letter after
tap_true 'the words that went' cmp -s "$scratch/before" "$scratch/after"
letter after.html --format html
says after.html 'Date: 05/01/2021'
TRACEDESK_TODAY=2021-01-05

### A question that repeats a check's sentence says it once.
log 'another faulty form' police -e 's/"Inspector"/"Sergeant"/' -e "s/O'Testa/Twice/"
sentence=$(as casey request check "$ref" --format json | "$json_lines" |
	sed -n "s/^findings\[[0-9]*\]\.sentence$tab\(The countersigner is a Sergeant.*\)/\1/p" | head -n 1)
json "{\"ask\":\"$sentence Please have it signed again.\"}"
goes 'waiting for an answer' casey query --from "$scratch/json"
letter once
tap_true 'once' [ "$(grep -c 'countersigner is a' "$scratch/once")" -eq 1 ]

### No exception lets anybody else have a court's answer.
log 'a form of a court, for somebody else' court_order -e 's/"recipient": "court"/"recipient": "requester"/' \
	-e 's/Samplewood/Elsewood/'
judged casey
stops 1 "the law's to say" casey accept --exception recipient_allowed --from "$scratch/reason"

### No trace, under an order that only the court may have the answer to
log 'a form of a court' court_order
judged casey
goes accepted casey accept
json '{"trace_code":"98","sources":["PDS"]}'
goes 'Approved - No Trace' casey no-trace --from "$scratch/json"
letter court
says court 'The court'
says court 'Family Court at Testing'
says_not court 'Priya Lowe'
says_not court 'office@justice'
stops 1 'may not go that way to the court' casey sent --by telephone
is_status 'to the court' 0 as casey request sent "$ref" --by court_mailbox

### A rejection for everything that a form can be rejected for: no word of whom it is about.
log 'a form with every fault' police -e "s/O'Testa/Unnameable/" -e 's/"Ann"/"Innominata"/' \
	-e 's/1980-02-29/1983-07-19/' -e 's/"Inspector"/"Constable"/' -e 's/"12345"/"-"/' \
	-e 's/kent.police.uk/webmail.example/' -e 's/"call_back"/"no"/' -e 's/2020-12-11/2020-12-20/' \
	-e 's/"Quentin Marsh"/"Priya Lowe"/' -e 's/dpa2018_sch2_2/welfare/' \
	-e 's/criminal_investigation/donor/' -e 's/"necessity": "[^"]*"/"necessity": "-"/' \
	-e 's/"subject_sex": "female"/"nhs_number": "4857773457", "subject_address": "19 Nameless Walk", "subject_postcode": "NW1 4RY", "subject_aliases": "Anonyma"/' \
	-e 's/"name", "address"/"name", "blood group"/'
failing=$(as casey request check "$ref" --format json | "$json_lines" | tr '\t' ' ' |
	sed -n 's/^\(findings\[[0-9]*\]\)\.rule \(.*\)$/\1 \2/p;s/^\(findings\[[0-9]*\]\)\.result \(.*\)$/\1 =\2/p' |
	awk '/ =fail$/ && $1 == at { print rule } { at = $1; rule = $2 }' | paste -s -d ,)
tap_true 'ten checks fail and more' [ "$(echo "$failing" | tr , '\n' | grep -c .)" -ge 10 ]
goes 'rejection proposed' casey reject --reason "$failing,not_in_public_interest"
goes Rejected sam review --confirm
letter every
letter every.html --format html
for word in Unnameable Innominata Anonyma 1983 19/07 4857773457 '485 777' Nameless 'NW1 4RY' burglary; do
	says_not every "$word"
	says_not every.html "$word"
done
says every 'This says nothing about whether we hold a record of anybody.'

### What the Guardian withheld, as colleagues see it
log 'a form that is withheld' hm_coroner
goes 'in triage' sasha assign casey
judged casey
goes accepted casey accept
json '{"subjects":[{"trace_code":"92","s_flag":"yes","identity_changed":"no"}],"items":["name"]}'
goes 'with the Caldicott Guardian' casey trace --from "$scratch/json"
json '{"guardian":"Dr Gwen Ardian","decided":"2021-01-05","decision":"withhold"}'
goes Rejected sam guardian --from "$scratch/json"
# listed WHO WORDS YES|NO
listed() {
	as "$1" request list "$2" "ref:$ref" --format csv >"$out"
	case $3 in
	yes) tap_true "$1 finds it by $2" grep -q "^$ref," "$out" ;;
	no) tap_empty "$1 does not find it by $2" "$(grep "^$ref," "$out")" ;;
	esac
}
listed casey reason:guardian_withheld yes
listed sam reason:guardian_withheld yes
listed chris reason:guardian_withheld no
listed chris reason:not_in_public_interest yes
listed chris not:reason:guardian_withheld yes
tap_empty 'nor does counting tell' \
	"$(as chris request count "ref:$ref" --by reason --format csv | grep guardian)"
tap_true 'a supervisor counts it' [ "$(as sam request count "ref:$ref" --by reason --format csv |
	grep guardian)" = guardian_withheld,1 ]
stops 1 'it is flagged' chris history
stops 1 'it is flagged' chris letter
guarded=$ref

### Who leaves: what he proposed can be reviewed, his letters can be sent.
log 'a form that casey proposes to reject' police -e "s/O'Testa/Leaver/" -e 's/"Inspector"/"Sergeant"/'
goes 'in triage' casey assign casey
goes 'rejection proposed' casey reject --reason countersigner_senior_enough
proposed=$ref
log 'a form that casey corrects not' ccrc
goes 'in triage' casey assign casey
goes 'rejection proposed' casey reject --reason purpose_accepted
goes Rejected sam review --confirm
unsent=$ref
is_status 'casey leaves' 0 as ada user disable casey
ref=$proposed
goes Rejected sam review --confirm
is_status 'chris sends its letter' 0 as chris request sent "$ref" --by post
ref=$unsent
is_status 'and one that was left' 0 as chris request sent "$ref" --by post
ref=$guarded
stops 1 'it is flagged' chris sent --by post
goes Rejected sam assign chris
is_status 'a flagged one once a supervisor has assigned it' 0 as chris request sent "$ref" --by post
is_status 'the list of his' 0 as sam request list assigned:casey open --format csv
tap_empty 'nothing of his is left' "$(sed 1d "$out")"
is_status 'the trail holds' 0 as audrey audit verify
tap_done
