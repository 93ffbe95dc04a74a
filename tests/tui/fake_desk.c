/*
 * Rows made from their index: nothing is kept, so 100,000 cost nothing. What
 * was asked is counted and printed after the screens have gone.
 */
#include "tests/tui/fake_desk.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/calendar.h"
#include "core/working_days.h"
#include "tests/tui/fake_life.h"
#include "tests/tui/fake_memory.h"
#include "tui/tui.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct desk {
	struct person person;
};

static struct {
	long rows, damaged, crash, no_memory;
	const char *gate, *search;
	unsigned role;
	bool is_ordinary, is_one_time, is_warning, is_hostile;
	int failures;
	long pages, most_asked, opened;
	char because[256];
} fake = { .rows = 250, .damaged = -1, .crash = -1, .no_memory = -1, .role = ROLE_CASEWORKER };

static const char *const hostile_texts[] = {
	"\033[2J\033[1;31mcleared",
	"\033]0;title\007\033]52;c;ZXZpbA==\007",
	"\302\23331mred by C1\302\235x\302\234",
	"\342\200\256right to left\342\200\254 \342\201\246isolate",
	"line\r\nbreak\ttab\vvertical\fform\bback",
	"bad \377\376 bytes \300\200 and a surrogate \355\240\200",
	"山田太郎 香港警察",
	"Z\314\200\314\201\314\202\314\203\314\204\314\205\314\206\314\207\314\210\314\211algo",
	"zero\342\200\213width\357\273\277joined\342\200\215\356\200\200private",
	"\327\251\327\234\327\225\327\235 \331\205\330\261\330\255\330\250\330\247",
	"\033Pq#0;2;0;0;0\033\\\033[6n\033c",
};

void fake_reference(long rows, long index, char out_reference[32])
{
	snprintf(out_reference, 32, "TR-2020-%06ld", rows - index);
}

enum desk_status notice_set(struct notice *notice, enum desk_status status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(notice->text, sizeof(notice->text), format, args);
	va_end(args);
	notice->status = status;
	return status;
}

bool desk_is_guarded(void)
{
	return false;
}

enum desk_status desk_open(
	const struct desk_login *login, struct desk **out_desk, struct notice *out_notice)
{
	size_t size = strlen(FAKE_PASSWORD);

	if (fake.failures >= FAKE_TRIES)
		return notice_set(out_notice, DESK_LOCKED,
			"cannot unlock: too many wrong passwords; wait 15 minutes or ask an "
			"administrator");
	if (secret_size(login->password) != size ||
		memcmp(secret_read(login->password), FAKE_PASSWORD, size) != 0) {
		fake.failures++;
		return notice_set(out_notice, DESK_LOCKED,
			"cannot unlock: the name or the password is wrong; try again");
	}
	*out_desk = mem_new(1, sizeof(**out_desk));
	snprintf((*out_desk)->person.name, NAME_SIZE, "%s", login->user);
	(*out_desk)->person.full_name = mem_text("Casey Ward");
	(*out_desk)->person.roles = fake.role;
	(*out_desk)->person.must_change = fake.is_one_time;
	return DESK_OK;
}

void desk_close(struct desk *desk)
{
	if (desk)
		person_clear(&desk->person);
	mem_free(desk);
}

const struct person *desk_person(const struct desk *desk)
{
	return &desk->person;
}

const char *desk_today(const struct desk *desk)
{
	(void)desk;
	return FAKE_TODAY;
}

int64_t desk_now(const struct desk *desk)
{
	(void)desk;
	return 0;
}

bool desk_is_demo(const struct desk *desk)
{
	(void)desk;
	return !fake.is_ordinary;
}

bool desk_store_is_demo(const char *path)
{
	(void)path;
	return !fake.is_ordinary;
}

bool desk_request_needs_reason(const struct desk *desk, const struct request_row *row)
{
	return desk->person.roles == ROLE_CASEWORKER && *row->decided &&
	       day_number(FAKE_TODAY) - day_number(row->decided) > 90;
}

