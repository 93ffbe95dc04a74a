#!/bin/sh
# What may not be done in the life of a receipt, and how it is refused: what is given, who asks, the
# state, two people at once, flagged receipts. Every refusal of the desk is an event and changes
# nothing.
. "$TOP_SRCDIR/tests/cli/life.sh"

# reads NAME STATUS PATTERN FILE COMMAND...: the command refuses that file.
reads() {
	reads_name=$1
	reads_status=$2
	reads_pattern=$3
	reads_file=$4
	shift 4
	refuses "$reads_name" "$reads_status" "$reads_pattern" as casey "$@" --from "$reads_file"
}

text 'For a reason.'
cp "$scratch/text" "$scratch/reason"

### Files
reads 'a file that is not there' 6 'cannot be read' "$scratch/none" request add
reads 'a folder' 6 'regular file' "$scratch" request add
mkfifo "$scratch/fifo"
reads 'a FIFO' 6 'regular file' "$scratch/fifo" request add
printf '{"note":"\377"}' >"$scratch/json"
reads 'not UTF-8' 6 'UTF-8' "$scratch/json" request add
json '{"note":'
reads 'not JSON' 2 'is not JSON' "$scratch/json" request add
json '[]'
reads 'no object' 2 'no JSON object' "$scratch/json" request add
json '{"colour":"blue"}'
reads 'an unknown key' 2 'unknown key "colour"' "$scratch/json" request add
json '{"outcome":"rejected"}'
reads 'a key of history' 2 'unknown key "outcome"' "$scratch/json" request add
json '{"service":"police","received":"05/01/2021"}'
reads 'a bad day' 1 'received: is no day' "$scratch/json" request add
json '{"service":"the press","received":"2021-01-05"}'
reads 'a bad code' 1 'service: is no code' "$scratch/json" request add
json '{"service":"police"}'
reads 'no day received' 1 'received: ' "$scratch/json" request add
json '{"received":"2021-01-05"}'
reads 'no service' 1 'service: ' "$scratch/json" request add
json '{"service":"police","received":"2021-01-06"}'
reads 'received tomorrow' 1 'received: .*after today' "$scratch/json" request add
json '{"service":"police","received":"2021-01-05"}'
as casey request add --from - <"$scratch/json" >"$out" 2>"$err"
tap_true 'no request is added without a file on standard input' [ ! -s "$out" ]
is_status 'two columns are enough' 0 as casey request add --from "$scratch/json"
tap_true 'the reference stands alone in the first line' \
	[ "$(head -n 1 "$out" | grep -Ec '^TR-2021-[0-9]{6}$')" -eq 1 ]
is_status 'a template is printed' 0 tracedesk request template court_order
grep -v '^  "received"' "$out" | sed 's/^  "service": .*/&\n"received": "2021-01-05",/' \
	>"$scratch/json"
is_status 'a template can be logged' 0 as casey request add --from "$scratch/json"
refuses 'a template of no service' 2 'no service "press"' tracedesk request template press

### The command line
log 'a form' police
refuses 'no file' 2 'request add: .*--from' as casey request add
for verb in edit hold query answer trace no-trace guardian withdraw note; do
	case $verb in
	withdraw) set -- --reason requester_withdrew ;;
	*) set -- ;;
	esac
	stops 2 "request $verb: .*--from" sam "$verb" "$@"
done
stops 2 'no such code' casey reject --reason countersigned
stops 2 '--reason' casey reject
stops 2 'requester_withdrew' casey withdraw --reason tired --from "$scratch/reason"
stops 2 'no such code' casey accept --exception seniority --from "$scratch/reason"
stops 2 '--exception and --from' casey accept --exception necessity_stated
stops 2 '--exception and --from' casey accept --from "$scratch/reason"
stops 2 'either --confirm or --return' sam review
stops 2 'either --confirm or --return' sam review --confirm --return --from "$scratch/reason"
stops 2 '--strike' sam review --return --from "$scratch/reason" --strike other
stops 2 '--return and --from' sam review --return
stops 2 '--return and --from' sam review --confirm --from "$scratch/reason"
stops 2 'no rule' casey judge seniority yes
stops 2 'does not judge' casey judge necessity_stated yes
stops 2 'neither yes nor no' casey judge not_speculative perhaps
stops 2 'no version' casey edit --expect zero --from "$forms/police.json"
stops 2 'no version' casey edit --expect 0 --from "$forms/police.json"
stops 2 'word is missing' casey judge not_speculative
stops 2 'takes no --from' casey resume --from "$scratch/reason"

