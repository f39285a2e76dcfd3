/* SPDX-License-Identifier: Apache-2.0
 *
 * kernel.c - the products and the recurrence: portable, for AVX2 and for AVX-512 VNNI.
 *
 * Products are 7 x 8 bits (layers and projections) or 8 x 16 bits (what is behind them) with 32-bit sums, exact in any order; what is in floating point is done
 * a channel at a time, in the same operations every way (the build keeps a*b+c from being contracted). So all give the same bits.
 */
#include "syntax/model.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_AVX2 1
#include <immintrin.h>
#else
#define HAVE_AVX2 0
#endif

enum { LANES = 16 };

/* ------------------------------------------------------------ recurrence */

static inline float unit(float v) { return v < 0.0f ? 0.0f : v > 1.0f ? 1.0f : v; }

/* Q12 of v, clamped to +-7.9, rounded half up by truncation of a positive number: no rounding mode involved. */
static inline int16_t q12(float v)
{
    v = v < -7.9f ? -7.9f : v > 7.9f ? 7.9f : v;
    return (int16_t)((int32_t)(v * 4096.0f + 32768.5f) - 32768);
}

#define STEP_BODY                                                                                                      \
    const float *z = g, *f = g + hidden, *o = g + 2 * (size_t)hidden;                                                  \
    for (uint32_t k = 0; k < hidden; k++) {                                                                            \
        float keep = unit(f[k]), fresh = z[k];                                                                         \
        float v = fresh + keep * (c[k] - fresh);                                                                       \
        c[k] = v;                                                                                                      \
        v = v * unit(o[k]);                                                                                            \
        if (residual) v = v + (float)residual[k] * (1.0f / 4096.0f);                                                   \
        y[k] = q12(v);                                                                                                 \
    }

static void step_portable(const float *restrict g, uint32_t hidden, float *restrict c, const int16_t *restrict residual,
                          int16_t *restrict y)
{
    STEP_BODY
}

/* --------------------------------------------------------------- portable */

static void dense_portable(const chy_syn_dense *d, const int16_t *x, size_t stride, uint32_t n, float *y)
{
    for (uint32_t tile = 0; tile < d->rows / LANES; tile++) {
        const int8_t *w = d->w + (size_t)tile * LANES * d->cols;
        const float *scale = d->scale + tile * LANES, *bias = d->bias + tile * LANES;
        for (uint32_t t = 0; t < n; t++) {
            const int16_t *in = x + t * stride;
            int32_t sum[LANES] = {0};
            for (uint32_t k = 0; k < d->cols; k += 2)
                for (uint32_t l = 0; l < LANES; l++)
                    sum[l] += w[(size_t)k * LANES + 2 * l] * in[k] + w[(size_t)k * LANES + 2 * l + 1] * in[k + 1];
            float *out = y + (size_t)t * d->rows + tile * LANES;
            for (uint32_t l = 0; l < LANES; l++) {
                float v = (float)sum[l] * scale[l];
                out[l] = v + bias[l];
            }
        }
    }
}

static void narrow_portable(const int16_t *restrict x, uint32_t n, uint8_t *restrict out)
{
    for (uint32_t i = 0; i < n; i++) {
        int32_t v = (x[i] + 64 + 32768) / 128 - 256;
        out[i] = (uint8_t)(128 + (v < -127 ? -127 : v > 127 ? 127 : v));
    }
}

/* Four columns of four rows lie side by side: 16 products by the same four inputs, each with a sum of its own, is what a compiler makes
 * vectors of on any machine. */
