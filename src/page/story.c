/* SPDX-License-Identifier: Apache-2.0
 *
 * story.c - raw blocks to dispatches: where a page's stories begin, which block is what in each, what is left out.
 */
#include "page/pager.h"

enum {
    REPEAT_REACH = 12, /* blocks behind a headline within which its repeat marks a new story */
    STORY_GAP = 3,     /* blank lines that part stories */
    LONG_WORDS = 20,   /* words of a block that is surely running text */
    HEADING_WORDS = 14
};

static bool prose(const chy_raw *r) { return !r->drop && r->line == CHY_LINE_PROSE && r->hint != CHY_HINT_CAPTION && r->hint != CHY_HINT_TITLE; }

static bool headline(const chy_raw *r)
{
    if (r->drop || r->hint == CHY_HINT_CAPTION || r->section) return false;
    if (r->hint == CHY_HINT_TITLE) return r->words >= 1;
    return r->line == CHY_LINE_SHORT && r->words >= 3 && r->capital && !r->bullet;
}

static uint32_t skip_until_prose(const chy_pager *p, uint32_t i, uint32_t reach)
{
    uint32_t end = p->raw.n - i < reach ? p->raw.n : i + reach;
    while (i < end && !prose(&p->raw.v[i])) i++;
    return i < end ? i : CHY_NONE;
}

/* --------------------------------------------------------- where stories begin */

/* Is the headline at i told again before its story's text begins? */
static bool repeated_ahead(const chy_pager *p, uint32_t i)
{
    const chy_raw *r = p->raw.v;
    for (uint32_t j = i + 1; j < p->raw.n && j <= i + REPEAT_REACH && !prose(&r[j]); j++) {
        if (r[j].key != r[i].key || r[j].words != r[i].words) continue;
        if (j == i + 1 && r[j].same_group) continue; /* a caption printed twice */
        uint32_t next = skip_until_prose(p, j, REPEAT_REACH);
        return next != CHY_NONE && r[next].capital;
    }
    return false;
}

/* Does a dateline open the text behind the headline at i, with nothing but byline, date or caption between? */
static bool dateline_ahead(const chy_pager *p, uint32_t i)
{
    for (uint32_t j = i + 1; j < p->raw.n && j <= i + 4; j++) {
        const chy_raw *r = &p->raw.v[j];
        if (prose(r)) {
            chy_dateline d;
            return chy_page_dateline(p, r->at, &d) && d.place.end > d.place.begin && (d.n_agencies || d.dated);
        }
        if (r->line == CHY_LINE_SHORT || r->line == CHY_LINE_TAIL || r->line == CHY_LINE_RELATED) return false;
    }
    return false;
}

/* What has been seen of the story at hand. */
typedef struct sofar {
    uint32_t start, n_prose;
    uint32_t gap;       /* blank lines since its last running text, at their widest */
    uint32_t inner_gap; /* the widest between two of its paragraphs */
    uint32_t last;      /* its last running text */
} sofar;

static bool ends_sentence(const chy_pager *p, uint32_t i)
{
    const chy_range at = p->raw.v[i].at;
    const char *z = p->text.p;
    uint32_t e = at.end;
    while (e > at.begin && (memchr("\"')", z[e - 1], 3) || (unsigned char)z[e - 1] >= 0x80)) e--;
    return e > at.begin && memchr(".!?", z[e - 1], 3);
}

static bool starts_story(const chy_pager *p, uint32_t i, const sofar *f)
{
    uint32_t start = f->start, n_prose = f->n_prose;
    const chy_raw *r = &p->raw.v[i];
    if (!n_prose || !headline(r) || r->key == p->raw.v[start].key) return false;
    if (p->html && r->hint == CHY_HINT_TITLE && r->article != CHY_NONE && r->article != p->raw.v[start].article)
        return skip_until_prose(p, i + 1, 6) != CHY_NONE;
    if (ends_sentence(p, f->last) && repeated_ahead(p, i)) return true;
    if (p->html) return false;
    uint32_t next = skip_until_prose(p, i + 1, 6);
    if (next == CHY_NONE) return false;
    /* set off by white space or a rule: both stories must look whole */
    bool rule = i > 0 && p->raw.v[i - 1].line == CHY_LINE_RULE;
    bool whole = n_prose >= 2 && ends_sentence(p, f->last) && p->raw.v[next].capital && r->words >= 4;
    if (whole && f->gap >= STORY_GAP && f->gap > f->inner_gap && p->raw.v[next].words >= LONG_WORDS / 2) return true;
    if (whole && rule && (next == i + 1 || p->raw.v[i + 1].line == CHY_LINE_BYLINE || p->raw.v[i + 1].line == CHY_LINE_DATE)) return true;
    return n_prose >= 2 && dateline_ahead(p, i);
}

