/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is meant: read with the whole pipeline up to the actors, for that is what a user sees.
 */
#include "base/base.h"
#include "session_bed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static const chy_dispatch *read_on(const char *text, const char *day)
{
    chy_interval published = {CHY_NO_DAY, CHY_NO_DAY};
    if (day) assert_int_equal(chy_day_parse(chy_slice_z(day), &published.begin), CHY_OK);
    published.end = published.begin;
    chy_input in = {.bytes = chy_slice_z(text), .kind = CHY_INPUT_TEXT, .published = &published, .n_published = day ? 1
        : 0};
    const chy_page *page;
    chy_error err = {0};
    if (chy_session_read(session, &in, CHY_STAGE_ACTORS, 0, &page, &err) != CHY_OK) fail_msg("%s", err.message);
    assert_int_equal(page->n_dispatches, 1);
    return &page->dispatches[0];
}

/* The n-th (from 0) mention with these very words, or NULL. */
static const chy_mention *mention(const chy_dispatch *d, const char *words, unsigned nth)
{
    for (uint32_t i = 0; i < d->n_mentions; i++) {
        const chy_mention *m = &d->mentions[i];
        const chy_token *a = &d->tokens[m->first_token], *z = &d->tokens[m->end_token - 1];
        chy_slice s = {a->form.p, (size_t)(z->form.p + z->form.n - a->form.p)};
        if (chy_slice_eqz(s, words) && nth-- == 0) return m;
    }
    return NULL;
}

static const chy_actor *nth_actor(const chy_dispatch *d, const char *words, unsigned nth, uint32_t i)
{
    const chy_mention *m = mention(d, words, nth);
    if (!m) {
        for (uint32_t k = 0; k < d->n_mentions; k++) {
            const chy_mention *x = &d->mentions[k];
            print_message("  %u..%u %s\n",
                x->at.begin, x->at.end, d->actors[d->mention_actors[x->first_actor]].country);
        }
        fail_msg("no mention '%s'", words);
    }
    assert_true(i < m->n_actors);
    return &d->actors[d->mention_actors[m->first_actor + i]];
}

static void is_of(const chy_dispatch *d, const char *words, const char *country, uint32_t sectors)
{
    const chy_actor *a = nth_actor(d, words, 0, 0);
    if (strcmp(a->country, country) != 0) fail_msg("'%s' is of %s, not of %s", words, a->country, country);
    if (sectors && !(a->sectors & sectors)) fail_msg("'%s' has sectors %x", words, a->sectors);
}

static void states_go_by_many_names(void **state)
{
    (void)state;
    const chy_dispatch *d = read_on("Kyiv and the Kremlin traded blame. The U.S. told Pyongyang to stop. Burma said nothing to us.", NULL);
    is_of(d, "Kyiv", "UKR", 0);
    is_of(d, "the Kremlin", "RUS", CHY_SEC_GOV);
    is_of(d, "The U.S.", "USA", 0);
    is_of(d, "Pyongyang", "PRK", 0);
    is_of(d, "Burma", "MMR", 0);
    assert_null(mention(d, "us", 0));
}

static void likenesses_are_told_apart(void **state)
{
    (void)state;
    const chy_dispatch *d = read_on("Nigerien troops left. Nigerian troops stayed. South Korean officials met North Korean envoys.", NULL);
    is_of(d, "Nigerien troops", "NER", CHY_SEC_MIL);
    is_of(d, "Nigerian troops", "NGA", CHY_SEC_MIL);
    is_of(d, "South Korean officials", "KOR", CHY_SEC_GOV);
    is_of(d, "North Korean envoys", "PRK", CHY_SEC_GOV);
}

static void states_that_are_no_more_keep_their_code(void **state)
{
    (void)state;
    const chy_dispatch *d = read_on("Soviet leader Mikhail Gorbachev met East German officials.", "1987-05-28");
    is_of(d, "Soviet leader Mikhail Gorbachev", "SUN", CHY_SEC_GOV);
    is_of(d, "East German officials", "DDR", CHY_SEC_GOV);
}

