/* SPDX-License-Identifier: Apache-2.0
 *
 * modality.c - what grammar says of an event: done, to be done, possible, not done. A walk from the trigger to the root
 * of its sentence that stops where a clause stands for itself (relative clauses, dated clauses, reported speech).
 * The readings follow FactBank's (Saurí and Pustejovsky 2009) split of polarity and modality, over words of a table.
 */
#include "claims/internal.h"

typedef struct scope {
    const chy_claims_context *c;
    chy_event_status status;
    uint32_t why;
    bool would;
    bool own;      /* the word belongs to the trigger's own clause */
    bool act;      /* the event is a speech act, a meeting or a protest: "called to ask" has asked */
    uint32_t words; /* the attribution that the trigger stands in, or CHY_NONE */
} scope;

bool chy_claims_is_negated(const chy_claims_context *c, uint32_t t)
{
    const chy_work *w = c->w;
    for (EACH_CHILD(w, t, k)) {
        const chy_token *x = &w->tokens[k];
        if (x->deprel == CHY_REL_CC && chy_slice_eqz(x->norm, "nor")) return true;
        if (x->deprel != CHY_REL_ADVMOD && x->deprel != CHY_REL_CC_PRECONJ) continue;
        const chy_claims_modal *m = chy_claims_modal_of(c->m, x->lemma, 'R', NULL);
        if (m && m->status == CHY_NEGATED && !(k + 1 < w->d->n_tokens &&
                                               chy_slice_in(w->tokens[k + 1].norm, "only|just|merely")))
            return true;
    }
    return false;
}

bool chy_claims_has_modal(const chy_claims_context *c, uint32_t t)
{
    for (EACH_CHILD(c->w, t, k))
        if (c->w->tokens[k].deprel == CHY_REL_AUX && chy_claims_modal_of(c->m, c->w->tokens[k].lemma, 'M', NULL))
            return true;
    return false;
}

bool chy_claims_is_past(const chy_work *w, uint32_t v)
{
    const chy_token *tok = w->tokens;
    if (!chy_claims_is_verbal(&tok[v])) return false;
    bool past = (tok[v].feats & CHY_FEAT_FIN) && (tok[v].feats & CHY_FEAT_PAST);
    for (EACH_CHILD(w, v, k)) {
        chy_deprel r = (chy_deprel)tok[k].deprel;
        if (r != CHY_REL_AUX && r != CHY_REL_AUX_PASS) continue;
        if (chy_slice_in(tok[k].norm, "had|was|were|has|have|did")) past = true;
        else if (chy_slice_in(tok[k].lemma, "will|would|may|might|can|could|shall|should|must")) return false;
    }
    return past;
}

bool chy_claims_is_own_clause(const chy_work *w, uint32_t c, uint32_t h)
{
    const chy_token *tok = w->tokens;
    if (!(tok[c].feats & CHY_FEAT_FIN) || !(tok[c].feats & CHY_FEAT_PAST)) return false;
    if (!chy_claims_is_verbal(&tok[h]) || (tok[h].feats & CHY_FEAT_FIN)) return false;
    /* "Had boarded one and kept it" may share its "had". */
    bool perfect = (tok[h].feats & CHY_FEAT_PART) && !chy_claims_is_passive(w, h);
    return !perfect;
}

static void apply(scope *s, unsigned status, uint32_t why, bool own)
{
    chy_event_status now = s->status;
    /* What is not ruled out may be. */
    if (status == CHY_NEGATED && s->c->w->tokens[why].upos == CHY_UPOS_VERB && chy_claims_is_negated(s->c, why))
        status = CHY_POSSIBLE;
    switch (status) {
    case CHY_PLANNED:
        if (now != CHY_REPORTED && now != CHY_CLAIMED) return;
        break;
    case CHY_POSSIBLE:
        if (now == CHY_POSSIBLE) return;
        break;
    case CHY_NEGATED:
        /* "rejected accusations that it struck": a denial, which denial.c ties to its voice. */
        if (now == CHY_NEGATED || (now == CHY_CLAIMED && !own)) return;
        break;
    case CHY_CLAIMED: case CHY_DENIED: case CHY_ADMITTED:
        if (now != CHY_REPORTED) return;
        break;
    default: return;
    }
    s->status = (chy_event_status)status;
    s->why = why;
    s->own = own;
}

