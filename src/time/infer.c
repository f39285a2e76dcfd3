/* SPDX-License-Identifier: Apache-2.0
 *
 * infer.c - when an undated dispatch was published, as far as it says itself. A past year or a past event alone tells only
 * that it was later, often by years; that is no answer. An answer needs evidence from both sides: a phrase that holds for some
 * months only ("President-elect X"), a day known to be ahead ("a week before X takes office"), a known event told as
 * "last week", a weekday that agrees with a day of a month. What follows from each is intersected.
 */
#include "syntax/tree.h"
#include "time/evidence.h"

chy_interval chy_time_anchor_days(const chy_time_model *m, uint32_t row, chy_interval published)
{
    chy_interval i;
    chy_slice end = chy_table_cell(&m->anchors, row, m->end_col);
    if (chy_day_parse(chy_table_cell(&m->anchors, row, m->begin_col), &i.begin) != CHY_OK) return chy_interval_none();
    if (!end.n) i.end = chy_interval_known(published) && published.end > i.begin ? published.end : i.begin;
    else if (chy_day_parse(end, &i.end) != CHY_OK) return chy_interval_none();
    /* a name that a later event took over: not what a story of long before means */
    if (chy_interval_known(published) && i.begin > published.end + 1500) return chy_interval_none();
    return i;
}

bool chy_time_anchors(const chy_time_model *m, chy_work *w)
{
    const chy_dispatch *d = w->d;
    CHY_VEC(chy_time_anchor) v = {0};
    for (uint32_t s = 0; s < d->n_sentences; s++) {
        uint32_t end = d->sentences[s].first_token + d->sentences[s].n_tokens;
        for (uint32_t i = d->sentences[s].first_token; i < end;) {
            chy_rows rows;
            uint32_t n = chy_table_longest(&m->anchors, d->tokens, i, end, &rows);
            if (n && !CHY_PUSH(w->arena, &v, (chy_time_anchor){i, i + n, rows})) return false;
            i += n && !chy_slice_eqz(chy_table_cell(&m->anchors, rows.row[0], m->kind_col), "while") ? n : 1; /* "President-elect X takes office" */
        }
    }
    struct chy_time_notes *notes = chy_arena_calloc(w->arena, 1, sizeof *notes);
    if (!notes) return false;
    *notes = (struct chy_time_notes){v.v, v.n, m};
    w->time = notes;
    return true;
}

enum { SOON = 12, LATER = 730, WIDEST = 40 * 12 /* months; wider is no answer */ };

typedef struct bounds {
    chy_day lo, hi;
    int32_t wide;    /* how long after `lo` the publication may be, where nothing else ends it */
    bool firm;       /* there is evidence from both sides */
} bounds;

/* True where that is later than what was known. */
static bool at_least(bounds *b, chy_day day, int32_t wide)
{
    if (b->lo != CHY_NO_DAY && (day < b->lo || (day == b->lo && wide >= b->wide))) return false;
    b->lo = day;
    b->wide = wide;
    return true;
}

static void at_most(bounds *b, chy_day day)
{
    if (b->hi == CHY_NO_DAY || day < b->hi) b->hi = day;
}

/* Years, months and days said in full: behind us, or ahead where the grammar says so. */
static void absolute(const chy_work *w, const chy_time_exprs *xs, bounds *b)
{
    for (uint32_t i = 0; i < xs->n; i++) {
        const chy_time_expr *x = &xs->v[i];
        if ((x->form != X_CALENDAR && x->form != X_QUARTER && x->form != X_SEASON) || !x->year || x->year < 1800) continue;
        int direction = chy_time_direction(w, x->end - 1);
        unsigned month = x->form == X_QUARTER ? (unsigned)x->month * 3 - 2 : x->form == X_SEASON ? (unsigned)x->month * 3 + 3 : (unsigned)x->month;
        if (month > 12) month = 12;
        bool full = x->form == X_CALENDAR && x->day && chy_day_ok(x->year, month, (unsigned)x->day);
        chy_day begin = chy_day_of(x->year, month ? month : 1, full ? (unsigned)x->day : 1);
        if (direction > 0) continue;
        /* "the 2030 agenda": a bare year need not be past unless the verb is */
        if (!month && direction == 0 && x->first && !chy_slice_in(w->d->tokens[x->first - 1].norm, "in|since|of|from|during|until|by")) continue;
        if (!month && chy_slice_in(x->first ? w->d->tokens[x->first - 1].norm : CHY_LIT(""), "by|until|through|for")) continue;
        at_least(b, begin, LATER);
    }
}

