/* SPDX-License-Identifier: Apache-2.0
 *
 * era.c - what else tells the time of writing: things that exist or are talked of at some times only (data/time/eras.tsv), dated
 * events (anchors.tsv), prices (levels.tsv), the letters that the text is set in, the years, months and weekdays that it names,
 * and a dateline without its year.
 */
#include "syntax/tree.h"
#include "time/evidence.h"

enum { MAX_SEEN = 128 };

typedef struct seen {
    uint32_t row[MAX_SEEN];
    uint32_t n;
} seen;

/* Is the row new? Once a dispatch is enough. */
static bool fresh(seen *s, uint32_t row)
{
    for (uint32_t i = 0; i < s->n; i++)
        if (s->row[i] == row) return false;
    if (s->n == MAX_SEEN) return false;
    s->row[s->n++] = row;
    return true;
}

static chy_slice words_of(const chy_work *w, uint32_t first, uint32_t end)
{
    const chy_token *t = w->d->tokens;
    return (chy_slice){w->text.p + t[first].at.begin, t[end - 1].at.end - t[first].at.begin};
}

static bool span_of(const chy_table *t, uint32_t row, uint32_t from_col, uint32_t to_col, chy_time_piece *p)
{
    chy_slice to = chy_table_cell(t, row, to_col);
    chy_day a = chy_day_cell(chy_table_cell(t, row, from_col), false, CHY_NO_DAY), b = to.n ? chy_day_cell(to, true, CHY_NO_DAY) : INT32_MAX;
    if (b == CHY_NO_DAY) return false;
    p->from = a == CHY_NO_DAY ? 0 : chy_month_of(a);
    p->to = b == INT32_MAX ? INT32_MAX / 2 : chy_month_of(b);
    return true;
}

/* ------------------------------------------------------------- things, events */

static unsigned shape_named(chy_slice kind)
{
    static const char *const names[] = {"thing", "state", "event", "planned", "person", "word"};
    for (unsigned k = 0; k < sizeof names / sizeof *names; k++)
        if (chy_slice_eqz(kind, names[k])) return k;
    return CHY_N_SHAPE;
}

/* Do holders.tsv or anchors.tsv know what stands at token `i`, too? Once is enough. */
static bool told_elsewhere(const chy_time_model *m, const chy_work *w, uint32_t i, uint32_t end, uint32_t n, unsigned shape)
{
    const struct chy_time_notes *notes = w->time;
    chy_rows rows;
    if (shape == CHY_SHAPE_PERSON) return n > 1 && chy_table_longest(&m->holders, w->d->tokens, i, end, &rows) >= n;
    uint32_t lo = 0, hi = notes->n_anchors;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (notes->anchors[mid].end <= i) lo = mid + 1;
        else hi = mid;
    }
    return lo < notes->n_anchors && notes->anchors[lo].first < i + n;
}

static void things(const chy_time_model *m, const chy_work *w, uint32_t first, uint32_t end, seen *s, chy_time_pieces *out)
{
    const chy_dispatch *d = w->d;
    for (uint32_t i = first; i < end;) {
        chy_rows rows;
        uint32_t n = chy_table_longest(&m->eras, d->tokens, i, end, &rows);
        if (!n) {
            i++;
            continue;
        }
        unsigned shape = shape_named(chy_table_cell(&m->eras, rows.row[0], m->era_kind));
        bool name = shape != CHY_SHAPE_WORD;
        bool ok = shape < CHY_N_SHAPE && (!name || d->tokens[i].flags & CHY_TOKEN_CAP || chy_is_digit((unsigned char)d->tokens[i].norm.p[0]));
        if (ok && told_elsewhere(m, w, i, end, n, shape)) {
            i += n;
            continue;
        }
        if (shape == CHY_SHAPE_PERSON && n == 1 && !chy_time_alone(d, first, end, i)) ok = false;
        if (ok && fresh(s, rows.row[0])) {
            chy_time_piece p = {.what = words_of(w, i, i + n)};
            bool surname = n == 1 && shape == CHY_SHAPE_PERSON;
            for (uint32_t k = 0; k < rows.n; k++) {
                if (!span_of(&m->eras, rows.row[k], m->era_from, m->era_to, &p)) continue;
                p.kind = surname ? CHY_SHAPE_SURNAME : (uint8_t)shape_named(chy_table_cell(&m->eras, rows.row[k], m->era_kind));
                chy_time_add(out, p);
                p.more = true;
            }
        }
        i += ok ? n : 1;
    }
}

