/* SPDX-License-Identifier: Apache-2.0
 *
 * reader.c - the learned reader: two layers over the states of a word and of those around it, the vectors of their lemmas, and features.
 *
 * Products are of integers (syntax/kernel.c); what is between them is done a channel at a time in the same operations everywhere; the
 * scores are sums and maxima of integers and one table. tools/train/reader.py writes the section "reader":
 *
 *   w.state … b.state   what the syntax stage keeps of a word's states [CHY_READER_STATE]
 *   k.lemma, v.lemma    lemma to row of `lemma`; row 0: a lemma that is not known
 *   lemma               vectors, 32 to the unit
 *   w.first … b.first   from states and vectors to the hidden channels
 *   feature             what each feature adds to them
 *   w.last … b.last     from the hidden channels to the classes
 *   softplus            ln(1 + exp(-i / 256)) * 256, up to where it is nothing
 */
#include "events/reader.h"

#include "events/view.h"
#include "syntax/arrays.h"

enum { VECTOR = 64, MAX_HIDDEN = 256, OUT = 32, BLOCK = 32, LOGIT = 8166, SOFTPLUS = 1600, NO_ROW = 0xffffu };

/* Seen of a word: its states; the vectors of its lemma and of those it stands with, and the means of its sentence's and of its dispatch's. */
enum { N_MEAN = 2, WIDTH = CHY_READER_STATE + (CHY_N_VIEW + N_MEAN) * VECTOR, SENTENCE = 2, DISPATCH = 3, ENOUGH = 1 << 20 };

struct chy_reader {
    chy_syn_map lemmas;
    chy_syn_table lemma, feature;
    chy_syn_dense8 first, last;
    const uint8_t *softplus; /* [SOFTPLUS] */
    uint32_t hidden;
};

chy_status chy_reader_open(const chy_file *file, chy_arena *arena, const chy_reader **out, chy_error *err)
{
    *out = NULL;
    chy_slice raw;
    return chy_file_raw(file, "reader", &raw) ? chy_reader_load(raw, arena, out, err) : CHY_OK;
}

chy_status chy_reader_load(chy_slice raw, chy_arena *arena, const chy_reader **out, chy_error *err)
{
    *out = NULL;
    chy_arrays r;
    chy_reader *m = chy_arena_calloc(arena, 1, sizeof *m);
    if (!m) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_EVENTS, 0, "out of memory");
    if (chy_arrays_open(raw.p, raw.n, "CHYREADR", CHY_READER_VERSION, "reader weights", CHY_STAGE_EVENTS, &r, err) != CHY_OK) return r.status;
    chy_array feature = chy_arrays_take(&r, "feature", CHY_ARRAY_I8);
    m->hidden = feature.cols;
    if (r.status == CHY_OK && (m->hidden % 32 || m->hidden > MAX_HIDDEN)) chy_arrays_fail(&r, "feature", "other dimensions than expected");
    m->feature = chy_arrays_table(&r, "feature", CHY_N_FEATURE, m->hidden);
    m->lemma = chy_arrays_table(&r, "lemma", 0, VECTOR);
    m->lemmas = chy_arrays_map(&r, "lemma", CHY_ARRAY_U16, m->lemma.rows);
    m->first = chy_arrays_dense8(&r, "first", m->hidden, WIDTH);
    m->last = chy_arrays_dense8(&r, "last", CHY_READER_CLASSES, m->hidden);
    m->softplus = chy_arrays_expect(&r, "softplus", CHY_ARRAY_U8, SOFTPLUS, 1).p;
    if (r.status == CHY_OK && (m->lemma.rows >= NO_ROW || m->first.cols != WIDTH || m->last.cols != m->hidden || m->last.rows != OUT))
        chy_arrays_fail(&r, "first", "other dimensions than expected");
    if (r.status == CHY_OK) *out = m;
    return r.status;
}

/* ------------------------------------------------------------------ input */

