/* SPDX-License-Identifier: Apache-2.0
 *
 * model.c - checks the section "syntax" and points into it.
 */
#include "syntax/model.h"

#include <stdio.h>

enum { I8 = 1, I16, I32, F32, U64, U8, U32, U16 };
static const uint32_t width_of[] = {0, 1, 2, 4, 4, 8, 1, 4, 2};
enum { HEADER = 24, ENTRY = 32 };

typedef struct array {
    const uint8_t *p;
    uint32_t rows, cols;
    unsigned shift;
} array;

typedef struct reader {
    const uint8_t *bytes;
    size_t n;
    uint32_t n_arrays;
    chy_error *err;
    chy_status status;
} reader;

static uint32_t u32_at(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static void fail(reader *r, const char *name, const char *what)
{
    if (r->status == CHY_OK) r->status = chy_fail(r->err, CHY_E_DATA, CHY_STAGE_SYNTAX, 0, "syntax weights, %s: %s", name, what);
}

/* The array of that name and kind; p NULL (and the status set) where it is missing or out of bounds. */
static array take(reader *r, const char *name, unsigned kind)
{
    array out = {0};
    if (r->status != CHY_OK) return out;
    for (uint32_t i = 0; i < r->n_arrays; i++) {
        const uint8_t *e = r->bytes + HEADER + (size_t)ENTRY * i;
        size_t len = strlen(name);
        if (len > 12 || memcmp(e, name, len) != 0 || (len < 12 && e[len] != 0)) continue;
        uint32_t rows = u32_at(e + 16), cols = u32_at(e + 20), offset = u32_at(e + 24), size = u32_at(e + 28);
        if (e[12] != kind) {
            fail(r, name, "another kind of value");
        } else if (rows == 0 || cols == 0 || rows > (1u << 28) || cols > (1u << 28)) {
            fail(r, name, "empty or too large");
        } else if ((uint64_t)rows * cols * width_of[kind] != size) {
            fail(r, name, "dimensions and size disagree");
        } else if (e[13] > 12) {
            fail(r, name, "shift over 12");
        } else {
            out = (array){r->bytes + offset, rows, cols, e[13]};
        }
        return out;
    }
    fail(r, name, "missing");
    return out;
}

/* The arrays lie one behind the other, each at the next multiple of 64, and end where the file ends. */
static bool laid_out(const reader *r)
{
    uint64_t at = HEADER + (uint64_t)ENTRY * r->n_arrays;
    for (uint32_t i = 0; i < r->n_arrays; i++) {
        const uint8_t *e = r->bytes + HEADER + (size_t)ENTRY * i;
        at = (at + 63) / 64 * 64;
        if (u32_at(e + 24) != at) return false;
        at += u32_at(e + 28);
        if (at > r->n) return false;
    }
    return at == r->n;
}

static array expect(reader *r, const char *name, unsigned kind, uint32_t rows, uint32_t cols)
{
    array a = take(r, name, kind);
    if (a.p && (a.rows != rows || a.cols != cols)) {
        fail(r, name, "other dimensions than expected");
        a.p = NULL;
    }
    return a;
}

static chy_syn_table table(reader *r, const char *name, uint32_t rows, uint32_t cols)
{
    array a = take(r, name, I8);
    if (a.p && ((rows && a.rows != rows) || a.cols != cols)) fail(r, name, "other dimensions than expected");
    return (chy_syn_table){(const int8_t *)a.p, a.rows, a.cols, a.shift};
}

static chy_syn_dense dense(reader *r, const char *what, uint32_t outputs, uint32_t cols)
{
    char name[24];
    uint32_t rows = (outputs + 15) / 16 * 16;
    chy_syn_dense d = {.rows = rows, .cols = cols};
    if (cols % 2 != 0 || cols > CHY_SYN_MAX_WIDTH) fail(r, what, "width is odd or too large");
    snprintf(name, sizeof name, "w.%s", what);
    d.w = (const int8_t *)expect(r, name, I8, rows, cols).p;
    snprintf(name, sizeof name, "s.%s", what);
    d.scale = (const float *)(const void *)expect(r, name, F32, rows, 1).p;
    snprintf(name, sizeof name, "b.%s", what);
    d.bias = (const float *)(const void *)expect(r, name, F32, rows, 1).p;
    if (r->status == CHY_OK) {
        for (uint32_t i = 0; i < rows; i++)
            if (!(d.scale[i] >= -1.0f && d.scale[i] <= 1.0f && d.bias[i] >= -1e4f && d.bias[i] <= 1e4f)) {
                fail(r, what, "a scale or bias is out of range");
                break;
            }
    }
    return d;
}

/* Products with 8-bit input, of one row or of two neighbours (`in` columns or twice as many). */
static chy_syn_dense8 dense8(reader *r, const char *what, uint32_t outputs, uint32_t in)
{
    char name[24];
    snprintf(name, sizeof name, "w.%s", what);
    array w = take(r, name, I8);
    uint32_t cols = w.cols == 2 * in ? 2 * in : in;
    snprintf(name, sizeof name, "z.%s", what);
    array z = take(r, name, I32);
    chy_syn_dense d = dense(r, what, outputs, cols);
    if (r->status != CHY_OK) return (chy_syn_dense8){0};
    if (cols % 32 != 0 || z.rows != d.rows || z.cols != 1) fail(r, what, "other dimensions than expected");
    unsigned over = 0;
    for (size_t i = 0; i < (size_t)d.rows * cols; i++) over |= (unsigned)(d.w[i] > 64) | (unsigned)(d.w[i] < -64);
    const int32_t *start = (const int32_t *)(const void *)z.p;
    for (uint32_t i = 0; r->status == CHY_OK && i < d.rows; i++) over |= (unsigned)(start[i] > 1 << 23) | (unsigned)(start[i] < -(1 << 23));
    if (over) fail(r, what, "a weight is out of range");
    return (chy_syn_dense8){d.w, start, d.scale, d.bias, d.rows, cols};
}

/* Every value under `limit`, and at least one slot empty, so that a search ends. */
static chy_syn_map map(reader *r, const char *what, unsigned kind, uint32_t limit)
{
    char name[16];
    chy_syn_map m = {0};
    snprintf(name, sizeof name, "k.%s", what);
    array k = take(r, name, U64);
    if (!k.p) return m;
    if (k.cols != 1 || (k.rows & (k.rows - 1)) != 0) {
        fail(r, name, "not a power of two");
        return m;
    }
    snprintf(name, sizeof name, "v.%s", what);
    array v = expect(r, name, kind, k.rows, 1);
    if (!v.p) return m;
    m.keys = (const uint64_t *)(const void *)k.p;
    m.mask = k.rows - 1;
    if (kind == U16) m.v16 = (const uint16_t *)(const void *)v.p;
    else m.v32 = (const uint32_t *)(const void *)v.p;
    uint32_t empty = 0;
    for (uint32_t i = 0; i < k.rows; i++) {
        if (m.keys[i] == 0) empty++;
        else if ((m.v16 ? m.v16[i] : m.v32[i]) >= limit) fail(r, name, "a value is out of range");
    }
    if (empty == 0) fail(r, name, "no free slot");
    return m;
}

/* ----------------------------------------------------------------- labels */

static bool is(const char *p, size_t n, const char *z) { return strlen(z) == n && memcmp(p, z, n) == 0; }

static void tag_of(reader *r, chy_syntax_model *m, uint32_t id, chy_slice text)
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
    if (!named) fail(r, "l.tags", "an unknown part of speech");
}