/* ------------------------------------------------------------------ one story */

typedef struct story {
    chy_pager *p;
    uint32_t b, e;      /* its raw blocks */
    uint32_t first_prose;
    CHY_VEC(chy_block) blocks;
    CHY_VEC(chy_slice) agencies;
    chy_dispatch d;
    uint32_t para_begin, para_end; /* the dateline that opens the text, CHY_NONE where none */
    uint32_t n_furniture, n_repeats, first_left_out;
} story;

static void add_agency(story *s, chy_slice name)
{
    if (!name.n) return;
    for (uint32_t i = 0; i < s->agencies.n; i++)
        if (chy_slice_eq(s->agencies.v[i], name)) return;
    CHY_PUSH(s->p->a, &s->agencies, name);
}

/* Every agency that a credit or byline names, between "/", ",", "and", "with", ":". */
static void add_agencies(story *s, chy_slice line)
{
    size_t b = 0;
    for (size_t i = 0; i <= line.n; i++) {
        bool cut = i == line.n || memchr("/,:;()[]|&", line.p[i], 10) || (line.n - i > 4 && (memcmp(line.p + i, " and", 4) == 0 || memcmp(line.p + i, " wit", 4) == 0));
        if (!cut) continue;
        chy_slice piece = {line.p + b, i - b};
        while (piece.n && memchr(" -.\t", piece.p[0], 4)) piece.p++, piece.n--;
        while (piece.n && memchr(" -.\t", piece.p[piece.n - 1], 4)) piece.n--;
        while (piece.n > 3 && memcmp(piece.p, "\xE2\x80", 2) == 0) piece.p += 3, piece.n -= 3;
        add_agency(s, chy_page_agency(s->p, piece));
        b = i + 1;
        if (i < line.n && line.p[i] == ' ') b = i + (line.p[i + 1] == 'w' ? 6 : 5);
        if (b > line.n) b = line.n;
    }
}

static void leave_out(story *s, chy_raw *r, uint32_t *count)
{
    r->drop = 1;
    if (s->first_left_out == CHY_NONE) s->first_left_out = r->at.begin;
    ++*count;
}

/* The headline's raw block, or CHY_NONE. */
static uint32_t find_title(const story *s, chy_slice given)
{
    const chy_pager *p = s->p;
    const chy_raw *r = p->raw.v;
    uint32_t reach = s->first_prose == CHY_NONE ? s->e : s->first_prose + 1;
    if (given.n) {
        chy_raw t = {.at = {0, 0}};
        t.key = chy_page_key(given, &t.words);
        for (uint32_t i = s->b; i < reach; i++)
            if (r[i].key == t.key && r[i].words == t.words) return i;
    }
    for (uint32_t i = s->b; i < reach && i < s->e; i++)
        if (!r[i].drop && r[i].hint == CHY_HINT_TITLE) return i;
    if (given.n && p->html) return CHY_NONE;
    if (s->first_prose == CHY_NONE && s->e - s->b < 2) return CHY_NONE;
    uint32_t kicker = CHY_NONE;
    for (uint32_t i = s->b; i < reach && i < s->e; i++) {
        if (r[i].drop || r[i].line != CHY_LINE_SHORT || r[i].hint == CHY_HINT_CAPTION) continue;
        if (r[i].section || (r[i].words <= 2 && kicker == CHY_NONE)) {
            kicker = i;
            continue;
        }
        return given.n && kicker == CHY_NONE && i > s->b ? CHY_NONE : i;
    }
    return kicker;
}

