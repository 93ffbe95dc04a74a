#!/bin/sh
# Submissions: received, rejected, withdrawn, processed, corrected; what each refuses; the domain of
# the contact's e-mail; old values in the audit log.
. "$TOP_SRCDIR/tests/cli/cli.sh"
make_demo

# given JSON: what --from holds.
given() {
	echo "$1" >"$scratch/given"
}
# receives NAME JSON: casey logs one; its reference goes to $ref.
receives() {
	given "$2"
	is_status "$1" 0 as casey dbsb receive --from "$scratch/given"
	ref=$(sed -n 1p "$out")
}
# column NAME: of $ref now.
column() {
	as casey dbsb show "$ref" --format json | "$json_lines" | sed -n "s/^$1$tab//p"
}
is_now() {
	tap_true "$ref: $1 is $2" [ "$(column "$1")" = "$2" ]
}
has_event() {
	as audrey audit log "ref:$ref" --format csv >"$out"
	tap_true "$ref: event $1" grep -q ",$1," "$out"
}
# stops STATUS PATTERN COMMAND...: on $ref, by casey.
stops() {
	stops_status=$1
	stops_pattern=$2
	stops_verb=$3
	shift 3
	refuses "$stops_verb $*" "$stops_status" "$stops_pattern" \
		as casey dbsb "$stops_verb" "$ref" "$@"
}

### Received
receives 'received' '{"received":"2020-12-20","organisation":"Budmouth Council",
	"contact_email":"files@budmouth.nhs.uk","note":"two files"}'
tap_true 'its reference is given' [ "$ref" = DB-2020-000090 ]
tap_true 'a secure domain, under one of the list, is not spoken of' [ "$(wc -l <"$out")" -eq 1 ]
is_now status 'received'
is_now note 'two files'
has_event submission_received
receives 'today, when nothing is said' '{"organisation":"Budmouth Council","contact_email":"x@nhs.uk.example"}'
tap_true 'a domain that only looks like one is spoken of' grep -q 'nhs.uk.example.*not a secure' "$out"
is_now received '2021-01-04'
as casey dbsb show "$ref" >"$out"
tap_true 'and when it is shown' grep -q 'not a secure one: reject it for that' "$out"
receives 'no e-mail' '{"reference":"OURS-1"}'
tap_true 'a reference of theirs' [ "$ref" = OURS-1 ]
tap_true 'no address is spoken of' grep -q 'not one plain address' "$out"

