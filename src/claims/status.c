/* SPDX-License-Identifier: Apache-2.0
 *
 * status.c - voices and modality of each event, and the status that follows. The rules, with an example and a test for
 * each, are in docs/codebook/status.md; rule names here are the ones of that table.
 */
#include "claims/internal.h"

enum { LONG_QUOTE = 6, SCARE_QUOTE = 5 }; /* tokens, the marks among them */

/* --------------------------------------------------------------- relations */

static bool same_country(const chy_actor *a, const chy_actor *b)
{
    return a->country[0] && memcmp(a->country, b->country, 4) == 0 && memcmp(a->country, "UNK", 4) != 0;
}

bool chy_claims_is_actor(const chy_dispatch *d, uint32_t mention, uint32_t actor)
{
    if (mention == CHY_NONE) return false;
    const chy_mention *m = &d->mentions[mention];
    for (uint32_t j = 0; j < m->n_actors; j++) {
        uint32_t a = d->mention_actors[m->first_actor + j];
        if (a == actor || same_country(&d->actors[a], &d->actors[actor])) return true;
    }
    return false;
}

bool chy_claims_side_has(const chy_dispatch *d, uint32_t first, uint32_t n, uint32_t mention)
{
    for (uint32_t i = 0; i < n; i++)
        if (chy_claims_is_actor(d, mention, d->participants[first + i].actor)) return true;
    return false;
}

/* A news outlet passes on what it vouches for. */
static bool is_outlet(const chy_dispatch *d, uint32_t mention)
{
    if (mention == CHY_NONE) return false;
    const chy_mention *m = &d->mentions[mention];
    for (uint32_t j = 0; j < m->n_actors; j++)
        if (!(d->actors[d->mention_actors[m->first_actor + j]].sectors & CHY_SEC_JRN)) return false;
    return m->n_actors > 0;
}

bool chy_claims_is_speech_act(uint32_t type)
{
    return type == CHY_ACCUSE || type == CHY_REQUEST || type == CHY_REJECT || type == CHY_THREATEN ||
           type == CHY_AGREE || type == CHY_SUPPORT || type == CHY_CONCEDE;
}

/* ------------------------------------------------------------------ voices */

static uint32_t push_voice(chy_claims_context *c, chy_claims_voices *v, const chy_claims_found *f, uint32_t trigger);

/* Quoted words that nobody is given are put down to the subject of their sentence, where that is somebody. */
static void quoted_voice(chy_claims_context *c, chy_claims_voices *v, chy_event *e)
{
    const chy_work *w = c->w;
    uint32_t root = w->d->sentences[e->sentence].root, s = root == CHY_NONE ? root : chy_claims_subject(c->m, w, root);
    if (s == CHY_NONE || w->tokens[s].quote != CHY_NONE) return;
    chy_claims_found f = {.source = {w->sub_begin[s], w->sub_end[s]}, .source_token = s, .cue = {root, root + 1},
                          .cue_token = root,
                      .stance = CHY_ASSERTS, .quote = 1};
    f.mention = chy_claims_mention(w, s, (chy_claims_span){s, s + 1});
    if (f.mention == CHY_NONE) return;
    e->first_claim = push_voice(c, v, &f, e->trigger_token);
    e->n_claims = v->n - e->first_claim;
}

/* Is the mention at `t` one of the coordinated heads of a source ("Kiev and its allies")? */
static bool is_conjunct(const chy_work *w, const chy_claims_found *f, uint32_t t)
{
    const chy_token *tok = w->tokens;
    return t != f->source_token && w->d->mention_of[t] != CHY_NONE && w->d->mention_of[t] != f->mention &&
           (tok[t].deprel == CHY_REL_CONJ || (t + 1 < f->source.end && tok[t + 1].upos == CHY_UPOS_CCONJ &&
                                              tok[t].deprel != CHY_REL_NMOD_POSS));
}

