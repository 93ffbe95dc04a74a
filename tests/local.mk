# Every test program prints TAP; a new one is added to check_PROGRAMS with its own lines.
CORE_TEST_LIBS = core/librules.a db/libdb.a $(CMOCKA_LIBS) $(SQLITE_LIBS) $(SODIUM_LIBS) $(JANSSON_LIBS) $(UTF8PROC_LIBS) $(CSV_LIBS)
DB_TEST_LIBS = db/libdb.a $(CMOCKA_LIBS) $(SQLITE_LIBS) $(SODIUM_LIBS)

check_PROGRAMS += tests/db/test_store
tests_db_test_store_SOURCES = tests/db/test_store.c
tests_db_test_store_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
tests_db_test_store_LDADD = $(DB_TEST_LIBS)
