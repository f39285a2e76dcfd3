/* SPDX-License-Identifier: Apache-2.0
 *
 * The status calculus: one test a rule of docs/codebook/status.md.
 */
#include "claims_bed.h"

/* Status of an event of `type` on `trigger` in one sentence. */
static void one(const char *conllu, chy_type type, const char *trigger, const char *source, const char *target, const char *want)
{
    claims_bed b;
    bed_open(&b, conllu);
    const chy_event *e = bed_event(&b, type, trigger, source, target);
    bed_run(&b);
    assert_string_equal(bed_status(e), want);
    bed_close(&b);
}

static void told(void **state)
{
    (void)state;
    one("1 Oslo Oslo PROPN _ _ 2 nsubj _ Actor=NOR\n"
        "2 struck strike VERB _ VerbForm=Fin 0 root _ _\n"
        "3 Turku Turku PROPN _ _ 2 obj _ Actor=FIN\n",
        CHY_ASSAULT, "struck", "Oslo", "Turku", "reported");
}

static const char claim[] = "1 Turku Turku PROPN _ _ 2 nsubj _ Actor=FIN\n"
                            "2 says say VERB _ VerbForm=Fin 0 root _ _\n"
                            "3 Oslo Oslo PROPN _ _ 4 nsubj _ Actor=NOR\n"
                            "4 struck strike VERB _ VerbForm=Fin 2 ccomp _ _\n"
                            "5 it it PRON _ _ 4 obj _ Actor=FIN\n";

static void claimed(void **state)
{
    (void)state;
    claims_bed b;
    bed_open(&b, claim);
    const chy_event *e = bed_event(&b, CHY_ASSAULT, "struck", "Oslo", "it");
    bed_run(&b);
    assert_string_equal(bed_status(e), "claimed");
    assert_int_equal(e->n_claims, 1);
    assert_string_equal(bed_voice(&b, e, 0), "FIN");
    bed_close(&b);
}

static void own_speech_act(void **state)
{
    (void)state;
    one("1 Turku Turku PROPN _ _ 2 nsubj _ Actor=FIN\n"
        "2 said say VERB _ VerbForm=Fin 0 root _ _\n"
        "3 it it PRON _ _ 5 nsubj _ Actor=FIN\n"
        "4 will will AUX _ VerbForm=Fin 5 aux _ _\n"
        "5 punish punish VERB _ VerbForm=Inf 2 ccomp _ _\n"
        "6 Oslo Oslo PROPN _ _ 5 obj _ Actor=NOR\n",
        CHY_THREATEN, "punish", "Turku", "Oslo", "reported");
}

static void accusation(void **state)
{
    (void)state;
    one("1 Turku Turku PROPN _ _ 2 nsubj _ Actor=FIN\n"
        "2 accused accuse VERB _ VerbForm=Fin 0 root _ _\n"
        "3 Oslo Oslo PROPN _ _ 2 obj _ Actor=NOR\n"
        "4 of of SCONJ _ _ 5 mark _ _\n"
        "5 shelling shell VERB _ VerbForm=Ger 2 advcl _ _\n"
        "6 it it PRON _ _ 5 obj _ Actor=FIN\n",
        CHY_ASSAULT, "shelling", "Oslo", "Turku", "claimed");
}

static void hedged(void **state)
{
    (void)state;
    one("1 Police police NOUN _ _ 3 nsubj _ Actor=NOR.police\n"
        "2 allegedly allegedly ADV _ _ 3 advmod _ _\n"
        "3 beat beat VERB _ VerbForm=Fin 0 root _ _\n"
        "4 students student NOUN _ _ 3 obj _ Actor=NOR.students\n",
        CHY_ASSAULT, "beat", "Police", "students", "claimed");
}

static void admitted(void **state)
{
    (void)state;
    one("1 Oslo Oslo PROPN _ _ 2 nsubj _ Actor=NOR\n"
        "2 admitted admit VERB _ VerbForm=Fin 0 root _ _\n"
        "3 that that SCONJ _ _ 6 mark _ _\n"
        "4 it it PRON _ _ 6 nsubj _ Actor=NOR\n"
        "5 had have AUX _ _ 6 aux _ _\n"
        "6 armed arm VERB _ VerbForm=Part 2 ccomp _ _\n"
        "7 rebels rebel NOUN _ _ 6 obj _ Actor=SWE.rebels\n",
        CHY_AID, "armed", "Oslo", "rebels", "admitted");
}

static void denied(void **state)
{
    (void)state;
    claims_bed b;
    bed_open(&b, "1 Oslo Oslo PROPN _ _ 2 nsubj _ Actor=NOR\n"
                 "2 denied deny VERB _ VerbForm=Fin 0 root _ _\n"
                 "3 arming arm VERB _ VerbForm=Ger 2 xcomp _ _\n"
                 "4 rebels rebel NOUN _ _ 3 obj _ Actor=SWE.rebels\n");
    const chy_event *no = bed_event(&b, CHY_REJECT, "denied", "Oslo", NULL);
    const chy_event *e = bed_event(&b, CHY_AID, "arming", "Oslo", "rebels");
    const chy_dispatch *d = bed_run(&b);
    assert_string_equal(bed_status(no), "reported");
    assert_string_equal(bed_status(e), "denied");
    assert_int_equal(no->n_denied, 1);
    assert_int_equal(d->denials[no->first_denied], 1);
    assert_int_equal(d->claims[e->first_claim].stance, CHY_DENIES);
    assert_string_equal(bed_voice(&b, e, 0), "NOR");
    bed_close(&b);
}

