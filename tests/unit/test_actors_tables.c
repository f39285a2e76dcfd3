/* SPDX-License-Identifier: Apache-2.0
 *
 * What the tables of actors know as of a day: members of groups, states that are no more, parties in government, peoples of
 * several states, epithets; codes of other schemes and Wikidata items.
 */
#include "base/base.h"
#include "session_bed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static chy_day day_of(const char *day)
{
    chy_day d;
    assert_int_equal(chy_day_parse(chy_slice_z(day), &d), CHY_OK);
    return d;
}

static const chy_dispatch *read_on(const char *text, const char *day)
{
    chy_interval published = {day_of(day), day_of(day)};
    chy_input in = {.bytes = chy_slice_z(text), .kind = CHY_INPUT_TEXT, .published = &published, .n_published = 1};
    const chy_page *page;
    chy_error err = {0};
    if (chy_session_read(session, &in, CHY_STAGE_ACTORS, 0, &page, &err) != CHY_OK) fail_msg("%s", err.message);
    assert_int_equal(page->n_dispatches, 1);
    return &page->dispatches[0];
}

/* The countries of the actors of the first mention that ends in these words: "POL HUN". */
static const char *states_of(const chy_dispatch *d, const char *words)
{
    static char out[256];
    out[0] = 0;
    for (uint32_t i = 0; i < d->n_mentions; i++) {
        const chy_mention *m = &d->mentions[i];
        const chy_token *z = &d->tokens[m->end_token - 1];
        size_t n = strlen(words), have = (size_t)(z->form.p + z->form.n - d->tokens[m->first_token].form.p);
        if (have < n || memcmp(z->form.p + z->form.n - n, words, n)) continue;
        for (uint32_t a = 0; a < m->n_actors; a++)
            snprintf(out + strlen(out), sizeof out - strlen(out), "%s%s", a ? " " : "",
                     d->actors[d->mention_actors[m->first_actor + a]].country);
        return out;
    }
    fail_msg("no mention '%s'", words);
    return out;
}

static const chy_actor *actor_of(const chy_dispatch *d, const char *id)
{
    for (uint32_t i = 0; i < d->n_actors; i++)
        if (chy_slice_eqz(d->actors[i].id, id)) return &d->actors[i];
    fail_msg("no actor %s", id);
    return NULL;
}

static bool in_group(const char *country, const char *group, const char *day)
{
    chy_slice of[256];
    uint32_t n = chy_data_groups(data, country, day ? day_of(day) : CHY_NO_DAY, of, 256);
    for (uint32_t i = 0; i < n && i < 256; i++)
        if (chy_slice_eqz(of[i], group)) return true;
    return false;
}

static void a_group_stands_for_its_states_of_the_day(void **state)
{
    (void)state;
    const char *met = "Leaders of the Visegrad Group met on Monday.";
    assert_string_equal(states_of(read_on(met, "1992-03-02"), "the Visegrad Group"), "POL HUN CSK");
    assert_string_equal(states_of(read_on(met, "2015-03-02"), "the Visegrad Group"), "POL HUN CZE SVK");
    assert_string_equal(states_of(read_on("The E3 condemned Iran.", "2024-11-21"), "The E3"), "GBR FRA DEU");
    assert_string_equal(states_of(read_on("Russia warned the Baltic states.", "2022-06-21"), "the Baltic states"), "EST LVA LTU");
    assert_string_equal(states_of(read_on("The P5 met in Geneva.", "1986-11-21"), "The P5"), "USA GBR FRA CHN SUN");
}

static void membership_has_dates(void **state)
{
    (void)state;
    assert_false(in_group("POL", "EUR", "2003-06-01"));
    assert_true(in_group("POL", "EUR", "2021-06-01"));
    assert_true(in_group("GBR", "EUR", "2020-01-31"));
    assert_false(in_group("GBR", "EUR", "2021-06-01"));
    assert_false(in_group("SWE", "IGO.nato", "2024-03-06"));
    assert_true(in_group("SWE", "IGO.nato", "2024-03-07"));
    assert_true(in_group("MLI", "IGO.ecowas", "2024-12-31"));
    assert_false(in_group("MLI", "IGO.ecowas", NULL));
    assert_true(in_group("TLS", "IGO.asean", NULL));
    assert_true(in_group("SUN", "UNO", "1985-01-01"));
    assert_int_equal(chy_data_groups(data, "UNK", CHY_NO_DAY, NULL, 0), 0);
}

