/* SPDX-License-Identifier: Apache-2.0 */
#include "work_of_conllu.h"

#include "events/events.h"
#include "events/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static const char classes[] = "future: will\nplan: agree\nquantity: series\nlight: hold\n";
static const char frames[] =
    "meet/V      CONSULT            040 B=subj T=with,obj  \"x\"\n"
    "help/V      AID                070                    \"x\"\n"
    "refuse/V    REJECT             120 S=subj T=obj C=xcomp \"x\"\n"
    "bomb/V      ASSAULT            195                    \"x\"\n"
    "condemn/V   ACCUSE.disapprove  111                    \"x\"\n";

/* The type between words a and b (counted from 0) of the sentence. */
static chy_type between(const char *conllu, uint32_t a, uint32_t b)
{
    chy_arena arena;
    chy_error err = {0};
    chy_events_model model = {.only_own = false};
    conllu_work cw;
    chy_relation out;
    chy_arena_init(&arena);
    if (chy_frames_parse(&arena, chy_slice_z(frames), chy_slice_z(classes), &model.frames, &err) != CHY_OK) fail_msg("%s", err.message);
    conllu_make(&cw, conllu);
    assert_int_equal(chy_events_relate(&model, &cw.w, cw.d.tokens[a].at, cw.d.tokens[b].at, &out), CHY_OK);
    assert_true(out.confidence > 0.0f && out.confidence <= 1.0f);
    assert_true(out.rule.n > 0);
    conllu_free(&cw);
    chy_arena_free(&arena);
    return out.type;
}

static void the_predicate_between_the_two_decides(void **state)
{
    (void)state;
    const char *s = "1 Iran Iran PROPN _ _ 2 nsubj _ _\n"
                    "2 condemned condemn VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
                    "3 Israel Israel PROPN _ _ 2 obj _ _\n"
                    "4 after after SCONJ _ _ 6 mark _ _\n"
                    "5 Israel Israel PROPN _ _ 6 nsubj _ _\n"
                    "6 bombed bomb VERB _ Tense=Past|VerbForm=Fin 2 advcl _ _\n"
                    "7 Syria Syria PROPN _ _ 6 obj _ _\n";
    assert_int_equal(between(s, 0, 2), CHY_ACCUSE);
    assert_int_equal(between(s, 4, 6), CHY_ASSAULT);
}

static void modality_moves_the_type(void **state)
{
    (void)state;
    assert_int_equal(between("1 Putin Putin PROPN _ _ 3 nsubj _ _\n"
                             "2 will will AUX _ _ 3 aux _ _\n"
                             "3 meet meet VERB _ VerbForm=Inf 0 root _ _\n"
                             "4 Xi Xi PROPN _ _ 3 obj _ _\n", 0, 3), CHY_AGREE);
    assert_int_equal(between("1 Iran Iran PROPN _ _ 4 nsubj _ _\n"
                             "2 did do AUX _ _ 4 aux _ _\n"
                             "3 not not PART _ _ 4 advmod _ _\n"
                             "4 help help VERB _ VerbForm=Inf 0 root _ _\n"
                             "5 Syria Syria PROPN _ _ 4 obj _ _\n", 0, 4), CHY_REJECT);
    assert_int_equal(between("1 Iran Iran PROPN _ _ 3 nsubj _ _\n"
                             "2 will will AUX _ _ 3 aux _ _\n"
                             "3 bomb bomb VERB _ VerbForm=Inf 0 root _ _\n"
                             "4 Syria Syria PROPN _ _ 3 obj _ _\n", 0, 3), CHY_THREATEN);
}

static void a_refusal_outweighs_what_is_refused(void **state)
{
    (void)state;
    assert_int_equal(between("1 Iran Iran PROPN _ _ 2 nsubj _ _\n"
                             "2 refused refuse VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
                             "3 to to PART _ _ 4 mark _ _\n"
                             "4 help help VERB _ VerbForm=Inf 2 xcomp _ _\n"
                             "5 Syria Syria PROPN _ _ 4 obj _ _\n", 0, 4), CHY_REJECT);
}

static void there_is_always_an_answer(void **state)
{
    (void)state;
    chy_type t = between("1 Iran Iran PROPN _ _ 0 root _ _\n2 Syria Syria PROPN _ _ 1 dep _ _\n", 0, 1);
    assert_true(t < CHY_N_TYPE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_predicate_between_the_two_decides),
        cmocka_unit_test(modality_moves_the_type),
        cmocka_unit_test(a_refusal_outweighs_what_is_refused),
        cmocka_unit_test(there_is_always_an_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
