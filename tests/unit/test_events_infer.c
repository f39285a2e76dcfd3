/* SPDX-License-Identifier: Apache-2.0 */
#include "work_of_conllu.h"

#include "events/events.h"
#include "events/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static const char classes[] = "light: launch\nfuture: will\nplan: plan\nquantity: series\nspeech: say\n"
                              "sport: goal match referee league\nshow: film\ngadgets: phone\npolitics: minister\n";
static const char frames[] =
    "accuse/V      ACCUSE.allege       112  S=subj T=obj C=of        \"x\"\n"
    "condemn/V     ACCUSE.disapprove   111  S=subj T=obj.by,obj.poss \"x\"\n"
    "refuse/V      REJECT              120  S=subj                   \"x\"\n"
    "close/V       COERCE.restrict     172  S=subj! T=with           \"x\"\n"
    "deny/V        REJECT              120  S=subj T=obj C=obj       \"x\"\n"
    "punish/V      COERCE              170                           \"x\"\n"
    "attack/N      ASSAULT             190  S=by,poss,mod T=on       \"x\"\n"
    "protest/N     PROTEST.demo        141  S=by,of,mod              \"x\"\n"
    "beat/V        ASSAULT             190                           \"x\"\n"
    "visit/V       CONSULT.visit       042  S=subj T=obj             \"x\"\n";

typedef struct fixture {
    chy_arena arena;
    chy_events_model model;
    conllu_work cw;
} fixture;

static void start(fixture *f, const char *conllu)
{
    chy_error err = {0};
    f->model = (chy_events_model){.only_own = false};
    chy_arena_init(&f->arena);
    if (chy_frames_parse(&f->arena, chy_slice_z(frames), chy_slice_z(classes), &f->model.frames, &err) != CHY_OK) fail_msg("%s", err.message);
    conllu_make(&f->cw, conllu);
    assert_int_equal(chy_events_run(&f->model, &f->cw.w), CHY_OK);
}

static void stop(fixture *f)
{
    conllu_free(&f->cw);
    chy_arena_free(&f->arena);
}

static const char *country(const fixture *f, uint32_t first, uint32_t n)
{
    return n ? f->cw.d.actors[f->cw.d.participants[first].actor].country : "";
}

static void check(const fixture *f, uint32_t i, chy_type type, const char *source, const char *target)
{
    assert_true(i < f->cw.d.n_events);
    const chy_event *e = &f->cw.d.events[i];
    assert_int_equal(e->type, type);
    assert_string_equal(country(f, e->first_source, e->n_sources), source);
    assert_string_equal(country(f, e->first_target, e->n_targets), target);
}

static void a_denial_is_directed_at_the_accuser(void **state)
{
    (void)state;
    fixture f;
    start(&f, "1 Ukraine Ukraine PROPN _ _ 2 nsubj _ Actor=UKR\n"
              "2 accused accuse VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
              "3 Iran Iran PROPN _ _ 2 obj _ Actor=IRN\n"
              "\n"
              "1 Tehran Tehran PROPN _ _ 2 nsubj _ Actor=IRN\n"
              "2 denies deny VERB _ Tense=Pres|VerbForm=Fin 0 root _ _\n"
              "3 it it PRON _ _ 2 obj _ _\n");
    check(&f, 0, CHY_ACCUSE, "UKR", "IRN");
    check(&f, 1, CHY_REJECT, "IRN", "UKR");
    stop(&f);
}

static void what_one_says_one_will_do_is_a_threat(void **state)
{
    (void)state;
    fixture f;
    start(&f, "1 Iran Iran PROPN _ _ 2 nsubj _ Actor=IRN\n"
              "2 said say VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
              "3 it it PRON _ _ 5 nsubj _ Actor=IRN\n"
              "4 will will AUX _ VerbForm=Fin 5 aux _ _\n"
              "5 punish punish VERB _ VerbForm=Inf 2 ccomp _ _\n"
              "6 Israel Israel PROPN _ _ 5 obj _ Actor=ISR\n");
    check(&f, 0, CHY_THREATEN, "IRN", "ISR");
    stop(&f);
}

static void half_an_event_is_completed_or_dropped(void **state)
{
    (void)state;
    fixture f;
    start(&f, "1 Iran Iran PROPN _ _ 2 nsubj _ Actor=IRN\n"
              "2 visited visit VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n");
    assert_int_equal(f.cw.d.n_events, 0);
    stop(&f);
    start(&f, "1 Iran Iran PROPN _ _ 2 nsubj _ Actor=IRN\n"
              "2 visited visit VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
              "3 Iraq Iraq PROPN _ _ 2 obj _ Actor=IRQ\n"
              "\n"
              "1 Iran Iran PROPN _ _ 2 nsubj _ Actor=IRN\n"
              "2 visited visit VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n");
    assert_int_equal(f.cw.d.n_events, 2);
    check(&f, 1, CHY_CONSULT, "IRN", "IRQ");
    stop(&f);
}