typedef struct reading {
    const chy_reader *m;
    const chy_syn_kernel *k;
    chy_work *w;
    uint16_t *row;    /* of each token's lemma once asked for, else NO_ROW */
    uint8_t *in;      /* [BLOCK][WIDTH] */
    int32_t *sum;     /* [BLOCK][hidden]: what the features add, Q12 */
    float *buf;       /* [BLOCK][hidden] */
    int16_t *fixed;   /* [BLOCK][hidden] */
    uint8_t *narrow;  /* [BLOCK][hidden] */
    int8_t mean[N_MEAN][VECTOR]; /* of the sentence, of the dispatch */
    uint32_t token[BLOCK], n;
} reading;

static uint32_t row_of(reading *r, uint32_t t)
{
    if (r->row[t] != NO_ROW) return r->row[t];
    uint8_t low[CHY_SYN_MAX_FOLDED];
    chy_slice lemma = r->w->tokens[t].lemma;
    uint32_t row = CHY_NONE;
    if (lemma.n && lemma.n <= sizeof low) {
        for (size_t i = 0; i < lemma.n; i++) {
            uint8_t c = (uint8_t)lemma.p[i];
            low[i] = c >= 'A' && c <= 'Z' ? (uint8_t)(c + 32) : c;
        }
        row = chy_syn_find(&r->m->lemmas, chy_syn_hash64(NULL, 0, low, lemma.n));
    }
    return r->row[t] = row == CHY_NONE ? 0 : (uint16_t)row;
}

/* So many times the mean of the vectors of the words in [begin, end), towards nought: what they are about. */
static void mean(reading *r, const chy_gram *g, uint32_t begin, uint32_t end, int32_t times, int8_t *out)
{
    int32_t sum[VECTOR] = {0}, count = 0;
    for (uint32_t t = begin; t < end && count < ENOUGH; t++) {
        if (!chy_view_candidate(g, t)) continue;
        r->k->add(r->m->lemma.q + (size_t)row_of(r, t) * VECTOR, VECTOR, 0, sum);
        count++;
    }
    for (unsigned i = 0; i < VECTOR; i++) {
        int32_t v = count ? times * sum[i] / count : 0;
        out[i] = (int8_t)(v < -127 ? -127 : v > 127 ? 127 : v);
    }
}

static void fill(reading *r, const chy_view *v)
{
    const chy_reader *m = r->m;
    uint8_t *in = r->in + (size_t)r->n * WIDTH;
    int32_t *sum = r->sum + (size_t)r->n * m->hidden;
    memcpy(in, r->w->states + (size_t)v->word[CHY_VIEW_SELF] * CHY_READER_STATE, CHY_READER_STATE);
    in += CHY_READER_STATE;
    for (unsigned k = 0; k < CHY_N_VIEW + N_MEAN; k++, in += VECTOR) {
        const int8_t *q = k >= CHY_N_VIEW ? r->mean[k - CHY_N_VIEW] : m->lemma.q + (size_t)(v->word[k] == CHY_NONE ? 0 : row_of(r, v->word[k])) * VECTOR;
        for (unsigned i = 0; i < VECTOR; i++) in[i] = (uint8_t)(128 + q[i]);
    }
    memset(sum, 0, m->hidden * sizeof *sum);
    for (uint32_t i = 0; i < v->n_features; i++)
        r->k->add(m->feature.q + (size_t)v->feature[i] * m->hidden, m->hidden, 12 - m->feature.shift, sum);
}

/* ----------------------------------------------------------------- scores */

/* ln(exp(a) + exp(b)), 256 to the nat. */
static int32_t either(const chy_reader *m, int32_t a, int32_t b)
{
    int32_t d = a > b ? a - b : b - a;
    return (a > b ? a : b) + (d < SOFTPLUS ? m->softplus[d] : 0);
}

/* Each class against all others together. */
static void odds(const chy_reader *m, const int16_t *logit, int16_t *out)
{
    int32_t behind[CHY_READER_CLASSES], before = 0;
    behind[CHY_READER_CLASSES - 1] = 0;
    for (unsigned c = CHY_READER_CLASSES - 1; c-- > 0;)
        behind[c] = c + 2 == CHY_READER_CLASSES ? logit[c + 1] : either(m, logit[c + 1], behind[c + 1]);
    for (unsigned c = 0; c < CHY_READER_CLASSES; c++) {
        int32_t rest = c == 0 ? behind[0] : c + 1 == CHY_READER_CLASSES ? before : either(m, before, behind[c]);
        int32_t v = logit[c] - rest;
        out[c] = (int16_t)(v < CHY_READER_NEVER ? CHY_READER_NEVER : v > -CHY_READER_NEVER ? -CHY_READER_NEVER : v);
        before = c == 0 ? logit[0] : either(m, before, logit[c]);
    }
}

