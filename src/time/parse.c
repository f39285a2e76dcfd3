/* SPDX-License-Identifier: Apache-2.0
 *
 * parse.c - atoms to expressions, by recursive descent without recursion: each reader looks at most a dozen atoms ahead
 * and gives the atom behind what it has read, or 0. The longest reading from the left wins.
 */
#include "time/read.h"

/* --------------------------------------------------------- steps and spans */

static void set_part(chy_time_expr *x, const chy_time_atom *a) { x->part = (uint8_t)a->n; }

/* What follows "last", "this", "next", "previous", "that": a unit, weekday, month, season or part of a day. */
static uint32_t step_target(const reader *r, uint32_t i, chy_time_expr *x)
{
    const chy_time_atom *a = at(r, i);
    switch (a->cls) {
    case T_FISCAL:
        if (!is(r, i + 1, T_UNIT)) return 0;
        a = at(r, ++i);
        /* fall through */
    case T_UNIT:
        if (a->plural || a->n == U_MINUTE || a->n == U_HOUR || a->n == U_SECOND) return 0;
        x->form = X_STEP;
        x->unit = (uint8_t)a->n;
        if (a->n == 23) x->unit = U_WEEK, x->steps *= 2;
        if (is(r, i + 1, T_POSS)) { /* "this year's third quarter", "last year's May" */
            uint32_t e = a->n == U_YEAR ? chy_time_read_quarter(r, i + 2, x) : 0;
            if (e) return x->has_steps = x->by_month = true, e;
            x->form = X_STEP;
        }
        return i + 1;
    case T_WEEKDAY:
        if (!a->cap || a->plural) return 0;
        x->form = X_WEEKDAY;
        x->weekday = a->n;
        i++;
        if (is(r, i, T_PART)) set_part(x, at(r, i++));
        {   /* "this coming Thursday, May eighth" */
            chy_time_expr y = *x;
            uint32_t e = is(r, i, T_COMMA) ? chy_time_read_month_first(r, i + 1, &y) : chy_time_read_month_first(r, i, &y);
            if (e && y.day) return *x = y, x->has_steps = false, e;
        }
        return i;
    case T_MONTH:
        if (!a->cap) return 0;
        x->form = X_CALENDAR;
        x->month = a->n;
        return chy_time_read_trailing_day(r, i + 1, x);
    case T_SEASON:
        if (a->plural) return 0;
        x->form = X_SEASON;
        x->month = a->n;
        return i + 1;
    case T_PART:
        x->form = X_STEP;
        x->unit = U_DAY;
        set_part(x, a);
        return i + 1;
    case T_HOLIDAY:
        x->form = X_HOLIDAY;
        x->row = a->row;
        return i + 1;
    default: return 0;
    }
}

/* "last week", "this year", "the previous day", "that night", "the latest quarter" */
static uint32_t step(const reader *r, uint32_t i, chy_time_expr *x)
{
    const chy_time_atom *a = at(r, i);
    if (a->cls != T_REL && a->cls != T_NREL) return 0;
    x->steps = a->n;
    x->has_steps = true;
    x->narrative = a->cls == T_NREL;
    uint32_t j = i + 1;
    if (is(r, j, T_REL)) {
        if (x->narrative) return 0;
        x->steps = at(r, j++)->n; /* "this last week" */
    }
    uint32_t e = step_target(r, j, x);
    if (e && x->form == X_STEP && x->unit == U_DAY && !x->part && is(r, e, T_PART)) set_part(x, at(r, e++));
    return e;
}

/* What follows a count and its unit: "ago", "earlier", "later", "from now". */
static uint32_t sign(const reader *r, uint32_t i, chy_time_expr *x)
{
    uint32_t j = i;
    if (is(r, j, T_AND) && chy_slice_eqz(norm(r, j + 1), "so")) j += 2; /* "or so" */
    if (is(r, j, T_HYPHEN) && (is(r, j + 1, T_AGO) || is(r, j + 1, T_THEN))) j++;
    if (is(r, j, T_AGO)) {
        x->steps = at(r, j)->n;
        return j + 1;
    }
    if (!is(r, j, T_THEN)) return 0;
    if (chy_slice_in(norm(r, j), "before|after")) {
        chy_slice next = norm(r, j + 1);
        if (j + 1 < r->n && next.n && !chy_slice_in(next, ",|.|;|:|!|?|\"|and|but|)|''|-")) return 0;
    }
    x->steps = at(r, j)->n;
    x->narrative = true;
    return j + 1;
}

