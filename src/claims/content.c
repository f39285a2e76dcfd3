/* SPDX-License-Identifier: Apache-2.0
 *
 * content.c - what is said: clauses, nouns and quotations that belong to a cue, as token spans without source and cue.
 */
#include "claims/internal.h"

static chy_claims_span trimmed(const chy_work *w, uint32_t b, uint32_t e)
{
    while (b < e && chy_claims_is_punct(&w->tokens[b]) && !chy_claims_is_mark(w->d, b)) b++;
    while (e > b && chy_claims_is_punct(&w->tokens[e - 1]) && !chy_claims_is_mark(w->d, e - 1)) e--;
    /* Nothing but marks is nothing. */
    uint32_t t = b;
    while (t < e && chy_claims_is_punct(&w->tokens[t])) t++;
    return t < e ? (chy_claims_span){b, e} : (chy_claims_span){b, b};
}

static void add_span(const chy_work *w, chy_claims_found *f, uint32_t b, uint32_t e)
{
    chy_claims_span s = trimmed(w, b, e);
    if (s.begin >= s.end) return;
    uint32_t k = 0;
    for (uint32_t i = 0; i < f->n_content; i++) { /* take in what it meets */
        chy_claims_span x = f->content[i];
        if (x.begin <= s.end && s.begin <= x.end) {
            if (x.begin < s.begin) s.begin = x.begin;
            if (x.end > s.end) s.end = x.end;
        } else {
            f->content[k++] = x;
        }
    }
    f->n_content = k;
    if (k == MAX_CONTENT) return;
    while (k > 0 && f->content[k - 1].begin > s.begin) f->content[k] = f->content[k - 1], k--;
    f->content[k] = s;
    f->n_content++;
}

void chy_claims_add_content(const chy_work *w, chy_claims_found *f, uint32_t b, uint32_t e)
{
    /* Source and cue side by side are one group, whatever stands between them ("Shamkhani later told reporters"). */
    chy_claims_span g = f->cue;
    if (f->source.begin < f->source.end) {
        uint32_t gap = f->source.end <= f->cue.begin ? f->cue.begin - f->source.end
                       : f->cue.end <= f->source.begin ? f->source.begin - f->cue.end : 0;
        if (gap <= 4) {
            if (f->source.begin < g.begin) g.begin = f->source.begin;
            if (f->source.end > g.end) g.end = f->source.end;
        } else if (f->source.begin < e && b < f->source.end) { /* apart: cut out on its own */
            chy_claims_span s = f->source;
            if (b < s.begin && !(g.begin < s.begin && b < g.end)) add_span(w, f, b, s.begin);
            if (s.end < e) b = s.end;
            else return;
        }
    }
    if (g.end <= b || e <= g.begin) {
        add_span(w, f, b, e);
        return;
    }
    if (b < g.begin) add_span(w, f, b, g.begin);
    if (g.end < e) add_span(w, f, g.end, e);
}

/* The quotation outermost round token t that does not hold `out`; CHY_NONE where there is none. */
static uint32_t quote_of(const chy_dispatch *d, uint32_t t, uint32_t out)
{
    uint32_t q = d->tokens[t].quote, best = CHY_NONE;
    for (int k = 0; k < CHY_MAX_QUOTE_DEPTH && q != CHY_NONE && q < d->n_quotes; k++, q = d->quotes[q].parent)
        if (out < d->quotes[q].first_token || out >= d->quotes[q].end_token) best = q;
    return best;
}