static void dense8_portable(const chy_syn_dense8 *d, const uint8_t *x, size_t stride, uint32_t n, float *y)
{
    enum { WIDE = 16, TILE = 4 * LANES };
    int16_t in[CHY_SYN_MAX_WIDTH / 4 * WIDE]; /* four inputs, four times each */
    for (uint32_t t = 0; t < n; t++) {
        for (uint32_t k = 0; k < d->cols; k += 4)
            for (uint32_t l = 0; l < WIDE; l++) in[(size_t)k * 4 + l] = x[t * stride + k + (l & 3)];
        for (uint32_t row = 0; row < d->rows; row += 4) {
            const int8_t *w = d->w + (size_t)(row / LANES) * LANES * d->cols + row % LANES * 4;
            const int16_t *v = in;
            int32_t sum[WIDE] = {0};
            for (uint32_t k = 0; k < d->cols; k += 8, w += 2 * TILE, v += 2 * WIDE) {
                for (uint32_t l = 0; l < WIDE; l++) { /* two products fit 16 bits: 2 * 64 * 255 */
                    int16_t part = (int16_t)(w[l] * v[l] + w[TILE + l] * v[WIDE + l]);
                    sum[l] += part;
                }
            }
            for (uint32_t l = 0; l < 4; l++) {
                int32_t all = d->start[row + l] + sum[4 * l] + sum[4 * l + 1] + sum[4 * l + 2] + sum[4 * l + 3];
                float f = (float)all * d->scale[row + l];
                y[(size_t)t * d->rows + row + l] = f + d->bias[row + l];
            }
        }
    }
}

static void dots_portable(const int16_t *h, uint32_t tiles, uint32_t cols, const int16_t *x, size_t stride, uint32_t n, int32_t *s)
{
    for (uint32_t tile = 0; tile < tiles; tile++) {
        const int16_t *w = h + (size_t)tile * LANES * cols;
        for (uint32_t t = 0; t < n; t++) {
            const int16_t *in = x + t * stride;
            int32_t sum[LANES] = {0};
            for (uint32_t k = 0; k < cols; k += 2)
                for (uint32_t l = 0; l < LANES; l++)
                    sum[l] += w[(size_t)k * LANES + 2 * l] * in[k] + w[(size_t)k * LANES + 2 * l + 1] * in[k + 1];
            memcpy(s + ((size_t)t * tiles + tile) * LANES, sum, sizeof sum);
        }
    }
}

static void fix_portable(const float *restrict v, uint32_t n, float low, float high, float scale, int16_t *restrict out)
{
    for (uint32_t i = 0; i < n; i++) {
        float x = v[i] < low ? low : v[i] > high ? high : v[i];
        out[i] = (int16_t)((int32_t)(x * scale + 32768.5f) - 32768);
    }
}

static void apart_portable(const int16_t *restrict d, const int16_t *restrict h, uint32_t n, int16_t *restrict out)
{
    for (uint32_t i = 0; i < n; i++) {
        int32_t v = (int32_t)d[i] - h[i], w = -v;
        out[i] = (int16_t)(v < 0 ? 0 : v > 32767 ? 32767 : v);
        out[n + i] = (int16_t)(w < 0 ? 0 : w > 32767 ? 32767 : w);
    }
}

static void add_portable(const int8_t *restrict q, uint32_t n, unsigned shift, int32_t *restrict sum)
{
    int32_t one = (int32_t)1 << shift;
    for (uint32_t i = 0; i < n; i++) sum[i] += q[i] * one;
}

static const chy_syn_kernel portable = {dense8_portable, narrow_portable, dense_portable, dots_portable, step_portable, fix_portable, apart_portable, add_portable};

/* ------------------------------------------------------------------- AVX2 */

#if HAVE_AVX2
/* The loops over the words of a pass are unrolled early, so that every sum keeps a register of its own. */
#if defined(__clang__)
#define UNROLL
#define UNROLL_COLUMNS
#else
#define UNROLL _Pragma("GCC unroll 8")
#define UNROLL_COLUMNS _Pragma("GCC unroll 4")
#endif

#define AVX2 __attribute__((target("avx2")))