const char *desk_warning(const struct desk *desk)
{
	(void)desk;
	return fake.is_warning ? "the store's -head is missing: an older file would not be "
				 "noticed; run `tracedesk store check`"
			       : "";
}

static void row_days(long index, char out_received[DAY_SIZE], char out_decided[DAY_SIZE])
{
	int32_t today = day_number(FAKE_TODAY);
	int32_t received = today - 1 - (int32_t)(index / FAKE_PER_DAY);

	day_from_number(received > 0 ? received : 0, out_received);
	out_decided[0] = '\0';
	if (index >= 14)
		day_from_number((received > 0 ? received : 0) + 5, out_decided);
}

static enum request_state row_state(long index)
{
	static const enum request_state decided[] = { STATE_REJECTED, STATE_APPROVED_TRACE,
		STATE_REJECTED, STATE_APPROVED_NO_TRACE, STATE_WITHDRAWN };

	return index < 10   ? (enum request_state)(index + 1)
	       : index < 14 ? STATE_RECEIVED
			    : decided[index % (long)COUNT(decided)];
}

static const char *row_organisation(long index)
{
	static const char *const names[] = { "Kent Police", "Family Court at Leeds",
		"National Crime Agency", "Dyfed-Powys Police",
		"Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Station" };

	return names[index % (long)COUNT(names)];
}

static const char *row_surname(long index)
{
	static const char *const names[] = { "O'Testa", "Nguyen", "Müller-Ångström", "Lewis", "Ó",
		"Featherstonehaugh-Cholmondeley" };

	return names[index % (long)COUNT(names)];
}

static const char *row_service(long index)
{
	static const char *const codes[] = { "police", "court_order", "nca", "police" };

	return codes[index % (long)COUNT(codes)];
}

/* Row 11 is a very long one. */
static char *hostile_or(long index, const char *text)
{
	char *very_long;

	if (!fake.is_hostile || index >= FAKE_HOSTILE_ROWS)
		return mem_text(text);
	if ((size_t)index < COUNT(hostile_texts))
		return mem_text(hostile_texts[index]);
	very_long = mem_new(4001, 1);
	memset(very_long, 'W', 4000);
	return very_long;
}

static void row_make(long index, struct request_row *out_row)
{
	memset(out_row, 0, sizeof(*out_row));
	out_row->id = fake.rows - index;
	snprintf(
		out_row->reference, sizeof(out_row->reference), "TR-2020-%06ld", fake.rows - index);
	row_days(index, out_row->received, out_row->decided);
	snprintf(out_row->service, sizeof(out_row->service), "%s", row_service(index));
	out_row->organisation = hostile_or(index, row_organisation(index));
	out_row->surname = hostile_or(index, row_surname(index));
	out_row->forenames = hostile_or(index, "Ann Marie");
	out_row->subjects = index % 7 == 1 ? 4 : 1;
	out_row->state = row_state(index);
	out_row->imported = index >= 14;
	out_row->correcting = index == FAKE_CORRECTED;
	if (index > 0 && index < 10)
		snprintf(out_row->assigned_to, sizeof(out_row->assigned_to), "casey");
	age_read(&(struct holidays) { NULL, 0 },
		&(struct age_facts) { out_row->received, out_row->decided, "", 0 }, FAKE_TODAY,
		&out_row->age);
	if (index == 2)
		snprintf(out_row->needed_by, sizeof(out_row->needed_by), "2021-01-06");
}

static void gate_wait(void)
{
	int gate;
	char byte;

	if (!fake.gate)
		return;
	gate = open(fake.gate, O_RDONLY | O_CLOEXEC);
	if (gate < 0 || read(gate, &byte, 1) < 0)
		abort();
	close(gate);
}

enum desk_status desk_request_places(struct desk *desk, const char *reference,
	const struct filter *filter, char **out_places, struct notice *out_notice)
{
	(void)desk;
	(void)reference;
	(void)filter;
	(void)out_notice;
	*out_places = NULL;
	return DESK_OK;
}

