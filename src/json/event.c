/* SPDX-License-Identifier: Apache-2.0 */
#include "json/json.h"

#include <stdlib.h>

json_t *chy_json_slice(chy_slice s)
{
    json_t *v = json_stringn(s.n ? s.p : "", s.n);
    return v ? v : json_null();
}

json_t *chy_json_slice_or_null(chy_slice s) { return s.n ? chy_json_slice(s) : json_null(); }

json_t *chy_json_day(chy_day d)
{
    if (d == CHY_NO_DAY) return json_null();
    char buf[11];
    chy_day_format(d, buf);
    return json_string(buf);
}

json_t *chy_json_sectors(uint32_t bits)
{
    json_t *v = json_array();
    for (unsigned b = 0; b < CHY_N_SECTOR; b++)
        if (bits >> b & 1) json_array_append_new(v, json_string(chy_sector_name(b)));
    return v;
}

/* ------------------------------------------------------------------- an event */

static json_t *j_actor(const chy_page *page, const chy_dispatch *d, uint32_t mention, uint32_t actor, uint32_t sectors)
{
    json_t *v = json_object();
    if (mention != CHY_NONE) {
        chy_range at = d->mentions[mention].at;
        json_object_set_new(v, "text", chy_json_slice(chy_page_cut(page, at)));
        json_object_set_new(v, "begin", json_integer(at.begin));
        json_object_set_new(v, "end", json_integer(at.end));
    }
    const chy_actor *a = &d->actors[actor];
    json_object_set_new(v, "id", chy_json_slice(a->id));
    if (a->code.n) json_object_set_new(v, "code", chy_json_slice(a->code));
    json_object_set_new(v, "name", chy_json_slice(a->name));
    json_object_set_new(v, "country", json_string(a->country));
    json_object_set_new(v, "sector", chy_json_sectors(sectors));
    json_object_set_new(v, "role", chy_json_slice_or_null(a->role));
    return v;
}

static json_t *side(const chy_page *page, const chy_dispatch *d, uint32_t first, uint32_t n)
{
    json_t *v = json_array();
    for (const chy_participant *p = d->participants + first; p < d->participants + first + n; p++) json_array_append_new(v, j_actor(page, d, p->mention, p->actor, p->sectors));
    return v;
}

/* One day for those who want one: the last that the range allows, where it is not wider than a year. */
static chy_day one_day(const chy_dispatch *d)
{
    return (int64_t)d->published.end - d->published.begin <= 366 ? d->published.end : CHY_NO_DAY;
}

static json_t *j_interval(chy_interval i)
{
    return chy_interval_known(i) ? json_pack("[o,o]", chy_json_day(i.begin), chy_json_day(i.end)) : json_null();
}

static json_t *j_dispatch(const chy_dispatch *d, chy_slice id)
{
    json_t *v = json_object(), *agencies = json_array();
    json_object_set_new(v, "id", json_loadb(id.p ? id.p : "", id.n, JSON_DECODE_ANY, NULL));
    json_object_set_new(v, "article", json_integer(d->article));
    for (uint32_t i = 0; i < d->n_agencies; i++) json_array_append_new(agencies, chy_json_slice(d->agencies[i]));
    json_object_set_new(v, "title", chy_json_slice_or_null(d->title));
    json_object_set_new(v, "url", chy_json_slice_or_null(d->url));
    json_object_set_new(v, "publisher", chy_json_slice_or_null(d->publisher));
    json_object_set_new(v, "agency", agencies);
    json_object_set_new(v, "published", chy_json_day(one_day(d)));
    json_object_set_new(v, "published_range", j_interval(d->published));
    json_object_set_new(v, "published_basis", json_string(chy_basis_name(d->published_basis)));
    if (d->published_why.n) json_object_set_new(v, "published_why", chy_json_slice(d->published_why));
    return v;
}

static json_t *j_claim(const chy_page *page, const chy_dispatch *d, const chy_claim *c)
{
    json_t *v = json_object(), *by;
    if (c->actor != CHY_NONE) by = j_actor(page, d, c->mention, c->actor, c->sectors);
    else by = json_pack("{s:o}", "name", chy_json_slice(c->agency));
    json_object_set_new(v, "by", by);
    json_object_set_new(v, "stance", json_string(chy_stance_name(c->stance)));
    json_object_set_new(v, "cue", json_pack("{s:o,s:i,s:i}", "text", chy_json_slice(chy_page_cut(page, c->cue)), "begin", (int)c->cue.begin,
                                            "end", (int)c->cue.end));
    json_object_set_new(v, "quote", json_boolean(c->quote));
    json_object_set_new(v, "via", c->via == CHY_NONE ? json_null() : json_integer(c->via));
    return v;
}

static json_t *j_date(const chy_page *page, const chy_dispatch *d, const chy_event *e)
{
    if (!chy_interval_known(e->days)) return json_null();
    json_t *v = json_object();
    json_object_set_new(v, "begin", chy_json_day(e->days.begin));
    json_object_set_new(v, "end", chy_json_day(e->days.end));
    json_object_set_new(v, "text", e->timex == CHY_NONE ? json_null() : chy_json_slice(chy_page_cut(page, d->timexes[e->timex].at)));
    json_object_set_new(v, "basis", json_string(chy_basis_name(e->basis)));
    return v;
}

