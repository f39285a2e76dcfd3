/* SPDX-License-Identifier: Apache-2.0 */
#include "time_bed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static chy_dispatch d;

static void run(const char *text, const char *published)
{
    chy_arena_reset(&arena);
    chy_error err;
    chy_notes notes = {0};
    chy_block b = {.at = {0, (uint32_t)strlen(text)}, .kind = CHY_BLOCK_PARAGRAPH};
    d = (chy_dispatch){.at = b.at, .blocks = &b, .n_blocks = 1, .published = chy_interval_none()};
    chy_day day;
    if (published && chy_day_parse(chy_slice_z(published), &day) == CHY_OK)
        d.published = (chy_interval){day, day}, d.published_basis = CHY_BASIS_GIVEN;
    chy_work w = {.arena = &arena, .err = &err, .notes = &notes, .text = chy_slice_z(text), .d = &d};
    assert_int_equal(chy_text_run(text_model, &w), CHY_OK);
    assert_int_equal(chy_syntax_run(syntax_model, &w), CHY_OK);
    assert_int_equal(chy_time_run(time_model, &w), CHY_OK);
}

/* The text published on 2022-11-09, a Wednesday, holds one expression, `words`, of this value and these days. */
static void reads(const char *text, const char *words, const char *value, const char *begin, const char *end)
{
    run(text, "2022-11-09");
    char b[11] = "", e[11] = "";
    for (uint32_t i = 0; i < d.n_timexes; i++) {
        chy_slice got = {text + d.timexes[i].at.begin, d.timexes[i].at.end - d.timexes[i].at.begin};
        if (!chy_slice_eqz(got, words)) continue;
        if (chy_interval_known(d.timexes[i].days)) {
            chy_day_format(d.timexes[i].days.begin, b);
            chy_day_format(d.timexes[i].days.end, e);
        }
        if (!chy_slice_eqz(d.timexes[i].value, value) || (begin && (strcmp(b, begin) || strcmp(e, end))))
            fail_msg("\"%s\" is %.*s %s..%s, not %s", words, (int)d.timexes[i].value.n, d.timexes[i].value.p, b, e, value);
        return;
    }
    fail_msg("\"%s\" was not found", words);
}

static void nothing(const char *text)
{
    run(text, "2022-11-09");
    if (d.n_timexes) fail_msg("found \"%.*s\"", (int)(d.timexes[0].at.end - d.timexes[0].at.begin), text + d.timexes[0].at.begin);
}

static void calendar_dates(void **state)
{
    (void)state;
    reads("The envoys met on March 3, 2021 in Cairo.", "March 3, 2021", "2021-03-03", "2021-03-03", "2021-03-03");
    reads("The envoys met on 3 March 2021 in Cairo.", "3 March 2021", "2021-03-03", "2021-03-03", "2021-03-03");
    reads("The envoys met on Sept. 16 in Cairo.", "Sept. 16", "2022-09-16", "2022-09-16", "2022-09-16");
    reads("The treaty was signed in May 1995.", "May 1995", "1995-05", "1995-05-01", "1995-05-31");
    reads("The war began in 2014.", "2014", "2014", "2014-01-01", "2014-12-31");
    reads("The update of 2022-10-31 is out.", "2022-10-31", "2022-10-31", "2022-10-31", "2022-10-31");
    reads("The front froze in the 1990s.", "the 1990s", "199", "1990-01-01", "1999-12-31");
    reads("In late October the ministers announced a ban.", "late October", "2022-10", "2022-10-20", "2022-10-31");
    reads("Troops left in mid-2021.", "mid-2021", "2021", "2021-05-02", "2021-08-30");
    reads("A court session took place last December.", "last December", "2021-12", "2021-12-01", "2021-12-31");
    reads("Exports fell in the third quarter of 2021.", "the third quarter of 2021", "2021-Q3", "2021-07-01", "2021-09-30");
    reads("They were held between 3 and 5 October.", "5 October", "2022-10-05", "2022-10-05", "2022-10-05");
}

