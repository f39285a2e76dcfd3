/* SPDX-License-Identifier: Apache-2.0
 *
 * import_run.h - what the two files of the import share: import.c reads a dictionary, import_write.c writes frames.
 */
#ifndef CHY_EVENTS_IMPORT_RUN_H
#define CHY_EVENTS_IMPORT_RUN_H

#include "events/import.h"

typedef struct chy_import_member {
    chy_slice text;
    uint32_t line;
} chy_import_member;

typedef struct chy_import_set {
    chy_slice name;            /* without & */
    uint32_t line, first, n;   /* into members */
    bool plurals;
    bool good;                 /* written as a class */
} chy_import_set;

typedef struct chy_import_verb {
    chy_slice text, forms, code; /* code: n = 0 where the verb alone is nothing */
    uint32_t line;
    bool own;                  /* the code is its own, not the block's */
} chy_import_verb;

typedef struct chy_import_pattern {
    chy_slice text, code;      /* code: n = 0: nothing is coded */
    uint32_t line;
} chy_import_pattern;

typedef struct chy_import_block {
    chy_slice name, code;
    uint32_t line, verbs, n_verbs, patterns, n_patterns;
} chy_import_block;

typedef struct chy_import {
    const chy_table *codes;
    chy_arena *arena;
    chy_slice name;
    void (*each)(void *ctx, const chy_finding *finding);
    void *ctx;
    chy_error *err;
    uint32_t line, comment;    /* comment: the line on which one began, or 0 */
    uint32_t n_errors, n_findings, n_patterns, n_carried, n_rules, n_weis;
    enum { CHY_IMPORT_NOTHING, CHY_IMPORT_SET, CHY_IMPORT_BLOCK } open;
    bool stop, headed, brackets; /* blocks have headings; patterns have brackets (PETRARCH2) */
    CHY_VEC(chy_import_set) sets;
    CHY_VEC(chy_import_member) members;
    CHY_VEC(chy_import_block) blocks;
    CHY_VEC(chy_import_verb) verbs;
    CHY_VEC(chy_import_pattern) patterns;
    uint32_t *slots, n_slots;  /* open addressing over names of sets: set + 1 */
    struct chy_import_scratch *scratch;
    CHY_VEC(char) out;
} chy_import;

void chy_import_find(chy_import *im, uint32_t line, chy_finding_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* The set of that name, or CHY_NONE. */
uint32_t chy_import_synset(const chy_import *im, chy_slice name);
/* Index the last set pushed; false where memory is out. */
bool chy_import_index(chy_import *im);
/* Everything that was read, as frames. */
void chy_import_write(chy_import *im);

#endif