/* What stands in the bracket that ends a text; n = 0 where none does. */
static chy_slice last_bracket(chy_slice s)
{
    if (s.n && s.p[s.n - 1] == '.') s.n--;
    size_t b = s.n;
    while (b > 0 && s.n - b < 60 && s.p[b - 1] != '(' && s.p[b - 1] != '[') b--;
    return b > 0 && s.n - b < 60 ? (chy_slice){s.p + b, s.n - b} : (chy_slice){NULL, 0};
}

/* A line under a picture: its credit stands in the next line of the same group. */
static void mark_captions(story *s)
{
    chy_raw *r = s->p->raw.v;
    for (uint32_t i = s->b; i + 1 < s->e; i++)
        if ((r[i].line == CHY_LINE_SHORT || r[i].line == CHY_LINE_PROSE) && r[i + 1].line == CHY_LINE_CREDIT && r[i + 1].same_group &&
            (s->first_prose == CHY_NONE || i <= s->first_prose) && i > s->b && r[i].words <= 60)
            r[i].hint = CHY_HINT_CAPTION;
    for (uint32_t i = s->b; i < s->e; i++) {
        if (r[i].line != CHY_LINE_CAPTION_PERHAPS) continue;
        bool twice = (i + 1 < s->e && r[i + 1].key == r[i].key) || (i > s->b && r[i - 1].key == r[i].key);
        bool before = s->first_prose != CHY_NONE && i < s->first_prose;
        bool first = i == s->b; /* a brief of one paragraph with its credit */
        r[i].line = twice || (before && !first) ? CHY_LINE_CAPTION : CHY_LINE_PROSE;
        if (r[i].line == CHY_LINE_PROSE) add_agencies(s, last_bracket(chy_raw_text(s->p, &r[i])));
    }
}

/* A line of page_furniture's kind tail or related at i: leave out what belongs to it. */
static void leave_tail(story *s, uint32_t i)
{
    chy_raw *r = s->p->raw.v;
    bool author = r[i].line == CHY_LINE_TAIL;
    uint32_t end = s->e;
    if (!author) { /* related headlines inside the story: it goes on with running text */
        uint32_t n = 0;
        for (uint32_t k = i + 1; k < s->e; k++) {
            if (r[k].line == CHY_LINE_PROSE && r[k].words >= LONG_WORDS && !n++) end = k;
        }
        if (n < 2) end = s->e;
    }
    for (uint32_t k = i; k < end; k++) {
        if (author && k <= i + 3 && r[k].line == CHY_LINE_CREDIT) add_agencies(s, chy_raw_text(s->p, &r[k]));
        if (!r[k].drop) leave_out(s, &r[k], &s->n_furniture);
    }
}

static void stated_day(story *s, chy_slice line)
{
    uint32_t rest;
    chy_day day = chy_page_day(line, &rest);
    if (day == CHY_NO_DAY || s->d.published_basis != CHY_BASIS_NONE) return;
    s->d.published = (chy_interval){day, day};
    s->d.published_basis = CHY_BASIS_STATED;
}

/* Bylines, dates, credits and furniture: taken down and left out. */
static void take_lines(story *s)
{
    chy_raw *r = s->p->raw.v;
    uint32_t last_prose = s->b;
    for (uint32_t i = s->b; i < s->e; i++)
        if (prose(&r[i])) last_prose = i;
    for (uint32_t i = s->b; i < s->e; i++) {
        chy_slice t = chy_raw_text(s->p, &r[i]);
        if (r[i].drop) continue;
        if (r[i].hint == CHY_HINT_BYLINE && r[i].words <= 30) {
            chy_slice name = chy_page_byline(t);
            if (!s->d.byline.n) s->d.byline = name.n ? name : t;
            add_agencies(s, name.n ? name : t);
            stated_day(s, t);
            r[i].drop = 1;
            continue;
        }
        if (r[i].hint == CHY_HINT_DATE && r[i].words <= 20) {
            stated_day(s, t);
            r[i].drop = 1;
            continue;
        }
        bool edge = s->first_prose == CHY_NONE || i < s->first_prose || i > last_prose;
        switch ((chy_line_kind)r[i].line) {
        case CHY_LINE_TAIL:
        case CHY_LINE_RELATED: leave_tail(s, i); break;
        case CHY_LINE_FURNITURE:
        case CHY_LINE_RULE: leave_out(s, &r[i], &s->n_furniture); break;
        case CHY_LINE_BYLINE:
            if (!s->d.byline.n) s->d.byline = chy_page_byline(t);
            add_agencies(s, chy_page_byline(t));
            stated_day(s, t);
            r[i].drop = 1;
            break;
        case CHY_LINE_DATE:
            if (!edge && !s->p->html) break;
            stated_day(s, t);
            r[i].drop = 1;
            break;
        case CHY_LINE_CREDIT:
            if (i && r[i - 1].hint == CHY_HINT_CAPTION && r[i].same_group) {
                leave_out(s, &r[i], &s->n_furniture); /* the picture's, not the text's */
                break;
            }
            add_agencies(s, t);
            r[i].drop = 1;
            break;
        default: break;
        }
    }
}