/* Quotations that stand right before or behind the group [gb, ge) belong to it. */
static void add_quotes(const chy_claims_context *c, chy_claims_found *f, const chy_sentence *s, uint32_t gb,
                       uint32_t ge, bool far)
{
    const chy_dispatch *d = c->w->d;
    const chy_token *v = &d->tokens[f->cue_token];
    uint32_t lo = s->first_token, hi = lo + s->n_tokens, t = gb, q;
    /* A participle looks ahead only ("…,” he said, adding “…”"); so does a sentence of its own. */
    bool back = !((v->deprel == CHY_REL_ADVCL || v->deprel == CHY_REL_ACL) && (v->feats & CHY_FEAT_FIN) == 0);
    for (int skip = 0; back && t > 0 && skip < 3; skip++) {
        if (t == lo && (d->tokens[lo].flags & CHY_TOKEN_CAP)) break;
        t--;
        q = quote_of(d, t, f->cue_token);
        if (q != CHY_NONE && d->quotes[q].end_token == t + 1) {
            chy_claims_add_content(c->w, f, d->quotes[q].first_token, d->quotes[q].end_token);
            break;
        }
        if (t < lo || !chy_claims_is_punct(&d->tokens[t])) break;
    }
    /* A colon hands over to the next sentence. */
    if (hi > lo && hi < d->n_tokens && chy_slice_eqz(d->tokens[hi - 1].norm, ":")) hi++;
    unsigned words = 0;
    for (t = ge; t < hi && t - ge < 48 && words < 24; t++) {
        q = quote_of(d, t, f->cue_token);
        if (q != CHY_NONE && d->quotes[q].first_token == t) {
            chy_claims_add_content(c->w, f, d->quotes[q].first_token, d->quotes[q].end_token);
            break;
        }
        words += !chy_claims_is_punct(&d->tokens[t]);
        if (words && !far) break;
    }
}

/* A clause that is quoted in part takes the rest of the quotation with it ("said it was 'a lie. We ...'"). */
void chy_claims_add_clause(const chy_claims_context *c, chy_claims_found *f, uint32_t b, uint32_t e)
{
    const chy_dispatch *d = c->w->d;
    if (b >= e) return;
    uint32_t q = quote_of(d, e - 1, f->cue_token);
    if (q != CHY_NONE && d->quotes[q].first_token >= b && d->quotes[q].end_token > e) e = d->quotes[q].end_token;
    q = quote_of(d, b, f->cue_token);
    if (q != CHY_NONE && d->quotes[q].first_token < b && d->quotes[q].end_token <= e) b = d->quotes[q].first_token;
    chy_claims_add_content(c->w, f, b, e);
}

/* The subtree of `t` less its leading preposition or mark, when that one is in the cue. */
void chy_claims_add_subtree(const chy_claims_context *c, chy_claims_found *f, uint32_t t, bool drop_case)
{
    const chy_work *w = c->w;
    uint32_t b = w->sub_begin[t], e = w->sub_end[t];
    if (drop_case)
        for (EACH_CHILD(w, t, k))
            if ((w->tokens[k].deprel == CHY_REL_CASE || w->tokens[k].deprel == CHY_REL_MARK) && k == b) b = k + 1;
    chy_claims_add_clause(c, f, b, e);
}

/* `t` with the auxiliaries and adverbs that stand before it and the particle behind it. */
static chy_claims_span verb_group(const chy_work *w, uint32_t v)
{
    chy_claims_span s = {v, v + 1};
    while (s.begin > 0) {
        const chy_token *t = &w->tokens[s.begin - 1];
        chy_deprel r = (chy_deprel)t->deprel;
        if (t->head != v) break;
        if (r != CHY_REL_AUX && r != CHY_REL_AUX_PASS && r != CHY_REL_ADVMOD && r != CHY_REL_COP) break;
        if (t->upos == CHY_UPOS_PRON || t->upos == CHY_UPOS_SCONJ) break;
        s.begin--;
    }
    while (s.end < w->d->n_tokens && w->tokens[s.end].head == v && w->tokens[s.end].deprel == CHY_REL_COMPOUND_PRT)
        s.end++;
    return s;
}

chy_claims_span chy_claims_cue_span(const chy_claims_model *m, const chy_work *w, uint32_t v)
{
    const chy_token *tok = w->tokens;
    chy_claims_span s = verb_group(w, v);
    /* "Went on to say", "seemed to deny" */
    for (int k = 0; k < 3 && (tok[v].deprel == CHY_REL_XCOMP || tok[v].deprel == CHY_REL_ADVCL); k++) {
        uint32_t h = tok[v].head, b = s.begin;
        if (h == CHY_NONE || h >= b || !chy_claims_has_row(m, tok[h].lemma, 'X')) break;
        while (b > 0 && tok[b - 1].head == v &&
               (tok[b - 1].deprel == CHY_REL_MARK || tok[b - 1].deprel == CHY_REL_ADVMOD))
            b--;
        chy_claims_span over = verb_group(w, h);
        if (over.end != b) break;
        s.begin = over.begin;
        v = h;
    }
    return s;
}

