/* SPDX-License-Identifier: Apache-2.0
 *
 * literal.c - literal frames. What TABARI and PETRARCH do with their verb patterns (P. Schrodt, TABARI 0.8 manual, 2012; the
 * documentation of PETRARCH 1.0), on our trees: the patterns of a verb are tried in order; the source is the subject, else the
 * first actor before the verb; the target the first actor below the verb whose code is another, else the last one before it.
 */
#include "events/literal.h"

#include <stdio.h>

enum { WHY = 120, MAX_REACH = 200 /* words that a phrase is looked for in, on either side */ };

typedef struct reader {
    const chy_gram *g;
    const chy_word *form;    /* by token: the number of the word as it is spelt */
    const chy_frame *f;
    uint32_t pred, begin, end; /* the sentence, or as much of it as is looked at */
    chy_match *m;
    chy_side both;
} reader;

static const chy_token *tok(const reader *r, uint32_t t) { return &r->g->w->d->tokens[t]; }

/* ------------------------------------------------------------------ actors */

static uint32_t mention_at(const reader *r, uint32_t t)
{
    const chy_dispatch *d = r->g->w->d;
    uint32_t m = d->mention_of ? d->mention_of[t] : CHY_NONE;
    if (m == CHY_NONE || m >= d->n_mentions || !d->mentions[m].n_actors) m = r->g->cover[t];
    return m < d->n_mentions && d->mentions[m].n_actors ? m : CHY_NONE;
}

static void add(chy_side *side, chy_participant p, const char *how)
{
    for (uint32_t i = 0; i < side->n; i++)
        if (side->v[i].actor == p.actor) return;
    if (side->n == CHY_MAX_PARTICIPANTS) return;
    if (!side->n) side->how = how;
    side->v[side->n++] = p;
}

/* The first of the phrases that are coordinated with the one headed by t. */
static uint32_t first_conjunct(const reader *r, uint32_t t)
{
    for (uint32_t steps = 0; steps < CHY_MAX_CHAIN && tok(r, t)->deprel == CHY_REL_CONJ && tok(r, t)->head != CHY_NONE; steps++) {
        uint32_t h = tok(r, t)->head;
        if (chy_gram_verbal(tok(r, h)) || mention_at(r, h) == CHY_NONE) break;
        t = h;
    }
    return t;
}

/* The actors of a phrase and of all that is coordinated with it. Returns the token behind the last of their mentions. */
static uint32_t gather(const reader *r, uint32_t head, chy_side *side, const char *how)
{
    const chy_dispatch *d = r->g->w->d;
    uint32_t stack[CHY_MAX_PARTICIPANTS], n = 0, end = head + 1;
    stack[n++] = head;
    for (uint32_t seen = 0; n && seen < CHY_MAX_PARTICIPANTS; seen++) {
        uint32_t t = stack[--n], m = mention_at(r, t), first = n;
        if (m != CHY_NONE) {
            for (uint32_t i = 0; i < d->mentions[m].n_actors; i++)
                add(side, (chy_participant){.mention = m, .actor = d->mention_actors[d->mentions[m].first_actor + i]}, how);
            if (d->mentions[m].end_token > end) end = d->mentions[m].end_token;
        }
        for (CHY_SOME_CHILDREN(r->g->w, t, c, k))
            if (tok(r, c)->deprel == CHY_REL_CONJ && n < CHY_MAX_PARTICIPANTS && !chy_gram_verbal(tok(r, c))) stack[n++] = c;
        for (uint32_t i = first, j = n; i + 1 < j; i++, j--) { /* popped in text order */
            uint32_t x = stack[i];
            stack[i] = stack[j - 1], stack[j - 1] = x;
        }
    }
    return end;
}

/* ----------------------------------------------------------------- phrases */

static bool spelt(const reader *r, chy_spelt w, uint32_t t)
{
    return r->form[t] == w.word || (w.any_form && r->g->word[t] == w.word);
}

/* Rows that begin with the word: the token behind the longest that stands at t, or CHY_NONE. */
static uint32_t row_at(const reader *r, const chy_choice *c, chy_word word, uint32_t t)
{
    uint32_t lo = 0, hi = c->n_rows;
    if (word == CHY_NONE) return CHY_NONE;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (c->rows[mid].v[0].word < word) lo = mid + 1;
        else hi = mid;
    }
    for (; lo < c->n_rows && c->rows[lo].v[0].word == word; lo++) {
        const chy_row *row = &c->rows[lo];
        uint32_t k = 0;
        while (k < row->n && t + k < r->end && spelt(r, row->v[k], t + k)) k++;
        if (k == row->n) return t + k;
    }
    return CHY_NONE;
}

