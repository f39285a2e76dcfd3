/* SPDX-License-Identifier: Apache-2.0
 *
 * calendar.c - counts, dates, years, decades, quarters, halves and seasons.
 */
#include "time/read.h"

/* ---------------------------------------------------------------- numbers */

bool chy_time_read_is_year(const reader *r, uint32_t i)
{
    const chy_time_atom *a = at(r, i);
    return a->cls == T_NUMBER && a->digits == 4 && a->n >= 1000 && a->n < 2100;
}

static bool is_day_number(const reader *r, uint32_t i)
{
    const chy_time_atom *a = at(r, i);
    return (a->cls == T_NUMBER && a->digits && a->digits <= 2 && a->n >= 1 && a->n <= 31) ||
           (a->cls == T_ORDINAL && a->n >= 1 && a->n <= 31);
}

/* "nineteen ninety-six", "two thousand three" */
static uint32_t spoken_year(const reader *r, uint32_t i, int32_t *year)
{
    const chy_time_atom *a = at(r, i);
    if (a->cls != T_CARDINAL) return 0;
    uint32_t j = i + 1;
    int32_t rest = 0;
    if (a->n == 2 && is(r, j, T_SCALE) && at(r, j)->n == 1000) {
        *year = 2000;
        j = skip(r, j + 1, T_AND);
        if (is(r, j, T_UNIT) || is(r, j, T_NONE)) {
            if (j == i + 2 && is(r, j, T_UNIT)) return 0;
            return i + 2;
        }
    } else if (a->n >= 15 && a->n <= 20 && is(r, j, T_CARDINAL) && at(r, j)->n >= 10) {
        *year = a->n * 100;
    } else {
        return 0;
    }
    if (!is(r, j, T_CARDINAL)) return j;
    rest = at(r, j++)->n;
    if (rest >= 20 && rest % 10 == 0) {
        uint32_t k = skip(r, j, T_HYPHEN);
        if (is(r, k, T_CARDINAL) && at(r, k)->n < 10) rest += at(r, k)->n, j = k + 1;
    }
    *year += rest;
    return is(r, j, T_UNIT) ? 0 : j;
}

/* A count: "two", "twenty-four", "2 1/2", "a", "several", "two to three", "a couple of". */
uint32_t chy_time_read_count(const reader *r, uint32_t i, int32_t *tenths, bool *vague)
{
    const chy_time_atom *a = at(r, i);
    uint32_t j = i + 1;
    *vague = false;
    if (a->cls == T_NUMBER || a->cls == T_CARDINAL) {
        *tenths = a->tenths;
        if (a->cls == T_CARDINAL && a->n >= 20 && a->n < 100 && a->n % 10 == 0) {
            uint32_t k = skip(r, j, T_HYPHEN);
            if (is(r, k, T_CARDINAL) && at(r, k)->n < 10) *tenths += at(r, k)->tenths, j = k + 1;
        }
        if (is(r, j, T_NUMBER) && is(r, j + 1, T_SLASH) && is(r, j + 2, T_NUMBER)) *tenths += 5, j += 3;
    } else if (a->cls == T_ARTICLE) {
        *tenths = 10;
    } else if (a->cls == T_VAGUE) {
        *vague = true;
        *tenths = 0;
        if (chy_slice_eqz(cell(r, a->row), "half")) *vague = false, *tenths = 5;
        return j;
    } else {
        return 0;
    }
    for (int k = 0; k < 2 && is(r, j, T_SCALE); k++, j++)
        *tenths = *tenths < 1000000 ? *tenths * at(r, j)->n : *tenths;
    if (is(r, j, T_AND) && chy_slice_eqz(norm(r, j), "and") && is(r, j + 1, T_VAGUE) && at(r, j + 1)->row != CHY_NONE &&
        chy_slice_eqz(cell(r, at(r, j + 1)->row), "half"))
        *tenths += 5, j += 2;
    if ((is(r, j, T_TO) || is(r, j, T_HYPHEN) || (is(r, j, T_AND) && chy_slice_eqz(norm(r, j), "or"))) && a->cls != T_ARTICLE &&
        (is(r, j + 1, T_NUMBER) || is(r, j + 1, T_CARDINAL)))
        *tenths = at(r, j + 1)->tenths, j += 2;
    return j;
}

/* ------------------------------------------------------- calendar dates */

