/* SPDX-License-Identifier: Apache-2.0 */
#include "claims/internal.h"

#include <stdlib.h>

/* ------------------------------------------------------------------ model */

bool chy_claims_listed(chy_slice list, chy_slice word)
{
    chy_slice one;
    while (chy_slice_split(&list, ' ', &one))
        if (one.n && chy_slice_eq(one, word)) return true;
    return false;
}

static uint32_t named(chy_slice s, const char *const *names, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (chy_slice_eqz(s, names[i])) return i;
    return CHY_NONE;
}

static chy_status bad_row(chy_error *err, const char *table, chy_slice key, const char *what)
{
    return chy_fail(err, CHY_E_DATA, CHY_STAGE_CLAIMS, 0, "table '%s', row '%.*s': %s", table,
                    (int)(key.n < 60 ? key.n : 60),
                    key.p, what);
}

static chy_status read_cues(chy_claims_model *m, const chy_file *file, chy_arena *a, chy_error *err)
{
    static const char *const classes[] = {"say",  "claim", "believe", "report", "show",  "admit", "confirm",
                                          "deny", "doubt", "accuse",  "judge",  "want",  "intend", "know", "attitude"};
    static const char *const contents[] = {"that", "quote", "final", "inf", "ing", "obj", "claims", "named"};
    chy_status st = chy_file_table(file, "cues", &m->cues, err);
    if (st != CHY_OK) return st;
    const chy_table *t = &m->cues;
    chy_claims_cue *cue = chy_arena_calloc(a, t->n_rows, sizeof *cue);
    if (!cue) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_CLAIMS, 0, "out of memory");
    m->cue = cue;
    uint32_t lemma = chy_table_col(t, "lemma"), pos = chy_table_col(t, "pos"), class = chy_table_col(t, "class"),
             stance = chy_table_col(t, "stance"), content = chy_table_col(t, "content");
    for (uint32_t r = 0; r < t->n_rows; r++) {
        chy_slice key = chy_table_cell(t, r, lemma), p = chy_table_cell(t, r, pos), s = chy_table_cell(t, r, stance),
            one;
        uint32_t k = named(chy_table_cell(t, r, class), classes, N_CLASS), v = 0;
        while (v < CHY_N_STANCE && !chy_slice_eqz(s, chy_stance_name(v))) v++;
        if (p.n != 1) return bad_row(err, "cues", key, "wants V or N as part of speech");
        if (k == CHY_NONE) return bad_row(err, "cues", key, "no such class");
        if (v == CHY_N_STANCE) return bad_row(err, "cues", key, "no such stance");
        cue[r] = (chy_claims_cue){.pos = p.p[0], .class = (uint8_t)k, .stance = (uint8_t)v,
                                  .words = chy_table_cell(t, r, content)};
        chy_slice rest = cue[r].words;
        while (chy_slice_split(&rest, ' ', &one)) {
            uint32_t c = named(one, contents, 8);
            cue[r].content |= (uint16_t)(c == CHY_NONE ? CONTENT_PREP : 1u << c);
        }
    }
    return CHY_OK;
}

static chy_status read_modality(chy_claims_model *m, const chy_file *file, chy_arena *a, chy_error *err)
{
    chy_status st = chy_file_table(file, "modality", &m->modality, err);
    if (st != CHY_OK) return st;
    const chy_table *t = &m->modality;
    chy_claims_modal *modal = chy_arena_calloc(a, t->n_rows, sizeof *modal);
    if (!modal) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_CLAIMS, 0, "out of memory");
    m->modal = modal;
    uint32_t lemma = chy_table_col(t, "lemma"), pos = chy_table_col(t, "pos"), rel = chy_table_col(t, "rel"),
             status = chy_table_col(t, "status");
    for (uint32_t r = 0; r < t->n_rows; r++) {
        chy_slice p = chy_table_cell(t, r, pos), s = chy_table_cell(t, r, status);
        uint32_t v = 0;
        while (v < CHY_N_EVENT_STATUS && !chy_slice_eqz(s, chy_event_status_name(v))) v++;
        if (chy_slice_eqz(s, "carry")) v = MOD_CARRY;
        else if (chy_slice_eqz(s, "would")) v = MOD_WOULD;
        else if (chy_slice_eqz(s, "reverse")) v = MOD_REVERSE;
        else if (chy_slice_eqz(s, "able")) v = MOD_ABLE;
        else if (chy_slice_eqz(s, "given")) v = MOD_GIVEN;
        else if (v == CHY_N_EVENT_STATUS)
            return bad_row(err, "modality", chy_table_cell(t, r, lemma), "no such status");
        if (p.n != 1)
            return bad_row(err, "modality", chy_table_cell(t, r, lemma), "wants one letter as part of speech");
        modal[r] = (chy_claims_modal){.pos = p.p[0], .status = (uint8_t)v, .rel = chy_table_cell(t, r, rel)};
    }
    return CHY_OK;
}

