# Every test prints TAP. A program is added to check_PROGRAMS with its own lines, a script to
# dist_check_SCRIPTS; what they read goes to EXTRA_DIST.
CORE_TEST_LIBS = core/librules.a db/libdb.a $(CMOCKA_LIBS) $(SQLITE_LIBS) $(SODIUM_LIBS) $(JANSSON_LIBS) $(UTF8PROC_LIBS) $(CSV_LIBS) $(XLSXWRITER_LIBS)
DB_TEST_LIBS = db/libdb.a $(CMOCKA_LIBS) $(SQLITE_LIBS) $(SODIUM_LIBS)

check_PROGRAMS += \
	tests/core/test_nhs_number \
	tests/core/test_rules \
	tests/core/test_rules_edges \
	tests/core/test_rules_needs \
	tests/core/test_seniority
tests_core_test_nhs_number_SOURCES = tests/core/test_nhs_number.c
tests_core_test_nhs_number_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_nhs_number_LDADD = $(CORE_TEST_LIBS)
tests_core_test_rules_SOURCES = tests/core/rules_case.c tests/core/rules_case.h tests/core/test_rules.c
tests_core_test_rules_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(JANSSON_CFLAGS)
tests_core_test_rules_LDADD = $(CORE_TEST_LIBS)
tests_core_test_rules_edges_SOURCES = tests/core/rules_case.c tests/core/rules_case.h tests/core/test_rules_edges.c
tests_core_test_rules_edges_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(JANSSON_CFLAGS)
tests_core_test_rules_edges_LDADD = $(CORE_TEST_LIBS)
tests_core_test_rules_needs_SOURCES = tests/core/rules_case.c tests/core/rules_case.h tests/core/test_rules_needs.c
tests_core_test_rules_needs_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(JANSSON_CFLAGS)
tests_core_test_rules_needs_LDADD = $(CORE_TEST_LIBS)
tests_core_test_seniority_SOURCES = tests/core/test_seniority.c
tests_core_test_seniority_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_seniority_LDADD = $(CORE_TEST_LIBS)
EXTRA_DIST += tests/golden/checks.json tests/golden/dbsb_2020.csv tests/golden/tracing_2020.csv \
	tests/golden/explanation_of_terms.txt tests/golden/list_2020-12.txt tests/golden/matrix_2020-02.txt
check_PROGRAMS += tests/db/test_store
tests_db_test_store_SOURCES = tests/db/test_store.c
tests_db_test_store_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
tests_db_test_store_LDADD = $(DB_TEST_LIBS)
dist_check_SCRIPTS += tests/check-layers.sh tests/check-source.sh tests/check-house.sh tests/check-papers.sh
dist_check_SCRIPTS += tests/cli/keep.sh
dist_check_SCRIPTS += tests/cli/many_subjects.sh
EXTRA_DIST += tests/run.sh tests/leaks tests/db/number_of.h tests/sanitizer.h tests/scratch.h tests/summary.sh tests/tap.sh tests/layers.awk tests/source.awk
# The terminal harness (pty and libvterm) and the screens.
check_PROGRAMS += tests/tui/test_harness
tests_tui_test_harness_SOURCES = tests/tui/harness.h tests/tui/harness.c tests/tui/test_harness.c
tests_tui_test_harness_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
tests_tui_test_harness_LDADD = $(CMOCKA_LIBS) $(VTERM_LIBS)

# The register, its figures and the demo's case data.
check_PROGRAMS += \
	tests/core/test_demo_data \
	tests/core/test_figures \
	tests/core/test_html \
	tests/core/test_insight \
	tests/core/test_suppress \
	tests/core/test_layout \
	tests/core/test_register \
	tests/core/test_sheet
tests_core_test_demo_data_SOURCES = tests/core/published.h tests/core/published.c tests/core/rules_case.h tests/core/rules_case.c tests/core/test_demo_data.c
tests_core_test_demo_data_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(JANSSON_CFLAGS)
tests_core_test_demo_data_LDADD = $(CORE_TEST_LIBS)
tests_core_test_figures_SOURCES = tests/core/published.h tests/core/published.c tests/core/test_figures.c
tests_core_test_figures_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(JANSSON_CFLAGS)
tests_core_test_figures_LDADD = $(CORE_TEST_LIBS)
tests_core_test_html_SOURCES = tests/core/published.h tests/core/published.c tests/core/test_html.c
tests_core_test_html_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_html_LDADD = $(CORE_TEST_LIBS)
tests_core_test_suppress_SOURCES = tests/core/test_suppress.c
tests_core_test_suppress_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_suppress_LDADD = $(CORE_TEST_LIBS)
tests_core_test_insight_SOURCES = tests/core/test_insight.c
tests_core_test_insight_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_insight_LDADD = $(CORE_TEST_LIBS)
tests_core_test_layout_SOURCES = tests/core/test_layout.c
tests_core_test_layout_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_layout_LDADD = $(CORE_TEST_LIBS)
tests_core_test_register_SOURCES = tests/core/published.h tests/core/published.c tests/core/test_register.c
tests_core_test_register_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(JANSSON_CFLAGS)
tests_core_test_register_LDADD = $(CORE_TEST_LIBS)
tests_core_test_sheet_SOURCES = tests/core/test_sheet.c
tests_core_test_sheet_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(JANSSON_CFLAGS)
tests_core_test_sheet_LDADD = $(CORE_TEST_LIBS)
EXTRA_DIST += \
	tests/golden/dbsb_2020.csv \
	tests/golden/explanation_of_terms.txt \
	tests/golden/list_2020-12.txt \
	tests/golden/matrix_2020-02.txt \
	tests/golden/tracing_2020.csv