static uint32_t unit_word(const reader *r, uint32_t i, chy_time_expr *x, int32_t *times)
{
    const chy_time_atom *a = at(r, i);
    if (a->cls != T_UNIT) return 0;
    x->unit = (uint8_t)(a->n == 23 ? U_WEEK : a->n);
    *times = a->n == 23 ? 2 : 1;
    return i + 1;
}

/* "two months", "the last five years", "three weeks ago", "recent weeks", "weeks", "a year-long", "the first nine months" */
static uint32_t span(const reader *r, uint32_t i, chy_time_expr *x)
{
    uint32_t j = i;
    bool counted = false;
    x->form = X_SPAN;
    if (is(r, j, T_REL) || is(r, j, T_NREL)) {
        x->steps = at(r, j)->n;
        x->narrative = is(r, j, T_NREL);
        x->has_steps = true;
        j++;
    } else if (is(r, j, T_RECENT)) {
        x->steps = -1;
        x->has_steps = true;
        j++;
    } else if (is(r, j, T_ORDINAL) && at(r, j)->n == 1) {
        j++;
    }
    uint32_t k = chy_time_read_count(r, j, &x->count, &x->vague);
    if (k) counted = true, j = k;
    else x->vague = true;
    bool adjective = is(r, j, T_HYPHEN);
    j += adjective;
    for (int q = 0; q < 2 && is(r, j, T_MORE); q++) j++;
    int32_t times = 1;
    bool plural = is(r, j, T_UNIT) && at(r, j)->plural;
    k = unit_word(r, j, x, &times);
    if (!k || (!counted && !plural)) return 0;
    if (is(r, i, T_ARTICLE) && (plural || (x->unit == U_QUARTER && !is(r, k, T_AGO) && !is(r, k, T_THEN)))) return 0;
    if (x->has_steps && !counted && !plural) return 0;
    if (x->unit == U_QUARTER && !plural && !is(r, k, T_AGO) && !is(r, k, T_THEN) && !x->has_steps) return 0;
    x->count *= times;
    j = k;
    uint32_t old = skip(r, j, T_HYPHEN);
    if (is(r, old, T_OLD)) return 0;
    if (is(r, j, T_HYPHEN) && chy_slice_eqz(norm(r, j + 1), "long")) return j + 2;
    if (is(r, j, T_HYPHEN) && chy_slice_eqz(norm(r, j + 1), "olds")) return 0;
    k = x->has_steps || adjective ? 0 : sign(r, j, x);
    if (k) {
        x->form = X_STEP;
        if (x->vague) x->count = 0;
        return k;
    }
    return j;
}

static uint32_t every(const reader *r, uint32_t i, chy_time_expr *x)
{
    if (!is(r, i, T_EVERY)) return 0;
    int32_t every_n = at(r, i)->n ? at(r, i)->n * 10 : 10;
    bool vague = false, per = chy_slice_eqz(norm(r, i), "per");
    uint32_t j = i + 1, k = per ? 0 : chy_time_read_count(r, j, &every_n, &vague);
    if (k && is(r, k, T_UNIT)) j = k;
    x->form = X_SET;
    const chy_time_atom *a = at(r, j);
    if (a->cls == T_UNIT && (!a->plural || k)) {
        x->unit = (uint8_t)a->n;
        x->count = every_n;
        x->weekday = -1;
        return j + 1;
    }
    if (per) return 0;
    if (a->cls == T_WEEKDAY && a->cap) x->weekday = a->n;
    else if (a->cls == T_MONTH && a->cap) x->month = a->n;
    else if (a->cls == T_PART) x->part = (uint8_t)a->n;
    else if (a->cls == T_SEASON) x->month = a->n + 21;
    else return 0;
    return j + 1;
}

/* ---------------------------------------------------------- days and clocks */

