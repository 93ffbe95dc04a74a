/*
 * What is done in each scenario.
 */
#include <stdio.h>
#include <string.h>

#include "core/desk_private.h"
#include "core/desk_store.h"
#include "core/filter.h"
#include "core/private_file.h"
#include "core/register.h"
#include "tests/core/scenarios.h"

struct secret *scene_other_password(void)
{
	char bytes[] = "harbour kettle violet";

	return secret_take(bytes, sizeof(bytes) - 1);
}

static enum desk_status left(struct scene *scene, struct notice *notice)
{
	(void)notice;
	desk_close(scene->desk);
	scene->desk = NULL;
	return DESK_OK;
}

static enum desk_status entered(
	struct scene *scene, const char *store, enum who who, struct notice *notice)
{
	struct secret *password = fixture_password();
	const struct desk_login login = { scene_path(scene, store), fixture_name(who), password };
	enum desk_status status;

	(void)left(scene, notice);
	status = desk_open(&login, &scene->desk, notice);
	secret_free(password);
	return status;
}

static enum desk_status casey(struct scene *scene, struct notice *notice)
{
	return entered(scene, "w.tdk", CASEY, notice);
}

static enum desk_status sasha(struct scene *scene, struct notice *notice)
{
	return entered(scene, "w.tdk", SASHA, notice);
}

static enum desk_status audrey(struct scene *scene, struct notice *notice)
{
	return entered(scene, "w.tdk", AUDREY, notice);
}

static enum desk_status ada(struct scene *scene, struct notice *notice)
{
	return entered(scene, "w.tdk", ADA, notice);
}

/* A new store, the code */

static enum desk_status make(struct scene *scene, struct notice *notice)
{
	struct secret *password = fixture_password(), *recovery = NULL;
	const struct desk_make wanted = { scene_path(scene, "w.tdk"), "ada", NULL, password,
		"2021-01-04" };
	enum desk_status status = desk_make_kind(&wanted, STORE_DEMO, &recovery, notice);

	secret_free(recovery);
	secret_free(password);
	return status;
}

static enum desk_status code_kept(void *with, const struct secret *code, struct notice *notice)
{
	const struct private_text text = { (const char *)secret_read(code), secret_size(code) };

	return private_file_write(scene_path(with, "code"), &text, NULL, notice);
}

static enum desk_status recover(struct scene *scene, struct notice *notice)
{
	struct secret *password = fixture_password();
	const struct desk_recovery recovery = { scene_path(scene, "w.tdk"), "ada", scene->recovery,
		password, NULL };
	enum desk_status status = desk_store_recover(&recovery, code_kept, scene, notice);

	secret_free(password);
	return status;
}

/* Receipts */

static enum desk_status moved(struct scene *scene, struct desk_move *move, struct notice *notice)
{
	struct desk_saved saved = { .version = 0 };
	enum desk_status status;

	move->reference = scene->reference;
	status = desk_move(scene->desk, move, &saved, notice);
	desk_saved_clear(&saved);
	return status;
}

static enum desk_status move_made(struct scene *scene, enum move kind, struct notice *notice)
{
	struct desk_move move;

	fixture_move(kind, TRACE_RELEASE, &move);
	return moved(scene, &move, notice);
}

static enum desk_status edit(struct scene *scene, struct notice *notice)
{
	struct request_patch patch = { .has_subjects = false };
	struct desk_move move;
	enum desk_status status;

	memcpy(scene->reference, scene->triage, REFERENCE_SIZE);
	request_init(&patch.values);
	patch.has_field[FIELD_OFFENCE] = true;
	record_set(&patch.values.field[FIELD_OFFENCE], "burglary of a dwelling");
	fixture_move(MOVE_EDIT, TRACE_PLAIN, &move);
	move.patch = &patch;
	status = moved(scene, &move, notice);
	request_patch_clear(&patch);
	return status;
}

static enum desk_status show(struct scene *scene, struct notice *notice)
{
	struct request request;
	enum desk_status status =
		desk_request_open(scene->desk, scene->triage, NULL, &request, notice);

	if (status == DESK_OK)
		request_clear(&request);
	return status;
}

static enum desk_status add(struct scene *scene, struct notice *notice)
{
	struct request_patch form;
	struct desk_saved saved = { .version = 0 };
	enum desk_status status;

	fixture_form(&scene->base, false, &form);
	status = desk_request_add(scene->desk, &form, &saved, notice);
	memcpy(scene->reference, saved.reference, REFERENCE_SIZE);
	desk_saved_clear(&saved);
	request_patch_clear(&form);
	return status;
}

