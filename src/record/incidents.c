/* SPDX-License-Identifier: Apache-2.0
 *
 * incidents.c - events told again, by other papers or on other days, folded into one incident.
 *
 * Only events of one type, all done or all not done, between the same states are compared (the fold). Of these two tell of one thing
 * where nothing contradicts it (days, places, persons) and their words agree. Acts of words need more agreement than deeds: one
 * government says many things of another on one day. (docs/design/record.md)
 *
 * An event is compared with those of its fold on the same days only, which an index finds however large the record is, and with no more than
 * the latest few dozen of them. What was compared of late is kept in memory: states that are in the news are asked for again and again.
 */
#include "record/record.h"

#include <stdlib.h>

enum { S_EVENT = 33, S_PARTS, S_MEMBERS, S_NEW, S_JOIN, S_COUNT, S_UNFOLD, S_VOICES = 56, S_HUSH, S_TELLERS, S_CONTEST };
enum { MAX_PARTS = 48, MAX_WORDS = 96, MAX_MEMBERS = 64, WIDE_DAYS = 10, N_KEPT = 1024 /* events in memory */ };

/* Shares of the shorter sentence's words. */
#define WORDS_DEED 0.30
#define WORDS_SPEECH 0.45
#define WORDS_WIDE 0.55
#define WORDS_OTHERS 0.60 /* where other bodies or persons are named on both sides */

typedef struct part {
    bool target, person, state;
    int64_t actor;
} part;

typedef struct words {
    uint32_t word[MAX_WORDS];
    uint32_t n;
} words;

typedef struct telling {
    int64_t id, place, dispatch;
    chy_day begin, end;
    chy_record_when when;
    double lat, lon;
    char country[4]; /* of the place */
    char fold[200];
    bool speech, known_place;
    char trigger[CHY_STEM + 1];
    part part[MAX_PARTS];
    uint32_t n_parts;
    words said; /* without those that name who takes part: events of one fold have these in common anyway */
} telling;

/* By id, the later of two that fall on one place. */
struct chy_tellings {
    telling of[N_KEPT];
};

/* --------------------------------------------------------------------- words */

/* Words of four letters and more, by their first five, each once. */
static void take_words(words *t, chy_slice text)
{
    uint32_t h;
    while (chy_record_word(&text, &h)) {
        uint32_t k = 0;
        while (k < t->n && t->word[k] != h) k++;
        if (k == t->n && t->n < MAX_WORDS) t->word[t->n++] = h;
    }
}

static void drop_words(words *t, const words *out)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        uint32_t k = 0;
        while (k < out->n && out->word[k] != t->word[i]) k++;
        if (k == out->n) t->word[kept++] = t->word[i];
    }
    t->n = kept;
}

static double words_shared(const telling *a, const telling *b)
{
    uint32_t both = 0, least = a->said.n < b->said.n ? a->said.n : b->said.n;
    for (uint32_t i = 0; i < a->said.n; i++)
        for (uint32_t k = 0; k < b->said.n; k++) both += a->said.word[i] == b->said.word[k];
    return least ? (double)both / least : 0;
}

/* -------------------------------------------------------------------- loading */

static void append(char *to, size_t size, chy_slice s)
{
    size_t at = strlen(to);
    if (s.n + 1 > size - at) s.n = size - at - 1;
    if (s.n) memcpy(to + at, s.p, s.n);
    to[at + s.n] = 0;
}

static int load_parts(chy_record *r, telling *t)
{
    CHY_RECORD_STMT(S_PARTS, "SELECT p.side = 'target', p.actor, a.kind = 'person', p.country, a.kind = 'state', p.text, a.name FROM participant p JOIN actor a ON a.id = p.actor WHERE p.event = ? "
                  "ORDER BY p.side, p.country, p.ordinal");
    sqlite3_bind_int64(s, 1, t->id);
    int code;
    char last[8] = "";
    words named = {.n = 0};
    int side = -1;
    while ((code = sqlite3_step(s)) == SQLITE_ROW) {
        chy_slice country = chy_record_cell(s, 3);
        int target = sqlite3_column_int(s, 0);
        if (target != side || !chy_slice_eqz(country, last)) {
            append(t->fold, sizeof t->fold, target != side && target ? CHY_LIT(">") : CHY_LIT(" "));
            append(t->fold, sizeof t->fold, country);
        }
        side = target;
        sqlite3_snprintf(sizeof last, last, "%.*s", (int)country.n, country.p);
        if (t->n_parts < MAX_PARTS) t->part[t->n_parts++] = (part){target != 0, sqlite3_column_int(s, 2) != 0, sqlite3_column_int(s, 4) != 0, sqlite3_column_int64(s, 1)};
        take_words(&named, chy_record_cell(s, 5));
        take_words(&named, chy_record_cell(s, 6));
    }
    drop_words(&t->said, &named);
    return chy_record_done(s, code);
}

