/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void days_go_there_and_back(void **state)
{
    (void)state;
    chy_day d;
    char buf[11];
    assert_int_equal(chy_day_parse(CHY_LIT("2024-02-29"), &d), CHY_OK);
    chy_day_format(d, buf);
    assert_string_equal(buf, "2024-02-29");
    assert_int_equal(chy_day_weekday(d), 3);
    assert_int_equal(chy_day_parse(CHY_LIT("2023-02-29"), &d), CHY_E_ARGUMENT);
    assert_int_equal(chy_day_parse(CHY_LIT("2023-2-09"), &d), CHY_E_ARGUMENT);
    assert_int_equal(chy_day_parse(CHY_LIT("1970-01-01"), &d), CHY_OK);
    assert_int_equal(d, 0);
}

static void folding_drops_case_marks_and_curls(void **state)
{
    (void)state;
    chy_arena a;
    chy_arena_init(&a);
    assert_true(chy_slice_eqz(chy_fold(&a, CHY_LIT("S\xC3\xA3o Tom\xC3\xA9")), "sao tome"));
    assert_true(chy_slice_eqz(chy_fold(&a, CHY_LIT("C\xC3\xB4te d\xE2\x80\x99Ivoire")), "cote d'ivoire"));
    assert_true(chy_slice_eqz(chy_fold(&a, CHY_LIT("Hamas")), "hamas"));
    assert_true(chy_slice_eqz(chy_fold(&a, CHY_LIT("\xFF" "a")), "\xEF\xBF\xBD" "a"));
    chy_arena_free(&a);
}

static void vectors_grow(void **state)
{
    (void)state;
    chy_arena a;
    chy_arena_init(&a);
    CHY_VEC(int) v = {0};
    for (int i = 0; i < 100000; i++) assert_true(CHY_PUSH(&a, &v, i));
    for (int i = 0; i < 100000; i++) assert_int_equal(v.v[i], i);
    chy_arena_reset(&a);
    chy_arena_free(&a);
}

static void slices_split(void **state)
{
    (void)state;
    chy_slice rest = CHY_LIT("a||b"), piece;
    assert_true(chy_slice_split(&rest, '|', &piece) && chy_slice_eqz(piece, "a"));
    assert_true(chy_slice_split(&rest, '|', &piece) && piece.n == 0);
    assert_true(chy_slice_split(&rest, '|', &piece) && chy_slice_eqz(piece, "b"));
    assert_false(chy_slice_split(&rest, '|', &piece));
    assert_int_equal(chy_slice_find(CHY_LIT("aab"), CHY_LIT("ab")), 1);
    assert_true(chy_slice_in(CHY_LIT("b"), "a|b|c"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_go_there_and_back),
        cmocka_unit_test(folding_drops_case_marks_and_curls),
        cmocka_unit_test(vectors_grow),
        cmocka_unit_test(slices_split),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
