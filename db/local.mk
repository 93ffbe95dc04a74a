# The encrypted store: the only folder that names sqlite3 and libsodium.
noinst_LIBRARIES += db/libdb.a
db_libdb_a_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
db_libdb_a_SOURCES = \
	db/memory.h \
	db/records.h \
	db/secret.h \
	db/secret.c \
	db/memory.c \
	db/records.c
