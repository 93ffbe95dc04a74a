#!/bin/sh
# The command line: help of every command, options anywhere, mistakes with exit 2, the sentence made
# harmless.
. "$TOP_SRCDIR/tests/cli/cli.sh"
make_demo

is_status 'help lists the commands' 0 tracedesk --help
for words in init demo 'user list' 'user add' passwd 'import requests' 'import dbsb' \
	'request list' 'request show' 'dbsb list' 'dbsb show' figures 'month list' \
	'audit verify' 'store info'; do
	tap_true "help lists $words" grep -q "^  tracedesk $words" "$out"
	# shellcheck disable=SC2086
	tracedesk $words --help >"$scratch/help" 2>&1
	tap_true "$words --help: its own usage, no log-in" \
		grep -q "^Usage: tracedesk $words" "$scratch/help"
done
tracedesk --help | sed -n 's/^  tracedesk \([a-z -]*[a-z]\).*/\1/p' >"$scratch/commands"
tap_true 'there are commands' [ "$(grep -c . "$scratch/commands")" -gt 60 ]
while read -r words; do
	# shellcheck disable=SC2086
	tracedesk $words --help
done <"$scratch/commands" >"$scratch/help"
tracedesk --help >>"$scratch/help"
tap_empty 'no line of any help is wider than 100 columns' "$(awk 'length > 100' "$scratch/help")"

# example WORDS...: the object that the help of a command shows, into the file json.
example() {
	tracedesk "$@" --help | sed -n '/^  {$/,/^  }$/p' >"$scratch/json"
	[ -s "$scratch/json" ]
}
tap_true 'request add has an example' example request add
is_status 'which it takes' 0 as casey request add --from "$scratch/json"
ref=$(head -n 1 "$out")
for verb in edit query answer incident; do
	tap_true "request $verb has an example" example request $verb
	is_status "which it takes: $verb" 0 as casey request $verb "$ref" --from "$scratch/json"
done
tap_true 'the checks say so' sh -c '"$@" | grep -q "12345"' - "$program" -s "$demo/demo.tdk" -u casey \
	--password-file "$demo/casey.password" request show "$ref"
for verb in trace no-trace; do
	tap_true "request $verb has an example" example request $verb
	refuses "in another state it is refused for that alone: $verb" 1 'only one that is accepted' \
		as casey request $verb "$ref" --from "$scratch/json"
done
for verb in guardian correct; do
	tap_true "request $verb has an example" example request $verb
	refuses "in another state it is refused for that alone: $verb" 1 'only one that is' \
		as sam request $verb "$ref" --from "$scratch/json"
done
tap_true 'service set has an example' example service set
is_status 'which it takes' 0 as sam service set police --from "$scratch/json"
for words in 'organisation set' 'letterhead set'; do
	# shellcheck disable=SC2086
	tap_true "$words has an example" example $words
	# shellcheck disable=SC2086
	is_status "which it takes: $words" 0 as sam $words --from "$scratch/json"
done
tap_true 'dbsb receive has an example' example dbsb receive
is_status 'which it takes' 0 as casey dbsb receive --from "$scratch/json"
batch=$(head -n 1 "$out")
tap_true 'dbsb correct has an example' example dbsb correct
is_status 'which it takes' 0 as sam dbsb correct "$batch" --from "$scratch/json"
tap_true 'every key of a request is listed' sh -c '"$1" request template police | tr -d " " |
	sed -n "s/^\"\([a-z_]*\)\":.*/\1/p" | while read -r key; do
	"$1" request add --help | grep -qw "$key" || exit 1; done' - "$program"
tap_true 'help says who may' sh -c "\"\$1\" figures --help | grep -q '^Who may: caseworker, '" - \
	"$program"
is_status 'help of a group' 0 tracedesk request --help
tap_true 'help of a group lists it alone' \
	sh -c 'grep -q "request list" "$1" && ! grep -q "dbsb list" "$1"' - "$out"
is_status 'the versions' 0 tracedesk --version
for library in tracedesk SQLite libsodium ncurses; do
	tap_true "the version names $library" grep -Eq "$library [0-9]+\\.[0-9]" "$out"
done

usage() {
	refuses "$@"
}
usage 'an unknown command' 2 'frobnicate: unknown command' tracedesk frobnicate
usage 'an unknown second word' 2 'request frobnicate: unknown command' \
	tracedesk request frobnicate
usage 'one that is nearly one' 2 'figurs 2020: unknown command; write tracedesk figures, or' \
	tracedesk figurs 2020
usage 'a second word that nearly is' 2 'request lits: .*; write tracedesk request list, or' \
	tracedesk request lits
