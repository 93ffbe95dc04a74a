# The rules (pure), then the desk (the one place that knows rules and store).
noinst_LIBRARIES += core/librules.a core/libdesk.a
core_librules_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) $(UTF8PROC_CFLAGS)
core_librules_a_SOURCES = \
	core/buffer.h \
	core/calendar.h \
	core/codes.h \
	core/figures.h \
	core/json.h \
	core/layout.h \
	core/register.h \
	core/services.h \
	core/sheet.h \
	core/terms.h \
	core/text.h \
	core/buffer.c \
	core/calendar.c \
	core/codes.c \
	core/figures.c \
	core/json.c \
	core/layout.c \
	core/register.c \
	core/services.c \
	core/sheet.c \
	core/terms.c \
	core/text.c
core_libdesk_a_SOURCES = \
	core/desk.h
