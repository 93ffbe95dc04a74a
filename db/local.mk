# The encrypted store: the only folder that names sqlite3 and libsodium.
noinst_LIBRARIES += db/libdb.a
db_libdb_a_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
db_libdb_a_SOURCES = \
	db/chain.c \
	db/chain.h \
	db/changes.c \
	db/changes.h \
	db/connection.c \
	db/connection.h \
	db/events.c \
	db/events.h \
	db/imports.c \
	db/imports.h \
	db/keys.h \
	db/months.c \
	db/months.h \
	db/payload.c \
	db/payload.h \
	db/people.c \
	db/people.h \
	db/references.c \
	db/references.h \
	db/requests.c \
	db/requests.h \
	db/schema.c \
	db/schema.h \
	db/services.c \
	db/services.h \
	db/settings.c \
	db/settings.h \
	db/statement.c \
	db/statement.h \
	db/store.c \
	db/store.h \
	db/store_private.h \
	db/submissions.c \
	db/submissions.h \
	db/transaction.c \
	db/vault.h \
	db/verify.c \
	db/verify.h \
	db/verify_private.h \
	db/verify_rows.c \
	db/vfs.h \
	db/memory.h \
	db/records.h \
	db/secret.h \
	db/secret.c \
	db/memory.c \
	db/records.c
