#!/bin/sh
# The checks of the house seen to fail: a breach of every rule is planted in a copy of the tree, and
# the check must name the planted file under the rule that it breaks.
. "$(dirname "$0")/tap.sh"

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' 0
tree=$scratch/tree
mkdir "$tree" "$tree/.ci"
for part in db core tui cli verify doc tests bootstrap .clang-format .ci/run; do
	cp -R "$TOP_SRCDIR/$part" "$tree/$part" || exit 1
done
chmod -R u+w "$tree"

# plant FILE: what stands on standard input, after a comment that makes the file a good one.
plant() {
	{
		echo '/* Planted. */'
		cat
	} >"$tree/$1"
}

# caught RULE WHAT: the output has a finding that matches WHAT under the result RULE (not ok).
caught() {
	tap_empty "caught: $1: $2" "$(awk -v rule="$1" -v what="$2" '
		/^# / { findings = findings $0 "\n"; next }
		/^not ok / && index($0, rule) && match(findings, what) { found = 1 }
		{ findings = "" }
		END { if (!found) print "not caught" }' "$scratch/output")"
}

plant core/planted_long.c <<END
#include "core/planted.h"

void planted_long(void)
{
$(yes '	planted();' | head -n 58)
}
END
plant tests/test_planted.c <<END
static void test_planted(void **state)
{
	(void)state;
	usleep(10);
$(yes '	planted();' | head -n 76)
}
END
plant core/planted_file.c <<END
$(yes 'int planted(void);' | head -n 600)
END
plant core/planted_header.h <<END
$(yes 'int planted(void);' | head -n 220)
END
plant core/planted_many.c <<'END'
int planted_many(int a, int b, int c, int d, int e, int f)
{
	return a + b + c + d + e + f;
}
END
plant core/planted_many.h <<'END'
int planted_many(int a, int b, int c, int (*d)(int, int), int e,
	int f);
int planted_few(int a, int b, int c, int d, int (*e)(int, int));
END
plant core/planted_banned.c <<'END'
void planted(char *text)
{
	/* sprintf(in a comment) is fine */
	planted_say("gets(");
	sprintf(text, "%d", 1);
	strcpy(text, "1");
	strcat(text, "1");
	gets(text);
	atoi(text);
	system(text);
	popen(text, "r");
	tmpnam(text);
	rand();
}
END
plant core/planted_state.c <<'END'
static int planted_count;
static const char *planted_words[] = { "a" };
static const char *const planted_constant[] = { "a" };
struct planted {
	int number;
};
static struct planted planted_one = {
	.number = 1,
};
typedef int planted_type(int a);
planted_type planted_function, planted_other;
int planted(void)
{
	static int calls;

	return calls++;
}
END
plant core/planted_switch.c <<'END'
int planted(int key, enum planted planted)
{
	switch (key) {
	case 'a':
		return 1;
	default:
		break;
	}
	switch (planted) {
	case PLANTED_ONE:
		return 2;
	default:
		return 3;
	}
}
END
plant core/planted_typedef.h <<'END'
typedef struct planted planted_type;
END
echo 'int planted(void);' >"$tree/core/planted_comment.c"
plant core/planted_sql.c <<'END'
static const char planted[] = "SELECT 1";
END
plant core/planted_util.c <<'END'
int planted(void);
END
plant core/planted_unfinished.c <<END
int planted(void); /* TO""DO */
END
sed -i 's/TO""DO/TO''DO/' "$tree/core/planted_unfinished.c"
plant core/planted_layout.c <<'END'
int  planted ( void ) ;
END
cat >"$tree/tests/planted.sh" <<'END'
#!/bin/sh
if true; then
    echo spaces
	pause 1
END
sed -i 's|pause|sl''eep|' "$tree/tests/planted.sh"

TOP_SRCDIR=$tree "$tree/tests/check-source.sh" >"$scratch/output" 2>&1
tap_true 'check-source fails' [ $? -ne 0 ]
caught 'over 60 lines' 'core/planted_long.c:4: a function of 61 lines'
caught 'over 60 lines' 'tests/test_planted.c:2: a function of 81 lines'
caught 'over 600 lines' 'core/planted_file.c:601'
caught 'over 220 lines' 'core/planted_header.h:221'
caught 'more than 5' 'core/planted_many.c:2: 6 '
caught 'more than 5' 'core/planted_many.h:2: 6 '
tap_true 'a callback counts as one parameter' \
	awk '/planted_many.h:4: . param/ { n++ } END { exit n != 0 }' "$scratch/output"
line=6
for call in sprintf strcpy strcat gets atoi system popen tmpnam rand; do
	caught 'no sprintf' "core/planted_banned.c:$line:.*$call"
	line=$((line + 1))
done
tap_true 'a call in a comment or a string is none' \
	awk '/planted_banned.c:[45]:/ { n++ } END { exit n != 0 }' "$scratch/output"
