#!/bin/sh
# Several people on one host: the program installed set-group-ID, the store in its group's folder.
# Three users that have nothing but their numbers: each works; none gets at the store otherwise,
# debugs the program, loads a library into it, or makes it write where only its group may.
. "$TOP_SRCDIR/tests/cli/cli.sh"
group=64999
if [ "$(id -u)" -ne 0 ] || ! command -v setpriv >/dev/null; then
	tap_skip 'three users on one host' 'only root can become other users'
	tap_done
	exit
fi
make_demo

fails() {
	! "$@" >"$out" 2>&1
}
# as N COMMAND...: as the Nth user, who is in no group but his own.
as() {
	as_user=$((64100 + $1))
	shift
	setpriv --reuid=$as_user --regid=$as_user --clear-groups env HOME="$scratch/home" "$@"
}
desk() {
	as_who=$1
	desk_user=$2
	shift 2
	as "$as_who" "$program" -s "$store" -u "$desk_user" \
		--password-file "$scratch/own$as_who/$desk_user.password" "$@"
}

folder=$scratch/lib
store=$folder/store.tdk
program=$scratch/bin/tracedesk
plain=$scratch/bin/plain
mkdir "$scratch/bin" "$scratch/home" "$folder"
chmod 755 "$scratch" "$scratch/bin" "$scratch/home"
cp "$TOP_BUILDDIR/tracedesk" "$program"
cp "$TOP_BUILDDIR/tracedesk" "$plain"
chgrp $group "$program" "$folder"
chmod 2755 "$program"
chmod 2770 "$folder"
for n in 1 2 3; do
	mkdir "$scratch/own$n"
	cp "$demo"/*.password "$scratch/own$n"
	chown -R $((64100 + n)):$((64100 + n)) "$scratch/own$n"
	chmod 700 "$scratch/own$n"
done
if ! as 1 "$program" --version >"$out" 2>&1; then
	sed 's/^/# /' "$out"
	tap_skip 'three users on one host' 'other users cannot run a program from here'
	tap_done
	exit
fi

# The first of them makes a store.
password=$scratch/own1/casey.password
is_status 'a user without rights to the folder makes a store in it' 0 as 1 "$program" -s "$store" \
	-u first --password-file "$password" init --recovery-file "$scratch/own1/recovery"
tap_true 'its files are the group'\''s' \
	[ "$(stat -c %a:%g "$store" "$store-head" | tr '\n' ' ')" = "660:$group 660:$group " ]
tap_true 'the recovery file is the user'\''s own' \
	[ "$(stat -c %a:%u:%g "$scratch/own1/recovery")" = 600:64101:64101 ]
refuses 'without the group there is nothing to see' 6 'cannot be opened' as 1 "$plain" -s "$store" \
	-u first --password-file "$password" user list
rm "$store" "$store-head"

# A store with people in it; whoever comes first makes the log.
cp "$demo/demo.tdk" "$store"
cp "$demo/demo.tdk-head" "$store-head"
chgrp $group "$store" "$store-head"
chmod 660 "$store" "$store-head"
is_status 'a caseworker reads' 0 desk 1 casey request list --format csv
is_status 'a supervisor reads' 0 desk 2 sam request list --format csv
is_status 'an administrator reads' 0 desk 3 ada user list
as 1 "$program" -s "$store" -u casey --password-file "$scratch/own1/casey.password" store info \
	--format csv >"$out" 2>&1
reference=$(desk 1 casey request list state:in_triage assigned:casey --limit 1 --format csv |
	sed -n '2s/,.*//p')
tap_true 'there is a receipt to write notes to' test -n "$reference"
for n in 1 2 3; do
	echo "a note" >"$scratch/own$n/note"
	chmod 644 "$scratch/own$n/note"
