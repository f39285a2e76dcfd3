/* SPDX-License-Identifier: Apache-2.0
 *
 * syntax.c - sentences in, tagged and parsed sentences out.
 */
#include "syntax/syntax.h"
#include "syntax/arrays.h"
#include "syntax/tree.h"

chy_status chy_syntax_open(const chy_file *file, chy_arena *arena, const chy_syntax_model **out, chy_error *err)
{
    *out = NULL;
    chy_slice raw;
    if (!chy_file_raw(file, "syntax", &raw))
        return chy_fail(err, CHY_E_DATA, CHY_STAGE_SYNTAX, 0, "the data file has no section \"syntax\"");
    chy_syntax_model *m = chy_arena_alloc(arena, sizeof *m);
    if (!m) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_SYNTAX, 0, "out of memory");
    chy_status st = chy_syn_model_open(raw.p, raw.n, m, err);
    chy_slice reader; /* what is kept of the states is the reader's business */
    if (st == CHY_OK && chy_file_raw(file, "reader", &reader)) {
        chy_arrays r;
        st = chy_arrays_open(reader.p, reader.n, "CHYREADR", CHY_READER_VERSION, "reader weights", CHY_STAGE_SYNTAX, &r, err);
        if (st != CHY_OK) return st;
        m->project = chy_arrays_dense8(&r, "state", CHY_READER_STATE, 2 * m->hidden);
        if (r.status == CHY_OK && (m->project.cols != 2 * m->hidden || CHY_READER_STATE > 2 * m->lab))
            chy_arrays_fail(&r, "state", "other dimensions than expected");
        st = r.status;
    }
    if (st == CHY_OK) *out = m;
    return st;
}

/* ----------------------------------------------------------------- pieces */

/* 2 for a sign that ends a sentence or clause for good, 1 for a comma or dash, else 0. */
static int breaks(chy_slice form)
{
    if (form.n != 1) return 0;
    switch (form.p[0]) {
    case '.': case ';': case '!': case '?': return 2;
    case ',': case ':': case '-': return 1;
    default: return 0;
    }
}

/* How many of the n words from t on to parse at once: all that fit, else up to the best break in the second half. */
static uint32_t piece_length(const chy_token *t, uint32_t n)
{
    if (n <= CHY_SYN_MAX_PIECE) return n;
    uint32_t at = CHY_SYN_MAX_PIECE;
    int best = 0;
    for (uint32_t i = CHY_SYN_MAX_PIECE; i > CHY_SYN_MAX_PIECE / 2; i--) {
        int b = breaks(t[i - 1].form);
        if (b > best) best = b, at = i;
        if (best == 2) break;
    }
    return at;
}

static bool is_her(const chy_syn_word *w) { return w->n == 3 && memcmp(w->folded, "her", 3) == 0; }

typedef struct sentence {
    const chy_syntax_model *m;
    const chy_syn_kernel *kernel;
    chy_syn_scratch *scratch;
    chy_arena *arena;
    unsigned casing;
    uint8_t *kept;  /* the sentence's states, `width` a word, or NULL */
    uint32_t width;
} sentence;

static void piece(const sentence *s, chy_token *all, uint32_t begin, uint32_t n, uint32_t root)
{
    const chy_syntax_model *m = s->m;
    chy_syn_scratch *x = s->scratch;
    chy_token *t = all + begin;
    for (uint32_t i = 0; i < n; i++) {
        chy_syn_word_of(t[i].form, &x->words[i]);
        chy_syn_embed(m, s->kernel, &x->words[i], begin + i == 0, s->casing, x->a + (size_t)i * m->input);
    }
    x->kept = s->kept ? s->kept + (size_t)begin * s->width : NULL;
    chy_syn_network(m, s->kernel, x, n);
    for (uint32_t i = 0; i < n; i++) {
        unsigned tag = x->tags[i];
        t[i].upos = m->tag_upos[tag];
        t[i].feats = m->tag_feats[tag];
        t[i].deprel = m->rel_id[x->rels[i]];
        t[i].head = x->heads[i] ? begin + x->heads[i] - 1 : CHY_NONE;
        if (!x->heads[i] && root != CHY_NONE) {
            t[i].head = root;
            t[i].deprel = CHY_REL_PARATAXIS;
        }
        t[i].name = x->names[i];
        t[i].lemma = chy_syn_lemma(m, s->arena, t[i].form, &x->words[i], tag, begin + i == 0, s->casing);
        if (t[i].upos == CHY_UPOS_PRON && t[i].deprel == CHY_REL_NMOD_POSS) t[i].feats |= CHY_FEAT_POSS;
        if (t[i].upos == CHY_UPOS_PRON && is_her(&x->words[i])) t[i].lemma = t[i].feats & CHY_FEAT_POSS ? CHY_LIT("her") : CHY_LIT("she");
    }
}