static void push_mention(chy_claims_context *c, chy_claims_voices *v, chy_claim x)
{
    const chy_dispatch *d = c->w->d;
    const chy_mention *m = &d->mentions[x.mention];
    for (uint32_t i = 0; i < m->n_actors; i++) {
        x.actor = d->mention_actors[m->first_actor + i];
        CHY_PUSH(c->w->arena, v, x);
    }
}

/* The coordinated subject that "they" takes up ("Oslo and Turku met. “…,” they said"): of the nearest sentence before
 * that opens outside of quotation marks, if the mention is among it. CHY_NONE: none. */
static uint32_t they(const chy_claims_context *c, const chy_claims_found *f)
{
    const chy_work *w = c->w;
    const chy_dispatch *d = w->d;
    if (f->source_token == CHY_NONE || f->mention == CHY_NONE ||
        !chy_slice_eqz(w->tokens[f->source_token].norm, "they"))
        return CHY_NONE;
    uint32_t i = chy_sentence_of(d, f->source_token);
    for (int k = 0; k < 4 && i-- > 0; k++) {
        if (d->tokens[d->sentences[i].first_token].quote != CHY_NONE) continue;
        uint32_t root = d->sentences[i].root,
            s = root == CHY_NONE ? root : chy_claims_child_base(w, root, CHY_REL_NSUBJ);
        if (s == CHY_NONE || chy_claims_child(w, s, CHY_REL_CONJ) == CHY_NONE) return CHY_NONE;
        for (uint32_t t = w->sub_begin[s]; t < w->sub_end[s] && t < w->sub_begin[s] + 24; t++) {
            uint32_t m = d->mention_of[t];
            for (uint32_t j = 0; m != CHY_NONE && j < d->mentions[f->mention].n_actors; j++)
                if (chy_claims_is_actor(d, m, d->mention_actors[d->mentions[f->mention].first_actor + j])) return s;
        }
        return CHY_NONE;
    }
    return CHY_NONE;
}

static uint32_t push_voice(chy_claims_context *c, chy_claims_voices *v, const chy_claims_found *f, uint32_t trigger)
{
    chy_work *w = c->w;
    uint32_t first = v->n;
    chy_claim x = {.mention = f->mention, .actor = CHY_NONE, .stance = f->stance, .via = CHY_NONE,
                   .cue = {w->tokens[f->cue.begin].at.begin, w->tokens[f->cue.end - 1].at.end},
                   .quote = f->quote && w->tokens[trigger].quote != CHY_NONE};
    if (chy_claims_is_negated(c, f->cue_token) && f->class <= CLASS_DENY) return first;
    if (f->mention == CHY_NONE) {
        if (f->source.begin >= f->source.end) return first; /* "is accused of": nobody is named */
        x.agency = chy_text_of(w, (chy_range){w->tokens[f->source.begin].at.begin,
                                              w->tokens[f->source.end - 1].at.end});
        CHY_PUSH(w->arena, v, x);
    } else {
        push_mention(c, v, x);
    }
    chy_claims_found all = *f;
    uint32_t s = w->d->mention_of ? they(c, f) : CHY_NONE;
    if (s != CHY_NONE) all.source_token = s, all.source = (chy_claims_span){w->sub_begin[s], w->sub_end[s]};
    uint32_t end = all.source.end < all.source.begin + 24 ? all.source.end : all.source.begin + 24;
    for (uint32_t t = all.source.begin; w->d->mention_of && t < end && v->n - first < CHY_MAX_CLAIMS; t++) {
        if (!is_conjunct(w, &all, t)) continue;
        x.mention = w->d->mention_of[t];
        x.agency = (chy_slice){NULL, 0};
        push_mention(c, v, x);
    }
    return first;
}

