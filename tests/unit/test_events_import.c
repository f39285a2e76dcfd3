/* SPDX-License-Identifier: Apache-2.0
 *
 * Verb dictionaries into frames: what each pattern becomes, what is said of those that cannot be carried over, and hostile files.
 */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "session_bed.h"

typedef struct import {
    char frames[8000], said[4000];
    size_t n_frames, n_said;
} import;

static void hear(void *ctx, const chy_finding *f)
{
    import *im = ctx;
    im->n_said += (size_t)snprintf(im->said + im->n_said, sizeof im->said - im->n_said, "%u %s%.*s\n", f->line,
                                   f->kind == CHY_FINDING_ERROR ? "error: " : "", (int)f->text.n, f->text.p);
    if (im->n_said > sizeof im->said - 300) im->n_said = sizeof im->said - 300;
}

static void take(void *ctx, chy_slice frames)
{
    import *im = ctx;
    im->n_frames = frames.n < sizeof im->frames ? frames.n : sizeof im->frames - 1;
    memcpy(im->frames, frames.p, im->n_frames);
}

static chy_status read_all(import *im, const char *text, size_t n)
{
    chy_error err = {0};
    memset(im, 0, sizeof *im);
    return chy_data_import_frames(data, (chy_slice){text, n}, CHY_LIT("mine"), hear, take, im, &err);
}

static void becomes(const char *text, const char *want)
{
    import im;
    if (read_all(&im, text, strlen(text)) != CHY_OK) fail_msg("%s", im.said);
    if (!strstr(im.frames, want)) fail_msg("no\n%s\nin\n%s", want, im.frames);
    chy_data *d;
    chy_error err = {0};
    assert_int_equal(chy_data_open(NULL, &d, NULL), CHY_OK); /* what is printed can be read */
    if (chy_data_add_frames(d, (chy_slice){im.frames, im.n_frames}, CHY_LIT("printed"), &err) != CHY_OK) fail_msg("%s", err.message);
    chy_data_close(d);
}

static void says(const char *text, size_t n, const char *want)
{
    import im;
    read_all(&im, text, n);
    if (!strstr(im.said, want)) fail_msg("no \"%s\" in\n%s", want, im.said);
}

static void patterns_of_petrarch(void **state)
{
    (void)state;
    becomes("--- ADMIRE [050] ---\nADMIRE\n- * NOT ONLY [051]\n", "admire/V>not~only  SUPPORT  051  literal");
    becomes("--- ADMIRE [050] ---\nADMIRE\n- ON_AND_*_UP NOW [051]\n", "admire/V<on_and_>_up~now  ");
    becomes("--- ADMIRE [050] ---\nADMIRE\n- NEVER_* [111]\n", "admire/V<never_  ACCUSE.disapprove  111  ");
    becomes("--- ADMIRE [050] ---\nADMIRE\n- $ ^ FOR * + [164]\n", "admire/V<@S~@~for>@T  ");
    becomes("--- ADMIRE [050] ---\nADMIRE\n- % * [046:046]\n", "admire/V<@B  CONSULT  046:046  ");
    becomes("--- ADMIRE [050] ---\nADMIRE\n- * THE REST [---]\n", "admire/V>the~rest  -  0  literal");
    becomes("--- ADMIRE [:050] ---\nADMIRE\n", "admire/V  SUPPORT  :050  literal");
    becomes("--- ADMIRE [050] ---\nADMIRE\n- * ALL_&KIN [051]\n&KIN_\n+UNCLE\n+GREAT AUNT\n", "kin: uncle great_aunt\n");
    becomes("&KIN\n+UNCLE\n+&HERD\n&HERD\n+GOAT\n--- ADMIRE [050] ---\nADMIRE\n- * ALL_&KIN [051]\n", "kin: uncle/ goat/\n");
    becomes("--- ADMIRE [050] ---\nADMIRE\n- -- * A--B [051]\n", "admire/V<-_->a_-_-_b  ");
    becomes("--- ADMIRE [050] ---\nADMIRE\n- WO_N'T * RE-OPEN [051]\n", "admire/V<wo_n't>re_-_open  ");
}

