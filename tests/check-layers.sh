#!/bin/sh
# The layers (HACKING), enforced twice: by what each source includes, and by the symbols that each
# built library leaves undefined. TOP_SRCDIR and TOP_BUILDDIR say where to look.
. "$(dirname "$0")/tap.sh"
awk_program=$(cd "$(dirname "$0")" && pwd)/layers.awk
nm=${NM:-nm}
build=$TOP_BUILDDIR
cd "$TOP_SRCDIR" || exit 1

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' 0

# shellcheck disable=SC2046 # no blank in a file's name here
LC_ALL=C awk -f "$awk_program" db/local.mk core/local.mk tui/local.mk cli/local.mk verify/local.mk \
	$(find db core tui cli verify -name '*.[ch]' | sort) >"$scratch/breaches"

breaches() {
	sed -n "s/^$1	//p" "$scratch/breaches"
}

tap_empty 'every source is in one list of one fragment' "$(breaches rooms)"
tap_empty 'db includes the libc, sqlite3, sodium and itself' "$(breaches db)"
tap_empty 'the rules include a pure libc, the records and each other' "$(breaches rules)"
tap_empty 'the desk includes no curses, sqlite3 or sodium, nothing above it' "$(breaches desk)"
tap_empty 'tui includes curses, the core and of db only records and secrets' "$(breaches tui)"
tap_empty 'cli includes the core, tui.h and of db only records and secrets' "$(breaches cli)"
tap_empty 'the verifier includes the libc, sodium and itself' "$(breaches verify)"
tap_empty 'each library of a file format is named in one file' "$(breaches one-file)"

# undefined NAME FILES: "SYMBOL OBJECT" for what they want; defined: for what they give.
undefined() {
	$nm -P -u "$@" 2>/dev/null | awk '/:$/ { object = $1; next } { print $1, object }'
}
defined() {
	$nm -P -g --defined-only "$@" 2>/dev/null | awk '/:$/ { next } { print $1 }'
}

libdb=$build/db/libdb.a
librules=$build/core/librules.a
libdesk=$build/core/libdesk.a
libtui=$build/tui/libtui.a
for library in "$libdb" "$librules" "$libdesk" "$libtui"; do
	defined "$library" >"$scratch/defined.$(basename "$library")"
done
undefined "$libdb" >"$scratch/db"
undefined "$librules" >"$scratch/rules"
undefined "$libdesk" >"$scratch/desk"
undefined "$libtui" >"$scratch/tui"
undefined "$build"/cli/*.o >"$scratch/cli"
# What everyone may take of db, and what the screens and commands may besides.
ls "$build"/db/libdb_a-memory.o "$build"/db/libdb_a-records.o >/dev/null || exit 1
defined "$build"/db/libdb_a-memory.o "$build"/db/libdb_a-records.o >"$scratch/records"
defined "$build"/db/libdb_a-secret.o >"$scratch/secrets"

store='sqlite3_.*|sodium_.*|crypto_.*|randombytes.*'
curses='initscr|newterm|endwin|isendwin|set_term|stdscr|curscr|newscr|COLS|LINES|COLORS|COLOR_PAIRS'
curses="$curses|cur_term|setupterm|tigetstr|tigetnum|tigetflag|tparm|tputs|doupdate|keypad|cbreak|raw"
curses="$curses|noecho|curs_set|start_color|init_pair|use_default_colors|resizeterm|newpad|flash|beep"
curses="$curses|p?(new|sub|der|del)win|w(add|ins|in|get|del|refresh|noutrefresh|move|erase|clear"
curses="$curses|clrto|attr|bkgd|border|hline|vline|printw|timeout|touchln)[a-z_]*|mvw[a-z_]*"
impure='f?open(64|at|at64)?|creat(64)?|fdopen|freopen(64)?|tmpfile(64)?|mkstemp|mkdtemp|p?read(64)?'
impure="$impure|p?write(64)?|close|[fl]?stat(64|x|at)?|access|unlink|rename|mkdir|rmdir|opendir|readdir"
impure="$impure|mmap(64)?|stdin|stdout|stderr|(__)?v?f?printf(_chk)?|f?puts|f?putc|putchar|fwrite|perror"
impure="$impure|isatty|ioctl|tc[gs]etattr"
impure="$impure|time|clock|clock_gettime|gettimeofday|timespec_get|(local|gm)time(_r)?|mktime|timegm"
impure="$impure|strftime|tzset|nanosleep|usleep|sleep"
impure="$impure|(secure_)?getenv|setenv|putenv|environ|get(e?uid|pid|pwuid|login)(_r)?|gethostname"
impure="$impure|setlocale|nl_langinfo"
impure="$impure|s?random|s?rand|rand_r|[dlm]rand48|getrandom|getentropy|arc4random.*"
impure="$impure|fork|exec[lv].*|system|popen|posix_spawnp?|waitpid|pthread_create|dlopen|socket|connect"

# wants ROOM PATTERN: the symbols it wants that match; takes ROOM LIBRARY EXCEPT...: those that the
# library defines, except what the lists name.
wants() {
	grep -E "^($2) " "$scratch/$1"
}
takes() {
	taker=$1
	giver=$2
	shift 2
	# /dev/null first, so that an empty list is not taken for the next file.
	(cd "$scratch" && awk -v taker="$taker" -v giver="defined.$giver" '
		FILENAME == giver { given[$1] = 1; next }
		FILENAME != taker { delete given[$1]; next }
		$1 in given { print }' "defined.$giver" "$@" "$taker")
}

unbuilt=
for room in db rules desk tui cli; do
	[ -s "$scratch/$room" ] || unbuilt="$unbuilt $room"
done
tap_empty 'the libraries and the program are built' "$unbuilt"
tap_empty 'libdb.a wants no curses and nothing of ours' "$(
	wants db "$curses"
	takes db librules.a
	takes db libdesk.a
	takes db libtui.a
)"
tap_empty 'librules.a wants no clock, file, environment, randomness, terminal or store' "$(
	wants rules "$impure|$store|$curses"
	takes rules libdb.a records
	takes rules libdesk.a
	takes rules libtui.a
)"
tap_empty 'libdesk.a wants no sqlite3, sodium or curses, nothing above it' "$(
	wants desk "$store|$curses"
	takes desk libtui.a
)"
tap_empty 'libtui.a wants no sqlite3 or sodium, of libdb.a only records and secrets' "$(
	wants tui "$store"
	takes tui libdb.a records secrets
)"
tap_empty 'the commands want no sqlite3, sodium or curses, of libdb.a only records and secrets' "$(
	wants cli "$store|$curses"
	takes cli libdb.a records secrets
)"
tap_done
