#!/bin/sh
# Stores that are none, are damaged, are newer; and demo stores: two runs say the same.
. "$TOP_SRCDIR/tests/cli/cli.sh"
make_demo
cd "$scratch" || exit 1

# with STORE COMMAND...: as casey.
with() {
	with_store=$1
	shift
	tracedesk -s "$with_store" -u casey --password-file "$demo/casey.password" "$@"
}
refuses 'no store' 6 'no store at .*; `tracedesk init` makes one' with none.tdk month list
echo 'not a store' >text.tdk
chmod 600 text.tdk
refuses 'not a store' 4 'text.tdk' with text.tdk month list
: >empty.tdk
chmod 600 empty.tdk
refuses 'an empty file' 4 'empty.tdk' with empty.tdk month list
mkdir folder.tdk
refuses 'a folder' 6 'folder.tdk' with folder.tdk month list
mkfifo -m 600 fifo.tdk
refuses 'a FIFO' 6 'fifo.tdk' with fifo.tdk month list
refuses 'a device' 6 '/dev/null' with /dev/null month list

copy() {
	cp "$demo/demo.tdk" "$1" && cp "$demo/demo.tdk-head" "$1-head"
}
# flip FILE OFFSET...: one bit of the byte there.
flip() {
	flip_file=$1
	shift
	for flip_at in "$@"; do
		flip_byte=$(dd if="$flip_file" bs=1 skip="$flip_at" count=1 2>/dev/null |
			od -An -tu1 | tr -d ' ')
		printf '%b' "\\0$(printf %o $((flip_byte ^ 1)))" |
			dd of="$flip_file" bs=1 seek="$flip_at" conv=notrunc 2>/dev/null
	done
}

copy good.tdk
is_status 'a copy of a store is one' 0 with good.tdk month list
tap_true 'it says nothing' test ! -s "$err"
# The two copies of the header lie at 0 and 16384, its end is at 40960.
copy one.tdk
flip one.tdk 600
is_status 'a bit of one copy of the header flipped' 0 with one.tdk month list
tap_true 'is told' grep -q '^tracedesk: .*one.tdk' "$err"
is_status 'and healed' 0 with one.tdk month list
tap_true 'so that nothing is told the next time' test ! -s "$err"
copy both.tdk
flip both.tdk 600 16984
refuses 'a bit of both copies flipped' 4 'both.tdk' with both.tdk month list
copy magic.tdk
flip magic.tdk 0 16384
refuses 'both magics flipped' 4 'magic.tdk' with magic.tdk month list
copy newer.tdk
for copy_at in 0 16384; do
	printf '\002' | dd of=newer.tdk bs=1 seek=$((copy_at + 16)) conv=notrunc 2>/dev/null
done
refuses 'a newer store' 4 'newer' with newer.tdk month list
copy page.tdk
flip page.tdk 41160
refuses 'a bit of a page flipped' 4 'page.tdk' with page.tdk month list
copy cut.tdk
truncate -s 61440 cut.tdk
refuses 'a store cut short' 4 'cut.tdk' with cut.tdk request list
copy headless.tdk
rm headless.tdk-head
is_status 'without -head' 0 with headless.tdk month list
tap_true 'that is told' grep -q '^tracedesk: .*headless.tdk-head is missing' "$err"
mkdir -m 777 everybody
copy everybody/desk.tdk
refuses 'a folder others can write' 6 'everybody' with everybody/desk.tdk month list

# Demo stores
refuses 'a demo where something is' 1 'empty or not there' tracedesk demo "$demo"
refuses 'a demo on a file' 1 'not there' tracedesk demo "$scratch/text.tdk"
refuses 'a demo below nothing' 6 'No such file' tracedesk demo "$scratch/none/demo"
mkdir -m 700 empty
is_status 'a demo in an empty folder' 0 tracedesk demo "$scratch/empty"
tap_empty 'six passwords, the store and its -head' "$({
	printf '%s.password\n' ada audrey casey chris sam sasha
	printf '%s\n' demo.tdk demo.tdk-head
} | sort >wanted && ls empty | sort | diff wanted -)"
tap_empty 'all of it private' "$(find empty -type f ! -perm 600)"
TRACEDESK_TODAY=nonsense refuses 'a demo that cannot be finished' 2 'TRACEDESK_TODAY' \
	tracedesk demo "$scratch/unfinished"
