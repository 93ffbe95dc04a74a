/*
 * Does a word still stand anywhere in this process's memory?
 */
#ifndef TRACEDESK_TESTS_TUI_FAKE_MEMORY_H
#define TRACEDESK_TESTS_TUI_FAKE_MEMORY_H

/* How often a word stands in the memory this process can write to: as bytes, as wide characters, as
   cells of curses. It is given with one added to each byte, so that asking does not put it there.
 */
long fake_memory_search(const char *word_plus_one);

#endif
