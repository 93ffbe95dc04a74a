#!/bin/sh
# The life of a receipt, from the post to the end: for each service a good form and a faulty one;
# then the figures that come of it, and the trail.
. "$TOP_SRCDIR/tests/cli/life.sh"

# found CODE S-FLAG [CODE S-FLAG]...: $scratch/json with the items in $items and an answer for each.
found() {
	found_answers=
	while [ $# -gt 0 ]; do
		found_answers="$found_answers${found_answers:+,}{\"trace_code\":\"$1\",
			\"matched_on\":[\"name\",\"date_of_birth\"],\"s_flag\":\"$2\",
			\"identity_changed\":\"no\",\"values\":{\"address\":\"1 Found Lane\"}}"
		shift 2
	done
	json "{\"subjects\":[$found_answers],\"items\":[$items],\"recipient\":$recipient}"
}
items='"name"'
recipient=null

### Police, good: an address takes a second person's check, by somebody else.
log 'good police form' police
finds purpose_accepted open accept
stops 1 "2 are yours to judge" casey accept
judged casey
goes accepted casey accept
items='"name","address"'
found 00 no
goes 'release to check' casey trace --from "$scratch/json"
shows 'nothing is released yet' 'released null'
goes 'Approved - Trace' sam review --confirm
shows 'what was released' 'released[1] address'
shows 'who decided' 'decided_by casey'
shows 'who reviewed' 'reviewed_by sam'
shows 'the day' 'decided 2021-01-05'
items='"name"'

### Police, faulty: a Sergeant countersigned. An exception is returned, then made.
log 'a Sergeant countersigned' police -e 's/"Inspector"/"Sergeant"/' -e "s/O'Testa/Otherby/"
finds countersigner_senior_enough fail query
judged casey
stops 1 'countersigner_senior_enough' casey accept
text 'No Inspector was on duty, and the child is missing.'
goes 'exception proposed' casey accept --exception countersigner_senior_enough \
	--from "$scratch/text"
text 'Ring them again.'
goes 'in triage' sam review --return --from "$scratch/text"
text 'Rang; still none on duty.'
goes 'exception proposed' casey accept --exception countersigner_senior_enough \
	--from "$scratch/text"
goes accepted sasha review --confirm
found 00 no
goes 'Approved - Trace' casey trace --from "$scratch/json"
shows 'plain items need no second check' 'released[0] name'

### Police, faulty: rejected; one of two reasons is struck.
log 'the same officer signed twice' police -e 's/"9876"/"12345"/' -e "s/O'Testa/Onemore/"
finds countersigner_not_requester fail reject
text 'Nobody answers the telephone.'
goes 'rejection proposed' casey reject --from "$scratch/text" \
	--reason countersigner_not_requester,necessity_stated
goes Rejected sam review --confirm --strike necessity_stated
shows 'the reason left' 'reasons[0] countersigner_not_requester'
shows 'the other is struck' 'reasons 1 items'

### NCA, good: nobody found.
log 'good NCA form' nca
judged chris
goes accepted chris accept
json '{"trace_code":"98","sources":["PDS"]}'
goes 'Approved - No Trace' chris no-trace --from "$scratch/json"
shows 'the trace answer' 'subjects[0].trace_code 98'

### NCA, faulty: the warrant's reference is asked for, and comes.
log 'no warrant reference' nca -e 's/"EAW-0001"/"-"/' -e 's/Testwell/Testless/'
finds warrant_reference_present fail query
json '{"ask":"Which warrant is it?"}'
goes 'waiting for an answer' casey query --from "$scratch/json"
stops 1 'it is waiting for an answer' casey accept
json '{"warrant_reference":"EAW-0002"}'
goes 'in triage' casey answer --from "$scratch/json"
finds warrant_reference_present pass accept
judged casey
goes accepted casey accept
json '{"trace_code":"96"}'
goes 'Approved - No Trace' casey no-trace --from "$scratch/json"

### Home Office, good: accepted once the panel agreed.
log 'Home Office form, the panel still sits' home_office -e 's/"agreed"/"pending"/'
judged casey
finds welfare_panel_agreed warn query
stops 1 'welfare_panel_agreed' casey accept
json '{"panel_decision":"agreed"}'
goes received casey edit --from "$scratch/json"
finds service_open warn query
goes accepted casey accept
found 00 no
goes 'Approved - Trace' casey trace --from "$scratch/json"

### Home Office, faulty: the panel refused.
log 'the panel refused' home_office -e 's/"agreed"/"refused"/' -e 's/Examplar/Exwell/'
finds welfare_panel_agreed fail reject
goes 'rejection proposed' casey reject --reason welfare_panel_agreed
goes Rejected sasha review --confirm

### Court order, good: two subjects, one of them traced; a supervisor may all a caseworker may.
log 'good court order' court_order
judged sam
goes 'in triage' sam assign sam
goes accepted sam accept
items='"address"'
recipient='"court"'
found 00 no 98 no
goes 'release to check' sam trace --from "$scratch/json"
stops 1 'you proposed it yourself' sam review --confirm
text 'The address is that of the school.'
goes accepted sasha review --return --from "$scratch/text"
goes 'release to check' sam trace --from "$scratch/json"
goes 'Approved - Trace' sasha review --confirm
items='"name"'
recipient=null

### Court order, faulty: under s33 the answer goes to the court alone.
log 'a wrong recipient' court_order -e 's/"recipient": "court"/"recipient": "constable"/' \
	-e 's/Samplewood/Samplefield/' -e 's/Childwood/Childfield/'
finds recipient_allowed fail reject
goes 'rejection proposed' chris reject --reason recipient_allowed
goes Rejected sam review --confirm

### CCRC, good; held for a day on the way.
log 'good CCRC form' ccrc
judged casey
text 'The Commission rings tomorrow.'
goes held casey hold --from "$scratch/text"
stops 1 'it is held' casey accept
goes received casey resume
goes accepted casey accept
found 90 no
goes 'Approved - Trace' casey trace --from "$scratch/json"

### CCRC, faulty: another legal basis.
log 'a wrong legal basis' ccrc -e 's/"caa1995_s17"/"other"/' -e 's/Fictor/Fictitia/'
finds legal_basis_accepted fail reject
goes 'rejection proposed' casey reject --reason legal_basis_accepted
goes Rejected sam review --confirm

### NHSCFA, good: received while it still took requests. Faulty: after.
log 'good NHSCFA form' nhscfa
judged casey
goes accepted casey accept
json '{"trace_code":"97"}'
goes 'Approved - No Trace' casey no-trace --from "$scratch/json"
log 'NHSCFA is gone' nhscfa -e 's/2019-03-20/2019-04-01/' -e 's/Imagine/Imagineer/'
finds service_open fail reject
goes 'rejection proposed' casey reject --reason service_open
goes Rejected sam review --confirm

### HM Coroner, good: next of kin may be asked for. Faulty: what is clinical may not.
log 'good coroner notice' hm_coroner
judged casey
goes accepted casey accept
items='"next_of_kin"'
found 00 no
goes 'Approved - Trace' casey trace --from "$scratch/json"
items='"name"'
log 'a coroner asks what is clinical' hm_coroner -e 's/"next_of_kin"\]/"last diagnosis"]/' \
	-e 's/Lateman/Lateness/'
finds items_administrative fail reject
goes 'rejection proposed' casey reject --reason items_administrative
goes Rejected sam review --confirm

### Services that have ended take what came in time, and nothing after.
log 'good Welsh Blood Service form' welsh_blood
judged casey
goes accepted casey accept
found 00 no
goes 'Approved - Trace' casey trace --from "$scratch/json"
log 'Welsh Blood Service is retired' welsh_blood -e 's/2020-09-10/2020-09-19/' \
	-e 's/Donorby/Donorhouse/'
finds service_open fail reject
goes 'rejection proposed' casey reject --reason service_open
goes Rejected sam review --confirm
log 'good Jersey form' jersey_cytology
judged casey
goes accepted casey accept
json '{"trace_code":"91"}'
goes 'Approved - No Trace' casey no-trace --from "$scratch/json"
log 'Jersey is retired' jersey_cytology -e 's/2020-11-27/2020-12-01/' -e 's/Islander/Mainlander/'
finds service_open fail reject
goes 'rejection proposed' casey reject --reason service_open
goes Rejected sam review --confirm

### Charity is suspended: a good form fails too, and the charity takes it back.
log 'charity form' charity
finds service_open fail reject
goes 'rejection proposed' casey reject --reason service_open
goes Rejected sam review --confirm
log 'another charity form' charity -e 's/Lostman/Foundman/'
text 'The charity takes it back.'
goes withdrawn casey withdraw --reason requester_withdrew --from "$scratch/text"

### Logged in error: proposed, returned, proposed, confirmed.
log 'a form logged by mistake' police -e "s/O'Testa/Mistaken/"
text 'That was a parking notice.'
goes 'withdrawal proposed' casey withdraw --reason logged_in_error --from "$scratch/text"
goes 'in triage' sam review --return --from "$scratch/text"
goes 'withdrawal proposed' casey withdraw --reason logged_in_error --from "$scratch/text"
goes withdrawn sam review --confirm

### The requester withdraws what already waits for a second person.
log "a form that is taken back" ccrc -e "s/Fictor/Backtaken/"
judged casey
goes accepted casey accept
items='"address"'
found 00 no
goes "release to check" casey trace --from "$scratch/json"
text "They found her."
goes withdrawn casey withdraw --reason requester_withdrew --from "$scratch/text"
stops 1 "it is withdrawn" sam review --confirm
items='"name"'

### A decided one shows the checks of its decision.
log "a form that is rejected twice over" ccrc -e "s/Fictor/Twiceover/" -e "s/\"caa1995_s17\"/\"-\"/"
goes "rejection proposed" casey reject --reason legal_basis_accepted
goes "withdrawal proposed" casey withdraw --reason logged_in_error --from "$scratch/text"
goes "in triage" sam review --return --from "$scratch/text"
goes "rejection proposed" casey reject --reason legal_basis_accepted
goes Rejected sam review --confirm
finds legal_basis_accepted fail reject

### S-flagged: the Guardian releases.
log 'police form, S-flagged' police -e "s/O'Testa/Flagstone/"
goes 'in triage' casey assign casey
judged casey
goes accepted casey accept
found 92 yes
goes 'with the Caldicott Guardian' casey trace --from "$scratch/json"
json '{"guardian":"Dr Gwen Ardian","decided":"2021-01-05","decision":"release","items":["name"],
	"recipient":"requester","note":"The name alone."}'
