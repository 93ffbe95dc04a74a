#!/bin/sh
# Reading: lists and single receipts in each format, --limit, reasons, -o.
. "$TOP_SRCDIR/tests/cli/cli.sh"
make_demo
cd "$scratch" || exit 1

as casey store info >"$out" 2>&1
as ada store info --format json | "$json_lines" >info
requests=$(sed -n "s/^requests$tab//p" info)
for line in 'format	1' 'kind	demo' 'page_size	4096' 'cipher	xchacha20poly1305' \
	'kdf.memory_bytes	8388608' 'kdf.passes	1' 'people	6' 'requests	255' 'submissions	89'; do
	tap_true "store info: $line" grep -qx "$line" info
done
tap_true 'store info: events, and whether memory is locked' sh -c '
	grep -Eq "^events.[0-9]{3,}$" info && grep -Eq "^locked_memory.(true|false)$" info'
is_status 'store info as text' 0 as ada store info
is_status 'store info as csv' 0 as ada store info --format csv
tap_true 'store info as csv: a line a value' grep -qx 'kdf_memory_bytes,8388608' "$out"

# request list
as casey request list --format csv >list.csv
as casey request list --format json >list.json
"$json_lines" <list.json >list.lines
as casey request list >list.txt
tap_empty 'the columns of the list' "$(head -n 1 list.csv |
	grep -vx 'reference,received,service,organisation,state,assigned_to,age_days,due')"
tap_true 'csv has every receipt' [ "$(($(wc -l <list.csv) - 1))" -eq "$requests" ]
tap_true 'json too' grep -qx "${tab}$requests items" list.lines
tap_empty 'newest first' "$(tail -n +2 list.csv | cut -d, -f2 | sort -rc 2>&1)"
tap_empty 'no receipt twice' "$(cut -d, -f1 list.csv | sort | uniq -d)"
sed -n "s/^\\[[0-9]*\\].reference$tab//p" list.lines >json.references
tap_empty 'csv and json have the same receipts in the same order' \
	"$(tail -n +2 list.csv | cut -d, -f1 | diff - json.references)"
tap_true 'text has 50 and says how many more' sh -c '
	[ "$(grep -c "^TR-" list.txt)" -eq 50 ] &&
	grep -q "^$(($1 - 50)) more; --limit N" list.txt' - "$requests"
tap_empty 'csv and json have no subject' "$(grep -i subject list.csv list.json)"
tap_true 'text has' sh -c 'head -n 1 list.txt | grep -q Subject'
as casey request list --limit 100000 >all.txt
tap_true 'a limit as large as wished, without a line about more' sh -c '
	[ "$(grep -c "^TR-" all.txt)" -eq "$1" ] && ! grep -q "more;" all.txt' - "$requests"
for format in csv json; do
	for limit in 1 199 200 201; do
		as casey request list --limit "$limit" --format "$format" >"some.$format"
	done
done
"$json_lines" <some.json >some.lines
tap_true 'a limit past a page: csv' [ "$(wc -l <some.csv)" -eq 202 ]
tap_true 'a limit past a page: json' grep -qx "${tab}201 items" some.lines
tap_true 'age in working days while open, none when decided' awk -F, '
	$5 == "received" && $2 == "2021-01-04" && $7 == "0" { fresh++ }
	$5 == "received" && $2 == "2020-12-31" && $7 == "1" { old++ }
	$5 ~ /^(approved|rejected)/ && $7 != "" { wrong++ }
	END { exit !(fresh && old && !wrong) }' list.csv
as casey request list --format csv --spreadsheet >"$out"
tap_true '--spreadsheet is taken with csv' test -s "$out"

# request show
open=$(awk -F, '$5 == "received" { print $1; exit }' list.csv)
old=$(tail -n 1 list.csv | cut -d, -f1)
as casey request show "$open" --format json >show.json
"$json_lines" <show.json >show.lines
tap_true 'a receipt is one line of JSON with the keys of section 5 and 10' sh -c '
	for key in reference state version assigned_to requester_reference received channel \
		service organisation organisation_kind requester_name requester_rank \
		requester_number requester_email requester_telephone requester_address \
		requester_station requester_signed identity_checked countersigner_name \
		countersigner_rank countersigner_number countersigner_organisation countersigned \
		legal_basis purpose necessity offence subject_role court court_case \
		court_order_kind court_order_date sealed_copy_seen warrant_reference \
		panel_decision recipient return_route needed_by safeguarding items note outcome \
		decided decided_by reviewed_by reasons released subjects findings linked; do
		grep -q "\"$key\":" show.json || exit 1
	done'
tap_true 'an empty column is null' grep -qx "outcome${tab}null" show.lines
tap_true 'it is the one asked for' grep -qx "reference$tab$open" show.lines
is_status 'a receipt as a page' 0 as casey request show "$open"
tap_true 'with labels and days for people' grep -Eq '^  Received +[0-9]{2}/[0-9]{2}/[0-9]{4}$' "$out"
refuses 'no such receipt' 1 'TR-1999-000001: there is no such receipt' \
	as casey request show TR-1999-000001
refuses 'no such submission' 1 'there is no such submission' as casey dbsb show DB-1999-000001

