/* SPDX-License-Identifier: Apache-2.0 */
#include "events/forest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* One tree a forest: of two features, the first by codes, the second up to 3. */
typedef struct made {
    char bytes[1024];
    size_t n;
} made;

static void put(made *m, const void *p, size_t n)
{
    assert_true(m->n + n <= sizeof m->bytes);
    memcpy(m->bytes + m->n, p, n);
    m->n += n;
}

static void make(made *m, int16_t right_child)
{
    static const chy_forest_node nodes[] = {
        {0 | 0x4000, 1, 2, 0}, /* codes 1 and 5 go left */
        {-1, 0, 0, 1000},
        {1, 3, 4, 3},
        {-1, 0, 0, -500},
        {-1, 0, 0, 200},
    };
    chy_forest_node own[5];
    memcpy(own, nodes, sizeof own);
    own[2].right = (uint16_t)right_child;
    const uint32_t head[] = {4, 3, 150, 400};
    m->n = 0;
    put(m, "CHYJUDG1", 8);
    put(m, head, sizeof head);
    for (int i = 0; i < 4; i++) {
        const uint32_t forest[] = {2, 1, 5, 1, (uint32_t)(10 * i), 0};
        const uint64_t mask = 1u << 1 | 1u << 5;
        const uint32_t root = 0, pad = 0;
        put(m, forest, sizeof forest), put(m, &mask, sizeof mask), put(m, &root, sizeof root);
        put(m, own, sizeof own), put(m, &pad, sizeof pad);
    }
    const int32_t steps[] = {-100, 50, 0, 500, 700, 900};
    put(m, steps, sizeof steps);
}

static const uint32_t two[CHY_N_FOREST] = {2, 2, 2, 2};

static void trees_are_summed(void **state)
{
    (void)state;
    made m;
    chy_forests f;
    make(&m, 4);
    assert_int_equal(chy_forests_open((chy_slice){m.bytes, m.n}, two, &f, NULL), CHY_OK);
    assert_int_equal(f.keep, 150), assert_int_equal(f.add, 400);
    assert_int_equal(chy_forest_score(&f.forest[0], (const int16_t[]){5, 0}), 1000);
    assert_int_equal(chy_forest_score(&f.forest[0], (const int16_t[]){2, 3}), -500);
    assert_int_equal(chy_forest_score(&f.forest[3], (const int16_t[]){2, 4}), 230);
    assert_int_equal(chy_forest_score(&f.forest[0], (const int16_t[]){64, 4}), 200); /* a code that no mask can hold */
    assert_int_equal(chy_forest_score(&f.forest[0], (const int16_t[]){-1, 4}), 200);
}

static void scores_become_confidence(void **state)
{
    (void)state;
    made m;
    chy_forests f;
    make(&m, 4);
    assert_int_equal(chy_forests_open((chy_slice){m.bytes, m.n}, two, &f, NULL), CHY_OK);
    assert_int_equal(chy_forests_confidence(&f, -5000), 50);
    assert_int_equal(chy_forests_confidence(&f, -1), 50);
    assert_int_equal(chy_forests_confidence(&f, 0), 500);
    assert_int_equal(chy_forests_confidence(&f, 699), 500);
    assert_int_equal(chy_forests_confidence(&f, 9000), 900);
}

static void damage_is_refused(void **state)
{
    (void)state;
    made m;
    chy_forests f;
    make(&m, 4);
    for (size_t n = 0; n < m.n; n++) {
        char *cut = malloc(n + 1); /* so that a read beyond the end is seen */
        assert_non_null(cut);
        memcpy(cut, m.bytes, n);
        assert_int_equal(chy_forests_open((chy_slice){cut, n}, two, &f, NULL), CHY_E_DATA);
        free(cut);
    }
    make(&m, 2); /* a node that is its own child: no end */
    assert_int_equal(chy_forests_open((chy_slice){m.bytes, m.n}, two, &f, NULL), CHY_E_DATA);
    make(&m, 9); /* a child that is not there */
    assert_int_equal(chy_forests_open((chy_slice){m.bytes, m.n}, two, &f, NULL), CHY_E_DATA);
    make(&m, 4);
    const uint32_t three[CHY_N_FOREST] = {2, 3, 3, 2}; /* trained on other features than the library computes */
    assert_int_equal(chy_forests_open((chy_slice){m.bytes, m.n}, three, &f, NULL), CHY_E_DATA);
}

static const char text[] = "Russia accuses Ukraine of shelling\n\nMOSCOW, May 3 (Reuters) - Russia accused Ukraine on Tuesday of shelling a village. "
                           "Ukraine rejected the accusation.\n\nTurkish President Recep Tayyip Erdogan met Russian Foreign Minister Sergei Lavrov in Ankara.\n";

static void read_with(unsigned flags, void (*check)(const chy_dispatch *d))
{
    chy_data *data;
    chy_session *session;
    chy_error err;
    const chy_page *page;
    chy_input in = {.bytes = {text, sizeof text - 1}, .kind = CHY_INPUT_TEXT};
    assert_int_equal(chy_data_open(NULL, &data, &err), CHY_OK);
    assert_int_equal(chy_session_new(data, &session, &err), CHY_OK);
    assert_int_equal(chy_session_read(session, &in, CHY_STAGE_CLAIMS, flags, &page, &err), CHY_OK);
    assert_int_equal(page->n_dispatches, 1);
    assert_true(page->dispatches[0].n_events > 1);
    check(&page->dispatches[0]);
    chy_session_free(session);
    chy_data_close(data);
}

static void all_sure(const chy_dispatch *d)
{
    for (uint32_t i = 0; i < d->n_events; i++) {
        const chy_event *e = &d->events[i];
        assert_true(e->confidence > 0.0f && e->confidence < 1.0f);
        assert_true(e->n_sources + e->n_targets > 0);
        if (i) assert_true(d->events[i - 1].trigger.begin <= e->trigger.begin);
        for (uint32_t k = 0; k < e->n_sources; k++)
            for (uint32_t n = 0; n < e->n_targets; n++)
                assert_int_not_equal(d->participants[e->first_source + k].actor, d->participants[e->first_target + n].actor);
    }
}

static void none_sure(const chy_dispatch *d)
{
    for (uint32_t i = 0; i < d->n_events; i++) assert_true(d->events[i].confidence == 0.0f);
}

static void events_say_how_sure_they_are(void **state)
{
    (void)state;
    read_with(0, all_sure);
    read_with(CHY_READ_FRAMES_ONLY, none_sure);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees_are_summed),
        cmocka_unit_test(scores_become_confidence),
        cmocka_unit_test(damage_is_refused),
        cmocka_unit_test(events_say_how_sure_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