static bool is_no(const chy_token *t)
{
    return (t->deprel == CHY_REL_DET || t->deprel == CHY_REL_CC_PRECONJ) && chy_slice_in(t->norm, "no|neither");
}

/* Does adverb `k` deny predicate `c`? "Not only" does not, nor does the "nearly" of a number. */
static bool denies(const chy_work *w, uint32_t k, uint32_t c)
{
    const chy_token *tok = w->tokens;
    if (chy_slice_in(tok[k].norm, "almost|nearly")) return k + 1 == c;
    return !(k + 1 < w->d->n_tokens && chy_slice_in(tok[k + 1].norm, "only|just|merely|least"));
}

/* "Is to leave", "were to meet": be with an infinitive. */
static uint32_t be_to(const chy_work *w, uint32_t c)
{
    uint32_t be = chy_claims_child(w, c, CHY_REL_COP), to = chy_claims_child_lemma(w, c, "to");
    if (be == CHY_NONE) be = chy_claims_child(w, c, CHY_REL_AUX);
    bool both = be != CHY_NONE && to != CHY_NONE && be < to && to < c && w->tokens[to].deprel == CHY_REL_MARK;
    return both && chy_claims_is_verbal(&w->tokens[c]) && chy_slice_in(w->tokens[be].norm, "is|are|was|were") ? be
        : CHY_NONE;
}

static bool has_have(const chy_work *w, uint32_t c)
{
    for (EACH_CHILD(w, c, k))
        if (w->tokens[k].deprel == CHY_REL_AUX && chy_slice_eqz(w->tokens[k].norm, "have")) return true;
    return false;
}

