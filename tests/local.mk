# Every test prints TAP. A program is added to check_PROGRAMS with its own lines, a script to
# dist_check_SCRIPTS; what they read goes to EXTRA_DIST.
CORE_TEST_LIBS = core/librules.a db/libdb.a $(CMOCKA_LIBS) $(SQLITE_LIBS) $(SODIUM_LIBS) $(JANSSON_LIBS) $(UTF8PROC_LIBS) $(CSV_LIBS)
DB_TEST_LIBS = db/libdb.a $(CMOCKA_LIBS) $(SQLITE_LIBS) $(SODIUM_LIBS)

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