AVX2 static void step_avx2(const float *restrict g, uint32_t hidden, float *restrict c, const int16_t *restrict residual,
                           int16_t *restrict y)
{
    const __m256 zero = _mm256_setzero_ps(), one = _mm256_set1_ps(1.0f), top = _mm256_set1_ps(7.9f), low = _mm256_set1_ps(-7.9f);
    const __m256 up = _mm256_set1_ps(4096.0f), half = _mm256_set1_ps(32768.5f), down = _mm256_set1_ps(1.0f / 4096.0f);
    const __m256i off = _mm256_set1_epi32(32768);
    for (uint32_t k = 0; k < hidden; k += 16) {
        __m256i q[2];
        for (uint32_t j = 0; j < 2; j++) {
            uint32_t at = k + 8 * j;
            __m256 z = _mm256_loadu_ps(g + at), f = _mm256_loadu_ps(g + hidden + at), o = _mm256_loadu_ps(g + 2 * (size_t)hidden + at);
            f = _mm256_min_ps(_mm256_max_ps(f, zero), one);
            o = _mm256_min_ps(_mm256_max_ps(o, zero), one);
            __m256 v = _mm256_add_ps(z, _mm256_mul_ps(f, _mm256_sub_ps(_mm256_loadu_ps(c + at), z)));
            _mm256_storeu_ps(c + at, v);
            v = _mm256_mul_ps(v, o);
            if (residual) {
                __m256i r = _mm256_cvtepi16_epi32(_mm_loadu_si128((const __m128i *)(const void *)(residual + at)));
                v = _mm256_add_ps(v, _mm256_mul_ps(_mm256_cvtepi32_ps(r), down));
            }
            v = _mm256_min_ps(_mm256_max_ps(v, low), top);
            q[j] = _mm256_sub_epi32(_mm256_cvttps_epi32(_mm256_add_ps(_mm256_mul_ps(v, up), half)), off);
        }
        __m256i packed = _mm256_permute4x64_epi64(_mm256_packs_epi32(q[0], q[1]), 0xD8);
        _mm256_storeu_si256((__m256i *)(void *)(y + k), packed);
    }
}

AVX2 static void fix_avx2(const float *restrict v, uint32_t n, float low, float high, float scale, int16_t *restrict out)
{
    const __m256 lo = _mm256_set1_ps(low), hi = _mm256_set1_ps(high), by = _mm256_set1_ps(scale), half = _mm256_set1_ps(32768.5f);
    const __m256i off = _mm256_set1_epi32(32768);
    for (uint32_t i = 0; i < n; i += 16) {
        __m256i q[2];
        for (uint32_t j = 0; j < 2; j++) {
            __m256 x = _mm256_min_ps(_mm256_max_ps(_mm256_loadu_ps(v + i + 8 * j), lo), hi);
            q[j] = _mm256_sub_epi32(_mm256_cvttps_epi32(_mm256_add_ps(_mm256_mul_ps(x, by), half)), off);
        }
        __m256i packed = _mm256_permute4x64_epi64(_mm256_packs_epi32(q[0], q[1]), 0xD8);
        _mm256_storeu_si256((__m256i *)(void *)(out + i), packed);
    }
}

AVX2 static void apart_avx2(const int16_t *restrict d, const int16_t *restrict h, uint32_t n, int16_t *restrict out)
{
    const __m256i zero = _mm256_setzero_si256();
    for (uint32_t i = 0; i < n; i += 16) {
        __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)(d + i)), b = _mm256_loadu_si256((const __m256i *)(const void *)(h + i));
        _mm256_storeu_si256((__m256i *)(void *)(out + i), _mm256_max_epi16(_mm256_subs_epi16(a, b), zero));
        _mm256_storeu_si256((__m256i *)(void *)(out + n + i), _mm256_max_epi16(_mm256_subs_epi16(b, a), zero));
    }
}

AVX2 static void add_avx2(const int8_t *restrict q, uint32_t n, unsigned shift, int32_t *restrict sum)
{
    const __m128i by = _mm_cvtsi32_si128((int)shift);
    for (uint32_t i = 0; i < n; i += 8) {
        __m256i v = _mm256_sll_epi32(_mm256_cvtepi8_epi32(_mm_loadl_epi64((const __m128i *)(const void *)(q + i))), by);
        __m256i *s = (__m256i *)(void *)(sum + i);
        _mm256_storeu_si256(s, _mm256_add_epi32(_mm256_loadu_si256(s), v));
    }
}

/* A pair of neighbouring values of x in every lane. */
AVX2 static inline __m256i pair(const int16_t *x)
{
    int32_t v;
    memcpy(&v, x, 4);
    return _mm256_set1_epi32(v);
}

/* 16 outputs for M words at once: a[M][2] sums of 8 lanes. */
#define ROUND(M, LOAD_LOW, LOAD_HIGH)                                                                                  \
    __m256i a[M][2];                                                                                                   \
    UNROLL for (int i = 0; i < M; i++) a[i][0] = a[i][1] = _mm256_setzero_si256();                                     \
    UNROLL_COLUMNS for (uint32_t k = 0; k < cols; k += 2) {                                                            \
        __m256i w0 = LOAD_LOW, w1 = LOAD_HIGH;                                                                         \
        UNROLL for (int i = 0; i < M; i++) {                                                                           \
            __m256i v = pair(x + (size_t)i * stride + k);                                                              \
            a[i][0] = _mm256_add_epi32(a[i][0], _mm256_madd_epi16(w0, v));                                             \
            a[i][1] = _mm256_add_epi32(a[i][1], _mm256_madd_epi16(w1, v));                                             \
        }                                                                                                              \
    }

