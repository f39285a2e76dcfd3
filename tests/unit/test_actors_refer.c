/* SPDX-License-Identifier: Apache-2.0 */
/* What pronouns go back to, in sentences of our own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "chancery.h"
#include "session_bed.h"

static const chy_dispatch *d;

static void text(const char *words)
{
    chy_input in = {.bytes = {words, strlen(words)}, .kind = CHY_INPUT_TEXT};
    const chy_page *page;
    chy_error err = {0};
    if (chy_session_read(session, &in, CHY_STAGE_ACTORS, 0, &page, &err) != CHY_OK) fail_msg("%s", err.message);
    assert_int_equal(page->n_dispatches, 1);
    d = &page->dispatches[0];
}

/* The n-th (from 0) word of the text that is `word`. */
static const chy_mention *at(const char *word, unsigned nth)
{
    for (uint32_t i = 0; i < d->n_tokens; i++)
        if (d->tokens[i].form.n == strlen(word) && !memcmp(d->tokens[i].form.p, word, strlen(word)) && nth-- == 0)
            return d->mention_of[i] == CHY_NONE ? NULL : &d->mentions[d->mention_of[i]];
    fail_msg("no word '%s'", word);
    return NULL;
}

/* The word stands for one actor, of this name. */
static void means(const char *word, unsigned nth, const char *name)
{
    const chy_mention *m = at(word, nth);
    if (!m) fail_msg("'%s' stands for nobody", word);
    chy_slice is = d->actors[d->mention_actors[m->first_actor]].name;
    if (is.n != strlen(name) || memcmp(is.p, name, is.n)) fail_msg("'%s' is %.*s", word, (int)is.n, is.p);
    assert_int_equal(m->n_actors, 1);
}

static void a_thing_is_no_actor(void **state)
{
    (void)state;
    text("Norway signed the treaty in May. The treaty has a flaw. It expires in two years.");
    assert_null(at("It", 0));
    text("Norway said on Monday that it would close its embassy.");
    means("it", 0, "Norway");
    means("its", 0, "Norway");
}

static void who_acts_is_somebody(void **state)
{
    (void)state;
    text("Norway signed the treaty in May. In June it expelled two diplomats.");
    means("it", 0, "Norway");
}

static void what_is_judged_is_a_thing(void **state)
{
    (void)state;
    text("Norway denied the report. It was a lie, the paper wrote.");
    assert_null(at("It", 0));
}

static void an_object_is_not_its_subject(void **state)
{
    (void)state;
    text("Iran blamed Israel and said it would punish it.");
    means("it", 0, "Iran");
    means("it", 1, "Israel");
}

static void who_speaks_is_not_he(void **state)
{
    (void)state;
    text("Paul Abara met Peter Nowak in Oslo. \"He is a good friend,\" Abara said.");
    means("He", 0, "Peter Nowak");
}

static void a_woman_is_she(void **state)
{
    (void)state;
    text("Elena Markovic met Tom Brandt in Oslo. Brandt praised the plan. She rejected it.");
    means("She", 0, "Elena Markovic");
}

static void in_his_speech(void **state)
{
    (void)state;
    text("The minister praised John Keller. In his speech on Friday, Peter Nowak rejected the plan.");
    means("his", 0, "Peter Nowak");
}

static void an_interview_has_labels(void **state)
{
    (void)state;
    text("Peter Nowak: We have asked for a meeting.");
    means("We", 0, "Peter Nowak");
}

static void an_interview_without_labels(void **state)
{
    (void)state;
    text("Interview with Maria Keller\n\nMaria Keller has led the union since May. She spoke with us on Friday.\n\nWhy did you leave the talks?\n\n"
         "I left because nobody answered.\n\nWill you go back?\n\nThat depends on the ministry.\n\nAnd what do you want?\n\nMy demand is simple.");
    means("you", 0, "Maria Keller");
    means("I", 0, "Maria Keller");
    means("My", 0, "Maria Keller");
}

static void numbers_are_the_people_named_last(void **state)
{
    (void)state;
    text("Police arrested nine teachers in Oslo. Five were charged on Monday.");
    const chy_mention *m = at("Five", 0), *t = at("teachers", 0);
    assert_non_null(m);
    assert_non_null(t);
    assert_int_equal(d->mention_actors[m->first_actor], d->mention_actors[t->first_actor]);
}

static void a_given_name_goes_back(void **state)
{
    (void)state;
    text("Isabel Moreno arrived in Oslo on Monday. Isabel and her brother met the mayor.");
    means("her", 0, "Isabel Moreno");
}

static void them_are_the_ones_acted_on(void **state)
{
    (void)state;
    text("Police arrested two journalists in Oslo and later released them.");
    const chy_mention *m = at("them", 0), *j = at("journalists", 0);
    assert_non_null(m);
    assert_non_null(j);
    assert_int_equal(d->mention_actors[m->first_actor], d->mention_actors[j->first_actor]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thing_is_no_actor),
        cmocka_unit_test(who_acts_is_somebody),
        cmocka_unit_test(what_is_judged_is_a_thing),
        cmocka_unit_test(an_object_is_not_its_subject),
        cmocka_unit_test(who_speaks_is_not_he),
        cmocka_unit_test(a_woman_is_she),
        cmocka_unit_test(in_his_speech),
        cmocka_unit_test(an_interview_has_labels),
        cmocka_unit_test(an_interview_without_labels),
        cmocka_unit_test(numbers_are_the_people_named_last),
        cmocka_unit_test(a_given_name_goes_back),
        cmocka_unit_test(them_are_the_ones_acted_on),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