static uint32_t word_at(const reader *r, const chy_choice *c, uint32_t t)
{
    chy_word form = r->form[t], lemma = r->g->word[t];
    uint32_t end = row_at(r, c, form, t);
    if (end == CHY_NONE && lemma != form) end = row_at(r, c, lemma, t);
    if (end != CHY_NONE) return end;
    return chy_words_have(c->forms, form) || chy_words_have(c->lemmas, form) || chy_words_have(c->lemmas, lemma) ? t + 1 : CHY_NONE;
}

/* A noun phrase without what hangs on it, beginning at t, or CHY_NONE. */
static uint32_t noun_at(const reader *r, uint32_t t)
{
    bool noun = false;
    uint32_t e = t;
    for (; e < r->end; e++) {
        unsigned u = tok(r, e)->upos;
        bool name = u == CHY_UPOS_NOUN || u == CHY_UPOS_PROPN || u == CHY_UPOS_PRON;
        if (!name && u != CHY_UPOS_DET && u != CHY_UPOS_ADJ && u != CHY_UPOS_NUM && u != CHY_UPOS_PART) break;
        if (u == CHY_UPOS_PART && !noun) break;
        noun |= name;
    }
    return noun ? e : CHY_NONE;
}

/* An actor whose phrase holds t, and all that is coordinated with it. */
static uint32_t actor_at(reader *r, uint32_t t, unsigned kind, bool keep)
{
    const chy_dispatch *d = r->g->w->d;
    uint32_t m = mention_at(r, t);
    if (m == CHY_NONE) return CHY_NONE;
    chy_side scratch = {.n = 0};
    uint32_t head = first_conjunct(r, d->mentions[m].head_token), end = gather(r, head, &scratch, "named by the phrase");
    if (kind == CHY_ITEM_BOTH && scratch.n < 2) return CHY_NONE;
    if (keep) *(kind == CHY_ITEM_SOURCE ? &r->m->source : kind == CHY_ITEM_TARGET ? &r->m->target : &r->both) = scratch;
    return end > t ? end : t + 1;
}

static uint32_t item_at(reader *r, const chy_item *item, uint32_t t, bool keep)
{
    switch (item->kind) {
    case CHY_ITEM_WORD: return word_at(r, &item->words, t);
    case CHY_ITEM_NOUN: return noun_at(r, t);
    default: return actor_at(r, t, item->kind, keep);
    }
}

/* Items [i, j) of the phrase one behind the other from t on: the token behind them, or CHY_NONE. */
static uint32_t group_at(reader *r, const chy_phrase *p, uint32_t i, uint32_t j, uint32_t t, bool keep)
{
    for (; i < j && t != CHY_NONE; i++) {
        if (t >= r->end) return CHY_NONE;
        if (i > 0 && t < r->end && tok(r, t)->upos == CHY_UPOS_DET && p->v[i].kind != CHY_ITEM_WORD) t++;
        if (t >= r->end) return CHY_NONE;
        t = item_at(r, &p->v[i], t, keep);
    }
    return t;
}

/* Groups of joined items from left to right behind the predicate. */
static bool behind(reader *r, const chy_phrase *p)
{
    uint32_t at = r->pred + 1;
    for (uint32_t i = 0, j; i < p->n; i = j) {
        for (j = i + 1; j < p->n && p->v[j].next; j++) continue;
        uint32_t t = at, e = CHY_NONE;
        for (; t < r->end; t++) {
            e = group_at(r, p, i, j, t, false);
            if (e != CHY_NONE || p->v[i].next) break;
        }
        if (e == CHY_NONE) return false;
        group_at(r, p, i, j, t, true);
        at = e;
    }
    return true;
}

/* ... and from right to left before it. */
static bool ahead(reader *r, const chy_phrase *p)
{
    uint32_t limit = r->pred;
    for (uint32_t j = p->n, i; j > 0; j = i) {
        for (i = j - 1; i > 0 && p->v[i - 1].next; i--) continue;
        bool joined = p->v[j - 1].next, found = false;
        for (uint32_t t = limit; t-- > r->begin && !found;) {
            uint32_t e = group_at(r, p, i, j, t, false);
            if (e == CHY_NONE || e > limit || (joined && e != limit)) continue;
            group_at(r, p, i, j, t, true);
            /* an actor's phrase is taken whole: what stands before it is looked for before its first word */
            limit = t;
            found = true;
        }
        if (!found) return false;
    }
    return true;
}

/* ------------------------------------------------------------------- sides */

static void drop_same(chy_side *side, const chy_side *other)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < side->n; i++) {
        bool same = false;
        for (uint32_t k = 0; k < other->n; k++) same |= other->v[k].actor == side->v[i].actor;
        if (!same) side->v[n++] = side->v[i];
    }
    side->n = n;
}

