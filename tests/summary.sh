#!/bin/sh
# What "make check" ends with: what failed and what it said, what was skipped and why, and one line
# "N passed, N failed". Called with the status of the run and the .trs files it left.
status=$1
shift
bad='^:test-result: (FAIL|XPASS|ERROR)( |$)'

passed=0
failed=0
for trs in "$@"; do
	if [ ! -f "$trs" ]; then
		echo "NOT RUN: ${trs%.trs}"
		failed=$((failed + 1))
		continue
	fi
	passed=$((passed + $(grep -Ec '^:test-result: (PASS|XFAIL)( |$)' "$trs")))
	if grep -Eq "$bad" "$trs"; then
		echo "==== ${trs%.trs}.log"
		grep -Ev '^(ok|PASS:) ' "${trs%.trs}.log"
		echo "===="
		# A program that ends badly after a failed test is no further failure.
		more=$(grep -Ec "^:test-result: (FAIL|XPASS)( |\$)" "$trs")
		failed=$((failed + (more > 0 ? more : 1)))
	fi
done
for trs in "$@"; do
	[ -f "$trs" ] && sed -n "s|^ok .* - \(.*\) # SKIP|SKIPPED: ${trs%.trs}: \1:|p" "${trs%.trs}.log"
done

# A run that was stopped is a failure too.
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
	failed=1
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
