/* SPDX-License-Identifier: Apache-2.0
 *
 * denial.c - ties denials to what they deny, inside one dispatch: "Tehran denies the allegations" to the nearest
 * earlier events that are somebody's word against Iran. What is told only in order to be denied is denied; what one
 * side claims and another denies is disputed.
 */
#include "claims/internal.h"

enum { BACK_SENTENCES = 6, NEAR_SENTENCES = 2, NEAR_EVENTS = 64 };

typedef CHY_VEC(uint32_t) indices;

typedef struct denial {
    chy_claims_context *c;
    chy_claims_voices *voices;
    indices *out;
} denial;

/* Does the denial point at something told before ("the allegations", "it", "which", "responsibility")? */
bool chy_claims_points_back(const chy_claims_context *c, uint32_t cue)
{
    const chy_work *w = c->w;
    const chy_token *tok = w->tokens;
    if (tok[cue].deprel == CHY_REL_ACL_RELCL) return true;
    uint32_t o = chy_claims_object(w, cue);
    if (o == CHY_NONE) {
        for (EACH_CHILD(w, cue, k)) {
            chy_deprel r = chy_deprel_base((chy_deprel)tok[k].deprel);
            if (r == CHY_REL_XCOMP && chy_slice_eqz(tok[k].lemma, "do") &&
                chy_claims_child_lemma(w, k, "so") != CHY_NONE)
                return true;
            if (r == CHY_REL_CCOMP || r == CHY_REL_XCOMP || r == CHY_REL_ACL) return false;
        }
        return true;
    }
    return chy_claims_is_claim_noun(c->m, &tok[o]) ||
           chy_slice_in(tok[o].lemma,
                        "it|that|this|which|responsibility|involvement|role|something|charge|accusation|wrongdoing");
}

static void deny(denial *x, uint32_t target, const chy_claims_denier *by, bool only)
{
    chy_work *w = x->c->w;
    chy_event *e = &w->events[target];
    if (e->status == CHY_CLAIMED || e->status == CHY_REPORTED || e->status == CHY_ADMITTED) {
        chy_slice word = w->tokens[by->cue].form;
        e->status = only ? CHY_DENIED : CHY_DISPUTED;
        e->rule = chy_arena_printf(w->arena, "%.*s; status: tied by %.*s", (int)e->rule.n, e->rule.p,
                                   (int)(word.n < 40 ? word.n : 40), word.p);
    }
    uint32_t mention = by->mention;
    if (e->n_claims >= CHY_MAX_CLAIMS || (mention == CHY_NONE && !by->words.n)) return;
    /* The voices of an event lie together: move them behind the others and add this one. */
    for (uint32_t i = 0; i < e->n_claims; i++) {
        const chy_claim *v = &x->voices->v[e->first_claim + i];
        if (v->stance == CHY_DENIES && (v->mention == mention ||
                                        (v->actor != CHY_NONE && chy_claims_is_actor(w->d, mention, v->actor))))
            return;
    }
    uint32_t first = x->voices->n;
    for (uint32_t i = 0; i < e->n_claims; i++) {
        chy_claim old = x->voices->v[e->first_claim + i];
        CHY_PUSH(w->arena, x->voices, old);
    }
    chy_claim v = {.mention = mention, .actor = CHY_NONE, .stance = CHY_DENIES, .cue = w->tokens[by->cue].at,
                   .via = CHY_NONE};
    if (mention == CHY_NONE) {
        v.agency = by->words;
        CHY_PUSH(w->arena, x->voices, v);
    }
    const chy_mention *m = mention == CHY_NONE ? NULL : &w->d->mentions[mention];
    for (uint32_t i = 0; m && i < m->n_actors && x->voices->n - first < CHY_MAX_CLAIMS; i++) {
        v.actor = w->d->mention_actors[m->first_actor + i];
        CHY_PUSH(w->arena, x->voices, v);
    }
    e->first_claim = first;
    e->n_claims = x->voices->n - first;
}

/* Does the actor speak for the same side as `mention`: himself, or both for their state? */
static bool same_side(const chy_dispatch *d, uint32_t mention, uint32_t actor)
{
    static const uint32_t state = CHY_SEC_GOV | CHY_SEC_MIL | CHY_SEC_COP | CHY_SEC_SPY | CHY_SEC_JUD;
    const chy_actor *b = &d->actors[actor];
    bool theirs = (b->sectors & ~(state | CHY_SEC_PTY | CHY_SEC_LEG)) == 0;
    for (uint32_t i = 0; mention != CHY_NONE && i < d->mentions[mention].n_actors; i++) {
        uint32_t k = d->mention_actors[d->mentions[mention].first_actor + i];
        const chy_actor *a = &d->actors[k];
        if (k == actor) return true;
        bool ours = (a->sectors & ~(state | CHY_SEC_PTY | CHY_SEC_LEG)) == 0;
        if (ours && theirs && memcmp(a->country, b->country, 4) == 0 && memcmp(a->country, "UNK", 4) != 0) return true;
    }
    return false;
}