/* Later copies of a block go. */
static bool drop_repeats(story *s)
{
    chy_raw *r = s->p->raw.v;
    uint32_t n = s->e - s->b, cap = 16;
    while (cap < n * 2) cap *= 2;
    uint32_t *slot = chy_arena_calloc(s->p->a, cap, sizeof *slot);
    if (!slot) return false;
    for (uint32_t i = s->b; i < s->e; i++) {
        if (r[i].drop || r[i].words < 3) continue;
        uint32_t h = (uint32_t)(r[i].key ^ r[i].key >> 32) & (cap - 1);
        while (slot[h] && (r[slot[h] - 1].key != r[i].key || r[slot[h] - 1].words != r[i].words)) h = (h + 1) & (cap - 1);
        if (slot[h]) leave_out(s, &r[i], &s->n_repeats);
        else slot[h] = i + 1;
    }
    return true;
}

/* Short lines behind the last running text are links to other stories, where there are several. */
static void drop_trailing_links(story *s)
{
    chy_raw *r = s->p->raw.v;
    if (s->first_prose == CHY_NONE) return;
    uint32_t end = s->e, n = 0;
    if (s->p->html) { /* their links have told them already: only headings with nothing under them are left */
        while (end > s->b && (r[end - 1].drop || r[end - 1].hint == CHY_HINT_HEADING))
            if (!r[--end].drop) leave_out(s, &r[end], &s->n_furniture);
        return;
    }
    while (end > s->b && (r[end - 1].drop || (r[end - 1].line == CHY_LINE_SHORT && r[end - 1].hint != CHY_HINT_CAPTION && r[end - 1].capital)))
        n += !r[--end].drop;
    if (n < 2) return;
    for (uint32_t i = end; i < s->e; i++)
        if (!r[i].drop) leave_out(s, &r[i], &s->n_furniture);
}

static uint32_t kind_of(const story *s, uint32_t i, uint32_t title, bool prose_follows)
{
    const chy_raw *r = &s->p->raw.v[i];
    if (i == title) return CHY_BLOCK_TITLE;
    if (r->line == CHY_LINE_CAPTION || r->hint == CHY_HINT_CAPTION) return CHY_BLOCK_CAPTION;
    if (r->hint == CHY_HINT_STANDFIRST) return CHY_BLOCK_STANDFIRST;
    if (r->hint == CHY_HINT_HEADING) return CHY_BLOCK_HEADING;
    if (r->line != CHY_LINE_SHORT && r->line != CHY_LINE_DATE) return CHY_BLOCK_PARAGRAPH;
    if (s->first_prose != CHY_NONE && i < s->first_prose) return CHY_BLOCK_STANDFIRST;
    return r->words <= HEADING_WORDS && r->capital && prose_follows && !r->bullet && !s->p->html ? CHY_BLOCK_HEADING : CHY_BLOCK_PARAGRAPH;
}

/* "ROE: I do not know." Do several paragraphs begin so? Then the capitals name speakers, not places. */
static bool interview(const story *s)
{
    uint32_t n = 0;
    for (uint32_t i = s->b; i < s->e && i < s->b + 40; i++) {
        chy_slice t = chy_raw_text(s->p, &s->p->raw.v[i]);
        size_t k = 0;
        while (k < t.n && k < 30 && ((t.p[k] >= 'A' && t.p[k] <= 'Z') || t.p[k] == ' ')) k++;
        n += k >= 3 && k < t.n && t.p[k] == ':';
    }
    return n > 1;
}