static int read_event(chy_record *r, int64_t event, telling *t)
{
    *t = (telling){.id = event};
    CHY_RECORD_STMT(S_EVENT, "SELECT e.type, e.status, e.quad, e.date_begin, e.date_end, e.place, l.country, l.lat, l.lon, d.id, "
                  "CAST(substr(CAST(coalesce(e.evidence_text, d.text) AS BLOB), e.trigger_begin - iif(e.evidence_text IS NULL, d.begin, e.evidence_begin) + 1, 5) AS TEXT), "
                  "coalesce(e.evidence_text, CAST(substr(CAST(d.text AS BLOB), e.evidence_begin - d.begin + 1, e.evidence_end - e.evidence_begin) AS TEXT)) "
                  "FROM event e JOIN dispatch d ON d.id = e.dispatch LEFT JOIN place l ON l.id = e.place WHERE e.id = ?");
    sqlite3_bind_int64(s, 1, event);
    int code = sqlite3_step(s);
    if (code == SQLITE_ROW) {
        bool undone = chy_slice_in(chy_record_cell(s, 1), "planned|possible|negated");
        int quad = sqlite3_column_int(s, 2);
        append(t->fold, sizeof t->fold, chy_record_cell(s, 0));
        append(t->fold, sizeof t->fold, undone ? CHY_LIT(" not done") : CHY_LIT(" done"));
        t->speech = quad == 1 || quad == 3;
        t->begin = chy_record_day_cell(s, 3), t->end = chy_record_day_cell(s, 4);
        t->when = chy_record_when_of(chy_record_cell(s, 3), chy_record_cell(s, 4));
        t->known_place = sqlite3_column_type(s, 5) != SQLITE_NULL;
        t->place = sqlite3_column_int64(s, 5);
        sqlite3_snprintf(sizeof t->country, t->country, "%.*s", sqlite3_column_bytes(s, 6), (const char *)sqlite3_column_text(s, 6));
        t->lat = sqlite3_column_double(s, 7), t->lon = sqlite3_column_double(s, 8);
        t->dispatch = sqlite3_column_int64(s, 9);
        chy_slice trigger = chy_record_cell(s, 10);
        for (size_t i = 0; i < trigger.n && i < CHY_STEM && chy_record_letter((unsigned char)trigger.p[i]); i++)
            t->trigger[i] = (unsigned char)trigger.p[i] < 0x80 ? (char)(trigger.p[i] | 32) : trigger.p[i];
        take_words(&t->said, chy_record_cell(s, 11));
    }
    if ((code = chy_record_done(s, code)) != SQLITE_OK) return code;
    return load_parts(r, t);
}

/* An event as it is compared; good until the next one is loaded. */
static int load(chy_record *r, int64_t event, const telling **out)
{
    if (!r->tellings && !(r->tellings = calloc(1, sizeof *r->tellings))) return SQLITE_NOMEM;
    telling *t = &r->tellings->of[(uint64_t)event % N_KEPT];
    *out = t;
    if (t->id == event) return SQLITE_OK;
    int code = read_event(r, event, t);
    if (code != SQLITE_OK) t->id = 0;
    return code;
}

void chy_record_fold_forget(chy_record *r)
{
    free(r->tellings);
    r->tellings = NULL;
}

/* ------------------------------------------------------------------ comparing */

/* Persons named on one side by both, and none of them the same. */
static bool other_persons(const telling *a, const telling *b)
{
    for (unsigned target = 0; target < 2; target++) {
        bool in_a = false, in_b = false, same = false;
        for (uint32_t i = 0; i < a->n_parts; i++) {
            if (!a->part[i].person || a->part[i].target != target) continue;
            in_a = true;
            for (uint32_t k = 0; k < b->n_parts; k++) same |= b->part[k].target == target && b->part[k].actor == a->part[i].actor;
        }
        for (uint32_t k = 0; k < b->n_parts; k++) in_b |= b->part[k].person && b->part[k].target == target;
        if (in_a && in_b && !same) return true;
    }
    return false;
}