/* Modality by the dependents of one predicate or noun; `own`: it is the trigger, or a verb that only carries it. */
static void local(scope *s, uint32_t c, bool own)
{
    const chy_work *w = s->c->w;
    const chy_claims_model *m = s->c->m;
    const chy_token *tok = w->tokens;
    bool negated = false;
    uint32_t modal = CHY_NONE, neg = CHY_NONE;
    unsigned status = MOD_NONE;
    for (EACH_CHILD(w, c, k)) {
        const chy_claims_modal *x = NULL;
        switch ((chy_deprel)tok[k].deprel) {
        case CHY_REL_AUX:
            x = chy_claims_modal_of(m, tok[k].lemma, 'M', NULL);
            if (x && status == MOD_NONE) modal = k, status = x->status;
            break;
        case CHY_REL_ADVMOD:
            if (chy_slice_eqz(tok[k].norm, "longer") && chy_claims_child_lemma(w, k, "no") != CHY_NONE)
                negated = true, neg = k;
            x = chy_claims_modal_of(m, tok[k].lemma, 'R', NULL);
            if (!x) break;
            if (x->status != CHY_NEGATED) apply(s, x->status, k, own);
            else if (denies(w, k, c)) negated = true, neg = k;
            break;
        case CHY_REL_OBL:
            if (chy_slice_eqz(tok[k].norm, "vain")) negated = true, neg = k;
            break;
        case CHY_REL_AMOD:
            x = chy_claims_modal_of(m, tok[k].lemma, 'A', "mod");
            if (!x) x = chy_claims_modal_of(m, tok[k].norm, 'A', "mod");
            if (x || (chy_slice_eqz(tok[k].norm, "called") && chy_claims_child_lemma(w, k, "so") != CHY_NONE)) {
                apply(s, x ? x->status : CHY_CLAIMED, k, own);
                break;
            }
            /* fall through */
        case CHY_REL_COMPOUND: /* "is weighing strikes", read as a noun phrase */
            if (k + 1 != c || tok[k].upos != CHY_UPOS_VERB || (tok[k].feats & CHY_FEAT_PASS)) break;
            x = chy_claims_modal_of(m, tok[k].lemma, 'V', "obj");
            if (x && x->status < CHY_N_EVENT_STATUS) apply(s, x->status, k, own);
            break;
        case CHY_REL_DET:
            if (is_no(&tok[k])) negated = true, neg = k;
            break;
        case CHY_REL_MARK: case CHY_REL_CASE:
            x = chy_claims_modal_of(m, tok[k].lemma, 'S', NULL);
            if (!x) break;
            if (x->status == CHY_NEGATED) apply(s, CHY_NEGATED, k, own);
            else if (tok[c].deprel == CHY_REL_ADVCL || tok[c].deprel == CHY_REL_CCOMP || tok[c].deprel == CHY_REL_CSUBJ)
                apply(s, x->status, k, false);
            break;
        /* "received no invitation", "no party dared to" */
        case CHY_REL_OBJ: case CHY_REL_NSUBJ_PASS: case CHY_REL_NSUBJ:
            if (!own && tok[k].deprel != CHY_REL_NSUBJ) break;
            for (EACH_CHILD(w, k, g))
                if (is_no(&tok[g])) negated = true, neg = g;
            break;
        default: break;
        }
    }
    uint32_t be = be_to(w, c);
    if (be != CHY_NONE) apply(s, CHY_PLANNED, be, own);
    /* "Had Oslo struck, …" */
    uint32_t first = w->sub_begin[c];
    if (tok[c].deprel == CHY_REL_ADVCL && tok[first].head == c && tok[first].deprel == CHY_REL_AUX &&
        chy_slice_in(tok[first].norm, "had|were|should"))
        apply(s, CHY_POSSIBLE, first, false);
    if (modal != CHY_NONE && chy_slice_in(tok[modal].lemma, "should|ought") && has_have(w, c)) {
        /* "Should not have struck": it did. */
        if (!negated) apply(s, CHY_NEGATED, modal, own);
    } else if (negated) {
        /* "may not", "should not": open either way; "could not", "will not", "would not": not so. */
        bool open = status == CHY_POSSIBLE && chy_slice_in(tok[modal].lemma, "may|might|should|must");
        apply(s, open ? CHY_POSSIBLE : CHY_NEGATED, neg, own);
    } else if (status == MOD_WOULD) {
        s->would = true;
        apply(s, CHY_POSSIBLE, modal, own);
    } else if (status != MOD_NONE) {
        apply(s, status, modal, own);
    }
}

/* The first scope of a list that the row of h names, or NULL. */
static const chy_claims_modal *over(const scope *s, uint32_t h, const char *rel)
{
    const chy_token *t = &s->c->w->tokens[h];
    char pos = t->upos == CHY_UPOS_VERB || t->upos == CHY_UPOS_AUX ? 'V' : t->upos == CHY_UPOS_ADJ ? 'A'
        : t->upos == CHY_UPOS_NOUN ? 'N' : 0;
    const chy_claims_modal *x = pos ? chy_claims_modal_of(s->c->m, t->lemma, pos, rel) : NULL;
    /* Participles that a tagger takes for adjectives: "is scheduled to". */
    if (!x && pos == 'V') x = chy_claims_modal_of(s->c->m, t->norm, 'A', rel);
    if (!x && pos == 'A') x = chy_claims_modal_of(s->c->m, t->lemma, 'V', rel);
    return x;
}

static const chy_claims_modal *over_word(const scope *s, uint32_t h, chy_slice word)
{
    char z[32];
    if (!word.n || word.n >= sizeof z) return NULL;
    memcpy(z, word.p, word.n);
    z[word.n] = 0;
    return over(s, h, z);
}

static uint32_t mark_of(const chy_work *w, uint32_t c)
{
    uint32_t m = chy_claims_child(w, c, CHY_REL_MARK);
    return m != CHY_NONE ? m : chy_claims_child(w, c, CHY_REL_CASE);
}

