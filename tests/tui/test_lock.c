/*
 * The locked desk: by key, when it is left alone, on Ctrl-Z and when the line
 * drops. What was open stands nowhere in the process's memory then; unlocking
 * brings back the same screen with what had been typed, for that person alone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "tests/sanitizer.h"
#include "tests/tui/on_demo.h"

static const char typed[] = "Quillfeather", searched[] = "Inkwellby";

/* How often a word stands among bytes, its characters step apart. */
static long count_in(const char *bytes, size_t size, const char *word, size_t step)
{
	size_t length = strlen(word);
	long count = 0;

	for (size_t at = 0; at + length * step <= size; at++) {
		size_t i = 0;

		while (i < length && bytes[at + i * step] == word[i])
			i++;
		count += i == length;
	}
	return count;
}

/* Words of this size at most; how long one that was typed is looked for. */
enum { WORD_MOST = 64, SEARCH_SECONDS = 60 };

/* In one mapping, piece by piece; pieces overlap by the longest word. */
static long mapping_search(
	int memory, unsigned long long from, unsigned long long to, const char *word)
{
	static const size_t steps[] = { 1, sizeof(wchar_t), 28 };
	enum { PIECE = 1 << 20, OVERLAP = WORD_MOST * 28 };
	static char bytes[PIECE + OVERLAP];
	long count = 0;

	while (from < to) {
		size_t wanted = to - from < sizeof(bytes) ? (size_t)(to - from) : sizeof(bytes);
		ssize_t got = pread(memory, bytes, wanted, (off_t)from);
		size_t length;

		if (got <= 0)
			break;
		for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
			length = (size_t)got;
			if (length > PIECE)
				length = PIECE + (strlen(word) - 1) * steps[i];
			count += count_in(
				bytes, length < (size_t)got ? length : (size_t)got, word, steps[i]);
		}
		from += (size_t)got > PIECE ? PIECE : (size_t)got;
	}
	return count;
}

/* In all memory of the screens' process that can be read, its stack and curses' screens with it: as
   bytes, as wide characters, as curses' cells; -1: it cannot be read. */
static long process_search(pid_t process, const char *word)
{
	unsigned long long from, to;
	char name[64], line[512], rights[5];
	long count = 0;
	FILE *maps;
	int memory;

	snprintf(name, sizeof(name), "/proc/%d/mem", (int)process);
	memory = open(name, O_RDONLY);
	snprintf(name, sizeof(name), "/proc/%d/maps", (int)process);
	maps = fopen(name, "r");
	if (memory < 0 || !maps)
		return -1;
	while (fgets(line, sizeof(line), maps))
		if (sscanf(line, "%llx-%llx %4s", &from, &to, rights) == 3 && rights[0] == 'r' &&
			!strstr(line, "[v"))
			count += mapping_search(memory, from, to, word);
	fclose(maps);
	close(memory);
	return count;
}

static long memory_search(struct terminal *terminal, const char *word)
{
	return process_search(terminal_child(terminal), word);
}

static void locked_see(struct demo *demo)
{
	terminal_see_in_row(demo->terminal, 0, "Locked");
	terminal_see(demo->terminal, "is wiped from this");
}

/* Casey's first receipt of those assigned to her. */
static void receipt_open(struct demo *demo)
{
	demo_start(demo, "casey", 24, 80);
	terminal_press(demo->terminal, PRESS_ENTER);
	terminal_see(demo->terminal, "[Summary]");
}

static void test_locked_by_key(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;
	char before[256];

	demo->environment = NULL;
	demo_start(demo, "casey", 24, 80);
	terminal_type(terminal, "2");
	terminal_see(terminal, "[Unassigned");
	terminal_type(terminal, "jjj");
	terminal_see_in_row(terminal, 7, "▸");
	terminal_see_in_row(terminal, 7, "JANKOWSKI, A      3");
	terminal_row(terminal, 7, before, sizeof(before));
	terminal_type(terminal, "L");
	locked_see(demo);
	assert_false(terminal_has(terminal, "Unassigned"));
	terminal_type(terminal, "no password at all\r");
	terminal_see(terminal, "wrong");
	demo_unlock(demo, "casey");
	terminal_see(terminal, "[Unassigned");
	terminal_see_row(terminal, 7, before);
	demo_leave(demo, "q");
}

