#!/bin/sh
# Attached files: what goes in comes out, by whom and why; what cannot be attached; names that are
# no names; nothing is ever written but where -o says.
. "$TOP_SRCDIR/tests/cli/life.sh"
files=$scratch/files
mkdir -m 700 "$files"
log 'a form' police
attach() {
	as casey request attach "$ref" "$1" >"$out" 2>"$err"
}

### In and out, whatever it holds and is called.
head -c 700001 /dev/urandom >"$files/scan.pdf"
: >"$files/empty"
printf 'x' >"$files/..."
odd=$files/$(printf 'a\033[31m\n\377 "b",c')
printf 'y\000z' >"$odd"
for file in "$files/scan.pdf" "$files/empty" "$files/..." "$odd"; do
	is_status "attached: ${file##*/}" 0 attach "$file"
done
tap_true 'its number and size are said' grep -qx "$ref: file 4 is attached, 3 bytes." "$out"
n=0
for file in "$files/scan.pdf" "$files/empty" "$files/..." "$odd"; do
	n=$((n + 1))
	is_status "file $n is extracted" 0 as casey request extract "$ref" $n -o "$scratch/out$n"
	tap_true "file $n comes out as it went in" cmp -s "$file" "$scratch/out$n"
	tap_true "file $n: it is private" [ "$(stat -c %a "$scratch/out$n")" = 600 ]
done
tap_true 'the originals are still there: no script deletes' \
	[ "$(find "$files" -type f -printf x)" = xxxx ]
as casey request files "$ref" >"$out" 2>"$err"
tap_true 'listed' grep -q '  1  *700,001  casey .* scan.pdf$' "$out"
tap_true 'a name that is none is shown harmlessly' grep -qF 'a␛[31m␊<0xFF> "b",c' "$out"
tap_empty 'no control character goes out' "$(tr -d '\n' <"$out" | LC_ALL=C grep '[[:cntrl:]]')"
as casey request files "$ref" --format csv >"$out" 2>"$err"
tap_true 'csv has the columns' grep -qx 'number,size,person,time,name' "$out"
as casey request files "$ref" --format json >"$out" 2>"$err"
tap_true 'json too' grep -q '"number":2,"size":0,"person":"casey",.*"name":"empty"' "$out"
tap_true 'the log tells of it' [ "$(as audrey audit log kind:file_attached "ref:$ref" |
	grep -c 'file added')" -eq 4 ]
as sam request history "$ref" --format csv >"$out" 2>"$err"
tap_true 'the history too' grep -q ',file_extracted$' "$out"

### -o
: >"$scratch/there"
refuses 'no -o' 2 'give -o FILE' as casey request extract "$ref" 1
refuses 'over a file' 1 'already' as casey request extract "$ref" 1 -o "$scratch/there"
tap_empty 'that file is as it was' "$(cat "$scratch/there")"
is_status 'over it, by force' 0 as casey request extract "$ref" 1 -o "$scratch/there" --force
tap_true 'it is the file' cmp -s "$files/scan.pdf" "$scratch/there"
refuses 'no such file' 1 'it has no file 9' as casey request extract "$ref" 9 -o "$scratch/nine"
for n in 0 x 1x 99999999999999999999; do
	refuses "file $n" 2 'no number of a file' as casey request extract "$ref" $n \
		-o "$scratch/nine"
done
tap_true 'nothing is left of those' [ ! -e "$scratch/nine" ]
tap_empty 'nor anything unfinished' "$(find "$scratch" -name '.tracedesk.*')"

### What cannot be attached
head -c 20971520 /dev/zero >"$files/most"
is_status '20 MiB' 0 attach "$files/most"
echo >>"$files/most"
refuses 'a byte more' 1 'over 20 MiB' attach "$files/most"
rm "$files/most"
mkfifo "$files/fifo"
ln -s loop "$files/loop"
ln -s "$files/scan.pdf" "$files/link"
refuses 'a FIFO' 6 'a device, pipe or socket' attach "$files/fifo"
refuses 'a device' 6 'a device, pipe or socket' attach /dev/zero
refuses 'a folder' 6 'a directory' attach "$files"
refuses 'nothing' 6 'cannot be read' attach "$files/none"
refuses 'a loop' 6 'cannot be read' attach "$files/loop"
for end in '' -head; do
	refuses "the store's own file$end" 6 "the store itself" attach "$demo/demo.tdk$end"
done
is_status 'through a link' 0 attach "$files/link"
as casey request extract "$ref" 6 -o "$scratch/linked" 2>"$err"
tap_true 'it is what the link leads to' cmp -s "$files/scan.pdf" "$scratch/linked"
refuses 'no such receipt' 1 'no such receipt' as casey request attach TR-1999-000001 "$odd"
# A file that grows without end: whole or not at all, never a part.
(while [ -d "$files" ] && echo more; do :; done >"$files/grows" 2>/dev/null) &
grows=$!
tries=0 changed=0
while [ $changed -eq 0 ] && [ $tries -lt 50 ]; do
	tries=$((tries + 1))
	attach "$files/grows" && continue
	changed=$(grep -c -e 'changed while it was read' -e 'over 20 MiB' "$err")
done
kill "$grows"
wait "$grows" 2>/dev/null
tap_true "a file that grows is refused (after $tries)" [ "$changed" -eq 1 ]

### Who
refuses 'an auditor' 1 'this is for' as audrey request files "$ref"
refuses 'an auditor attaches' 1 'this is for' as audrey request attach "$ref" "$odd"
refuses 'an administrator extracts' 1 'this is for' as ada request extract "$ref" 1 -o "$scratch/no"
is_status 'a supervisor attaches' 0 as sam request attach "$ref" "$files/empty"
old=$(as casey request list imported decided:2020-02 --limit 1 --format csv |
	sed -n '2s/,.*//p')
is_status 'to an old one' 0 as casey request attach "$old" "$odd"
refuses 'files of an old one' 1 'over 90 days ago' as casey request files "$old"
refuses 'extract of an old one' 1 'over 90 days ago' \
	as casey request extract "$old" 1 -o "$scratch/no"
echo 'They rang.' >"$scratch/reason"
is_status 'for a reason' 0 as casey request files "$old" --because 'They rang.'
is_status 'from a file' 0 as casey request extract "$old" 1 -o "$scratch/old" \
	--because-from "$scratch/reason"
tap_true 'the reason is in the log' [ "$(as audrey audit log kind:file_extracted "ref:$old" |
	grep -c 'because "They rang.')" -eq 1 ]
is_status 'a supervisor gives none' 0 as sam request files "$old"

### Flagged
log 'a form that is flagged' police -e "s/O'Testa/Otherby/"
judged casey
is_status 'assigned' 0 as sam request assign "$ref" casey
goes accepted casey accept
attach "$odd"
json '{"subjects":[{"trace_code":"92","s_flag":"yes","identity_changed":"no","values":{"name":"Ann Hidden"}}],"items":["name"],"recipient":"other"}'
goes 'with the Caldicott Guardian' casey trace --from "$scratch/json"
for command in "attach $ref $files/empty" "files $ref" "extract $ref 1 -o $scratch/no"; do
	refuses "chris: ${command%% *}" 1 'it is flagged' as chris request $command
	is_status "casey: ${command%% *}" 0 as casey request $command
done
tap_done