/* "Called the parade an attack on Turku": the parade is given, the attack the word of who calls it so. */
static bool is_named(const chy_work *w, const chy_claims_found *f, uint32_t trigger)
{
    if (!chy_claims_is_verbal(&w->tokens[f->cue_token])) return false;
    uint32_t o = chy_claims_object(w, f->cue_token);
    for (EACH_CHILD(w, f->cue_token, k))
        if (k != o && w->sub_begin[k] <= trigger && trigger < w->sub_end[k]) return chy_claims_is_naming(w, o, k);
    for (EACH_CHILD(w, o, k)) /* or hung on the object */
        if (w->sub_begin[k] <= trigger && trigger < w->sub_end[k])
            return w->tokens[k].deprel == CHY_REL_OBJ && w->tokens[k].upos == CHY_UPOS_NOUN;
    return false;
}

/* Everybody through whom we know of the event, nearest voice first. Returns the innermost attribution that makes it
 * somebody's word, or CHY_NONE. "Condemned the attack": taken for granted, whoever tells it; *given_by gets the
 * word. */
static uint32_t voices_of(chy_claims_context *c, chy_claims_voices *v, chy_event *e, uint32_t *given_by)
{
    uint32_t first = v->n, at = c->inner[e->trigger_token], nearest = CHY_NONE, before = CHY_NONE;
    for (int k = 0; k < CHY_MAX_CHAIN && at != CHY_NONE && v->n - first < CHY_MAX_CLAIMS; k++,
         at = c->found.v[at].outer) {
        const chy_claims_found *f = &c->found.v[at];
        if (f->class == CLASS_JUDGE && nearest == CHY_NONE && !is_named(c->w, f, e->trigger_token))
            *given_by = f->cue_token;
        uint32_t here = push_voice(c, v, f, e->trigger_token);
        if (nearest == CHY_NONE) nearest = at;
        if (here == v->n) continue;
        for (uint32_t i = before; before != CHY_NONE && i < here; i++) v->v[i].via = here - first;
        before = here;
    }
    if (v->n - first > CHY_MAX_CLAIMS) {
        v->n = first + CHY_MAX_CLAIMS;
        for (uint32_t i = first; i < v->n; i++)
            if (v->v[i].via != CHY_NONE && v->v[i].via >= CHY_MAX_CLAIMS) v->v[i].via = CHY_NONE;
    }
    e->first_claim = first;
    e->n_claims = v->n - first;
    return *given_by != CHY_NONE ? CHY_NONE : nearest;
}

/* ------------------------------------------------------------------ status */

typedef struct verdict {
    chy_event_status status;
    const char *rule;
    uint32_t word; /* that it rests on, or CHY_NONE */
    bool own;      /* which stands in the event's own clause */
} verdict;

/* What grammar alone says. A modal word in the clause of a speech act is the act itself ("we will punish them"). */
static verdict by_grammar(const chy_claims_context *c, const chy_event *e)
{
    uint32_t word;
    bool own;
    chy_event_status s = chy_claims_modality(c, e->trigger_token, chy_claims_is_speech_act(e->type) ||
                                             e->type == CHY_CONSULT || e->type == CHY_PROTEST,
                                         &word, &own);
    static const char *const rules[] = {"told", "hedged", "told", "denied", "told", "planned", "possible", "negated"};
    /* "Has never used it" rejects; "has not ruled it out" does not. */
    const chy_token *t = &c->w->tokens[e->trigger_token];
    const chy_claims_modal *m = chy_claims_modal_of(c->m, t->lemma, 'V', NULL);
    bool refusal = chy_claims_is_denial(c->m, t) || (m && m->status == CHY_NEGATED);
    bool act = e->type == CHY_REJECT && s == CHY_NEGATED && !refusal;
    if (own && (s == CHY_PLANNED || s == CHY_POSSIBLE))
        act = e->type == CHY_THREATEN || e->type == CHY_REQUEST || e->type == CHY_REJECT || e->type == CHY_ACCUSE;
    if (act) return (verdict){CHY_REPORTED, "speech act", word, own};
    return (verdict){s, rules[s], word, own};
}

