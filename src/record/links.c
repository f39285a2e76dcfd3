/* SPDX-License-Identifier: Apache-2.0
 *
 * links.c - denials tied to the claims that they answer in other dispatches.
 *
 * Inside a story the coder ties them. Here an event that is told in order to be denied looks for the telling that it answers: the same
 * deed told by others, or an accusation of whoever denies it or is said to have done it. The nearest in time is taken, and ties are
 * broken by what the tellings say, never by the order in which they came: whenever one side of a pair comes or goes, the denial looks
 * again. (docs/design/record.md)
 */
#include "record/record.h"

#include <stdlib.h>

enum { S_SAYING = 42, S_SIDES, S_VOICES, S_CLAIMS, S_DENIALS, S_OTHER, S_LINKED, S_CUT, S_TIE, S_INCIDENT, S_TIED, S_ENTER, S_DEEDS, S_WORDS };
enum { MAX_PARTIES = 12, MAX_WORDS = 96, MAX_CANDIDATES = 256, MAX_DENIALS = 512 };

/* Days from a denial's publication to that of the claim, and how old a deed may be on the day that it is told. A dispatch whose day is
 * known to more than VAGUE days only takes no part. */
enum { BEFORE = 30, AFTER = 3, OLD = 60, VAGUE = 7 };

/* Words that both sentences have besides names and words of saying: so many with that share of the shorter one's, or fewer with a larger one. */
enum { WORDS_MANY = 4, WORDS_FEW = 2 };
#define SHARE_MANY 0.30
#define SHARE_FEW 0.40
/* Where the denied deed was not coded: so many, with these shares of the denial's and of the telling's. */
enum { WORDS_BARE = 3 };
#define SHARE_BARE 0.50
#define SHARE_TOLD 0.35

/* Words of four letters and more, by their first five, each once. */
typedef struct words {
    uint32_t n;
    uint32_t v[MAX_WORDS];
} words;

typedef struct party {
    int64_t actor; /* 0: an outlet */
    char country[4];
    uint32_t sectors;
    bool state; /* itself, or who acts for it */
    bool person;
    bool body;  /* one of several: an organisation, an office */
} party;

typedef struct parties {
    party v[MAX_PARTIES];
    uint32_t n;
} parties;

typedef struct saying {
    int64_t id, dispatch, place; /* place 0: not known */
    chy_day begin, end;
    char type[16], place_country[4];
    double lat, lon;
    bool told, denied, disputed; /* as done, by somebody; in order to be denied; one and the other */
    bool tells_denial; /* its sentence has a word of denying */
    bool laid;         /* a deed that one lays to another's charge */
    bool bare;         /* the act of denying; what is denied was not coded as an event */
    bool own;          /* the denial is the nearest voice's saying that it did not happen */
    bool dated;        /* the words say when */
    chy_day published; /* CHY_NO_DAY: not known well enough */
    int64_t wire;      /* the original, of copies */
    parties source, target, says, denies;
    words words; /* without names and words of saying */
    char name[72]; /* page, article, key: for ties */
} saying;

/* ---------------------------------------------------------------------- words */

static bool knows(const words *w, uint32_t word)
{
    for (uint32_t i = 0; i < w->n; i++)
        if (w->v[i] == word) return true;
    return false;
}

static void put_word(words *w, uint32_t word)
{
    if (w->n < MAX_WORDS && !knows(w, word)) w->v[w->n++] = word;
}

static void take_words(words *w, chy_slice text)
{
    uint32_t h;
    while (chy_record_word(&text, &h)) put_word(w, h);
}

/* -------------------------------------------------------------------- loading */

static uint32_t sectors_of(chy_slice list)
{
    uint32_t bits = 0;
    while (list.n) {
        size_t n = 0;
        while (n < list.n && list.p[n] != ',') n++;
        for (unsigned i = 0; i < CHY_N_SECTOR; i++)
            if (chy_slice_eqz((chy_slice){list.p, n}, chy_sector_name(i))) bits |= 1u << i;
        n += n < list.n;
        list.p += n, list.n -= n;
    }
    return bits;
}