static bool strong_month(const reader *r, uint32_t i)
{
    const chy_time_atom *a = at(r, i);
    if (a->cls != T_MONTH || !a->cap) return false;
    if (!a->weak) return true;
    uint32_t next = skip(r, i + 1, T_COMMA);
    return is_day_number(r, i + 1) || chy_time_read_is_year(r, next) || (i && (is_day_number(r, i - 1) || at(r, i - 1)->cls == T_EDGE ||
           at(r, i - 1)->cls == T_REL || at(r, i - 1)->cls == T_EVERY || at(r, i - 1)->cls == T_WEEKDAY)) ||
           (led(r, i, TEMPORAL "|last|next|this") && (a->n == 5 || a->n == 3)) || led(r, i, "back");
}

bool chy_time_read_strong_weekday(const reader *r, uint32_t i)
{
    const chy_time_atom *a = at(r, i);
    if (a->cls != T_WEEKDAY || !a->cap) return false;
    return !a->weak || is(r, i + 1, T_COMMA) || is_day_number(r, i + 1) || is(r, i + 1, T_MONTH);
}

/* A year in figures behind a month or day: "2022", "'98", ", 2022". */
uint32_t chy_time_read_trailing_year(const reader *r, uint32_t i, chy_time_expr *x)
{
    uint32_t j = skip(r, skip(r, i, T_COMMA), T_OF), k;
    if (chy_time_read_is_year(r, j)) {
        x->year = at(r, j)->n;
        return j + 1;
    }
    if ((k = spoken_year(r, j, &x->year))) return k;
    j = skip(r, skip(r, i, T_COMMA), T_OF);
    if (is(r, j, T_THE) && is(r, j + 1, T_NREL)) j++;
    if ((is(r, j, T_REL) || is(r, j, T_NREL)) && is(r, j + 1, T_UNIT) && at(r, j + 1)->n == U_YEAR && !at(r, j + 1)->plural) {
        x->has_steps = x->by_month = true;
        x->narrative = is(r, j, T_NREL);
        x->steps = at(r, j)->n;
        return j + 2;
    }
    return i;
}

/* The day of a month whose name stands at i - 1: "16", "16th", not the "8" of "8 a.m." or "10" of "10 people". */
uint32_t chy_time_read_trailing_day(const reader *r, uint32_t i, chy_time_expr *x)
{
    uint32_t j = i;
    if (is(r, j, T_THE) && is(r, j + 1, T_ORDINAL)) j++;
    if (!is_day_number(r, j) || is(r, j + 1, T_AMPM) || is(r, j + 1, T_UNIT)) return i;
    x->day = at(r, j)->n;
    return j + 1;
}

uint32_t chy_time_read_month_first(const reader *r, uint32_t i, chy_time_expr *x)
{
    if (!strong_month(r, i)) return 0;
    x->form = X_CALENDAR;
    x->month = at(r, i)->n;
    return chy_time_read_trailing_year(r, chy_time_read_trailing_day(r, i + 1, x), x);
}

uint32_t chy_time_read_day_first(const reader *r, uint32_t i, chy_time_expr *x)
{
    if (!is_day_number(r, i)) return 0;
    uint32_t j = skip(r, i + 1, T_OF);
    if (is(r, j, T_HYPHEN)) j++;
    if (!is(r, j, T_MONTH) || !at(r, j)->cap || !strong_month(r, j)) return 0;
    x->form = X_CALENDAR;
    x->day = at(r, i)->n;
    x->month = at(r, j)->n;
    j++;
    return is(r, j, T_HYPHEN) && chy_time_read_is_year(r, j + 1) ? chy_time_read_trailing_year(r, j + 1, x) : chy_time_read_trailing_year(r, j, x);
}

/* "5" of "between 3 and 5 May", "3" of "Aug. 3 to 5": a day whose month stands across the range. */
uint32_t chy_time_read_bare_day(const reader *r, uint32_t i, chy_time_expr *x)
{
    if (!is_day_number(r, i)) return 0;
    bool join = is(r, i + 1, T_AND) || is(r, i + 1, T_TO) || is(r, i + 1, T_HYPHEN);
    if (join && is_day_number(r, i + 2) && strong_month(r, skip(r, i + 3, T_OF))) {
        x->form = X_CALENDAR;
        x->day = at(r, i)->n;
        x->month = at(r, skip(r, i + 3, T_OF))->n;
        chy_time_read_trailing_year(r, skip(r, i + 3, T_OF) + 1, x);
        return i + 1;
    }
    join = i >= 3 && (is(r, i - 1, T_AND) || is(r, i - 1, T_TO) || is(r, i - 1, T_HYPHEN));
    if (join && is_day_number(r, i - 2) && strong_month(r, i - 3) && !is(r, i + 1, T_UNIT) && !is(r, i + 1, T_MONTH) &&
        at(r, i)->n > at(r, i - 2)->n) {
        x->form = X_CALENDAR;
        x->day = at(r, i)->n;
        x->month = at(r, i - 3)->n;
        return chy_time_read_trailing_year(r, i + 1, x);
    }
    return 0;
}