/* A summit, games: known years ahead. */
static bool meets(const chy_dispatch *d, const chy_time_anchor *a)
{
    for (uint32_t t = a->first; t < a->end; t++)
        if (chy_slice_in(d->tokens[t].norm, "summit|olympics|olympic|games|cup|coronation|assembly|cop26|cop27|cop28|cop29|cop30")) return true;
    return false;
}

static void events(const chy_time_model *m, const chy_work *w, chy_time_pieces *out)
{
    const chy_dispatch *d = w->d;
    const struct chy_time_notes *notes = w->time;
    seen s = {.n = 0};
    for (uint32_t i = 0; i < notes->n_anchors; i++) {
        const chy_time_anchor *a = &notes->anchors[i];
        if (!fresh(&s, a->rows.row[0])) continue;
        chy_time_piece p = {.what = words_of(w, a->first, a->end)};
        for (uint32_t k = 0; k < a->rows.n; k++) {
            chy_interval days = chy_time_anchor_days(m, a->rows.row[k], chy_interval_none());
            if (!chy_interval_known(days)) continue;
            chy_slice kind = chy_table_cell(&m->anchors, a->rows.row[k], m->kind_col);
            bool lasts = !chy_table_cell(&m->anchors, a->rows.row[k], m->end_col).n, is_while = chy_slice_eqz(kind, "while");
            p.kind = is_while ? CHY_SHAPE_OFFICE : meets(d, a) ? CHY_SHAPE_PLANNED : CHY_SHAPE_EVENT;
            p.from = chy_month_of(days.begin) - (chy_slice_eqz(kind, "will") ? 4 : 0);
            p.to = lasts ? INT32_MAX / 2 : chy_month_of(days.end);
            chy_time_add(out, p);
            p.more = true;
        }
    }
}

/* ------------------------------------------------------------- talk of the day */

enum { MAX_TOPICS = 4096, MAX_TALKS = 24 };

typedef struct talk {
    uint64_t row[MAX_TOPICS / 64];
} talk;

static void mark(talk *t, chy_rows rows)
{
    for (uint32_t k = 0; k < rows.n; k++)
        if (rows.row[k] < MAX_TOPICS) t->row[rows.row[k] / 64] |= (uint64_t)1 << rows.row[k] % 64;
}

/* Both words of a row of topics.tsv somewhere in the dispatch: what the talk was of, then. */
static void topics(const chy_time_model *m, const chy_work *w, chy_time_pieces *out)
{
    const chy_dispatch *d = w->d;
    talk one = {{0}}, other = {{0}};
    chy_rows rows;
    for (uint32_t i = 0; i < d->n_sentences; i++) {
        uint32_t end = d->sentences[i].first_token + d->sentences[i].n_tokens;
        for (uint32_t t = d->sentences[i].first_token; t < end; t++) {
            if (chy_table_longest(&m->topics, d->tokens, t, end, &rows)) mark(&one, rows);
            if (chy_table_longest(&m->topics_also, d->tokens, t, end, &rows)) mark(&other, rows);
        }
    }
    uint32_t n = 0;
    for (uint32_t k = 0; k < MAX_TOPICS / 64; k++)
        for (uint32_t bit = 0; bit < 64 && (one.row[k] & other.row[k]) >> bit && n < MAX_TALKS; bit++) {
            uint32_t row = k * 64 + bit;
            if (!((one.row[k] & other.row[k]) >> bit & 1)) continue;
            chy_slice a = chy_table_cell(&m->topics, row, m->topic_one), b = chy_table_cell(&m->topics, row, m->topic_other), x, y;
            chy_slice_split(&a, '|', &x);
            chy_slice_split(&b, '|', &y);
            chy_time_piece p = {.kind = CHY_SHAPE_TOPIC, .what = chy_arena_printf(w->arena, "%.*s + %.*s", (int)x.n, x.p, (int)y.n, y.p)};
            if (!span_of(&m->topics, row, m->topic_from, m->topic_to, &p)) continue;
            chy_time_add(out, p);
            n++;
        }
}