chy_status chy_claims_open(const chy_file *file, chy_arena *arena, const chy_claims_model **out, chy_error *err)
{
    chy_claims_model *m = chy_arena_calloc(arena, 1, sizeof *m);
    *out = m;
    if (!m) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_CLAIMS, 0, "out of memory");
    chy_status st = read_cues(m, file, arena, err);
    return st == CHY_OK ? read_modality(m, file, arena, err) : st;
}

const chy_claims_modal *chy_claims_modal_of(const chy_claims_model *m, chy_slice lemma, char pos, const char *rel)
{
    chy_rows rows;
    if (!lemma.n || !chy_table_find(&m->modality, lemma, &rows, NULL)) return NULL;
    for (uint32_t i = 0; i < rows.n; i++) {
        const chy_claims_modal *x = &m->modal[rows.row[i]];
        if (x->pos == pos && (!rel || chy_claims_listed(x->rel, chy_slice_z(rel)))) return x;
    }
    return NULL;
}

bool chy_claims_has_row(const chy_claims_model *m, chy_slice lemma, char pos)
{
    chy_rows rows;
    if (!lemma.n || !chy_table_find(&m->cues, lemma, &rows, NULL)) return false;
    for (uint32_t i = 0; i < rows.n; i++)
        if (m->cue[rows.row[i]].pos == pos) return true;
    return false;
}

bool chy_claims_is_denial(const chy_claims_model *m, const chy_token *t)
{
    chy_rows rows;
    if (!chy_table_find(&m->cues, t->lemma, &rows, NULL)) return false;
    for (uint32_t i = 0; i < rows.n; i++)
        if (m->cue[rows.row[i]].class == CLASS_DENY) return true;
    return false;
}

/* ---------------------------------------------------------------- nesting */

typedef struct piece {
    uint32_t begin, end, of;
} piece;

static int by_begin(const void *a, const void *b)
{
    const piece *x = a, *y = b;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    if (x->end != y->end) return x->end > y->end ? -1 : 1; /* the wider one is the outer one */
    return x->of < y->of ? -1 : x->of > y->of;
}

/* Whoever knows of, backs or discusses an act has not told of it; a rumour without source is nobody's word. */
static bool is_voice(const chy_work *w, const chy_claims_found *f)
{
    return f->class < CLASS_KNOW && (f->source_token != CHY_NONE || w->tokens[f->cue_token].upos != CHY_UPOS_NOUN);
}

/* c->inner, by one sweep with a stack of open contents; then each attribution's outer one. */
static chy_status nest(chy_claims_context *c)
{
    chy_work *w = c->w;
    uint32_t n = w->d->n_tokens, n_pieces = 0, k = 0;
    for (uint32_t i = 0; i < c->found.n; i++) n_pieces += is_voice(w, &c->found.v[i]) ? c->found.v[i].n_content : 0;
    piece *p = chy_arena_calloc(w->arena, n_pieces, sizeof *p);
    uint32_t *stack = chy_arena_alloc(w->arena, (size_t)n_pieces * 4);
    if (w->arena->failed) return chy_work_memory(w, CHY_STAGE_CLAIMS);
    for (uint32_t i = 0; i < c->found.n; i++)
        for (uint32_t j = 0; is_voice(w, &c->found.v[i]) && j < c->found.v[i].n_content; j++)
            p[k++] = (piece){c->found.v[i].content[j].begin, c->found.v[i].content[j].end, i};
    if (n_pieces) qsort(p, n_pieces, sizeof *p, by_begin);
    uint32_t depth = 0, next = 0;
    for (uint32_t t = 0; t < n; t++) {
        while (next < n_pieces && p[next].begin <= t) stack[depth++] = next++;
        while (depth && p[stack[depth - 1]].end <= t) depth--;
        c->inner[t] = depth ? p[stack[depth - 1]].of : CHY_NONE;
    }
    for (uint32_t i = 0; i < c->found.n; i++) {
        uint32_t out = c->found.v[i].outer != CHY_NONE ? c->found.v[i].outer : c->inner[c->found.v[i].cue_token];
        /* Contents that hold each other's cues (a broken tree) would make a ring. */
        uint32_t up = out, steps = 0;
        while (up != CHY_NONE && up != i && steps++ < CHY_MAX_CHAIN) up = c->found.v[up].outer;
        c->found.v[i].outer = up == CHY_NONE ? out : CHY_NONE;
    }
    return CHY_OK;
}

