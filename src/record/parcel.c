/* SPDX-License-Identifier: Apache-2.0
 *
 * parcel.c - what a record keeps of a page, as rows. No database here: any number of threads make parcels while one puts them.
 */
#include "record/record.h"

#include <jansson.h>
#include <stdlib.h>
#include <xxhash.h>
#include <zstd.h>

enum { ZSTD_LEVEL = 6 };

/* ----------------------------------------------------------------------- hash */

/* A chain of digests, so that no two lists of pieces give the same one. */
static void chain(XXH128_canonical_t acc[2], chy_slice piece)
{
    XXH128_canonicalFromHash(&acc[1], XXH3_128bits(piece.n ? piece.p : "", piece.n));
    XXH128_canonicalFromHash(&acc[0], XXH3_128bits(acc, 2 * sizeof *acc));
}

void chy_input_hash(const chy_input *in, char hash[33])
{
    XXH128_canonical_t acc[2] = {{{0}}, {{0}}};
    chain(acc, in->bytes), chain(acc, in->id), chain(acc, in->title), chain(acc, in->url), chain(acc, in->publisher);
    for (uint32_t i = 0; i < in->n_published; i++) {
        char day[22] = "";
        if (chy_interval_known(in->published[i])) {
            chy_day_format(in->published[i].begin, day);
            chy_day_format(in->published[i].end, day + 10);
        }
        chain(acc, chy_slice_z(day));
    }
    for (unsigned i = 0; i < 16; i++) {
        hash[2 * i] = "0123456789abcdef"[acc->digest[i] >> 4];
        hash[2 * i + 1] = "0123456789abcdef"[acc->digest[i] & 15];
    }
    hash[32] = 0;
}

/* ---------------------------------------------------------------------- cells */

static void put(chy_parcel *b, const void *p, size_t n)
{
    if (b->failed) return;
    if (n > b->cap - b->n) {
        size_t cap = (b->n + n) * 2;
        char *q = realloc(b->p, cap);
        if (!q) {
            b->failed = true;
            return;
        }
        b->p = q;
        b->cap = cap;
    }
    if (n) memcpy(b->p + b->n, p, n);
    b->n += n;
}

static void put_u8(chy_parcel *b, unsigned v)
{
    char c = (char)v;
    put(b, &c, 1);
}

/* Opens a row; returns its number, for references. */
static uint32_t row(chy_parcel *b, chy_row kind, unsigned n_cells)
{
    put_u8(b, kind);
    put_u8(b, n_cells);
    return b->n_rows++;
}

static void c_null(chy_parcel *b) { put_u8(b, CHY_CELL_NULL); }
static void c_int(chy_parcel *b, int64_t v) { put_u8(b, CHY_CELL_INT), put(b, &v, sizeof v); }
static void c_real(chy_parcel *b, double v) { put_u8(b, CHY_CELL_REAL), put(b, &v, sizeof v); }
/* A float of the tables as the number it was written as, to 1/of: -7.2, not -7.19999981. */
static double decimal(float v, int of) { return (double)(int64_t)((double)v * of + (v < 0 ? -0.5 : 0.5)) / of; }

static void c_ref(chy_parcel *b, uint32_t v)
{
    if (v == CHY_NONE) c_null(b);
    else put_u8(b, CHY_CELL_REF), put(b, &v, sizeof v);
}

static void c_bytes(chy_parcel *b, unsigned tag, chy_slice s)
{
    uint32_t n = (uint32_t)s.n;
    put_u8(b, tag);
    put(b, &n, sizeof n);
    put(b, s.p, n);
}

static void c_text(chy_parcel *b, chy_slice s) { c_bytes(b, CHY_CELL_TEXT, s); }
static void c_z(chy_parcel *b, const char *z) { c_text(b, chy_slice_z(z)); }
static void c_text_or_null(chy_parcel *b, chy_slice s)
{
    if (s.n) c_text(b, s);
    else c_null(b);
}

static void c_day(chy_parcel *b, chy_day d)
{
    char day[11];
    if (d == CHY_NO_DAY) {
        c_null(b);
        return;
    }
    chy_day_format(d, day);
    c_z(b, day);
}