enum desk_status desk_requests(struct desk *desk, const struct request_page *page,
	struct request_row **out_rows, size_t *out_count, struct notice *out_notice)
{
	long first = page->backwards ? fake.rows : 0, limit = (long)page->limit;

	fake.pages++;
	fake.most_asked = limit > fake.most_asked ? limit : fake.most_asked;
	if (desk->person.must_change)
		return notice_set(out_notice, DESK_LOCKED,
			"casey: the password is a one-time one; change it with `tracedesk passwd`");
	gate_wait();
	if (page->after)
		first = fake.rows - (long)page->after->id + (page->backwards ? 0 : 1);
	if (page->backwards) {
		limit = limit < first ? limit : first;
		first -= limit;
	} else if (limit > fake.rows - first) {
		limit = fake.rows - first;
	}
	if (fake.damaged >= first && fake.damaged < first + limit)
		return notice_set(out_notice, DESK_DAMAGED,
			"demo.tdk: page 77 is damaged; run `tracedesk store check`");
	*out_rows = mem_new((size_t)limit, sizeof(**out_rows));
	for (long i = 0; i < limit; i++)
		row_make(first + i, &(*out_rows)[i]);
	*out_count = (size_t)limit;
	return DESK_OK;
}

static void subject_make(long index, struct request *request)
{
	struct subject *subject = request_add_subject(request);
	char *text = hostile_or(index, row_surname(index));

	record_set(&subject->field[FIELD_SUBJECT_SURNAME], text);
	record_set(&subject->field[FIELD_SUBJECT_FORENAMES], "Ann Marie");
	record_set(&subject->field[FIELD_SUBJECT_DOB], "1980-02-29");
	record_set(&subject->field[FIELD_SUBJECT_SEX], "female");
	record_set(&subject->field[FIELD_SUBJECT_ADDRESS], "7 Nowhere Lane\nLittle Testing");
	record_set(&subject->field[FIELD_NHS_NUMBER], "9990000018");
	mem_free(text);
}

static void request_make(long index, struct request *out_request)
{
	struct request_row row;

	row_make(index, &row);
	request_init(out_request);
	memcpy(out_request->reference, row.reference, sizeof(row.reference));
	memcpy(out_request->assigned_to, row.assigned_to, sizeof(row.assigned_to));
	out_request->state = row.state;
	out_request->correcting = row.correcting;
	out_request->version = fake_life_version();
	out_request->imported = row.imported;
	record_set(&out_request->field[FIELD_RECEIVED], row.received);
	record_set(&out_request->field[FIELD_DECIDED], row.decided);
	record_set(&out_request->field[FIELD_SERVICE], row.service);
	record_set(&out_request->field[FIELD_ORGANISATION], row.organisation);
	record_set(&out_request->field[FIELD_CHANNEL], "secure_email");
	record_set(&out_request->field[FIELD_REQUESTER_REFERENCE], "46/123/20");
	record_set(&out_request->field[FIELD_REQUESTER_NAME], "Priya Lowe");
	record_set(&out_request->field[FIELD_REQUESTER_RANK], "DC");
	record_set(&out_request->field[FIELD_COUNTERSIGNER_NAME], "Quentin Marsh");
	record_set(&out_request->field[FIELD_COUNTERSIGNER_NUMBER], "-");
	record_set(&out_request->field[FIELD_ITEMS], "name;address;shoe size");
	record_set(&out_request->field[FIELD_NECESSITY],
		"The whereabouts of the subject could not be found by any other means, and the "
		"investigation cannot go on without them.");
	for (int i = 0; i < row.subjects; i++)
		subject_make(index, out_request);
	request_rows_clear(&row, 1);
}

enum desk_status desk_request_open(struct desk *desk, const char *reference, const char *because,
	struct request *out_request, struct notice *out_notice)
{
	long index = fake.rows - strtol(reference + 8, NULL, 10);