static void titles_and_lists_of_names(void **state)
{
    (void)state;
    const chy_dispatch *d = read_on("The envoy met Iranian deputy foreign ministers Karim Azadi and Reza Bahrami in Geneva.", NULL);
    const chy_actor *a = nth_actor(d, "Iranian deputy foreign ministers Karim Azadi", 0, 0);
    assert_string_equal(a->country, "IRN");
    assert_true(chy_slice_eqz(a->role, "deputy foreign minister"));
    is_of(d, "Reza Bahrami", "IRN", CHY_SEC_GOV);
    is_of(d, "Iranian", "IRN", 0);
    assert_int_equal(mention(d, "Iranian", 0)->kind, CHY_MENTION_ADJECTIVE);
}

static void titles_over_several_names(void **state)
{
    (void)state;
    const chy_dispatch *d = read_on("Foreign Ministers Ali Haddad of Egypt and Samir Nassar of Jordan signed a pact. Argentina's and Chile's envoys watched.", NULL);
    is_of(d, "Foreign Ministers Ali Haddad of Egypt", "EGY", CHY_SEC_GOV);
    is_of(d, "Samir Nassar of Jordan", "JOR", CHY_SEC_GOV);
    assert_string_equal(nth_actor(d, "Argentina's and Chile's envoys", 0, 0)->country, "ARG");
    assert_string_equal(nth_actor(d, "Argentina's and Chile's envoys", 0, 1)->country, "CHL");
    d = read_on("The presidents of Kenya, Uganda and Rwanda met. Russian and Ukrainian negotiators met in Istanbul.", NULL);
    assert_string_equal(nth_actor(d, "The presidents of Kenya, Uganda and Rwanda", 0, 2)->country, "RWA");
    assert_string_equal(nth_actor(d, "Russian and Ukrainian negotiators", 0, 1)->country, "UKR");
}

static void what_is_behind_says_the_sector(void **state)
{
    (void)state;
    const chy_dispatch *d = read_on("Two members of the Israeli parliament met supporters of Senegalese opposition leader Omar Faye.", NULL);
    is_of(d, "Two members of the Israeli parliament", "ISR", CHY_SEC_LEG);
    is_of(d, "supporters of Senegalese opposition leader Omar Faye", "SEN", CHY_SEC_OPP);
    d = read_on("The head of Libya's eastern-based army rejected the plan of leaders of the Palestinian group Hamas.", NULL);
    is_of(d, "The head of Libya's eastern-based army", "LBY", CHY_SEC_MIL);
    is_of(d, "leaders of the Palestinian group Hamas", "PSE", CHY_SEC_REB);
}

static void birth_and_descent_are_no_state(void **state)
{
    (void)state;
    const chy_dispatch *d = read_on("The Cuban-born American senator met ethnic Turks in Bulgaria. The damage was US $50 million.", NULL);
    is_of(d, "The Cuban-born American senator", "USA", CHY_SEC_LEG);
    is_of(d, "ethnic Turks", "BGR", CHY_SEC_CVL);
    assert_null(mention(d, "US", 0));
}

static void offices_that_only_one_has(void **state)
{
    (void)state;
    const chy_dispatch *d = read_on("Mali asked the peacekeepers to leave. The pope prayed for Mali.", NULL);
    is_of(d, "the peacekeepers", "IGO", CHY_SEC_MIL);
    is_of(d, "The pope", "VAT", CHY_SEC_REL);
}

static void a_name_spelt_otherwise(void **state)
{
    (void)state;
    const chy_dispatch *d = read_on("Libya's minister Omar Qadhafi resigned. Gaddafi left Tripoli.", NULL);
    assert_ptr_equal(nth_actor(d, "Gaddafi", 0, 0), nth_actor(d, "Libya's minister Omar Qadhafi", 0, 0));
}

static void a_title_of_faith_is_no_office(void **state)
{
    (void)state;
    const chy_actor *a = nth_actor(read_on("Sheikh Hasina spoke in Dhaka.", "2023-08-01"), "Sheikh Hasina", 0, 0);
    assert_true(chy_slice_eqz(a->role, "prime minister"));
}