/* Somebody is named on this side by both, the state itself by neither, and none of them is the same. */
static bool others_on(const telling *a, const telling *b, bool target)
{
    bool in_a = false, in_b = false;
    for (uint32_t i = 0; i < a->n_parts; i++) {
        if (a->part[i].target != target) continue;
        if (a->part[i].state) return false;
        in_a = true;
        for (uint32_t k = 0; k < b->n_parts; k++)
            if (b->part[k].target == target && (b->part[k].state || b->part[k].actor == a->part[i].actor)) return false;
    }
    for (uint32_t k = 0; k < b->n_parts; k++) in_b |= b->part[k].target == target;
    return in_a && in_b;
}

static bool has_target(const telling *t)
{
    for (uint32_t i = 0; i < t->n_parts; i++)
        if (t->part[i].target) return true;
    return false;
}

static double distance(double a, double b) { return a < b ? b - a : a - b; }

/* Put at points more than half a degree apart, or in two states. A state's own point says nothing of where in it. */
static bool other_place(const telling *a, const telling *b)
{
    if (!a->known_place || !b->known_place || a->place == b->place) return false;
    if (strcmp(a->country, b->country) != 0) return true;
    return distance(a->lat, b->lat) > 0.5 || distance(a->lon, b->lon) > 0.5;
}

static bool same(const telling *a, const telling *b)
{
    if (strcmp(a->fold, b->fold) != 0 || other_persons(a, b) || other_place(a, b)) return false;
    int32_t width_a = a->end - a->begin, width_b = b->end - b->begin, width = width_a > width_b ? width_a : width_b;
    double shared = words_shared(a, b);
    if (others_on(a, b, false) && (others_on(a, b, true) || !has_target(a))) return shared >= WORDS_OTHERS;
    bool trigger = a->trigger[0] && strcmp(a->trigger, b->trigger) == 0;
    if (width > WIDE_DAYS) return shared >= WORDS_WIDE;
    if (a->speech) return shared >= WORDS_SPEECH || (trigger && shared >= WORDS_DEED);
    if (shared >= WORDS_DEED) return true;
    return trigger && width <= 2 && (a->place == b->place || shared >= WORDS_DEED / 2);
}

/* -------------------------------------------------------------------- folding */

/* Lay down anew who asserts and who denies an event; `gone`: nobody any more. */
static int lay_voices(chy_record *r, int64_t event, bool gone)
{
    CHY_RECORD_STMT(S_HUSH, "DELETE FROM voice WHERE event = ?");
    sqlite3_bind_int64(s, 1, event);
    int code = chy_record_done(s, sqlite3_step(s));
    if (code != SQLITE_OK || gone) return code;
    sqlite3_stmt *v = chy_record_stmt(r, S_VOICES, "INSERT INTO voice (event, says, name, voice, country, through, nearest) "
                                                   "SELECT event, says, name, voice, country, through, nearest FROM voices WHERE event = ?");
    if (!v) return sqlite3_errcode(r->db);
    sqlite3_bind_int64(v, 1, event);
    return chy_record_done(v, sqlite3_step(v));
}

static int lay_voices_of(chy_record *r, int64_t incident)
{
    CHY_RECORD_STMT(S_TELLERS, "SELECT event FROM incident_event WHERE incident = ?");
    sqlite3_bind_int64(s, 1, incident);
    int code = SQLITE_OK, rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW && code == SQLITE_OK) code = lay_voices(r, sqlite3_column_int64(s, 0), false);
    rc = chy_record_done(s, rc);
    return code != SQLITE_OK ? code : rc;
}