static void a_capital_stands_for_the_state_of_the_day(void **state)
{
    (void)state;
    assert_string_equal(states_of(read_on("Moscow rejected the plan.", "1987-05-28"), "Moscow"), "SUN");
    assert_string_equal(states_of(read_on("Moscow rejected the plan.", "2017-05-28"), "Moscow"), "RUS");
    assert_string_equal(states_of(read_on("Belgrade rejected the plan.", "1999-03-24"), "Belgrade"), "YUG");
}

static void who_governs_is_told_as_of_the_day(void **state)
{
    (void)state;
    const chy_actor *a = actor_of(read_on("The Taliban closed the school.", "2010-05-01"), "AFG.taliban");
    assert_true(a->sectors == CHY_SEC_REB);
    a = actor_of(read_on("The Taliban closed the school.", "2023-05-01"), "AFG.taliban");
    assert_true(a->sectors == CHY_SEC_GOV);
    a = actor_of(read_on("India's BJP rejected the claim.", "2012-05-01"), "IND.bjp");
    assert_true(a->sectors & CHY_SEC_OPP);
    a = actor_of(read_on("India's BJP rejected the claim.", "2020-05-01"), "IND.bjp");
    assert_true(a->sectors & CHY_SEC_GOV);
}

static void a_people_of_several_states(void **state)
{
    (void)state;
    const char *kurds = "Turkey sent troops to Diyarbakir. Turkish police arrested a Kurdish leader and beat the Kurds there.";
    assert_string_equal(states_of(read_on(kurds, "2016-11-04"), "the Kurds"), "TUR");
    assert_string_equal(states_of(read_on("The Kurds want a referendum.", "2017-06-04"), "The Kurds"), "IRQ");
}

static void an_epithet_means_no_other_state(void **state)
{
    (void)state;
    const chy_dispatch *d = read_on("Jordan and Lebanon signed the accord. The kingdom will open its border.", "2020-06-04");
    assert_string_equal(states_of(d, "The kingdom"), "JOR");
    d = read_on("Jordan met Pakistan in Geneva. Iran was absent. The emirate of Qatar paid. Jordan praised the Islamic republic.", "2020-06-04");
    assert_string_equal(states_of(d, "the Islamic republic"), "IRN");
    d = read_on("Pakistan asked Jordan for help. Officials in the Islamic republic said so.", "2020-06-04");
    assert_string_equal(states_of(d, "the Islamic republic"), "PAK");
    d = read_on("Nepal and Belgium signed. The Himalayan nation will get aid.", "2020-06-04");
    assert_string_equal(states_of(d, "The Himalayan nation"), "NPL");
}

static void codes_of_other_schemes(void **state)
{
    (void)state;
    chy_state_codes c;
    assert_int_equal(chy_data_state_codes(data, "DEU", day_of("1980-01-01"), &c), 1);
    assert_int_equal(c.cow, 260);
    assert_int_equal(chy_data_state_codes(data, "DEU", day_of("2000-01-01"), &c), 1);
    assert_int_equal(c.cow, 255);
    assert_int_equal(c.gw, 260);
    assert_string_equal(c.iso2, "DE");
    assert_string_equal(c.fips, "GM");
    assert_int_equal(chy_data_state_codes(data, "GBR", CHY_NO_DAY, &c), 1);
    assert_string_equal(c.cow_letters, "UKG");
    assert_int_equal(c.iso_numeric, 826);
    assert_int_equal(chy_data_state_codes(data, "IGO", CHY_NO_DAY, &c), 0);
}

static void items(void **state)
{
    (void)state;
    const chy_dispatch *d = read_on("Jair Bolsonaro told NATO and the Zorbian Guild that Germany agreed.", "2019-06-04");
    assert_true(chy_slice_eqz(actor_of(d, "DEU")->wikidata, "Q183"));
    assert_true(chy_slice_eqz(actor_of(d, "IGO.nato")->wikidata, "Q7184"));
    assert_true(chy_slice_eqz(actor_of(d, "BRA.jair-bolsonaro")->wikidata, "Q10304982"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_group_stands_for_its_states_of_the_day), cmocka_unit_test(membership_has_dates),
        cmocka_unit_test(a_capital_stands_for_the_state_of_the_day), cmocka_unit_test(who_governs_is_told_as_of_the_day),
        cmocka_unit_test(a_people_of_several_states), cmocka_unit_test(an_epithet_means_no_other_state),
        cmocka_unit_test(codes_of_other_schemes), cmocka_unit_test(items),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
