/* SPDX-License-Identifier: Apache-2.0
 *
 * attribution.c - reported speech by its cue: source, cue and content from the tree, with quotation marks and word
 * order to fall back on where a tree breaks. After the scheme of PolNeAR (Newell et al., LREC 2018) and PDTB
 * attribution: the source is the whole noun phrase, the cue the verb with its auxiliaries, the content everything that
 * is said.
 */
#include "claims/internal.h"

/* Note a denier. "…, something Moscow denies": what points back at the words before is no part of them. */
static void deny(chy_claims_context *c, const chy_sentence *s, uint32_t v, uint32_t source)
{
    chy_work *w = c->w;
    const chy_token *tok = w->tokens;
    if (!chy_claims_is_denial(c->m, &tok[v]) || source == CHY_NONE || chy_claims_is_negated(c, v)) return;
    chy_claims_denier by = {.cue = v, .noun = CHY_NONE, .verb = CHY_NONE};
    by.mention = chy_claims_mention(w, source, chy_claims_source_span(w, source, (chy_claims_span){v, v + 1}));
    CHY_PUSH(w->arena, &c->deniers, by);
    uint32_t cut = v;
    while (cut > s->first_token && v - cut < 8 && !chy_slice_eqz(tok[cut].norm, ",")) cut--;
    if (!chy_slice_eqz(tok[cut].norm, ",") || !chy_claims_points_back(c, v) || w->sub_end[v] > v + 4) return;
    if (!chy_slice_in(tok[cut + 1].norm, "something|which|a|an|claims|charges|allegations|accusations|reports")) return;
    for (uint32_t k = c->found.n, near = 0; k > 0 && near < 16; near++) {
        chy_claims_found *f = &c->found.v[--k];
        if (f->cue_token < s->first_token) break;
        for (uint32_t j = 0; j < f->n_content; j++)
            if (f->content[j].begin < cut && f->content[j].end > v) f->content[j].end = cut;
    }
}

static bool is_inward(unsigned class)
{
    return class == CLASS_BELIEVE || class == CLASS_SHOW || class >= CLASS_JUDGE;
}

/* A participle after all, or a past tense taken for one ("officials, who …, told Haaretz that")? */
static bool verb_is_passive(const chy_claims_context *c, uint32_t v)
{
    const chy_work *w = c->w;
    const chy_token *t = &w->tokens[v];
    bool reduced = t->deprel == CHY_REL_ACL && (t->feats & CHY_FEAT_PASS);
    if (!reduced && !chy_claims_is_passive(w, v)) return false;
    if (chy_claims_child(w, v, CHY_REL_OBL_AGENT) != CHY_NONE ||
        (!reduced && chy_claims_child(w, v, CHY_REL_AUX_PASS) != CHY_NONE))
        return true;
    return chy_claims_child(w, v, CHY_REL_CCOMP) == CHY_NONE || !chy_claims_is_saying(c, v);
}

/* "Asked whether …, she said": a question that somebody else put. */
static bool is_asked(const chy_work *w, uint32_t v)
{
    const chy_token *t = &w->tokens[v];
    if (!chy_slice_in(t->lemma, "ask|press|question|urge") || chy_claims_child_base(w, v, CHY_REL_AUX) != CHY_NONE)
        return false;
    return t->deprel == CHY_REL_ADVCL && (t->feats & (CHY_FEAT_PASS | CHY_FEAT_PAST)) &&
        chy_claims_child_base(w, v, CHY_REL_NSUBJ) == CHY_NONE;
}