static void labels(reader *r, chy_syntax_model *m)
{
    array tags = take(r, "l.tags", U8), rels = take(r, "l.rels", U8), cls = take(r, "l.class", U8);
    if (r->status != CHY_OK) return;
    if (m->n_tags > CHY_SYN_MAX_TAGS || m->n_rels > CHY_SYN_MAX_RELS || cls.rows != m->n_tags || cls.cols != 1) {
        fail(r, "l.tags", "number of labels");
        return;
    }
    chy_slice rest = {(const char *)tags.p, (size_t)tags.rows * tags.cols}, piece;
    uint32_t n = 0;
    for (; chy_slice_split(&rest, '\n', &piece); n++) {
        if (n >= m->n_tags) break;
        tag_of(r, m, n, piece);
        m->tag_class[n] = cls.p[n];
    }
    if (n != m->n_tags) fail(r, "l.tags", "number of labels");
    rest = (chy_slice){(const char *)rels.p, (size_t)rels.rows * rels.cols};
    m->root_rel = CHY_NONE;
    for (n = 0; chy_slice_split(&rest, '\n', &piece); n++) {
        if (n >= m->n_rels) break;
        unsigned id = 0;
        while (id < CHY_N_DEPREL && !is(piece.p, piece.n, chy_deprel_name(id))) id++;
        if (id == CHY_N_DEPREL) fail(r, "l.rels", "an unknown relation");
        m->rel_id[n] = (uint8_t)id;
        if (id == CHY_REL_ROOT) m->root_rel = n;
    }
    if (n != m->n_rels || m->root_rel == CHY_NONE) fail(r, "l.rels", "number of labels");
}