/* Is what begins at token `t` said to be still ahead ("ahead of", "before", "will host the")? */
static bool ahead(const chy_work *w, uint32_t t)
{
    const chy_dispatch *d = w->d;
    uint32_t first = d->sentences[chy_sentence_of(d, t)].first_token;
    for (unsigned k = 0; k < 4 && t > first; k++) {
        chy_slice s = d->tokens[--t].norm;
        if (chy_slice_in(s, "ahead|before|upcoming|until|next|forthcoming|planned")) return true;
    }
    return chy_time_direction(w, t) > 0;
}

static bool kind_is(const chy_time_model *m, uint32_t row, const char *kind)
{
    return chy_slice_eqz(chy_table_cell(&m->anchors, row, m->kind_col), kind);
}

/* Of the rows under a name, those that `b` leaves open, as one interval. */
static chy_interval open_rows(const chy_time_model *m, chy_rows rows, const bounds *b)
{
    chy_interval all = chy_interval_none();
    for (uint32_t k = 0; k < rows.n; k++) {
        chy_interval i = chy_time_anchor_days(m, rows.row[k], chy_interval_none());
        if (!chy_interval_known(i) || (b->lo != CHY_NO_DAY && i.end < b->lo) || (b->hi != CHY_NO_DAY && i.begin > b->hi)) continue;
        if (!chy_interval_known(all)) all = i;
        if (i.begin < all.begin) all.begin = i.begin;
        if (i.end > all.end) all.end = i.end;
    }
    return all;
}