/* A list of names of codes, commas between. */
static void c_codes(chy_parcel *b, const uint8_t *v, uint32_t n, const char *(*name)(unsigned))
{
    char list[256];
    size_t at = 0;
    for (uint32_t i = 0; i < n; i++) {
        size_t len = strlen(name(v[i]));
        if (at + len + 2 > sizeof list) break;
        if (i) list[at++] = ',';
        memcpy(list + at, name(v[i]), len);
        at += len;
    }
    c_text(b, (chy_slice){list, at});
}

static void c_sectors(chy_parcel *b, uint32_t bits)
{
    uint8_t v[32];
    uint32_t n = 0;
    for (unsigned i = 0; i < 32; i++)
        if (bits >> i & 1) v[n++] = (uint8_t)i;
    c_codes(b, v, n, chy_sector_name);
}

/* --------------------------------------------------------------------- dispatch */

typedef struct maker {
    chy_parcel *b;
    const chy_page *page;
    const chy_dispatch *d;
    uint32_t dispatch;           /* its row */
    uint32_t *actor, *place, *event; /* rows of the dispatch's items, CHY_NONE where not written yet */
} maker;

static chy_slice words(const maker *m, chy_range at) { return (chy_slice){m->page->text.p + at.begin, at.end - at.begin}; }

static uint32_t source_row(chy_parcel *b, chy_slice name)
{
    if (!name.n) return CHY_NONE;
    uint32_t k = row(b, CHY_ROW_SOURCE, 1);
    c_text(b, name);
    return k;
}

static uint32_t actor_row(maker *m, uint32_t i)
{
    static const char *const kind[] = {"state", "organisation", "person", "office", "people", "unknown"};
    if (i >= m->d->n_actors) return CHY_NONE;
    if (m->actor[i] != CHY_NONE) return m->actor[i];
    const chy_actor *a = &m->d->actors[i];
    m->actor[i] = row(m->b, CHY_ROW_ACTOR, 3);
    c_text(m->b, a->id), c_text(m->b, a->name);
    c_z(m->b, a->kind < 6 ? kind[a->kind] : "unknown");
    return m->actor[i];
}

static uint32_t place_row(maker *m, uint32_t i)
{
    if (i >= m->d->n_places) return CHY_NONE;
    if (m->place[i] != CHY_NONE) return m->place[i];
    const chy_place *p = &m->d->places[i];
    m->place[i] = row(m->b, CHY_ROW_PLACE, 4);
    c_text(m->b, p->name), c_text_or_null(m->b, chy_slice_z(p->country)), c_real(m->b, decimal(p->lat, 10000)), c_real(m->b, decimal(p->lon, 10000));
    return m->place[i];
}

static void side(maker *m, uint32_t event, const char *name, uint32_t first, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        const chy_participant *p = &m->d->participants[first + i];
        const chy_actor *a = &m->d->actors[p->actor];
        uint32_t who = actor_row(m, p->actor);
        chy_range at = p->mention < m->d->n_mentions ? m->d->mentions[p->mention].at : (chy_range){0, 0};
        (void)row(m->b, CHY_ROW_PARTICIPANT, 10);
        c_ref(m->b, event), c_z(m->b, name), c_int(m->b, i), c_ref(m->b, who), c_z(m->b, a->country), c_sectors(m->b, p->sectors);
        c_text_or_null(m->b, a->role), c_text(m->b, words(m, at)), c_int(m->b, at.begin), c_int(m->b, at.end);
    }
}

static void claim(maker *m, uint32_t event, uint32_t ordinal, const chy_claim *c)
{
    const chy_actor *a = c->actor < m->d->n_actors ? &m->d->actors[c->actor] : NULL;
    uint32_t who = actor_row(m, c->actor), outlet = source_row(m->b, c->agency);
    (void)row(m->b, CHY_ROW_CLAIM, 14);
    c_ref(m->b, event), c_int(m->b, ordinal), c_ref(m->b, who), c_ref(m->b, outlet);
    if (a) c_z(m->b, a->country), c_sectors(m->b, c->sectors), c_text_or_null(m->b, a->role);
    else c_null(m->b), c_null(m->b), c_null(m->b);
    if (c->mention < m->d->n_mentions) c_text(m->b, words(m, m->d->mentions[c->mention].at));
    else c_null(m->b);
    c_z(m->b, chy_stance_name(c->stance)), c_text(m->b, words(m, c->cue)), c_int(m->b, c->cue.begin), c_int(m->b, c->cue.end);
    c_int(m->b, c->quote != 0);
    if (c->via == CHY_NONE) c_null(m->b);
    else c_int(m->b, c->via);
}

