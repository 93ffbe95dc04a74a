/*
 * What a screen is: an ops record at the end of its file, private state of a
 * stated size, the commands that work on it. tui.c keeps the stack of screens,
 * waits for keys and does what a handler's flags ask for; screens call the desk
 * and draw, and know nothing of each other but the ops they push.
 */
#ifndef TRACEDESK_TUI_SCREEN_H
#define TRACEDESK_TUI_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/desk.h"
#include "core/services.h"
#include "db/secret.h"
#include "tui/commands.h"

/* What must happen next; or-ed. Everything is drawn again after any of them. */
enum screen_flags {
	SCREEN_STAY = 0,
	SCREEN_REDRAW = 1,   /* from nothing: the terminal's screen may be spoilt */
	SCREEN_RELOAD = 2,   /* call load, after showing what is waited for */
	SCREEN_POP = 4,	     /* this screen is done; done before a push */
	SCREEN_PUSH = 8,     /* open ui->next */
	SCREEN_QUIT = 16,    /* leave the program */
	SCREEN_UNUSED = 32,  /* text only: the key may mean a command */
	SCREEN_COMMAND = 64, /* after a pop: what the palette chose is done by the screen below */
};

struct screen_ops;
struct receipt_list;
struct draft;

/* The screen that the palette was called from, and its state. */
struct screen_below {
	const struct screen_ops *ops;
	const void *state;
};

/* What was searched for in this session; tui/searches.h. */
enum { SEARCHES_MOST = 12 };
struct searches {
	char *text[SEARCHES_MOST];
	int count;
};

/* What every screen is given. */
struct ui {
	const char *store, *user; /* as given; the name stays when the desk is locked */
	char person[NAME_SIZE];	  /* who was at the desk last; "": nobody yet */
	struct secret *password;  /* given at the start, for the first try alone; NULL: none */
	struct desk *desk;	  /* NULL until unlocked */
	bool is_demo;		  /* the store is a demo's, as its header says before that */
	int key;		  /* that made the command */
	struct screen_below below;
	enum command_id wanted; /* chosen in the palette */
	int rows, columns;	/* at least 24 and 80 when a screen draws */
	const struct screen_ops *next;
	const void *next_argument;	/* read by the next one's open, valid that long */
	char *because;			/* the reason the next receipt is opened for; it takes it */
	char reference[REFERENCE_SIZE]; /* of that receipt */
	struct service_list services;	/* loaded with the first list */
	struct searches searches;
	struct notice notice; /* what the program ends with */
	struct notice told; /* what a screen above did; the one below tells it until the next key */
	const struct receipt_list *list; /* the list a receipt was opened from; NULL: none */
	char seen[REFERENCE_SIZE]; /* the receipt seen last, and its version: goes with a move */
	int64_t seen_version;
	int idle_ms;	  /* without a key after which the desk locks itself, or asks anew */
	bool is_locked;	  /* it was, and nobody has come back yet */
	bool is_unlocked; /* just now: the draft is to be taken up */
	bool is_lock_due;
	bool is_saved;	/* what a draft held is stored */
	char back[80];	/* what it has brought back, until the next key, or "" */
	char lost[512]; /* why what was typed could not be kept, or "" */
};

struct screen_ops {
	const char *name;
	size_t state_size;
	const enum command_id *commands; /* in the order of the bar; ends with COMMAND_NONE */
	unsigned (*open)(struct ui *ui, void *state, const void *argument);
	const char *waiting; /* what is shown meanwhile: "reading …" */
	/* Calls the desk; nothing of the store may stay open after it. NULL: nothing to load. */
	unsigned (*load)(struct ui *ui, void *state);
	void (*draw)(const struct ui *ui, const void *state);
	/* As that of struct frame (tui/draw.h), for the palette; NULL: all can be done. */
	bool (*cannot)(const struct ui *ui, const void *state, enum command_id id, char *out_why);
	/* The terminal has another size; NULL: drawing again is enough. */
	unsigned (*resized)(struct ui *ui, void *state);
	unsigned (*command)(struct ui *ui, void *state, enum command_id id);
	/* A key while something is being typed, before it can mean a command; NULL: never. */
	unsigned (*text)(struct ui *ui, void *state, int key);
	/* Is something being typed now? NULL: whenever there is text. */
	bool (*types)(const void *state);
	void (*done)(void *state); /* frees and wipes what the state holds; NULL: nothing */
	/* Puts down what brings the screen back, what was typed with it; in place of open takes it
	   up again. NULL: it cannot come back. */
	void (*keep)(const void *state, struct draft *draft);
	unsigned (*resume)(struct ui *ui, void *state, struct draft *draft);
};

