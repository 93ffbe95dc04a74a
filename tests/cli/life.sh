# shellcheck shell=sh
# shellcheck disable=SC2154 # scratch, out and err are set by cli.sh
# For the tests of a receipt's life, to be sourced: a form of each service as it comes by post, and
# verbs of the receipt at hand, $ref. A form has one column a line, so that sed can change it.
. "$TOP_SRCDIR/tests/cli/cli.sh"

TRACEDESK_TODAY=2021-01-05
export TRACEDESK_TODAY
make_demo
forms=$scratch/forms
mkdir "$forms" || exit 1

# What every form has; SERVICE RECEIVED BASIS PURPOSE EMAIL.
form_common() {
	cat <<END
"service": "$1",
"received": "$2",
"legal_basis": "$3",
"purpose": "$4",
"requester_email": "$5",
"channel": "secure_email",
"organisation": "Test Body of $1",
"organisation_kind": "other",
"requester_reference": null,
"requester_name": "Priya Lowe",
"requester_rank": "DC",
"requester_number": "12345",
"identity_checked": "call_back",
"return_route": "secure e-mail",
"items": ["name", "address"],
END
}

# The second officer of police, nca and home_office: KIND RANK SIGNED COUNTERSIGNED.
form_officer() {
	cat <<END
"organisation_kind": "$1",
"countersigner_rank": "$2",
"requester_signed": "$3",
"countersigned": "$4",
"countersigner_name": "Quentin Marsh",
"countersigner_number": "9876",
"countersigner_organisation": "Test Body",
"necessity": "Wanted for interview; all addresses known to us were visited without result.",
"offence": "burglary",
"subject_role": "suspect",
END
}

# SURNAME BORN
form_subject() {
	cat <<END
"subjects": [{"subject_surname": "$1", "subject_forenames": "Ann", "subject_dob": "$2",
"subject_sex": "female"}]}
END
}

# Each names somebody else, so that no form looks like another.
form_write() {
	form=$forms/$1.json
	echo '{' >"$form"
	case $1 in
	police)
		form_common police 2020-12-14 dpa2018_sch2_2 criminal_investigation \
			priya.lowe@kent.police.uk | grep -v organisation_kind
		form_officer territorial Inspector 2020-12-10 2020-12-11
		form_subject "O'Testa" 1980-02-29
		;;
	nca)
		form_common nca 2020-12-15 dpa2018_sch2_2 arrest_warrant p.lowe@nca.gov.uk |
			grep -v organisation_kind | sed 's/"DC"/"Grade 5"/'
		form_officer nca 'Grade 3' 2020-12-14 2020-12-15
		echo '"warrant_reference": "EAW-0001",'
		form_subject Testwell 1971-03-04
		;;
	home_office)
		form_common home_office 2020-12-16 welfare welfare p.lowe@homeoffice.gov.uk |
			grep -v organisation_kind | sed 's/"DC"/"Immigration Officer"/'
		form_officer home_office 'Chief Immigration Officer' 2020-12-14 2020-12-15
		echo '"panel_decision": "agreed",'
		form_subject Examplar 1990-05-06
		;;
	court_order)
		form_common court_order 2020-12-17 court_order court_order office@justice.gov.uk
		cat <<END
"court": "Family Court at Testing",
"court_case": "TS20P00001",
"court_order_kind": "fla1986_s33",
"court_order_date": "2020-12-16",
"sealed_copy_seen": "yes",
"recipient": "court",
"subjects": [{"subject_surname": "Samplewood", "subject_dob": "1985-07-08"},
{"subject_surname": "Childwood", "subject_dob_approx": "2014"}]}
END
		;;
	ccrc)
		form_common ccrc 2020-12-18 caa1995_s17 case_review p.lowe@ccrc.gov.uk
		form_subject Fictor 1960-09-10
		;;
	nhscfa)
		form_common nhscfa 2019-03-20 dpa2018_sch2_2 criminal_investigation p.lowe@nhs.net
		form_subject Imagine 1955-11-12
		;;
	hm_coroner)
		form_common hm_coroner 2020-12-21 cja2009_sch5 next_of_kin p.lowe@test.gov.uk |
			sed 's/"address"/"next_of_kin"/'
		form_subject Lateman 1940-01-02
		;;
	welsh_blood)
		form_common welsh_blood 2020-09-10 other donor p.lowe@test.nhs.uk
		form_subject Donorby 1995-03-05
		;;
	jersey_cytology)
		form_common jersey_cytology 2020-11-27 other screening p.lowe@test.nhs.uk
		form_subject Islander 1988-06-07
		;;
	charity)
		form_common charity 2020-12-22 other lost_contact p.lowe@test.gov.uk
		form_subject Lostman 1950-08-09
		;;
	esac >>"$form"
}

