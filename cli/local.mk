# The program.
bin_PROGRAMS += tracedesk
tracedesk_SOURCES = \
	cli/main.c
tracedesk_LDADD = tui/libtui.a core/libdesk.a core/librules.a db/libdb.a $(NCURSES_LIBS) $(SQLITE_LIBS) $(SODIUM_LIBS) $(JANSSON_LIBS) $(UTF8PROC_LIBS) $(CSV_LIBS)
