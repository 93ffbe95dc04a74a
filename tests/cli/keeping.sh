#!/bin/sh
# What a supervisor keeps: the rulebook with its dates and versions, services, organisations.
# shellcheck disable=SC2016 # what sh -c is given
. "$TOP_SRCDIR/tests/cli/life.sh"

# rows KIND: the settings of a kind as csv rows without the rule before them.
rows() {
	as audrey rule list --format csv | sed -n "s/^[^,]*,[^,]*,[^,]*,$1,/$1,/p"
}
version() {
	as audrey rule show "$1" --format json | "$json_lines" | sed -n "s/^rules_version$tab//p"
}

### Reading.
as audrey rule list --format csv >"$out"
tap_true 'every rule is listed' [ "$(sed 1d "$out" | cut -d, -f1 | sort -u | wc -l)" -eq 22 ]
tap_true 'with its settings' grep -qx \
	'countersigner_senior_enough,police;nca;home_office,query,minimum_tier,police,inspector,,,no' \
	"$out"
as casey rule show countersigner_senior_enough >"$out"
tap_true 'a rule for people' sh -c 'grep -q "^  Advice    query" "$1" &&
	grep -Eq "^minimum_tier +police +inspector +no" "$1"' - "$out"
tap_true 'shipped as version 1' [ "$(version service_open)" = 1 ]
refuses 'no such rule' 2 '"nonsense" is no rule' as casey rule show nonsense

### A change dated tomorrow does not judge what came before; marked to mend it does; never what
### is decided.
log 'an Inspector countersigned, to be rejected' police -e "s/O'Testa/Decided/"
decided=$ref
goes 'rejection proposed' casey reject --reason necessity_stated
goes Rejected sam review --confirm
log 'an Inspector countersigned, still open' police -e "s/O'Testa/Undecided/"
undecided=$ref
is_status 'a Superintendent from tomorrow on' 0 as sam rule set minimum_tier police \
	superintendent --date 2021-01-06
tap_true 'version 2' [ "$(version service_open)" = 2 ]
tap_empty 'the old one holds until the day before' "$({
	echo minimum_tier,home_office,inspector,,,no
	echo minimum_tier,nca,inspector,,,no
	echo minimum_tier,police,inspector,,2021-01-05,no
	echo minimum_tier,police,superintendent,2021-01-06,,no
} >"$scratch/wanted" && rows minimum_tier | diff "$scratch/wanted" -)"
log 'received today' police -e "s/O'Testa/Today/" -e 's/"received": "[^"]*"/"received": "2021-01-05"/'
finds countersigner_senior_enough pass accept
ref=$undecided
finds countersigner_senior_enough pass accept
TRACEDESK_TODAY=2021-01-06
log 'received on the day' police -e "s/O'Testa/Tomorrow/" \
	-e 's/"received": "[^"]*"/"received": "2021-01-06"/'
finds countersigner_senior_enough fail query
TRACEDESK_TODAY=2021-01-05
refuses 'the same again' 1 'the rulebook says so already' \
	as sam rule set minimum_tier police superintendent --date 2021-01-06
is_status 'it is to mend' 0 as sam rule set minimum_tier police superintendent \
	--date 2021-01-06 --mend
tap_empty 'then it stands alone' "$({
	echo minimum_tier,home_office,inspector,,,no
	echo minimum_tier,nca,inspector,,,no
	echo minimum_tier,police,superintendent,2021-01-06,,yes
} >"$scratch/wanted" && rows minimum_tier | diff "$scratch/wanted" -)"
ref=$undecided
finds countersigner_senior_enough fail query
ref=$decided
finds countersigner_senior_enough pass accept
tap_true 'the decided one keeps its version' grep -qx 'rules_version 1' "$out"
is_status 'a Sergeant will do from March on' 0 as sam rule set minimum_tier police sergeant \
	--date 2021-03-01
ref=$undecided
finds countersigner_senior_enough fail query

### Values that come and go; the closer scope wins.
is_status 'a domain is let in' 0 as sam rule set secure_domain all elsewhere.example
refuses 'not twice' 1 'says so already' as sam rule set secure_domain all elsewhere.example
is_status 'and out from February on' 0 as sam rule set secure_domain all elsewhere.example \
	--remove --date 2021-02-01
tap_true 'the row has both days' sh -c 'echo "$1" | grep -qx "$2"' - "$(rows secure_domain)" \
	'secure_domain,,elsewhere.example,2021-01-05,2021-01-31,no'
refuses 'what is out cannot go out' 1 'no such setting from that day on' \
	as sam rule set secure_domain all elsewhere.example --remove --date 2021-02-01
is_status 'a longer reason for police' 0 as sam rule set necessity_least police 2000 --mend
ref=$undecided
finds necessity_stated warn query
is_status 'no longer' 0 as sam rule set necessity_least police 2000 --remove --mend
finds necessity_stated pass query
is_status 'a station is asked for' 0 as sam rule set required requester_complete \
	requester_station --mend
finds requester_complete warn query

### Mistakes and rights.
refuses 'no such kind' 2 'unknown kind of setting; choose one of minimum_tier' \
	as sam rule set maximum_tier police inspector