tap_true 'leaves nothing' test ! -e unfinished

# All that the cases of the demo at $demo say.
all_cases() {
	as sam request list --format csv >all.list
	cat all.list
	tail -n +2 all.list | cut -d, -f1 | while read -r all_reference; do
		as sam request show "$all_reference" --format json
	done
	as sam dbsb list --format csv
}
all_cases >first
demo=$scratch/empty
all_cases >second
tap_true 'two demo stores say the same' cmp first second
tap_true 'of some two hundred receipts' [ "$(grep -c '^{' first)" -gt 200 ]
tap_true 'under different passwords' sh -c '! cmp -s "$1" "$2"' - \
	"$scratch/demo/sam.password" "$scratch/empty/sam.password"
# What stands in the place of one of the store's files is named.
for suffix in -shm -wal -head; do
	mv "$demo/demo.tdk$suffix" "$demo/kept" 2>/dev/null
	for thing in mkdir mkfifo 'ln -s /etc/passwd'; do
		$thing "$demo/demo.tdk$suffix"
		refuses "$thing $suffix" 6 "demo.tdk$suffix: not a plain file; move it away" \
			as casey request list
		rm -r "$demo/demo.tdk$suffix"
	done
	mv "$demo/kept" "$demo/demo.tdk$suffix" 2>/dev/null
done
mkdir "$demo/demo.tdk-making"
: >"$demo/demo.tdk-making/something"
refuses 'mkdir -making' 6 'demo.tdk-making: not a plain file; move it away' as ada store compact
rm -r "$demo/demo.tdk-making"
is_status 'and all is well without them' 0 as ada store check
# Rights that are missing, and descriptors: the words name what lacks them. A root without
# capabilities has the rights of any owner.
bare() {
	if [ "$(id -u)" -eq 0 ]; then
		setpriv --inh-caps -all --bounding-set -all "$@"
	else
		"$@"
	fi
}
few_files() {
	prlimit --nofile=8 "$program" -s "$demo/demo.tdk" -u casey --password-file "$demo/casey.password" \
		request list </dev/null
}
if bare true 2>/dev/null; then
	asks() {
		bare "$program" -s "$demo/demo.tdk" -u casey \
			--password-file "$demo/casey.password" request list </dev/null
	}
	rm -f "$demo/demo.tdk-wal" "$demo/demo.tdk-shm"
	chmod 500 "$demo"
	refuses 'a folder where no file can be made' 6 'no file can be made in this folder' asks
	chmod 700 "$demo"
	chmod 000 "$demo/demo.tdk-head"
	refuses 'a file without rights' 6 'Permission denied; look at the rights of the file' asks
	chmod 600 "$demo/demo.tdk-head"
else
	tap_skip 'missing rights' 'capabilities cannot be given up here'
fi
refuses 'few descriptors' 6 'demo.tdk: cannot be opened: too many files are open; close' few_files
refuses 'a folder for a store' 6 'a folder, not a store; name the file in it' \
	tracedesk -s "$demo" -u casey request list
refuses 'no name for a store' 2 '--store: its value is empty; write --store FILE' \
	tracedesk -s '' -u casey request list
refuses 'no name for an output' 2 '--output: its value is empty' as casey figures 2020 -o ''
refuses 'a folder that is not there' 6 'x: cannot be written: No such file[^;]*; choose another place' \
	as casey figures 2020 -o "$scratch/none/x"
refuses 'a long reference' 1 ': there is no such receipt; ' \
	as casey request show "$(head -c 5000 /dev/zero | tr '\0' a)"
tap_done
