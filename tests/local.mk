# Every test prints TAP. A program is added to check_PROGRAMS with its own lines, a script to
# dist_check_SCRIPTS; what they read goes to EXTRA_DIST.
CORE_TEST_LIBS = core/librules.a db/libdb.a $(CMOCKA_LIBS) $(SQLITE_LIBS) $(SODIUM_LIBS) $(JANSSON_LIBS) $(UTF8PROC_LIBS) $(CSV_LIBS)
DB_TEST_LIBS = db/libdb.a $(CMOCKA_LIBS) $(SQLITE_LIBS) $(SODIUM_LIBS)

check_PROGRAMS += \
	tests/core/test_nhs_number \
	tests/core/test_rules \
	tests/core/test_rules_edges \
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
EXTRA_DIST += tests/summary.sh tests/tap.sh tests/layers.awk tests/source.awk
# The terminal harness (pty and libvterm) and the screens.
check_PROGRAMS += tests/tui/test_harness
tests_tui_test_harness_SOURCES = tests/tui/harness.h tests/tui/harness.c tests/tui/test_harness.c
tests_tui_test_harness_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
tests_tui_test_harness_LDADD = $(CMOCKA_LIBS) $(VTERM_LIBS)

check_PROGRAMS += tests/db/test_format
tests_db_test_format_SOURCES = tests/db/reader.h tests/db/reader.c tests/db/test_format.c
tests_db_test_format_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
tests_db_test_format_LDADD = $(DB_TEST_LIBS)
DB_TEST_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS) $(CMOCKA_CFLAGS) -I$(top_srcdir)/tests/db
DB_RIG = tests/db/rig.c tests/db/rig.h tests/db/shim.c tests/db/shim.h
check_PROGRAMS += tests/db/test_vfs
tests_db_test_vfs_SOURCES = tests/db/test_vfs.c $(DB_RIG)
tests_db_test_vfs_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_vfs_LDADD = $(DB_TEST_LIBS)

check_PROGRAMS += tests/core/test_text
tests_core_test_text_SOURCES = tests/core/test_text.c
tests_core_test_text_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_core_test_text_LDADD = $(CORE_TEST_LIBS)
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