/* The rule says by when it was typed: "#" is any digit. */
static void back_see(struct terminal *terminal, const char *wanted)
{
	char rule[512];
	size_t at = 0, from = strlen("─");

	terminal_see_in_row(terminal, 21, "is back, not saved yet ─");
	terminal_row(terminal, 21, rule, sizeof(rule));
	while (wanted[at] == rule[from + at] ||
		(wanted[at] == '#' && rule[from + at] >= '0' && rule[from + at] <= '9'))
		at++;
	if (wanted[at] != '\0')
		fail_msg("not \"%s\": %s", wanted, rule);
}

/* On Ctrl-Z the desk locks; where nobody could send it on it does not stop. */
static void test_note_comes_back(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	receipt_open(demo);
	terminal_type(terminal, "N");
	terminal_see(terminal, "In words");
	terminal_type(terminal, "a note half");
	terminal_see(terminal, "a note half");
	terminal_type(terminal, "\032");
	locked_see(demo);
	assert_false(terminal_has(terminal, "a note half"));
	terminal_see(terminal, "Esc leaves; what you had");
	demo_unlock(demo, "casey");
	terminal_see(terminal, "a note half");
	back_see(terminal, " What you had typed by ##:## is back, not saved yet ");
	terminal_type(terminal, " ");
	terminal_unsee(terminal, "What you had typed");
	terminal_type(terminal, "written\023");
	terminal_see(terminal, "[Summary]");
	terminal_type(terminal, "4");
	terminal_see(terminal, "a note half written");
	terminal_type(terminal, "L");
	locked_see(demo);
	demo_unlock(demo, "casey");
	terminal_see(terminal, "[Notes");
	demo_wait_for_key(demo);
	assert_false(terminal_has(terminal, "What you had typed"));
	terminal_type(terminal, "q");
	terminal_see(terminal, "[Mine");
	demo_leave(demo, "q");
}

/* In a text L is a letter and Enter sends nothing; Ctrl-K locks there as everywhere,
   in a window that is too small, too. */
static void test_locked_while_typing(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "casey", 24, 80);
	terminal_type(terminal, "2");
	terminal_see(terminal, "[Unassigned");
	terminal_press(terminal, PRESS_ENTER);
	terminal_see(terminal, "[Summary]");
	terminal_type(terminal, "k");
	terminal_see(terminal, "What is asked");
	terminal_see_in_row(terminal, 23, "^S do it  ^O receipt");
	terminal_see_in_row(terminal, 23, "^K lock  F1 help");
	terminal_type(terminal, "\025Lock it\r");
	terminal_see(terminal, "This is the last line: Ctrl-S does it");
	terminal_see(terminal, "What is asked           Lock it");
	terminal_resize(terminal, 10, 40);
	terminal_see(terminal, "This terminal is 40 by 10");
	terminal_type(terminal, "\013");
	terminal_resize(terminal, 24, 80);
	locked_see(demo);
	demo_unlock(demo, "casey");
	terminal_see(terminal, "What is asked           Lock it");
	terminal_type(terminal, "\033OP");
	terminal_see(terminal, "Ctrl-K      lock");
	terminal_type(terminal, "q\033");
	terminal_see(terminal, "Esc again leaves");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see(terminal, "[Summary]");
	terminal_type(terminal, "q");
	terminal_see_in_row(terminal, 23, "L lock  ? help  q quit");
	demo_leave(demo, "q");
}

