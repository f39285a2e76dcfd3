/* SPDX-License-Identifier: Apache-2.0 */
#include "syntax/model.h"
#include "syntax/syntax.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static chy_file file;
static chy_arena arena;
static const chy_syntax_model *model;

static int set_up(void **state)
{
    (void)state;
    chy_error err;
    chy_arena_init(&arena);
    if (chy_file_open(NULL, &file, &err) != CHY_OK || chy_syntax_open(&file, &arena, &model, &err) != CHY_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    chy_arena_free(&arena);
    chy_file_close(&file);
    return 0;
}

/* ------------------------------------------------------------------ trees */

enum { MAX = 64 };
typedef struct parsed {
    chy_token t[MAX];
    uint32_t n;
} parsed;

/* Words between blanks. */
static parsed parse(const char *text)
{
    parsed p = {.n = 0};
    chy_slice rest = chy_slice_z(text), w;
    while (chy_slice_split(&rest, ' ', &w)) {
        p.t[p.n] = (chy_token){.form = w, .norm = w};
        p.n++;
    }
    assert_int_equal(chy_syntax_parse(model, &arena, p.t, p.n, NULL), CHY_OK);
    return p;
}

static uint32_t find(const parsed *p, const char *form)
{
    for (uint32_t i = 0; i < p->n; i++)
        if (chy_slice_eqz(p->t[i].form, form)) return i;
    fail_msg("no word %s", form);
    return 0;
}

static void check_arc(const parsed *p, const char *dep, const char *rel, const char *head)
{
    const chy_token *t = &p->t[find(p, dep)];
    assert_string_equal(chy_deprel_name(t->deprel), rel);
    if (head) assert_int_equal(t->head, find(p, head));
    else assert_int_equal(t->head, CHY_NONE);
}

static void check_lemma(const parsed *p, const char *form, const char *lemma)
{
    chy_slice l = p->t[find(p, form)].lemma;
    char got[64];
    snprintf(got, sizeof got, "%.*s", (int)l.n, l.p);
    assert_string_equal(got, lemma);
}

static void check_name(const parsed *p, const char *form, const char *tag)
{
    assert_string_equal(chy_name_tag_name(p->t[find(p, form)].name), tag);
}

static void an_active_clause_has_subject_and_object(void **state)
{
    (void)state;
    parsed p = parse("The United States sent troops to Iraq on Monday .");
    check_arc(&p, "sent", "root", NULL);
    check_arc(&p, "States", "nsubj", "sent");
    check_arc(&p, "troops", "obj", "sent");
    check_arc(&p, "Iraq", "obl", "sent");
    check_arc(&p, "to", "case", "Iraq");
    assert_int_equal(p.t[find(&p, "sent")].upos, CHY_UPOS_VERB);
    assert_true(p.t[find(&p, "sent")].feats & CHY_FEAT_PAST);
    check_lemma(&p, "sent", "send");
    check_name(&p, "Iraq", "B-LOC");
}

static void a_passive_clause_has_agent(void **state)
{
    (void)state;
    parsed p = parse("Three soldiers were killed by rebels near the border .");
    check_arc(&p, "killed", "root", NULL);
    check_arc(&p, "soldiers", "nsubj:pass", "killed");
    check_arc(&p, "were", "aux:pass", "killed");
    check_arc(&p, "rebels", "obl:agent", "killed");
    assert_true(p.t[find(&p, "killed")].feats & CHY_FEAT_PASS);
    check_lemma(&p, "were", "be");
    check_lemma(&p, "soldiers", "soldier");
}

static void speech_takes_a_clause(void **state)
{
    (void)state;
    parsed p = parse("President Vladimir Putin said that Russia would withdraw its forces .");
    check_arc(&p, "said", "root", NULL);
    check_arc(&p, "withdraw", "ccomp", "said");
    check_arc(&p, "Russia", "nsubj", "withdraw");
    check_arc(&p, "forces", "obj", "withdraw");
    check_arc(&p, "its", "nmod:poss", "forces");
    check_name(&p, "Putin", "I-PER");
    assert_true(p.t[find(&p, "its")].feats & CHY_FEAT_POSS);
}

static void lemmas_of_irregular_words(void **state)
{
    (void)state;
    parsed p = parse("They met the women who fought and held hostages .");
    check_lemma(&p, "met", "meet");
    check_lemma(&p, "women", "woman");
    check_lemma(&p, "fought", "fight");
    check_lemma(&p, "held", "hold");
    check_lemma(&p, "hostages", "hostage");
    parsed q = parse("Rebels had been shelling the city and denied hiring them .");
    check_lemma(&q, "shelling", "shell");
    check_lemma(&q, "denied", "deny");
    check_lemma(&q, "hiring", "hire");
}

static void peoples_and_organisations_are_names(void **state)
{
    (void)state;
    parsed p = parse("Iranian officials met Ebrahim Raisi in Tehran , the United Nations said .");
    check_name(&p, "Iranian", "B-NORP");
    check_name(&p, "officials", "O");
    check_name(&p, "Ebrahim", "B-PER");
    check_name(&p, "Raisi", "I-PER");
    check_name(&p, "Tehran", "B-LOC");
    check_name(&p, "United", "B-ORG");
    check_name(&p, "Nations", "I-ORG");
}

static void a_headline_in_capitals_is_read(void **state)
{
    (void)state;
    parsed p = parse("RUSSIA ATTACKS UKRAINE WITH DRONES");
    check_arc(&p, "ATTACKS", "root", NULL);
    check_arc(&p, "RUSSIA", "nsubj", "ATTACKS");
    check_arc(&p, "UKRAINE", "obj", "ATTACKS");
    check_lemma(&p, "ATTACKS", "attack");
}

/* ------------------------------------------------------------------- size */

static void check_one_root(const chy_token *t, uint32_t n)
{
    uint32_t roots = 0;
    uint8_t *done = calloc(n, 1);
    assert_non_null(done);
    for (uint32_t i = 0; i < n; i++) {
        roots += t[i].head == CHY_NONE;
        assert_true(t[i].head == CHY_NONE || t[i].head < n);
        assert_true((t[i].head == CHY_NONE) == (t[i].deprel == CHY_REL_ROOT));
        /* no cycle: mark the way up, stop at what was seen before */
        uint32_t at = i, steps = 0;
        while (at != CHY_NONE && !done[at]) {
            assert_true(steps++ < n);
            at = t[at].head;
        }
        for (at = i; at != CHY_NONE && !done[at]; at = t[at].head) done[at] = 1;
    }
    assert_int_equal(roots, 1);
    free(done);
}

static void sentences_of_any_length(void **state)
{
    (void)state;
    assert_int_equal(chy_syntax_parse(model, &arena, NULL, 0, NULL), CHY_OK);
    static const char *const words[] = {"the", "army", "attacked", "Kyiv", "and", "said", ",", "it", "Will", "not", "yield", "."};
    const uint32_t sizes[] = {1, 2, 31, 32, 33, 383, 384, 385, 20000};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        uint32_t n = sizes[k];
        chy_token *t = calloc(n, sizeof *t);
        assert_non_null(t);
        for (uint32_t i = 0; i < n; i++) t[i].form = t[i].norm = chy_slice_z(words[(i * 7 + i / 5 + k) % 12]);
        assert_int_equal(chy_syntax_parse(model, &arena, t, n, NULL), CHY_OK);
        check_one_root(t, n);
        free(t);
    }
}

