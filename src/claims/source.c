/* SPDX-License-Identifier: Apache-2.0
 *
 * source.c - who speaks: the subject of a cue by control and coordination, the words that name him, the mention that
 * they stand for. Where the tree has lost him he is looked for beside the verb.
 */
#include "claims/internal.h"

bool chy_claims_is_passive(const chy_work *w, uint32_t v)
{
    return chy_claims_child(w, v, CHY_REL_AUX_PASS) != CHY_NONE ||
        chy_claims_child(w, v, CHY_REL_NSUBJ_PASS) != CHY_NONE;
}

uint32_t chy_claims_object(const chy_work *w, uint32_t v)
{
    return chy_claims_child(w, v, chy_claims_is_passive(w, v) ? CHY_REL_NSUBJ_PASS : CHY_REL_OBJ);
}

bool chy_claims_is_claim_noun(const chy_claims_model *m, const chy_token *t)
{
    chy_rows rows;
    if (t->upos != CHY_UPOS_NOUN || !chy_table_find(&m->cues, t->lemma, &rows, NULL)) return false;
    for (uint32_t i = 0; i < rows.n; i++) {
        const chy_claims_cue *x = &m->cue[rows.row[i]];
        if (x->pos == 'N' && x->class <= CLASS_SHOW) return true;
    }
    return false;
}

bool chy_claims_is_document(const chy_claims_model *m, const chy_token *t)
{
    return chy_claims_has_row(m, t->lemma, 'D');
}

/* A verb whose first reading is one of saying. */
bool chy_claims_is_saying(const chy_claims_context *c, uint32_t v)
{
    chy_rows rows;
    if (!chy_table_find(&c->m->cues, c->w->tokens[v].lemma, &rows, NULL)) return false;
    const chy_claims_cue *x = &c->m->cue[rows.row[0]];
    return x->pos == 'V' && (x->class == CLASS_SAY || x->class == CLASS_REPORT || x->class == CLASS_CLAIM);
}

bool chy_claims_is_time(const chy_dispatch *d, uint32_t t)
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
        if (chy_is_rel(&w->tokens[k], CHY_REL_NSUBJ) && g < gap && !chy_claims_is_time(w->d, k)) best = k, gap = g;
    }
    return best;
}

