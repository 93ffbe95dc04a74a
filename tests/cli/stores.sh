#!/bin/sh
# Stores that are none, are damaged, are newer; and demo stores: two runs say the same.
. "$TOP_SRCDIR/tests/cli/cli.sh"
make_demo
cd "$scratch" || exit 1

# with STORE COMMAND...: as casey.
with() {
	with_store=$1
	shift
	tracedesk -s "$with_store" -u casey --password-file "$demo/casey.password" "$@"
}
refuses 'no store' 6 'no store at .*; `tracedesk init` makes one' with none.tdk month list
echo 'not a store' >text.tdk
chmod 600 text.tdk
refuses 'not a store' 4 'text.tdk' with text.tdk month list
: >empty.tdk
chmod 600 empty.tdk
refuses 'an empty file' 4 'empty.tdk' with empty.tdk month list
mkdir folder.tdk
refuses 'a folder' '[46]' '.' with folder.tdk month list 2>/dev/null

# A copy of the demo store with bytes changed: spoil NAME OFFSET...
spoil() {
	spoil_name=$1
	shift
	cp "$demo/demo.tdk" "$spoil_name"
	cp "$demo/demo.tdk-head" "$spoil_name-head"
	for spoil_at in "$@"; do
		spoil_byte=$(dd if="$spoil_name" bs=1 skip="$spoil_at" count=1 2>/dev/null |
			od -An -tu1 | tr -d ' ')
		# shellcheck disable=SC2059
		printf "\\$(printf %o $((spoil_byte ^ 1)))" |
			dd of="$spoil_name" bs=1 seek="$spoil_at" conv=notrunc 2>/dev/null
	done
}
spoil good.tdk
is_status 'a copy of a store' 0 with good.tdk month list
