/*
 * Locking when others and the world stand against it: somebody else at the same
 * terminal, other roles meanwhile, a receipt that was changed, a store that is
 * busy or gone, signals from outside, a long proof, a program stopped for long.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/tui/on_demo.h"

static const char typed[] = "Quillfeather";

static void locked_see(struct demo *demo)
{
	terminal_see_in_row(demo->terminal, 0, "Locked");
	terminal_see(demo->terminal, "Type your password");
	assert_false(terminal_has(demo->terminal, typed));
}

static void receipt_open(struct demo *demo, const char *reference)
{
	terminal_type(demo->terminal, "/");
	terminal_see(demo->terminal, "F1 has the keys");
	terminal_type(demo->terminal, "ref:");
	terminal_type(demo->terminal, reference);
	terminal_type(demo->terminal, "\r");
	terminal_unsee(demo->terminal, "not searched yet");
	terminal_type(demo->terminal, "\r");
	terminal_see(demo->terminal, "[Summary]");
}

/* A note half typed on a receipt. */
static void note_begin(struct demo *demo, const char *user)
{
	demo_start(demo, user, 24, 80);
	receipt_open(demo, "TR-2020-000216");
	terminal_type(demo->terminal, "N");
	terminal_see(demo->terminal, "In words");
	terminal_type(demo->terminal, typed);
	terminal_see(demo->terminal, typed);
}

/* Not for who comes next, and still there for its author, who works elsewhere meanwhile. */
static void test_other_person(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	note_begin(demo, "casey");
	terminal_type(terminal, "\032");
	locked_see(demo);
	terminal_type(terminal, "\t\025chris\t");
	terminal_see(terminal, "chris");
	demo_unlock(demo, "chris");
	terminal_see(terminal, "Chris Okafor");
	terminal_see(terminal, "[Mine");
	assert_false(terminal_has(terminal, typed));
	terminal_type(terminal, "L");
	locked_see(demo);
	demo_unlock(demo, "chris");
	terminal_see(terminal, "[Mine");
	assert_false(terminal_has(terminal, typed));
	demo_leave(demo, "\003");
	demo_enter(demo, "casey", 24, 80);
	terminal_see(terminal, "In words");
	terminal_see(terminal, typed);
	demo_leave(demo, "\003");
}

/* Somebody whose first screen is another by now stays there. */
static void test_other_roles(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	note_begin(demo, "casey");
	terminal_type(terminal, "\032");
	locked_see(demo);
	demo_beside(demo, "$P -s $D/demo.tdk -u ada --password-file $D/ada.password user role "
			  "casey auditor >/dev/null");
	demo_unlock(demo, "casey");
	terminal_see(terminal, "DEMO  Receipts");
	terminal_see(terminal, "Your roles are others now");
	assert_false(terminal_has(terminal, typed));
	demo_leave(demo, "\003");
	demo_beside(demo, "$P -s $D/demo.tdk -u ada --password-file $D/ada.password user role "
			  "casey caseworker >/dev/null");
}

/* Locked out for good while locked: what was typed has gone with it. */
static void test_disabled(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	note_begin(demo, "sasha");
	terminal_type(terminal, "\032");
	locked_see(demo);
	demo_beside(demo, "$P -s $D/demo.tdk -u ada --password-file $D/ada.password user disable "
			  "sasha >/dev/null");
	demo_unlock(demo, "sasha");
	terminal_see(terminal, "wrong");
	demo_leave(demo, "\003");
}

/* What somebody else changed meanwhile is an edit conflict; what was typed stays. */
static void test_changed_meanwhile(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "casey", 24, 80);
	receipt_open(demo, "TR-2020-000241");
	terminal_type(terminal, "k");
	terminal_see(terminal, "Esc leave");
	terminal_type(terminal, typed);
	terminal_see(terminal, typed);
	terminal_type(terminal, "\032");
	locked_see(demo);
	demo_beside(demo, "echo '{\"offence\": \"burglary of a boathouse\"}' >$D/edit && "
			  "$P -s $D/demo.tdk -u sam --password-file $D/sam.password request edit "
			  "--from $D/edit TR-2020-000241");
	demo_unlock(demo, "casey");
	terminal_see(terminal, typed);
	terminal_type(terminal, "\023");
	terminal_see(terminal, "changed");
	terminal_see(terminal, typed);
	demo_leave(demo, "\003");
}

/* A form that was left is not asked again: the row is as somebody else has changed it. */
static void test_form_left(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_start(demo, "sam", 24, 80);
	terminal_type(terminal, "S");
	terminal_see(terminal, "▸ police");
	terminal_type(terminal, "\r");
	terminal_see(terminal, "Esc leave");
	terminal_type(terminal, "\033");
	terminal_see(terminal, "▸ police");
	terminal_type(terminal, "\032");
	locked_see(demo);
	demo_beside(demo, "echo '{\"label\": \"Constables\"}' >$D/set && "
			  "$P -s $D/demo.tdk -u sam --password-file $D/sam.password service set "
			  "police --from $D/set >/dev/null");
	demo_unlock(demo, "sam");
	terminal_see(terminal, "▸ police");
	terminal_see(terminal, "Constables");
	demo_leave(demo, "\003");
}

/* The file is attached once; only whether its original goes is asked again. */
static void test_original(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	demo_file(demo, "sent.txt", "a line that was sent\n");
	demo_start(demo, "casey", 24, 80);
	receipt_open(demo, "TR-2020-000216");
	terminal_type(terminal, "5");
	terminal_see(terminal, "[Files]");
	terminal_type(terminal, "f");
	terminal_see(terminal, "attach a file");
	terminal_type(terminal, demo->folder);
	terminal_type(terminal, "/sent.txt\r");
	terminal_see(terminal, "Delete the original");
	terminal_type(terminal, "\032");
	locked_see(demo);
	demo_unlock(demo, "casey");
	terminal_see(terminal, "Delete the original");
	terminal_see(terminal, "sent.txt");
	terminal_type(terminal, "y");
	terminal_see(terminal, "[Files 1]");
	demo_beside(demo, "test ! -e $D/sent.txt");
	demo_leave(demo, "\003");
}

