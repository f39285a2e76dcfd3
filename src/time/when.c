/* SPDX-License-Identifier: Apache-2.0
 *
 * when.c - the days of a predicate: by an expression of its own, else by its clause's, the clause's above it, the
 * sentence's or the narrative's, else by tense. docs/design/time.md tells the order and the widths.
 */
#include "syntax/tree.h"
#include "time/expr.h"

enum { TENSE_NONE, TENSE_PAST, TENSE_PRESENT, TENSE_PERFECT, TENSE_PLUPERFECT, TENSE_FUTURE, TENSE_CONDITIONAL };

static const chy_token *tok(const chy_work *w, uint32_t t) { return &w->d->tokens[t]; }

static bool verbal(const chy_work *w, uint32_t t)
{
    return tok(w, t)->upos == CHY_UPOS_VERB || tok(w, t)->upos == CHY_UPOS_AUX || chy_tree_child(w, t, CHY_REL_COP) != CHY_NONE;
}

/* The word whose tense tells of t: t itself, or for a noun the verb that it hangs on. */
static uint32_t clause_of(const chy_work *w, uint32_t t)
{
    for (unsigned k = 0; k < CHY_MAX_CHAIN; k++) {
        if (verbal(w, t)) return t;
        uint32_t h = tok(w, t)->head;
        if (h == CHY_NONE) return t;
        t = h;
    }
    return t;
}

/* Tense by the auxiliaries left of the verb, read off the words: the tree may have hung them elsewhere. */
static unsigned tense_of(const chy_work *w, uint32_t verb)
{
    const chy_dispatch *d = w->d;
    uint32_t first = d->sentences[chy_sentence_of(d, verb)].first_token;
    bool have = false, had = false, future = false, conditional = false, be = false, was = false, to = false;
    unsigned own = d->tokens[verb].feats;
    uint32_t cop = chy_tree_child(w, verb, CHY_REL_COP), from = cop != CHY_NONE && cop < verb ? cop : verb;
    if (from != verb) own = d->tokens[from].feats;
    for (uint32_t i = from, k = 0; i > first && k < 6; k++) {
        const chy_token *t = &d->tokens[--i];
        chy_slice s = t->norm;
        if (chy_slice_in(s, "has|have|'ve|having")) have = true;
        else if (chy_slice_in(s, "had|'d")) had = true;
        else if (chy_slice_in(s, "will|shall|'ll|wo")) future = true;
        else if (chy_slice_in(s, "would|could|may|might|should|must|can|ca|ought")) conditional = true;
        else if (chy_slice_in(s, "is|are|am|'s|'re|'m|be|being")) be = true;
        else if (chy_slice_in(s, "was|were|been|did")) was = true;
        else if (chy_slice_eqz(s, "to")) to = true;
        else if (chy_slice_in(s, "not|n't|never|also|do|does|get|got") || t->upos == CHY_UPOS_ADV) continue;
        else break;
        if (to) break;
    }
    if (future) return have ? TENSE_PERFECT : TENSE_FUTURE;
    if (conditional) return have ? TENSE_PAST : TENSE_CONDITIONAL;
    if (had) return TENSE_PLUPERFECT;
    if (have) return TENSE_PERFECT;
    if (to || own & CHY_FEAT_INF) return TENSE_NONE;
    if (was) return TENSE_PAST;
    if (be) return TENSE_PRESENT;
    if (own & CHY_FEAT_FIN) return own & CHY_FEAT_PAST ? TENSE_PAST : own & CHY_FEAT_PRES ? TENSE_PRESENT : TENSE_NONE;
    return TENSE_NONE;
}

/* ------------------------------------------------- expressions and the tree */

typedef struct found {
    chy_interval days;
    uint32_t timex;
} found;

