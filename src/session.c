/* SPDX-License-Identifier: Apache-2.0
 *
 * session.c - runs the stages in order: the only file that knows them all.
 */
#include "actors/actors.h"
#include "base/work.h"
#include "claims/claims.h"
#include "data/file.h"
#include "events/events.h"
#include "events/import.h"
#include "page/page.h"
#include "places/places.h"
#include "syntax/syntax.h"
#include "text/text.h"
#include "time/time.h"

#include <stdlib.h>

struct chy_data {
    chy_file file;
    chy_arena arena; /* the stages' models */
    const chy_page_model *page;
    const chy_text_model *text;
    const chy_syntax_model *syntax;
    const chy_time_model *time;
    const chy_actors_model *actors;
    const chy_places_model *places;
    const chy_events_model *events;
    const chy_claims_model *claims;
};

struct chy_session {
    const chy_data *data;
    chy_arena page;   /* the last read's results */
    chy_arena record; /* the last chy_input_from_json's */
    chy_page result;
};

/* ------------------------------------------------------------------- data */

chy_status chy_data_open(const char *path, chy_data **out, chy_error *err)
{
    *out = NULL;
    chy_data *d = calloc(1, sizeof *d);
    if (!d) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_DATA, 0, "out of memory");
    chy_arena_init(&d->arena);
    chy_status st = chy_file_open(path, &d->file, err);
    if (st == CHY_OK) st = chy_page_open(&d->file, &d->arena, &d->page, err);
    if (st == CHY_OK) st = chy_text_open(&d->file, &d->arena, &d->text, err);
    if (st == CHY_OK) st = chy_syntax_open(&d->file, &d->arena, &d->syntax, err);
    if (st == CHY_OK) st = chy_time_open(&d->file, &d->arena, &d->time, err);
    if (st == CHY_OK) st = chy_actors_open(&d->file, &d->arena, &d->actors, err);
    if (st == CHY_OK) st = chy_places_open(&d->file, &d->arena, &d->places, err);
    if (st == CHY_OK) st = chy_events_open(&d->file, &d->arena, &d->events, err);
    if (st == CHY_OK) st = chy_claims_open(&d->file, &d->arena, &d->claims, err);
    if (st != CHY_OK) {
        chy_data_close(d);
        return st;
    }
    *out = d;
    return CHY_OK;
}

static chy_status import_frames(const chy_data *d, chy_arena *arena, chy_slice text, chy_slice name,
                                void (*each)(void *ctx, const chy_finding *finding), void *ctx, chy_slice *out, chy_error *err)
{
    chy_table codes;
    chy_status st = chy_file_table(&d->file, "event_codes", &codes, err);
    return st == CHY_OK ? chy_import_frames(&codes, arena, text, name, each, ctx, out, err) : st;
}

chy_status chy_data_add_frames(chy_data *d, chy_slice text, chy_slice name, chy_error *err)
{
    size_t bad;
    if (text.n > CHY_MAX_PAGE_BYTES || name.n > 4096)
        return chy_fail(err, CHY_E_LIMIT, CHY_STAGE_EVENTS, 0, "frames are larger than %d MiB", CHY_MAX_PAGE_BYTES >> 20);
    if (!chy_utf8_valid(text, &bad) || memchr(text.p ? text.p : "", 0, text.n))
        return chy_fail(err, CHY_E_FORMAT, CHY_STAGE_EVENTS, 0, "%.*s: frames are UTF-8 text", (int)name.n, name.p);
    const chy_events_model *m;
    chy_slice frames = text;
    chy_status st = CHY_OK;
    if (chy_import_is(text)) st = import_frames(d, &d->arena, text, name, NULL, NULL, &frames, err);
    if (st == CHY_OK) st = chy_events_add(d->events, &d->file, &d->arena, frames, name, &m, err);
    if (st != CHY_OK) return st;
    d->events = m;
    chy_hex16(chy_hash(text.p, text.n, chy_hash(d->file.hash, 16, 0)), d->file.hash);
    return CHY_OK;
}

chy_status chy_data_import_frames(const chy_data *d, chy_slice text, chy_slice name,
                                  void (*each)(void *ctx, const chy_finding *finding),
                                  void (*put)(void *ctx, chy_slice frames), void *ctx, chy_error *err)
{
    chy_arena arena;
    chy_slice frames;
    chy_arena_init(&arena);
    chy_status st = import_frames(d, &arena, text, name, each, ctx, &frames, err);
    if (st == CHY_OK) put(ctx, frames);
    chy_arena_free(&arena);
    return st;
}