#define WIDEN(p) _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(const void *)(p)))
#define PLAIN(p) _mm256_loadu_si256((const __m256i *)(const void *)(p))

#define DENSE(M)                                                                                                       \
    AVX2 static inline void dense_##M(const int8_t *w, const float *scale, const float *bias, uint32_t rows,           \
                                      uint32_t cols, const int16_t *x, size_t stride, float *y)                        \
    {                                                                                                                  \
        ROUND(M, WIDEN(w + (size_t)k * LANES), WIDEN(w + (size_t)k * LANES + 16))                                      \
        UNROLL for (int i = 0; i < M; i++)                                                                             \
            for (int j = 0; j < 2; j++) {                                                                              \
                __m256 v = _mm256_mul_ps(_mm256_cvtepi32_ps(a[i][j]), _mm256_loadu_ps(scale + 8 * j));                 \
                _mm256_storeu_ps(y + (size_t)i * rows + 8 * j, _mm256_add_ps(v, _mm256_loadu_ps(bias + 8 * j)));       \
            }                                                                                                          \
    }
DENSE(1)
DENSE(2)
DENSE(3)
DENSE(4)

#define DOTS(M)                                                                                                        \
    AVX2 static inline void dots_##M(const int16_t *w, uint32_t tiles, uint32_t cols, const int16_t *x, size_t stride, \
                                     int32_t *s)                                                                       \
    {                                                                                                                  \
        ROUND(M, PLAIN(w + (size_t)k * LANES), PLAIN(w + (size_t)k * LANES + 16))                                      \
        UNROLL for (int i = 0; i < M; i++)                                                                             \
            for (int j = 0; j < 2; j++)                                                                                \
                _mm256_storeu_si256((__m256i *)(void *)(s + (size_t)i * tiles * LANES + 8 * j), a[i][j]);              \
    }
DOTS(4)
DOTS(1)

AVX2 static void narrow_avx2(const int16_t *restrict x, uint32_t n, uint8_t *restrict out)
{
    const __m256i half = _mm256_set1_epi16(64), low = _mm256_set1_epi8(-127), off = _mm256_set1_epi8(-128);
    for (uint32_t i = 0; i < n; i += 32) {
        __m256i v[2];
        for (uint32_t j = 0; j < 2; j++)
            v[j] = _mm256_srai_epi16(_mm256_adds_epi16(_mm256_loadu_si256((const __m256i *)(const void *)(x + i + 16 * j)), half), 7);
        __m256i q = _mm256_permute4x64_epi64(_mm256_packs_epi16(v[0], v[1]), 0xD8);
        _mm256_storeu_si256((__m256i *)(void *)(out + i), _mm256_xor_si256(_mm256_max_epi8(q, low), off));
    }
}

/* Four neighbouring values of x in every lane. */
AVX2 static inline __m256i four(const uint8_t *x)
{
    int32_t v;
    memcpy(&v, x, 4);
    return _mm256_set1_epi32(v);
}