refuses 'no such service' 2 '"polise" is no service' as sam rule set minimum_tier polise inspector
refuses 'no such tier' 2 '"captain" is no tier' as sam rule set minimum_tier police captain
refuses 'a domain in capitals' 2 'in small letters' as sam rule set secure_domain all Police.uk
refuses 'no such day' 2 'no day; write YYYY-MM-DD' \
	as sam rule set signature_days all 60 --date 2021-02-30
refuses 'not for caseworkers' 1 'this is for supervisor' as casey rule set signature_days all 60
refuses 'nor for the auditor' 1 'this is for supervisor' as audrey rule set signature_days all 60

### Services.
# sets NAME STATUS PATTERN COMMAND...: with what $scratch/json says.
sets() {
	sets_name=$1
	shift
	if [ "$1" -eq 0 ]; then
		shift 2
		is_status "$sets_name" 0 as sam "$@" --from "$scratch/json"
	else
		sets_status=$1
		sets_pattern=$2
		shift 2
		refuses "$sets_name" "$sets_status" "$sets_pattern" as sam "$@" --from "$scratch/json"
	fi
}
service() {
	as casey service list --format csv | grep "^$1,"
}
tap_true 'services are listed' [ "$(service nhscfa)" = \
	"nhscfa,NHSCFA,6,,2019-03-31,,no,,2020-03,,,*NHS Counter Fraud Authority ceased 31 March 2019," ]
json '{"accepts_to":"2021-01-03","note":"(retired on 03/01/2021)","note_from":"2021-02"}'
sets 'a service is closed' 0 '' service set ccrc
tap_true 'and listed so' [ "$(service ccrc)" = \
	'ccrc,CCRC,5,,2021-01-03,,no,,,(retired on 03/01/2021),2021-02,,' ]
log 'received while it was open' ccrc
finds service_open pass accept
log 'received after' ccrc -e 's/"received": "[^"]*"/"received": "2021-01-04"/' -e 's/Fictor/Late/'
finds service_open fail reject
json '{"accepts_to":null,"suspended":true}'
sets 'it is suspended instead' 0 '' service set ccrc
finds service_open fail reject
json '{"suspended":"no"}'
sets 'and open again' 0 '' service set ccrc
finds service_open pass accept
json '{"colour":"red"}'
sets 'no such key' 2 'colour: there is no such key; the keys are label' service set ccrc
json '{"suspended":"perhaps"}'
sets 'neither yes nor no' 1 'suspended: ' service set ccrc
json '{"target_days":10}'
sets 'a target' 0 '' service set ccrc
tap_true 'and listed so' [ "$(service ccrc)" = \
	'ccrc,CCRC,5,,,,no,,,(retired on 03/01/2021),2021-02,,10' ]
json '{"target_days":null}'
sets 'and none again' 0 '' service set ccrc
for days in 0 -1 367 '" 7"' '"1x"' 1000; do
	json "{\"target_days\":$days}"
	sets "no target of $days" 1 'target_days: ' service set ccrc
done
json '{"shown_to":"2020"}'
sets 'a year for a month' 1 'shown_to: a year is no month' service set ccrc
json '{"accepts_from":"2021-02-01","accepts_to":"2021-01-01"}'
sets 'the last day before the first' 1 'the last day is before the first' service set ccrc
json '{"label":""}'
sets 'no name' 1 'label: it is empty' service set ccrc
json '{"label":["CCRC"]}'
sets 'no text' 1 'label: its value is no text' service set ccrc
json '{"label":'
sets 'no JSON' 2 'line 2 is not JSON' service set ccrc
json '{}'
sets 'no such service' 2 'no such service' service set ccrk
refuses 'nothing to set' 2 'give --from FILE' as sam service set ccrc
tap_true 'nothing of that was stored' [ "$(service ccrc)" = \
	'ccrc,CCRC,5,,,,no,,,(retired on 03/01/2021),2021-02,,' ]

### Organisations.
json '{"name":"Budmouth Harbour Police","kind":"other","email_domain":"budmouth.example"}'
sets 'an organisation' 0 '' organisation set
json '{"name":"BUDMOUTH  harbour police","kind":"territorial","to":"2021-12-31"}'
sets 'it changes' 0 '' organisation set
as casey organisation list 'budmouth h' --format csv >"$out"
tap_empty 'known once, with what was not given as it was' "$(sed 1d "$out" |
	grep -vx 'BUDMOUTH  harbour police,territorial,budmouth.example,,2021-12-31')"
tap_true 'it is there' [ "$(wc -l <"$out")" -eq 2 ]
json '{"name":"Budmouth Harbour Police Two","kind":"other"}'
sets 'another whose name begins so' 0 '' organisation set
as casey organisation list 'BUDMOUTH' --format csv >"$out"
tap_true 'both' [ "$(wc -l <"$out")" -eq 3 ]
json '{"kind":"other"}'
sets 'without a name' 1 'name: it is missing' organisation set
json '{"name":"Nobody"}'
sets 'without a kind' 1 'kind: it is missing' organisation set
json '{"name":"Nobody","kind":"odd"}'
sets 'of no kind' 1 'kind: is no code' organisation set
json '{"name":"Nobody","kind":"other","email_domain":"Nobody"}'
sets 'no mail domain' 1 'that is no mail domain' organisation set
json '{"name":"Nobody","kind":"other","from":"2021-02-30"}'
sets 'no day' 1 'from: is no day' organisation set
is_status 'the trail holds' 0 as audrey audit verify
tap_done