static void patterns_of_petrarch2_and_tabari(void **state)
{
    (void)state;
    becomes("---  ADMIRE   [---]  ---\nADMIRE\n- * {LOCAL CUSTOMS} (OF PEOPLE) [050] # from elsewhere\n",
            "admire/V>local/~customs/~of~people/  SUPPORT  050  ");
    becomes("---  ADMIRE   [---]  ---\nADMIRE\n- * (BY/WITH GIFTS) [050]\n", "admire/V>by|with~gifts/  ");
    becomes("ADMIRE [050] ;comment\n- * CUSTOM [051]\nSCOLD [110]\n", "admire/V>custom/  SUPPORT  051  ");
    becomes("ADMIRE [050] ;comment\n- * CUSTOM [051]\nSCOLD [110]\n", "scold/V  ACCUSE.disapprove  110  ");
}

static void verbs_and_their_forms(void **state)
{
    (void)state;
    becomes("--- WEAR [172] ---\nWEAR { WORE WORN }\nFRAY\n", "wear|wore|worn|fray/V  COERCE.restrict  172  ");
    becomes("--- WEAR [172] ---\nWEAR\n+WEAR_DOWN {+WORE_DOWN}\n- * DOOR [171]\n", "wear|wore/V>_down~door  ");
    becomes("--- PEDAL [172] ---\nBACK_+PEDAL {BACK_+PEDALLED}\n", "pedal|pedalled/V<back_  ");
    becomes("--- STALL [120] ---\nSTALL\nSHRUG [014]\n", "stall/V  REJECT  120  ");
    becomes("--- STALL [120] ---\nSTALL\nSHRUG [014]\n", "shrug/V  ?  014  "); /* PLOVER drops comments */
    becomes("--- A [223] ---\nSTRIKE\n- * ONE [221]\n- * TWO [212]\n- * THREE [042]\n", "strike/V>three  SUPPORT  042  "); /* WEIS */
    becomes("--- A [223] ---\nSTRIKE\n- * ONE [221]\n- * TWO [212]\n- * THREE [042]\n", "strike/V  ASSAULT  223  ");
}

static void what_cannot_be_carried_is_said_by_line(void **state)
{
    (void)state;
#define SAYS(text, want) says(text, sizeof text - 1, want)
    SAYS("--- A [050] ---\nADMIRE\n- * IN &KIN [051]\n", "3 not carried over, there is no such synset: - * IN &KIN");
    SAYS("--- A [050] ---\nADMIRE\n- * PLENTY\n- * B [051]\n", "3 not carried over, it has no code: * PLENTY");
    SAYS("--- A [050] ---\nADMIRE\n- PLENTY [051]\n", "3 not carried over, the verb (*) is missing");
    SAYS("--- A [050] ---\nADMIRE\n- * OF * [051]\n", "3 not carried over, the verb stands in it twice");
    SAYS("--- A [050] ---\nADMIRE\n- * IN [05!]\n", "3 the code is not carried over: [05!]");
    SAYS("--- A [050] ---\nADMIRE\n~ a (a b X) SAY = a b 015\n- * B [051]\n", "0 1 of 1 patterns carried over, 1 rules about two events not");
}

