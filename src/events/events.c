/* SPDX-License-Identifier: Apache-2.0 */
#include "events/plover.h"
#include "events/events.h"

#include "events/plover.h"
#include "events/infer.h"
#include "events/literal.h"
#include "events/plover.h"
#include "events/model.h"
#include "events/plover.h"
#include "events/size.h"
#include "events/topic.h"
#include "places/places.h"
#include "time/time.h"

#include <stdio.h>
#include <stdlib.h>

enum { MAX_TRIGGER = 60, WHY = 160, MAX_EVIDENCE = 2000 };

static chy_status open_with(const chy_file *file, chy_arena *arena, chy_slice added, bool only_own, const chy_events_model **out,
                            chy_error *err)
{
    *out = NULL;
    chy_slice frames, classes;
    if (!chy_file_raw(file, "frames", &frames) || !chy_file_raw(file, "classes", &classes))
        return chy_fail(err, CHY_E_DATA, CHY_STAGE_EVENTS, 0, "the data file has no section \"frames\" or \"classes\"");
    if (only_own) frames.n = 0;
    chy_events_model *m = chy_arena_calloc(arena, 1, sizeof *m);
    char *all = chy_arena_alloc(arena, added.n + frames.n);
    if (!m || !all) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_EVENTS, 0, "out of memory");
    if (added.n) memcpy(all, added.p, added.n);
    memcpy(all + added.n, frames.p, frames.n);
    m->added = (chy_slice){all, added.n};
    m->only_own = only_own;
    chy_status st = chy_frames_parse(arena, (chy_slice){all, added.n + frames.n}, classes, &m->frames, err);
    if (st == CHY_OK) *out = m;
    return st;
}

chy_status chy_events_open(const chy_file *file, chy_arena *arena, const chy_events_model **out, chy_error *err)
{
    return open_with(file, arena, (chy_slice){"", 0}, false, out, err);
}

chy_status chy_events_only_own(const chy_events_model *m, const chy_file *file, chy_arena *arena, const chy_events_model **out,
                               chy_error *err)
{
    return open_with(file, arena, m->added, true, out, err);
}

chy_status chy_events_add(const chy_events_model *m, const chy_file *file, chy_arena *arena, chy_slice text, chy_slice name,
                          const chy_events_model **out, chy_error *err)
{
    chy_slice added = chy_arena_printf(arena, "#file %.*s\n%.*s\n%.*s", (int)name.n, name.p, (int)text.n, text.p,
                                       (int)m->added.n, m->added.p);
    *out = NULL;
    if (!added.n) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_EVENTS, 0, "out of memory");
    return open_with(file, arena, added, m->only_own, out, err);
}

/* A dispatch's events in the making. */
typedef struct run {
    const chy_events_model *m;
    chy_work *w;
    chy_gram g;
    CHY_VEC(chy_event) events;
    chy_participants participants;
    CHY_VEC(uint8_t) turned; /* by event before sorting: became AGREE because it is still to come */
    CHY_VEC(uint8_t) bent;   /* by event: its target was its source */
    CHY_VEC(chy_trace) traces;
    uint8_t *taken;       /* tokens whose own frames must not fire: nouns carried by a light verb that has fired */
    uint8_t *told;        /* tokens that a literal frame has coded, and what stands below them */
    uint32_t *within;     /* by event, once sorted */
    uint32_t *content_of; /* by token: the event (index before sorting) whose content it heads, or CHY_NONE */
} run;

static const chy_token *tok(const run *r, uint32_t t) { return &r->w->d->tokens[t]; }

static void trace(run *r, uint32_t t, bool fired, chy_slice frame, const char *reason)
{
    if (!(r->w->flags & CHY_READ_TRACE)) return;
    chy_slice s = chy_arena_copy(r->w->arena, chy_slice_z(reason));
    if (s.p) CHY_PUSH(r->w->arena, &r->traces, (chy_trace){t, fired, frame, s});
}

/* ------------------------------------------------------------- the filter */

static bool has_politics(const run *r, const chy_side *s)
{
    for (uint32_t i = 0; i < s->n; i++)
        if (chy_actor_political(&r->w->d->actors[s->v[i].actor])) return true;
    return false;
}

static const chy_actor *only(const run *r, const chy_side *s) { return s->n == 1 ? &r->w->d->actors[s->v[0].actor] : NULL; }

/* One country on both sides, and the state as such is the target (of mutual acts, either): a misreading, mostly of whose
 * thing it is. Those who rise against their state are not misread. */
