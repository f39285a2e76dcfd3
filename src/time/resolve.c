/* SPDX-License-Identifier: Apache-2.0
 *
 * resolve.c - expressions to TIMEX3 values and days, counted from the publication or from the day last spoken of.
 * What "late October" or "in recent weeks" stand for is written down in docs/design/time.md.
 */
#include "syntax/tree.h"
#include "time/expr.h"

typedef struct resolver {
    const chy_time_model *m;
    chy_work *w;
    chy_interval now;   /* publication; CHY_NO_DAY unknown */
    chy_interval ref;   /* days last spoken of */
    chy_interval fine;  /* the same, of a week at most */
    uint32_t ref_block; /* and in which block */
    unsigned recent;    /* days of the last year that the story has told of before */
    chy_interval quarter;
} resolver;

typedef struct dated {
    chy_interval days;
    chy_slice value;
    unsigned type;
} dated;

static chy_interval whole(chy_day b, chy_day e) { return (chy_interval){b, e}; }

static void civil(chy_day d, int *y, int *m, int *dd)
{
    unsigned um, ud;
    chy_day_civil(d, y, &um, &ud);
    *m = (int)um;
    *dd = (int)ud;
}

chy_day chy_month_shift(chy_day day, int months)
{
    int y, m, d;
    civil(day, &y, &m, &d);
    int64_t k = (int64_t)y * 12 + (m - 1) + months;
    y = (int)(k >= 0 ? k / 12 : -((11 - k) / 12));
    m = (int)(k - (int64_t)y * 12) + 1;
    int last = (int)chy_month_days(y, (unsigned)m);
    return chy_day_of(y, (unsigned)m, (unsigned)(d < last ? d : last));
}

static chy_interval month_of(int y, int m)
{
    return whole(chy_day_of(y, (unsigned)m, 1), chy_day_of(y, (unsigned)m, chy_month_days(y, (unsigned)m)));
}

static chy_interval year_of(int y) { return whole(chy_day_of(y, 1, 1), chy_day_of(y, 12, 31)); }

static chy_interval quarter_of(int y, int q)
{
    return whole(chy_day_of(y, (unsigned)(q * 3 - 2), 1), month_of(y, q * 3).end);
}

/* Part of a longer stretch: thirds, but the first ten days of a month and the second ten. */
static chy_interval narrow(chy_interval i, unsigned edge, chy_day now)
{
    int64_t n = (int64_t)i.end - i.begin + 1;
    if (n < 3) return i;
    int32_t third = n >= 28 && n <= 31 ? 10 : n == 7 ? 3 : (int32_t)(n / 3);
    switch (edge) {
    case E_EARLY: case E_START: return whole(i.begin, i.begin + third - 1);
    case E_MID: return whole(i.begin + third, i.begin + 2 * third - 1 - (n == 7));
    case E_LATE: case E_END: return whole(n == 7 ? i.end - 3 : i.end - (int32_t)(n - 2 * third), i.end);
    case E_BEFORE_NOW: return now >= i.begin && now <= i.end ? whole(i.begin, now) : i;
    case E_AFTER_NOW: return now >= i.begin && now <= i.end ? whole(now, i.end) : i;
    default: return i;
    }
}

/* ----------------------------------------------------------------- values */

static const char *part_code(unsigned part)
{
    static const char *const code[] = {"", "TMO", "TAF", "TEV", "TNI", "T12:00", "T24:00", "TAF"};
    return code[part];
}

static void day_value(resolver *r, const chy_time_expr *x, chy_day d, dated *out)
{
    char buf[11];
    chy_day_format(d, buf);
    out->days = whole(d, d);
    out->type = x->minutes >= 0 || x->part ? CHY_TIMEX_TIME : CHY_TIMEX_DATE;
    if (x->minutes >= 0) out->value = chy_arena_printf(r->w->arena, "%sT%02d:%02d", buf, x->minutes / 60, x->minutes % 60);
    else out->value = chy_arena_printf(r->w->arena, "%s%s", buf, part_code(x->part));
}

