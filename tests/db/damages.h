/*
 * What can be wrong with the files of a store, class by class, and where each
 * must be found; the two lives that they are put together from.
 */
#ifndef TRACEDESK_TESTS_DB_DAMAGES_H
#define TRACEDESK_TESTS_DB_DAMAGES_H

#include "moments.h"

enum { LAST = MOMENTS - 1 };

#define AT(stage) (1U << (stage))
#define AT_PAGE	  (AT(STAGE_OPEN) | AT(STAGE_READ) | AT(STAGE_CHECK))
#define AT_OLD	  (AT_PAGE | AT(STAGE_VERIFY))
#define UNHARMED  (AT(STAGE_NONE) | AT(STAGE_WARNED))

/* "Nothing to tell": every row is as it was, and every word leads to its receipts.
   A page that does not open is told by whoever reads it first: the opening, a statement, or, if
   nobody needs it, store check; always by its number. */
#define CLASSES(X)                                                                                \
	X(PAGES_SWAPPED, AT_PAGE, "pages swapped")                                                \
	X(PAGE_REPEATED, AT_PAGE, "a page over another")                                          \
	X(PAGE_FOREIGN, AT_PAGE, "a page of another store")                                       \
	X(PAGE_OTHER_FILE, AT_PAGE, "a page of another file id, same key")                        \
	X(PAGE_EMPTY, AT_PAGE, "a page of zeros or noise")                                        \
	X(PAGE_TORN, AT_PAGE, "a page torn")                                                      \
	X(PAGE_OLD, AT_OLD, "an older page")                                                      \
	X(WORDS_OLD, AT_OLD | AT(STAGE_NONE), "older pages of the index of words")                \
	X(PAGES_OLD, AT_OLD | AT(STAGE_NONE), "some older pages")                                 \
	X(TABLE_OLD, AT_OLD, "every page of a table older")                                       \
	X(TABLE_OLD_UNPROVED, AT_OLD | AT(STAGE_NONE), "the same of a table that nothing proves") \
	X(STORE_CUT, AT_PAGE, "store cut at a page")                                              \
	X(STORE_CUT_INSIDE, AT_PAGE, "store cut within a page")                                   \
	X(STORE_CUT_HEADER, AT(STAGE_OPEN), "store cut within its header")                        \
	X(STORE_GROWN, AT(STAGE_CHECK), "store grown")                                            \
	X(HEADER_ONE_OLD, AT(STAGE_WARNED), "one copy of the header older")                       \
	X(HEADER_OLD, AT(STAGE_OPEN), "both copies of the header older")                          \
	X(HEADER_FOREIGN, AT(STAGE_OPEN), "header of another store")                              \
	X(HEADER_ONE_FOREIGN, AT(STAGE_OPEN) | AT(STAGE_WARNED), "one copy of it")                \
	X(LOCKOUT_CROSSED, UNHARMED, "lockout part older or foreign")                             \
	X(HEAD_BEHIND, UNHARMED, "-head older, cut, grown, foreign, gone")                        \
	X(HEAD_AHEAD, AT(STAGE_OPEN), "-head newer than the store")                               \
	X(LOG_CUT, AT(STAGE_OPEN), "log cut before its end")                                      \
	X(LOG_GROWN, AT(STAGE_NONE), "log grown")                                                 \
	X(LOG_GONE, AT(STAGE_OPEN), "log gone")                                                   \
	X(FRAMES_SWAPPED, AT(STAGE_OPEN), "frames swapped")                                       \
	X(FRAME_REPEATED, AT(STAGE_OPEN), "a frame over another")                                 \
	X(FRAME_OLD, AT(STAGE_OPEN), "a frame of an earlier log")                                 \
	X(FRAME_FOREIGN, AT(STAGE_OPEN), "a frame of another store")                              \
	X(FRAME_EMPTY, AT(STAGE_OPEN), "a frame of zeros or noise")                               \
	X(LOG_HEADER_OLD, AT(STAGE_OPEN), "log under an older one's header")                      \
	X(LOG_OLD, AT(STAGE_OPEN), "older log beside a newer store")                              \
	X(LOG_OLD_HEAD_OLD, AT_OLD | AT(STAGE_AGAINST), "the same with an older -head")           \
	X(LOG_NEW, AT_OLD, "newer log beside an older store")                                     \
	X(LOG_FOREIGN, AT(STAGE_OPEN), "log of another store")                                    \
	X(ALL_OLD, AT(STAGE_AGAINST), "everything older")                                         \
	X(ALL_FOREIGN, AT(STAGE_AGAINST), "everything of another store")                          \
	X(SOUND, AT(STAGE_NONE), "nothing wrong")

#define CLASS_NAME(name, stages, words) name,
enum damage { CLASSES(CLASS_NAME) DAMAGES };

extern struct life ours, theirs;
/* Of the next case, for who looks into its failure. */
extern char where[100];

/* Setup and teardown of the group. */
int damages_start(void **state);
int damages_stop(void **state);
/* Prints how many stores of each class were found where; fails when one of these was never tried,
   or fewer than least in all. */
void damages_must_be_tried(enum damage first, enum damage last, int least);

const char *damage_words(enum damage damage);
/* How many cases; a tenth of them under the sanitizers. */
int cases(int usual, int campaign);
/* Puts the files together and asks; fails when they are found out anywhere else. */
struct told must_be(enum damage damage, const struct files *files);

/* A copy with so many zeros behind it; free with bytes_clear. */
struct bytes copy_of(struct bytes from, size_t more);
/* Bytes a to b of one file in the place of those of another; free with bytes_clear. */
struct bytes crossed(struct bytes into, struct bytes from, size_t a, size_t b);
void noise(uint8_t *bytes, size_t size);
uint8_t *page_at(struct bytes store, uint32_t page);
/* Is the page among what is said to be damaged? */
bool names_page(const char *words, uint32_t page);

#endif