/* ---------------------------------------------------------------- results */

static bool push_range(chy_work *w, void *spans, chy_claims_span s)
{
    CHY_VEC(chy_range) *v = spans;
    chy_range r = {w->tokens[s.begin].at.begin, w->tokens[s.end - 1].at.end};
    return CHY_PUSH(w->arena, v, r);
}

static chy_status publish(chy_claims_context *c)
{
    chy_work *w = c->w;
    CHY_VEC(chy_range) spans = {0};
    chy_attribution *out = chy_arena_calloc(w->arena, c->found.n, sizeof *out);
    if (!out) return chy_work_memory(w, CHY_STAGE_CLAIMS);
    for (uint32_t i = 0; i < c->found.n; i++) {
        const chy_claims_found *f = &c->found.v[i];
        chy_attribution *a = &out[i];
        *a = (chy_attribution){.source_token = f->source_token, .cue_token = f->cue_token, .mention = f->mention,
                               .outer = f->outer, .stance = f->stance, .quote = f->quote,
                               .attitude = f->class == CLASS_ATTITUDE};
        a->first_source = spans.n;
        if (f->source.begin < f->source.end) push_range(w, &spans, f->source);
        a->n_sources = spans.n - a->first_source;
        a->first_cue = spans.n;
        if (f->cue.begin < f->cue.end) push_range(w, &spans, f->cue);
        a->n_cues = spans.n - a->first_cue;
        a->first_content = spans.n;
        for (uint32_t j = 0; j < f->n_content; j++) push_range(w, &spans, f->content[j]);
        a->n_contents = spans.n - a->first_content;
    }
    w->d->attributions = out;
    w->d->n_attributions = c->found.n;
    w->d->spans = spans.v;
    w->d->n_spans = spans.n;
    return chy_work_memory(w, CHY_STAGE_CLAIMS);
}

chy_status chy_claims_run(const chy_claims_model *m, chy_work *w)
{
    uint32_t n = w->d->n_tokens;
    chy_claims_context c = {.m = m, .w = w, .interviewee = CHY_NONE};
    if (!n || !w->first_child) return CHY_OK;
    c.quoted = chy_arena_alloc(w->arena, ((size_t)n + 1) * 4);
    c.inner = chy_arena_alloc(w->arena, (size_t)n * 4);
    if (w->arena->failed) return chy_work_memory(w, CHY_STAGE_CLAIMS);
    c.quoted[0] = 0;
    for (uint32_t t = 0; t < n; t++) c.quoted[t + 1] = c.quoted[t] + (w->tokens[t].quote != CHY_NONE);
    chy_claims_voices voices = {0};
    chy_status st = chy_claims_find(&c);
    if (st == CHY_OK) st = chy_claims_continue(&c);
    if (st == CHY_OK) chy_claims_take_up(&c);
    if (st == CHY_OK) st = nest(&c);
    if (st == CHY_OK) st = publish(&c);
    if (st == CHY_OK && w->d->n_events) chy_claims_retorts(&c);
    if (st == CHY_OK && w->d->n_events) st = chy_claims_status(&c, &voices);
    if (st == CHY_OK && w->d->n_events) st = chy_claims_denials(&c, &voices);
    w->d->claims = w->claims = voices.v;
    w->d->n_claims = voices.n;
    return st == CHY_OK ? chy_work_memory(w, CHY_STAGE_CLAIMS) : st;
}
