# Every test prints TAP. A program is added to check_PROGRAMS with its own lines, a script to
# dist_check_SCRIPTS; what they read goes to EXTRA_DIST.
CORE_TEST_LIBS = core/librules.a db/libdb.a $(CMOCKA_LIBS) $(SQLITE_LIBS) $(SODIUM_LIBS) $(JANSSON_LIBS) $(UTF8PROC_LIBS) $(CSV_LIBS)
DB_TEST_LIBS = db/libdb.a $(CMOCKA_LIBS) $(SQLITE_LIBS) $(SODIUM_LIBS)

check_PROGRAMS += tests/db/test_store
tests_db_test_store_SOURCES = tests/db/test_store.c
tests_db_test_store_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
tests_db_test_store_LDADD = $(DB_TEST_LIBS)
dist_check_SCRIPTS += tests/check-layers.sh tests/check-source.sh tests/check-house.sh
EXTRA_DIST += tests/summary.sh tests/tap.sh tests/layers.awk tests/source.awk
# The terminal harness (pty and libvterm) and the screens.
check_PROGRAMS += tests/tui/test_harness
tests_tui_test_harness_SOURCES = tests/tui/harness.h tests/tui/harness.c tests/tui/test_harness.c
tests_tui_test_harness_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
tests_tui_test_harness_LDADD = $(CMOCKA_LIBS) $(VTERM_LIBS)
# The vault: each program with the fixture and Argon2 wrapped.
VAULT_FIXTURE = tests/db/vault_fixture.h tests/db/vault_fixture.c
VAULT_TEST_FLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
check_PROGRAMS += tests/db/test_secret tests/db/test_turnstile tests/db/test_vault \
	tests/db/test_vault_files tests/db/test_vault_damage
tests_db_test_secret_SOURCES = tests/db/test_secret.c $(VAULT_FIXTURE)
tests_db_test_secret_CPPFLAGS = $(VAULT_TEST_FLAGS)
tests_db_test_secret_LDADD = $(DB_TEST_LIBS)
tests_db_test_secret_LDFLAGS = -Wl,--wrap=crypto_pwhash
tests_db_test_turnstile_SOURCES = tests/db/test_turnstile.c $(VAULT_FIXTURE)
tests_db_test_turnstile_CPPFLAGS = $(VAULT_TEST_FLAGS)
tests_db_test_turnstile_LDADD = $(DB_TEST_LIBS)
tests_db_test_turnstile_LDFLAGS = -Wl,--wrap=crypto_pwhash
tests_db_test_vault_SOURCES = tests/db/test_vault.c $(VAULT_FIXTURE)
tests_db_test_vault_CPPFLAGS = $(VAULT_TEST_FLAGS)
tests_db_test_vault_LDADD = $(DB_TEST_LIBS)
tests_db_test_vault_LDFLAGS = -Wl,--wrap=crypto_pwhash
tests_db_test_vault_files_SOURCES = tests/db/test_vault_files.c $(VAULT_FIXTURE)
tests_db_test_vault_files_CPPFLAGS = $(VAULT_TEST_FLAGS)
tests_db_test_vault_files_LDADD = $(DB_TEST_LIBS)
tests_db_test_vault_files_LDFLAGS = -Wl,--wrap=crypto_pwhash
tests_db_test_vault_damage_SOURCES = tests/db/test_vault_damage.c $(VAULT_FIXTURE)
tests_db_test_vault_damage_CPPFLAGS = $(VAULT_TEST_FLAGS)
tests_db_test_vault_damage_LDADD = $(DB_TEST_LIBS)
tests_db_test_vault_damage_LDFLAGS = -Wl,--wrap=crypto_pwhash