static uint32_t deictic_day(const reader *r, uint32_t i, chy_time_expr *x)
{
    if (!is(r, i, T_DAY)) return 0;
    const chy_token *t = &r->w->d->tokens[at(r, i)->token]; /* the masthead "TODAY NICARAGUA" */
    if (t->flags & CHY_TOKEN_ALLCAPS && i + 1 < r->n && t[1].flags & CHY_TOKEN_ALLCAPS) return 0;
    chy_slice v = cell(r, at(r, i)->row);
    x->form = X_STEP;
    x->unit = U_DAY;
    x->steps = at(r, i)->n;
    x->has_steps = true;
    uint32_t j = i + 1;
    if (v.n && v.p[v.n - 1] == 'N') x->part = P_NIGHT;
    else if (is(r, j, T_PART)) set_part(x, at(r, j++));
    return j;
}

/* "Monday", "Wednesday night", "Monday, Aug. 5", "Friday the 13th", "Monday last week" */
static uint32_t weekday(const reader *r, uint32_t i, chy_time_expr *x)
{
    if (!chy_time_read_strong_weekday(r, i)) return 0;
    const chy_time_atom *a = at(r, i);
    x->form = X_WEEKDAY;
    x->weekday = a->n;
    uint32_t j = i + 1;
    if (a->plural || (is(r, j, T_PART) && chy_slice_ends(norm(r, j), CHY_LIT("s")))) {
        x->form = X_SET;
        if (is(r, j, T_PART)) set_part(x, at(r, j++));
        return j;
    }
    if (is(r, j, T_PART)) {
        set_part(x, at(r, j++));
        return j;
    }
    chy_time_expr y = *x;
    uint32_t k = skip(r, skip(r, j, T_COMMA), T_THE), e = chy_time_read_month_first(r, k, &y);
    if (!e || !y.day) {
        y = *x;
        e = chy_time_read_day_first(r, k, &y);
    }
    if (e && y.day) return *x = y, e;
    if (is(r, j, T_REL) && is(r, j + 1, T_UNIT) && at(r, j + 1)->n == U_WEEK && !at(r, j + 1)->plural) {
        x->form = X_WEEKDAY;
        x->steps = at(r, j)->n;
        x->has_steps = x->by_month = true; /* the weekday of that week */
        return j + 2;
    }
    return j;
}

/* A day behind a time of day: "8 p.m. Monday", "noon on Aug. 5". */
static uint32_t day_of_clock(const reader *r, uint32_t i, chy_time_expr *x)
{
    uint32_t j = skip(r, i, T_COMMA);
    if (chy_slice_eqz(norm(r, j), "on") && at(r, j)->cls == T_NONE) j++;
    chy_time_expr y = *x;
    uint32_t e = weekday(r, j, &y);
    if (!e) y = *x, e = chy_time_read_month_first(r, j, &y);
    if (!e || (y.form == X_CALENDAR && !y.day)) y = *x, e = chy_time_read_day_first(r, j, &y);
    if (!e) y = *x, e = deictic_day(r, j, &y);
    if (!e || y.form == X_SET) return i;
    if (!y.part) y.part = x->part;
    *x = y;
    return e;
}

static uint32_t clock(const reader *r, uint32_t i, chy_time_expr *x)
{
    const chy_time_atom *a = at(r, i);
    uint32_t j = i + 1;
    bool said = false;
    if (a->cls == T_CLOCK) x->minutes = a->n;
    else if (a->cls == T_NUMBER && is(r, j, T_AMPM) && a->minutes >= 0) x->minutes = a->minutes;
    else if ((a->cls == T_NUMBER || a->cls == T_CARDINAL) && a->n >= 1 && a->n <= 12) x->minutes = a->n * 60;
    else return 0;
    if (is(r, j, T_AMPM)) {
        bool pm = norm(r, j).p[0] == 'p';
        if (x->minutes > 12 * 60 + 59) return 0;
        if (pm && x->minutes < 12 * 60) x->minutes += 12 * 60;
        if (!pm && norm(r, j).p[0] == 'a' && x->minutes >= 12 * 60) x->minutes -= 12 * 60;
        said = true;
        j++;
    } else if (chy_slice_eqz(norm(r, j), "in") && is(r, j + 1, T_THE) && is(r, j + 2, T_PART)) {
        if (at(r, j + 2)->n != P_MORNING && x->minutes < 12 * 60) x->minutes += 12 * 60;
        said = true;
        j += 3;
    }
    if (is(r, j, T_ZONE) || (is(r, j, T_NONE) && chy_slice_eqz(norm(r, j), "(") && is(r, j + 1, T_ZONE))) j = skip(r, skip(r, j, T_NONE), T_ZONE);
    else if (!said && a->cls != T_CLOCK) return 0;
    if (!said && a->cls == T_CLOCK && !led(r, i, "at|around|about|by|until|from|to|and|before|after|since|between|-") && !is(r, j - 1, T_ZONE)) return 0;
    x->form = X_STEP;
    x->unit = U_DAY;
    return day_of_clock(r, j, x);
}