done
noted() {
	desk 3 audrey audit log "ref:$reference" kind:note_added --format csv | grep -c note_added
}
: >"$scratch/notes.failed"
write_notes() {
	for round in 1 2 3 4 5; do
		(umask "$3" && desk "$1" "$2" request note "$reference" --from "$scratch/own$1/note") \
			>"$scratch/notes$1" 2>&1 || cat "$scratch/notes$1" >>"$scratch/notes.failed"
	done
}
write_notes 1 casey 000 &
write_notes 2 sam 077 &
write_notes 3 chris 027 &
wait
tap_empty 'three write at once under any umask' "$(cat "$scratch/notes.failed" 2>&1)"
written=$(noted)
tap_true "all of it is there ($written notes)" [ "$written" -ge 15 ]
tap_empty 'no file of it is open to others' \
	"$(find "$folder" -mindepth 1 ! \( -perm 660 -group $group \))"

is_status 'a backup goes where its user may write' 0 desk 2 sam store backup "$scratch/own2/backup"
tap_true 'and is the user'\''s own' [ "$(stat -c %a:%g "$scratch/own2/backup")" = 600:64102 ]
is_status 'the store is checked' 0 desk 3 ada store check
is_status 'and made anew with another key' 0 desk 3 ada store rekey
is_status 'and compacted' 0 desk 3 ada store compact
is_status 'all the others still get in' 0 desk 1 casey request list --format csv
tap_empty 'no file of it is open to others after that' \
	"$(find "$folder" -mindepth 1 ! \( -perm 660 -group $group \))"

# The store by other ways.
for n in 1 2 3; do
	tap_true "user $n cannot list the folder" fails as $n ls "$folder"
	tap_true "user $n cannot read the store" fails as $n cat "$store"
	tap_true "user $n cannot write it" fails as $n sh -c ": >>'$store'"
done
refuses 'an output does not go over the store' 6 '.' desk 1 casey request list --format csv \
	-o "$store" --force
refuses 'nor into its folder' 6 '.' desk 1 casey request list --format csv -o "$folder/list.csv"
refuses 'the store is no input' 6 '.' desk 2 sam import requests "$store"
refuses 'nor a password file' 6 '.' as 1 "$program" -s "$store" -u casey \
	--password-file "$store-head" request list
refuses 'a store is not made where another one'\''s log will be' 1 'beside a store' as 1 \
	"$program" -s "$store-wal" -u first --password-file "$password" init
tap_true 'nothing of that is left' [ "$(find "$folder" -type f | wc -l)" -eq 2 ]
ln -s "$folder/out" "$scratch/own1/link"
refuses 'a backup goes into the folder by no link' 6 '.' desk 1 casey store backup "$scratch/own1/link"
refuses 'nor by its name' 6 '.' desk 1 casey store backup "$folder/backup"
refuses 'an attachment is no file of the group' 6 '.' desk 1 casey request attach "$reference" "$store-head"
refuses 'nor is a checkpoint' 6 '.' desk 3 audrey audit verify --against "$store-head"
refuses 'nor a recovery code' 6 '.' desk 3 ada store recover --recovery-from "$store-head" \
	--new-password-from "$password"
cp "$store" "$folder/backup" && chmod 640 "$folder/backup" && chgrp $group "$folder/backup"
refuses 'nor a backup' 6 'cannot be read' desk 3 ada store restore "$folder/backup" --force
rm "$folder/backup"

# Somebody who may run the program and has no log-in here brings a desk of his own.
evil() {
	as 1 "$program" -u evil --password-file "$password" "$@"
}
is_status 'a store of his own' 0 evil -s "$scratch/own1/evil.tdk" init \
	--recovery-file "$scratch/own1/evil.code"
is_status 'and its backup' 0 evil -s "$scratch/own1/evil.tdk" store backup "$scratch/own1/evil.backup"
refuses 'do not take the place of the desk'\''s' 1 'another desk'\''s' evil -s "$store" \
	store restore "$scratch/own1/evil.backup" --force
desk 3 audrey audit log kind:login_failed >"$out" 2>&1
tap_true 'which the audit log tells of' grep -q 'store restore: evil' "$out"

# Whatever the caller's shell has left of descriptors and limits, the store stays whole.
before=$(noted)
desk 1 casey request note "$reference" --from "$scratch/own1/note" <&- >&- 2>&-
# The C library may open what is closed for such a program so that writing fails.
case $? in
0 | 6) status=well ;;
*) status=ill ;;
esac
tap_true 'without descriptors a note is written, though nobody hears of it' \
	[ "$status $(noted)" = "well $((before + 1))" ]
