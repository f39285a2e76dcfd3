/* SPDX-License-Identifier: Apache-2.0
 *
 * evidence.c - the sum of the pieces: log-likelihoods over months, added up, and the shortest interval that holds nine tenths.
 * Whole numbers throughout. docs/design/time.md tells where the figures come from.
 */
#include "time/evidence.h"

/* In sixteenths of a bit: on leaving the span at once, for each year further off, and at most. */
typedef struct shape {
    int16_t before, before_year, before_most, after, after_year, after_most;
} shape;

static const shape shapes[CHY_N_SHAPE] = {
    [CHY_SHAPE_THING] = {48, 32, 112, 8, 10, 64},
    [CHY_SHAPE_STATE] = {48, 32, 112, 4, 6, 40},
    [CHY_SHAPE_EVENT] = {80, 32, 128, 0, 18, 80},
    [CHY_SHAPE_PLANNED] = {4, 20, 112, 8, 22, 72},
    [CHY_SHAPE_PERSON] = {8, 9, 64, 6, 7, 52},
    [CHY_SHAPE_WORD] = {16, 16, 64, 8, 8, 40},
    [CHY_SHAPE_TOPIC] = {20, 20, 96, 8, 14, 88},
    [CHY_SHAPE_ASCII] = {0, 0, 0, 0, 5, 36},
    [CHY_SHAPE_LEVEL] = {16, 32, 128, 16, 32, 128},
    [CHY_SHAPE_OFFICE] = {32, 24, 88, 24, 20, 80},
    [CHY_SHAPE_FORMER] = {64, 24, 96, 0, 6, 48},
    [CHY_SHAPE_HOLDER] = {12, 14, 72, 8, 9, 56},
    [CHY_SHAPE_SURNAME] = {6, 8, 36, 4, 5, 28},
};

static int32_t capped(int32_t loss, int32_t most) { return loss > most ? most : loss; }

static int32_t in_span(const shape *s, int32_t m, int32_t from, int32_t to)
{
    if (m < from) return -capped(s->before + s->before_year * (from - m) / 12, s->before_most);
    if (m > to) return -capped(s->after + s->after_year * (m - to) / 12, s->after_most);
    return 0;
}

/* Whoever names many of the last years would have named the next ones, too: in quarters. */
static int32_t steeper(int32_t loss, int32_t years)
{
    static const int8_t quarters[] = {4, 4, 6, 8, 10};
    return loss * quarters[years > 4 ? 4 : years] / 4;
}

/* The latest year said, or one ahead, by how many years the publication lies behind it. */
static int32_t by_year(int32_t behind, int32_t how, int32_t years, bool past)
{
    enum { AHEAD = 6, BEHIND = 16 };
    static const int8_t loss[5][AHEAD + BEHIND + 1] = {
        /* years from 6 before the year said to 16 after it */
        [CHY_YEAR_NAMED] = {84, 80, 76, 72, 64, 36, /* the year itself: */ 0, 5, 14, 20, 25, 30, 34, 38, 41, 44, 47, 50, 53, 56, 59, 62, 64},
        [CHY_YEAR_IN] = {96, 96, 96, 92, 84, 64, 18, 2, 0, 4, 9, 15, 20, 25, 29, 33, 37, 41, 44, 47, 50, 53, 56},
        [CHY_YEAR_AHEAD] = {40, 32, 26, 20, 13, 5, 0, 32, 52, 60, 64, 66, 68, 70, 72, 74, 76, 78, 80, 82, 84, 86, 88},
        [CHY_YEAR_DECADE] = {80, 80, 80, 78, 70, 50, 40, 24, 12, 6, 2, 0, 0, 0, 0, 0, 0, 2, 4, 6, 8, 10, 12},
        [CHY_YEAR_MEET] = {38, 34, 30, 22, 14, 4, 0, 5, 18, 25, 30, 34, 38, 41, 44, 47, 50, 52, 54, 56, 58, 60, 62},
    };
    int32_t k = behind + AHEAD, i = k < 0 ? 0 : k > AHEAD + BEHIND ? AHEAD + BEHIND : k;
    int32_t further = k - i; /* half a bit in ten years */
    if (past && behind < 0) return -(64 + loss[how][i]);
    return -steeper(loss[how][i] + (further < 0 ? -further : further) * 8 / 10, behind > 0 ? years : 0);
}

