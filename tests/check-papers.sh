#!/bin/sh
# The man pages against the source: every command and option is in tracedesk(1), every column in
# tracedesk-import(5), and they name no other.
. "$(dirname "$0")/tap.sh"
cd "$TOP_SRCDIR" || exit 1

# The first strings of the rows that match $2 in file $1; unless $3 is there, with that start.
strings() {
	grep -E "$2" "$1" | sed 's/^[^"]*"\([^"]*\)".*/\1/'
}
commands() {
	strings cli/commands.c '^	\{ "[a-z]'
}
# Those that some command takes, or every one.
options() {
	sed -n 's/^	X(OPTION_\([A-Z_]*\), "\([a-z-]*\)".*/\1 --\2/p' cli/options.h |
		while read -r constant option; do
			case $constant in
			STORE | USER | PASSWORD_FILE | HELP | VERSION) echo "$option" ;;
			*) grep -q "BIT($constant)" cli/commands.c && echo "$option" ;;
			esac
		done
}
# Names of the lists in fields.h but what a trace found, then those that only a file has.
columns() {
	sed -n '/define TRACE_FIELDS/q; s/^	X(FIELD_[A-Z_]*, \([a-z_]*\),.*/\1/p' db/fields.h
	printf '%s\n' reference same_form trace_code
	printf '%s\n' received organisation contact_email status reason completed transactions \
		single_match note
}
# The lines of standard input that the page $1 does not hold in bold.
missing() {
	while read -r name; do
		grep -qF "*$name*" "$1" || echo "$1 says nothing of $name"
	done
}
# Paragraph heads of the page $1 from the section $2 on: names in bold at the start of a line.
heads() {
	awk -v from="# $2" -v to="# $3" '$0 == from { on = 1 } $0 == to { on = 0 }
		on && /^\*/ { print }' "$1" | sed 's/\[.*//' | grep -o '\*[a-z_ -]*\*' | tr -d '*'
}
# "NUMBER code" of the enums that are stored (queues are not).
numbers() {
	sed -n 's/^	X([A-Z_]*, \([0-9]*\), "\([a-z_]*\)".*/\1 \2/p; /define QUEUES/q' db/stored.h
	sed -n 's/^	X(RULEBOOK_[A-Z_]*, \([0-9]*\), "\([a-z_]*\)".*/\1 \2/p' core/rulebook.h
	sed -n 's/^	X(COVERED_[A-Z_]*, \([0-9]*\), \([a-z_]*\)).*/\1 \2/p' db/changes.h
}
# Those of standard input that are in no line of the file $1.
unknown() {
	while read -r name; do
		grep -qxF -- "$name" "$1" || echo "$name is not in the source"
	done
}

# "FILE TEST" or "FILE" of the tests that HACKING names for traps and promises.
shown() {
	sed -n '/^What shows that the store holds/,/^How to add/p' HACKING |
		sed -n 's/^    .*: \(tests\/.*\)$/\1/p' | while read -r file tests; do
		[ -n "$tests" ] || echo "$file"
		for name in $tests; do echo "$file $name"; done
	done
}

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' 0
commands >"$scratch/commands"
columns >"$scratch/columns"

tap_true 'the source was understood' [ "$(commands | wc -l)" -ge 10 -a \
	"$(columns | wc -l)" -ge 60 -a "$(numbers | wc -l)" -ge 40 ]
tap_empty 'tracedesk(1) has every command' "$(commands | missing doc/tracedesk.1.scd)"
tap_empty 'tracedesk(1) has every option' "$(
	options | while read -r option; do
		grep -qE -- "$option([^a-z-]|\$)" doc/tracedesk.1.scd || echo "$option"
	done
)"
tap_empty 'tracedesk(1) has no other command' "$(
	heads doc/tracedesk.1.scd COMMANDS FILTERS | unknown "$scratch/commands"
)"
tap_empty 'tracedesk-import(5) has every column' "$(columns | missing doc/tracedesk-import.5.scd)"
tap_empty 'tracedesk-import(5) has no other column' "$(
	heads doc/tracedesk-import.5.scd RECEIPTS 'EXIT STATUS' | unknown "$scratch/columns"
)"
tr -s '\n\t ' '   ' <doc/tracedesk-store.7.scd >"$scratch/store"
tap_empty 'tracedesk-store(7) has every stored number' "$(
	numbers | while read -r number; do
		grep -qE " ${number}[,.;]" "$scratch/store" || echo "$number"
	done
)"
tap_true 'HACKING names the tests of traps and promises' [ "$(shown | wc -l)" -ge 90 ]
tap_empty 'every test that HACKING names is there, and run' "$(
	shown | while read -r file name; do
		[ -f "$file" ] && grep -qF "${file%.c}" tests/local.mk || echo "$file"
		[ -z "$name" ] && continue
		grep -q "void $name(void" "$file" && grep -qE "(^|[ 	(])$name[,)]" "$file" ||
			echo "$file $name"
	done
)"
tap_empty 'each of the 28 traps has its test' "$(
	for trap in $(seq 28); do
		grep -qE "^ +$trap  .*: tests/" HACKING || echo "trap $trap"
	done
)"
tap_done
