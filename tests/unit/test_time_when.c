/* SPDX-License-Identifier: Apache-2.0 */
#include "time_bed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static chy_dispatch d;
static chy_work w;
static chy_block blocks[8];

/* Paragraphs are lines. */
static void run(const char *text, const char *published)
{
    static chy_notes notes;
    static chy_error err;
    chy_arena_reset(&arena);
    notes = (chy_notes){0};
    uint32_t n = 0, begin = 0, len = (uint32_t)strlen(text);
    for (uint32_t i = 0; i <= len && n < 8; i++) {
        if (i < len && text[i] != '\n') continue;
        if (i > begin) blocks[n++] = (chy_block){.at = {begin, i}, .kind = CHY_BLOCK_PARAGRAPH};
        begin = i + 1;
    }
    d = (chy_dispatch){.at = {0, len}, .blocks = blocks, .n_blocks = n, .published = chy_interval_none()};
    chy_day day;
    if (published && chy_day_parse(chy_slice_z(published), &day) == CHY_OK)
        d.published = (chy_interval){day, day}, d.published_basis = CHY_BASIS_GIVEN;
    w = (chy_work){.arena = &arena, .err = &err, .notes = &notes, .text = chy_slice_z(text), .d = &d};
    assert_int_equal(chy_text_run(text_model, &w), CHY_OK);
    assert_int_equal(chy_syntax_run(syntax_model, &w), CHY_OK);
    assert_int_equal(chy_time_run(time_model, &w), CHY_OK);
}

/* Told on 2022-11-09, what `word` stands for took place within begin..end. */
static void took_place(const char *text, const char *word, const char *begin, const char *end)
{
    run(text, "2022-11-09");
    for (uint32_t t = 0; t < d.n_tokens; t++) {
        if (!chy_slice_eqz(d.tokens[t].form, word)) continue;
        char b[11] = "", e[11] = "";
        chy_when got = chy_time_of(&w, t);
        if (chy_interval_known(got.days)) {
            chy_day_format(got.days.begin, b);
            chy_day_format(got.days.end, e);
        }
        if (strcmp(b, begin) || strcmp(e, end)) fail_msg("\"%s\": %s..%s, not %s..%s", word, b, e, begin, end);
        return;
    }
    fail_msg("no word \"%s\"", word);
}

static void its_own_expression(void **state)
{
    (void)state;
    took_place("The minister met his Polish counterpart in Warsaw on Monday.", "met", "2022-11-07", "2022-11-07");
    took_place("The minister held talks in Warsaw on Monday.", "talks", "2022-11-07", "2022-11-07");
    took_place("Rebels shelled the port in 2019 and seized the airport.", "seized", "2019-01-01", "2019-12-31");
    took_place("Algeria rejected the 2015 accord on Tuesday.", "rejected", "2022-11-08", "2022-11-08");
    took_place("The army has shelled the city since October 3.", "shelled", "2022-10-03", "2022-11-09");
}

static void a_public_event(void **state)
{
    (void)state;
    took_place("Poland has sent tanks since Russia's invasion of Ukraine.", "sent", "2022-02-24", "2022-11-09");
    took_place("The envoy recalled the fall of Saigon.", "fall", "1975-04-30", "1975-04-30");
}

static void the_saying_is_not_what_is_said(void **state)
{
    (void)state;
    took_place("France said in June that Mali had expelled its troops before elections were held in March 2021.", "expelled",
               "2020-12-31", "2021-03-31");
    took_place("The ministry said on Monday that troops will leave the border zone.", "leave", "2022-11-09", "2022-11-11");
}

static void what_is_past_ends_with_publication(void **state)
{
    (void)state;
    took_place("Peru recalled its envoy this month.", "recalled", "2022-11-01", "2022-11-09");
    took_place("Peru will recall its envoy this month.", "recall", "2022-11-09", "2022-11-30");
}

static void the_story_goes_on(void **state)
{
    (void)state;
    took_place("In 2018, Chad closed its embassy.\nThat prompted Niger to recall its envoy.", "prompted", "2018-01-01", "2018-12-31");
    took_place("Chad bombed a camp on July 4.\nThe king condemned the bombing.\nOfficials rebuilt the camp.", "rebuilt", "2022-11-07", "2022-11-09");
    took_place("Kenya's envoy opened a summit on August 20.\nHe thanked the hosts of the summit.", "summit", "2022-08-20", "2022-08-20");
}

static void by_tense(void **state)
{
    (void)state;
    took_place("Togo condemned the raid.", "condemned", "2022-11-07", "2022-11-09");
    took_place("Togo will expel the envoy.", "expel", "2022-11-09", "2022-11-11");
}

static void published(const char *begin, const char *end)
{
    char b[11] = "", e[11] = "";
    if (chy_interval_known(d.published)) {
        chy_day_format(d.published.begin, b);
        chy_day_format(d.published.end, e);
    }
    if (strcmp(b, begin) || strcmp(e, end)) fail_msg("published %s..%s, not %s..%s", b, e, begin, end);
}

/* A date behind what is judged is that one's; a clause with a subject and tense of its own has its own time. */
static void dates_of_others(void **state)
{
    (void)state;
    took_place("The ministers condemned the attack by the rebels on 19 January.", "condemned", "2022-11-07", "2022-11-09");
    took_place("The president will travel to Oslo on Friday, and Sweden has accepted the plan.", "accepted", "2022-11-07", "2022-11-09");
}

static void publication_inferred(void **state)
{
    (void)state;
    run("The envoys spoke for hours, ten days before President-elect Joe Biden takes office.\nIn 2019 they had not met at all.", NULL);
    published("2021-01-10", "2021-01-10");
    assert_int_equal(d.published_basis, CHY_BASIS_INFERRED);
    run("On Thursday, July 21, the two presidents spoke by phone.\nIn 2021 they had met in Lima.", NULL);
    published("2022-07-21", "2022-08-02");
    run("Qatar condemned the killing of Ismail Haniyeh last week.", NULL);
    published("2024-08-05", "2024-08-11");
    run("It was the tenth day of protests, ten days since the death of Alexei Navalny.", NULL);
    published("2024-02-24", "2024-02-28");
    /* nothing in it belongs to one time rather than another */
    run("The rebels met the ministers. Talks went on.", NULL);
    assert_false(chy_interval_known(d.published));
    assert_int_equal(d.published_basis, CHY_BASIS_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_own_expression),
        cmocka_unit_test(a_public_event),
        cmocka_unit_test(the_saying_is_not_what_is_said),
        cmocka_unit_test(what_is_past_ends_with_publication),
        cmocka_unit_test(the_story_goes_on),
        cmocka_unit_test(by_tense),
        cmocka_unit_test(dates_of_others),
        cmocka_unit_test(publication_inferred),
    };
    return cmocka_run_group_tests(tests, open_models, close_models);
}
