/* SPDX-License-Identifier: Apache-2.0
 *
 * Reported speech: source, cue and content by verb, noun, preposition, quotation and label.
 */
#include "claims_bed.h"

static void clause_after_the_cue(void **state)
{
    (void)state;
    claims_bed b;
    bed_open(&b, "1 The the DET _ _ 2 det _ _\n"
                 "2 minister minister NOUN _ _ 5 nsubj _ Actor=FIN.minister\n"
                 "3 has have AUX _ _ 5 aux _ _\n"
                 "4 also also ADV _ _ 5 advmod _ _\n"
                 "5 said say VERB _ VerbForm=Part 0 root _ _\n"
                 "6 that that SCONJ _ _ 8 mark _ _\n"
                 "7 Oslo Oslo PROPN _ _ 8 nsubj _ Actor=NOR\n"
                 "8 agreed agree VERB _ VerbForm=Fin 5 ccomp _ SpaceAfter=No\n"
                 "9 . . PUNCT _ _ 5 punct _ _\n");
    bed_run(&b);
    assert_int_equal(b.cw.d.n_attributions, 1);
    bed_reads(&b, 0, "The minister", "has also said", "that Oslo agreed");
    assert_int_equal(b.cw.d.attributions[0].stance, CHY_ASSERTS);
    assert_int_equal(b.cw.d.attributions[0].quote, 0);
    assert_int_equal(b.cw.d.attributions[0].mention, 0);
    bed_close(&b);
}

/* A quotation cut in two by its cue, and a further one that goes on without a cue. */
static const char broken_quotation[] =
    "1 “ \" PUNCT _ _ 3 punct _ Quote=1|SpaceAfter=No\n"
    "2 We we PRON _ Person=1|Number=Plur 3 nsubj _ Quote=1\n"
    "3 won win VERB _ VerbForm=Fin 7 ccomp _ Quote=1|SpaceAfter=No\n"
    "4 , , PUNCT _ _ 3 punct _ Quote=1|SpaceAfter=No\n"
    "5 ” \" PUNCT _ _ 3 punct _ Quote=1\n"
    "6 Aalto Aalto PROPN _ _ 7 nsubj _ Actor=FIN.aalto|Name=B-PER\n"
    "7 said say VERB _ VerbForm=Fin 0 root _ SpaceAfter=No\n"
    "8 , , PUNCT _ _ 7 punct _ _\n"
    "9 “ \" PUNCT _ _ 11 punct _ Quote=2|SpaceAfter=No\n"
    "10 they they PRON _ Person=3|Number=Plur 11 nsubj _ Quote=2\n"
    "11 lost lose VERB _ VerbForm=Fin 7 parataxis _ Quote=2|SpaceAfter=No\n"
    "12 . . PUNCT _ _ 11 punct _ Quote=2|SpaceAfter=No\n"
    "13 ” \" PUNCT _ _ 11 punct _ Quote=2\n"
    "\n"
    "1 “ \" PUNCT _ _ 4 punct _ Quote=3|SpaceAfter=No\n"
    "2 It it PRON _ Person=3 4 nsubj _ Quote=3\n"
    "3 was be AUX _ _ 4 cop _ Quote=3\n"
    "4 time time NOUN _ _ 0 root _ Quote=3|SpaceAfter=No\n"
    "5 . . PUNCT _ _ 4 punct _ Quote=3|SpaceAfter=No\n"
    "6 ” \" PUNCT _ _ 4 punct _ Quote=3\n";

static void quotation_goes_on(void **state)
{
    (void)state;
    claims_bed b;
    bed_open(&b, broken_quotation);
    bed_run(&b);
    assert_int_equal(b.cw.d.n_attributions, 1);
    bed_reads(&b, 0, "Aalto", "said", "“We won,” … “they lost.” “It was time.”");
    assert_int_equal(b.cw.d.attributions[0].quote, 1);
    bed_close(&b);
}