/* Columns i on: actor, country, sector, kind. */
static void take_party(parties *p, sqlite3_stmt *s, int i)
{
    if (p->n == MAX_PARTIES) return;
    party *v = &p->v[p->n++];
    *v = (party){.actor = sqlite3_column_int64(s, i), .sectors = sectors_of(chy_record_cell(s, i + 2))};
    sqlite3_snprintf(sizeof v->country, v->country, "%.*s", (int)chy_record_cell(s, i + 1).n, chy_record_cell(s, i + 1).p);
    v->person = chy_slice_eqz(chy_record_cell(s, i + 3), "person");
    v->body = chy_slice_in(chy_record_cell(s, i + 3), "organisation|office");
    v->state = chy_slice_eqz(chy_record_cell(s, i + 3), "state") || v->sectors & (CHY_SEC_GOV | CHY_SEC_MIL | CHY_SEC_COP | CHY_SEC_SPY);
}

static int load_sides(chy_record *r, saying *y, words *names)
{
    CHY_RECORD_STMT(S_SIDES, "SELECT p.side = 'target', p.actor, p.country, p.sector, a.kind, p.text, a.name FROM participant p JOIN actor a ON a.id = p.actor WHERE p.event = ? ORDER BY p.side, p.ordinal");
    sqlite3_bind_int64(s, 1, y->id);
    int code;
    while ((code = sqlite3_step(s)) == SQLITE_ROW) {
        bool target = sqlite3_column_int(s, 0) != 0;
        take_party(target ? &y->target : &y->source, s, 1);
        if (target && !chy_slice_eqz(chy_record_cell(s, 4), "state")) continue;
        take_words(names, chy_record_cell(s, 5));
        take_words(names, chy_record_cell(s, 6));
    }
    return chy_record_done(s, code);
}

/* Who denies it: voices that do; where none does, the nearest one that says it did not happen. */
static int load_voices(chy_record *r, saying *y, words *names)
{
    CHY_RECORD_STMT(S_VOICES, "SELECT c.stance, c.actor, coalesce(c.country, ''), coalesce(c.sector, ''), a.kind, coalesce(c.text, ''), coalesce(a.name, '') FROM claim c LEFT JOIN actor a ON a.id = c.actor "
                              "WHERE c.event = ? AND c.stance <> 'doubts' ORDER BY c.ordinal");
    sqlite3_bind_int64(s, 1, y->id);
    int code;
    while ((code = sqlite3_step(s)) == SQLITE_ROW) {
        take_party(chy_slice_eqz(chy_record_cell(s, 0), "denies") ? &y->denies : &y->says, s, 1);
        take_words(names, chy_record_cell(s, 5));
        take_words(names, chy_record_cell(s, 6));
    }
    if (y->bare) {
        y->denies = y->source;
        return chy_record_done(s, code);
    }
    if (y->denied && !y->denies.n && y->says.n) {
        y->own = true;
        y->denies = (parties){.v = {y->says.v[0]}, .n = 1};
        y->says.n = 0;
    }
    return chy_record_done(s, code);
}

/* Of a sentence with a denial or an accusation in it these say nothing of what is denied. */
static const char common[] =
    "deny denies denied denying denial reject rejects rejected dismiss dismissed refute refuted accuse accused accusing accusation alleged allege allegation claim "
    "claims claimed charge charges charged report reported says said saying told tell statement spokesman spokeswoman spokesperson official officials "
    "minister ministry foreign government president that this these those have having with from were been being their would could should they them there "
    "about after before over into than when while which what where whom whose also other more most some such only other never news agency during against";