static void unit_value(resolver *r, const chy_time_expr *x, unsigned unit, chy_day d, dated *out)
{
    int y, m, dd;
    chy_arena *a = r->w->arena;
    civil(d, &y, &m, &dd);
    switch (unit) {
    case U_WEEK: case U_WEEKEND: {
        chy_day monday = chy_week_begin(d);
        int wy, wm, wd;
        civil(monday + 3, &wy, &wm, &wd); /* ISO 8601: a week is of the year that its Thursday is in */
        int week = (monday + 3 - chy_day_of(wy, 1, 1)) / 7 + 1;
        out->days = unit == U_WEEK ? whole(monday, monday + 6) : whole(monday + 5, monday + 6);
        out->value = chy_arena_printf(a, "%04d-W%02d%s", wy, week, unit == U_WEEKEND ? "-WE" : "");
        break;
    }
    case U_MONTH:
        out->days = month_of(y, m);
        out->value = chy_arena_printf(a, "%04d-%02d", y, m);
        break;
    case U_QUARTER:
        out->days = quarter_of(y, (m + 2) / 3);
        out->value = chy_arena_printf(a, "%04d-Q%d", y, (m + 2) / 3);
        break;
    case U_YEAR:
        out->days = year_of(y);
        out->value = chy_arena_printf(a, "%04d", y);
        break;
    case U_DECADE:
        out->days = whole(year_of(y / 10 * 10).begin, year_of(y / 10 * 10 + 9).end);
        out->value = chy_arena_printf(a, "%03d", y / 10);
        break;
    case U_CENTURY:
        out->days = whole(year_of(y / 100 * 100).begin, year_of(y / 100 * 100 + 99).end);
        out->value = chy_arena_printf(a, "%02d", y / 100);
        break;
    default: day_value(r, x, d, out);
    }
}

/* Day d moved by n tenths of a unit. */
static chy_day moved(chy_day d, unsigned unit, int64_t tenths)
{
    if (tenths > 100000) tenths = 100000;
    if (tenths < -100000) tenths = -100000;
    switch (unit) {
    case U_DAY: return d + (chy_day)(tenths / 10);
    case U_WEEK: case U_WEEKEND: return d + (chy_day)(tenths * 7 / 10);
    case U_MONTH: return tenths % 10 ? d + (chy_day)(tenths * 3) : chy_month_shift(d, (int)(tenths / 10));
    case U_QUARTER: return chy_month_shift(d, (int)(tenths * 3 / 10));
    case U_YEAR: return chy_month_shift(d, (int)(tenths * 12 / 10));
    case U_DECADE: return chy_month_shift(d, (int)(tenths * 12 > 99990 ? 99990 : tenths * 12 < -99990 ? -99990 : tenths * 12));
    case U_CENTURY: return tenths < -180 || tenths > 180 ? d : chy_month_shift(d, (int)(tenths * 120));
    default: return d;
    }
}

/* "P2M", "PT3H", "PXW", "P2.5Y" */
static chy_slice span_value(resolver *r, unsigned unit, int32_t tenths, bool vague)
{
    static const char letter[U_N] = {'S', 'M', 'H', 'D', 'W', 'M', 'Q', 'Y', 'E', 'C', 'D', 'Y'};
    const char *t = unit <= U_HOUR ? "T" : "";
    char c = letter[unit];
    if (tenths > 10000000) tenths = 10000000;
    if (vague) return chy_arena_printf(r->w->arena, "P%sX%c", t, c);
    if (unit == U_DECADE && tenths != 10) c = 'Y', tenths *= 10;
    if (unit == U_QUARTER) c = 'M', tenths *= 3;
    if (unit == U_CENTURY && tenths != 10) c = 'Y', tenths *= 100;
    if (tenths % 10) return chy_arena_printf(r->w->arena, "P%s%d.%d%c", t, tenths / 10, tenths % 10, c);
    return chy_arena_printf(r->w->arena, "P%s%d%c", t, tenths / 10, c);
}

/* --------------------------------------------------------- which of several */

/* Of the candidates a year apart (begin ≤ end each), the one that `direction` and the day now ask for: 1 the first that
 * ends today or later, -1 the last that begins by today, 0 the last past one unless the next lies within `ahead` days. */