/* Content by prepositions among the dependents of `h`: "accused X of shelling", "called for talks". The preposition
 * joins a cue that it touches. */
void chy_claims_prep_content(const chy_claims_context *c, chy_claims_found *f, uint32_t h, const chy_claims_cue *cue)
{
    const chy_work *w = c->w;
    for (EACH_CHILD(w, h, k)) {
        chy_deprel r = chy_deprel_base((chy_deprel)w->tokens[k].deprel);
        if (r != CHY_REL_OBL && r != CHY_REL_NMOD && r != CHY_REL_ADVCL && r != CHY_REL_ACL) continue;
        for (EACH_CHILD(w, k, p)) {
            chy_deprel rp = (chy_deprel)w->tokens[p].deprel;
            if (chy_slice_eqz(w->tokens[p].lemma, "on") && chy_claims_is_time(w->d, k)) continue;
            if ((rp != CHY_REL_CASE && rp != CHY_REL_MARK) || !chy_claims_listed(cue->words, w->tokens[p].lemma))
                continue;
            if (rp == CHY_REL_MARK && chy_slice_eqz(w->tokens[p].lemma, "to")) continue;
            if (p == f->cue.end) f->cue.end = p + 1;
            chy_claims_add_subtree(c, f, k, true);
            break;
        }
    }
}

/* Does the group of source and cue close its sentence behind a comma or quotation mark ("…, Haddad said on Monday.")?
 * *begin gets where the group begins. */
static bool closes(const chy_work *w, const chy_sentence *s, const chy_claims_found *f, uint32_t *begin)
{
    const chy_token *tok = w->tokens;
    uint32_t v = f->cue_token, lo = s->first_token, hi = lo + s->n_tokens, b = f->cue.begin, e = f->cue.end;
    bool tell = chy_slice_in(tok[v].lemma, "tell|inform|assure|warn|remind|notify");
    if (f->source.begin < b) b = f->source.begin;
    if (f->source.end > e) e = f->source.end;
    for (EACH_CHILD(w, v, k)) {
        chy_deprel r = chy_deprel_base((chy_deprel)tok[k].deprel);
        bool adjunct = r == CHY_REL_OBL || r == CHY_REL_ADVMOD || r == CHY_REL_IOBJ || (tell && r == CHY_REL_OBJ) ||
                       (r == CHY_REL_ADVCL && !(tok[k].feats & CHY_FEAT_FIN));
        if (k > v && adjunct && w->sub_end[k] > e) e = w->sub_end[k];
    }
    while (e < hi && chy_claims_is_punct(&tok[e])) e++;
    *begin = b;
    bool clause = b > lo && tok[b - 1].quote != CHY_NONE; /* "On Monday, Haddad said" has none before it */
    for (uint32_t t = b; t > lo && b - t < 64 && !clause; t--) clause = chy_claims_is_verbal(&tok[t - 1]);
    return clause && e >= hi && b > lo + 2 && chy_claims_is_punct(&tok[b - 1]) &&
           (chy_slice_eqz(tok[b - 1].norm, ",") ||
            (chy_claims_is_mark(w->d, b - 1) && tok[b - 1].quote != tok[v].quote));
}

/* "X said …, Y reported": the further voice that a tree puts inside the first one's words. */
static bool is_second_voice(const chy_claims_context *c, const chy_sentence *s, uint32_t v)
{
    const chy_work *w = c->w;
    uint32_t source = chy_claims_child_base(w, v, CHY_REL_NSUBJ), from;
    if (source == CHY_NONE || !chy_claims_is_saying(c, v) || chy_claims_child(w, v, CHY_REL_CCOMP) != CHY_NONE)
        return false;
    chy_claims_found f = {.cue_token = v};
    f.cue = chy_claims_cue_span(c->m, w, v);
    f.source = chy_claims_source_span(w, source, f.cue);
    return closes(w, s, &f, &from);
}