usage 'a group that nearly is' 2 'reqest: .*; write tracedesk request, or' tracedesk reqest
usage 'a word that is like none' 2 'x: unknown command; tracedesk --help lists' tracedesk x
usage 'a word without end' 2 'unknown command; tracedesk --help lists' \
	tracedesk "$(printf '%05000d' 0)" "$(printf '%05000d' 0)"
for group in user import request service rule organisation letterhead dbsb month audit store; do
	tracedesk $group >"$out" 2>"$err"
	tap_true "$group alone: exit 2" [ $? -eq 2 ]
	tap_true "$group alone: one line on standard error" grep -qx \
		"tracedesk: $group: half a command; .*" "$err"
	tracedesk --help | sed -n "s/^  tracedesk \($group [a-z-]*\).*/\1/p" >"$scratch/all"
	sed -n "s/^  \($group [a-z-]*\) .*[[:alpha:].]\$/\1/p" "$out" >"$scratch/listed"
	tap_true "$group alone: each of its commands has a line" cmp "$scratch/all" "$scratch/listed"
	tap_empty "$group alone: no line is wide" "$(awk 'length > 100' "$out")"
done
usage 'help of an unknown command' 2 'frobnicate: unknown command' tracedesk frobnicate --help
usage 'an unknown option' 2 '\-\-frob: unknown option' tracedesk --frob
usage 'an unknown letter' 2 '\-x: unknown option' tracedesk -x
usage 'an option of another command' 2 'figures: takes no --role' \
	tracedesk figures 2020 --role auditor
usage 'a value missing' 2 'store: its value is missing' tracedesk figures 2020 --store
usage 'a value to a flag' 2 'force: takes no value' tracedesk figures 2020 --force=yes
usage 'a word missing' 2 'figures: a word is missing' tracedesk figures
usage 'a word too many' 2 'figures: unknown word "2021"' tracedesk figures 2020 2021
usage 'a filter word that is none' 2 'request list: word 1, "blah:1"' \
	tracedesk request list blah:1
usage 'an unknown format' 2 'unknown format "xml"' as casey request list --format xml
usage '--spreadsheet without csv' 2 '\-\-spreadsheet is for csv' \
	as casey request list --spreadsheet
for limit in 0 -1 x 1x 99999999999999999999; do
	usage "--limit '$limit'" 2 'no number of rows' as casey request list --limit "$limit"
done
for delimiter in ab '"' x 1; do
	usage "--delimiter '$delimiter'" 2 'parts no columns' \
		as sam import requests nothing.csv --delimiter "$delimiter"
done
for option in --limit --format --output --from --store; do
	usage "$option ''" 2 'its value is empty; write --' as casey request list "$option" ''
done
usage "--delimiter ''" 2 'its value is empty' as sam import requests nothing.csv --delimiter ''
usage '--dates' 2 'unknown dates "mdy"' as sam import requests nothing.csv --dates mdy
usage '--charset' 2 'unknown charset "utf-16"' as sam import requests nothing.csv --charset utf-16

as casey request list --limit 3 --format csv >"$scratch/after"
tracedesk --format csv --password-file="$demo/casey.password" request --limit=3 -ucasey \
	-s "$demo/demo.tdk" list >"$scratch/before"
tap_true 'options before, between and after words, joined or apart' \
	cmp "$scratch/before" "$scratch/after"
refuses 'after -- an option is a word' 2 'word 1, "--limit:3"' \
	as casey request list -- --limit:3
refuses 'control characters in a sentence are made visible' 2 '␛\[31mred␊\.: unknown command' \
	tracedesk "$(printf '\033[31mred\n.')"

export TRACEDESK_STORE="$demo/demo.tdk" TRACEDESK_USER=casey \
	TRACEDESK_PASSWORD_FILE="$demo/casey.password"
is_status 'store, user and password file from the environment' 0 tracedesk month list
TRACEDESK_USER='' refuses 'an empty variable counts as none' 3 '.' tracedesk month list
unset TRACEDESK_STORE TRACEDESK_USER TRACEDESK_PASSWORD_FILE

TRACEDESK_TODAY=2020-11-15 as casey month list --format csv >"$out"
tap_true 'a demo store honours TRACEDESK_TODAY' sh -c 'tail -n 1 "$1" | grep -q 2020-11' - "$out"
TRACEDESK_TODAY=2020-11-31 refuses 'a TRACEDESK_TODAY that is no day' 2 'TRACEDESK_TODAY' \
	as casey month list

is_status 'standard output that is full' 6 sh -c '"$@" >/dev/full' - "$program" --version
tap_true 'it says why' grep -q 'No space left' "$err"
is_status 'standard descriptors that are closed' 6 sh -c '"$@" <&- >&- 2>&-' - "$program" \
	-s "$scratch/none.tdk" -u casey --password-file "$demo/casey.password" month list
tap_done