/* Done by saying so; a meeting still to come, coded AGREE, is not. */
static bool is_said(const chy_claims_context *c, const chy_event *e)
{
    if (e->type != CHY_AGREE) return chy_claims_is_speech_act(e->type);
    const chy_claims_modal *m = chy_claims_modal_of(c->m, c->w->tokens[e->trigger_token].lemma, 'V', "inf");
    return m && m->status != MOD_CARRY;
}

/* What a date says: an act dated after the day of publication is still to come. */
static void by_date(const chy_claims_context *c, const chy_event *e, verdict *v)
{
    const chy_dispatch *d = c->w->d;
    if (v->status != CHY_REPORTED || e->basis != CHY_BASIS_TEXT || !chy_interval_known(e->days) ||
        d->published.end == CHY_NO_DAY)
        return;
    if (e->days.begin <= d->published.end || is_said(c, e) || chy_claims_is_past(c->w, e->trigger_token)) return;
    bool bare = chy_claims_child_base(c->w, e->trigger_token, CHY_REL_AUX) == CHY_NONE;
    if (bare && (d->tokens[e->trigger_token].feats & CHY_FEAT_PASS)) return; /* "the people arrested" */
    *v = (verdict){CHY_PLANNED, "dated ahead", CHY_NONE, false};
}

/* The content of another event: what is demanded or threatened is possible, what is promised planned, what somebody is
 * accused of that side's word. */
static void by_frame(const chy_claims_context *c, const chy_event *e, verdict *v)
{
    const chy_work *w = c->w;
    const chy_dispatch *d = w->d;
    if (e->within == CHY_NONE || e->within >= d->n_events || v->status != CHY_REPORTED) return;
    const chy_event *o = &d->events[e->within];
    /* "the president's requests": told of before */
    if (chy_claims_child(w, e->trigger_token, CHY_REL_NMOD_POSS) != CHY_NONE)
        return;
    /* Only what is content itself: "agreed to fight the invasion" plans no invasion. */
    uint32_t t = e->trigger_token;
    for (int k = 0; k < 2 && t != CHY_NONE && t != o->trigger_token; k++) t = d->tokens[t].head;
    if (t != o->trigger_token) return;
    /* "reserves the right to confront the aggression": what is threatened is to confront it. */
    t = d->tokens[e->trigger_token].head;
    if (d->tokens[e->trigger_token].deprel == CHY_REL_OBJ && t != o->trigger_token &&
        chy_claims_is_verbal(&d->tokens[t])) {
        const chy_claims_modal *m = chy_claims_modal_of(c->m, d->tokens[t].lemma, 'V', "obj");
        if (!m || m->status != MOD_CARRY) return;
    }
    /* "Warned that Oslo had struck": what has been is told, not threatened. */
    if (o->type != CHY_ACCUSE && chy_claims_is_past(w, e->trigger_token)) return;
    bool allege = o->type == CHY_ACCUSE;
    for (uint32_t i = 0; allege && i < o->n_modes; i++)
        allege = chy_slice_eqz(chy_slice_z(chy_mode_name(o->modes[i])), "allege");
    if (allege && o->n_modes && e->type != CHY_REJECT)
        *v = (verdict){CHY_CLAIMED, "accusation", o->trigger_token, false};
    else if (o->type == CHY_REQUEST) *v = (verdict){CHY_POSSIBLE, "demanded", o->trigger_token, false};
    else if (o->type == CHY_THREATEN) *v = (verdict){CHY_POSSIBLE, "threatened", o->trigger_token, false};
    else if (o->type == CHY_AGREE) *v = (verdict){CHY_PLANNED, "promised", o->trigger_token, false};
}

static bool in_long_quote(const chy_dispatch *d, uint32_t t)
{
    uint32_t q = d->tokens[t].quote;
    return q != CHY_NONE && q < d->n_quotes && d->quotes[q].end_token - d->quotes[q].first_token >= LONG_QUOTE;
}

