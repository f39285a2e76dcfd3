/* SPDX-License-Identifier: Apache-2.0
 *
 * again.c - stories of the record read anew by the engine of now: their marks, and why an event was coded.
 *
 * Offsets on record hold for the words on record. They are used where the story's words are still the same; otherwise the sentence is looked for, and
 * what is not found is said to be lost rather than shown at a wrong place.
 */
#include "serve/text.h"

#include <stdlib.h>

enum { S_PLACE = CHY_SLOT_READER + 8, S_SENTENCE, MAX_AGAIN = 2 << 20 /* bytes of a page: some ten seconds' work */ };

/* Where a story, and a sentence of it, stood when it was coded. */
typedef struct stood {
    int64_t page, begin;
    uint32_t article;
    chy_range sentence, trigger; /* in the page's text */
    char *text;                  /* of the story, to be freed */
    size_t n;
} stood;

static chy_status gone(chy_answer *answer, chy_error *err, const char *why)
{
    answer->status = 404;
    return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "%s", why);
}

static chy_status stood_of(chy_serve *serve, sqlite3_stmt *s, int64_t id, const char *what, stood *out, chy_answer *answer, chy_error *err)
{
    *out = (stood){0};
    sqlite3_bind_int64(s, 1, id);
    int code = sqlite3_step(s);
    if (code == SQLITE_ROW) {
        chy_slice text = chy_cell_text(s, 3);
        out->page = sqlite3_column_int64(s, 0), out->article = (uint32_t)sqlite3_column_int64(s, 1), out->begin = sqlite3_column_int64(s, 2);
        out->sentence = (chy_range){(uint32_t)sqlite3_column_int64(s, 4), (uint32_t)sqlite3_column_int64(s, 5)};
        out->trigger = (chy_range){(uint32_t)sqlite3_column_int64(s, 6), (uint32_t)sqlite3_column_int64(s, 7)};
        out->text = malloc(text.n + 1);
        if (out->text && text.n) memcpy(out->text, text.p, text.n);
        out->n = text.n;
    }
    chy_status st = chy_rows_done(serve->record, s, code, err);
    if (st != CHY_OK) return st;
    if (code == SQLITE_DONE) return chy_text_missing(answer, err, what, id);
    return out->text ? CHY_OK : chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
}

static chy_status read_again(chy_serve *serve, int64_t id, unsigned flags, const chy_page **page, chy_answer *answer, chy_error *err)
{
    chy_stored_page p;
    chy_session *session;
    chy_status st = chy_record_page(serve->record, id, &p, err);
    if (st != CHY_OK) return st;
    if (!p.input.bytes.n) return gone(answer, err, "the words of this story are not kept in the record");
    if (p.input.bytes.n > MAX_AGAIN) return gone(answer, err, "its page is too large to be read anew here; `chancery explain` does it");
    st = chy_serve_session(serve, &session, err);
    if (st == CHY_OK) st = chy_session_read(session, &p.input, CHY_STAGE_CLAIMS, flags, page, err);
    if (st == CHY_OK || st == CHY_E_MEMORY) return st;
    return gone(answer, err, "the engine of now does not read this page any more");
}

/* The story as it stands in the page now: of the same words; NULL where none has them. */
static const chy_dispatch *same_words(const chy_page *page, const stood *was)
{
    for (uint32_t k = 0; k < page->n_dispatches; k++) { /* the article of that number first */
        const chy_dispatch *d = &page->dispatches[(was->article + k) % page->n_dispatches];
        if (chy_slice_eq(chy_page_cut(page, d->at), (chy_slice){was->text, was->n})) return d;
    }
    return NULL;
}

/* ---------------------------------------------------------------------- marks */

chy_status chy_serve_marks(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    sqlite3_stmt *s = chy_rows_stmt(serve->record, S_PLACE, "SELECT page, article, begin, text, 0, 0, 0, 0 FROM dispatch WHERE id = ?", err);
    if (!s) return CHY_E_RECORD;
    const chy_page *page = NULL;
    stood was;
    json_t *marks = NULL;
    chy_status st = stood_of(serve, s, chy_ask_int(ask, "id"), "story", &was, answer, err);
    if (st == CHY_OK && !was.n) marks = json_array(); /* no words, no marks */
    else if (st == CHY_OK) st = read_again(serve, was.page, 0, &page, answer, err);
    if (st == CHY_OK && page) {
        const chy_dispatch *d = same_words(page, &was);
        if (d) marks = chy_text_marks(d, d->at, d->at.begin);
        else st = gone(answer, err, "the engine of now takes other words of the page for this story; `chancery recode` brings the record up to it");
    }
    free(was.text);
    if (st != CHY_OK) return st;
    answer->json = json_pack("{s:o,s:o}", "marks", marks, "engine", chy_text_engine(CHY_VERSION, chy_data_hash(serve->data)));
    return answer->json ? CHY_OK : chy_fail(err, CHY_E_MEMORY, CHY_STAGE_NONE, 0, "out of memory");
}

/* -------------------------------------------------------------------- explain */

/* The sentence that has the trigger now. */
static const chy_sentence *find_sentence(const chy_page *page, const stood *was, const chy_dispatch **in)
{
    *in = same_words(page, was);
    int64_t from = was->sentence.begin - was->begin, trigger = (int64_t)was->trigger.begin - was->sentence.begin;
    if (from < 0 || trigger < 0 || was->sentence.end < was->sentence.begin || (uint64_t)from + (was->sentence.end - was->sentence.begin) > was->n) return NULL;
    if (*in) return chy_text_sentence(*in, (*in)->at.begin + (uint32_t)(from + trigger));
    chy_slice words = {was->text + from, was->sentence.end - was->sentence.begin};
    for (uint32_t k = 0; words.n && k < page->n_dispatches; k++) {
        *in = &page->dispatches[(was->article + k) % page->n_dispatches];
        size_t at = chy_slice_find(chy_page_cut(page, (*in)->at), words);
        if (at != SIZE_MAX) return chy_text_sentence(*in, (*in)->at.begin + (uint32_t)(at + (size_t)trigger));
    }
    return NULL;
}

chy_status chy_serve_explain_event(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    sqlite3_stmt *s = chy_rows_stmt(serve->record, S_SENTENCE, "SELECT d.page, d.article, d.begin, d.text, e.evidence_begin, e.evidence_end, e.trigger_begin, e.trigger_end FROM event e "
                                                               "JOIN dispatch d ON d.id = e.dispatch WHERE e.id = ?", err);
    if (!s) return CHY_E_RECORD;
    const chy_page *page = NULL;
    const chy_dispatch *d;
    stood was;
    chy_status st = stood_of(serve, s, chy_ask_int(ask, "id"), "event", &was, answer, err);
    if (st == CHY_OK && !was.n) st = gone(answer, err, "the words of this story are not kept in the record");
    if (st == CHY_OK) st = read_again(serve, was.page, CHY_READ_TRACE, &page, answer, err);
    if (st == CHY_OK) {
        const chy_sentence *found = find_sentence(page, &was, &d);
        if (found) answer->json = chy_text_explain(serve, page, d, found);
        else st = gone(answer, err, "the engine of now does not find the sentence in this page; `chancery recode` brings the record up to it");
    }
    free(was.text);
    if (st == CHY_OK && !answer->json) st = chy_fail(err, CHY_E_MEMORY, CHY_STAGE_NONE, 0, "out of memory");
    return st;
}
