#!/bin/sh
# The care of a store: backup and restore, rekey, compact.
. "$TOP_SRCDIR/tests/cli/cli.sh"
make_demo
cd "$scratch" || exit 1
umask 077

# on STORE NAME COMMAND...: a person of the demo at another store.
on() {
	on_store=$1
	on_user=$2
	shift 2
	tracedesk -s "$on_store" -u "$on_user" --password-file "$demo/$on_user.password" "$@"
}
backup() {
	tracedesk -s "$demo/demo.tdk" store backup "$@"
}
begun() {
	find . -name '*-making*' -o -name '*-opened*' -o -name '.tracedesk.*'
}

# Check
for who in casey sam audrey; do
	refuses "check: not by $who" 1 'this is for administrator' as "$who" store check
done
is_status 'a sound store' 0 as ada store check
tap_true 'nothing is found' grep -q '^[0-9]* pages, .* no problem found.$' "$out"
tap_true 'and nothing is told' test ! -s "$err"
cp "$demo/demo.tdk" hurt.tdk
is_status 'without -head' 0 on hurt.tdk ada store check
tap_true 'it is made again' grep -q 'hurt.tdk-head: it was missing or empty; it was made again' "$out"
is_status 'which is an event' 0 on hurt.tdk audrey audit log kind:head_made
tap_true 'of ada' grep -q 'ada' "$out"
is_status 'then all is well' 0 on hurt.tdk ada store check
tap_true 'and nothing is told any more' [ "$(wc -l <"$out")" -eq 1 ]
cp hurt.tdk older.tdk
for size in 1 20000 33000 40960; do
	head -c "$size" older.tdk >cut.tdk
	is_status "cut to $size bytes" 4 on cut.tdk ada request list
	is_status 'is damage for store check' 4 on cut.tdk ada store check
	tap_true 'that says what to do' grep -q 'cut.tdk.*restore the latest backup' "$out" "$err"
done
rm cut.tdk*
is_status 'an event later' 0 on hurt.tdk audrey audit verify
is_status 'compacted' 0 on hurt.tdk ada store compact
mv older.tdk hurt.tdk
is_status 'the copy from before, beside the newer -head' 0 on hurt.tdk sam request list
tap_true 'is told of' grep -q "hurt.tdk-head is damaged or another file's, as after an old copy" "$err"
is_status 'by store check as a problem' 4 on hurt.tdk ada store check
tap_true 'that says what to do' grep -q '^Problem: .*it was made again: see with .tracedesk audit verify' "$out"
is_status 'once' 0 on hurt.tdk ada store check
printf 'x' | dd of=hurt.tdk bs=1 seek=$((40960 + 4096 * 3 + 99)) conv=notrunc 2>/dev/null
is_status 'with a damaged page' 4 on hurt.tdk ada store check
tap_true 'which is named' grep -q '^Problem: .*hurt.tdk: page 4 is damaged .*; restore the latest backup$' "$out"
tap_true 'the error is one line' [ "$(grep -c '^tracedesk: store check: .* found; what to do' "$err")" -eq 1 ]
tap_true 'once, in words of the program' [ "$(grep -c 'page 4\|\*\*\*\|error code' "$out")" -eq 1 ]
tap_true 'with what was looked through' grep -Eq '^[0-9]+ pages, ([02-9] frames|1 frame) of the log, the audit log not to its end\.$' "$out"
refuses 'with a wrong password' 3 'wrong' tracedesk -s hurt.tdk -u ada --password-file \
	"$demo/sam.password" store check
rm hurt.tdk*

# Backup
is_status 'a backup needs no log-in' 0 backup desk.backup
tap_empty 'it is private' "$(find desk.backup ! -perm 600)"
refuses 'one that is there is not replaced' 1 'give --force' backup desk.backup
is_status 'but with --force' 0 backup desk.backup --force
for own in demo.tdk demo.tdk-head demo.tdk-wal demo.tdk-shm; do
	refuses "never onto $own" 1 'of the store itself' backup "$demo/$own" --force
done
ln "$demo/demo.tdk-head" other-name
refuses 'nor by another name of it' 1 'of the store itself' backup other-name --force
rm other-name
ln -s "$demo/demo.tdk" link
refuses 'nor by a link' 1 'of the store itself' backup link --force
refuses 'nor on a device' 6 'not a regular file' backup /dev/null --force
refuses 'nor into no folder' 6 'No such file' backup none/desk.backup
refuses 'a backup is no store' 4 'a backup, not a store; .* store restore' on desk.backup ada store info
refuses 'of no store there is none' 6 'no store at' tracedesk -s none.tdk store backup x
tap_true 'a refused backup leaves nothing' test ! -e x