/* Nobody says to whom; the text has named one. */
static void the_other_side_is_who_was_named_last(void **state)
{
    (void)state;
    fixture f;
    start(&f, "1 Turkey Turkey PROPN _ _ 2 nsubj _ Actor=TUR\n"
              "2 spoke speak VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
              "\n"
              "1 Sweden Sweden PROPN _ _ 2 nsubj _ Actor=SWE\n"
              "2 refused refuse VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n");
    check(&f, 0, CHY_REJECT, "SWE", "TUR");
    stop(&f);
    /* but not one named long before */
    start(&f, "1 Turkey Turkey PROPN _ _ 2 nsubj _ Actor=TUR\n"
              "2 spoke speak VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
              "\n1 Rain rain NOUN _ _ 2 nsubj _ _\n2 fell fall VERB _ _ 0 root _ _\n"
              "\n1 Rain rain NOUN _ _ 2 nsubj _ _\n2 fell fall VERB _ _ 0 root _ _\n"
              "\n1 Rain rain NOUN _ _ 2 nsubj _ _\n2 fell fall VERB _ _ 0 root _ _\n"
              "\n"
              "1 Sweden Sweden PROPN _ _ 2 nsubj _ Actor=SWE\n"
              "2 refused refuse VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n");
    assert_int_equal(f.cw.d.n_events, 0);
    stop(&f);
}

static void a_border_is_closed_to_nobody_in_particular(void **state)
{
    (void)state;
    fixture f;
    start(&f, "1 Chad Chad PROPN _ _ 2 nsubj _ Actor=TCD\n"
              "2 closed close VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
              "3 the the DET _ _ 4 det _ _\n"
              "4 border border NOUN _ _ 2 obj _ _\n");
    check(&f, 0, CHY_COERCE, "TCD", "");
    stop(&f);
}

static void protests_take_place_somewhere(void **state)
{
    (void)state;
    fixture f;
    start(&f, "1 Iran Iran PROPN _ _ 4 nsubj:pass _ Actor=IRN\n"
              "2 has have AUX _ _ 4 aux _ _\n"
              "3 been be AUX _ _ 4 aux:pass _ _\n"
              "4 rocked rock VERB _ Tense=Past|VerbForm=Part|Voice=Pass 0 root _ _\n"
              "5 by by ADP _ _ 6 case _ _\n"
              "6 protests protest NOUN _ Number=Plur 4 obl:agent _ _\n");
    check(&f, 0, CHY_PROTEST, "IRN", "");
    stop(&f);
}

static void two_subjects_torn_apart_are_joined(void **state)
{
    (void)state;
    fixture f;
    start(&f, "1 It it PRON _ _ 2 nsubj _ _\n"
              "2 came come VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
              "3 after after ADP _ _ 4 case _ _\n"
              "4 Ukraine Ukraine PROPN _ _ 2 obl _ Actor=UKR\n"
              "5 and and CCONJ _ _ 6 cc _ _\n"
              "6 allies ally NOUN _ _ 7 nsubj _ Actor=USA\n"
              "7 accused accuse VERB _ Tense=Past|VerbForm=Fin 2 conj _ _\n"
              "8 Russia Russia PROPN _ _ 7 obj _ Actor=RUS\n");
    check(&f, 0, CHY_ACCUSE, "UKR", "RUS");
    assert_int_equal(f.cw.d.events[0].n_sources, 2);
    stop(&f);
}

static void a_subject_hung_on_the_verb_before_is_found(void **state)
{
    (void)state;
    fixture f;
    start(&f, "1 It it PRON _ _ 2 nsubj _ _\n"
              "2 came come VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
              "3 after after ADP _ _ 4 case _ _\n"
              "4 Ukraine Ukraine PROPN _ _ 2 obl _ Actor=UKR\n"
              "5 accused accuse VERB _ Tense=Past|VerbForm=Fin 2 conj _ _\n"
              "6 Russia Russia PROPN _ _ 5 obj _ Actor=RUS\n");
    check(&f, 0, CHY_ACCUSE, "UKR", "RUS");
    stop(&f);
}

static void sport_is_no_war(void **state)
{
    (void)state;
    fixture f;
    start(&f, "1 England England PROPN _ _ 2 nsubj _ Actor=GBR\n"
              "2 beat beat VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
              "3 France France PROPN _ _ 2 obj _ Actor=FRA\n"
              "4 by by ADP _ _ 5 case _ _\n"
              "5 goals goal NOUN _ Number=Plur 2 obl _ _\n"
              "6 in in ADP _ _ 7 case _ _\n"
              "7 league league NOUN _ _ 5 nmod _ _\n"
              "8 matches match NOUN _ _ 7 conj _ _\n"
              "9 , , PUNCT _ _ 10 punct _ _\n"
              "10 referee referee NOUN _ _ 7 conj _ _\n");
    assert_int_equal(f.cw.d.n_events, 0);
    assert_int_equal(f.cw.notes.n, 1);
    stop(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_denial_is_directed_at_the_accuser),
        cmocka_unit_test(what_one_says_one_will_do_is_a_threat),
        cmocka_unit_test(half_an_event_is_completed_or_dropped),
        cmocka_unit_test(the_other_side_is_who_was_named_last),
        cmocka_unit_test(a_border_is_closed_to_nobody_in_particular),
        cmocka_unit_test(protests_take_place_somewhere),
        cmocka_unit_test(two_subjects_torn_apart_are_joined),
        cmocka_unit_test(a_subject_hung_on_the_verb_before_is_found),
        cmocka_unit_test(sport_is_no_war),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