/* Timexes of the sentence: [*first, *end). */
static void timexes_of(const chy_dispatch *d, uint32_t sentence, uint32_t *first, uint32_t *end)
{
    uint32_t t0 = d->sentences[sentence].first_token, t1 = t0 + d->sentences[sentence].n_tokens;
    uint32_t lo = 0, hi = d->n_timexes;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (d->timexes[mid].first_token < t0) lo = mid + 1;
        else hi = mid;
    }
    *first = lo;
    for (hi = d->n_timexes; lo < hi;) {
        uint32_t mid = (lo + hi) / 2;
        if (d->timexes[mid].first_token < t1) lo = mid + 1;
        else hi = mid;
    }
    *end = lo;
}

/* The same, but at most two dozen on either side of the token: a sentence of 100,000 words is no sentence. */
static void timexes_near(const chy_dispatch *d, uint32_t token, uint32_t *first, uint32_t *end)
{
    enum { NEAR = 24 };
    timexes_of(d, chy_sentence_of(d, token), first, end);
    uint32_t lo = *first, hi = *end;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (d->timexes[mid].first_token < token) lo = mid + 1;
        else hi = mid;
    }
    if (lo - *first > NEAR) *first = lo - NEAR;
    if (*end - lo > NEAR) *end = lo + NEAR;
}

static chy_slice word_before(const chy_dispatch *d, uint32_t token)
{
    return token ? d->tokens[token - 1].norm : (chy_slice){"", 0};
}

/* Days of expression k, with its other end where it is one of "between … and …", "from … to …", "Aug. 3 to 5". */
static chy_interval days_of(const chy_dispatch *d, uint32_t k)
{
    const chy_timex *x = &d->timexes[k];
    chy_interval i = x->days;
    if (!chy_interval_known(i)) return i;
    if (k + 1 < d->n_timexes && x[1].first_token == x->end_token + 1 && chy_interval_known(x[1].days) && x[1].days.end >= i.begin &&
        (chy_slice_in(d->tokens[x->end_token].norm, "to|through|until|till|-") ||
         (chy_slice_eqz(d->tokens[x->end_token].norm, "and") && chy_slice_eqz(word_before(d, x->first_token), "between"))))
        i.end = x[1].days.end;
    if (k && x->first_token == x[-1].end_token + 1 && chy_interval_known(x[-1].days) && x[-1].days.begin <= i.end &&
        (chy_slice_in(word_before(d, x->first_token), "to|through|until|till|-") ||
         (chy_slice_eqz(word_before(d, x->first_token), "and") && chy_slice_eqz(word_before(d, x[-1].first_token), "between"))))
        i.begin = x[-1].days.begin;
    return i;
}

/* A participle that opens no clause with a time of its own ("the expedition in 1868 led by …"). */
static bool participle(const chy_work *w, uint32_t t)
{
    chy_deprel rel = chy_deprel_base((chy_deprel)tok(w, t)->deprel);
    return (rel == CHY_REL_ADVCL || rel == CHY_REL_ACL) && !(tok(w, t)->feats & CHY_FEAT_INF) &&
           chy_tree_child(w, t, CHY_REL_MARK) == CHY_NONE && tense_of(w, t) == TENSE_NONE;
}

/* Does a clause under its verb tell the verb's own time ("was shot while speaking on July 8", "plans to attend on Aug. 1")? */
static bool shares_time(const chy_work *w, uint32_t t)
{
    unsigned rel = tok(w, t)->deprel;
    if (rel == CHY_REL_XCOMP) /* but "promised to send forty by the end of April" was promised before */
        return !chy_slice_in(tok(w, tok(w, t)->head)->lemma, "promise|pledge|vow|swear|agree|offer|threaten|urge|ask|call|order|demand|refuse|decide|"
                                                             "want|hope|warn|decline|request|invite|instruct|vote|consent|commit|undertake");
    if (rel != CHY_REL_ADVCL) return false;
    uint32_t mark = chy_tree_child(w, t, CHY_REL_MARK), adv = chy_tree_child(w, t, CHY_REL_ADVMOD);
    if (mark != CHY_NONE) return chy_slice_in(tok(w, mark)->lemma, "while|when|as");
    if (adv != CHY_NONE && chy_slice_in(tok(w, adv)->lemma, "when|while")) return true;
    return !(tok(w, t)->feats & CHY_FEAT_INF) && tense_of(w, t) == TENSE_NONE;
}