check_PROGRAMS += tests/db/test_format
tests_db_test_format_SOURCES = tests/db/reader.h tests/db/reader.c tests/db/test_format.c
tests_db_test_format_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
tests_db_test_format_LDADD = $(DB_TEST_LIBS)
DB_TEST_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS) $(CMOCKA_CFLAGS) -I$(top_srcdir)/tests/db
DB_RIG = tests/db/rig.c tests/db/rig.h tests/db/shim.c tests/db/shim.h
check_PROGRAMS += tests/db/test_keys
tests_db_test_keys_SOURCES = tests/db/test_keys.c $(DB_RIG)
tests_db_test_keys_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_keys_LDADD = $(DB_TEST_LIBS)
check_PROGRAMS += tests/db/test_vfs_ahead
tests_db_test_vfs_ahead_SOURCES = tests/db/test_vfs_ahead.c tests/db/amount.h $(DB_RIG)
tests_db_test_vfs_ahead_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_vfs_ahead_LDADD = $(DB_TEST_LIBS)
check_PROGRAMS += tests/db/test_vfs
tests_db_test_vfs_SOURCES = tests/db/test_vfs.c $(DB_RIG)
tests_db_test_vfs_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_vfs_LDADD = $(DB_TEST_LIBS)

check_PROGRAMS += tests/core/test_text
tests_core_test_text_SOURCES = tests/core/test_text.c
tests_core_test_text_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_text_LDADD = $(CORE_TEST_LIBS)
check_PROGRAMS += tests/core/test_list
tests_core_test_list_SOURCES = tests/core/test_list.c
tests_core_test_list_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_list_LDADD = $(CORE_TEST_LIBS)
check_PROGRAMS += tests/core/test_calendar
tests_core_test_calendar_SOURCES = tests/core/test_calendar.c
tests_core_test_calendar_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_calendar_LDADD = $(CORE_TEST_LIBS)
check_PROGRAMS += tests/core/test_json
tests_core_test_json_SOURCES = tests/core/test_json.c
tests_core_test_json_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_json_LDADD = $(CORE_TEST_LIBS)
check_PROGRAMS += tests/core/test_csv
tests_core_test_csv_SOURCES = tests/core/test_csv.c
tests_core_test_csv_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_csv_LDADD = $(CORE_TEST_LIBS)
check_PROGRAMS += tests/core/test_columns
tests_core_test_columns_SOURCES = tests/core/test_columns.c
tests_core_test_columns_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_columns_LDADD = $(CORE_TEST_LIBS)
check_PROGRAMS += tests/core/test_intake
tests_core_test_intake_SOURCES = tests/core/test_intake.c
tests_core_test_intake_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_intake_LDADD = $(CORE_TEST_LIBS)
check_PROGRAMS += tests/core/test_patch
tests_core_test_patch_SOURCES = tests/core/test_patch.c
tests_core_test_patch_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_patch_LDADD = $(CORE_TEST_LIBS)
check_PROGRAMS += tests/db/test_rawfile
tests_db_test_rawfile_SOURCES = tests/db/test_rawfile.c tests/db/shim.c tests/db/shim.h tests/scratch.h
tests_db_test_rawfile_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_rawfile_LDADD = $(DB_TEST_LIBS)
check_PROGRAMS += tests/db/test_vfs_calls
tests_db_test_vfs_calls_SOURCES = tests/db/test_vfs_calls.c $(DB_RIG)
tests_db_test_vfs_calls_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_vfs_calls_LDADD = $(DB_TEST_LIBS)
# The vault: each program with the fixture and Argon2 (slot_derive) wrapped.
ARGON2_ONCE = tests/db/argon2.h tests/db/argon2.c
VAULT_FIXTURE = tests/db/vault_fixture.h tests/db/vault_fixture.c $(ARGON2_ONCE)
VAULT_TEST_FLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
check_PROGRAMS += tests/db/test_secret tests/db/test_turnstile tests/db/test_vault \
	tests/db/test_vault_files tests/db/test_vault_damage
tests_db_test_secret_SOURCES = tests/db/test_secret.c $(VAULT_FIXTURE)
tests_db_test_secret_CPPFLAGS = $(VAULT_TEST_FLAGS)
tests_db_test_secret_LDADD = $(DB_TEST_LIBS)
tests_db_test_secret_LDFLAGS = -Wl,--wrap=slot_derive
tests_db_test_turnstile_SOURCES = tests/db/test_turnstile.c $(VAULT_FIXTURE)
tests_db_test_turnstile_CPPFLAGS = $(VAULT_TEST_FLAGS)
tests_db_test_turnstile_LDADD = $(DB_TEST_LIBS)
tests_db_test_turnstile_LDFLAGS = -Wl,--wrap=slot_derive
tests_db_test_vault_SOURCES = tests/db/test_vault.c $(VAULT_FIXTURE)
tests_db_test_vault_CPPFLAGS = $(VAULT_TEST_FLAGS)
tests_db_test_vault_LDADD = $(DB_TEST_LIBS)
tests_db_test_vault_LDFLAGS = -Wl,--wrap=slot_derive
tests_db_test_vault_files_SOURCES = tests/db/test_vault_files.c $(VAULT_FIXTURE)
tests_db_test_vault_files_CPPFLAGS = $(VAULT_TEST_FLAGS)
tests_db_test_vault_files_LDADD = $(DB_TEST_LIBS)
tests_db_test_vault_files_LDFLAGS = -Wl,--wrap=slot_derive -Wl,--wrap=statfs
tests_db_test_vault_damage_SOURCES = tests/db/test_vault_damage.c $(VAULT_FIXTURE)
tests_db_test_vault_damage_CPPFLAGS = $(VAULT_TEST_FLAGS)
tests_db_test_vault_damage_LDADD = $(DB_TEST_LIBS)
tests_db_test_vault_damage_LDFLAGS = -Wl,--wrap=slot_derive