static bool is_infinitive(const chy_work *w, uint32_t k)
{
    uint32_t to = chy_claims_child_lemma(w, k, "to");
    return to != CHY_NONE && w->tokens[to].deprel == CHY_REL_MARK;
}

/* The infinitive that verb `v` takes, where a tree hangs it on the verb as an adjunct, or on the noun before it ("asked
 * the ministries to act"); CHY_NONE where there is none. */
static uint32_t stray_infinitive(const chy_work *w, uint32_t v)
{
    const chy_token *tok = w->tokens;
    uint32_t hi = w->sub_end[v], t = v + 1;
    for (; t < hi && t < v + 24; t++) {
        if (!chy_claims_is_verbal(&tok[t]) || !is_infinitive(w, t)) continue;
        uint32_t h = tok[t].head;
        if (h == v) return tok[t].deprel == CHY_REL_ADVCL ? t : CHY_NONE;
        if (tok[t].deprel != CHY_REL_ACL) return CHY_NONE;
        for (int i = 0; i < 4 && h != CHY_NONE && h != v; i++) {
            chy_deprel r = chy_deprel_base((chy_deprel)tok[h].deprel);
            if (r != CHY_REL_OBJ && r != CHY_REL_IOBJ && r != CHY_REL_OBL && r != CHY_REL_CONJ && r != CHY_REL_NMOD)
                return CHY_NONE;
            h = tok[h].head;
        }
        return h == v ? t : CHY_NONE;
    }
    return CHY_NONE;
}

bool chy_claims_is_naming(const chy_work *w, uint32_t o, uint32_t k)
{
    const chy_token *t = &w->tokens[k];
    if (o == CHY_NONE || k <= o) return false;
    return t->deprel == CHY_REL_XCOMP || t->deprel == CHY_REL_OBJ || chy_claims_child_lemma(w, k, "as") != CHY_NONE;
}

/* Clause k less a past tense tied to it that is the speaker's own next act ("said it would leave and called on Oslo
 * to"). */
static void add_clause_of(const chy_claims_context *c, chy_claims_found *f, uint32_t k)
{
    const chy_work *w = c->w;
    const chy_token *tok = w->tokens;
    for (EACH_CHILD(w, k, x)) {
        uint32_t cc = chy_claims_child(w, x, CHY_REL_CC);
        if (tok[x].deprel != CHY_REL_CONJ || cc == CHY_NONE || !chy_claims_is_own_clause(w, x, k)) continue;
        if (tok[x].quote != CHY_NONE || chy_claims_child_base(w, x, CHY_REL_NSUBJ) != CHY_NONE) continue;
        chy_claims_add_clause(c, f, w->sub_begin[k], cc);
        return;
    }
    chy_claims_add_subtree(c, f, k, false);
}

