/* SPDX-License-Identifier: Apache-2.0
 *
 * places.c - finding place names and choosing which place of that name is meant (docs/design/places.md).
 */
#include "places/places.h"
#include "syntax/tree.h"

enum { K_TOWN, K_CAPITAL, K_REGION, K_COUNTY, K_COUNTRY, K_AREA, K_CONTINENT, K_LANDMARK };

struct chy_places_model {
    chy_table t;
    uint32_t name, country, region, lat, lon, people, kind;
    chy_table of_people; /* "Syrian", "Texans" → the name of their place */
    uint32_t place;
    chy_table actors;    /* the same of whole states, as the stage of the actors has it */
    uint32_t what, state;
};

chy_status chy_places_open(const chy_file *file, chy_arena *arena, const chy_places_model **out, chy_error *err)
{
    chy_places_model *m = chy_arena_calloc(arena, 1, sizeof *m);
    *out = m;
    if (!m) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_PLACES, 0, "out of memory");
    chy_status st = chy_file_table(file, "places", &m->t, err);
    if (st != CHY_OK) return st;
    m->name = chy_table_col(&m->t, "name");
    m->country = chy_table_col(&m->t, "country");
    m->region = chy_table_col(&m->t, "region");
    m->lat = chy_table_col(&m->t, "lat");
    m->lon = chy_table_col(&m->t, "lon");
    m->people = chy_table_col(&m->t, "people");
    m->kind = chy_table_col(&m->t, "kind");
    if ((st = chy_file_table(file, "place_people", &m->of_people, err)) != CHY_OK) return st;
    m->place = chy_table_col(&m->of_people, "place");
    if ((st = chy_file_table(file, "actors", &m->actors, err)) != CHY_OK) return st;
    m->what = chy_table_col(&m->actors, "what");
    m->state = chy_table_col(&m->actors, "name");
    return CHY_OK;
}

/* ------------------------------------------------------------------- rows */

static unsigned kind_of(const chy_places_model *m, uint32_t row)
{
    static const char *const name[] = {"town", "capital", "region", "county", "country", "area", "continent", "landmark"};
    chy_slice s = chy_table_cell(&m->t, row, m->kind);
    for (unsigned k = 0; k < sizeof name / sizeof *name; k++)
        if (chy_slice_eqz(s, name[k])) return k;
    return K_AREA;
}

static uint32_t people_of(const chy_places_model *m, uint32_t row)
{
    chy_slice s = chy_table_cell(&m->t, row, m->people);
    uint32_t v = 0;
    for (size_t i = 0; i < s.n && v < 10000000 && s.p[i] >= '0' && s.p[i] <= '9'; i++) v = v * 10 + (uint32_t)(s.p[i] - '0');
    return v;
}

static float degrees(chy_slice s)
{
    int32_t v = 0, scale = 1;
    bool minus = s.n && s.p[0] == '-', point = false;
    for (size_t i = minus; i < s.n && scale < 100000; i++) {
        if (s.p[i] == '.') {
            point = true;
        } else if (s.p[i] >= '0' && s.p[i] <= '9') {
            v = v * 10 + (s.p[i] - '0');
            if (point) scale *= 10;
        }
    }
    return (float)(minus ? -v : v) / (float)scale;
}

/* The first of a name's spellings. */
static chy_slice first_name(chy_slice s)
{
    chy_slice piece = s;
    (void)chy_slice_split(&s, '|', &piece);
    return piece;
}

/* ------------------------------------------------------------ finding names */

typedef struct hit {
    uint32_t first, end, use;
    chy_rows rows;
    uint32_t row;
} hit;

static bool is_per(unsigned tag) { return tag == CHY_NAME_B_PER || tag == CHY_NAME_I_PER; }
static bool is_org(unsigned tag) { return tag == CHY_NAME_B_ORG || tag == CHY_NAME_I_ORG; }
static bool is_loc(unsigned tag) { return tag == CHY_NAME_B_LOC || tag == CHY_NAME_I_LOC; }