static void odd_words(void **state)
{
    (void)state;
    static char big[100000];
    memset(big, 'x', sizeof big);
    chy_token t[] = {{.form = {big, sizeof big}}, {.form = {"\xE2\x80", 2}},        {.form = {"\xFF\xFE\xC3", 3}}, {.form = {"", 0}},
                     {.form = {NULL, 0}},         {.form = {"\xE2\x80\x9C", 3}},   {.form = {"12,000.5", 8}},     {.form = {"\0", 1}},
                     {.form = {"\xC3\x89tat", 5}}};
    uint32_t n = sizeof t / sizeof *t;
    assert_int_equal(chy_syntax_parse(model, &arena, t, n, NULL), CHY_OK);
    check_one_root(t, n);
    assert_int_equal(t[0].lemma.n, sizeof big);
}

/* --------------------------------------------------------------- features */

static void folding_and_shape(void **state)
{
    (void)state;
    static const struct {
        const char *form, *folded;
        unsigned casing, kind;
    } rows[] = {
        {"Kyiv", "kyiv", 2, 0},  {"U.S.", "u.s.", 4, 0},       {"\xE2\x80\x99s", "'s", 1, 3}, {"\xC3\x89tat", "\xC3\xA9tat", 2, 0},
        {"``", "\"", 0, 0},      {"1,000", "1,000", 0, 1},     {"B-52", "b-52", 3, 2},        {"McCain", "mccain", 5, 0},
        {"\xE2\x80\xA6", "...", 0, 0}, {"\xD0\x9C\xD0\xB8\xD1\x80", "\xD0\x9C\xD0\xB8\xD1\x80", 1, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        chy_syn_word w;
        chy_syn_word_of(chy_slice_z(rows[i].form), &w);
        assert_int_equal(w.n, strlen(rows[i].folded));
        assert_memory_equal(w.folded, rows[i].folded, w.n);
        assert_int_equal(w.casing, rows[i].casing);
        assert_int_equal(w.kind, rows[i].kind);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_active_clause_has_subject_and_object),
        cmocka_unit_test(a_passive_clause_has_agent),
        cmocka_unit_test(speech_takes_a_clause),
        cmocka_unit_test(lemmas_of_irregular_words),
        cmocka_unit_test(peoples_and_organisations_are_names),
        cmocka_unit_test(a_headline_in_capitals_is_read),
        cmocka_unit_test(sentences_of_any_length),
        cmocka_unit_test(odd_words),
        cmocka_unit_test(folding_and_shape),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
