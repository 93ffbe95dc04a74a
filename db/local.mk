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
	db/bytes.h \
	db/folder.h \
	db/head.h \
	db/header.h \
	db/lockout.h \
	db/rawfile.h \
	db/recovery_code.h \
	db/report.h \
	db/slots.h \
	db/turnstile.h \
	db/vault.h \
	db/vault_private.h \
	db/folder.c \
	db/head.c \
	db/header.c \
	db/lockout.c \
	db/rawfile.c \
	db/recovery_code.c \
	db/report.c \
	db/secret.c \
	db/slots.c \
	db/turnstile.c \
	db/vault.c \
	db/vault_make.c \
	db/vault_slots.c \
	db/vault_unlock.c \
	db/memory.c \
	db/random.c \
	db/records.c \
	db/vfs.c \
	db/vfs_journal.c \
	db/vfs_log.c \
	db/vfs_recover.c \
	db/vfs_store.c
