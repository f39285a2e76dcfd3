/* SPDX-License-Identifier: Apache-2.0
 *
 * find.c - an expression to a set of rows.
 *
 * Each term is a set of its own; sets are joined word by word. A term means what it means in query.c: where SQL compares text (LIKE) it is asked of the few different
 * cells of a column, with SQLite's own comparison, and where it needs tables that are not in memory, SQLite is asked for their numbers.
 */
#include "serve/find.h"

#include <stdlib.h>

/* ------------------------------------------------------------------------ bits */

static chy_status no_memory(chy_error *err) { return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory"); }

chy_status chy_bits_new(chy_bits *b, uint32_t n_rows, chy_error *err)
{
    *b = (chy_bits){calloc((size_t)chy_bits_words(n_rows) + 1, sizeof *b->v), n_rows};
    return b->v ? CHY_OK : no_memory(err);
}

void chy_bits_free(chy_bits *b)
{
    free(b->v);
    *b = (chy_bits){0};
}

uint32_t chy_bits_count(const chy_bits *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < chy_bits_words(b->n_rows); i++) n += (uint32_t)__builtin_popcountll(b->v[i]);
    return n;
}

/* Set the bit of every row for which the condition on `row` holds. */
#define EACH_ROW(bits, condition)                                                                                      \
    for (uint32_t row = 0; row < (bits)->n_rows;) {                                                                    \
        uint64_t word = 0;                                                                                             \
        uint32_t at = row >> 6;                                                                                        \
        for (unsigned bit = 0; bit < 64 && row < (bits)->n_rows; bit++, row++) word |= (uint64_t)(condition) << bit;  \
        (bits)->v[at] |= word;                                                                                         \
    }

/* ---------------------------------------------------------------------- values */

typedef struct finder {
    const chy_columns *c;
    chy_record *r;
    chy_bits *out;
    chy_error *err;
} finder;

/* Is `v` a member of the list in `cell`? */
static bool listed(chy_slice cell, chy_slice v)
{
    chy_slice one;
    while (cell.n && chy_slice_split(&cell, ',', &one))
        if (chy_slice_eq(one, v)) return true;
    return false;
}

/* Which cells of a table hold for the value: one byte each, to be freed. */
static uint8_t *cells(const chy_names *t, chy_slice v, bool list)
{
    uint8_t *ok = calloc((size_t)t->n + 1, 1);
    for (uint32_t i = 0; ok && i < t->n; i++) ok[i] = list ? listed(t->v[i], v) : chy_slice_eq(t->v[i], v);
    return ok;
}

static chy_status by_cell(finder *f, const uint16_t *column, const chy_names *t, chy_slice v, bool list)
{
    uint8_t *ok = cells(t, v, list);
    if (!ok) return no_memory(f->err);
    EACH_ROW(f->out, ok[column[row]] != 0)
    free(ok);
    return CHY_OK;
}

static chy_status by_sector(finder *f, chy_slice v)
{
    const chy_columns *c = f->c;
    uint8_t *ok = cells(&c->sectors, v, true);
    if (!ok) return no_memory(f->err);
    for (uint32_t row = 0; row < c->n; row++)
        for (uint32_t i = c->part[row]; i < c->part[row + 1]; i++)
            if (ok[c->sector[i]]) chy_bits_set(f->out, row);
    free(ok);
    return CHY_OK;
}

/* Rows whose index into a table is marked; CHY_NO_ROW never is. */
static void by_index(finder *f, const uint32_t *column, const uint8_t *ok) { EACH_ROW(f->out, column[row] != CHY_NO_ROW && ok[column[row]]) }

/* Marks on the members of a table that SQL finds. */
typedef struct marks {
    const chy_keys *keys;
    uint8_t *ok;
} marks;

static int mark(void *ctx, int64_t id)
{
    const marks *m = ctx;
    uint32_t i = chy_keys_find(m->keys, id);
    if (i != CHY_NO_ROW) m->ok[i] = 1;
    return 0;
}

static chy_status asked(finder *f, const chy_keys *keys, chy_field field, chy_slice v, uint8_t **ok)
{
    marks m = {keys, calloc((size_t)keys->n + 1, 1)};
    *ok = m.ok;
    return m.ok ? chy_record_ids(f->r, field, v, mark, &m, f->err) : no_memory(f->err);
}