static int32_t by_date(int32_t behind, int32_t years)
{
    if (behind < 0) return -capped(44 - behind * 3, 96);
    int32_t loss = behind < 12 ? behind : behind < 36 ? 12 + (behind - 12) * 3 / 4 : 30 + (behind - 36) / 4;
    return -steeper(capped(loss, 84), years);
}

static int32_t by_date_ahead(int32_t behind)
{
    return -(behind < 0 ? capped(-behind * 3 / 2, 64) : capped(behind ? 40 + behind * 2 : 4, 84));
}

/* A month without a year, by how many months (-5 … 6) the publication lies behind it. */
static int32_t by_month(int32_t behind, int32_t direction)
{
    static const int8_t loss[12] = {44, 42, 38, 32, 24, 0, 8, 14, 24, 34, 40, 44}; /* from 5 before to 6 behind; [5] the month itself */
    int32_t extra = (behind > 0 && direction > 0) || (behind < 0 && direction < 0) ? 20 : 0;
    return -(loss[behind + 5] + extra) * 3 / 4;
}

static int32_t by_quarter(int32_t behind)
{
    static const int8_t loss[12] = {24, 22, 20, 20, 18, 12, 0, 4, 14, 20, 22, 24};
    return -loss[behind + 5];
}

/* Months that m lies behind the nearest month of this name: -5 … 6. */
static int32_t behind_month(int32_t m, int32_t name)
{
    int32_t k = (m % 12 - (name - 1) + 24) % 12;
    return k > 6 ? k - 12 : k;
}

/* The day of the month that lies nearest to month m. */
static chy_day nearest(int32_t m, int32_t name_day)
{
    int32_t at = m - behind_month(m, name_day / 32);
    unsigned day = (unsigned)name_day % 32;
    return chy_day_ok(at / 12, (unsigned)(at % 12) + 1, day) ? chy_day_of(at / 12, (unsigned)(at % 12) + 1, day) : CHY_NO_DAY;
}

static int32_t by_weekday(int32_t m, const chy_time_piece *p)
{
    chy_day day = nearest(m, p->from);
    return day != CHY_NO_DAY && (int32_t)chy_day_weekday(day) == p->to ? 0 : -56;
}

static int32_t by_dateline(int32_t m, const chy_time_piece *p)
{
    /* told on the weekday named, the day after, … the day before */
    static const int8_t loss[7] = {0, 20, 40, 52, 56, 56, 40};
    chy_day day = nearest(m, p->from);
    if (m % 12 + 1 != p->from / 32 || day == CHY_NO_DAY) return -112;
    return p->to < 0 ? 0 : -loss[((int32_t)chy_day_weekday(day) - p->to + 7) % 7];
}

static int32_t value(const chy_time_piece *p, int32_t m)
{
    switch (p->kind) {
    case CHY_PIECE_YEAR: return by_year(m / 12 - p->from, p->to % 8, p->to / 8 % 16, p->to / 128);
    case CHY_PIECE_DATE: return by_date(m - p->from, p->to);
    case CHY_PIECE_AHEAD: return by_date_ahead(m - p->from);
    case CHY_PIECE_MONTH: return by_month(behind_month(m, p->from), p->to);
    case CHY_PIECE_QUARTER: return by_quarter(behind_month(m, p->from));
    case CHY_PIECE_WEEKDAY: return by_weekday(m, p);
    case CHY_PIECE_DATELINE: return by_dateline(m, p);
    case CHY_PIECE_SPAN: return m < p->from || m > p->to ? -96 : 0;
    default: return p->kind < CHY_N_SHAPE ? in_span(&shapes[p->kind], m, p->from, p->to) : 0;
    }
}

/* The piece that begins at i with its other readings; *next is the one behind. */
static int32_t best_value(const chy_time_pieces *p, uint32_t i, int32_t m, uint32_t *next)
{
    int32_t best = value(&p->v[i], m);
    for (i++; i < p->n && p->v[i].more; i++) {
        int32_t v = value(&p->v[i], m);
        if (v > best) best = v;
    }
    *next = i;
    return best;
}