# While somebody is at it, all the time.
as audrey audit verify --format json | "$json_lines" | sed -n "s/^events$tab//p" >before
: >going
(
	while [ -e going ]; do
		as casey month list >/dev/null || echo failed
	done
) >failures 2>&1 &
worker=$!
for n in 1 2 3 4 5 6 7 8; do
	backup "busy.$n" >>"$out" 2>&1 || echo "backup $n failed"
done >failed
rm going
wait "$worker"
tap_empty 'eight backups while somebody works' "$(cat failed)"
tap_empty 'who is not disturbed' "$(cat failures)"

# Restore
refuses 'by who is no administrator' 1 'this is for administrator' \
	on new.tdk sam store restore desk.backup
refuses 'with a wrong password' 3 'wrong' \
	tracedesk -s new.tdk -u ada --password-file "$demo/sam.password" store restore desk.backup
refuses 'of what is no backup' 4 'not a backup' on new.tdk ada store restore "$demo/demo.tdk"
refuses 'of what is not there' 6 'cannot be read' on new.tdk ada store restore none.backup
refuses 'of a device' 6 'not a regular file' on new.tdk ada store restore /dev/null
head -c 100000 desk.backup >cut.backup
refuses 'of one cut short' 4 'cut short' on new.tdk ada store restore cut.backup
tap_empty 'refused ones leave nothing' "$(find . -name 'new.tdk*'; begun)"
for n in 1 4 8; do
	is_status "backup $n of a store at work is restored" 0 \
		on "busy.tdk.$n" ada store restore "busy.$n"
	is_status "and proved" 0 on "busy.tdk.$n" audrey audit verify
done
is_status 'a backup is restored' 0 on new.tdk ada store restore desk.backup
tap_empty 'into private files' "$(find . -name 'new.tdk*' ! -perm 600)"
tap_empty 'and nothing else' "$(begun)"
is_status 'its audit log holds' 0 on new.tdk audrey audit verify
on new.tdk audrey audit log kind:store_restored --format csv >"$out" 2>&1
tap_true 'and tells of it' grep -q 'store_restored.*' "$out"
on new.tdk sam request list --format csv >restored.list
as sam request list --format csv >demo.list
tap_true 'every receipt is there' cmp restored.list demo.list
as audrey audit checkpoint -o point >/dev/null
is_status 'a later checkpoint shows that it is older' 4 on new.tdk audrey audit verify --against point
as audrey audit checkpoint >early
backup later.backup >/dev/null
refuses 'a store that is there is not replaced' 1 'give --force to keep it as' \
	on new.tdk ada store restore later.backup
refuses 'nor with it by who is no administrator' 1 'this is for administrator' \
	on new.tdk sam store restore later.backup --force
refuses 'nor with a wrong password' 3 'wrong' tracedesk -s new.tdk -u ada --password-file \
	"$demo/sam.password" store restore later.backup --force
tap_empty 'which leaves nothing' "$(begun)"
on new.tdk audrey audit log kind:login_failed >"$out" 2>&1
tap_true 'the store that is there tells of all three' \
	[ "$(grep -c 'store restore: ada' "$out"):$(grep -c 'store restore: sam' "$out")" = 2:1 ]
is_status 'but with --force' 0 on new.tdk ada store restore later.backup --force
is_status 'the checkpoint is on it now' 0 on new.tdk audrey audit verify --against point
is_status 'the one before is kept' 0 on new.tdk.old audrey audit verify
is_status 'a third time' 0 on new.tdk ada store restore later.backup --force
tap_true 'both are kept' test -f new.tdk.old -a -f new.tdk.old.1
tap_true 'a checkpoint of the old one verifies: the desk is the same' \
	on new.tdk audrey audit verify --against early

# Rekey and compact
cp "$demo/demo.tdk" old.tdk
cp "$demo/demo.tdk-head" old.tdk-head
for deed in rekey compact; do
	for who in casey sam audrey; do
		refuses "$deed: not by $who" 1 'this is for administrator' as "$who" store "$deed"
	done
	is_status "$deed" 0 as ada store "$deed"
	tap_empty "$deed: nothing is left" "$(begun)"
	for who in casey sam audrey; do
		is_status "$deed: $who logs in as before" 0 as "$who" month list
	done
	is_status "$deed: ada logs in as before" 0 as ada user list
	is_status "$deed: the audit log holds" 0 as audrey audit verify
	as sam request list --format csv >after.list
	tap_true "$deed: every receipt is there" cmp after.list demo.list
	as audrey audit log kind:store_${deed}ed --format csv >"$out" 2>&1
	tap_true "$deed: the audit log tells of it" [ "$(grep -c "store_${deed}ed" "$out")" -ge 1 ]