/* The words in r->in, all at once. */
static void flush(reading *r)
{
    const chy_reader *m = r->m;
    uint32_t h = m->hidden, n = r->n;
    r->k->dense8(&m->first, r->in, WIDTH, n, r->buf);
    for (uint32_t i = 0; i < n * h; i++) r->buf[i] = r->buf[i] + (float)r->sum[i] * (1.0f / 4096.0f);
    r->k->fix(r->buf, n * h, 0.0f, 7.9f, 4096.0f, r->fixed);
    r->k->narrow(r->fixed, n * h, r->narrow);
    r->k->dense8(&m->last, r->narrow, h, n, r->buf);
    r->k->fix(r->buf, n * OUT, -(float)LOGIT / CHY_READER_UNIT, (float)LOGIT / CHY_READER_UNIT, CHY_READER_UNIT, r->fixed);
    for (uint32_t i = 0; i < n; i++) odds(m, r->fixed + (size_t)i * OUT, r->w->reader + (size_t)r->token[i] * CHY_READER_CLASSES);
    r->n = 0;
}

chy_status chy_reader_run(const chy_reader *m, const chy_gram *g, chy_work *w)
{
    const uint32_t n = w->d->n_tokens;
    if (!m || !w->states || w->state_width != CHY_READER_STATE) return CHY_OK;
    reading r = {.m = m, .k = chy_syn_kernel_best(), .w = w};
    chy_view_counts counts;
    chy_view v;
    chy_status st = chy_view_open(g, w, &counts);
    if (st != CHY_OK) return st;
    r.row = chy_arena_alloc(w->arena, (size_t)n * sizeof *r.row);
    r.in = chy_arena_alloc(w->arena, (size_t)BLOCK * WIDTH);
    r.sum = chy_arena_alloc(w->arena, (size_t)BLOCK * m->hidden * sizeof *r.sum);
    r.buf = chy_arena_alloc(w->arena, (size_t)BLOCK * (m->hidden > OUT ? m->hidden : OUT) * sizeof *r.buf);
    r.fixed = chy_arena_alloc(w->arena, (size_t)BLOCK * (m->hidden > OUT ? m->hidden : OUT) * sizeof *r.fixed);
    r.narrow = chy_arena_alloc(w->arena, (size_t)BLOCK * m->hidden);
    int16_t *scores = chy_arena_alloc(w->arena, (size_t)n * CHY_READER_CLASSES * sizeof *scores);
    if (w->arena->failed) return chy_work_memory(w, CHY_STAGE_EVENTS);
    w->reader = scores;
    for (uint32_t t = 0; t < n; t++) {
        r.row[t] = NO_ROW;
        for (unsigned c = 0; c < CHY_READER_CLASSES; c++) scores[(size_t)t * CHY_READER_CLASSES + c] = c ? CHY_READER_NEVER : -CHY_READER_NEVER;
    }
    mean(&r, g, 0, n, DISPATCH, r.mean[1]);
    for (uint32_t i = 0; i < w->d->n_sentences; i++) {
        const chy_sentence *s = &w->d->sentences[i];
        mean(&r, g, s->first_token, s->first_token + s->n_tokens, SENTENCE, r.mean[0]);
        for (uint32_t t = s->first_token; t < s->first_token + s->n_tokens; t++) {
            if (!chy_view_candidate(g, t)) continue;
            chy_view_of(g, &counts, t, &v);
            r.token[r.n] = t;
            fill(&r, &v);
            if (++r.n == BLOCK) flush(&r);
        }
    }
    if (r.n) flush(&r);
    return CHY_OK;
}

unsigned chy_reader_best(const chy_work *w, uint32_t token)
{
    unsigned best = 0;
    for (unsigned k = 1; k < CHY_N_TYPE; k++)
        if (chy_reader_score(w, token, k) > chy_reader_score(w, token, best)) best = k;
    return best;
}
