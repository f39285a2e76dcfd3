/* SPDX-License-Identifier: Apache-2.0 */
#include "work_of_conllu.h"

#include "events/events.h"
#include "events/frames.h"
#include "events/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static const char classes[] =
    "light: hold launch carry impose make\n"
    "quantity: series number\n"
    "subject_control: promise\n"
    "future: will\n"
    "plan: schedule plan\n"
    "talks: talk meeting\n"
    "talks: discussion\n"
    "sanctions: sanction\n";

static const char frames[] =
    "#file test.frames\n"
    "accuse/V               ACCUSE.allege     112  S=subj T=obj C=of,ccomp       \"Kyiv accused Moscow of shelling the port.\"\n"
    "condemn/V              ACCUSE.disapprove 111                                \"Iran condemned Israel.\"\n"
    "shell|bomb/V           ASSAULT           190                                \"Russia shelled Kyiv.\"\n"
    "hold/V+obj:{talks}     CONSULT           040  B=subj T=with                 \"Lavrov held talks with Fidan.\"\n"
    "talk/N                 CONSULT           040  B=between,of,poss,mod T=with  \"talks between Iran and Russia\"\n"
    "meet/V                 CONSULT           040  B=subj T=with,obj             \"Putin met Xi.\"\n"
    "strike/N-mod:labour    ASSAULT.aerial    195  S=by,poss,mod T=on!           \"an Israeli strike on Beirut\"\n"
    "strike/V               ASSAULT           190                                \"Israel struck Iran.\"\n"
    "strike/V+obj:deal      -                 0                                  \"They struck a deal.\"\n"
    "impose/V+obj:{sanctions} SANCTION@economic 163 S=subj T=on,against          \"The EU imposed sanctions on Iran.\"\n"
    "sanction/N             SANCTION          163  S=by,poss,mod,of T=on,against \"sanctions on Iran\"\n"
    "urge/V                 REQUEST           100  S=subj T=obj C=xcomp          \"China urged Israel to halt.\"\n"
    "halt/V                 RETREAT.withdraw  087                                \"Israel halted.\"\n"
    "deny/V                 REJECT            120  S=subj T=obj C=obj,ccomp      \"Moscow denies it.\"\n"
    "supply/V               AID               070  S=subj T=to,with,iobj,obj     \"Iran supplied Russia.\"\n"
    "violate/V              COERCE            170  S=subj T=obj.poss             \"Russia violated Estonia's airspace.\"\n";

typedef struct fixture {
    chy_arena arena;
    chy_events_model model;
    conllu_work cw;
} fixture;

static void start(fixture *f, const char *conllu, unsigned flags)
{
    chy_error err = {0};
    f->model = (chy_events_model){.only_own = false};
    chy_arena_init(&f->arena);
    if (chy_frames_parse(&f->arena, chy_slice_z(frames), chy_slice_z(classes), &f->model.frames, &err) != CHY_OK)
        fail_msg("%s", err.message);
    conllu_make(&f->cw, conllu);
    f->cw.w.flags = flags;
    assert_int_equal(chy_events_run(&f->model, &f->cw.w), CHY_OK);
}

static void stop(fixture *f)
{
    conllu_free(&f->cw);
    chy_arena_free(&f->arena);
}

/* "ACCUSE UKR>RUS accused": type, countries of the sides joined by '+', trigger; events joined by "; ". */
static void tell(const fixture *f, char *out, size_t n)
{
    const chy_dispatch *d = &f->cw.d;
    size_t at = 0;
    out[0] = 0;
    for (uint32_t i = 0; i < d->n_events; i++) {
        const chy_event *e = &d->events[i];
        at += (size_t)snprintf(out + at, n - at, "%s%s ", i ? "; " : "", chy_type_name(e->type));
        for (uint32_t k = 0; k < e->n_sources; k++)
            at += (size_t)snprintf(out + at, n - at, "%s%s", k ? "+" : "", d->actors[d->participants[e->first_source + k].actor].country);
        at += (size_t)snprintf(out + at, n - at, ">");
        for (uint32_t k = 0; k < e->n_targets; k++)
            at += (size_t)snprintf(out + at, n - at, "%s%s", k ? "+" : "", d->actors[d->participants[e->first_target + k].actor].country);
        chy_slice t = chy_text_of(&f->cw.w, e->trigger);
        at += (size_t)snprintf(out + at, n - at, " %.*s", (int)t.n, t.p);
    }
}