/* Under a shell with jobs it locks, then stops, by key and by signal; and goes on locked. */
static void test_stopped(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;
	char line[1200];
	const char *const arguments[] = { "/bin/sh", "-mc", line, NULL };
	const struct terminal_program program = { .arguments = arguments };

	snprintf(line, sizeof(line),
		"%s -s %s -u casey; echo It stopped; read x; fg; echo Again; kill %%1; fg",
		demo->program, demo->store);
	terminal_start(terminal, &program);
	terminal_see(terminal, "Unlock");
	demo_unlock(demo, "casey");
	terminal_see(terminal, "[Mine");
	terminal_type(terminal, "\032");
	terminal_see(terminal, "It stopped");
	assert_false(terminal_is_alternate(terminal));
	assert_false(terminal_has(terminal, "Mine"));
	terminal_type(terminal, "\n");
	locked_see(demo);
	demo_unlock(demo, "casey");
	terminal_see(terminal, "[Mine");
	terminal_type(terminal, "\032");
	terminal_see(terminal, "Again");
	(void)terminal_end(terminal);
}

/* The form of a request, left alone: the words in it come back, for nobody else. A password that is
   begun and left alone is asked for anew. */
static void test_left_alone(void **state)
{
	static const char *const environment[] = { "TRACEDESK_LOCK_SECONDS=4", NULL };
	static const char *const next_day[] = { "TRACEDESK_TODAY=2021-01-05", NULL };
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo->environment = environment;
	demo_start(demo, "casey", 24, 80);
	terminal_type(terminal, "n");
	terminal_see(terminal, "Log a request");
	terminal_type(terminal, "1");
	terminal_see(terminal, "Organisation");
	terminal_type(terminal, "\t\t");
	terminal_type(terminal, typed);
	terminal_see(terminal, typed);
	locked_see(demo);
	terminal_type(terminal, "half a password\tXY");
	terminal_see(terminal, "caseyXY");
	terminal_unsee(terminal, "caseyXY");
	locked_see(demo);
	demo_wait_for_key(demo);
	demo_unlock(demo, "casey");
	terminal_see(terminal, typed);
	terminal_type(terminal, "\032");
	locked_see(demo);
	demo_leave(demo, "\033");
	demo->environment = NULL;
	demo_start(demo, "chris", 24, 80);
	assert_false(terminal_has(terminal, typed));
	demo_leave(demo, "q");
	demo->environment = next_day;
	demo_enter(demo, "casey", 24, 80);
	terminal_see(terminal, typed);
	terminal_see(terminal, "Log a request");
	back_see(terminal, " What you had typed by 04/01/2021 ##:## is back, not saved yet ");
	demo->environment = NULL;
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see(terminal, "y throw away");
	terminal_type(terminal, "y");
	terminal_see(terminal, "[Mine");
	demo_leave(demo, "q");
	demo_start(demo, "casey", 24, 80);
	assert_true(terminal_has(terminal, "[Mine"));
	demo_leave(demo, "q");
}

static void test_batch_comes_back(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "casey", 24, 80);
	terminal_type(terminal, "B");
	terminal_see(terminal, "n receive");
	terminal_type(terminal, "n");
	terminal_see(terminal, "Organisation");
	terminal_type(terminal, "\t");
	terminal_type(terminal, typed);
	terminal_see(terminal, typed);
	terminal_type(terminal, "\032");
	locked_see(demo);
	demo_unlock(demo, "casey");
	terminal_see(terminal, typed);
	terminal_type(terminal, "\033\033");
	terminal_see(terminal, "n receive");
	terminal_type(terminal, "q");
	terminal_see(terminal, "[Mine");
	demo_leave(demo, "q");
}