/* Does it stand below the predicate, behind it? */
static bool below(const reader *r, uint32_t t)
{
    for (uint32_t steps = 0; t != CHY_NONE && steps < CHY_MAX_CHAIN; steps++, t = tok(r, t)->head)
        if (t == r->pred) return true;
    return false;
}

static bool try_actor(const reader *r, uint32_t t, const chy_side *other, chy_side *out, const char *how)
{
    gather(r, first_conjunct(r, t), out, how);
    drop_same(out, other);
    return out->n > 0;
}

/* Where the words before the verb begin that may name its actors: behind the comma before its subject. A subject that is a
 * noun and no actor leaves nobody to look for ("crowds filled the square"): the verb itself is returned. *last: where the
 * last one before the verb is looked for from. */
static uint32_t clause_begin(const reader *r, uint32_t *last)
{
    uint32_t s = chy_gram_own_subject(r->g, r->pred), b;
    *last = r->begin;
    if (s == CHY_NONE || s >= r->pred || s < r->begin) return r->begin;
    unsigned u = tok(r, s)->upos;
    b = r->g->w->sub_begin[s];
    if (u == CHY_UPOS_NOUN || u == CHY_UPOS_PROPN) {
        chy_side side = {.n = 0};
        *last = b;
        gather(r, s, &side, "");
        if (!side.n) return r->pred;
    }
    while (b > r->begin && !chy_slice_in(tok(r, b - 1)->form, ",|;")) b--;
    if (*last < b) *last = b;
    return b;
}

/* The first actor that a path leads to and that is not on the other side. */
static bool along(const reader *r, const chy_path *path, const chy_side *other, chy_side *out)
{
    const chy_dispatch *d = r->g->w->d;
    uint32_t last, first = clause_begin(r, &last);
    out->n = 0;
    switch (path->step[0].fn) {
    case CHY_FN_FIRST:
        for (uint32_t t = first; d->mention_of && t < r->pred; t++)
            if (d->mention_of[t] != CHY_NONE && try_actor(r, t, other, out, "first actor before the verb")) return true;
        return false;
    case CHY_FN_LAST:
        for (uint32_t t = r->pred; d->mention_of && t-- > last;)
            if (d->mention_of[t] != CHY_NONE && try_actor(r, t, other, out, "last actor before the verb")) return true;
        return false;
    case CHY_FN_NEXT:
        for (uint32_t t = r->pred + 1; d->mention_of && t < r->end; t++)
            if (d->mention_of[t] != CHY_NONE && below(r, t) && try_actor(r, t, other, out, "next actor behind the verb")) return true;
        return false;
    default: break;
    }
    chy_found found;
    chy_gram_function(r->g, r->pred, CHY_PRED_VERB, path->step[0], true, &found);
    /* of coordinated subjects the parser may have made two */
    if (path->step[0].fn == CHY_FN_SUBJ && found.n == 1 && tok(r, found.v[0])->head == r->pred)
        for (CHY_SOME_CHILDREN(r->g->w, r->pred, c, n))
            if (c < r->pred && tok(r, c)->deprel == CHY_REL_NSUBJ && c != found.v[0] && mention_at(r, c) != CHY_NONE)
                gather(r, c, out, "subject");
    for (uint32_t i = 0; i < found.n; i++)
        if (try_actor(r, found.v[i], other, out, path->step[0].fn == CHY_FN_SUBJ ? "subject" : path->step[0].fn == CHY_FN_OBJ ? "object" : "phrase"))
            return true;
    return false;
}

static void fill(const reader *r, const chy_paths *paths, const chy_side *other, chy_side *side)
{
    for (uint32_t i = 0; i < paths->n && !side->n; i++) along(r, &paths->v[i], other, side);
}

/* Source and target; false where one is missing. Who is coordinated and has nobody over against him acts upon each other. */
static bool sides(reader *r)
{
    chy_match *m = r->m;
    const chy_side nobody = {.n = 0};
    if (r->both.n) {
        bool named = m->source.n || m->target.n;
        if (m->source.n && !m->target.n) m->target = r->both;
        else if (m->target.n && !m->source.n) m->source = r->both;
        if (named) return true;
        chy_side source = {.n = 0};
        if (r->f->behind.n && !r->f->before.n) fill(r, &r->f->role[CHY_ROLE_SOURCE], &r->both, &source);
        m->source = source.n ? source : r->both, m->target = r->both;
        return true;
    }
    bool given = m->source.n > 0;
    if (!given) fill(r, &r->f->role[CHY_ROLE_SOURCE], m->target.n ? &m->target : &nobody, &m->source);
    if (!m->target.n) fill(r, &r->f->role[CHY_ROLE_TARGET], &m->source, &m->target);
    else drop_same(&m->target, &m->source);
    if (!m->target.n && m->source.n > 1 && !given && !r->f->role[CHY_ROLE_BOTH].n) m->target = m->source;
    return m->source.n && m->target.n;
}

