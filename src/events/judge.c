/* SPDX-License-Identifier: Apache-2.0 */
#include "events/judge.h"

#include "events/filter.h"
#include "events/plover.h"
#include "events/propose.h"
#include "events/reader.h"
#include "events/sides.h"

#include <stdio.h>
#include <stdlib.h>

enum { FOREST_SCREEN, FOREST_SOURCE, FOREST_TARGET, FOREST_KEEP };
enum { NEAR = 3, ABOVE = 3,
       HOPELESS = -3 * CHY_READER_UNIT, /* the reader's log-odds of any event below which nothing is looked at twice */
       STORY = 6 }; /* sentences from which a text is such a story as the judge knows; of shorter ones it drops nothing */

chy_status chy_judge_open(const chy_file *file, chy_arena *arena, const chy_forests **out, chy_error *err)
{
    static const uint32_t n[CHY_N_FOREST] = {CHY_N_READING_FEATURES, CHY_N_OPTION_FEATURES, CHY_N_OPTION_FEATURES, CHY_N_READING_FEATURES};
    *out = NULL;
    chy_slice section;
    if (!chy_file_raw(file, "judge", &section)) return CHY_OK;
    chy_forests *m = chy_arena_calloc(arena, 1, sizeof *m);
    if (!m) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_EVENTS, 0, "out of memory");
    chy_status st = chy_forests_open(section, n, m, err);
    if (st == CHY_OK) *out = m;
    return st;
}

/* A reading that has been judged. */
typedef struct verdict {
    chy_event e;
    int32_t confidence; /* thousandths */
    bool own;           /* an event of the frames, both sides of it found or one that may stand alone */
    bool added;         /* a spare reading */
} verdict;

typedef struct judging {
    const chy_forests *m;
    chy_event_run *r;
    chy_story story;
    CHY_VEC(verdict) verdicts;
    chy_participants participants;
    uint32_t *fired;          /* by token: the event of the frames that it heads, or CHY_NONE */
    chy_options options;
    int16_t x[CHY_N_READING_FEATURES];
} judging;

static const chy_token *tok(const judging *j, uint32_t t) { return &j->r->w->d->tokens[t]; }
static int16_t cap(uint32_t v, uint32_t most) { return (int16_t)(v < most ? v : most); }

/* ---------------------------------------------------------------- features */

static int16_t refusal(const char *why)
{
    static const char *const reasons[] = {"no political actor", "a condition", "an expert's advice", "not done by anybody in politics",
                                          "ordinary justice", "a state does not act on itself", "a country's people among themselves"};
    for (unsigned i = 0; why && i < sizeof reasons / sizeof *reasons; i++)
        if (!strcmp(why, reasons[i])) return (int16_t)(i + 1);
    return why ? 63 : 0;
}

static int16_t refused(const judging *j, const chy_match *m)
{
    return m->frame ? refusal(chy_filter_refuse(&j->r->g, m)) : 0;
}

/* The event as it would stand, for the filter's questions. */
static bool stands(const judging *j, const chy_reading *x)
{
    chy_participant p[2 * CHY_MAX_PARTICIPANTS];
    const chy_match *m = &x->m;
    chy_event e = {.type = x->type, .trigger_token = m->pred, .n_sources = m->source.n, .first_target = m->source.n, .n_targets = m->target.n};
    if (m->frame && x->type == m->frame->type) memcpy(e.modes, m->frame->modes, sizeof e.modes), e.n_modes = m->frame->n_modes;
    memcpy(p, m->source.v, m->source.n * sizeof *p);
    memcpy(p + m->source.n, m->target.v, m->target.n * sizeof *p);
    return chy_filter_stands(&j->r->g, &e, p);
}

static int16_t form(const chy_token *t)
{
    return t->feats & CHY_FEAT_INF ? 1 : t->feats & CHY_FEAT_GER ? 2 : t->feats & CHY_FEAT_PASS ? 3 : t->feats & CHY_FEAT_PART ? 4
         : t->feats & CHY_FEAT_PAST ? 5 : t->feats & CHY_FEAT_PRES ? 6 : 0;
}

