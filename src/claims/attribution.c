/* SPDX-License-Identifier: Apache-2.0
 *
 * attribution.c - reported speech by its cue: source, cue and content from the tree, with quotation marks and word order
 * to fall back on where a tree breaks. After the scheme of PolNeAR (Newell et al., LREC 2018) and PDTB attribution:
 * the source is the whole noun phrase, the cue the verb with its auxiliaries, the content everything that is said.
 */
#include "claims/internal.h"

static bool is_punct(const chy_token *t) { return t->upos == CHY_UPOS_PUNCT || t->upos == CHY_UPOS_SYM; }

static bool is_verbal(const chy_token *t) { return t->upos == CHY_UPOS_VERB || t->upos == CHY_UPOS_AUX; }

/* Does the token open or close the quotation it stands in? */
static bool is_mark(const chy_dispatch *d, uint32_t t)
{
    uint32_t q = d->tokens[t].quote;
    return q != CHY_NONE && q < d->n_quotes && (d->quotes[q].first_token == t || d->quotes[q].end_token == t + 1) &&
           is_punct(&d->tokens[t]);
}

bool claims_is_passive(const chy_work *w, uint32_t v)
{
    return claims_child(w, v, CHY_REL_AUX_PASS) != CHY_NONE || claims_child(w, v, CHY_REL_NSUBJ_PASS) != CHY_NONE;
}

bool claims_is_claim_noun(const chy_claims_model *m, const chy_token *t)
{
    chy_rows rows;
    if (t->upos != CHY_UPOS_NOUN || !chy_table_find(&m->cues, t->lemma, &rows, NULL)) return false;
    for (uint32_t i = 0; i < rows.n; i++) {
        const claims_cue *x = &m->cue[rows.row[i]];
        if (x->pos == 'N' && x->class <= CLASS_SHOW) return true;
    }
    return false;
}

bool claims_is_document(const chy_claims_model *m, const chy_token *t)
{
    chy_rows rows;
    if (!chy_table_find(&m->cues, t->lemma, &rows, NULL)) return false;
    for (uint32_t i = 0; i < rows.n; i++)
        if (m->cue[rows.row[i]].pos == 'D') return true;
    return false;
}

/* Is the token part of a time expression ("said Friday")? */
static bool is_time(const chy_dispatch *d, uint32_t t)
{
    uint32_t lo = 0, hi = d->n_timexes;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (d->timexes[mid].end_token <= t) lo = mid + 1;
        else hi = mid;
    }
    return lo < d->n_timexes && d->timexes[lo].first_token <= t;
}

/* Where a tree gives a verb several subjects, the one nearest to it. */
static uint32_t own_subject(const chy_work *w, uint32_t v)
{
    uint32_t best = CHY_NONE, gap = CHY_NONE;
    for (EACH_CHILD(w, v, k)) {
        uint32_t g = k < v ? v - k : k - v;
        if (chy_is_rel(&w->tokens[k], CHY_REL_NSUBJ) && g < gap && !is_time(w->d, k)) best = k, gap = g;
    }
    return best;
}

uint32_t claims_subject(const chy_claims_model *m, const chy_work *w, uint32_t v)
{
    const chy_token *tok = w->tokens;
    for (int steps = 0; steps < 8 && v != CHY_NONE; steps++) {
        uint32_t s = own_subject(w, v), h = tok[v].head;
        if (s != CHY_NONE) return s;
        if (h == CHY_NONE) return CHY_NONE;
        switch ((chy_deprel)tok[v].deprel) {
        case CHY_REL_XCOMP: {
            uint32_t o = claims_child(w, h, CHY_REL_OBJ);
            if (o != CHY_NONE && o < v && is_verbal(&tok[v])) return o;
            v = h;
            break;
        }
        case CHY_REL_ADVCL:
            if (tok[v].feats & CHY_FEAT_FIN && claims_child(w, v, CHY_REL_MARK) != CHY_NONE) return CHY_NONE;
            if (claims_child_lemma(w, v, "as") != CHY_NONE) { /* "quoted an official as saying" */
                uint32_t o = claims_child(w, h, CHY_REL_OBJ);
                if (o != CHY_NONE && o < v) return o;
            }
            v = h;
            break;
        case CHY_REL_CONJ: v = h; break;
        case CHY_REL_ACL:
            if ((tok[v].feats & CHY_FEAT_PASS) && claims_child(w, v, CHY_REL_CCOMP) == CHY_NONE) return CHY_NONE;
            /* "held a conference, saying": who held it speaks, unless the noun does ("a letter saying"). */
            if (!m || claims_is_document(m, &tok[h]) || w->d->mention_of[h] != CHY_NONE) return h;
            if (chy_is_rel(&tok[h], CHY_REL_NSUBJ) || tok[h].head == CHY_NONE || !is_verbal(&tok[tok[h].head])) return h;
            v = tok[h].head;
            break;
        case CHY_REL_ACL_RELCL: return h;
        case CHY_REL_PARATAXIS:
            if (tok[v].feats & CHY_FEAT_FIN) return CHY_NONE;
            v = h;
            break;
        default: return CHY_NONE;
        }
    }
    return CHY_NONE;
}