static bool to_itself(const run *r, const chy_match *m)
{
    enum { AGAINST = CHY_SEC_REB | CHY_SEC_OPP | CHY_SEC_PRM | CHY_SEC_UAF | CHY_SEC_CRM | CHY_SEC_CVL };
    const chy_actor *a = only(r, &m->source), *b = only(r, &m->target);
    if (!a || !b || !a->country[0] || strcmp(a->country, b->country) != 0) return false;
    unsigned t = m->frame->type;
    bool word = chy_type_quad((chy_type)t) == 3 && t != CHY_ACCUSE; /* nor does it refuse or threaten its own government */
    if (word && a->kind == CHY_ACTOR_STATE && (b->sectors & CHY_SEC_GOV)) return true;
    return (b->kind == CHY_ACTOR_STATE && !(a->sectors & AGAINST)) || (chy_plover_mutual(t) && a->kind == CHY_ACTOR_STATE);
}

static bool kindness(unsigned type)
{
    return chy_type_quad((chy_type)type) <= 2 || type == CHY_REQUEST;
}

/* All of one country. Inside it, words and cooperation are events between those in politics only; arrests and force
 * are events whoever suffers them. */
static bool at_home(const run *r, const chy_match *m)
{
    const chy_actor *first = NULL;
    const chy_side *sides[2] = {&m->source, &m->target};
    for (unsigned k = 0; k < 2; k++)
        for (uint32_t i = 0; i < sides[k]->n; i++) {
            const chy_actor *a = &r->w->d->actors[sides[k]->v[i].actor];
            if (first && strcmp(first->country, a->country) != 0) return false;
            first = a;
        }
    return m->source.n && m->target.n;
}

/* Is every actor of a side, of which there is one, of some of these sectors and of no other? */
static bool all_in(const run *r, const chy_side *s, uint32_t some, uint32_t set)
{
    for (uint32_t i = 0; i < s->n; i++) {
        const chy_actor *a = &r->w->d->actors[s->v[i].actor];
        if (a->kind == CHY_ACTOR_STATE || (some && !(a->sectors & some)) || (a->sectors & ~set)) return false;
    }
    return s->n > 0;
}

/* Is somebody on the side many, or one who protests? Those the police do not seize for a theft. */
static bool crowd(const run *r, const chy_side *s)
{
    chy_words protester = chy_frames_class(r->m->frames, "protester");
    for (uint32_t i = 0; i < s->n; i++) {
        uint32_t m = s->v[i].mention, t = m < r->w->d->n_mentions ? r->w->d->mentions[m].head_token : CHY_NONE;
        if (t < r->w->d->n_tokens && ((tok(r, t)->feats & CHY_FEAT_PLUR) || chy_gram_is(&r->g, t, protester))) return true;
    }
    return false;
}

/* Police and courts among the common people of one country: crime and lawsuits. Those who protest, report or oppose are
 * no common people, nor is a crowd that is shot at or rounded up. */
static bool ordinary_justice(const run *r, const chy_match *m)
{
    enum { LAW = CHY_SEC_COP | CHY_SEC_JUD, COMMON = CHY_SEC_CRM | CHY_SEC_BUS | CHY_SEC_EDU | CHY_SEC_MED | CHY_SEC_AGR };
    unsigned t = m->frame->type;
    bool words = t == CHY_ACCUSE || t == CHY_REJECT || t == CHY_RETREAT || t == CHY_CONSULT;
    bool one = (t == CHY_SANCTION || t == CHY_COERCE) && !crowd(r, &m->target);
    uint32_t common = COMMON | (words || one ? CHY_SEC_CVL : 0);
    if (at_home(r, m) && all_in(r, &m->source, CHY_SEC_JUD, CHY_SEC_JUD) && all_in(r, &m->target, CHY_SEC_JUD, CHY_SEC_JUD)) return true;
    return at_home(r, m) && ((all_in(r, &m->source, LAW, LAW | CHY_SEC_GOV) && all_in(r, &m->target, 0, common)) ||
                             (all_in(r, &m->target, LAW, LAW | CHY_SEC_GOV) && all_in(r, &m->source, 0, common)));
}

/* Acts that only somebody in politics can do; what tourists, firms and thieves do under these words is something else. */
static bool of_office(const chy_match *m)
{
    const chy_frame *f = m->frame;
    const char *mode = f->n_modes ? chy_mode_name(f->modes[0]) : "";
    if (f->type == CHY_COERCE) return strcmp(mode, "cyber") != 0 && strcmp(mode, "misinformation") != 0;
    if (f->type == CHY_CONSULT) return !strcmp(mode, "visit");
    return f->type == CHY_SANCTION || f->type == CHY_MOBILIZE || f->type == CHY_CONCEDE;
}