chy_status chy_data_only_own(chy_data *d, unsigned what, chy_error *err)
{
    const chy_events_model *events = d->events;
    const chy_actors_model *actors = d->actors;
    if (!what || what & ~(unsigned)(CHY_OWN_FRAMES | CHY_OWN_ACTORS))
        return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_NONE, 0, "neither frames nor actors");
    chy_status st = CHY_OK;
    if (what & CHY_OWN_FRAMES) st = chy_events_only_own(d->events, &d->file, &d->arena, &events, err);
    if (st == CHY_OK && (what & CHY_OWN_ACTORS)) st = chy_actors_only_own(d->actors, &d->arena, &actors, err);
    if (st != CHY_OK) return st;
    d->events = events, d->actors = actors;
    const unsigned char bits = (unsigned char)what;
    chy_hex16(chy_hash(&bits, 1, chy_hash(d->file.hash, 16, 0)), d->file.hash);
    return CHY_OK;
}

static chy_status actors_text(chy_slice text, chy_slice name, chy_error *err)
{
    if (text.n > CHY_MAX_PAGE_BYTES || name.n > 4096)
        return chy_fail(err, CHY_E_LIMIT, CHY_STAGE_ACTORS, 0, "%.*s: actors are larger than %d MiB",
                        (int)(name.n > 100 ? 100 : name.n), name.p, CHY_MAX_PAGE_BYTES >> 20);
    return CHY_OK;
}

chy_status chy_data_add_actors(chy_data *d, chy_slice text, chy_slice name, chy_error *err)
{
    chy_status st = actors_text(text, name, err);
    const chy_actors_model *m;
    if (st == CHY_OK) st = chy_actors_add(d->actors, &d->arena, text, name, &m, err);
    if (st != CHY_OK) return st;
    d->actors = m;
    chy_hex16(chy_hash(text.p, text.n, chy_hash(d->file.hash, 16, 0)), d->file.hash);
    return CHY_OK;
}

chy_status chy_data_check_actors(const chy_data *d, chy_slice text, chy_slice name,
                                 void (*each)(void *ctx, const chy_finding *finding), void *ctx, chy_error *err)
{
    chy_status st = actors_text(text, name, err);
    return st == CHY_OK ? chy_actors_check(d->actors, text, name, each, ctx, err) : st;
}

int chy_data_state_codes(const chy_data *data, const char *country, chy_day on, chy_state_codes *out)
{
    return chy_actors_codes(data->actors, country, on, out);
}

int chy_data_cameo(const chy_data *data, chy_slice code, chy_cameo *out)
{
    chy_table t;
    chy_rows rows;
    *out = (chy_cameo){{"", 0}, {"", 0}};
    if (chy_file_table(&data->file, "cameo", &t, NULL) != CHY_OK) return 0;
    for (; code.n; code.n--) {
        if (!chy_table_find(&t, code, &rows, NULL)) continue;
        out->title = chy_table_cell(&t, rows.row[0], chy_table_col(&t, "title"));
        out->goldstein = chy_table_cell(&t, rows.row[0], chy_table_col(&t, "goldstein"));
        return 1;
    }
    return 0;
}

uint32_t chy_data_groups(const chy_data *data, const char *country, chy_day on, chy_slice *out, uint32_t max)
{
    return chy_actors_groups(data->actors, country, on, out, max);
}

uint32_t chy_data_tenures(const chy_data *data, chy_slice id, chy_tenure *out, uint32_t max) { return chy_actors_tenures(data->actors, id, out, max); }
uint32_t chy_data_states(const chy_data *data, chy_state *out, uint32_t max) { return chy_actors_states(data->actors, out, max); }
int chy_data_state_called(const chy_data *data, chy_slice name, char code[4]) { return chy_actors_state_called(data->actors, name, code); }

void chy_data_close(chy_data *data)
{
    if (!data) return;
    chy_arena_free(&data->arena);
    chy_file_close(&data->file);
    free(data);
}

const chy_file *chy_data_file(const chy_data *data) { return &data->file; }
const char *chy_data_hash(const chy_data *data) { return data->file.hash; }

/* --------------------------------------------------------------- sessions */

