/* SPDX-License-Identifier: Apache-2.0
 *
 * record.h - the record: dispatches and their events in SQLite (docs/design/record.md).
 *
 * In: pages that have been read. Out: rows. The database is laid out in schema.sql.
 *
 *   record.c   opening, versions, transactions, what SQLite's errors mean
 *   parcel.c   a page's results as a list of rows, made by any thread without the database
 *   put.c      parcels into tables
 *   sketch.c   a text's sketch, and how much two texts share
 *   copies.c   which stories on record a new one is a copy of
 *   incidents.c  events told again, folded into one
 *   links.c    denials tied to the claims that they answer in other dispatches
 *   import.c   rows of an export back into tables
 *   fill.c     the texts of pages that only an import has told of
 *   stored.c   pages out of the record, to be read again
 *   verdict.c  what people say of what was coded
 *   corrected.c  selections with people's verdicts applied
 *   forget.c   a page taken out for good
 *   own.c      events in Chancery's own layouts
 *   changes.c  what a run changed; events set apart from their incident
 *   expression.c  the search expression taken apart (expression.h)
 *   query.c    what an expression finds: rows and counts
 *   plan.c     where to begin looking for the events of an expression
 *   sample.c   events drawn for people to judge, and the share of right ones
 */
#ifndef CHY_RECORD_RECORD_H
#define CHY_RECORD_RECORD_H

#include "base/base.h"
#include "record/expression.h"

#include <sqlite3.h>

enum { CHY_RECORD_VERSION = 2, CHY_RECORD_APPLICATION = 0x43485952 /* "CHYR" */ };

/* A row to be written. What it stands for and its cells are in the order of the statements in put.c. */
typedef enum chy_row {
    CHY_ROW_SOURCE, CHY_ROW_ACTOR, CHY_ROW_PLACE, CHY_ROW_PAGE, CHY_ROW_DISPATCH, CHY_ROW_AGENCY, CHY_ROW_EVENT, CHY_ROW_PARTICIPANT,
    CHY_ROW_CLAIM, CHY_ROW_LINK, CHY_ROW_WITHIN, CHY_ROW_SKETCH, CHY_N_ROW
} chy_row;

/* A cell: a tag, then its value. REF is the number of an earlier row of the parcel, counted from 0; its id is meant. */
typedef enum chy_cell { CHY_CELL_NULL = 'n', CHY_CELL_INT = 'i', CHY_CELL_REAL = 'r', CHY_CELL_TEXT = 't', CHY_CELL_BLOB = 'b', CHY_CELL_REF = '#' } chy_cell;

/* rows × { u8 row, u8 n_cells, n_cells × { u8 tag, value } }; integers and reals 8 bytes, text and blobs a u32 length and the bytes,
 * references u32; all in the machine's own order. */
struct chy_parcel {
    char *p;
    size_t n, cap;
    uint32_t n_rows;
    bool failed;
};

/* Slots of kept statements; those of the server (src/serve/rows.h) begin at CHY_STMT_SERVE. */
enum { CHY_STMT_SERVE = 64, CHY_STMT_OTHER = 128 };

/* Where an event stands in indexes: schema.sql, its head. */
enum { CHY_NO_DAY_NUMBER = 99999999, CHY_SPAN_DAYS_0 = 31, CHY_SPAN_DAYS_1 = 366, CHY_N_SPANS = 3 };
typedef struct chy_record_when {
    int32_t day, span;
} chy_record_when;
chy_record_when chy_record_when_of(chy_slice date_begin, chy_slice date_end);
/* YYYYMMDD. */
int32_t chy_record_day_number(chy_day d);

/* The smallest hashes of a text's runs of words, rising, none twice. */
enum { CHY_SKETCH_MAX = 96 };
typedef struct chy_sketch {
    uint32_t n;
    uint32_t hash[CHY_SKETCH_MAX];
} chy_sketch;

struct chy_record {
    sqlite3 *db;
    sqlite3_stmt *row[CHY_N_ROW], *other[CHY_STMT_OTHER];
    char path[1024];
    int64_t run;
    bool open; /* a transaction is */
    struct chy_tellings *tellings; /* events compared of late (incidents.c), or NULL */
    char *raw; /* of the stored page given out last */
    int64_t *stale; /* incidents whose figures are counted anew before the transaction ends */
    size_t n_stale, max_stale;
};

/* Something that can be asked for of events: columns, blanks between, and a statement, on `event e`, up to the condition and behind it; ?1 there is
 * the moment as of which is asked. Without `order` its rows, of events or of incidents, are those of the ids found, in the order of their days. */
typedef struct chy_selection {
    const char *name, *columns, *select, *order;
    bool incidents;
} chy_selection;

/* NULL where there is none of that name. */
const chy_selection *chy_selection_find(const char *what);
/* The number of a name in a list with blanks between, such as a selection's columns; CHY_NONE where it is not in it. */
uint32_t chy_selection_column(const char *list, const char *name);
/* A selection of events that looks at each, for a table of few. */
chy_status chy_record_select_small(chy_record *r, const char *what, chy_slice expression, const char *as_of,
                                   int (*each)(void *ctx, const chy_slice *cells, uint32_t n_cells), void *ctx, chy_error *err);

