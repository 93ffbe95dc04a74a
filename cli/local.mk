# The program. Where the store of an installation lies; none when it is everybody's own.
bin_PROGRAMS += tracedesk
if STORE_GROUP
tracedesk_CPPFLAGS = $(AM_CPPFLAGS) -DSTORE_INSTALLED='"$(localstatedir)/lib/tracedesk/store.tdk"'
else
tracedesk_CPPFLAGS = $(AM_CPPFLAGS) -DSTORE_INSTALLED='""'
endif
tracedesk_SOURCES = \
	cli/command.h \
	cli/complain.h \
	cli/filter_words.c \
	cli/filter_words.h \
	cli/examples.h \
	cli/help.h \
	cli/unknown.h \
	cli/input.h \
	cli/life.h \
	cli/cmd_files.c \
	cli/options.h \
	cli/output.h \
	cli/pages.h \
	cli/password.h \
	cli/progress.c \
	cli/recovery.c \
	cli/recovery.h \
	cli/progress.h \
	cli/people.h \
	cli/settings.c \
	cli/settings.h \
	cli/session.h \
	cli/cmd_audit.c \
	cli/cmd_audit_log.c \
	cli/cases.c \
	cli/cases.h \
	cli/cmd_months.c \
	cli/cmd_dbsb_change.c \
	cli/cmd_dbsb.c \
	cli/cmd_export.c \
	cli/cmd_figures.c \
	cli/cmd_holidays.c \
	cli/cmd_import.c \
	cli/cmd_letterhead.c \
	cli/cmd_life.c \
	cli/cmd_log.c \
	cli/cmd_people.c \
	cli/cmd_request.c \
	cli/cmd_request_list.c \
	cli/cmd_organisations.c \
	cli/cmd_rules.c \
	cli/cmd_services.c \
	cli/cmd_try.c \
	cli/cmd_store.c \
	cli/cmd_store_keep.c \
	cli/cmd_users.c \
	cli/commands.c \
	cli/complain.c \
	cli/examples.c \
	cli/unknown.c \
	cli/help.c \
	cli/input.c \
	cli/life.c \
	cli/main.c \
	cli/options.c \
	cli/output.c \
	cli/pages.c \
	cli/password.c \
	cli/session.c
tracedesk_LDADD = tui/libtui.a core/libdesk.a core/librules.a db/libdb.a $(NCURSES_LIBS) $(SQLITE_LIBS) $(SODIUM_LIBS) $(JANSSON_LIBS) $(UTF8PROC_LIBS) $(CSV_LIBS) $(XLSXWRITER_LIBS)

# Set-group-ID: the folder and the store are the group's, which no person is in; the program alone
# gets at them (tracedesk-store(7)).
if STORE_GROUP
install-exec-hook:
	chgrp $(STORE_GROUP) $(DESTDIR)$(bindir)/$(tracedesk_name)
	chmod 2755 $(DESTDIR)$(bindir)/$(tracedesk_name)

install-data-hook:
	$(MKDIR_P) $(DESTDIR)$(localstatedir)/lib/tracedesk
	chgrp $(STORE_GROUP) $(DESTDIR)$(localstatedir)/lib/tracedesk
	chmod 2770 $(DESTDIR)$(localstatedir)/lib/tracedesk

tracedesk_name = `echo tracedesk | sed '$(transform)'`$(EXEEXT)
endif