/* May `e` be what `mention` denies? It is somebody else's word, or content of an accusation. */
static bool deniable(const denial *x, const chy_event *e, uint32_t mention)
{
    const chy_dispatch *d = x->c->w->d;
    for (uint32_t i = 0; i < e->n_claims; i++) {
        const chy_claim *v = &x->voices->v[e->first_claim + i];
        if (v->stance != CHY_DENIES && v->actor != CHY_NONE && same_side(d, mention, v->actor)) return false;
    }
    if (e->status == CHY_CLAIMED || e->status == CHY_DISPUTED) return true;
    return e->within != CHY_NONE && e->within < d->n_events && d->events[e->within].type == CHY_ACCUSE &&
        e->status == CHY_REPORTED;
}

/* "The allegations", "any role": may be further back than "it". */
static bool reaches_far(const chy_claims_context *c, const chy_claims_denier *by)
{
    if (by->implicit) return by->noun != CHY_NONE || chy_slice_eqz(c->w->tokens[by->cue].norm, "such");
    uint32_t o = chy_claims_object(c->w, by->cue);
    return o == CHY_NONE || c->w->tokens[o].upos != CHY_UPOS_PRON;
}

/* What the nearest sentence tells that can be denied, up to one back (two where the denial reaches far); else, where
 * the denial reaches `far`, what is told of the denier's own doing further back. */
static void link_back(denial *x, const chy_claims_denier *by, uint32_t self, uint32_t upto, uint32_t sentence)
{
    chy_work *w = x->c->w;
    const chy_dispatch *d = w->d;
    uint32_t mention = by->mention, cue = by->cue;
    bool far = reaches_far(x->c, by);
    for (int pass = 0; pass < 1 + far; pass++) {
        uint32_t found = CHY_NONE, before = x->out->n;
        for (uint32_t i = upto; i > 0 && upto - i < NEAR_EVENTS;) {
            i--;
            const chy_event *e = &d->events[i];
            if (i == self || e->trigger_token > cue) continue;
            if (sentence - e->sentence > (pass ? BACK_SENTENCES : far ? NEAR_SENTENCES : 1) ||
                (found != CHY_NONE && e->sentence != found))
                break;
            if (!deniable(x, e, mention) || (pass && !chy_claims_side_has(d, e->first_source, e->n_sources, mention)))
                continue;
            found = e->sentence;
            CHY_PUSH(w->arena, x->out, i);
        }
        for (uint32_t i = before; i < x->out->n; i++) deny(x, x->out->v[i], by, false);
        if (found != CHY_NONE) return;
    }
}

/* Events in the content of attribution `at`, whose cue is `cue`, or under the noun that is denied ("reports that
 * …"). */
static bool link_content(denial *x, const chy_claims_denier *by, uint32_t self, uint32_t at, uint32_t noun,
                         uint32_t from)
{
    chy_work *w = x->c->w;
    const chy_dispatch *d = w->d;
    bool any = false;
    for (uint32_t i = from; i < d->n_events && i - from < 2 * NEAR_EVENTS; i++) {
        chy_event *e = &w->events[i];
        if (d->events[i].sentence > chy_sentence_of(d, by->cue) + 1) break;
        if (i == self) continue;
        bool in = (at != CHY_NONE && x->c->inner[e->trigger_token] == at) ||
            (at != CHY_NONE && self != CHY_NONE && e->within == self) ||
                  (noun != CHY_NONE && chy_tree_under(w, e->trigger_token, noun));
        if (!in) continue;
        CHY_PUSH(w->arena, x->out, i);
        deny(x, i, by, true);
        any = true;
    }
    return any;
}

static bool same_target(const chy_dispatch *d, const chy_event *a, const chy_event *b)
{
    return a->n_targets && b->n_targets &&
           memcmp(d->actors[d->participants[a->first_target].actor].country,
                  d->actors[d->participants[b->first_target].actor].country, 4) == 0;
}

