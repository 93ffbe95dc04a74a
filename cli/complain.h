/*
 * The one way of the program's sentences to standard error.
 */
#ifndef TRACEDESK_CLI_COMPLAIN_H
#define TRACEDESK_CLI_COMPLAIN_H

/* One line, "tracedesk: SENTENCE", with control characters made visible. */
void complain(const char *sentence);
/* Lines as they are but for control characters. */
void complain_lines(const char *lines);

#endif
