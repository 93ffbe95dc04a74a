# shellcheck shell=sh
# TAP for shell tests, to be sourced: tap_empty NAME FINDINGS passes when FINDINGS is empty,
# tap_true NAME COMMAND... when the command succeeds; tap_skip NAME WHY; tap_done prints the plan.
tap_count=0
tap_failed=0

tap_result() {
	tap_count=$((tap_count + 1))
	echo "$1 $tap_count - $2"
	[ "$1" = ok ] || tap_failed=$((tap_failed + 1))
}

tap_empty() {
	if [ -z "$2" ]; then
		tap_result ok "$1"
	else
		echo "$2" | sed 's/^/# /'
		tap_result 'not ok' "$1"
	fi
}

tap_true() {
	tap_name=$1
	shift
	if "$@"; then
		tap_result ok "$tap_name"
	else
		tap_result 'not ok' "$tap_name"
	fi
}

tap_skip() {
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
}

tap_done() {
	echo "1..$tap_count"
	[ "$tap_failed" -eq 0 ]
}