static void a_place_beside_says_whose(void **state)
{
    (void)state;
    const char *text = "Ghana and Togo agree on border\n\nACCRA, May 4 - Ghana signed a pact with Togo on Monday, the government said.\n\n"
                       "In the Togolese town of Kpalime, police dispersed a march of teachers.\n\nGhana's Interior Ministry denied the report. "
                       "The ministry said it had asked nobody.";
    const chy_dispatch *d = read_on(text, NULL);
    is_of(d, "police", "TGO", CHY_SEC_COP);
    is_of(d, "the government", "GHA", CHY_SEC_GOV);
    is_of(d, "The ministry", "GHA", CHY_SEC_GOV);
}

static void an_office_behind_the_name(void **state)
{
    (void)state;
    const chy_dispatch *d = read_on("Pavel Orlov, the secretary of Russia's security council, arrived on Monday. Orlov said he would stay.", NULL);
    is_of(d, "Pavel Orlov", "RUS", CHY_SEC_GOV);
    const chy_actor *a = nth_actor(d, "Pavel Orlov", 0, 0);
    assert_ptr_equal(a, nth_actor(d, "the secretary of Russia's security council", 0, 0));
    assert_ptr_equal(a, nth_actor(d, "Orlov", 0, 0));
    assert_ptr_equal(a, nth_actor(d, "he", 0, 0));
}

static void whose_office_it_is(void **state)
{
    (void)state;
    const chy_dispatch *d = read_on("An adviser to Ukraine's president spoke. The German foreign ministry said police in Lagos had arrested a Hamas commander.", NULL);
    is_of(d, "An adviser to Ukraine's president", "UKR", CHY_SEC_GOV);
    is_of(d, "The German foreign ministry", "DEU", CHY_SEC_GOV);
    is_of(d, "police in Lagos", "NGA", CHY_SEC_COP);
    is_of(d, "a Hamas commander", "PSE", CHY_SEC_REB | CHY_SEC_MIL);
}

static void several_owners(void **state)
{
    (void)state;
    const chy_dispatch *d = read_on("The leaders of Japan and Ireland met on Friday.", NULL);
    assert_string_equal(nth_actor(d, "The leaders of Japan and Ireland", 0, 0)->country, "JPN");
    assert_string_equal(nth_actor(d, "The leaders of Japan and Ireland", 0, 1)->country, "IRL");
}

static void a_group_is_its_members(void **state)
{
    (void)state;
    const chy_dispatch *d = read_on("Iran met the E3 in Geneva. NATO said nothing.", NULL);
    const chy_mention *m = mention(d, "the E3", 0);
    assert_non_null(m);
    assert_int_equal(m->n_actors, 3);
    assert_string_equal(nth_actor(d, "the E3", 0, 2)->country, "DEU");
    is_of(d, "NATO", "IGO", 0);
}

static void offices_are_as_of_the_day(void **state)
{
    (void)state;
    const char *text = "Sergei Shoigu flew to Tehran.";
    assert_true(chy_slice_eqz(nth_actor(read_on(text, "2022-03-01"), "Sergei Shoigu", 0, 0)->role, "defence minister"));
    assert_true(chy_slice_eqz(nth_actor(read_on(text, "2024-08-05"), "Sergei Shoigu", 0,
        0)->role, "security council secretary"));
    const chy_actor *a = nth_actor(read_on("Boris Johnson praised Ukraine.", "2023-02-01"), "Boris Johnson", 0, 0);
    assert_int_equal(a->former, 1);
    assert_true(a->sectors & CHY_SEC_ELI);
}

static void nominals_go_back(void **state)
{
    (void)state;
    const chy_dispatch *d = read_on("Iran said on Monday that it would reply. The Islamic republic denied the charges. Officials said the country was ready.", NULL);
    is_of(d, "it", "IRN", 0);
    is_of(d, "The Islamic republic", "IRN", 0);
    is_of(d, "the country", "IRN", 0);
    is_of(d, "Officials", "IRN", CHY_SEC_GOV);
}