/* The weightiest row under a name, as far as taking the name for a place goes. */
static void best_kind(const chy_places_model *m, chy_rows rows, unsigned *kind, uint32_t *people)
{
    static const uint8_t weight[] = {1, 5, 2, 1, 6, 3, 5, 4};
    *kind = K_TOWN;
    *people = 0;
    for (uint32_t i = 0; i < rows.n && i < 64; i++) {
        unsigned k = kind_of(m, rows.row[i]);
        uint32_t p = people_of(m, rows.row[i]);
        if (weight[k] > weight[*kind]) *kind = k;
        if (p > *people) *people = p;
    }
}

/* Is a longer person's name that ends in this word in the text ("Michael Jordan" … "Jordan said")? */
static bool surname(const chy_dispatch *d, uint32_t token)
{
    chy_slice s = d->tokens[token].norm;
    for (uint32_t i = token, n = 0; i-- > 0 && n < 2000; n++)
        if (d->tokens[i].name == CHY_NAME_I_PER && chy_slice_eq(d->tokens[i].norm, s)) return true;
    return false;
}

/* Do the name tags and the words round it let the name at [first, end) be a place? */
static bool accept(const chy_places_model *m, const chy_dispatch *d, uint32_t sentence_first, uint32_t first, uint32_t end, chy_rows rows)
{
    const chy_token *t = d->tokens;
    unsigned tag = t[first].name, kind, next = end < d->n_tokens ? t[end].name : CHY_NAME_O;
    uint32_t people;
    best_kind(m, rows, &kind, &people);
    bool known = kind == K_COUNTRY || kind == K_CAPITAL || kind == K_CONTINENT || kind == K_LANDMARK || people >= 1000;
    if (t[first].upos == CHY_UPOS_VERB || (t[first].upos == CHY_UPOS_ADJ && end == first + 1 && tag != CHY_NAME_B_LOC)) return false;
    if (tag == CHY_NAME_B_NORP || tag == CHY_NAME_I_NORP) return false;
    if (first > sentence_first && chy_slice_in(t[first - 1].norm, "mr|mr.|mrs|mrs.|ms|ms.|miss|dr|dr.|prof.|sir|lord|lady")) return false;
    if (is_loc(tag)) return true;
    if (is_per(tag)) {
        if (tag == CHY_NAME_I_PER || next == CHY_NAME_I_PER || !known) return false;
        return kind != K_LANDMARK && !surname(d, first);
    }
    if (is_org(tag)) return tag == CHY_NAME_B_ORG && next != CHY_NAME_I_ORG && known;
    bool led = first > sentence_first && chy_slice_in(t[first - 1].norm, "in|at|near|from|outside|around|across|to|of|between|,|and");
    bool joined = (end < d->n_tokens && (t[end].flags & CHY_TOKEN_CAP) && t[end].upos == CHY_UPOS_PROPN && !(t[end].flags & CHY_TOKEN_SENTENCE_START)) ||
                  (first > sentence_first && (t[first - 1].flags & CHY_TOKEN_CAP) && t[first - 1].upos == CHY_UPOS_PROPN);
    if (known) return !joined || kind == K_COUNTRY;
    return led && !joined && t[first].upos == CHY_UPOS_PROPN && (people >= 50 || kind == K_REGION || kind == K_AREA);
}

/* Is the name at [first, end) part of a body's name that says where it is ("Washington Post", "Paris Police Department")? Only what
 * is known far and wide is taken: a lesser town's name in a name is as often a person's. */
static bool in_name(const chy_places_model *m, const chy_dispatch *d, uint32_t first, uint32_t end, chy_rows rows)
{
    const chy_token *t = d->tokens;
    unsigned kind;
    uint32_t people;
    best_kind(m, rows, &kind, &people);
    for (uint32_t i = first; i < end; i++)
        if (!is_org(t[i].name) || t[i].upos == CHY_UPOS_VERB) return false;
    if (end == first + 1 && chy_slice_in(t[first].norm, "north|south|east|west|central|centre|northern|southern|eastern|western")) return false;
    return (kind != K_TOWN && kind != K_COUNTY) || people >= 100;
}

