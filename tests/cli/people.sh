#!/bin/sh
# A store of one's own; people, passwords and log-ins that fail in a demo store (where a log-in costs
# less).
. "$TOP_SRCDIR/tests/cli/cli.sh"
make_demo
store=$scratch/desk.tdk

secret() {
	(umask 077 && printf '%s\n' "$2" >"$scratch/$1")
}
mine() {
	mine_user=$1
	shift
	tracedesk -s "$demo/demo.tdk" -u "$mine_user" --password-file "$scratch/$mine_user" "$@"
}
secret root 'seventeen grey herons'

# init
make_store() {
	tracedesk -s "$store" -u root --password-file "$scratch/root" init "$@"
}
for password in 'eleven chrs' 'passwordpassword' 'PasswordPassword' '123456789012' \
	'qwertyuiop[]'; do
	secret root "$password"
	refuses "init refuses the password $password" 1 'password is refused' make_store
	tap_true "no store is made" test ! -e "$store"
done
secret root 'seventeen grey herons'
refuses 'init refuses a cut-over day that is none' 2 'no day' make_store --cut-over 2026-02-30
refuses 'init refuses a cut-over day to come' 1 'still to come' make_store --cut-over 2199-01-01
refuses 'init refuses a name that is none' 1 'no log-in name' \
	tracedesk -s "$store" -u 'Root Beer' --password-file "$scratch/root" init
: >"$scratch/taken"
refuses 'init refuses a recovery file that exists' 1 'already' \
	make_store --recovery-file "$scratch/taken"
tap_true 'still no store' test ! -e "$store"
is_status 'init' 0 make_store --recovery-file "$scratch/recovery" --cut-over 2020-12-31
tap_true 'the store and its -head are private' \
	[ "$(stat -c %a "$store" "$store-head" "$scratch/recovery" | tr '\n' ' ')" = '600 600 600 ' ]
tap_true 'the recovery code is in its file' grep -Eq '^[0-9A-Za-z -]{20,}$' "$scratch/recovery"
tap_true 'and nowhere else' test ! -s "$out"
refuses 'init over a store' 1 'already' make_store
is_status 'the first administrator gets in' 0 \
	tracedesk -s "$store" -u root --password-file "$scratch/root" user list --format json
"$json_lines" <"$out" >"$scratch/people"
tap_true 'and is one' grep -q "^\\[0\\].roles\\[0\\]${tab}administrator$" "$scratch/people"
# A slot at 512 and every 384: passes at 4, bytes of memory at 8 (tracedesk-store(7)).
for slot in 512 896; do
	tap_true "a guess costs 256 MiB and 3 passes, slot at $slot" [ "$(
		od -An -tu4 -j $((slot + 4)) -N 12 "$store" | tr -s " ")" = " 3 268435456 0" ]
done

tracedesk -s "$store" -u root --password-file "$scratch/root" user add aud --role auditor \
	--password-from "$scratch/root" >"$out" 2>&1
(umask 077 && echo 'five brown wrens in june' >"$scratch/aud")
tracedesk -s "$store" -u aud --password-file "$scratch/root" passwd \
	--new-password-from "$scratch/aud" >"$out" 2>&1
refuses '--because is for a demo store' 2 'give --because-from' \
	tracedesk -s "$store" -u aud --password-file "$scratch/aud" request show X --because 'they rang'
TRACEDESK_TODAY=nonsense is_status 'TRACEDESK_TODAY too' 0 \
	tracedesk -s "$store" -u aud --password-file "$scratch/aud" month list
is_status 'its trail holds' 0 \
	tracedesk -s "$store" -u aud --password-file "$scratch/aud" audit verify

# user add
is_status 'user add makes a one-time password' 0 \
	as ada user add nora --role supervisor,auditor --full-name 'Nora Ó Briain'
one_time=$(sed -n 's/^One-time password (shown this once): //p' "$out")
tap_true 'of 12 characters at least' [ "${#one_time}" -ge 12 ]
secret nora "$one_time"
refuses 'the change is due before anything else' 3 'one-time one; change it' mine nora month list
refuses 'figures too' 3 'one-time one' mine nora figures 2020
secret short 'too short'
refuses 'passwd judges the new password' 1 'fewer than 12' \
	mine nora passwd --new-password-from "$scratch/short"
refuses 'the one-time password is no new one' 1 'it is the one-time one' \
	mine nora passwd --new-password-from "$scratch/nora"
refuses 'and the change is still due' 3 'one-time one' mine nora month list
secret new 'four quiet otters swim'
is_status 'passwd' 0 mine nora passwd --new-password-from "$scratch/new"
refuses 'the old password is gone' 3 '.' mine nora month list
cp "$scratch/new" "$scratch/nora"
is_status 'the new one works' 0 mine nora month list
is_status 'user list' 0 as ada user list --format csv
tap_true 'it shows name, roles and what is due' \
	grep -qx 'nora,Nora Ó Briain,supervisor;auditor,no,no' "$out"
secret given 'a given one-time word'
is_status 'user add with a given password' 0 \
	as ada user add carl --role caseworker --password-from "$scratch/given"
tap_empty 'it is not shown' "$(grep -i password "$out")"
cp "$scratch/given" "$scratch/carl"
refuses 'it has to be changed as well' 3 'one-time one' mine carl month list