/* Type, status, days and place; what a comparison wants beyond them is loaded for few events only. */
static int load_head(chy_record *r, int64_t event, saying *y)
{
    *y = (saying){.id = event, .begin = CHY_NO_DAY, .end = CHY_NO_DAY, .published = CHY_NO_DAY};
    CHY_RECORD_STMT(S_SAYING, "SELECT e.type, e.status, e.date_basis = 'text', d.published_begin, d.published_end, coalesce(k.original, d.id), g.hash || ' ' || d.article || ' ' || e.key, d.id, "
                              "e.date_begin, e.date_end, e.quad >= 3 OR e.type = 'AID', e.place, l.country, l.lat, l.lon FROM event e JOIN dispatch d ON d.id = e.dispatch "
                              "JOIN page g ON g.id = d.page LEFT JOIN copy k ON k.dispatch = d.id LEFT JOIN place l ON l.id = e.place WHERE e.id = ?");
    sqlite3_bind_int64(s, 1, event);
    int code = sqlite3_step(s);
    if (code == SQLITE_ROW) {
        sqlite3_snprintf(sizeof y->type, y->type, "%s", sqlite3_column_text(s, 0));
        y->told = chy_slice_in(chy_record_cell(s, 1), "reported|claimed|disputed");
        y->denied = chy_slice_in(chy_record_cell(s, 1), "denied");
        y->disputed = chy_slice_in(chy_record_cell(s, 1), "disputed");
        y->dated = sqlite3_column_int(s, 2) != 0;
        chy_day first = chy_record_day_cell(s, 3), last = chy_record_day_cell(s, 4);
        if (first != CHY_NO_DAY && last != CHY_NO_DAY && last - first <= VAGUE) y->published = last;
        y->wire = sqlite3_column_int64(s, 5);
        sqlite3_snprintf(sizeof y->name, y->name, "%s", sqlite3_column_text(s, 6));
        y->dispatch = sqlite3_column_int64(s, 7);
        y->begin = chy_record_day_cell(s, 8), y->end = chy_record_day_cell(s, 9);
        y->laid = sqlite3_column_int(s, 10) != 0;
        y->place = sqlite3_column_int64(s, 11);
        sqlite3_snprintf(sizeof y->place_country, y->place_country, "%.*s", (int)chy_record_cell(s, 12).n, chy_record_cell(s, 12).p);
        y->lat = sqlite3_column_double(s, 13), y->lon = sqlite3_column_double(s, 14);
    }
    return chy_record_done(s, code);
}

/* The words of the event's sentence, and whether its predicate is "deny". */
static int load_words(chy_record *r, saying *y, words *all, bool *deny)
{
    CHY_RECORD_STMT(S_WORDS, "SELECT CAST(substr(CAST(d.text AS BLOB), e.trigger_begin - d.begin + 1, 4) AS TEXT), "
                             "coalesce(e.evidence_text, CAST(substr(CAST(d.text AS BLOB), e.evidence_begin - d.begin + 1, e.evidence_end - e.evidence_begin) AS TEXT)) "
                             "FROM event e JOIN dispatch d ON d.id = e.dispatch WHERE e.id = ?");
    sqlite3_bind_int64(s, 1, y->id);
    int code = sqlite3_step(s);
    if (code == SQLITE_ROW) {
        chy_slice trigger = chy_record_cell(s, 0);
        *deny = trigger.n == 4 && (trigger.p[0] | 32) == 'd' && (chy_slice_eq((chy_slice){trigger.p + 1, 3}, CHY_LIT("eny")) || chy_slice_eq((chy_slice){trigger.p + 1, 3}, CHY_LIT("eni")));
        take_words(all, chy_record_cell(s, 1));
    }
    return chy_record_done(s, code);
}

/* "Deny", and nothing in the story that it is tied to. */
static int is_bare(chy_record *r, saying *y)
{
    if (strcmp(y->type, "REJECT") != 0 || !y->told) return SQLITE_OK;
    CHY_RECORD_STMT(S_TIED, "SELECT 1 FROM link k JOIN event e ON e.id = k.event JOIN event o ON o.id = k.other WHERE k.event = ? AND o.dispatch = e.dispatch");
    sqlite3_bind_int64(s, 1, y->id);
    int code = sqlite3_step(s);
    y->bare = code != SQLITE_ROW;
    return chy_record_done(s, code);
}

/* Who acts, who is acted on, who says so. `names` gets the words that name them. */
static int load_who(chy_record *r, saying *y, words *names)
{
    int code = load_sides(r, y, names);
    return code == SQLITE_OK ? load_voices(r, y, names) : code;
}

/* What the sentence says besides `names`. */
static void keep_words(saying *y, const words *all, const words *names)
{
    words said = {0}, denial = {0};
    take_words(&said, chy_slice_z(common));
    take_words(&denial, CHY_LIT("deny denied denial"));
    for (uint32_t i = 0; i < all->n; i++) {
        if (!knows(&said, all->v[i]) && !knows(names, all->v[i])) put_word(&y->words, all->v[i]);
        y->tells_denial |= knows(&denial, all->v[i]);
    }
}

