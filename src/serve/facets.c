/* SPDX-License-Identifier: Apache-2.0
 *
 * facets.c - how much of what was found has each value, and how much lies in each period.
 *
 * What is counted is events, or incidents: an incident counts once for each value that an event of it has which was found, and once in each period, as in
 * `chancery counts`.
 */
#include "serve/look.h"

#include <stdio.h>
#include <stdlib.h>

enum { TYPE, QUAD, STATUS, COUNTRY, DYAD, SECTOR, PUBLISHER, PLACE, N_FACETS };

static const char *const facet_names[] = {"type", "quad", "status", "country", "dyad", "sector", "publisher", "place_country"};
static const char *const quad_names[] = {"no class", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"};

typedef struct facets {
    const chy_columns *c;
    chy_tally tally[N_FACETS];
    uint32_t undated, unit;
    bool dated;               /* a row of `unit` is */
} facets;

static void count(void *ctx, uint32_t row, uint32_t unit)
{
    facets *f = ctx;
    const chy_columns *c = f->c;
    if (unit != f->unit) {
        f->undated += f->unit && !f->dated;
        f->unit = unit;
        f->dated = false;
    }
    f->dated |= c->begin[row] != CHY_NO_DAY;
    chy_tally_add(&f->tally[TYPE], c->type[row], unit);
    chy_tally_add(&f->tally[QUAD], c->quad[row], unit);
    chy_tally_add(&f->tally[STATUS], c->status[row], unit);
    for (uint32_t i = c->part[row]; i < c->part[row + 1]; i++) {
        chy_tally_add(&f->tally[COUNTRY], c->country[i], unit);
        for (uint32_t k = c->sector_at[c->sector[i]]; k < c->sector_at[c->sector[i] + 1]; k++) chy_tally_add(&f->tally[SECTOR], c->sector_of[k], unit);
    }
    for (uint32_t i = c->pair[row]; i < c->pair[row + 1]; i++) chy_tally_add(&f->tally[DYAD], c->dyad[i], unit);
    if (c->publisher[row] != CHY_NO_ROW) chy_tally_add(&f->tally[PUBLISHER], c->publisher[row], unit);
    if (c->place[row] != CHY_NO_ROW) chy_tally_add(&f->tally[PLACE], c->place_state[c->place[row]], unit);
}

/* Value and name of the `k`th of a facet. */
static json_t *named(const chy_look *v, unsigned facet, uint32_t k, uint32_t n)
{
    const chy_columns *c = v->c;
    chy_record *r = v->serve->record;
    char quad[2] = {(char)('0' + k), 0};
    const chy_names *const tables[N_FACETS] = {[TYPE] = &c->types, [STATUS] = &c->statuses, [COUNTRY] = &c->countries, [DYAD] = &c->dyads, [SECTOR] = &c->one_sectors, [PLACE] = &c->states};
    chy_slice value = facet == QUAD ? chy_slice_z(quad) : facet == PUBLISHER ? c->source_name[k] : tables[facet]->v[k];
    json_t *name;
    if (facet == COUNTRY || facet == PLACE) {
        name = chy_look_name(r, value);
    } else if (facet == DYAD) {
        json_t *from = chy_look_name(r, c->countries.v[c->dyad_from[k]]), *to = chy_look_name(r, c->countries.v[c->dyad_to[k]]);
        name = json_sprintf("%s > %s", json_string_value(from), json_string_value(to));
        json_decref(from);
        json_decref(to);
    } else {
        name = facet == QUAD ? json_string(quad_names[k]) : chy_json_text(value);
    }
    return json_pack("{s:o, s:o, s:I}", "value", chy_json_text(value), "name", name, "n", (json_int_t)n);
}

static chy_status answer_facets(const chy_look *v, facets *f, uint32_t total, uint32_t top, chy_answer *answer, chy_error *err)
{
    json_t *out = json_pack("{s:I, s:I}", "total", (json_int_t)total, "undated", (json_int_t)f->undated);
    for (unsigned i = 0; out && i < N_FACETS; i++) {
        uint32_t n, all, *best = chy_tally_top(&f->tally[i], top, &n, &all);
        json_t *list = json_array();
        for (uint32_t k = 0; best && k < n; k++) {
            if (i == PLACE && !v->c->states.v[best[k]].n) continue; /* of no one state */
            json_array_append_new(list, named(v, i, best[k], f->tally[i].v[best[k]].n));
        }
        json_object_set_new(out, facet_names[i], list);
        if (!best) {
            json_decref(out);
            out = NULL;
        }
        free(best);
    }
    answer->json = out;
    return out ? CHY_OK : chy_look_memory(err);
}

chy_status chy_serve_facets(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    chy_look v = {0};
    facets f = {0};
    chy_status st = chy_look_open(&v, serve, ask, answer, err);
    if (st == CHY_OK && chy_look_known(&v, "facets", ask, answer)) {
        chy_look_close(&v);
        return CHY_OK;
    }
    if (st == CHY_OK) {
        const chy_columns *c = f.c = v.c;
        const size_t size[N_FACETS] = {c->types.n, 5, c->statuses.n, c->countries.n, c->dyads.n, c->one_sectors.n, c->sources.n, c->states.n};
        for (unsigned i = 0; st == CHY_OK && i < N_FACETS; i++)
            if (!chy_tally_new(&f.tally[i], size[i])) st = chy_look_memory(err);
    }
    if (st == CHY_OK) {
        uint32_t total = chy_look_units(&v, !chy_ask_is(ask, "unit", "events"), count, &f);
        f.undated += f.unit && !f.dated;
        st = answer_facets(&v, &f, total, (uint32_t)chy_ask_int(ask, "top"), answer, err);
        if (st == CHY_OK) chy_look_keep(&v, "facets", ask, answer, chy_bits_count(&v.rows));
    }
    for (unsigned i = 0; i < N_FACETS; i++) chy_tally_free(&f.tally[i]);
    chy_look_close(&v);
    return st;
}

/* -------------------------------------------------------------------- timeline */

typedef struct timeline {
    const chy_columns *c;
    const chy_periods *p;
    chy_tally cell;           /* period × class */
    const uint16_t *type;
    const uint8_t *class;
    uint32_t n_classes, undated, unit;
    bool dated;
} timeline;

static void count_period(void *ctx, uint32_t row, uint32_t unit)
{
    timeline *t = ctx;
    if (unit != t->unit) {
        t->undated += t->unit && !t->dated;
        t->unit = unit;
        t->dated = false;
    }
    uint32_t period = chy_periods_of(t->p, t->c, row);
    if (period == CHY_NO_ROW) return;
    t->dated = true;
    chy_tally_add(&t->cell, period * t->n_classes + (t->type ? t->type[row] : t->class[row]), unit);
}

static int by_name(const void *a, const void *b)
{
    const chy_slice *x = a, *y = b;
    int d = memcmp(x->p, y->p, x->n < y->n ? x->n : y->n);
    return d ? d : (x->n > y->n) - (x->n < y->n);
}

/* The classes that occur in the answer, in the order of their names; all four quads in any case. */
static uint32_t classes(const timeline *t, bool quad, const chy_names *names, chy_slice *out)
{
    static const char digits[] = "01234";
    uint32_t n = 0;
    for (uint32_t k = 0; k < t->n_classes; k++) {
        bool any = quad && k;
        for (uint32_t p = 0; !any && p < t->p->n; p++) any = t->cell.v[p * t->n_classes + k].n != 0;
        if (any) out[n++] = quad ? (chy_slice){digits + k, 1} : names->v[k];
    }
    qsort(out, n, sizeof *out, by_name);
    return n;
}

static chy_status answer_timeline(const timeline *t, const chy_ask *ask, const chy_names *names, uint32_t total, chy_answer *answer, chy_error *err)
{
    bool quad = !names;
    chy_slice *key = malloc((t->n_classes + 1) * sizeof *key);
    if (!key) return chy_look_memory(err);
    uint32_t n = classes(t, quad, names, key);
    json_t *keys = json_array(), *periods = json_array();
    for (uint32_t i = 0; i < n; i++) json_array_append_new(keys, chy_json_text(key[i]));
    for (uint32_t p = 0; p < t->p->n; p++) {
        json_t *counts = json_array();
        for (uint32_t i = 0; i < n; i++) {
            uint32_t k = quad ? (uint32_t)(key[i].p[0] - '0') : chy_names_find(names, key[i]);
            json_array_append_new(counts, json_integer(t->cell.v[p * t->n_classes + k].n));
        }
        json_array_append_new(periods, json_pack("{s:o, s:o}", "begin", chy_json_day(t->p->begin[p]), "n", counts));
    }
    free(key);
    chy_slice split = chy_ask_text(ask, "split"), unit = chy_ask_text(ask, "unit");
    answer->json = json_pack("{s:s, s:s%, s:s%, s:o, s:o, s:o, s:I, s:I, s:o}", "by", chy_period_name(t->p->by), "split", split.p, split.n, "unit", unit.p, unit.n, "keys", keys, "first",
                             chy_json_day(t->p->first), "last", chy_json_day(t->p->last), "undated", (json_int_t)t->undated, "total", (json_int_t)total, "periods", periods);
    return answer->json ? CHY_OK : chy_look_memory(err);
}

chy_status chy_serve_timeline(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    chy_look v = {0};
    chy_periods p = {0};
    timeline t = {.p = &p};
    chy_status st = chy_look_open(&v, serve, ask, answer, err);
    if (st == CHY_OK && chy_look_known(&v, "timeline", ask, answer)) {
        chy_look_close(&v);
        return CHY_OK;
    }
    if (st == CHY_OK) st = chy_periods_open(&p, &v, chy_ask_text(ask, "by"), err);
    if (st == CHY_OK) {
        const chy_columns *c = t.c = v.c;
        const chy_names *names = chy_ask_is(ask, "split", "type") ? &c->types : chy_ask_is(ask, "split", "status") ? &c->statuses : NULL;
        t.type = names == &c->types ? c->type : NULL;
        t.class = names ? c->status : c->quad;
        t.n_classes = names ? names->n : 5;
        if (!chy_tally_new(&t.cell, (size_t)p.n * t.n_classes)) st = chy_look_memory(err);
        if (st == CHY_OK) {
            uint32_t total = chy_look_units(&v, !chy_ask_is(ask, "unit", "events"), count_period, &t);
            t.undated += t.unit && !t.dated;
            st = answer_timeline(&t, ask, names, total, answer, err);
            if (st == CHY_OK) chy_look_keep(&v, "timeline", ask, answer, chy_bits_count(&v.rows));
        }
    }
    chy_tally_free(&t.cell);
    chy_periods_close(&p);
    chy_look_close(&v);
    return st;
}