/* `would` is the future of the past where the clause is reported ("said it would"), else a condition. */
static void settle_would(scope *s, bool reported)
{
    if (s->would && reported && s->status == CHY_POSSIBLE) s->status = CHY_PLANNED;
    s->would = false;
}

/* Has the clause a subject of its own and no relative word? */
static bool bare_clause(const chy_work *w, uint32_t c)
{
    uint32_t s = chy_claims_child_base(w, c, CHY_REL_NSUBJ);
    if (s == CHY_NONE) return false;
    for (uint32_t t = w->sub_begin[c]; t <= s && t < w->sub_begin[c] + 4; t++)
        if (chy_slice_in(w->tokens[t].norm, "who|which|that|whom|whose|where|when")) return false;
    return true;
}

/* The noun or verb whose infinitive `c` is, where a tree hangs it on its neighbour: "put off plans to strike" on the
 * verb over the noun, "ordered the army to strike" on the object or its last conjunct. CHY_NONE: c stands where it
 * belongs. */
static uint32_t governor(const scope *s, uint32_t c, uint32_t h)
{
    const chy_work *w = s->c->w;
    const chy_token *tok = w->tokens;
    uint32_t b = w->sub_begin[c];
    if (h > c || b == 0) return CHY_NONE;
    if (tok[c].deprel == CHY_REL_ADVCL || tok[c].deprel == CHY_REL_XCOMP) {
        bool noun = b - 1 > h && tok[b - 1].upos == CHY_UPOS_NOUN && tok[b - 1].head == h;
        return noun && over(s, b - 1, "inf") ? b - 1 : CHY_NONE;
    }
    for (int k = 0; k < 6 && h != CHY_NONE; k++, h = tok[h].head) {
        if (chy_claims_is_verbal(&tok[h])) return h < c && over(s, h, "inf") ? h : CHY_NONE;
        chy_deprel r = chy_deprel_base((chy_deprel)tok[h].deprel);
        if (r != CHY_REL_CONJ && r != CHY_REL_NMOD && r != CHY_REL_OBJ && r != CHY_REL_IOBJ && r != CHY_REL_OBL)
            return CHY_NONE;
    }
    return CHY_NONE;
}

/* Is the clause handed over word for word ("“We struck Oslo,” he warned", "Turku struck Oslo, he warned")? Then the
 * verb over it tells how it was said, and no more. */
static bool is_direct(const chy_work *w, uint32_t c, uint32_t h)
{
    const chy_token *tok = w->tokens;
    if (chy_claims_child(w, c, CHY_REL_MARK) != CHY_NONE) return false;
    return w->sub_end[c] <= h || (tok[c].quote != CHY_NONE && tok[h].quote == CHY_NONE &&
                                  chy_claims_is_mark(w->d, w->sub_begin[c]));
}

/* Are the trigger's words those that cue h hands over? What is said of the saying does not touch them; what is only
 * thought is as open as the thought. */
static bool is_reported(const scope *s, uint32_t h)
{
    if (s->words == CHY_NONE) return false;
    const chy_claims_found *f = &s->c->found.v[s->words];
    return f->cue_token == h && f->class <= CLASS_DENY && f->class != CLASS_BELIEVE;
}

/* An infinitive under h, whose row is x (NULL: none): "failed to", "was able to", "did not refuse to". */
static void infinitive(scope *s, uint32_t h, const chy_claims_modal *x)
{
    const chy_work *w = s->c->w;
    bool no = chy_claims_is_negated(s->c, h);
    if (x && x->status == MOD_REVERSE) { /* "did not fail to": done */
        if (!no) apply(s, CHY_NEGATED, h, false);
        return;
    }
    if (x && x->status == CHY_NEGATED && no) { /* "did not refuse to": open */
        apply(s, CHY_POSSIBLE, h, false);
        return;
    }
    if (x && x->status == MOD_ABLE) {
        uint32_t be = chy_claims_child(w, h, CHY_REL_COP);
        bool past = be != CHY_NONE && chy_slice_in(w->tokens[be].norm, "was|were|been");
        if (!past && !no) apply(s, CHY_POSSIBLE, h, false);
    } else if (x) {
        apply(s, x->status, h, false);
    }
    local(s, h, false);
}

