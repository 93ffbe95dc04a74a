# Who includes whom. Reads the fragments (local.mk) and then every source; prints a line
# "RULE<tab>FILE: WHAT" for each breach of HACKING's table. What a header of ours includes counts as
# included by whoever includes it.

BEGIN {
	room_of_list["db_libdb_a_SOURCES"] = "db"
	room_of_list["core_librules_a_SOURCES"] = "rules"
	room_of_list["core_libdesk_a_SOURCES"] = "desk"
	room_of_list["tui_libtui_a_SOURCES"] = "tui"
	room_of_list["tracedesk_SOURCES"] = "cli"
	room_of_list["tracedesk_verify_SOURCES"] = "verify"

	# Headers that belong to nobody in particular.
	split("curses.h ncurses.h ncursesw/curses.h ncursesw/ncurses.h panel.h term.h", words)
	for (i in words) library[words[i]] = "curses"
	library["sqlite3.h"] = "sqlite3"
	library["sodium.h"] = "sodium"
	split("csv.h jansson.h utf8proc.h xlsxwriter.h", words)
	for (i in words) library[words[i]] = "format"

	# The libc of the rules: no clock, file, environment, randomness or terminal.
	split("assert.h ctype.h errno.h inttypes.h limits.h stdarg.h stdbool.h stddef.h stdint.h " \
		"stdio.h stdlib.h string.h strings.h wchar.h wctype.h malloc.h search.h", words)
	for (i in words) pure[words[i]] = 1

	# Room, library: may include.
	split("db:sqlite3 db:sodium rules:format desk:format tui:curses verify:sodium", words)
	for (i in words) may[words[i]] = 1
	# Room, room of the header: may include.
	split("db:db rules:rules desk:db desk:rules desk:desk tui:rules tui:desk tui:tui " \
		"cli:rules cli:desk cli:cli verify:verify", words)
	for (i in words) may[words[i]] = 1
	# Room, header: may include.
	split("tui:db/secret.h cli:db/secret.h cli:tui/tui.h", words)
	for (i in words) may[words[i]] = 1
	# The records, and the headers that they are made of.
	split("db/records.h db/memory.h db/fields.h db/stored.h db/filters.h db/beside.h db/published.h", words)
	for (i in words)
		may["rules:" words[i]] = may["tui:" words[i]] = may["cli:" words[i]] = 1
}

function breach(rule, file, what) {
	print rule "\t" file ": " what
}

FNR == 1 {
	file = FILENAME
	sub(/^\.\//, "", file)
	list = ""
}

file ~ /local\.mk$/ {
	if ($0 ~ /^[A-Za-z0-9_]+ *\+?=/) {
		list = $1
		sub(/\+?=.*/, "", list)
		sub(/^[^=]*=/, "")
	} else if (!continued) {
		list = ""
	}
	continued = /\\$/
	sub(/\\$/, "")
	if (list in room_of_list)
		for (i = 1; i <= NF; i++) {
			if ($i in room)
				breach("rooms", $i, "listed in " room[$i] " and in " room_of_list[list])
			room[$i] = room_of_list[list]
		}
	next
}

FNR == 1 { files[++file_count] = file }

/^[ \t]*#[ \t]*include[ \t]/ {
	name = $0
	sub(/^[^<"]*[<"]/, "", name)
	sub(/[>"].*/, "", name)
	includes[file] = includes[file] " " name
	if (name in library && library[name] == "format") {
		if (file ~ /\.h$/)
			breach("one-file", file, name " is included by a header")
		else if (name in owner)
			breach("one-file", file, name " is included by " owner[name] " too")
		owner[name] = file
	}
}

# Everything that file sees, with the header of ours it came through.
function look(file, from, through,    names, count, i) {
	count = split(includes[from], names, " ")
	for (i = 1; i <= count; i++) {
		if (seen[names[i]] == file)
			continue
		seen[names[i]] = file
		judge(file, names[i], through)
		if (names[i] in room)
			look(file, names[i], " through " names[i])
	}
}

function judge(file, name, through,    home, target) {
	home = room[file]
	if (name == "config.h" || (home ":" name) in may)
		return
	if (name in library) {
		if (!((home ":" library[name]) in may))
			breach(home, file, "includes <" name ">" through)
	} else if (name in room) {
		target = room[name]
		if (!((home ":" target) in may))
			breach(home, file, "includes " name " (" target ")" through)
		else if (name ~ /_private\.h$/ && home != target && (home == "db") != (target == "db"))
			breach(home, file, "includes " name ", private to " target through)
	} else if (name ~ /^(db|core|tui|cli|verify|tests)\//) {
		if (through == "")
			breach(home, file, "includes " name ", which is in no list")
	} else if (home == "rules" && !(name in pure)) {
		breach(home, file, "includes <" name ">" through)
	}
}

END {
	for (i = 1; i <= file_count; i++) {
		if (!(files[i] in room))
			breach("rooms", files[i], "is in no fragment's list")
		else
			look(files[i], files[i], "")
		present[files[i]] = 1
	}
	for (file in room)
		if (!(file in present))
			breach("rooms", file, "is listed in " room[file] " and is not there")
}