/* --------------------------------------------------------------------- prices */

/* "2,659.22" in hundredths; -1 where it is no number. */
static int64_t number(chy_slice s)
{
    int64_t v = 0, scale = 0;
    if (s.n && s.p[0] == '$') s.p++, s.n--;
    if (!s.n || s.n > 12) return -1;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == ',') continue;
        if (c == '.' && !scale) scale = 1;
        else if (c < '0' || c > '9') return -1;
        else if (scale < 100) v = v * 10 + (c - '0'), scale *= 10;
    }
    return scale ? v * 100 / scale : v * 100;
}

/* The years in which one of the numbers of the sentence stood between the year's lowest and highest. */
static void levels(const chy_time_model *m, const chy_work *w, uint32_t first, uint32_t end, seen *s, chy_time_pieces *out)
{
    enum { NEAR = 24 };
    const chy_dispatch *d = w->d;
    for (uint32_t i = first; i < end; i++) {
        chy_rows rows;
        uint32_t n = chy_table_longest(&m->levels, d->tokens, i, end, &rows);
        if (!n) continue;
        bool more = false, barrel = chy_slice_eqz(d->tokens[i + n - 1].norm, "barrel"); /* a rate of exchange has decimals */
        uint32_t near = i + n + NEAR < end ? i + n + NEAR : end;
        for (uint32_t t = i > first + 8 ? i - 8 : first; t < near && !more; t++) {
            int64_t v = number(d->tokens[t].norm);
            if (v <= 0 || (v < 40000 && v % 100 == 0 && !barrel)) continue;
            for (uint32_t k = 0; k < rows.n; k++) {
                int64_t low = number(chy_table_cell(&m->levels, rows.row[k], m->level_low)), high = number(chy_table_cell(&m->levels, rows.row[k], m->level_high));
                int64_t year = number(chy_table_cell(&m->levels, rows.row[k], m->level_year)) / 100;
                if (v < low || v > high || (!more && !fresh(s, rows.row[0]))) continue;
                chy_time_add(out, (chy_time_piece){.kind = CHY_SHAPE_LEVEL, .more = more, .from = (int32_t)year * 12, .to = (int32_t)year * 12 + 11,
                                                   .what = words_of(w, i, i + n)});
                more = true;
            }
        }
        i += n - 1;
    }
}

/* -------------------------------------------------------------------- letters */

/* Agencies' lines were ASCII with `` and '' until about 2000; curly quotation marks and accents came with the Web. */
static void letters(const chy_work *w, chy_time_pieces *out)
{
    const chy_dispatch *d = w->d;
    uint32_t wide = 0, back = 0, marks = 0, end = d->at.end < w->text.n ? d->at.end : (uint32_t)w->text.n;
    for (uint32_t i = d->at.begin; i < end; i++) {
        unsigned char c = (unsigned char)w->text.p[i];
        wide += c >= 0xC2;
        marks += c == '"' || c == '\'';
        back += c == '`' && i + 1 < end && w->text.p[i + 1] == '`';
    }
    if (back) chy_time_add(out, (chy_time_piece){.kind = CHY_SHAPE_WORD, .from = 0, .to = 2003 * 12, .what = CHY_LIT("quotation marks of a wire")});
    else if (!wide && marks > 1) chy_time_add(out, (chy_time_piece){.kind = CHY_SHAPE_ASCII, .from = 0, .to = 2003 * 12, .what = CHY_LIT("ASCII letters only")});
    else if (wide) chy_time_add(out, (chy_time_piece){.kind = CHY_SHAPE_THING, .from = 1999 * 12, .to = INT32_MAX / 2, .what = CHY_LIT("letters beyond ASCII")});
}

/* ---------------------------------------------------------- years and months */

#define AHEAD_OF "by|until|through|till|due|maturing|expiring|matures|expires|before"
#define MEETS "world|olympic|olympics|games|cup|championship|championships|election|elections|presidential|season|edition|tournament|summit|budget|campaign|census|copa|euro|asian"