/* Is noun t what the verb is about, so that its date need not be the verb's ("condemned the raid of 2018", "asked about the
 * election in May")? */
#define JUDGING "condemn|denounce|criticize|criticise|praise|welcome|mark|commemorate|recall|investigate|deny|reject|defend|celebrate|" \
                "remember|mourn|blame|probe|examine|discuss|cite|mention|oppose|support|regret|thank|commend|congratulate|hail|applaud|deplore"

static bool about(const chy_work *w, uint32_t t, uint32_t verb)
{
    if (chy_is_rel(tok(w, t), CHY_REL_OBL)) return chy_slice_in(chy_tree_case(w, t), "about|over|for|of|regarding|concerning|because|despite");
    return chy_is_rel(tok(w, t), CHY_REL_OBJ) && chy_slice_in(tok(w, verb)->lemma, JUDGING);
}

/* "Condemned the attack by the rebels on 19 January": is a day long past, behind what is judged, that one's? A judgement is
 * news of its day. */
static bool long_judged(const chy_work *w, uint32_t verb, const chy_timex *x)
{
    chy_interval p = chy_time_now(w->d);
    if (!chy_interval_known(p) || x->days.end >= p.begin - 2 || !chy_slice_in(tok(w, verb)->lemma, JUDGING)) return false;
    uint32_t o = chy_tree_child(w, verb, CHY_REL_OBJ);
    return o != CHY_NONE && o > verb && x->first_token > o;
}

/* Does the expression at `head` hang on `p`? Its distance, or 0; *lead the preposition of time on the way. */
static unsigned hangs_on(const chy_work *w, uint32_t head, uint32_t p, chy_slice *lead)
{
    uint32_t t = head;
    *lead = (chy_slice){"", 0};
    for (unsigned k = 1; k <= 6; k++) {
        chy_slice c = chy_tree_case(w, t);
        if (chy_slice_in(c, "since|before|ahead|after|following|until|till")) *lead = c;
        uint32_t h = tok(w, t)->head;
        if (h == CHY_NONE) return 0;
        unsigned rel = tok(w, t)->deprel;
        if (h == p && t != head && verbal(w, p) && about(w, t, p)) return 0;
        if (h == p) return k;
        if (chy_slice_eqz(tok(w, h)->norm, "following")) *lead = CHY_LIT("following");
        if (verbal(w, h)) {
            /* "the pact signed in 2015", "the raid that killed five on Monday" */
            if (tok(w, h)->head == p && tok(w, p)->upos == CHY_UPOS_NOUN && chy_is_rel(tok(w, h), CHY_REL_ACL) &&
                !(tok(w, h)->feats & CHY_FEAT_INF))
                return k + 1;
            if (!(head < h && participle(w, h)) && !shares_time(w, h)) return 0;
            k++;
        } else if (h > t && rel != CHY_REL_OBL && rel != CHY_REL_OBL_UNMARKED && rel != CHY_REL_ADVMOD &&
                   !chy_slice_in(chy_tree_case(w, h), "since|before|after|following|during|until|at|in")) {
            return 0; /* "the 2015 pact" dates the pact alone, unless it is "since the 2015 pact" */
        }
        t = h;
    }
    return 0;
}