static void errors_have_their_line(void **state)
{
    (void)state;
    import im;
    SAYS("- * B [051]\n", "1 error: a pattern of no verb");
    SAYS("--- A [050] ---\nADMIRE {X\n", "2 error: a bracket is never closed");
    SAYS("--- A [050] ---\nADMIRE\n<!-- open\n", "3 error: a comment <!-- is never closed");
    SAYS("&A\n+B\n&A\n+C\n--- A [050] ---\nADMIRE\n", "3 error: a synset twice");
    SAYS("&A\n+&B\n&B\n+C\n+&A\n--- A [050] ---\nADMIRE\n", "5 error: synsets name each other in a circle: &A");
    SAYS("--- A [050] ---\nAD\0MIRE\n", "2 error: a NUL byte");
    SAYS("--- A [050] ---\n\xff\n", "2 error: not UTF-8");
    assert_int_equal(read_all(&im, "&A\n", 3), CHY_E_DATA);
    assert_int_equal(im.n_frames, 0);
    chy_error err = {0};
    assert_int_equal(chy_data_add_frames(data, CHY_LIT("--- A [050] ---\nADMIRE {X\n"), CHY_LIT("mine.txt"), &err), CHY_E_DATA);
    assert_string_equal(err.message, "mine.txt:2: a bracket is never closed: ADMIRE {X");
}

/* Every beginning of a dictionary is read or refused. */
static void every_beginning(void **state)
{
    (void)state;
    static const char all[] = "<!-- x -->\n&KIN\n+UNCLE\n+GREAT AUNT\n+&HERD\n&HERD_\n+GOAT\n\n--- ADMIRE [050] ---\n"
                              "ADMIRE {ADMIRES}\n+ADMIRE_UP {+ADMIRED_UP } [010]\n- + IN_&KIN *_OUT ^ % $ [031:032] # x\n~ a (a b X) Y = a b 1\n";
    import im;
    for (size_t n = 0; n < sizeof all; n++) read_all(&im, all, n);
    assert_true(im.n_frames > 0);
}

static char *repeat(const char *head, const char *one, size_t times, const char *tail)
{
    size_t h = strlen(head), n = strlen(one), at = h;
    char *s = malloc(h + n * times + strlen(tail) + 1);
    assert_non_null(s);
    memcpy(s, head, h);
    for (size_t i = 0; i < times; i++, at += n) memcpy(s + at, one, n);
    strcpy(s + at, tail);
    return s;
}

static void monsters(void **state)
{
    (void)state;
    import im;
    char *s = repeat("", "x", 70000, "\n--- A [050] ---\nADMIRE\n");
    says(s, strlen(s), "1 error: a line is longer than 64 KiB");
    free(s);
    s = repeat("--- A [050] ---\nADMIRE\n- * ", "WORD ", 500, "[051]\n");
    says(s, strlen(s), "3 not carried over, it is too long");
    free(s);
    s = repeat("--- A [050] ---\n", "ADMIRE_UP\n", 20000, "");
    char *t = repeat(s, "- * VERY MUCH [051]\n", 20000, ""); /* 400 million frames */
    says(t, strlen(t), "error: comes to more than 32 MiB of frames");
    free(t), free(s);
    size_t cap = 4000 * 40, n = 0; /* synsets nested four thousand deep */
    s = malloc(cap);
    assert_non_null(s);
    for (unsigned i = 0; i < 4000; i++) n += (size_t)snprintf(s + n, cap - n, "&S%u\n+&S%u\n", i, i + 1);
    n += (size_t)snprintf(s + n, cap - n, "&S4000\n+END\n--- A [050] ---\nADMIRE\n");
    says(s, n, "error: synsets within synsets, more than 16 deep");
    free(s);
    s = repeat("--- A [050] ---\nADMIRE\n- * X [051]\n", "- * @\"+<>/{}()[]*%^$&=~ [051]\n", 3000, "");
    read_all(&im, s, strlen(s));
    free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_of_petrarch),
        cmocka_unit_test(patterns_of_petrarch2_and_tabari),
        cmocka_unit_test(verbs_and_their_forms),
        cmocka_unit_test(what_cannot_be_carried_is_said_by_line),
        cmocka_unit_test(errors_have_their_line),
        cmocka_unit_test(every_beginning),
        cmocka_unit_test(monsters),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