enum { YEAR_0 = 1850, N_SAID = 256 };

/* What is said of years: the latest that is behind us or may be, and how many of the eight up to it are named. */
typedef struct years_said {
    int32_t latest, n, month; /* month: the latest of that year, months since year 0; 0 none */
    int how;                  /* chy_time_year of the latest year */
    bool told;                /* it is told in a past tense */
    uint32_t latest_at, month_at;
    uint64_t past[N_SAID / 64], ahead[N_SAID / 64];
} years_said;

static bool calendric(const chy_time_expr *x)
{
    return x->form == X_CALENDAR || x->form == X_QUARTER || x->form == X_HALF || x->form == X_SEASON || x->form == X_DECADE;
}

static chy_slice word_before(const chy_work *w, const chy_time_expr *x) { return x->first ? w->d->tokens[x->first - 1].norm : CHY_LIT(""); }

static int year_how(const chy_work *w, const chy_time_expr *x, int direction)
{
    if (x->form == X_DECADE) return CHY_YEAR_DECADE;
    if (x->year == 2000 || (x->end < w->d->n_tokens && chy_slice_in(w->d->tokens[x->end].norm, MEETS))) return CHY_YEAR_MEET; /* 2000 was long looked forward to */
    if (direction > 0 || chy_slice_in(word_before(w, x), AHEAD_OF)) return CHY_YEAR_AHEAD;
    return x->form == X_CALENDAR && chy_slice_in(word_before(w, x), "in|since|during") ? CHY_YEAR_IN : CHY_YEAR_NAMED;
}

static bool first_time(uint64_t *set, int32_t year)
{
    uint32_t bit = (uint32_t)(year - YEAR_0);
    bool was = set[bit / 64] >> bit % 64 & 1;
    set[bit / 64] |= (uint64_t)1 << bit % 64;
    return !was;
}

static void read_year(const chy_work *w, const chy_time_expr *x, uint32_t at, int direction, years_said *s, chy_time_pieces *out)
{
    int how = year_how(w, x, direction);
    int32_t month = x->form == X_CALENDAR && x->month >= 1 && x->month <= 12 ? x->year * 12 + x->month - 1 : 0;
    if (how == CHY_YEAR_AHEAD || how == CHY_YEAR_DECADE) {
        if (!first_time(s->ahead, x->year)) return;
        if (month && how == CHY_YEAR_AHEAD) chy_time_add(out, (chy_time_piece){.kind = CHY_PIECE_AHEAD, .from = month, .what = words_of(w, x->first, x->end)});
        else chy_time_add(out, (chy_time_piece){.kind = CHY_PIECE_YEAR, .from = x->year, .to = how, .what = words_of(w, x->first, x->end)});
        return;
    }
    first_time(s->past, x->year);
    if (x->year > s->latest) s->latest = x->year, s->how = how, s->latest_at = at, s->told = false;
    else if (x->year == s->latest && how == CHY_YEAR_NAMED) s->how = how; /* "in 2021" and "the 2021 budget" */
    if (x->year == s->latest && direction < 0) s->told = true;
    if (month > s->month) s->month = month, s->month_at = at;
}

/* A story of things past names many years, and all but the last say little of its own. */
static void latest_year(const chy_work *w, const chy_time_exprs *xs, years_said *s, chy_time_pieces *out)
{
    if (!s->latest) return;
    for (int32_t y = s->latest; y > s->latest - 8 && y >= YEAR_0; y--)
        s->n += (int32_t)(s->past[(y - YEAR_0) / 64] >> (y - YEAR_0) % 64 & 1);
    bool dated = s->month / 12 == s->latest;
    const chy_time_expr *x = &xs->v[dated ? s->month_at : s->latest_at];
    chy_time_piece p = {.kind = dated ? CHY_PIECE_DATE : CHY_PIECE_YEAR, .from = dated ? s->month : s->latest, .to = dated ? s->n : s->how + 8 * s->n + (s->told ? 128 : 0),
                        .what = words_of(w, x->first, x->end)};
    chy_time_add(out, p);
}

