/* SPDX-License-Identifier: Apache-2.0 */
#include "events/forest.h"

enum { CATEGORY = 0x4000, MAX_TREES = 1000 };

typedef struct reader {
    const char *p;
    size_t left;
} reader;

/* The next `n` items of `size` bytes, or NULL where the section ends before. */
static const void *next(reader *r, size_t n, size_t size)
{
    if (size && n > r->left / size) return NULL;
    const void *p = r->p;
    r->p += n * size, r->left -= n * size;
    return p;
}

static bool sound(const chy_forest *f, uint32_t n_nodes, uint32_t n_masks)
{
    for (uint32_t i = 0; i < f->n_trees; i++)
        if (f->roots[i] >= n_nodes) return false;
    for (uint32_t i = 0; i < n_nodes; i++) {
        const chy_forest_node *n = &f->nodes[i];
        if (n->feature < 0) continue;
        bool category = n->feature & CATEGORY;
        if ((uint32_t)(n->feature & ~CATEGORY) >= f->n_features) return false;
        if (category && (n->value < 0 || (uint32_t)n->value >= n_masks)) return false;
        if (n->left <= i || n->right <= i || n->left >= n_nodes || n->right >= n_nodes) return false;
    }
    return true;
}

static bool read_forest(reader *r, uint32_t n_features, chy_forest *f)
{
    const uint32_t *head = next(r, 6, sizeof *head);
    if (!head || head[0] != n_features || head[1] > MAX_TREES || head[2] > UINT16_MAX || head[3] > INT16_MAX) return false;
    f->n_features = n_features, f->n_trees = head[1];
    memcpy(&f->base, &head[4], sizeof f->base);
    f->masks = next(r, head[3], sizeof *f->masks);
    f->roots = next(r, head[1], sizeof *f->roots);
    f->nodes = next(r, head[2], sizeof *f->nodes);
    if (!f->masks || !f->roots || !f->nodes) return false;
    if (head[1] % 2 && !next(r, 1, 4)) return false;
    return sound(f, head[2], head[3]);
}

chy_status chy_forests_open(chy_slice section, const uint32_t n_features[CHY_N_FOREST], chy_forests *out, chy_error *err)
{
    reader r = {section.p, section.n};
    const char *magic = next(&r, 8, 1);
    const uint32_t *head = next(&r, 4, sizeof *head);
    bool ok = magic && head && !memcmp(magic, "CHYJUDG1", 8) && head[0] == CHY_N_FOREST;
    for (uint32_t i = 0; ok && i < CHY_N_FOREST; i++) ok = read_forest(&r, n_features[i], &out->forest[i]);
    if (ok) {
        out->n_steps = head[1];
        memcpy(&out->keep, &head[2], sizeof out->keep);
        memcpy(&out->add, &head[3], sizeof out->add);
        out->steps = next(&r, head[1], sizeof *out->steps);
        ok = out->steps && out->n_steps > 0;
    }
    return ok ? CHY_OK : chy_fail(err, CHY_E_DATA, CHY_STAGE_EVENTS, 0, "section \"judge\" is damaged or made for other features");
}

int32_t chy_forest_score(const chy_forest *f, const int16_t *x)
{
    int32_t sum = f->base;
    for (uint32_t i = 0; i < f->n_trees; i++) {
        const chy_forest_node *n = &f->nodes[f->roots[i]];
        while (n->feature >= 0) {
            int v = x[n->feature & ~CATEGORY];
            bool left = n->feature & CATEGORY ? v >= 0 && v < 64 && (f->masks[n->value] >> v & 1) : v <= n->value;
            n = &f->nodes[left ? n->left : n->right];
        }
        sum += n->value;
    }
    return sum;
}

int32_t chy_forests_confidence(const chy_forests *f, int32_t score)
{
    uint32_t lo = 0, hi = f->n_steps; /* the last step at or below the score; below the first: the first */
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (f->steps[mid].score <= score) lo = mid + 1;
        else hi = mid;
    }
    return f->steps[lo ? lo - 1 : 0].thousandths;
}