/* The first expression at or after token `t`. */
static uint32_t first_expr(const chy_time_exprs *xs, uint32_t t)
{
    uint32_t lo = 0, hi = xs->n;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (xs->v[mid].first < t) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

/* A count of days, weeks … that stands at most eight words before token `t`, one of `words` behind it: in days; 0 none. */
static int32_t distance(const chy_work *w, const chy_time_exprs *xs, uint32_t t, const char *words, int32_t *slack)
{
    static const int32_t unit_days[U_N] = {0, 0, 0, 1, 7, 30, 91, 365, 3652, 36524, 7, 182};
    static const int32_t unit_slack[U_N] = {0, 0, 0, 0, 2, 10, 30, 90, 1000, 10000, 2, 60};
    const chy_dispatch *d = w->d;
    uint32_t first = d->sentences[chy_sentence_of(d, t)].first_token, lo = first_expr(xs, t);
    if (!lo) return 0;
    const chy_time_expr *x = &xs->v[lo - 1];
    if (x->first < first || t - x->end > 8 || (x->form != X_SPAN && x->form != X_STEP) || x->vague || x->count <= 0) return 0;
    bool led = false;
    for (uint32_t k = x->end; k < t; k++) led = led || chy_slice_in(d->tokens[k].norm, words);
    if (!led) return 0;
    *slack = unit_slack[x->unit];
    return (int32_t)((int64_t)unit_days[x->unit] * x->count / 10);
}

/* "the killing of X last week": a known day told from the day of publication. */
static void just_past(const chy_work *w, const chy_time_exprs *xs, const chy_time_anchor *a, chy_interval days, bounds *b)
{
    const chy_dispatch *d = w->d;
    const chy_sentence *s = &d->sentences[chy_sentence_of(d, a->first)];
    for (uint32_t i = first_expr(xs, s->first_token); i < xs->n && xs->v[i].first < s->first_token + s->n_tokens; i++) {
        const chy_time_expr *x = &xs->v[i];
        if (x->first < a->end || x->first - a->end > 12 || x->narrative || x->count || !x->has_steps || x->steps > 0) continue;
        bool verb = false;
        for (uint32_t t = a->end; t < x->first; t++) verb = verb || d->tokens[t].upos == CHY_UPOS_VERB;
        if (verb) return;
        chy_interval p;
        chy_day e = days.end;
        int y;
        unsigned mo, dd;
        chy_day_civil(e, &y, &mo, &dd);
        chy_day month = chy_month_shift(chy_day_of(y, mo, 1), -x->steps);
        if (x->form == X_STEP && x->unit == U_WEEK) p = (chy_interval){chy_week_begin(e) - 7 * x->steps, chy_week_begin(e) - 7 * x->steps + 6};
        else if (x->form == X_STEP && x->unit == U_DAY) p = (chy_interval){e - x->steps, e - x->steps};
        else if (x->form == X_STEP && x->unit == U_MONTH) p = (chy_interval){month, chy_month_shift(month, 1) - 1};
        else continue;
        if (at_least(b, p.begin, p.end - p.begin)) b->firm = true;
        at_most(b, p.end);
        return;
    }
}

static void events(const chy_time_model *m, const chy_work *w, const chy_time_exprs *xs, bounds *b)
{
    const struct chy_time_notes *n = w->time;
    for (uint32_t i = 0; i < n->n_anchors; i++) { /* what is past first: it tells which of several is ahead */
        const chy_time_anchor *a = &n->anchors[i];
        if (!kind_is(m, a->rows.row[0], "event") || ahead(w, a->first)) continue;
        chy_interval all = open_rows(m, a->rows, &(bounds){CHY_NO_DAY, CHY_NO_DAY, 0, false});
        if (!chy_interval_known(all)) continue;
        if (at_least(b, all.begin, LATER)) b->firm = false;
        /* "nearly two months of protests since the death of …" */
        int32_t slack = 0, since = distance(w, xs, a->first, "since", &slack);
        if (since && all.end - all.begin <= 31) {
            if (at_least(b, all.end + since - since / 4, since / 4 + since / 10 + 1)) b->firm = true;
            at_most(b, all.end + since + since / 10 + 1);
        }
        if (all.end - all.begin <= 31 && chy_table_cell(&m->anchors, a->rows.row[0], m->end_col).n) just_past(w, xs, a, all, b);
    }
    for (uint32_t i = 0; i < n->n_anchors; i++) {
        const chy_time_anchor *a = &n->anchors[i];
        bool said_while = kind_is(m, a->rows.row[0], "while"), will = kind_is(m, a->rows.row[0], "will");
        if (!said_while && !will && !ahead(w, a->first)) continue;
        chy_interval all = open_rows(m, a->rows, b);
        if (!chy_interval_known(all)) continue;
        at_most(b, all.end);
        b->firm = b->firm || said_while || will;
        if (said_while) at_least(b, all.begin, all.end - all.begin);
        else if (will) at_least(b, all.begin - 120, 120);
        int32_t slack = 0, far = distance(w, xs, a->first, "before|ahead|until", &slack);
        if (will && far && all.begin == all.end) {
            at_least(b, all.begin - far - slack, 2 * slack);
            at_most(b, all.begin - far + slack);
        }
    }
}

/* Days of a month without their year: the year by the weekday beside it, or by bounds less than a year apart. */
static void dated_days(const chy_work *w, const chy_time_exprs *xs, bounds *b)
{
    for (uint32_t i = 0; i < xs->n && b->lo != CHY_NO_DAY; i++) {
        const chy_time_expr *x = &xs->v[i];
        if (x->form != X_CALENDAR || x->year || !x->day || !x->month || x->has_steps) continue;
        int direction = chy_time_direction(w, x->end - 1), y;
        unsigned mo, dd;
        chy_day hi = b->hi != CHY_NO_DAY ? b->hi : b->lo + (b->wide < 1800 && x->weekday >= 0 && !b->firm ? 1800 : b->wide), only = CHY_NO_DAY;
        unsigned n = 0;
        chy_day_civil(b->lo, &y, &mo, &dd);
        for (int k = -1; k < 6; k++) {
            if (!chy_day_ok(y + k, (unsigned)x->month, (unsigned)x->day)) continue;
            chy_day d = chy_day_of(y + k, (unsigned)x->month, (unsigned)x->day);
            if (d < b->lo - 30 || d > hi + 30 || (x->weekday >= 0 && (int)chy_day_weekday(d) != x->weekday)) continue;
            only = d;
            n++;
        }
        if (n != 1 || (x->weekday < 0 && !b->firm)) continue;
        if (direction > 0) {
            at_most(b, only);
            if (b->lo < only - 60) at_least(b, only - 60, 60);
            b->firm = true;
        } else if (only >= b->lo) {
            at_least(b, only, SOON);
            b->firm = true;
        }
    }
}

/* "met on Monday" near the head of the story: told that day or in the two after. */
static void weekdays(const chy_work *w, const chy_time_exprs *xs, bounds *b)
{
    const chy_dispatch *d = w->d;
    chy_day hi = b->hi != CHY_NO_DAY && b->hi < b->lo + b->wide ? b->hi : b->lo + b->wide;
    if (!b->firm || hi - b->lo > 13) return;
    for (uint32_t i = 0; i < xs->n; i++) {
        const chy_time_expr *x = &xs->v[i];
        if (x->form != X_WEEKDAY || x->has_steps || d->blocks[d->sentences[chy_sentence_of(d, x->first)].block].kind != CHY_BLOCK_PARAGRAPH) continue;
        if (chy_time_direction(w, x->end - 1) > 0 || !chy_time_is_main(w, x->end - 1)) continue;
        chy_day middle = b->lo + (hi - b->lo) / 2, best = CHY_NO_DAY;
        for (chy_day day = b->lo - 2; day <= hi; day++)
            if ((int)chy_day_weekday(day) == x->weekday && (best == CHY_NO_DAY || (day > middle ? day - middle : middle - day) <
                                                            (best > middle ? best - middle : middle - best)))
                best = day;
        if (best == CHY_NO_DAY) return;
        if (best > b->lo) at_least(b, best, 2);
        if (best + 2 < hi && best + 2 >= b->lo) at_most(b, best + 2);
        return;
    }
}

/* The days of what the pieces of evidence leave; `firm`, evidence from both sides in days, cuts them down. */
static chy_interval by_evidence(const chy_time_model *m, const chy_work *w, const chy_time_exprs *xs, chy_interval firm, chy_slice *why)
{
    chy_time_pieces *p = chy_arena_calloc(w->arena, 1, sizeof *p);
    int32_t first, last;
    uint32_t sure;
    if (!p) return chy_interval_none();
    chy_time_eras(m, w, xs, p);
    chy_time_people(m, w, p);
    if (chy_interval_known(firm))
        chy_time_add(p, (chy_time_piece){.kind = CHY_PIECE_SPAN, .from = chy_month_of(firm.begin), .to = chy_month_of(firm.end), .what = CHY_LIT("days counted from an event")});
    if (!chy_time_weigh(p, &first, &last, &sure) || last - first > WIDEST) return chy_interval_none();
    *why = chy_time_reasons(w->arena, p, first, last);
    if (!why->n) return chy_interval_none(); /* nothing speaks for these years rather than others */
    chy_interval i = {chy_day_of(first / 12, (unsigned)(first % 12) + 1, 1), chy_month_shift(chy_day_of(last / 12, (unsigned)(last % 12) + 1, 1), 1) - 1};
    int32_t dated = chy_time_dateline(w), month = dated / 32 - 1, day = dated % 32;
    if (dated && first % 12 == month && chy_day_ok(first / 12, (unsigned)month + 1, (unsigned)day)) i.begin = chy_day_of(first / 12, (unsigned)month + 1, (unsigned)day);
    if (dated && last % 12 == month && chy_day_ok(last / 12, (unsigned)month + 1, (unsigned)day)) i.end = chy_day_of(last / 12, (unsigned)month + 1, (unsigned)day) + 1;
    if (chy_interval_known(firm) && firm.begin <= i.end && firm.end >= i.begin) {
        if (firm.begin > i.begin) i.begin = firm.begin;
        if (firm.end < i.end) i.end = firm.end;
    }
    return i;
}

chy_interval chy_time_infer(const chy_time_model *m, const chy_work *w, const chy_time_exprs *xs, chy_slice *why)
{
    bounds b = {CHY_NO_DAY, CHY_NO_DAY, 0, false};
    chy_interval firm = chy_interval_none();
    absolute(w, xs, &b);
    events(m, w, xs, &b);
    dated_days(w, xs, &b);
    if (b.lo != CHY_NO_DAY && b.firm) {
        weekdays(w, xs, &b);
        firm = (chy_interval){b.lo, b.lo + b.wide};
        if (b.hi != CHY_NO_DAY && b.hi >= b.lo && b.hi < firm.end) firm.end = b.hi;
    }
    return by_evidence(m, w, xs, firm, why);
}
