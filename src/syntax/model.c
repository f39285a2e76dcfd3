/* SPDX-License-Identifier: Apache-2.0
 *
 * model.c - checks the section "syntax" and points into it.
 */
#include "syntax/arrays.h"

#include <stdio.h>

/* ----------------------------------------------------------------- labels */

static bool is(const char *p, size_t n, const char *z) { return strlen(z) == n && memcmp(p, z, n) == 0; }

static void tag_of(chy_arrays *r, chy_syntax_model *m, uint32_t id, chy_slice text)
{
    static const struct {
        const char *name;
        uint16_t bit;
    } feats[] = {
        {"Tense=Past", CHY_FEAT_PAST}, {"Tense=Pres", CHY_FEAT_PRES}, {"VerbForm=Fin", CHY_FEAT_FIN}, {"VerbForm=Inf", CHY_FEAT_INF},
        {"VerbForm=Part", CHY_FEAT_PART}, {"VerbForm=Ger", CHY_FEAT_GER}, {"Mood=Imp", CHY_FEAT_IMP}, {"Voice=Pass", CHY_FEAT_PASS},
        {"Number=Plur", CHY_FEAT_PLUR}, {"Number=Ptan", CHY_FEAT_PLUR}, {"Number=Sing", CHY_FEAT_SING}, {"Person=1", CHY_FEAT_1},
        {"Person=2", CHY_FEAT_2}, {"Person=3", CHY_FEAT_3},
    };
    chy_slice piece;
    bool named = false;
    m->tag_feats[id] = 0;
    for (uint32_t at = 0; chy_slice_split(&text, '|', &piece); at++) {
        if (at == 0) {
            for (unsigned u = 0; u < CHY_N_UPOS; u++) {
                if (!is(piece.p, piece.n, chy_upos_name(u))) continue;
                m->tag_upos[id] = (uint8_t)u;
                named = true;
            }
        }
        for (size_t k = 0; k < sizeof feats / sizeof *feats; k++)
            if (is(piece.p, piece.n, feats[k].name)) m->tag_feats[id] = (uint16_t)(m->tag_feats[id] | feats[k].bit);
    }
    if (!named) chy_arrays_fail(r, "l.tags", "an unknown part of speech");
}

static void labels(chy_arrays *r, chy_syntax_model *m)
{
    chy_array tags = chy_arrays_take(r, "l.tags", CHY_ARRAY_U8), rels = chy_arrays_take(r, "l.rels", CHY_ARRAY_U8), cls = chy_arrays_take(r, "l.class", CHY_ARRAY_U8);
    if (r->status != CHY_OK) return;
    if (m->n_tags > CHY_SYN_MAX_TAGS || m->n_rels > CHY_SYN_MAX_RELS || cls.rows != m->n_tags || cls.cols != 1) {
        chy_arrays_fail(r, "l.tags", "number of labels");
        return;
    }
    chy_slice rest = {(const char *)tags.p, (size_t)tags.rows * tags.cols}, piece;
    uint32_t n = 0;
    for (; chy_slice_split(&rest, '\n', &piece); n++) {
        if (n >= m->n_tags) break;
        tag_of(r, m, n, piece);
        m->tag_class[n] = cls.p[n];
    }
    if (n != m->n_tags) chy_arrays_fail(r, "l.tags", "number of labels");
    rest = (chy_slice){(const char *)rels.p, (size_t)rels.rows * rels.cols};
    m->root_rel = CHY_NONE;
    for (n = 0; chy_slice_split(&rest, '\n', &piece); n++) {
        if (n >= m->n_rels) break;
        unsigned id = 0;
        while (id < CHY_N_DEPREL && !is(piece.p, piece.n, chy_deprel_name(id))) id++;
        if (id == CHY_N_DEPREL) chy_arrays_fail(r, "l.rels", "an unknown relation");
        m->rel_id[n] = (uint8_t)id;
        if (id == CHY_REL_ROOT) m->root_rel = n;
    }
    if (n != m->n_rels || m->root_rel == CHY_NONE) chy_arrays_fail(r, "l.rels", "number of labels");
}

static void lemmas(chy_arrays *r, chy_syntax_model *m)
{
    chy_array scripts = chy_arrays_take(r, "script", CHY_ARRAY_U8), text = chy_arrays_take(r, "l.lemma", CHY_ARRAY_U8);
    if (r->status != CHY_OK) return;
    if (scripts.cols != 8) {
        chy_arrays_fail(r, "script", "other dimensions than expected");
        return;
    }
    m->scripts = scripts.p;
    m->n_scripts = scripts.rows;
    m->lemmas = text.p;
    m->n_lemmas = text.rows * text.cols;
    m->suffix_rule = chy_arrays_map(r, "suffix", CHY_ARRAY_U16, m->n_scripts);
    m->lemma = chy_arrays_map(r, "lemma", CHY_ARRAY_U32, m->n_lemmas);
    m->cased = chy_arrays_map(r, "case", CHY_ARRAY_U16, 3);
    if (r->status != CHY_OK) return;
    for (uint32_t i = 0; i <= m->lemma.mask; i++)
        if (m->lemma.keys[i] && m->lemmas[m->lemma.v32[i]] >= m->n_lemmas - m->lemma.v32[i]) chy_arrays_fail(r, "l.lemma", "a string runs over");
}

/* ------------------------------------------------------------------- open */