/* `other`: a particle makes it another verb than the rows' own. */
static void verb(chy_claims_context *c, const chy_sentence *s, uint32_t v, chy_rows rows, bool other)
{
    chy_work *w = c->w;
    const chy_token *tok = w->tokens;
    bool passive = verb_is_passive(c, v);
    chy_claims_found base = {.cue_token = v, .mention = CHY_NONE, .outer = CHY_NONE,
                             .cue = chy_claims_cue_span(c->m, w, v)};
    uint32_t source = base.source_token = chy_claims_verb_source(c, s, v, passive, base.cue, &base.source);
    /* The speaker's own thoughts ("I think", "we want") are no report of somebody else's. */
    bool self = source != CHY_NONE && (tok[source].feats & (CHY_FEAT_1 | CHY_FEAT_2)),
        inward = tok[v].quote != CHY_NONE || self;
    if (self && c->m->cue[rows.row[0]].class == CLASS_SAY) return;
    deny(c, s, v, source);
    for (uint32_t i = 0; i < rows.n; i++) {
        const chy_claims_cue *cue = &c->m->cue[rows.row[i]];
        if (cue->pos != 'V' || (inward && is_inward(cue->class))) continue;
        if (other && (cue->class >= CLASS_JUDGE || !(cue->content & CONTENT_QUOTE))) continue;
        if (source == CHY_NONE && (!passive || cue->class >= CLASS_JUDGE)) continue;
        /* "It revealed a weakness": things reveal without speaking. */
        if (source != CHY_NONE && cue->class == CLASS_REPORT && (cue->content & CONTENT_OBJ) &&
            tok[source].upos == CHY_UPOS_PRON &&
            chy_slice_in(tok[source].norm, "it|this|that|which"))
            continue;
        if (cue->class == CLASS_WANT && is_asked(w, v)) continue;
        chy_claims_found f = base;
        f.class = cue->class, f.stance = cue->stance;
        chy_claims_verb_content(c, &f, s, passive, cue);
        if (!f.n_content) continue;
        f.mention = chy_claims_mention(w, source, f.source);
        CHY_PUSH(w->arena, &c->found, f);
        return;
    }
}

static void noun(chy_claims_context *c, uint32_t n, chy_rows rows)
{
    chy_work *w = c->w;
    const chy_token *tok = w->tokens;
    uint32_t utters, source = chy_claims_noun_source(c->m, w, n, &utters);
    for (uint32_t i = 0; i < rows.n; i++) {
        const chy_claims_cue *cue = &c->m->cue[rows.row[i]];
        if (cue->pos != 'N') continue;
        chy_claims_found f = {.source_token = source, .cue_token = n, .mention = CHY_NONE, .outer = CHY_NONE,
                          .class = cue->class, .stance = cue->stance, .cue = {n, n + 1}};
        if (utters != CHY_NONE && utters < n && n - utters < 6) { /* "issued a statement saying": one cue */
            chy_claims_span over = chy_claims_cue_span(c->m, w, utters);
            if (over.end + 5 > n) f.cue.begin = over.begin;
        }
        f.source = chy_claims_source_span(w, source, f.cue);
        if (cue->content & (CONTENT_THAT | CONTENT_INF))
            for (EACH_CHILD(w, n, k)) {
                if (!chy_is_rel(&tok[k], CHY_REL_ACL) && tok[k].deprel != CHY_REL_CCOMP) continue;
                uint32_t mark = chy_claims_child(w, k, CHY_REL_MARK);
                bool inf = chy_claims_child_lemma(w, k, "to") != CHY_NONE,
                    that = mark != CHY_NONE && chy_slice_eqz(tok[mark].lemma, "that");
                if ((inf && (cue->content & CONTENT_INF)) || (that && (cue->content & CONTENT_THAT)))
                    chy_claims_add_subtree(c, &f, k, false);
            }
        bool has_clause = f.n_content > 0;
        if (!f.n_content && (cue->content & CONTENT_PREP)) chy_claims_prep_content(c, &f, n, cue);
        if (!f.n_content || (source == CHY_NONE && (cue->class > CLASS_SHOW || !has_clause))) continue;
        f.mention = chy_claims_mention(w, source, f.source);
        CHY_PUSH(w->arena, &c->found, f);
        return;
    }
}

/* "Is sure that", "were afraid of": a predicate that tells what its subject holds. */
static void adjective(chy_claims_context *c, uint32_t a, chy_rows rows)
{
    chy_work *w = c->w;
    const chy_token *tok = w->tokens;
    uint32_t source = chy_claims_child_base(w, a, CHY_REL_NSUBJ), over = CHY_NONE;
    if (tok[a].deprel == CHY_REL_XCOMP && tok[a].head < a && !chy_slice_in(tok[a].norm, "sure|certain") &&
        chy_claims_has_row(c->m, tok[tok[a].head].lemma, 'L')) {
        over = tok[a].head; /* "made it clear that" */
        source = chy_claims_subject(c->m, w, over);
    }
    if (source == CHY_NONE || (tok[source].feats & (CHY_FEAT_1 | CHY_FEAT_2))) return;
    for (uint32_t i = 0; i < rows.n; i++) {
        const chy_claims_cue *cue = &c->m->cue[rows.row[i]];
        if (cue->pos != 'A') continue;
        chy_claims_found f = {.source_token = source, .cue_token = a, .mention = CHY_NONE, .outer = CHY_NONE,
                              .class = cue->class, .stance = cue->stance, .cue = chy_claims_cue_span(c->m, w, a)};
        if (over != CHY_NONE && a - over < 4) f.cue.begin = chy_claims_cue_span(c->m, w, over).begin;
        f.source = chy_claims_source_span(w, source, f.cue);
        if (over != CHY_NONE && (cue->content & CONTENT_THAT))
            for (EACH_CHILD(w, over, k))
                if (k > a && tok[k].deprel == CHY_REL_CCOMP) chy_claims_add_subtree(c, &f, k, false);
        for (EACH_CHILD(w, a, k)) {
            chy_deprel r = (chy_deprel)tok[k].deprel;
            if (k < a || (r != CHY_REL_CCOMP && r != CHY_REL_XCOMP && r != CHY_REL_ADVCL)) continue;
            bool inf = chy_claims_child_lemma(w, k, "to") != CHY_NONE, clause = r == CHY_REL_CCOMP && !inf;
            if ((inf && (cue->content & CONTENT_INF)) || (clause && (cue->content & CONTENT_THAT)))
                chy_claims_add_subtree(c, &f, k, false);
        }
        if (!f.n_content && (cue->content & CONTENT_PREP)) chy_claims_prep_content(c, &f, a, cue);
        if (!f.n_content) continue;
        f.mention = chy_claims_mention(w, source, f.source);
        CHY_PUSH(w->arena, &c->found, f);
        return;
    }
}