static void parse(sentence *s, chy_token *t, uint32_t n)
{
    uint32_t count[6] = {0}, root = CHY_NONE;
    for (uint32_t i = 0; i < n; i++) {
        chy_syn_word w;
        chy_syn_word_of(t[i].form, &w);
        count[w.casing]++;
    }
    s->casing = chy_syn_sentence_case(count);
    for (uint32_t at = 0; at < n;) {
        uint32_t len = piece_length(t + at, n - at);
        piece(s, t, at, len, root);
        for (uint32_t i = at; root == CHY_NONE && i < at + len; i++)
            if (t[i].head == CHY_NONE) root = i;
        at += len;
    }
    chy_syntax_repair(t, n);
}

static uint32_t capacity(uint32_t n) { return n < CHY_SYN_MAX_PIECE ? n : CHY_SYN_MAX_PIECE; }

chy_status chy_syntax_parse(const chy_syntax_model *m, chy_arena *arena, chy_token *tokens, uint32_t n, chy_error *err)
{
    chy_syn_scratch scratch;
    if (!chy_syn_scratch_new(m, arena, capacity(n), &scratch))
        return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_SYNTAX, 0, "out of memory");
    sentence s = {.m = m, .kernel = chy_syn_kernel_best(), .scratch = &scratch, .arena = arena};
    parse(&s, tokens, n);
    return arena->failed ? chy_fail(err, CHY_E_MEMORY, CHY_STAGE_SYNTAX, 0, "out of memory") : CHY_OK;
}

chy_status chy_syntax_run(const chy_syntax_model *m, chy_work *w)
{
    uint32_t longest = 0;
    for (uint32_t k = 0; k < w->d->n_sentences; k++)
        if (w->d->sentences[k].n_tokens > longest) longest = w->d->sentences[k].n_tokens;
    chy_syn_scratch scratch;
    if (!chy_syn_scratch_new(m, w->arena, capacity(longest), &scratch)) return chy_work_memory(w, CHY_STAGE_SYNTAX);
    scratch.whole = w->whole_states;
    sentence s = {.m = m, .kernel = chy_syn_kernel_best(), .scratch = &scratch, .arena = w->arena};
    s.width = scratch.whole ? 2 * m->hidden : m->project.rows;
    w->state_width = s.width;
    w->states = s.width ? chy_arena_alloc(w->arena, (size_t)w->d->n_tokens * s.width) : NULL;
    if (w->arena->failed) return chy_work_memory(w, CHY_STAGE_SYNTAX);
    for (uint32_t k = 0; k < w->d->n_sentences; k++) {
        chy_sentence *sent = (chy_sentence *)(uintptr_t)&w->d->sentences[k];
        uint32_t at = sent->first_token;
        s.kept = w->states ? w->states + (size_t)at * s.width : NULL;
        parse(&s, w->tokens + at, sent->n_tokens);
        for (uint32_t i = at; i < at + sent->n_tokens; i++) {
            if (w->tokens[i].head != CHY_NONE) w->tokens[i].head += at;
            else sent->root = i;
        }
    }
    chy_status st = chy_work_memory(w, CHY_STAGE_SYNTAX);
    return st == CHY_OK ? chy_tree_build(w) : st;
}
