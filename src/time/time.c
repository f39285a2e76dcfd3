/* SPDX-License-Identifier: Apache-2.0 */
#include "time/expr.h"

chy_status chy_time_open(const chy_file *file, chy_arena *arena, const chy_time_model **out, chy_error *err)
{
    chy_time_model *m = chy_arena_calloc(arena, 1, sizeof *m);
    *out = m;
    if (!m) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_TIME, 0, "out of memory");
    chy_status st = chy_file_table(file, "time-words", &m->words, err);
    if (st != CHY_OK) return st;
    m->class_col = chy_table_col(&m->words, "class");
    m->value_col = chy_table_col(&m->words, "value");
    st = chy_file_table(file, "time-anchors", &m->anchors, err);
    m->begin_col = chy_table_col(&m->anchors, "begin");
    m->end_col = chy_table_col(&m->anchors, "end");
    m->kind_col = chy_table_col(&m->anchors, "kind");
    if (st == CHY_OK) st = chy_file_table(file, "holders", &m->holders, err);
    if (st != CHY_OK) return st;
    m->role_col = chy_table_col(&m->holders, "role");
    m->from_col = chy_table_col(&m->holders, "from");
    m->to_col = chy_table_col(&m->holders, "to");
    st = chy_file_table(file, "time-eras", &m->eras, err);
    if (st == CHY_OK) st = chy_file_table(file, "time-levels", &m->levels, err);
    if (st == CHY_OK) st = chy_file_table(file, "time-topics", &m->topics, err);
    if (st == CHY_OK) st = chy_file_table(file, "time-topics2", &m->topics_also, err);
    if (st != CHY_OK) return st;
    m->topic_one = chy_table_col(&m->topics, "one");
    m->topic_other = chy_table_col(&m->topics, "other");
    m->topic_from = chy_table_col(&m->topics, "from");
    m->topic_to = chy_table_col(&m->topics, "to");
    m->era_from = chy_table_col(&m->eras, "from");
    m->era_to = chy_table_col(&m->eras, "to");
    m->era_kind = chy_table_col(&m->eras, "kind");
    m->level_year = chy_table_col(&m->levels, "year");
    m->level_low = chy_table_col(&m->levels, "low");
    m->level_high = chy_table_col(&m->levels, "high");
    return st;
}

chy_status chy_time_run(const chy_time_model *m, chy_work *w)
{
    chy_dispatch *d = w->d;
    chy_time_atoms atoms = {0};
    chy_time_exprs x = {0};
    for (uint32_t s = 0; s < d->n_sentences; s++) {
        uint32_t begin = d->sentences[s].first_token, end = begin + d->sentences[s].n_tokens;
        if (!chy_time_lex(m, w, begin, end, &atoms) || !chy_time_parse(m, w, &atoms, &x)) break;
    }
    if (!w->arena->failed && chy_time_anchors(m, w)) {
        if (!chy_interval_known(d->published)) {
            d->published = chy_time_infer(m, w, &x, &d->published_why);
            d->published_basis = chy_interval_known(d->published) ? CHY_BASIS_INFERRED : CHY_BASIS_NONE;
        }
        chy_time_resolve(m, w, &x, chy_time_now(d));
    }
    return chy_work_memory(w, CHY_STAGE_TIME);
}