/* A weight is at most 64 either way, so that two products fit 16 bits: 2 * 64 * 255. */
#define DENSE8(M)                                                                                                      \
    AVX2 static inline void dense8_##M(const int8_t *w, const int32_t *start, const float *scale, const float *bias,   \
                                       uint32_t rows, uint32_t cols, const uint8_t *x, size_t stride, float *y)        \
    {                                                                                                                  \
        const __m256i one = _mm256_set1_epi16(1);                                                                      \
        __m256i a[M][2];                                                                                               \
        UNROLL for (int i = 0; i < M; i++) for (int j = 0; j < 2; j++) a[i][j] = PLAIN(start + 8 * j);                 \
        UNROLL_COLUMNS for (uint32_t k = 0; k < cols; k += 4) {                                                        \
            __m256i w0 = PLAIN(w + (size_t)k * LANES), w1 = PLAIN(w + (size_t)k * LANES + 32);                         \
            UNROLL for (int i = 0; i < M; i++) {                                                                       \
                __m256i v = four(x + (size_t)i * stride + k);                                                          \
                a[i][0] = _mm256_add_epi32(a[i][0], _mm256_madd_epi16(_mm256_maddubs_epi16(v, w0), one));              \
                a[i][1] = _mm256_add_epi32(a[i][1], _mm256_madd_epi16(_mm256_maddubs_epi16(v, w1), one));              \
            }                                                                                                          \
        }                                                                                                              \
        UNROLL for (int i = 0; i < M; i++)                                                                             \
            for (int j = 0; j < 2; j++) {                                                                              \
                __m256 v = _mm256_mul_ps(_mm256_cvtepi32_ps(a[i][j]), _mm256_loadu_ps(scale + 8 * j));                 \
                _mm256_storeu_ps(y + (size_t)i * rows + 8 * j, _mm256_add_ps(v, _mm256_loadu_ps(bias + 8 * j)));       \
            }                                                                                                          \
    }
DENSE8(1)
DENSE8(2)
DENSE8(3)
DENSE8(4)

AVX2 static void dense8_avx2(const chy_syn_dense8 *d, const uint8_t *x, size_t stride, uint32_t n, float *y)
{
    for (uint32_t tile = 0; tile < d->rows / LANES; tile++) {
        const int8_t *w = d->w + (size_t)tile * LANES * d->cols;
        const int32_t *start = d->start + tile * LANES;
        const float *scale = d->scale + tile * LANES, *bias = d->bias + tile * LANES;
        float *out = y + tile * LANES;
        for (uint32_t t = 0, passes = (n + 3) / 4; t < n; passes--) {
            uint32_t m = (n - t + passes - 1) / passes;
            const uint8_t *in = x + t * stride;
            float *to = out + (size_t)t * d->rows;
            switch (m) {
            case 1: dense8_1(w, start, scale, bias, d->rows, d->cols, in, stride, to); break;
            case 2: dense8_2(w, start, scale, bias, d->rows, d->cols, in, stride, to); break;
            case 3: dense8_3(w, start, scale, bias, d->rows, d->cols, in, stride, to); break;
            default: dense8_4(w, start, scale, bias, d->rows, d->cols, in, stride, to); break;
            }
            t += m;
        }
    }
}

AVX2 static void dense_avx2(const chy_syn_dense *d, const int16_t *x, size_t stride, uint32_t n, float *y)
{
    for (uint32_t tile = 0; tile < d->rows / LANES; tile++) {
        const int8_t *w = d->w + (size_t)tile * LANES * d->cols;
        const float *scale = d->scale + tile * LANES, *bias = d->bias + tile * LANES;
        float *out = y + tile * LANES;
        for (uint32_t t = 0, passes = (n + 3) / 4; t < n; passes--) {
            uint32_t m = (n - t + passes - 1) / passes;
            const int16_t *in = x + t * stride;
            float *to = out + (size_t)t * d->rows;
            switch (m) {
            case 1: dense_1(w, scale, bias, d->rows, d->cols, in, stride, to); break;
            case 2: dense_2(w, scale, bias, d->rows, d->cols, in, stride, to); break;
            case 3: dense_3(w, scale, bias, d->rows, d->cols, in, stride, to); break;
            default: dense_4(w, scale, bias, d->rows, d->cols, in, stride, to); break;
            }
            t += m;
        }
    }
}

AVX2 static void dots_avx2(const int16_t *h, uint32_t tiles, uint32_t cols, const int16_t *x, size_t stride, uint32_t n, int32_t *s)
{
    for (uint32_t tile = 0; tile < tiles; tile++) {
        const int16_t *w = h + (size_t)tile * LANES * cols;
        int32_t *out = s + (size_t)tile * LANES;
        uint32_t t = 0;
        for (; t + 4 <= n; t += 4) dots_4(w, tiles, cols, x + t * stride, stride, out + (size_t)t * tiles * LANES);
        for (; t < n; t++) dots_1(w, tiles, cols, x + t * stride, stride, out + (size_t)t * tiles * LANES);
    }
}

static const chy_syn_kernel avx2 = {dense8_avx2, narrow_avx2, dense_avx2, dots_avx2, step_avx2, fix_avx2, apart_avx2, add_avx2};