/* A frame without a word of its own: who says that another must, has to or needs to do something. */
static bool wordless_frame(const chy_frame *f)
{
    return f->name.p[0] == '*' || (f->name.n > 9 && !memcmp(f->name.p, "have|need", 9));
}

/* "should the court set it aside": a condition, no duty. */
static bool inverted(const run *r, const chy_match *m)
{
    uint32_t aux = CHY_NONE, subj = CHY_NONE;
    for (CHY_SOME_CHILDREN(r->w, m->pred, c, n)) {
        if (chy_is_rel(tok(r, c), CHY_REL_AUX) && aux == CHY_NONE) aux = c;
        if (chy_is_rel(tok(r, c), CHY_REL_NSUBJ) && subj == CHY_NONE) subj = c;
    }
    return aux != CHY_NONE && subj != CHY_NONE && aux < subj;
}

/* Force, arrest, release of many, or of those who write, work or learn: by nobody named, it is somebody's in power. */
static bool suffered(const run *r, const chy_match *m)
{
    enum { SINGLED = CHY_SEC_JRN | CHY_SEC_LAB | CHY_SEC_EDU | CHY_SEC_MED | CHY_SEC_REL | CHY_SEC_REF | CHY_SEC_SOC };
    unsigned t = m->frame->type;
    if ((t != CHY_COERCE && t != CHY_ASSAULT && t != CHY_RETREAT) || m->source.n || !m->target.n || m->frame->pos != CHY_PRED_VERB) return false;
    const chy_actor *a = &r->w->d->actors[m->target.v[0].actor];
    return (a->sectors & SINGLED) || crowd(r, &m->target);
}

/* NULL where the match is an event between political actors, else what is amiss. */
static const char *refuse(const run *r, const chy_match *m)
{
    bool from = has_politics(r, &m->source), to = has_politics(r, &m->target);
    if (m->frame->type == CHY_PROTEST && m->source.n) from = true; /* whoever protests */
    /* A frame without a word of its own says little: both must be in politics. */
    bool wordless = wordless_frame(m->frame);
    if (wordless ? !from || !to : !from && !to && !suffered(r, m)) return "no political actor";
    if (wordless && inverted(r, m)) return "a condition";
    if (wordless && all_in(r, &m->source, 0, CHY_SEC_ELI | CHY_SEC_EDU | CHY_SEC_BUS | CHY_SEC_JRN)) return "an expert's advice";
    if (m->source.n && !from && of_office(m) && all_in(r, &m->source, 0, ~(uint32_t)CHY_SEC_REL)) /* a sheikh may rule */
        return "not done by anybody in politics";
    if (ordinary_justice(r, m)) return "ordinary justice";
    if (m->frame->type != CHY_PROTEST && to_itself(r, m)) return "a state does not act on itself";
    /* ... but a state that pardons or lets go one of its own does so to whomever it held */
    bool freed = from && (m->frame->type == CHY_CONCEDE || m->frame->type == CHY_RETREAT);
    if (kindness(m->frame->type) && m->frame->type != CHY_REQUEST && !freed && (!from || !to) && at_home(r, m))
        return "a country's people among themselves";
    return NULL;
}

/* ---------------------------------------------------------------- emitting */

/* The predicate's own words: with its particle or the noun it carries where they stand close by. */
static chy_range trigger(const run *r, const chy_match *m)
{
    const chy_token *t = tok(r, m->pred);
    chy_range at = t->at;
    for (uint32_t i = 0; i < m->words.n; i++) {
        const chy_token *x = tok(r, m->words.v[i]);
        chy_range both = {x->at.begin < at.begin ? x->at.begin : at.begin, x->at.end > at.end ? x->at.end : at.end};
        uint32_t lo = m->words.v[i] < m->pred ? m->words.v[i] : m->pred, hi = m->words.v[i] < m->pred ? m->pred : m->words.v[i];
        bool clause = both.end - both.begin > MAX_TRIGGER;
        for (uint32_t k = lo + 1; k < hi && !clause; k++) clause = tok(r, k)->upos == CHY_UPOS_PUNCT || tok(r, k)->upos == CHY_UPOS_VERB;
        if (!clause) at = both;
    }
    return at;
}