static void calendar(const chy_work *w, const chy_time_exprs *xs, chy_time_pieces *out)
{
    years_said years = {.latest = 0};
    uint16_t months = 0, weekdays = 0;
    bool quarter = false;
    for (uint32_t i = 0; i < xs->n; i++) {
        const chy_time_expr *x = &xs->v[i];
        if (!calendric(x) || (x->year && (x->year < YEAR_0 || x->year >= YEAR_0 + N_SAID))) continue;
        int direction = chy_time_direction(w, x->end - 1);
        chy_slice what = words_of(w, x->first, x->end);
        int32_t month = x->form == X_CALENDAR ? x->month : x->form == X_QUARTER ? x->month * 3 : 0;
        if (x->year) {
            read_year(w, x, i, direction, &years, out);
        } else if (!x->has_steps && x->form == X_CALENDAR && month >= 1 && month <= 12) {
            if (x->day && x->weekday >= 0 && !(weekdays >> month & 1)) {
                weekdays = (uint16_t)(weekdays | 1u << month);
                chy_time_add(out, (chy_time_piece){.kind = CHY_PIECE_WEEKDAY, .from = month * 32 + x->day, .to = x->weekday, .what = what});
            }
            if (months >> month & 1) continue;
            months = (uint16_t)(months | 1u << month);
            chy_time_add(out, (chy_time_piece){.kind = CHY_PIECE_MONTH, .from = month, .to = direction, .what = what});
        } else if (!x->has_steps && x->form == X_QUARTER && month >= 1 && month <= 12 && !quarter) {
            quarter = true;
            chy_time_add(out, (chy_time_piece){.kind = CHY_PIECE_QUARTER, .from = month, .what = what});
        }
    }
    latest_year(w, xs, &years, out);
}

/* ---------------------------------------------------------------- anniversaries */

/* "60 years ago", "the 20th anniversary": how many years, 0 where the words at `t` say no such thing. */
static int32_t years_back(const chy_work *w, uint32_t t, uint32_t end, uint32_t *n)
{
    const chy_token *v = w->d->tokens;
    chy_slice s = v[t].norm;
    int32_t years = 0;
    size_t i = 0;
    while (i < s.n && i < 3 && s.p[i] >= '0' && s.p[i] <= '9') years = years * 10 + (s.p[i++] - '0');
    if (!i || years < 2 || years > 150) return 0;
    if (i < s.n) {
        if (!chy_slice_in((chy_slice){s.p + i, s.n - i}, "st|nd|rd|th") || t + 1 >= end || !chy_slice_eqz(v[t + 1].norm, "anniversary")) return 0;
        *n = 2;
        return years;
    }
    if (t + 2 >= end || !chy_slice_eqz(v[t + 1].norm, "years") || !chy_slice_in(v[t + 2].norm, "ago|since")) return 0;
    *n = 3;
    return years;
}

/* A year or a known event near the count, in the same sentence: the two together tell the year of writing. */
static void anniversaries(const chy_time_model *m, const chy_work *w, const chy_time_exprs *xs, chy_time_pieces *out)
{
    enum { NEAR = 14, MAX_FOUND = 3 };
    const chy_dispatch *d = w->d;
    const struct chy_time_notes *notes = w->time;
    uint32_t found = 0, x = 0, a = 0, n = 0;
    for (uint32_t s = 0; s < d->n_sentences; s++) {
        uint32_t first = d->sentences[s].first_token, end = first + d->sentences[s].n_tokens;
        while (x < xs->n && xs->v[x].first < first) x++;
        while (a < notes->n_anchors && notes->anchors[a].first < first) a++;
        for (uint32_t t = first; t < end && found < MAX_FOUND; t++) {
            int32_t years = years_back(w, t, end, &n), then = 0, to = 0;
            if (!years) continue;
            for (uint32_t k = x, tries = 0; k < xs->n && xs->v[k].first < end && tries < 24 && !then; k++, tries++) {
                const chy_time_expr *e = &xs->v[k];
                if (e->form != X_CALENDAR || e->year < 1850 || e->first > t + n + NEAR || e->end + NEAR < t || chy_time_direction(w, e->end - 1) > 0) continue;
                then = e->year * 12 + (e->month ? e->month - 1 : 0);
                to = e->month ? then + 2 : then + 12;
            }
            for (uint32_t k = a, tries = 0; k < notes->n_anchors && notes->anchors[k].first < end && tries < 24 && !then; k++, tries++) {
                chy_interval days = chy_time_anchor_days(m, notes->anchors[k].rows.row[0], chy_interval_none());
                if (notes->anchors[k].first > t + n + NEAR || notes->anchors[k].end + NEAR < t || !chy_interval_known(days)) continue;
                then = chy_month_of(days.begin) - 2;
                to = chy_month_of(days.end) + 6;
            }
            if (!then) continue;
            found++;
            chy_time_add(out, (chy_time_piece){.kind = CHY_SHAPE_LEVEL, .from = then + years * 12, .to = to + years * 12, .what = words_of(w, t, t + n)});
        }
    }
}