/* The rows of the place whose people the words at `i` name; n is the number of words, 0 where none. */
static uint32_t people_at(const chy_places_model *m, chy_work *w, uint32_t i, uint32_t end, chy_rows *out)
{
    const chy_token *t = w->d->tokens;
    chy_rows r = {NULL, 0};
    if (is_per(t[i].name) || t[i].upos == CHY_UPOS_VERB) return 0;
    chy_slice place = {"", 0};
    uint32_t n = chy_table_longest(&m->of_people, t, i, end, &r);
    if (n) {
        place = chy_table_cell(&m->of_people, r.row[0], m->place);
    } else {
        n = chy_table_longest(&m->actors, t, i, end, &r);
        for (uint32_t k = 0; n && !place.n && k < r.n; k++)
            if (chy_slice_in(chy_table_cell(&m->actors, r.row[k], m->what), "demonym|people")) place = chy_table_cell(&m->actors, r.row[k], m->state);
    }
    return place.n && chy_table_find(&m->t, chy_fold(w->arena, place), out, NULL) ? n : 0;
}

typedef CHY_VEC(hit) hits;

static bool find(const chy_places_model *m, chy_work *w, hits *out)
{
    const chy_dispatch *d = w->d;
    for (uint32_t s = 0; s < d->n_sentences; s++) {
        uint32_t first = d->sentences[s].first_token, end = first + d->sentences[s].n_tokens;
        for (uint32_t i = first; i < end;) {
            chy_rows rows = {NULL, 0};
            uint32_t n = d->tokens[i].flags & CHY_TOKEN_CAP ? chy_table_longest(&m->t, d->tokens, i, end, &rows) : 0;
            uint32_t use = CHY_PLACE_NAME;
            if (n && !accept(m, d, first, i, i + n, rows)) {
                use = CHY_PLACE_IN_NAME;
                if (!in_name(m, d, i, i + n, rows)) n = 0;
            }
            if (!n && d->tokens[i].flags & CHY_TOKEN_CAP) {
                use = CHY_PLACE_ADJECTIVE;
                n = people_at(m, w, i, end, &rows);
            }
            if (n && !CHY_PUSH(w->arena, out, (hit){i, i + n, use, rows, CHY_NONE})) return false;
            i += n ? n : 1;
        }
    }
    return true;
}

/* ------------------------------------------------------------ which one */

enum { MAX_EVIDENCE = 64 };

typedef struct evidence {
    char country[MAX_EVIDENCE][4];
    uint32_t n[MAX_EVIDENCE], used;
} evidence;

static void count(evidence *e, const char *p, size_t n)
{
    if (n != 3) return;
    for (uint32_t i = 0; i < e->used; i++) {
        if (memcmp(e->country[i], p, 3) != 0) continue;
        e->n[i]++;
        return;
    }
    if (e->used == MAX_EVIDENCE) return;
    memcpy(e->country[e->used], p, 3);
    e->n[e->used++] = 1;
}

static int32_t support(const evidence *e, chy_slice country)
{
    for (uint32_t i = 0; i < e->used; i++)
        if (country.n == 3 && memcmp(e->country[i], country.p, 3) == 0) return e->n[i] >= 3 ? 25 : 15;
    return 0;
}

static int32_t bits(uint32_t v)
{
    int32_t n = 0;
    for (; v; v >>= 1) n++;
    return n;
}

/* Weight of a row by itself and by the countries that the text speaks of. */
static int32_t weigh(const chy_places_model *m, uint32_t row, const evidence *e)
{
    static const int32_t by_kind[] = {0, 50, 30, 12, 54, 45, 55, 40};
    unsigned k = kind_of(m, row);
    int32_t v = by_kind[k];
    if (k == K_TOWN || k == K_CAPITAL) v += 3 * bits(people_of(m, row));
    return v + support(e, chy_table_cell(&m->t, row, m->country));
}

/* Does the place of `outer` hold that of `inner` ("Paris, Texas")? */
static bool holds(const chy_places_model *m, uint32_t outer, uint32_t inner)
{
    unsigned k = kind_of(m, outer);
    if (outer == inner || !chy_slice_eq(chy_table_cell(&m->t, outer, m->country), chy_table_cell(&m->t, inner, m->country))) return false;
    if (k == K_COUNTRY) return kind_of(m, inner) != K_COUNTRY;
    chy_slice region = chy_table_cell(&m->t, inner, m->region), names = chy_table_cell(&m->t, outer, m->name), one;
    if (k != K_REGION || !region.n) return false;
    while (chy_slice_split(&names, '|', &one))
        if (chy_slice_eq(one, region)) return true;
    return false;
}