# The program from outside; json_lines is a tool of these tests.
dist_check_SCRIPTS += \
	tests/cli/audit.sh \
	tests/cli/canary.sh \
	tests/cli/figures.sh tests/cli/page.sh tests/cli/workbook.sh \
	tests/cli/dbsb.sh \
	tests/cli/guarded.sh \
	tests/cli/letters.sh \
	tests/cli/letters_kept.sh \
	tests/cli/files.sh \
	tests/cli/life_links.sh \
	tests/cli/life_refusals.sh \
	tests/cli/life_walks.sh \
	tests/cli/import.sh \
	tests/cli/kept.sh \
	tests/cli/lists.sh \
	tests/cli/months.sh \
	tests/cli/people.sh \
	tests/cli/rights.sh \
	tests/cli/stores.sh \
	tests/cli/users.sh \
	tests/cli/usage.sh
EXTRA_DIST += tests/cli/cli.sh tests/cli/life.sh tests/golden/tracing_2020.csv tests/golden/dbsb_2020.csv tests/golden/list_2020-12.txt tests/golden/matrix_2020-02.txt
EXTRA_PROGRAMS = tests/cli/json_lines
check_DATA = tests/cli/json_lines$(EXEEXT)
CLEANFILES += tests/cli/json_lines$(EXEEXT)
tests_cli_json_lines_SOURCES = tests/cli/json_lines.c
tests_cli_json_lines_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
tests_cli_json_lines_LDADD = $(JANSSON_LIBS)
SCREEN_TEST_SOURCES = tests/tui/harness.h tests/tui/harness.c tests/tui/fake_desk.h tests/tui/fake_desk.c tests/tui/fake_life.h tests/tui/fake_life.c core/desk_rights.c tests/tui/fake_memory.h tests/tui/fake_memory.c tests/tui/on_terminal.h tests/tui/on_terminal.c tests/tui/fake_trail.c core/leftovers.c core/private_file.c tests/tui/fake_files.c tests/tui/fake_people.c tests/tui/fake_keeping.c tests/tui/fake_months.c
SCREEN_TEST_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS) $(NCURSES_CFLAGS)
SCREEN_TEST_LIBS = tui/libtui.a $(CORE_TEST_LIBS) $(NCURSES_LIBS) $(VTERM_LIBS)
check_PROGRAMS += tests/tui/test_first_screen
tests_tui_test_first_screen_SOURCES = $(SCREEN_TEST_SOURCES) tests/tui/test_first_screen.c
tests_tui_test_first_screen_CPPFLAGS = $(SCREEN_TEST_CPPFLAGS)
tests_tui_test_first_screen_LDADD = $(SCREEN_TEST_LIBS)
check_PROGRAMS += tests/tui/test_screen_safety
tests_tui_test_screen_safety_SOURCES = $(SCREEN_TEST_SOURCES) tests/tui/test_screen_safety.c
tests_tui_test_screen_safety_CPPFLAGS = $(SCREEN_TEST_CPPFLAGS)
tests_tui_test_screen_safety_LDADD = $(SCREEN_TEST_LIBS)
check_PROGRAMS += tests/db/test_walreset
tests_db_test_walreset_SOURCES = tests/db/test_walreset.c $(DB_RIG)
tests_db_test_walreset_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_walreset_LDADD = $(DB_TEST_LIBS)
check_PROGRAMS += tests/db/test_powercut
tests_db_test_powercut_SOURCES = tests/db/test_powercut.c $(DB_RIG)
tests_db_test_powercut_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_powercut_LDADD = $(DB_TEST_LIBS)
check_PROGRAMS += tests/cli/test_prompt
tests_cli_test_prompt_SOURCES = tests/tui/harness.h tests/tui/harness.c tests/cli/test_prompt.c
tests_cli_test_prompt_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
tests_cli_test_prompt_LDADD = $(CMOCKA_LIBS) $(VTERM_LIBS)
check_PROGRAMS += tests/core/test_passwords tests/core/test_listing tests/core/test_receipt
tests_core_test_passwords_SOURCES = tests/core/test_passwords.c
tests_core_test_passwords_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_passwords_LDADD = $(CORE_TEST_LIBS)
tests_core_test_listing_SOURCES = tests/core/test_listing.c
tests_core_test_listing_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_listing_LDADD = $(CORE_TEST_LIBS)
tests_core_test_receipt_SOURCES = tests/core/test_receipt.c
tests_core_test_receipt_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_receipt_LDADD = $(CORE_TEST_LIBS)
DEMO_RIG = tests/tui/harness.h tests/tui/harness.c tests/tui/on_demo.h tests/tui/on_demo.c
check_PROGRAMS += tests/tui/test_files
tests_tui_test_files_SOURCES = $(DEMO_RIG) tests/tui/test_files.c
tests_tui_test_files_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
tests_tui_test_files_LDADD = $(CMOCKA_LIBS) $(VTERM_LIBS)
check_PROGRAMS += tests/tui/test_lock
tests_tui_test_lock_SOURCES = $(DEMO_RIG) tests/tui/test_lock.c
tests_tui_test_lock_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
tests_tui_test_lock_LDADD = $(CMOCKA_LIBS) $(VTERM_LIBS)
check_PROGRAMS += tests/tui/test_lock_places
tests_tui_test_lock_places_SOURCES = tests/tui/harness.h tests/tui/harness.c tests/tui/on_demo.h tests/tui/on_demo.c tests/tui/test_lock_places.c
tests_tui_test_lock_places_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
tests_tui_test_lock_places_LDADD = $(CMOCKA_LIBS) $(VTERM_LIBS)
check_PROGRAMS += tests/tui/test_lock_others
tests_tui_test_lock_others_SOURCES = tests/tui/harness.h tests/tui/harness.c tests/tui/on_demo.h tests/tui/on_demo.c tests/tui/test_lock_others.c
tests_tui_test_lock_others_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
tests_tui_test_lock_others_LDADD = $(CMOCKA_LIBS) $(VTERM_LIBS)
check_PROGRAMS += tests/core/test_drafts
tests_core_test_drafts_SOURCES = $(DESK_FIXTURE) tests/core/test_drafts.c
tests_core_test_drafts_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(SQLITE_CFLAGS)
tests_core_test_drafts_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
check_PROGRAMS += tests/tui/test_program
tests_tui_test_program_SOURCES = $(DEMO_RIG) tests/tui/test_program.c
tests_tui_test_program_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
tests_tui_test_program_LDADD = $(CMOCKA_LIBS) $(VTERM_LIBS)
check_PROGRAMS += tests/db/test_vfs_damage
tests_db_test_vfs_damage_SOURCES = tests/db/test_vfs_damage.c $(DB_RIG)
tests_db_test_vfs_damage_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_vfs_damage_LDADD = $(DB_TEST_LIBS)
check_PROGRAMS += tests/db/test_vfs_faults
tests_db_test_vfs_faults_SOURCES = tests/db/test_vfs_faults.c $(DB_RIG)
tests_db_test_vfs_faults_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_vfs_faults_LDADD = $(DB_TEST_LIBS)
check_PROGRAMS += tests/db/test_vfs_processes
tests_db_test_vfs_processes_SOURCES = tests/db/test_vfs_processes.c $(DB_RIG)
tests_db_test_vfs_processes_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_vfs_processes_LDADD = $(DB_TEST_LIBS)
check_PROGRAMS += tests/db/test_allocator
tests_db_test_allocator_SOURCES = tests/db/test_allocator.c $(DB_RIG)
tests_db_test_allocator_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_allocator_LDADD = $(DB_TEST_LIBS)

