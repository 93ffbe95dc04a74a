# The screens: the only folder that names curses.
noinst_LIBRARIES += tui/libtui.a
tui_libtui_a_CPPFLAGS = $(AM_CPPFLAGS) $(NCURSES_CFLAGS)
tui_libtui_a_SOURCES = \
	tui/answers.c \
	tui/answers.h \
	tui/commands.c \
	tui/commands.h \
	tui/decide.h \
	tui/decide_trace.c \
	tui/draw.c \
	tui/draw.h \
	tui/evidence.c \
	tui/evidence.h \
	tui/form.c \
	tui/form.h \
	tui/form_draw.c \
	tui/known.c \
	tui/known.h \
	tui/line.c \
	tui/line.h \
	tui/log_draw.c \
	tui/log_form.c \
	tui/log_form.h \
	tui/log_private.h \
	tui/log_side.c \
	tui/log_side.h \
	tui/moves.c \
	tui/moves.h \
	tui/page.c \
	tui/page.h \
	tui/receipt_cells.c \
	tui/receipt_cells.h \
	tui/receipt_lines.c \
	tui/receipt_lines.h \
	tui/receipt_list.c \
	tui/receipt_list.h \
	tui/receipt_parts.c \
	tui/receipt_parts.h \
	tui/row_window.c \
	tui/row_window.h \
	tui/scr_decide.c \
	tui/scr_help.c \
	tui/scr_log.c \
	tui/scr_reason.c \
	tui/scr_receipt.c \
	tui/scr_receipts.c \
	tui/scr_review.c \
	tui/scr_unlock.c \
	tui/scr_work.c \
	tui/screen.h \
	tui/signals.c \
	tui/signals.h \
	tui/terminal.c \
	tui/terminal.h \
	tui/tui.c \
	tui/tui.h