/* The sentence; of a monstrous one the words around the predicate, so that its events do not each repeat it all. */
static chy_range evidence(const run *r, uint32_t sentence, uint32_t pred)
{
    const chy_sentence *s = &r->w->d->sentences[sentence];
    if (s->at.end - s->at.begin <= MAX_EVIDENCE) return s->at;
    uint32_t b = pred, e = pred + 1, last = s->first_token + s->n_tokens;
    while (b > s->first_token && tok(r, pred)->at.begin - tok(r, b - 1)->at.begin < MAX_EVIDENCE / 2) b--;
    while (e < last && tok(r, e)->at.end - tok(r, pred)->at.end < MAX_EVIDENCE / 2) e++;
    return (chy_range){tok(r, b)->at.begin, tok(r, e - 1)->at.end};
}

static uint32_t store_side(run *r, const chy_side *s)
{
    uint32_t first = r->participants.n;
    for (uint32_t i = 0; i < s->n; i++) CHY_PUSH(r->w->arena, &r->participants, s->v[i]);
    return first;
}

/* What is to come is agreed to, not done (PLOVER: a future meeting, support, cooperation or aid is AGREE), and harm
 * that one says one will do is a threat. */
static uint32_t type_of(const run *r, const chy_match *m, bool future)
{
    uint32_t t = m->frame->type;
    if (m->frame->literal) return t;
    if (chy_infer_threat(&r->g, m, future)) return CHY_THREATEN;
    bool turns = t == CHY_CONSULT || t == CHY_SUPPORT || t == CHY_COOPERATE || t == CHY_AID;
    return future && turns ? CHY_AGREE : t;
}

static void emit(run *r, const chy_match *m)
{
    chy_work *w = r->w;
    const chy_dispatch *d = w->d;
    const chy_frame *f = m->frame;
    uint32_t s = chy_sentence_of(d, m->pred);
    chy_when when = chy_time_of(w, m->pred);
    bool future = when.future || chy_gram_future(&r->g, m->pred);
    chy_event e = {
        .type = type_of(r, m, future), .cameo = f->cameo, .sentence = s, .trigger_token = m->pred,
        .trigger = trigger(r, m), .evidence = evidence(r, s, m->pred), .days = when.days, .timex = when.timex,
        .basis = when.basis, .place = CHY_NONE, .status = CHY_REPORTED, .within = CHY_NONE, .frame = f->name,
    };
    if (e.type == f->type) {
        memcpy(e.modes, f->modes, sizeof e.modes);
        e.n_modes = f->n_modes;
    } else {
        e.cameo = e.type == CHY_AGREE ? CHY_LIT("030") : CHY_LIT("130");
    }
    memcpy(e.contexts, f->contexts, sizeof e.contexts);
    e.n_contexts = f->n_contexts;
    e.intensity = chy_plover_intensity((chy_type)e.type, e.modes, e.n_modes);
    e.n_sources = m->source.n, e.first_source = store_side(r, &m->source);
    e.n_targets = m->target.n, e.first_target = store_side(r, &m->target);
    e.place = m->place_token != CHY_NONE ? chy_places_of(w, m->place_token) : CHY_NONE;
    if (e.place == CHY_NONE) e.place = chy_places_of(w, m->pred);
    e.rule = chy_arena_printf(w->arena, "source: %s; target: %s%s", m->source.how ? m->source.how : "none",
                              m->target.how ? m->target.how : "none",
                              e.type != f->type ? "; still to come" : "");
    for (uint32_t i = 0; i < m->content.n; i++)
        if (r->content_of[m->content.v[i]] == CHY_NONE) r->content_of[m->content.v[i]] = r->events.n;
    CHY_PUSH(w->arena, &r->events, e);
    CHY_PUSH(w->arena, &r->turned, (uint8_t)(e.type != f->type));
    CHY_PUSH(w->arena, &r->bent, (uint8_t)m->bent);
}

/* --------------------------------------------------------------- matching */

static bool conflict_within(unsigned carrier, unsigned noun)
{
    /* sanctions lifted, a war ended: one event */
    if (carrier == CHY_CONCEDE || carrier == CHY_RETREAT) return false;
    return chy_type_quad((chy_type)noun) == 4 && chy_type_quad((chy_type)carrier) != 4;
}

/* May frames with this predicate on the noun at t still fire, or does a verb's frame already tell it? */
static bool still_free(const run *r, uint32_t t, const chy_frame *f)
{
    uint8_t by = r->taken[t];
    return !by || conflict_within(by - 1u, f->type);
}