caught 'mutable file-scope' 'planted_state.c:2:'
caught 'mutable file-scope' 'planted_state.c:3:'
caught 'mutable file-scope' 'planted_state.c:8:'
caught 'mutable file-scope' 'planted_state.c:15:'
tap_true 'a constant is no state' \
	awk '/planted_state.c:(4|12):/ { n++ } END { exit n != 0 }' "$scratch/output"
caught 'no default' 'planted_switch.c:13:'
tap_true 'a default over characters is fine' \
	awk '/planted_switch.c:7:/ { n++ } END { exit n != 0 }' "$scratch/output"
caught 'no typedef' 'planted_typedef.h:2:'
caught 'what it is for' 'planted_comment.c:1:'
caught 'SQL is written' 'planted_sql.c:2:'
caught 'no util' 'planted_util.c:1:'
caught 'left unfinished' 'planted_unfinished.c:2:'
caught 'no test sleeps' 'test_planted.c:5:'
caught 'no test sleeps' 'planted.sh:4:'
caught 'named in its fragment' 'tests/test_planted.c: the package lacks it'
caught 'tabs alone' 'planted.sh:3:'
caught 'sh -n' 'planted.sh'
if clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
	caught 'that of .clang-format' 'planted_layout.c:2:'
else
	tap_skip 'caught: layout' 'needs clang-format 14'
fi

# The median is of all functions: enough long ones move it.
{
	echo '/* Planted. */'
	i=0
	while [ $i -lt 3000 ]; do
		printf 'void planted_%d(void)\n{\n' $i
		printf '\n\n\n\n\n\n\n\n\n\n\n\n\n\n}\n'
		i=$((i + 1))
	done
} >"$tree/core/planted_median.c"
TOP_SRCDIR=$tree "$tree/tests/check-source.sh" >"$scratch/output" 2>&1
caught 'median function' 'the median function has 17 lines'

