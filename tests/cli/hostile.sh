#!/bin/sh
# Whatever is given to the program, from whatever side, comes to the terminal visible: no control
# characters, none that turn the direction of writing. (CSV is exact, so it is not asked.)
. "$TOP_SRCDIR/tests/cli/cli.sh"

make_demo
evil=$(printf '\033]0;x\007\033[31mX\302\233\342\200\256abc')
printf 'received,service,%s\n' "$evil" >"$scratch/header.csv"
printf 'received,service,organisation\n2020-13-01,%s,%s\n' "$evil" "$evil" >"$scratch/$evil.csv"
printf 'received,service,organisation\n2020-11-05,police,%s\n' "$evil" >"$scratch/cell.csv"
printf '{"service":"police","%s":"x"}' "$evil" | sed 's/\\/\\\\/g' >"$scratch/key.json"
printf 'reference,received,service\n\342\200\256TR,2020-11-05,police\n' >"$scratch/turned.csv"
mkdir "$scratch/$evil"
cp "$demo/demo.tdk" "$scratch/$evil/"

# shows NAME COMMAND...: what it says is visible, and it says something.
shows() {
	shows_name=$1
	shift
	"$@" >"$out" 2>"$err"
	shows_got=$?
	cat "$out" "$err" | LC_ALL=C tr -d '\n' | LC_ALL=C sed 's/\xc2[\x80-\x9f]/\x01/g
		s/\xe2\x80[\xaa-\xae]/\x01/g' | LC_ALL=C tr -cd '\001-\037\177' >"$scratch/left"
	if [ -s "$scratch/left" ]; then
		cat -v "$out" "$err" | sed 's/^/# /' | head -n 20
		tap_result 'not ok' "$shows_name (exit $shows_got)"
	elif [ ! -s "$out" ] && [ ! -s "$err" ]; then
		tap_result 'not ok' "$shows_name says nothing (exit $shows_got)"
	else
		tap_result ok "$shows_name (exit $shows_got)"
	fi
}

shows 'a store' tracedesk -s "$evil" -u ada user list
shows 'a folder of a store' tracedesk -s "$scratch/$evil/demo.tdk" -u ada \
	--password-file "$demo/ada.password" user list
shows 'a user' tracedesk -s "$demo/demo.tdk" -u "$evil" --password-file "$demo/ada.password" user list
shows 'a password file' tracedesk -s "$demo/demo.tdk" -u ada --password-file "$evil" user list
shows 'a command' as casey "$evil"
shows 'an option' as casey request list "--$evil"
shows 'a format' as casey request list --format "$evil"
shows 'a limit' as casey request list --limit "$evil"
shows 'a column' as casey request count --by "$evil"
for word in "$evil" "state:$evil" "assigned:$evil" "ref:$evil" "received:$evil" "nhs:$evil"; do
	shows "the word ${word%%:*}" as casey request list "$word"
done
for verb in show check history; do
	shows "a reference to $verb" as casey request "$verb" "$evil"
done
shows 'a submission' as casey dbsb show "$evil"
shows 'a rule' as casey rule show "$evil"
shows 'a period' as casey figures "$evil"
shows 'a file to write' as casey figures 2020-12 -o "/nothing/$evil"
shows 'a file to import' as sam import requests "$evil"
shows 'a header' as sam import requests "$scratch/header.csv"
shows 'rows of a hostile file' as sam import requests "$scratch/$evil.csv"
shows 'a cell' as sam import requests "$scratch/cell.csv"
shows 'a reference of an older system' as sam import requests "$scratch/turned.csv"
shows 'a key' as casey request add --from "$scratch/key.json"
shows 'a charset' as sam import requests "$scratch/cell.csv" --charset "$evil"
shows 'a new name' as ada user add "$evil" --role caseworker
shows 'a role' as ada user add bob --role "$evil"
shows 'a full name' as ada user add bob --role caseworker --full-name "$evil"
shows 'the people' as ada user list
shows "today" env TRACEDESK_TODAY="$evil" "$program" -s "$demo/demo.tdk" -u sam \
	--password-file "$demo/sam.password" request list
shows 'a folder for a demo' tracedesk demo "/nothing/$evil/x"
shows 'help' tracedesk "$evil" --help
shows 'the list' as casey request list --limit 500
shows 'the audit log' as audrey audit log --limit 500
shows 'the audit log as json' as audrey audit log --format json
tap_done
