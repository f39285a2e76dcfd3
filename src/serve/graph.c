/* SPDX-License-Identifier: Apache-2.0
 *
 * graph.c - what two do to one another, who deals with whom, and where.
 *
 * Counted as in facets.c. The intensity of a unit is that of the first event found of it in the cell.
 */
#include "serve/look.h"

#include <stdlib.h>

/* Four counts one behind the other. */
static json_t *quads(const chy_tally *t, size_t at)
{
    return json_pack("[I, I, I, I]", (json_int_t)t->v[at].n, (json_int_t)t->v[at + 1].n, (json_int_t)t->v[at + 2].n, (json_int_t)t->v[at + 3].n);
}

/* -------------------------------------------------------------------- relation */

typedef struct relation {
    const chy_columns *c;
    const chy_periods *p;
    chy_bits ab, ba;
    chy_tally cell;           /* period × direction × quad */
    double *intensity;        /* period × direction */
    uint32_t undated, unit;
    bool dated;
} relation;

static void count_deed(void *ctx, uint32_t row, uint32_t unit)
{
    relation *x = ctx;
    if (unit != x->unit) {
        x->undated += x->unit && !x->dated;
        x->unit = unit;
        x->dated = false;
    }
    uint32_t period = chy_periods_of(x->p, x->c, row);
    if (period == CHY_NO_ROW) return;
    x->dated = true;
    for (uint32_t way = 0; way < 2; way++)
        if (chy_bits_get(way ? &x->ba : &x->ab, row) && x->c->quad[row] && chy_tally_add(&x->cell, (period * 2 + way) * 4 + x->c->quad[row] - 1u, unit))
            x->intensity[period * 2 + way] += (double)x->c->intensity[row];
}

/* A did it to B. */
static chy_status one_way(const chy_look *v, chy_slice a, chy_slice b, chy_bits *out, chy_error *err)
{
    chy_bits to = {0};
    chy_status st = chy_columns_side(v->c, v->serve->record, a, false, out, err);
    if (st == CHY_OK) st = chy_columns_side(v->c, v->serve->record, b, true, &to, err);
    for (uint32_t w = 0; st == CHY_OK && w < chy_bits_words(v->c->n); w++) out->v[w] &= to.v[w] & v->rows.v[w];
    chy_bits_free(&to);
    return st;
}

static json_t *direction(const relation *x, uint32_t period, uint32_t way)
{
    return json_pack("{s:o, s:f}", "n", quads(&x->cell, (period * 2 + way) * 4), "intensity", x->intensity[period * 2 + way]);
}

static chy_status answer_relation(const relation *x, const chy_look *v, const chy_ask *ask, uint32_t total, chy_answer *answer, chy_error *err)
{
    json_t *a = NULL, *b = NULL, *periods = json_array();
    chy_slice unit = chy_ask_text(ask, "unit");
    chy_status st = chy_rows_actor(v->serve->record, chy_ask_text(ask, "a"), &a, err);
    if (st == CHY_OK) st = chy_rows_actor(v->serve->record, chy_ask_text(ask, "b"), &b, err);
    for (uint32_t i = 0; st == CHY_OK && i < x->p->n; i++)
        json_array_append_new(periods, json_pack("{s:o, s:o, s:o}", "begin", chy_json_day(x->p->begin[i]), "ab", direction(x, i, 0), "ba", direction(x, i, 1)));
    if (st == CHY_OK)
        answer->json = json_pack("{s:O, s:O, s:s, s:s%, s:I, s:I, s:O}", "a", a, "b", b, "by", chy_period_name(x->p->by), "unit", unit.p, unit.n, "undated", (json_int_t)x->undated,
                                 "total", (json_int_t)total, "periods", periods);
    if (st == CHY_OK && !answer->json) st = chy_look_memory(err);
    json_decref(a);
    json_decref(b);
    json_decref(periods);
    return st;
}

chy_status chy_serve_relation(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    chy_look v = {0};
    chy_periods p = {0};
    relation x = {.p = &p};
    chy_slice a = chy_ask_text(ask, "a"), b = chy_ask_text(ask, "b");
    chy_status st = chy_look_open(&v, serve, ask, answer, err);
    if (st == CHY_OK && chy_look_known(&v, "relation", ask, answer)) {
        chy_look_close(&v);
        return CHY_OK;
    }
    if (st == CHY_OK) st = one_way(&v, a, b, &x.ab, err);
    if (st == CHY_OK) st = one_way(&v, b, a, &x.ba, err);
    for (uint32_t w = 0; st == CHY_OK && w < chy_bits_words(v.c->n); w++) v.rows.v[w] = x.ab.v[w] | x.ba.v[w];
    if (st == CHY_OK) st = chy_periods_open(&p, &v, chy_ask_text(ask, "by"), err);
    if (st == CHY_OK) {
        x.c = v.c;
        x.intensity = calloc((size_t)p.n * 2 + 1, sizeof *x.intensity);
        if (!chy_tally_new(&x.cell, (size_t)p.n * 8) || !x.intensity) st = chy_look_memory(err);
    }
    if (st == CHY_OK) {
        uint32_t total = chy_look_units(&v, !chy_ask_is(ask, "unit", "events"), count_deed, &x);
        x.undated += x.unit && !x.dated;
        st = answer_relation(&x, &v, ask, total, answer, err);
        if (st == CHY_OK) chy_look_keep(&v, "relation", ask, answer, v.c->n);
    }
    free(x.intensity);
    chy_tally_free(&x.cell);
    chy_bits_free(&x.ab);
    chy_bits_free(&x.ba);
    chy_periods_close(&p);
    chy_look_close(&v);
    return st;
}