enum { ANY = 2 };

/* Somebody of this side (0 source, 1 target, ANY) is of the country, or is one of the actors. */
static void take_part(finder *f, uint32_t country, const uint8_t *actors, unsigned side)
{
    const chy_columns *c = f->c;
    for (uint32_t row = 0; row < c->n; row++)
        for (uint32_t i = c->part[row]; i < c->part[row + 1]; i++)
            if ((side == ANY || c->target[i] == side) && (c->country[i] == country || (c->actor[i] != CHY_NO_ROW && actors[c->actor[i]]))) chy_bits_set(f->out, row);
}

static uint32_t country(const chy_columns *c, chy_slice v) { return chy_expression_code(v) ? chy_names_find(&c->countries, v) : CHY_NO_ROW; }

static chy_status by_side(finder *f, chy_slice v, unsigned side)
{
    uint8_t *ok = NULL;
    chy_status st = asked(f, &f->c->actors, CHY_FIELD_ACTOR, v, &ok);
    if (st == CHY_OK) take_part(f, country(f->c, v), ok, side);
    free(ok);
    return st;
}

static chy_status by_pair(finder *f, chy_slice from, chy_slice to)
{
    chy_bits side[2] = {{0}, {0}}, *out = f->out;
    chy_status st = CHY_OK;
    for (unsigned i = 0; st == CHY_OK && i < 2; i++)
        if ((st = chy_bits_new(&side[i], out->n_rows, f->err)) == CHY_OK) {
            f->out = &side[i];
            st = by_side(f, i ? to : from, i);
        }
    f->out = out;
    for (uint32_t i = 0; st == CHY_OK && i < chy_bits_words(out->n_rows); i++) out->v[i] |= side[0].v[i] & side[1].v[i];
    chy_bits_free(&side[0]);
    chy_bits_free(&side[1]);
    return st;
}

static chy_status by_asked(finder *f, const chy_keys *keys, const uint32_t *column, chy_field field, chy_slice v)
{
    uint8_t *ok = NULL;
    chy_status st = asked(f, keys, field, v, &ok);
    if (st == CHY_OK && column) by_index(f, column, ok);
    for (uint32_t i = 0; st == CHY_OK && !column && i < keys->n; i++)
        if (ok[i]) chy_bits_set(f->out, f->c->row[i]);
    free(ok);
    return st;
}

static chy_status by_place(finder *f, chy_slice v)
{
    const chy_columns *c = f->c;
    uint8_t *ok = calloc((size_t)c->places.n + 1, 1);
    if (!ok) return no_memory(f->err);
    for (uint32_t i = 0; i < c->places.n; i++) ok[i] = chy_slice_eq(chy_expression_code(v) ? c->place_country[i] : c->place_name[i], v);
    by_index(f, c->place, ok);
    free(ok);
    return CHY_OK;
}

static chy_status by_publisher(finder *f, chy_slice v)
{
    const chy_columns *c = f->c;
    uint8_t *ok = calloc((size_t)c->sources.n + 1, 1);
    if (!ok) return no_memory(f->err);
    for (uint32_t i = 0; i < c->sources.n; i++) ok[i] = chy_slice_eq(c->source_name[i], v);
    by_index(f, c->publisher, ok);
    free(ok);
    return CHY_OK;
}

