/*
 * The scenarios without faults: each goes through, and leaves nothing behind.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/core/scenarios.h"

static void test_go_through(void **state)
{
	struct scene scene;
	struct notice notice = { 0 };

	(void)state;
	scene_make(&scene);
	for (size_t i = 0; i < scenario_count(); i++) {
		const struct scenario *scenario = scenario_at(i);
		size_t steps = scenario_steps(scenario), done;
		int64_t before;

		scene_put_back(&scene, scenario);
		before = scene_events(&scene, scenario);
		if (scene_run(&scene, scenario, steps, &done, &notice) != DESK_OK)
			fail_msg("%s, %s: %s", scenario->name, scenario->steps[done].name,
				notice.text);
		desk_close(scene.desk);
		scene.desk = NULL;
		print_message("# %s: %zu steps, %lld events\n", scenario->name, steps,
			(long long)(scene_events(&scene, scenario) - before));
		assert_string_equal(scene_litter(&scene), "");
	}
	scene_done(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_go_through) };

	return cmocka_run_group_tests_name("scenarios", tests, NULL, NULL);
}