for form_service in police nca home_office court_order ccrc nhscfa hm_coroner welsh_blood \
	jersey_cytology charity; do
	form_write "$form_service"
done

# log NAME SERVICE [SED...]: logs the form, changed; the reference comes to be $ref.
log() {
	log_name=$1
	log_service=$2
	shift 2
	sed "${@:-}" "$forms/$log_service.json" >"$scratch/form.json"
	is_status "$log_name: logged" 0 as casey request add --from "$scratch/form.json"
	ref=$(head -n 1 "$out")
}

# text WORDS...: a file with a reason. json OBJECT: one with an object.
text() {
	echo "$*" >"$scratch/text"
}
json() {
	echo "$*" >"$scratch/json"
}

# goes STATE WHO VERB ARGUMENTS...: done; its sentence says that the receipt is in that state now.
goes() {
	goes_state=$1
	goes_who=$2
	goes_verb=$3
	shift 3
	as "$goes_who" request "$goes_verb" "$ref" "$@" >"$out" 2>"$err"
	goes_got=$?
	if [ "$goes_got" -eq 0 ] && [ ! -s "$err" ] &&
		head -n 1 "$out" | grep -Eq "^$ref is (now $goes_state\.|[a-z]+: it is $goes_state, version [0-9]+\.)\$"; then
		tap_result ok "$ref: $goes_who: $goes_verb: $goes_state"
	else
		echo "# exit $goes_got"
		cat "$out" "$err" | sed 's/^/# /'
		tap_result 'not ok' "$ref: $goes_who: $goes_verb: $goes_state"
	fi
}

# stops STATUS PATTERN WHO VERB ARGUMENTS...: refused so, in one line.
stops() {
	stops_status=$1
	stops_pattern=$2
	stops_who=$3
	stops_verb=$4
	shift 4
	refuses "$ref: $stops_who: no $stops_verb ($stops_pattern)" "$stops_status" \
		"$stops_pattern" as "$stops_who" request "$stops_verb" "$ref" "$@"
}

# judged WHO: both judged rules hold.
judged() {
	is_status "$ref: $1: the purpose holds" 0 as "$1" request judge "$ref" purpose_accepted yes
	is_status "$ref: $1: it is no trawl" 0 as "$1" request judge "$ref" not_speculative yes
}

# shows WHAT LINE: request show says so, as a line "path<TAB>value" of its JSON; a blank for the tab.
shows() {
	as sasha request show "$ref" --format json >"$scratch/show" 2>"$err"
	"$json_lines" <"$scratch/show" | tr '\t' ' ' >"$out"
	tap_true "$ref: shown: $1" grep -qxF -- "$2" "$out"
}

# finds RULE RESULT ADVICE: the check of that rule comes out so, and all of them advise that.
finds() {
	as sasha request check "$ref" --format json >"$scratch/check" 2>"$err"
	"$json_lines" <"$scratch/check" | tr '\t' ' ' >"$out"
	finds_at=$(sed -n "s/^\(findings\[[0-9]*\]\)\.rule $1\$/\1/p" "$out")
	tap_true "$ref: checked: $1 $2, $3" sh -c 'grep -qxF -- "$1" "$3" && grep -qxF -- "$2" "$3"' \
		sh "$finds_at.result $2" "advice $3" "$out"
}