goes 'Approved - Trace' sam guardian --from "$scratch/json"
shows 'what the Guardian released' 'released[0] name'
as casey request show "$ref" >"$out" 2>"$err"
tap_true "$ref: the Guardian's name is shown" grep -qF 'Dr Gwen Ardian' "$out"

### S-flagged: the Guardian withholds; it is rejected, and says nothing more.
log 'police form, withheld' police -e "s/O'Testa/Flagpole/"
goes 'in triage' casey assign casey
judged casey
goes accepted casey accept
found 00 yes
goes 'with the Caldicott Guardian' casey trace --from "$scratch/json"
json '{"guardian":"Dr Gwen Ardian","decided":"2021-01-05","decision":"withhold"}'
goes Rejected sam guardian --from "$scratch/json"
shows 'why' 'reasons[0] guardian_withheld'
shows 'nothing is released' 'released null'

### What came of it counts in January, and the trail holds.
as sasha figures 2021-01 --format csv >"$scratch/figures"
while read -r wanted; do
	tap_true "figures: $wanted" grep -qxF "2021-01,tracing,$wanted" "$scratch/figures"
done <<END
rejected,police,2
approved_trace,police,3
approved_no_trace,nca,2
approved_trace,home_office,1
rejected,home_office,1
approved_trace,court_order,1
rejected,court_order,1
approved_trace,ccrc,1
rejected,ccrc,2
approved_no_trace,nhscfa,1
rejected,nhscfa,1
approved_trace,hm_coroner,1
rejected,hm_coroner,1
approved_trace,welsh_blood,1
rejected,welsh_blood,1
approved_no_trace,jersey_cytology,1
rejected,jersey_cytology,1
rejected,total,10
END
is_status 'the trail holds' 0 as audrey audit verify
is_status "the last one's history" 0 as audrey request history "$ref" --format csv
for kind in request_added request_assigned request_judged request_accepted request_traced \
	guardian_decided request_opened; do
	tap_true "its history: $kind" grep -q ",$kind\$" "$out"
done
tap_done