/* ------------------------------------------------------------ AVX-512 VNNI */

#define VNNI __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni,avx2")))

/* A tile of 16 rows fills a register: two columns of it a step, M words at once. */
#define ROUND512(M, LOAD)                                                                                              \
    __m512i a[M];                                                                                                      \
    UNROLL for (int i = 0; i < M; i++) a[i] = _mm512_setzero_si512();                                                  \
    UNROLL_COLUMNS for (uint32_t k = 0; k < cols; k += 2) {                                                            \
        __m512i v = LOAD;                                                                                              \
        UNROLL for (int i = 0; i < M; i++) {                                                                           \
            int32_t two;                                                                                               \
            memcpy(&two, x + (size_t)i * stride + k, 4);                                                               \
            a[i] = _mm512_dpwssd_epi32(a[i], v, _mm512_set1_epi32(two));                                               \
        }                                                                                                              \
    }

#define WIDEN512(p) _mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)(const void *)(p)))

#define DENSE512(M)                                                                                                    \
    VNNI static inline void dense512_##M(const int8_t *w, const float *scale, const float *bias, uint32_t rows,        \
                                         uint32_t cols, const int16_t *x, size_t stride, float *y)                     \
    {                                                                                                                  \
        ROUND512(M, WIDEN512(w + (size_t)k * LANES))                                                                   \
        __m512 s = _mm512_loadu_ps(scale), b = _mm512_loadu_ps(bias);                                                  \
        UNROLL for (int i = 0; i < M; i++)                                                                             \
            _mm512_storeu_ps(y + (size_t)i * rows, _mm512_add_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(a[i]), s), b));      \
    }
DENSE512(1)
DENSE512(2)
DENSE512(3)
DENSE512(4)
DENSE512(5)
DENSE512(6)
DENSE512(7)
DENSE512(8)

#define DOTS512(M)                                                                                                     \
    VNNI static inline void dots512_##M(const int16_t *w, uint32_t tiles, uint32_t cols, const int16_t *x,             \
                                        size_t stride, int32_t *s)                                                     \
    {                                                                                                                  \
        ROUND512(M, _mm512_loadu_si512((const void *)(w + (size_t)k * LANES)))                                         \
        UNROLL for (int i = 0; i < M; i++) _mm512_storeu_si512((void *)(s + (size_t)i * tiles * LANES), a[i]);         \
    }
DOTS512(8)
DOTS512(1)

#define DENSE8_512(M)                                                                                                  \
    VNNI static inline void dense8_512_##M(const int8_t *w, const int32_t *start, const float *scale,                  \
                                           const float *bias, uint32_t rows, uint32_t cols, const uint8_t *x,          \
                                           size_t stride, float *y)                                                    \
    {                                                                                                                  \
        __m512i a[M];                                                                                                  \
        UNROLL for (int i = 0; i < M; i++) a[i] = _mm512_loadu_si512((const void *)start);                             \
        UNROLL_COLUMNS for (uint32_t k = 0; k < cols; k += 4) {                                                        \
            __m512i v = _mm512_loadu_si512((const void *)(w + (size_t)k * LANES));                                     \
            UNROLL for (int i = 0; i < M; i++) {                                                                       \
                int32_t in;                                                                                            \
                memcpy(&in, x + (size_t)i * stride + k, 4);                                                            \
                a[i] = _mm512_dpbusd_epi32(a[i], _mm512_set1_epi32(in), v);                                            \
            }                                                                                                          \
        }                                                                                                              \
        __m512 s = _mm512_loadu_ps(scale), b = _mm512_loadu_ps(bias);                                                  \
        UNROLL for (int i = 0; i < M; i++)                                                                             \
            _mm512_storeu_ps(y + (size_t)i * rows, _mm512_add_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(a[i]), s), b));      \
    }
DENSE8_512(1)
DENSE8_512(2)
DENSE8_512(3)
DENSE8_512(4)
DENSE8_512(5)
DENSE8_512(6)
DENSE8_512(7)
DENSE8_512(8)