/* ------------------------------------------------------------------- dateline */

/* Month * 32 + day of "WASHINGTON, Nov. 2 (Reuters) -"; 0 where there is none. */
static int32_t month_and_day(chy_slice s)
{
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
    int32_t month = 0, day = 0;
    for (size_t i = 0; i < s.n;) {
        size_t b = i;
        while (i < s.n && ((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z')) i++;
        if (i - b >= 3 && !month) {
            char z[3] = {(char)(s.p[b] | 32), (char)(s.p[b + 1] | 32), (char)(s.p[b + 2] | 32)};
            for (int k = 0; k < 12; k++)
                if (memcmp(z, months[k], 3) == 0 && (i - b <= 4 || chy_slice_in((chy_slice){s.p + b + 3, i - b - 3}, "uary|ruary|ch|il|e|y|ust|tember|ober|ember|UARY|RUARY|CH|IL|E|Y|UST|TEMBER|OBER|EMBER"))) month = k + 1;
        } else if (i == b && s.p[i] >= '0' && s.p[i] <= '9') {
            int32_t v = 0;
            while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9' && v < 10000) v = v * 10 + (s.p[i++] - '0');
            if (!day && v >= 1 && v <= 31 && i - b <= 2) day = v;
        } else if (i == b) {
            i++;
        }
    }
    return month && day ? month * 32 + day : 0;
}

int32_t chy_time_dateline(const chy_work *w)
{
    const chy_dispatch *d = w->d;
    for (uint32_t i = 0; i < d->n_blocks; i++) {
        uint32_t b = d->blocks[i].at.begin, at = b;
        if (d->blocks[i].kind != CHY_BLOCK_PARAGRAPH) continue;
        while (at > d->at.begin && at > 0 && b - at < 110 && w->text.p[at - 1] != '\n') at--;
        return month_and_day((chy_slice){w->text.p + at, b - at});
    }
    return 0;
}

static void dateline(const chy_work *w, const chy_time_exprs *xs, chy_time_pieces *out)
{
    const chy_dispatch *d = w->d;
    int32_t day = chy_time_dateline(w), weekday = -1;
    if (!day) return;
    for (uint32_t i = 0; i < xs->n && weekday < 0 && chy_sentence_of(d, xs->v[i].first) < 4; i++) {
        const chy_time_expr *x = &xs->v[i];
        if (x->form == X_WEEKDAY && !x->has_steps && x->weekday >= 0 && chy_time_direction(w, x->end - 1) <= 0) weekday = x->weekday;
    }
    chy_time_add(out, (chy_time_piece){.kind = CHY_PIECE_DATELINE, .from = day, .to = weekday, .what = CHY_LIT("day in the dateline")});
}

void chy_time_eras(const chy_time_model *m, const chy_work *w, const chy_time_exprs *xs, chy_time_pieces *out)
{
    const chy_dispatch *d = w->d;
    seen of_eras = {.n = 0}, of_levels = {.n = 0};
    dateline(w, xs, out);
    calendar(w, xs, out);
    letters(w, out);
    events(m, w, out);
    topics(m, w, out);
    anniversaries(m, w, xs, out);
    for (uint32_t i = 0; i < d->n_sentences; i++) {
        uint32_t first = d->sentences[i].first_token, end = first + d->sentences[i].n_tokens;
        things(m, w, first, end, &of_eras, out);
        levels(m, w, first, end, &of_levels, out);
    }
}
