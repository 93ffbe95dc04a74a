# The rules (pure), then the desk (the one place that knows rules and store).
noinst_LIBRARIES += core/librules.a core/libdesk.a
core_librules_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) $(UTF8PROC_CFLAGS)
core_librules_a_SOURCES = \
	core/buffer.h \
	core/calendar.h \
	core/codes.h \
	core/demo_data.h \
	core/demo_private.h \
	core/columns.h \
	core/csv.h \
	core/intake.h \
	core/intake_private.h \
	core/figures.h \
	core/json.h \
	core/nhs_number.h \
	core/rulebook.h \
	core/rules.h \
	core/rules_private.h \
	core/seniority.h \
	core/layout.h \
	core/listing.h \
	core/passwords.h \
	core/passwords_common.h \
	core/receipt.h \
	core/register.h \
	core/services.h \
	core/sheet.h \
	core/terms.h \
	core/text.h \
	core/buffer.c \
	core/calendar.c \
	core/codes.c \
	core/demo_batches.c \
	core/demo_cases.c \
	core/demo_data.c \
	core/demo_faults.c \
	core/demo_names.c \
	core/columns.c \
	core/csv.c \
	core/intake.c \
	core/intake_request.c \
	core/intake_submission.c \
	core/figures.c \
	core/json.c \
	core/nhs_number.c \
	core/rulebook.c \
	core/rules.c \
	core/rules_form.c \
	core/rules_person.c \
	core/rules_service.c \
	core/seniority.c \
	core/layout.c \
	core/listing.c \
	core/passwords.c \
	core/passwords_common.c \
	core/receipt.c \
	core/register.c \
	core/services.c \
	core/sheet.c \
	core/terms.c \
	core/text.c
core_libdesk_a_SOURCES = \
	core/desk.h \
	core/desk_private.h \
	core/desk_rights.h \
	core/desk.c \
	core/desk_audit.c \
	core/desk_demo.c \
	core/desk_figures.c \
	core/desk_import.c \
	core/desk_months.c \
	core/desk_people.c \
	core/desk_requests.c \
	core/desk_rights.c \
	core/desk_store.c \
	core/desk_submissions.c