/* The rows of a verb: with its particle where it has one ("point out"). A particle that no row knows makes another verb
 * of it ("called off"), which may still hand over a clause. */
static bool verb_rows(const chy_claims_context *c, uint32_t v, chy_rows *rows, bool *other)
{
    const chy_work *w = c->w;
    uint32_t p = chy_claims_child(w, v, CHY_REL_COMPOUND_PRT);
    *other = false;
    if (p == CHY_NONE || p < v) return chy_table_find(&c->m->cues, w->tokens[v].lemma, rows, NULL);
    char key[48];
    chy_slice a = w->tokens[v].lemma, b = w->tokens[p].norm;
    if (a.n + b.n + 1 < sizeof key) {
        memcpy(key, a.p, a.n);
        key[a.n] = ' ';
        memcpy(key + a.n + 1, b.p, b.n);
        if (chy_table_find(&c->m->cues, (chy_slice){key, a.n + 1 + b.n}, rows, NULL)) return true;
    }
    *other = true;
    return chy_table_find(&c->m->cues, a, rows, NULL);
}

/* The clause that a phrase in mid-sentence hangs on; CHY_NONE where the tree shows none. */
static uint32_t clause_over(const chy_work *w, uint32_t t)
{
    const chy_token *tok = w->tokens;
    uint32_t h = tok[t].head;
    for (int k = 0; k < 8 && h != CHY_NONE; k++, h = tok[h].head) {
        chy_deprel r = chy_deprel_base((chy_deprel)tok[h].deprel);
        if (chy_claims_is_verbal(&tok[h]) || tok[h].head == CHY_NONE || r == CHY_REL_CCOMP ||
            chy_claims_child(w, h, CHY_REL_COP) != CHY_NONE)
            break;
    }
    return h;
}

/* "According to X": `a` is the word "according". At either end of its sentence the phrase speaks for all of it, inside
 * for the clause that it hangs on. */
static void according(chy_claims_context *c, const chy_sentence *s, uint32_t a)
{
    chy_work *w = c->w;
    const chy_token *tok = w->tokens;
    uint32_t lo = s->first_token, hi = lo + s->n_tokens, x = tok[a].head;
    if (a + 2 >= hi || !chy_slice_eqz(tok[a + 1].norm, "to")) return;
    if (tok[a].deprel != CHY_REL_CASE || x <= a || x >= hi)
        x = chy_claims_phrase_head(w, a + 2, hi < a + 14 ? hi : a + 14);
    if (x == CHY_NONE) return;
    chy_claims_found f = {.source_token = x, .cue_token = a, .mention = CHY_NONE, .outer = CHY_NONE, .class = CLASS_REPORT,
                      .stance = CHY_ASSERTS, .cue = {a, a + 2}};
    uint32_t e = w->sub_end[x] > x && w->sub_end[x] <= hi ? w->sub_end[x] : x + 1, b = lo, end = hi;
    bool opens = a <= lo + 1, closes = false;
    if (opens) { /* up to the comma that parts it from its clause */
        uint32_t k = x + 1;
        while (k < hi && !(chy_slice_eqz(tok[k].norm, ",") && k + 1 >= e)) k++;
        if (k < hi && k > x && k - a < 24) e = k;
    } else {
        uint32_t k = e;
        while (k < hi && chy_claims_is_punct(&tok[k])) k++;
        closes = k == hi;
    }
    f.source = chy_claims_bare(w, a + 2, e);
    if (f.source.begin >= f.source.end) return;
    uint32_t h = opens || closes ? CHY_NONE : clause_over(w, tok[a].deprel == CHY_REL_CASE ? x : a);
    if (h != CHY_NONE) b = w->sub_begin[h], end = w->sub_end[h];
    chy_claims_add_clause(c, &f, b, end);
    if (!f.n_content) return;
    f.mention = chy_claims_mention(w, x, f.source);
    /* "“…,” the army said, according to the ministry": no words of the army's. */
    for (uint32_t k = c->found.n, near = 0; k > 0 && near < 16 && c->found.v[k - 1].cue_token >= lo; near++) {
        chy_claims_found *o = &c->found.v[--k];
        uint32_t n = o->n_content;
        if (closes && n > 1 && o->content[n - 1].begin >= a - 1 && o->content[n - 1].begin <= a) o->n_content--;
    }
    CHY_PUSH(w->arena, &c->found, f);
}

