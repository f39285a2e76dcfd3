/* SPDX-License-Identifier: Apache-2.0
 *
 * Coding by the user's own dictionaries alone: whose codes come out, which pattern fires, who stands on which side.
 */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

static const char actors[] = "QUONIA_ [QUO]\n+QUONIAN_\nVELLAND_ [VEL]\n+VELLANDER_\nMARROW_ [MRW]\n"
                             "LIBRARY_LEAGUE_ [LBR/ARC]\n"
                             "TILDA_BRANT_ [QUOOPP]\n\t[QUOGOV 20200101-20201231]\n\t[QUOELI >20210101]\n"
                             "NOBODY_AT_ALL_ [---]\n";
static const char agents[] = "!PERSON! = MAN, WOMAN\nPRESIDENT [~GOV]\nMINISTER [~GOV]\nSOLDIER [~MIL]\nLAWMAKER [~LEG]\nOFFICIAL [~GOV]\n"
                             "RELIEF_CORPS {} [NGO~]\nPOLICE {} [~COP]\nSPOKES!PERSON! [~GOV]\n";
static const char verbs[] =
    "&MONEY\n+CROWNS\n+SILVER_MARK\n+GOLD THALER\n\n"
    "--- ADMIRE [041] ---\nADMIRE\n- * NOT_ONLY  [042]\n- NEVER *  [111]\n- * FROM $ [043]\n\n"
    "--- GIVE [070] ---\nGIVE {GIVES GAVE GIVEN}\nHAND\n+HAND_OVER {+HANDED_OVER} [080]\n- * &MONEY  [071]\n- * BAD ADVICE [---]\n\n"
    "--- VISIT [032:033] ---\nVISIT\n\n"
    "--- AGREE [081:081] ---\nAGREE\n- % * [031]\n- * WITH % [030]\n\n"
    "--- SCOLD [121] ---\nSCOLD\n\n--- RECEIVE [---] ---\nRECEIVE\n- + * MONEY FROM $ [071]\n"
    "- * THEIR ^ ABOUT + [092]\n\n--- SAY [023] ---\nSAY {SAYS SAID}\n\n--- BLAST [zz9] ---\nBLAST\n";

typedef struct fixture {
    chy_data *data;
    chy_session *session;
    const chy_dispatch *d;
} fixture;