if command -v prlimit >/dev/null; then
	for limit in fsize=65536 nofile=8 stack=65536 as=50000000 memlock=0; do
		as 3 prlimit --$limit "$program" -s "$store" -u ada \
			--password-file "$scratch/own3/ada.password" store compact >"$out" 2>&1
		tap_true "the program ends by itself within $limit" [ $? -le 6 ]
	done
else
	tap_skip 'the program ends by itself within limits' 'no prlimit'
fi
tap_true 'nothing of all that is left' [ "$(find "$folder" -type f | wc -l)" -eq 2 ]
is_status 'the store is whole' 0 desk 3 audrey audit verify
is_status 'in every page' 0 desk 3 ada store check

# Of the caller's environment it keeps what it needs alone: a zone of time is not among it.
for try in 1 2 3 4 5 6; do
	as 1 env TZ=XYZ-3:37 "$program" -s "$store" -u chris --password-file "$password" month list \
		>"$out" 2>&1
done
until=$(sed -n 's/.* until \([0-9:]*\);.*/\1/p' "$out")
tap_true "a zone that the caller sets is passed over ($until)" sh -c '
	for minutes in 13 14 15 16; do date -d "+$minutes minutes" +%H:%M; done | grep -qx "$1"' \
	sh "$until"

# The program itself: another library, another debugger.
cat >"$scratch/in.c" <<'END'
#include <stdio.h>
#include <stdlib.h>
__attribute__((constructor)) static void in(void)
{
	FILE *file = fopen(getenv("LOADED"), "w");

	if (file)
		fclose(file);
}
END
if $CC -shared -fPIC -o "$scratch/in.so" "$scratch/in.c" 2>"$scratch/in.log"; then
	chmod 755 "$scratch/in.so"
	as 1 env LD_PRELOAD="$scratch/in.so" LOADED="$scratch/own1/plain" "$plain" --version \
		>"$out" 2>&1
	as 1 env LD_PRELOAD="$scratch/in.so" LOADED="$scratch/own1/guarded" "$program" --version \
		>"$out" 2>&1
	tap_true 'a library can be loaded into a plain program' test -e "$scratch/own1/plain"
	tap_true 'and not into the guarded one' test ! -e "$scratch/own1/guarded"
else
	tap_skip 'a library cannot be loaded into it' 'no compiler'
fi
mkfifo "$scratch/pipe"
chmod 644 "$scratch/pipe"
chown 64101 "$scratch/own1/note"
setpriv --reuid=64101 --regid=64101 --clear-groups "$program" -s "$store" -u casey \
	--password-file "$scratch/own1/casey.password" request note "$reference" --from - \
	<"$scratch/pipe" >"$out" 2>&1 &
running=$!
exec 9>"$scratch/pipe"
# The right is taken up for moments, too: what counts is that it is put aside again.
groups() {
	sed -n 's/^Gid:\t//p' "/proc/$running/status" | tr '\t' ' '
}
tries=0
until seen=$(groups) && [ "$seen" = "64101 64101 $group 64101" ] || [ $tries -gt 20000 ]; do
	tries=$((tries + 1))
done
tap_true 'while it runs the right is put aside' [ "$seen" = "64101 64101 $group 64101" ]
for file in mem environ maps; do
	tap_true "its /proc/PID/$file is closed to its user" fails as 1 sh -c ": </proc/$running/$file"
done
tap_true 'nor are its descriptors listed' fails as 1 ls "/proc/$running/fd"
if command -v strace >/dev/null && as 1 strace -o /dev/null true >"$out" 2>&1; then
	tap_true 'its user cannot trace it' fails as 1 strace -p $running -o /dev/null
else
	tap_skip 'its user cannot trace it' 'no strace that this user can run'
fi
echo 'a note from a pipe' >&9
exec 9>&-
wait $running
tap_true 'and it ends well' [ $? -eq 0 ]
tap_done
