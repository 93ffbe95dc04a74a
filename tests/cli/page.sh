#!/bin/sh
# The register as a web page: both published layouts word for word, whole in itself, every element
# closed, every table with its caption and head cells.
. "$TOP_SRCDIR/tests/cli/cli.sh"
golden=$TOP_SRCDIR/tests/golden
make_demo

squeeze() {
	sed 's/[[:space:]][[:space:]]*/ /g; s/^ //; s/ $//; /^$/d; /^Provisional/d; /^DEMO/d
		/^Explanation of terms/q'
}
# The page's words as a person reads them, a row a line; what the layouts on paper do not have goes:
# the title, links, heads of two columns and the captions of the wide tables.
words() {
	sed '1,/^<main>/d; /<caption>Requests by outcome/d; /<caption>Submissions and trans/d' "$1" |
		tr -d '\n' | sed 's/<thead><tr><th scope="col">\(Service\|Month\)<[^\/]*\/th>[^\/]*\/th>//g
			s/<th scope="col">Measure<\/th>//g
			s/<\/\(caption\|h2\|h3\|p\|tr\|li\)>/\n/g; s/<[^>]*>/ /g
			s/&#39;/'"'"'/g; s/&amp;/\&/g' | squeeze
}

as casey figures 2020-12 --format html >"$scratch/list.html"
as casey figures 2020-02 --layout matrix --format html >"$scratch/matrix.html"
as casey figures 2020 --format html -o "$scratch/year.html"
words "$scratch/list.html" >"$scratch/got"
tap_empty 'the list layout is as published' "$(squeeze <"$golden/list_2020-12.txt" | diff - "$scratch/got")"
words "$scratch/matrix.html" >"$scratch/got"
tap_empty 'the matrix layout is as published' \
	"$(squeeze <"$golden/matrix_2020-02.txt" | diff - "$scratch/got")"

# The terms word for word, then the footnotes, each once.
sed '1,/id="terms"/d; /id="charts"/,$d' "$scratch/matrix.html" | sed 's/<li>/- /; s/<[^>]*>//g; /^$/d' \
	>"$scratch/got"
tap_empty 'then the terms as published, and the footnote' "$(
	{
		sed '/^$/d' "$golden/explanation_of_terms.txt"
		echo Notes
		echo '*NHS Counter Fraud Authority ceased 31 March 2019'
	} | diff - "$scratch/got"
)"
tap_true 'a footnote stands once in a year' \
	[ "$(grep -c 'NHS Counter Fraud' "$scratch/year.html")" -eq 1 ]
tap_empty 'tracing newest month first, DBSB oldest first' "$({
	sed -n 's/.*<h2 id="m\(....-..\)".*/\1/p' "$scratch/year.html" | sort -r >"$scratch/a"
	sed -n 's/.*<h2 id="m\(....-..\)".*/\1/p' "$scratch/year.html" | diff - "$scratch/a"
	[ "$(grep -c '' "$scratch/a")" -eq 12 ] || echo 'not twelve months'
	sed '1,/id="dbsb"/d' "$scratch/year.html" | grep -o 'scope="row">[A-Z][a-z]* 2020' |
		sed -n '1p; 12p' | tr '\n' ' ' | grep -v '>January 2020 .*>December 2020 '
})"

# Elements that are not closed where they should be.
unclosed() {
	awk -v RS='<' '
		NR == 1 || /^!/ { next }
		{
			name = $0
			sub(/[ >\/].*/, "", name)
			if (substr($0, 1, 1) == "/") {
				name = substr($0, 2)
				sub(/>.*/, "", name)
				if (open[depth] != name)
					print "</" name "> closes <" open[depth] ">"
				depth--
			} else if (name != "meta" && $0 !~ /^[^>]*\/>/) {
				open[++depth] = name
			}
		}
		END { if (depth != 0) print depth " open at the end"; if (NR < 100) print "only " NR }' "$1"
}
for page in list matrix year; do
	file=$scratch/$page.html
	tap_empty "$page: every element is closed" "$(unclosed "$file")"
	tap_empty "$page: nothing of it is elsewhere, no script" \
		"$(grep -nE '<script|<link|<img|https?:|@import|url\([^#]' "$file")"
	tap_empty "$page: a caption for each table, a scope for each head cell" "$(
		tables=$(grep -c '<table' "$file")
		[ "$(grep -c '<caption>' "$file")" -eq "$tables" ] || echo "captions"
		[ "$tables" -gt 1 ] || echo "$tables tables"
		grep -o '<th[^e>]*>' "$file" | grep -v 'scope="\(row\|col\)"'
	)"
	tap_empty "$page: its language, its paper, dark and light, two charts told in words" "$(
		for word in '<html lang="en-GB">' '@page{size:A4' 'prefers-color-scheme:dark' \
			'@media print' '<desc id="tracing">.* Rejected [0-9]' \
			'<desc id="transactions">.* Unmatched [0-9]'; do
			grep -q "$word" "$file" || echo "no $word"
		done
		[ "$(grep -c 'role="img"' "$file")" -eq 2 ] || echo 'not two charts'
	)"
	ids=$(grep -o ' id="[^"]*"' "$file" | sort | uniq -d)
	tap_empty "$page: no id stands twice" "$ids"
	tap_empty "$page: each link leads somewhere" "$(
		grep -o 'href="#[^"]*"' "$file" | cut -d'"' -f2 | while read -r link; do
			grep -q "id=\"${link#?}\"" "$file" || echo "$link"
		done
	)"
	if command -v tidy >/dev/null; then
		tap_empty "$page: a validator finds nothing" "$(tidy -q -e "$file" 2>&1)"
	else
		tap_skip "$page: a validator finds nothing" 'no tidy here'
	fi
done
tap_true 'a chart says the figures in words' \
	grep -q 'Court Order: Rejected 8, Approved - Trace 25, Approved - No Trace 4;' \
	"$scratch/list.html"
as casey figures 2020 --format html | cmp - "$scratch/year.html" >"$out" 2>&1
tap_empty 'the same bytes each time' "$(cat "$out")"
tap_done