static int load(chy_record *r, int64_t event, saying *y)
{
    words all = {0}, names = {0};
    bool deny = false;
    int code = load_head(r, event, y);
    if (code == SQLITE_OK) code = load_words(r, y, &all, &deny);
    if (code == SQLITE_OK && deny) code = is_bare(r, y);
    if (code == SQLITE_OK) code = load_who(r, y, &names);
    if (code == SQLITE_OK) keep_words(y, &all, &names);
    return code;
}

/* ------------------------------------------------------------------ comparing */

static bool same_state(const party *a, const party *b)
{
    return a->country[0] && strcmp(a->country, b->country) == 0 && !chy_slice_in(chy_slice_z(a->country), "IGO|NGO|MNC|ISM|UNK");
}

/* The same actor, or of one state and of one kind: a state's army is the state, its rebels are not, and two of its ministries are two. */
static bool alike(const party *a, const party *b)
{
    if (a->actor && a->actor == b->actor) return true;
    if (!same_state(a, b) || (a->body && b->body)) return false;
    return (a->state && b->state) || (a->sectors & b->sectors);
}

/* Who speaks for the other: of one state and both in its service, whichever their offices. */
static bool speaks_for(const party *a, const party *b)
{
    return alike(a, b) || (a->state && b->state && same_state(a, b));
}

static bool any_speaks_for(const parties *a, const parties *b)
{
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < b->n; k++)
            if (speaks_for(&a->v[i], &b->v[k])) return true;
    return false;
}

static bool any_alike(const parties *a, const parties *b)
{
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < b->n; k++)
            if (alike(&a->v[i], &b->v[k])) return true;
    return false;
}

/* Persons named by both, and none of them the same. */
static bool other_persons(const parties *a, const parties *b)
{
    bool in_a = false, in_b = false;
    for (uint32_t i = 0; i < a->n; i++) {
        in_a |= a->v[i].person;
        for (uint32_t k = 0; k < b->n; k++)
            if (a->v[i].person && a->v[i].actor == b->v[k].actor) return false;
    }
    for (uint32_t k = 0; k < b->n; k++) in_b |= b->v[k].person;
    return in_a && in_b;
}

/* Put at points more than half a degree apart, or in two states. */
static bool other_place(const saying *a, const saying *b)
{
    if (!a->place || !b->place || a->place == b->place) return false;
    double lat = a->lat - b->lat, lon = a->lon - b->lon;
    return strcmp(a->place_country, b->place_country) != 0 || lat > 0.5 || lat < -0.5 || lon > 0.5 || lon < -0.5;
}

static bool recent(const saying *y)
{
    return y->published != CHY_NO_DAY && y->begin != CHY_NO_DAY && y->end - y->begin <= CHY_SPAN_DAYS_0 && y->begin >= y->published - OLD;
}

/* What somebody else says has not happened is no denial. */
static bool is_denial(const saying *y)
{
    return (y->denied || y->disputed || y->bare) && y->denies.n && (!y->own || any_speaks_for(&y->denies, &y->source)) && y->source.n && recent(y);
}

/* By its head; who is in it, and its words, may still tell otherwise. */
static bool may_claim(const saying *y) { return y->told && strcmp(y->type, "REJECT") != 0 && recent(y); }

static bool is_claim(const saying *y) { return may_claim(y) && y->source.n && (y->disputed || !y->tells_denial); }

/* Does c tell what d denies, by days, place and who is in it? */
static bool same_matter(const saying *d, const saying *c)
{
    if (d->wire == c->wire || c->published < d->published - BEFORE || c->published > d->published + AFTER) return false;
    if (c->says.n && speaks_for(&c->says.v[0], &d->denies.v[0])) return false; /* the denier's own words */
    bool accusation = strcmp(c->type, "ACCUSE") == 0, deed = strcmp(d->type, c->type) == 0 || (d->bare && !accusation);
    if (d->bare && deed) {
        if (!c->laid || !any_speaks_for(&d->denies, &c->source) || (d->dated && c->dated && c->begin > d->end)) return false;
    } else if (deed) {
        if (!any_alike(&d->source, &c->source)) return false;
        if (d->target.n && c->target.n && !any_alike(&d->target, &c->target)) return false;
        if (other_persons(&d->source, &c->source) || other_persons(&d->target, &c->target)) return false;
        if (d->dated && c->dated && (d->begin > c->end + 1 || c->begin > d->end + 1)) return false;
    } else {
        if (!accusation || d->bare || !(any_alike(&c->target, &d->source) || any_speaks_for(&c->target, &d->denies))) return false;
        if (d->says.n && !any_alike(&d->says, &c->source)) return false; /* another accuser is named */
        if (any_speaks_for(&c->source, &d->denies)) return false;
    }
    return !other_place(d, c);
}