/* One side's claim and another's denial of the like act, wherever in the dispatch: both are disputed. */
static void cross(chy_claims_context *c)
{
    chy_work *w = c->w;
    const chy_dispatch *d = w->d;
    uint32_t denied[32], n = 0;
    for (uint32_t i = 0; i < d->n_events && n < 32; i++)
        if (d->events[i].status == CHY_DENIED && !chy_claims_is_speech_act(d->events[i].type)) denied[n++] = i;
    for (uint32_t i = 0; n && i < d->n_events; i++) {
        chy_event *e = &w->events[i];
        if (e->status != CHY_CLAIMED || !e->n_sources) continue;
        const chy_actor *a = &d->actors[d->participants[e->first_source].actor];
        for (uint32_t k = 0; k < n; k++) {
            chy_event *o = &w->events[denied[k]];
            if (o->type != e->type || !o->n_sources) continue;
            const chy_actor *b = &d->actors[d->participants[o->first_source].actor];
            if (memcmp(a->country, b->country, 4) != 0 || memcmp(a->country, "UNK", 4) == 0) continue;
            if (!chy_slice_eq(w->tokens[o->trigger_token].lemma, w->tokens[e->trigger_token].lemma) &&
                !same_target(d, o, e))
                continue;
            e->status = CHY_DISPUTED;
            e->rule = chy_arena_printf(w->arena, "%.*s; status: crossed", (int)e->rule.n, e->rule.p);
            break;
        }
    }
}

/* One denial: `self` is its event, or CHY_NONE where none was coded on it. */
static void settle(denial *x, const chy_claims_denier *by, uint32_t self, uint32_t upto)
{
    const chy_claims_context *c = x->c;
    const chy_work *w = c->w;
    const chy_dispatch *d = w->d;
    uint32_t cue = by->cue, sentence = chy_sentence_of(d, cue), at = CHY_NONE, lo = 0, hi = c->found.n;
    while (lo < hi) { /* attributions are in the order of their sentences, nearly in that of their cues */
        uint32_t mid = (lo + hi) / 2;
        if (c->found.v[mid].cue_token < d->sentences[sentence].first_token) lo = mid + 1;
        else hi = mid;
    }
    for (uint32_t k = lo; k < c->found.n && k - lo < 256 && c->found.v[k].cue_token <= cue; k++)
        if (c->found.v[k].cue_token == cue && c->found.v[k].class == CLASS_DENY) at = k;
    uint32_t from = upto;
    while (from > 0 && upto - from < NEAR_EVENTS && d->events[from - 1].sentence == sentence) from--;
    /* "Dismissed the trials" denies nothing. */
    uint32_t noun = by->implicit ? by->noun : chy_claims_object(w, cue);
    if (noun != CHY_NONE && !chy_claims_is_claim_noun(c->m, &w->tokens[noun])) noun = CHY_NONE;
    bool content = (at != CHY_NONE || noun != CHY_NONE) && link_content(x, by, self, at, noun, from);
    bool known = by->mention != CHY_NONE || by->words.n;
    if (!content && known && (by->implicit || chy_claims_points_back(c, cue))) link_back(x, by, self, upto, sentence);
}

chy_status chy_claims_denials(chy_claims_context *c, chy_claims_voices *voices)
{
    chy_work *w = c->w;
    const chy_dispatch *d = w->d;
    indices out = {0};
    denial x = {c, voices, &out};
    uint32_t i = 0;
    for (uint32_t k = 0; k < c->deniers.n; k++) {
        const chy_claims_denier *by = &c->deniers.v[k];
        for (; i < d->n_events && d->events[i].trigger_token < by->cue; i++)
            w->events[i].first_denied = out.n, w->events[i].n_denied = 0;
        uint32_t upto = i, before = out.n, self = CHY_NONE;
        for (; upto < d->n_events && d->events[upto].trigger_token == by->cue; upto++)
            if (d->events[upto].type == CHY_REJECT && self == CHY_NONE) self = upto;
        for (uint32_t j = i; j > 0 && self == CHY_NONE && by->verb != CHY_NONE && i - j < NEAR_EVENTS; j--) {
            const chy_event *e = &d->events[j - 1]; /* "called it a lie" is coded on its verb */
            if (e->trigger_token == by->verb && (e->type == CHY_REJECT || e->type == CHY_ACCUSE) && !e->n_denied) self = j - 1;
        }
        settle(&x, by, self, upto);
        for (; i < upto; i++) w->events[i].first_denied = before, w->events[i].n_denied = 0;
        if (self == CHY_NONE) out.n = before;
        else w->events[self].first_denied = before, w->events[self].n_denied = out.n - before;
    }
    for (; i < d->n_events; i++) w->events[i].first_denied = out.n, w->events[i].n_denied = 0;
    cross(c);
    w->d->denials = out.v;
    w->d->n_denials = out.n;
    return chy_work_memory(w, CHY_STAGE_CLAIMS);
}