static void lemmas(reader *r, chy_syntax_model *m)
{
    array scripts = take(r, "script", U8), text = take(r, "l.lemma", U8);
    if (r->status != CHY_OK) return;
    if (scripts.cols != 8) {
        fail(r, "script", "other dimensions than expected");
        return;
    }
    m->scripts = scripts.p;
    m->n_scripts = scripts.rows;
    m->lemmas = text.p;
    m->n_lemmas = text.rows * text.cols;
    m->suffix_rule = map(r, "suffix", U16, m->n_scripts);
    m->lemma = map(r, "lemma", U32, m->n_lemmas);
    m->cased = map(r, "case", U16, 3);
    if (r->status != CHY_OK) return;
    for (uint32_t i = 0; i <= m->lemma.mask; i++)
        if (m->lemma.keys[i] && m->lemmas[m->lemma.v32[i]] >= m->n_lemmas - m->lemma.v32[i]) fail(r, "l.lemma", "a string runs over");
}

/* ------------------------------------------------------------------- open */

chy_status chy_syn_model_open(const void *bytes, size_t n, chy_syntax_model *out, chy_error *err)
{
    reader r = {bytes, n, 0, err, CHY_OK};
    chy_syntax_model *m = out;
    memset(m, 0, sizeof *m);
    const uint16_t one = 1;
    uint8_t low;
    memcpy(&low, &one, 1);
    if (low != 1) return chy_fail(err, CHY_E_DATA, CHY_STAGE_SYNTAX, 0, "syntax weights: this machine is not little-endian");
    if (n < HEADER || memcmp(r.bytes, "CHYSYNTX", 8) != 0)
        return chy_fail(err, CHY_E_DATA, CHY_STAGE_SYNTAX, 0, "syntax weights: not a weights file");
    if ((uintptr_t)bytes % 8 != 0) return chy_fail(err, CHY_E_DATA, CHY_STAGE_SYNTAX, 0, "syntax weights: not aligned");
    if (u32_at(r.bytes + 8) != CHY_SYN_VERSION)
        return chy_fail(err, CHY_E_DATA, CHY_STAGE_SYNTAX, 8, "syntax weights: version %u, not %d", (unsigned)u32_at(r.bytes + 8),
                        CHY_SYN_VERSION);
    r.n_arrays = u32_at(r.bytes + 16);
    if (u32_at(r.bytes + 12) != n || r.n_arrays > (n - HEADER) / ENTRY)
        return chy_fail(err, CHY_E_DATA, CHY_STAGE_SYNTAX, 12, "syntax weights: the file's size is not the one it states");

    if (!laid_out(&r))
        return chy_fail(err, CHY_E_DATA, CHY_STAGE_SYNTAX, HEADER, "syntax weights: the arrays do not fill the file in order");
    array dims = expect(&r, "dims", U32, 11, 1);
    if (r.status != CHY_OK) return r.status;
    uint32_t d[11];
    for (unsigned i = 0; i < 11; i++) {
        d[i] = u32_at(dims.p + 4 * i);
        if (d[i] == 0 || d[i] > 4096) fail(&r, "dims", "out of range");
    }
    m->n_form = d[0], m->n_affix = d[1], m->hidden = d[2], m->layers = d[3], m->arc = d[4], m->lab = d[5], m->tag = d[6], m->name = d[7];
    m->n_tags = d[8], m->n_rels = d[9], m->n_names = d[10];
    if (m->layers > CHY_SYN_MAX_LAYERS || m->n_form % 32 || m->n_affix % 32 || m->hidden % 16 || m->arc % 16 || m->lab % 16 || m->tag % 16 || m->name % 16 ||
        m->arc > 96 || m->n_names != CHY_N_NAME)
        fail(&r, "dims", "out of range");
    m->form = table(&r, "form", 0, m->n_form);
    m->prefix = table(&r, "prefix", 0, m->n_affix);
    m->shape = table(&r, "shape", 192, m->n_affix);
    m->gaz = table(&r, "gaz", 0, m->n_affix);
    for (unsigned k = 0; k < CHY_SYN_SUFFIXES; k++) {
        char name[16];
        snprintf(name, sizeof name, "suffix%u", k + 1);
        m->suffix[k] = table(&r, name, 0, m->n_affix);
        if (m->suffix[k].rows & (m->suffix[k].rows - 1)) fail(&r, name, "not a power of two");
    }
    if (m->prefix.rows & (m->prefix.rows - 1)) fail(&r, "prefix", "not a power of two");
    array st = take(&r, "static", I8);
    m->pieces = (chy_syn_table){(const int8_t *)st.p, st.rows, st.cols, st.shift};
    m->n_static = st.cols;
    if (r.status != CHY_OK) return r.status;
    if (m->n_static % 32 || m->n_static > CHY_SYN_MAX_WIDTH || m->n_form + m->n_affix + m->n_static > CHY_SYN_MAX_WIDTH ||
        2 * m->hidden > CHY_SYN_MAX_WIDTH) {
        fail(&r, "dims", "too wide");
        return r.status;
    }
    m->input = m->n_form + m->n_affix + m->n_static;
    m->forms = map(&r, "form", U16, m->form.rows);
    m->gazetteer = map(&r, "gaz", U16, m->gaz.rows);
    m->piece = map(&r, "piece", U16, m->pieces.rows);
    for (uint32_t k = 0; k < m->layers; k++) {
        char name[16];
        uint32_t in = k ? 2 * m->hidden : m->input;
        snprintf(name, sizeof name, "fwd%u", (unsigned)k);
        m->fwd[k] = dense8(&r, name, 3 * m->hidden, in);
        snprintf(name, sizeof name, "bwd%u", (unsigned)k);
        m->bwd[k] = dense8(&r, name, 3 * m->hidden, in);
    }
    m->heads = dense8(&r, "heads", 2 * m->arc + 2 * m->lab + m->tag + m->name, 2 * m->hidden);
    m->u = dense(&r, "arc", m->arc, m->arc);
    m->rel = dense(&r, "rel", m->n_rels, 2 * m->lab);
    m->tags = dense(&r, "tag", m->n_tags, m->tag);
    m->names = dense(&r, "name", m->n_names, m->name);
    m->root_arc = (const int16_t *)(const void *)expect(&r, "root.arc", I16, m->arc, 1).p;
    m->root_lab = (const int16_t *)(const void *)expect(&r, "root.lab", I16, m->lab, 1).p;
    m->dist = (const int32_t *)(const void *)expect(&r, "dist", I32, 2 * CHY_SYN_DIST + 1, 1).p;
    m->follow = (const float *)(const void *)expect(&r, "follow", F32, CHY_N_NAME + 1, CHY_N_NAME).p;
    labels(&r, m);
    lemmas(&r, m);
    for (uint32_t i = 0; r.status == CHY_OK && i < m->arc; i++)
        if (m->root_arc[i] < 0 || m->root_arc[i] > 4095) fail(&r, "root.arc", "out of range");
    for (unsigned i = 0; r.status == CHY_OK && i < (CHY_N_NAME + 1) * CHY_N_NAME; i++)
        if (!(m->follow[i] >= -1e5f && m->follow[i] <= 1e5f)) fail(&r, "follow", "out of range");
    for (unsigned i = 0; r.status == CHY_OK && i <= 2 * CHY_SYN_DIST; i++)
        if (m->dist[i] > (1 << 28) || m->dist[i] < -(1 << 28)) fail(&r, "dist", "out of range");
    return r.status;
}
