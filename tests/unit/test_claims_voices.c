/* SPDX-License-Identifier: Apache-2.0
 *
 * Who says so in running text: chains of voices, attitudes, interviews, what of a sentence is source, cue and content.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "chancery.h"
#include "session_bed.h"

static const chy_page *page;
static const chy_dispatch *d;

static void text(const char *words)
{
    chy_input in = {.bytes = {words, strlen(words)}, .kind = CHY_INPUT_TEXT};
    chy_error err = {0};
    if (chy_session_read(session, &in, CHY_STAGE_CLAIMS, 0, &page, &err) != CHY_OK) fail_msg("%s", err.message);
    assert_int_equal(page->n_dispatches, 1);
    d = &page->dispatches[0];
}

static const char *spans(uint32_t first, uint32_t n)
{
    static char buf[1024];
    size_t at = 0;
    buf[0] = 0;
    for (uint32_t i = 0; i < n && at < sizeof buf; i++) {
        chy_range r = d->spans[first + i];
        at += (size_t)snprintf(buf + at, sizeof buf - at, "%s%.*s", i ? " | " : "", (int)(r.end - r.begin), page->text.p + r.begin);
    }
    return buf;
}

/* The attribution whose cue reads `cue`. */
static const chy_attribution *by_cue(const char *cue)
{
    for (uint32_t i = 0; i < d->n_attributions; i++)
        if (!strcmp(spans(d->attributions[i].first_cue, d->attributions[i].n_cues), cue)) return &d->attributions[i];
    fail_msg("no cue '%s'", cue);
    return NULL;
}

static void says(const char *cue, const char *source, const char *content)
{
    const chy_attribution *a = by_cue(cue);
    assert_string_equal(spans(a->first_source, a->n_sources), source);
    assert_string_equal(spans(a->first_content, a->n_contents), content);
}

/* The voice of `cue` is passed on by that of `outer` (NULL: by nobody). */
static void passed_on(const char *cue, const char *outer)
{
    uint32_t want = outer ? (uint32_t)(by_cue(outer) - d->attributions) : CHY_NONE;
    assert_int_equal(by_cue(cue)->outer, want);
}

/* The voices of the event on `trigger`, nearest first, by name: "a < b < c" where each is passed on by the next. */
static void voices(const char *trigger, const char *want)
{
    for (uint32_t i = 0; i < d->n_events; i++) {
        const chy_event *e = &d->events[i];
        chy_slice w = d->tokens[e->trigger_token].form;
        if (w.n != strlen(trigger) || memcmp(w.p, trigger, w.n)) continue;
        char is[256] = "";
        for (uint32_t k = 0; k < e->n_claims; k++) {
            const chy_claim *c = &d->claims[e->first_claim + k];
            chy_slice name = c->actor == CHY_NONE ? c->agency : d->actors[c->actor].name;
            size_t n = strlen(is);
            snprintf(is + n, sizeof is - n, "%s%.*s", k ? d->claims[e->first_claim + k - 1].via == k ? " < " : ", " : "", (int)name.n, name.p);
        }
        assert_string_equal(is, want);
        return;
    }
    fail_msg("no event on '%s'", trigger);
}

static void three_deep(void **state)
{
    (void)state;
    text("The Finnish minister said Norway had told him that Sweden accused Denmark of arming rebels.");
    passed_on("accused", "had told");
    passed_on("had told", "said");
    passed_on("said", NULL);
    voices("arming", "Sweden < Norway < minister");

    text("IRNA reported that Foreign Minister Hossein Amir-Abdollahian said that Russia told Iran that Ukraine had attacked a ship.");
    passed_on("told", "said");
    passed_on("said", "reported");
    voices("attacked", "Russia < Hossein Amir-Abdollahian < IRNA");
}