static int choose_year(chy_interval (*make)(int, int, int), int a, int b, int year, chy_day now, int direction, int ahead)
{
    chy_interval here = make(year, a, b);
    if (direction > 0) return here.end >= now ? year : year + 1;
    int past = here.begin <= now ? year : year - 1;
    if (direction < 0) return past;
    chy_interval next = make(past + 1, a, b), prev = make(past, a, b);
    return next.begin - now <= ahead && next.begin - now < now - prev.end ? past + 1 : past;
}

static chy_interval make_day(int y, int m, int d)
{
    int last = (int)chy_month_days(y, (unsigned)m);
    chy_day x = chy_day_of(y, (unsigned)m, (unsigned)(d > last ? last : d));
    return whole(x, x);
}
static chy_interval make_month(int y, int m, int unused) { return (void)unused, month_of(y, m); }
static chy_interval make_quarter(int y, int q, int unused) { return (void)unused, quarter_of(y, q); }
static chy_interval make_season(int y, int s, int unused)
{
    (void)unused;
    int m = 3 + s * 3;
    chy_interval first = month_of(y, m);
    return whole(first.begin, month_of(m == 12 ? y + 1 : y, m == 12 ? 2 : m + 2).end);
}

/* The year that the story has been telling of, where that is long past; 0 none. Once it has told of these days, a mere year is
 * left with the next expression ("In 1972 … In February …"). January is of the next one after December. */
static int told_year(const resolver *r, const chy_time_expr *x)
{
    if (!chy_interval_known(r->ref) || !chy_interval_known(r->now) || r->now.begin - r->ref.end < 1000) return 0;
    if (r->recent && r->ref.end - r->ref.begin > 32) return 0;
    const chy_dispatch *d = r->w->d;
    if (d->sentences[chy_sentence_of(d, x->first)].block > r->ref_block + 2) return 0;
    int y, m, dd;
    civil(r->ref.end, &y, &m, &dd);
    return y + (r->ref.end - r->ref.begin < 32 && m - x->month > 8);
}

/* A day of no month: of the latest month that has come to it, of the next to come where the verb is future; of the month that
 * "of this month", "of last month" say. */
static void day_alone(resolver *r, const chy_time_expr *x, chy_day now, int direction, dated *out)
{
    out->value = chy_arena_printf(r->w->arena, "XXXX-XX-%02d", x->day);
    if (now == CHY_NO_DAY) return;
    int y, m, d;
    civil(now, &y, &m, &d);
    m += x->has_steps ? x->steps : direction > 0 ? x->day < d : -(x->day > d);
    for (int k = 0; k < 3; k++, m += direction > 0 ? 1 : -1) { /* a month that has such a day */
        int month = (m + 11) % 12 + 1, year = y + (m < 1 ? -1 : m > 12);
        if (!chy_day_ok(year, (unsigned)month, (unsigned)x->day)) continue;
        day_value(r, x, chy_day_of(year, (unsigned)month, (unsigned)x->day), out);
        return;
    }
}

static void calendar(resolver *r, const chy_time_expr *x, chy_day now, int direction, dated *out)
{
    if (x->day && !x->month) {
        day_alone(r, x, now, direction, out);
        return;
    }
    int ny = 0, nm = 0, nd = 0, y = x->year, told;
    chy_arena *a = r->w->arena;
    if (now != CHY_NO_DAY) civil(now, &ny, &nm, &nd);
    if (!y && now != CHY_NO_DAY) {
        if (x->by_month && x->narrative && chy_interval_known(r->ref)) civil(r->ref.begin, &y, &nm, &nd), y += x->steps;
        else if (x->by_month) y = ny + x->steps;
        else if (x->has_steps && x->steps < 0) y = x->month < nm ? ny : ny - 1;
        else if (x->has_steps && x->steps > 0) y = x->month > nm ? ny : ny + 1;
        else if (x->has_steps) y = ny;
        else if ((told = told_year(r, x))) y = told;
        else if (x->day) y = choose_year(make_day, x->month, x->day, ny, now, direction, 130);
        else y = choose_year(make_month, x->month, 0, ny, now, direction, 62);
        if (x->day && x->weekday >= 0 && !x->by_month && !x->has_steps) { /* the weekday tells which year */
            for (int k = 0; k < 5; k++) {
                int try = y + (k % 2 ? -(k + 1) / 2 : k / 2);
                if (!chy_day_ok(try, (unsigned)x->month, (unsigned)x->day)) continue;
                if ((int)chy_day_weekday(chy_day_of(try, (unsigned)x->month, (unsigned)x->day)) == x->weekday) {
                    y = try;
                    break;
                }
            }
        }
    }
    if (!y) {
        out->value = x->day ? chy_arena_printf(a, "XXXX-%02d-%02d", x->month, x->day) : chy_arena_printf(a, "XXXX-%02d", x->month);
        return;
    }
    if (!x->month) {
        out->days = narrow(year_of(y), x->edge, now);
        out->value = chy_arena_printf(a, "%04d", y);
    } else if (!x->day || !chy_day_ok(y, (unsigned)x->month, (unsigned)x->day)) {
        out->days = narrow(month_of(y, x->month), x->edge, now);
        out->value = chy_arena_printf(a, "%04d-%02d", y, x->month);
    } else {
        chy_day d = chy_day_of(y, (unsigned)x->month, (unsigned)x->day);
        if (x->unit == U_WEEK) unit_value(r, x, U_WEEK, d, out);
        else day_value(r, x, d, out);
    }
}

