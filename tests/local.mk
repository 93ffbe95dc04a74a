# Every test program prints TAP; a new one is added to check_PROGRAMS with its own lines.
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
EXTRA_DIST += tests/golden/checks.json