/* What the incident's events say, all in all. */
static int count(chy_record *r, int64_t incident)
{
    int code = lay_voices_of(r, incident);
    if (code != SQLITE_OK) return code;
    CHY_RECORD_STMT(S_COUNT,
         "UPDATE incident SET (date_begin, date_end, n_events, n_dispatches, n_publishers, n_voices, contested, first_event) = ("
         " SELECT min(e.date_begin), max(e.date_end), count(*), count(DISTINCT coalesce(k.original, e.dispatch)), count(DISTINCT d.publisher),"
         "  (SELECT count(DISTINCT v.voice) FROM incident_event m CROSS JOIN voice v ON v.event = m.event WHERE m.incident = ?1 AND v.says = 'asserts' AND v.nearest),"
         "  coalesce(max(e.status IN ('denied', 'disputed') OR EXISTS (SELECT 1 FROM claim c WHERE c.event = e.id AND c.stance = 'denies')"
         "   OR EXISTS (SELECT 1 FROM link k JOIN event x ON x.id = k.event WHERE k.other = e.id AND k.kind = 'denies' AND x.withdrawn_utc IS NULL)), 0),"
         "  (SELECT f.id FROM incident_event m JOIN event f ON f.id = m.event JOIN dispatch g ON g.id = f.dispatch WHERE m.incident = ?1 "
         "   ORDER BY g.published_end IS NULL, g.published_end, f.id LIMIT 1)"
         " FROM incident_event m JOIN event e ON e.id = m.event JOIN dispatch d ON d.id = e.dispatch LEFT JOIN copy k ON k.dispatch = d.id WHERE m.incident = ?1) WHERE id = ?1");
    sqlite3_bind_int64(s, 1, incident);
    code = chy_record_done(s, sqlite3_step(s));
    sqlite3_stmt *c = chy_record_stmt(r, S_CONTEST, "UPDATE incident_event SET contested = i.contested FROM incident i WHERE i.id = ?1 AND incident_event.incident = ?1 AND incident_event.contested <> i.contested");
    if (code != SQLITE_OK || !c) return code != SQLITE_OK ? code : sqlite3_errcode(r->db);
    sqlite3_bind_int64(c, 1, incident);
    return chy_record_done(c, sqlite3_step(c));
}

int chy_record_recount(chy_record *r, int64_t incident) { return count(r, incident); }