chy_status chy_session_new(const chy_data *data, chy_session **out, chy_error *err)
{
    chy_session *s = calloc(1, sizeof *s);
    *out = s;
    if (!s) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_NONE, 0, "out of memory");
    s->data = data;
    chy_arena_init(&s->page);
    chy_arena_init(&s->record);
    return CHY_OK;
}

void chy_session_free(chy_session *s)
{
    if (!s) return;
    chy_arena_free(&s->page);
    chy_arena_free(&s->record);
    free(s);
}

/* Stages from text on, over one dispatch. */
static chy_status run(const chy_data *m, chy_work *w, chy_stage upto)
{
    chy_status st = CHY_OK;
    if (upto >= CHY_STAGE_TEXT) st = chy_text_run(m->text, w);
    if (st == CHY_OK && upto >= CHY_STAGE_SYNTAX) st = chy_syntax_run(m->syntax, w);
    if (st == CHY_OK && upto >= CHY_STAGE_TIME) st = chy_time_run(m->time, w);
    if (st == CHY_OK && upto >= CHY_STAGE_ACTORS) st = chy_actors_run(m->actors, w);
    if (st == CHY_OK && upto >= CHY_STAGE_PLACES) st = chy_places_run(m->places, w);
    if (st == CHY_OK && upto >= CHY_STAGE_EVENTS) st = chy_events_run(m->events, w);
    if (st == CHY_OK && upto >= CHY_STAGE_CLAIMS) st = chy_claims_run(m->claims, w);
    if (st == CHY_OK && upto >= CHY_STAGE_CLAIMS) chy_events_seal(w); /* the status is part of the revision */
    if (st == CHY_OK) st = chy_work_memory(w, upto);
    return st;
}

chy_status chy_session_read(chy_session *s, const chy_input *in, chy_stage upto, unsigned flags, const chy_page **out,
                            chy_error *err)
{
    *out = NULL;
    if (upto < CHY_STAGE_PAGE || upto > CHY_STAGE_CLAIMS)
        return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_NONE, 0, "no such stage");
    chy_arena_reset(&s->page);
    chy_notes notes = {0};
    chy_page_result page;
    chy_status st = chy_page_read(s->data->page, in, flags, &s->page, &notes, &page, err);
    if (st == CHY_OK && upto > CHY_STAGE_PAGE && !page.english) st = CHY_E_LANGUAGE; /* *err says why */
    for (uint32_t i = 0; st == CHY_OK && i < page.dispatches.n; i++) {
        chy_dispatch *d = &page.dispatches.v[i];
        d->article = i;
        chy_work w = {.arena = &s->page, .err = err, .notes = &notes, .flags = flags, .text = page.text, .d = d};
        st = run(s->data, &w, upto);
    }
    chy_arena_reset(&s->record);
    if (st != CHY_OK) return st;
    s->result = (chy_page){.text = page.text, .charset = page.charset, .kind = page.kind, .dispatches = page.dispatches.v,
                           .n_dispatches = page.dispatches.n, .notes = notes.v, .n_notes = notes.n};
    *out = &s->result;
    return CHY_OK;
}

chy_status chy_input_from_json(chy_session *s, chy_slice line, chy_input *out, chy_error *err)
{
    chy_arena_reset(&s->record);
    return chy_page_record(line, &s->record, out, err);
}

