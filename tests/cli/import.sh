#!/bin/sh
# Import: all of a file or nothing of it; every kind of bad file with its sentence and exit status,
# and the store as it was.
. "$TOP_SRCDIR/tests/cli/cli.sh"
make_demo
cd "$scratch" || exit 1

# bad NAME STATUS PATTERN EVENTS COMMAND...: refused so, nothing stored, so many events written.
bad() {
	bad_name=$1
	bad_status=$2
	bad_pattern=$3
	bad_events=$4
	shift 4
	store_before
	is_status "$bad_name" "$bad_status" "$@"
	tap_true "$bad_name: the sentence" grep -Eq "^tracedesk: .*($bad_pattern)" "$err"
	tap_true "$bad_name: last on standard error, nothing on standard output" \
		sh -c 'tail -n 1 "$1" | grep -q "^tracedesk: " && [ ! -s "$2" ]' - "$err" "$out"
	store_unchanged "$bad_name: nothing is stored" "$bad_events"
}
bad_import() {
	bad_what=$1
	bad_wanted=$2
	bad_says=$3
	shift 3
	bad "$bad_what" "$bad_wanted" "$bad_says" 1 as sam import "$@"
}

printf 'received,service,colour\n2020-12-01,police,red\n' >unknown.csv
bad_import 'unknown column' 2 'unknown column "colour"' requests unknown.csv
printf 'received,organisation\n2020-12-01,Kent\n' >missing.csv
bad_import 'missing column' 2 'missing column "service"' requests missing.csv
printf 'received,service,received\n2020-12-01,police,2020-12-01\n' >double.csv
bad_import 'a column twice' 2 'received' requests double.csv
: >empty.csv
bad_import 'empty file' 2 'empty' requests empty.csv
printf 'received,service\n2020-12-01,police\n2020-13-01,police\n31/12/2020,police\n' >date.csv
bad_import 'wrong date' 1 '2 problems; nothing was stored' requests date.csv
tap_true 'wrong date: file, line, column and why of each' sh -c '
	grep -q "^date.csv:3: received: " "$1" && grep -q "^date.csv:4: received: " "$1"' - "$err"
printf 'received,service\n2020-12-01,"police\n' >quoting.csv
bad_import 'broken quoting' 1 'line 2' requests quoting.csv
printf 'received,service,organisation\n2020-12-01,police,Caf\351\n' >latin.csv
bad_import 'not UTF-8' 6 'not UTF-8' requests latin.csv
head -c 4096 /dev/zero >zero.csv
bad_import 'zeros' 6 'line 1 holds a NUL byte' requests zero.csv
printf '\377\376r\000e\000c\000e\000i\000v\000e\000d\000\n\000' >utf16.csv
bad_import 'UTF-16' 6 'line 1 holds a NUL byte.*; save it as "CSV UTF-8"' requests utf16.csv
printf 'received,service\n2020-12-01,police\n2020-12-01,pol\000ice\n' >nul.csv
bad_import 'a NUL' 6 'line 3 holds a NUL byte' requests nul.csv
bad_import 'a NUL in cp1252' 6 'line 3 holds a NUL byte' requests nul.csv --charset cp1252
mkdir folder
bad_import 'a directory' 6 'a directory' requests folder
bad_import 'no such file' 6 'No such file' requests nothing.csv
mkfifo fifo
bad_import 'a FIFO' 6 'pipe' requests fifo
bad_import 'a device' 6 'device' requests /dev/zero
printf 'received,service\n2021-01-05,police\n' >future.csv
bad_import 'received after today' 1 'problem' requests future.csv
printf 'received,service,outcome,decided\n2020-12-01,police,rejected,\n' >decided.csv
bad_import 'an outcome without its day' 1 'problem' requests decided.csv
reference=$(as casey request list --limit 1 --format csv | sed -n '2s/,.*//p')
printf 'received,service,reference\n2020-12-01,police,%s\n' "$reference" >taken.csv
bad_import 'a reference that is taken' 1 'problem' requests taken.csv
tap_true 'a reference that is taken: its line' \
	grep -q "^taken.csv:2: reference: $reference is in the store already" "$err"