/* From c to its head; false where the walk ends. */
static bool step(scope *s, uint32_t c, uint32_t h)
{
    const chy_work *w = s->c->w;
    const chy_token *tok = w->tokens;
    const chy_claims_modal *x = NULL;
    uint32_t mark = mark_of(w, c), g, cop;
    chy_slice word = mark == CHY_NONE ? (chy_slice){"", 0} : tok[mark].lemma;
    uint32_t to = chy_claims_child_lemma(w, c, "to");
    bool inf = to != CHY_NONE && tok[to].deprel == CHY_REL_MARK; /* "in order to" has two marks */
    switch (chy_deprel_base((chy_deprel)tok[c].deprel)) {
    case CHY_REL_CONJ:
        if (tok[c].upos == CHY_UPOS_VERB &&
            (chy_claims_child_base(w, c, CHY_REL_NSUBJ) != CHY_NONE || chy_claims_child(w, c, CHY_REL_AUX) != CHY_NONE))
            return true;
        /* "said it would leave and called on others to": a past tense has no part in another verb's auxiliaries. */
        if (chy_claims_is_own_clause(w, c, h)) return true;
        /* "did not attack but withdrew": a contrast leaves the denial behind. */
        if (chy_claims_child_lemma(w, c, "but") == CHY_NONE) local(s, h, false);
        return true;
    case CHY_REL_XCOMP:
        /* Reported words end here: "has not denied arming" says nothing of the arming. */
        if (is_reported(s, h)) return false;
        settle_would(s, false);
        x = over(s, h, inf ? "inf" : "ing");
        if (x && x->status == MOD_GIVEN) return false; /* "will stop striking" */
        if (!x && !inf && (tok[c].feats & CHY_FEAT_PASS)) x = over(s, h, "inf"); /* "want them freed" */
        if (!x && inf && (g = governor(s, c, h)) != CHY_NONE) apply(s, over(s, g, "inf")->status, g, false);
        /* "has yet to" */
        if (inf && chy_claims_child_lemma(w, h, "yet") != CHY_NONE)
            apply(s, CHY_NEGATED, h, false), x = NULL;
        infinitive(s, h, x);
        return true;
    case CHY_REL_CCOMP:
        settle_would(s, true);
        if (!inf && is_direct(w, c, h)) return false;
        x = over(s, h, inf ? "inf" : "that");
        /* "Warned that Oslo had struck" tells; "feared that it had" does not. */
        if (x && !inf && chy_claims_is_saying(s->c, h) && chy_claims_is_past(w, c)) x = NULL;
        if (x) apply(s, x->status, h, false);
        return false;
    case CHY_REL_ADVCL:
        settle_would(s, false);
        if (inf && (g = governor(s, c, h)) != CHY_NONE) {
            infinitive(s, g, over(s, g, "inf"));
            return true;
        }
        /* "The first to visit Oslo was X": hung on X. */
        if (inf && !chy_claims_is_verbal(&tok[h]) && (cop = chy_claims_child(w, h, CHY_REL_COP)) != CHY_NONE && c < cop)
            return false;
        if (inf) { /* a purpose, unless the head carries it out ("used it to strike") */
            x = over(s, h, "inf");
            if (s->act ? !x || x->status == CHY_PLANNED : x && x->status == MOD_CARRY) {
                local(s, h, true);
                return true;
            }
            if (x) infinitive(s, h, x);
            else apply(s, CHY_POSSIBLE, h, false);
            return false;
        }
        /* "will strike, killing …", "will help by sending …"; "will meet the envoy, accused of spying" tells what
         * was. */
        if (!(tok[c].feats & (CHY_FEAT_FIN | CHY_FEAT_PASS)) &&
            (mark == CHY_NONE || chy_slice_in(word, "by|through"))) {
            local(s, h, false);
            return true;
        }
        /* "suspended over allegations he struck": hung on the verb, but it stands behind its noun. */
        if (mark == CHY_NONE && w->sub_begin[c] > 0 && bare_clause(w, c) &&
            (x = over(s, w->sub_begin[c] - 1, "that")) != NULL) {
            apply(s, x->status, w->sub_begin[c] - 1, false);
            return true;
        }
        if (mark != CHY_NONE && chy_slice_in(word, "once|until|when|after|before") && (tok[c].feats & CHY_FEAT_PRES)) {
            uint32_t will = chy_claims_child(w, h, CHY_REL_AUX); /* "will leave once Oslo agrees" */
            if (will != CHY_NONE && chy_slice_in(tok[will].lemma, "will|shall")) apply(s, CHY_POSSIBLE, mark, false);
        }
        x = over_word(s, h, word);
        if (!x || x->status >= CHY_N_EVENT_STATUS) return false;
        apply(s, x->status, h, false); /* "refrain from striking", itself perhaps only called for */
        return true;
    case CHY_REL_ACL:
        /* "allegations he struck": a clause without conjunction under a noun that takes one. */
        if (mark == CHY_NONE && (tok[c].feats & CHY_FEAT_FIN) && bare_clause(w, c) &&
            (x = over(s, h, "that")) != NULL) {
            apply(s, x->status, h, false);
            return true;
        }
        /* "Reports that X attacked" may come as a relative clause; a conjunction gives it away. */
        if (tok[c].deprel == CHY_REL_ACL_RELCL && (mark == CHY_NONE || tok[mark].upos != CHY_UPOS_SCONJ)) return false;
        if (inf) {
            x = over(s, h, "inf"); /* "the first to visit" has visited */
            if (!x && (g = governor(s, c, h)) != CHY_NONE) x = over(s, h = g, "inf");
            if (x && chy_claims_is_verbal(&tok[h])) infinitive(s, h, x);
            else if (x) apply(s, x->status, h, false);
            return x != NULL;
        }
        x = over_word(s, h, word);
        if (x && x->status != MOD_CARRY) apply(s, x->status, h, false);
        for (EACH_CHILD(w, h, k)) /* "no evidence that" */
            if (x && x->status == MOD_CARRY && is_no(&tok[k])) apply(s, CHY_POSSIBLE, h, false);
        return x != NULL;
    case CHY_REL_CSUBJ: /* "striking Oslo would help": as open as what it would do; "it is not true that" */
        settle_would(s, false);
        x = mark == CHY_NONE ? NULL : over(s, h, "that");
        if (x && x->status == MOD_CARRY) local(s, h, false);
        else if (x) apply(s, x->status, h, false);
        if (chy_claims_has_modal(s->c, h)) apply(s, CHY_POSSIBLE, h, false);
        return false;
    case CHY_REL_OBJ: case CHY_REL_IOBJ:
    obj:
        x = over(s, h, "obj");
        if (!x) return false;
        if (x->status == MOD_CARRY) local(s, h, true);
        else apply(s, x->status, h, false);
        return x->status == MOD_CARRY;
    case CHY_REL_NSUBJ:
        if (tok[c].deprel == CHY_REL_NSUBJ_PASS) goto obj;
        x = over(s, h, tok[h].upos == CHY_UPOS_VERB ? "subj" : "mod");
        if (!x) return false;
        if (x->status == MOD_CARRY) local(s, h, true);
        else apply(s, x->status, h, false);
        return x->status == MOD_CARRY;
    case CHY_REL_OBL: case CHY_REL_NMOD:
        x = over_word(s, h, word.n ? word : CHY_LIT("of"));
        if (!x || x->status >= CHY_N_EVENT_STATUS) return false;
        apply(s, x->status, h, false);
        return tok[h].upos == CHY_UPOS_NOUN;
    case CHY_REL_COMPOUND:
        x = over(s, h, "of");
        if (x && x->status < CHY_N_EVENT_STATUS) apply(s, x->status, h, false);
        return false;
    default: return false;
    }
}