/* "On the 3rd", "from the 20th to the 24th", "on the 15th of this month": a day without its month, unless a noun follows. */
uint32_t chy_time_read_ordinal_day(const reader *r, uint32_t i, chy_time_expr *x)
{
    const chy_time_atom *a = at(r, i);
    if (a->cls != T_ORDINAL || a->row != CHY_NONE || a->n < 1 || a->n > 31 || !is(r, i - 1, T_THE) || i < 2) return 0;
    if (!chy_slice_in(norm(r, i - 2), "on|from|to|until|till|since|by|before|after|and")) return 0;
    x->form = X_CALENDAR;
    x->day = a->n;
    if (is(r, i + 1, T_OF) && (is(r, i + 2, T_REL) || is(r, i + 2, T_THE)) && is(r, i + 3, T_UNIT) && at(r, i + 3)->n == U_MONTH) {
        x->has_steps = is(r, i + 2, T_REL);
        x->steps = x->has_steps ? at(r, i + 2)->n : 0;
        return i + 4;
    }
    uint32_t next = a->token + a->n_tokens;
    if (next >= r->w->d->n_tokens) return i + 1;
    unsigned u = r->w->d->tokens[next].upos;
    if (u == CHY_UPOS_NOUN || u == CHY_UPOS_PROPN || u == CHY_UPOS_ADJ || u == CHY_UPOS_NUM || is(r, i + 1, T_HYPHEN) || is(r, i + 1, T_OF)) return 0;
    return i + 1;
}

uint32_t chy_time_read_numeric(const reader *r, uint32_t i, chy_time_expr *x)
{
    if (is(r, i, T_ISO)) {
        unsigned mo, d;
        chy_day_civil(at(r, i)->n, &x->year, &mo, &d);
        x->month = (int32_t)mo, x->day = (int32_t)d;
        x->form = X_CALENDAR;
        return i + 1;
    }
    if (chy_time_read_is_year(r, i) && is(r, i + 1, T_HYPHEN) && is(r, i + 2, T_NUMBER) && is(r, i + 3, T_HYPHEN) && is(r, i + 4, T_NUMBER) &&
        chy_day_ok(at(r, i)->n, (unsigned)at(r, i + 2)->n, (unsigned)at(r, i + 4)->n)) {
        x->form = X_CALENDAR;
        x->year = at(r, i)->n, x->month = at(r, i + 2)->n, x->day = at(r, i + 4)->n;
        return i + 5;
    }
    return 0;
}

/* Is the four-figure number at i a year, and no count? */
uint32_t chy_time_read_lone_year(const reader *r, uint32_t i, chy_time_expr *x)
{
    uint32_t end = spoken_year(r, i, &x->year);
    if (end) {
        if (!led(r, i, TEMPORAL "|year")) return 0;
        x->form = X_CALENDAR;
        return end;
    }
    if (!chy_time_read_is_year(r, i)) return 0;
    const chy_time_atom *a = at(r, i);
    bool prep = led(r, i, TEMPORAL "|the|year|'s|his|her|its|their|that|this|fiscal|post|pre|mid|(|spring|summer|autumn|fall|winter");
    chy_slice after = norm(r, i + 1);
    bool counts = is(r, i + 1, T_UNIT) || is(r, i + 1, T_SCALE) || is(r, i + 1, T_MORE) ||
                  chy_slice_in(after, "people|men|women|troops|soldiers|percent|%|per|km|kilometers|kilometres|miles|feet|meters|metres|"
                                      "tons|tonnes|barrels|dollars|euros|points|jobs|shares|workers|members|homes|students|children|"
                                      "others|civilians|fighters|police|degrees|words|votes|seats|pounds|employees|cases|deaths");
    if (counts || (i && chy_slice_in(norm(r, i - 1), "$|#|no.|number|room|flight|route|highway|us$|€|£|than|about|at|nearly|some|almost")))
        return 0;
    if (is(r, i + 1, T_HYPHEN) && is(r, i + 2, T_NUMBER) && at(r, i + 2)->digits == 3) return 0;
    if (!prep && (a->n < 1900 || a->n > 2060)) return 0;
    if (!prep && at(r, i + 1)->cls == T_NONE && i + 1 < r->n && after.n > 2 && after.p[after.n - 1] == 's' &&
        r->w->d->tokens[at(r, i + 1)->token].upos == CHY_UPOS_NOUN)
        return 0;
    x->form = X_CALENDAR;
    x->year = a->n;
    return i + 1;
}

