/* SPDX-License-Identifier: Apache-2.0
 *
 * When an undated dispatch was written: each kind of evidence, alone and against others.
 */
#include "time_bed.h"

#include "time/evidence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static chy_dispatch d;
static chy_work w;
static chy_block block;

static void run_from(const char *text, uint32_t begin, chy_interval published)
{
    static chy_notes notes;
    static chy_error err;
    chy_arena_reset(&arena);
    notes = (chy_notes){0};
    uint32_t len = (uint32_t)strlen(text);
    block = (chy_block){.at = {begin, len}, .kind = CHY_BLOCK_PARAGRAPH};
    d = (chy_dispatch){.at = {0, len}, .blocks = &block, .n_blocks = 1, .published = published};
    if (chy_interval_known(published)) d.published_basis = CHY_BASIS_GIVEN;
    w = (chy_work){.arena = &arena, .err = &err, .notes = &notes, .text = chy_slice_z(text), .d = &d};
    assert_int_equal(chy_text_run(text_model, &w), CHY_OK);
    assert_int_equal(chy_syntax_run(syntax_model, &w), CHY_OK);
    assert_int_equal(chy_time_run(time_model, &w), CHY_OK);
}

static void run(const char *text) { run_from(text, 0, chy_interval_none()); }

/* The interval holds the day and is no wider than so many days. */
static void holds(const char *day, int32_t widest)
{
    chy_day v;
    char a[11] = "", b[11] = "";
    assert_int_equal(chy_day_parse(chy_slice_z(day), &v), CHY_OK);
    if (chy_interval_known(d.published)) chy_day_format(d.published.begin, a), chy_day_format(d.published.end, b);
    if (!chy_interval_known(d.published) || v < d.published.begin || v > d.published.end || d.published.end - d.published.begin > widest)
        fail_msg("%s not in %s..%s, or that is wider than %d days", day, a, b, (int)widest);
    assert_int_equal(d.published_basis, CHY_BASIS_INFERRED);
    assert_true(d.published_why.n > 0);
}

static void people_in_office(void **state)
{
    (void)state;
    run("Prime Minister Yitzhak Rabin met Secretary of State Warren Christopher in Geneva. They spoke of Syria.");
    holds("1994-01-15", 4 * 366);
    run("Former President Ronald Reagan greeted Chancellor Helmut Kohl in Bonn, and East German officials looked on.");
    holds("1990-02-01", 8 * 366);
}

static void things_of_their_time(void **state)
{
    (void)state;
    run("Nurses in Lima gave a second booster dose to doctors. The coronavirus pandemic goes on, said President Pedro Castillo.");
    holds("2022-01-10", 3 * 366);
    run("Soviet envoys and the West German foreign minister spoke of the Warsaw Pact and of perestroika.");
    holds("1988-06-01", 7 * 366);
}

static void prices(void **state)
{
    (void)state;
    run("The Dow Jones Industrial Average fell 12.15 points to 3,405.20, dealers said. The ministers met.");
    holds("1993-03-01", 4 * 366);
}

static void years(void **state)
{
    (void)state;
    run("Exports rose in 2006, in 2007 and in the first quarter of 2008, the bank said. They had stood still in 2005.");
    holds("2008-06-01", 4 * 366);
    /* what falls due is not behind us */
    run("Soviet and West German banks will sell notes due Oct. 15, 1999. The notes were first offered in 1988.");
    holds("1989-06-01", 10 * 366);
    assert_true(d.published.end < chy_day_of(1998, 1, 1));
}

static void anniversaries(void **state)
{
    (void)state;
    run("The town marked the 40th anniversary of the bridge that was built in 1971. The minister spoke.");
    holds("2011-06-01", 6 * 366);
}

/* "March 12" and a Friday leave some years only, and in each of them a day. */
static void a_dateline_without_year(void **state)
{
    (void)state;
    const char *text = "HARARE, March 12 - The Minister opened a dam on Friday. Farmers had waited since 1997, said Secretary-General Kofi Annan. Slobodan Milosevic was absent.";
    run_from(text, (uint32_t)(strstr(text, "The Minister") - text), chy_interval_none());
    holds("1999-03-12", 8 * 366);
    int y;
    unsigned mo, day;
    chy_day_civil(d.published.begin, &y, &mo, &day);
    assert_int_equal(mo, 3);
    assert_int_equal(day, 12);
}

static void a_stated_day_stands(void **state)
{
    (void)state;
    chy_day day = chy_day_of(2011, 5, 3);
    run_from("President Ronald Reagan met Prime Minister Margaret Thatcher in Bonn.", 0, (chy_interval){day, day});
    assert_int_equal(d.published.begin, day);
    assert_int_equal(d.published.end, day);
    assert_int_equal(d.published_basis, CHY_BASIS_GIVEN);
    assert_int_equal(d.published_why.n, 0);
}

/* Nothing is counted from a publication that is known to some years only. */
static void no_day_from_a_wide_range(void **state)
{
    (void)state;
    run("On Monday Prime Minister Yitzhak Rabin met Secretary of State Warren Christopher in Geneva.");
    assert_true(d.n_timexes >= 1);
    assert_false(chy_interval_known(d.timexes[0].days));
    for (uint32_t t = 0; t < d.n_tokens; t++)
        if (chy_slice_eqz(d.tokens[t].form, "met")) assert_false(chy_interval_known(chy_time_of(&w, t).days));
}

static void one_mistake_is_outvoted(void **state)
{
    (void)state;
    static chy_time_pieces p;
    int32_t first, last;
    uint32_t sure;
    p.n = 0;
    for (int k = 0; k < 4; k++) chy_time_add(&p, (chy_time_piece){.kind = CHY_SHAPE_OFFICE, .from = 1997 * 12, .to = 2000 * 12 + 11, .what = CHY_LIT("right")});
    chy_time_add(&p, (chy_time_piece){.kind = CHY_SHAPE_OFFICE, .from = 2010 * 12, .to = 2014 * 12 + 11, .what = CHY_LIT("wrong")});
    assert_true(chy_time_weigh(&p, &first, &last, &sure));
    assert_true(first >= 1996 * 12 && last <= 2002 * 12);
    assert_true(sure >= 900 && sure <= 1000);
    chy_arena_reset(&arena);
    chy_slice why = chy_time_reasons(&arena, &p, first, last);
    assert_true(chy_slice_find(why, CHY_LIT("right")) != SIZE_MAX);
    assert_true(chy_slice_find(why, CHY_LIT("wrong")) == SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_in_office),       cmocka_unit_test(things_of_their_time),     cmocka_unit_test(prices),
        cmocka_unit_test(years),                  cmocka_unit_test(anniversaries),            cmocka_unit_test(a_dateline_without_year),
        cmocka_unit_test(a_stated_day_stands),    cmocka_unit_test(no_day_from_a_wide_range), cmocka_unit_test(one_mistake_is_outvoted),
    };
    return cmocka_run_group_tests(tests, open_models, close_models);
}