/* "Citing the army, the ministry said …": the words are first of all the army's. */
static void citing(chy_claims_context *c, uint32_t v)
{
    chy_work *w = c->w;
    const chy_token *tok = w->tokens;
    uint32_t h = tok[v].head, at = c->found.n;
    if (!chy_slice_in(tok[v].norm, "citing|quoting") || tok[v].deprel != CHY_REL_ADVCL || h == CHY_NONE) return;
    uint32_t source = chy_claims_child(w, v, CHY_REL_OBJ);
    if (source == CHY_NONE) return;
    for (uint32_t near = 0; at > 0 && near < 8 && c->found.v[at - 1].cue_token != h; near++) at--;
    if (at == 0 || c->found.v[at - 1].cue_token != h || c->found.v[at - 1].class == CLASS_ATTITUDE) return;
    chy_claims_found f = c->found.v[at - 1];
    f.cue = (chy_claims_span){v, v + 1};
    f.cue_token = v, f.source_token = source;
    f.source = chy_claims_source_span(w, source, f.cue);
    f.mention = chy_claims_mention(w, source, f.source);
    f.class = CLASS_REPORT, f.stance = CHY_ASSERTS;
    f.outer = at - 1;
    CHY_PUSH(w->arena, &c->found, f);
}

chy_status chy_claims_find(chy_claims_context *c)
{
    chy_work *w = c->w;
    const chy_dispatch *d = w->d;
    for (uint32_t i = 0; i < d->n_sentences; i++) {
        const chy_sentence *s = &d->sentences[i];
        if (!chy_claims_turn(c, s)) chy_claims_label(c, s);
        for (uint32_t t = s->first_token; t < s->first_token + s->n_tokens; t++) {
            chy_rows rows;
            const chy_token *tok = &d->tokens[t];
            if (tok->upos == CHY_UPOS_VERB) {
                /* A name taken for a verb ("Kais Saied"), a participle that is an adjective ("is worrying"). */
                bool cap = (tok->flags & CHY_TOKEN_CAP) && !(tok->flags & CHY_TOKEN_SENTENCE_START);
                bool title = d->blocks[s->block].kind == CHY_BLOCK_TITLE;
                bool name = tok->name != CHY_NAME_O || (cap && !title && tok->quote == CHY_NONE);
                if (name || chy_claims_child(w, t, CHY_REL_COP) != CHY_NONE) continue;
                bool other;
                if (chy_claims_is_passive(w, t) && chy_table_find(&c->m->cues, tok->norm, &rows, NULL))
                    adjective(c, t, rows);
                if (verb_rows(c, t, &rows, &other)) verb(c, s, t, rows, other);
                if (chy_slice_eqz(tok->norm, "according")) according(c, s, t);
            } else if (tok->upos == CHY_UPOS_NOUN) {
                if (chy_table_find(&c->m->cues, tok->lemma, &rows, NULL)) noun(c, t, rows);
            } else if (tok->upos == CHY_UPOS_ADJ) {
                if (chy_table_find(&c->m->cues, tok->norm, &rows, NULL)) adjective(c, t, rows);
            } else if (chy_slice_eqz(tok->norm, "according")) {
                according(c, s, t);
            }
        }
        for (uint32_t t = s->first_token, n = 0; t < s->first_token + s->n_tokens && n < 4; t++)
            if (d->tokens[t].upos == CHY_UPOS_VERB && chy_slice_in(d->tokens[t].norm, "citing|quoting"))
                citing(c, t), n++;
    }
    return chy_work_memory(w, CHY_STAGE_CLAIMS);
}