static int16_t determiner(chy_slice s)
{
    static const char *const words[] = {"the", "a", "an", "no", "any", "this", "that", "these", "those", "some", "all", "its", "their", "his"};
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
        if (chy_slice_eqz(s, words[i])) return (int16_t)(i + 1);
    return 63;
}

static void of_children(const judging *j, uint32_t p, int16_t *v)
{
    for (CHY_SOME_CHILDREN(j->r->w, p, c, n)) {
        const chy_token *t = tok(j, c);
        switch (chy_deprel_base((chy_deprel)t->deprel)) {
        case CHY_REL_NSUBJ: v[CHY_R_subject] = 1; break;
        case CHY_REL_OBJ: v[CHY_R_object] = 1; break;
        case CHY_REL_DET: case CHY_REL_NMOD: if (t->deprel == CHY_REL_DET || t->deprel == CHY_REL_NMOD_POSS) v[CHY_R_det] = determiner(t->norm); else v[CHY_R_phrase] = 1; break;
        case CHY_REL_OBL: v[CHY_R_phrase] = 1; break;
        case CHY_REL_MARK: v[CHY_R_mark] = 1; break;
        case CHY_REL_AUX: if (t->deprel == CHY_REL_AUX && !(t->feats & CHY_FEAT_PAST)) v[CHY_R_modal] = 1; break;
        case CHY_REL_NUMMOD: v[CHY_R_amount] = 1; break;
        default: break;
        }
    }
}

/* Events of the frames round the predicate. */
static void of_neighbours(const judging *j, uint32_t p, int16_t *v)
{
    const chy_dispatch *d = j->r->w->d;
    const chy_sentence *s = &d->sentences[chy_sentence_of(d, p)];
    uint32_t end = s->first_token + s->n_tokens;
    for (uint32_t t = p > s->first_token + NEAR ? p - NEAR : s->first_token; t < end && t <= p + NEAR; t++)
        v[CHY_R_fired_near] |= t != p && j->fired[t] != CHY_NONE;
    uint32_t t = tok(j, p)->head;
    for (uint32_t i = 1; t != CHY_NONE && i <= ABOVE; i++, t = tok(j, t)->head)
        if (j->fired[t] != CHY_NONE) {
            v[CHY_R_fired_above] = (int16_t)i, v[CHY_R_fired_type] = (int16_t)(j->r->events.v[j->fired[t]].type + 1);
            break;
        }
    v[CHY_R_fired] = j->fired[p] != CHY_NONE;
    v[CHY_R_story_events] = cap(j->r->events.n, 20);
}

/* What the reader of triggers makes of the word. */
static void of_reader(judging *j, uint32_t p, uint32_t type)
{
    const chy_work *w = j->r->w;
    int best = CHY_READER_NEVER;
    for (unsigned t = 0; t < CHY_N_TYPE; t++)
        if (t != type && chy_reader_score(w, p, t) > best) best = chy_reader_score(w, p, t);
    int own = chy_reader_score(w, p, type), gap = own - best;
    j->x[CHY_R_read_any] = (int16_t)chy_reader_any(w, p), j->x[CHY_R_read_type] = (int16_t)own;
    j->x[CHY_R_read_gap] = (int16_t)(gap > 8191 ? 8191 : gap < -8191 ? -8191 : gap);
}

