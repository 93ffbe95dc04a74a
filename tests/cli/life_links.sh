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
	grep -v '^requests_' | sed 's/^identity_checked .*/identity_checked null/' >"$scratch/old"
ref=$(as sasha request show "$old" --format json | "$json_lines" | sed -n "s/^linked\[0\]$tab//p")
as sasha request show "$ref" --format json | "$json_lines" | tr '\t' ' ' |
	grep -Ev '^(reference|received|state|version|assigned_to|outcome|decided|decided_by|reviewed_by|reasons|findings|linked|checks)' >"$scratch/new"
tap_true 'both subjects were compared' grep -q '^subjects\[1\].subject_surname Childwood$' "$scratch/old"
tap_true 'who sent the old one was checked' sh -c '"$@" | grep -q "\"identity_checked\":\"call_back\""' - \
	"$program" -s "$demo/demo.tdk" -u sasha --password-file "$demo/sasha.password" \
	request show "$old" --format json
tap_empty 'every field is copied but that' "$(diff "$scratch/old" "$scratch/new")"
shows 'received' 'state received'
shows 'today' 'received 2021-01-05'
shows 'linked' "linked[0] $old"
shows 'undecided' 'outcome null'
shows 'no reason' 'reasons null'
has_event request_added
finds possible_duplicate pass query
finds requester_identity_checked warn query
json '{"sealed_copy_seen":"yes","identity_checked":"call_back"}'
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
### Corrections
# measured MEASURE SERVICE VALUE: the figure of the month, as it is now.
measured() {
	tap_true "$1 of $2: $3" [ "$(as sasha figures 2021-01 --format csv |
		sed -n "s/^2021-01,tracing,$1,$2,//p")" = "$3" ]
}
proposes() {
	json "$1"
	is_status "$ref: sam proposes $1" 0 as sam request correct "$ref" --from "$scratch/json"
}
log 'a form that is rejected and should not have been' ccrc
json '{"outcome":"approved_no_trace","reason":"x"}'
stops 1 'it is received; only one that is Rejected' sam correct --from "$scratch/json"
goes 'rejection proposed' casey reject --reason purpose_accepted
goes Rejected sasha review --confirm
measured rejected ccrc 1
stops 1 'this is for supervisor' casey correct --from "$scratch/json"
stops 1 'nothing of it waits' sasha review --confirm
json '{"outcome":"rejected","reason":"x"}'
stops 1 'Rejected already' sam correct --from "$scratch/json"
json '{"outcome":"withdrawn","reason":"x"}'
stops 1 'outcome: it is none of' sam correct --from "$scratch/json"
json '{"outcome":"approved_trace"}'
stops 1 'reason: ' sam correct --from "$scratch/json"
json '{"outcome":"approved_trace","reasons":["other"],"reason":"x"}'
stops 1 'only a rejection has any' sam correct --from "$scratch/json"
json '{"outcome":"approved_trace","reasons":["tired"],"reason":"x"}'
stops 1 'reasons: ' sam correct --from "$scratch/json"
json '{"outcome":"approved_trace","why":"x"}'
stops 2 'unknown key' sam correct --from "$scratch/json"
proposes '{"outcome":"approved_no_trace","reason":"The wrong receipt was rejected."}'
has_event correction_proposed
shows 'it stays what it is' 'state rejected'
measured rejected ccrc 1
stops 1 'waits already' sasha correct --from "$scratch/json"
stops 1 'you proposed it yourself' sam review --confirm
stops 1 'you proposed it yourself' sam review --return --from "$scratch/reason"
stops 1 'this is for supervisor' casey review --confirm
goes Rejected sasha review --return --from "$scratch/reason"
stops 1 'nothing of it waits' sasha review --confirm
proposes '{"outcome":"approved_no_trace","reason":"It was, after all."}'
TRACEDESK_TODAY=2021-02-10
goes 'Approved - No Trace' sasha review --confirm
TRACEDESK_TODAY=2021-01-05
measured rejected ccrc 0
measured approved_no_trace ccrc 1
shows 'the day of the first decision' 'decided 2021-01-05'
shows 'the outcome' 'outcome approved_no_trace'
shows 'no reason is left' 'reasons null'
shows 'nothing is released' 'released null'
as sasha request show "$ref" >"$out"
tap_true 'what it was to be is shown' grep -qx '    To be: Approved - No Trace' "$out"
json '{"outcome":"rejected","reason":"x"}'
stops 1 'reasons: a rejection has at least one' sam correct --from "$scratch/json"
json '{"outcome":"rejected","reasons":["guardian_withheld"],"reason":"x"}'
stops 1 'guardian_withheld is for' sam correct --from "$scratch/json"
proposes '{"outcome":"rejected","reasons":["service_open"],"reason":"And back."}'
goes Rejected sasha review --confirm
shows 'its reason' 'reasons[0] service_open'
measured rejected ccrc 1

### History taken over can be corrected, too.
ref=$(as sasha request list imported state:rejected --limit 1 --format csv | sed -n '2s/,.*//p')
proposes '{"outcome":"approved_no_trace","reason":"The old system had it wrong."}'
goes 'Approved - No Trace' sasha review --confirm
is_status 'its checks are none still' 0 as sasha request check "$ref"

is_status 'the trail holds' 0 as audrey audit verify
tap_done