static int set_up(void **state)
{
    static fixture f;
    chy_error err = {0};
    *state = &f;
    if (chy_data_open(NULL, &f.data, &err) != CHY_OK) return 1;
    if (chy_data_add_frames(f.data, chy_slice_z(verbs), CHY_LIT("verbs"), &err) != CHY_OK ||
        chy_data_only_own(f.data, CHY_OWN_FRAMES | CHY_OWN_ACTORS, &err) != CHY_OK ||
        chy_data_add_actors(f.data, chy_slice_z(agents), CHY_LIT("agents"), &err) != CHY_OK ||
        chy_data_add_actors(f.data, chy_slice_z(actors), CHY_LIT("actors"), &err) != CHY_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    return chy_session_new(f.data, &f.session, NULL) != CHY_OK;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    chy_session_free(f->session);
    chy_data_close(f->data);
    return 0;
}

/* The dyads of a text in order, "QUO VEL 041; …". */
static const char *coded(fixture *f, const char *text, const char *day)
{
    static char out[1000];
    chy_interval on;
    const chy_page *page;
    chy_error err = {0};
    size_t n = 0;
    assert_int_equal(chy_day_parse(chy_slice_z(day), &on.begin), CHY_OK);
    on.end = on.begin;
    chy_input in = {.bytes = chy_slice_z(text), .kind = CHY_INPUT_TEXT, .published = &on, .n_published = 1};
    if (chy_session_read(f->session, &in, CHY_STAGE_CLAIMS, 0, &page, &err) != CHY_OK) fail_msg("%s", err.message);
    const chy_dispatch *d = f->d = &page->dispatches[0];
    out[0] = 0;
    for (uint32_t i = 0; i < d->n_events; i++)
        for (uint32_t s = 0; s < d->events[i].n_sources; s++)
            for (uint32_t t = 0; t < d->events[i].n_targets; t++) {
                const chy_event *e = &d->events[i];
                chy_slice a = d->actors[d->participants[e->first_source + s].actor].code;
                chy_slice b = d->actors[d->participants[e->first_target + t].actor].code;
                if (chy_slice_eq(a, b)) continue;
                n += (size_t)snprintf(out + n, sizeof out - n, "%s%.*s %.*s %.*s", n ? "; " : "", (int)a.n, a.p, (int)b.n, b.p,
                                      (int)e->cameo.n, e->cameo.p);
            }
    return out;
}

#define CODED(text, want) assert_string_equal(coded(*state, text, "2020-06-01"), want)

static void codes_come_out_as_they_are_written(void **state)
{
    CODED("Quonia scolded Velland on Tuesday.", "QUO VEL 121");
    CODED("Quonia's president scolded Vellander soldiers on Tuesday.", "QUOGOV VELMIL 121");
    CODED("The Relief Corps of Quonia scolded the Velland police.", "NGOQUO VELCOP 121");
    CODED("Lawmakers and officials in Quonia and Marrow scolded Velland.", "QUOLEG VEL 121; MRWLEG VEL 121; QUOGOV VEL 121; MRWGOV VEL 121");
    CODED("The Library League scolded Velland.", "LBR VEL 121; ARC VEL 121");
    CODED("Quonia scolded Nobody At All on Tuesday.", "");
    CODED("Quonia blasted Velland.", "QUO VEL zz9");
    fixture *f = *state;
    assert_int_equal(f->d->events[0].type, CHY_N_TYPE); /* no PLOVER type answers to it */
}

static void a_role_is_that_of_the_day(void **state)
{
    assert_string_equal(coded(*state, "Tilda Brant scolded Velland.", "2019-12-31"), "QUOOPP VEL 121");
    assert_string_equal(coded(*state, "Tilda Brant scolded Velland.", "2020-12-31"), "QUOGOV VEL 121");
    assert_string_equal(coded(*state, "Tilda Brant scolded Velland.", "2021-01-01"), "QUOELI VEL 121");
}

static void nothing_of_ours_is_coded(void **state)
{
    CODED("France condemned Germany on Tuesday. Quonia condemned Velland.", "");
    CODED("Quonia met Velland. It scolded Marrow.", ""); /* pronouns stand for nobody */
}

static void patterns_in_the_order_of_the_file(void **state)
{
    CODED("Quonia admired Velland.", "QUO VEL 041");
    CODED("Quonia never admired Velland.", "QUO VEL 111");
    CODED("Quonia admires not only Velland.", "QUO VEL 042");
    CODED("Quonia admires not quite only Velland.", "QUO VEL 041"); /* words joined by _ stand side by side */
    CODED("Quonia gave two million crowns to Velland.", "QUO VEL 071");
    CODED("Quonia gave a silver mark to Velland.", "QUO VEL 071");
    CODED("Quonia gave a gold thaler to Velland.", "QUO VEL 071");
    CODED("Quonia gave a gold old thaler to Velland.", "QUO VEL 070");
    CODED("Quonia gave bad advice to Velland.", ""); /* a null code is no event */
    CODED("Quonia handed over the town to Velland.", "QUO VEL 080");
    CODED("Quonia handed the town to Velland.", "QUO VEL 070");
}

static void sides_by_pattern_and_by_grammar(void **state)
{
    CODED("Quonia received plenty of money from Velland.", "VEL QUO 071");
    CODED("Quonia received their friends about the islands of Velland.", "QUO VEL 092");
    CODED("Quonia visited Velland.", "QUO VEL 032; VEL QUO 033");
    CODED("Velland was scolded by Quonia.", "QUO VEL 121");
    CODED("Quonia and Velland agreed on Tuesday.", "QUO VEL 031; VEL QUO 031");
    CODED("Quonia agreed with Velland and Marrow.", "QUO VEL 030; QUO MRW 030");
    CODED("Quonia scolded Velland after crowds visited its embassy.", "QUO VEL 121");
    CODED("Quonia scolded Velland, an official said.", "QUO VEL 121"); /* who says so is no actor of ours */
}

static void what_is_told_is_not_told_again_below(void **state)
{
    CODED("Quonia scolded Velland for visiting Marrow.", "QUO VEL 121");
    CODED("Quonia scolded Velland and visited Marrow.", "QUO VEL 121; QUO MRW 032; MRW QUO 033");
}

static void built_in_frames_stay_where_only_actors_are_ones_own(void **state)
{
    (void)state;
    fixture f;
    assert_int_equal(chy_data_open(NULL, &f.data, NULL), CHY_OK);
    char before[17];
    memcpy(before, chy_data_hash(f.data), 17);
    assert_int_equal(chy_data_only_own(f.data, 0, NULL), CHY_E_ARGUMENT);
    assert_int_equal(chy_data_only_own(f.data, 4, NULL), CHY_E_ARGUMENT);
    assert_string_equal(before, chy_data_hash(f.data));
    assert_int_equal(chy_data_add_actors(f.data, CHY_LIT("QUONIA_ [AUTGOV]\nVELLAND_ [CHEGOV]\n"), CHY_LIT("mine"), NULL), CHY_OK);
    assert_int_equal(chy_data_only_own(f.data, CHY_OWN_ACTORS, NULL), CHY_OK);
    assert_string_not_equal(before, chy_data_hash(f.data));
    assert_int_equal(chy_session_new(f.data, &f.session, NULL), CHY_OK);
    assert_string_equal(coded(&f, "France condemned Germany. Quonia condemned Velland.", "2020-06-01"), "AUTGOV CHEGOV 111");
    chy_session_free(f.session);
    chy_data_close(f.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_come_out_as_they_are_written),
        cmocka_unit_test(a_role_is_that_of_the_day),
        cmocka_unit_test(nothing_of_ours_is_coded),
        cmocka_unit_test(patterns_in_the_order_of_the_file),
        cmocka_unit_test(sides_by_pattern_and_by_grammar),
        cmocka_unit_test(what_is_told_is_not_told_again_below),
        cmocka_unit_test(built_in_frames_stay_where_only_actors_are_ones_own),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