static void before_sides(judging *j, const chy_reading *x)
{
    const chy_event_run *r = j->r;
    const chy_dispatch *d = r->w->d;
    const chy_match *m = &x->m;
    uint32_t p = m->pred, si = chy_sentence_of(d, p);
    const chy_token *t = tok(j, p);
    const chy_sentence *s = &d->sentences[si];
    int16_t *v = j->x;
    memset(j->x, 0, sizeof j->x);
    v[CHY_R_type] = (int16_t)x->type, v[CHY_R_pos] = t->upos, v[CHY_R_fate] = (int16_t)x->fate, v[CHY_R_rel] = t->deprel;
    v[CHY_R_head_pos] = t->head == CHY_NONE ? 63 : tok(j, t->head)->upos;
    v[CHY_R_passive] = chy_gram_passive(&r->g, p), v[CHY_R_to_come] = x->future;
    if (m->frame) {
        v[CHY_R_conditions] = cap(m->frame->n_conds, 6), v[CHY_R_modes] = cap(m->frame->n_modes, 2);
        v[CHY_R_wordless] = m->frame->name.n && m->frame->name.p[0] == '*';
    }
    v[CHY_R_n_source] = cap(m->source.n, 4), v[CHY_R_n_target] = cap(m->target.n, 4);
    v[CHY_R_way_source] = (int16_t)chy_sides_way(m->source.how), v[CHY_R_way_target] = (int16_t)chy_sides_way(m->target.how);
    v[CHY_R_refusal] = refused(j, m), v[CHY_R_stands] = stands(j, x);
    v[CHY_R_block] = s->block < d->n_blocks ? (int16_t)d->blocks[s->block].kind : 63;
    v[CHY_R_quoted] = t->quote != CHY_NONE, v[CHY_R_sentence] = cap(si, 40), v[CHY_R_length] = cap(s->n_tokens, 80);
    uint32_t k = chy_sides_mention_from(d, s->first_token), n = 0;
    for (; k < d->n_mentions && d->mentions[k].head_token < s->first_token + s->n_tokens && n < 20; k++, n++)
        v[CHY_R_political] = (int16_t)(v[CHY_R_political] + (d->mentions[k].n_actors && chy_actor_political(&d->actors[d->mention_actors[d->mentions[k].first_actor]])));
    v[CHY_R_mentions] = (int16_t)n;
    v[CHY_R_plural] = (t->feats & CHY_FEAT_PLUR) != 0, v[CHY_R_form] = form(t);
    of_children(j, p, v);
    of_neighbours(j, p, v);
    of_reader(j, p, x->type);
}

static void of_choice(judging *j, const chy_reading *x, const chy_option *s, const chy_option *t)
{
    int16_t *v = j->x;
    const int16_t *a = s->x, *b = t->x;
    v[CHY_R_source_own] = s->who.n ? a[CHY_O_as_source] : !x->m.source.n, v[CHY_R_target_own] = t->who.n ? b[CHY_O_as_target] : !x->m.target.n;
    v[CHY_R_s_actors] = a[CHY_O_actors], v[CHY_R_s_kind] = a[CHY_O_kind], v[CHY_R_s_actor] = a[CHY_O_actor_kind];
    v[CHY_R_s_political] = a[CHY_O_political], v[CHY_R_s_known] = a[CHY_O_known], v[CHY_R_s_back] = a[CHY_O_back], v[CHY_R_s_prep] = a[CHY_O_prep];
    v[CHY_R_s_share] = a[CHY_O_share], v[CHY_R_s_acted] = a[CHY_O_acted], v[CHY_R_s_up] = a[CHY_O_up], v[CHY_R_s_down] = a[CHY_O_down];
    v[CHY_R_t_actors] = b[CHY_O_actors], v[CHY_R_t_kind] = b[CHY_O_kind], v[CHY_R_t_actor] = b[CHY_O_actor_kind];
    v[CHY_R_t_political] = b[CHY_O_political], v[CHY_R_t_known] = b[CHY_O_known], v[CHY_R_t_back] = b[CHY_O_back], v[CHY_R_t_prep] = b[CHY_O_prep];
    v[CHY_R_t_share] = b[CHY_O_share], v[CHY_R_t_suffered] = b[CHY_O_suffered], v[CHY_R_t_up] = b[CHY_O_up], v[CHY_R_t_down] = b[CHY_O_down];
    const chy_actor *actors = j->r->w->d->actors;
    if (s->who.n) v[CHY_R_s_group] = (int16_t)chy_sides_group(actors[s->who.v[0].actor].sectors);
    if (t->who.n) v[CHY_R_t_group] = (int16_t)chy_sides_group(actors[t->who.v[0].actor].sectors);
    v[CHY_R_home] = s->who.n && t->who.n && !strcmp(actors[s->who.v[0].actor].country, actors[t->who.v[0].actor].country);
    chy_match m = x->m;
    m.source = s->who, m.target = t->who;
    v[CHY_R_refusal_now] = refused(j, &m);
}

/* ------------------------------------------------------------------ choice */

static bool apart(const chy_side *a, const chy_side *b)
{
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < b->n; k++)
            if (a->v[i].actor == b->v[k].actor) return false;
    return true;
}

