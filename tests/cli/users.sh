#!/bin/sh
# People who leave, come back, change roles, lose a password, are locked out: what each of it does, what
# the last administrator and the last supervisor may not lose, what becomes of open work.
. "$TOP_SRCDIR/tests/cli/life.sh"

# password NAME FROM-FILE: takes the one-time password in FROM-FILE and changes it.
one_time() {
	sed -n 's/^One-time password (shown this once): //p' "$out" >"$scratch/once"
	chmod 600 "$scratch/once"
}
changes() {
	(umask 077 && echo "four quiet otters swim $2" >"$scratch/new")
	tracedesk -s "$demo/demo.tdk" -u "$1" --password-file "$scratch/once" passwd \
		--new-password-from "$scratch/new" >"$out" 2>"$err"
	tap_true "$1 changes the one-time password" [ $? -eq 0 ]
	cp "$scratch/new" "$demo/$1.password"
}
# user NAME COLUMN VALUE: so it stands in the list of people (2 full name, 3 roles, 4 disabled, 5 due).
user() {
	tap_true "$1: $3" [ "$(as ada user list --format csv | grep "^$1," | cut -d, -f"$2")" = "$3" ]
}

### Who, and to whom
for verb in disable enable reset unlock; do
	refuses "sam does not: $verb" 1 'this is for administrator' as sam user "$verb" chris
	refuses "nobody of that name: $verb" 1 'nobody of that name' as ada user "$verb" nobody
	refuses "not to herself: $verb" 1 'that is you' as ada user "$verb" ada
done
refuses 'sam gives no roles' 1 'this is for administrator' as sam user role chris supervisor
refuses 'nobody changes his own roles' 1 'that is you' as ada user role ada supervisor
refuses 'an unknown role' 2 'unknown role' as ada user role chris queen
refuses 'no role' 2 'word is missing' as ada user role chris
refuses 'an administrator has no other role' 1 'has no other role' \
	as ada user role chris administrator,auditor
refuses 'enabled already' 1 'is not disabled' as ada user enable chris
store_before
refuses 'a refusal' 1 'that is you' as ada user disable ada
store_unchanged 'is an event, and changes nothing' 2

### Work goes back
log 'a form' police
goes 'in triage' casey assign chris
first=$ref
log 'another' ccrc
goes 'in triage' casey assign chris
second=$ref
log 'one that is decided' nca
goes 'in triage' casey assign chris
text 'They rang.'
goes withdrawn chris withdraw --reason requester_withdrew --from "$scratch/text"
third=$ref
is_status 'chris is disabled' 0 as ada user disable chris
for ref in "$first" "$second"; do
	tap_true "$ref is named" grep -qx "  $ref" "$out"
done
tap_empty 'the decided one is not' "$(grep "$third" "$out")"
for ref in "$first" "$second"; do
	shows 'nobody has it' 'assigned_to null'
	shows 'it stays where it was' 'state in_triage'
	as sasha request history "$ref" --format csv >"$out"
	tap_true "$ref: ada gave it back" \
		[ "$(grep -c 'ada,administrator,request_assigned$' "$out")" -eq 1 ]
done
user chris 4 yes
refuses 'chris is out' 3 '.' as chris request list
refuses 'disabled already' 1 'disabled already' as ada user disable chris
refuses 'no reset' 1 'use .tracedesk user enable' as ada user reset chris
refuses 'no unlock' 1 'use .tracedesk user enable' as ada user unlock chris
refuses 'nothing is given to one who is out' 1 'no caseworker or supervisor at work' \
	as casey request assign "$first" chris
is_status 'the trail holds' 0 as audrey audit verify

### And back
cp "$demo/chris.password" "$scratch/old"
is_status 'chris is back' 0 as ada user enable chris
one_time
user chris 4 no
user chris 5 yes
refuses 'the old password is gone' 3 '.' as chris request list
changes chris one
is_status 'chris works' 0 as chris request list
is_status 'and signs with new keys' 0 as audrey audit verify

### A lost password
(umask 077 && echo 'a given one-time word' >"$scratch/given")
is_status 'a reset' 0 as ada user reset chris --password-from "$scratch/given"
tap_empty 'a given password is not shown' "$(grep -i 'one-time' "$out")"
refuses 'the old one is gone' 3 '.' as chris request list
cp "$scratch/given" "$scratch/once"
changes chris two
is_status 'the new one works' 0 as chris request list
(umask 077 && echo 'short' >"$scratch/given")
refuses 'a bad one is refused' 1 'fewer than 12' \
	as ada user reset chris --password-from "$scratch/given"
is_status 'and nothing is changed' 0 as chris request list

### Locked out
cp "$demo/chris.password" "$scratch/right"
(umask 077 && echo 'not the right password' >"$demo/chris.password")
for try in 1 2 3 4 5; do
	is_status "a wrong password, $try" 3 as chris request list
done
cp "$scratch/right" "$demo/chris.password"
refuses 'now the right one does not help' 3 'locked|15 minutes' as chris request list
is_status 'the lock-out is ended' 0 as ada user unlock chris
is_status 'the right one works at once' 0 as chris request list

### Roles, and the last ones
is_status 'chris audits' 0 as ada user role chris auditor
user chris 3 auditor
refuses 'and logs nothing' 1 'this is for' as chris request add --from "$forms/police.json"
is_status 'sam is disabled' 0 as ada user disable sam
refuses 'the last supervisor stays' 1 'last supervisor' as ada user disable sasha
refuses 'and stays one' 1 'last supervisor' as ada user role sasha caseworker
is_status 'but may have more roles' 0 as ada user role sasha supervisor,auditor
is_status 'a second administrator' 0 as ada user role chris administrator
is_status 'disables the first' 0 as chris user disable ada
refuses 'who is out' 3 '.' as ada user list
is_status 'who comes back' 0 as chris user enable ada --password-from "$scratch/right"
cp "$scratch/right" "$scratch/once"
changes ada three
is_status 'the first takes the role from the second' 0 as ada user role chris caseworker

### Whose role is taken gives work back, too.
is_status 'work for chris' 0 as casey request assign "$first" chris
is_status 'chris audits again' 0 as ada user role chris auditor
tap_true 'it is named' grep -qx "  $first" "$out"
as casey request list assigned:none --format csv >"$out"
tap_true 'it is nobody'\''s' grep -q "^$first," "$out"
is_status 'the trail holds' 0 as audrey audit verify
tap_done
