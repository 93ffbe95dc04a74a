# The man pages, written in scdoc.
man_MANS = doc/tracedesk.1 doc/tracedesk-import.5 doc/tracedesk-store.7 doc/tracedesk-verify.1
EXTRA_DIST += $(man_MANS:=.scd)
CLEANFILES += $(man_MANS)

doc/%: doc/%.scd
	$(AM_V_GEN)$(MKDIR_P) doc && $(SCDOC) < $< > $@.new && mv $@.new $@