events=$(event_count)
as casey request show "$open" >"$out"
tap_true 'an opening is an event' [ $(($(event_count) - events)) -eq 3 ]
events=$(event_count)
as casey request list >"$out"
tap_true 'a list is none' [ $(($(event_count) - events)) -eq 2 ]
events=$(event_count)
refuses 'a caseworker says why one decided over 90 days ago is opened' 1 \
	'decided over 90 days ago; say why .* --because-from' as casey request show "$old"
tap_true 'that refusal is an event' [ $(($(event_count) - events)) -eq 3 ]
refuses 'blanks are no reason' 1 'say why' as casey request show "$old" --because '  '
is_status 'with a reason it opens' 0 as casey request show "$old" --because 'the force rang'
echo 'the force rang' >reason
is_status 'with one from a file' 0 as casey request show "$old" --because-from reason
is_status 'from standard input' 0 sh -c '"$@" --because-from - <reason' - "$program" \
	-s "$demo/demo.tdk" -u casey --password-file "$demo/casey.password" request show "$old"
refuses 'a reason twice' 2 'not both' \
	as casey request show "$old" --because x --because-from reason
refuses 'a reason from nowhere' 6 'No such file' \
	as casey request show "$old" --because-from nothing
printf 'Caf\351' >latin
refuses 'a reason that is not UTF-8' 6 'not UTF-8' \
	as casey request show "$old" --because-from latin
is_status 'a supervisor needs none' 0 as sam request show "$old"
is_status 'an auditor neither' 0 as audrey request show "$old"
TRACEDESK_TODAY=$(as casey request list --format csv | tail -n 1 | cut -d, -f2)
export TRACEDESK_TODAY
is_status 'one decided lately is opened without' 0 as casey request show "$old"
unset TRACEDESK_TODAY

# dbsb
as casey dbsb list --format csv >batches.csv
tap_empty 'the columns of submissions are those of import' "$(head -n 1 batches.csv | grep -vx \
	'reference,received,organisation,contact_email,status,reason,completed,transactions,single_match,note')"
tap_true 'all 89 submissions' [ "$(wc -l <batches.csv)" -eq 90 ]
tap_true 'two are in flight at the end of the year' [ "$(tail -n +2 batches.csv |
	grep -c ',received,')" -eq 2 ]
as casey dbsb list --format json | "$json_lines" >batches.lines
tap_true 'as json' grep -qx "${tab}89 items" batches.lines
batch=$(sed -n '2s/,.*//p' batches.csv)
as casey dbsb show "$batch" --format json | "$json_lines" >batch.lines
tap_true 'one as json is an object' grep -qx "reference$tab$batch" batch.lines
is_status 'one as a page' 0 as casey dbsb show "$batch"
as casey dbsb show "$batch" --format csv >"$out"
tap_true 'one as csv is its line of the list' \
	[ "$(sed -n 2p "$out")" = "$(sed -n 2p batches.csv)" ]

# audit verify
as audrey audit verify --format json | "$json_lines" >verify.lines
tap_true 'audit verify: no problem' grep -qx "problems${tab}0 items" verify.lines
tap_true 'audit verify: events, signatures, moments and the head' sh -c '
	grep -Eq "^events.[0-9]+$" "$1" && grep -Eq "^signatures.[0-9]+$" "$1" &&
	grep -Eq "^head.[0-9a-f]{64}$" "$1" &&
	grep -Eq "^first.[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$" "$1" &&
	grep -Eq "^last.[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$" "$1"' - verify.lines
is_status 'audit verify as text' 0 as audrey audit verify
is_status 'audit verify as csv' 0 as audrey audit verify --format csv

# -o
is_status '-o' 0 as casey request list --format csv -o file.csv
tap_true '-o: nothing on standard output' test ! -s "$out"
tap_true '-o: the same bytes' cmp file.csv list.csv
tap_true '-o: a private file' [ "$(stat -c %a file.csv)" = 600 ]
echo kept >kept.csv
refuses '-o over a file' 1 'already; give --force' as casey request list -o kept.csv
tap_true 'the file is kept' [ "$(cat kept.csv)" = kept ]
is_status '--force' 0 as casey request list --format csv -o kept.csv --force
tap_true 'replaces it' cmp kept.csv list.csv
echo kept >kept.csv
refuses '-o --force of what is refused' 1 'this is for' \
	as ada request list -o kept.csv --force
tap_true 'leaves the old file' [ "$(cat kept.csv)" = kept ]
mkdir folder
refuses '-o onto a folder' 6 'not a regular file' as casey request list -o folder --force
ln -s kept.csv link
refuses '-o onto a link' 6 'not a regular file' as casey request list -o link --force
refuses '-o into no folder' 6 'No such file' as casey request list -o none/file.csv
refuses '-o onto a device' 6 'not a regular file' as casey request list -o /dev/null --force
is_status '-o with a file size limit that does not do' 6 sh -c 'ulimit -f 1; trap "" XFSZ; "$@"' - \
	"$program" -s "$demo/demo.tdk" -u casey --password-file "$demo/casey.password" \
	request list --format csv -o limited.csv
tap_empty 'nothing half-written is left anywhere' "$(find . -name '.tracedesk*' -o -name limited.csv)"
tap_done
