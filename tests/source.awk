# The house's sizes and forbidden things (HACKING), one pass over the C sources: prints a line
# "RULE<tab>FILE:LINE: WHAT" for each breach. It reads C by its layout: clang-format sees to that.

BEGIN {
	# The four places where file-scope state may change.
	split("db/vfs.c db/allocator.c db/random.c tui/signals.c", words)
	for (i in words) stateful[words[i]] = 1
	banned = "(sprintf|vsprintf|strcpy|strcat|gets|atoi|atol|atoll|atof|system|popen|tmpnam|" \
		"tempnam|mktemp|rand|srand)"
	unfinished = "(TO" "DO|FIX" "ME|XX" "X)"
	sql = "(SELECT |INSERT INTO |DELETE FROM |UPDATE [a-z_]+ SET|CREATE (TABLE|INDEX|TRIGGER|" \
		"VIRTUAL)|PRAGMA |BEGIN IMMEDIATE)"
	# Labels of switches that are no enum of ours: a foreign library's or a number's name.
	foreign_label = "^(KEY_|SQLITE_|UTF8PROC_|JSON_|VTERM_|SIG|S_I|F_|E[A-Z0-9]+$)"
}

function breach(rule, line, what) {
	print rule "\t" file ":" line ": " what
}

# The line without comments, strings and characters emptied; strings go to text.
function code_of(line,    out, i, mark) {
	out = ""
	text = ""
	while (line != "") {
		if (in_comment) {
			i = index(line, "*/")
			if (!i)
				return out
			line = substr(line, i + 2)
			in_comment = 0
			continue
		}
		i = match(line, /["']|\/\*|\/\//)
		if (!i)
			return out line
		out = out substr(line, 1, i - 1)
		mark = substr(line, i, 1)
		if (mark == "/") {
			if (substr(line, i, 2) == "//")
				return out
			in_comment = 1
			line = substr(line, i + 2)
			continue
		}
		line = substr(line, i + 1)
		while (line != "" && substr(line, 1, 1) != mark) {
			i = substr(line, 1, 1) == "\\" ? 2 : 1
			text = text substr(line, 1, i)
			line = substr(line, i + 1)
		}
		text = text " "
		line = substr(line, 2)
		out = out mark mark
	}
	return out
}

# How many parameters the last parameter list of a declaration names.
function parameters_of(declaration,    i, c, depth, count, start) {
	gsub(/__attribute__ *\(\([^;{]*\)\)/, "", declaration)
	start = match(declaration, /[A-Za-z0-9_]+\(/)
	if (!start)
		return 0
	count = 1
	for (i = start + RLENGTH - 1; i <= length(declaration); i++) {
		c = substr(declaration, i, 1)
		if (c == "(")
			depth++
		else if (c == ")" && --depth == 0)
			return count
		else if (c == "," && depth == 1)
			count++
	}
	return count
}

# What is constant says so of itself, not only of what it points to.
function is_constant(declaration) {
	sub(/=.*/, "", declaration)
	sub(/^.*\*/, "", declaration)
	return declaration ~ /(^|[^A-Za-z0-9_])const([^A-Za-z0-9_]|$)/
}

# A function that stands in for a library's has the library's list (the linker's --wrap).
function judge_parameters(declaration, line) {
	if (declaration ~ /__(wrap|real)_/)
		return
	if (parameters_of(declaration) > 5)
		breach("parameters", line, parameters_of(declaration) " parameters")
}

# A whole declaration outside functions, up to its semicolon.
function judge_declaration(declaration, line) {
	sub(/^[ \t]+/, "", declaration)
	if (declaration ~ /^typedef /) {
		if (declaration ~ /^typedef [^(]*\(/) {
			sub(/\(.*/, "", declaration)
			sub(/.*[ *]/, "", declaration)
			function_type[declaration] = 1
		} else if (declaration ~ /^typedef (struct|union|enum)/)
			breach("typedef", line, "a struct, union or enum behind a typedef")
		return
	}
	if (declaration == "" || declaration ~ /^(_S|s)tatic_assert *\(/)
		return
	if (declaration ~ /^(struct|union|enum)( [A-Za-z0-9_]+)?( *\{\})?$/)
		return
	if (declaration ~ /\(/ && declaration !~ /\( *\*/ && declaration !~ /=/) {
		judge_parameters(declaration, line)
		return
	}
	if (declaration ~ /\( *\*[^=]*\)\(/ && declaration !~ /^[^(]*\( *\*/) {
		judge_parameters(declaration, line)
		return
	}
	if (!is_constant(declaration) && !(file in stateful) && file !~ /^tests\//)
		doubt(declaration, line)
}

# State, unless it declares a function by its type; types may come in a later file.
function doubt(declaration, line) {
	doubts++
	doubt_at[doubts] = file ":" line ": mutable file-scope state: " substr(declaration, 1, 60)
	sub(/^(static|extern) /, "", declaration)
	doubt_type[doubts] = ""
	if (declaration ~ /^[a-z_0-9]+( [a-z_0-9]+,?)+$/)
		doubt_type[doubts] = substr(declaration, 1, index(declaration, " ") - 1)
}

function function_ends(line,    length_, most) {
	length_ = line - start + 1
	most = file ~ /^tests\// ? 80 : 60
	if (length_ > most)
		breach("functions", start, "a function of " length_ " lines")
	if (file !~ /^tests\//) {
		functions++
		of_length[length_]++
		if (length_ > longest)
			longest = length_
	}
}

# What a file is for: the first paragraph of the comment it begins with, of 1 to 10 lines. The essay or
# format that some files need comes after it.
function judge_opening(line) {
	if (line ~ /\*\/[ \t]*$/ || (FNR > 1 && line ~ /^ \*[ \t]*$/))
		opens = 0
	gsub(/[\/* \t]/, "", line)
	said += line != ""
	commented = !opens && said >= 1 && said <= 10
	if (said > 10)
		opens = 0
}

function file_ends() {
	if (file == "")
		return
	if (file ~ /\.h$/ && lines - tabled > 220)
		breach("headers", lines, "a header of " (lines - tabled) " lines (tables apart)")
	if (lines > 600)
		breach("files", lines, "a file of " lines " lines")
	if (!commented)
		breach("comments", 1, "does not begin with a paragraph of 1 to 10 lines on what it is for")
}

FNR == 1 {
	file_ends()
	file = FILENAME
	sub(/^\.\//, "", file)
	in_comment = depth = in_function = lines = tabled = commented = macro = switches = 0
	in_table = 0
	declaration = ""
	opens = /^\/\*/
	said = 0
	if (file ~ /(^|[\/_])utils?[._]/)
		breach("util", 1, "no util: text, days and memory have homes of their own")
}

{
	lines = FNR
	if (opens)
		judge_opening($0)
	if (/clang-format off/)
		in_table = 1
	tabled += in_table
	if (/clang-format on/)
		in_table = 0
	if (match($0, "(^|[^A-Za-z0-9_])" unfinished "([^A-Za-z0-9_]|$)"))
		breach("unfinished", FNR, "unfinished: " substr($0, RSTART, 40))

	code = code_of($0)
	if (match(code, "(^|[^A-Za-z0-9_>.])" banned "[ \t]*\\("))
		breach("banned", FNR, substr(code, RSTART, RLENGTH) " is banned")
	if (file ~ /^tests\// && code ~ /(^|[^A-Za-z0-9_])(u|nano|clock_nano)?sleep *\(/)
		breach("sleep", FNR, "a test waits for what must be seen, it does not sleep")
	if (file !~ /^(db|tests)\// && match(text, "(^|[^A-Za-z])" sql))
		breach("sql", FNR, "SQL outside db/: " substr(text, RSTART, 40))
	judge_switch(code)

	if (macro || code ~ /^[ \t]*#/) {
		macro = $0 ~ /\\$/
		next
	}
	if (in_function && code ~ /^[ \t]+static / && !is_constant(code) && code !~ /\(/ &&
		file !~ /^tests\//)
		breach("state", FNR, "mutable static: " substr(code, 1, 60))
	walk(code)
}

# Braces and semicolons outside functions.
function walk(code,    i, c) {
	while (match(code, /[{};]/)) {
		i = RSTART
		c = substr(code, i, 1)
		if (!depth)
			add(substr(code, 1, i - 1))
		code = substr(code, i + 1)
		if (c == "{") {
			if (!depth && declaration ~ /\)[ \t]*$/ && declaration !~ /=/) {
				in_function = 1
				judge_parameters(declaration, start)
			}
			depth++
		} else if (c == "}") {
			depth--
			if (!depth && in_function) {
				function_ends(FNR)
				in_function = 0
				declaration = ""
			} else if (!depth) {
				declaration = declaration "{}"
			}
		} else if (!depth) {
			judge_declaration(declaration, start)
			declaration = ""
		}
	}
	if (!depth)
		add(code)
}

function add(piece) {
	sub(/^[ \t]+/, "", piece)
	if (piece == "")
		return
	if (declaration == "")
		start = FNR
	sub(/[ \t]+$/, "", declaration)
	declaration = declaration == "" ? piece : declaration " " piece
}

# A switch over an enum of ours lists every value, so that a new one is not forgotten.
function judge_switch(code,    indent, label) {
	match(code, /^\t*/)
	indent = RLENGTH
	if (code ~ /^\t*switch \(/) {
		switches++
		at[switches] = indent
		is_enum[switches] = 0
		has_default[switches] = 0
	} else if (switches && indent == at[switches]) {
		if (code ~ /^\t*case /) {
			label = code
			sub(/^\t*case /, "", label)
			sub(/:.*/, "", label)
			if (label ~ /^[A-Z][A-Z0-9_]*$/ && label !~ foreign_label)
				is_enum[switches] = 1
		} else if (code ~ /^\t*default:/) {
			has_default[switches] = FNR
		} else if (code ~ /^\t*\}/) {
			if (is_enum[switches] && has_default[switches])
				breach("default", has_default[switches], "a default in a switch over an enum")
			switches--
		}
	}
}

END {
	file_ends()
	for (i = 1; i <= doubts; i++)
		if (!(doubt_type[i] in function_type))
			print "state\t" doubt_at[i]
	for (i = 1; i <= longest; i++) {
		sum += of_length[i]
		if (!median && 2 * sum >= functions)
			median = i
	}
	if (median > 15)
		breach("median", 0, "the median function has " median " lines, more than 15")
	printf "sizes\t%d functions, median %d lines, longest %d\n", functions, median, longest
}