static void own_denial(void **state)
{
    (void)state;
    one("1 Oslo Oslo PROPN _ _ 2 nsubj _ Actor=NOR\n"
        "2 said say VERB _ VerbForm=Fin 0 root _ _\n"
        "3 it it PRON _ _ 6 nsubj _ Actor=NOR\n"
        "4 did do AUX _ _ 6 aux _ _\n"
        "5 not not PART _ _ 6 advmod _ _\n"
        "6 strike strike VERB _ VerbForm=Inf 2 ccomp _ _\n"
        "7 Turku Turku PROPN _ _ 6 obj _ Actor=FIN\n",
        CHY_ASSAULT, "strike", "it", "Turku", "denied");
}

static void disputed(void **state)
{
    (void)state;
    claims_bed b;
    char text[2048];
    snprintf(text, sizeof text, "%s\n%s", claim,
             "1 Norway Norway PROPN _ _ 2 nsubj _ Actor=NOR\n"
             "2 denies deny VERB _ VerbForm=Fin 0 root _ _\n"
             "3 the the DET _ _ 4 det _ _\n"
             "4 allegations allegation NOUN _ _ 2 obj _ _\n");
    bed_open(&b, text);
    const chy_event *e = bed_event(&b, CHY_ASSAULT, "struck", "Oslo", "it");
    const chy_event *no = bed_event(&b, CHY_REJECT, "denies", "Norway", NULL);
    const chy_dispatch *d = bed_run(&b);
    assert_string_equal(bed_status(e), "disputed");
    assert_int_equal(no->n_denied, 1);
    assert_int_equal(d->denials[no->first_denied], 0);
    assert_int_equal(e->n_claims, 2);
    assert_string_equal(bed_voice(&b, e, 0), "FIN");
    assert_string_equal(bed_voice(&b, e, 1), "NOR");
    assert_int_equal(d->claims[e->first_claim + 1].stance, CHY_DENIES);
    bed_close(&b);
}

/* A denial counts whether or not it is coded as an event, and what points back is no part of the words before it. */
static void disputed_in_passing(void **state)
{
    (void)state;
    claims_bed b;
    bed_open(&b, "1 Turku Turku PROPN _ _ 2 nsubj _ Actor=FIN\n"
                 "2 said say VERB _ VerbForm=Fin 0 root _ _\n"
                 "3 Oslo Oslo PROPN _ _ 4 nsubj _ Actor=NOR\n"
                 "4 struck strike VERB _ VerbForm=Fin 2 ccomp _ _\n"
                 "5 it it PRON _ _ 4 obj _ Actor=FIN|SpaceAfter=No\n"
                 "6 , , PUNCT _ _ 7 punct _ _\n"
                 "7 something something PRON _ _ 4 obj _ _\n"
                 "8 Norway Norway PROPN _ _ 9 nsubj _ Actor=NOR\n"
                 "9 denies deny VERB _ VerbForm=Fin 7 acl:relcl _ _\n");
    const chy_event *e = bed_event(&b, CHY_ASSAULT, "struck", "Oslo", "it");
    bed_run(&b);
    bed_reads(&b, 0, "Turku", "said", "Oslo struck it");
    assert_string_equal(bed_status(e), "disputed");
    assert_int_equal(e->n_claims, 2);
    assert_string_equal(bed_voice(&b, e, 1), "NOR");
    assert_int_equal(b.cw.d.n_denials, 0);
    bed_close(&b);
}

/* "Has neither confirmed nor denied": nobody's word. */
static void unsaid(void **state)
{
    (void)state;
    claims_bed b;
    bed_open(&b, "1 Oslo Oslo PROPN _ _ 4 nsubj _ Actor=NOR\n"
                 "2 has have AUX _ _ 4 aux _ _\n"
                 "3 not not PART _ _ 4 advmod _ _\n"
                 "4 denied deny VERB _ VerbForm=Part 0 root _ _\n"
                 "5 arming arm VERB _ VerbForm=Ger 4 xcomp _ _\n"
                 "6 rebels rebel NOUN _ _ 5 obj _ Actor=SWE.rebels\n");
    const chy_event *e = bed_event(&b, CHY_AID, "arming", "Oslo", "rebels");
    bed_run(&b);
    assert_string_equal(bed_status(e), "possible");
    assert_int_equal(e->n_claims, 0);
    bed_close(&b);
}

