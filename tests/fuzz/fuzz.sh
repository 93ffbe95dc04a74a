#!/bin/sh
# Every fuzz target over its corpus and over changed copies of it, for FUZZ_LIMIT seconds each, or
# FUZZ_RUNS of them; half as long those whose bytes another one has looked at, too.
. "$TOP_SRCDIR/tests/tap.sh"
seconds=${FUZZ_LIMIT:-10}
[ -z "$TRACEDESK_TEST_SAMPLE" ] || seconds=2
for target in csv event filter header json page ring seal sealed text; do
	case $target in
	json | page | ring | sealed) limit=$((seconds / 2)) ;;
	*) limit=$seconds ;;
	esac
	[ -z "$FUZZ_RUNS" ] || limit=
	said=$(FUZZ_SECONDS=$limit "$TOP_BUILDDIR/tests/fuzz/fuzz_$target" \
		"$TOP_SRCDIR/tests/fuzz/corpus/$target" 2>&1)
	status=$?
	echo "$said" | sed 's/^/# /'
	copies=$(echo "$said" | sed -n 's/.*corpus, \([0-9]*\) changed copies, .*/\1/p')
	tap_true "$target: $copies changed copies" [ "$status" -eq 0 -a "${copies:-0}" -gt 10 ]
done
tap_done
