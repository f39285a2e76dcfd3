/* SPDX-License-Identifier: Apache-2.0
 *
 * correct.c - `chancery correct`: people's verdicts on events of a record.
 */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static chy_slice of(const char *z) { return (chy_slice){z ? z : "", z ? strlen(z) : 0}; }

/* A number above 0 that is all of z; 0 where it is none. */
static int64_t number(chy_slice s)
{
    int64_t v = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || v > INT64_MAX / 10 - 1) return 0;
        v = v * 10 + (s.p[i] - '0');
    }
    return v;
}

static int keep(const options *o, const chy_verdict *v, uint32_t n)
{
    chy_record *r;
    chy_error err = {0};
    chy_status st = chy_record_open(o->record, 0, &r, &err);
    if (st == CHY_OK) st = chy_record_judge(r, v, n, &err);
    if (st != CHY_OK) fprintf(stderr, "chancery: %s\n", err.message);
    else if (!o->quiet) printf("%u verdict%s kept\n", n, n == 1 ? "" : "s");
    chy_record_close(r);
    return st == CHY_OK ? EXIT_DONE : st == CHY_E_ARGUMENT ? EXIT_USAGE : EXIT_REFUSED;
}

/* ------------------------------------------------------------------------ CSV */

enum { C_ID, C_KEY, C_DISPATCH, C_VERDICT, C_NOTE, N_COLUMNS, MAX_FIELDS = 64 };
static const char *const names[N_COLUMNS] = {"id", "key", "dispatch", "verdict", "note"};

/* The next row; marks are taken off in place. Fields beyond `max` are passed over. False at the end. */
static bool next_row(char **at, char *end, chy_slice *field, unsigned max, unsigned *n)
{
    char *p = *at;
    if (p >= end) return false;
    for (*n = 0;;) {
        char *to = p;
        chy_slice f = {to, 0};
        if (p < end && *p == '"') {
            for (p++; p < end; p++) {
                if (*p == '"' && (p + 1 >= end || p[1] != '"')) break;
                if (*p == '"') p++;
                *to++ = *p;
            }
            p += p < end;
        }
        while (p < end && *p != ',' && *p != '\n' && *p != '\r') *to++ = *p++;
        f.n = (size_t)(to - f.p);
        if (*n < max) field[(*n)++] = f;
        if (p >= end || *p != ',') break;
        p++;
    }
    if (p < end && *p == '\r') p++;
    if (p < end && *p == '\n') p++;
    *at = p;
    return true;
}

static int from_file(const options *o)
{
    out text = {0};
    if (!read_whole(o->from, &text)) return EXIT_REFUSED;
    char *p = text.p, *end = text.p + text.n;
    if (text.n > 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) p += 3;
    chy_slice f[MAX_FIELDS];
    unsigned n = 0, column[N_COLUMNS];
    bool ok = next_row(&p, end, f, MAX_FIELDS, &n);
    for (unsigned k = 0; k < N_COLUMNS; k++) {
        for (column[k] = 0; column[k] < n; column[k]++)
            if (f[column[k]].n == strlen(names[k]) && memcmp(f[column[k]].p, names[k], f[column[k]].n) == 0) break;
        ok &= column[k] < n || k == C_NOTE;
        if (column[k] == n) column[k] = MAX_FIELDS;
    }
    if (!ok) {
        fprintf(stderr, "chancery: %s: has no row of names with id, key, dispatch and verdict\n", o->from);
        out_free(&text);
        return EXIT_USAGE;
    }
    chy_verdict *v = NULL;
    uint32_t n_v = 0, cap = 0;
    while (next_row(&p, end, f, MAX_FIELDS, &n)) {
        chy_slice cell[N_COLUMNS];
        for (unsigned k = 0; k < N_COLUMNS; k++) cell[k] = column[k] < n ? f[column[k]] : of("");
        if (!cell[C_VERDICT].n) continue; /* not judged */
        if (n_v == cap) v = xrealloc(v, (cap = cap ? cap * 2 : 256) * sizeof *v);
        v[n_v++] = (chy_verdict){.key = cell[C_KEY], .dispatch = number(cell[C_DISPATCH]), .event = number(cell[C_ID]), .verdict = cell[C_VERDICT],
                                 .judge = of(o->by), .note = cell[C_NOTE], .drawn = 1};
    }
    int st = keep(o, v, n_v);
    free(v);
    out_free(&text);
    return st;
}

static int run_correct(const options *o)
{
    if (o->from && !o->n_files) return from_file(o);
    if (o->from || o->n_files < 2) {
        fputs("chancery correct: either --from FILE, or an event's key and a verdict is wanted; see `chancery correct --help`\n", stderr);
        return EXIT_USAGE;
    }
    chy_verdict v = {.key = of(o->files[0]), .judge = of(o->by), .note = of(o->note)};
    const char *at = strrchr(o->files[0], '@');
    if (at) {
        v.key.n = (size_t)(at - o->files[0]);
        v.dispatch = number(of(at + 1));
        if (!v.dispatch) {
            fprintf(stderr, "chancery correct: %s: is no number of a dispatch\n", at + 1);
            return EXIT_USAGE;
        }
    }
    /* Values with blanks came as one word each. */
    out words = {0};
    for (unsigned i = 1; i < o->n_files; i++) {
        const char *eq = strchr(o->files[i], '=');
        bool quote = eq && strchr(eq, ' ') && eq[1] != '"';
        if (i > 1) out_z(&words, " ");
        out_put(&words, o->files[i], eq ? (size_t)(eq + 1 - o->files[i]) : strlen(o->files[i]));
        if (eq) out_f(&words, quote ? "\"%s\"" : "%s", eq + 1);
    }
    v.verdict = (chy_slice){words.p, words.n};
    int st = keep(o, &v, 1);
    out_free(&words);
    return st;
}

const command cmd_correct = {
    .name = "correct", .summary = "keep a person's verdict on an event: right, wrong, or what it should be",
    .formats = "text", .inputs = "", .options = "by note from", .record = true, .rest = " KEY[@DISPATCH] right|wrong|FIELD=VALUE…", .run = run_correct,
    .help = "What the engine coded is not touched, and the verdict stays when the page is coded again. The record's view `verdicts` shows them, `corrected`\n"
            "the events with them applied. Fields: date_begin date_end type mode context status source source_country target target_country\n"
            "place place_country. With --from FILE the verdicts of rows that `chancery sample` has drawn.\n\n"
            "    chancery correct record.db 1f00c0ffee120001 type=ACCUSE status=claimed --by Ada\n",
};
