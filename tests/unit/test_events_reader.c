/* SPDX-License-Identifier: Apache-2.0 */
#include "actors/actors.h"
#include "events/events.h"
#include "events/model.h"
#include "page/page.h"
#include "places/places.h"
#include "syntax/syntax.h"
#include "text/text.h"
#include "time/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

/* A page taken through the stages up to events, with its work. */
typedef struct bed {
    chy_file file;
    chy_arena models, arena;
    const chy_events_model *events;
    chy_notes notes;
    chy_page_result page;
    chy_work w;
} bed;

static void start(bed *b, const char *text, unsigned flags)
{
    chy_error err = {0};
    const chy_page_model *page;
    const chy_text_model *words;
    const chy_syntax_model *syntax;
    const chy_time_model *dates;
    const chy_actors_model *actors;
    const chy_places_model *places;
    *b = (bed){.notes = {0}};
    chy_arena_init(&b->models);
    chy_arena_init(&b->arena);
    assert_int_equal(chy_file_open(NULL, &b->file, &err), CHY_OK);
    assert_int_equal(chy_page_open(&b->file, &b->models, &page, &err), CHY_OK);
    assert_int_equal(chy_text_open(&b->file, &b->models, &words, &err), CHY_OK);
    assert_int_equal(chy_syntax_open(&b->file, &b->models, &syntax, &err), CHY_OK);
    assert_int_equal(chy_time_open(&b->file, &b->models, &dates, &err), CHY_OK);
    assert_int_equal(chy_actors_open(&b->file, &b->models, &actors, &err), CHY_OK);
    assert_int_equal(chy_places_open(&b->file, &b->models, &places, &err), CHY_OK);
    assert_int_equal(chy_events_open(&b->file, &b->models, &b->events, &err), CHY_OK);
    chy_input in = {.bytes = chy_slice_z(text), .kind = CHY_INPUT_TEXT};
    assert_int_equal(chy_page_read(page, &in, 0, &b->arena, &b->notes, &b->page, &err), CHY_OK);
    assert_int_equal(b->page.dispatches.n, 1);
    b->w = (chy_work){.arena = &b->arena, .err = &err, .notes = &b->notes, .flags = flags, .text = b->page.text, .d = b->page.dispatches.v};
    assert_int_equal(chy_text_run(words, &b->w), CHY_OK);
    assert_int_equal(chy_syntax_run(syntax, &b->w), CHY_OK);
    assert_int_equal(chy_time_run(dates, &b->w), CHY_OK);
    assert_int_equal(chy_actors_run(actors, &b->w), CHY_OK);
    assert_int_equal(chy_places_run(places, &b->w), CHY_OK);
    assert_int_equal(chy_events_run(b->events, &b->w), CHY_OK);
    b->w.err = NULL;
}

static void stop(bed *b)
{
    chy_arena_free(&b->arena);
    chy_arena_free(&b->models);
    chy_file_close(&b->file);
}

static uint32_t word(const bed *b, const char *form)
{
    for (uint32_t t = 0; t < b->w.d->n_tokens; t++)
        if (chy_slice_eqz(b->w.d->tokens[t].form, form)) return t;
    fail_msg("no word %s", form);
    return 0;
}

static const char politics[] =
    "Peru expels two Chilean diplomats\n\n"
    "LIMA, May 3 - Peru expelled two Chilean diplomats on Tuesday and accused Santiago of spying.\n\n"
    "Police arrested nine protesters outside the embassy, and soldiers shot at a crowd in the old town. The foreign ministers had met in Quito "
    "in April. The minister wore a grey coat.\n";

static void acts_are_told_from_other_words(void **state)
{
    (void)state;
    bed b;
    start(&b, politics, 0);
    assert_non_null(b.w.reader);
    static const struct {
        const char *form;
        chy_type type;
    } acts[] = {{"accused", CHY_ACCUSE}, {"arrested", CHY_COERCE}, {"shot", CHY_ASSAULT}, {"met", CHY_CONSULT}};
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        uint32_t t = word(&b, acts[i].form);
        assert_true(chy_reader_any(&b.w, t) > 0);
        assert_int_equal(chy_reader_best(&b.w, t), acts[i].type);
    }
    assert_true(chy_reader_any(&b.w, word(&b, "wore")) < 0);
    assert_true(chy_reader_any(&b.w, word(&b, "coat")) < -2 * CHY_READER_UNIT);
    assert_int_equal(chy_reader_any(&b.w, word(&b, "the")), CHY_READER_NEVER);
    stop(&b);
}

/* Classes exclude each other: of two at least one is less likely than not; no type is likelier than any event at all. */
static void classes_exclude_each_other(void **state)
{
    (void)state;
    bed b;
    start(&b, politics, 0);
    for (uint32_t t = 0; t < b.w.d->n_tokens; t++) {
        unsigned likely = 0;
        for (unsigned c = 0; c < CHY_READER_CLASSES; c++) likely += chy_reader_class(&b.w, t, c) > 1;
        assert_true(likely <= 1);
        int any = chy_reader_any(&b.w, t), best = chy_reader_score(&b.w, t, chy_reader_best(&b.w, t));
        assert_true(best <= any + 1);
    }
    stop(&b);
}

static void frames_alone_read_nothing(void **state)
{
    (void)state;
    bed b;
    start(&b, politics, CHY_READ_FRAMES_ONLY);
    assert_null(b.w.reader);
    assert_int_equal(chy_reader_any(&b.w, word(&b, "accused")), CHY_READER_NEVER);
    stop(&b);
}

static void damaged_weights_are_refused(void **state)
{
    (void)state;
    chy_file file;
    chy_slice raw;
    chy_arena a;
    chy_error err;
    const chy_reader *m;
    chy_arena_init(&a);
    assert_int_equal(chy_file_open(NULL, &file, &err), CHY_OK);
    assert_true(chy_file_raw(&file, "reader", &raw));
    unsigned char *copy = aligned_alloc(64, (raw.n + 63) / 64 * 64);
    assert_non_null(copy);
    memcpy(copy, raw.p, raw.n);
    chy_slice s = {(const char *)copy, raw.n};
    assert_int_equal(chy_reader_load(s, &a, &m, &err), CHY_OK);
    assert_non_null(m);
    for (size_t n = 0; n < 600; n += 7) {
        assert_int_equal(chy_reader_load((chy_slice){s.p, n}, &a, &m, &err), CHY_E_DATA);
        assert_null(m);
    }
    uint32_t arrays;
    memcpy(&arrays, copy + 16, 4);
    for (uint32_t i = 0; i < arrays; i++) /* rows, columns, offset and size of each array */
        for (uint32_t k = 16; k < 32; k += 4) {
            copy[24 + 32 * i + k] ^= 0x81;
            chy_status st = chy_reader_load(s, &a, &m, &err);
            copy[24 + 32 * i + k] ^= 0x81;
            if (memcmp(copy + 24 + 32 * i + 1, ".state", 6) != 0) assert_int_equal(st, CHY_E_DATA); /* those are the syntax stage's */
        }
    free(copy);
    chy_file_close(&file);
    chy_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(acts_are_told_from_other_words),
        cmocka_unit_test(classes_exclude_each_other),
        cmocka_unit_test(frames_alone_read_nothing),
        cmocka_unit_test(damaged_weights_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
