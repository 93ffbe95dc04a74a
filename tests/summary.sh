#!/bin/sh
# What "make check" ends with: the log of each test that failed, what was skipped and why, and one
# line "N passed, N failed". Called with the status of the run and the .trs files it left.
status=$1
shift

count() {
	cat "$@" 2>/dev/null | grep -Ec "^:test-result: ($results)( |\$)"
}

for trs in "$@"; do
	if [ ! -f "$trs" ]; then
		echo "NOT RUN: ${trs%.trs}"
	elif grep -Eq '^:test-result: (FAIL|XPASS|ERROR)' "$trs"; then
		echo "==== ${trs%.trs}.log"
		grep -Ev '^(ok|PASS:) ' "${trs%.trs}.log"
		echo "===="
	fi
done
for trs in "$@"; do
	[ -f "$trs" ] && sed -n "s|^:test-result: SKIP|SKIPPED: ${trs%.trs}:|p" "$trs"
done

results='PASS|XFAIL' && passed=$(count "$@")
results='FAIL|XPASS|ERROR' && failed=$(count "$@")
# A test that did not build, or a run that was stopped, is a failure too.
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
	failed=1
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