/* "a ceasefire and peace": of coordinated nouns of one type the first is enough. */
static bool told_beside(const run *r, uint32_t t, unsigned type)
{
    uint32_t h = tok(r, t)->deprel == CHY_REL_CONJ ? tok(r, t)->head : CHY_NONE;
    if (h == CHY_NONE || h > t || t - h > 5) return false;
    for (uint32_t i = r->events.n, steps = 0; i-- > 0 && steps < 8; steps++)
        if (r->events.v[i].trigger_token == h) return r->events.v[i].type == type;
    return false;
}

/* What was coded of the predicate that this one hangs on, or NULL. */
static const chy_event *above(const run *r, uint32_t t)
{
    chy_deprel rel = chy_deprel_base((chy_deprel)tok(r, t)->deprel);
    uint32_t h = rel == CHY_REL_ADVCL || rel == CHY_REL_ACL ? tok(r, t)->head : CHY_NONE;
    if (h != CHY_NONE && tok(r, h)->upos == CHY_UPOS_NOUN) h = tok(r, h)->head; /* "sanctions targeting …" */
    for (uint32_t i = r->events.n, steps = 0; h != CHY_NONE && i-- > 0 && steps < 8; steps++)
        if (r->events.v[i].trigger_token == h) return &r->events.v[i];
    return NULL;
}

/* "met to discuss trade", "arrived for talks": one meeting, told once. */
static bool meeting_below(const run *r, const chy_match *m)
{
    if (m->frame->type != CHY_CONSULT) return false;
    const chy_token *t = tok(r, m->pred);
    chy_deprel rel = chy_deprel_base((chy_deprel)t->deprel);
    if (rel != CHY_REL_ADVCL && rel != CHY_REL_XCOMP && rel != CHY_REL_OBL) return false;
    for (uint32_t i = r->events.n, steps = 0; t->head != CHY_NONE && i-- > 0 && steps < 8; steps++) {
        const chy_event *e = &r->events.v[i];
        if (e->trigger_token != t->head) continue;
        bool same = e->type == CHY_CONSULT || (e->type == CHY_AGREE && r->turned.v[i]);
        return same && e->n_sources && m->source.n && r->participants.v[e->first_source].actor == m->source.v[0].actor;
    }
    return false;
}

/* Force below sanctions or help: "announced sanctions, targeting three generals" hurts nobody (false); "supplied Russia
 * with drones to bomb Ukraine": it is who is supplied that bombs. */
static bool force_below(const run *r, chy_match *m)
{
    const chy_event *e = m->frame->type == CHY_ASSAULT && m->frame->pos == CHY_PRED_VERB ? above(r, m->pred) : NULL;
    if (!e) return true;
    if (e->type == CHY_SANCTION) return false;
    if (e->type == CHY_AID && e->n_targets && (tok(r, m->pred)->feats & CHY_FEAT_INF)) {
        m->source.n = 0;
        for (uint32_t i = 0; i < e->n_targets; i++) m->source.v[m->source.n++] = r->participants.v[e->first_target + i];
        m->source.how = "who was helped to it";
    }
    return true;
}

static void predicate(run *r, uint32_t t, unsigned pos, chy_word word)
{
    if (r->told[t]) return;
    chy_frame_list list = chy_frames_of(r->m->frames, word, pos);
    chy_match m;
    char why[WHY];
    for (uint32_t i = 0; i < list.n; i++) {
        const chy_frame *f = list.v[i];
        if (!f->stop && !still_free(r, t, f)) {
            trace(r, t, false, f->name, "told by the verb that carries it");
            continue;
        }
        if (!chy_match_frame(&r->g, NULL, f, t, &m, why)) {
            if (word == r->g.word[t]) trace(r, t, false, f->name, why);
            continue;
        }
        if (f->stop) {
            trace(r, t, false, f->name, "no event in this use");
            return;
        }
        if (meeting_below(r, &m)) {
            trace(r, t, false, f->name, "told by the verb above");
            return;
        }
        if (!force_below(r, &m)) {
            trace(r, t, false, f->name, "said of sanctions, no force");
            continue;
        }
        chy_infer_sides(&r->g, &m);
        if (pos == CHY_PRED_NOUN && told_beside(r, t, f->type)) {
            trace(r, t, false, f->name, "told by the word it is coordinated with");
            return;
        }
        const char *no = refuse(r, &m);
        if (no) {
            trace(r, t, false, f->name, no);
            continue;
        }
        trace(r, t, true, f->name, f->example.n ? "fired" : "");
        emit(r, &m);
        if (m.carried != CHY_NONE) /* "condemned the attack" is two events, "lodged a protest" one */
            r->taken[m.carried] = (uint8_t)((chy_gram_is(&r->g, t, r->g.light) ? (unsigned)CHY_ASSAULT : f->type) + 1);
        return;
    }
}