/* A sentence's number in the story, from 1; those of the headline, which is the first block, have 0. */
static int64_t ordinal(const chy_dispatch *d, uint32_t sentence)
{
    uint32_t title = d->n_blocks && d->blocks[0].kind == CHY_BLOCK_TITLE ? d->blocks[0].n_sentences : 0;
    return sentence < title ? 0 : (int64_t)sentence - title + 1;
}

static void event(maker *m, uint32_t i)
{
    const chy_event *e = &m->d->events[i];
    uint32_t place = place_row(m, e->place);
    m->event[i] = row(m->b, CHY_ROW_EVENT, 28);
    c_text(m->b, e->id), c_text(m->b, e->revision), c_ref(m->b, m->dispatch), c_z(m->b, chy_type_name(e->type));
    c_codes(m->b, e->modes, e->n_modes, chy_mode_name), c_codes(m->b, e->contexts, e->n_contexts, chy_context_name), c_text(m->b, e->cameo);
    c_int(m->b, chy_type_quad(e->type)), c_real(m->b, decimal(e->intensity, 1000));
    c_day(m->b, e->days.begin), c_day(m->b, e->days.end);
    if (e->timex < m->d->n_timexes) c_text(m->b, words(m, m->d->timexes[e->timex].at));
    else c_null(m->b);
    c_z(m->b, chy_basis_name(e->basis)), c_ref(m->b, place);
    if (e->place < m->d->n_places) c_text(m->b, words(m, m->d->places[e->place].at));
    else c_null(m->b);
    c_z(m->b, chy_event_status_name(e->status));
    if (e->confidence > 0) c_real(m->b, (int)(e->confidence * 1000 + 0.5f) / 1000.0);
    else c_null(m->b);
    const uint32_t size[] = {e->size.dead, e->size.injured, e->size.arrested, e->size.protesters};
    for (unsigned k = 0; k < 4; k++)
        if (size[k]) c_int(m->b, size[k]);
        else c_null(m->b);
    c_int(m->b, ordinal(m->d, e->sentence)), c_int(m->b, e->evidence.begin), c_int(m->b, e->evidence.end), c_int(m->b, e->trigger.begin), c_int(m->b, e->trigger.end);
    c_text(m->b, e->frame), c_text(m->b, e->rule);
    side(m, m->event[i], "source", e->first_source, e->n_sources);
    side(m, m->event[i], "target", e->first_target, e->n_targets);
    for (uint32_t k = 0; k < e->n_claims; k++) claim(m, m->event[i], k, &m->d->claims[e->first_claim + k]);
}

/* What refers from one event to another, when all are written. */
static void links(maker *m)
{
    for (uint32_t i = 0; i < m->d->n_events; i++) {
        const chy_event *e = &m->d->events[i];
        (void)row(m->b, CHY_ROW_WITHIN, 2);
        c_ref(m->b, e->within < m->d->n_events ? m->event[e->within] : CHY_NONE), c_ref(m->b, m->event[i]);
        for (uint32_t k = 0; k < e->n_denied; k++) {
            uint32_t other = m->d->denials[e->first_denied + k];
            if (other >= m->d->n_events) continue;
            (void)row(m->b, CHY_ROW_LINK, 3);
            c_ref(m->b, m->event[i]), c_z(m->b, "denies"), c_ref(m->b, m->event[other]);
        }
    }
}