static void weekday(resolver *r, const chy_time_expr *x, chy_day now, int direction, dated *out)
{
    if (now == CHY_NO_DAY) {
        out->type = x->part ? CHY_TIMEX_TIME : CHY_TIMEX_DATE;
        out->value = chy_arena_printf(r->w->arena, "XXXX-WXX-%d%s", x->weekday + 1, part_code(x->part));
        return;
    }
    int today = (int)chy_day_weekday(now);
    int back = (today - x->weekday + 7) % 7, on = (x->weekday - today + 7) % 7;
    chy_day d;
    if (x->by_month) d = chy_week_begin(now) + 7 * x->steps + x->weekday;
    else if (x->has_steps && x->steps < 0) d = now - (back ? back : 7);
    else if (x->has_steps && x->steps > 0) d = now + (on ? on : 7);
    else if (x->has_steps) d = direction < 0 ? now - back : chy_week_begin(now) + x->weekday;
    else d = direction > 0 || x->edge == E_AFTER_NOW ? now + on : now - back;
    day_value(r, x, d, out);
}

static void season(resolver *r, const chy_time_expr *x, chy_day now, int direction, dated *out)
{
    static const char *const code[] = {"SP", "SU", "FA", "WI"};
    int y = x->year, ny, nm, nd;
    if (!y && now == CHY_NO_DAY) {
        out->value = chy_arena_printf(r->w->arena, "XXXX-%s", code[x->month]);
        return;
    }
    if (!y) {
        civil(now, &ny, &nm, &nd);
        int past = choose_year(make_season, x->month, 0, ny, now, -1, 0);
        bool current = make_season(past, x->month, 0).end >= now;
        if (x->by_month) y = ny + x->steps;
        else if (x->has_steps && x->steps < 0) y = current ? past - 1 : past;
        else if (x->has_steps && x->steps > 0) y = past + 1;
        else if (x->has_steps) y = current || direction < 0 ? past : ny;
        else y = choose_year(make_season, x->month, 0, ny, now, direction, 90);
    }
    out->days = narrow(make_season(y, x->month, 0), x->edge, now);
    out->value = chy_arena_printf(r->w->arena, "%04d-%s", y, code[x->month]);
}

static void quarter(resolver *r, const chy_time_expr *x, chy_day now, int direction, dated *out)
{
    int y = x->year, ny, nm, nd;
    const char *letter = x->form == X_HALF ? "H" : "Q";
    if (!y && now == CHY_NO_DAY) {
        out->value = chy_arena_printf(r->w->arena, "XXXX-%s%d", letter, x->month);
        return;
    }
    if (!y) {
        civil(now, &ny, &nm, &nd);
        y = x->by_month ? ny + x->steps : choose_year(make_quarter, x->month, 0, ny, now, 0, direction > 0 ? 120 : 30);
    }
    if (x->form == X_HALF) out->days = whole(chy_day_of(y, x->month == 1 ? 1 : 7, 1), month_of(y, x->month * 6).end);
    else out->days = r->quarter = quarter_of(y, x->month);
    out->value = chy_arena_printf(r->w->arena, "%04d-%s%d", y, letter, x->month);
}

