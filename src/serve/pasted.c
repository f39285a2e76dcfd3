/* SPDX-License-Identifier: Apache-2.0
 *
 * pasted.c - a text that somebody pastes, coded and explained. Nothing of it is kept.
 */
#include "serve/text.h"

chy_status chy_serve_session(chy_serve *serve, chy_session **out, chy_error *err)
{
    chy_status st = serve->session ? CHY_OK : chy_session_new(serve->data, &serve->session, err);
    *out = serve->session;
    return st;
}

static chy_slice member(const json_t *body, const char *name)
{
    const json_t *v = json_object_get(body, name);
    return json_is_string(v) ? (chy_slice){json_string_value(v), json_string_length(v)} : (chy_slice){NULL, 0};
}

/* The body as an input. JSON Lines or CoNLL-U that somebody pastes is text like any other. */
static chy_status input_of(const json_t *body, chy_interval *day, chy_input *in, chy_error *err)
{
    chy_slice kind = member(body, "kind"), published = chy_slice_trim(member(body, "published"));
    *in = (chy_input){.bytes = member(body, "text"), .title = member(body, "title"), .kind = CHY_INPUT_TEXT};
    if (chy_slice_eqz(kind, "html") || (!chy_slice_eqz(kind, "text") && chy_input_guess((chy_slice){NULL, 0}, in->bytes) == CHY_INPUT_HTML)) in->kind = CHY_INPUT_HTML;
    if (!published.n) return CHY_OK;
    if (chy_day_parse(published, &day->begin) != CHY_OK)
        return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_NONE, 0, "published: %.*s is no day (YYYY-MM-DD)", (int)published.n, published.p);
    day->end = day->begin;
    in->published = day, in->n_published = 1;
    return CHY_OK;
}

/* Text in which there is nothing to be read: said in a note. */
static bool is_no_error(chy_status st) { return st == CHY_E_EMPTY || st == CHY_E_LANGUAGE; }

static chy_status read_text(chy_serve *serve, const json_t *body, unsigned flags, const chy_page **page, chy_error *err)
{
    chy_interval day = chy_interval_none();
    chy_input in;
    chy_session *session;
    chy_status st = input_of(body, &day, &in, err);
    if (st == CHY_OK) st = chy_serve_session(serve, &session, err);
    if (st == CHY_OK) st = chy_session_read(session, &in, CHY_STAGE_CLAIMS, flags, page, err);
    /* What is wrong with a text is wrong with the request. */
    if (st == CHY_E_BINARY || st == CHY_E_FORMAT || st == CHY_E_LIMIT) st = err->code = CHY_E_ARGUMENT;
    return st;
}

/* ----------------------------------------------------------------------- code */

static json_t *parts(const chy_page *page, const chy_dispatch *d, uint32_t first, uint32_t n)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < n; i++) {
        const chy_participant *p = &d->participants[first + i];
        chy_range at = p->mention < d->n_mentions ? d->mentions[p->mention].at : (chy_range){0, 0};
        json_array_append_new(list, json_pack("{s:o,s:o,s:o}", "actor", chy_text_actor(&d->actors[p->actor]), "text", chy_json_slice(chy_page_cut(page, at)), "range",
                                              chy_text_range(at, d->at.begin)));
    }
    return list;
}

static json_t *coded(const chy_serve *serve, const chy_page *page, const chy_dispatch *d, uint32_t event)
{
    const chy_event *e = &d->events[event];
    uint32_t from = d->at.begin;
    return json_pack("{s:o,s:o,s:o,s:o,s:o,s:s,s:i,s:s}", "event", chy_json_event(page, d, event, CHY_LIT("\"pasted\""), chy_data_hash(serve->data)), "sentence",
                     chy_text_range(e->evidence, from), "trigger", chy_text_range(e->trigger, from), "source", parts(page, d, e->first_source, e->n_sources), "target",
                     parts(page, d, e->first_target, e->n_targets), "type", chy_type_name(e->type), "quad", chy_type_quad(e->type), "status", chy_event_status_name(e->status));
}

static json_t *story(const chy_serve *serve, const chy_page *page, const chy_dispatch *d)
{
    json_t *events = json_array();
    for (uint32_t i = 0; i < d->n_events; i++) json_array_append_new(events, coded(serve, page, d, i));
    return json_pack("{s:o,s:o,s:o,s:s,s:o,s:o}", "title", chy_json_slice_or_null(d->title), "text", chy_json_slice(chy_page_cut(page, d->at)), "published",
                     chy_text_days(d->published), "published_basis", chy_basis_name(d->published_basis), "events", events, "marks", chy_text_marks(d, d->at, d->at.begin));
}

chy_status chy_serve_code(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    const chy_page *page = NULL;
    chy_status st = read_text(serve, ask->body, 0, &page, err);
    if (st != CHY_OK && !is_no_error(st)) return st;
    json_t *notes = json_array(), *stories = json_array();
    if (st != CHY_OK) json_array_append_new(notes, json_string(err->message));
    for (uint32_t i = 0; page && i < page->n_notes; i++) json_array_append_new(notes, chy_json_slice(page->notes[i].text));
    for (uint32_t i = 0; page && i < page->n_dispatches; i++) json_array_append_new(stories, story(serve, page, &page->dispatches[i]));
    answer->json = json_pack("{s:o,s:o,s:o}", "notes", notes, "stories", stories, "engine", chy_text_engine(CHY_VERSION, chy_data_hash(serve->data)));
    return answer->json ? CHY_OK : chy_fail(err, CHY_E_MEMORY, CHY_STAGE_NONE, 0, "out of memory");
}

/* -------------------------------------------------------------------- explain */

chy_status chy_serve_explain_text(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    const chy_page *page = NULL;
    json_int_t k = json_integer_value(json_object_get(ask->body, "story")), at = json_integer_value(json_object_get(ask->body, "at"));
    chy_status st = read_text(serve, ask->body, CHY_READ_TRACE, &page, err);
    if (is_no_error(st)) st = err->code = CHY_E_ARGUMENT;
    if (st != CHY_OK) return st;
    if (k < 0 || k >= page->n_dispatches) return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_NONE, 0, "story: the text has only %u", page->n_dispatches);
    const chy_dispatch *d = &page->dispatches[k];
    const chy_sentence *s = at >= 0 && at < (json_int_t)(d->at.end - d->at.begin) ? chy_text_sentence(d, d->at.begin + (uint32_t)at) : NULL;
    if (!s) return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_NONE, 0, "at: no sentence of the story has byte %lld", (long long)at);
    answer->json = chy_text_explain(serve, page, d, s);
    return answer->json ? CHY_OK : chy_fail(err, CHY_E_MEMORY, CHY_STAGE_NONE, 0, "out of memory");
}