static json_t *j_place(const chy_page *page, const chy_dispatch *d, const chy_event *e)
{
    if (e->place == CHY_NONE) return json_null();
    const chy_place *p = &d->places[e->place];
    json_t *v = json_object();
    json_object_set_new(v, "text", chy_json_slice(chy_page_cut(page, p->at)));
    json_object_set_new(v, "begin", json_integer(p->at.begin));
    json_object_set_new(v, "end", json_integer(p->at.end));
    json_object_set_new(v, "country", p->country[0] ? json_string(p->country) : json_null());
    json_object_set_new(v, "lat", json_real((double)p->lat));
    json_object_set_new(v, "lon", json_real((double)p->lon));
    return v;
}

/* Thousandths, so that no more digits are printed than there are. */
static double round_3(float v) { return (double)(int)(v * 1000.0f + 0.5f) / 1000.0; }

static json_t *j_size(const chy_size *s)
{
    json_t *v = json_object();
    if (s->dead) json_object_set_new(v, "dead", json_integer(s->dead));
    if (s->injured) json_object_set_new(v, "injured", json_integer(s->injured));
    if (s->arrested) json_object_set_new(v, "arrested", json_integer(s->arrested));
    if (s->protesters) json_object_set_new(v, "protesters", json_integer(s->protesters));
    return v;
}

json_t *chy_json_event(const chy_page *page, const chy_dispatch *d, uint32_t event, chy_slice id, const char *data_hash)
{
    const chy_event *e = &d->events[event];
    json_t *v = json_object(), *list;
    json_object_set_new(v, "event", chy_json_slice(e->id));
    json_object_set_new(v, "revision", chy_json_slice(e->revision));
    json_object_set_new(v, "dispatch", j_dispatch(d, id));
    json_object_set_new(v, "type", e->type < CHY_N_TYPE ? json_string(chy_type_name(e->type)) : json_null());
    json_object_set_new(v, "mode", list = json_array());
    for (uint32_t i = 0; i < e->n_modes; i++) json_array_append_new(list, json_string(chy_mode_name(e->modes[i])));
    json_object_set_new(v, "context", list = json_array());
    for (uint32_t i = 0; i < e->n_contexts; i++) json_array_append_new(list, json_string(chy_context_name(e->contexts[i])));
    json_object_set_new(v, "cameo", chy_json_slice_or_null(e->cameo));
    json_object_set_new(v, "quad", e->type < CHY_N_TYPE ? json_integer(chy_type_quad((chy_type)e->type)) : json_null());
    json_object_set_new(v, "intensity", json_real((double)e->intensity));
    json_object_set_new(v, "source", side(page, d, e->first_source, e->n_sources));
    json_object_set_new(v, "target", side(page, d, e->first_target, e->n_targets));
    json_object_set_new(v, "date", j_date(page, d, e));
    json_object_set_new(v, "place", j_place(page, d, e));
    json_object_set_new(v, "size", j_size(&e->size));
    json_object_set_new(v, "status", json_string(chy_event_status_name(e->status)));
    json_object_set_new(v, "claims", list = json_array());
    for (uint32_t i = 0; i < e->n_claims; i++) json_array_append_new(list, j_claim(page, d, &d->claims[e->first_claim + i]));
    json_object_set_new(v, "denies", list = json_array());
    for (uint32_t i = 0; i < e->n_denied; i++)
        json_array_append_new(list, chy_json_slice(d->events[d->denials[e->first_denied + i]].id));
    json_object_set_new(v, "within", e->within == CHY_NONE ? json_null() : chy_json_slice(d->events[e->within].id));
    json_object_set_new(v, "evidence",
        json_pack("{s:i,s:i,s:o,s:{s:o,s:i,s:i}}", "begin", (int)e->evidence.begin, "end", (int)e->evidence.end, "text",
                  chy_json_slice(chy_page_cut(page, e->evidence)), "trigger", "text", chy_json_slice(chy_page_cut(page, e->trigger)), "begin",
                  (int)e->trigger.begin, "end", (int)e->trigger.end));
    json_object_set_new(v, "confidence", e->confidence > 0 ? json_real(round_3(e->confidence)) : json_null());
    json_object_set_new(v, "why", json_pack("{s:o,s:o}", "frame", chy_json_slice(e->frame), "rule", chy_json_slice(e->rule)));
    json_object_set_new(v, "engine", json_pack("{s:s,s:s}", "version", CHY_VERSION, "data", data_hash));
    return v;
}

chy_status chy_event_json(const chy_page *page, uint32_t dispatch, uint32_t event, chy_slice id, const char *data_hash, char **out, chy_error *err)
{
    *out = NULL;
    if (dispatch >= page->n_dispatches || event >= page->dispatches[dispatch].n_events)
        return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_NONE, 0, "no such event");
    json_t *v = chy_json_event(page, &page->dispatches[dispatch], event, id, data_hash);
    *out = json_dumps(v, JSON_COMPACT | JSON_REAL_PRECISION(7));
    json_decref(v);
    return *out ? CHY_OK : chy_fail(err, CHY_E_MEMORY, CHY_STAGE_NONE, 0, "out of memory");
}