/* What c tells is what d denies. *shared gets how many words say so. */
static bool answers(const saying *d, const saying *c, uint32_t *shared)
{
    if (!same_matter(d, c)) return false;
    uint32_t least = d->words.n < c->words.n ? d->words.n : c->words.n;
    *shared = 0;
    for (uint32_t i = 0; i < d->words.n; i++)
        for (uint32_t k = 0; k < c->words.n; k++) *shared += d->words.v[i] == c->words.v[k];
    if (d->bare) return *shared >= WORDS_BARE && *shared >= d->words.n * SHARE_BARE && *shared >= c->words.n * SHARE_TOLD;
    return (*shared >= WORDS_MANY && *shared >= least * SHARE_MANY) || (*shared >= WORDS_FEW && *shared >= least * SHARE_FEW);
}

static int32_t gap(const saying *d, const saying *c) { return c->published < d->published ? d->published - c->published : c->published - d->published; }

/* Of two claims that d may answer, is a the one? Nearer in time, told before, the deed rather than the accusation, more words. */
static bool nearer(const saying *d, const saying *a, uint32_t words_a, const saying *b, uint32_t words_b)
{
    if (gap(d, a) != gap(d, b)) return gap(d, a) < gap(d, b);
    if (a->published != b->published) return a->published < b->published;
    bool deed_a = strcmp(a->type, "ACCUSE") != 0, deed_b = strcmp(b->type, "ACCUSE") != 0;
    if (deed_a != deed_b) return deed_a;
    if (words_a != words_b) return words_a > words_b;
    return strcmp(a->name, b->name) < 0;
}

/* -------------------------------------------------------------------- linking */

/* Tellings of the type, and accusations, of the days about a denial's; the nearest first. */
static int claims_about(chy_record *r, const saying *d, int64_t v[MAX_CANDIDATES], uint32_t *n)
{
    char first[11], last[11], published[11];
    chy_day_format(d->published - BEFORE, first);
    chy_day_format(d->published + AFTER, last);
    chy_day_format(d->published, published);
#define ABOUT(types)                                                                                                   \
    "SELECT e.id FROM (SELECT DISTINCT q.event FROM participant p CROSS JOIN participant q ON q.country = p.country AND q.span = 0 AND q.day BETWEEN ?2 AND ?9 "         \
    "WHERE p.event = ?6) n CROSS JOIN event e ON e.id = n.event CROSS JOIN dispatch d ON d.id = e.dispatch WHERE e.withdrawn_utc IS NULL AND " types                  \
    " AND e.status IN ('reported', 'claimed', 'disputed') AND e.dispatch <> ?4 AND d.published_end >= ?5 AND d.published_end <= ?3 "                                  \
    "ORDER BY abs(julianday(d.published_end) - julianday(?7)), e.key, e.dispatch LIMIT ?8"
    CHY_RECORD_STMT(d->bare ? S_DEEDS : S_CLAIMS, d->bare ? ABOUT("(e.quad >= 3 OR e.type = 'AID') AND e.type <> ?1") : ABOUT("e.type IN (?1, 'ACCUSE')"));
    sqlite3_bind_text(s, 1, d->type, -1, SQLITE_STATIC);
    sqlite3_bind_int(s, 2, chy_record_day_number(d->published - BEFORE - OLD));
    sqlite3_bind_text(s, 3, last, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 4, d->dispatch);
    sqlite3_bind_text(s, 5, first, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 6, d->id);
    sqlite3_bind_text(s, 7, published, -1, SQLITE_STATIC);
    sqlite3_bind_int(s, 8, MAX_CANDIDATES);
    sqlite3_bind_int(s, 9, chy_record_day_number(d->published + AFTER));
    int code;
    for (*n = 0; (code = sqlite3_step(s)) == SQLITE_ROW && *n < MAX_CANDIDATES; (*n)++) v[*n] = sqlite3_column_int64(s, 0);
    return chy_record_done(s, code);
}