/* "“We condemn it,” he said": the subject is the speaker, known or not. */
static bool speaks_himself(const chy_claims_context *c, const chy_event *e, const chy_claims_found *f)
{
    const chy_token *tok = c->w->tokens;
    if (!f->quote || tok[e->trigger_token].quote == CHY_NONE) return false;
    uint32_t s = chy_claims_subject(c->m, c->w, e->trigger_token);
    return s != CHY_NONE && (tok[s].feats & CHY_FEAT_1);
}

/* "Said it armed Oslo before Turku struck": a dated clause with an actor of its own is taken for granted by whoever
 * dates by it. In quoted words nothing is. */
static bool dates_another(const chy_work *w, uint32_t t)
{
    const chy_token *tok = w->tokens;
    if (tok[t].deprel != CHY_REL_ADVCL || tok[t].quote != CHY_NONE || !chy_claims_is_verbal(&tok[t])) return false;
    uint32_t mark = chy_claims_child(w, t, CHY_REL_MARK), s = chy_claims_child_base(w, t, CHY_REL_NSUBJ);
    if (mark == CHY_NONE || s == CHY_NONE || tok[s].upos == CHY_UPOS_PRON) return false;
    return chy_slice_in(tok[mark].lemma, "before|after|since");
}

/* "We asked them to leave," "said that he had asked them": of what one did by speaking before, one only tells. */
static bool is_own_past(const chy_claims_context *c, const chy_event *e, const chy_claims_found *f)
{
    const chy_work *w = c->w;
    uint32_t t = e->trigger_token;
    if (f->cue_token == t || !chy_claims_is_past(w, t)) return false;
    for (EACH_CHILD(w, t, k))
        if (chy_claims_is_verbal(&w->tokens[k]) && chy_slice_eqz(w->tokens[k].norm, "had") && k < t) return true;
    /* in direct speech a past tense is one; in reported speech it may be the present of who spoke */
    return w->tokens[t].quote != CHY_NONE || w->tokens[f->cue_token].upos == CHY_UPOS_PUNCT;
}

/* A word or two in quotation marks of their own: "the “attack”" is none, or not called so by the article. */
static bool is_scare_quote(const chy_dispatch *d, uint32_t t)
{
    uint32_t q = d->tokens[t].quote;
    if (d->tokens[t].upos != CHY_UPOS_NOUN || q == CHY_NONE || q >= d->n_quotes) return false;
    uint32_t n = d->quotes[q].end_token - d->quotes[q].first_token;
    return n >= 3 && n <= SCARE_QUOTE;
}

