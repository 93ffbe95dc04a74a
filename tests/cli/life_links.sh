#!/bin/sh
# Receipts and others: links, incidents, a rejected request that is sent in again; and a decided one
# that two supervisors correct.
. "$TOP_SRCDIR/tests/cli/life.sh"
text 'For a reason.'
cp "$scratch/text" "$scratch/reason"

# event KIND: the history of $ref has one of that kind, as the newest but the asking.
has_event() {
	as sasha request history "$ref" --format csv >"$out"
	tap_true "$ref: its history: $1" grep -q ",$1\$" "$out"
}

### Links
log 'one form' police
first=$ref
log 'the same form again' police
second=$ref
tap_true 'which is a possible duplicate' grep -q "^Possible duplicates: $first\$" "$out"
finds possible_duplicate warn query
stops 1 'linked to itself' casey link "$second"
stops 1 'no receipt TR-2021-999999' casey link TR-2021-999999
stops 2 'word is missing' casey link
stops 1 'this is for' audrey link "$first"
goes received casey link "$first"
has_event linked
finds possible_duplicate pass accept
shows 'the link' "linked[0] $first"
shows 'no version more' 'version 1'
stops 1 'linked to .* already' casey link "$first"
ref=$first
stops 1 'linked to .* already' casey link "$second"
shows 'the link, from the other end' "linked[0] $second"
has_event linked

### Incidents
json '{"what":"The letter went to a wrong mailbox.","when":"2021-01-04","told":"the data protection officer","reference":"DPO-17"}'
goes received casey incident --from "$scratch/json"
has_event incident_recorded
as casey request show "$ref" >"$out"
for line in 'What: The letter went to a wrong mailbox.' 'When: 2021-01-04' \
	'Told: the data protection officer' 'Reference: DPO-17'; do
	tap_true "shown: $line" grep -qxF "    $line" "$out"
done
json '{"when":"2021-01-04"}'
stops 1 'what: ' casey incident --from "$scratch/json"
json '{"what":"x"}'
stops 1 'when: ' casey incident --from "$scratch/json"
json '{"what":"x","when":"2021-01-06"}'
stops 1 'after today' casey incident --from "$scratch/json"
json '{"what":"x","when":"2021-01-04","who":"me"}'
stops 2 'unknown key' casey incident --from "$scratch/json"
stops 2 '--from' casey incident
json '{"what":"x","when":"2021-01-04"}'
stops 1 'this is for' audrey incident --from "$scratch/json"

### Sent in again
log 'a faulty form' court_order -e 's/"sealed_copy_seen": "yes"/"sealed_copy_seen": "no"/'
old=$ref
stops 1 'it is received; only one that is Rejected' casey resubmit
goes 'rejection proposed' casey reject --reason court_order_complete
goes Rejected sam review --confirm
stops 1 'this is for' audrey resubmit
is_status 'sent in again' 0 as casey request resubmit "$old"
tap_true 'the new reference stands alone' grep -Eqx 'TR-2021-[0-9]{6}' "$out"
tap_empty 'the two are no duplicates' "$(grep duplicates "$out")"
has_event resubmitted
shows 'the old one stays' 'state rejected'
as sasha request show "$old" --format json | "$json_lines" | tr '\t' ' ' |
	grep -Ev '^(reference|received|state|version|assigned_to|outcome|decided|decided_by|reviewed_by|reasons|findings|linked|checks)' |
	grep -v '^requests_' >"$scratch/old"
ref=$(head -n 1 "$out")
ref=$(as sasha request show "$old" --format json | "$json_lines" | sed -n "s/^linked\[0\]$tab//p")
as sasha request show "$ref" --format json | "$json_lines" | tr '\t' ' ' |
	grep -Ev '^(reference|received|state|version|assigned_to|outcome|decided|decided_by|reviewed_by|reasons|findings|linked|checks)' >"$scratch/new"
tap_true 'both subjects were compared' grep -q '^subjects\[1\].subject_surname Childwood$' "$scratch/old"
tap_empty 'every field is copied' "$(diff "$scratch/old" "$scratch/new")"
shows 'received' 'state received'
shows 'today' 'received 2021-01-05'
shows 'linked' "linked[0] $old"
shows 'undecided' 'outcome null'
shows 'no reason' 'reasons null'
has_event request_added
finds possible_duplicate pass query
json '{"sealed_copy_seen":"yes"}'
goes received casey edit --from "$scratch/json"
judged casey
goes accepted casey accept

### A flagged one stays closed when it is sent in again.
log 'a form that will be flagged' hm_coroner
goes 'in triage' sasha assign casey
judged casey
goes accepted casey accept
json '{"subjects":[{"trace_code":"92","s_flag":"yes","identity_changed":"no"}],"items":["name"]}'
goes 'with the Caldicott Guardian' casey trace --from "$scratch/json"
stops 1 'it is flagged' chris link "$old"
ref_flagged=$ref
ref=$old
stops 1 'is flagged, and not yours' chris link "$ref_flagged"
ref=$ref_flagged
json '{"guardian":"Dr Gwen Ardian","decided":"2021-01-05","decision":"withhold"}'
goes Rejected sam guardian --from "$scratch/json"
stops 1 'it is flagged' chris resubmit
is_status 'casey, whose it is, logs it again' 0 as casey request resubmit "$ref"
ref=$(head -n 1 "$out")
stops 1 'it is flagged' chris show
is_status 'casey may open the new one' 0 as casey request show "$ref"
is_status 'the trail holds' 0 as audrey audit verify
tap_done
