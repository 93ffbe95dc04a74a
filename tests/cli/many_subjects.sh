#!/bin/sh
# A request may name thousands of people. What is done with each of them is not done again for each
# of the others: several thousand, all born on one day, all without a birth date, are shown at once.
. "$TOP_SRCDIR/tests/cli/cli.sh"

make_demo
seconds=8
[ -z "${TRACEDESK_TEST_SAMPLE:-}" ] || seconds=60

# many PREFIX REST: a request about 5,000 people, of each what REST says besides the surname.
many() {
	printf '{"service":"police","received":"2020-12-30","subjects":['
	seq 2 5000 | sed "s/.*/{\"subject_surname\":\"$1&\"$2},/"
	printf '{"subject_surname":"%slast"%s}]}' "$1" "$2"
}

# in_time NAME COMMAND...: it answers in time; its output is left in $out.
in_time() {
	in_time_name=$1
	shift
	is_status "$in_time_name" 0 timeout "$seconds" "$program" -s "$demo/demo.tdk" -u casey \
		--password-file "$demo/casey.password" "$@"
}

born=',"subject_dob":"1950-01-01","nhs_number":"9990000018"'
for name in Aspen Birch Cedar; do
	many "$name" "$born" >"$scratch/$name.json"
	in_time "5,000 born on one day are logged: $name" request add --from "$scratch/$name.json"
done
reference=$(sed -n 's/^\(TR-[0-9-]*\)$/\1/p' "$out")
tap_true 'those who are alike are found' grep -q "Possible duplicates: TR-.*, TR-" "$out"
in_time 'and are shown' request show "$reference"
tap_true 'all of them' grep -q '^Subject 5000 of 5000' "$out"
many Elder '' >"$scratch/Elder.json"
in_time '5,000 without a birth date are logged' request add --from "$scratch/Elder.json"
in_time 'and are shown, too' request show "$(sed -n 's/^\(TR-[0-9-]*\)$/\1/p' "$out")"
tap_true 'with what is not entered' grep -q 'Not entered yet: the subject.s NHS number' "$out"
tap_done
