/* SPDX-License-Identifier: Apache-2.0
 *
 * seams.c - the subcommands that print what a stage found, one JSON line an item: dates, actors, places, claims.
 */
#include "cli.h"

static json_t *seam(const char *id, const chy_dispatch *d, const chy_page *page, chy_range at)
{
    json_t *v = json_object();
    json_object_set_new(v, "dispatch", j_dispatch(id, d));
    json_object_set_new(v, "begin", json_integer(at.begin));
    json_object_set_new(v, "end", json_integer(at.end));
    json_object_set_new(v, "text", j_slice(cut(page, at)));
    return v;
}

static void emit(job *j, json_t *v)
{
    out_json(&j->text, v);
    j->n_items++;
}

static void print_dates(job *j, const options *o, const chy_page *page, const char *id)
{
    static const char *const types[] = {"DATE", "TIME", "DURATION", "SET"};
    (void)o;
    for (uint32_t k = 0; k < page->n_dispatches; k++) {
        const chy_dispatch *d = &page->dispatches[k];
        for (uint32_t i = 0; i < d->n_timexes; i++) {
            const chy_timex *t = &d->timexes[i];
            json_t *v = seam(id, d, page, t->at);
            if (d->published_why.n) { /* nobody has said when it was published */
                json_t *story = json_object_get(v, "dispatch");
                json_object_set_new(story, "published_range", j_interval(d->published));
                json_object_set_new(story, "published_why", j_slice(d->published_why));
            }
            json_object_set_new(v, "type", json_string(t->type < 4 ? types[t->type] : "?"));
            json_object_set_new(v, "value", j_slice(t->value));
            json_object_set_new(v, "interval", j_interval(t->days));
            emit(j, v);
        }
    }
}

static json_t *number_or_null(uint32_t n) { return n ? json_integer(n) : json_null(); }
static json_t *letters_or_null(const char *z) { return *z ? json_string(z) : json_null(); }

static void add_codes(const job *j, json_t *v, const char *country, chy_day on)
{
    chy_state_codes c;
    chy_slice groups[256];
    if (!chy_data_state_codes(j->data, country, on, &c)) return;
    json_object_set_new(v, "codes", json_pack("{s:o,s:o,s:o,s:o,s:o,s:o}", "iso2", letters_or_null(c.iso2), "iso_numeric",
                                              number_or_null(c.iso_numeric), "fips", letters_or_null(c.fips), "cow",
                                              number_or_null(c.cow), "cow_letters", letters_or_null(c.cow_letters), "gw",
                                              number_or_null(c.gw)));
    uint32_t n = chy_data_groups(j->data, country, on, groups, 256);
    json_t *in = json_array();
    for (uint32_t i = 0; i < n && i < 256; i++) json_array_append_new(in, j_slice(groups[i]));
    json_object_set_new(v, "groups", in);
}

static void print_actors(job *j, const options *o, const chy_page *page, const char *id)
{
    static const char *const kinds[] = {"name", "nominal", "adjective", "pronoun"};
    for (uint32_t k = 0; k < page->n_dispatches; k++) {
        const chy_dispatch *d = &page->dispatches[k];
        for (uint32_t i = 0; i < d->n_mentions; i++) {
            const chy_mention *m = &d->mentions[i];
            for (uint32_t a = 0; a < m->n_actors; a++) {
                const chy_actor *x = &d->actors[d->mention_actors[m->first_actor + a]];
                json_t *v = seam(id, d, page, m->at);
                json_object_set_new(v, "kind", json_string(m->kind < 4 ? kinds[m->kind] : "?"));
                json_object_set_new(v, "id", j_slice(x->id));
                json_object_set_new(v, "name", j_slice(x->name));
                json_object_set_new(v, "country", json_string(x->country));
                json_object_set_new(v, "sector", j_sectors(x->sectors | (m->government ? CHY_SEC_GOV : 0)));
                json_object_set_new(v, "role", j_slice_or_null(x->role));
                json_object_set_new(v, "former", json_boolean(x->former));
                json_object_set_new(v, "basis", j_slice_or_null(x->basis));
                json_object_set_new(v, "wikidata", j_slice_or_null(x->wikidata));
                if (o->codes) add_codes(j, v, x->country, d->published.begin);
                emit(j, v);
            }
        }
    }
}