### Texts
: >"$scratch/text"
stops 1 'no text in it' casey hold --from "$scratch/text"
printf ' \r\n\n' >"$scratch/text"
stops 1 'no text in it' casey note --from "$scratch/text"
printf '%04001d' 0 >"$scratch/text"
stops 1 'longer than 4000 characters' casey note --from "$scratch/text"
printf '\033[2J' >"$scratch/text"
stops 1 'control character' casey note --from "$scratch/text"
printf '\377' >"$scratch/text"
stops 6 'UTF-8' casey note --from "$scratch/text"
stops 6 'cannot be read' casey note --from "$scratch/none"
printf '%04000d' 0 >"$scratch/text"
goes received casey note --from "$scratch/text"
printf '\357\273\277J\303\274rgen rang.\r\nTwice.\r\n' >"$scratch/text"
goes received casey note --from "$scratch/text"
as casey request show "$ref" >"$out"
tap_true 'the note is shown, its lines one under the other' \
	[ "$(grep -c '^    Jürgen rang\.$\|^    Twice\.$' "$out")" -eq 2 ]

### Who
ref_kept=$ref
ref=TR-2021-999999
for verb in resume check history show; do
	stops 1 'there is no such receipt' casey "$verb"
done
ref=$ref_kept
for who in audrey ada; do
	refuses "$who adds nothing" 1 'this is for' as "$who" request add \
		--from "$forms/police.json"
	stops 1 'this is for' "$who" note --from "$scratch/reason"
	stops 1 'this is for' "$who" accept
	stops 1 'this is for' "$who" review --confirm
done
for verb in show check history; do
	stops 1 'this is for' ada "$verb"
	is_status "audrey reads: $verb" 0 as audrey request "$verb" "$ref"
done
stops 1 'nobody here is called' casey assign nobody
stops 1 'no caseworker or supervisor' casey assign audrey
stops 1 'no caseworker or supervisor' casey assign ada

### States
stops 1 'it is received' casey resume
json '{"note":"x"}'
stops 1 'it is received' casey answer --from "$scratch/json"
json '{"trace_code":"98"}'
stops 1 'it is received; only one that is accepted can be' casey no-trace --from "$scratch/json"
stops 1 'it is received' sam review --confirm
stops 1 'fail' casey accept --exception necessity_stated --from "$scratch/reason"
stops 1 'other reason is' casey reject --reason other
stops 1 'guardian_withheld' casey reject --reason guardian_withheld --from "$scratch/reason"
goes 'rejection proposed' casey reject --reason other,necessity_stated --from "$scratch/reason"
stops 1 'it is rejection proposed' casey reject --reason other --from "$scratch/reason"
stops 1 'it is rejection proposed' casey edit --from "$forms/police.json"
stops 1 'this is for supervisor' casey review --confirm
stops 1 'none of the reasons proposed' sam review --confirm --strike not_speculative
stops 1 'no reason is left' sam review --confirm --strike other,necessity_stated
goes Rejected sam review --confirm
for verb in resume accept; do
	stops 1 'it is Rejected' casey "$verb"
done
stops 1 'it is Rejected' casey edit --from "$forms/police.json"
stops 1 'it is Rejected' casey withdraw --reason logged_in_error --from "$scratch/reason"
goes Rejected casey note --from "$scratch/reason"
shows 'a note changes no version of a decided one' 'state rejected'

### The proposer never reviews, whatever the proposal.
log 'a form of a supervisor' nca
goes 'rejection proposed' sam reject --reason not_in_public_interest
stops 1 'you proposed it yourself' sam review --confirm
stops 1 'you proposed it yourself' sam review --return --from "$scratch/reason"
goes 'in triage' sasha review --return --from "$scratch/reason"
goes 'withdrawal proposed' sam withdraw --reason logged_in_error --from "$scratch/reason"
stops 1 'you proposed it yourself' sam review --confirm
stops 1 'reasons of a rejection' sasha review --confirm --strike other
goes withdrawn sasha review --confirm

### Two people at once
log 'a form for two' ccrc
json '{"offence":"fraud","court":"-"}'
goes received casey edit --expect 1 --from "$scratch/json"
json '{"offence":"theft"}'
as chris request edit "$ref" --expect 1 --from "$scratch/json" >"$out" 2>"$err"
tap_true 'the second gets an edit conflict' [ $? -eq 1 ]
tap_true 'it says so' grep -q '^tracedesk: .*: edit conflict: ' "$err"
tap_true 'it shows both versions' grep -q '^offence: .*fraud.*theft' "$out"
shows 'nothing of the second is stored' 'offence fraud'
shows 'the version' 'version 2'
goes received chris edit --expect 2 --from "$scratch/json"
shows 'what the second wanted, looked at again' 'offence theft'
judged casey
goes accepted casey accept
json '{"offence":"robbery"}'
goes accepted casey edit --from "$scratch/json"
json '{"legal_basis":"other"}'
goes 'in triage' casey edit --from "$scratch/json"
stops 1 'legal_basis_accepted' casey accept
json '{"service":null}'
stops 1 'cannot be emptied' casey edit --from "$scratch/json"

