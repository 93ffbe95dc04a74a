# The screens: the only folder that names curses.
noinst_LIBRARIES += tui/libtui.a
tui_libtui_a_CPPFLAGS = $(AM_CPPFLAGS) $(NCURSES_CFLAGS)
tui_libtui_a_SOURCES = \
	tui/commands.c \
	tui/commands.h \
	tui/draw.c \
	tui/draw.h \
	tui/line.c \
	tui/line.h \
	tui/receipt_cells.c \
	tui/receipt_cells.h \
	tui/receipt_lines.c \
	tui/receipt_lines.h \
	tui/scr_help.c \
	tui/scr_reason.c \
	tui/scr_receipt.c \
	tui/scr_receipts.c \
	tui/scr_unlock.c \
	tui/screen.h \
	tui/signals.c \
	tui/signals.h \
	tui/terminal.c \
	tui/terminal.h \
	tui/tui.c \
	tui/tui.h