static enum desk_status judge_purpose(struct scene *scene, struct notice *notice)
{
	struct desk_move move;

	fixture_move(MOVE_JUDGE, TRACE_PLAIN, &move);
	move.rule = "purpose_accepted";
	return moved(scene, &move, notice);
}

static enum desk_status judge_speculation(struct scene *scene, struct notice *notice)
{
	return move_made(scene, MOVE_JUDGE, notice);
}

static enum desk_status take_on(struct scene *scene, struct notice *notice)
{
	return move_made(scene, MOVE_ACCEPT, notice);
}

static enum desk_status trace(struct scene *scene, struct notice *notice)
{
	return move_made(scene, MOVE_TRACE, notice);
}

static enum desk_status confirm(struct scene *scene, struct notice *notice)
{
	return move_made(scene, MOVE_CONFIRM, notice);
}

static enum desk_status letter(struct scene *scene, struct notice *notice)
{
	const struct desk_letter wanted = { .reference = scene->reference,
		.format = LETTER_AS_TEXT };
	char *text = NULL;
	enum desk_status status = desk_request_letter(scene->desk, &wanted, &text, notice);

	mem_free(text);
	return status;
}

static enum desk_status send(struct scene *scene, struct notice *notice)
{
	return move_made(scene, MOVE_SENT, notice);
}

/* Files */

static enum desk_status import(struct scene *scene, struct notice *notice)
{
	const struct desk_import wanted = { .path = scene_path(scene, "rows.csv"),
		.delimiter = ',' };
	struct desk_import_result result = { .rows = 0 };
	enum desk_status status = desk_import_requests(scene->desk, &wanted, &result, notice);

	mem_free(result.problems);
	return status;
}

static enum desk_status attach(struct scene *scene, struct notice *notice)
{
	struct desk_attached attached;

	return desk_request_attach(
		scene->desk, scene->accepted, scene_path(scene, "file"), &attached, notice);
}

static enum desk_status file_put(void *with, const char *bytes, size_t size, struct notice *notice)
{
	return private_file_put(with, bytes, size, notice);
}

static enum desk_status extract(struct scene *scene, struct notice *notice)
{
	struct private_file file;
	const struct desk_file_wish wish = {
		.reference = scene->accepted, .number = 1, .take = file_put, .with = &file
	};
	enum desk_status status =
		private_file_open(&file, scene_path(scene, "extracted"), NULL, notice);

	if (status == DESK_OK)
		status = desk_request_file(scene->desk, &wish, notice);
	return private_file_close(&file, status, notice);
}

static enum desk_status export_receipts(struct scene *scene, struct notice *notice)
{
	struct private_file file;
	struct filter filter;
	const struct desk_export wanted = {
		.filter = &filter, .because = "a return", .write = file_put, .with = &file
	};
	int64_t count;
	enum desk_status status =
		private_file_open(&file, scene_path(scene, "receipts.csv"), NULL, notice);

	filter_init(&filter);
	if (status == DESK_OK)
		status = desk_request_export(scene->desk, &wanted, &count, notice);
	filter_clear(&filter);
	return private_file_close(&file, status, notice);
}

/* People */

static enum desk_status passwd(struct scene *scene, struct notice *notice)
{
	struct secret *usual = fixture_password(), *other = scene_other_password();
	enum desk_status status = desk_passwd(scene->desk, usual, other, notice);

	secret_free(usual);
	secret_free(other);
	return status;
}

static enum desk_status user_add(struct scene *scene, struct notice *notice)
{
	struct person person = { .roles = ROLE_CASEWORKER, .name = "newcomer" };
	struct secret *password = scene_other_password(), *made = NULL;
	enum desk_status status;

	person.full_name = mem_text("New Comer");
	status = desk_user_add(scene->desk, &person, password, &made, notice);
	secret_free(made);
	secret_free(password);
	person_clear(&person);
	return status;
}

static enum desk_status user_disable(struct scene *scene, struct notice *notice)
{
	char *work = NULL;
	enum desk_status status = desk_user_disable(scene->desk, "casey", &work, notice);

	mem_free(work);
	return status;
}

static enum desk_status user_renew(
	struct scene *scene, const char *name, bool is_back, struct notice *notice)
{
	struct secret *password = scene_other_password(), *made = NULL;
	const struct desk_renewal renewal = { name, is_back, password };
	enum desk_status status = desk_user_renew(scene->desk, &renewal, &made, notice);

