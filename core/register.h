/*
 * The published register: figures turned into the two printed layouts and the
 * exact csv and json of interface.md section 7. Pure; text goes into a buffer.
 */
#ifndef TRACEDESK_CORE_REGISTER_H
#define TRACEDESK_CORE_REGISTER_H

#include "core/buffer.h"
#include "core/figures.h"

enum register_layout { REGISTER_LIST, REGISTER_MATRIX };

/* width: 0 is not a terminal (no wrapping), else columns of the terminal. is_demo adds the DEMO
   line, an open month the Provisional line. */
void register_text(const struct figures *figures, enum register_layout layout, bool is_demo,
	int width, struct buffer *out);

struct register_about {
	bool is_demo;
	const char *today; /* provisional figures say when they were so */
};

/* One page that needs nothing else. */
void register_html(const struct figures *figures, enum register_layout layout,
	const struct register_about *about, struct buffer *out);
/* Writes a workbook to path; folder is a private one for what is half written. NULL, or what went
   wrong. */
const char *register_xlsx(const struct figures *figures, const struct register_about *about,
	const char *path, const char *folder);

void register_csv(const struct figures *figures, struct buffer *out);
void register_json(const struct figures *figures, struct buffer *out);

#endif