# Filters, counts, what a supervisor keeps.
check_PROGRAMS += tests/core/test_filter tests/core/test_rulebook_change tests/core/test_tally
tests_core_test_filter_SOURCES = tests/core/test_filter.c
tests_core_test_filter_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_filter_LDADD = $(CORE_TEST_LIBS)
tests_core_test_rulebook_change_SOURCES = tests/core/test_rulebook_change.c
tests_core_test_rulebook_change_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_rulebook_change_LDADD = $(CORE_TEST_LIBS)
tests_core_test_tally_SOURCES = tests/core/test_tally.c
tests_core_test_tally_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_tally_LDADD = $(CORE_TEST_LIBS)
dist_check_SCRIPTS += tests/cli/export.sh tests/cli/try.sh
dist_check_SCRIPTS += tests/cli/filter.sh tests/cli/flagged.sh tests/cli/hostile.sh tests/cli/keeping.sh
# The life of a receipt: the flow, the rights, two at once, the demo's own.
check_PROGRAMS += tests/core/test_flow
tests_core_test_flow_SOURCES = tests/core/test_flow.c
tests_core_test_flow_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_flow_LDADD = $(CORE_TEST_LIBS)
EXTRA_DIST += tests/core/flow.txt
# Letters.
check_PROGRAMS += tests/core/test_letters
tests_core_test_letters_SOURCES = tests/core/test_letters.c
tests_core_test_letters_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_letters_LDADD = $(CORE_TEST_LIBS)
EXTRA_DIST += tests/core/letters/query.txt tests/core/letters/query.html \
	tests/core/letters/rejection.txt tests/core/letters/rejection.html \
	tests/core/letters/no_trace.txt tests/core/letters/release.txt tests/core/letters/release.html
STORE_RIG = tests/db/store_rig.c tests/db/store_rig.h tests/db/shim.c tests/db/shim.h
check_PROGRAMS += tests/db/test_files
tests_db_test_files_SOURCES = tests/db/test_files.c $(STORE_RIG)
tests_db_test_files_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_files_LDADD = $(DB_TEST_LIBS)
check_PROGRAMS += tests/db/test_commit tests/db/test_store_guard tests/db/test_forgery
tests_db_test_commit_SOURCES = tests/db/test_commit.c $(STORE_RIG)
tests_db_test_commit_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_commit_LDADD = $(DB_TEST_LIBS)
tests_db_test_forgery_SOURCES = tests/db/test_forgery.c $(STORE_RIG)
tests_db_test_forgery_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_forgery_LDADD = $(DB_TEST_LIBS)
tests_db_test_store_guard_SOURCES = tests/db/test_store_guard.c $(STORE_RIG)
tests_db_test_store_guard_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_store_guard_LDADD = $(DB_TEST_LIBS)
check_PROGRAMS += tests/tui/test_log
tests_tui_test_log_SOURCES = $(DEMO_RIG) tests/tui/test_log.c
tests_tui_test_log_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
tests_tui_test_log_LDADD = $(CMOCKA_LIBS) $(VTERM_LIBS)
check_PROGRAMS += tests/tui/test_palette
tests_tui_test_palette_SOURCES = $(DEMO_RIG) tests/tui/test_palette.c
tests_tui_test_palette_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
tests_tui_test_palette_LDADD = $(CMOCKA_LIBS) $(VTERM_LIBS)
check_PROGRAMS += tests/tui/test_queues
tests_tui_test_queues_SOURCES = $(DEMO_RIG) tests/tui/test_queues.c
tests_tui_test_queues_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
tests_tui_test_queues_LDADD = $(CMOCKA_LIBS) $(VTERM_LIBS)
check_PROGRAMS += tests/tui/test_find
tests_tui_test_find_SOURCES = $(DEMO_RIG) tests/tui/test_find.c
tests_tui_test_find_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
tests_tui_test_find_LDADD = $(CMOCKA_LIBS) $(VTERM_LIBS)
DESK_FIXTURE = tests/core/must.h tests/core/desk_fixture.h tests/core/desk_fixture.c
check_PROGRAMS += tests/core/test_rights
tests_core_test_rights_SOURCES = $(DESK_FIXTURE) tests/core/rights_deeds.h tests/core/rights_deeds.c tests/core/rights_deeds_months.c tests/core/test_rights.c
tests_core_test_rights_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_rights_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
EXTRA_DIST += tests/core/rights.txt