static void codes(const char *conllu, const char *expected)
{
    fixture f;
    char got[1000];
    start(&f, conllu, 0);
    tell(&f, got, sizeof got);
    stop(&f);
    assert_string_equal(got, expected);
}

static void a_transitive_verb_has_its_subject_and_object(void **state)
{
    (void)state;
    codes("1 Iran Iran PROPN _ _ 2 nsubj _ Actor=IRN\n"
          "2 condemned condemn VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
          "3 Israel Israel PROPN _ _ 2 obj _ Actor=ISR\n",
          "ACCUSE IRN>ISR condemned");
}

static void a_passive_is_turned_round(void **state)
{
    (void)state;
    codes("1 Israel Israel PROPN _ _ 3 nsubj:pass _ Actor=ISR\n"
          "2 was be AUX _ Tense=Past|VerbForm=Fin 3 aux:pass _ _\n"
          "3 condemned condemn VERB _ Tense=Past|VerbForm=Part|Voice=Pass 0 root _ _\n"
          "4 by by ADP _ _ 5 case _ _\n"
          "5 Iran Iran PROPN _ _ 3 obl:agent _ Actor=IRN\n"
          "6 and and CCONJ _ _ 7 cc _ _\n"
          "7 Syria Syria PROPN _ _ 5 conj _ Actor=SYR\n",
          "ACCUSE IRN+SYR>ISR condemned");
}

static void an_accusation_s_content_has_the_accused_for_subject(void **state)
{
    (void)state;
    const char *s = "1 Kyiv Kyiv PROPN _ _ 2 nsubj _ Actor=UKR\n"
                    "2 accused accuse VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
                    "3 Moscow Moscow PROPN _ _ 2 obj _ Actor=RUS\n"
                    "4 of of SCONJ _ _ 5 mark _ _\n"
                    "5 shelling shell VERB _ VerbForm=Ger 2 advcl _ _\n"
                    "6 Ukraine Ukraine PROPN _ _ 5 obj _ Actor=UKR\n";
    codes(s, "ACCUSE UKR>RUS accused; ASSAULT RUS>UKR shelling");
    fixture f;
    start(&f, s, 0);
    assert_int_equal(f.cw.d.events[1].within, 0);
    assert_int_equal(f.cw.d.events[0].within, CHY_NONE);
    stop(&f);
}

static void a_light_verb_and_its_noun_are_one_event(void **state)
{
    (void)state;
    codes("1 Lavrov Lavrov PROPN _ _ 2 nsubj _ Actor=RUS.lavrov\n"
          "2 held hold VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
          "3 open open ADJ _ _ 4 amod _ _\n"
          "4 talks talk NOUN _ Number=Plur 2 obj _ _\n"
          "5 with with ADP _ _ 6 case _ _\n"
          "6 Fidan Fidan PROPN _ _ 4 nmod _ Actor=TUR.fidan\n",
          "CONSULT RUS>TUR held open talks");
}

static void a_noun_takes_the_subject_of_the_clause_it_is_the_purpose_of(void **state)
{
    (void)state;
    codes("1 Lavrov Lavrov PROPN _ _ 2 nsubj _ Actor=RUS.lavrov\n"
          "2 flew fly VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
          "3 in in ADV _ _ 2 advmod _ _\n"
          "4 for for ADP _ _ 5 case _ _\n"
          "5 talks talk NOUN _ Number=Plur 2 obl _ _\n"
          "6 with with ADP _ _ 8 case _ _\n"
          "7 Iranian iranian ADJ _ _ 8 amod _ Actor=IRN\n"
          "8 leaders leader NOUN _ _ 5 nmod _ Actor=IRN.leaders\n",
          "CONSULT RUS>IRN talks");
}

static void a_meeting_and_its_purpose_are_one_event(void **state)
{
    (void)state;
    codes("1 Lavrov Lavrov PROPN _ _ 2 nsubj _ Actor=RUS.lavrov\n"
          "2 met meet VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
          "3 Fidan Fidan PROPN _ _ 2 obj _ Actor=TUR.fidan\n"
          "4 for for ADP _ _ 5 case _ _\n"
          "5 talks talk NOUN _ Number=Plur 2 obl _ _\n",
          "CONSULT RUS>TUR met");
}

static void those_who_talk_with_each_other_are_parted(void **state)
{
    (void)state;
    codes("1 Talks talk NOUN _ Number=Plur 6 nsubj _ _\n"
          "2 between between ADP _ _ 3 case _ _\n"
          "3 Iran Iran PROPN _ _ 1 nmod _ Actor=IRN\n"
          "4 and and CCONJ _ _ 5 cc _ _\n"
          "5 powers power NOUN _ _ 3 conj _ Actor=GBR+FRA+DEU\n"
          "6 failed fail VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n",
          "CONSULT IRN>GBR+FRA+DEU Talks");
}

