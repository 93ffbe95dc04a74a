# Every test prints TAP. A program is added to check_PROGRAMS with its own lines, a script to
# dist_check_SCRIPTS; what they read goes to EXTRA_DIST.
CORE_TEST_LIBS = core/librules.a db/libdb.a $(CMOCKA_LIBS) $(SQLITE_LIBS) $(SODIUM_LIBS) $(JANSSON_LIBS) $(UTF8PROC_LIBS) $(CSV_LIBS)
DB_TEST_LIBS = db/libdb.a $(CMOCKA_LIBS) $(SQLITE_LIBS) $(SODIUM_LIBS)

dist_check_SCRIPTS += tests/check-layers.sh tests/check-source.sh tests/check-house.sh
EXTRA_DIST += tests/summary.sh tests/tap.sh tests/layers.awk tests/source.awk