# Working days, bank holidays, the clock of receipts.
check_PROGRAMS += tests/core/test_working_days
tests_core_test_working_days_SOURCES = tests/core/test_working_days.c
tests_core_test_working_days_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_working_days_LDADD = $(CORE_TEST_LIBS)
dist_check_SCRIPTS += tests/cli/clocks.sh
check_PROGRAMS += tests/core/test_flagged tests/core/test_life
tests_core_test_flagged_SOURCES = $(DESK_FIXTURE) tests/core/test_flagged.c
tests_core_test_flagged_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_flagged_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
tests_core_test_life_SOURCES = $(DESK_FIXTURE) tests/core/test_life.c
tests_core_test_life_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_life_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
check_PROGRAMS += tests/core/test_story
tests_core_test_story_SOURCES = tests/core/test_story.c
tests_core_test_story_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(SQLITE_CFLAGS)
tests_core_test_story_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
check_PROGRAMS += tests/core/test_people
tests_core_test_people_SOURCES = $(DESK_FIXTURE) tests/core/test_people.c
tests_core_test_people_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_people_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
check_PROGRAMS += tests/core/test_two_people
tests_core_test_two_people_SOURCES = $(DESK_FIXTURE) tests/core/test_two_people.c
tests_core_test_two_people_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_two_people_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
check_PROGRAMS += tests/core/test_search_words
tests_core_test_search_words_SOURCES = $(DESK_FIXTURE) tests/core/test_search_words.c
tests_core_test_search_words_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS) $(JANSSON_CFLAGS)
tests_core_test_search_words_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
check_PROGRAMS += tests/db/test_trails
TRAIL_RIG = tests/db/trail_rig.c tests/db/trail_rig.h tests/db/both_proofs.c tests/db/both_proofs.h
tests_db_test_trails_SOURCES = tests/db/test_trails.c $(TRAIL_RIG)
tests_db_test_trails_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_trails_LDADD = $(DB_TEST_LIBS)
check_PROGRAMS += tests/tui/test_work
tests_tui_test_work_SOURCES = $(SCREEN_TEST_SOURCES) tests/tui/on_demo.h tests/tui/on_demo.c tests/tui/test_work.c
tests_tui_test_work_CPPFLAGS = $(SCREEN_TEST_CPPFLAGS)
tests_tui_test_work_LDADD = $(SCREEN_TEST_LIBS)
check_PROGRAMS += tests/tui/test_decide
tests_tui_test_decide_SOURCES = $(DEMO_RIG) tests/tui/test_decide.c
tests_tui_test_decide_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
tests_tui_test_decide_LDADD = $(CMOCKA_LIBS) $(VTERM_LIBS)
check_PROGRAMS += tests/core/test_queues
tests_core_test_queues_SOURCES = $(DESK_FIXTURE) tests/core/test_queues.c
tests_core_test_queues_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_queues_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
check_PROGRAMS += tests/core/test_demo_life
tests_core_test_demo_life_SOURCES = tests/core/test_demo_life.c
tests_core_test_demo_life_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_demo_life_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
check_PROGRAMS += tests/tui/test_letters
tests_tui_test_letters_SOURCES = $(DEMO_RIG) tests/tui/test_letters.c
tests_tui_test_letters_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
tests_tui_test_letters_LDADD = $(CMOCKA_LIBS) $(VTERM_LIBS)
# Killed at every call that touches a file.
KILL_RIG = tests/db/kill_rig.c tests/db/kill_rig.h $(STORE_RIG)
KILL_WRAPS = -Wl,--wrap=renameat2 -Wl,--wrap=unlink -Wl,--wrap=fsync -Wl,--wrap=chmod \
	-Wl,--wrap=linkat -Wl,--wrap=mkdir -Wl,--wrap=rmdir -Wl,--wrap=write
check_PROGRAMS += tests/db/test_remake
tests_db_test_remake_SOURCES = tests/db/test_remake.c $(KILL_RIG)
tests_db_test_remake_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_remake_LDADD = $(DB_TEST_LIBS)
tests_db_test_remake_LDFLAGS = $(KILL_WRAPS)
check_PROGRAMS += tests/db/test_recovery
tests_db_test_recovery_SOURCES = tests/db/test_recovery.c $(TRAIL_RIG)
tests_db_test_recovery_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_recovery_LDADD = $(DB_TEST_LIBS)
check_PROGRAMS += tests/tui/test_audit
tests_tui_test_audit_SOURCES = $(SCREEN_TEST_SOURCES) tests/tui/on_demo.h tests/tui/on_demo.c tests/tui/test_audit.c
tests_tui_test_audit_CPPFLAGS = $(SCREEN_TEST_CPPFLAGS)
tests_tui_test_audit_LDADD = $(SCREEN_TEST_LIBS)