static void relative_clauses_and_participles_reach_their_noun(void **state)
{
    (void)state;
    /* "sanctions imposed on Russia by Japan, which Israel condemned" */
    codes("1 Iran Iran PROPN _ _ 2 nsubj _ Actor=IRN\n"
          "2 welcomed welcome VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
          "3 sanctions sanction NOUN _ _ 2 obj _ _\n"
          "4 imposed impose VERB _ Tense=Past|VerbForm=Part|Voice=Pass 3 acl _ _\n"
          "5 on on ADP _ _ 6 case _ _\n"
          "6 Russia Russia PROPN _ _ 4 obl _ Actor=RUS\n"
          "7 by by ADP _ _ 8 case _ _\n"
          "8 Japan Japan PROPN _ _ 4 obl:agent _ Actor=JPN\n",
          "SANCTION JPN>RUS sanctions imposed");
    codes("1 Russia Russia PROPN _ _ 6 nsubj _ Actor=RUS\n"
          "2 , , PUNCT _ _ 4 punct _ _\n"
          "3 which which PRON _ _ 4 nsubj _ _\n"
          "4 shelled shell VERB _ Tense=Past|VerbForm=Fin 1 acl:relcl _ _\n"
          "5 Ukraine Ukraine PROPN _ _ 4 obj _ Actor=UKR\n"
          "6 laughed laugh VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n",
          "ASSAULT RUS>UKR shelled");
}

static void control_and_coordination_pass_the_subject_on(void **state)
{
    (void)state;
    codes("1 China China PROPN _ _ 2 nsubj _ Actor=CHN\n"
          "2 urged urge VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
          "3 Israel Israel PROPN _ _ 2 obj _ Actor=ISR\n"
          "4 to to PART _ _ 5 mark _ _\n"
          "5 halt halt VERB _ VerbForm=Inf 2 xcomp _ _\n"
          "6 and and CCONJ _ _ 7 cc _ _\n"
          "7 condemned condemn VERB _ Tense=Past|VerbForm=Fin 2 conj _ _\n"
          "8 Syria Syria PROPN _ _ 7 obj _ Actor=SYR\n",
          "REQUEST CHN>ISR urged; RETREAT ISR> halt; ACCUSE CHN>SYR condemned");
}

static void what_is_still_to_come_is_agreed_to(void **state)
{
    (void)state;
    codes("1 Putin Putin PROPN _ _ 3 nsubj _ Actor=RUS.putin\n"
          "2 will will AUX _ VerbForm=Fin 3 aux _ _\n"
          "3 meet meet VERB _ VerbForm=Inf 0 root _ _\n"
          "4 Xi Xi PROPN _ _ 3 obj _ Actor=CHN.xi\n",
          "AGREE RUS>CHN meet");
}

static void a_thing_stands_for_its_owner(void **state)
{
    (void)state;
    codes("1 Russian russian ADJ _ _ 2 amod _ Actor=RUS\n"
          "2 jets jet NOUN _ _ 3 nsubj _ _\n"
          "3 violated violate VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
          "4 Estonia Estonia PROPN _ _ 6 nmod:poss _ Actor=EST\n"
          "5 's 's PART _ _ 4 case _ _\n"
          "6 airspace airspace NOUN _ _ 3 obj _ _\n",
          "COERCE RUS>EST violated");
}

static void stop_frames_and_exclusions_hold(void **state)
{
    (void)state;
    codes("1 Iran Iran PROPN _ _ 2 nsubj _ Actor=IRN\n"
          "2 struck strike VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
          "3 a a DET _ _ 4 det _ _\n"
          "4 deal deal NOUN _ _ 2 obj _ _\n"
          "5 with with ADP _ _ 6 case _ _\n"
          "6 Russia Russia PROPN _ _ 2 obl _ Actor=RUS\n",
          "");
    codes("1 Iran Iran PROPN _ _ 2 nsubj _ Actor=IRN\n"
          "2 saw see VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
          "3 a a DET _ _ 5 det _ _\n"
          "4 labour labour NOUN _ _ 5 compound _ _\n"
          "5 strike strike NOUN _ _ 2 obj _ _\n"
          "6 on on ADP _ _ 7 case _ _\n"
          "7 Russia Russia PROPN _ _ 5 nmod _ Actor=RUS\n",
          "");
}

