# shellcheck shell=sh
# For the tests of the program, to be sourced: a scratch folder with a demo store, the program as
# one of its people, and what a refusal must look like.
. "$TOP_SRCDIR/tests/tap.sh"

program=$TOP_BUILDDIR/tracedesk
json_lines=$TOP_BUILDDIR/tests/cli/json_lines
scratch=$(mktemp -d "${TMPDIR:-/tmp}/tracedesk-cli.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' 0
trap 'exit 1' 1 2 15
demo=$scratch/demo
out=$scratch/out
err=$scratch/err
tab=$(printf '\t')

# No terminal to ask on, whoever runs the tests.
tracedesk() {
	setsid -w "$program" "$@" </dev/null
}

make_demo() {
	tracedesk demo "$demo" >"$out" 2>"$err" || {
		cat "$err"
		echo "Bail out! no demo store"
		exit 1
	}
}

# as NAME COMMAND...: the program as a person of the demo store.
as() {
	as_user=$1
	shift
	tracedesk -s "$demo/demo.tdk" -u "$as_user" --password-file "$demo/$as_user.password" "$@"
}

# is_status NAME STATUS COMMAND...: it ends so; output and errors are left in $out and $err.
is_status() {
	is_name=$1
	is_wanted=$2
	shift 2
	"$@" >"$out" 2>"$err"
	is_got=$?
	if [ "$is_got" -eq "$is_wanted" ]; then
		tap_result ok "$is_name"
	else
		echo "# exit $is_got, not $is_wanted"
		sed 's/^/# /' "$err"
		tap_result 'not ok' "$is_name"
	fi
}

# refuses NAME STATUS PATTERN COMMAND...: it ends so with one line on standard error, beginning
# "tracedesk: " and matching PATTERN (grep -E), with nothing on standard output.
refuses() {
	refuses_name=$1
	refuses_wanted=$2
	refuses_pattern=$3
	shift 3
	"$@" >"$out" 2>"$err"
	refuses_got=$?
	refuses_why=
	[ "$refuses_got" -eq "$refuses_wanted" ] ||
		refuses_why="exit $refuses_got, not $refuses_wanted; "
	[ ! -s "$out" ] || refuses_why="${refuses_why}something on standard output; "
	[ "$(grep -c '' "$err")" -eq 1 ] || refuses_why="${refuses_why}not one line; "
	grep -Eq "^tracedesk: .*($refuses_pattern)" "$err" ||
		refuses_why="${refuses_why}not the sentence /$refuses_pattern/; "
	if [ -z "$refuses_why" ]; then
		tap_result ok "$refuses_name"
	else
		echo "# $refuses_why"
		sed 's/^/# /' "$err"
		tap_result 'not ok' "$refuses_name"
	fi
}

# The events so far, this asking's own log-in among them.
event_count() {
	as audrey audit verify --format json 2>/dev/null | "$json_lines" |
		sed -n "s/^events$tab//p"
}

# Everything a case says, in two files' hash.
case_data() {
	{
		as sasha request list --format csv
		as sasha dbsb list --format csv
		as sasha figures 2020 --format csv
	} 2>&1 | cksum
}

# What stores nothing: before, then after with the number of events that may have come.
store_before() {
	before_data=$(case_data)
	before_events=$(event_count)
}

store_unchanged() {
	after_events=$(event_count)
	after_data=$(case_data)
	unchanged_why=
	[ "$before_data" = "$after_data" ] || unchanged_why='the case data changed; '
	# The asking is an event more.
	[ $((after_events - before_events)) -eq $(($2 + 1)) ] || unchanged_why="${unchanged_why}$((
		after_events - before_events - 1)) events came, not $2; "
	tap_empty "$1" "$unchanged_why"
}