static void by_voice(chy_claims_context *c, const chy_event *e, uint32_t at, verdict *v)
{
    const chy_dispatch *d = c->w->d;
    if (at == CHY_NONE) {
        /* Words that the article sets in quotation marks and gives to nobody are not its own. */
        if (v->status == CHY_REPORTED && !chy_claims_is_speech_act(e->type) && in_long_quote(d, e->trigger_token))
            *v = (verdict){CHY_CLAIMED, "quoted", CHY_NONE, false};
        else if (v->status == CHY_REPORTED && is_scare_quote(d, e->trigger_token))
            *v = (verdict){CHY_CLAIMED, "hedged", e->trigger_token, false};
        return;
    }
    const chy_claims_found *f = &c->found.v[at];
    bool doer = chy_claims_side_has(d, e->first_source, e->n_sources, f->mention) || speaks_himself(c, e, f) ||
                (f->class == CLASS_ADMIT && !e->n_sources);
    bool party = doer || chy_claims_side_has(d, e->first_target, e->n_targets, f->mention);
    /* "Has neither confirmed nor denied", "did not say that": nobody's word either way. */
    if (f->class <= CLASS_DENY && chy_claims_is_negated(c, f->cue_token)) {
        if (v->status == CHY_REPORTED && !chy_claims_is_speech_act(e->type))
            *v = (verdict){CHY_POSSIBLE, "not said", f->cue_token, false};
        return;
    }
    switch ((chy_claims_class)f->class) {
    case CLASS_DENY:
        if (v->status == CHY_REPORTED || v->status == CHY_CLAIMED)
            *v = (verdict){CHY_DENIED, "denied", f->cue_token, false};
        return;
    case CLASS_WANT: case CLASS_INTEND: return;
    case CLASS_ADMIT: case CLASS_CONFIRM:
        if (v->status == CHY_REPORTED && doer && !chy_claims_is_speech_act(e->type)) {
            *v = (verdict){CHY_ADMITTED, "admitted", f->cue_token, false};
            return;
        }
        break;
    default: break;
    }
    /* "Turkey said it had no part in the attack": the party's own word against something told of it. */
    bool past = chy_claims_is_past(c->w, e->trigger_token) && e->type != CHY_REJECT;
    bool deed = !chy_claims_is_speech_act(e->type) || e->type == CHY_AGREE || past;
    if (v->status == CHY_NEGATED && v->own && party && deed && !chy_claims_has_modal(c, e->trigger_token)) {
        *v = (verdict){CHY_DENIED, "own denial", f->cue_token, false};
        return;
    }
    if (v->status != CHY_REPORTED) return;
    if (dates_another(c->w, e->trigger_token)) {
        *v = (verdict){CHY_REPORTED, "dated by", f->cue_token, false};
        return;
    }
    if (chy_claims_is_speech_act(e->type) && doer && !is_own_past(c, e, f)) {
        *v = (verdict){CHY_REPORTED, "own speech act", f->cue_token, false};
        return;
    }
    /* An outlet named behind its news vouches for it ("…, IRNA reported"); "Reuters reported that" keeps a distance. */
    if (is_outlet(d, f->mention) && f->cue_token > e->trigger_token)
        *v = (verdict){CHY_REPORTED, "outlet", f->cue_token, false};
    else
        *v = (verdict){CHY_CLAIMED, f->class == CLASS_DOUBT ? "doubted" : f->class == CLASS_JUDGE ? "named" : "claimed",
                       f->cue_token, false};
}

/* "Turku cut ties due to alleged shipments": who acts upon it alleges it. */
static bool is_ground(const chy_work *w, uint32_t word, uint32_t trigger)
{
    const chy_token *tok = w->tokens;
    if (tok[word].deprel != CHY_REL_AMOD || tok[word].head != trigger) return false;
    return chy_slice_in(chy_tree_case(w, trigger), "over|for|due|because");
}

chy_status chy_claims_status(chy_claims_context *c, chy_claims_voices *voices)
{
    chy_work *w = c->w;
    for (uint32_t i = 0; i < w->d->n_events; i++) {
        chy_event *e = &w->events[i];
        if (e->trigger_token >= w->d->n_tokens) continue;
        uint32_t given_by = CHY_NONE, at = voices_of(c, voices, e, &given_by);
        verdict v = by_grammar(c, e);
        by_date(c, e, &v);
        by_frame(c, e, &v);
        by_voice(c, e, at, &v);
        if (v.status == CHY_REPORTED && v.word == CHY_NONE && given_by != CHY_NONE) v.rule = "given", v.word = given_by;
        if (v.status == CHY_CLAIMED && !e->n_claims && (v.word == CHY_NONE || is_ground(w, v.word, e->trigger_token)))
            quoted_voice(c, voices, e);
        e->status = v.status;
        chy_slice word = v.word == CHY_NONE ? (chy_slice){"", 0} : w->tokens[v.word].form;
        e->rule = chy_arena_printf(w->arena, "%.*s%sstatus: %s%s%.*s", (int)e->rule.n, e->rule.n ? e->rule.p : "",
                                   e->rule.n ? "; " : "", v.rule, word.n ? " by " : "",
                                       (int)(word.n < 40 ? word.n : 40),
                                   word.n ? word.p : "");
    }
    return chy_work_memory(w, CHY_STAGE_CLAIMS);
}