static bool match(reader *r, const chy_frame *f, chy_match *m, char *why)
{
    *m = (chy_match){.frame = f, .pred = r->pred, .place_token = CHY_NONE, .carried = CHY_NONE};
    r->f = f, r->m = m, r->both.n = 0;
    const char *no = !chy_match_conditions(r->g, f, r->pred, m, why) ? why
                     : !ahead(r, &f->before)                          ? "the words before it do not stand there"
                     : !behind(r, &f->behind)                         ? "the words behind it do not stand there"
                                                                      : NULL;
    if (no && no != why) snprintf(why, WHY, "%s", no);
    return !no;
}

/* -------------------------------------------------------------------- run */

/* A predicate's own phrase is told with it; what is coordinated with it or set beside it is not. */
static void tell(const reader *r, uint8_t *told)
{
    uint32_t end = r->g->w->sub_end[r->pred] < r->end ? r->g->w->sub_end[r->pred] : r->end;
    told[r->pred] = 1;
    for (uint32_t t = r->pred + 1; t < end; t++) {
        uint32_t at = t, via = t;
        for (uint32_t steps = 0; at != CHY_NONE && at != r->pred && steps < CHY_MAX_CHAIN; steps++) via = at, at = tok(r, at)->head;
        if (at != r->pred) continue;
        chy_deprel rel = (chy_deprel)tok(r, via)->deprel;
        if (rel != CHY_REL_CONJ && rel != CHY_REL_PARATAXIS) told[t] = 1;
    }
}

/* Do the same actors stand on both sides? */
static bool mutual(const chy_match *m)
{
    for (uint32_t i = 0; i < m->source.n; i++)
        if (m->source.n != m->target.n || m->source.v[i].actor != m->target.v[i].actor) return false;
    return true;
}

static void send(const reader *r, const chy_literal_sink *sink, const chy_match *m)
{
    if (m->frame->cameo.n) sink->emit(sink->ctx, m);
    if (!m->frame->back.n || (chy_slice_eq(m->frame->cameo, m->frame->back) && mutual(m))) return;
    chy_frame *answer = chy_arena_alloc(r->g->w->arena, sizeof *answer);
    if (!answer) return;
    *answer = *m->frame;
    answer->cameo = m->frame->back;
    chy_match x = *m;
    x.frame = answer;
    x.source = m->target, x.target = m->source;
    sink->emit(sink->ctx, &x);
}

/* True where a frame matched, whatever came of it. */
static bool verb(reader *r, chy_frame_list list, const chy_literal_sink *sink, uint8_t *told)
{
    chy_match m;
    char why[WHY];
    for (uint32_t i = 0; i < list.n; i++) {
        if (!match(r, list.v[i], &m, why)) {
            if (sink->trace) sink->trace(sink->ctx, r->pred, list.v[i], why);
            continue;
        }
        const char *no = list.v[i]->stop ? "no event in this use" : sides(r) ? NULL : "no actor for both sides";
        if (sink->trace) sink->trace(sink->ctx, r->pred, list.v[i], no);
        if (!no) {
            send(r, sink, &m);
            tell(r, told);
        }
        return true;
    }
    return false;
}

chy_status chy_literal_run(const chy_gram *g, const chy_literal_sink *sink, uint8_t *told)
{
    const chy_dispatch *d = g->w->d;
    chy_word *form = chy_arena_alloc(g->w->arena, (size_t)d->n_tokens * sizeof *form);
    if (!form) return chy_work_memory(g->w, CHY_STAGE_EVENTS);
    for (uint32_t t = 0; t < d->n_tokens; t++) form[t] = chy_frames_word(g->f, d->tokens[t].norm);
    reader r = {.g = g, .form = form};
    for (uint32_t s = 0; s < d->n_sentences; s++) {
        uint32_t begin = d->sentences[s].first_token, end = begin + d->sentences[s].n_tokens;
        for (uint32_t t = begin; t < end && !g->w->arena->failed; t++) {
            if (told[t] || d->tokens[t].upos != CHY_UPOS_VERB) continue;
            chy_frame_list spelt_so = chy_frames_literal_of(g->f, form[t]), list = chy_frames_literal_of(g->f, g->word[t]);
            r.pred = t;
            r.begin = t - begin > MAX_REACH ? t - MAX_REACH : begin;
            r.end = end - t > MAX_REACH ? t + MAX_REACH : end;
            if (!verb(&r, spelt_so, sink, told) && form[t] != g->word[t]) verb(&r, list, sink, told);
        }
    }
    return chy_work_memory(g->w, CHY_STAGE_EVENTS);
}
