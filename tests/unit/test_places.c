/* SPDX-License-Identifier: Apache-2.0 */
#include "actors/actors.h"
#include "places/places.h"
#include "syntax/syntax.h"
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static chy_file file;
static chy_arena models, arena;
static const chy_text_model *text_model;
static const chy_syntax_model *syntax_model;
static const chy_actors_model *actors_model;
static const chy_places_model *places_model;

static int open_models(void **state)
{
    (void)state;
    chy_error err;
    chy_arena_init(&models);
    chy_arena_init(&arena);
    return chy_file_open(NULL, &file, &err) || chy_text_open(&file, &models, &text_model, &err) ||
           chy_syntax_open(&file, &models, &syntax_model, &err) || chy_actors_open(&file, &models, &actors_model, &err) ||
           chy_places_open(&file, &models, &places_model, &err);
}

static int close_models(void **state)
{
    (void)state;
    chy_arena_free(&arena);
    chy_arena_free(&models);
    chy_file_close(&file);
    return 0;
}

static chy_dispatch d;
static chy_work w;
static chy_block block;

static void run(const char *text)
{
    static chy_notes notes;
    static chy_error err;
    chy_arena_reset(&arena);
    notes = (chy_notes){0};
    block = (chy_block){.at = {0, (uint32_t)strlen(text)}, .kind = CHY_BLOCK_PARAGRAPH};
    d = (chy_dispatch){.at = block.at, .blocks = &block, .n_blocks = 1, .published = chy_interval_none()};
    w = (chy_work){.arena = &arena, .err = &err, .notes = &notes, .text = chy_slice_z(text), .d = &d};
    assert_int_equal(chy_text_run(text_model, &w), CHY_OK);
    assert_int_equal(chy_syntax_run(syntax_model, &w), CHY_OK);
    assert_int_equal(chy_actors_run(actors_model, &w), CHY_OK);
    assert_int_equal(chy_places_run(places_model, &w), CHY_OK);
}

/* The text holds place `words`, and it is put within half a degree of lat, lon. */
static void puts_at(const char *text, const char *words, double lat, double lon)
{
    run(text);
    for (uint32_t i = 0; i < d.n_places; i++) {
        chy_slice got = {text + d.places[i].at.begin, d.places[i].at.end - d.places[i].at.begin};
        if (!chy_slice_eqz(got, words)) continue;
        double a = d.places[i].lat - lat, b = d.places[i].lon - lon;
        if (a < -0.5 || a > 0.5 || b < -0.5 || b > 0.5) fail_msg("\"%s\" is put at %f, %f", words, d.places[i].lat, d.places[i].lon);
        return;
    }
    fail_msg("\"%s\" was not found", words);
}

static void finds_no(const char *text, const char *words)
{
    run(text);
    for (uint32_t i = 0; i < d.n_places; i++) {
        chy_slice got = {text + d.places[i].at.begin, d.places[i].at.end - d.places[i].at.begin};
        if (chy_slice_eqz(got, words)) fail_msg("\"%s\" was taken for a place", words);
    }
}

static void names_to_places(void **state)
{
    (void)state;
    puts_at("The ministers met in Geneva on Monday.", "Geneva", 46.2, 6.1);
    puts_at("Gunmen stormed a bank in Mosul, in northern Iraq.", "Mosul", 36.3, 43.1);
    puts_at("A court in Paris, Texas, heard the case.", "Paris", 33.7, -95.6);
    puts_at("A court in Paris heard the case.", "Paris", 48.9, 2.3);
    puts_at("Rebels shelled Aleppo from the hills.", "Aleppo", 36.2, 37.2);
}

/* The text uses place `words` so, for the place `name`. */
static void uses(const char *text, const char *words, unsigned use, const char *name)
{
    run(text);
    for (uint32_t i = 0; i < d.n_places; i++) {
        chy_slice got = {text + d.places[i].at.begin, d.places[i].at.end - d.places[i].at.begin};
        if (!chy_slice_eqz(got, words)) continue;
        assert_string_equal(chy_place_use_name(d.places[i].use), chy_place_use_name(use));
        assert_true(chy_slice_eqz(d.places[i].name, name));
        return;
    }
    fail_msg("\"%s\" was not found", words);
}

static void people_are_no_places(void **state)
{
    (void)state;
    finds_no("Paris Hilton arrived late.", "Paris");
    finds_no("Ms. Jordan arrived late.", "Jordan");
}

static void how_a_place_is_used(void **state)
{
    (void)state;
    uses("Gunmen killed two people in Syria.", "Syria", CHY_PLACE_NAME, "Syria");
    uses("Syrian officials left for home.", "Syrian", CHY_PLACE_ADJECTIVE, "Syria");
    uses("The Scottish lawmakers voted on Monday.", "Scottish", CHY_PLACE_ADJECTIVE, "Scotland");
    uses("The minister spoke to the Chicago Tribune on Monday.", "Chicago", CHY_PLACE_IN_NAME, "Chicago");
}

static void place_of(const char *text, const char *word, const char *name)
{
    run(text);
    for (uint32_t t = 0; t < d.n_tokens; t++) {
        if (!chy_slice_eqz(d.tokens[t].form, word)) continue;
        uint32_t i = chy_places_of(&w, t);
        if (!name && i != CHY_NONE) fail_msg("\"%s\" is put in %.*s", word, (int)d.places[i].name.n, d.places[i].name.p);
        if (name && (i == CHY_NONE || !chy_slice_eqz(d.places[i].name, name))) fail_msg("\"%s\" is not put in %s", word, name);
        return;
    }
    fail_msg("no word \"%s\"", word);
}

static void where_it_took_place(void **state)
{
    (void)state;
    place_of("The ministers met in Geneva on Monday.", "met", "Geneva");
    place_of("The ministers held talks in Vienna.", "talks", "Vienna");
    place_of("Israeli jets carried out strikes on Beirut.", "strikes", "Beirut");
    /* the actor's seat is not where it acted */
    place_of("Tehran denied the report.", "denied", NULL);
    place_of("Britain imposed sanctions on Iran.", "sanctions", NULL);
    /* an adjective is no place of an act */
    place_of("The envoys met in Syrian custody.", "met", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_to_places),
        cmocka_unit_test(people_are_no_places),
        cmocka_unit_test(how_a_place_is_used),
        cmocka_unit_test(where_it_took_place),
    };
    return cmocka_run_group_tests(tests, open_models, close_models);
}