	(void)desk;
	fake.opened++;
	snprintf(fake.because, sizeof(fake.because), "%s", because ? because : "");
	if (index == fake.crash)
		raise(SIGSEGV);
	if (index == fake.no_memory)
		mem_is_out();
	if (fake.is_hostile && index == FAKE_HOSTILE_ROWS)
		return notice_set(
			out_notice, DESK_REFUSED, "%s: there is no such receipt", reference);
	request_make(index, out_request);
	return DESK_OK;
}

enum desk_status desk_request_again(struct desk *desk, const char *reference, const char *because,
	struct request *out_request, struct notice *out_notice)
{
	enum desk_status status =
		desk_request_open(desk, reference, because, out_request, out_notice);

	fake.opened--;
	return status;
}

enum desk_status desk_services(struct desk *desk, struct service **out_services, size_t *out_count,
	struct notice *out_notice)
{
	static const char *const services[][2] = { { "police", "Police" }, { "nca", "NCA" },
		{ "court_order", "Court Order" } };

	(void)desk;
	(void)out_notice;
	*out_services = mem_new(COUNT(services), sizeof(**out_services));
	*out_count = COUNT(services);
	for (size_t i = 0; i < COUNT(services); i++) {
		snprintf((*out_services)[i].code, CODE_SIZE, "%s", services[i][0]);
		(*out_services)[i].label = mem_text(services[i][1]);
	}
	return DESK_OK;
}

/* The value of NAME=value, or NULL. */
static const char *option_value(const char *word, const char *name)
{
	size_t size = strlen(name);

	return strncmp(word, name, size) == 0 && word[size] == '=' ? word + size + 1 : NULL;
}

static bool option_read(const char *word, struct tui_start *start)
{
	const char *value;

	if ((value = option_value(word, "rows")))
		fake.rows = strtol(value, NULL, 10);
	else if ((value = option_value(word, "user")))
		start->user = *value ? value : NULL;
	else if ((value = option_value(word, "role")))
		fake.role = (unsigned)role_from(value);
	else if ((value = option_value(word, "damaged")))
		fake.damaged = strtol(value, NULL, 10);
	else if ((value = option_value(word, "crash")))
		fake.crash = strtol(value, NULL, 10);
	else if ((value = option_value(word, "no_memory")))
		fake.no_memory = strtol(value, NULL, 10);
	else if ((value = option_value(word, "gate")))
		fake.gate = value;
	else if ((value = option_value(word, "search")))
		fake.search = value;
	else if ((value = option_value(word, "moves")))
		fake_life_moves(value);
	else if (strcmp(word, "ordinary") == 0)
		fake.is_ordinary = true;
	else if (strcmp(word, "one-time") == 0)
		fake.is_one_time = true;
	else if (strcmp(word, "warning") == 0)
		fake.is_warning = true;
	else if (strcmp(word, "hostile") == 0) {
		fake.is_hostile = true;
		fake_life_hostile(hostile_texts[0]);
	} else
		return false;
	return true;
}

/* The control is there to show that the search finds what there is. */
static void search_print(void)
{
	char *control = mem_text("here to be found");
	long found = fake_memory_search(fake.search);

	printf("found %ld", found);
	printf(" control %s\n", fake_memory_search("ifsf!up!cf!gpvoe") > 0 ? "found" : "lost");
	mem_free(control);
}

int fake_main(int argc, char **argv)
{
	struct tui_start start = { .store = "/somewhere/demo.tdk", .user = "casey" };
	struct notice notice = { 0 };
	enum desk_status status;

	for (int i = 0; i < argc; i++)
		if (!option_read(argv[i], &start))
			return 99;
	if (!secret_start())
		return 98;
	status = tui_run(&start, &notice);
	if (notice.text[0])
		fprintf(stderr, "tracedesk: %s\n", notice.text);
	printf("pages %ld most %ld opened %ld because [%s]\n", fake.pages, fake.most_asked,
		fake.opened, fake.because);
	fake_life_print();
	if (fake.search)
		search_print();
	return (int)status;
}