static void test_line_dropped(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	receipt_open(demo);
	terminal_type(terminal, "x");
	terminal_see(terminal, "Note for the reviewer");
	terminal_type(terminal, "\t\t");
	terminal_type(terminal, typed);
	terminal_see(terminal, typed);
	terminal_hang_up(terminal);
	(void)terminal_end(terminal);
	demo_enter(demo, "casey", 24, 80);
	terminal_see(terminal, typed);
	terminal_see(terminal, "Note for the reviewer");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see(terminal, "Esc again leaves");
	terminal_press(terminal, PRESS_ESCAPE);
	terminal_see(terminal, "[Summary]");
	terminal_type(terminal, "q");
	terminal_see(terminal, "[Mine");
	demo_leave(demo, "q");
}

/* Typed, it stands there; used, it does not. */
static void password_type(struct demo *demo, const char *password)
{
	time_t late = time(NULL) + SEARCH_SECONDS;

	terminal_type(demo->terminal, password);
	while (memory_search(demo->terminal, password) == 0) {
		assert_true(terminal_has(demo->terminal, "Unlock"));
		assert_true(time(NULL) < late);
	}
	terminal_type(demo->terminal, "\r");
	terminal_see(demo->terminal, "q quit");
	terminal_unsee(demo->terminal, "reading");
	assert_int_equal(memory_search(demo->terminal, password), 0);
}

/* A search, a receipt, a note on it, its subjects, a form half typed. */
static void much_open(struct demo *demo)
{
	struct terminal *terminal = demo->terminal;

	terminal_type(terminal, "/");
	terminal_see(terminal, "F1 has the keys");
	terminal_type(terminal, searched);
	terminal_type(terminal, "\r");
	terminal_see(terminal, "No receipt matches");
	terminal_type(terminal, "\025ref:TR-2020-000216\r");
	terminal_see(terminal, "Held, with casey");
	terminal_type(terminal, "\r");
	terminal_see(terminal, "[Summary]");
	terminal_type(terminal, "Nseen\023");
	terminal_see(terminal, "TR-2020-000216: ");
	terminal_type(terminal, "23");
	terminal_see(terminal, "[Subjects");
	terminal_type(terminal, "e");
	terminal_see(terminal, "Their ref.");
	terminal_type(terminal, "\t\t");
	terminal_type(terminal, typed);
	terminal_see(terminal, typed);
}

/* Some of the demo's names are the program's own: those that it holds before anybody has unlocked
   are no leavings. */
static void test_memory_is_wiped(void **state)
{
	static const char *const words[] = { typed, searched, "Abernethy", "Devon & Cornwall",
		"TR-2020-000216", "10/02477/20", "Casey Ward", "Chief Inspector" };
	enum { WORDS = sizeof(words) / sizeof(words[0]) };
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;
	const char *const arguments[] = { demo->program, "-s", demo->store, "-u", "casey", NULL };
	const struct terminal_program program = { .arguments = arguments };
	long own[WORDS], before[WORDS], left = 0;
	char password[WORD_MOST];

	if (HAS_SANITIZER) {
		print_message("# its allocator keeps what is freed as it was\n");
		skip();
	}
	demo_password(demo, "casey", password);
	terminal_start(terminal, &program);
	terminal_see(terminal, "Unlock");
	for (size_t i = 0; i < WORDS; i++)
		own[i] = memory_search(terminal, words[i]);
	if (own[0] < 0) {
		print_message("# the memory of a process without dumps is for root to read\n");
		demo_leave(demo, "\003");
		skip();
	}
	password_type(demo, password);
	much_open(demo);
	for (size_t i = 0; i < WORDS; i++)
		before[i] = memory_search(terminal, words[i]);
	terminal_type(terminal, "\032");
	locked_see(demo);
	for (size_t i = 0; i < WORDS; i++) {
		long after = memory_search(terminal, words[i]);

		print_message("# \"%s\" in memory: %ld times before, %ld locked, %ld at first\n",
			words[i], before[i], after, own[i]);
		assert_true(before[i] > own[i]);
		assert_true(after >= 0);
		left += after > own[i] ? after - own[i] : 0;
	}
	assert_int_equal(left, 0);
	assert_int_equal(memory_search(terminal, password), 0);
	demo_unlock(demo, "casey");
	terminal_see(terminal, typed);
	demo_leave(demo, "\003");
}

