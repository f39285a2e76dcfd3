/* SPDX-License-Identifier: Apache-2.0
 *
 * user.h - users' own tables: rows read from their text (our columns, or a TABARI / PETRARCH dictionary), laid over the
 * built-in tables. docs/actors.md describes the formats.
 */
#ifndef CHY_ACTORS_USER_H
#define CHY_ACTORS_USER_H

#include "actors/run.h"

enum { CHY_USER_NAME_BYTES = 200 };

typedef enum chy_user_table { CHY_USER_NAMES, CHY_USER_HOLDERS, CHY_USER_OFFICES, CHY_N_USER_TABLE } chy_user_table;

/* One row of one of the three tables. */
typedef struct chy_user_row {
    char country[4];
    uint32_t sectors;
    chy_day from, to;                     /* inclusive; INT32_MIN and INT32_MAX where open */
    chy_slice name, id, role, members;    /* name: of the actor, the person, or the words of the office */
    chy_slice basis;                      /* FILE:LINE */
    uint32_t line, first_key, n_keys;
    uint8_t table, what, letters, either; /* chy_user_table; of names see chy_name_row */
    uint8_t kind, flags;                  /* of offices */
} chy_user_row;

typedef CHY_VEC(chy_user_row) chy_user_rows;

/* An entry as its file has it, for coding with the user's names alone (dictionary.c): a name or an agent, and its code. */
typedef struct chy_user_code {
    chy_slice code;                       /* "RURGOV"; of several actors "RUR/ARN" */
    char country[4];
    uint32_t sectors;
    chy_day from, to;                     /* inclusive; INT32_MIN and INT32_MAX where open */
    chy_slice basis;                      /* FILE:LINE */
    uint32_t first_key, n_keys;
    bool agent, prefix, none;             /* an agent; its code goes before the actor's; nobody ("---") */
} chy_user_code;

typedef struct chy_user {
    chy_user_rows rows;
    CHY_VEC(chy_user_code) codes;         /* of one name those with dates first */
    CHY_VEC(chy_slice) keys;              /* folded */
} chy_user;

typedef struct chy_findings {
    CHY_VEC(chy_finding) v;
    uint32_t n_errors, more;              /* errors; findings beyond what is kept */
    bool errors_only;                     /* keep no others */
} chy_findings;

/* Rows of `text`, which lives in the arena as they do. Errors are findings; CHY_E_MEMORY alone is returned. */
chy_status chy_user_parse(const chy_actors_model *m, chy_arena *arena, chy_slice text, chy_slice file, chy_user *out,
                          chy_findings *f, chy_error *err);
/* user_cameo.c: the parser of dictionaries; `line` is the number of the first line of `text`. */
typedef struct chy_user_parser {
    const chy_actors_model *m;
    chy_arena *arena;
    chy_user *out;
    chy_findings *f;
    chy_slice file;
    uint32_t line;
    bool stop;                            /* too many errors, or names: look no further */
    const uint8_t *codes;                 /* 26^3: 1 where the built-in tables know the country */
} chy_user_parser;
void chy_user_dictionary(chy_user_parser *p, chy_slice text);

void chy_user_find(chy_user_parser *p, uint32_t line, chy_finding_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* Add a key to the row being made; false, with a finding, where it is no name. Keys of a row are pushed one after the other. */
bool chy_user_key(chy_user_parser *p, chy_slice name);
/* Push a row whose keys begin at first_key and end with the last one pushed. */
void chy_user_push(chy_user_parser *p, chy_user_row row, uint32_t first_key);
/* The same for an entry as it stands. */
void chy_user_push_code(chy_user_parser *p, chy_user_code code, uint32_t line, uint32_t first_key);
bool chy_user_country(const chy_user_parser *p, const char *code);

/* Findings of rows among themselves and against the built-in tables. */
chy_status chy_user_compare(const chy_actors_model *m, chy_arena *arena, const chy_user *u, chy_slice file, chy_findings *f,
                            chy_error *err);
/* The keys and cells of one table of rows, laid over `base`. rows[]: by row of the overlay, the row of `u`. */
chy_status chy_user_lay(const chy_actors_model *m, chy_arena *arena, const chy_user *u, unsigned table, chy_table *out,
                        uint32_t **rows, chy_error *err);

#endif