/* Is the region named after a town of its country ("Geneva")? Then the town is meant. */
static bool after_town(const chy_places_model *m, const hit *h, uint32_t region)
{
    for (uint32_t i = 0; i < h->rows.n && i < 64; i++) {
        unsigned k = kind_of(m, h->rows.row[i]);
        if ((k == K_TOWN || k == K_CAPITAL) && people_of(m, h->rows.row[i]) >= 100 &&
            chy_slice_eq(chy_table_cell(&m->t, h->rows.row[i], m->country), chy_table_cell(&m->t, region, m->country)))
            return true;
    }
    return false;
}

static uint32_t choose(const chy_places_model *m, const hit *h, const hit *outer, const evidence *e)
{
    uint32_t best = h->rows.row[0];
    int32_t most = INT32_MIN;
    for (uint32_t i = 0; i < h->rows.n && i < 256; i++) {
        int32_t v = weigh(m, h->rows.row[i], e);
        if (kind_of(m, h->rows.row[i]) == K_REGION && after_town(m, h, h->rows.row[i])) v -= 20;
        for (uint32_t k = 0; outer && k < outer->rows.n && k < 16; k++)
            if (holds(m, outer->rows.row[k], h->rows.row[i])) {
                v += 100;
                break;
            }
        if (v > most) most = v, best = h->rows.row[i];
    }
    return best;
}

static void resolve(const chy_places_model *m, const chy_work *w, hits *hs)
{
    const chy_dispatch *d = w->d;
    evidence e = {.used = 0};
    for (uint32_t i = 0; i < d->n_actors && i < 4096; i++) count(&e, d->actors[i].country, strlen(d->actors[i].country));
    for (uint32_t i = 0; i < hs->n; i++)
        if (hs->v[i].use == CHY_PLACE_NAME && hs->v[i].rows.n == 1 && kind_of(m, hs->v[i].rows.row[0]) != K_TOWN) {
            chy_slice c = chy_table_cell(&m->t, hs->v[i].rows.row[0], m->country);
            count(&e, c.p, c.n);
        }
    /* From the back: the one that holds the other stands behind it, and where it is chosen so is the other. */
    for (uint32_t i = hs->n; i-- > 0;) {
        hit *h = &hs->v[i];
        const hit *outer = NULL;
        if (i + 1 < hs->n && h[1].first == h->end + 1 && chy_slice_eqz(d->tokens[h->end].norm, ",")) outer = h + 1;
        h->row = choose(m, h, outer, &e);
        if (!outer || holds(m, outer->row, h->row)) continue;
        for (uint32_t k = 0; k < outer->rows.n && k < 64; k++)
            if (holds(m, outer->rows.row[k], h->row)) {
                h[1].row = outer->rows.row[k];
                break;
            }
    }
}

chy_status chy_places_run(const chy_places_model *m, chy_work *w)
{
    chy_dispatch *d = w->d;
    hits hs = {0};
    if (!find(m, w, &hs)) return chy_work_memory(w, CHY_STAGE_PLACES);
    resolve(m, w, &hs);
    chy_place *v = chy_arena_calloc(w->arena, hs.n, sizeof *v);
    if (!v) return chy_work_memory(w, CHY_STAGE_PLACES);
    for (uint32_t i = 0; i < hs.n; i++) {
        const hit *h = &hs.v[i];
        chy_slice c = chy_table_cell(&m->t, h->row, m->country);
        v[i] = (chy_place){.at = {d->tokens[h->first].at.begin, d->tokens[h->end - 1].at.end}, .first_token = h->first, .end_token = h->end,
                           .head_token = h->first, .use = h->use, .name = first_name(chy_table_cell(&m->t, h->row, m->name)),
                           .lat = degrees(chy_table_cell(&m->t, h->row, m->lat)), .lon = degrees(chy_table_cell(&m->t, h->row, m->lon))};
        for (uint32_t t = h->first; t < h->end; t++) {
            uint32_t head = d->tokens[t].head;
            if (d->tokens[t].upos != CHY_UPOS_PUNCT && (head == CHY_NONE || head < h->first || head >= h->end)) v[i].head_token = t;
        }
        if (c.n == 3) memcpy(v[i].country, c.p, 3);
    }
    d->places = v;
    d->n_places = hs.n;
    return chy_work_memory(w, CHY_STAGE_PLACES);
}