/* The dateline of the first paragraph: its agencies, its day, and the block begins behind it. */
static void take_dateline(story *s, chy_block *b)
{
    chy_dateline l;
    if (!chy_page_dateline(s->p, b->at, &l) || (!l.n_agencies && !l.dated && interview(s))) return;
    s->para_begin = b->at.begin;
    b->at.begin = s->para_end = l.end;
    s->d.dateline_at = l.place;
    s->d.dateline = (chy_slice){s->p->text.p + l.place.begin, l.place.end - l.place.begin};
    for (uint32_t i = 0; i < l.n_agencies; i++) add_agency(s, l.agency[i]);
    if (l.day != CHY_NO_DAY && s->d.published_basis == CHY_BASIS_NONE) {
        s->d.published = (chy_interval){l.day, l.day};
        s->d.published_basis = CHY_BASIS_STATED;
    }
}

static void make_blocks(story *s, uint32_t title)
{
    chy_pager *p = s->p;
    bool dateline = false;
    uint32_t last_prose = s->b;
    for (uint32_t i = s->b; i < s->e; i++)
        if (prose(&p->raw.v[i])) last_prose = i;
    for (uint32_t i = s->b; i < s->e; i++) {
        chy_raw *r = &p->raw.v[i];
        if (r->drop) continue;
        if (title != CHY_NONE && i < title && r->line == CHY_LINE_SHORT && r->hint != CHY_HINT_CAPTION) {
            leave_out(s, r, &s->n_furniture); /* a section's name or kicker over the headline */
            continue;
        }
        if (r->hint == CHY_HINT_STANDFIRST && s->first_prose != CHY_NONE && i > s->first_prose + 1) {
            leave_out(s, r, &s->n_furniture); /* another story's */
            continue;
        }
        chy_block b = {.at = r->at, .kind = kind_of(s, i, title, i < last_prose)};
        if (b.kind == CHY_BLOCK_PARAGRAPH && !dateline) {
            take_dateline(s, &b);
            dateline = true;
        }
        CHY_PUSH(p->a, &s->blocks, b);
    }
}

/* The headline stands first, whatever stood over it. */
static void title_first(story *s)
{
    for (uint32_t i = 1; i < s->blocks.n; i++) {
        if (s->blocks.v[i].kind != CHY_BLOCK_TITLE) continue;
        chy_block t = s->blocks.v[i];
        memmove(s->blocks.v + 1, s->blocks.v, i * sizeof t);
        s->blocks.v[0] = t;
        return;
    }
}

/* "/2023/05/12/", "/2023-05-12/", "/20230512/" in an address: the day that the page was put there. */
static chy_day url_day(chy_slice url)
{
    static const char *const forms[] = {"/dddd/dd/dd", "/dddd-dd-dd", "/dddddddd"};
    for (size_t i = 0; i < url.n; i++) {
        for (unsigned f = 0; f < 3 && url.p[i] == '/'; f++) {
            size_t n = strlen(forms[f]), k = 0;
            int32_t v = 0;
            for (; k < n && i + k < url.n; k++) {
                char c = url.p[i + k];
                if (forms[f][k] == 'd' ? c < '0' || c > '9' : c != forms[f][k]) break;
                if (forms[f][k] == 'd') v = v * 10 + (c - '0');
            }
            if (k < n || (i + n < url.n && url.p[i + n] >= '0' && url.p[i + n] <= '9')) continue;
            int year = v / 10000;
            unsigned month = (unsigned)v / 100 % 100, day = (unsigned)v % 100;
            if (year >= 1990 && year < 2100 && chy_day_ok(year, month, day)) return chy_day_of(year, month, day);
        }
    }
    return CHY_NO_DAY;
}

static chy_slice copied(const chy_pager *p, chy_slice s) { return s.n ? chy_arena_copy(p->a, s) : (chy_slice){NULL, 0}; }

