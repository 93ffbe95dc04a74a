#!/bin/sh
# A disk without room: a limit on the size of files, and a small file system that is really full.
# What is done says so and leaves nothing; the store is whole.
. "$TOP_SRCDIR/tests/cli/cli.sh"
make_demo
room=$scratch/room
mkdir "$room"

# limited BLOCKS COMMAND...: no file may grow beyond so many blocks of 512 bytes.
limited() (
	ulimit -f "$1" || exit 99
	shift
	"$@"
)
refuses 'a limit on files, backup' 6 'b: cannot be written: File too large; free some room' \
	limited 200 as ada store backup "$scratch/b"
refuses 'a limit on files, log-in' 6 'demo.tdk.*: .*; ' limited 1 as casey request list
tap_empty 'a limit on files, nothing is left' "$(ls -A "$scratch" | grep -v '^demo$\|^room$\|^out$\|^err$')"
is_status 'a limit on files, the store is whole' 0 as ada store check

# Nobody to answer to: what was read is not told, what was done is done, and both are errors.
# out_closed and out_full COMMAND...: standard output is closed, or a device that is full.
out_closed() {
	"$@" >&-
}
out_full() {
	"$@" >/dev/full
}
echo '{"service":"police","received":"2021-01-04","subjects":[{"subject_surname":"Zouch"}]}' \
	>"$scratch/add.json"
for ask in 'request list' 'request template police' '--help' '--version' 'figures 2020-12' 'rule list'; do
	# shellcheck disable=SC2086
	refuses "closed: $ask" 6 'standard output: it is closed; [^;]*place' out_closed as casey $ask
done
refuses 'closed: audit log' 6 'standard output: it is closed' out_closed as audrey audit log
refuses 'closed: store check' 6 'standard output: it is closed' out_closed as ada store check
refuses 'full: request list' 6 'standard output: cannot be written: No space left.*; free some room' \
	out_full as casey request list
refuses 'closed: a new receipt' 6 'it is closed; what was asked for is done: look before' \
	out_closed as casey request add --from "$scratch/add.json"
refuses 'full: a new receipt' 6 'No space left on device; what was asked for is done: look before' \
	out_full as casey request add --from "$scratch/add.json"
refuses 'closed: a one-time password' 6 'wanda is added, .* was not shown; .*user reset wanda' \
	out_closed as ada user add wanda --role caseworker
is_status 'which can be made again' 0 as ada user reset wanda
in_closed() {
	"$program" -s "$demo/demo.tdk" -u casey --password-file "$demo/casey.password" "$@" <&-
}
refuses 'standard input is closed' 6 '-: cannot be read' in_closed request add --from -
is_status 'both were stored' 0 as casey request list zouch --format csv
tap_true 'once each' [ "$(grep -c '^TR-' "$out")" -eq 2 ]

{
	echo 'received,service,organisation,necessity'
	awk 'BEGIN {
		for (i = 0; i < 2000; i++)
			printf "2021-01-04,police,Kent Police,Number %d: every address known was visited.\n", i
	}'
} >"$scratch/rows.csv"
is_status 'a backup' 0 as ada store backup "$scratch/backup"

# in_room KIB WHO COMMAND...: as somebody on a file system with the store and so much room. Then the
# store there is looked through, which room/whole outside tells.
in_room() {
	in_room_user=$2
	in_room_size=$(($(du -k "$demo/demo.tdk" | cut -f1) + 8 + $1))
	shift 2
	rm -f "$scratch/whole"
	unshare -rm sh -c '
		mount -t tmpfs -o "mode=700,size=$1k" none "$2" || exit 77
		room=$2 demo=$3 whole=$4 user=$5 program=$6
		shift 6
		cp "$demo/demo.tdk" "$demo/demo.tdk-head" "$room" || exit 77
		setsid -w "$program" -s "$room/demo.tdk" -u "$user" \
			--password-file "$demo/$user.password" "$@" </dev/null
		status=$?
		rm -f "$room/b"
		setsid -w "$program" -s "$room/demo.tdk" -u ada \
			--password-file "$demo/ada.password" store check </dev/null >"$whole" 2>&1 &&
			echo whole >>"$whole"
		ls -A "$room" | grep -v "^demo.tdk" >>"$whole"
		exit $status' sh "$in_room_size" "$room" "$demo" "$scratch/whole" "$in_room_user" \
		"$program" "$@"
}

# no_room NAME KIB PATTERN WHO COMMAND...
no_room() {
	no_room_name=$1
	no_room_kib=$2
	no_room_pattern=$3
	shift 3
	refuses "no room, $no_room_name" 6 "$no_room_pattern" in_room "$no_room_kib" "$@"
	tap_true "no room, $no_room_name: the store is whole" \
		test "$(tail -n 1 "$scratch/whole")" = whole
}

if unshare -rm sh -c 'mount -t tmpfs -o size=1m none "$1"' sh "$room" 2>/dev/null; then
	no_room backup 300 'b: cannot be written: No space left on device; free some room' \
		ada store backup "$room/b"
	no_room rekey 300 'too little room: [0-9]+ MiB are needed and 0 are free; make some room' \
		ada store rekey
	no_room compact 300 'too little room: [0-9]+ MiB are needed and 0 are free; make some room' \
		ada store compact
	no_room restore 300 'too little room: [0-9]+ MiB are needed and 0 are free; make some room' \
		ada store restore --force "$scratch/backup"
	no_room import 700 'the disk is full.*: nothing was stored; make room' \
		sam import requests "$scratch/rows.csv"
else
	tap_skip 'a file system that is full' 'mounts are not allowed here'
fi
tap_done