/* The first dated public event that ends behind the token; the number of them where none does. */
static uint32_t anchor_from(const struct chy_time_notes *n, uint32_t token)
{
    uint32_t lo = 0, hi = n->n_anchors;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (n->anchors[mid].end <= token) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

/* "The invasion of Ukraine": a dated public event that the word stands in. */
static bool anchored(const chy_work *w, uint32_t token, found *out)
{
    const struct chy_time_notes *n = w->time;
    uint32_t i = n ? anchor_from(n, token) : 0;
    if (!n || i == n->n_anchors || n->anchors[i].first > token || n->anchors[i].rows.n != 1) return false;
    *out = (found){chy_time_anchor_days(n->model, n->anchors[i].rows.row[0], chy_time_now(w->d)), CHY_NONE};
    return chy_interval_known(out->days);
}

/* "has backed it since the invasion of Ukraine", "during the Gulf War": a dated public event that is p's time. */
static bool anchored_clause(const chy_work *w, uint32_t p, unsigned tense, found *out)
{
    if (!w->time || !w->time->n_anchors || !verbal(w, p)) return false;
    unsigned n = 0;
    for (CHY_EACH_CHILD(w, p, c)) {
        if (n++ > CHY_MAX_CHAIN) return false;
        chy_slice lead = chy_is_rel(tok(w, c), CHY_REL_OBL) ? chy_tree_case(w, c) : (chy_slice){"", 0};
        bool since = chy_slice_eqz(lead, "since");
        if (!(since && tense != TENSE_PAST && tense != TENSE_PRESENT) && !chy_slice_eqz(lead, "during")) continue;
        if (!anchored(w, c, out)) continue;
        chy_interval pub = chy_time_now(w->d);
        if (since && chy_interval_known(pub) && pub.end > out->days.end) out->days.end = pub.end;
        return true;
    }
    return false;
}

/* The nearest placed expression that hangs on p, the climb having come `from` there: of two that hang equally near, one behind
 * `from` where p stands before it (the tree often lifts what closes an embedded clause). What "since", "before" and "after" leave open is closed here. */
static bool own(const chy_work *w, uint32_t p, uint32_t from, unsigned tense, found *out)
{
    const chy_dispatch *d = w->d;
    uint32_t first, end;
    timexes_near(d, p, &first, &end);
    unsigned best = 0;
    for (uint32_t k = first; k < end; k++) {
        const chy_timex *x = &d->timexes[k];
        if (x->type == CHY_TIMEX_SET || !chy_interval_known(x->days)) continue;
        chy_slice lead;
        unsigned dist = hangs_on(w, x->head_token, p, &lead);
        if (x->head_token == tok(w, p)->head && tok(w, p)->deprel == CHY_REL_NMOD && x->type == CHY_TIMEX_DURATION)
            dist = 1, lead.n = 0; /* "two months of protests" */
        if (p >= x->first_token && p < x->end_token) dist = 1, lead.n = 0; /* "the raid was on June 2, when …" */
        if (dist && from > p && x->first_token < from) dist += 8;
        if (!dist || (best && dist >= best)) continue;
        chy_interval i = days_of(d, k), pub = chy_time_now(d);
        if (long_judged(w, p, x)) continue;
        if (lead.n && chy_slice_eqz(lead, "since")) {
            if (tense == TENSE_PAST || tense == TENSE_PRESENT) continue;
            if (chy_interval_known(pub) && pub.end > i.end) i.end = pub.end;
        } else if (lead.n) {
            continue; /* some time before or after: the tense knows better */
        }
        best = dist;
        *out = (found){i, k};
    }
    return best > 0 || anchored_clause(w, p, tense, out);
}

/* "On Monday, …": a placed expression that opens the sentence frames all of it. */
static bool opening(const chy_work *w, uint32_t token, found *out)
{
    const chy_dispatch *d = w->d;
    uint32_t s = chy_sentence_of(d, token), first, end;
    timexes_of(d, s, &first, &end);
    if (first == end || d->timexes[first].first_token > d->sentences[s].first_token + 2) return false;
    const chy_timex *x = &d->timexes[first];
    if (x->type == CHY_TIMEX_SET || !chy_interval_known(x->days) || x->first_token > token) return false;
    if (chy_slice_in(word_before(d, x->first_token), "since|after|before|until|following|till")) return false;
    *out = (found){days_of(d, first), first};
    return true;
}

/* The only expression of the sentence that dates a main clause: the tree may have hung it beside the mark. */
static bool sole(const chy_work *w, uint32_t token, found *out)
{
    const chy_dispatch *d = w->d;
    uint32_t first, end, n = 0;
    timexes_near(d, token, &first, &end);
    for (uint32_t k = first; k < end; k++) {
        const chy_timex *x = &d->timexes[k];
        if ((x->type != CHY_TIMEX_DATE && x->type != CHY_TIMEX_TIME) || !chy_interval_known(x->days)) continue;
        if (n++ || !chy_time_is_main(w, x->head_token) || long_judged(w, token, x)) return false;
        *out = (found){days_of(d, k), k};
    }
    return n == 1;
}

/* A word of saying above a clause: what it says may have been long before. */
static bool says(const chy_work *w, uint32_t t)
{
    return chy_slice_in(tok(w, t)->lemma, "say|tell|report|announce|claim|warn|allege|state|add|note|admit|acknowledge|confirm|reveal|"
                                          "declare|believe|think|argue|insist|deny|accuse|blame|write|post|suggest|estimate|recall|explain|"
                                          "show|stress|reiterate|assert|know|mention|charge|contend|maintain|complain|disclose");
}

typedef struct trail {
    found at;
    bool dated;      /* `at` is set */
    bool content;    /* it dates the saying, and the predicate is what is said */
    bool before;     /* the predicate came before what is dated */
    bool aside;      /* the predicate stands in a relative clause */
} trail;

/* Climb from the predicate to a dated clause. */
static trail climb(const chy_work *w, uint32_t token, unsigned tense)
{
    trail r = {{chy_interval_none(), CHY_NONE}, false, false, false, false};
    uint32_t p = token;
    for (unsigned k = 0; k < 12; k++) {
        if (own(w, p, token, tense, &r.at)) {
            r.dated = true;
            if (token > p && r.at.timex != CHY_NONE && w->d->timexes[r.at.timex].first_token > token) r.content = false;
            return r;
        }
        uint32_t h = tok(w, p)->head;
        if (h == CHY_NONE) break;
        unsigned rel = tok(w, p)->deprel;
        switch (chy_deprel_base((chy_deprel)rel)) {
        case CHY_REL_ACL:
            if (tok(w, p)->feats & CHY_FEAT_INF) return r;
            if (rel == CHY_REL_ACL_RELCL || tense_of(w, p) != TENSE_NONE) r.aside = true;
            break;
        case CHY_REL_CCOMP: r.content = true; break;
        case CHY_REL_ADVCL:
            if (says(w, h) && chy_tree_child_lemma(w, p, "of") != CHY_NONE) r.content = true;
            if (chy_tree_child_lemma(w, p, "after") != CHY_NONE || chy_tree_child_lemma(w, p, "since") != CHY_NONE) r.before = true;
            break;
        case CHY_REL_PARATAXIS:
            if (tense_of(w, p) != TENSE_NONE) return r;
            break;
        case CHY_REL_CONJ: { /* "X will arrive on Thursday, and Y has said": a time of its own */
            unsigned a = tense_of(w, p), b = tense_of(w, h);
            if (a != b && (a == TENSE_PERFECT || b == TENSE_FUTURE) && verbal(w, p) && chy_tree_child(w, p, CHY_REL_NSUBJ) != CHY_NONE) return r;
            break;
        }
        case CHY_REL_OBL: case CHY_REL_NMOD:
            if (chy_slice_in(chy_tree_case(w, p), "since|after|following")) r.before = true;
            break;
        default: break;
        }
        p = h;
    }
    return r;
}

/* ---------------------------------------------------------------- narrative */

bool chy_time_is_main(const chy_work *w, uint32_t t)
{
    for (unsigned i = 0; i < 8; i++) {
        uint32_t h = tok(w, t)->head;
        if (h == CHY_NONE) return true;
        chy_deprel rel = (chy_deprel)tok(w, t)->deprel;
        if (chy_deprel_base(rel) == CHY_REL_ACL && !participle(w, t)) return false;
        if (verbal(w, t) && (rel == CHY_REL_ADVCL || rel == CHY_REL_XCOMP) && !participle(w, t) && !shares_time(w, t)) return false;
        if (h > t && !verbal(w, h) && rel != CHY_REL_OBL && rel != CHY_REL_OBL_UNMARKED && rel != CHY_REL_ADVMOD) return false;
        if (!verbal(w, t) && chy_slice_in(chy_tree_case(w, t), "since|before|after|following|until|till|from")) return false;
        t = h;
    }
    return false;
}

/* Does the sentence take up what the one before it told ("That prompted …", "He also …", "The meeting …")? */
static bool takes_up(const chy_dispatch *d, uint32_t s)
{
    uint32_t t = d->sentences[s].first_token, n = d->sentences[s].n_tokens;
    if (n < 2) return false;
    const chy_token *a = &d->tokens[t], *b = &d->tokens[t + 1];
    if (chy_slice_in(a->norm, "that|this|these|those|it|he|she|they|later|then|afterwards|during")) return true;
    if (n > 2 && chy_slice_eqz(b->norm, "'s") && chy_slice_in(b[1].lemma, "remark|comment|statement|announcement|decision|move")) return true;
    for (uint32_t i = 1; i < n && i < CHY_MAX_CHAIN; i++) /* "withdrew its envoy in response" */
        if (chy_slice_in(a[i].norm, "response|retaliation|return") && chy_slice_eqz(a[i - 1].norm, "in") &&
            !(i + 1 < n && chy_slice_in(a[i + 1].norm, "to|for")))
            return true;
    return chy_slice_eqz(a->norm, "the") && b->upos == CHY_UPOS_NOUN;
}

/* The day that the story has got to before sentence `s`: the last past day that dates a main clause of this paragraph or, where
 * the sentence takes that up, of the one before. */
static bool narrative(const chy_work *w, uint32_t s, found *out)
{
    const chy_dispatch *d = w->d;
    uint32_t block = d->sentences[s].block;
    if (d->blocks[block].kind != CHY_BLOCK_PARAGRAPH) return false;
    for (unsigned k = 0; k < 6 && s > 0; k++) {
        if (d->sentences[s - 1].block != block && !takes_up(d, s)) return false;
        s--;
        block = d->sentences[s].block;
        if (d->blocks[block].kind != CHY_BLOCK_PARAGRAPH) return false;
        uint32_t first, end;
        timexes_of(d, s, &first, &end);
        for (uint32_t i = first; i < end && i - first < CHY_MAX_CHAIN; i++) {
            const chy_timex *x = &d->timexes[i];
            if ((x->type != CHY_TIMEX_DATE && x->type != CHY_TIMEX_TIME) || !chy_interval_known(x->days)) continue;
            if (chy_interval_known(chy_time_now(d)) && x->days.end > d->published.end) continue;
            if (!chy_time_is_main(w, x->head_token)) continue;
            *out = (found){days_of(d, i), i};
            return true;
        }
    }
    return false;
}

/* The day that the story is about: the first past day that dates a main clause near its head, not long before publication. */
static chy_day spot_day(const chy_dispatch *d, const chy_work *w)
{
    chy_interval p = chy_time_now(d);
    for (uint32_t k = 0; k < d->n_timexes && k < 6 && chy_interval_known(p); k++) {
        const chy_timex *x = &d->timexes[k];
        uint32_t s = chy_sentence_of(d, x->first_token);
        if (s > 8) break;
        if (d->blocks[d->sentences[s].block].kind != CHY_BLOCK_PARAGRAPH || !chy_interval_known(x->days)) continue;
        chy_interval i = days_of(d, k);
        if (i.end != i.begin || i.end > p.end || i.begin < p.begin - 10) continue;
        if (chy_time_is_main(w, x->head_token)) return x->days.begin;
    }
    return CHY_NO_DAY;
}

/* Does expression k date a word like `token`, or with `near` a clause that has one in it? */
static bool tells_of(const chy_work *w, uint32_t k, uint32_t token, bool near)
{
    const chy_timex *x = &w->d->timexes[k];
    if (!chy_interval_known(x->days) || x->type == CHY_TIMEX_SET || x->type == CHY_TIMEX_DURATION || x->days.end - x->days.begin > 31) return false;
    chy_slice lemma = tok(w, token)->lemma;
    uint32_t t = x->head_token;
    for (unsigned i = 0; i < 6 && t != CHY_NONE; i++, t = tok(w, t)->head) {
        if (t != x->head_token && chy_slice_eq(tok(w, t)->lemma, lemma)) return true;
        if (!verbal(w, t)) continue;
        unsigned n = 0;
        for (CHY_EACH_CHILD(w, t, c))
            if (near && n++ < CHY_MAX_CHAIN && c != x->head_token && chy_slice_eq(tok(w, c)->lemma, lemma)) return true;
        return false;
    }
    return false;
}

/* An event told before and taken up again ("the attack"): the days that it was given there. */
static bool told_elsewhere(const chy_work *w, uint32_t token, found *out)
{
    const chy_dispatch *d = w->d;
    if (tok(w, token)->upos != CHY_UPOS_NOUN) return false;
    uint32_t det = chy_tree_child(w, token, CHY_REL_DET);
    if ((det == CHY_NONE || !chy_slice_in(tok(w, det)->lemma, "the|this|that|these|those")) &&
        chy_tree_child(w, token, CHY_REL_NMOD_POSS) == CHY_NONE)
        return false;
    uint32_t sentence = chy_sentence_of(d, token), first, end;
    timexes_of(d, sentence, &first, &end);
    for (uint32_t k = first, n = 0; k-- > 0 && n < 32; n++)
        if (tells_of(w, k, token, true)) return *out = (found){days_of(d, k), k}, true;
    /* the head of a story names what it tells below */
    for (uint32_t k = end, n = 0; sentence < 4 && k < d->n_timexes && n < 16; k++, n++)
        if (tells_of(w, k, token, false)) return *out = (found){days_of(d, k), k}, true;
    return false;
}

/* ------------------------------------------------------------------- tenses */

static chy_when by_tense(const chy_work *w, unsigned tense)
{
    chy_interval p = chy_time_now(w->d);
    chy_when r = {p, CHY_NONE, CHY_BASIS_NONE, tense == TENSE_FUTURE};
    if (!chy_interval_known(p)) return r;
    r.basis = CHY_BASIS_PUBLISHED;
    if (tense == TENSE_FUTURE || tense == TENSE_CONDITIONAL) {
        r.days.end = p.begin + 2 > p.end ? p.begin + 2 : p.end;
    } else {
        chy_day spot = spot_day(w->d, w);
        r.days.begin = p.begin < p.end - 2 ? p.begin : p.end - 2; /* a range of publication is room enough */
        if (spot != CHY_NO_DAY && spot < r.days.begin && tense != TENSE_PRESENT)
            r.days = (chy_interval){spot, spot + 2}, r.basis = CHY_BASIS_CONTEXT;
    }
    return r;
}

/* "had supplied drones before troops invaded in February 2022": done by the day that the clause with "before" tells. */
static bool done_before(const chy_work *w, uint32_t token, found *out)
{
    const chy_dispatch *d = w->d;
    uint32_t first, end;
    timexes_near(d, token, &first, &end);
    for (uint32_t k = first; k < end; k++) {
        const chy_timex *x = &d->timexes[k];
        if (x->first_token < token || !chy_interval_known(x->days) || x->type == CHY_TIMEX_SET) continue;
        for (uint32_t t = x->first_token; t > token && x->first_token - t < 12; t--) {
            if (!chy_slice_eqz(tok(w, t)->norm, "before")) continue;
            *out = (found){{x->days.begin - 60, x->days.end}, k};
            return true;
        }
    }
    return false;
}

/* The caption's own day. */
static bool caption(const chy_work *w, uint32_t s, found *out)
{
    const chy_dispatch *d = w->d;
    const chy_block *b = &d->blocks[d->sentences[s].block];
    if (b->kind != CHY_BLOCK_CAPTION) return false;
    for (uint32_t i = b->first_sentence; i < b->first_sentence + b->n_sentences; i++) {
        uint32_t first, end;
        timexes_of(d, i, &first, &end);
        for (uint32_t k = first; k < end; k++)
            if (d->timexes[k].type == CHY_TIMEX_DATE && chy_interval_known(d->timexes[k].days))
                return *out = (found){days_of(d, k), k}, true;
    }
    return false;
}

chy_when chy_time_of(const chy_work *w, uint32_t token)
{
    const chy_dispatch *d = w->d;
    if (token >= d->n_tokens) return (chy_when){chy_interval_none(), CHY_NONE, CHY_BASIS_NONE, false};
    uint32_t s = chy_sentence_of(d, token), clause = clause_of(w, token);
    unsigned tense = tense_of(w, clause);
    chy_interval pub = chy_time_now(d);
    bool known = chy_interval_known(pub);
    chy_when out = by_tense(w, tense);
    trail r = {{chy_interval_none(), CHY_NONE}, false, false, false, false};
    if (own(w, token, token, tense, &r.at) || anchored(w, token, &r.at) || told_elsewhere(w, token, &r.at)) r.dated = true;
    else if (tense == TENSE_PLUPERFECT && done_before(w, token, &r.at)) r.dated = r.aside = true;
    else r = climb(w, token, tense);
    if (!r.dated && (opening(w, token, &r.at) || caption(w, s, &r.at) || (!r.aside && !r.content && sole(w, token, &r.at)))) r.dated = true;
    if (r.dated && r.aside && tense != TENSE_PLUPERFECT && (!known || r.at.days.end >= pub.begin - 30 || tense != TENSE_PAST)) r.dated = false;
    bool past = tense == TENSE_PAST || tense == TENSE_PERFECT || tense == TENSE_PLUPERFECT;
    if (r.dated && known && past && !r.content && verbal(w, token) && r.at.days.begin > pub.end) r.dated = false; /* another verb's */
    if (r.dated) {
        chy_interval i = r.at.days;
        out.timex = r.at.timex;
        out.basis = CHY_BASIS_TEXT;
        if (r.content && tense == TENSE_FUTURE && known && i.end >= pub.begin - 10) i = out.days; /* said these days to come: still to come */
        else if (r.content && tense == TENSE_FUTURE) i = (chy_interval){i.end, i.end + 30};
        else if (r.before && r.at.timex != CHY_NONE && d->timexes[r.at.timex].type == CHY_TIMEX_DURATION) i = (chy_interval){i.begin - 7, i.begin + 7};
        else if ((r.before || (r.content && tense == TENSE_PLUPERFECT)) && i.end - i.begin < 7) i.begin -= 2;
        if (known && i.begin <= pub.end && i.end > pub.end) { /* "this month" is over where it is told in the past, ahead where in the future */
            if (tense == TENSE_PAST || tense == TENSE_PERFECT || tense == TENSE_PLUPERFECT) i.end = pub.end;
            else if (tense == TENSE_FUTURE && i.begin < pub.begin) i.begin = pub.begin;
        }
        if (i.begin != r.at.days.begin || r.aside) out.basis = CHY_BASIS_CONTEXT;
        out.days = i;
        out.future = known ? i.begin > pub.end : tense == TENSE_FUTURE;
        return out;
    }
    found n = {chy_interval_none(), CHY_NONE};
    if (known && (tense == TENSE_PAST || tense == TENSE_NONE) && narrative(w, s, &n) && n.days.end < pub.begin - 2) {
        out.days = n.days;
        if (n.days.begin == n.days.end) out.days.end += 2; /* what is told next came that day or soon after */
        out.timex = n.timex;
        out.basis = CHY_BASIS_CONTEXT;
    }
    return out;
}