static bool dispatch(maker *m, uint32_t page_row)
{
    const chy_dispatch *d = m->d;
    size_t n = (size_t)d->n_actors + d->n_places + d->n_events;
    m->actor = malloc((n + 1) * sizeof *m->actor);
    if (!m->actor) return false;
    m->place = m->actor + d->n_actors, m->event = m->place + d->n_places;
    for (size_t i = 0; i < n; i++) m->actor[i] = CHY_NONE;
    uint32_t publisher = source_row(m->b, d->publisher);
    m->dispatch = row(m->b, CHY_ROW_DISPATCH, 11);
    c_ref(m->b, page_row), c_int(m->b, d->article), c_text_or_null(m->b, d->title), c_text_or_null(m->b, d->url), c_ref(m->b, publisher);
    c_text_or_null(m->b, d->dateline), c_day(m->b, d->published.begin), c_day(m->b, d->published.end);
    c_z(m->b, chy_basis_name(d->published_basis)), c_int(m->b, d->at.begin), c_text(m->b, words(m, d->at));
    for (uint32_t i = 0; i < d->n_agencies; i++) {
        uint32_t agency = source_row(m->b, d->agencies[i]);
        (void)row(m->b, CHY_ROW_AGENCY, 2);
        c_ref(m->b, m->dispatch), c_ref(m->b, agency);
    }
    for (uint32_t i = 0; i < d->n_events; i++) event(m, i);
    links(m);
    free(m->actor);
    chy_sketch k;
    if (!chy_sketch_make(m->page, d, &k)) return false;
    (void)row(m->b, CHY_ROW_SKETCH, 2);
    c_ref(m->b, m->dispatch), c_bytes(m->b, CHY_CELL_BLOB, (chy_slice){(const char *)k.hash, k.n * sizeof *k.hash});
    return true;
}

/* ------------------------------------------------------------------------- page */

static void meta(chy_parcel *b, const chy_input *in)
{
    json_t *v = json_object(), *days = json_array();
    if (in->id.n) json_object_set_new(v, "own_id", json_true());
    if (in->title.n) json_object_set_new(v, "title", json_stringn(in->title.p, in->title.n));
    if (in->url.n) json_object_set_new(v, "url", json_stringn(in->url.p, in->url.n));
    if (in->publisher.n) json_object_set_new(v, "publisher", json_stringn(in->publisher.p, in->publisher.n));
    for (uint32_t i = 0; i < in->n_published; i++) {
        char first[11], last[11];
        if (!chy_interval_known(in->published[i])) {
            json_array_append_new(days, json_null());
            continue;
        }
        chy_day_format(in->published[i].begin, first);
        chy_day_format(in->published[i].end, last);
        json_array_append_new(days, json_pack("[s,s]", first, last));
    }
    if (in->n_published) json_object_set(v, "published", days);
    json_decref(days);
    char *text = json_dumps(v, JSON_COMPACT);
    json_decref(v);
    if (!text) b->failed = true;
    else c_z(b, text);
    free(text);
}

/* The bytes are kept where the stories' texts are not all there was. */
static void raw(chy_parcel *b, const chy_page *page, const chy_input *in)
{
    const chy_dispatch *d = page->dispatches;
    if (page->n_dispatches == 1 && page->kind == CHY_INPUT_TEXT && d->at.end - d->at.begin == in->bytes.n &&
        memcmp(page->text.p + d->at.begin, in->bytes.p, in->bytes.n) == 0) {
        c_null(b);
        return;
    }
    size_t cap = ZSTD_compressBound(in->bytes.n);
    char *z = malloc(cap ? cap : 1);
    size_t n = z ? ZSTD_compress(z, cap, in->bytes.p, in->bytes.n, ZSTD_LEVEL) : 0;
    if (!z || ZSTD_isError(n)) b->failed = true;
    else c_bytes(b, CHY_CELL_BLOB, (chy_slice){z, n});
    free(z);
}

chy_status chy_parcel_make(const chy_page *page, const chy_input *in, chy_slice given_id, chy_slice name, chy_parcel **out, chy_error *err)
{
    chy_parcel *b = calloc(1, sizeof *b);
    *out = b;
    if (!b) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
    char hash[33];
    chy_input_hash(in, hash);
    uint32_t k = row(b, CHY_ROW_PAGE, 6);
    c_z(b, hash), c_text(b, given_id), c_text(b, name), c_z(b, page->kind == CHY_INPUT_HTML ? "html" : "text");
    meta(b, in), raw(b, page, in);
    for (uint32_t i = 0; i < page->n_dispatches && !b->failed; i++) {
        maker m = {.b = b, .page = page, .d = &page->dispatches[i]};
        if (!dispatch(&m, k)) b->failed = true;
    }
    if (!b->failed) return CHY_OK;
    chy_parcel_free(b);
    *out = NULL;
    return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
}

void chy_parcel_free(chy_parcel *b)
{
    if (!b) return;
    free(b->p);
    free(b);
}