static bool build(chy_pager *p, uint32_t b, uint32_t e, uint32_t article)
{
    const chy_input *in = p->in;
    story s = {.p = p, .b = b, .e = e, .para_begin = CHY_NONE, .para_end = CHY_NONE, .first_left_out = CHY_NONE};
    chy_slice given = article ? (chy_slice){NULL, 0} : in->title.n ? in->title : p->meta.title;
    s.d.published = chy_interval_none();
    if (article < in->n_published && chy_interval_known(in->published[article])) {
        s.d.published = in->published[article];
        s.d.published_basis = CHY_BASIS_GIVEN;
    } else if (chy_interval_known(p->meta.published) && !article) {
        s.d.published = p->meta.published;
        s.d.published_basis = CHY_BASIS_STATED;
    }
    s.d.byline = article ? (chy_slice){NULL, 0} : copied(p, p->meta.byline);
    s.first_prose = CHY_NONE;
    for (uint32_t i = e; i-- > b;)
        if (prose(&p->raw.v[i])) s.first_prose = i;
    mark_captions(&s);
    s.first_prose = CHY_NONE;
    for (uint32_t i = e; i-- > b;)
        if (prose(&p->raw.v[i])) s.first_prose = i;
    take_lines(&s);
    uint32_t title = find_title(&s, given);
    if (!drop_repeats(&s)) return false;
    drop_trailing_links(&s);
    if (title != CHY_NONE && p->raw.v[title].drop) title = CHY_NONE;
    make_blocks(&s, title);
    title_first(&s);
    if (p->a->failed) return false;
    if (!s.blocks.n) return true;
    s.d.title = given.n ? copied(p, given) : title != CHY_NONE ? chy_raw_text(p, &p->raw.v[title]) : given;
    s.d.url = copied(p, in->url.n ? in->url : p->meta.url);
    chy_day day = s.d.published_basis == CHY_BASIS_NONE && !article ? url_day(s.d.url) : CHY_NO_DAY;
    if (day != CHY_NO_DAY) {
        s.d.published = (chy_interval){day, day};
        s.d.published_basis = CHY_BASIS_STATED;
    }
    s.d.publisher = copied(p, in->publisher.n ? in->publisher : p->meta.publisher);
    s.d.blocks = s.blocks.v;
    s.d.n_blocks = s.blocks.n;
    s.d.agencies = s.agencies.v;
    s.d.n_agencies = s.agencies.n;
    s.d.article = article;
    s.d.at = s.blocks.v[0].at;
    for (uint32_t i = 0; i < s.blocks.n; i++) {
        if (s.blocks.v[i].at.begin < s.d.at.begin) s.d.at.begin = s.blocks.v[i].at.begin;
        if (s.blocks.v[i].at.end > s.d.at.end) s.d.at.end = s.blocks.v[i].at.end;
    }
    if (s.para_begin < s.d.at.begin) s.d.at.begin = s.para_begin;
    if (s.n_furniture)
        chy_note_add(&p->note, CHY_STAGE_PAGE, s.first_left_out, "story %u: %u block%s left out as the page's furniture", article, s.n_furniture, s.n_furniture == 1 ? "" : "s");
    if (s.n_repeats)
        chy_note_add(&p->note, CHY_STAGE_PAGE, s.first_left_out, "story %u: %u repeated block%s left out", article, s.n_repeats, s.n_repeats == 1 ? "" : "s");
    return CHY_PUSH(p->a, &p->out, s.d) && CHY_PUSH(p->a, &p->para_begin, s.para_begin) && CHY_PUSH(p->a, &p->para_end, s.para_end);
}

chy_status chy_page_stories(chy_pager *p)
{
    chy_page_classify(p);
    sofar f = {.start = 0};
    for (uint32_t i = 0; i < p->raw.n && !p->a->failed; i++) {
        const chy_raw *r = &p->raw.v[i];
        if (r->gap > f.gap) f.gap = r->gap;
        if (i > f.start && p->out.n + 1 < CHY_MAX_DISPATCHES && starts_story(p, i, &f)) {
            if (!build(p, f.start, i, p->out.n)) break;
            f = (sofar){.start = i};
        }
        if (!prose(r)) continue;
        if (f.n_prose++ && f.gap > f.inner_gap && f.last + 1 == i) f.inner_gap = f.gap;
        f.gap = 0;
        f.last = i;
    }
    if (f.start < p->raw.n && !p->a->failed) build(p, f.start, p->raw.n, p->out.n);
    if (p->a->failed) return chy_fail(p->err, CHY_E_MEMORY, CHY_STAGE_PAGE, 0, "out of memory");
    return CHY_OK;
}
