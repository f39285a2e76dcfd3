/* SPDX-License-Identifier: Apache-2.0
 *
 * cli.h - what the subcommands share: options, sources of pages, the pool that works on them, buffers, JSON.
 * The command stands on chancery.h alone; it has no private way into the library.
 */
#ifndef CHY_CLI_H
#define CHY_CLI_H

#include "chancery.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

/* Exit statuses, as documented in chancery(1). */
enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2, EXIT_INTERRUPTED = 130 };

/* ----------------------------------------------------------------- buffers */

typedef struct out {
    char *p;
    size_t n, cap;
} out;

void out_put(out *o, const char *p, size_t n);
void out_z(out *o, const char *z);
void out_slice(out *o, chy_slice s);
void out_u(out *o, uint64_t v); /* in decimal */
void out_f(out *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void out_free(out *o);
/* The end of a command on a record: print what there is or what is wrong, close. The exit status. */
int end_record(chy_record *r, out *t, chy_status st, const chy_error *err);
/* One JSON value and a line feed; takes the reference. */
void out_json(out *o, json_t *v);
/* A field of CSV (RFC 4180), quoted where it has to be. */
void out_csv(out *o, chy_slice s);
/* The same for a spreadsheet: text that one would take for a formula gets an apostrophe before it. */
void out_csv_safe(out *o, chy_slice s);
/* s in one line: white space runs become a blank, cut to `width` columns with an ellipsis (0: not cut). */
void out_line(out *o, chy_slice s, size_t width);

/* Or die: the command has nothing to go on with without memory. */
void *xrealloc(void *p, size_t n);

json_t *j_slice(chy_slice s);           /* string */
json_t *j_slice_or_null(chy_slice s);   /* null where n is 0 */
json_t *j_day(chy_day d);               /* "YYYY-MM-DD" or null */
json_t *j_interval(chy_interval i);     /* [begin, end] or null */

/* ----------------------------------------------------------------- options */

typedef struct options {
    const char *format;
    const char *data;
    const char **frames;     /* files of the user's frames */
    unsigned n_frames;
    const char **actors;     /* files of the user's actors */
    unsigned n_actors;
    bool check;              /* actors, frames: the files are tables or frames to be checked */
    bool codes;              /* actors: codes and groups of the actors' states too */
    bool import;             /* frames: the files are verb dictionaries to be turned into frames */
    bool only_own;           /* leave out the built-in frames where there are own ones, and likewise the actors */
    chy_input_kind input;
    bool csv;                /* input is CSV, which the library does not know: rows become records of JSON Lines */
    chy_interval *published;
    uint32_t n_published;
    unsigned threads;
    bool unknown;            /* code: not the events, but the predicates that no frame knows */
    bool quiet, color;
    bool frames_only;        /* code, explain: without the learned reader and judge */
    bool whole;              /* text, parse: leave nothing out */
    uint32_t sentence;       /* explain: 1-based, 0 for all */
    const char *match;       /* explain: sentences with these words */
    const char *event;       /* explain: the sentence of this event */
    const char *as_of;       /* query: a moment */
    bool incidents;          /* query: incidents instead of events */
    const char *by;          /* counts: what by; correct: who; sample, precision: the columns that make a stratum */
    const char *denominators;/* counts: the file for the dispatches of each publisher */
    const char *out;         /* export: the folder to write to */
    bool corrected;          /* query, export: with the verdicts applied */
    bool no_text;            /* export: nothing of the publishers' words */
    uint64_t limit;          /* query: rows at most; 0: all */
    bool contested;          /* claims: of a record, what somebody denies */
    bool reverse;            /* corroboration: the best first */
    const char *plot;        /* dyad: "on", "off"; NULL: on a terminal */
    bool page;               /* forget: a whole page */
    const char *split;       /* incident: an event to set apart */
    uint64_t draw, seed;     /* sample; 0: not given */
    const char *note;        /* correct */
    const char *from;        /* correct: a file of verdicts */
    const char *host, *token;/* serve */
    int port;                /* serve; -1: not given */
    bool open, read_only;    /* serve */
    const char *record;      /* commands on a record: its path, named before the files */
    char **files;
    unsigned n_files;
} options;

/* -------------------------------------------------------------------- jobs */

/* One page, record or batch of sentences: bytes are owned by the job. */
typedef struct job {
    char *bytes;
    size_t n;
    chy_input_kind kind;
    char *url;               /* where the archive says it was found, or NULL */
    char *name;              /* for messages: FILE, or FILE:LINE */
    char *id;                /* JSON text of the dispatch's id where the input gives none */
    const chy_data *data;    /* that it is read with */
    const char *data_hash;
    chy_record *there;       /* the worker's own view of the record, where the command asks for one */
    /* Results. */
    out text, errors;
    bool refused;
    uint64_t n_items;
    chy_parcel *parcel;      /* for the record */
    char hash[33];
    chy_input *stored;       /* a page out of the record, to be read again: one block with all its slices */
    chy_put changed;
} job;

typedef struct command command;
struct command {
    const char *name;
    const char *summary;
    const char *formats;     /* "jsonl csv table"; the first is the default */
    const char *inputs;      /* kinds it takes */
    const char *options;     /* names of further options */
    const char *help;        /* paragraphs under the usage line */
    chy_stage upto;
    unsigned flags;
    /* What to print of a page that has been read; counts into j->n_items. */
    void (*print)(job *j, const options *o, const chy_page *page, const char *id);
    /* Instead of reading a page: the whole work on a job. */
    void (*work)(job *j, const options *o, chy_session *s);
    /* The first name on the command line is a record's. Where `take` is given, the pages are for it: `take` puts what a job
     * made, in order; false stops the run. */
    bool record;
    bool again;              /* the pages are the record's own */
    const char *rest;        /* what else stands behind the record, for the usage line; NULL: files */
    bool (*take)(job *j, chy_record *r, out *errors);
    /* Instead of all of that: the whole command. Returns the exit status. */
    int (*run)(const options *o);
    /* Before the first job (may be NULL). */
    void (*begin)(out *text, const options *o);
    /* Where `finish` is given and wants this format, all jobs' texts are gathered in order and handed to it at the end
     * instead of being printed as they come. */
    bool (*gathers)(const options *o);
    void (*finish)(out *text, const options *o);
};

extern const command cmd_page, cmd_text, cmd_parse, cmd_dates, cmd_actors, cmd_places, cmd_claims, cmd_code, cmd_relate,
    cmd_explain, cmd_frames, cmd_add, cmd_recode, cmd_query, cmd_correct, cmd_sample, cmd_precision, cmd_forget, cmd_incident, cmd_diff,
    cmd_counts, cmd_export, cmd_import, cmd_rehydrate, cmd_serve, cmd_timeline, cmd_dyad, cmd_corroboration;
/* What `claims --contested` runs instead. */
extern const command cmd_contested;
/* What `code --unknown` runs instead. */
extern const command cmd_unknown;

/* A note on a job's error stream: "chancery: NAME: …". */
void job_error(job *j, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The job's page as the library takes it. *id gets the record's own id where it has one, to be freed. False, with the job
 * refused, where the record is not in order. */
bool job_input(job *j, const options *o, chy_session *s, chy_input *in, char **id);
/* Read the job's page with the command's stages and hand it to its printer. */
void job_read(job *j, const command *c, const options *o, chy_session *s);
/* What the library noted on a page, as notes on the job. */
void job_notes(job *j, const options *o, const chy_page *page);

/* The words behind the record as one expression of `chancery query`, blanks between; never NULL; to be freed. */
out words_of(const options *o);

/* Run a command over its files; returns the exit status. */
int run_command(const command *c, const options *o);

/* The whole of `path` ("-": standard input), or as much of it as shows that it is too large for the library. False, with a
 * message, where it cannot be read. */
bool read_whole(const char *path, out *text);

/* `actors --check`: the findings on each file; returns the exit status. */
int check_actors(const options *o);

/* ----------------------------------------------------------------- rows */

/* Rows of a record on their way out. */
typedef struct row_out {
    const options *o;
    chy_record *record;
    const char *columns;     /* their names, blanks between */
    out text;
    uint64_t n;
    bool broken;             /* nobody reads any more */
    void *more;              /* the command's own */
} row_out;

/* Open the command's record; an exit status. */
int rows_open(row_out *p);
/* Print what is left where `status` is EXIT_DONE, and close; returns the exit status. */
int rows_close(row_out *p, int status);
/* Ask for the rows of the command's terms; `each` gets p. An exit status, with a message where it is not EXIT_DONE. */
int rows_ask(row_out *p, const char *what, int (*each)(void *ctx, const chy_slice *cells, uint32_t n), uint64_t limit);
/* The cell of that name; n 0 where there is none. */
chy_slice rows_cell(const row_out *p, const chy_slice *cells, uint32_t n, const char *name);
uint64_t rows_number(const row_out *p, const chy_slice *cells, uint32_t n, const char *name);
/* The names of columns, of CSV. */
void rows_head(row_out *p);
void rows_json(row_out *p, const chy_slice *cells, uint32_t n);
void rows_csv(row_out *p, const chy_slice *cells, uint32_t n);
/* An incident for people: what; who stands behind it; the words of its first telling. */
void rows_incident(row_out *p, const chy_slice *cells, uint32_t n);
/* Names with commas between, on one line. */
void rows_names(row_out *p, chy_slice list);
bool rows_flush(row_out *p);

/* ------------------------------------------------------------------ sources */

typedef struct source source;

/* Opens `path` ("-": standard input). NULL and a message in err where that fails. */
source *source_open(const char *path, const command *c, const options *o, out *err);
/* Fills the next job; false at the end. A record that cannot be taken gives a job with `refused` set. */
bool source_next(source *s, job *j);
void source_close(source *s);
/* The files that the command line names, folders with all that is in them; to be freed. */
char **source_files(const options *o, unsigned *n);

/* ------------------------------------------------------------------ output */

/* {"id": …, "article": n} as the head of seam lines. */
json_t *j_dispatch(const char *id, const chy_dispatch *d);
/* PLOVER sectors as a list of codes. */
json_t *j_sectors(uint32_t bits);
/* The piece of the page's text in a range. */
chy_slice cut(const chy_page *page, chy_range r);
/* ANSI colour on, off; empty strings where colours are off. */
const char *color_on(const options *o, const char *code);
const char *color_off(const options *o);

#endif