/* Bring the tables of an earlier layout up to this one, all at once or not at all. */
chy_status chy_record_migrate(chy_record *r, chy_error *err);
/* Statements without rows. An SQLite code. */
static inline int chy_record_exec(chy_record *r, const char *sql) { return sqlite3_exec(r->db, sql, NULL, NULL, NULL); }
/* The first column of a statement's first row; *out stays where there is none. An SQLite code. */
int chy_record_number(chy_record *r, const char *sql, int64_t *out);

/* What SQLite's last error means, as an error of ours. */
chy_status chy_record_fail(chy_record *r, int code, const char *doing, chy_error *err);
/* The statement of `sql`, prepared once and kept under `slot`; NULL where that fails. */
sqlite3_stmt *chy_record_stmt(chy_record *r, unsigned slot, const char *sql);
/* Of the paragraphs of a story; captions, headlines and the dateline are other in every paper. False where memory is out. */
bool chy_sketch_make(const chy_page *page, const chy_dispatch *d, chy_sketch *out);
/* What share of the smaller set's members the larger one has too, 0 to 1, and how many of the hashes it rests on. */
double chy_sketch_share(const chy_sketch *a, const chy_sketch *b, uint32_t *seen);
/* Take the keys away under which a story is found; the rest goes with the story. An SQLite code. */
int chy_record_copies_drop(chy_record *r, int64_t dispatch);
/* Enter a story's sketch and, where it is a copy of one on record, tie it to that. An SQLite code. */
int chy_record_copies(chy_record *r, int64_t dispatch, chy_slice hashes);

/* Put an event into an incident without a look at the others. An SQLite code. */
int chy_record_enter(chy_record *r, int64_t event, int64_t incident, const char *how);
/* Put a new event into the incident that it tells of, or into a new one. An SQLite code. */
int chy_record_fold(chy_record *r, int64_t event);
/* What is kept in memory of events compared. */
void chy_record_fold_forget(chy_record *r);
/* Take an event that is withdrawn out of its incident. An SQLite code. */
int chy_record_unfold(chy_record *r, int64_t event);

/* Tie a new event to the denial or the claim that it belongs with in other dispatches. An SQLite code. */
int chy_record_link(chy_record *r, int64_t event);
/* Let a denial look again for the claim that it answers. An SQLite code. */
int chy_record_relink(chy_record *r, int64_t denial);
/* Of an event that was withdrawn: denials that answered it look again, and what it denied is counted again. An SQLite code. */
int chy_record_unlink(chy_record *r, int64_t event);

/* A change outside a run, which is one transaction of its own: between these two it is made whole or not at all. */
chy_status chy_record_change(chy_record *r, chy_error *err);
chy_status chy_record_changed(chy_record *r, chy_status st, chy_error *err);

/* The numbers that SQL finds for one value of a term: of stories (text, agency), of events, of the present or not (voice, denier, event), else of
 * actors (who has the key, or the piece of a name). Some may come twice. Anything but 0 from `each` ends the matter. */
chy_status chy_record_ids(chy_record *r, chy_field field, chy_slice value, int (*each)(void *ctx, int64_t id), void *ctx, chy_error *err);
/* The page of that id, as chy_record_next_page gives it out; *out is zero where there is none. */
chy_status chy_record_page(chy_record *r, int64_t page, chy_stored_page *out, chy_error *err);

/* A place among events by day and number; those without a day come last in either direction. */
typedef struct chy_record_at {
    chy_day day;
    int64_t id;
} chy_record_at;
/* The first `limit` events behind `after` (NULL: from the beginning) that an expression finds as of a moment, and how many it finds in all. Errors: as chy_record_select. */
chy_status chy_record_moment(chy_record *r, chy_slice expression, const char *as_of, bool newest, const chy_record_at *after, chy_record_at *v, uint32_t limit, uint32_t *n, uint64_t *total,
                           chy_error *err);

/* Bring an incident's figures up to its events. An SQLite code. */
int chy_record_recount(chy_record *r, int64_t incident);
/* The same before the transaction ends, once, however often it is asked for: an incident that is told a thousand times is not counted a thousand times. */
int chy_record_stale(chy_record *r, int64_t incident);
int chy_record_count_stale(chy_record *r);

/* The same as `s`, for functions that return an SQLite code. */
#define CHY_RECORD_STMT(slot, sql)                                                                                     \
    sqlite3_stmt *s = chy_record_stmt(r, slot, sql);                                                                   \
    if (!s) return sqlite3_errcode(r->db)

/* The end of a statement: reset, and SQLITE_OK unless its last step failed. */
static inline chy_slice chy_record_cell(sqlite3_stmt *s, int i) { return (chy_slice){(const char *)sqlite3_column_text(s, i), (size_t)sqlite3_column_bytes(s, i)}; }
/* CHY_NO_DAY where there is none, or what is no day. */
chy_day chy_record_day_cell(sqlite3_stmt *s, int i);
static inline int chy_record_done(sqlite3_stmt *s, int code)
{
    sqlite3_reset(s);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

/* A byte of a word, as sketches and incidents compare words: letters, figures, all beyond ASCII. */
static inline bool chy_record_letter(unsigned char c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}
/* The next word of four letters and more in `rest`, by its first CHY_STEM, hashed: how incidents and denials compare sentences. False at the end. */
enum { CHY_STEM = 5 };
bool chy_record_word(chy_slice *rest, uint32_t *word);

/* "YYYY-MM-DDTHH:MM:SSZ" of now. */
void chy_record_now(char out[21]);

#endif