/* The best score of an option other than one. */
static int32_t second(const int32_t *score, uint32_t n, uint32_t best)
{
    int32_t most = INT32_MIN;
    for (uint32_t i = 0; i < n; i++)
        if (i != best && score[i] > most) most = score[i];
    return n > 1 ? most : score[best];
}

/* Source and target: the two options, apart from each other and not both nobody, whose scores are highest together. */
static void choose(judging *j, uint32_t *source, uint32_t *target)
{
    const chy_options *o = &j->options;
    int32_t s[CHY_MAX_OPTIONS], t[CHY_MAX_OPTIONS], most = INT32_MIN;
    for (uint32_t i = 0; i < o->n; i++) {
        s[i] = chy_forest_score(&j->m->forest[FOREST_SOURCE], o->v[i].x);
        t[i] = chy_forest_score(&j->m->forest[FOREST_TARGET], o->v[i].x);
    }
    *source = *target = 0;
    for (uint32_t i = 0; i < o->n; i++)
        for (uint32_t k = 0; k < o->n; k++)
            if ((i || k) && s[i] + t[k] > most && apart(&o->v[i].who, &o->v[k].who)) most = s[i] + t[k], *source = i, *target = k;
    int16_t *v = j->x;
    int32_t unit = CHY_FOREST_UNIT / 16;
    v[CHY_R_source] = (int16_t)(s[*source] / unit), v[CHY_R_target] = (int16_t)(t[*target] / unit);
    v[CHY_R_source_gap] = (int16_t)((s[*source] - second(s, o->n, *source)) / unit);
    v[CHY_R_target_gap] = (int16_t)((t[*target] - second(t, o->n, *target)) / unit);
}

/* --------------------------------------------------------------- for training */

static chy_slice numbers(chy_arena *a, chy_slice head, const int16_t *x, uint32_t n)
{
    char buf[CHY_N_READING_FEATURES * 7 + CHY_N_OPTION_FEATURES * 7];
    size_t at = 0;
    for (uint32_t i = 0; i < n; i++) at += (size_t)snprintf(buf + at, sizeof buf - at, " %d", x[i]);
    return chy_arena_printf(a, "%.*s%.*s", (int)head.n, head.p, (int)at, buf);
}

static void log_reading(judging *j, const chy_reading *x, uint32_t source, uint32_t target)
{
    const chy_dispatch *d = j->r->w->d;
    chy_arena *a = j->r->w->arena;
    chy_event e = chy_events_make(j->r, &x->m, x->type);
    chy_slice head = chy_arena_printf(a, "R %u %u %s %u %u", e.trigger.begin, e.trigger.end, chy_type_name(x->type), source, target);
    CHY_PUSH(a, &j->r->traces, (chy_trace){x->m.pred, 0, e.frame, numbers(a, head, j->x, CHY_N_READING_FEATURES), x->type});
    for (uint32_t i = 0; i < j->options.n; i++) {
        const chy_option *o = &j->options.v[i];
        head = CHY_LIT("O ");
        for (uint32_t k = 0; k < o->who.n; k++) {
            uint32_t m = o->who.v[k].mention;
            chy_range at = m < d->n_mentions ? d->mentions[m].at : (chy_range){0, 0};
            head = chy_arena_printf(a, "%.*s%s%s:%u:%u", (int)head.n, head.p, k ? "," : "", d->actors[o->who.v[k].actor].country, at.begin, at.end);
        }
        if (!o->who.n) head = CHY_LIT("O -");
        CHY_PUSH(a, &j->r->traces, (chy_trace){x->m.pred, 0, e.frame, numbers(a, head, o->x, CHY_N_OPTION_FEATURES), x->type});
    }
}

/* ------------------------------------------------------------------- verdicts */

static void store(judging *j, const chy_side *s, uint32_t *first, uint32_t *n)
{
    *first = j->participants.n, *n = s->n;
    for (uint32_t i = 0; i < s->n; i++) CHY_PUSH(j->r->w->arena, &j->participants, s->v[i]);
}

/* A frame that the user added: whoever writes one wants its events as it gives them. */
static bool users(const chy_event_run *r, const chy_frame *f)
{
    chy_slice a = r->m->added;
    return f && a.n && f->name.p >= a.p && f->name.p < a.p + a.n;
}