/* What stands in the tree as content of a verb. */
static void tree_content(const chy_claims_context *c, chy_claims_found *f, const chy_sentence *s, uint32_t v,
                         const chy_claims_cue *cue)
{
    const chy_work *w = c->w;
    const chy_token *tok = w->tokens;
    if (cue->content & CONTENT_THAT)
        for (EACH_CHILD(w, v, k)) {
            if (tok[k].deprel == CHY_REL_CCOMP && !(k > v && is_second_voice(c, s, k))) add_clause_of(c, f, k);
            else if (tok[k].deprel == CHY_REL_PARATAXIS && k > v && (cue->content & CONTENT_QUOTE) &&
                     w->sub_begin[k] > v && !chy_slice_eqz(tok[w->sub_begin[k] - 1].norm, ";") && chy_claims_is_punct(&tok[w->sub_begin[k] - 1]) &&
                         chy_claims_is_verbal(&tok[k]))
                chy_claims_add_subtree(c, f, k, false);
        }
    if (cue->content & (CONTENT_INF | CONTENT_ING))
        for (EACH_CHILD(w, v, k)) {
            if (tok[k].deprel != CHY_REL_XCOMP) continue;
            bool inf = chy_claims_child_lemma(w, k, "to") != CHY_NONE;
            if (!(cue->content & (inf ? CONTENT_INF : CONTENT_ING)) || (!inf && !chy_claims_is_verbal(&tok[k])))
                continue;
            uint32_t o = chy_claims_child(w, v, CHY_REL_OBJ);
            if (o != CHY_NONE && o > v && w->sub_end[o] == w->sub_begin[k])
                chy_claims_add_content(w, f, w->sub_begin[o], w->sub_end[o]);
            chy_claims_add_subtree(c, f, k, false);
        }
    if (!f->n_content && (cue->content & CONTENT_INF) && cue->class == CLASS_WANT) {
        uint32_t k = stray_infinitive(w, v);
        if (k != CHY_NONE) chy_claims_add_subtree(c, f, k, false);
    }
    if (cue->content & (CONTENT_OBJ | CONTENT_CLAIMS | CONTENT_NAMED)) {
        uint32_t o = chy_claims_object(w, v);
        bool ok = o != CHY_NONE;
        if (ok && (cue->content & CONTENT_NAMED)) {
            bool any = false;
            for (EACH_CHILD(w, v, k)) any |= chy_claims_is_naming(w, o, k);
            for (EACH_CHILD(w, o, k)) any |= tok[k].deprel == CHY_REL_OBJ; /* or hung on the object */
            ok = any;
        } else if (ok && !(cue->content & CONTENT_OBJ))
            ok = chy_claims_is_claim_noun(c->m, &tok[o]) ||
                chy_slice_in(tok[o].lemma, "it|that|this|responsibility|involvement|role");
        if (ok) chy_claims_add_subtree(c, f, o, false);
        for (EACH_CHILD(w, v, k)) {
            if (!ok || k < o || (cue->class != CLASS_JUDGE && cue->class != CLASS_REPORT &&
                                 cue->class != CLASS_ATTITUDE))
                continue;
            if (chy_claims_is_naming(w, o, k)) chy_claims_add_subtree(c, f, k, false);
        }
    }
    if (cue->content & CONTENT_PREP) chy_claims_prep_content(c, f, v, cue);
    /* "accused Pakistan of arming them", hung on Pakistan. */
    if (!f->n_content && cue->class == CLASS_ACCUSE)
        chy_claims_prep_content(c, f, chy_claims_object(w, v), cue);
}

/* The clause that the cue interrupts or closes: its head, by parataxis or "as X said". */
static uint32_t host_clause(const chy_work *w, uint32_t v)
{
    const chy_token *t = &w->tokens[v];
    if (t->head == CHY_NONE) return CHY_NONE;
    if (t->deprel == CHY_REL_PARATAXIS)
        return chy_claims_child(w, v, CHY_REL_OBJ) != CHY_NONE &&
            !chy_slice_in(t->lemma, "tell|inform|assure") ? CHY_NONE : t->head;
    if (t->deprel == CHY_REL_ADVCL && chy_claims_child_lemma(w, v, "as") != CHY_NONE &&
        chy_claims_child_base(w, v, CHY_REL_NSUBJ) != CHY_NONE)
        return t->head;
    return CHY_NONE;
}

static void final_content(const chy_claims_context *c, chy_claims_found *f, uint32_t v)
{
    const chy_work *w = c->w;
    uint32_t host = host_clause(w, v);
    if (host == CHY_NONE || chy_claims_child(w, v, CHY_REL_CCOMP) != CHY_NONE) return;
    uint32_t b = w->sub_begin[host], e = w->sub_end[host], vb = w->sub_begin[v], ve = w->sub_end[v];
    if (vb > b) chy_claims_add_content(w, f, b, vb);
    bool but = ve < e && chy_claims_is_punct(&w->tokens[ve]) && ve + 1 < e && chy_slice_eqz(w->tokens[ve + 1].norm, "but");
    if (ve < e && !but) chy_claims_add_content(w, f, ve, e);
}