/* ------------------------------------------------------ longer stretches */

uint32_t chy_time_read_decade(const reader *r, uint32_t i, chy_time_expr *x)
{
    const chy_time_atom *a = at(r, i);
    uint32_t j = i;
    if (a->cls == T_DECADE && (a->row != CHY_NONE || a->n < 100)) {
        x->year = 1900 + a->n;
        if (a->row != CHY_NONE && !led(r, i, "the|early|late|mid|-")) return 0;
        if (a->row == CHY_NONE && norm(r, i).p[0] != '\'' && !led(r, i, "the|early|late|mid|-|'")) return 0;
    } else if (a->cls == T_DECADE) {
        if (a->n < 1000 || a->n > 2100) return 0;
        x->year = a->n;
    } else if (a->cls == T_ORDINAL) {
        j = skip(r, i + 1, T_HYPHEN);
        if (!is(r, j, T_UNIT) || at(r, j)->n != U_CENTURY || at(r, j)->plural || a->n < 1 || a->n > 21) return 0;
        x->form = X_CENTURY;
        x->year = (a->n - 1) * 100;
        return j + 1;
    } else {
        return 0;
    }
    x->form = X_DECADE;
    return i + 1;
}

/* What may stand behind a quarter, half or season: "of 2021", "2021", "last year", "of this year". */
static uint32_t of_year(const reader *r, uint32_t i, chy_time_expr *x)
{
    uint32_t j = skip(r, skip(r, i, T_OF), T_FISCAL);
    uint32_t e = chy_time_read_trailing_year(r, j, x);
    return e == j ? i : e;
}

/* "the third quarter", "the 1998 second quarter", "fiscal first-quarter", "first half of 2020", "3 quarters" is no quarter. */
uint32_t chy_time_read_quarter(const reader *r, uint32_t i, chy_time_expr *x)
{
    uint32_t j = i;
    if (chy_time_read_is_year(r, j)) x->year = at(r, j++)->n;
    j = skip(r, skip(r, j, T_FISCAL), T_HYPHEN);
    if (!is(r, j, T_ORDINAL) || at(r, j)->n > 4 || at(r, j)->n < 1) return 0;
    int32_t k = at(r, j)->n;
    j = skip(r, skip(r, j + 1, T_HYPHEN), T_FISCAL);
    if (is(r, j, T_UNIT) && at(r, j)->n == U_QUARTER && !at(r, j)->plural) x->form = X_QUARTER;
    else if (is(r, j, T_HALF) && k <= 2 && (is(r, j + 1, T_OF) || chy_time_read_is_year(r, j + 1))) x->form = X_HALF;
    else return 0;
    x->month = k;
    uint32_t e = of_year(r, j + 1, x), y = skip(r, j + 2, T_THE);
    if (e == j + 1 && is(r, j + 1, T_OF) && y == j + 3 && is(r, skip(r, y, T_FISCAL), T_UNIT) && at(r, skip(r, y, T_FISCAL))->n == U_YEAR) {
        x->has_steps = x->by_month = true; /* "of the year" */
        return skip(r, y, T_FISCAL) + 1;
    }
    return x->form == X_HALF && e == j + 1 ? 0 : e;
}

uint32_t chy_time_read_season(const reader *r, uint32_t i, chy_time_expr *x, bool the)
{
    const chy_time_atom *a = at(r, i);
    if (a->cls != T_SEASON || a->plural) return 0;
    x->form = X_SEASON;
    x->month = a->n;
    uint32_t e = of_year(r, i + 1, x);
    if (e > i + 1 || x->has_steps) return e;
    uint32_t before = the ? i - 1 : i;
    if (is(r, i + 1, T_OF) || !led(r, before, "in|since|by|until|during|this|last|next|early|late|mid|through|-")) return 0;
    return i + 1;
}