/* --------------------------------------------------------------------- network */

typedef struct network {
    const chy_columns *c;
    bool actors;              /* else countries */
    chy_tally node;
    double *sum;              /* of intensities, one a node */
    uint32_t *place;          /* of a node among those shown, CHY_NO_ROW */
    uint16_t *country;        /* one a node, where nodes are actors: as it was last */
    uint32_t n;               /* shown */
    chy_tally link, quad;     /* shown × shown; × quad */
    double *link_sum;
} network;

static uint32_t node_of(const network *x, uint32_t part) { return x->actors ? x->c->actor[part] : x->c->country[part]; }

static void count_node(void *ctx, uint32_t row, uint32_t unit)
{
    network *x = ctx;
    for (uint32_t i = x->c->part[row]; i < x->c->part[row + 1]; i++) {
        uint32_t k = node_of(x, i);
        if (k == CHY_NO_ROW || !chy_tally_add(&x->node, k, unit)) continue;
        x->sum[k] += (double)x->c->intensity[row];
        if (x->actors) x->country[k] = x->c->country[i];
    }
}

static void count_link(void *ctx, uint32_t row, uint32_t unit)
{
    network *x = ctx;
    const chy_columns *c = x->c;
    for (uint32_t s = c->part[row]; s < c->part[row + 1]; s++)
        for (uint32_t t = c->part[row]; !c->target[s] && t < c->part[row + 1]; t++) {
            uint32_t from = node_of(x, s), to = node_of(x, t), quad = c->quad[row];
            if (!c->target[t] || from == CHY_NO_ROW || to == CHY_NO_ROW) continue;
            from = x->place[from], to = x->place[to];
            if (from == CHY_NO_ROW || to == CHY_NO_ROW) continue;
            uint32_t k = from * x->n + to;
            if (chy_tally_add(&x->link, k, unit)) x->link_sum[k] += (double)c->intensity[row];
            if (quad) chy_tally_add(&x->quad, k * 4 + quad - 1, unit);
        }
}

/* What an actor is called by: its key and its name. */
static void actor_names(chy_record *r, int64_t id, json_t **key, json_t **name)
{
    sqlite3_stmt *s = chy_record_stmt(r, CHY_SLOT_VIEWS + 1, "SELECT key, name FROM actor WHERE id = ?");
    if (s) sqlite3_bind_int64(s, 1, id);
    bool there = s && sqlite3_step(s) == SQLITE_ROW;
    *key = there ? chy_json_cell(s, 0) : json_sprintf("%lld", (long long)id);
    *name = there ? chy_json_cell(s, 1) : json_string("?");
    if (s) sqlite3_reset(s);
}

static json_t *nodes(const network *x, chy_record *r, const uint32_t *top, json_t **ids)
{
    const chy_columns *c = x->c;
    json_t *list = json_array();
    for (uint32_t i = 0; i < x->n; i++) {
        uint32_t k = top[i];
        chy_slice country = c->countries.v[x->actors ? x->country[k] : k];
        json_t *key, *name;
        if (x->actors) actor_names(r, c->actors.v[k], &key, &name);
        else key = chy_json_text(country), name = chy_look_name(r, country);
        ids[i] = key;
        json_array_append_new(list, json_pack("{s:O, s:o, s:o, s:I, s:f}", "id", key, "name", name, "country", chy_json_text(country), "n", (json_int_t)x->node.v[k].n, "intensity",
                                              x->sum[k] / x->node.v[k].n));
    }
    return list;
}

static json_t *links(const network *x, json_t *const *ids)
{
    json_t *list = json_array();
    for (uint32_t from = 0; from < x->n; from++)
        for (uint32_t to = 0; to < x->n; to++) {
            uint32_t k = from * x->n + to, n = x->link.v[k].n;
            if (n)
                json_array_append_new(list, json_pack("{s:O, s:O, s:I, s:o, s:f}", "source", ids[from], "target", ids[to], "n", (json_int_t)n, "quad", quads(&x->quad, (size_t)k * 4), "intensity",
                                                      x->link_sum[k] / n));
        }
    return list;
}

