/* SPDX-License-Identifier: Apache-2.0
 *
 * weigh.c - a choice among options by learnt weights: each feature that an option has adds its weight for what is asked.
 * The weights are a table (data/actors/weights.tsv, made by tools/train/refer.py); a linear model over yes-or-no features.
 */
#include "actors/run.h"

/* Names of the features, in the order of chy_feature. */
static const char *const feature_names[CHY_N_FEATURE] = {
    "nobody", "nobody-armed", "nobody-fled", "nobody-civil", "nobody-plural", "nobody-abroad", "nobody-many", "nobody-same",
    "nobody-definite", "nobody-bare",
    "home", "home-strong", "home-weak", "only", "second", "dateline", "publisher", "title", "union", "union-armed",
    "here-before", "here-after", "here-only", "here-place", "here-subject", "subject-over-me", "object-under-me", "same-verb", "nearest", "nearest-place",
    "back", "back-subject", "block", "block-only", "block-most", "block-place", "last-block",
    "speaker", "last-speaker", "same-word", "same-word-guessed", "same-sector", "last-guess", "far", "unseen", "sector-known",
    "block-head", "share-10", "share-25", "share-40", "share-60", "ours", "nobody-other", "away-dateline", "away-home", "away-place",
    "sound-best", "sound-clear", "sound-other",
};
static const char *const asked_names[CHY_N_ASKED] = {"body", "the-official", "officials", "the-civil", "civil", "group", "person", "organisation"};

const char *chy_feature_name(unsigned feature) { return feature < CHY_N_FEATURE ? feature_names[feature] : "?"; }
const char *chy_asked_name(unsigned asked) { return asked < CHY_N_ASKED ? asked_names[asked] : "?"; }

static int weight_of(chy_slice s)
{
    int sign = 1, n = 0;
    for (size_t i = 0; i < s.n && i < 6; i++) {
        if (s.p[i] == '-' && !i) sign = -1;
        else if (s.p[i] >= '0' && s.p[i] <= '9') n = n * 10 + (s.p[i] - '0');
    }
    return sign * (n > INT16_MAX ? INT16_MAX : n);
}

chy_status chy_actors_weights(const chy_table *t, chy_actors_model *m, chy_error *err)
{
    for (unsigned a = 0; a < CHY_N_ASKED; a++) {
        uint32_t col = chy_table_col(t, asked_names[a]);
        if (col == CHY_NONE)
            return chy_fail(err, CHY_E_DATA, CHY_STAGE_ACTORS, 0, "table 'refer': no column '%s'", asked_names[a]);
        for (unsigned f = 0; f < CHY_N_FEATURE; f++) {
            chy_rows rows;
            if (!chy_table_find(t, chy_slice_z(feature_names[f]), &rows, NULL)) continue;
            m->weight[a][f] = (int16_t)weight_of(chy_table_cell(t, rows.row[0], col));
        }
    }
    return CHY_OK;
}

uint32_t chy_actors_choose(const chy_run *r, const chy_choice *c)
{
    uint32_t best = 0;
    int32_t most = 0;
    for (uint32_t i = 0; i < c->n; i++) {
        int32_t sum = 0;
        for (unsigned f = 0; f < CHY_N_FEATURE; f++)
            if (c->option[i].features >> f & 1) sum += r->m->weight[c->asked][f];
        if (!i || sum > most) best = i, most = sum;
    }
    return best;
}