static int one(sqlite3_stmt *s, int64_t with, int64_t *got)
{
    sqlite3_bind_int64(s, 1, with);
    int code = sqlite3_step(s);
    *got = code == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    return chy_record_done(s, code);
}

static int recount(chy_record *r, int64_t event)
{
    int64_t incident = 0;
    CHY_RECORD_STMT(S_INCIDENT, "SELECT incident FROM incident_event WHERE event = ?");
    int code = one(s, event, &incident);
    return code == SQLITE_OK && incident ? chy_record_stale(r, incident) : code;
}

/* The claim of another dispatch that the event is tied to. */
static int linked(chy_record *r, int64_t event, int64_t *other)
{
    CHY_RECORD_STMT(S_LINKED, "SELECT k.other FROM link k JOIN event e ON e.id = k.event JOIN event o ON o.id = k.other WHERE k.event = ? AND k.kind = 'denies' AND o.dispatch <> e.dispatch "
                              "AND o.withdrawn_utc IS NULL");
    return one(s, event, other);
}

static int tie(chy_record *r, unsigned slot, const char *sql, int64_t event, int64_t other)
{
    CHY_RECORD_STMT(slot, sql);
    sqlite3_bind_int64(s, 1, event);
    sqlite3_bind_int64(s, 2, other);
    int code = chy_record_done(s, sqlite3_step(s));
    return code == SQLITE_OK ? recount(r, other) : code;
}

/* A telling that a denial may answer; what cannot be it is not loaded to the end. */
static int load_claim(chy_record *r, int64_t event, const saying *d, saying *c, bool *is)
{
    words all = {0}, names = {0};
    bool deny;
    *is = false;
    int code = load_head(r, event, c);
    if (code != SQLITE_OK || !may_claim(c) || (code = load_who(r, c, &names)) != SQLITE_OK || !same_matter(d, c)) return code;
    code = load_words(r, c, &all, &deny);
    if (code == SQLITE_OK) keep_words(c, &all, &names);
    *is = code == SQLITE_OK && is_claim(c);
    return code;
}

/* Let a denial look for its claim. `c` is room to work in. */
static int look(chy_record *r, const saying *d, saying c[2])
{
    int64_t v[MAX_CANDIDATES], was = 0, is = 0;
    uint32_t n = 0, shared[2] = {0, 0};
    unsigned best = 0;
    int code = linked(r, d->id, &was);
    if (code == SQLITE_OK) code = claims_about(r, d, v, &n);
    for (uint32_t i = 0; code == SQLITE_OK && i < n; i++) {
        unsigned at = !best;
        bool claims;
        code = load_claim(r, v[i], d, &c[at], &claims);
        if (code != SQLITE_OK || !claims || !answers(d, &c[at], &shared[at])) continue;
        if (!is || nearer(d, &c[at], shared[at], &c[best], shared[best])) is = v[i], best = at;
    }
    if (code != SQLITE_OK || is == was) return code;
    if (was) code = tie(r, S_CUT, "DELETE FROM link WHERE event = ? AND other = ? AND kind = 'denies'", d->id, was);
    if (code == SQLITE_OK && is) code = tie(r, S_TIE, "INSERT OR IGNORE INTO link (event, kind, other) VALUES (?, 'denies', ?)", d->id, is);
    return code;
}