static uint32_t part_first(const reader *r, uint32_t i, chy_time_expr *x, bool the)
{
    if (!is(r, i, T_PART) || chy_slice_ends(norm(r, i), CHY_LIT("s"))) return 0;
    x->form = X_STEP;
    x->unit = U_DAY;
    set_part(x, at(r, i));
    uint32_t e = day_of_clock(r, i + 1, x);
    if (e > i + 1) return e;
    uint32_t k = i + 1;
    if (is(r, k, T_OF)) {
        chy_time_expr y = *x;
        e = chy_time_read_month_first(r, k + 1, &y);
        if (!e) y = *x, e = chy_time_read_day_first(r, k + 1, &y);
        if (!e) y = *x, e = weekday(r, k + 1, &y);
        if (e && (y.day || y.weekday >= 0)) return *x = y, e;
    }
    chy_slice word = norm(r, i);
    if (x->part == P_NOON || x->part == P_MIDNIGHT || x->part == P_MIDAFTERNOON) return i + 1;
    if (led(r, i, "at") && chy_slice_in(word, "dawn|dusk|sunset|sunrise|daybreak|nightfall")) return i + 1;
    if (the && led(r, i - 1, "in|during|on") && x->part != P_NIGHT) {
        x->narrative = true;
        return i + 1;
    }
    return 0;
}

static uint32_t holiday(const reader *r, uint32_t i, chy_time_expr *x)
{
    if (!is(r, i, T_HOLIDAY) || !at(r, i)->cap) return 0;
    x->form = X_HOLIDAY;
    x->row = at(r, i)->row;
    uint32_t j = i + 1, e = chy_time_read_trailing_year(r, j, x);
    if (e == j && is(r, j, T_UNIT) && at(r, j)->n == U_WEEK && !at(r, j)->plural) x->unit = U_WEEK, e = j + 1;
    return e;
}

/* "the quarter", "the weekend", "the fiscal year", "the year 2000" */
static uint32_t definite_unit(const reader *r, uint32_t i, chy_time_expr *x)
{
    uint32_t j = skip(r, i, T_FISCAL);
    const chy_time_atom *a = at(r, j);
    if (a->cls != T_UNIT || a->plural) return 0;
    if (a->n == U_YEAR) {
        chy_time_expr y = *x;
        uint32_t e = chy_time_read_lone_year(r, j + 1, &y);
        if (e) return *x = y, e;
    }
    if (a->n == U_WEEK && is(r, j + 1, T_OF)) {
        chy_time_expr y = *x;
        uint32_t e = chy_time_read_month_first(r, j + 2, &y);
        if (e && y.day) {
            *x = y;
            x->unit = U_WEEK;
            return e;
        }
    }
    if (a->n == U_WEEKEND || (a->n == U_QUARTER && !is(r, j + 1, T_OF)) || (a->n == U_YEAR && (j > i || led(r, i, "the")))) {
        x->form = X_STEP;
        x->unit = (uint8_t)a->n;
        x->narrative = a->n != U_WEEKEND;
        x->has_steps = false;
        x->steps = 0;
        if (a->n == U_YEAR && j == i && !led(r, i - 1, "for|in|during|of|over|throughout|through")) return 0;
        return j + 1;
    }
    return 0;
}

/* "year-end", "month's end" */
static uint32_t unit_end(const reader *r, uint32_t i, chy_time_expr *x)
{
    if (!is(r, i, T_UNIT) || at(r, i)->plural || at(r, i)->n < U_WEEK) return 0;
    uint32_t j = skip(r, skip(r, i + 1, T_POSS), T_HYPHEN);
    if (!is(r, j, T_EDGE_OF) || at(r, j)->n != E_END || (j == i + 1 && at(r, i)->n != U_YEAR)) return 0;
    x->form = X_STEP;
    x->unit = (uint8_t)at(r, i)->n;
    x->edge = E_END;
    return j + 1;
}

