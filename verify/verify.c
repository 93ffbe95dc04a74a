/*
 * tracedesk-verify: proves an audit log that `tracedesk audit export` wrote,
 * and that a checkpoint is on it. Written from tracedesk-store(7) alone: it
 * shares no code with the program whose log it proves, and needs nothing but
 * libsodium. What it finds it says in the words of `tracedesk audit verify`.
 */
#include "verify/verify.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { EVENT_MOST_BYTES = 1 << 30 };

static bool read_bytes(FILE *file, uint8_t *bytes, size_t size)
{
	return fread(bytes, 1, size, file) == size;
}

/* The events up to the end mark. False: the file is cut, damaged or goes on. */
static bool events_read(struct trail *trail, FILE *file)
{
	uint8_t size[4], count[8], *bytes = NULL;
	int64_t events = 0;
	struct event event;
	size_t room = 0, wanted;
	bool is_good;

	while ((is_good = read_bytes(file, size, 4)) && (wanted = number_of(size, 4)) > 0) {
		if (wanted > room && wanted <= EVENT_MOST_BYTES) {
			bytes = allocate(bytes, wanted);
			room = wanted;
		}
		is_good = wanted <= EVENT_MOST_BYTES && read_bytes(file, bytes, wanted) &&
			  event_read((struct bytes) { bytes, wanted }, &event);
		if (!is_good)
			break;
		event_check(trail, &event);
		events++;
	}
	is_good = is_good && read_bytes(file, count, 8) && (int64_t)number_of(count, 8) == events &&
		  fgetc(file) == EOF;
	free(bytes);
	return is_good;
}

static void trail_read(struct trail *trail, FILE *file)
{
	static const uint8_t wanted[20] = "tracedesk trail\n\1\0\0"; /* and version 1 */
	uint8_t head[sizeof(wanted) + DESK];

	if (!read_bytes(file, head, sizeof(head)) || memcmp(head, wanted, sizeof(wanted)) != 0) {
		problem(trail, 0, "this is no exported audit log of version 1");
		return;
	}
	memcpy(trail->desk, head + sizeof(wanted), DESK);
	if (!events_read(trail, file))
		problem(trail, trail->events,
			"after it the file is damaged or cut short; export it again");
	else if (trail->last_kind != KIND_EXPORT)
		problem(trail, trail->events, "the file does not end with its own export");
	events_end(trail);
}

static void say_moment(const char *before, int64_t moment)
{
	char text[32] = "?";
	time_t seconds = (time_t)moment;
	struct tm day;

	if (gmtime_r(&seconds, &day))
		(void)strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &day);
	printf("%s%s", before, text);
}

static void say(const struct trail *trail)
{
	const struct person *people = trail->people.items;
	char *const *problems = trail->problems.items;

	printf("%" PRId64 " events from ", trail->events);
	say_moment("", trail->first);
	say_moment(" to ", trail->last);
	printf(", %" PRId64 " signatures\nHead ", trail->signatures);
	for (size_t i = 0; i < HASH; i++)
		printf("%02x", trail->head[i]);
	putchar('\n');
	for (size_t i = 0; i < trail->people.count; i++) {
		if (people[i].signatures == 0)
			continue;
		printf("Signed by ");
		for (const char *c = people[i].name; *c != '\0'; c++)
			putchar(*c > ' ' && *c < 127 ? *c : '?');
		if (people[i].id == 0)
			printf("the recovery code");
		printf(" (person %" PRId64 "): %" PRId64 "\n", people[i].id, people[i].signatures);
	}
	for (size_t i = 0; i < trail->problems.count; i++)
		puts(problems[i]);
	if (trail->problems.count == 0)
		puts("No problem found.");
}

static void trail_clear(struct trail *trail)
{
	char **problems = trail->problems.items;

	for (size_t i = 0; i < trail->problems.count; i++)
		free(problems[i]);
	free(trail->problems.items);
	free(trail->keys.items);
	free(trail->people.items);
	free(trail->decisions.items);
	free(trail->receipts.items);
	free(trail->turns.items);
}

static FILE *file_open(const char *name)
{
	FILE *file = fopen(name, "rb");

	if (!file)
		fprintf(stderr,
			"tracedesk-verify: the file cannot be read; give the name of one that"
			" `tracedesk audit export` or `audit checkpoint` wrote\n");
	return file;
}

static int verify(const char *export, const char *checkpoint)
{
	struct trail trail = { 0 };
	FILE *file = checkpoint ? file_open(checkpoint) : NULL;
	int status;

	if (checkpoint && !file)
		return NO_INPUT;
	if (file && !checkpoint_read(&trail.checkpoint, file)) {
		(void)fclose(file);
		fputs("tracedesk-verify: that is no checkpoint; give the text whole\n", stderr);
		return USAGE;
	}
	if (file)
		(void)fclose(file);
	file = file_open(export);
	if (!file)
		return NO_INPUT;
	trail_read(&trail, file);
	status = ferror(file) ? NO_INPUT : trail.problems.count > 0 ? PROBLEMS : DONE;
	(void)fclose(file);
	say(&trail);
	trail_clear(&trail);
	return fflush(stdout) == 0 ? status : NO_INPUT;
}

int main(int argc, char **argv)
{
	if (argc < 2 || argc > 3 || strcmp(argv[1], "--help") == 0) {
		fputs("usage: tracedesk-verify EXPORT [CHECKPOINT]\n", argc == 2 ? stdout : stderr);
		return argc == 2 ? DONE : USAGE;
	}
	if (sodium_init() < 0)
		return NO_INPUT;
	return verify(argv[1], argc == 3 ? argv[2] : NULL);
}