static void who_speaks_in_a_quotation(void **state)
{
    (void)state;
    const chy_dispatch *d = read_on("Egyptian foreign minister Samir Fahmy arrived in Doha. \"We want peace,\" Fahmy said.", NULL);
    assert_ptr_equal(nth_actor(d, "We", 0, 0), nth_actor(d, "Fahmy", 0, 0));
}

static void an_abbreviation_is_learnt(void **state)
{
    (void)state;
    const chy_dispatch *d = read_on("The Central Bank of Somalia (CBS) approved the plan. CBS said so on Monday.",
        NULL);
    is_of(d, "CBS", "SOM", CHY_SEC_GOV);
}

static void every_head_has_one_mention(void **state)
{
    (void)state;
    const chy_dispatch *d = read_on("US President Joe Biden's envoy and Turkey's Kurdish rebels met Israeli and Palestinian officials, who said they and their allies had agreed.", NULL);
    uint32_t last = 0;
    for (uint32_t i = 0; i < d->n_mentions; i++) {
        const chy_mention *m = &d->mentions[i];
        assert_true(i == 0 || m->head_token > last);
        last = m->head_token;
        assert_int_equal(d->mention_of[m->head_token], i);
        assert_true(m->first_token <= m->head_token && m->head_token < m->end_token && m->end_token <= d->n_tokens);
        assert_true(m->n_actors > 0 && m->first_actor + m->n_actors <= d->n_mention_actors);
        for (uint32_t k = 0; k < m->n_actors; k++) assert_true(d->mention_actors[m->first_actor + k] < d->n_actors);
    }
    for (uint32_t i = 0; i < d->n_actors; i++) {
        assert_int_equal(strlen(d->actors[i].country), 3);
        assert_true(d->actors[i].id.n > 0);
    }
}

static void long_and_strange_text_is_read(void **state)
{
    (void)state;
    static const char *const words[] = {"Iran ", "the ", "president ", "of ", "'s ", "- ", "( ", "UN ", ") ", "Hamas ",
        ", ", "and ", "he ", "John ", "\xE2\x80\x9C", "\xFF ", "both ", "countries "};
    size_t n = 100000, len = 0;
    char *text = malloc(n * 12 + 1);
    assert_non_null(text);
    uint32_t x = 1;
    for (size_t i = 0; i < n; i++) {
        x = x * 1664525u + 1013904223u;
        const char *w = words[(x >> 16) % (sizeof words / sizeof *words)];
        memcpy(text + len, w, strlen(w));
        len += strlen(w);
    }
    text[len] = 0;
    const chy_dispatch *d = read_on(text, NULL);
    assert_true(d->n_mentions > 1000);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_go_by_many_names),
        cmocka_unit_test(likenesses_are_told_apart),
        cmocka_unit_test(states_that_are_no_more_keep_their_code),
        cmocka_unit_test(titles_and_lists_of_names),
        cmocka_unit_test(titles_over_several_names),
        cmocka_unit_test(what_is_behind_says_the_sector),
        cmocka_unit_test(birth_and_descent_are_no_state),
        cmocka_unit_test(offices_that_only_one_has),
        cmocka_unit_test(a_name_spelt_otherwise),
        cmocka_unit_test(a_title_of_faith_is_no_office),
        cmocka_unit_test(a_place_beside_says_whose),
        cmocka_unit_test(an_office_behind_the_name),
        cmocka_unit_test(whose_office_it_is),
        cmocka_unit_test(several_owners),
        cmocka_unit_test(a_group_is_its_members),
        cmocka_unit_test(offices_are_as_of_the_day),
        cmocka_unit_test(nominals_go_back),
        cmocka_unit_test(who_speaks_in_a_quotation),
        cmocka_unit_test(an_abbreviation_is_learnt),
        cmocka_unit_test(every_head_has_one_mention),
        cmocka_unit_test(long_and_strange_text_is_read),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
