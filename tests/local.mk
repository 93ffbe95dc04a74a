# Every test program prints TAP; a new one is added to check_PROGRAMS with its own lines.
CORE_TEST_LIBS = core/librules.a db/libdb.a $(CMOCKA_LIBS) $(SQLITE_LIBS) $(SODIUM_LIBS) $(JANSSON_LIBS) $(UTF8PROC_LIBS) $(CSV_LIBS)
DB_TEST_LIBS = db/libdb.a $(CMOCKA_LIBS) $(SQLITE_LIBS) $(SODIUM_LIBS)
DB_TEST_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS) $(CMOCKA_CFLAGS) -I$(top_srcdir)/tests/db
DB_RIG = tests/db/rig.c tests/db/rig.h tests/db/shim.c tests/db/shim.h
check_PROGRAMS += tests/db/test_keys
tests_db_test_keys_SOURCES = tests/db/test_keys.c $(DB_RIG)
tests_db_test_keys_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_keys_LDADD = $(DB_TEST_LIBS)
check_PROGRAMS += tests/db/test_vfs
tests_db_test_vfs_SOURCES = tests/db/test_vfs.c $(DB_RIG)
tests_db_test_vfs_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_vfs_LDADD = $(DB_TEST_LIBS)
check_PROGRAMS += tests/db/test_vfs_calls
tests_db_test_vfs_calls_SOURCES = tests/db/test_vfs_calls.c $(DB_RIG)
tests_db_test_vfs_calls_CPPFLAGS = $(DB_TEST_CPPFLAGS)
tests_db_test_vfs_calls_LDADD = $(DB_TEST_LIBS)