/* Who is quoted, who quotes him, and the agency that reports it. */
static void quoted_as_saying(void **state)
{
    (void)state;
    text("STT reported that the Finnish foreign ministry cited the army as saying that Sweden had shelled the town.");
    says("saying", "the army", "that Sweden had shelled the town");
    passed_on("saying", "cited");
    passed_on("cited", "reported");
    passed_on("reported", NULL);
}

/* The chain told from its end: the last one named passes all of it on. */
static void from_behind(void **state)
{
    (void)state;
    text("Sweden has shelled the town, the army told the Finnish foreign ministry, STT reported.");
    says("told", "the army", "Sweden has shelled the town");
    passed_on("told", "reported");
    text("\"Sweden shelled the town,\" the army said, according to the Finnish foreign ministry.");
    says("said", "the army", "\"Sweden shelled the town,\"");
    passed_on("said", "according to");
}

static void citing(void **state)
{
    (void)state;
    text("Citing the army, the Finnish foreign ministry said that Sweden had shelled the town.");
    says("Citing", "the army", "that Sweden had shelled the town");
    passed_on("Citing", "said");
}

/* Backing or discussing an act is an attitude to it, and nobody's word that it was done. */
static void attitude(void **state)
{
    (void)state;
    text("Norway supports the Swedish attack on Denmark.");
    assert_true(by_cue("supports")->attitude);
    voices("attack", "");
    text("Norway said that Sweden had attacked Denmark.");
    assert_false(by_cue("said")->attitude);
    voices("attacked", "Norway");
}

/* The cue is the verb with what leads up to it, or the noun with the verb that utters it. */
static void cue_words(void **state)
{
    (void)state;
    text("The minister went on to say that Sweden had shelled the town.");
    says("went on to say", "The minister", "that Sweden had shelled the town");
    text("The minister pointed out that Sweden had shelled the town.");
    says("pointed out", "The minister", "that Sweden had shelled the town");
    text("Norway called off talks with Sweden.");
    assert_int_equal(d->n_attributions, 0);
    text("The minister is convinced that Sweden has shelled the town.");
    says("is convinced", "The minister", "that Sweden has shelled the town");
}

/* What is told of who the speaker is belongs to him, what is told of the saying does not. */
static void aside(void **state)
{
    (void)state;
    text("The minister, who once led the party, said that Sweden had shelled the town.");
    says("said", "The minister, who once led the party", "that Sweden had shelled the town");
    text("A minister, asking not to be named, said that Sweden had shelled the town.");
    says("said", "A minister", "that Sweden had shelled the town");
}

static void name_and_no_more(void **state)
{
    (void)state;
    text("Norway called the raid a lie. Norway called a meeting.");
    says("called", "Norway", "the raid a lie");
    assert_int_equal(d->n_attributions, 1);
}

/* Questions are nobody's voice; the answers are of the person that the introduction is about. */
static void interview(void **state)
{
    (void)state;
    text("A talk with Aino Virtanen\n\nAino Virtanen is the mayor of the town. Virtanen spoke on Monday.\n\n"
         "Q: Did the soldiers leave?\n\nA: They left at noon. Sweden attacked them on the road.\n\n"
         "Q: And then?\n\nA: Then nothing.\n");
    says(":", "A", "They left at noon. Sweden attacked them on the road");
    voices("attacked", "Aino Virtanen");
}

/* A sentence that hands over to a quotation by a colon gives it to its subject. */
static void after_a_colon(void **state)
{
    (void)state;
    text("A Norwegian minister did not dispute the figure: \"The second part is with us, and it stays with us.\"");
    says(":", "A Norwegian minister", "\"The second part is with us, and it stays with us.\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_deep), cmocka_unit_test(quoted_as_saying), cmocka_unit_test(from_behind),
        cmocka_unit_test(citing),     cmocka_unit_test(attitude),         cmocka_unit_test(cue_words),
        cmocka_unit_test(aside),      cmocka_unit_test(name_and_no_more), cmocka_unit_test(interview),
        cmocka_unit_test(after_a_colon),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
