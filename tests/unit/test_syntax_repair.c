/* SPDX-License-Identifier: Apache-2.0 */
#include "syntax/syntax.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static chy_token word(const char *lemma, chy_upos upos, uint32_t head, chy_deprel rel, unsigned feats)
{
    return (chy_token){.lemma = chy_slice_z(lemma), .upos = (uint8_t)upos, .head = head, .deprel = (uint8_t)rel, .feats = (uint16_t)feats};
}

/* They met after Paris and its allies accused Rome. */
static void a_phrase_behind_after_is_the_subject_of_the_verb_that_follows(void **state)
{
    (void)state;
    chy_token t[] = {
        word("they", CHY_UPOS_PRON, 1, CHY_REL_NSUBJ, 0),   word("meet", CHY_UPOS_VERB, CHY_NONE, CHY_REL_ROOT, CHY_FEAT_FIN),
        word("after", CHY_UPOS_ADP, 3, CHY_REL_CASE, 0),    word("Paris", CHY_UPOS_PROPN, 1, CHY_REL_OBL, 0),
        word("and", CHY_UPOS_CCONJ, 6, CHY_REL_CC, 0),      word("its", CHY_UPOS_PRON, 6, CHY_REL_NMOD_POSS, 0),
        word("ally", CHY_UPOS_NOUN, 3, CHY_REL_CONJ, 0),    word("accuse", CHY_UPOS_VERB, 1, CHY_REL_CONJ, CHY_FEAT_FIN),
        word("Rome", CHY_UPOS_PROPN, 7, CHY_REL_OBJ, 0),
    };
    chy_syntax_repair(t, sizeof t / sizeof *t);
    assert_int_equal(t[3].head, 7);
    assert_int_equal(t[3].deprel, CHY_REL_NSUBJ);
    assert_int_equal(t[2].head, 7);
    assert_int_equal(t[2].deprel, CHY_REL_MARK);
    assert_int_equal(t[7].head, 1);
    assert_int_equal(t[7].deprel, CHY_REL_ADVCL);
}

/* They met after lunch and accused Rome. */
static void a_coordinated_verb_keeps_its_place(void **state)
{
    (void)state;
    chy_token t[] = {
        word("they", CHY_UPOS_PRON, 1, CHY_REL_NSUBJ, 0),   word("meet", CHY_UPOS_VERB, CHY_NONE, CHY_REL_ROOT, CHY_FEAT_FIN),
        word("after", CHY_UPOS_ADP, 3, CHY_REL_CASE, 0),    word("lunch", CHY_UPOS_NOUN, 1, CHY_REL_OBL, 0),
        word("and", CHY_UPOS_CCONJ, 5, CHY_REL_CC, 0),      word("accuse", CHY_UPOS_VERB, 1, CHY_REL_CONJ, CHY_FEAT_FIN),
        word("Rome", CHY_UPOS_PROPN, 5, CHY_REL_OBJ, 0),
    };
    chy_syntax_repair(t, sizeof t / sizeof *t);
    assert_int_equal(t[3].head, 1);
    assert_int_equal(t[5].deprel, CHY_REL_CONJ);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_phrase_behind_after_is_the_subject_of_the_verb_that_follows),
        cmocka_unit_test(a_coordinated_verb_keeps_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