/* "said … that …" where the tree has no clause: from "that" to the end of the sentence. */
static void that_content(const chy_claims_context *c, chy_claims_found *f, const chy_sentence *s)
{
    const chy_token *tok = c->w->tokens;
    uint32_t hi = s->first_token + s->n_tokens;
    for (uint32_t t = f->cue.end; t < hi && t < f->cue.end + 5; t++) {
        if (chy_claims_is_punct(&tok[t]) || tok[t].upos == CHY_UPOS_VERB) return;
        if (tok[t].upos != CHY_UPOS_SCONJ || !chy_slice_eqz(tok[t].norm, "that")) continue;
        chy_claims_add_clause(c, f, t, hi);
        return;
    }
}

/* "accused … of …" where the tree does not tie the two: from the preposition to the end of the clause. */
static void accused_content(const chy_claims_context *c, chy_claims_found *f, const chy_sentence *s,
                            const chy_claims_cue *cue)
{
    const chy_token *tok = c->w->tokens;
    uint32_t hi = s->first_token + s->n_tokens, t = f->cue.end;
    while (t < hi && t < f->cue.end + 14 && !chy_claims_listed(cue->words, tok[t].norm)) t++;
    if (t + 1 >= hi || !chy_claims_listed(cue->words, tok[t].norm)) return;
    uint32_t e = t + 1;
    while (e < hi && e < t + 40 && !chy_slice_in(tok[e].norm, ",|;|.")) e++;
    chy_claims_add_content(c->w, f, t + 1, e);
}

/* "Oslo frees one; two more will stay, an aide says": where the last part of [lo, hi) begins. */
static uint32_t last_part(const chy_work *w, uint32_t lo, uint32_t hi)
{
    for (uint32_t t = hi; t > lo + 1; t--)
        if (chy_slice_eqz(w->tokens[t - 1].norm, ";") && w->tokens[t - 1].quote == CHY_NONE && t < hi) return t;
    return lo;
}

void chy_claims_verb_content(const chy_claims_context *c, chy_claims_found *f, const chy_sentence *s, bool passive,
                             const chy_claims_cue *cue)
{
    const chy_work *w = c->w;
    uint32_t v = f->cue_token, gb = f->cue.begin, ge = f->cue.end, from;
    bool active = f->source_token != CHY_NONE && !passive;
    if (active && f->source.begin < gb) gb = f->source.begin;
    if (active && f->source.end > ge && f->source.begin <= ge + 2) ge = f->source.end;
    bool to = is_infinitive(w, v) && f->cue.begin == v; /* "is yet to answer" */
    if (active && !to && (cue->content & CONTENT_FINAL) && chy_claims_is_saying(c, v) && !chy_claims_has_modal(c, v) &&
        closes(w, s, f, &from))
        chy_claims_add_clause(c, f, last_part(w, s->first_token, from), from);
    else
        tree_content(c, f, s, v, cue);
    if (active && (cue->content & CONTENT_QUOTE)) {
        bool far = !f->n_content && (cue->content & CONTENT_THAT) && chy_claims_child(w, v, CHY_REL_OBJ) == CHY_NONE;
        add_quotes(c, f, s, gb, ge, far);
    }
    /* Where the tree shows nothing: */
    if (!f->n_content && (cue->content & CONTENT_THAT)) that_content(c, f, s);
    if (!f->n_content && !passive && chy_slice_eqz(w->tokens[v].lemma, "say") && w->sub_end[v] > f->cue.end + 3)
        /* "says Iran executed protesters", read as a noun phrase */
        chy_claims_add_clause(c, f, f->cue.end, w->sub_end[v]);
    if (!f->n_content && cue->class == CLASS_ACCUSE) accused_content(c, f, s, cue);
    if (!f->n_content && active && (cue->content & CONTENT_FINAL)) final_content(c, f, v);
    uint32_t so = f->n_content || !(cue->content & CONTENT_THAT) ? CHY_NONE : chy_claims_child_lemma(w, v, "so");
    if (so != CHY_NONE && so > v && so < v + 4) chy_claims_add_content(w, f, so, so + 1); /* "has said so" */
}