/* ----------------------------------------------------------- steps and spans */

static void step(resolver *r, const chy_time_expr *x, chy_day now, dated *out)
{
    bool counted = x->count > 0;
    int sign = x->steps;
    chy_day from = now;
    chy_interval ref = x->unit <= U_WEEK && chy_interval_known(r->fine) ? r->fine : r->ref;
    if (x->narrative && chy_interval_known(ref)) from = sign > 0 ? ref.end : ref.begin;
    bool quarterly = chy_interval_known(r->quarter) && ((x->unit == U_YEAR && counted && x->count == 10 && sign < 0) ||
                                                         (x->unit == U_QUARTER && x->narrative));
    if (x->vague && !counted) {
        out->value = sign < 0 ? CHY_LIT("PAST_REF") : CHY_LIT("FUTURE_REF");
        return;
    }
    if (quarterly) { /* "a year ago" in a report on a quarter is the same quarter of the year before */
        chy_day d = chy_month_shift(r->quarter.begin, (int)(x->unit == U_YEAR ? 12 : 3) * sign);
        unit_value(r, x, U_QUARTER, d, out);
        return;
    }
    if (from == CHY_NO_DAY) {
        out->type = x->part || x->minutes >= 0 ? CHY_TIMEX_TIME : CHY_TIMEX_DATE;
        out->value = counted ? span_value(r, x->unit, x->count, false) : CHY_LIT("XXXX-XX-XX");
        return;
    }
    if (x->unit == U_QUARTER && !counted && x->narrative && sign == 0) sign = -1; /* "the latest quarter": the last that ended */
    int64_t tenths = counted ? (int64_t)x->count * sign : (int64_t)sign * 10;
    unsigned unit = counted && x->unit == U_DECADE ? U_YEAR : x->unit <= U_HOUR ? U_DAY : x->unit;
    chy_day d = moved(from, x->unit, tenths);
    if (x->unit == U_WEEKEND && !counted && sign == 0 && !x->has_steps && chy_day_weekday(now) < 5) d -= 7; /* "the weekend" told on a Monday */
    if (x->unit == U_WEEKEND && sign < 0 && !counted && chy_day_weekday(now) == 6) d = now - 7;
    unit_value(r, x, unit, d, out);
    out->days = narrow(out->days, x->edge, now);
    if (x->part == P_NIGHT && chy_slice_eqz(r->w->d->tokens[x->end - 1].norm, "overnight")) out->days.end++;
    /* "three weeks ago" is no nearer than some days */
    if (counted && x->unit == U_WEEK) out->days = whole(d - 3, d + 3);
}

/* Days that a number left unsaid stands for: "recent weeks" and the like. */
static int32_t vague_days(unsigned unit)
{
    static const int32_t days[U_N] = {1, 1, 1, 7, 35, 120, 270, 1095, 7300, 36500, 21, 365};
    return days[unit];
}

/* Is the clause round the token in the perfect ("has been rocked by")? */
static bool perfect(const chy_work *w, uint32_t token)
{
    const chy_token *t = w->d->tokens;
    for (unsigned k = 0; token != CHY_NONE && k < 6; k++, token = t[token].head) {
        if (t[token].upos != CHY_UPOS_VERB) continue;
        uint32_t have = chy_tree_child_lemma(w, token, "have");
        return have != CHY_NONE && chy_is_rel(&t[have], CHY_REL_AUX) && !(t[have].feats & CHY_FEAT_PAST);
    }
    return false;
}

static void span(resolver *r, const chy_time_expr *x, chy_day now, dated *out)
{
    out->type = CHY_TIMEX_DURATION;
    out->value = span_value(r, x->unit, x->count, x->vague);
    if (now == CHY_NO_DAY) return;
    int sign = x->steps;
    /* "has been rocked by nearly two months of strikes"; of years on end it says too little */
    if (!sign && x->unit < U_YEAR && !(x->vague && x->unit > U_MONTH) && perfect(r->w, x->end - 1)) sign = -1;
    if (!sign) return;
    if (x->narrative && chy_interval_known(r->ref)) now = sign > 0 ? r->ref.end : r->ref.begin;
    chy_day other = x->vague ? now + sign * vague_days(x->unit) : moved(now, x->unit, (int64_t)x->count * sign);
    out->days = sign < 0 ? whole(other, now) : whole(now, other);
}

