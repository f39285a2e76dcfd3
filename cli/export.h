/* SPDX-License-Identifier: Apache-2.0
 *
 * export.h - what the layouts of `chancery export` share. A layout is one or more files, each a list of fields; a field is a name, a type and
 * how its value is come by from the row of the record that is at hand. docs/export.md is the manual.
 *
 *   export.c          the command: folder, rows, datapackage.json, CITATION.cff
 *   export_fields.c   how values are come by
 *   export_own.c      csv, jsonl
 *   export_plover.c   plover
 *   export_gdelt.c    gdelt
 *   export_dyads.c    icews, phoenix: a row for each source and target
 *   export_polecat.c  polecat
 */
#ifndef CHY_CLI_EXPORT_H
#define CHY_CLI_EXPORT_H

#include "cli.h"

typedef struct exporter exporter;

/* The value of a field; `from` is a column of the selection "export" or a side, `buf` holds what is made. */
typedef chy_slice how(exporter *x, const char *from, out *buf);

typedef struct field {
    const char *name, *type, *from; /* type as in Frictionless Data */
    how *how;
} field;

typedef enum form { FORM_CSV, FORM_TABS, FORM_LINES } form;

typedef struct sheet {
    const char *file;
    const field *fields;
    unsigned n;
    form form;
    bool head; /* the first line has the names */
} sheet;

enum { MAX_SHEETS = 3 };

typedef struct layout {
    const char *name;
    const char *terms; /* that it adds to those asked for, or NULL */
    const char *what;  /* the selection */
    sheet sheets[MAX_SHEETS];
    unsigned n_sheets;
    void (*row)(exporter *x); /* the row at hand into the sheets, or left out */
    void (*end)(exporter *x); /* what is held back; may be NULL */
} layout;

extern const layout layout_csv, layout_jsonl, layout_plover, layout_gdelt, layout_icews, layout_phoenix, layout_polecat;

typedef struct file {
    FILE *f;
    out text;
    uint64_t n_rows;
} file;

struct exporter {
    const options *o;
    const layout *layout;
    chy_data *data;
    const char *columns;
    const chy_slice *cells; /* of the row at hand */
    uint32_t n_cells;
    json_t *side[2];        /* its sources and targets, parsed when asked for */
    size_t first[2], n[2];  /* which of them a row of the layout is about */
    uint64_t number;        /* of the layout's row, where it has to be made */
    file file[MAX_SHEETS];
    chy_export *own;        /* csv, jsonl: the library's layout */
    void *held;             /* the layout's own */
    char made_by[16][80];   /* "ENGINE DATA" of the rows */
    unsigned n_made_by;
    uint64_t left_out;
    chy_corrections corrections;
    out buf;
    bool broken;
};

/* The status of what has happened, as far as somebody says so and nobody denies it: all that most layouts can tell. */
#define DONE_ONLY "status:reported,claimed,admitted"

/* A cell of the row at hand; p NULL where there is nothing. */
chy_slice cell(const exporter *x, const char *name);
/* The sources (0) or targets (1) of the row at hand, a list of objects. */
json_t *side(exporter *x, unsigned which);
/* The codes of a state on the day of the row at hand. */
bool state_codes(const exporter *x, chy_slice country, chy_state_codes *codes);
/* The i-th member of a list with commas between. */
chy_slice member(chy_slice list, unsigned i);
/* Is the place of the row at hand a whole country? */
bool whole_country(const exporter *x);
/* CAMEO's letters for a sector of PLOVER's. */
const char *cameo_role(chy_slice sector);

/* A row of a sheet, out of its fields. */
void put_row(exporter *x, unsigned sheet);
/* A JSON string; a number or null by the field's type. */
void out_json_value(out *o, const char *type, chy_slice v);

how as_is, words, nothing, one;                  /* the cell; the cell, unless the publishers' words are to be left out */
how fips, cow, gw, state_name;                   /* of the state in a cell */
how ymd, year_month, year, month, day, moment;   /* of the day or moment in a cell */
how cameo_base, cameo_root, cameo_title, goldstein;
how side_name, side_words, side_country, side_state, side_cow, side_gw, side_office, side_sectors; /* of "source" or "target", `; ` between several */
how actor_code;                                  /* country and roles, as CAMEO composes them */
how city, number;

/* Beside a layout that has no column for them: codes of states in the three schemes, and what leads back to the event. `id` and `how` give the number that
 * the row has in the layout. */
#define CODES_FIELDS(id, how)                                                                                             \
    {"row", "string", id, how}, {"event", "string", "key", as_is}, {"dispatch_hash", "string", "dispatch_hash", as_is}, {"article", "integer", "article", as_is}, \
    {"status", "string", "status", as_is}, {"source_iso", "string", "source", side_state}, {"source_cow", "string", "source", side_cow}, {"source_gw", "string", "source", side_gw}, \
    {"target_iso", "string", "target", side_state}, {"target_cow", "string", "target", side_cow}, {"target_gw", "string", "target", side_gw}, \
    {"place_iso", "string", "place_country", as_is}, {"place_cow", "integer", "place_country", cow}, {"place_gw", "integer", "place_country", gw}, \
    {"engine", "string", "engine", as_is}, {"data", "string", "data", as_is}

#endif