static void doubted(void **state)
{
    (void)state;
    claims_bed b;
    bed_open(&b, "1 Turku Turku PROPN _ _ 2 nsubj _ Actor=FIN\n"
                 "2 doubts doubt VERB _ VerbForm=Fin 0 root _ _\n"
                 "3 that that SCONJ _ _ 5 mark _ _\n"
                 "4 Oslo Oslo PROPN _ _ 5 nsubj _ Actor=NOR\n"
                 "5 withdrew withdraw VERB _ VerbForm=Fin 2 ccomp _ _\n");
    const chy_event *e = bed_event(&b, CHY_RETREAT, "withdrew", "Oslo", NULL);
    bed_run(&b);
    assert_string_equal(bed_status(e), "claimed");
    assert_int_equal(b.cw.d.claims[e->first_claim].stance, CHY_DOUBTS);
    bed_close(&b);
}

static void planned(void **state)
{
    (void)state;
    one("1 Oslo Oslo PROPN _ _ 3 nsubj _ Actor=NOR\n"
        "2 will will AUX _ VerbForm=Fin 3 aux _ _\n"
        "3 host host VERB _ VerbForm=Inf 0 root _ _\n"
        "4 Turku Turku PROPN _ _ 3 obj _ Actor=FIN\n",
        CHY_CONSULT, "host", "Turku", "Oslo", "planned");
    one("1 Oslo Oslo PROPN _ _ 3 nsubj:pass _ Actor=NOR\n"
        "2 is be AUX _ _ 3 aux:pass _ _\n"
        "3 scheduled schedule VERB _ VerbForm=Part|Voice=Pass 0 root _ _\n"
        "4 to to PART _ _ 5 mark _ _\n"
        "5 host host VERB _ VerbForm=Inf 3 xcomp _ _\n"
        "6 Turku Turku PROPN _ _ 5 obj _ Actor=FIN\n",
        CHY_CONSULT, "host", "Turku", "Oslo", "planned");
    /* A noun shares the modality of the verb that carries it. */
    one("1 Talks talk NOUN _ _ 4 nsubj:pass _ _\n"
        "2 will will AUX _ VerbForm=Fin 4 aux _ _\n"
        "3 be be AUX _ _ 4 aux:pass _ _\n"
        "4 held hold VERB _ VerbForm=Part|Voice=Pass 0 root _ _\n"
        "5 in in ADP _ _ 6 case _ _\n"
        "6 Oslo Oslo PROPN _ _ 4 obl _ Actor=NOR\n",
        CHY_CONSULT, "Talks", NULL, "Oslo", "planned");
    /* The future in the past of reported speech. */
    one("1 Turku Turku PROPN _ _ 2 nsubj _ Actor=FIN\n"
        "2 said say VERB _ VerbForm=Fin 0 root _ _\n"
        "3 Oslo Oslo PROPN _ _ 5 nsubj _ Actor=NOR\n"
        "4 would would AUX _ VerbForm=Fin 5 aux _ _\n"
        "5 withdraw withdraw VERB _ VerbForm=Inf 2 ccomp _ _\n",
        CHY_RETREAT, "withdraw", "Oslo", NULL, "planned");
}

static void possible(void **state)
{
    (void)state;
    one("1 Oslo Oslo PROPN _ _ 3 nsubj _ Actor=NOR\n"
        "2 may may AUX _ VerbForm=Fin 3 aux _ _\n"
        "3 strike strike VERB _ VerbForm=Inf 0 root _ _\n",
        CHY_ASSAULT, "strike", "Oslo", NULL, "possible");
    one("1 Turku Turku PROPN _ _ 2 nsubj _ Actor=FIN\n"
        "2 demanded demand VERB _ VerbForm=Fin 0 root _ _\n"
        "3 the the DET _ _ 4 det _ _\n"
        "4 withdrawal withdrawal NOUN _ _ 2 obj _ _\n"
        "5 of of ADP _ _ 7 case _ _\n"
        "6 Norwegian norwegian ADJ _ _ 7 amod _ Actor=NOR\n"
        "7 troops troops NOUN _ _ 4 nmod _ _\n",
        CHY_RETREAT, "withdrawal", "Norwegian", NULL, "possible");
    one("1 If if SCONJ _ _ 3 mark _ _\n"
        "2 Oslo Oslo PROPN _ _ 3 nsubj _ Actor=NOR\n"
        "3 strikes strike VERB _ VerbForm=Fin 6 advcl _ SpaceAfter=No\n"
        "4 , , PUNCT _ _ 3 punct _ _\n"
        "5 Turku Turku PROPN _ _ 6 nsubj _ Actor=FIN\n"
        "6 waits wait VERB _ VerbForm=Fin 0 root _ _\n",
        CHY_ASSAULT, "strikes", "Oslo", NULL, "possible");
    /* A purpose is not yet reached. */
    one("1 Oslo Oslo PROPN _ _ 2 nsubj _ Actor=NOR\n"
        "2 moved move VERB _ VerbForm=Fin 0 root _ _\n"
        "3 to to PART _ _ 4 mark _ _\n"
        "4 arrest arrest VERB _ VerbForm=Inf 2 advcl _ _\n"
        "5 rebels rebel NOUN _ _ 4 obj _ Actor=SWE.rebels\n",
        CHY_COERCE, "arrest", "Oslo", "rebels", "possible");
}

