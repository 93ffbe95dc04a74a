/*
 * One command of the program: its words, what it takes, what it does. The
 * table in commands.c is the only list of them; help, usage errors and dispatch
 * read it.
 */
#ifndef TRACEDESK_CLI_COMMAND_H
#define TRACEDESK_CLI_COMMAND_H

#include <stddef.h>
#include <stdint.h>

#include "cli/options.h"
#include "core/desk.h"

struct call;

/* Does it; the notice holds the sentence when the status is not DESK_OK. */
typedef enum desk_status command_run(const struct call *call, struct notice *notice);

struct command {
	const char *words;     /* "request list" */
	const char *arguments; /* what its own words are called in the usage line, or "" */
	const char *help;      /* a sentence or two */
	size_t least, most;    /* how many words of its own it takes */
	uint64_t options;      /* of OPTION_BIT, beside the ones every command takes */
	command_run *run;
};

extern const struct command commands[];
extern const size_t command_count;

/* A command line, read. */
struct call {
	const struct command *command;	 /* NULL: the screens */
	const char *value[OPTION_COUNT]; /* NULL when not given; "" for a flag that is */
	char **words;			 /* the words that are no options */
	size_t word_count;		 /* counted with the command's own name */
	size_t own;			 /* where the words after its name begin */
};

/* Reads argv (whose words it moves to the front). DESK_USAGE with the sentence on a mistake. */
enum desk_status call_read(int argc, char **argv, struct call *out_call, struct notice *notice);
/* The word after the command's name; NULL when there are fewer. */
const char *call_word(const struct call *call, size_t index);
/* A usage error about the command at hand: "request list: WHY; WHAT TO DO". */
enum desk_status call_misused(const struct call *call, struct notice *notice, const char *format,
	...) __attribute__((format(printf, 3, 4)));

command_run cmd_init;
command_run cmd_demo;
command_run cmd_store_info;
command_run cmd_store_check;
command_run cmd_store_backup;
command_run cmd_store_restore;
command_run cmd_store_rekey;
command_run cmd_store_compact;
command_run cmd_store_recover;
command_run cmd_user_list;
command_run cmd_user_add;
command_run cmd_user_role;
command_run cmd_user_disable;
command_run cmd_user_enable;
command_run cmd_user_reset;
command_run cmd_user_unlock;
command_run cmd_passwd;
command_run cmd_import_requests;
command_run cmd_import_dbsb;
command_run cmd_request_list;
command_run cmd_request_count;
command_run cmd_request_export;
command_run cmd_request_show;
command_run cmd_request_template;
command_run cmd_request_add;
command_run cmd_request_move;
command_run cmd_request_check;
command_run cmd_request_history;
command_run cmd_request_letter;
command_run cmd_request_attach;
command_run cmd_request_files;
command_run cmd_request_extract;
command_run cmd_service_list;
command_run cmd_service_set;
command_run cmd_letterhead_show;
command_run cmd_letterhead_set;
command_run cmd_rule_list;
command_run cmd_rule_show;
command_run cmd_rule_set;
command_run cmd_rule_try;
command_run cmd_organisation_list;
command_run cmd_organisation_set;
command_run cmd_holiday_load;
command_run cmd_dbsb_list;
command_run cmd_dbsb_show;
command_run cmd_dbsb_receive;
command_run cmd_dbsb_reject;
command_run cmd_dbsb_withdraw;
command_run cmd_dbsb_process;
command_run cmd_dbsb_correct;
command_run cmd_figures;
command_run cmd_month_list;
command_run cmd_release_list;
command_run cmd_month_close;
command_run cmd_month_revise;
command_run cmd_audit_log;
command_run cmd_audit_verify;
command_run cmd_audit_checkpoint;
command_run cmd_audit_export;

#endif