/* "year-ago", "year-earlier": before a noun; with "quarter" or "period" behind it, that one a year before. */
static uint32_t year_ago(const reader *r, uint32_t i, chy_time_expr *x)
{
    if (!is(r, i, T_UNIT) || at(r, i)->plural || !is(r, i + 1, T_HYPHEN) || !(is(r, i + 2, T_AGO) || is(r, i + 2, T_THEN))) return 0;
    x->form = X_STEP;
    x->unit = (uint8_t)at(r, i)->n;
    x->steps = at(r, i + 2)->n;
    x->count = 10;
    x->narrative = is(r, i + 2, T_THEN);
    uint32_t j = i + 3;
    if (is(r, j, T_ORDINAL) && is(r, j + 1, T_UNIT)) return j + 2;
    return is(r, j, T_UNIT) && at(r, j)->n == U_QUARTER ? j + 1 : chy_slice_eqz(norm(r, j), "period") ? j + 1 : j;
}

/* ------------------------------------------------------------- the whole */

typedef uint32_t (*plain_reader)(const reader *, uint32_t, chy_time_expr *);

/* "current", "recent" before a noun, "in the past"; "the latest period". */
static uint32_t bare(const reader *r, uint32_t i, uint32_t j, chy_time_expr *x)
{
    const chy_time_atom *a = at(r, j);
    if (a->cls != T_REL && a->cls != T_RECENT && a->cls != T_NREL) return 0;
    x->form = X_CONST;
    if (j > i && chy_slice_eqz(norm(r, j), "past") && led(r, i, "in|of|from|to|for")) x->value = CHY_LIT("PAST_REF");
    else if (j > i && chy_slice_eqz(norm(r, j), "present") && led(r, i, "at|for|in|of|to")) x->value = CHY_LIT("PRESENT_REF");
    else if (chy_slice_eqz(norm(r, j), "current")) x->value = CHY_LIT("PRESENT_REF");
    else if (j == i && a->cls == T_RECENT) x->value = CHY_LIT("PAST_REF");
    else if (j > i && chy_slice_eqz(norm(r, j), "latest") && chy_slice_eqz(norm(r, j + 1), "period")) {
        x->form = X_STEP;
        x->unit = U_QUARTER;
        x->narrative = true;
        return j + 2;
    } else return 0;
    return j + 1;
}

/* An expression without anything before it but "the". The readers that need more context come first. */
static uint32_t core(const reader *r, uint32_t i, chy_time_expr *x)
{
    bool the = is(r, i, T_THE);
    uint32_t j = i + the;
    static const plain_reader readers[] = {clock, chy_time_read_numeric, weekday, chy_time_read_day_first, chy_time_read_bare_day,
                                           chy_time_read_ordinal_day, chy_time_read_month_first, chy_time_read_quarter,
                                           chy_time_read_decade, step, year_ago, unit_end, deictic_day, holiday, every,
                                           chy_time_read_lone_year};
    chy_time_expr blank = *x;
    for (size_t k = 0; k < sizeof readers / sizeof *readers; k++) {
        *x = blank;
        uint32_t e = readers[k](r, j, x);
        if (e) return e;
    }
    *x = blank;
    uint32_t e = chy_time_read_season(r, j, x, the);
    if (e) return e;
    *x = blank;
    e = part_first(r, j, x, the);
    if (e) return e;
    *x = blank;
    e = span(r, j, x);
    if (e) return e;
    *x = blank;
    e = the ? definite_unit(r, j, x) : 0;
    if (e) return e;
    *x = blank;
    if (is(r, j, T_SET) && !the) {
        x->form = X_SET;
        x->value = cell(r, at(r, j)->row);
        return j + 1;
    }
    if (is(r, i, T_CONST)) {
        x->form = X_CONST;
        x->value = cell(r, at(r, i)->row);
        return i + 1;
    }
    return bare(r, i, j, x);
}

