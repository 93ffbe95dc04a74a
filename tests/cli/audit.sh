#!/bin/sh
# The audit log: read by words, in samples; checkpoints; exports, proved by tracedesk-verify.
. "$TOP_SRCDIR/tests/cli/life.sh"
cd "$scratch" || exit 1
verifier=$TOP_BUILDDIR/tracedesk-verify
reference=$(as casey request list open --limit 1 --format csv | sed -n '2s/,.*//p')
surname=Quillfeather
cat >changes <<END
{"organisation":"Budmouth Police","subjects":[{"subject_surname":"$surname"}]}
END
as casey request assign "$reference" casey >"$out"
as casey request edit "$reference" --from changes >"$out"
as casey request show "$reference" >"$out"

# said PATTERN...: all of them stand in $out.
said() {
	for said_pattern; do
		grep -Eq "$said_pattern" "$out" || {
			echo "# not said: $said_pattern"
			return 1
		}
	done
}
# log_csv WORD...: "event,kind" lines of the log by these words.
log_csv() {
	as audrey audit log --format csv "$@" | grep -E '^[0-9]+,2' | cut -d, -f1,5
}

is_status 'the log of a receipt' 0 as audrey audit log "ref:$reference"
tap_true 'says what was and what is' said 'organisation ".*" → "Budmouth Police"' \
	"subject_surname \".*\" → \"$surname\"" 'state received → in triage' \
	'assigned_to nothing → casey' "receipt opened  $reference"
tap_true 'newest first' [ "$(sed -n '1s/.*Z  casey  \([a-z ]*\)  .*/\1/p' "$out")" = 'receipt opened' ]
log_csv "ref:$reference" >events
tap_true 'as csv' [ "$(cut -d, -f2 events | tr '\n' ' ')" = \
	'request_opened request_edited request_assigned request_added ' ]
as audrey audit log "ref:$reference" --format json | "$json_lines" >log.lines
tap_true 'as json' grep -qx "${tab}4 items" log.lines
tap_true 'by kind' [ "$(log_csv kind:user_added | wc -l)" -eq 5 ]
tap_true 'by kinds' [ "$(log_csv kind:user_added,store_created | wc -l)" -eq 6 ]
tap_true 'by person, not a kind' [ "$(log_csv person:casey "ref:$reference" not:kind:request_opened |
	wc -l)" -eq 2 ]
tap_true 'by a day of long ago' [ -z "$(log_csv day:2019)" ]
tap_true 'by days up to now' [ "$(log_csv day:2020.. kind:user_added | wc -l)" -eq 5 ]
tap_true 'by subject, folded' [ "$(log_csv "subject:$(echo $surname | tr '[:lower:]' '[:upper:]')" |
	wc -l)" -eq 4 ]
echo "subject:\"$surname\" kind:request_opened" >words
tap_true 'from a file' [ "$(log_csv --filter-from words | wc -l)" -eq 1 ]
as audrey audit log --format csv --limit 1 >one
tap_true 'a limit past a page' [ "$(log_csv --limit 201 | wc -l)" -eq 201 ]
tap_true 'every event once, down to the first' sh -c '
	cut -d, -f1 "$1" | awk "NR > 1 && \$1 != last - 1 { exit 1 } { last = \$1 }
		END { exit last != 1 }"' - "$(log_csv >all && echo all)"
is_status 'text says how many more' 0 as audrey audit log --limit 3
tap_true 'in a line' grep -Eq '^[0-9]+ more; --limit N' "$out"

log_csv kind:request_imported --sample 9 --seed 5 >first
log_csv kind:request_imported --sample 9 --seed 5 >second
log_csv kind:request_imported --sample 9 --seed 6 >third
tap_true 'a sample' [ "$(wc -l <first)" -eq 9 ]
tap_true 'is drawn again with its seed' cmp first second
tap_true 'and is another with another' sh -c '! cmp -s first third'
tap_true 'of few all' [ "$(log_csv kind:store_created --sample 9 --seed 5 | wc -l)" -eq 1 ]