uint32_t claims_mention(const chy_work *w, uint32_t s, claims_span span)
{
    const chy_dispatch *d = w->d;
    if (s == CHY_NONE || !d->mention_of) return CHY_NONE;
    if (d->mention_of[s] != CHY_NONE) return d->mention_of[s];
    /* "who", "which": the noun that the clause belongs to. */
    if (d->tokens[s].upos == CHY_UPOS_PRON) {
        uint32_t v = d->tokens[s].head;
        for (int k = 0; k < 4 && v != CHY_NONE; k++, v = d->tokens[v].head) {
            if (d->tokens[v].deprel != CHY_REL_ACL_RELCL) continue;
            uint32_t h = d->tokens[v].head;
            return h == CHY_NONE ? CHY_NONE : d->mention_of[h];
        }
        return CHY_NONE;
    }
    /* "a Kremlin statement", "Iran's statement", "a statement from the ministry", "officials in Kyiv" */
    uint32_t best = CHY_NONE;
    int rank = 0;
    for (EACH_CHILD(w, s, c)) {
        uint32_t m = d->mention_of[c];
        chy_deprel r = (chy_deprel)d->tokens[c].deprel;
        int k = m == CHY_NONE ? 0
                : r == CHY_REL_NMOD_POSS || r == CHY_REL_APPOS || r == CHY_REL_FLAT ? 4
                : r == CHY_REL_COMPOUND || r == CHY_REL_AMOD || r == CHY_REL_NMOD_DESC ? 3
                : r == CHY_REL_NMOD ? 2 : 0;
        if (k > rank) best = m, rank = k;
    }
    if (rank >= 3) return best;
    /* A name that tree and mention head differently; then any mention among the source's words. */
    uint32_t end = span.end < span.begin + 24 ? span.end : span.begin + 24, other = CHY_NONE;
    for (uint32_t t = span.begin; t < end; t++) {
        uint32_t m = d->mention_of[t];
        if (m == CHY_NONE) continue;
        if (d->mentions[m].first_token <= s && s < d->mentions[m].end_token) return m;
        if (other == CHY_NONE && d->mentions[m].kind != CHY_MENTION_PRONOUN) other = m;
    }
    return best != CHY_NONE ? best : other;
}

/* ------------------------------------------------------------------ spans */

static claims_span trimmed(const chy_work *w, uint32_t b, uint32_t e)
{
    while (b < e && is_punct(&w->tokens[b]) && !is_mark(w->d, b)) b++;
    while (e > b && is_punct(&w->tokens[e - 1]) && !is_mark(w->d, e - 1)) e--;
    /* Nothing but marks is nothing. */
    uint32_t t = b;
    while (t < e && is_punct(&w->tokens[t])) t++;
    return t < e ? (claims_span){b, e} : (claims_span){b, b};
}

/* A source without marks at its ends. */
static claims_span bare(const chy_work *w, uint32_t b, uint32_t e)
{
    while (b < e && is_punct(&w->tokens[b])) b++;
    while (e > b && is_punct(&w->tokens[e - 1]) && !chy_slice_eqz(w->tokens[e - 1].norm, ")")) e--;
    return (claims_span){b, e};
}