static void private_people_make_no_event(void **state)
{
    (void)state;
    codes("1 Smith Smith PROPN _ _ 2 nsubj _ Actor=UNK.smith\n"
          "2 condemned condemn VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
          "3 Jones Jones PROPN _ _ 2 obj _ Actor=UNK.jones\n",
          "");
}

static void a_trace_says_why_not(void **state)
{
    (void)state;
    fixture f;
    start(&f, "1 Iran Iran PROPN _ _ 2 nsubj _ Actor=IRN\n"
              "2 saw see VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
              "3 a a DET _ _ 4 det _ _\n"
              "4 strike strike NOUN _ _ 2 obj _ _\n", CHY_READ_TRACE);
    assert_int_equal(f.cw.d.n_traces, 1);
    assert_false(f.cw.d.traces[0].fired);
    assert_true(chy_slice_eqz(f.cw.d.traces[0].reason, "no actor in role T"));
    stop(&f);
}

static void ids_are_stable_and_distinct(void **state)
{
    (void)state;
    const char *s = "1 Iran Iran PROPN _ _ 2 nsubj _ Actor=IRN\n"
                    "2 condemned condemn VERB _ Tense=Past|VerbForm=Fin 0 root _ _\n"
                    "3 Israel Israel PROPN _ _ 2 obj _ Actor=ISR\n"
                    "4 and and CCONJ _ _ 5 cc _ _\n"
                    "5 bombed bomb VERB _ Tense=Past|VerbForm=Fin 2 conj _ _\n"
                    "6 Syria Syria PROPN _ _ 5 obj _ Actor=SYR\n";
    fixture a, b;
    start(&a, s, 0);
    start(&b, s, 0);
    assert_int_equal(a.cw.d.n_events, 2);
    assert_true(chy_slice_eq(a.cw.d.events[0].id, b.cw.d.events[0].id));
    assert_true(chy_slice_eq(a.cw.d.events[1].revision, b.cw.d.events[1].revision));
    assert_false(chy_slice_eq(a.cw.d.events[0].id, a.cw.d.events[1].id));
    stop(&a);
    stop(&b);
}

static void bad_frames_are_named_by_file_and_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } bad[] = {
        {"#file a.frames\nmeet/V CONSULT 040 \"x\"\nmeet/V CONSULTS 040 \"x\"\n", "a.frames:2: no such PLOVER type: CONSULTS"},
        {"#file a.frames\n#file b.frames\nmeet/V CONSULT.demo 040 \"x\"\n", "b.frames:1: no such mode of this type: demo"},
        {"meet CONSULT 040 \"x\"\n", "frames:1: a predicate is written lemma/V, lemma/N or lemma/A: meet"},
        {"meet/V+obj:{nobody} CONSULT 040 \"x\"\n", "frames:1: no such class: {nobody}"},
        {"meet/V CONSULT 040\n", "frames:1: an example in double quotes is missing: meet/V CONSULT 040"},
        {"talk/N CONSULT 040 \"x\"\n", "frames:1: no roles: talk/N"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        chy_arena a;
        chy_error err = {0};
        const chy_frames *f;
        chy_arena_init(&a);
        assert_int_equal(chy_frames_parse(&a, chy_slice_z(bad[i].text), chy_slice_z(classes), &f, &err), CHY_E_DATA);
        assert_string_equal(err.message, bad[i].message);
        chy_arena_free(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_transitive_verb_has_its_subject_and_object),
        cmocka_unit_test(a_passive_is_turned_round),
        cmocka_unit_test(an_accusation_s_content_has_the_accused_for_subject),
        cmocka_unit_test(a_light_verb_and_its_noun_are_one_event),
        cmocka_unit_test(a_noun_takes_the_subject_of_the_clause_it_is_the_purpose_of),
        cmocka_unit_test(a_meeting_and_its_purpose_are_one_event),
        cmocka_unit_test(those_who_talk_with_each_other_are_parted),
        cmocka_unit_test(relative_clauses_and_participles_reach_their_noun),
        cmocka_unit_test(control_and_coordination_pass_the_subject_on),
        cmocka_unit_test(what_is_still_to_come_is_agreed_to),
        cmocka_unit_test(a_thing_stands_for_its_owner),
        cmocka_unit_test(stop_frames_and_exclusions_hold),
        cmocka_unit_test(private_people_make_no_event),
        cmocka_unit_test(a_trace_says_why_not),
        cmocka_unit_test(ids_are_stable_and_distinct),
        cmocka_unit_test(bad_frames_are_named_by_file_and_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
