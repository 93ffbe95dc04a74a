#!/bin/sh
# What must hold together: a result that was kept and its sentence; an edit conflict over subjects
# and the lines that differ; a trace answer and the person it is about.
. "$TOP_SRCDIR/tests/cli/life.sh"
text 'For a reason.'
cp "$scratch/text" "$scratch/reason"

# answers N SURNAME CODE: subject N of $ref and its trace answer.
answers() {
	shows "subject $1" "subjects[$1].subject_surname $2"
	shows 'its answer' "subjects[$1].trace_code $3"
}

### A result kept, and its sentence
log 'one to be rejected' ccrc
judged casey
goes 'rejection proposed' casey reject --reason not_in_public_interest --from "$scratch/reason"
goes Rejected sam review --confirm
finds service_open pass accept
json '{"suspended":"yes"}'
is_status 'the service is suspended' 0 as sam service set ccrc --from "$scratch/json"
finds service_open pass accept
as casey request check "$ref" >"$out"
tap_true 'what passed is not told as a failure' grep -q \
	'✓ It passed when it was decided\.  \[service_open\]' "$out"
log 'one that fails now' ccrc
judged casey
goes 'rejection proposed' casey reject --reason service_open
goes Rejected sam review --confirm
finds service_open fail reject
json '{"suspended":"no"}'
is_status 'the service is open again' 0 as sam service set ccrc --from "$scratch/json"
finds service_open fail reject
as casey request check "$ref" >"$out"
tap_true 'what failed is not told as a pass' grep -q \
	'✗ It failed when it was decided: .*  \[service_open\]' "$out"

### An edit conflict over subjects
log 'one with two subjects' court_order
json '{"subjects":[{"subject_surname":"Samplewood","subject_dob":"1985-07-08"},
{"subject_surname":"Childwood","subject_dob":"2014-03-01"}]}'
goes received casey edit --expect 1 --from "$scratch/json"
json '{"subjects":[{"subject_surname":"Sampleton","subject_dob":"1985-07-08"},
{"subject_surname":"Childwood","subject_dob":"2014-05-09"},{"subject_surname":"Thirdwood"}]}'
as chris request edit "$ref" --expect 1 --from "$scratch/json" >"$out" 2>"$err"
tap_true 'the second gets an edit conflict' grep -q 'edit conflict: ' "$err"
tap_true 'the first subject as both have it' grep -q \
	'^subject 1, subject_surname: now "Samplewood", yours "Sampleton"$' "$out"
tap_true 'the second subject as both have it' grep -q \
	'^subject 2, subject_dob: now "2014-03-01", yours "2014-05-09"$' "$out"
tap_true 'the third subject, which one has' grep -q \
	'^subject 3, subject_surname: now "", yours "Thirdwood"$' "$out"
tap_true 'nothing else' [ "$(wc -l <"$out")" -eq 3 ]

### Trace answers stay with their person
log 'three subjects' court_order
json '{"subjects":[{"subject_surname":"Oneton","subject_dob":"1985-07-08"},
{"subject_surname":"Twoton","subject_dob":"1986-07-08"},
{"subject_surname":"Threeton","subject_dob":"1987-07-08"}]}'
goes received casey edit --from "$scratch/json"
judged casey
goes accepted casey accept
json '{"subjects":[{"trace_code":"00","matched_on":["name"],"s_flag":"no","identity_changed":"no",
"values":{"address":"1 One Road"}},{"trace_code":"98","matched_on":[],"s_flag":"no",
"identity_changed":"no"},{"trace_code":"90","matched_on":["sex"],"s_flag":"no",
"identity_changed":"no","values":{"address":"3 Three Road"}}],"items":["address"],
"recipient":"court"}'
goes 'release to check' casey trace --from "$scratch/json"
goes accepted sam review --return --from "$scratch/reason"
json '{"subjects":[{"subject_surname":"Oneton","subject_dob":"1985-07-08"},
{"subject_surname":"Threeton","subject_dob":"1987-07-08"}]}'
goes accepted casey edit --from "$scratch/json"
answers 0 Oneton 00
answers 1 Threeton 90
json '{"subjects":[{"subject_surname":"Onetown","subject_dob":"1985-07-08"},
{"subject_surname":"Threeton","subject_dob":"1987-07-08"}]}'
goes accepted casey edit --from "$scratch/json"
answers 0 Onetown 00
json '{"subjects":[{"subject_surname":"Threeton","subject_dob":"1987-07-08"},
{"subject_surname":"Onetown","subject_dob":"1985-07-08"}]}'
goes accepted casey edit --from "$scratch/json"
answers 0 Threeton 90
answers 1 Onetown 00
json '{"subjects":[{"subject_surname":"Fourton","subject_dob":"1988-07-08"}]}'
goes accepted casey edit --from "$scratch/json"
shows 'somebody else' 'subjects[0].subject_surname Fourton'
shows 'who was never traced' 'subjects[0].trace_code null'

tap_done