chy_status chy_session_parse(chy_session *s, const chy_slice *words, uint32_t n, const chy_dispatch **out, chy_error *err)
{
    *out = NULL;
    chy_arena_reset(&s->page);
    chy_arena *a = &s->page;
    size_t bytes = n;
    for (uint32_t i = 0; i < n; i++) {
        if (words[i].n > CHY_MAX_PAGE_BYTES - (bytes < CHY_MAX_PAGE_BYTES ? bytes : CHY_MAX_PAGE_BYTES))
            return chy_fail(err, CHY_E_LIMIT, CHY_STAGE_SYNTAX, 0, "sentence is larger than 16 MiB");
        bytes += words[i].n;
    }
    char *text = chy_arena_alloc(a, bytes + 1);
    chy_token *t = chy_arena_calloc(a, n, sizeof *t);
    chy_sentence *sent = chy_arena_calloc(a, 1, sizeof *sent);
    chy_block *block = chy_arena_calloc(a, 1, sizeof *block);
    chy_dispatch *d = chy_arena_calloc(a, 1, sizeof *d);
    if (a->failed) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_SYNTAX, 0, "out of memory");
    uint32_t at = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (words[i].n) memcpy(text + at, words[i].p, words[i].n);
        uint32_t e = at + (uint32_t)words[i].n;
        unsigned len = 1;
        t[i] = (chy_token){.at = {at, e}, .form = {text + at, words[i].n}, .head = CHY_NONE, .quote = CHY_NONE,
                           .flags = CHY_TOKEN_SPACE_AFTER};
        if (i == 0) t[i].flags |= CHY_TOKEN_SENTENCE_START;
        if (words[i].n && chy_is_upper(chy_utf8_at(t[i].form, 0, &len))) t[i].flags |= CHY_TOKEN_CAP;
        t[i].norm = chy_fold(a, t[i].form);
        text[e] = ' ';
        at = e + 1;
    }
    *sent = (chy_sentence){.at = {0, at ? at - 1 : 0}, .n_tokens = n, .root = n ? 0 : CHY_NONE};
    *block = (chy_block){.at = sent->at, .kind = CHY_BLOCK_PARAGRAPH, .n_sentences = 1};
    *d = (chy_dispatch){.at = sent->at, .blocks = block, .n_blocks = 1, .sentences = sent, .n_sentences = 1,
                        .tokens = t, .n_tokens = n, .published = chy_interval_none()};
    chy_notes notes = {0};
    chy_work w = {.arena = a, .err = err, .notes = &notes, .text = {text, at ? at - 1 : 0}, .d = d, .tokens = t};
    chy_status st = chy_syntax_run(s->data->syntax, &w);
    if (st == CHY_OK) st = chy_work_memory(&w, CHY_STAGE_SYNTAX);
    if (st == CHY_OK) *out = d;
    return st;
}

chy_status chy_session_relate(chy_session *s, chy_slice text, chy_range source, chy_range target, chy_relation *out,
                              chy_error *err)
{
    if (source.begin >= source.end || source.end > text.n || target.begin >= target.end || target.end > text.n)
        return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_EVENTS, 0, "source or target lies outside the text");
    if (text.n > CHY_MAX_PAGE_BYTES) return chy_fail(err, CHY_E_LIMIT, CHY_STAGE_PAGE, 0, "text is too large");
    chy_arena_reset(&s->page);
    chy_block *block = chy_arena_calloc(&s->page, 1, sizeof *block);
    if (!block) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_EVENTS, 0, "out of memory");
    *block = (chy_block){.at = {0, (uint32_t)text.n}, .kind = CHY_BLOCK_PARAGRAPH};
    chy_dispatch d = {.at = block->at, .blocks = block, .n_blocks = 1, .published = chy_interval_none()};
    chy_notes notes = {0};
    chy_work w = {.arena = &s->page, .err = err, .notes = &notes, .flags = CHY_READ_FRAMES_ONLY, .text = text, .d = &d};
    chy_status st = run(s->data, &w, CHY_STAGE_EVENTS);
    if (st == CHY_OK) st = chy_events_relate(s->data->events, &w, source, target, out);
    if (st == CHY_OK) st = chy_work_memory(&w, CHY_STAGE_EVENTS);
    return st;
}

/* ------------------------------------------------------------------ names */

#define NAME_OF(table, i) ((i) < sizeof(table) / sizeof *(table) ? (table)[i] : "?")

const char *chy_event_status_name(unsigned v)
{
    static const char *const names[] = {"reported", "claimed", "admitted", "denied",
                                        "disputed", "planned", "possible", "negated"};
    return NAME_OF(names, v);
}

const char *chy_stance_name(unsigned v)
{
    static const char *const names[] = {"asserts", "denies", "admits", "doubts"};
    return NAME_OF(names, v);
}

const char *chy_place_use_name(unsigned v)
{
    static const char *const names[] = {"name", "adjective", "in name"};
    return NAME_OF(names, v);
}

const char *chy_basis_name(unsigned v)
{
    static const char *const names[] = {"none", "given", "stated", "inferred", "text", "published", "context"};
    return NAME_OF(names, v);
}

const char *chy_stage_name(unsigned v)
{
    static const char *const names[] = {"none",   "data",   "page",   "text",   "syntax",
                                        "time",   "actors", "places", "events", "claims", "record"};
    return NAME_OF(names, v);
}

const char *chy_status_name(unsigned v)
{
    static const char *const names[] = {"ok",       "memory", "io",       "argument", "format",
                                        "binary", "empty",  "language", "limit",    "data",
                                        "record", "busy"};
    return NAME_OF(names, v);
}
