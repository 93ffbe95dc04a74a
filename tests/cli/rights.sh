#!/bin/sh
# Who may do what: every command by every role, and that a refusal is an event.
. "$TOP_SRCDIR/tests/cli/cli.sh"
make_demo
printf 'received,service\n2020-12-01,police\n' >"$scratch/requests.csv"
printf 'received,organisation,status\n2020-12-01,Budmouth,received\n' >"$scratch/dbsb.csv"
echo '{"note":"(closed)"}' >"$scratch/service.json"
echo '{"name":"Budmouth","kind":"other"}' >"$scratch/organisation.json"
echo 'Counted again.' >"$scratch/revision.txt"
reference=$(as casey request list --limit 1 --format csv | sed -n '2s/,.*//p')
batch=$(as casey dbsb list --limit 1 --format csv | sed -n '2s/,.*//p')

# may COMMAND: by casey, sam, audrey and ada, "+" may and "-" may not.
may() {
	may_signs=$1
	shift
	may_what=$(echo "$*" | sed "s|$scratch/||")
	for may_user in casey sam audrey ada; do
		may_rest=${may_signs#?}
		may_sign=${may_signs%"$may_rest"}
		may_signs=$may_rest
		if [ "$may_sign" = + ]; then
			is_status "$may_user may $may_what" 0 as "$may_user" "$@"
		else
			may_events=$(event_count)
			refuses "$may_user may not $may_what" 1 "this is for .*; you are " \
				as "$may_user" "$@"
			# The log-in, the refusal, and the log-in of asking.
			tap_true "$may_user: that refusal is an event" \
				[ $(($(event_count) - may_events)) -eq 3 ]
		fi
	done
}

may '---+' user list
may '---+' user add newcomer --role caseworker
may '---+' store info
may '-+--' import requests "$scratch/requests.csv"
may '-+--' import dbsb "$scratch/dbsb.csv"
may '+++-' request list
may '+++-' request show "$reference"
may '+++-' request count --by state
may '+++-' service list
may '+++-' rule list
may '+++-' rule show service_open
may '+++-' organisation list
may '-+--' rule set signature_days all 60
may '-+--' service set charity --from "$scratch/service.json"
may '-+--' organisation set --from "$scratch/organisation.json"
may '+++-' dbsb list
may '+++-' dbsb show "$batch"
may '+++-' figures 2020-12
may '+++-' month list
may '-+--' month close 2020-02
as sam service set police --from "$scratch/service.json" >"$out"
may '-+--' month revise 2020-02 --from "$scratch/revision.txt"
may '+++-' release list 2020-12
may '-++-' audit verify
may '-++-' audit log
may '-++-' audit checkpoint
may '-++-' audit export -o "$scratch/export" --force
tap_done