chy_status chy_syn_model_open(const void *bytes, size_t n, chy_syntax_model *out, chy_error *err)
{
    chy_arrays r;
    chy_syntax_model *m = out;
    memset(m, 0, sizeof *m);
    if (chy_arrays_open(bytes, n, "CHYSYNTX", CHY_SYN_VERSION, "syntax weights", CHY_STAGE_SYNTAX, &r, err) != CHY_OK) return r.status;
    chy_array dims = chy_arrays_expect(&r, "dims", CHY_ARRAY_U32, 11, 1);
    if (r.status != CHY_OK) return r.status;
    uint32_t d[11];
    for (unsigned i = 0; i < 11; i++) {
        d[i] = chy_arrays_u32(dims.p + 4 * i);
        if (d[i] == 0 || d[i] > 4096) chy_arrays_fail(&r, "dims", "out of range");
    }
    m->n_form = d[0], m->n_affix = d[1], m->hidden = d[2], m->layers = d[3], m->arc = d[4], m->lab = d[5], m->tag = d[6], m->name = d[7];
    m->n_tags = d[8], m->n_rels = d[9], m->n_names = d[10];
    if (m->layers > CHY_SYN_MAX_LAYERS || m->n_form % 32 || m->n_affix % 32 || m->hidden % 16 || m->arc % 16 || m->lab % 16 || m->tag % 16 || m->name % 16 ||
        m->arc > 96 || m->n_names != CHY_N_NAME)
        chy_arrays_fail(&r, "dims", "out of range");
    m->form = chy_arrays_table(&r, "form", 0, m->n_form);
    m->prefix = chy_arrays_table(&r, "prefix", 0, m->n_affix);
    m->shape = chy_arrays_table(&r, "shape", 192, m->n_affix);
    m->gaz = chy_arrays_table(&r, "gaz", 0, m->n_affix);
    for (unsigned k = 0; k < CHY_SYN_SUFFIXES; k++) {
        char name[16];
        snprintf(name, sizeof name, "suffix%u", k + 1);
        m->suffix[k] = chy_arrays_table(&r, name, 0, m->n_affix);
        if (m->suffix[k].rows & (m->suffix[k].rows - 1)) chy_arrays_fail(&r, name, "not a power of two");
    }
    if (m->prefix.rows & (m->prefix.rows - 1)) chy_arrays_fail(&r, "prefix", "not a power of two");
    chy_array st = chy_arrays_take(&r, "static", CHY_ARRAY_I8);
    m->pieces = (chy_syn_table){(const int8_t *)st.p, st.rows, st.cols, st.shift};
    m->n_static = st.cols;
    if (r.status != CHY_OK) return r.status;
    if (m->n_static % 32 || m->n_static > CHY_SYN_MAX_WIDTH || m->n_form + m->n_affix + m->n_static > CHY_SYN_MAX_WIDTH ||
        2 * m->hidden > CHY_SYN_MAX_WIDTH) {
        chy_arrays_fail(&r, "dims", "too wide");
        return r.status;
    }
    m->input = m->n_form + m->n_affix + m->n_static;
    m->forms = chy_arrays_map(&r, "form", CHY_ARRAY_U16, m->form.rows);
    m->gazetteer = chy_arrays_map(&r, "gaz", CHY_ARRAY_U16, m->gaz.rows);
    m->piece = chy_arrays_map(&r, "piece", CHY_ARRAY_U16, m->pieces.rows);
    for (uint32_t k = 0; k < m->layers; k++) {
        char name[16];
        uint32_t in = k ? 2 * m->hidden : m->input;
        snprintf(name, sizeof name, "fwd%u", (unsigned)k);
        m->fwd[k] = chy_arrays_dense8(&r, name, 3 * m->hidden, in);
        snprintf(name, sizeof name, "bwd%u", (unsigned)k);
        m->bwd[k] = chy_arrays_dense8(&r, name, 3 * m->hidden, in);
    }
    m->heads = chy_arrays_dense8(&r, "heads", 2 * m->arc + 2 * m->lab + m->tag + m->name, 2 * m->hidden);
    m->u = chy_arrays_dense(&r, "arc", m->arc, m->arc);
    m->rel = chy_arrays_dense(&r, "rel", m->n_rels, 2 * m->lab);
    m->tags = chy_arrays_dense(&r, "tag", m->n_tags, m->tag);
    m->names = chy_arrays_dense(&r, "name", m->n_names, m->name);
    m->root_arc = (const int16_t *)(const void *)chy_arrays_expect(&r, "root.arc", CHY_ARRAY_I16, m->arc, 1).p;
    m->root_lab = (const int16_t *)(const void *)chy_arrays_expect(&r, "root.lab", CHY_ARRAY_I16, m->lab, 1).p;
    m->dist = (const int32_t *)(const void *)chy_arrays_expect(&r, "dist", CHY_ARRAY_I32, 2 * CHY_SYN_DIST + 1, 1).p;
    m->follow = (const float *)(const void *)chy_arrays_expect(&r, "follow", CHY_ARRAY_F32, CHY_N_NAME + 1, CHY_N_NAME).p;
    labels(&r, m);
    lemmas(&r, m);
    for (uint32_t i = 0; r.status == CHY_OK && i < m->arc; i++)
        if (m->root_arc[i] < 0 || m->root_arc[i] > 4095) chy_arrays_fail(&r, "root.arc", "out of range");
    for (unsigned i = 0; r.status == CHY_OK && i < (CHY_N_NAME + 1) * CHY_N_NAME; i++)
        if (!(m->follow[i] >= -1e5f && m->follow[i] <= 1e5f)) chy_arrays_fail(&r, "follow", "out of range");
    for (unsigned i = 0; r.status == CHY_OK && i <= 2 * CHY_SYN_DIST; i++)
        if (m->dist[i] > (1 << 28) || m->dist[i] < -(1 << 28)) chy_arrays_fail(&r, "dist", "out of range");
    return r.status;
}