/* Holds the turnstile's door on -head, as a writer would. */
static int door_hold(const struct demo *demo)
{
	struct flock door = {
		.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 1025, .l_len = 1
	};
	char path[DEMO_PATH_SIZE + 8];
	int head;

	snprintf(path, sizeof(path), "%s-head", demo->store);
	head = open(path, O_RDWR | O_CLOEXEC);
	assert_true(head >= 0);
	assert_int_equal(fcntl(head, F_OFD_SETLK, &door), 0);
	return head;
}

/* While others write the screen is empty already; what was typed is kept in its turn. */
static void test_busy(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;
	int head;

	note_begin(demo, "casey");
	head = door_hold(demo);
	terminal_type(terminal, "\032");
	terminal_see(terminal, "locking");
	assert_false(terminal_has(terminal, typed));
	assert_false(terminal_has(terminal, "In words"));
	assert_int_equal(close(head), 0);
	locked_see(demo);
	demo_unlock(demo, "casey");
	terminal_see(terminal, typed);
	demo_leave(demo, "\003");
}

/* It is locked and wiped all the same, and says what is lost. */
static void test_store_gone(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	note_begin(demo, "casey");
	demo_beside(demo, "mv $D/demo.tdk $D/elsewhere.tdk");
	terminal_type(terminal, "\032");
	locked_see(demo);
	terminal_see(terminal, "What was typed could not be kept");
	demo_beside(demo, "mv $D/elsewhere.tdk $D/demo.tdk");
	demo_unlock(demo, "casey");
	terminal_see(terminal, "[Mine");
	assert_false(terminal_has(terminal, typed));
	demo_leave(demo, "\003");
}

/* Sent by somebody else's hand: Ctrl-Z's signal, and the end of the line. */
static void test_signals(void **state)
{
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;

	note_begin(demo, "casey");
	terminal_signal(terminal, SIGTSTP);
	locked_see(demo);
	terminal_signal(terminal, SIGCONT);
	demo_unlock(demo, "casey");
	terminal_see(terminal, typed);
	terminal_signal(terminal, SIGHUP);
	terminal_see_restored(terminal);
	assert_true(WIFEXITED(terminal_end(terminal)));
	demo_enter(demo, "casey", 24, 80);
	terminal_see(terminal, typed);
	terminal_signal(terminal, SIGTERM);
	terminal_see_restored(terminal);
	assert_true(WIFEXITED(terminal_end(terminal)));
	demo_enter(demo, "casey", 24, 80);
	terminal_see(terminal, typed);
	demo_leave(demo, "\003");
}

static int64_t seconds_now(void)
{
	struct timespec now;

	assert_int_equal(clock_gettime(CLOCK_BOOTTIME, &now), 0);
	return now.tv_sec;
}

/* Stopped for longer than the desk may be left alone: it locks before it takes a key. */
static void test_stopped_for_long(void **state)
{
	static const char *const environment[] = { "TRACEDESK_LOCK_SECONDS=5", NULL };
	struct demo *demo = *state;
	struct terminal *terminal = demo->terminal;
	int64_t from;
	int status;

	demo->environment = environment;
	demo_start(demo, "chris", 24, 80);
	/* The time that it is left alone counts from then on. */
	demo_wait_for_key(demo);
	terminal_signal(terminal, SIGSTOP);
	assert_int_equal(
		waitpid(terminal_child(terminal), &status, WUNTRACED), terminal_child(terminal));
	assert_true(WIFSTOPPED(status));
	from = seconds_now();
	terminal_type(terminal, "7");
	while (seconds_now() < from + 7)
		(void)terminal_is_quiet(terminal);
	assert_true(terminal_has(terminal, "[Mine"));
	terminal_signal(terminal, SIGCONT);
	locked_see(demo);
	demo->environment = NULL;
	demo_unlock(demo, "chris");
	terminal_see(terminal, "[Mine");
	demo_leave(demo, "\003");
}

/* The clock that it is left alone by goes on while the machine sleeps. */
static void test_clock(void **state)
{
	struct demo *demo = *state;
	char line[256];
	int found = 0;

	demo_start(demo, "chris", 24, 80);
	for (int fd = 0; fd < 64; fd++) {
		FILE *file;

		snprintf(line, sizeof(line), "/proc/%d/fdinfo/%d",
			(int)terminal_child(demo->terminal), fd);
		file = fopen(line, "re");
		while (file && fgets(line, sizeof(line), file))
			if (strncmp(line, "clockid:", 8) == 0) {
				assert_int_equal(strtol(line + 8, NULL, 10), CLOCK_BOOTTIME);
				found++;
			}
		if (file)
			fclose(file);
	}
	demo_leave(demo, "\003");
	if (geteuid() != 0) {
		print_message("# a process without dumps is for root to look at\n");
		skip();
	}
	assert_int_equal(found, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_other_person),
		cmocka_unit_test(test_changed_meanwhile),
		cmocka_unit_test(test_original),
		cmocka_unit_test(test_form_left),
		cmocka_unit_test(test_other_roles),
		cmocka_unit_test(test_disabled),
		cmocka_unit_test(test_busy),
		cmocka_unit_test(test_store_gone),
		cmocka_unit_test(test_signals),
		cmocka_unit_test(test_stopped_for_long),
		cmocka_unit_test(test_clock),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("lock others", tests, demo_setup, demo_teardown);
}