static void negated(void **state)
{
    (void)state;
    one("1 Oslo Oslo PROPN _ _ 3 nsubj _ Actor=NOR\n"
        "2 never never ADV _ _ 3 advmod _ _\n"
        "3 struck strike VERB _ VerbForm=Fin 0 root _ _\n",
        CHY_ASSAULT, "struck", "Oslo", NULL, "negated");
    one("1 Oslo Oslo PROPN _ _ 2 nsubj _ Actor=NOR\n"
        "2 failed fail VERB _ VerbForm=Fin 0 root _ _\n"
        "3 to to PART _ _ 4 mark _ _\n"
        "4 withdraw withdraw VERB _ VerbForm=Inf 2 xcomp _ _\n",
        CHY_RETREAT, "withdraw", "Oslo", NULL, "negated");
    one("1 Oslo Oslo PROPN _ _ 2 nsubj _ Actor=NOR\n"
        "2 made make VERB _ VerbForm=Fin 0 root _ _\n"
        "3 no no DET _ _ 4 det _ _\n"
        "4 visit visit NOUN _ _ 2 obj _ _\n",
        CHY_CONSULT, "visit", "Oslo", NULL, "negated");
    /* "may not" leaves it open. */
    one("1 Oslo Oslo PROPN _ _ 4 nsubj _ Actor=NOR\n"
        "2 may may AUX _ VerbForm=Fin 4 aux _ _\n"
        "3 not not PART _ _ 4 advmod _ _\n"
        "4 strike strike VERB _ VerbForm=Inf 0 root _ _\n",
        CHY_ASSAULT, "strike", "Oslo", NULL, "possible");
}