static void emit_literal(void *r, const chy_match *m) { emit(r, m); }

static void trace_literal(void *r, uint32_t pred, const chy_frame *f, const char *why)
{
    trace(r, pred, !why, f->name, why ? why : "fired");
}

static bool in_name(const run *r, uint32_t t)
{
    const chy_dispatch *d = r->w->d;
    if (tok(r, t)->name != CHY_NAME_O) return true;
    uint32_t m = r->g.cover[t];
    return m != CHY_NONE && d->mentions[m].kind == CHY_MENTION_NAME;
}

/* A headline's verb is easily taken for a noun ("Iran backs Hamas"): one with an object of its own is a verb. */
static bool verb_in_disguise(const run *r, uint32_t t)
{
    bool object = false, subject = false;
    for (CHY_SOME_CHILDREN(r->w, t, c, n)) {
        switch (tok(r, c)->deprel) {
        case CHY_REL_OBJ: object = true; break;
        case CHY_REL_NSUBJ: subject = true; break;
        case CHY_REL_COP: case CHY_REL_DET: case CHY_REL_CASE: return false;
        default: break;
        }
    }
    return object && subject;
}

static void candidates(run *r)
{
    uint32_t n = r->w->d->n_tokens;
    chy_word any = chy_frames_word(r->m->frames, CHY_LIT("*"));
    for (uint32_t t = 0; t < n; t++)
        if (tok(r, t)->upos == CHY_UPOS_VERB) {
            predicate(r, t, CHY_PRED_VERB, r->g.word[t]);
            predicate(r, t, CHY_PRED_VERB, any);
        }
    for (uint32_t t = 0; t < n; t++) {
        if (r->g.word[t] == CHY_NONE) continue;
        unsigned u = tok(r, t)->upos;
        if (u == CHY_UPOS_NOUN && verb_in_disguise(r, t)) predicate(r, t, CHY_PRED_VERB, r->g.word[t]);
        else if (u == CHY_UPOS_ADJ) predicate(r, t, CHY_PRED_ADJ, r->g.word[t]);
        else if ((u == CHY_UPOS_NOUN || u == CHY_UPOS_PROPN) && !in_name(r, t)) predicate(r, t, CHY_PRED_NOUN, r->g.word[t]);
    }
}

/* -------------------------------------------------------------- finishing */

static int by_trigger(const void *a, const void *b)
{
    const chy_event *x = a, *y = b;
    if (x->trigger.begin != y->trigger.begin) return x->trigger.begin < y->trigger.begin ? -1 : 1;
    if (x->trigger.end != y->trigger.end) return x->trigger.end < y->trigger.end ? -1 : 1;
    return x->trigger_token < y->trigger_token ? -1 : x->trigger_token > y->trigger_token;
}

/* The nearest event whose content a predicate stands in, as an index before sorting. */
static void place_within(run *r)
{
    for (uint32_t i = 0; i < r->events.n; i++) {
        uint32_t t = r->events.v[i].trigger_token;
        for (uint32_t steps = 0; t != CHY_NONE && steps < CHY_MAX_CHAIN; steps++, t = tok(r, t)->head)
            if (r->content_of[t] != CHY_NONE && r->content_of[t] != i) {
                r->events.v[i].within = r->content_of[t];
                break;
            }
        /* "pledged to help": the help to come is the pledge, not one more. */
        const chy_event *in = r->events.v[i].within == CHY_NONE ? NULL : &r->events.v[r->events.v[i].within];
        if (in && in->type == CHY_AGREE && r->turned.v[i]) r->events.v[i].n_sources = r->events.v[i].n_targets = 0;
    }
}

static chy_status sort_events(run *r)
{
    uint32_t n = r->events.n;
    uint32_t *new_at = chy_arena_alloc(r->w->arena, (size_t)n * sizeof *new_at);
    if (!new_at) return chy_work_memory(r->w, CHY_STAGE_EVENTS);
    for (uint32_t i = 0; i < n; i++) r->events.v[i].status = i; /* old place, for a moment */
    if (n) qsort(r->events.v, n, sizeof *r->events.v, by_trigger);
    for (uint32_t i = 0; i < n; i++) new_at[r->events.v[i].status] = i;
    for (uint32_t i = 0; i < n; i++) {
        chy_event *e = &r->events.v[i];
        e->status = CHY_REPORTED;
        if (e->within != CHY_NONE) e->within = new_at[e->within];
    }
    uint8_t *bent = chy_arena_alloc(r->w->arena, n);
    if (!bent) return chy_work_memory(r->w, CHY_STAGE_EVENTS);
    for (uint32_t i = 0; i < n; i++) bent[new_at[i]] = r->bent.v[i];
    r->bent.v = bent;
    r->within = new_at;
    for (uint32_t i = 0; i < n; i++) r->within[i] = r->events.v[i].within;
    return CHY_OK;
}

