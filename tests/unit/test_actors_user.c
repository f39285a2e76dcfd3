/* SPDX-License-Identifier: Apache-2.0
 *
 * Users' tables through the library: what is refused leaves the data as they were; every beginning of a table is read or
 * refused, and no byte of it breaks anything.
 */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "session_bed.h"

static const char tsv[] = "# Ours.\nnames\tcountry\tsectors\trole\tfrom\tto\tperson\r\n"
                          "Zelda Quorn|Quorn\tAUT\tGOV\tminister\t2021-03\t2022\tZelda Quorn\n"
                          "Piet Marsh\tIGO\t\tenvoy\t\t\t\n";
static const char orgs[] = "names\twhat\tcountry\tsectors\tname\tid\tcase\tmembers\tfrom\tto\n"
                           "Amber Four|A4\tgroup\tUNK\t\tAmber Four\tA4\tcaps\tAUT DEU CHE\t1990\t\n";
static const char dictionary[] = "<!-- ours -->\n!PERSON! = MAN, MEN\nRURITANIA_ [AUT]\n+RURITANIAN_ {x}\n\t[DEU <910101] ; old\n"
                                 "OTTO_KARVEL_ [AUTGOVMIL 20200101-20211231] [AUTELI >220101] [AUTINS]\n"
                                 "FERRY!PERSON! [~LAB]\nHARBOUR_GOOSE {HARBOUR_GEESE} [~COP] # ours\n";

static chy_status add(chy_data *d, const char *text, size_t n, chy_error *err)
{
    return chy_data_add_actors(d, (chy_slice){text, n}, CHY_LIT("mine"), err);
}

static const chy_actor *actor_on(chy_data *d, chy_session **s, const char *text, const char *day, const char *name)
{
    chy_interval on;
    const chy_page *page;
    assert_int_equal(chy_day_parse(chy_slice_z(day), &on.begin), CHY_OK);
    on.end = on.begin;
    chy_input in = {.bytes = chy_slice_z(text), .kind = CHY_INPUT_TEXT, .published = &on, .n_published = 1};
    assert_int_equal(chy_session_new(d, s, NULL), CHY_OK);
    assert_int_equal(chy_session_read(*s, &in, CHY_STAGE_ACTORS, 0, &page, NULL), CHY_OK);
    for (uint32_t i = 0; i < page->dispatches[0].n_actors; i++)
        if (chy_slice_eqz(page->dispatches[0].actors[i].name, name)) return &page->dispatches[0].actors[i];
    fail_msg("no actor %s", name);
    return NULL;
}

static void names_have_days(void **state)
{
    (void)state;
    chy_data *d;
    chy_session *s;
    assert_int_equal(chy_data_open(NULL, &d, NULL), CHY_OK);
    assert_int_equal(add(d, dictionary, sizeof dictionary - 1, NULL), CHY_OK);
    const char *text = "The government of Ruritania condemned the attack on Tuesday.";
    assert_string_equal(actor_on(d, &s, text, "1990-12-31", "Germany")->country, "DEU");
    chy_session_free(s);
    assert_string_equal(actor_on(d, &s, text, "1991-01-01", "Austria")->country, "AUT");
    chy_session_free(s);
    chy_data_close(d);
}

/* The built-in row of a name stays for days before the user's begins. */
static void built_in_before_the_users_begins(void **state)
{
    (void)state;
    chy_data *d;
    chy_session *s;
    static const char row[] = "names\tcountry\tsectors\trole\tfrom\nAngela Merkel\tCHE\tBUS\tchair\t2024-01-01\n";
    assert_int_equal(chy_data_open(NULL, &d, NULL), CHY_OK);
    assert_int_equal(add(d, row, sizeof row - 1, NULL), CHY_OK);
    const char *text = "Angela Merkel met the envoys on Tuesday and spoke to them about the harbour.";
    assert_string_equal(actor_on(d, &s, text, "2015-06-01", "Angela Merkel")->country, "DEU");
    chy_session_free(s);
    const chy_actor *a = actor_on(d, &s, text, "2024-06-01", "Angela Merkel");
    assert_string_equal(a->country, "CHE");
    assert_int_equal(a->sectors, CHY_SEC_BUS);
    assert_true(chy_slice_eqz(a->basis, "mine:2"));
    chy_session_free(s);
    chy_data_close(d);
}

static void refused_as_a_whole(void **state)
{
    (void)state;
    char before[17], text[400];
    chy_error err = {0};
    snprintf(before, sizeof before, "%s", chy_data_hash(data));
    int n = snprintf(text, sizeof text, "%sC D\tQQQ\t\tx\t\t\t\n", tsv);
    assert_int_equal(add(data, text, (size_t)n, &err), CHY_E_DATA);
    assert_string_equal(chy_data_hash(data), before);
    assert_non_null(strstr(err.message, "mine:5: no country we know"));
    assert_int_equal(err.offset, 5);
    assert_int_equal(add(data, "", 0, &err), CHY_E_DATA);
    assert_int_equal(add(data, NULL, 0, &err), CHY_E_DATA);
}

static void count(void *ctx, const chy_finding *f)
{
    unsigned *n = ctx;
    if (f->kind == CHY_FINDING_ERROR) n[0]++;
    assert_true(f->text.n > 0);
    assert_null(memchr(f->text.p, '\n', f->text.n));
    n[1]++;
}

/* Adding and checking agree on what is an error; adding, which wants data of its own, is tried on a part. */
static void agree(const char *text, size_t n, bool try_add)
{
    unsigned of[2] = {0};
    char *copy = malloc(n ? n : 1); /* exactly n bytes, so that a sanitizer sees one read too far */
    assert_non_null(copy);
    memcpy(copy, text, n);
    assert_int_equal(chy_data_check_actors(data, (chy_slice){copy, n}, CHY_LIT("mine"), count, of, NULL), CHY_OK);
    if (try_add) {
        chy_data *d;
        assert_int_equal(chy_data_open(NULL, &d, NULL), CHY_OK);
        assert_int_equal(add(d, copy, n, NULL), of[0] ? CHY_E_DATA : CHY_OK);
        chy_data_close(d);
    }
    free(copy);
}

static void every_beginning_and_every_byte(void **state)
{
    (void)state;
    static const char *const texts[] = {tsv, orgs, dictionary};
    static const char bytes[] = {0, '[', ']', '{', '}', '!', '~', '\t', '\n', ';', '|', '+', '<', (char)0xFF, (char)0xC3};
    for (unsigned i = 0; i < 3; i++) {
        size_t n = strlen(texts[i]);
        unsigned of[2] = {0};
        assert_int_equal(chy_data_check_actors(data, (chy_slice){texts[i], n}, CHY_LIT("mine"), count, of, NULL), CHY_OK);
        assert_int_equal(of[0], 0);
        for (size_t k = 0; k <= n; k++) agree(texts[i], k, k % 16 == 0);
        char *broken = malloc(n);
        assert_non_null(broken);
        for (size_t k = 0; k < n; k++) {
            memcpy(broken, texts[i], n);
            broken[k] = bytes[k % sizeof bytes];
            agree(broken, n, k % 16 == 0);
        }
        free(broken);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_have_days),
        cmocka_unit_test(built_in_before_the_users_begins),
        cmocka_unit_test(refused_as_a_whole),
        cmocka_unit_test(every_beginning_and_every_byte),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