static void set(resolver *r, const chy_time_expr *x, dated *out)
{
    static const char *const season_code[] = {"SP", "SU", "FA", "WI"};
    out->type = CHY_TIMEX_SET;
    if (x->value.n) out->value = x->value;
    else if (x->weekday >= 0) out->value = chy_arena_printf(r->w->arena, "XXXX-WXX-%d%s", x->weekday + 1, part_code(x->part));
    else if (x->month > 20) out->value = chy_arena_printf(r->w->arena, "XXXX-%s", season_code[(x->month - 21) & 3]);
    else if (x->month) out->value = chy_arena_printf(r->w->arena, "XXXX-%02d", x->month);
    else if (x->part) out->value = chy_arena_printf(r->w->arena, "XXXX-XX-XX%s", part_code(x->part));
    else out->value = span_value(r, x->unit, x->count, false);
}

static void constant(resolver *r, const chy_time_expr *x, chy_day now, dated *out)
{
    out->value = x->value;
    if (chy_slice_eqz(x->value, "THEN")) {
        out->value = CHY_LIT("PAST_REF");
        out->days = r->ref;
    } else if (now != CHY_NO_DAY && chy_slice_eqz(x->value, "PRESENT_REF")) {
        out->days = whole(now, now);
    } else if (now != CHY_NO_DAY && chy_slice_eqz(x->value, "PAST_REF") &&
               (chy_slice_ends(r->w->d->tokens[x->end - 1].norm, CHY_LIT("recently")) || chy_slice_eqz(r->w->d->tokens[x->end - 1].norm, "lately"))) {
        out->days = whole(now - 30, now);
    }
}

/* --------------------------------------------------------------- holidays */

static chy_day easter(int y) /* Gregorian; Meeus, Astronomical Algorithms, ch. 8 */
{
    int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
    return chy_day_of(y, (unsigned)(n / 31), (unsigned)(n % 31 + 1));
}

