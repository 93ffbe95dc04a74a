/*
 * Memory that fails: malloc and its kin for every library of the program, the
 * allocator given to SQLite, and memory mapped and locked. Link with
 * --wrap=sqlite3_config. Not under sanitizers, which have a malloc of their own.
 */
#ifndef TRACEDESK_TESTS_CORE_MEMORY_FAULTS_H
#define TRACEDESK_TESTS_CORE_MEMORY_FAULTS_H

#include <stdbool.h>

enum { MEMORY_HEAP = 1, MEMORY_SQLITE = 2, MEMORY_MAPPED = 4, MEMORY_LOCKED = 8 };

bool memory_faults_work(void);

#endif