static void days_counted_from_publication(void **state)
{
    (void)state;
    reads("The king arrived on Monday.", "Monday", "2022-11-07", "2022-11-07", "2022-11-07");
    reads("The king arrived on Wednesday.", "Wednesday", "2022-11-09", "2022-11-09", "2022-11-09");
    reads("The king will arrive on Friday.", "Friday", "2022-11-11", "2022-11-11", "2022-11-11");
    reads("The king arrived last Wednesday.", "last Wednesday", "2022-11-02", "2022-11-02", "2022-11-02");
    reads("The king arrived yesterday.", "yesterday", "2022-11-08", "2022-11-08", "2022-11-08");
    reads("The king left last week.", "last week", "2022-W44", "2022-10-31", "2022-11-06");
    reads("The king left two days ago.", "two days ago", "2022-11-07", "2022-11-07", "2022-11-07");
    reads("The king left early last month.", "early last month", "2022-10", "2022-10-01", "2022-10-10");
    reads("The king visited Rome earlier this year.", "earlier this year", "2022", "2022-01-01", "2022-11-09");
    reads("Rebels fired rockets Monday night.", "Monday night", "2022-11-07TNI", "2022-11-07", "2022-11-07");
    reads("The vote began at 8:30 p.m. on Tuesday.", "8:30 p.m. on Tuesday", "2022-11-08T20:30", "2022-11-08", "2022-11-08");
}

static void stretches(void **state)
{
    (void)state;
    reads("The two sides accused each other in recent weeks.", "recent weeks", "PXW", "2022-10-05", "2022-11-09");
    reads("The city has been shaken by nearly two months of strikes.", "nearly two months", "P2M", "2022-09-09", "2022-11-09");
    reads("The siege took less than three weeks.", "less than three weeks", "P3W", NULL, NULL);
    reads("The council meets every year.", "every year", "P1Y", NULL, NULL);
    reads("The port is now closed.", "now", "PRESENT_REF", NULL, NULL);
    reads("Violence fell over the past three months.", "the past three months", "P3M", "2022-08-09", "2022-11-09");
}

static void days_counted_from_the_story(void **state)
{
    (void)state;
    reads("The army took the bridge on June 5, 2010. The previous day it had crossed the river.", "The previous day", "2010-06-04",
          "2010-06-04", "2010-06-04");
    reads("A truce was signed in 2003. Fighting resumed two years later.", "two years later", "2005", "2005-01-01", "2005-12-31");
}

static void days_without_their_month(void **state)
{
    (void)state;
    reads("Soldiers came on the 3rd and left.", "the 3rd", "2022-11-03", "2022-11-03", "2022-11-03");
    reads("Soldiers came on the 25th.", "the 25th", "2022-10-25", "2022-10-25", "2022-10-25");
    reads("The envoys will meet on the 25th.", "the 25th", "2022-11-25", "2022-11-25", "2022-11-25");
    reads("The envoys met on the 28th of last month.", "the 28th of last month", "2022-10-28", "2022-10-28", "2022-10-28");
    nothing("They met on the 4th floor.");
    nothing("They waited for the 3rd Battalion.");
}

/* A mere year lies behind once the story has told of these days. */
static void back_from_an_old_year(void **state)
{
    (void)state;
    reads("The minister spoke on Monday. The treaty is of 1890. Talks were held in August.", "August", "2022-08", "2022-08-01", "2022-08-31");
    reads("The army took the town in 1972. In February the king fled.", "February", "1972-02", "1972-02-01", "1972-02-29");
}

static void scheduled(void **state)
{
    (void)state;
    reads("The talks begin in Oslo on Friday.", "Friday", "2022-11-11", "2022-11-11", "2022-11-11");
    reads("The talks began in Oslo on Friday.", "Friday", "2022-11-04", "2022-11-04", "2022-11-04");
}

static void words_that_are_no_dates(void **state)
{
    (void)state;
    nothing("They may march on the palace.");
    nothing("About 2000 people fled.");
    nothing("The 45-year-old minister resigned.");
    nothing("A quarter of the voters stayed away.");
}

static void without_publication_nothing_is_placed(void **state)
{
    (void)state;
    run("The king left on Tuesday.", NULL);
    assert_int_equal(d.n_timexes, 1);
    assert_true(chy_slice_eqz(d.timexes[0].value, "XXXX-WXX-2"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calendar_dates),
        cmocka_unit_test(days_counted_from_publication),
        cmocka_unit_test(stretches),
        cmocka_unit_test(days_counted_from_the_story),
        cmocka_unit_test(days_without_their_month),
        cmocka_unit_test(back_from_an_old_year),
        cmocka_unit_test(scheduled),
        cmocka_unit_test(words_that_are_no_dates),
        cmocka_unit_test(without_publication_nothing_is_placed),
    };
    return cmocka_run_group_tests(tests, open_models, close_models);
}