	secret_free(made);
	secret_free(password);
	return status;
}

static enum desk_status user_enable(struct scene *scene, struct notice *notice)
{
	return user_renew(scene, "casey", true, notice);
}

static enum desk_status user_reset(struct scene *scene, struct notice *notice)
{
	return user_renew(scene, "chris", false, notice);
}

/* Months and figures */

static enum desk_status month_close(struct scene *scene, struct notice *notice)
{
	struct desk_closing closing = { .revision = 0 };
	enum desk_status status = desk_month_close(scene->desk, "2020-12", &closing, notice);

	desk_closing_clear(&closing);
	return status;
}

static enum desk_status correct(struct scene *scene, struct notice *notice)
{
	const struct desk_setting settings[] = { { "received", "2021-01-04" },
		{ "note", "wrong month" } };
	const struct desk_submission_given given = { "DB-2020-000001", settings, 2, NULL };
	struct submission submission;
	enum desk_status status = desk_submission_correct(scene->desk, &given, &submission, notice);

	if (status == DESK_OK)
		submission_clear(&submission);
	return status;
}

static enum desk_status month_revise(struct scene *scene, struct notice *notice)
{
	struct desk_closing closing = { .revision = 0 };
	enum desk_status status =
		desk_month_revise(scene->desk, "2020-12", "Counted twice.", &closing, notice);

	desk_closing_clear(&closing);
	return status;
}

struct printed {
	const struct figures *figures;
	struct register_about about;
};

static const char *book_write(const void *what, const char *path, const char *folder)
{
	const struct printed *printed = what;

	return register_xlsx(printed->figures, &printed->about, path, folder);
}

typedef enum desk_status figures_writer(
	const struct scene *scene, const struct printed *printed, struct notice *notice);

static enum desk_status texts_write(
	const struct scene *scene, const struct printed *printed, struct notice *notice)
{
	struct private_text bytes;
	struct buffer text;
	enum desk_status status;

	buffer_init(&text);
	register_csv(printed->figures, &text);
	register_json(printed->figures, &text);
	register_html(printed->figures, REGISTER_MATRIX, &printed->about, &text);
	bytes = (struct private_text) { buffer_text(&text), text.size };
	status = private_file_write(scene_path(scene, "figures.html"), &bytes, NULL, notice);
	buffer_done(&text);
	return status;
}

static enum desk_status workbook_write(
	const struct scene *scene, const struct printed *printed, struct notice *notice)
{
	struct private_file book;
	enum desk_status status =
		private_file_open(&book, scene_path(scene, "figures.xlsx"), NULL, notice);

	if (status == DESK_OK)
		status = private_file_fill(&book, book_write, printed, notice);
	return private_file_close(&book, status, notice);
}

static enum desk_status figures_write(
	struct scene *scene, figures_writer *write, struct notice *notice)
{
	struct figures *made = NULL;
	struct printed printed = { .about = { true, "2021-01-04" } };
	enum desk_status status = desk_figures(scene->desk,
		&(struct desk_figures_wanted) { .period = "2020-12..2021-01" }, &made, notice);

	printed.figures = made;
	if (status == DESK_OK)
		status = write(scene, &printed, notice);
	figures_free(made);
	return status;
}

static enum desk_status figures(struct scene *scene, struct notice *notice)
{
	return figures_write(scene, texts_write, notice);
}

static enum desk_status workbook(struct scene *scene, struct notice *notice)
{
	return figures_write(scene, workbook_write, notice);
}

/* The audit log */

static enum desk_status verify(struct scene *scene, struct notice *notice)
{
	const struct audit_proof proof = { .since = NULL };
	struct audit_result result = { .events = 0 };
	enum desk_status status = desk_audit_verify(scene->desk, &proof, &result, notice);

	mem_free(result.problems);
	return status;
}

static enum desk_status export_trail(struct scene *scene, struct notice *notice)
{
	struct private_file file;
	enum desk_status status =
		private_file_open(&file, scene_path(scene, "trail"), NULL, notice);

	if (status == DESK_OK)
		status = desk_audit_export(scene->desk, file_put, &file, notice);
	return private_file_close(&file, status, notice);
}

static enum desk_status checkpoint(struct scene *scene, struct notice *notice)
{
	struct buffer text;
	enum desk_status status;

	buffer_init(&text);
	status = desk_audit_checkpoint(scene->desk, &text, notice);
	buffer_done(&text);
	return status;
}

