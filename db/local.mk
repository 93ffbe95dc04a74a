# The encrypted store: the only folder that names sqlite3 and libsodium.
noinst_LIBRARIES += db/libdb.a
db_libdb_a_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
db_libdb_a_SOURCES = \
	db/keys.h \
	db/memory.h \
	db/random.h \
	db/records.h \
	db/secret.h \
	db/vfs.h \
	db/vfs_private.h \
	db/allocator.c \
	db/keys.c \
	db/memory.c \
	db/random.c \
	db/records.c \
	db/vfs.c \
	db/vfs_log.c \
	db/vfs_recover.c \
	db/vfs_store.c