for case in 'OURS-1 is taken|1|{"reference":"OURS-1"}' \
	'Received is after today|1|{"received":"2021-01-05"}' \
	'Received|1|{"received":"2021-02-30"}' \
	'Status is received|1|{"status":"processed","completed":"2021-01-04","transactions":1,"single_match":1}' \
	'Transactions does not go|1|{"transactions":1}' \
	'unknown key "colour"|2|{"colour":"red"}' \
	'JSON|2|{"received":}'; do
	given "${case##*|}"
	status=${case#*|}
	refuses "receive: ${case##*|}" "${status%%|*}" "${case%%|*}" as casey dbsb receive --from "$scratch/given"
done
refuses 'receive: nothing' 2 'from FILE' as casey dbsb receive
given '{}'
refuses 'an auditor receives none' 1 'you are an* *auditor' as audrey dbsb receive --from "$scratch/given"
refuses 'an administrator receives none' 1 'you are an* *administrator' as ada dbsb receive --from "$scratch/given"

### How it ends
receives 'one to process' '{"received":"2020-12-20","organisation":"A","contact_email":"a@nhs.net"}'
stops 2 'no whole number' process --transactions many --single-match 1
stops 2 'no whole number' process --transactions -5 --single-match 1
stops 2 'missing' process --transactions 5
stops 2 'no whole number' process --transactions 1.5 --single-match 1
stops 1 'over 1000000000000' process --transactions 2000000000000 --single-match 1
stops 2 'no whole number' process --transactions 99999999999999999999 --single-match 1
stops 1 'Single match is more than the transactions' process --transactions 5 --single-match 6
stops 1 'before the day received' process --transactions 5 --single-match 5 --on 2020-12-19
stops 1 'after today' process --transactions 5 --single-match 5 --on 2021-01-05
stops 2 'no day' process --transactions 5 --single-match 5 --on 05/01/2021
is_now status 'received'
is_status 'processed' 0 as casey dbsb process "$ref" --transactions 9066 --single-match 5 --on 2020-12-31
is_now status 'processed'
is_now completed '2020-12-31'
is_now transactions 9066
has_event submission_processed
stops 1 'it is processed already' process --transactions 5 --single-match 5
stops 1 'it is processed already' reject --reason out_of_scope
stops 1 'it is processed already' withdraw
processed=$ref
receives 'one to reject' '{"organisation":"B","contact_email":"b@example.com"}'
stops 2 'give --reason' reject
stops 2 'give --reason' reject --reason too_late
is_status 'rejected' 0 as casey dbsb reject "$ref" --reason insecure_email
is_now status 'rejected'
is_now reason 'insecure_email'
is_now completed '2021-01-04'
has_event submission_rejected
rejected=$ref
receives 'one to withdraw' '{"organisation":"C","contact_email":"c@gov.uk"}'
is_status 'withdrawn' 0 as casey dbsb withdraw "$ref"
is_now status 'withdrawn'
has_event submission_withdrawn
ref=DB-1999-000001
stops 1 'there is no such submission' withdraw
refuses 'an auditor rejects none' 1 'you are an* *auditor' as audrey dbsb reject "$processed" --reason out_of_scope

### Corrections
# corrects STATUS PATTERN JSON: sam corrects $ref.
corrects() {
	given "$3"
	if [ "$1" -eq 0 ]; then
		is_status "corrected: $3" 0 as sam dbsb correct "$ref" --from "$scratch/given"
	else
		refuses "corrected: $3" "$1" "$2" as sam dbsb correct "$ref" --from "$scratch/given"
	fi
}
ref=$processed
given '{"transactions":9067,"note":"keyed wrongly"}'
refuses 'a caseworker corrects none' 1 'this is for supervisor' as casey dbsb correct "$ref" --from "$scratch/given"
corrects 1 'why it is corrected is missing' '{"transactions":9067}'
corrects 1 'more than the transactions' '{"transactions":4,"note":"keyed wrongly"}'
corrects 1 'it says so already' '{"transactions":9066,"reason":"keyed wrongly"}'
corrects 1 'a reference stays' '{"reference":"X","note":"wrong"}'
corrects 1 'after today' '{"completed":"2021-01-05","note":"wrong"}'
corrects 1 'before the day received' '{"completed":"2020-12-01","note":"wrong"}'
corrects 1 'Reason does not go' '{"reason":"out_of_scope","note":"wrong"}'
corrects 1 'Reason is missing' '{"status":"rejected","note":"wrong"}'
corrects 2 'unknown key' '{"colour":"red","note":"wrong"}'
is_now transactions 9066
corrects 0 '' '{"transactions":9067,"reason":"keyed wrongly"}'
is_now transactions 9067
is_now reason null
has_event submission_corrected
as audrey audit log "ref:$ref" kind:submission_corrected >"$out"
tap_true 'why is in the audit log' grep -q 'because "keyed wrongly"' "$out"
tap_true 'the old value too' grep -q 'transactions 9066 → 9067' "$out"
corrects 0 '' '{"status":"rejected","reason":"no_authority","note":"the wrong file"}'
is_now status 'rejected'
is_now transactions null
ref=$rejected
corrects 0 '' '{"status":"received","note":"rejected by mistake"}'
is_now completed null
is_now reason null
corrects 1 'it has not ended yet' '{"status":"withdrawn","completed":"2021-01-04","note":"so"}'
is_status 'then it can end again' 0 as casey dbsb reject "$ref" --reason incorrect_format
is_status 'the audit log verifies' 0 as audrey audit verify
tap_done
