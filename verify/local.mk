# The independent verifier of exported audit logs: shares no code with the rest.
bin_PROGRAMS += tracedesk-verify
tracedesk_verify_SOURCES = verify/checkpoint.c verify/list.c verify/states.c verify/trail.c verify/verify.c verify/verify.h
tracedesk_verify_CPPFLAGS = $(AM_CPPFLAGS) $(SODIUM_CFLAGS)
tracedesk_verify_LDADD = $(SODIUM_LIBS)