uint32_t chy_claims_subject(const chy_claims_model *m, const chy_work *w, uint32_t v)
{
    const chy_token *tok = w->tokens;
    for (int steps = 0; steps < 8 && v != CHY_NONE; steps++) {
        uint32_t s = own_subject(w, v), h = tok[v].head;
        if (s != CHY_NONE) return s;
        if (h == CHY_NONE) return CHY_NONE;
        switch ((chy_deprel)tok[v].deprel) {
        case CHY_REL_XCOMP: {
            uint32_t o = chy_claims_child(w, h, CHY_REL_OBJ);
            if (o != CHY_NONE && o < v && chy_claims_is_verbal(&tok[v])) return o;
            v = h;
            break;
        }
        case CHY_REL_ADVCL:
            if (tok[v].feats & CHY_FEAT_FIN && chy_claims_child(w, v, CHY_REL_MARK) != CHY_NONE) return CHY_NONE;
            if (chy_claims_child_lemma(w, v, "as") != CHY_NONE) { /* "quoted an official as saying" */
                uint32_t o = chy_claims_child(w, h, CHY_REL_OBJ);
                if (o != CHY_NONE && o < v) return o;
            }
            v = h;
            break;
        case CHY_REL_CONJ: v = h; break;
        case CHY_REL_ACL:
            if ((tok[v].feats & CHY_FEAT_PASS) && chy_claims_child(w, v, CHY_REL_CCOMP) == CHY_NONE) return CHY_NONE;
            /* "held a conference, saying": who held it speaks, unless the noun does ("a letter saying"). */
            if (!m || chy_claims_is_document(m, &tok[h]) || w->d->mention_of[h] != CHY_NONE) return h;
            if (chy_is_rel(&tok[h], CHY_REL_NSUBJ) || tok[h].head == CHY_NONE ||
                !chy_claims_is_verbal(&tok[tok[h].head]))
                return h;
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

uint32_t chy_claims_mention(const chy_work *w, uint32_t s, chy_claims_span span)
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
    bool more = w->sub_end[s] > span.end && span.end > s && d->tokens[s].upos != CHY_UPOS_PRON;
    uint32_t end = more ? w->sub_end[s] : span.end, other = CHY_NONE;
    if (end > span.begin + 24) end = span.begin + 24;
    for (uint32_t t = span.begin; t < end; t++) {
        uint32_t m = d->mention_of[t];
        if (m == CHY_NONE) continue;
        if (d->mentions[m].first_token <= s && s < d->mentions[m].end_token) return m;
        if (other == CHY_NONE && d->mentions[m].kind != CHY_MENTION_PRONOUN) other = m;
    }
    return best != CHY_NONE ? best : other;
}

/* A source without marks at its ends. */
chy_claims_span chy_claims_bare(const chy_work *w, uint32_t b, uint32_t e)
{
    while (b < e && chy_claims_is_punct(&w->tokens[b])) b++;
    while (e > b && chy_claims_is_punct(&w->tokens[e - 1]) && !chy_slice_eqz(w->tokens[e - 1].norm, ")")) e--;
    return (chy_claims_span){b, e};
}

static bool opens_clause(const chy_token *t)
{
    return t->upos == CHY_UPOS_SCONJ || t->upos == CHY_UPOS_ADV
        ? chy_slice_in(t->norm, "when|where|as|while|since|because|that") : false;
}

/* The end of source `s` before what a comma adds to its saying ("…, asking not to be named"), unless more sources follow. What is
 * told of who it is ("a senator, who once led the panel") stays. */
static uint32_t without_aside(const chy_work *w, uint32_t s, uint32_t e)
{
    const chy_token *tok = w->tokens;
    for (uint32_t t = s + 1; t + 1 < e && t < s + 64; t++) {
        const chy_token *x = &tok[t + 1];
        if (!chy_slice_eqz(tok[t].norm, ",") || x->upos != CHY_UPOS_VERB || (x->deprel != CHY_REL_ACL && x->deprel != CHY_REL_ADVCL)) continue;
        for (EACH_CHILD(w, s, k))
            if (tok[k].deprel == CHY_REL_CONJ && k > t) return e;
        return t;
    }
    return e;
}

/* The noun phrase of a source; where it holds the cue ("a statement saying …"), what of it stands before the cue. */
chy_claims_span chy_claims_source_span(const chy_work *w, uint32_t s, chy_claims_span cue)
{
    if (s == CHY_NONE) return (chy_claims_span){0, 0};
    uint32_t b = w->sub_begin[s], e = w->sub_end[s];
    for (EACH_CHILD(w, s, k))
        if (k == b && (w->tokens[k].deprel == CHY_REL_CASE || w->tokens[k].deprel == CHY_REL_CC)) b = w->sub_end[k];
    if (b < cue.end && cue.begin < e) {
        if (s < cue.begin) e = cue.begin;
        else b = cue.end;
    }
    while (b < s && opens_clause(&w->tokens[b])) b++; /* "when Oslo said" */
    if (b > s || e <= s) b = s, e = s + 1;
    e = without_aside(w, s, e);
    chy_claims_span r = chy_claims_bare(w, b, e);
    return r.begin < r.end ? r : (chy_claims_span){s, s + 1};
}

/* Head of the noun phrase in [b, e): its leftmost nominal whose own head lies outside; CHY_NONE where there is none. */
uint32_t chy_claims_phrase_head(const chy_work *w, uint32_t b, uint32_t e)
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
        if (chy_claims_is_punct(&tok[b - 1]) &&
            !(chy_slice_eqz(tok[b - 1].norm, "-") && !(tok[b - 1].flags & CHY_TOKEN_SPACE_AFTER)))
            break;
        unsigned u = tok[b - 1].upos;
        if (u == CHY_UPOS_VERB || u == CHY_UPOS_SCONJ || u == CHY_UPOS_CCONJ || e - b > 12) return CHY_NONE;
    }
    return b < e ? b : CHY_NONE;
}

/* "…,” Chaffetz said", "…, Chaffetz, a member of the panel, said", "…,” said Chaffetz": the speaker by his place beside
 * the verb, whose cue begins at `begin`, where the tree has lost him. */
static chy_claims_span adjacent_source(const chy_work *w, const chy_sentence *s, uint32_t v, uint32_t begin)
{
    const chy_token *tok = w->tokens;
    const chy_claims_span none = {0, 0};
    uint32_t lo = s->first_token, hi = lo + s->n_tokens, b, e = v + 1;
    if (begin > lo && !chy_claims_is_punct(&tok[begin - 1])) {
        b = phrase_begin(tok, lo, begin);
        return b != CHY_NONE && b > lo ? (chy_claims_span){b, begin} : none;
    }
    if (begin > lo + 1 && chy_slice_eqz(tok[begin - 1].norm, ",") && tok[begin - 1].quote == CHY_NONE) {
        uint32_t m = phrase_begin(tok, lo, begin - 1);
        if (m != CHY_NONE && m > lo && chy_slice_eqz(tok[m - 1].norm, ",") && tok[m - 1].quote == CHY_NONE) {
            b = phrase_begin(tok, lo, m - 1);
            if (b != CHY_NONE && b > lo) return (chy_claims_span){b, begin};
        }
    }
    while (e < hi && !chy_claims_is_punct(&tok[e]) && tok[e].upos != CHY_UPOS_VERB && tok[e].upos != CHY_UPOS_SCONJ &&
           e - v < 10)
        e++;
    bool inverted = begin > lo && e > v + 1 && tok[v + 1].upos != CHY_UPOS_ADP && !chy_slice_eqz(tok[v].lemma, "tell");
    return inverted ? (chy_claims_span){v + 1, e} : none;
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
    return m != CHY_NONE && w->d->mentions[m].end_token == b - 1 &&
        w->d->mentions[m].kind == CHY_MENTION_NAME ? w->d->mentions[m].first_token : b;
}