VNNI static void dense8_vnni(const chy_syn_dense8 *d, const uint8_t *x, size_t stride, uint32_t n, float *y)
{
    uint32_t rows = d->rows;
    for (uint32_t tile = 0; tile < rows / LANES; tile++) {
        const int8_t *w = d->w + (size_t)tile * LANES * d->cols;
        const int32_t *start = d->start + tile * LANES;
        const float *scale = d->scale + tile * LANES, *bias = d->bias + tile * LANES;
        float *out = y + tile * LANES;
        for (uint32_t t = 0, passes = (n + 7) / 8; t < n; passes--) {
            uint32_t m = (n - t + passes - 1) / passes;
            const uint8_t *in = x + t * stride;
            float *to = out + (size_t)t * rows;
            switch (m) {
            case 1: dense8_512_1(w, start, scale, bias, rows, d->cols, in, stride, to); break;
            case 2: dense8_512_2(w, start, scale, bias, rows, d->cols, in, stride, to); break;
            case 3: dense8_512_3(w, start, scale, bias, rows, d->cols, in, stride, to); break;
            case 4: dense8_512_4(w, start, scale, bias, rows, d->cols, in, stride, to); break;
            case 5: dense8_512_5(w, start, scale, bias, rows, d->cols, in, stride, to); break;
            case 6: dense8_512_6(w, start, scale, bias, rows, d->cols, in, stride, to); break;
            case 7: dense8_512_7(w, start, scale, bias, rows, d->cols, in, stride, to); break;
            default: dense8_512_8(w, start, scale, bias, rows, d->cols, in, stride, to); break;
            }
            t += m;
        }
    }
}

VNNI static void dense_vnni(const chy_syn_dense *d, const int16_t *x, size_t stride, uint32_t n, float *y)
{
    uint32_t rows = d->rows;
    for (uint32_t tile = 0; tile < rows / LANES; tile++) {
        const int8_t *w = d->w + (size_t)tile * LANES * d->cols;
        const float *scale = d->scale + tile * LANES, *bias = d->bias + tile * LANES;
        float *out = y + tile * LANES;
        /* as few passes as can be, of nearly one size */
        for (uint32_t t = 0, passes = (n + 7) / 8; t < n; passes--) {
            uint32_t m = (n - t + passes - 1) / passes;
            const int16_t *in = x + t * stride;
            float *to = out + (size_t)t * rows;
            switch (m) {
            case 1: dense512_1(w, scale, bias, rows, d->cols, in, stride, to); break;
            case 2: dense512_2(w, scale, bias, rows, d->cols, in, stride, to); break;
            case 3: dense512_3(w, scale, bias, rows, d->cols, in, stride, to); break;
            case 4: dense512_4(w, scale, bias, rows, d->cols, in, stride, to); break;
            case 5: dense512_5(w, scale, bias, rows, d->cols, in, stride, to); break;
            case 6: dense512_6(w, scale, bias, rows, d->cols, in, stride, to); break;
            case 7: dense512_7(w, scale, bias, rows, d->cols, in, stride, to); break;
            default: dense512_8(w, scale, bias, rows, d->cols, in, stride, to); break;
            }
            t += m;
        }
    }
}

VNNI static void dots_vnni(const int16_t *h, uint32_t tiles, uint32_t cols, const int16_t *x, size_t stride, uint32_t n, int32_t *s)
{
    for (uint32_t tile = 0; tile < tiles; tile++) {
        const int16_t *w = h + (size_t)tile * LANES * cols;
        int32_t *out = s + (size_t)tile * LANES;
        uint32_t t = 0;
        for (; t + 8 <= n; t += 8) dots512_8(w, tiles, cols, x + t * stride, stride, out + (size_t)t * tiles * LANES);
        for (; t < n; t++) dots512_1(w, tiles, cols, x + t * stride, stride, out + (size_t)t * tiles * LANES);
    }
}

static const chy_syn_kernel vnni = {dense8_vnni, narrow_avx2, dense_vnni, dots_vnni, step_avx2, fix_avx2, apart_avx2, add_avx2};
#endif

const chy_syn_kernel *chy_syn_kernel_at(unsigned i)
{
    if (i == 0) return &portable;
#if HAVE_AVX2
    if (i == 1 && __builtin_cpu_supports("avx2")) return &avx2;
    if (i == 2 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512vnni"))
        return &vnni;
#endif
    return NULL;
}

const chy_syn_kernel *chy_syn_kernel_best(void)
{
    const chy_syn_kernel *k = chy_syn_kernel_at(2);
    if (!k) k = chy_syn_kernel_at(1);
    return k ? k : &portable;
}