/* A curfew, martial law, censorship: of a government over its own people, whom the news seldom names. */
static bool over_own_people(const chy_event *e)
{
    const char *mode = e->n_modes ? chy_mode_name(e->modes[0]) : "";
    return e->type == CHY_COERCE && e->n_sources && (!strcmp(mode, "curfew") || !strcmp(mode, "martial-law") || !strcmp(mode, "censor") ||
                                                        !strcmp(mode, "restrict"));
}

/* Is one of the sources in politics, and known whose? "As foreign governments demand" is nobody's demand. */
static bool somebody(const run *r, const chy_event *e)
{
    const chy_dispatch *d = r->w->d;
    for (uint32_t i = 0; i < e->n_sources; i++) {
        const chy_actor *a = &d->actors[r->participants.v[e->first_source + i].actor];
        if (chy_actor_political(a) && a->country[0] && strcmp(a->country, "UNK") != 0) return true;
    }
    return false;
}

/* May an event stand with one side only? Of acts of force and posture the news often does not say who or against
 * whom; a demand, a threat or a protest may be addressed to all. What else has one side is mostly misread. */
static bool may_stand(const run *r, const chy_event *e)
{
    if ((e->n_sources && e->n_targets) || over_own_people(e)) return true;
    switch (e->type) {
    case CHY_ASSAULT: return e->n_targets > 0;
    case CHY_COERCE: case CHY_SANCTION: return e->n_targets && tok(r, e->trigger_token)->upos == CHY_UPOS_VERB;
    case CHY_THREATEN:
        if (tok(r, e->trigger_token)->upos == CHY_UPOS_NOUN && e->n_modes == 0) return false; /* "the threats of the modern world" */
        return e->n_sources > 0 && somebody(r, e);
    case CHY_REQUEST: return e->n_sources > 0 && somebody(r, e);
    case CHY_MOBILIZE: case CHY_PROTEST: return e->n_sources > 0;
    case CHY_RETREAT: return e->n_sources && e->n_modes; /* withdraws, disarms, resigns */
    default: return false;
    }
}

/* Drop what may not stand; events that lay within a dropped one lie within what that one lay within. */
static bool drop_halves(run *r)
{
    uint32_t n = r->events.n, kept = 0;
    chy_event *v = r->events.v;
    uint32_t *at = chy_arena_alloc(r->w->arena, (size_t)n * sizeof *at);
    if (!at) return false;
    for (uint32_t i = 0; i < n; i++) {
        at[i] = may_stand(r, &v[i]) ? kept++ : CHY_NONE;
        if (at[i] == CHY_NONE) trace(r, v[i].trigger_token, false, v[i].frame, "only one side of it was found");
    }
    for (uint32_t i = 0; i < n; i++) {
        if (at[i] == CHY_NONE) continue;
        chy_event e = v[i];
        for (uint32_t steps = 0; e.within != CHY_NONE && at[e.within] == CHY_NONE && steps < CHY_MAX_CHAIN; steps++)
            e.within = r->within[e.within];
        e.within = e.within == CHY_NONE || at[e.within] == CHY_NONE ? CHY_NONE : at[e.within];
        v[at[i]] = e;
    }
    r->events.n = kept;
    return true;
}

static uint64_t mix(uint64_t h, const void *p, size_t n) { return chy_hash(p, n, h); }
static uint64_t mix_u32(uint64_t h, uint32_t v)
{
    unsigned char b[4] = {(unsigned char)v, (unsigned char)(v >> 8), (unsigned char)(v >> 16), (unsigned char)(v >> 24)};
    return mix(h, b, sizeof b);
}

static chy_slice hex(chy_arena *a, uint64_t h)
{
    char buf[17];
    chy_hex16(h, buf);
    return chy_arena_copy(a, (chy_slice){buf, 16});
}