# make bench: a store beside the same SQLite without sealing. Ratios, never a test.
EXTRA_PROGRAMS += tests/bench/bench
tests_bench_bench_SOURCES = tests/bench/bench.c tests/bench/work.c tests/bench/work.h
tests_bench_bench_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
tests_bench_bench_LDADD = db/libdb.a $(SQLITE_LIBS) $(SODIUM_LIBS)
CLEANFILES += tests/bench/bench$(EXEEXT)
BENCH_RECEIPTS = 100000 1000000
.PHONY: bench
bench: tests/bench/bench$(EXEEXT)
	@for receipts in $(BENCH_RECEIPTS); do \
		folder=`mktemp -d "$${TMPDIR:-/tmp}/tracedesk-bench.XXXXXX"` || exit 1; \
		tests/bench/bench$(EXEEXT) $$receipts "$$folder"; status=$$?; \
		rm -rf "$$folder"; test $$status -eq 0 || exit 1; \
	done

# Fuzz targets: as tests by replay.c, or, after configure --enable-fuzzer with clang, by libFuzzer
# with "make fuzz".
FUZZ_TARGETS = csv event filter header json page ring seal sealed text
FUZZ_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
FUZZ_TEST_LIBS = core/librules.a db/libdb.a $(SQLITE_LIBS) $(SODIUM_LIBS) $(JANSSON_LIBS) $(UTF8PROC_LIBS) $(CSV_LIBS)
if FUZZER
FUZZ_DRIVER = tests/fuzz/fuzz.h tests/fuzz/drive.c
FUZZ_LINK = $(AM_LDFLAGS) -fsanitize=fuzzer
else
FUZZ_DRIVER = tests/fuzz/fuzz.h tests/fuzz/drive.c tests/fuzz/replay.c
FUZZ_LINK = $(AM_LDFLAGS)
dist_check_SCRIPTS += tests/fuzz/fuzz.sh
endif
MEMORY_DISK = tests/fuzz/memory_disk.h tests/fuzz/memory_disk.c
SMALL_STORE = tests/fuzz/small_store.h tests/fuzz/small_store.c
FUZZ_ALL = tests/fuzz/fuzz_csv tests/fuzz/fuzz_event tests/fuzz/fuzz_filter tests/fuzz/fuzz_header tests/fuzz/fuzz_json tests/fuzz/fuzz_page tests/fuzz/fuzz_ring tests/fuzz/fuzz_seal tests/fuzz/fuzz_sealed tests/fuzz/fuzz_text
EXTRA_PROGRAMS += $(FUZZ_ALL)
check_DATA += $(FUZZ_ALL)
CLEANFILES += $(FUZZ_ALL)
tests_fuzz_fuzz_csv_SOURCES = $(FUZZ_DRIVER) tests/fuzz/fuzz_csv.c
tests_fuzz_fuzz_csv_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_csv_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_csv_LDADD = $(FUZZ_TEST_LIBS)
tests_fuzz_fuzz_event_SOURCES = $(FUZZ_DRIVER) tests/fuzz/fuzz_event.c
tests_fuzz_fuzz_event_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_event_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_event_LDADD = $(FUZZ_TEST_LIBS)
tests_fuzz_fuzz_filter_SOURCES = $(FUZZ_DRIVER) tests/fuzz/fuzz_filter.c
tests_fuzz_fuzz_filter_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_filter_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_filter_LDADD = $(FUZZ_TEST_LIBS)
tests_fuzz_fuzz_header_SOURCES = $(FUZZ_DRIVER) $(MEMORY_DISK) tests/fuzz/fuzz_header.c
tests_fuzz_fuzz_header_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_header_LDFLAGS = $(FUZZ_LINK) -Wl,--wrap=crypto_generichash
tests_fuzz_fuzz_header_LDADD = $(FUZZ_TEST_LIBS)
tests_fuzz_fuzz_json_SOURCES = $(FUZZ_DRIVER) tests/fuzz/fuzz_json.c
tests_fuzz_fuzz_json_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_json_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_json_LDADD = $(FUZZ_TEST_LIBS)
tests_fuzz_fuzz_page_SOURCES = $(FUZZ_DRIVER) $(MEMORY_DISK) $(SMALL_STORE) tests/fuzz/fuzz_page.c
tests_fuzz_fuzz_page_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_page_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_page_LDADD = $(FUZZ_TEST_LIBS)
tests_fuzz_fuzz_ring_SOURCES = $(FUZZ_DRIVER) tests/fuzz/fuzz_ring.c
tests_fuzz_fuzz_ring_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_ring_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_ring_LDADD = $(FUZZ_TEST_LIBS)
tests_fuzz_fuzz_seal_SOURCES = $(FUZZ_DRIVER) tests/fuzz/fuzz_seal.c
tests_fuzz_fuzz_seal_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_seal_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_seal_LDADD = $(FUZZ_TEST_LIBS)
tests_fuzz_fuzz_sealed_SOURCES = $(FUZZ_DRIVER) $(MEMORY_DISK) $(SMALL_STORE) tests/fuzz/fuzz_sealed.c
tests_fuzz_fuzz_sealed_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_sealed_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_sealed_LDADD = $(FUZZ_TEST_LIBS)
tests_fuzz_fuzz_text_SOURCES = $(FUZZ_DRIVER) tests/fuzz/fuzz_text.c
tests_fuzz_fuzz_text_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_text_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_text_LDADD = $(FUZZ_TEST_LIBS)
EXTRA_DIST += \
	tests/fuzz/corpus/csv/cp1252 \
	tests/fuzz/corpus/csv/dbsb \
	tests/fuzz/corpus/csv/history \
	tests/fuzz/corpus/csv/plain \
	tests/fuzz/corpus/csv/two \
	tests/fuzz/corpus/event/gone \
	tests/fuzz/corpus/event/one \
	tests/fuzz/corpus/filter/codes \
	tests/fuzz/corpus/filter/cut \
	tests/fuzz/corpus/filter/last \
	tests/fuzz/corpus/filter/log \
	tests/fuzz/corpus/filter/personal \
	tests/fuzz/corpus/filter/words \
	tests/fuzz/corpus/header/forged \
	tests/fuzz/corpus/header/generation \
	tests/fuzz/corpus/header/kind \
	tests/fuzz/corpus/header/lockout \
	tests/fuzz/corpus/header/proved \
	tests/fuzz/corpus/header/record \
	tests/fuzz/corpus/header/slot \
	tests/fuzz/corpus/header/whole \
	tests/fuzz/corpus/json/guardian \
	tests/fuzz/corpus/json/request \
	tests/fuzz/corpus/json/trace \
	tests/fuzz/corpus/page/cells \
	tests/fuzz/corpus/page/magic \
	tests/fuzz/corpus/page/tree \
	tests/fuzz/corpus/page/whole \
	tests/fuzz/corpus/ring/box \
	tests/fuzz/corpus/ring/lost \
	tests/fuzz/corpus/ring/serial \
	tests/fuzz/corpus/ring/whole \
	tests/fuzz/corpus/seal/byte \
	tests/fuzz/corpus/seal/foreign \
	tests/fuzz/corpus/seal/frame \
	tests/fuzz/corpus/seal/log \
	tests/fuzz/corpus/seal/moved \
	tests/fuzz/corpus/seal/page \
	tests/fuzz/corpus/seal/round \
	tests/fuzz/corpus/seal/tag \
	tests/fuzz/corpus/sealed/byte \
	tests/fuzz/corpus/sealed/frame \
	tests/fuzz/corpus/sealed/log \
	tests/fuzz/corpus/sealed/store \
	tests/fuzz/corpus/text/day \
	tests/fuzz/corpus/text/hostile \
	tests/fuzz/corpus/text/name
