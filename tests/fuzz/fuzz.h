/*
 * A fuzz target is a file with fuzz_start and fuzz_input. Built by clang with
 * --enable-fuzzer, libFuzzer drives it; else replay.c does: the corpus, then
 * changed copies of it for some seconds.
 */
#ifndef TRACEDESK_TESTS_FUZZ_FUZZ_H
#define TRACEDESK_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Once, before the first input. */
void fuzz_start(void);
/* Aborts when something that must hold does not. */
void fuzz_input(const uint8_t *bytes, size_t size);

/* Ends the program with the words when what must hold does not. */
void fuzz_must(int holds, const char *what);

/* Changes to good bytes: each of four bytes of the input is a place (24 bits, little-endian, from
   the front or modulo size) and what is put there in place of what was. Returns how many bytes
   are other than before. */
size_t fuzz_edit(uint8_t *bytes, size_t size, const uint8_t *edits, size_t edits_size);

#endif