int chy_record_stale(chy_record *r, int64_t incident)
{
    if (r->n_stale && r->stale[r->n_stale - 1] == incident) return SQLITE_OK;
    if (r->n_stale == r->max_stale) {
        size_t max = r->max_stale ? 2 * r->max_stale : 256;
        int64_t *more = realloc(r->stale, max * sizeof *more);
        if (!more) return SQLITE_NOMEM;
        r->stale = more, r->max_stale = max;
    }
    r->stale[r->n_stale++] = incident;
    return SQLITE_OK;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

int chy_record_count_stale(chy_record *r)
{
    int code = SQLITE_OK;
    if (r->n_stale) qsort(r->stale, r->n_stale, sizeof *r->stale, by_number);
    for (size_t i = 0; code == SQLITE_OK && i < r->n_stale; i++)
        if (!i || r->stale[i] != r->stale[i - 1]) code = count(r, r->stale[i]);
    r->n_stale = 0;
    return code;
}

/* The fold as a number: 47 bits, for SQLite keeps those in six bytes. */
static int64_t fold_of(const telling *t) { return (int64_t)(chy_hash(t->fold, strlen(t->fold), 0) >> 17); }

static int enter(chy_record *r, const telling *t, int64_t incident, const char *how)
{
    CHY_RECORD_STMT(S_JOIN, "INSERT OR REPLACE INTO incident_event (event, incident, how, fold, day, span, contested) VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT contested FROM incident WHERE id = ?2))");
    sqlite3_bind_int64(s, 1, t->id);
    sqlite3_bind_int64(s, 2, incident);
    sqlite3_bind_text(s, 3, how, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 4, fold_of(t));
    sqlite3_bind_int(s, 5, t->when.day);
    sqlite3_bind_int(s, 6, t->when.span);
    return chy_record_done(s, sqlite3_step(s));
}

static int join(chy_record *r, const telling *t, int64_t incident)
{
    int code = enter(r, t, incident, "told again");
    return code == SQLITE_OK ? chy_record_stale(r, incident) : code;
}

/* What count() would find of one event alone. */
static int open_new(chy_record *r, const telling *t)
{
    int code = lay_voices(r, t->id, false);
    if (code != SQLITE_OK) return code;
    CHY_RECORD_STMT(S_NEW,
         "INSERT INTO incident (date_begin, date_end, first_event, n_events, n_dispatches, n_publishers, n_voices, contested) "
         "SELECT e.date_begin, e.date_end, e.id, 1, 1, d.publisher IS NOT NULL, (SELECT count(DISTINCT v.voice) FROM voice v WHERE v.event = ?1 AND v.says = 'asserts' AND v.nearest), "
         "e.status IN ('denied', 'disputed') OR EXISTS (SELECT 1 FROM claim c WHERE c.event = ?1 AND c.stance = 'denies') "
         "FROM event e JOIN dispatch d ON d.id = e.dispatch WHERE e.id = ?1");
    sqlite3_bind_int64(s, 1, t->id);
    code = chy_record_done(s, sqlite3_step(s));
    return code == SQLITE_OK ? enter(r, t, sqlite3_last_insert_rowid(r->db), "first") : code;
}

/* Events of this fold on the same days or the day before or after, the latest first. What lasts longer is looked for from further back. */
static int members(chy_record *r, const telling *t, int64_t (*v)[2], uint32_t *n)
{
#define OF_SPAN(span, from)                                                                                            \
    "SELECT m.event, m.incident FROM incident_event m JOIN event e ON e.id = m.event WHERE m.fold = ?1 AND m.span = " span " AND m.day BETWEEN " from             \
    " AND ?5 AND e.date_end >= ?6 AND m.how <> 'split' "
    CHY_RECORD_STMT(S_MEMBERS, OF_SPAN("0", "?2") "UNION ALL " OF_SPAN("1", "?3") "UNION ALL " OF_SPAN("2", "?4") "ORDER BY 1 DESC LIMIT ?7");
#undef OF_SPAN
    char first[11];
    chy_day_format(t->begin - 1, first);
    sqlite3_bind_int64(s, 1, fold_of(t));
    sqlite3_bind_int(s, 2, chy_record_day_number(t->begin - 1 - CHY_SPAN_DAYS_0));
    sqlite3_bind_int(s, 3, chy_record_day_number(t->begin - 1 - CHY_SPAN_DAYS_1));
    sqlite3_bind_int(s, 4, 0);
    sqlite3_bind_int(s, 5, chy_record_day_number(t->end + 1));
    sqlite3_bind_text(s, 6, first, -1, SQLITE_STATIC);
    sqlite3_bind_int(s, 7, MAX_MEMBERS);
    int code;
    for (*n = 0; (code = sqlite3_step(s)) == SQLITE_ROW && *n < MAX_MEMBERS; (*n)++) v[*n][0] = sqlite3_column_int64(s, 0), v[*n][1] = sqlite3_column_int64(s, 1);
    return chy_record_done(s, code);
}

int chy_record_enter(chy_record *r, int64_t event, int64_t incident, const char *how)
{
    const telling *t;
    int code = load(r, event, &t);
    return code == SQLITE_OK ? enter(r, t, incident, how) : code;
}

int chy_record_fold(chy_record *r, int64_t event)
{
    telling *t = malloc(sizeof *t);
    if (!t) return SQLITE_NOMEM;
    int64_t v[MAX_MEMBERS][2], incident = 0;
    uint32_t n = 0;
    const telling *other;
    int code = load(r, event, &other);
    if (code == SQLITE_OK) *t = *other; /* what is loaded next may take its place */
    if (code == SQLITE_OK && t->begin != CHY_NO_DAY && t->end != CHY_NO_DAY) code = members(r, t, v, &n);
    for (uint32_t i = 0; code == SQLITE_OK && !incident && i < n; i++)
        if ((code = load(r, v[i][0], &other)) == SQLITE_OK && same(t, other)) incident = v[i][1];
    if (code == SQLITE_OK) code = incident ? join(r, t, incident) : open_new(r, t);
    free(t);
    return code;
}

int chy_record_unfold(chy_record *r, int64_t event)
{
    CHY_RECORD_STMT(S_UNFOLD, "DELETE FROM incident_event WHERE event = ? RETURNING incident");
    sqlite3_bind_int64(s, 1, event);
    int code = sqlite3_step(s);
    int64_t incident = code == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    if ((code = chy_record_done(s, code)) != SQLITE_OK || !incident) return code;
    code = lay_voices(r, event, true);
    return code == SQLITE_OK ? chy_record_stale(r, incident) : code;
}