/* With what may stand before it: "early", "earlier", "the end of", "nearly", "back in". */
static uint32_t whole(const reader *r, uint32_t i, chy_time_expr *x)
{
    uint32_t j = i, e;
    chy_time_expr blank = *x;
    for (int k = 0; k < 3 && is(r, j, T_APPROX); k++) j++;
    if (j > i) return is(r, j, T_THE) ? 0 : core(r, j, x); /* "over the past year" begins with "the" */
    j = skip(r, i, T_THE);
    if (is(r, j, T_EDGE_OF)) {
        uint8_t edge = (uint8_t)at(r, j)->n;
        uint32_t k = skip(r, skip(r, skip(r, j + 1, T_OF), T_HYPHEN), T_THE);
        bool direct = k == j + 1;
        if (is(r, k, T_UNIT) && !at(r, k)->plural && !direct) {
            x->form = X_STEP;
            x->unit = (uint8_t)at(r, k)->n;
            x->edge = edge;
            return x->unit >= U_DAY ? k + 1 : 0;
        }
        if (direct && !chy_time_read_is_year(r, k)) return 0;
        e = core(r, skip(r, skip(r, j + 1, T_OF), T_HYPHEN), x);
        if (e && x->form != X_SPAN && x->form != X_SET && x->form != X_CONST) return x->edge = edge, e;
        *x = blank;
        return 0;
    }
    if (is(r, j, T_EDGE) || (is(r, j, T_THEN) && !chy_slice_in(norm(r, j), "before|after"))) {
        bool then = is(r, j, T_THEN);
        int32_t n = at(r, j)->n;
        uint32_t k = skip(r, skip(r, j + 1, T_HYPHEN), T_OF);
        if (then && (chy_slice_eqz(norm(r, k), "in") || chy_slice_eqz(norm(r, k), "on"))) k++;
        bool month = is(r, k, T_MONTH) && at(r, k)->cap;
        e = month ? 0 : core(r, k, x);
        if (month) {
            x->form = X_CALENDAR;
            x->month = at(r, k)->n;
            e = chy_time_read_trailing_year(r, chy_time_read_trailing_day(r, k + 1, x), x);
        }
        if (e && x->form != X_SPAN && x->form != X_SET && x->form != X_CONST) {
            x->edge = then ? (n < 0 ? E_BEFORE_NOW : E_AFTER_NOW) : (uint8_t)n;
            return e;
        }
        *x = blank;
        if (is(r, j, T_EDGE) && is(r, k, T_PART) && k > j) return part_first(r, k, x, false);
        return 0;
    }
    return core(r, i, x);
}

/* Words of a person's or a newspaper's name are no dates ("April Glaspie", "the Sunday Times"). */
static bool named(const chy_work *w, uint32_t first, uint32_t end)
{
    for (uint32_t t = first; t < end; t++) {
        unsigned name = w->d->tokens[t].name;
        if (name == CHY_NAME_B_PER || name == CHY_NAME_I_PER || name == CHY_NAME_I_ORG) return true;
        if (name == CHY_NAME_B_ORG && t + 1 < w->d->n_tokens && w->d->tokens[t + 1].name == CHY_NAME_I_ORG) return true;
    }
    return false;
}

bool chy_time_parse(const chy_time_model *m, chy_work *w, const chy_time_atoms *atoms, chy_time_exprs *out)
{
    reader r = {m, w, atoms->v, atoms->n};
    for (uint32_t i = 0; i < atoms->n;) {
        unsigned cls = atoms->v[i].cls;
        uint32_t e = 0;
        chy_time_expr x = {.weekday = -1, .minutes = -1, .row = CHY_NONE, .days = {CHY_NO_DAY, CHY_NO_DAY}};
        if (cls != T_NONE && cls != T_OF && cls != T_AND && cls != T_TO && cls != T_COMMA && cls != T_HYPHEN && cls != T_POSS)
            e = whole(&r, i, &x);
        if (e <= i) {
            i++;
            continue;
        }
        x.first = atoms->v[i].token;
        x.end = atoms->v[e - 1].token + atoms->v[e - 1].n_tokens;
        x.at = (chy_range){atoms->v[i].at.begin, atoms->v[e - 1].at.end};
        if (!named(w, x.first, x.end) && !CHY_PUSH(w->arena, out, x)) return false;
        i = e;
    }
    return true;
}
