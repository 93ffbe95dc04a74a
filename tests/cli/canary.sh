#!/bin/sh
# No word of a case stands in clear in any file the program makes: the store,
# -head, -wal, -shm, and whatever else might turn up in the home and temporary
# folders; while it works, after kill -9, and after it closed.
. "$TOP_SRCDIR/tests/cli/cli.sh"
HOME=$scratch/home
TMPDIR=$scratch/tmp
export HOME TMPDIR
mkdir "$HOME" "$TMPDIR"
make_demo

# One word a text column; the search looks for each of them in each file.
columns='requester_reference organisation requester_name requester_rank requester_number
	requester_email requester_telephone requester_address requester_station necessity offence
	court court_case warrant_reference return_route note subject_surname subject_forenames
	subject_aliases subject_address'
row=2020-12-30,police
header=received,service
words=
for column in $columns; do
	word=zq$(echo "$column" | tr -d _)zq
	words="$words $word"
	header=$header,$column
	row=$row,$word
done
rows() {
	echo "$header"
	awk -v row="$row" -v rows="$1" 'BEGIN { for (i = 0; i < rows; i++) print row }'
}
rows 3 >"$scratch/few.csv"
rows 8000 >"$scratch/many.csv"

# Every file but the test's own.
made_files() {
	find "$demo" "$HOME" "$TMPDIR" -type f ! -name '*.password'
}

# Words of the cases found in clear; what was looked for comes from the demo too.
in_clear() {
	for file in $(made_files); do
		grep -aiFf "$scratch/words" -o "$file" 2>/dev/null | sed "s|^|${file##*/}: |"
	done | sort -u
}

for word in $words; do
	echo "$word"
done >"$scratch/words"
as sam request list --format csv | awk -F, 'NR > 1 { print $4 }' | tr -d '"' |
	awk 'length($0) > 6' |
	sort -u >>"$scratch/words"
tap_true 'the demo gives words to look for' [ "$(wc -l <"$scratch/words")" -gt 40 ]
grep -aiFf "$scratch/words" -o "$scratch/few.csv" | sort -u >"$scratch/found"
tap_true 'the search finds them where they are' [ "$(wc -l <"$scratch/found")" -ge 20 ]

as sam import requests "$scratch/few.csv" >"$out" 2>&1
tap_true 'the rows are taken' [ $? -eq 0 ]
tap_empty 'nothing in clear after an import' "$(in_clear)"

# Killed in the middle of a large import, as soon as its log has grown past a size of its own.
killed=0
grown=0
for size in 20000 200000 900000 2500000 5000000; do
	(exec "$program" -s "$demo/demo.tdk" -u sam --password-file "$demo/sam.password" \
		import requests "$scratch/many.csv" >"$out" 2>&1) &
	pid=$!
	tries=0
	while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 20000 ]; do
		tries=$((tries + 1))
		now=$(stat -c %s "$demo/demo.tdk-wal" 2>/dev/null || echo 0)
		if [ "$now" -gt "$size" ]; then
			grown=$((grown + 1))
			break
		fi
	done
	kill -9 "$pid" 2>/dev/null && killed=$((killed + 1))
	wait "$pid" 2>/dev/null
	in_clear >>"$scratch/clear"
	made_files | sed 's|.*/||' | sort >"$scratch/files"
	as sam audit verify >"$out" 2>&1 || echo "audit verify after the kill: $(cat "$out")"
done >"$scratch/verify"
echo "# killed $killed times, $grown with a log to look into"
tap_true 'the kills fired' [ "$killed" -ge 3 ]
tap_true 'there was a log to look into' [ "$grown" -ge 3 ]
tap_empty 'nothing in clear after kill -9' "$(cat "$scratch/clear")"
tap_empty 'the trail holds after each kill' "$(cat "$scratch/verify")"
tap_empty 'no file but the store and its own' \
	"$(grep -vE '^demo\.tdk(-head|-wal|-shm)?$' "$scratch/files")"
as sam request list --format csv >"$scratch/list"
tap_true 'nothing half stored' [ "$(grep -c zqorganisationzq "$scratch/list")" -eq 3 ]
tap_done