/* "Minister to visit Oslo": the "to" of an infinitive `t` that a sentence without finite verb has as its predicate; the
 * walk from it ended at `top`. CHY_NONE: none. */
static uint32_t headline_to(const chy_work *w, uint32_t t, uint32_t top)
{
    const chy_token *tok = w->tokens;
    uint32_t to = chy_claims_child_lemma(w, t, "to"), h = tok[t].head;
    if (to == CHY_NONE || tok[to].deprel != CHY_REL_MARK || !chy_claims_is_verbal(&tok[t])) return CHY_NONE;
    if (h == CHY_NONE) return to;
    bool noun = tok[h].upos == CHY_UPOS_NOUN || tok[h].upos == CHY_UPOS_PROPN;
    return noun && tok[h].head == CHY_NONE && (top == t || top == h) &&
        chy_claims_child(w, h, CHY_REL_COP) == CHY_NONE ? to : CHY_NONE;
}

/* The question mark of a sentence that asks whether its root `t` is so ("Did Oslo strike?"); what "why" asks about is
 * taken for granted. CHY_NONE: none. */
static uint32_t asked(const chy_claims_context *c, uint32_t t)
{
    const chy_work *w = c->w;
    const chy_token *tok = w->tokens;
    uint32_t subject = chy_claims_child_base(w, t, CHY_REL_NSUBJ), aux = CHY_NONE;
    for (EACH_CHILD(w, t, k)) {
        chy_deprel r = chy_deprel_base((chy_deprel)tok[k].deprel);
        if (aux == CHY_NONE && (r == CHY_REL_AUX || r == CHY_REL_COP)) aux = k;
        if (k < t && chy_slice_in(tok[k].norm, "who|what|why|when|where|how|which")) return CHY_NONE;
    }
    if (subject == CHY_NONE || aux == CHY_NONE || aux > subject || chy_claims_is_negated(c, t)) return CHY_NONE;
    /* "does no one see that": rhetoric */
    if (chy_slice_in(tok[w->sub_begin[subject]].norm, "no|nobody|none"))
        return CHY_NONE;
    for (uint32_t k = w->sub_end[t]; k > t && k + 3 > w->sub_end[t]; k--)
        if (chy_slice_eqz(tok[k - 1].norm, "?")) return k - 1;
    return CHY_NONE;
}