printf 'received,service,reference\n2020-12-01,police,A-1\n2020-12-01,police,A-1\n' >twice.csv
bad_import 'a reference twice in the file' 1 'problem' requests twice.csv
{
	printf 'received,service,organisation\n2020-12-01,police,'
	head -c 1200000 /dev/zero | tr '\0' x
} >long.csv
truncate -s 1G long.csv
bad_import '1 GB of one line' 1 'line 2 is over 1 MiB' requests long.csv
{
	printf 'received,service\n'
	awk 'BEGIN { for (i = 0; i < 130; i++) print "2020-02-30,police" }'
} >many.csv
bad_import '130 bad rows' 1 'the first 100 problems' requests many.csv
tap_true '130 bad rows: 100 are listed' [ "$(grep -c '^many.csv:' "$err")" -eq 100 ]
printf 'received,organisation,status,completed,transactions,single_match\n' >batch.csv
printf '2020-12-01,Budmouth,processed,2020-12-02,10,11\n' >>batch.csv
bad_import 'more single matches than transactions' 1 'problem' dbsb batch.csv
bad_import 'a file of receipts as submissions' 2 'unknown column' dbsb date.csv

# 1 GB of one line is refused with little memory. (A sanitizer takes more for itself.)
if (ulimit -v 400000 && tracedesk --version) >"$out" 2>&1; then
	(
		ulimit -v 400000
		as sam import requests long.csv >"$out" 2>"$err"
		echo $? >status
	)
	tap_true '1 GB of one line: within 400 MB of address space' [ "$(cat status)" -eq 1 ]
else
	tap_skip '1 GB of one line: within 400 MB of address space' 'the program needs more to start'
fi

# Refused before it comes to the file.
printf 'received,service\n2020-12-01,police\n' >good.csv
bad 'no right' 1 'this is for supervisor' 2 as casey import requests good.csv
bad 'no word' 2 'a word is missing' 0 as sam import requests
cp "$demo/casey.password" "$demo/nobody.password"
# The failed log-in itself comes into the trail with the next one.
bad 'no such person' 3 '.' 1 as nobody import requests good.csv
cp "$demo/casey.password" wrong
bad 'wrong password' 3 '.' 1 tracedesk -s "$demo/demo.tdk" -u sam --password-file wrong \
	import requests good.csv

# Good files
store_before
is_status 'a dry run' 0 as sam import requests good.csv --dry-run
tap_true 'a dry run says what it found' grep -qx \
	'Receipts that would be imported: 1, from 1 row. A dry run: nothing was stored.' "$out"
store_unchanged 'a dry run stores nothing' 1
is_status 'the same file, for good' 0 as sam import requests good.csv
as sam request list --format csv >list
tap_true 'it got the next reference of its year' grep -q '^TR-2020-000252,2020-12-01,police,' list
bad_import 'the same bytes again' 1 'imported before' requests good.csv
bad_import 'the same bytes under another name' 1 'imported before' requests \
	"$(cp good.csv other.csv && echo other.csv)"

printf 'service;received;organisation\npolice;03/11/2020;Caf\351 Force\n' >dmy.csv
is_status 'another delimiter, dates and charset' 0 \
	as sam import requests dmy.csv --delimiter ';' --dates dmy --charset cp1252
as sam request list --format csv >list
tap_true 'they are read right' grep -q '^TR-2020-000253,2020-11-03,police,Café Force,' list
{
	printf '\357\273\277received,service,same_form,subject_surname,items\r\n'
	printf '2019-05-01,court_order,,"O""Neill, the\r\nelder",name;address\r\n'
	printf ',,yes,Adair,\r\n'
} >form.csv
is_status 'a BOM, CRLF, quotes, a line break and two subjects' 0 as sam import requests form.csv
as sam request show TR-2019-000001 --format json | "$json_lines" >lines
tap_true 'one receipt, first of its year' grep -qx "reference${tab}TR-2019-000001" lines
tap_true 'with both subjects' grep -qx "subjects${tab}2 items" lines
tap_true 'in order' grep -qx "subjects\\[1\\].subject_surname${tab}Adair" lines
tap_true 'lists come as arrays' grep -qx "items\\[1\\]${tab}address" lines
printf 'reference,received,organisation,status,completed,transactions,single_match\n' >batch.csv
printf ',2020-12-30,Budmouth,processed,2021-01-04,10,9\nOLD-7,2020-12-31,Ffrith,received,,,\n' \
	>>batch.csv
is_status 'submissions' 0 as sam import dbsb batch.csv
as sam dbsb list --format csv >list
tap_true 'one numbered by the store' grep -q '^DB-2020-000090,2020-12-30,Budmouth,' list
tap_true 'one by its own reference' grep -q '^OLD-7,2020-12-31,Ffrith,' list

# What comes out goes in again.
as sam request show TR-2019-000001 --format csv | sed 's/^TR-2019-000001,/X-1,/' >again.csv
is_status 'a receipt written as CSV goes in again' 0 as sam import requests again.csv
as sam request show X-1 --format csv >again.out
tap_true 'and comes out the same' cmp again.csv again.out
tap_empty 'the trail holds' "$(as audrey audit verify 2>&1 >/dev/null)"
tap_done