static void trace(judging *j, const chy_reading *x, bool fired, int32_t sure)
{
    chy_event_run *r = j->r;
    if (!(r->w->flags & CHY_READ_TRACE)) return;
    chy_slice why = chy_arena_printf(r->w->arena, "%s by the judge, confidence 0.%03d", fired ? "kept" : "dropped", (int)sure);
    CHY_PUSH(r->w->arena, &r->traces, (chy_trace){x->m.pred, fired, x->m.frame ? x->m.frame->name : (chy_slice){"", 0}, why, x->type});
}

/* The options that a frame itself gives its sides. */
static void as_given(const chy_options *o, uint32_t *source, uint32_t *target)
{
    *source = *target = 0;
    for (uint32_t i = 1; i < o->n; i++) {
        if (o->v[i].x[CHY_O_as_source]) *source = i;
        if (o->v[i].x[CHY_O_as_target]) *target = i;
    }
}

static void judge(judging *j, const chy_reading *x)
{
    chy_event_run *r = j->r;
    bool log = r->w->flags & CHY_READ_JUDGE_LOG;
    before_sides(j, x);
    if (!x->own && !log && chy_forest_score(&j->m->forest[FOREST_SCREEN], j->x) < 0) return;
    chy_sides_options(r, &j->story, x, &j->options);
    uint32_t si, ti;
    bool sound = x->own && j->x[CHY_R_stands];
    choose(j, &si, &ti);
    if (sound) as_given(&j->options, &si, &ti);
    const chy_option *s = &j->options.v[si], *t = &j->options.v[ti];
    of_choice(j, x, s, t);
    if (log) log_reading(j, x, si, ti);
    int32_t sure = chy_forests_confidence(j->m, chy_forest_score(&j->m->forest[FOREST_KEEP], j->x));
    bool stays = sound && (users(r, x->m.frame) || r->w->d->n_sentences < STORY);
    bool keep = stays || sure >= (sound ? j->m->keep : j->m->add);
    if (keep != (x->own != NULL)) trace(j, x, keep, sure);
    if (!keep) return;
    verdict v = {.e = x->own ? *x->own : chy_events_make(r, &x->m, x->type), .confidence = sure, .own = sound, .added = !x->own};
    if (!x->own || !j->x[CHY_R_source_own] || !j->x[CHY_R_target_own])
        v.e.rule = chy_arena_printf(r->w->arena, "source: %s; target: %s; chosen by the judge", s->who.n ? s->way : "none", t->who.n ? t->way : "none");
    store(j, &s->who, &v.e.first_source, &v.e.n_sources);
    store(j, &t->who, &v.e.first_target, &v.e.n_targets);
    v.e.confidence = (float)sure / 1000.0f;
    CHY_PUSH(r->w->arena, &j->verdicts, v);
    for (uint32_t i = 0; !x->own && i < x->m.content.n; i++)
        if (r->content_at[x->m.content.v[i]] == CHY_NONE) r->content_at[x->m.content.v[i]] = x->m.pred;
}

static void side_of(const chy_event_run *r, uint32_t first, uint32_t n, const char *how, chy_side *out)
{
    *out = (chy_side){.n = n < CHY_MAX_PARTICIPANTS ? n : CHY_MAX_PARTICIPANTS, .how = n && !how ? "told elsewhere" : n ? how : NULL};
    if (out->n) memcpy(out->v, r->participants.v + first, out->n * sizeof *out->v);
}

static void judge_own(judging *j)
{
    const chy_event_run *r = j->r;
    for (uint32_t i = 0; i < r->events.n; i++) {
        const chy_event *e = &r->events.v[i];
        chy_reading x = {.m = {.frame = r->ways.v[i].frame, .pred = e->trigger_token, .place_token = CHY_NONE, .carried = CHY_NONE},
                         .type = e->type, .future = chy_events_future(r, e->trigger_token), .fate = CHY_FATE_FIRED, .own = e};
        side_of(r, e->first_source, e->n_sources, r->ways.v[i].source, &x.m.source);
        side_of(r, e->first_target, e->n_targets, r->ways.v[i].target, &x.m.target);
        judge(j, &x);
    }
}