/* "X said …, Y reported": the second voice passes the first one on. */
static void voices_nest(void **state)
{
    (void)state;
    claims_bed b;
    bed_open(&b, "1 Aalto Aalto PROPN _ _ 2 nsubj _ Actor=FIN.aalto\n"
                 "2 said say VERB _ VerbForm=Fin 0 root _ _\n"
                 "3 Oslo Oslo PROPN _ _ 4 nsubj _ Actor=NOR\n"
                 "4 left leave VERB _ VerbForm=Fin 2 ccomp _ SpaceAfter=No\n"
                 "5 , , PUNCT _ _ 7 punct _ _\n"
                 "6 STT STT PROPN _ _ 7 nsubj _ Actor=FIN.stt\n"
                 "7 reported report VERB _ VerbForm=Fin 2 parataxis _ SpaceAfter=No\n"
                 "8 . . PUNCT _ _ 2 punct _ _\n");
    const chy_event *e = bed_event(&b, CHY_RETREAT, "left", "Oslo", NULL);
    bed_run(&b);
    bed_reads(&b, 0, "Aalto", "said", "Oslo left");
    bed_reads(&b, 1, "STT", "reported", "Aalto said Oslo left");
    assert_int_equal(b.cw.d.attributions[0].outer, 1);
    assert_int_equal(b.cw.d.attributions[1].outer, CHY_NONE);
    assert_int_equal(e->n_claims, 2);
    assert_int_equal(b.cw.d.claims[e->first_claim].via, 1);
    assert_int_equal(b.cw.d.claims[e->first_claim + 1].via, CHY_NONE);
    bed_close(&b);
}

static void according_to(void **state)
{
    (void)state;
    claims_bed b;
    bed_open(&b, "1 Oslo Oslo PROPN _ _ 2 nsubj _ Actor=NOR\n"
                 "2 left leave VERB _ VerbForm=Fin 0 root _ SpaceAfter=No\n"
                 "3 , , PUNCT _ _ 7 punct _ _\n"
                 "4 according accord VERB _ VerbForm=Part 7 case _ _\n"
                 "5 to to ADP _ _ 4 fixed _ _\n"
                 "6 the the DET _ _ 7 det _ _\n"
                 "7 army army NOUN _ _ 2 obl _ Actor=FIN.army|SpaceAfter=No\n"
                 "8 . . PUNCT _ _ 2 punct _ _\n");
    bed_run(&b);
    assert_int_equal(b.cw.d.n_attributions, 1);
    bed_reads(&b, 0, "the army", "according to", "Oslo left");
    bed_close(&b);
}

static void noun_as_cue(void **state)
{
    (void)state;
    claims_bed b;
    bed_open(&b, "1 Aalto Aalto PROPN _ _ 3 nmod:poss _ Actor=FIN.aalto|SpaceAfter=No\n"
                 "2 's 's PART _ _ 1 case _ _\n"
                 "3 claim claim NOUN _ _ 7 nsubj _ _\n"
                 "4 that that SCONJ _ _ 6 mark _ _\n"
                 "5 Oslo Oslo PROPN _ _ 6 nsubj _ Actor=NOR\n"
                 "6 cheated cheat VERB _ VerbForm=Fin 3 acl _ _\n"
                 "7 fell fall VERB _ VerbForm=Fin 0 root _ SpaceAfter=No\n"
                 "8 . . PUNCT _ _ 7 punct _ _\n");
    bed_run(&b);
    assert_int_equal(b.cw.d.n_attributions, 1);
    bed_reads(&b, 0, "Aalto's", "claim", "that Oslo cheated");
    bed_close(&b);
}