chy_event_status chy_claims_modality(const chy_claims_context *c, uint32_t trigger, bool act, uint32_t *why, bool *own)
{
    scope s = {.c = c, .status = CHY_REPORTED, .why = CHY_NONE, .own = true, .act = act, .words = c->inner[trigger]};
    uint32_t t = trigger;
    const chy_claims_modal *self = over(&s, t, "self");
    if (self) apply(&s, self->status, t, false);
    local(&s, t, true);
    for (int k = 0; k < CHY_MAX_CHAIN; k++) {
        uint32_t h = c->w->tokens[t].head;
        if (h == CHY_NONE || !step(&s, t, h)) break;
        t = h;
    }
    /* Main clauses of reported speech by parataxis ("It would act, he said") are reported too. */
    settle_would(&s, c->inner[trigger] != CHY_NONE);
    uint32_t to = s.status == CHY_REPORTED ? headline_to(c->w, trigger, t) : CHY_NONE;
    if (to != CHY_NONE) s.status = CHY_PLANNED, s.why = to, s.own = true;
    uint32_t mark = s.status == CHY_REPORTED && c->w->tokens[t].head == CHY_NONE ? asked(c, t) : CHY_NONE;
    if (mark != CHY_NONE) s.status = CHY_POSSIBLE, s.why = mark, s.own = false;
    *why = s.why;
    *own = s.own;
    return s.status;
}