events=$(event_count)
as audrey audit log --limit 1 >"$out"
tap_true 'a log without words is no event' [ $(($(event_count) - events)) -eq 2 ]
events=$(event_count)
as audrey audit log kind:login >"$out"
tap_true 'one by words is' [ $(($(event_count) - events)) -eq 3 ]
events=$(event_count)
as audrey audit log --sample 1 --seed 1 >"$out"
tap_true 'a sample too' [ $(($(event_count) - events)) -eq 3 ]
as audrey audit log kind:log_searched --limit 3 >"$out"
tap_true 'with its words and seed' said 'words "kind:login"' 'sample "1 of seed 1"'

# What is written exactly, guarded, or made visible: a character that turns the direction of writing,
# a refused reference like a formula.
override=$(printf '\342\200\256')
echo '{"organisation":"Evil\u202e Police"}' >changes
as casey request edit "$reference" --from changes >"$out"
as audrey request edit '=1+1' --from changes >"$out" 2>&1
as audrey audit log --limit 9 --format csv >exact
as audrey audit log --limit 9 --format csv --spreadsheet >guarded
as audrey audit log --limit 9 >"$out"
tap_true 'csv is exact' sh -c 'grep -q "Evil$1 Police" exact && grep -q ",=1+1," exact' - "$override"
tap_true 'for a spreadsheet no cell begins like a formula' \
	sh -c "grep -q \",'=1+1,\" guarded && ! grep -Eq '(^|,)\"?[=+@]' guarded"
tap_true 'text is never raw' sh -c 'grep -q "Evil<U+202E> Police" "$2" && ! grep -q "$1" "$2"' - \
	"$override" "$out"

refuses 'no such kind' 2 'word 1, "kind:nix": "nix" is no kind of event' \
	as audrey audit log kind:nix
refuses 'no such word' 2 'word 2, "who:me": there is no such word; the words are person:' \
	as audrey audit log kind:login who:me
refuses 'a bare word' 2 'word 1: bare words are not' as audrey audit log $surname
refuses 'nobody of that name' 2 'person:nobody: there is nobody' as audrey audit log person:nobody
refuses 'no day' 2 'that is no year' as audrey audit log day:2020-13
refuses 'an empty value' 2 'its value is missing; write ref:' as audrey audit log ref:
refuses 'a word twice' 2 'given twice' as audrey audit log kind:login kind:refused
refuses 'an open quote' 2 'a quote is not closed' as audrey audit log 'subject:"x'
refuses 'a sample without seed' 2 'go together' as audrey audit log --sample 3
refuses 'a sample of none' 2 'no size of a sample' as audrey audit log --sample 0 --seed 1
# A trace: proposed by one, reviewed by another; the log names both, not what was found.
log 'a good police form' police
judged casey
goes accepted casey accept
json '{"subjects":[{"trace_code":"00","matched_on":["name"],"s_flag":"no","identity_changed":"no",
	"values":{"address":"1 Found Lane"}}],"items":["address"],"recipient":null}'
goes 'release to check' casey trace --from "$scratch/json"
goes 'Approved - Trace' sam review --confirm
as audrey audit log "ref:$ref" >"$out"
tap_true 'a review in the log' said 'decision: result waits for review → stands, reviewer nothing → sam' \
	'decision added: kind release, result waits for review, proposer casey'
tap_true 'that something was found, not what' said "found_values \(not shown\)"
tap_true 'nothing of it' sh -c '! grep -q Found "$1"' - "$out"

