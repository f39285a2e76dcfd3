/* SPDX-License-Identifier: Apache-2.0
 *
 * Damaged weights are refused, never followed; all kernels give the same bits; the decoder finds the best tree.
 */
#include "syntax/model.h"
#include "syntax/syntax.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

static chy_file file;
static chy_slice weights;

static int set_up(void **state)
{
    (void)state;
    return chy_file_open(NULL, &file, NULL) == CHY_OK && chy_file_raw(&file, "syntax", &weights) ? 0 : 1;
}

static int tear_down(void **state)
{
    (void)state;
    chy_file_close(&file);
    return 0;
}

static uint64_t seed = 88172645463325252u;
static uint32_t rnd(uint32_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 33) % n;
}

static void damaged_weights_are_refused(void **state)
{
    (void)state;
    chy_syntax_model *m = malloc(sizeof *m);
    unsigned char *copy = aligned_alloc(64, (weights.n + 63) / 64 * 64);
    assert_non_null(m);
    assert_non_null(copy);
    memcpy(copy, weights.p, weights.n);
    chy_error err;
    assert_int_equal(chy_syn_model_open(copy, weights.n, m, &err), CHY_OK);
    for (size_t n = 0; n < 4000; n += 13) assert_int_equal(chy_syn_model_open(copy, n, m, &err), CHY_E_DATA);
    assert_int_equal(chy_syn_model_open(copy, weights.n - 1, m, &err), CHY_E_DATA);
    /* every byte of the header and of the directory's numbers, set to other values */
    uint32_t arrays;
    memcpy(&arrays, copy + 16, 4);
    for (uint32_t i = 0; i < 24 + 32 * arrays; i++) {
        unsigned char old = copy[i];
        if (i >= 20 && i < 24) continue;                                        /* a zero that says nothing */
        if (i >= 24 && (i - 24) % 32 < 16 && (i - 24) % 32 != 12) continue;     /* name, shift and padding */
        copy[i] = (unsigned char)(old ^ 0x81);
        assert_int_equal(chy_syn_model_open(copy, weights.n, m, &err), CHY_E_DATA);
        copy[i] = old;
    }
    /* a size beyond the file, a product of dimensions that wraps round */
    uint32_t old[4], lie[4] = {0x10000, 0x10000, 64, 0};
    memcpy(old, copy + 24 + 16, 16);
    memcpy(copy + 24 + 16, lie, 16);
    assert_int_equal(chy_syn_model_open(copy, weights.n, m, &err), CHY_E_DATA);
    memcpy(copy + 24 + 16, old, 16);
    assert_int_equal(chy_syn_model_open(copy, weights.n, m, &err), CHY_OK);
    free(copy);
    free(m);
}

static void all_kernels_give_the_same_bits(void **state)
{
    (void)state;
    enum { N = 77 };
    static const char *const words[] = {"Iran", "'s", "foreign", "ministry", "denied", "on", "Wednesday", "that", "it", "had", "sent", "drones", "\xE2\x80\x94", "AFP", "reported", "."};
    chy_syntax_model *m = malloc(sizeof *m);
    assert_non_null(m);
    assert_int_equal(chy_syn_model_open(weights.p, weights.n, m, NULL), CHY_OK);
    chy_arena a;
    chy_arena_init(&a);
    chy_syn_scratch s[3];
    for (unsigned k = 0; k < 3; k++) {
        if (!chy_syn_kernel_at(k)) continue;
        assert_true(chy_syn_scratch_new(m, &a, N, &s[k]));
        seed = 7;
        for (uint32_t i = 0; i < N; i++) {
            chy_syn_word w;
            chy_syn_word_of(chy_slice_z(words[rnd(16)]), &w);
            chy_syn_embed(m, chy_syn_kernel_at(k), &w, i == 0, 0, s[k].a + (size_t)i * m->input);
        }
        chy_syn_network(m, chy_syn_kernel_at(k), &s[k], N);
        assert_memory_equal(s[0].a, s[k].a, N * 2 * m->hidden * 2);
        assert_memory_equal(s[0].b, s[k].b, N * 2 * m->hidden * 2);
        assert_memory_equal(s[0].arcs, s[k].arcs, N * chy_syn_arc_stride(N) * 4);
        assert_memory_equal(s[0].heads, s[k].heads, N * 4);
        assert_memory_equal(s[0].tags, s[k].tags, N * 2);
        assert_memory_equal(s[0].rels, s[k].rels, N);
        assert_memory_equal(s[0].names, s[k].names, N);
    }
    chy_arena_free(&a);
    free(m);
}

/* ---------------------------------------------------------------- decoder */

enum { SMALL = 6 };

/* Best score over all trees with one root, by trying every assignment of heads. */
static int64_t by_trial(const int32_t *scores, size_t stride, uint32_t n)
{
    uint32_t h[SMALL] = {0};
    int64_t top = INT64_MIN;
    for (;;) {
        uint32_t roots = 0;
        bool ok = true;
        int64_t sum = 0;
        for (uint32_t i = 0; i < n && ok; i++) {
            roots += h[i] == 0;
            sum += scores[i * stride + h[i]];
            uint32_t at = i + 1, steps = 0;
            while (at && steps++ <= n) at = h[at - 1];
            ok = at == 0 && h[i] != i + 1;
        }
        if (ok && roots == 1 && sum > top) top = sum;
        uint32_t k = 0;
        while (k < n && ++h[k] > n) h[k++] = 0;
        if (k == n) return top;
    }
}

static void the_decoder_finds_the_best_tree(void **state)
{
    (void)state;
    int32_t scores[SMALL * 16];
    uint32_t heads[SMALL];
    void *space = malloc(chy_syn_tree_size(SMALL));
    assert_non_null(space);
    for (int round = 0; round < 600; round++) {
        uint32_t n = 1 + rnd(SMALL - 1);
        uint32_t range = round % 3 == 0 ? 4 : round % 3 == 1 ? 1000 : 2000000000;
        for (size_t i = 0; i < sizeof scores / sizeof *scores; i++) scores[i] = (int32_t)rnd(range) - (int32_t)(range / 2);
        chy_syn_tree(scores, 16, n, heads, space);
        int64_t sum = 0;
        uint32_t roots = 0;
        for (uint32_t i = 0; i < n; i++) {
            assert_true(heads[i] <= n && heads[i] != i + 1);
            sum += scores[i * 16 + heads[i]];
            roots += heads[i] == 0;
        }
        assert_int_equal(roots, 1);
        assert_true(sum == by_trial(scores, 16, n));
    }
    free(space);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damaged_weights_are_refused),
        cmocka_unit_test(all_kernels_give_the_same_bits),
        cmocka_unit_test(the_decoder_finds_the_best_tree),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