static void print_places(job *j, const options *o, const chy_page *page, const char *id)
{
    (void)o;
    for (uint32_t k = 0; k < page->n_dispatches; k++) {
        const chy_dispatch *d = &page->dispatches[k];
        for (uint32_t i = 0; i < d->n_places; i++) {
            const chy_place *p = &d->places[i];
            json_t *v = seam(id, d, page, p->at);
            json_object_set_new(v, "name", j_slice(p->name));
            json_object_set_new(v, "use", json_string(chy_place_use_name(p->use)));
            json_object_set_new(v, "country", p->country[0] ? json_string(p->country) : json_null());
            json_object_set_new(v, "lat", json_real((double)p->lat));
            json_object_set_new(v, "lon", json_real((double)p->lon));
            emit(j, v);
        }
    }
}

static json_t *spans(const chy_dispatch *d, uint32_t first, uint32_t n)
{
    json_t *v = json_array();
    for (uint32_t i = first; i < first + n; i++)
        json_array_append_new(v, json_pack("[i,i]", (int)d->spans[i].begin, (int)d->spans[i].end));
    return v;
}

static void print_claims(job *j, const options *o, const chy_page *page, const char *id)
{
    (void)o;
    for (uint32_t k = 0; k < page->n_dispatches; k++) {
        const chy_dispatch *d = &page->dispatches[k];
        for (uint32_t i = 0; i < d->n_attributions; i++) {
            const chy_attribution *a = &d->attributions[i];
            json_t *v = json_object();
            json_object_set_new(v, "dispatch", j_dispatch(id, d));
            json_object_set_new(v, "source", spans(d, a->first_source, a->n_sources));
            json_object_set_new(v, "cue", spans(d, a->first_cue, a->n_cues));
            json_object_set_new(v, "content", spans(d, a->first_content, a->n_contents));
            json_object_set_new(v, "stance", json_string(chy_stance_name(a->stance)));
            json_object_set_new(v, "quote", json_boolean(a->quote));
            json_object_set_new(v, "attitude", json_boolean(a->attitude));
            json_object_set_new(v, "within", a->outer == CHY_NONE ? json_null() : json_integer(a->outer));
            emit(j, v);
        }
    }
}

const command cmd_dates = {
    .name = "dates", .summary = "print the time expressions and the days they stand for",
    .formats = "jsonl", .inputs = "text html jsonl", .upto = CHY_STAGE_TIME, .print = print_dates,
    .help = "One JSON line an expression: dispatch, begin, end (bytes), text, type and value as in TIMEX3,\n"
            "and the interval of days, both inclusive, or null where it cannot be placed.\n",
};

const command cmd_actors = {
    .name = "actors", .summary = "print who is mentioned, resolved as of the day",
    .formats = "jsonl", .inputs = "text html jsonl", .options = "check codes", .upto = CHY_STAGE_ACTORS, .print = print_actors,
    .help = "One JSON line a mention and actor: dispatch, begin, end (bytes), text, kind, id, name, country\n"
            "(ISO 3166-1 alpha-3, or IGO NGO MNC ISM UNK), sector (PLOVER), role, former, what it rests on, and\n"
            "its Wikidata item where one is known. --codes adds the state's codes in other schemes and its groups.\n"
            "With --check the FILEs are tables of actors for --actors: one line a finding, FILE:LINE: error, conflict or\n"
            "note: what; exit status 1 where there is an error or a conflict.\n",
};

const command cmd_places = {
    .name = "places", .summary = "print the places with their coordinates",
    .formats = "jsonl", .inputs = "text html jsonl", .upto = CHY_STAGE_PLACES, .print = print_places,
    .help = "One JSON line a mention: dispatch, begin, end (bytes), text, name, country, lat, lon (WGS 84).\n",
};

const command cmd_claims = {
    .name = "claims", .summary = "print who says what, and by which words",
    .formats = "jsonl", .inputs = "text html jsonl", .upto = CHY_STAGE_CLAIMS, .print = print_claims,
    .help = "One JSON line an attribution: dispatch, source, cue and content, each a list of [begin, end] in bytes;\n"
            "stance (asserts, denies, admits, doubts); quote; attitude: whether the source backs, likes, shows or\n"
            "discusses the content rather than tells it; within: the line of its dispatch, counted from 0, whose\n"
            "content it stands in, or null.\n",
};