# Checkpoints
is_status 'a checkpoint' 0 as audrey audit checkpoint -o checkpoint
tap_true 'is short' [ "$(wc -c <checkpoint)" -lt 500 ]
tap_true 'in narrow lines' [ -z "$(awk 'length > 72' checkpoint)" ]
head=$(sed -n 's/^head //p' checkpoint)
count=$(sed -n 's/^events //p' checkpoint)
as audrey audit log kind:checkpoint_made --format csv >"$out"
tap_true 'its event is the one it counts' grep -q "^$count," "$out"
is_status 'verify against it' 0 as audrey audit verify --against checkpoint
is_status 'verify since it' 0 as audrey audit verify --since checkpoint --format json
"$json_lines" <"$out" >since.lines
as audrey audit verify --format json | "$json_lines" >verify.lines
tap_true 'checks fewer signatures' [ "$(sed -n "s/^signatures$tab//p" since.lines)" -lt \
	"$(sed -n "s/^signatures$tab//p" verify.lines)" ]
sed 's/^/> /' checkpoint >quoted
is_status 'one quoted in an e-mail' 0 as audrey audit verify --against quoted
is_status 'from standard input' 0 sh -c '"$@" --against - <checkpoint' - "$program" \
	-s "$demo/demo.tdk" -u audrey --password-file "$demo/audrey.password" audit verify

# problem NAME PATTERN COMMAND...: exit 4, and what is wrong on standard output.
problem() {
	problem_name=$1
	problem_pattern=$2
	shift 2
	is_status "$problem_name: exit 4" 4 "$@"
	tap_true "$problem_name: said" said "$problem_pattern"
}
other=$(printf '%064d' 0)
sed "s/^head .*/head $other/" checkpoint >forged
problem 'another head' "Event $count: the checkpoint was made at another event" \
	as audrey audit verify --against forged
sed 's/^time 20/time 21/' checkpoint >forged
problem 'another time' "Event $count: the signature of the checkpoint does not hold" \
	as audrey audit verify --since forged
sed "s/^events .*/events $((count + 100000))/" checkpoint >forged
problem 'more events than there are' 'Event 0: .* the store is older than the checkpoint' \
	as audrey audit verify --against forged
refuses 'no checkpoint' 1 'holds no checkpoint' as audrey audit verify --against words
refuses 'half a checkpoint' 1 'holds no checkpoint' sh -c 'head -n 7 checkpoint >half && "$@"' - \
	"$program" -s "$demo/demo.tdk" -u audrey --password-file "$demo/audrey.password" \
	audit verify --since half
refuses 'no such file' 6 'No such file' as audrey audit verify --since nothing

# Exports
events=$(event_count)
is_status 'an export' 0 as audrey audit export -o export
tap_true 'is an event' [ $(($(event_count) - events)) -eq 3 ]
tap_true 'is private' [ "$(stat -c %a export)" = 600 ]
is_status 'and proved on its own' 0 "$verifier" export
tap_true 'with who signed' said '^Signed by casey \(person 2\): [0-9]+$' 'No problem found'
is_status 'and against a checkpoint' 0 "$verifier" export checkpoint
is_status 'one quoted' 0 "$verifier" export quoted
problem 'tracedesk-verify: older than the checkpoint' 'older than the checkpoint' "$verifier" export forged
sed "s/^head .*/head $other/" checkpoint >forged
problem 'tracedesk-verify: another head' "Event $count: the checkpoint was made at another" \
	"$verifier" export forged
head -c $(($(wc -c <export) - 700)) export >cut
problem 'tracedesk-verify: cut short' 'cut short' "$verifier" cut
is_status 'tracedesk-verify: no export' 4 "$verifier" words
is_status 'tracedesk-verify: no file' 6 "$verifier" nothing
is_status 'tracedesk-verify: no checkpoint' 2 "$verifier" export words
is_status 'tracedesk-verify: no word' 2 "$verifier"
refuses 'an export to nowhere' 2 'give -o FILE' as audrey audit export
refuses 'over a file' 1 'already; give --force' as audrey audit export -o export

# Another desk, and an older store.
demo=$scratch/other.desk
make_demo
problem 'a checkpoint of another desk' 'the checkpoint is of another desk' \
	as audrey audit verify --against checkpoint
as audrey audit verify >"$out"
cp "$demo/demo.tdk" old.tdk && cp "$demo/demo.tdk-head" old.tdk-head
as audrey audit checkpoint -o checkpoint.new
old() {
	tracedesk -s old.tdk -u audrey --password-file "$demo/audrey.password" "$@"
}
problem 'a store put back' 'is older than the checkpoint' old audit verify --against checkpoint.new
n=0
while [ $n -lt 4 ]; do
	old audit log --limit 1 >"$out"
	n=$((n + 1))
done
problem 'and worked with' 'this is another history' old audit verify --against checkpoint.new
tap_true 'the head it names is another' [ "$head" != "$(sed -n 's/^head //p' checkpoint.new)" ]
tap_done
