#!/bin/sh
# request export: what it writes, another store takes back, with the same figures and the same
# bytes when it is exported again; what it says in the audit log; whom and what it refuses.
. "$TOP_SRCDIR/tests/cli/cli.sh"
make_demo

# An outcome corrected: what went with the old one must not stand in the way of import.
echo '{"outcome":"rejected","reasons":["not_speculative"],"reason":"The wrong box was ticked."}' \
	>"$scratch/json"
is_status 'a correction is proposed' 0 as sam request correct TR-2020-000214 --from "$scratch/json"
is_status 'and stands' 0 as sasha request review TR-2020-000214 --confirm

is_status 'everything is written' 0 as sam request export --because 'yearly audit' -o "$scratch/all.csv"
tap_true 'for nobody else to read' [ "$(stat -c %a "$scratch/all.csv")" = 600 ]
total=$(as sam request count --by service --format csv | awk -F, 'NR > 1 { sum += $2 } END { print sum }')
flagged=$(as sam request count flagged --by service --format csv |
	awk -F, 'NR > 1 { sum += $2 } END { print sum }')
as audrey audit log kind:requests_exported >"$out"
tap_true 'the event says why' grep -q 'because "yearly audit"' "$out"
tap_true "and that $total receipts went" grep -q "receipts \"$total\"" "$out"
tap_true "$flagged of them flagged" grep -q "flagged \"$flagged\"" "$out"
tap_true 'several subjects stand in several rows' grep -q '^,yes,' "$scratch/all.csv"
as sam request count state:release_proposed --by state --format csv >"$out"
tap_true 'a trace that waits for its check is among them' grep -q '^release_proposed,[1-9]' "$out"

# Another store.
other() {
	tracedesk -s "$scratch/other.tdk" "$@"
}
chmod 700 "$scratch"
echo 'a first long password' >"$scratch/first"
echo 'another long password' >"$scratch/second"
chmod 600 "$scratch/first" "$scratch/second"
is_status 'a new store' 0 other -u boss --password-file "$scratch/first" init \
	--cut-over 2021-01-04 --recovery-file "$scratch/recovery"
is_status 'its supervisor' 0 other -u sue --password-file "$scratch/first" -u boss user add sue \
	--role supervisor --password-from "$scratch/first"
is_status 'has a password' 0 other -u sue --password-file "$scratch/first" passwd \
	--new-password-from "$scratch/second"
sue() {
	other -u sue --password-file "$scratch/second" "$@"
}
is_status 'the other store takes it back' 0 sue import requests "$scratch/all.csv"
tap_true "all $total" grep -q "^Receipts imported: $total," "$out"
sue figures 2020-01..2020-12 --format csv 2>"$err" | grep ',tracing,' >"$scratch/theirs"
as sam figures 2020-01..2020-12 --format csv | grep ',tracing,' >"$scratch/ours"
tap_true "the figures are the same, $(wc -l <"$scratch/ours") cells" \
	[ "$(wc -l <"$scratch/ours")" -gt 400 ]
tap_empty 'cell for cell' "$(diff "$scratch/ours" "$scratch/theirs")"
echo 'to compare' >"$scratch/why"
is_status 'and written again' 0 sue request export --because-from "$scratch/why" \
	-o "$scratch/again.csv"
tap_true 'it is the same file' cmp -s "$scratch/all.csv" "$scratch/again.csv"

# A filter, oldest first.
is_status 'some' 0 as sam request export service:nca received:2020-12 --because test \
	-o "$scratch/some.csv"
as sam request list service:nca received:2020-12 --format csv | sed 1d | cut -d, -f1 | tac \
	>"$scratch/wanted"
sed 1d "$scratch/some.csv" | grep -o '^TR-[0-9-]*' >"$out"
tap_true 'those that the words leave' [ -s "$scratch/wanted" ]
tap_empty 'the oldest first' "$(diff "$scratch/wanted" "$out")"

# A spreadsheet would calculate a cell that starts so.
echo '{"note":"=1+1"}' >"$scratch/json"
is_status 'a note like a formula' 0 as sam request edit TR-2021-000001 --from "$scratch/json"
is_status 'guarded' 0 as sam request export ref:TR-2021-000001 --because test --spreadsheet \
	-o "$scratch/guarded.csv"
tap_true 'by an apostrophe' grep -q ",'=1+1," "$scratch/guarded.csv"
is_status 'else exact' 0 as sam request export ref:TR-2021-000001 --because test \
	-o "$scratch/exact.csv"
tap_true 'as it was typed' grep -q ',=1+1,' "$scratch/exact.csv"

# Refusals: each leaves no file behind.
refuses 'a caseworker' 1 'this is for supervisor' as casey request export --because x \
	-o "$scratch/no.csv"
refuses 'the auditor' 1 'this is for supervisor' as audrey request export --because x \
	-o "$scratch/no.csv"
refuses 'no file' 2 'give -o FILE' as sam request export --because x
refuses 'no reason' 2 'give --because-from FILE' as sam request export -o "$scratch/no.csv"
echo ' ' >"$scratch/blank"
refuses 'a blank reason' 1 'say why you need it' as sam request export \
	--because-from "$scratch/blank" -o "$scratch/no.csv"
refuses 'a reason on the command line elsewhere' 2 'for demo stores' sue request export \
	--because x -o "$scratch/no.csv"
refuses 'a file that is there' 1 'give --force' as sam request export --because x \
	-o "$scratch/all.csv"
refuses 'a mistake in the words' 2 'word 1, "stat:open"' as sam request export stat:open \
	--because x -o "$scratch/no.csv"
tap_empty 'nothing is left of them' "$(ls -A "$scratch" | grep -E '^no|^\.')"
tap_done
