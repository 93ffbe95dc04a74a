/*
 * The scenes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/demo_data.h"
#include "core/desk_private.h"
#include "crash.h"

static void must(enum desk_status status, const struct notice *notice)
{
	if (status != DESK_OK)
		fail_msg("%s", notice->text);
}

static void leave(struct crash *crash)
{
	for (enum who who = 0; who < PEOPLE; who++) {
		desk_close(crash->fixture.desk[who]);
		crash->fixture.desk[who] = NULL;
	}
}

static struct desk *enter(struct crash *crash, enum who who)
{
	fixture_enter(&crash->fixture, who);
	return crash->fixture.desk[who];
}

/* Logs in and does it; the words of whichever failed. */
static enum desk_status as_ada(struct crash *crash,
	enum desk_status (*deed)(struct desk *, const struct desk_watch *, struct notice *),
	struct notice *notice)
{
	struct secret *password = fixture_password();
	const struct desk_login login = { crash->store, fixture_name(ADA), password };
	struct desk *desk = NULL;
	enum desk_status status = desk_open(&login, &desk, notice);

	if (status == DESK_OK && deed)
		status = deed(desk, NULL, notice);
	desk_close(desk);
	secret_free(password);
	return status;
}

enum desk_status crash_login(struct crash *crash, struct notice *notice)
{
	return as_ada(crash, NULL, notice);
}

/* A new store, in a folder of its own */

static void nothing_there(struct crash *crash)
{
	const struct disk nothing = { .count = 0 };

	disk_put(&nothing, crash->fixture.folder);
	(void)snprintf(
		crash->store, sizeof(crash->store), "%s/new/desk.tdk", crash->fixture.folder);
}

static enum desk_status make(struct crash *crash, struct notice *notice)
{
	struct secret *password = fixture_password();
	const struct desk_make wanted = { crash->store, fixture_name(ADA), NULL, password,
		DEMO_TODAY };
	struct secret *code = NULL;
	enum desk_status status = desk_make_kind(&wanted, STORE_DEMO, &code, notice);

	secret_free(code);
	secret_free(password);
	return status;
}

static void init_body(struct crash *crash)
{
	struct notice notice = { 0 };

	must(make(crash, &notice), &notice);
	crash_mark(crash, NULL);
}

static enum desk_status init_again(struct crash *crash, struct notice *notice)
{
	if (access(crash->store, F_OK) == 0)
		return crash_login(crash, notice);
	return make(crash, notice);
}

/* Log-in and edit */

static void edit_once(struct crash *crash, struct desk *desk, const char *reference, int round)
{
	struct request_patch patch = { 0 };
	struct desk_saved saved;
	struct notice notice = { 0 };
	struct desk_move move;
	char text[64];

	(void)snprintf(text, sizeof(text), "It came in round %d.", round);
	request_init(&patch.values);
	patch.has_field[FIELD_NOTE] = true;
	record_set(&patch.values.field[FIELD_NOTE], text);
	fixture_move(MOVE_EDIT, TRACE_PLAIN, &move);
	move.reference = reference;
	move.patch = &patch;
	must(desk_move(desk, &move, &saved, &notice), &notice);
	desk_saved_clear(&saved);
	request_patch_clear(&patch);
	crash_mark(crash, desk);
}

static void edit_body(struct crash *crash)
{
	struct desk *desk = enter(crash, CASEY);
	struct request_patch form;
	struct desk_saved saved;
	struct notice notice = { 0 };

	crash_mark(crash, desk);
	fixture_form(&crash->fixture, false, &form);
	must(desk_request_add(desk, &form, &saved, &notice), &notice);
	crash_mark(crash, desk);
	for (int i = 0; i < 3; i++)
		edit_once(crash, desk, saved.reference, i);
	desk_saved_clear(&saved);
	request_patch_clear(&form);
	leave(crash);
}

const struct crash_scene crash_scenes[] = {
	{ .name = "init",
		.prepare = nothing_there,
		.body = init_body,
		.again = init_again,
		.makes_store = true },
	{ .name = "log-in and edit", .body = edit_body },
};
const size_t crash_scene_count = sizeof(crash_scenes) / sizeof(crash_scenes[0]);