/* The speaker who is lost in the tree is found beside his verb. */
static void speaker_beside_the_verb(void **state)
{
    (void)state;
    claims_bed b;
    bed_open(&b, "1 “ \" PUNCT _ _ 2 punct _ Quote=1|SpaceAfter=No\n"
                 "2 Gone go VERB _ VerbForm=Part 6 ccomp _ Quote=1|SpaceAfter=No\n"
                 "3 , , PUNCT _ _ 2 punct _ Quote=1|SpaceAfter=No\n"
                 "4 ” \" PUNCT _ _ 2 punct _ Quote=1\n"
                 "5 Aalto Aalto PROPN _ _ 2 nsubj _ Actor=FIN.aalto\n"
                 "6 said say VERB _ VerbForm=Fin 0 root _ SpaceAfter=No\n"
                 "7 . . PUNCT _ _ 6 punct _ _\n");
    bed_run(&b);
    assert_int_equal(b.cw.d.n_attributions, 1);
    bed_reads(&b, 0, "Aalto", "said", "“Gone,”");
    bed_close(&b);
}

static void label_in_a_headline(void **state)
{
    (void)state;
    claims_bed b;
    bed_open(&b, "# title\n"
                 "1 Aalto Aalto PROPN _ _ 4 nsubj _ Actor=FIN.aalto|SpaceAfter=No\n"
                 "2 : : PUNCT _ _ 1 punct _ _\n"
                 "3 Oslo Oslo PROPN _ _ 4 nsubj _ Actor=NOR\n"
                 "4 left leave VERB _ VerbForm=Fin 0 root _ _\n"
                 "\n"
                 "# title\n"
                 "1 Norway Norway PROPN _ _ 4 nsubj _ Actor=NOR|SpaceAfter=No\n"
                 "2 : : PUNCT _ _ 1 punct _ _\n"
                 "3 Talks talk NOUN _ _ 4 nsubj _ _\n"
                 "4 fail fail VERB _ VerbForm=Fin 0 root _ _\n");
    bed_run(&b);
    assert_int_equal(b.cw.d.n_attributions, 1); /* a state before a colon is a topic */
    bed_reads(&b, 0, "Aalto", ":", "Oslo left");
    bed_close(&b);
}

/* What somebody thinks aloud inside his own quotation is no report of another voice. */
static void own_thoughts_are_no_report(void **state)
{
    (void)state;
    claims_bed b;
    bed_open(&b, "1 “ \" PUNCT _ _ 3 punct _ Quote=1|SpaceAfter=No\n"
                 "2 I I PRON _ Person=1|Number=Sing 3 nsubj _ Quote=1\n"
                 "3 think think VERB _ VerbForm=Fin 9 ccomp _ Quote=1\n"
                 "4 Oslo Oslo PROPN _ _ 5 nsubj _ Actor=NOR|Quote=1\n"
                 "5 left leave VERB _ VerbForm=Fin 3 ccomp _ Quote=1|SpaceAfter=No\n"
                 "6 , , PUNCT _ _ 3 punct _ Quote=1|SpaceAfter=No\n"
                 "7 ” \" PUNCT _ _ 3 punct _ Quote=1\n"
                 "8 Aalto Aalto PROPN _ _ 9 nsubj _ Actor=FIN.aalto\n"
                 "9 said say VERB _ VerbForm=Fin 0 root _ SpaceAfter=No\n"
                 "10 . . PUNCT _ _ 9 punct _ _\n");
    bed_run(&b);
    assert_int_equal(b.cw.d.n_attributions, 1);
    bed_reads(&b, 0, "Aalto", "said", "“I think Oslo left,”");
    bed_close(&b);
}

/* Thousands of nested clauses are read in reasonable time and memory. */
static void deep_nesting(void **state)
{
    (void)state;
    enum { N = 4000 };
    char *text = malloc(N * 120), *p = text;
    for (unsigned i = 0; i < N; i++)
        p += sprintf(p, "%u he he PRON _ Person=3 %u nsubj _ _\n%u said say VERB _ VerbForm=Fin %u %s _ _\n", 2 * i + 1, 2 * i + 2,
                     2 * i + 2, i ? 2 * i : 0, i ? "ccomp" : "root");
    claims_bed b;
    bed_open(&b, text);
    bed_run(&b);
    assert_true(b.cw.d.n_attributions > N - 3);
    bed_close(&b);
    free(text);
}