/* What is to be decided, of which receipt; what it points to lives below on the stack. */
struct decide_argument {
	enum move move;
	const struct request *request;	  /* NULL when several are assigned */
	const struct desk_beside *beside; /* likewise */
	const char *references;		  /* a list of those */
	const char *because;		  /* what the receipt was opened for; NULL: none needed */
};

extern const struct screen_ops scr_unlock;   /* no argument */
extern const struct screen_ops scr_receipts; /* no argument */
extern const struct screen_ops scr_work;     /* no argument */
extern const struct screen_ops scr_find;     /* no argument */
extern const struct screen_ops scr_reason;   /* const struct request_row * */
extern const struct screen_ops scr_receipt;  /* const char *: the reference */
extern const struct screen_ops scr_review;   /* const char *: the reference */
extern const struct screen_ops scr_brief;    /* const char *: the reference */
extern const struct screen_ops scr_decide;   /* const struct decide_argument * */
/* A text to be read. */
struct told_argument {
	const char *title, *path, *text, *explain; /* NULL for nothing */
	bool can_keep;				   /* may be saved to a file */
};
extern const struct screen_ops scr_told;    /* const struct told_argument * */
extern const struct screen_ops scr_people;  /* no argument */
extern const struct screen_ops scr_ask;	    /* const struct ask_argument *: tui/ask.h */
extern const struct screen_ops scr_upkeep;  /* no argument */
extern const struct screen_ops scr_audit;   /* no argument */
extern const struct screen_ops scr_palette; /* const struct screen_below * */
extern const struct screen_ops scr_help;    /* const struct screen_ops *: whose keys */

/* A file of a receipt, to be attached or copied out. */
struct file_argument {
	const char *reference, *because;
	const struct receipt_file *file; /* copied out; NULL: one is attached */
};
extern const struct screen_ops scr_file; /* const struct file_argument * */

extern const struct screen_ops scr_month; /* no argument */
/* A figure whose cases are listed. */
struct cases_argument {
	char month[8];
	bool is_present;
	struct figures_cell cell;
	char title[160];
};
extern const struct screen_ops scr_cases; /* const struct cases_argument * */
/* A month to be closed, or a closed one to be revised. */
struct publish_argument {
	char month[8];
	bool is_revision;
};
extern const struct screen_ops scr_publish; /* const struct publish_argument * */
/* A month to be written to a file. */
struct export_argument {
	char month[8];
	bool is_present;
};
extern const struct screen_ops scr_export; /* const struct export_argument * */

extern const struct screen_ops scr_dbsb;       /* no argument */
extern const struct screen_ops scr_submission; /* const char *: the reference */
/* What is to be done with a submission; it lives below on the stack. */
struct batch_argument {
	enum command_id act;
	const struct submission *submission; /* NULL: a new one */
};
extern const struct screen_ops scr_batch; /* const struct batch_argument * */

/* A letter to be read, printed, sent. */
struct letter_argument {
	char reference[REFERENCE_SIZE];
	int64_t sent;	     /* one that has gone, by its id; 0: the present one */
	bool is_queue;	     /* then the next of those to send */
	const char *because; /* as desk_request_open */
};
extern const struct screen_ops scr_letter; /* const struct letter_argument * */

/* The form of a request: a new one, or a receipt that is edited or answered. */
struct log_argument {
	char reference[REFERENCE_SIZE]; /* "" for a new one; else it is opened, which is recorded */
	bool is_answer;			/* what came to a query, else an edit */
};
extern const struct screen_ops scr_log; /* const struct log_argument * */

#endif