# For FUZZ_LIMIT seconds each, or, given FUZZ_RUNS, so many executions. Neither is a variable here:
# it would stand in for the one that fuzz.sh gets.
.PHONY: fuzz
fuzz: $(FUZZ_ALL)
	@for target in $(FUZZ_TARGETS); do \
		rm -rf "tests/fuzz/found/$$target"; \
		mkdir -p "tests/fuzz/found/$$target" || exit 1; \
		limit=$${FUZZ_RUNS:+-runs=$$FUZZ_RUNS}; \
		tests/fuzz/fuzz_$$target$(EXEEXT) $${limit:--max_total_time=$${FUZZ_LIMIT:-60}} -max_len=4096 \
			-print_final_stats=1 -artifact_prefix="tests/fuzz/found/$$target-" "tests/fuzz/found/$$target" \
			"$(srcdir)/tests/fuzz/corpus/$$target" || exit 1; \
	done
check_PROGRAMS += tests/tui/test_people
tests_tui_test_people_SOURCES = $(DEMO_RIG) tests/tui/test_people.c
tests_tui_test_people_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
tests_tui_test_people_LDADD = $(CMOCKA_LIBS) $(VTERM_LIBS)

# Random histories, a few in `make check`, five hundred in `make histories`.
check_PROGRAMS += tests/core/test_histories
tests_core_test_histories_SOURCES = $(DESK_FIXTURE) tests/core/histories.h tests/core/histories.c tests/core/replay.h tests/core/replay.c tests/core/test_histories.c
tests_core_test_histories_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_histories_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
histories:
	TRACEDESK_HISTORIES=500 $(MAKE) check TESTS=tests/core/test_histories
.PHONY: histories
check_PROGRAMS += tests/tui/test_month
tests_tui_test_month_SOURCES = $(DEMO_RIG) tests/tui/test_month.c
tests_tui_test_month_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
tests_tui_test_month_LDADD = $(CMOCKA_LIBS) $(VTERM_LIBS)
check_PROGRAMS += tests/core/test_recover
tests_core_test_recover_SOURCES = tests/core/test_recover.c $(KILL_RIG)
tests_core_test_recover_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_core_test_recover_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
tests_core_test_recover_LDFLAGS = $(KILL_WRAPS)
check_PROGRAMS += tests/tui/test_upkeep
tests_tui_test_upkeep_SOURCES = $(DEMO_RIG) tests/tui/test_upkeep.c
tests_tui_test_upkeep_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
tests_tui_test_upkeep_LDADD = $(CMOCKA_LIBS) $(VTERM_LIBS)
check_PROGRAMS += tests/db/test_many
tests_db_test_many_SOURCES = tests/db/test_many.c tests/db/amount.h tests/db/store_rig.h tests/db/store_rig.c
tests_db_test_many_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_many_LDADD = $(DB_TEST_LIBS)