/* "Oslo and its allies accused": both are voices. */
static void coordinated_sources(void **state)
{
    (void)state;
    claims_bed b;
    bed_open(&b, "1 Oslo Oslo PROPN _ _ 4 nsubj _ Actor=NOR\n"
                 "2 and and CCONJ _ _ 3 cc _ _\n"
                 "3 Turku Turku PROPN _ _ 1 conj _ Actor=FIN\n"
                 "4 accused accuse VERB _ VerbForm=Fin 0 root _ _\n"
                 "5 rebels rebel NOUN _ _ 4 obj _ Actor=SWE.rebels\n"
                 "6 of of SCONJ _ _ 7 mark _ _\n"
                 "7 theft theft NOUN _ _ 4 obl _ _\n");
    const chy_event *e = bed_event(&b, CHY_COERCE, "theft", "rebels", NULL);
    bed_run(&b);
    bed_reads(&b, 0, "Oslo and Turku", "accused", "theft");
    assert_int_equal(e->n_claims, 2);
    assert_string_equal(bed_voice(&b, e, 0), "NOR");
    assert_string_equal(bed_voice(&b, e, 1), "FIN");
    bed_close(&b);
}

/* "The statement said": whoever spoke before. */
static void document_takes_up_the_voice(void **state)
{
    (void)state;
    claims_bed b;
    bed_open(&b, "1 Oslo Oslo PROPN _ _ 2 nsubj _ Actor=NOR\n"
                 "2 said say VERB _ VerbForm=Fin 0 root _ _\n"
                 "3 rebels rebel NOUN _ _ 4 nsubj _ _\n"
                 "4 fled flee VERB _ VerbForm=Fin 2 ccomp _ _\n"
                 "\n"
                 "1 The the DET _ _ 2 det _ _\n"
                 "2 statement statement NOUN _ _ 3 nsubj _ _\n"
                 "3 said say VERB _ VerbForm=Fin 0 root _ _\n"
                 "4 others other NOUN _ _ 5 nsubj _ _\n"
                 "5 stayed stay VERB _ VerbForm=Fin 3 ccomp _ _\n");
    bed_run(&b);
    assert_int_equal(b.cw.d.n_attributions, 2);
    bed_reads(&b, 1, "The statement", "said", "others stayed");
    assert_int_equal(b.cw.d.attributions[1].mention, b.cw.d.attributions[0].mention);
    bed_close(&b);
}

/* "On Monday, Aalto said nothing": no clause stands before the cue. */
static void adjunct_is_no_content(void **state)
{
    (void)state;
    claims_bed b;
    bed_open(&b, "1 In in ADP _ _ 3 case _ _\n"
                 "2 early early ADJ _ _ 3 amod _ _\n"
                 "3 May May PROPN _ _ 6 obl _ SpaceAfter=No\n"
                 "4 , , PUNCT _ _ 3 punct _ _\n"
                 "5 Aalto Aalto PROPN _ _ 6 nsubj _ Actor=FIN.aalto\n"
                 "6 said say VERB _ VerbForm=Fin 0 root _ _\n"
                 "7 nothing nothing PRON _ _ 6 obj _ _\n");
    bed_run(&b);
    assert_int_equal(b.cw.d.n_attributions, 0);
    bed_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clause_after_the_cue), cmocka_unit_test(quotation_goes_on),
        cmocka_unit_test(voices_nest),          cmocka_unit_test(according_to),
        cmocka_unit_test(noun_as_cue),          cmocka_unit_test(speaker_beside_the_verb),
        cmocka_unit_test(label_in_a_headline),  cmocka_unit_test(own_thoughts_are_no_report),
        cmocka_unit_test(coordinated_sources),  cmocka_unit_test(document_takes_up_the_voice),
        cmocka_unit_test(adjunct_is_no_content), cmocka_unit_test(deep_nesting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