/* What a shell wrote down of the process that it became. */
static pid_t process_read(const struct demo *demo)
{
	char path[DEMO_PATH_SIZE];
	int process = 0;
	FILE *file;

	snprintf(path, sizeof(path), "%s/pid", demo->folder);
	file = fopen(path, "re");
	assert_non_null(file);
	assert_int_equal(fscanf(file, "%d", &process), 1);
	fclose(file);
	return process;
}

/* Half a password, typed where it is asked for: while the program is stopped it stands nowhere, and
   once it goes on the field is empty. */
static void half_typed_stop(
	struct demo *demo, pid_t process, const char *title, const char *stopped)
{
	struct terminal *terminal = demo->terminal;
	long before;

	terminal_see_in_row(terminal, 0, title);
	terminal_type(terminal, typed);
	while ((before = process_search(process, typed)) == 0)
		assert_true(terminal_has(terminal, title));
	terminal_type(terminal, "\032");
	terminal_see(terminal, stopped);
	print_message("# %s, half a password in memory: %ld times before, %ld stopped\n", title,
		before, process_search(process, typed));
	assert_int_equal(process_search(process, typed), before < 0 ? -1 : 0);
	terminal_type(terminal, "\n");
	terminal_see_in_row(terminal, 0, title);
	demo_unlock(demo, "casey");
	terminal_see(terminal, "[Mine");
}

static void test_half_typed_is_wiped(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;
	char line[2048];
	const char *const arguments[] = { "/bin/sh", "-mc", line, NULL };
	const struct terminal_program program = { .arguments = arguments };
	pid_t process;

	if (HAS_SANITIZER) {
		print_message("# its shadow is more memory than can be searched\n");
		skip();
	}
	snprintf(line, sizeof(line),
		"sh -c 'echo $$ >%s/pid; exec %s -s %s -u casey'; echo It stopped; read x; fg; "
		"echo Again; read x; fg",
		demo->folder, demo->program, demo->store);
	terminal_start(terminal, &program);
	terminal_see(terminal, "Unlock");
	process = process_read(demo);
	half_typed_stop(demo, process, "Unlock", "It stopped");
	terminal_type(terminal, "L");
	half_typed_stop(demo, process, "Locked", "Again");
	terminal_type(terminal, "q");
	(void)terminal_end(terminal);
}

/* Before a password is typed for a store that holds somebody. */
static void test_told_what_is_enforced(void **state)
{
	struct demo *demo = *state;
	char store[DEMO_PATH_SIZE];
	const char *const arguments[] = { demo->program, "-s", store, "-u", "boss", NULL };
	const struct terminal_program program = { .arguments = arguments };

	snprintf(store, sizeof(store), "%s/desk.tdk", demo->folder);
	demo_beside(demo, "$P -s $D/desk.tdk -u boss --password-file $D/casey.password init "
			  "--recovery-file $D/code");
	terminal_start(demo->terminal, &program);
	terminal_see(demo->terminal, "Not installed set-group-ID");
	terminal_see(demo->terminal, "provable here");
	demo_leave(demo, "\003");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_locked_by_key),
		cmocka_unit_test(test_note_comes_back),
		cmocka_unit_test(test_locked_while_typing),
		cmocka_unit_test(test_stopped),
		cmocka_unit_test(test_left_alone),
		cmocka_unit_test(test_batch_comes_back),
		cmocka_unit_test(test_line_dropped),
		cmocka_unit_test(test_memory_is_wiped),
		cmocka_unit_test(test_told_what_is_enforced),
		cmocka_unit_test(test_half_typed_is_wiped),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("lock", tests, demo_setup, demo_teardown);
}
