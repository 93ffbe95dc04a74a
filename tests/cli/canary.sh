#!/bin/sh
# No word of a case in any file the program makes: known words go in through every door, then every
# file is searched, while a log is in use and after kill -9 too.
. "$TOP_SRCDIR/tests/cli/cli.sh"
make_demo
mkdir "$scratch/tmp"
TMPDIR=$scratch/tmp
export TMPDIR
files=$scratch/files
mkdir -m 700 "$files"
canary=Quillfeather
attached=Marrowbanks
rows=6000

# Receipts with the word in every text column, large enough for a kill to meet one under way.
awk -v word="$canary" -v rows="$rows" 'BEGIN {
	print "received,service,organisation,requester_name,necessity,note,subject_surname," \
		"subject_forenames,subject_address"
	for (i = 0; i < rows; i++)
		printf "2020-12-01,police,%s Police,%s %d,because of %s,%s note,%s%d,%s,1 %s Road\n",
			word, word, i, word, word, word, i, word, word
}' >"$files/in.csv"
printf 'received,organisation,status,note\n2020-12-01,%s Council,received,%s\n' "$canary" "$canary" \
	>"$files/batch.csv"
printf 'the %s case\n' "$canary" >"$files/reason"

# Files with the word, the ones we wrote ourselves apart. Each way of writing it counts.
found() {
	grep -aril -e "$canary" -e "$(printf %s "$canary" | sed 's/./&\\x00/g')" \
		-e "$attached" -e "$(printf %s "$attached" | sed 's/./&\\x00/g')" \
		"$demo" "$scratch/tmp" "$@"
}
mkdir -m 700 "$files/attached"
yes "$attached" | head -c 9000000 >"$files/attached/form"
tap_true 'the search finds the word where it is' \
	[ "$(found "$files" | grep -c "$files/")" -eq 4 ]

as sam import requests "$files/in.csv" >"$out" 2>"$err"
as sam import dbsb "$files/batch.csv" >>"$out" 2>>"$err"
tap_true 'the words are in the store' \
	[ "$(as sam request list --format csv | grep -c "$canary")" -eq "$rows" ]
reference=$(as sam request list --format csv | grep "$canary" | sed -n '1s/,.*//p')
as sam request show "$reference" --because-from "$files/reason" >"$out" 2>&1
as casey request list --limit "$rows" >"$out" 2>&1
as ada user add quill --role auditor --full-name "$canary" >"$out" 2>&1
as casey request show "$canary" >"$out" 2>&1
as ada request show "$canary" >"$out" 2>&1
as "$canary" month list >"$out" 2>&1
tap_empty 'no file has one after the commands' "$(found)"
tap_empty 'no log is left beside a closed store' "$(find "$demo" -name '*-wal' -size +0)"

# An attached file: nowhere but where its extract was asked for, and in no event.
is_status 'a file is attached' 0 as casey request attach "$reference" "$files/attached/form"
as casey request files "$reference" >"$out" 2>&1
as casey request extract "$reference" 2 -o "$scratch/tmp/none" >"$out" 2>&1
tap_empty 'no file has a word of it' "$(found)"
is_status 'it is extracted' 0 as casey request extract "$reference" 1 -o "$scratch/tmp/form"
tap_true 'the extract has it, and nothing else' [ "$(found)" = "$scratch/tmp/form" ]
rm "$scratch/tmp/form"
is_status 'the audit log is exported' 0 as audrey audit export -o "$scratch/tmp/trail"
tap_true 'it has the words of the case, as it must' grep -aqi "$canary" "$scratch/tmp/trail"
tap_empty 'but none of the file' "$(grep -ail "$attached" "$scratch/tmp/trail")"
rm "$scratch/tmp/trail"

# The store made anew, copied and restored; killed while it is made anew, too.
as ada store compact >"$out" 2>"$err" || cat "$err"
as ada store rekey >"$out" 2>"$err" || cat "$err"
as ada store check >"$out" 2>"$err" || cat "$out" "$err"
as ada store backup "$demo/backup" >"$out" 2>"$err" || cat "$err"
tracedesk -s "$demo/other.tdk" -u ada --password-file "$demo/ada.password" \
	store restore "$demo/backup" >"$out" 2>"$err" || cat "$err"
tap_true 'all of that was done' test -f "$demo/other.tdk"
tap_empty 'no file has one after compacting, new keys, a backup and its restoring' "$(found)"
"$program" -s "$demo/demo.tdk" -u ada --password-file "$demo/ada.password" store compact \
	</dev/null >"$out" 2>&1 &
compact=$!
while kill -0 "$compact" 2>/dev/null; do
	[ -z "$(find "$demo" -name '*-making' -size +100k)" ] || break
done
kill -9 "$compact" 2>/dev/null
wait "$compact" 2>/dev/null
tap_empty 'nor after kill -9 while compacting' "$(found)"
is_status 'and compacting begins again' 0 as ada store compact
tap_empty 'leaving nothing' "$(find "$demo" -name '*-making*')"
rm -f "$demo/backup" "$demo"/other.tdk*

# The next command takes up what a killed one left, so that the log of the next to be killed begins
# anew.
log_is_taken_up() {
	as casey request files "$reference" >"$out" 2>&1
	tap_empty "no log is left after time $round" "$(find "$demo" -name '*-wal' -size +0)"
}

# kill -9 in the middle of an import, once its log has begun to grow.
killed=0
for round in 1 2 3; do
	echo "2020-12-02,police,$canary $round,,,,,," >>"$files/in.csv"
	"$program" -s "$demo/demo.tdk" -u sam --password-file "$demo/sam.password" \
		import requests "$files/in.csv" </dev/null >"$out" 2>&1 &
	import=$!
	while kill -0 "$import" 2>/dev/null; do
		[ -z "$(find "$demo" -name '*-wal' -size +64k)" ] || break
	done
	kill -9 "$import" 2>/dev/null
	wait "$import" 2>/dev/null
	[ $? -eq 137 ] && killed=$((killed + 1))
	[ -n "$(find "$demo" -name '*-wal' -size +64k)" ] || killed=0
	tap_empty "no file has one after kill -9, time $round" "$(found)"
	tap_true "the log and its index are among the files, time $round" \
		[ "$(find "$demo" -name '*-wal' -o -name '*-shm' | grep -c .)" -eq 2 ]
	log_is_taken_up
done
tap_true "killed in the middle $killed times of 3" [ "$killed" -gt 0 ]
# kill -9 while a file goes in.
killed=0
for round in 1 2 3; do
	"$program" -s "$demo/demo.tdk" -u sam --password-file "$demo/sam.password" \
		request attach "$reference" "$files/attached/form" </dev/null >"$out" 2>&1 &
	attach=$!
	while kill -0 "$attach" 2>/dev/null; do
		[ -z "$(find "$demo" -name '*-wal' -size +64k)" ] || break
	done
	kill -9 "$attach" 2>/dev/null
	wait "$attach" 2>/dev/null
	[ $? -eq 137 ] && killed=$((killed + 1))
	tap_empty "no file has a word after kill -9 of an attachment, time $round" "$(found)"
	log_is_taken_up
done
tap_true "killed in the middle $killed times of 3" [ "$killed" -gt 0 ]
is_status 'the store opens after it' 0 as audrey audit verify
tap_true 'nothing of the killed imports is stored' \
	[ "$(as sam request list --format csv | grep -c "$canary [0-9]")" -eq 0 ]
tap_empty 'and no file has one still' "$(found)"
tap_done