static int to_int(chy_slice s)
{
    int v = 0, sign = s.n && s.p[0] == '-' ? -1 : 1;
    for (size_t i = 0; i < s.n && v < 10000; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9') v = v * 10 + (s.p[i] - '0');
    return v * sign;
}

static chy_day holiday_in(chy_slice rule, int y)
{
    if (chy_slice_starts(rule, CHY_LIT("easter"))) return easter(y) + to_int((chy_slice){rule.p + 6, rule.n - 6});
    if (rule.n == 5 && rule.p[2] == '-') return make_day(y, to_int((chy_slice){rule.p, 2}), to_int((chy_slice){rule.p + 3, 2})).begin;
    int v[4] = {1, 1, 1, 0};
    chy_slice rest = rule, piece;
    for (int k = 0; k < 4 && chy_slice_split(&rest, ' ', &piece); k++) v[k] = to_int(piece);
    if (v[0] < 1 || v[0] > 12) return chy_day_of(y, 1, 1);
    chy_interval month = month_of(y, v[0]);
    if (v[2] < 0) return month.end - ((int)chy_day_weekday(month.end) - (v[1] - 1) + 7) % 7;
    return month.begin + (v[1] - 1 - (int)chy_day_weekday(month.begin) + 7) % 7 + 7 * (v[2] - 1);
}

static void holiday(resolver *r, const chy_time_expr *x, chy_day now, int direction, dated *out)
{
    chy_slice rule = chy_table_cell(&r->m->words, x->row, r->m->value_col);
    int y = x->year, nm, nd;
    if (!y && now == CHY_NO_DAY) {
        out->value = CHY_LIT("XXXX-XX-XX");
        return;
    }
    if (!y) {
        civil(now, &y, &nm, &nd);
        chy_day d = holiday_in(rule, y);
        if (x->by_month) y += x->steps;
        else if (x->has_steps && x->steps < 0) y -= d >= now;
        else if (x->has_steps && x->steps > 0) y += d <= now;
        else if (direction > 0) y += d < now;
        else if (direction < 0 && d > now) y--;
        else if (d - now > 182) y--;
        else if (now - d > 182) y++;
    }
    chy_day d = holiday_in(rule, y);
    if (x->unit == U_WEEK) unit_value(r, x, U_WEEK, d, out);
    else day_value(r, x, d, out);
}

/* ----------------------------------------------------------------- grammar */

static bool has_aux(const chy_work *w, uint32_t verb, const char *list)
{
    for (CHY_EACH_CHILD(w, verb, c))
        if (chy_is_rel(&w->d->tokens[c], CHY_REL_AUX) && chy_slice_in(w->d->tokens[c].lemma, list)) return true;
    return false;
}

/* "The talks open on Friday": the present of a body of text is what is scheduled; that of a headline is the past. */
static bool is_scheduled(const chy_work *w, uint32_t verb)
{
    const chy_dispatch *d = w->d;
    const chy_token *t = &d->tokens[verb];
    if (!(t->feats & CHY_FEAT_FIN) || !(t->feats & CHY_FEAT_PRES)) return false;
    if (d->blocks[d->sentences[chy_sentence_of(d, verb)].block].kind != CHY_BLOCK_PARAGRAPH) return false;
    return chy_slice_in(t->lemma, "open|begin|start|meet|visit|arrive|leave|travel|vote|host|hold|end|expire|take|come|go|resume|return|face");
}

int chy_time_direction(const chy_work *w, uint32_t token)
{
    const chy_token *t = w->d->tokens;
    for (unsigned k = 0; token != CHY_NONE && k < CHY_MAX_CHAIN; k++, token = t[token].head) {
        if (chy_is_rel(&t[token], CHY_REL_OBL) || chy_is_rel(&t[token], CHY_REL_NMOD)) {
            chy_slice prep = chy_tree_case(w, token);
            if (k < 2 && chy_slice_in(prep, "by|until|till")) return 1;
            if (k < 2 && chy_slice_in(prep, "since")) return -1;
        }
        if (t[token].upos == CHY_UPOS_ADJ && chy_slice_in(t[token].lemma, "due|set|likely|ready|bound")) return 1;
        if (t[token].upos != CHY_UPOS_VERB) continue;
        bool told = t[token].feats & CHY_FEAT_PAST && t[token].feats & CHY_FEAT_FIN;
        if (chy_slice_in(t[token].lemma, "schedule|slate|expect|plan|intend")) return told ? 0 : 1;
        if (has_aux(w, token, "could|can") && chy_tree_child_lemma(w, token, "not") != CHY_NONE) return -1;
        if (has_aux(w, token, "will|shall|'ll|wo|would|could|may|might|should|must|can")) return has_aux(w, token, "have") ? -1 : 1;
        if (t[token].feats & CHY_FEAT_INF) {
            uint32_t h = t[token].head;
            if (chy_tree_child_lemma(w, token, "to") != CHY_NONE && !chy_is_rel(&t[token], CHY_REL_ADVCL) &&
                !(h != CHY_NONE && chy_slice_in(t[h].lemma, "begin|start|continue|fail|appear|seem|manage|refuse|decline|use|have|first|last")))
                return 1;
            continue;
        }
        if (has_aux(w, token, "be") && (t[token].feats & CHY_FEAT_GER || chy_slice_ends(t[token].norm, CHY_LIT("ing"))))
            return 0;
        if (has_aux(w, token, "be") && (chy_tree_child_lemma(w, token, "be") != CHY_NONE) &&
            !(t[chy_tree_child_lemma(w, token, "be")].feats & CHY_FEAT_PAST))
            return 0;
        if (t[token].feats & CHY_FEAT_PAST) return t[token].feats & CHY_FEAT_FIN || has_aux(w, token, "have|be") ? -1 : 0;
        if (has_aux(w, token, "have|do")) return -1;
        return is_scheduled(w, token);
    }
    return 0;
}

/* ----------------------------------------------------------------- the whole */

static void place(resolver *r, const chy_time_expr *x, chy_day now, int direction, dated *out)
{
    *out = (dated){.days = chy_interval_none(), .value = CHY_LIT("XXXX-XX-XX"), .type = CHY_TIMEX_DATE};
    chy_arena *a = r->w->arena;
    switch ((chy_time_form)x->form) {
    case X_CALENDAR: calendar(r, x, now, direction, out); break;
    case X_WEEKDAY: weekday(r, x, now, direction, out); break;
    case X_SEASON: season(r, x, now, direction, out); break;
    case X_QUARTER: case X_HALF: quarter(r, x, now, direction, out); break;
    case X_DECADE:
        out->days = narrow(whole(year_of(x->year).begin, year_of(x->year + 9).end), x->edge, now);
        out->value = chy_arena_printf(a, "%03d", x->year / 10);
        break;
    case X_CENTURY:
        out->days = narrow(whole(year_of(x->year).begin, year_of(x->year + 99).end), x->edge, now);
        out->value = chy_arena_printf(a, "%02d", x->year / 100);
        break;
    case X_STEP: step(r, x, now, out); break;
    case X_SPAN: span(r, x, now, out); break;
    case X_SET: set(r, x, out); break;
    case X_CONST: constant(r, x, now, out); break;
    case X_HOLIDAY: holiday(r, x, now, direction, out); break;
    case X_INTERVAL:
        out->days = x->days;
        out->value = x->value;
        break;
    }
}

/* The token of [first, end) that hangs on a word outside it: the head, where there is one tree over them. */
static uint32_t head_of(const chy_dispatch *d, uint32_t first, uint32_t end)
{
    for (uint32_t t = first; t < end; t++) {
        uint32_t h = d->tokens[t].head;
        if (d->tokens[t].upos != CHY_UPOS_PUNCT && (h == CHY_NONE || h < first || h >= end)) return t;
    }
    return end - 1;
}

/* In a relative clause the story does not move on ("those who fell in 1948"). */
static bool aside(const chy_work *w, uint32_t token)
{
    for (unsigned k = 0; token != CHY_NONE && k < 8; k++, token = w->d->tokens[token].head)
        if (w->d->tokens[token].deprel == CHY_REL_ACL_RELCL) return true;
    return false;
}

bool chy_time_resolve(const chy_time_model *m, chy_work *w, const chy_time_exprs *xs, chy_interval now)
{
    chy_dispatch *d = w->d;
    chy_timex *v = chy_arena_calloc(w->arena, xs->n, sizeof *v);
    if (!v) return false;
    resolver r = {m, w, now, chy_interval_none(), chy_interval_none(), 0, 0, chy_interval_none()};
    for (uint32_t i = 0; i < xs->n; i++) {
        const chy_time_expr *x = &xs->v[i];
        uint32_t head = head_of(d, x->first, x->end);
        int direction = chy_time_direction(w, head);
        dated a, b;
        place(&r, x, now.end, direction, &a);
        if (now.begin != now.end) {
            chy_interval q = r.quarter;
            place(&r, x, now.begin, direction, &b);
            r.quarter = q;
            if (chy_interval_known(a.days) && b.days.begin < a.days.begin) a.days.begin = b.days.begin;
            if (now.end - now.begin > 6 && !chy_slice_eq(a.value, b.value)) { /* no one value holds for the whole range */
                place(&r, x, CHY_NO_DAY, direction, &b);
                r.quarter = q;
                a.value = b.value;
            }
        }
        v[i] = (chy_timex){.at = x->at, .first_token = x->first, .end_token = x->end, .head_token = head,
                           .type = a.type, .value = a.value, .days = a.days};
        if (chy_interval_known(a.days) && (a.type == CHY_TIMEX_DATE || a.type == CHY_TIMEX_TIME) && x->form != X_CONST && !aside(w, head)) {
            if (chy_interval_known(now) && a.days.end > now.begin - 400) r.recent++;
            if (a.days.end - a.days.begin <= 366) r.ref = a.days;
            if (a.days.end - a.days.begin <= 7) r.fine = a.days;
            r.ref_block = d->sentences[chy_sentence_of(d, x->first)].block;
        }
    }
    d->timexes = v;
    d->n_timexes = xs->n;
    return !w->arena->failed;
}