static chy_status answer_network(network *x, const chy_look *v, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    bool incidents = !chy_ask_is(ask, "unit", "events");
    uint32_t total = chy_look_units(v, incidents, count_node, x), all, *top = chy_tally_top(&x->node, (uint32_t)chy_ask_int(ask, "nodes"), &x->n, &all);
    size_t cells = (size_t)x->n * x->n + 1;
    x->link_sum = calloc(cells, sizeof *x->link_sum);
    json_t **ids = calloc((size_t)x->n + 1, sizeof *ids);
    bool ok = chy_tally_new(&x->link, cells);
    if (!chy_tally_new(&x->quad, cells * 4) || !ok || !top || !ids || !x->link_sum) {
        free(top);
        free(ids);
        return chy_look_memory(err);
    }
    memset(x->place, 0xff, ((size_t)x->node.size + 1) * sizeof *x->place);
    for (uint32_t i = 0; i < x->n; i++) x->place[top[i]] = i;
    (void)chy_look_units(v, incidents, count_link, x);
    chy_slice level = chy_ask_text(ask, "level"), unit = chy_ask_text(ask, "unit");
    json_t *list = nodes(x, v->serve->record, top, ids);
    answer->json = json_pack("{s:s%, s:s%, s:I, s:I, s:o, s:o}", "level", level.p, level.n, "unit", unit.p, unit.n, "total", (json_int_t)total, "omitted", (json_int_t)(all - x->n), "nodes",
                             list, "links", links(x, ids));
    for (uint32_t i = 0; i < x->n; i++) json_decref(ids[i]);
    free(ids);
    free(top);
    return answer->json ? CHY_OK : chy_look_memory(err);
}

chy_status chy_serve_network(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    chy_look v = {0};
    network x = {.actors = chy_ask_is(ask, "level", "actor")};
    chy_status st = chy_look_open(&v, serve, ask, answer, err);
    if (st == CHY_OK && chy_look_known(&v, "network", ask, answer)) {
        chy_look_close(&v);
        return CHY_OK;
    }
    if (st == CHY_OK) {
        x.c = v.c;
        size_t n = x.actors ? x.c->actors.n : x.c->countries.n;
        bool ok = chy_tally_new(&x.node, n);
        x.sum = calloc(n + 1, sizeof *x.sum);
        x.place = malloc((n + 1) * sizeof *x.place);
        x.country = calloc(n + 1, sizeof *x.country);
        st = ok && x.sum && x.place && x.country ? answer_network(&x, &v, ask, answer, err) : chy_look_memory(err);
    }
    if (st == CHY_OK) chy_look_keep(&v, "network", ask, answer, chy_bits_count(&v.rows));
    chy_tally_free(&x.node);
    chy_tally_free(&x.link);
    chy_tally_free(&x.quad);
    free(x.sum), free(x.place), free(x.country), free(x.link_sum);
    chy_look_close(&v);
    return st;
}

/* ---------------------------------------------------------------------- places */

typedef struct places {
    const chy_columns *c;
    chy_tally n, quad;
    uint32_t unplaced, unit;
    bool placed;
} places;

static void count_place(void *ctx, uint32_t row, uint32_t unit)
{
    places *x = ctx;
    if (unit != x->unit) {
        x->unplaced += x->unit && !x->placed;
        x->unit = unit;
        x->placed = false;
    }
    uint32_t k = x->c->place[row];
    if (k == CHY_NO_ROW) return;
    x->placed = true;
    chy_tally_add(&x->n, k, unit);
    if (x->c->quad[row]) chy_tally_add(&x->quad, k * 4 + x->c->quad[row] - 1u, unit);
}

static chy_status answer_places(places *x, const chy_look *v, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    const chy_columns *c = v->c;
    uint32_t total = chy_look_units(v, !chy_ask_is(ask, "unit", "events"), count_place, x), n, all;
    x->unplaced += x->unit && !x->placed;
    uint32_t *top = chy_tally_top(&x->n, (uint32_t)chy_ask_int(ask, "places"), &n, &all);
    if (!top) return chy_look_memory(err);
    json_t *rows = json_array();
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = top[i];
        json_array_append_new(rows, json_pack("{s:I, s:o, s:o, s:f, s:f, s:I, s:o}", "id", (json_int_t)c->places.v[k], "name", chy_json_text(c->place_name[k]), "country",
                                              c->place_country[k].p ? chy_json_text(c->place_country[k]) : json_null(), "lat", c->place_lat[k], "lon", c->place_lon[k], "n",
                                              (json_int_t)x->n.v[k].n, "quad", quads(&x->quad, (size_t)k * 4)));
    }
    free(top);
    chy_slice unit = chy_ask_text(ask, "unit");
    answer->json = json_pack("{s:s%, s:I, s:I, s:I, s:o}", "unit", unit.p, unit.n, "total", (json_int_t)total, "unplaced", (json_int_t)x->unplaced, "omitted", (json_int_t)(all - n), "rows", rows);
    return answer->json ? CHY_OK : chy_look_memory(err);
}

chy_status chy_serve_places(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    chy_look v = {0};
    places x = {0};
    chy_status st = chy_look_open(&v, serve, ask, answer, err);
    if (st == CHY_OK) {
        x.c = v.c;
        bool ok = chy_tally_new(&x.n, v.c->places.n);
        ok = chy_tally_new(&x.quad, (size_t)v.c->places.n * 4) && ok;
        st = ok ? answer_places(&x, &v, ask, answer, err) : chy_look_memory(err);
    }
    chy_tally_free(&x.n);
    chy_tally_free(&x.quad);
    chy_look_close(&v);
    return st;
}