static void judge_spares(judging *j)
{
    chy_event_run *r = j->r;
    bool log = r->w->flags & CHY_READ_JUDGE_LOG;
    for (uint32_t i = 0; i < r->spares.n; i++) {
        const chy_spare *s = &r->spares.v[i];
        if (r->w->reader && !log && chy_reader_any(r->w, s->pred) < HOPELESS) continue;
        chy_reading x = {.fate = (chy_fate)s->fate, .future = chy_events_future(r, s->pred)};
        if (s->frame) {
            chy_match_loosely(&r->g, s->frame, s->pred, &x.m);
            chy_infer_sides(&r->g, &x.m);
            x.type = chy_events_type(r, &x.m, x.future);
        } else {
            if (!chy_propose(&r->g, s->pred, s->type, &x.m)) x.m = (chy_match){.pred = s->pred, .place_token = CHY_NONE, .carried = CHY_NONE};
            x.type = s->type;
        }
        judge(j, &x);
    }
}

/* ------------------------------------------------------------------ the end */

static bool overlap(const verdict *a, const verdict *b) { return a->e.trigger.begin < b->e.trigger.end && b->e.trigger.begin < a->e.trigger.end; }

static int by_trigger(const void *a, const void *b)
{
    const verdict *x = a, *y = b;
    int c = chy_events_by_trigger(&x->e, &y->e);
    if (c) return c;
    if (x->own != y->own) return x->own ? -1 : 1;
    if (x->added != y->added) return x->added ? 1 : -1;
    return x->e.type < y->e.type ? -1 : x->e.type > y->e.type;
}

/* Of readings of the same words the frames' own stands, else the surer one; what the frames coded twice on purpose stays. */
static void settle(judging *j)
{
    chy_event_run *r = j->r;
    verdict *v = j->verdicts.v;
    uint32_t n = j->verdicts.n, kept = 0;
    if (n) qsort(v, n, sizeof *v, by_trigger);
    for (uint32_t i = 0; i < n; i++) {
        if (kept && overlap(&v[kept - 1], &v[i]) && (v[kept - 1].added || v[i].added)) {
            bool better = v[i].own != v[kept - 1].own ? v[i].own : v[i].confidence > v[kept - 1].confidence;
            if (better) v[kept - 1] = v[i];
            continue;
        }
        v[kept++] = v[i];
    }
    r->events.n = 0;
    for (uint32_t i = 0; i < kept; i++) CHY_PUSH(r->w->arena, &r->events, v[i].e);
    r->participants = j->participants;
}

/* The nearest event whose content a predicate stands in. */
static void within(judging *j)
{
    chy_event_run *r = j->r;
    uint32_t *at = j->fired;
    for (uint32_t t = 0; t < r->w->d->n_tokens; t++) at[t] = CHY_NONE;
    for (uint32_t i = r->events.n; i-- > 0;) at[r->events.v[i].trigger_token] = i;
    for (uint32_t i = 0; i < r->events.n; i++) {
        chy_event *e = &r->events.v[i];
        e->within = CHY_NONE;
        uint32_t t = e->trigger_token;
        for (uint32_t steps = 0; t != CHY_NONE && steps < CHY_MAX_CHAIN; steps++, t = tok(j, t)->head) {
            uint32_t p = r->content_at[t];
            if (p == CHY_NONE || at[p] == CHY_NONE || at[p] == i || p == e->trigger_token) continue;
            e->within = at[p];
            break;
        }
    }
}

bool chy_judge_run(const chy_forests *m, chy_event_run *r)
{
    judging *j = chy_arena_calloc(r->w->arena, 1, sizeof *j);
    if (!j) return false;
    j->m = m, j->r = r;
    if (!r->events.n && !r->spares.n) return !r->w->arena->failed;
    j->fired = chy_arena_alloc(r->w->arena, r->w->d->n_tokens * sizeof *j->fired);
    if (!j->fired || !chy_story_open(&j->story, r)) return false;
    for (uint32_t t = 0; t < r->w->d->n_tokens; t++) j->fired[t] = CHY_NONE;
    for (uint32_t i = r->events.n; i-- > 0;) j->fired[r->events.v[i].trigger_token] = i;
    judge_own(j);
    judge_spares(j);
    settle(j);
    within(j);
    return !r->w->arena->failed;
}