static void add_span(const chy_work *w, claims_found *f, uint32_t b, uint32_t e)
{
    claims_span s = trimmed(w, b, e);
    if (s.begin >= s.end) return;
    uint32_t k = 0;
    for (uint32_t i = 0; i < f->n_content; i++) { /* take in what it meets */
        claims_span x = f->content[i];
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

void claims_add_content(const chy_work *w, claims_found *f, uint32_t b, uint32_t e)
{
    /* Source and cue side by side are one group, whatever stands between them ("Shamkhani later told reporters"). */
    claims_span g = f->cue;
    if (f->source.begin < f->source.end) {
        uint32_t gap = f->source.end <= f->cue.begin ? f->cue.begin - f->source.end
                       : f->cue.end <= f->source.begin ? f->source.begin - f->cue.end : 0;
        if (gap <= 4) {
            if (f->source.begin < g.begin) g.begin = f->source.begin;
            if (f->source.end > g.end) g.end = f->source.end;
        } else if (f->source.begin < e && b < f->source.end) { /* apart: cut out on its own */
            claims_span s = f->source;
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
static void add_quotes(const claims_context *c, claims_found *f, const chy_sentence *s, uint32_t gb, uint32_t ge, bool far)
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
            claims_add_content(c->w, f, d->quotes[q].first_token, d->quotes[q].end_token);
            break;
        }
        if (t < lo || !is_punct(&d->tokens[t])) break;
    }
    /* A colon hands over to the next sentence. */
    if (hi > lo && hi < d->n_tokens && chy_slice_eqz(d->tokens[hi - 1].norm, ":")) hi++;
    unsigned words = 0;
    for (t = ge; t < hi && t - ge < 48 && words < 24; t++) {
        q = quote_of(d, t, f->cue_token);
        if (q != CHY_NONE && d->quotes[q].first_token == t) {
            claims_add_content(c->w, f, d->quotes[q].first_token, d->quotes[q].end_token);
            break;
        }
        words += !is_punct(&d->tokens[t]);
        if (words && !far) break;
    }
}

/* A clause that is quoted in part takes the rest of the quotation with it ("said it was 'a lie. We ...'"). */
static void add_clause(const claims_context *c, claims_found *f, uint32_t b, uint32_t e)
{
    const chy_dispatch *d = c->w->d;
    if (b >= e) return;
    uint32_t q = quote_of(d, e - 1, f->cue_token);
    if (q != CHY_NONE && d->quotes[q].first_token >= b && d->quotes[q].end_token > e) e = d->quotes[q].end_token;
    q = quote_of(d, b, f->cue_token);
    if (q != CHY_NONE && d->quotes[q].first_token < b && d->quotes[q].end_token <= e) b = d->quotes[q].first_token;
    claims_add_content(c->w, f, b, e);
}

/* The subtree of `t` less its leading preposition or mark, when that one is in the cue. */
static void add_subtree(const claims_context *c, claims_found *f, uint32_t t, bool drop_case)
{
    const chy_work *w = c->w;
    uint32_t b = w->sub_begin[t], e = w->sub_end[t];
    if (drop_case)
        for (EACH_CHILD(w, t, k))
            if ((w->tokens[k].deprel == CHY_REL_CASE || w->tokens[k].deprel == CHY_REL_MARK) && k == b) b = k + 1;
    add_clause(c, f, b, e);
}

static claims_span cue_span(const chy_work *w, uint32_t v)
{
    claims_span s = {v, v + 1};
    while (s.begin > 0) {
        const chy_token *t = &w->tokens[s.begin - 1];
        if (t->head != v || (t->deprel != CHY_REL_AUX && t->deprel != CHY_REL_AUX_PASS && t->deprel != CHY_REL_ADVMOD)) break;
        if (t->upos == CHY_UPOS_PRON || t->upos == CHY_UPOS_SCONJ) break;
        s.begin--;
    }
    while (s.end < w->d->n_tokens && w->tokens[s.end].head == v && w->tokens[s.end].deprel == CHY_REL_COMPOUND_PRT) s.end++;
    return s;
}

/* The noun phrase of a source; where it holds the cue ("a statement saying …"), what of it stands before the cue. */
static claims_span source_span(const chy_work *w, uint32_t s, claims_span cue)
{
    if (s == CHY_NONE) return (claims_span){0, 0};
    uint32_t b = w->sub_begin[s], e = w->sub_end[s];
    for (EACH_CHILD(w, s, k))
        if (k == b && (w->tokens[k].deprel == CHY_REL_CASE || w->tokens[k].deprel == CHY_REL_CC)) b = w->sub_end[k];
    if (b < cue.end && cue.begin < e) {
        if (s < cue.begin) e = cue.begin;
        else b = cue.end;
    }
    if (b > s || e <= s) b = s, e = s + 1;
    claims_span r = bare(w, b, e);
    return r.begin < r.end ? r : (claims_span){s, s + 1};
}

/* ------------------------------------------------------------------ verbs */

static bool has_inf_mark(const chy_work *w, uint32_t v) { return claims_child_lemma(w, v, "to") != CHY_NONE; }

/* Content by prepositions among the dependents of `h`: "accused X of shelling", "called for talks". The preposition joins
 * a cue that it touches. */
static void prep_content(const claims_context *c, claims_found *f, uint32_t h, const claims_cue *cue)
{
    const chy_work *w = c->w;
    for (EACH_CHILD(w, h, k)) {
        chy_deprel r = chy_deprel_base((chy_deprel)w->tokens[k].deprel);
        if (r != CHY_REL_OBL && r != CHY_REL_NMOD && r != CHY_REL_ADVCL && r != CHY_REL_ACL) continue;
        for (EACH_CHILD(w, k, p)) {
            chy_deprel rp = (chy_deprel)w->tokens[p].deprel;
            if ((rp != CHY_REL_CASE && rp != CHY_REL_MARK) || !claims_listed(cue->words, w->tokens[p].lemma)) continue;
            if (rp == CHY_REL_MARK && chy_slice_eqz(w->tokens[p].lemma, "to")) continue;
            if (p == f->cue.end) f->cue.end = p + 1;
            add_subtree(c, f, k, true);
            break;
        }
    }
}

/* A verb whose first reading is one of saying. */
static bool saying(const claims_context *c, uint32_t v)
{
    chy_rows rows;
    if (!chy_table_find(&c->m->cues, c->w->tokens[v].lemma, &rows, NULL)) return false;
    const claims_cue *x = &c->m->cue[rows.row[0]];
    return x->pos == 'V' && (x->class == CLASS_SAY || x->class == CLASS_REPORT || x->class == CLASS_CLAIM);
}

/* Does the group of source and cue close its sentence behind a comma or quotation mark ("…, Haddad said on Monday.")?
 * *begin gets where the group begins. */
static bool closes(const chy_work *w, const chy_sentence *s, const claims_found *f, uint32_t *begin)
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
    while (e < hi && is_punct(&tok[e])) e++;
    *begin = b;
    bool clause = b > lo && tok[b - 1].quote != CHY_NONE; /* "On Monday, Haddad said" has none before it */
    for (uint32_t t = b; t > lo && b - t < 64 && !clause; t--) clause = is_verbal(&tok[t - 1]);
    return clause && e >= hi && b > lo + 2 && is_punct(&tok[b - 1]) &&
           (chy_slice_eqz(tok[b - 1].norm, ",") || (is_mark(w->d, b - 1) && tok[b - 1].quote != tok[v].quote));
}

/* "X said …, Y reported": the further voice that a tree puts inside the first one's words. */
static bool is_second_voice(const claims_context *c, const chy_sentence *s, uint32_t v)
{
    const chy_work *w = c->w;
    uint32_t source = own_subject(w, v), from;
    if (source == CHY_NONE || !saying(c, v) || claims_child(w, v, CHY_REL_CCOMP) != CHY_NONE) return false;
    claims_found f = {.cue_token = v};
    f.cue = cue_span(w, v);
    f.source = source_span(w, source, f.cue);
    return closes(w, s, &f, &from);
}

/* What stands in the tree as content of a verb. */
static void verb_content(const claims_context *c, claims_found *f, const chy_sentence *s, uint32_t v, const claims_cue *cue)
{
    const chy_work *w = c->w;
    const chy_token *tok = w->tokens;
    if (cue->content & CONTENT_THAT)
        for (EACH_CHILD(w, v, k)) {
            if (tok[k].deprel == CHY_REL_CCOMP && !(k > v && is_second_voice(c, s, k))) add_subtree(c, f, k, false);
            else if (tok[k].deprel == CHY_REL_PARATAXIS && k > v && (cue->content & CONTENT_QUOTE) &&
                     w->sub_begin[k] > v && is_punct(&tok[w->sub_begin[k] - 1]) && is_verbal(&tok[k]))
                add_subtree(c, f, k, false);
        }
    if (cue->content & (CONTENT_INF | CONTENT_ING))
        for (EACH_CHILD(w, v, k)) {
            if (tok[k].deprel != CHY_REL_XCOMP) continue;
            bool inf = has_inf_mark(w, k);
            if (!(cue->content & (inf ? CONTENT_INF : CONTENT_ING)) || (!inf && !is_verbal(&tok[k]))) continue;
            uint32_t o = claims_child(w, v, CHY_REL_OBJ);
            if (o != CHY_NONE && o > v && w->sub_end[o] == w->sub_begin[k]) claims_add_content(w, f, w->sub_begin[o], w->sub_end[o]);
            add_subtree(c, f, k, false);
        }
    if (cue->content & (CONTENT_OBJ | CONTENT_CLAIMS)) {
        uint32_t o = claims_child(w, v, claims_is_passive(w, v) ? CHY_REL_NSUBJ_PASS : CHY_REL_OBJ);
        bool ok = o != CHY_NONE;
        if (ok && !(cue->content & CONTENT_OBJ))
            ok = claims_is_claim_noun(c->m, &tok[o]) || chy_slice_in(tok[o].lemma, "it|that|this|responsibility|involvement|role");
        if (ok) add_subtree(c, f, o, false);
        for (EACH_CHILD(w, v, k)) { /* "called it a lie", "described it as a lie" */
            if (!ok || k < o || (cue->class != CLASS_JUDGE && cue->class != CLASS_REPORT)) continue;
            if (tok[k].deprel == CHY_REL_XCOMP || claims_child_lemma(w, k, "as") != CHY_NONE) add_subtree(c, f, k, false);
        }
    }
    if (cue->content & CONTENT_PREP) prep_content(c, f, v, cue);
    /* "accused Pakistan of arming them", hung on Pakistan. */
    if (!f->n_content && cue->class == CLASS_ACCUSE)
        prep_content(c, f, claims_child(w, v, claims_is_passive(w, v) ? CHY_REL_NSUBJ_PASS : CHY_REL_OBJ), cue);
}

/* The clause that the cue interrupts or closes: its head, by parataxis or "as X said". */
static uint32_t host_clause(const chy_work *w, uint32_t v)
{
    const chy_token *t = &w->tokens[v];
    if (t->head == CHY_NONE) return CHY_NONE;
    if (t->deprel == CHY_REL_PARATAXIS)
        return claims_child(w, v, CHY_REL_OBJ) != CHY_NONE && !chy_slice_in(t->lemma, "tell|inform|assure") ? CHY_NONE : t->head;
    if (t->deprel == CHY_REL_ADVCL && claims_child_lemma(w, v, "as") != CHY_NONE && own_subject(w, v) != CHY_NONE) return t->head;
    return CHY_NONE;
}

static void final_content(const claims_context *c, claims_found *f, uint32_t v)
{
    const chy_work *w = c->w;
    uint32_t host = host_clause(w, v);
    if (host == CHY_NONE || claims_child(w, v, CHY_REL_CCOMP) != CHY_NONE) return;
    uint32_t b = w->sub_begin[host], e = w->sub_end[host], vb = w->sub_begin[v], ve = w->sub_end[v];
    if (vb > b) claims_add_content(w, f, b, vb);
    if (ve < e) claims_add_content(w, f, ve, e);
}

/* Head of the noun phrase in [b, e): its leftmost nominal whose own head lies outside; CHY_NONE where there is none. */
static uint32_t phrase_head(const chy_work *w, uint32_t b, uint32_t e)
{
    for (uint32_t t = b; t < e; t++) {
        const chy_token *x = &w->tokens[t];
        bool nominal = x->upos == CHY_UPOS_PROPN || x->upos == CHY_UPOS_NOUN || x->upos == CHY_UPOS_PRON;
        if (nominal && (x->head == CHY_NONE || x->head < b || x->head >= e)) return t;
    }
    return CHY_NONE;
}

/* Tokens from `e` back to the last punctuation, CHY_NONE where a verb or conjunction stands among them. */
static uint32_t phrase_begin(const chy_token *tok, uint32_t lo, uint32_t e)
{
    uint32_t b = e;
    for (; b > lo; b--) {
        if (is_punct(&tok[b - 1]) && !(chy_slice_eqz(tok[b - 1].norm, "-") && !(tok[b - 1].flags & CHY_TOKEN_SPACE_AFTER))) break;
        unsigned u = tok[b - 1].upos;
        if (u == CHY_UPOS_VERB || u == CHY_UPOS_SCONJ || u == CHY_UPOS_CCONJ || e - b > 12) return CHY_NONE;
    }
    return b < e ? b : CHY_NONE;
}

/* "…,” Chaffetz said", "…, Chaffetz, a member of the panel, said", "…,” said Chaffetz": the speaker by his place beside
 * the verb, where the tree has lost him. */
static claims_span adjacent_source(const chy_work *w, const chy_sentence *s, uint32_t v)
{
    const chy_token *tok = w->tokens;
    const claims_span none = {0, 0};
    uint32_t lo = s->first_token, hi = lo + s->n_tokens, b, e = v + 1;
    if (v > lo && !is_punct(&tok[v - 1])) {
        b = phrase_begin(tok, lo, v);
        return b != CHY_NONE && b > lo ? (claims_span){b, v} : none;
    }
    if (v > lo + 1 && chy_slice_eqz(tok[v - 1].norm, ",") && tok[v - 1].quote == CHY_NONE) {
        uint32_t m = phrase_begin(tok, lo, v - 1);
        if (m != CHY_NONE && m > lo && chy_slice_eqz(tok[m - 1].norm, ",") && tok[m - 1].quote == CHY_NONE) {
            b = phrase_begin(tok, lo, m - 1);
            if (b != CHY_NONE && b > lo) return (claims_span){b, v};
        }
    }
    while (e < hi && !is_punct(&tok[e]) && tok[e].upos != CHY_UPOS_VERB && tok[e].upos != CHY_UPOS_SCONJ && e - v < 10) e++;
    bool inverted = v > lo && e > v + 1 && tok[v + 1].upos != CHY_UPOS_ADP && !chy_slice_eqz(tok[v].lemma, "tell");
    return inverted ? (claims_span){v + 1, e} : none;
}

/* Where the proper name that goes on at `b` begins. */
static uint32_t name_begin(const chy_work *w, const chy_sentence *s, uint32_t b)
{
    const chy_token *tok = w->tokens;
    for (; b > s->first_token; b--) {
        bool hyphen = chy_slice_eqz(tok[b - 1].norm, "-") && !(tok[b - 1].flags & CHY_TOKEN_SPACE_AFTER);
        if (tok[b - 1].upos != CHY_UPOS_PROPN && !hyphen) break;
    }
    return b;
}

/* "Kiev and its allies accused": the first of two sources, where the tree has tied it elsewhere. */
static uint32_t with_conjunct(const chy_work *w, const chy_sentence *s, uint32_t b)
{
    if (b < s->first_token + 2 || w->tokens[b - 1].upos != CHY_UPOS_CCONJ || !w->d->mention_of) return b;
    uint32_t m = w->d->mention_of[b - 2];
    return m != CHY_NONE && w->d->mentions[m].end_token == b - 1 && w->d->mentions[m].kind == CHY_MENTION_NAME ? w->d->mentions[m].first_token : b;
}

/* "said … that …" where the tree has no clause: from "that" to the end of the sentence. */
static void that_content(const claims_context *c, claims_found *f, const chy_sentence *s)
{
    const chy_token *tok = c->w->tokens;
    uint32_t hi = s->first_token + s->n_tokens;
    for (uint32_t t = f->cue.end; t < hi && t < f->cue.end + 5; t++) {
        if (is_punct(&tok[t]) || tok[t].upos == CHY_UPOS_VERB) return;
        if (tok[t].upos != CHY_UPOS_SCONJ || !chy_slice_eqz(tok[t].norm, "that")) continue;
        add_clause(c, f, t, hi);
        return;
    }
}

/* "accused … of …" where the tree does not tie the two: from the preposition to the end of the clause. */
static void accused_content(const claims_context *c, claims_found *f, const chy_sentence *s, const claims_cue *cue)
{
    const chy_token *tok = c->w->tokens;
    uint32_t hi = s->first_token + s->n_tokens, t = f->cue.end;
    while (t < hi && t < f->cue.end + 14 && !claims_listed(cue->words, tok[t].norm)) t++;
    if (t + 1 >= hi || !claims_listed(cue->words, tok[t].norm)) return;
    uint32_t e = t + 1;
    while (e < hi && e < t + 40 && !chy_slice_in(tok[e].norm, ",|;|.")) e++;
    claims_add_content(c->w, f, t + 1, e);
}

/* Note a denier. "…, something Moscow denies": what points back at the words before is no part of them. */
static void deny(claims_context *c, const chy_sentence *s, uint32_t v, uint32_t source)
{
    chy_work *w = c->w;
    const chy_token *tok = w->tokens;
    if (!claims_is_denial(c->m, &tok[v]) || source == CHY_NONE || claims_is_negated(c, v)) return;
    claims_denier by = {v, claims_mention(w, source, source_span(w, source, (claims_span){v, v + 1}))};
    CHY_PUSH(w->arena, &c->deniers, by);
    uint32_t cut = v;
    while (cut > s->first_token && v - cut < 8 && !chy_slice_eqz(tok[cut].norm, ",")) cut--;
    if (!chy_slice_eqz(tok[cut].norm, ",") || !claims_points_back(c, v) || w->sub_end[v] > v + 4) return;
    if (!chy_slice_in(tok[cut + 1].norm, "something|which|a|an|claims|charges|allegations|accusations|reports")) return;
    for (uint32_t k = c->found.n, near = 0; k > 0 && near < 16; near++) {
        claims_found *f = &c->found.v[--k];
        if (f->cue_token < s->first_token) break;
        for (uint32_t j = 0; j < f->n_content; j++)
            if (f->content[j].begin < cut && f->content[j].end > v) f->content[j].end = cut;
    }
}

static bool is_inward(unsigned class)
{
    return class == CLASS_BELIEVE || class == CLASS_SHOW || class >= CLASS_JUDGE;
}

/* The head of the source; *beside gets its words where it was found by place, else an empty span. */
static uint32_t verb_source(const claims_context *c, const chy_sentence *s, uint32_t v, bool passive, claims_span *beside)
{
    const chy_claims_model *m = c->m;
    const chy_work *w = c->w;
    *beside = (claims_span){0, 0};
    const chy_token *tok = w->tokens;
    uint32_t source = passive ? claims_child(w, v, CHY_REL_OBL_AGENT) : claims_subject(m, w, v);
    if (source == CHY_NONE && !passive && saying(c, v)) { /* "It asserted that …": somebody, whatever the tree says */
        uint32_t it = claims_child(w, v, CHY_REL_EXPL);
        if (it != CHY_NONE && it < v) source = it;
    }
    /* "According to the ministry, …, adding that …": the ministry adds. */
    const claims_found *last = c->found.n ? &c->found.v[c->found.n - 1] : NULL;
    if (!passive && tok[v].deprel == CHY_REL_ADVCL && own_subject(w, v) == CHY_NONE && last && last->cue_token >= s->first_token &&
        chy_slice_eqz(tok[last->cue_token].norm, "according") && saying(c, v)) {
        *beside = last->source;
        return last->source_token;
    }
    /* Nobody's name stands inside his own words. */
    bool astray = source != CHY_NONE && tok[v].quote == CHY_NONE && tok[source].quote != CHY_NONE;
    if (astray) source = CHY_NONE;
    if (source == CHY_NONE && !passive && (tok[v].feats & CHY_FEAT_FIN) && saying(c, v)) {
        *beside = adjacent_source(w, s, v);
        source = phrase_head(w, beside->begin, beside->end);
    }
    return source;
}

static void verb(claims_context *c, const chy_sentence *s, uint32_t v, chy_rows rows)
{
    chy_work *w = c->w;
    const chy_token *tok = w->tokens;
    bool passive = claims_is_passive(w, v);
    /* "officials, who …, told Haaretz that": a past tense taken for a participle. */
    if (passive && claims_child(w, v, CHY_REL_AUX_PASS) == CHY_NONE && claims_child(w, v, CHY_REL_OBL_AGENT) == CHY_NONE)
        passive = claims_child(w, v, CHY_REL_CCOMP) == CHY_NONE || !saying(c, v);
    if (tok[v].deprel == CHY_REL_ACL && (tok[v].feats & CHY_FEAT_PASS))
        passive = claims_child(w, v, CHY_REL_OBL_AGENT) != CHY_NONE || claims_child(w, v, CHY_REL_CCOMP) == CHY_NONE || !saying(c, v);
    claims_span beside;
    uint32_t source = verb_source(c, s, v, passive, &beside);
    bool subject = source != CHY_NONE;
    /* The speaker's own thoughts ("I think", "we want") are no report of somebody else's. */
    bool self = subject && (tok[source].feats & (CHY_FEAT_1 | CHY_FEAT_2)), inward = tok[v].quote != CHY_NONE || self;
    if (inward && self && c->m->cue[rows.row[0]].class == CLASS_SAY) return;
    deny(c, s, v, source);
    for (uint32_t i = 0; i < rows.n; i++) {
        const claims_cue *cue = &c->m->cue[rows.row[i]];
        if (cue->pos != 'V' || (inward && is_inward(cue->class))) continue;
        claims_found f = {.source_token = source, .cue_token = v, .mention = CHY_NONE, .outer = CHY_NONE,
                          .class = cue->class, .stance = cue->stance};
        f.cue = cue_span(w, v);
        f.source = beside.begin < beside.end ? bare(w, beside.begin, beside.end) : source_span(w, source, f.cue);
        /* "… El-Hayet TV reported": a name that the tree has cut is whole up to the comma or mark before it. */
        if (subject && f.source.end == f.cue.begin && tok[source].head == v && f.source.begin > s->first_token) {
            uint32_t b = phrase_begin(tok, s->first_token, f.cue.begin);
            if (b == CHY_NONE || b == s->first_token) b = name_begin(w, s, f.source.begin);
            if (b < f.source.begin) f.source.begin = b;
        }
        if (subject) f.source.begin = with_conjunct(w, s, f.source.begin);
        uint32_t gb = f.cue.begin, ge = f.cue.end;
        if (subject && f.source.begin < gb) gb = f.source.begin;
        if (subject && f.source.end > ge && f.source.begin <= ge + 2) ge = f.source.end;
        uint32_t from;
        bool final = subject && !passive && (cue->content & CONTENT_FINAL) && saying(c, v) && !claims_has_modal(c, v) && closes(w, s, &f, &from);
        if (final) add_clause(c, &f, s->first_token, from);
        else verb_content(c, &f, s, v, cue);
        if (subject && !passive && (cue->content & CONTENT_QUOTE)) add_quotes(c, &f, s, gb, ge, !f.n_content && (cue->content & CONTENT_THAT) && claims_child(w, v, CHY_REL_OBJ) == CHY_NONE);
        if (!f.n_content && (cue->content & CONTENT_THAT)) that_content(c, &f, s);
        /* "says Iran executed protesters", read as a noun phrase. */
        if (!f.n_content && !passive && chy_slice_eqz(tok[v].lemma, "say") && w->sub_end[v] > f.cue.end + 3) add_clause(c, &f, f.cue.end, w->sub_end[v]);
        if (!f.n_content && cue->class == CLASS_ACCUSE) accused_content(c, &f, s, cue);
        if (!f.n_content && subject && !passive && (cue->content & CONTENT_FINAL)) final_content(c, &f, v);
        if (!f.n_content) continue;
        if (!subject && (!passive || cue->class >= CLASS_JUDGE)) continue;
        /* "It revealed a weakness": things reveal without speaking. */
        if (subject && cue->class == CLASS_REPORT && (cue->content & CONTENT_OBJ) && tok[source].upos == CHY_UPOS_PRON &&
            chy_slice_in(tok[source].norm, "it|this|that|which"))
            continue;
        f.mention = claims_mention(w, source, f.source);
        CHY_PUSH(w->arena, &c->found, f);
        return;
    }
}

/* ------------------------------------------------------------------ nouns */

static uint32_t noun_source(const chy_claims_model *m, const chy_work *w, uint32_t n)
{
    const chy_token *tok = w->tokens;
    uint32_t s = claims_child(w, n, CHY_REL_NMOD_POSS);
    if (s != CHY_NONE) return s;
    for (EACH_CHILD(w, n, k)) {
        chy_slice p = chy_tree_case(w, k);
        if (tok[k].deprel == CHY_REL_NMOD && (chy_slice_eqz(p, "by") || chy_slice_eqz(p, "from"))) return k;
    }
    for (EACH_CHILD(w, n, k))
        if ((tok[k].deprel == CHY_REL_AMOD || tok[k].deprel == CHY_REL_COMPOUND) && w->d->mention_of && w->d->mention_of[k] != CHY_NONE)
            return k;
    uint32_t h = tok[n].head;
    if (h == CHY_NONE || tok[n].deprel != CHY_REL_OBJ) return CHY_NONE;
    if (!chy_slice_in(tok[h].lemma, "make|issue|release|give|repeat|reiterate|claim|take|accept|assume|express|voice|offer|level|send|deliver|have|raise|echo|renew"))
        return CHY_NONE;
    return claims_subject(m, w, h);
}

static void noun(claims_context *c, uint32_t n, chy_rows rows)
{
    chy_work *w = c->w;
    const chy_token *tok = w->tokens;
    uint32_t source = CHY_NONE;
    for (uint32_t i = 0; i < rows.n; i++) {
        const claims_cue *cue = &c->m->cue[rows.row[i]];
        if (cue->pos != 'N') continue;
        if (source == CHY_NONE && (source = noun_source(c->m, w, n)) == CHY_NONE) return;
        claims_found f = {.source_token = source, .cue_token = n, .mention = CHY_NONE, .outer = CHY_NONE,
                          .class = cue->class, .stance = cue->stance, .cue = {n, n + 1}};
        f.source = source_span(w, source, f.cue);
        if (cue->content & (CONTENT_THAT | CONTENT_INF))
            for (EACH_CHILD(w, n, k)) {
                if (!chy_is_rel(&tok[k], CHY_REL_ACL) && tok[k].deprel != CHY_REL_CCOMP) continue;
                uint32_t mark = claims_child(w, k, CHY_REL_MARK);
                bool inf = has_inf_mark(w, k), that = mark != CHY_NONE && chy_slice_eqz(tok[mark].lemma, "that");
                if ((inf && (cue->content & CONTENT_INF)) || (that && (cue->content & CONTENT_THAT))) add_subtree(c, &f, k, false);
            }
        if (!f.n_content && (cue->content & CONTENT_PREP)) prep_content(c, &f, n, cue);
        if (!f.n_content) continue;
        f.mention = claims_mention(w, source, f.source);
        CHY_PUSH(w->arena, &c->found, f);
        return;
    }
}

/* ------------------------------------------------------------ other cues */

/* The clause that a phrase in mid-sentence hangs on; CHY_NONE where the tree shows none. */
static uint32_t clause_over(const chy_work *w, uint32_t t)
{
    const chy_token *tok = w->tokens;
    uint32_t h = tok[t].head;
    for (int k = 0; k < 8 && h != CHY_NONE; k++, h = tok[h].head) {
        chy_deprel r = chy_deprel_base((chy_deprel)tok[h].deprel);
        if (is_verbal(&tok[h]) || tok[h].head == CHY_NONE || r == CHY_REL_CCOMP || claims_child(w, h, CHY_REL_COP) != CHY_NONE) break;
    }
    return h;
}

/* "According to X": `a` is the word "according". At either end of its sentence the phrase speaks for all of it, inside
 * for the clause that it hangs on. */
static void according(claims_context *c, const chy_sentence *s, uint32_t a)
{
    chy_work *w = c->w;
    const chy_token *tok = w->tokens;
    uint32_t lo = s->first_token, hi = lo + s->n_tokens, x = tok[a].head;
    if (a + 2 >= hi || !chy_slice_eqz(tok[a + 1].norm, "to")) return;
    if (tok[a].deprel != CHY_REL_CASE || x <= a || x >= hi) x = phrase_head(w, a + 2, hi < a + 14 ? hi : a + 14);
    if (x == CHY_NONE) return;
    claims_found f = {.source_token = x, .cue_token = a, .mention = CHY_NONE, .outer = CHY_NONE, .class = CLASS_REPORT,
                      .stance = CHY_ASSERTS, .cue = {a, a + 2}};
    uint32_t e = w->sub_end[x] > x && w->sub_end[x] <= hi ? w->sub_end[x] : x + 1, b = lo, end = hi;
    bool opens = a <= lo + 1, closes = false;
    if (opens) { /* up to the comma that parts it from its clause */
        uint32_t k = x + 1;
        while (k < hi && !(chy_slice_eqz(tok[k].norm, ",") && k + 1 >= e)) k++;
        if (k < hi && k > x && k - a < 24) e = k;
    } else {
        uint32_t k = e;
        while (k < hi && is_punct(&tok[k])) k++;
        closes = k == hi;
    }
    f.source = bare(w, a + 2, e);
    if (f.source.begin >= f.source.end) return;
    uint32_t h = opens || closes ? CHY_NONE : clause_over(w, tok[a].deprel == CHY_REL_CASE ? x : a);
    if (h != CHY_NONE) b = w->sub_begin[h], end = w->sub_end[h];
    add_clause(c, &f, b, end);
    if (!f.n_content) return;
    f.mention = claims_mention(w, x, f.source);
    CHY_PUSH(w->arena, &c->found, f);
}

chy_status claims_find(claims_context *c)
{
    chy_work *w = c->w;
    const chy_dispatch *d = w->d;
    for (uint32_t i = 0; i < d->n_sentences; i++) {
        const chy_sentence *s = &d->sentences[i];
        claims_label(c, s);
        for (uint32_t t = s->first_token; t < s->first_token + s->n_tokens; t++) {
            chy_rows rows;
            const chy_token *tok = &d->tokens[t];
            if (tok->upos == CHY_UPOS_VERB) {
                /* A name taken for a verb ("Kais Saied"), a participle that is an adjective ("is worrying"). */
                bool name = tok->name != CHY_NAME_O || ((tok->flags & CHY_TOKEN_CAP) && !(tok->flags & CHY_TOKEN_SENTENCE_START) &&
                                                        d->blocks[s->block].kind != CHY_BLOCK_TITLE && tok->quote == CHY_NONE);
                if (name || claims_child(w, t, CHY_REL_COP) != CHY_NONE) continue;
                if (chy_table_find(&c->m->cues, tok->lemma, &rows, NULL)) verb(c, s, t, rows);
                if (chy_slice_eqz(tok->norm, "according")) according(c, s, t);
            } else if (tok->upos == CHY_UPOS_NOUN) {
                if (chy_table_find(&c->m->cues, tok->lemma, &rows, NULL)) noun(c, t, rows);
            } else if (chy_slice_eqz(tok->norm, "according")) {
                according(c, s, t);
            }
        }
    }
    return chy_work_memory(w, CHY_STAGE_CLAIMS);
}