/* Add to f->out the rows where the value holds. */
static chy_status one_value(finder *f, chy_field field, const chy_value *x)
{
    const chy_columns *c = f->c;
    uint32_t k;
    chy_status st;
    switch (field) {
    case CHY_FIELD_ACTOR: return by_side(f, x->text, ANY);
    case CHY_FIELD_SOURCE: return by_side(f, x->text, 0);
    case CHY_FIELD_TARGET: return by_side(f, x->text, 1);
    case CHY_FIELD_DYAD:
        st = by_pair(f, x->text, x->other);
        return st != CHY_OK || x->one_way ? st : by_pair(f, x->other, x->text);
    case CHY_FIELD_SECTOR: return by_sector(f, x->text);
    case CHY_FIELD_TYPE: return by_cell(f, c->type, &c->types, x->text, false);
    case CHY_FIELD_MODE: return by_cell(f, c->mode, &c->modes, x->text, true);
    case CHY_FIELD_CONTEXT: return by_cell(f, c->context, &c->contexts, x->text, true);
    case CHY_FIELD_QUAD: EACH_ROW(f->out, c->quad[row] == x->number) return CHY_OK;
    case CHY_FIELD_STATUS:
        if ((k = chy_names_find(&c->statuses, x->text)) != CHY_NO_ROW) EACH_ROW(f->out, c->status[row] == k)
        return CHY_OK;
    case CHY_FIELD_FROM: EACH_ROW(f->out, c->end[row] >= x->day) return CHY_OK; /* no day is the least of all numbers */
    case CHY_FIELD_TO: EACH_ROW(f->out, row < c->n_dated && c->begin[row] <= x->day) return CHY_OK;
    case CHY_FIELD_PLACE: return by_place(f, x->text);
    case CHY_FIELD_PUBLISHER: return by_publisher(f, x->text);
    case CHY_FIELD_TEXT:
    case CHY_FIELD_AGENCY: return by_asked(f, &c->dispatches, c->dispatch, field, x->text);
    case CHY_FIELD_VOICE:
    case CHY_FIELD_DENIER:
    case CHY_FIELD_EVENT: return by_asked(f, &c->events, NULL, field, x->text);
    case CHY_FIELD_INCIDENT:
        k = chy_keys_find(&c->incidents, x->number);
        for (uint32_t i = k == CHY_NO_ROW ? 0 : c->member_at[k]; k != CHY_NO_ROW && i < c->member_at[k + 1]; i++) chy_bits_set(f->out, c->member[i]);
        return CHY_OK;
    case CHY_FIELD_DISPATCH:
        if ((k = chy_keys_find(&c->dispatches, x->number)) != CHY_NO_ROW) EACH_ROW(f->out, c->dispatch[row] == k)
        return CHY_OK;
    case CHY_FIELD_CONTESTED: EACH_ROW(f->out, c->incident[row] != CHY_NO_ROW && c->contested[c->incident[row]] == x->number) return CHY_OK;
    }
    return CHY_OK;
}

chy_status chy_find_term(const chy_columns *c, chy_record *r, const chy_term *t, chy_bits *out, chy_error *err)
{
    finder f = {c, r, out, err};
    chy_status st = chy_bits_new(out, c->n, err);
    for (uint32_t i = 0; st == CHY_OK && i < t->n; i++) st = one_value(&f, t->field, &t->value[i]);
    uint32_t n = chy_bits_words(c->n);
    for (uint32_t i = 0; st == CHY_OK && t->negated && i < n; i++) out->v[i] = ~out->v[i];
    if (st == CHY_OK && t->negated && c->n % 64) out->v[n - 1] &= ((uint64_t)1 << c->n % 64) - 1;
    if (st != CHY_OK) chy_bits_free(out);
    return st;
}

chy_status chy_columns_side(const chy_columns *c, chy_record *r, chy_slice who, bool target, chy_bits *out, chy_error *err)
{
    finder f = {c, r, out, err};
    chy_status st = chy_bits_new(out, c->n, err);
    uint8_t *ok = calloc((size_t)c->actors.n + 1, 1);
    if (st == CHY_OK && !ok) st = no_memory(err);
    sqlite3_stmt *s = NULL;
    int code = st == CHY_OK ? sqlite3_prepare_v2(r->db, "SELECT id FROM actor WHERE key = ?", -1, &s, NULL) : SQLITE_OK;
    if (s) {
        marks m = {&c->actors, ok};
        sqlite3_bind_text(s, 1, who.p, (int)who.n, SQLITE_STATIC);
        if ((code = sqlite3_step(s)) == SQLITE_ROW) mark(&m, sqlite3_column_int64(s, 0));
        if (code == SQLITE_ROW || code == SQLITE_DONE) code = SQLITE_OK;
        take_part(&f, country(c, who), ok, target);
    }
    if (st == CHY_OK && code != SQLITE_OK) st = chy_record_fail(r, code, "reading", err);
    sqlite3_finalize(s);
    free(ok);
    if (st != CHY_OK) chy_bits_free(out);
    return st;
}
