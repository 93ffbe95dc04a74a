#!/bin/sh
# rule try: what it counts is what comes out when the rule is really changed; nothing is changed by
# trying, and the trial is an event.
. "$TOP_SRCDIR/tests/cli/cli.sh"
make_demo
rule=countersigner_senior_enough
quarter=2020-10..2020-12

# sum WORD...: how many receipts; cells COLUMNS: sum of the rows of $scratch/try that match.
sum() {
	as sam request count "$@" --by state --format csv 2>"$err" |
		awk -F, 'NR > 1 { sum += $2 } END { print sum + 0 }'
}
cells() {
	awk -F, "NR > 1 && ($1) { sum += \$5 } END { print sum + 0 }" "$scratch/try"
}

store_before
as sam rule list --format csv >"$scratch/rules"
is_status 'a trial' 0 as sam rule try minimum_tier police superintendent --period $quarter \
	--format csv
cp "$out" "$scratch/try"
store_unchanged 'nothing is changed' 3
tap_empty 'nor the rulebook' "$(as sam rule list --format csv | diff - "$scratch/rules")"
as audrey audit log kind:rule_tried >"$out"
tap_true 'the event says what' grep -q 'value "superintendent"' "$out"
tap_true 'and of which receipts' grep -q "period \"$quarter\"" "$out"

received=$(sum "received:$quarter")
tap_true "it counts every receipt of the quarter, $received" \
	[ "$(cells 1)" -eq "$received" ]
for outcome in rejected approved_trace approved_no_trace; do
	tap_true "by outcome: $outcome" [ "$(cells "\$4 == \"$outcome\"")" -eq \
		"$(sum "received:$quarter" "state:$outcome")" ]
done
failing=$(sum "received:$quarter" open "rule:$rule:fail")
tap_true "as it is: $failing undecided ones fail" \
	[ "$(cells '$4 == "" && $2 == "fail"')" -eq "$failing" ]
tried=$(cells '$4 == "" && $3 == "fail"')
decided=$(cells '$4 != "" && $2 == "pass" && $3 == "fail"')
tap_true "as tried: $tried would, and $decided decided ones" \
	[ "$tried" -gt "$failing" -a "$decided" -gt 0 ]
is_status 'in words' 0 as casey rule try minimum_tier police superintendent --period $quarter
tap_true 'with how many would be otherwise' grep -Eq "^$rule: of [0-9]+ receipts [0-9]+ would" "$out"
tap_true 'in people'"'"'s words' grep -Eq '^passes +fails +Approved - Trace' "$out"

# The rule is changed in earnest.
is_status 'the change' 0 as sam rule set minimum_tier police superintendent --mend
tap_true 'does what the trial said' [ "$(sum "received:$quarter" open "rule:$rule:fail")" -eq "$tried" ]
is_status 'the same again' 0 as sam rule try minimum_tier police superintendent \
	--period 2021 --format csv
cp "$out" "$scratch/try"
tap_true 'would change nothing where it holds' [ "$(cells '$2 != $3')" -eq 0 ]

# A value taken out, for every service.
is_status 'a value taken out' 0 as casey rule try secure_domain all police.uk --remove \
	--period $quarter --format csv
cp "$out" "$scratch/try"
tap_true 'fails those who wrote from there' [ "$(cells '$2 == "pass" && $3 == "fail"')" -gt 0 ]

refuses 'no period' 2 'give --period' as casey rule try minimum_tier all sergeant
refuses 'no such period' 2 'no period; write YYYY-MM' as casey rule try minimum_tier all sergeant \
	--period yesterday
refuses 'no such kind' 2 'unknown kind of setting' as casey rule try tier all sergeant --period 2020
refuses 'no such value' 2 'is no tier' as casey rule try minimum_tier all captain --period 2020
refuses 'an administrator' 1 'you are an administrator' as ada rule try minimum_tier all sergeant \
	--period 2020
tap_done