# The long runs: every bit flipped, power cut at every call in 300 ways, power cuts during whole
# commands, 24 writers of 2,000 events with kills, 500 histories, the fuzz targets for 10 minutes
# each. Hours.
CAMPAIGN = tests/db/test_vfs_damage tests/db/test_vault_damage tests/db/test_structure tests/db/test_structure_log tests/db/test_powercut tests/core/test_crash tests/core/test_users_killed tests/db/test_many tests/core/test_histories tests/fuzz/fuzz.sh
.PHONY: campaign
campaign:
	TRACEDESK_CAMPAIGN=1 TRACEDESK_HISTORIES=500 FUZZ_LIMIT=600 $(MAKE) $(AM_MAKEFLAGS) check TESTS="$(CAMPAIGN)"
check_PROGRAMS += tests/core/test_check
tests_core_test_check_SOURCES = tests/core/test_check.c tests/core/desk_fixture.c tests/core/desk_fixture.h
tests_core_test_check_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
tests_core_test_check_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
check_PROGRAMS += tests/core/test_closing
tests_core_test_closing_SOURCES = $(DESK_FIXTURE) tests/core/test_closing.c
tests_core_test_closing_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
tests_core_test_closing_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
check_PROGRAMS += tests/core/test_two_administrators
tests_core_test_two_administrators_SOURCES = $(DESK_FIXTURE) tests/core/test_two_administrators.c
tests_core_test_two_administrators_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
tests_core_test_two_administrators_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
# Whole pieces of the desk's work, for tests that break them on the way.
SCENARIOS = $(DESK_FIXTURE) tests/core/scenarios.h tests/core/scenarios.c tests/core/scenario_steps.c $(ARGON2_ONCE)
check_PROGRAMS += tests/core/test_scenarios
tests_core_test_scenarios_SOURCES = tests/core/test_scenarios.c $(SCENARIOS)
tests_core_test_scenarios_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_core_test_scenarios_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
tests_core_test_scenarios_LDFLAGS = -Wl,--wrap=slot_derive
# Calls that fail in them.
FAULTS = tests/core/faults.h tests/core/faults.c tests/core/disk_faults.h tests/core/disk_faults.c tests/db/amount.h $(SCENARIOS)
check_PROGRAMS += tests/core/test_no_memory
tests_core_test_no_memory_SOURCES = tests/core/test_no_memory.c tests/core/memory_faults.h tests/core/memory_faults.c $(FAULTS)
tests_core_test_no_memory_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_core_test_no_memory_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
tests_core_test_no_memory_LDFLAGS = -Wl,--wrap=slot_derive -Wl,--wrap=sqlite3_config
check_PROGRAMS += tests/core/test_disk_faults
tests_core_test_disk_faults_SOURCES = tests/core/test_disk_faults.c $(FAULTS)
tests_core_test_disk_faults_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_core_test_disk_faults_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
tests_core_test_disk_faults_LDFLAGS = -Wl,--wrap=slot_derive
dist_check_SCRIPTS += tests/cli/full.sh
# Every allocation, every file call.
CAMPAIGN += tests/core/test_no_memory tests/core/test_disk_faults
# The power goes during whole commands.
DISK_TRACE = tests/db/disk_trace.h tests/db/disk_trace.c tests/db/disk_cut.c
check_PROGRAMS += tests/core/test_crash
tests_core_test_crash_SOURCES = $(SCENARIOS) $(DISK_TRACE) tests/db/amount.h tests/core/crash_judge.h tests/core/crash_judge.c tests/core/test_crash.c
tests_core_test_crash_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_core_test_crash_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
tests_core_test_crash_LDFLAGS = -Wl,--wrap=slot_derive
check_PROGRAMS += tests/core/test_private_file
tests_core_test_private_file_SOURCES = tests/core/test_private_file.c $(KILL_RIG)
tests_core_test_private_file_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_core_test_private_file_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
tests_core_test_private_file_LDFLAGS = $(KILL_WRAPS) -Wl,--wrap=open -Wl,--wrap=lstat
check_PROGRAMS += tests/cli/test_progress
tests_cli_test_progress_SOURCES = tests/tui/harness.h tests/tui/harness.c tests/tui/on_demo.h tests/tui/on_demo.c tests/cli/test_progress.c
tests_cli_test_progress_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
tests_cli_test_progress_LDADD = $(CMOCKA_LIBS) $(VTERM_LIBS)
DAMAGES = tests/db/damages.h tests/db/damages.c tests/db/moments.h tests/db/moments.c tests/db/amount.h tests/db/store_rig.h tests/db/store_rig.c $(DB_RIG) $(ARGON2_ONCE)
check_PROGRAMS += tests/db/test_structure
tests_db_test_structure_SOURCES = tests/db/test_structure.c $(DAMAGES)
tests_db_test_structure_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_structure_LDADD = $(DB_TEST_LIBS)
tests_db_test_structure_LDFLAGS = -Wl,--wrap=slot_derive
check_PROGRAMS += tests/db/test_structure_log
tests_db_test_structure_log_SOURCES = tests/db/test_structure_log.c $(DAMAGES)
tests_db_test_structure_log_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_structure_log_LDADD = $(DB_TEST_LIBS)
tests_db_test_structure_log_LDFLAGS = -Wl,--wrap=slot_derive
check_PROGRAMS += tests/db/test_traps
tests_db_test_traps_SOURCES = tests/db/test_traps.c tests/db/store_rig.h tests/db/store_rig.c $(DB_RIG)
tests_db_test_traps_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_traps_LDADD = $(DB_TEST_LIBS)
check_PROGRAMS += tests/core/test_users_killed
tests_core_test_users_killed_SOURCES = tests/db/amount.h tests/core/must.h tests/core/test_users_killed.c $(KILL_RIG)
tests_core_test_users_killed_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_core_test_users_killed_LDADD = core/libdesk.a $(CORE_TEST_LIBS)
tests_core_test_users_killed_LDFLAGS = $(KILL_WRAPS)