/* Denials that may answer a claim. */
static int denials_about(chy_record *r, const saying *c, int64_t v[MAX_DENIALS], uint32_t *n)
{
    char first[11], last[11];
    chy_day_format(c->published - AFTER, first);
    chy_day_format(c->published + BEFORE, last);
    CHY_RECORD_STMT(S_DENIALS, "SELECT DISTINCT n.event FROM participant p CROSS JOIN denial n ON n.country = p.country CROSS JOIN event e ON e.id = n.event WHERE p.event = ?1 "
                               "AND n.published >= ?2 AND n.published <= ?3 AND (e.type = ?4 OR e.type = 'REJECT' OR ?4 = 'ACCUSE') AND e.withdrawn_utc IS NULL AND e.dispatch <> ?5 LIMIT ?6");
    sqlite3_bind_int64(s, 1, c->id);
    sqlite3_bind_text(s, 2, first, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 3, last, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 4, c->type, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 5, c->dispatch);
    sqlite3_bind_int(s, 6, MAX_DENIALS);
    int code;
    for (*n = 0; (code = sqlite3_step(s)) == SQLITE_ROW && *n < MAX_DENIALS; (*n)++) v[*n] = sqlite3_column_int64(s, 0);
    return chy_record_done(s, code);
}

/* So that claims that come later find it. */
static int enter(chy_record *r, const saying *d)
{
    char published[11];
    chy_day_format(d->published, published);
    CHY_RECORD_STMT(S_ENTER, "INSERT OR IGNORE INTO denial (country, published, event) VALUES (?, ?, ?)");
    int code = SQLITE_OK;
    const parties *list[] = {&d->source, &d->target, &d->denies};
    for (unsigned k = 0; k < 3; k++)
        for (uint32_t i = 0; code == SQLITE_OK && i < list[k]->n; i++) {
            if (!list[k]->v[i].country[0]) continue;
            sqlite3_bind_text(s, 1, list[k]->v[i].country, -1, SQLITE_STATIC);
            sqlite3_bind_text(s, 2, published, -1, SQLITE_STATIC);
            sqlite3_bind_int64(s, 3, d->id);
            code = chy_record_done(s, sqlite3_step(s));
        }
    return code;
}

int chy_record_link(chy_record *r, int64_t event)
{
    int64_t v[MAX_DENIALS];
    uint32_t n = 0, shared;
    saying *y = malloc(4 * sizeof *y);
    if (!y) return SQLITE_NOMEM;
    int code = load_head(r, event, &y[0]);
    bool act = strcmp(y[0].type, "REJECT") == 0;
    if (code == SQLITE_OK && y[0].told && !act && y[0].published != CHY_NO_DAY) code = denials_about(r, &y[0], v, &n);
    if (code == SQLITE_OK && (n || y[0].denied || y[0].disputed || act)) code = load(r, event, &y[0]);
    if (code == SQLITE_OK && is_denial(&y[0])) code = enter(r, &y[0]);
    if (code == SQLITE_OK && is_denial(&y[0])) code = look(r, &y[0], y + 2);
    for (uint32_t i = 0; code == SQLITE_OK && i < n && is_claim(&y[0]); i++)
        if ((code = load(r, v[i], &y[1])) == SQLITE_OK && is_denial(&y[1]) && answers(&y[1], &y[0], &shared)) code = look(r, &y[1], y + 2);
    free(y);
    return code;
}

int chy_record_relink(chy_record *r, int64_t denial)
{
    saying *y = malloc(3 * sizeof *y);
    if (!y) return SQLITE_NOMEM;
    int code = load(r, denial, &y[0]);
    if (code == SQLITE_OK && is_denial(&y[0])) code = look(r, &y[0], y + 1);
    free(y);
    return code;
}

int chy_record_unlink(chy_record *r, int64_t event)
{
    int64_t v[MAX_DENIALS][2];
    uint32_t n = 0;
    int code, rc = SQLITE_OK;
    CHY_RECORD_STMT(S_OTHER, "SELECT 0, k.other FROM link k WHERE k.event = ?1 UNION ALL SELECT 1, k.event FROM link k JOIN event d ON d.id = k.event JOIN event c ON c.id = k.other "
                             "WHERE k.other = ?1 AND d.dispatch <> c.dispatch AND d.withdrawn_utc IS NULL");
    sqlite3_bind_int64(s, 1, event);
    for (; (code = sqlite3_step(s)) == SQLITE_ROW && n < MAX_DENIALS; n++) v[n][0] = sqlite3_column_int64(s, 0), v[n][1] = sqlite3_column_int64(s, 1);
    rc = chy_record_done(s, code);
    for (uint32_t i = 0; rc == SQLITE_OK && i < n; i++) rc = v[i][0] ? chy_record_relink(r, v[i][1]) : recount(r, v[i][1]);
    return rc;
}