/* The content of a frame, where no word of modality stands over it. */
static void frame_content(void **state)
{
    (void)state;
    static const struct {
        chy_type outer;
        const char *status;
    } rows[] = {{CHY_REQUEST, "possible"}, {CHY_THREATEN, "possible"}, {CHY_AGREE, "planned"}, {CHY_CONSULT, "reported"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        claims_bed b;
        bed_open(&b, "1 Oslo Oslo PROPN _ _ 2 nsubj _ Actor=NOR\n"
                     "2 mulled _ VERB _ VerbForm=Fin 0 root _ _\n"
                     "3 talks talk NOUN _ _ 2 obj _ _\n");
        bed_event(&b, rows[i].outer, "mulled", "Oslo", NULL);
        chy_event *e = bed_event(&b, CHY_CONSULT, "talks", "Oslo", NULL);
        e->within = 0;
        bed_run(&b);
        assert_string_equal(bed_status(e), rows[i].status);
        bed_close(&b);
    }
}

/* Somebody comes to do what is done by saying; what he comes to do otherwise is only his purpose. */
static void purpose_of_an_act(void **state)
{
    (void)state;
    static const char text[] = "1 Oslo Oslo PROPN _ _ 2 nsubj _ Actor=NOR\n"
                               "2 phoned phone VERB _ VerbForm=Fin 0 root _ _\n"
                               "3 to to PART _ _ 4 mark _ _\n"
                               "4 thank thank VERB _ VerbForm=Inf 2 advcl _ _\n"
                               "5 Turku Turku PROPN _ _ 4 obj _ Actor=FIN\n";
    one(text, CHY_SUPPORT, "thank", "Oslo", "Turku", "reported");
    one(text, CHY_ASSAULT, "thank", "Oslo", "Turku", "possible");
}

/* An infinitive that the tree hangs on the object, or on the verb over its noun, is no less ordered or planned. */
static void stray_infinitive(void **state)
{
    (void)state;
    one("1 Turku Turku PROPN _ _ 2 nsubj _ Actor=FIN\n"
        "2 ordered order VERB _ VerbForm=Fin 0 root _ _\n"
        "3 ministries ministry NOUN _ _ 2 obj _ _\n"
        "4 and and CCONJ _ _ 5 cc _ _\n"
        "5 agencies agency NOUN _ _ 3 conj _ _\n"
        "6 to to PART _ _ 7 mark _ _\n"
        "7 help help VERB _ VerbForm=Inf 5 acl _ _\n"
        "8 Oslo Oslo PROPN _ _ 7 obj _ Actor=NOR\n",
        CHY_COOPERATE, "help", NULL, "Oslo", "possible");
    one("1 Oslo Oslo PROPN _ _ 2 nsubj _ Actor=NOR\n"
        "2 made make VERB _ VerbForm=Fin 0 root _ _\n"
        "3 plans plan NOUN _ _ 2 obj _ _\n"
        "4 to to PART _ _ 5 mark _ _\n"
        "5 thank thank VERB _ VerbForm=Inf 2 advcl _ _\n"
        "6 Turku Turku PROPN _ _ 5 obj _ Actor=FIN\n",
        CHY_SUPPORT, "thank", "Oslo", "Turku", "planned");
    /* "The first to visit" has visited, wherever the infinitive hangs. */
    one("1 Finns Finn PROPN _ _ 7 nsubj _ Actor=FIN\n"
        "2 to to PART _ _ 3 mark _ _\n"
        "3 visit visit VERB _ VerbForm=Inf 7 advcl _ _\n"
        "4 Oslo Oslo PROPN _ _ 3 obj _ Actor=NOR\n"
        "5 were be AUX _ VerbForm=Fin 7 cop _ _\n"
        "6 probably probably ADV _ _ 7 advmod _ _\n"
        "7 sailors sailor NOUN _ _ 0 root _ _\n",
        CHY_CONSULT, "visit", "Finns", "Oslo", "reported");
    one("1 Striking strike VERB _ VerbForm=Ger 4 csubj _ _\n"
        "2 Oslo Oslo PROPN _ _ 1 obj _ Actor=NOR\n"
        "3 would would AUX _ VerbForm=Fin 4 aux _ _\n"
        "4 help help VERB _ VerbForm=Inf 0 root _ _\n",
        CHY_ASSAULT, "Striking", NULL, "Oslo", "possible");
}

/* A verb of warning or asking around the very words does not make them what is warned of. */
static void direct_speech(void **state)
{
    (void)state;
    one("1 Oslo Oslo PROPN _ _ 2 nsubj _ Actor=NOR\n"
        "2 struck strike VERB _ VerbForm=Fin 6 ccomp _ _\n"
        "3 ships ship NOUN _ _ 2 obj _ SpaceAfter=No\n"
        "4 , , PUNCT _ _ 6 punct _ _\n"
        "5 Turku Turku PROPN _ _ 6 nsubj _ Actor=FIN\n"
        "6 warned warn VERB _ VerbForm=Fin 0 root _ _\n",
        CHY_ASSAULT, "struck", "Oslo", NULL, "claimed");
    one("1 Turku Turku PROPN _ _ 2 nsubj _ Actor=FIN\n"
        "2 warned warn VERB _ VerbForm=Fin 0 root _ _\n"
        "3 that that SCONJ _ _ 6 mark _ _\n"
        "4 Oslo Oslo PROPN _ _ 6 nsubj _ Actor=NOR\n"
        "5 had have AUX _ VerbForm=Fin 6 aux _ _\n"
        "6 struck strike VERB _ VerbForm=Part 2 ccomp _ _\n",
        CHY_ASSAULT, "struck", "Oslo", NULL, "claimed");
}

/* What somebody dates his words by is no part of what he claims. */
static void dated_by(void **state)
{
    (void)state;
    one("1 Oslo Oslo PROPN _ _ 2 nsubj _ Actor=NOR\n"
        "2 said say VERB _ VerbForm=Fin 0 root _ _\n"
        "3 it it PRON _ _ 4 nsubj _ _\n"
        "4 sold sell VERB _ VerbForm=Fin 2 ccomp _ _\n"
        "5 rifles rifle NOUN _ _ 4 obj _ _\n"
        "6 before before SCONJ _ _ 8 mark _ _\n"
        "7 Turku Turku PROPN _ _ 8 nsubj _ Actor=FIN\n"
        "8 struck strike VERB _ VerbForm=Fin 4 advcl _ _\n",
        CHY_ASSAULT, "struck", "Turku", NULL, "reported");
}

/* What is condemned or praised is taken for granted, by the one who does so as well. */
static void given(void **state)
{
    (void)state;
    claims_bed b;
    bed_open(&b, "1 Oslo Oslo PROPN _ _ 2 nsubj _ Actor=NOR\n"
                 "2 condemned condemn VERB _ VerbForm=Fin 0 root _ _\n"
                 "3 the the DET _ _ 4 det _ _\n"
                 "4 attack attack NOUN _ _ 2 obj _ _\n"
                 "5 on on ADP _ _ 6 case _ _\n"
                 "6 Turku Turku PROPN _ _ 4 nmod _ Actor=FIN\n");
    const chy_event *e = bed_event(&b, CHY_ASSAULT, "attack", NULL, "Turku");
    bed_run(&b);
    assert_string_equal(bed_status(e), "reported");
    assert_string_equal(bed_voice(&b, e, 0), "NOR");
    bed_close(&b);
}

static void quoted(void **state)
{
    (void)state;
    one("1 Turku Turku PROPN _ _ 2 nsubj _ Actor=FIN\n"
        "2 fined fine VERB _ VerbForm=Fin 0 root _ _\n"
        "3 firms firm NOUN _ _ 2 obj _ _\n"
        "4 “ \" PUNCT _ _ 5 punct _ Quote=1|SpaceAfter=No\n"
        "5 guilty guilty ADJ _ _ 3 amod _ Quote=1\n"
        "6 of of SCONJ _ _ 7 mark _ Quote=1\n"
        "7 arming arm VERB _ VerbForm=Ger 5 advcl _ Quote=1\n"
        "8 Oslo Oslo PROPN _ _ 7 obj _ Actor=NOR|Quote=1|SpaceAfter=No\n"
        "9 ” \" PUNCT _ _ 5 punct _ Quote=1\n",
        CHY_AID, "arming", NULL, "Oslo", "claimed");
}

static void dated_ahead(void **state)
{
    (void)state;
    claims_bed b;
    bed_open(&b, "1 Summit summit NOUN _ _ 2 nsubj _ _\n"
                 "2 opens open VERB _ VerbForm=Fin 0 root _ _\n"
                 "3 in in ADP _ _ 4 case _ _\n"
                 "4 Oslo Oslo PROPN _ _ 2 obl _ Actor=NOR\n");
    chy_event *e = bed_event(&b, CHY_CONSULT, "Summit", NULL, "Oslo");
    e->basis = CHY_BASIS_TEXT;
    e->days = (chy_interval){19002, 19003};
    b.cw.d.published = (chy_interval){19000, 19000};
    bed_run(&b);
    assert_string_equal(bed_status(e), "planned");
    bed_close(&b);
}

/* What is called something is given, what it is called is somebody's word; who acts upon an allegation makes it. */
static void named(void **state)
{
    (void)state;
    one("1 Turku Turku PROPN _ _ 2 nsubj _ Actor=FIN\n"
        "2 described describe VERB _ VerbForm=Fin 0 root _ _\n"
        "3 drills drill NOUN _ _ 2 obj _ _\n"
        "4 as as ADP _ _ 5 case _ _\n"
        "5 attack attack NOUN _ _ 2 obl _ _\n"
        "6 on on ADP _ _ 7 case _ _\n"
        "7 Oslo Oslo PROPN _ _ 5 nmod _ Actor=NOR\n",
        CHY_ASSAULT, "attack", NULL, "Oslo", "claimed");
    claims_bed b;
    bed_open(&b, "1 Turku Turku PROPN _ _ 2 nsubj _ Actor=FIN\n"
                 "2 cut cut VERB _ VerbForm=Fin 0 root _ _\n"
                 "3 ties tie NOUN _ _ 2 obj _ _\n"
                 "4 over over ADP _ _ 6 case _ _\n"
                 "5 alleged alleged ADJ _ _ 6 amod _ _\n"
                 "6 shipments shipment NOUN _ _ 2 obl _ _\n"
                 "7 to to ADP _ _ 8 case _ _\n"
                 "8 Oslo Oslo PROPN _ _ 6 nmod _ Actor=NOR\n");
    const chy_event *e = bed_event(&b, CHY_AID, "shipments", NULL, "Oslo");
    bed_run(&b);
    assert_string_equal(bed_status(e), "claimed");
    assert_int_equal(e->n_claims, 1);
    bed_close(&b);
}

/* "They" are all of the subject that they take up. */
static void they_said(void **state)
{
    (void)state;
    claims_bed b;
    bed_open(&b, "1 Oslo Oslo PROPN _ _ 4 nsubj _ Actor=NOR\n"
                 "2 and and CCONJ _ _ 3 cc _ _\n"
                 "3 Turku Turku PROPN _ _ 1 conj _ Actor=FIN\n"
                 "4 met meet VERB _ VerbForm=Fin 0 root _ _\n"
                 "\n"
                 "1 They they PRON _ Number=Plur 2 nsubj _ Actor=NOR\n"
                 "2 said say VERB _ VerbForm=Fin 0 root _ _\n"
                 "3 Malta Malta PROPN _ _ 4 nsubj _ Actor=MLT\n"
                 "4 struck strike VERB _ VerbForm=Fin 2 ccomp _ _\n");
    const chy_event *e = bed_event(&b, CHY_ASSAULT, "struck", "Malta", NULL);
    bed_run(&b);
    assert_string_equal(bed_status(e), "claimed");
    assert_int_equal(e->n_claims, 2);
    bed_close(&b);
}

/* An outlet behind its news vouches for it. */
static void outlet(void **state)
{
    (void)state;
    claims_bed b;
    bed_open(&b, "1 Oslo Oslo PROPN _ _ 2 nsubj _ Actor=NOR\n"
                 "2 struck strike VERB _ VerbForm=Fin 0 root _ _\n"
                 "3 Turku Turku PROPN _ _ 2 obj _ Actor=FIN|SpaceAfter=No\n"
                 "4 , , PUNCT _ _ 6 punct _ _\n"
                 "5 STT STT PROPN _ _ 6 nsubj _ Actor=FIN.stt\n"
                 "6 reported report VERB _ VerbForm=Fin 2 parataxis _ _\n");
    const chy_event *e = bed_event(&b, CHY_ASSAULT, "struck", "Oslo", "Turku");
    for (uint32_t i = 0; i < b.cw.d.n_actors; i++) {
        chy_actor *a = (chy_actor *)(uintptr_t)&b.cw.d.actors[i];
        if (chy_slice_eqz(a->id, "FIN.stt")) a->sectors = CHY_SEC_JRN;
    }
    bed_run(&b);
    assert_string_equal(bed_status(e), "reported");
    assert_int_equal(e->n_claims, 1);
    bed_close(&b);
}

/* Did what the verb says come about? "Managed to" has it done, "failed to" not, "did not fail to" done again. */
static void implicatives(void **state)
{
    (void)state;
    static const struct {
        const char *verb, *lemma, *upos, *status;
        bool negated;
    } rows[] = {
        {"managed", "manage", "VERB", "reported", false}, {"managed", "manage", "VERB", "negated", true},
        {"failed", "fail", "VERB", "negated", false},     {"failed", "fail", "VERB", "reported", true},
        {"refused", "refuse", "VERB", "negated", false},  {"refused", "refuse", "VERB", "possible", true},
        {"forced", "force", "VERB", "reported", false},   {"pretended", "pretend", "VERB", "negated", false},
        {"tried", "try", "VERB", "possible", false},      {"hesitated", "hesitate", "VERB", "possible", false},
        {"able", "able", "ADJ", "reported", false},       {"able", "able", "ADJ", "negated", true},
        {"unable", "unable", "ADJ", "negated", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "1 Oslo Oslo PROPN _ _ 4 nsubj _ Actor=NOR\n"
                 "2 was be AUX _ VerbForm=Fin 4 %s _ _\n"
                 "3 %s %s PART _ _ 4 advmod _ _\n"
                 "4 %s %s %s _ VerbForm=Part 0 root _ _\n"
                 "5 to to PART _ _ 6 mark _ _\n"
                 "6 strike strike VERB _ VerbForm=Inf 4 xcomp _ _\n",
                 rows[i].upos[0] == 'A' ? "cop" : "aux", rows[i].negated ? "not" : "then", rows[i].negated ? "not" : "then",
                 rows[i].verb, rows[i].lemma, rows[i].upos);
        one(text, CHY_ASSAULT, "strike", "Oslo", NULL, rows[i].status);
    }
}

/* "Is to strike", and the infinitive that is all the predicate of a headline. */
static void be_to(void **state)
{
    (void)state;
    one("1 Oslo Oslo PROPN _ _ 4 nsubj _ Actor=NOR\n"
        "2 is be AUX _ VerbForm=Fin 4 cop _ _\n"
        "3 to to PART _ _ 4 mark _ _\n"
        "4 strike strike VERB _ VerbForm=Inf 0 root _ _\n",
        CHY_ASSAULT, "strike", "Oslo", NULL, "planned");
    one("# title\n"
        "1 Minister minister NOUN _ _ 0 root _ Actor=NOR.minister\n"
        "2 to to PART _ _ 3 mark _ _\n"
        "3 visit visit VERB _ VerbForm=Inf 1 acl _ _\n"
        "4 Turku Turku PROPN _ _ 3 obj _ Actor=FIN\n",
        CHY_CONSULT, "visit", "Minister", "Turku", "planned");
}

/* What a question asks is open; what it asks the reason of is not. */
static void open_questions(void **state)
{
    (void)state;
    static const char text[] = "1 %s %s ADV _ _ 4 advmod _ _\n"
                               "2 did do AUX _ VerbForm=Fin 4 aux _ _\n"
                               "3 Oslo Oslo PROPN _ _ 4 nsubj _ Actor=NOR\n"
                               "4 strike strike VERB _ VerbForm=Inf 0 root _ _\n"
                               "5 Turku Turku PROPN _ _ 4 obj _ Actor=FIN\n"
                               "6 ? ? PUNCT _ _ 4 punct _ _\n";
    char buf[sizeof text + 16];
    snprintf(buf, sizeof buf, text, "Then", "then");
    one(buf, CHY_ASSAULT, "strike", "Oslo", "Turku", "possible");
    snprintf(buf, sizeof buf, text, "Why", "why");
    one(buf, CHY_ASSAULT, "strike", "Oslo", "Turku", "reported");
    one("1 It it PRON _ _ 3 expl _ _\n"
        "2 is be AUX _ VerbForm=Fin 3 cop _ _\n"
        "3 unclear unclear ADJ _ _ 0 root _ _\n"
        "4 whether whether SCONJ _ _ 6 mark _ _\n"
        "5 Oslo Oslo PROPN _ _ 6 nsubj _ Actor=NOR\n"
        "6 struck strike VERB _ VerbForm=Fin 3 csubj _ _\n",
        CHY_ASSAULT, "struck", "Oslo", NULL, "possible");
    one("1 There there PRON _ _ 2 expl _ _\n"
        "2 is be VERB _ VerbForm=Fin 0 root _ _\n"
        "3 no no DET _ _ 4 det _ _\n"
        "4 evidence evidence NOUN _ _ 2 nsubj _ _\n"
        "5 that that SCONJ _ _ 7 mark _ _\n"
        "6 Oslo Oslo PROPN _ _ 7 nsubj _ Actor=NOR\n"
        "7 struck strike VERB _ VerbForm=Fin 4 acl _ _\n",
        CHY_ASSAULT, "struck", "Oslo", NULL, "possible");
}

static void scare_quotes(void **state)
{
    (void)state;
    one("1 The the DET _ _ 3 det _ _\n"
        "2 “ \" PUNCT _ _ 3 punct _ Quote=1|SpaceAfter=No\n"
        "3 attack attack NOUN _ _ 7 nsubj _ Quote=1|SpaceAfter=No\n"
        "4 ” \" PUNCT _ _ 3 punct _ Quote=1\n"
        "5 on on ADP _ _ 6 case _ _\n"
        "6 Turku Turku PROPN _ _ 3 nmod _ Actor=FIN\n"
        "7 passed pass VERB _ VerbForm=Fin 0 root _ _\n",
        CHY_ASSAULT, "attack", NULL, "Turku", "claimed");
}

/* "Said that it had asked": told of oneself, not done by saying so. */
static void own_past(void **state)
{
    (void)state;
    static const char text[] = "1 Oslo Oslo PROPN _ _ 2 nsubj _ Actor=NOR\n"
                               "2 said say VERB _ VerbForm=Fin 0 root _ _\n"
                               "3 it it PRON _ _ 5 nsubj _ Actor=NOR\n"
                               "4 %s AUX _ VerbForm=Fin 5 aux _ _\n"
                               "5 accused accuse VERB _ %s 2 ccomp _ _\n"
                               "6 Turku Turku PROPN _ _ 5 obj _ Actor=FIN\n";
    char buf[sizeof text + 64];
    snprintf(buf, sizeof buf, text, "had have", "VerbForm=Part");
    one(buf, CHY_ACCUSE, "accused", "it", "Turku", "claimed");
    snprintf(buf, sizeof buf, text, "too too", "VerbForm=Fin|Tense=Past");
    one(buf, CHY_ACCUSE, "accused", "it", "Turku", "reported");
}

/* Denials without a verb of denying, in the words of a voice. */
static void retorts(void **state)
{
    (void)state;
    static const char *const answers[] = {
        "1 “ \" PUNCT _ _ 4 punct _ Quote=1|SpaceAfter=No\n"
        "2 That that PRON _ _ 4 nsubj _ Quote=1\n"
        "3 is be AUX _ VerbForm=Fin 4 cop _ Quote=1\n"
        "4 nonsense nonsense NOUN _ _ 8 ccomp _ Quote=1|SpaceAfter=No\n"
        "5 , , PUNCT _ _ 4 punct _ Quote=1|SpaceAfter=No\n"
        "6 ” \" PUNCT _ _ 4 punct _ Quote=1\n"
        "7 Oslo Oslo PROPN _ _ 8 nsubj _ Actor=NOR\n"
        "8 said say VERB _ VerbForm=Fin 0 root _ _\n",
        "1 Oslo Oslo PROPN _ _ 2 nsubj _ Actor=NOR\n"
        "2 said say VERB _ VerbForm=Fin 0 root _ _\n"
        "3 this this PRON _ _ 6 nsubj _ _\n"
        "4 was be AUX _ VerbForm=Fin 6 cop _ _\n"
        "5 not not PART _ _ 6 advmod _ _\n"
        "6 true true ADJ _ _ 2 ccomp _ _\n",
        "1 Oslo Oslo PROPN _ _ 2 nsubj _ Actor=NOR\n"
        "2 called call VERB _ VerbForm=Fin 0 root _ _\n"
        "3 the the DET _ _ 4 det _ _\n"
        "4 allegation allegation NOUN _ _ 2 obj _ _\n"
        "5 a a DET _ _ 6 det _ _\n"
        "6 lie lie NOUN _ _ 2 xcomp _ _\n",
    };
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        claims_bed b;
        char text[2048];
        snprintf(text, sizeof text, "%s\n%s", claim, answers[i]);
        bed_open(&b, text);
        const chy_event *e = bed_event(&b, CHY_ASSAULT, "struck", "Oslo", "it");
        const chy_dispatch *d = bed_run(&b);
        assert_string_equal(bed_status(e), "disputed");
        assert_int_equal(e->n_claims, 2);
        assert_string_equal(bed_voice(&b, e, 1), "NOR");
        assert_int_equal(d->claims[e->first_claim + 1].stance, CHY_DENIES);
        bed_close(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(told),       cmocka_unit_test(claimed),  cmocka_unit_test(own_speech_act), cmocka_unit_test(accusation),
        cmocka_unit_test(hedged),     cmocka_unit_test(admitted), cmocka_unit_test(denied),         cmocka_unit_test(own_denial),
        cmocka_unit_test(disputed),   cmocka_unit_test(doubted),  cmocka_unit_test(planned),        cmocka_unit_test(possible),
        cmocka_unit_test(negated),    cmocka_unit_test(frame_content), cmocka_unit_test(purpose_of_an_act), cmocka_unit_test(given),
        cmocka_unit_test(disputed_in_passing), cmocka_unit_test(unsaid),
        cmocka_unit_test(stray_infinitive), cmocka_unit_test(direct_speech), cmocka_unit_test(dated_by), cmocka_unit_test(named), cmocka_unit_test(they_said),
        cmocka_unit_test(quoted),     cmocka_unit_test(dated_ahead), cmocka_unit_test(outlet),
        cmocka_unit_test(implicatives), cmocka_unit_test(be_to), cmocka_unit_test(open_questions),
        cmocka_unit_test(scare_quotes), cmocka_unit_test(own_past), cmocka_unit_test(retorts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
