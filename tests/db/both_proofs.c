/*
 * The store's own proof and tracedesk-verify, side by side.
 */
#include "both_proofs.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/trail_export.h"
#include "db/verify.h"

static char exported[128], program[256];

void proofs_start(const char *path)
{
	const char *built = getenv("TOP_BUILDDIR");

	(void)snprintf(exported, sizeof(exported), "%s", path);
	(void)snprintf(program, sizeof(program), "%s/tracedesk-verify", built ? built : ".");
}

static enum db_status write_piece(void *with, const uint8_t *bytes, size_t size)
{
	return fwrite(bytes, 1, size, with) == size ? DB_OK : DB_IO;
}

void proofs_export(struct store *store)
{
	FILE *file = fopen(exported, "wb");
	const struct trail_export wanted = { INT64_MAX, write_piece, file };

	assert_non_null(file);
	assert_int_equal(trail_export(store, &wanted), DB_OK);
	assert_int_equal(fclose(file), 0);
}

int proofs_verifier(char *out)
{
	char *const arguments[] = { program, exported, NULL };
	posix_spawn_file_actions_t actions;
	int pipes[2], status;
	size_t size = 0;
	ssize_t got;
	pid_t pid;

	assert_int_equal(pipe2(pipes, O_CLOEXEC), 0);
	assert_int_equal(posix_spawn_file_actions_init(&actions), 0);
	assert_int_equal(posix_spawn_file_actions_adddup2(&actions, pipes[1], 1), 0);
	assert_int_equal(posix_spawn(&pid, program, &actions, NULL, arguments, environ), 0);
	assert_int_equal(posix_spawn_file_actions_destroy(&actions), 0);
	assert_int_equal(close(pipes[1]), 0);
	while ((got = read(pipes[0], out + size, PROOFS_OUTPUT - 1 - size)) > 0)
		size += (size_t)got;
	out[size] = '\0';
	assert_int_equal(close(pipes[0]), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* The first line of the verifier's about an event, without its number, which goes to out_event. */
static const char *first_problem(char *out, int64_t *out_event)
{
	char *line = strstr(out, "\nEvent "), *colon;

	if (!line)
		return NULL;
	*out_event = strtoll(line + 7, &colon, 10);
	if ((line = strchr(colon, '\n')) != NULL)
		*line = '\0';
	return colon + 2;
}

bool proofs_name(struct store *store, const struct proof_wanted *wanted, int64_t event, char *out)
{
	struct trail_verdict verdict;
	const char *what = NULL;
	int64_t named = 0;
	bool is_named;
	int status;

	assert_int_equal(trail_verify(store, &verdict), DB_OK);
	is_named = verdict.problem_count > 0 && verdict.problems[0].event == event &&
		   strstr(verdict.problems[0].what, wanted->what);
	if (!is_named)
		print_message("# %s, event %lld: the store's proof says of %lld: %s\n",
			wanted->name, (long long)event,
			verdict.problem_count ? (long long)verdict.problems[0].event : 0,
			verdict.problem_count ? verdict.problems[0].what : "nothing");
	proofs_export(store);
	status = proofs_verifier(out);
	what = first_problem(out, &named);
	if (status != 4 || !what || named != event || verdict.problem_count == 0 ||
		strcmp(what, verdict.problems[0].what) != 0) {
		print_message("# %s, event %lld: tracedesk-verify (%d) says of %lld: %s\n",
			wanted->name, (long long)event, status, (long long)named,
			what ? what : "nothing");
		is_named = false;
	}
	mem_free(verdict.problems);
	return is_named;
}

bool proofs_accept(struct store *store, char *out)
{
	struct trail_verdict verdict;

	assert_int_equal(trail_verify(store, &verdict), DB_OK);
	mem_free(verdict.problems);
	proofs_export(store);
	return verdict.problem_count == 0 && proofs_verifier(out) == 0;
}