refuses 'a name twice' 1 'casey' as ada user add casey --role caseworker
for name in '' Nora 'no ra' 'nóra' ../nora aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; do
	refuses "the name '$name'" 1 'no log-in name|too long' \
		as ada user add "$name" --role caseworker
done
long=$(printf '%090d' 0)
refusals=$(as audrey audit log kind:refused --format csv | wc -l)
refuses 'a name without end' 1 'no log-in name' as ada user add "$long" --role caseworker
tap_true 'is refused by the desk, which is an event' \
	[ "$(as audrey audit log kind:refused --format csv | wc -l)" -gt "$refusals" ]
refuses 'no role' 2 'no role' as ada user add eve
refuses 'an unknown role' 2 'unknown role' as ada user add eve --role queen
refuses 'administrator beside another role' 1 'has no other role' \
	as ada user add eve --role administrator,auditor
secret name 'evelyn.at.desk'
refuses 'the log-in name as password' 1 'it is the log-in name' \
	as ada user add evelyn.at.desk --role auditor --password-from "$scratch/name"
tap_empty 'none of them is there' "$(as ada user list --format csv | grep -E '^(eve|nóra)')"

# Log-ins that fail
secret nobody 'four quiet otters swim'
mine nobody month list 2>"$scratch/unknown"
secret nora 'not the right password'
mine nora month list 2>"$scratch/wrong"
tap_empty 'an unknown person and a wrong password get the same words' \
	"$(sed s/nobody/nora/ "$scratch/unknown" | diff - "$scratch/wrong")"
for try in 2 3 4 5; do
	is_status "wrong password, try $try" 3 mine nora month list
done
cp "$scratch/new" "$scratch/nora"
refuses 'after five the right one does not help' 3 '15 minutes|locked' mine nora month list
mine carl passwd --new-password-from "$scratch/new" >/dev/null
as ada user add aud --role auditor --password-from "$scratch/given" >/dev/null
cp "$scratch/given" "$scratch/aud"
secret new 'five brown wrens in june'
mine aud passwd --new-password-from "$scratch/new" >/dev/null
cp "$scratch/new" "$scratch/aud"
is_status 'the trail holds' 0 mine aud audit verify

# Password files
chmod 640 "$scratch/aud"
refuses 'a password file others can read' 3 'others can read' mine aud month list
chmod 620 "$scratch/aud"
refuses 'one others can write' 3 'others can read or write' mine aud month list
chmod 600 "$scratch/aud"
refuses 'one that is not there' 6 'No such file' \
	tracedesk -s "$demo/demo.tdk" -u aud --password-file "$scratch/none" month list
refuses 'a directory' 6 'not a regular file' \
	tracedesk -s "$demo/demo.tdk" -u aud --password-file "$scratch" month list
mkfifo -m 600 "$scratch/fifo"
refuses 'a FIFO' 6 'not a regular file' \
	tracedesk -s "$demo/demo.tdk" -u aud --password-file "$scratch/fifo" month list
secret empty ''
refuses 'an empty one' 3 'first line is empty' \
	tracedesk -s "$demo/demo.tdk" -u aud --password-file "$scratch/empty" month list
(umask 077 && head -c 5000 /dev/zero | tr '\0' x >"$scratch/huge")
refuses 'one longer than any password' 3 'longer than any password' \
	tracedesk -s "$demo/demo.tdk" -u aud --password-file "$scratch/huge" month list
(umask 077 && printf 'five brown wrens in june\r\nsecond line\n' >"$scratch/lines")
is_status 'the first line alone counts, CRLF or not' 0 \
	tracedesk -s "$demo/demo.tdk" -u aud --password-file "$scratch/lines" month list
refuses 'no terminal to ask on' 3 'there is no terminal; give --password-file' \
	tracedesk -s "$demo/demo.tdk" -u aud month list
refuses 'no terminal for the desk' 2 'terminal' \
	tracedesk -s "$demo/demo.tdk" -u aud --password-file "$scratch/aud"

# More people than there are key slots
people=0
while [ "$people" -lt 50 ]; do
	people=$((people + 1))
	as ada user add "extra$people" --role auditor >"$out" 2>"$err" || break
done
tap_true 'the slots are full in the end' grep -q 'key slots of the store are taken' "$err"
tap_empty 'who found none is not there' \
	"$(as ada user list --format csv | grep "^extra$people,")"

# The default store
is_status 'the default place is made' 0 env HOME="$scratch/home" \
	setsid -w "$program" -u root --password-file "$scratch/root" init
tap_true 'under the home folder, for its owner alone' \
	[ "$(stat -c %a "$scratch/home/.local/share/tracedesk")" = 700 ]
is_status 'XDG_DATA_HOME goes before' 0 env XDG_DATA_HOME="$scratch/xdg" \
	setsid -w "$program" -u root --password-file "$scratch/root" init
tap_true 'the store is there' test -f "$scratch/xdg/tracedesk/store.tdk"
is_status 'folders of a named store are made too' 0 \
	tracedesk -s "$scratch/folder/place/desk.tdk" -u root --password-file "$scratch/root" init
tap_true 'for its owner alone' \
	[ "$(stat -c %a "$scratch/folder" "$scratch/folder/place" | tr '\n' ' ')" = '700 700 ' ]
tap_done