done
tap_true 'no page is the old one' [ "$(cmp -l "$demo/demo.tdk" old.tdk 2>/dev/null |
	wc -l)" -gt 1000000 ]

# The recovery code
for n in 1 2 3; do
	echo "a password of mine, number $n" >"p$n"
done
mine() {
	mine_user=$1
	mine_password=$2
	shift 2
	tracedesk -s mine.tdk -u "$mine_user" --password-file "$mine_password" "$@"
}
recover() {
	tracedesk -s mine.tdk -u "$1" store recover --recovery-from "$2" --new-password-from "$3"
}
is_status 'a store with its code' 0 mine ada p1 init --recovery-file code.1
is_status 'a code file in no folder' 6 tracedesk -s shown.tdk -u ada --password-file p1 init \
	--recovery-file none/code
tap_true 'the code was shown instead' grep -q 'could not be written there; it was shown' "$err"
sed -n '/^[0-9A-Z]\{5\}-/p' "$out" >code.shown
is_status 'the store of it opens with the code shown' 0 tracedesk -s shown.tdk -u ada store recover \
	--recovery-from code.shown --new-password-from p2
refuses 'a code that goes nowhere' 6 'could not be shown; remove' \
	sh -c "'$TOP_BUILDDIR/tracedesk' -s lost.tdk -u ada --password-file p1 init >/dev/full"
is_status 'another administrator' 0 mine ada p1 user add bea --role administrator --password-from p2
is_status 'an auditor' 0 mine ada p1 user add audrey --role auditor --password-from p2
is_status 'who chooses his password' 0 mine audrey p2 passwd --new-password-from p1
sed -e 's/^\(..\)Z/\1Y/;t' -e 's/^\(..\)./\1Z/' code.1 >code.typo
refuses 'a code mistyped' 3 'group 1' recover ada code.typo p2
refuses 'for nobody' 1 'no administrator of this store' recover nobody code.1 p2
refuses 'for an auditor' 1 'no administrator of this store' recover audrey code.1 p2
echo short >p.short
refuses 'a bad password' 1 'fewer than 12' recover ada code.1 p.short
is_status 'ada is disabled' 0 mine bea p2 passwd --new-password-from p3
is_status 'by bea' 0 mine bea p3 user disable ada
refuses 'and cannot log in' 3 'wrong' mine ada p1 user list
is_status 'the code lets her in again' 0 recover ada code.1 p2
sed -n '/^[0-9A-Z]\{5\}-/p' "$out" >code.2
tap_true 'a new one is shown' [ "$(wc -c <code.2)" -eq 78 ]
is_status 'the new password opens' 0 mine ada p2 user list
refuses 'the old one does not' 3 'wrong' mine ada p1 user list
refuses 'nor the old code' 3 "not this store's, or no longer" recover ada code.1 p3
is_status 'the new code does, for bea, into a file' 0 tracedesk -s mine.tdk -u bea store recover \
	--recovery-from code.2 --new-password-from p1 --recovery-file code.3
tap_empty 'which is private' "$(find code.3 ! -perm 600)"
refuses 'an existing file is not taken' 1 'something of that name' tracedesk -s mine.tdk -u bea \
	store recover --recovery-from code.3 --new-password-from p1 --recovery-file code.1
mine audrey p1 audit log kind:login_failed >"$out" 2>&1
for who in nobody:1 audrey:1 ada:3; do
	tap_true "refused ones are in the audit log, $who" \
		[ "$(grep -c "store recover: ${who%:*}" "$out")" -eq "${who#*:}" ]
done
is_status 'new keys' 0 mine ada p2 store rekey
is_status 'and the code still opens' 0 recover ada code.3 p3
is_status 'the audit log holds' 0 mine audrey p1 audit verify
is_status 'is exported' 0 mine audrey p1 audit export -o export
is_status 'and proved by tracedesk-verify' 0 "$TOP_BUILDDIR/tracedesk-verify" export
tap_true 'three times by the code' grep -q '^Signed by the recovery code (person 0): 3$' "$out"
tap_done