### Trace answers
log 'a form for tracing' court_order
judged casey
goes accepted casey accept
answer='"trace_code":"00","s_flag":"no","identity_changed":"no"'
none='"trace_code":"98","s_flag":"no","identity_changed":"no"'
json "{\"subjects\":[{$answer}],\"items\":[\"name\"]}"
stops 1 'it names 2 subjects, the answer 1' casey trace --from "$scratch/json"
json "{\"subjects\":[{$none},{$none}],\"items\":[\"name\"]}"
stops 1 'no subject was traced' casey trace --from "$scratch/json"
json "{\"subjects\":[{$answer},{\"trace_code\":\"98\",\"s_flag\":\"no\"}],\"items\":[\"name\"]}"
stops 1 'subject 2: .*must be said' casey trace --from "$scratch/json"
json "{\"subjects\":[{\"trace_code\":\"92\",\"s_flag\":\"no\",\"identity_changed\":\"no\"},
	{$none}],\"items\":[\"name\"]}"
stops 1 'subject 1: .*92' casey trace --from "$scratch/json"
json "{\"subjects\":[{$answer},{$none}],\"items\":[\"sex\"]}"
stops 1 'sex was not asked for' casey trace --from "$scratch/json"
json "{\"subjects\":[{$answer},{$none}]}"
stops 1 'no item' casey trace --from "$scratch/json"
json "{\"subjects\":[{$answer},{$none}],\"items\":[\"name\"],\"recipient\":\"constable\"}"
stops 1 'recipient_allowed' casey trace --from "$scratch/json"
json '{"trace_code":"00"}'
stops 1 '91 or 95' casey no-trace --from "$scratch/json"

### A flagged receipt
log 'a form that will be flagged' police -e "s/O'Testa/Zephyrine/"
goes 'in triage' sasha assign casey
judged casey
goes accepted casey accept
answer='"trace_code":"00","s_flag":"no","identity_changed":"yes","values":{"address":"9 Hidden Row"}'
json "{\"subjects\":[{$answer}],\"items\":[\"address\"]}"
goes 'with the Caldicott Guardian' casey trace --from "$scratch/json"
for verb in show check history; do
	stops 1 'it is flagged' chris "$verb"
	stops 1 'it is flagged' chris "$verb" --because 'I would like to.'
	is_status "casey, whose it is: $verb" 0 as casey request "$verb" "$ref"
	is_status "audrey: $verb" 0 as audrey request "$verb" "$ref"
done
stops 1 'it is flagged' chris note --from "$scratch/reason"
stops 1 'it is flagged' chris assign chris
stops 1 'it is flagged' chris withdraw --reason requester_withdrew --from "$scratch/reason"
stops 1 'only a supervisor assigns' casey assign chris
for who in casey sam; do
	as "$who" request show "$ref" >"$out"
	tap_true "$who is shown what was found" grep -q '9 Hidden Row' "$out"
done
for format in text csv json; do
	as audrey request show "$ref" --format "$format" >"$out"
	tap_empty "audrey is not shown what was found ($format)" "$(grep '9 Hidden Row' "$out")"
done
as chris request list --limit 400 >"$out"
tap_true 'chris sees that it is there' grep -q "^$ref " "$out"
tap_empty 'chris sees no name' "$(grep -i 'Zephyrine' "$out")"
as casey request list --limit 400 >"$out"
tap_true 'casey sees the name' grep -qi 'Zephyrine' "$out"
guardian='"guardian":"Dr Gwen Ardian","decided":"2021-01-05"'
json "{$guardian,\"decision\":\"release\",\"items\":[\"address\"]}"
stops 1 'this is for supervisor' casey guardian --from "$scratch/json"
json "{$guardian}"
stops 1 'decision: is missing' sam guardian --from "$scratch/json"
json "{$guardian,\"decision\":\"release\",\"items\":[\"sex\"]}"
stops 1 'sex was not asked for' sam guardian --from "$scratch/json"
json '{"guardian":"G","decided":"2021-01-06","decision":"withhold"}'
stops 1 'decided: ' sam guardian --from "$scratch/json"
json '{"decided":"2021-01-05","decision":"withhold"}'
stops 1 'name is missing' sam guardian --from "$scratch/json"
goes 'with the Caldicott Guardian' sam assign chris
is_status 'chris, whose it is now, may open it' 0 as chris request show "$ref"
stops 1 'it is flagged' casey show

### Who traced does not record the Guardian's decision.
log 'a form that a supervisor traces' hm_coroner
judged sam
goes accepted sam accept
json '{"subjects":[{"trace_code":"92","s_flag":"yes","identity_changed":"no"}],"items":["name"]}'
goes 'with the Caldicott Guardian' sam trace --from "$scratch/json"
json "{$guardian,\"decision\":\"withhold\"}"
stops 1 'you proposed it yourself' sam guardian --from "$scratch/json"
goes Rejected sasha guardian --from "$scratch/json"

### A refusal is one event, and changes nothing.
store_before
stops 1 "it is Rejected" sam accept
stops 1 "this is for" audrey note --from "$scratch/reason"
# Two log-ins and two refusals.
store_unchanged "a refusal is an event, and changes nothing" 4
is_status 'the trail holds' 0 as audrey audit verify
tap_done
