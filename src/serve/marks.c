/* SPDX-License-Identifier: Apache-2.0
 *
 * marks.c - what a text has in it, as marks: actors, days, places, voices.
 */
#include "serve/text.h"

#include <stdlib.h>

json_t *chy_text_range(chy_range at, uint32_t origin)
{
    return json_pack("[i,i]", (int)(at.begin > origin ? at.begin - origin : 0), (int)(at.end > origin ? at.end - origin : 0));
}

json_t *chy_text_engine(const char *version, const char *data) { return json_pack("{s:s,s:s}", "version", version, "data", data); }

json_t *chy_text_days(chy_interval days)
{
    if (!chy_interval_known(days)) return json_null();
    return json_pack("{s:o,s:o}", "begin", chy_json_day(days.begin), "end", chy_json_day(days.end));
}

json_t *chy_text_interval(sqlite3_stmt *s, int column)
{
    if (sqlite3_column_type(s, column) == SQLITE_NULL || sqlite3_column_type(s, column + 1) == SQLITE_NULL) return json_null();
    return json_pack("{s:o,s:o}", "begin", chy_json_cell(s, column), "end", chy_json_cell(s, column + 1));
}

json_t *chy_text_actor(const chy_actor *a)
{
    return json_pack("{s:o,s:o,s:s,s:o,s:o}", "id", a->kind == CHY_ACTOR_UNKNOWN ? json_null() : chy_json_slice_or_null(a->id), "name", chy_json_slice(a->name), "country", a->country[0] ? a->country : "UNK", "sector",
                     chy_json_sectors(a->sectors), "role", chy_json_slice_or_null(a->role));
}

/* ---------------------------------------------------------------------- order */

typedef enum kind { ACTOR, DATE, PLACE, CLAIM } kind;

/* One mark: an item of the dispatch, of an actor which of the mention's. */
typedef struct mark {
    chy_range at;
    kind kind;
    uint32_t item, actor;
} mark;

static int by_place(const void *a, const void *b)
{
    const mark *x = a, *y = b;
    if (x->at.begin != y->at.begin) return x->at.begin < y->at.begin ? -1 : 1;
    if (x->at.end != y->at.end) return x->at.end > y->at.end ? -1 : 1;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    if (x->item != y->item) return x->item < y->item ? -1 : 1;
    return x->actor < y->actor ? -1 : x->actor > y->actor;
}

/* From the first to the last of some spans, as much of it as lies in `within`; begin = end where nothing does. */
static chy_range hull(const chy_dispatch *d, uint32_t first, uint32_t n, chy_range within)
{
    chy_range all = {UINT32_MAX, 0};
    for (uint32_t i = 0; i < n; i++) {
        chy_range s = d->spans[first + i];
        if (s.begin < within.begin) s.begin = within.begin;
        if (s.end > within.end) s.end = within.end;
        if (s.begin >= s.end) continue;
        if (s.begin < all.begin) all.begin = s.begin;
        if (s.end > all.end) all.end = s.end;
    }
    return all.begin < all.end ? all : (chy_range){0, 0};
}

static void widen(chy_range *all, chy_range more)
{
    if (more.begin == more.end) return;
    if (more.begin < all->begin) all->begin = more.begin;
    if (more.end > all->end) all->end = more.end;
}

static uint32_t gather(const chy_dispatch *d, chy_range within, mark *out)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->n_mentions; i++)
        for (uint32_t k = 0; k < d->mentions[i].n_actors && chy_text_in(d->mentions[i].at, within); k++) out[n++] = (mark){d->mentions[i].at, ACTOR, i, k};
    for (uint32_t i = 0; i < d->n_timexes; i++)
        if (chy_text_in(d->timexes[i].at, within)) out[n++] = (mark){d->timexes[i].at, DATE, i, 0};
    for (uint32_t i = 0; i < d->n_places; i++)
        if (d->places[i].use == CHY_PLACE_NAME && chy_text_in(d->places[i].at, within)) out[n++] = (mark){d->places[i].at, PLACE, i, 0};
    for (uint32_t i = 0; i < d->n_attributions; i++) {
        const chy_attribution *a = &d->attributions[i];
        if (!a->n_cues || a->attitude || !chy_text_in(d->spans[a->first_cue], within)) continue;
        chy_range all = hull(d, a->first_cue, a->n_cues, within);
        widen(&all, hull(d, a->first_source, a->n_sources, within));
        widen(&all, hull(d, a->first_content, a->n_contents, within));
        if (all.begin < all.end) out[n++] = (mark){all, CLAIM, i, 0};
    }
    return n;
}

/* ---------------------------------------------------------------------- marks */

static json_t *range_or_null(chy_range at, uint32_t origin) { return at.begin == at.end ? json_null() : chy_text_range(at, origin); }

static void tell_place(json_t *v, const chy_place *p)
{
    json_object_set_new(v, "place", json_pack("{s:o,s:o,s:f,s:f}", "name", chy_json_slice(p->name), "country", chy_json_slice_or_null(chy_slice_z(p->country)), "lat", (double)p->lat,
                                              "lon", (double)p->lon));
}

