#!/bin/sh
# The house rules (HACKING) that a machine can see: sizes, banned calls, state, layout.
# TOP_SRCDIR says where to look.
. "$(dirname "$0")/tap.sh"
awk_program=$(cd "$(dirname "$0")" && pwd)/source.awk
cd "$TOP_SRCDIR" || exit 1

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' 0
find db core tui cli verify tests -name '*.[ch]' 2>/dev/null | sort >"$scratch/sources"
find bootstrap .ci/run tests -name '*.sh' -o -name bootstrap -o -path .ci/run | sort \
	>"$scratch/scripts"

xargs env LC_ALL=C awk -f "$awk_program" <"$scratch/sources" >"$scratch/breaches"

rule() {
	tap_empty "$2" "$(sed -n "s/^$1	//p" "$scratch/breaches")"
}

rule functions 'no function over 60 lines (80 in tests)'
rule median 'the median function has at most 15 lines'
rule files 'no file over 600 lines'
rule headers 'no header over 220 lines, tables apart'
rule parameters 'no function with more than 5 parameters'
rule banned 'no sprintf, strcpy, strcat, gets, atoi, system, popen, tmpnam, rand'
rule state 'no mutable file-scope state outside the four files'
rule default 'no default in a switch over an enum'
rule typedef 'no typedef of a struct, union or enum'
rule comments 'every file says what it is for'
rule sql 'SQL is written in db/ alone'
rule util 'no util'
tap_empty 'nothing is left unfinished' "$(
	sed -n "s/^unfinished	//p" "$scratch/breaches"
	xargs grep -nE '(^|[^A-Za-z])(TO''DO|FIX''ME|XX''X)([^A-Za-z]|$)' <"$scratch/scripts"
)"
tap_empty 'no test sleeps' "$(
	sed -n "s/^sleep	//p" "$scratch/breaches"
	grep '^tests/' "$scratch/scripts" | xargs grep -nE '(^|[;&|][ 	]*|[ 	])sleep [0-9$"]'
)"
tap_empty 'scripts are indented with tabs alone, no blank ends a line' "$(
	xargs awk '
		FNR == 1 { end = "" }
		end != "" { if ($0 == end) end = ""; next }
		/^\t* +\t*[^ \t]|[ \t]$/ { print FILENAME ":" FNR ": " $0 }
		match($0, /<<-?.?[A-Z]+/) { end = substr($0, RSTART, RLENGTH); gsub(/[^A-Z]/, "", end) }
	' <"$scratch/scripts"
)"
tap_empty 'every script passes sh -n' "$(
	while read -r script; do
		sh -n "$script" 2>&1
	done <"$scratch/scripts"
)"
tap_empty 'every file of tests/ is named in its fragment' "$(
	find tests -type f ! -name local.mk | sort | while read -r file; do
		grep -qF "$file" tests/local.mk || echo "$file: the package lacks it"
	done
)"
# Another version lays out a few things in another way.
if clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
	tap_empty 'the layout is that of .clang-format' "$(
		xargs clang-format --dry-run -Werror <"$scratch/sources" 2>&1 | grep error:
	)"
else
	tap_skip 'the layout is that of .clang-format' 'needs clang-format 14'
fi
sed -n 's/^sizes	/# /p' "$scratch/breaches"
tap_done