/* The token that the source hangs on; *beside gets its words where it was found by place. */
static uint32_t find_source(const chy_claims_context *c, const chy_sentence *s, uint32_t v, bool passive,
                            chy_claims_span cue, chy_claims_span *beside)
{
    const chy_work *w = c->w;
    const chy_token *tok = w->tokens;
    uint32_t source = passive ? chy_claims_child(w, v, CHY_REL_OBL_AGENT) : chy_claims_subject(c->m, w, v);
    /* "It asserted that …": somebody, whatever the tree says */
    if (source == CHY_NONE && !passive && chy_claims_is_saying(c, v)) {
        uint32_t it = chy_claims_child(w, v, CHY_REL_EXPL);
        if (it != CHY_NONE && it < v) source = it;
    }
    /* "According to the ministry, …, adding that …": the ministry adds. */
    const chy_claims_found *last = c->found.n ? &c->found.v[c->found.n - 1] : NULL;
    if (!passive && tok[v].deprel == CHY_REL_ADVCL && own_subject(w, v) == CHY_NONE && last &&
        last->cue_token >= s->first_token &&
        chy_claims_child_lemma(w, v, "as") == CHY_NONE &&
        chy_slice_eqz(tok[last->cue_token].norm, "according") && chy_claims_is_saying(c, v)) {
        *beside = last->source;
        return last->source_token;
    }
    /* Nobody's name stands inside his own words. */
    if (source != CHY_NONE && tok[v].quote == CHY_NONE && tok[source].quote != CHY_NONE) source = CHY_NONE;
    bool finite = (tok[v].feats & CHY_FEAT_FIN) || chy_claims_child(w, v, CHY_REL_AUX) != CHY_NONE;
    if (source == CHY_NONE && !passive && finite && chy_claims_is_saying(c, v)) {
        *beside = adjacent_source(w, s, v, cue.begin);
        source = chy_claims_phrase_head(w, beside->begin, beside->end);
    }
    return source;
}

/* "On Friday", "when", "in which": what may stand before a name without being part of it. */
static bool opens_no_name(const chy_work *w, uint32_t t)
{
    unsigned u = w->tokens[t].upos;
    return u == CHY_UPOS_ADP || u == CHY_UPOS_ADV || u == CHY_UPOS_SCONJ || u == CHY_UPOS_PRON || u == CHY_UPOS_PUNCT ||
           chy_claims_is_time(w->d, t);
}

uint32_t chy_claims_verb_source(const chy_claims_context *c, const chy_sentence *s, uint32_t v, bool passive,
                                chy_claims_span cue, chy_claims_span *words)
{
    const chy_work *w = c->w;
    chy_claims_span beside = {0, 0};
    uint32_t source = find_source(c, s, v, passive, cue, &beside);
    *words = beside.begin < beside.end ? chy_claims_bare(w, beside.begin, beside.end)
        : chy_claims_source_span(w, source, cue);
    if (source == CHY_NONE) return source;
    /* "… El-Hayet TV reported": a name that the tree has cut is whole up to the comma or mark before it. */
    bool pronoun = w->tokens[source].upos == CHY_UPOS_PRON;
    if (!pronoun && words->end == cue.begin && w->tokens[source].head == v && words->begin > s->first_token) {
        uint32_t b = phrase_begin(w->tokens, s->first_token, cue.begin);
        if (b == CHY_NONE || b == s->first_token) b = name_begin(w, s, words->begin);
        while (b < words->begin && opens_no_name(w, b)) b++;
        if (b < words->begin) words->begin = b;
    }
    words->begin = with_conjunct(w, s, words->begin);
    return source;
}

uint32_t chy_claims_noun_source(const chy_claims_model *m, const chy_work *w, uint32_t n, uint32_t *utters)
{
    const chy_token *tok = w->tokens;
    uint32_t s = chy_claims_child(w, n, CHY_REL_NMOD_POSS);
    *utters = CHY_NONE;
    if (s != CHY_NONE) return s;
    for (EACH_CHILD(w, n, k)) {
        chy_slice p = chy_tree_case(w, k);
        if (tok[k].deprel == CHY_REL_NMOD && (chy_slice_eqz(p, "by") || chy_slice_eqz(p, "from"))) return k;
    }
    for (EACH_CHILD(w, n, k)) {
        if (tok[k].deprel != CHY_REL_AMOD && tok[k].deprel != CHY_REL_COMPOUND) continue;
        if (w->d->mention_of && w->d->mention_of[k] != CHY_NONE) return k;
        /* "media reports": somebody's, unnamed */
        if (chy_slice_in(tok[k].norm, "media|press|newspaper|intelligence"))
            return k;
    }
    uint32_t h = tok[n].head;
    if (h == CHY_NONE || tok[n].deprel != CHY_REL_OBJ) return CHY_NONE;
    if (!chy_claims_has_row(m, tok[h].lemma, 'L') || !chy_claims_is_verbal(&tok[h])) return CHY_NONE;
    *utters = h;
    return chy_claims_subject(m, w, h);
}