static void name_events(run *r)
{
    chy_work *w = r->w;
    const chy_dispatch *d = w->d;
    chy_slice body = chy_text_of(w, d->at);
    uint64_t content = mix_u32(chy_hash(body.p, body.n, 0), d->article);
    uint32_t ordinal = 0;
    for (uint32_t i = 0; i < r->events.n; i++) {
        chy_event *e = &r->events.v[i];
        bool same = i && e->trigger.begin == r->events.v[i - 1].trigger.begin && e->trigger.end == r->events.v[i - 1].trigger.end;
        ordinal = same ? ordinal + 1 : 0;
        uint64_t h = mix_u32(content, e->trigger.begin - d->at.begin);
        h = mix_u32(mix_u32(h, e->trigger.end - d->at.begin), ordinal);
        e->id = hex(w->arena, h);
    }
}

static uint64_t mix_actors(uint64_t h, const chy_dispatch *d, uint32_t first, uint32_t n)
{
    h = mix_u32(h, n);
    for (uint32_t i = 0; i < n; i++) {
        const chy_actor *a = &d->actors[d->participants[first + i].actor];
        h = mix(mix_u32(mix(h, a->country, 3), a->sectors), a->id.p, a->id.n);
    }
    return h;
}

void chy_events_seal(chy_work *w)
{
    const chy_dispatch *d = w->d;
    for (uint32_t i = 0; i < d->n_events; i++) {
        chy_event *e = &w->events[i];
        if (e->status == CHY_NEGATED || e->status == CHY_POSSIBLE || e->status == CHY_PLANNED) e->size = (chy_size){0};
        uint64_t h = mix_u32(chy_hash(e->modes, e->n_modes, e->type), e->status);
        h = mix(mix(h, e->contexts, e->n_contexts), e->cameo.p, e->cameo.n);
        h = mix_actors(mix_actors(h, d, e->first_source, e->n_sources), d, e->first_target, e->n_targets);
        h = mix(h, &e->size, sizeof e->size);
        h = mix_u32(mix_u32(h, (uint32_t)e->days.begin), (uint32_t)e->days.end);
        if (e->place < d->n_places) h = mix(h, d->places[e->place].name.p, d->places[e->place].name.n);
        for (uint32_t k = 0; k < e->n_claims; k++) {
            const chy_claim *c = &d->claims[e->first_claim + k];
            h = mix(mix_u32(h, c->stance), c->agency.p, c->agency.n);
            if (c->actor < d->n_actors) h = mix(h, d->actors[c->actor].id.p, d->actors[c->actor].id.n);
        }
        e->revision = hex(w->arena, h);
    }
}

chy_status chy_events_run(const chy_events_model *m, chy_work *w)
{
    run r = {.m = m, .w = w};
    chy_status st = chy_gram_open(&r.g, w, m->frames);
    if (st != CHY_OK) return st;
    uint32_t n = w->d->n_tokens;
    r.taken = chy_arena_calloc(w->arena, n, 1);
    r.told = chy_arena_calloc(w->arena, n, 1);
    r.content_of = chy_arena_alloc(w->arena, (size_t)n * sizeof *r.content_of);
    if (w->arena->failed) return chy_work_memory(w, CHY_STAGE_EVENTS);
    for (uint32_t t = 0; t < n; t++) r.content_of[t] = CHY_NONE;
    if (chy_frames_literal(m->frames)) {
        chy_literal_sink sink = {emit_literal, w->flags & CHY_READ_TRACE ? trace_literal : NULL, &r};
        if ((st = chy_literal_run(&r.g, &sink, r.told)) != CHY_OK) return st;
    }
    const char *topic = m->only_own ? NULL : chy_topic_off(&r.g);
    if (topic)
        chy_note_add(w, CHY_STAGE_EVENTS, w->d->at.begin, "the story is about %s, not politics: not coded", topic);
    else
        candidates(&r);
    place_within(&r);
    if ((st = sort_events(&r)) != CHY_OK) return st;
    if (!chy_infer_from_before(w->arena, w->d, r.events.v, r.bent.v, r.events.n, &r.participants) || !drop_halves(&r))
        return chy_work_memory(w, CHY_STAGE_EVENTS);
    name_events(&r);
    chy_size_fill(&r.g, r.events.v, r.events.n);
    chy_dispatch *d = w->d;
    d->events = w->events = r.events.v, d->n_events = r.events.n;
    d->participants = r.participants.v, d->n_participants = r.participants.n;
    d->traces = r.traces.v, d->n_traces = r.traces.n;
    chy_events_seal(w);
    return chy_work_memory(w, CHY_STAGE_EVENTS);
}