/* The store as a whole */

static enum desk_status backup(struct scene *scene, struct notice *notice)
{
	const struct desk_backup wanted = { scene_path(scene, "w.tdk"), scene_path(scene, "backup"),
		true, NULL };

	return desk_store_backup(&wanted, notice);
}

static enum desk_status restore(struct scene *scene, struct notice *notice)
{
	struct secret *password = fixture_password();
	const struct desk_login login = { scene_path(scene, "w.tdk"), "ada", password };
	const struct desk_restore wanted = { &login, scene_path(scene, "backup"), true, NULL };
	enum desk_status status = desk_store_restore(&wanted, notice);

	secret_free(password);
	return status;
}

static enum desk_status rekey(struct scene *scene, struct notice *notice)
{
	return desk_store_rekey(scene->desk, NULL, notice);
}

static enum desk_status compact(struct scene *scene, struct notice *notice)
{
	return desk_store_compact(scene->desk, NULL, notice);
}

static enum desk_status check(struct scene *scene, struct notice *notice)
{
	struct secret *password = fixture_password();
	const struct desk_login login = { scene_path(scene, "w.tdk"), "ada", password };
	struct desk_check_result result = { .pages = 0 };
	enum desk_status status = desk_store_check(&login, NULL, &result, notice);

	if (status == DESK_DAMAGED && result.count > 0)
		(void)notice_set(notice, status, "%s", result.findings[0].what);
	mem_free(result.findings);
	secret_free(password);
	return status;
}

#define STEP(act)                \
	{                        \
#act, act, false \
	}
/* Its first event is stored before the rest is done. */
#define LONG(act)               \
	{                       \
#act, act, true \
	}

/* clang-format off */
static const struct scenario scenarios[] = {
	{ "new store", NULL, "w.tdk", { STEP(make), STEP(ada), STEP(left) } },
	{ "log-in and edit", "d.tdk", "w.tdk",
		{ STEP(casey), LONG(show), STEP(edit), STEP(left) } },
	{ "a receipt's life", "d.tdk", "w.tdk",
		{ STEP(casey), STEP(add), STEP(judge_purpose), STEP(judge_speculation),
			STEP(take_on), STEP(trace), STEP(sasha), STEP(confirm), STEP(casey),
			LONG(letter), STEP(send), STEP(left) } },
	{ "import of 200", "d.tdk", "w.tdk", { STEP(sasha), STEP(import), STEP(left) } },
	{ "attachment of 1 MiB", "d.tdk", "w.tdk",
		{ STEP(casey), STEP(attach), LONG(extract), STEP(left) } },
	{ "password", "d.tdk", "w.tdk", { STEP(casey), LONG(passwd), STEP(left) } },
	{ "slots", "d.tdk", "w.tdk",
		{ STEP(ada), LONG(user_add), LONG(user_disable), LONG(user_enable),
			LONG(user_reset), STEP(left) } },
	{ "recovery code", "c.tdk", "w.tdk", { LONG(recover) } },
	{ "month close", "d.tdk", "w.tdk",
		{ STEP(sasha), STEP(month_close), STEP(correct), STEP(month_revise), STEP(left) } },
	{ "backup", "d.tdk", "w.tdk", { STEP(backup) } },
	{ "restore", NULL, "w.tdk", { STEP(restore) } },
	{ "restore over a store", "d.tdk", "w.tdk", { STEP(restore) } },
	{ "rekey", "d.tdk", "w.tdk", { STEP(ada), STEP(rekey), STEP(left) } },
	{ "compact", "d.tdk", "w.tdk", { STEP(ada), STEP(compact), STEP(left) } },
	{ "schema upgrade", "o.tdk", "w.tdk", { STEP(casey), STEP(edit), STEP(left) } },
	{ "exports", "d.tdk", "w.tdk",
		{ STEP(sasha), STEP(figures), LONG(export_receipts), STEP(left) } },
	{ "workbook", "d.tdk", "w.tdk", { STEP(sasha), STEP(workbook), STEP(left) } },
	{ "audit", "d.tdk", "w.tdk",
		{ STEP(audrey), STEP(verify), LONG(export_trail), STEP(checkpoint), STEP(left) } },
	{ "check", "d.tdk", "w.tdk", { LONG(check) } },
};
/* clang-format on */

size_t scenario_count(void)
{
	return sizeof(scenarios) / sizeof(scenarios[0]);
}

const struct scenario *scenario_at(size_t index)
{
	return &scenarios[index];
}