/* 2 to the power of -x/16 bits, of 2^32. */
static uint64_t power(int32_t x)
{
    /* 2^32 * 2^(-k/16), rounded */
    static const uint64_t part[16] = {4294967296, 4112874773, 3938502376, 3771522796, 3611622603, 3458501653, 3311872529, 3171459999,
                                      3037000500, 2908241642, 2784941738, 2666869345, 2553802834, 2445529972, 2341847524, 2242560872};
    return x >= 32 * 16 ? 0 : part[x % 16] >> (x / 16);
}

bool chy_time_weigh(const chy_time_pieces *p, int32_t *first, int32_t *last, uint32_t *sure)
{
    int32_t sum[CHY_N_MONTHS] = {0}, most = INT32_MIN;
    if (!p->n) return false;
    for (uint32_t i = 0, next; i < p->n; i = next)
        for (int32_t m = 0; m < CHY_N_MONTHS; m++) sum[m] += best_value(p, i, CHY_FIRST_YEAR * 12 + m, &next);
    for (int32_t m = 0; m < CHY_N_MONTHS; m++)
        if (sum[m] > most) most = sum[m];
    uint64_t weight[CHY_N_MONTHS], total = 0;
    /* pieces lean on one another: three quarters of what they would say if they did not */
    for (int32_t m = 0; m < CHY_N_MONTHS; m++) total += weight[m] = power((most - sum[m]) * 5 / 4);
    uint64_t need = total / 100 * 92, held = 0, best_held = 0;
    int32_t b = 0, best = CHY_N_MONTHS + 1;
    for (int32_t e = 0; e < CHY_N_MONTHS; e++) {
        held += weight[e];
        while (held - weight[b] >= need) held -= weight[b++];
        if (held < need || e - b + 1 > best || (e - b + 1 == best && held <= best_held)) continue;
        best = e - b + 1;
        best_held = held;
        *first = CHY_FIRST_YEAR * 12 + b;
        *last = CHY_FIRST_YEAR * 12 + e;
    }
    *sure = (uint32_t)(best_held / (total / 1000));
    return best <= CHY_N_MONTHS;
}

chy_slice chy_time_reasons(chy_arena *a, const chy_time_pieces *p, int32_t first, int32_t last)
{
    enum { TOLD = 5, LEAST = CHY_BIT / 2 };
    int32_t gain[TOLD] = {0};
    uint32_t told[TOLD], n = 0;
    for (uint32_t i = 0, next; i < p->n; i = next) {
        int64_t in = 0, all = 0;
        for (int32_t m = 0; m < CHY_N_MONTHS; m++) {
            int32_t v = best_value(p, i, CHY_FIRST_YEAR * 12 + m, &next);
            all += v;
            if (CHY_FIRST_YEAR * 12 + m >= first && CHY_FIRST_YEAR * 12 + m <= last) in += v;
        }
        int32_t g = (int32_t)(in / (last - first + 1) - all / CHY_N_MONTHS);
        if (g < LEAST) continue;
        uint32_t k = n < TOLD ? n++ : TOLD;
        while (k && gain[k - 1] < g) {
            if (k < TOLD) gain[k] = gain[k - 1], told[k] = told[k - 1];
            k--;
        }
        if (k < TOLD) gain[k] = g, told[k] = i;
    }
    chy_slice out = {"", 0};
    for (uint32_t k = 0; k < n; k++) {
        const chy_time_piece *x = &p->v[told[k]];
        for (uint32_t i = told[k] + 1; i < p->n && p->v[i].more; i++) /* of several readings the one that holds there */
            if (value(&p->v[i], (first + last) / 2) > value(x, (first + last) / 2)) x = &p->v[i];
        chy_slice span = {"", 0};
        if (x->kind < CHY_N_SHAPE) {
            if (x->to / 12 > CHY_FIRST_YEAR + CHY_N_YEARS) span = chy_arena_printf(a, " (%d-)", x->from / 12);
            else if (x->from / 12 < 1) span = chy_arena_printf(a, " (-%d)", x->to / 12);
            else span = chy_arena_printf(a, " (%d-%d)", x->from / 12, x->to / 12);
        }
        out = chy_arena_printf(a, "%.*s%s%.*s%.*s", (int)out.n, out.p ? out.p : "", k ? "; " : "", (int)x->what.n, x->what.p, (int)span.n, span.p ? span.p : "");
    }
    return out;
}