# The layers, by includes: fragments list a planted file of each room.
rm "$tree"/*/*planted*
plant db/planted.c <<'END'
#include <jansson.h>
#include <curses.h>
#include "core/planted_rules.h"
END
plant db/planted_leak.h <<'END'
#include <sqlite3.h>
END
plant core/planted_rules.h <<'END'
#include <csv.h>
END
plant core/planted_rules.c <<'END'
#include <time.h>
#include <sys/stat.h>
#include <sqlite3.h>
#include "core/planted_desk.h"
#include "db/secret.h"
#include "db/store.h"
END
plant core/planted_desk.h <<'END'
#include "db/planted_leak.h"
END
plant core/planted_desk.c <<'END'
#include "core/planted_desk.h"
#include "tui/tui.h"
#include "db/planted_private.h"
#include <ncurses.h>
#include <csv.h>
END
plant db/planted_private.h <<'END'
int planted(void);
END
plant tui/planted.c <<'END'
#include "core/planted_desk.h"
#include "db/store.h"
#include <sodium.h>
END
plant tui/planted_inner.h <<'END'
int planted(void);
END
plant cli/planted.c <<'END'
#include "tui/planted_inner.h"
#include "db/store.h"
#include <curses.h>
#include <csv.h>
END
plant verify/planted.c <<'END'
#include <sqlite3.h>
#include "db/records.h"
END
plant cli/planted_orphan.c <<'END'
int planted(void);
END
echo 'db_libdb_a_SOURCES += db/planted.c db/planted_leak.h \
	db/planted_private.h db/planted_gone.c' >>"$tree/db/local.mk"
echo 'core_librules_a_SOURCES += core/planted_rules.c core/planted_rules.h
core_libdesk_a_SOURCES += core/planted_desk.c core/planted_desk.h core/planted_rules.h' \
	>>"$tree/core/local.mk"
echo 'tui_libtui_a_SOURCES += tui/planted.c tui/planted_inner.h' >>"$tree/tui/local.mk"
echo 'tracedesk_SOURCES += cli/planted.c' >>"$tree/cli/local.mk"
echo 'tracedesk_verify_SOURCES += verify/planted.c' >>"$tree/verify/local.mk"

# And by symbols: an object that wants what it may not is added to a copy of each library.
built=$scratch/built
mkdir "$built"
for room in db core tui cli; do
	mkdir "$built/$room"
	cp "$TOP_BUILDDIR/$room"/*.[ao] "$built/$room" 2>/dev/null
done
# object LIBRARY OWN SYMBOL...: an object that defines OWN and calls the others, put into the
# library (or left beside it).
object() {
	planted=$built/$1
	own=$2
	folder=$(dirname "$planted")
	shift 2
	{
		for symbol in "$@"; do
			echo "void $symbol(void);"
		done
		echo "void $own(void);"
		echo "void $own(void)"
		echo '{'
		printf '\t%s();\n' "$@"
		echo '}'
	} >"$scratch/planted.c"
	$CC -fno-builtin -c -o "$folder/$own.o" "$scratch/planted.c" || exit 1
	case $planted in
	*.a) ar r "$planted" "$folder/$own.o" 2>/dev/null && rm "$folder/$own.o" ;;
	esac
}
object db/libdb.a planted_in_db initscr planted_in_rules planted_in_desk planted_in_tui
object core/librules.a planted_in_rules time fopen getenv random sqlite3_open crypto_secretbox \
	initscr mem_new planted_in_db planted_in_desk planted_in_tui
object core/libdesk.a planted_in_desk sqlite3_open crypto_secretbox wrefresh planted_in_tui fopen
object tui/libtui.a planted_in_tui sqlite3_open crypto_secretbox sodium_init planted_in_db
object cli/planted.o planted_in_cli sqlite3_open sodium_init initscr planted_in_db

TOP_SRCDIR=$tree TOP_BUILDDIR=$built "$tree/tests/check-layers.sh" >"$scratch/output" 2>&1
tap_true 'check-layers fails' [ $? -ne 0 ]
caught 'list of one fragment' 'cli/planted_orphan.c: is in no'
caught 'list of one fragment' 'core/planted_rules.h: listed in rules and in desk'
caught 'list of one fragment' 'db/planted_gone.c: is listed in db and is not there'
db='db includes'
caught "$db" 'db/planted.c: includes <jansson.h>'
caught "$db" 'db/planted.c: includes <curses.h>'
caught "$db" 'db/planted.c: includes core/planted_rules.h'
rules='the rules include'
caught "$rules" 'core/planted_rules.c: includes <time.h>'
caught "$rules" 'core/planted_rules.c: includes <sys/stat.h>'
caught "$rules" 'core/planted_rules.c: includes <sqlite3.h>'
caught "$rules" 'core/planted_rules.c: includes core/planted_desk.h .desk.'
caught "$rules" 'core/planted_rules.c: includes db/secret.h'
caught "$rules" 'core/planted_rules.c: includes db/store.h'
desk='the desk includes'
caught "$desk" 'core/planted_desk.c: includes <sqlite3.h> through db/planted_leak.h'
caught "$desk" 'core/planted_desk.c: includes tui/tui.h'
caught "$desk" 'core/planted_desk.c: includes db/planted_private.h'
caught "$desk" 'core/planted_desk.c: includes <ncurses.h>'
tui='tui includes'
caught "$tui" 'tui/planted.c: includes <sqlite3.h> through'
caught "$tui" 'tui/planted.c: includes <sodium.h>'
caught "$tui" 'tui/planted.c: includes db/store.h'
cli='cli includes'
caught "$cli" 'cli/planted.c: includes tui/planted_inner.h'
caught "$cli" 'cli/planted.c: includes db/store.h'
caught "$cli" 'cli/planted.c: includes <curses.h>'
caught 'the verifier' 'verify/planted.c: includes <sqlite3.h>'
caught 'the verifier' 'verify/planted.c: includes db/records.h'
caught 'named in one file' 'csv.h is included by a header'
caught 'named in one file' 'core/planted_desk.c: csv.h is included by .* too'
for symbol in initscr planted_in_rules planted_in_desk planted_in_tui; do
	caught 'libdb.a wants' "$symbol .*planted"
done
for symbol in time fopen getenv random sqlite3_open crypto_secretbox initscr \
	planted_in_db planted_in_desk planted_in_tui; do
	caught 'librules.a wants' "$symbol .*planted"
done
tap_true 'the rules may take memory from db' \
	awk '/mem_new .*planted/ { n++ } END { exit n != 0 }' "$scratch/output"
for symbol in sqlite3_open crypto_secretbox wrefresh planted_in_tui; do
	caught 'libdesk.a wants' "$symbol .*planted"
done
for symbol in sqlite3_open crypto_secretbox sodium_init planted_in_db; do
	caught 'libtui.a wants' "$symbol .*planted"
done
for symbol in sqlite3_open sodium_init initscr planted_in_db; do
	caught 'the commands want' "$symbol "
done
# The papers.
sed -i "s|\*store info\*|*store imfo*|; s|--layout|--lay-out|g" "$tree/doc/tracedesk.1.scd"
sed -i "s|\*court_case\*|*court_cases*|" "$tree/doc/tracedesk-import.5.scd"
sed -i 's|2 in_triage|3 in_triage|' "$tree/doc/tracedesk-store.7.scd"
TOP_SRCDIR=$tree "$tree/tests/check-papers.sh" >"$scratch/output" 2>&1
caught 'has every command' 'nothing of store info'
caught 'has no other command' 'store imfo'
caught 'has every option' '--layout'
caught 'tracedesk-import(5) has every column' 'nothing of court_case'
caught 'tracedesk-import(5) has no other column' 'court_cases'
caught 'has every stored number' '2 in_triage'

rm -r "$built"
TOP_SRCDIR=$tree TOP_BUILDDIR=$built "$tree/tests/check-layers.sh" >"$scratch/output" 2>&1
tap_true 'check-layers fails without libraries' [ $? -ne 0 ]
tap_done
