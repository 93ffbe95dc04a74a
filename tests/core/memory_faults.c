/*
 * Memory that fails. What is defined here takes the place of the C library's for
 * the program and every library that it uses (glibc, "Replacing malloc").
 */
#include "tests/core/memory_faults.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/core/faults.h"
#include "tests/sanitizer.h"

#if HAS_SANITIZER
bool memory_faults_work(void)
{
	return false;
}
#else
bool memory_faults_work(void)
{
	return true;
}

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

void *malloc(size_t size)
{
	return fault_fails(MEMORY_HEAP) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return fault_fails(MEMORY_HEAP) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return fault_fails(MEMORY_HEAP) ? NULL : __libc_realloc(old, size);
}

static void *map(void *at, size_t size, va_list rest)
{
	int protection = va_arg(rest, int), flags = va_arg(rest, int), file = va_arg(rest, int);

	if (fault_fails(MEMORY_MAPPED))
		return (void *)-1; /* MAP_FAILED */
	return (void *)syscall(SYS_mmap, at, size, protection, flags, file, va_arg(rest, off64_t));
}

/* As mmap(2) is called, without the header that says it at length. */
void *mmap(void *at, size_t size, ...);
void *mmap(void *at, size_t size, ...)
{
	va_list rest;
	void *mapped;

	va_start(rest, size);
	mapped = map(at, size, rest);
	va_end(rest);
	return mapped;
}

/* SQLite's index of the log. */
void *mmap64(void *at, size_t size, ...);
void *mmap64(void *at, size_t size, ...)
{
	va_list rest;
	void *mapped;

	va_start(rest, size);
	mapped = map(at, size, rest);
	va_end(rest);
	return mapped;
}

int mlock(const void *at, size_t size);
int mlock(const void *at, size_t size)
{
	return fault_fails(MEMORY_LOCKED) ? -1 : (int)syscall(SYS_mlock, at, size);
}
#endif

static sqlite3_mem_methods methods;

static void *sqlite_malloc(int size)
{
	return fault_fails(MEMORY_SQLITE) ? NULL : methods.xMalloc(size);
}

static void *sqlite_realloc(void *old, int size)
{
	return fault_fails(MEMORY_SQLITE) ? NULL : methods.xRealloc(old, size);
}

int __real_sqlite3_config(int option, ...);
int __wrap_sqlite3_config(int option, ...);
int __wrap_sqlite3_config(int option, ...)
{
	sqlite3_mem_methods failing;
	va_list args;
	int code;

	va_start(args, option);
	if (option == SQLITE_CONFIG_MALLOC) {
		methods = *va_arg(args, sqlite3_mem_methods *);
		failing = methods;
		failing.xMalloc = sqlite_malloc;
		failing.xRealloc = sqlite_realloc;
		code = __real_sqlite3_config(option, &failing);
	} else {
		code = __real_sqlite3_config(option, va_arg(args, int));
	}
	va_end(args);
	return code;
}
