#!/bin/sh
# A flagged receipt is not told by its likeness either: who may not open it is not shown it as a
# possible duplicate of a form about the same person, when logging, editing or checking.
. "$TOP_SRCDIR/tests/cli/life.sh"

log 'somebody who is hidden' police -e 's/"subject_sex"/"nhs_number": "9990000018", "subject_sex"/'
hidden=$ref
for rule in purpose_accepted legal_basis_accepted not_speculative; do
	as casey request judge "$hidden" "$rule" yes >"$out" 2>"$err"
done
is_status 'assigned to casey' 0 as sam request assign "$hidden" casey
is_status 'accepted' 0 as casey request accept "$hidden"

# likeness NAME: logs a form about the same person, edits it, checks it; lines that tell: $told.
likeness() {
	like=$1
	as "$like" request add --from "$forms/police.json" >"$scratch/told" 2>"$err"
	ref=$(head -n 1 "$scratch/told")
	json '{"requester_reference":"X/1","offence":"theft"}'
	as "$like" request edit "$ref" --from "$scratch/json" >>"$scratch/told" 2>>"$err"
	as "$like" request check "$ref" >>"$scratch/told" 2>>"$err"
	[ -s "$err" ] && tap_result 'not ok' "$like: $(cat "$err")"
	told=$(grep -c "$hidden" "$scratch/told")
}

likeness chris
tap_true "before it is flagged chris is told of it ($told lines)" [ "$told" -ge 2 ]
first=$ref
json '{"subjects":[{"trace_code":"92","matched_on":["name"],"s_flag":"yes",
	"identity_changed":"no","values":{}}],"items":["name"],"recipient":null}'
is_status 'flagged' 0 as casey request trace "$hidden" --from "$scratch/json"
for name in chris casey sam; do
	likeness "$name"
	case $name in
	chris) tap_true 'chris is not told of it' [ "$told" -eq 0 ] ;;
	*) tap_true "$name is told of it ($told lines)" [ "$told" -ge 2 ] ;;
	esac
done
is_status 'chris checks the first one again' 0 as chris request check "$first"
tap_true 'nor by a check of a receipt from before' sh -c "! grep -q $hidden '$out'"
tap_done