static void tell_voice(json_t *v, const chy_dispatch *d, const chy_attribution *a, chy_range within, uint32_t origin)
{
    json_object_set_new(v, "source", range_or_null(hull(d, a->first_source, a->n_sources, within), origin));
    json_object_set_new(v, "cue", range_or_null(hull(d, a->first_cue, a->n_cues, within), origin));
    json_object_set_new(v, "content", range_or_null(hull(d, a->first_content, a->n_contents, within), origin));
    json_object_set_new(v, "stance", json_string(chy_stance_name(a->stance)));
}

static void tell(json_t *v, const chy_dispatch *d, const mark *m, chy_range within, uint32_t origin)
{
    switch (m->kind) {
    case ACTOR: json_object_set_new(v, "actor", chy_text_actor(&d->actors[d->mention_actors[d->mentions[m->item].first_actor + m->actor]])); break;
    case DATE:
        json_object_set_new(v, "date", chy_text_days(d->timexes[m->item].days));
        json_object_set_new(v, "value", chy_json_slice(d->timexes[m->item].value));
        break;
    case PLACE: tell_place(v, &d->places[m->item]); break;
    case CLAIM: tell_voice(v, d, &d->attributions[m->item], within, origin); break;
    }
}

json_t *chy_text_marks(const chy_dispatch *d, chy_range within, uint32_t origin)
{
    static const char *const kinds[] = {"actor", "date", "place", "claim"};
    size_t most = (size_t)d->n_timexes + d->n_places + d->n_attributions + 1;
    for (uint32_t i = 0; i < d->n_mentions; i++) most += d->mentions[i].n_actors;
    mark *all = malloc(most * sizeof *all);
    json_t *list = json_array();
    if (!all || !list) {
        free(all);
        json_decref(list);
        return NULL;
    }
    uint32_t n = gather(d, within, all);
    if (n) qsort(all, n, sizeof *all, by_place);
    for (uint32_t i = 0; i < n; i++) {
        json_t *v = json_pack("{s:s,s:o}", "kind", kinds[all[i].kind], "range", chy_text_range(all[i].at, origin));
        tell(v, d, &all[i], within, origin);
        json_array_append_new(list, v);
    }
    free(all);
    return list;
}

/* ---------------------------------------------------------------- explanations */

const chy_sentence *chy_text_sentence(const chy_dispatch *d, uint32_t at)
{
    for (uint32_t i = 0; i < d->n_sentences; i++)
        if (d->sentences[i].at.begin <= at && at < d->sentences[i].at.end) return &d->sentences[i];
    return NULL;
}

static json_t *tokens(const chy_dispatch *d, const chy_sentence *s)
{
    json_t *list = json_array();
    for (uint32_t i = s->first_token; i < s->first_token + s->n_tokens; i++) {
        const chy_token *t = &d->tokens[i];
        json_array_append_new(list, json_pack("{s:o,s:o,s:s,s:s,s:i,s:o}", "form", chy_json_slice(t->form), "lemma", chy_json_slice(t->lemma), "upos", chy_upos_name(t->upos), "deprel",
                                              chy_deprel_name(t->deprel), "head", t->head == CHY_NONE ? -1 : (int)(t->head - s->first_token), "range",
                                              chy_text_range(t->at, s->at.begin)));
    }
    return list;
}

static json_t *frames(const chy_dispatch *d, const chy_sentence *s)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < d->n_traces; i++) {
        const chy_trace *t = &d->traces[i];
        if (t->token < s->first_token || t->token >= s->first_token + s->n_tokens) continue;
        json_array_append_new(list, json_pack("{s:o,s:s,s:o,s:b,s:o}", "frame", chy_json_slice(t->frame), "type", t->type < CHY_N_TYPE ? chy_type_name(t->type) : "", "trigger",
                                              chy_text_range(d->tokens[t->token].at, s->at.begin), "fired", (int)t->fired, "reason", chy_json_slice(t->reason)));
    }
    return list;
}

static json_t *names(const chy_dispatch *d, uint32_t first, uint32_t n)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < n; i++) json_array_append_new(list, chy_json_slice(d->actors[d->participants[first + i].actor].name));
    return list;
}

static json_t *events(const chy_dispatch *d, const chy_sentence *s)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < d->n_events; i++) {
        const chy_event *e = &d->events[i];
        if (!chy_text_in(e->trigger, s->at)) continue;
        json_array_append_new(list, json_pack("{s:s,s:o,s:o,s:s,s:o,s:o,s:o}", "type", chy_type_name(e->type), "frame", chy_json_slice(e->frame), "rule", chy_json_slice(e->rule), "status",
                                              chy_event_status_name(e->status), "source", names(d, e->first_source, e->n_sources), "target",
                                              names(d, e->first_target, e->n_targets), "trigger", chy_text_range(e->trigger, s->at.begin)));
    }
    return list;
}

json_t *chy_text_explain(const chy_serve *serve, const chy_page *page, const chy_dispatch *d, const chy_sentence *s)
{
    return json_pack("{s:o,s:o,s:o,s:o,s:o,s:o}", "text", chy_json_slice(chy_page_cut(page, s->at)), "tokens", tokens(d, s), "marks",
                     chy_text_marks(d, s->at, s->at.begin), "frames", frames(d, s), "events", events(d, s), "engine",
                     chy_text_engine(CHY_VERSION, chy_data_hash(serve->data)));
}
