/* SPDX-License-Identifier: Apache-2.0
 *
 * Columns and SQL must mean the same by an expression; counts and lists must agree with both.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "session_bed.h"

#include "serve/look.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char path[64];
static chy_record *record;
static chy_store *store;

/* ---------------------------------------------------------------------- a record */

static const char *const stories[] = {
    ("KYIV, March 3 (Reuters) - Russia fired missiles at Kharkiv on Friday, killing four people, Ukraine's defence ministry said. Moscow denied that it had struck the city.\n"
    "The European Union condemned the attack. U.S. President Joe Biden will meet Ukrainian President Volodymyr Zelenskiy next week.\n"),
    "KYIV, March 4 (Reuters) - Russia fired missiles at Kharkiv on Friday, killing four people, officials said. Russia rejected the accusation.\n",
    "TEHRAN, 5 June 2022 - Iran accused Israel of killing a colonel in Tehran. Israel did not comment. Turkey offered to mediate between Iran and Israel.\n",
    "BEIJING, 10 May 1961 - China and India signed a trade agreement. Pakistan protested.\n",
    "Police arrested twelve protesters in Nairobi, the opposition said. The government denied it.\n",
    "GENEVA, 1 July 2023 - The United Nations condemned Russia on Saturday. NATO promised aid to Ukraine. Russia accused the United Nations of lying, its spokesman said.\n",
    "ACCRA, 2024-11-05 - Ghana's foreign minister visited Togo on Monday. Togo promised aid to Ghana. Rebels attacked a convoy in Mali; no group claimed it.\n",
};
static const char *const publishers[] = {"Daily Example", "The Paper, of Record", "Daily Example", "", "Weekly", "Weekly", "Weekly"};
static const char *const published[] = {"2023-03-03", "2023-03-04", "2022-06-05", "1961-05-10", "", "2023-07-01", "2024-11-05"};

static void add(unsigned k, unsigned copy)
{
    char id[32], text[4096];
    snprintf(id, sizeof id, "\"s%u-%u\"", k, copy);
    snprintf(text, sizeof text, "%s\nOfficials met again on day %u.\n", stories[k], copy + 1);
    chy_interval day = {CHY_NO_DAY, CHY_NO_DAY};
    if (chy_day_parse(chy_slice_z(published[k]), &day.begin) == CHY_OK) day.end = day.begin;
    chy_input in = {.bytes = chy_slice_z(text), .publisher = chy_slice_z(publishers[k]), .published = &day, .n_published = 1, .id = chy_slice_z(id)};
    const chy_page *page;
    chy_parcel *parcel = NULL;
    assert_int_equal(chy_session_read(session, &in, CHY_STAGE_CLAIMS, 0, &page, NULL), CHY_OK);
    assert_int_equal(chy_parcel_make(page, &in, in.id, in.id, &parcel, NULL), CHY_OK);
    assert_int_equal(chy_record_put(record, parcel, NULL, NULL), CHY_OK);
    chy_parcel_free(parcel);
}

static void put(unsigned from, unsigned copies)
{
    assert_int_equal(chy_record_begin(record, "add", "x", NULL), CHY_OK);
    for (unsigned k = 0; k < sizeof stories / sizeof *stories; k++)
        for (unsigned i = from; i < from + copies; i++) add(k, i);
    assert_int_equal(chy_record_end(record, NULL), CHY_OK);
}

static int64_t sql_number(const char *sql)
{
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_prepare_v2(record->db, sql, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return n;
}

/* Events of a kind that the stories have not: no day, two sectors, several modes; and what the record keeps of an event elsewhere brought up to it. */
static void roughen(void)
{
    assert_int_equal(sqlite3_exec(record->db, "UPDATE event SET date_begin = NULL, date_end = NULL WHERE id % 7 = 3;"
        "UPDATE event SET mode = 'allege,abduct' WHERE id % 5 = 1; UPDATE event SET context = 'military,election' WHERE id % 4 = 1; UPDATE event SET quad = 0 WHERE id % 11 = 5;"
        "UPDATE participant SET sector = 'GOV,MIL' WHERE event % 6 = 1; UPDATE event SET withdrawn_utc = '2030-01-01T00:00:00Z' WHERE id % 13 = 4;"
        "INSERT INTO dispatch_agency SELECT id, (SELECT min(id) FROM source) FROM dispatch WHERE id % 3 = 0;"
        "UPDATE event SET place = (SELECT id FROM place LIMIT 1) WHERE id % 9 = 2; DELETE FROM incident_event WHERE event IN (SELECT id FROM event WHERE withdrawn_utc IS NOT NULL);"
        "UPDATE participant SET (day, span) = (SELECT day, span FROM event WHERE id = event); UPDATE claim SET (day, span) = (SELECT day, span FROM event WHERE id = event);"
        "UPDATE incident_event SET (day, span) = (SELECT day, span FROM event WHERE id = event); DELETE FROM dyad; INSERT INTO dyad (source, target, span, day, event) "
        "SELECT DISTINCT s.country, t.country, e.span, e.day, e.id FROM event e JOIN participant s ON s.event = e.id AND s.side = 'source' "
        "JOIN participant t ON t.event = e.id AND t.side = 'target' WHERE e.withdrawn_utc IS NULL;"
        "DELETE FROM facet; INSERT OR IGNORE INTO facet (field, value, span, day, event) SELECT f.field, j.value, e.span, e.day, e.id FROM (SELECT 'mode' AS field, mode AS list, id FROM event UNION ALL "
        "SELECT 'context', context, id FROM event UNION ALL SELECT 'sector', sector, event FROM participant) f JOIN event e ON e.id = f.id JOIN json_each('[\"' || replace(f.list, ',', '\",\"') || '\"]') j WHERE f.list <> ''",
        NULL, NULL, NULL), SQLITE_OK);
    for (int64_t i = sql_number("SELECT max(id) FROM incident"); i > 0; i--) assert_int_equal(chy_record_recount(record, i), SQLITE_OK);
}

static int set_up_record(void **state)
{
    if (set_up(state)) return 1;
    snprintf(path, sizeof path, "/tmp/chancery-store-%ld.db", (long)getpid());
    unlink(path);
    if (chy_record_open(path, CHY_RECORD_CREATE, &record, NULL) != CHY_OK) return 1;
    put(0, 3);
    roughen();
    return chy_store_open(path, &store, NULL) != CHY_OK;
}

static int tear_down_record(void **state)
{
    chy_store_close(store);
    chy_record_close(record);
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (unsigned i = 0; i < 3; i++) {
        char name[80];
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
    return tear_down(state);
}

/* ------------------------------------------------------------------- one meaning */

typedef struct ids {
    int64_t v[4096];
    uint32_t n;
} ids;

static int take_id(void *ctx, const chy_slice *cells, uint32_t n)
{
    ids *x = ctx;
    (void)n;
    if (x->n < 4096) x->v[x->n++] = strtoll(cells[0].p, NULL, 10);
    return 0;
}

static int rising(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* How many events both find; fails where they do not find the same. */
static uint32_t same(const chy_columns *c, const char *expression)
{
    ids sql = {.n = 0}, columns = {.n = 0};
    chy_error a = {0}, b = {0};
    chy_bits bits;
    chy_status st = chy_record_select(record, "events", chy_slice_z(expression), NULL, 0, take_id, &sql, &a);
    chy_status mine = chy_store_find(store, c, record, chy_slice_z(expression), &bits, NULL, &b);
    if (st != mine) fail_msg("%s: SQL says %d %s, columns %d %s", expression, st, a.message, mine, b.message);
    if (st != CHY_OK) {
        assert_string_equal(a.message, b.message);
        return 0;
    }
    for (uint32_t row = 0; row < c->n; row++)
        if (chy_bits_get(&bits, row)) columns.v[columns.n++] = c->id[row];
    qsort(sql.v, sql.n, sizeof *sql.v, rising);
    qsort(columns.v, columns.n, sizeof *columns.v, rising);
    if (sql.n != columns.n || memcmp(sql.v, columns.v, sql.n * sizeof *sql.v) != 0) fail_msg("%s: SQL finds %u, columns %u", expression, sql.n, columns.n);
    assert_int_equal(chy_bits_count(&bits), columns.n);
    chy_bits_free(&bits);
    return sql.n;
}

/* Values that occur, and some that do not, of each field. */
static const struct values {
    const char *field, *sql;
} fields[] = {
    {"actor", "SELECT DISTINCT country FROM participant UNION SELECT key FROM actor UNION SELECT substr(name, 2, 4) FROM actor UNION VALUES ('%'), ('_inister'), ('XXX'), ('UNO'), ('iran')"},
    {"source", "SELECT DISTINCT country FROM participant UNION SELECT key FROM actor"},
    {"target", "SELECT DISTINCT country FROM participant UNION SELECT name FROM actor"},
    {"dyad", "SELECT DISTINCT s.country || '>' || t.country FROM participant s, participant t UNION SELECT s.country || '-' || t.key FROM participant s, actor t UNION VALUES ('XXX-IRN'), ('UNO-RUS'), ('RUS>UNO'), ('IRN')"},
    {"sector", "SELECT DISTINCT sector FROM participant WHERE sector <> '' UNION VALUES ('GOV'), ('MIL'), ('gov'), ('G%'), ('GOV,MIL'), ('XYZ')"},
    {"type", "SELECT DISTINCT type FROM event UNION VALUES ('assault'), ('NONE')"},
    {"mode", "SELECT DISTINCT mode FROM event WHERE mode <> '' UNION VALUES ('allege'), ('Abduct'), ('ab%'), ('_llege'), ('none')"},
    {"context", "SELECT DISTINCT context FROM event WHERE context <> '' UNION VALUES ('military'), ('none')"},
    {"quad", "VALUES ('1'), ('2'), ('3'), ('4'), ('0'), ('12')"},
    {"status", "SELECT DISTINCT status FROM event UNION VALUES ('xx')"},
    {"from", "SELECT DISTINCT date_begin FROM event WHERE date_begin IS NOT NULL UNION VALUES ('1961'), ('2022'), ('2022-06'), ('2023-03-03'), ('9999'), ('0001-01-01'), ('soon')"},
    {"to", "SELECT DISTINCT date_end FROM event WHERE date_end IS NOT NULL UNION VALUES ('1961'), ('2022'), ('2022-06'), ('2023-02'), ('9999'), ('0001-01-01'), ('2022-13')"},
    {"place", "SELECT DISTINCT country FROM place WHERE country IS NOT NULL UNION SELECT name FROM place UNION VALUES ('XXX'), ('Nowhere')"},
    {"voice", "SELECT name FROM source UNION SELECT DISTINCT country FROM claim WHERE country IS NOT NULL UNION SELECT key FROM actor UNION VALUES ('minist'), ('UNO'), ('Nobody')"},
    {"denier", "SELECT DISTINCT country FROM claim WHERE country IS NOT NULL UNION SELECT substr(name, 1, 5) FROM actor UNION VALUES ('Nobody')"},
    {"publisher", "SELECT name FROM source UNION VALUES ('Nobody')"},
    {"agency", "SELECT name FROM source UNION VALUES ('Nobody')"},
    {"text", "VALUES ('Russia'), ('fired missiles'), ('RUSSIA'), ('nothing of it'), ('AND'), ('\xc3\xa9')"},
    {"incident", "SELECT CAST(id AS TEXT) FROM incident UNION VALUES ('0'), ('99999'), ('x1')"},
    {"dispatch", "SELECT CAST(id AS TEXT) FROM dispatch UNION VALUES ('0'), ('99999'), ('-1')"},
    {"event", "SELECT key FROM event UNION VALUES ('none')"},
    {"contested", "VALUES ('yes'), ('no'), ('maybe')"},
};
enum { N_FIELDS = sizeof fields / sizeof *fields, MAX_VALUES = 400, MAX_TERM = 200 };

static char terms[N_FIELDS][MAX_VALUES][MAX_TERM];
static unsigned n_terms[N_FIELDS];

static void gather(void)
{
    for (unsigned f = 0; f < N_FIELDS; f++) {
        sqlite3_stmt *s;
        assert_int_equal(sqlite3_prepare_v2(record->db, fields[f].sql, -1, &s, NULL), SQLITE_OK);
        while (sqlite3_step(s) == SQLITE_ROW && n_terms[f] < MAX_VALUES)
            snprintf(terms[f][n_terms[f]++], MAX_TERM, "%s:\"%.150s\"", fields[f].field, (const char *)sqlite3_column_text(s, 0));
        sqlite3_finalize(s);
        assert_true(n_terms[f] > 0);
    }
}

static void columns_mean_what_sql_means(void **state)
{
    (void)state;
    const chy_columns *c;
    assert_int_equal(chy_store_hold(store, &c, NULL), CHY_OK);
    assert_true(same(c, "") > 20);
    gather();
    unsigned found = 0, tried = 0;
    for (unsigned f = 0; f < N_FIELDS; f++) {
        unsigned of_field = 0;
        for (unsigned i = 0; i < n_terms[f]; i++) {
            char negated[MAX_TERM + 2];
            snprintf(negated, sizeof negated, "-%s", terms[f][i]);
            uint32_t n = same(c, terms[f][i]), others = same(c, negated);
            of_field += n > 0;
            if (n) assert_int_equal(n + others, same(c, ""));
            tried++;
        }
        if (!of_field) fail_msg("no value of %s finds anything", fields[f].field);
    }
    /* Two and three terms together, with alternatives. */
    uint32_t seed = 1;
    for (unsigned i = 0; i < 1500; i++) {
        char x[1024] = "";
        for (unsigned k = 0; k < 1 + i % 3; k++) {
            seed = seed * 1664525u + 1013904223u;
            unsigned f = (seed >> 16) % N_FIELDS, v = (seed >> 8) % n_terms[f];
            const char *other = strchr(terms[f][(v + 1) % n_terms[f]], ':') + 1;
            size_t at = strlen(x);
            snprintf(x + at, sizeof x - at, "%s%s%s%s%s", k ? " " : "", seed & 1 ? "-" : "", terms[f][v], seed & 2 ? "," : "", seed & 2 ? other : "");
        }
        found += same(c, x) > 0;
        tried++;
    }
    assert_true(found > 300 && tried > 1600);
    chy_store_release(store, c);
}

static void wrong_terms_are_named(void **state)
{
    (void)state;
    const chy_columns *c;
    chy_bits bits;
    chy_error err = {0};
    chy_slice wrong = {NULL, 0};
    assert_int_equal(chy_store_hold(store, &c, NULL), CHY_OK);
    assert_int_equal(chy_store_find(store, c, record, chy_slice_z("actor:IRN colour:red quad:1"), &bits, &wrong, &err), CHY_E_ARGUMENT);
    assert_true(chy_slice_eqz(wrong, "colour:red"));
    assert_non_null(strstr(err.message, "no such field: colour"));
    chy_store_release(store, c);
}

/* ---------------------------------------------------------------------- endpoints */

static json_t *ask_for(chy_endpoint *endpoint, const char *const *pairs)
{
    const char *names[12];
    chy_slice values[12];
    chy_ask ask = {names, values, 0, NULL};
    for (; pairs[0]; pairs += 2, ask.n++) names[ask.n] = pairs[0], values[ask.n] = chy_slice_z(pairs[1]);
    chy_serve serve = {.data = data, .store = store, .record = record, .path = path};
    chy_answer answer = {0};
    chy_error err = {0};
    if (endpoint(&serve, &ask, &answer, &err) != CHY_OK) fail_msg("%s", err.message);
    assert_non_null(answer.json);
    return answer.json;
}
#define ASK(endpoint, ...) ask_for(endpoint, (const char *const[]){__VA_ARGS__, NULL})

static int64_t number(const json_t *j, const char *key) { return json_integer_value(json_object_get(j, key)); }

static void facets_count_what_there_is(void **state)
{
    (void)state;
    json_t *j = ASK(chy_serve_facets, "q", "", "unit", "events", "top", "100");
    assert_int_equal(number(j, "total"), sql_number("SELECT count(*) FROM event WHERE withdrawn_utc IS NULL"));
    assert_int_equal(number(j, "undated"), sql_number("SELECT count(*) FROM event WHERE withdrawn_utc IS NULL AND date_begin IS NULL"));
    size_t i;
    json_t *v;
    int64_t last = INT64_MAX;
    json_array_foreach(json_object_get(j, "country"), i, v) {
        char sql[256];
        snprintf(sql, sizeof sql, "SELECT count(DISTINCT p.event) FROM participant p JOIN event e ON e.id = p.event WHERE e.withdrawn_utc IS NULL AND p.country = '%s'",
                 json_string_value(json_object_get(v, "value")));
        assert_int_equal(number(v, "n"), sql_number(sql));
        assert_true(number(v, "n") <= last);
        last = number(v, "n");
    }
    assert_true(i > 4);
    json_decref(j);
    j = ASK(chy_serve_facets, "q", "", "unit", "incidents", "top", "2");
    assert_int_equal(number(j, "total"), sql_number("SELECT count(DISTINCT m.incident) FROM incident_event m JOIN event e ON e.id = m.event WHERE e.withdrawn_utc IS NULL"));
    assert_int_equal(json_array_size(json_object_get(j, "type")), 2);
    v = json_array_get(json_object_get(j, "dyad"), 0);
    assert_int_equal(number(v, "n"), sql_number("SELECT count(DISTINCT m.incident) FROM incident_event m JOIN event e ON e.id = m.event JOIN participant s ON s.event = e.id AND s.side = 'source' "
        "JOIN participant t ON t.event = e.id AND t.side = 'target' WHERE e.withdrawn_utc IS NULL GROUP BY s.country, t.country ORDER BY 1 DESC LIMIT 1"));
    json_decref(j);
}

typedef struct sums {
    const json_t *periods, *keys;
    size_t rows;
} sums;

static int check_count(void *ctx, const chy_slice *cells, uint32_t n)
{
    sums *x = ctx;
    assert_true(n >= 4); /* period, class, events, incidents … */
    size_t i;
    json_t *p;
    int64_t here = 0;
    json_array_foreach(x->periods, i, p) {
        const char *begin = json_string_value(json_object_get(p, "begin"));
        if (strncmp(begin, cells[0].p, cells[0].n) != 0) continue;
        for (size_t k = 0; k < json_array_size(x->keys); k++)
            if (chy_slice_eqz(cells[1], json_string_value(json_array_get(x->keys, k)))) here = json_integer_value(json_array_get(json_object_get(p, "n"), k));
    }
    if (here != strtoll(cells[3].p, NULL, 10)) fail_msg("%.*s %.*s: %lld, not %.*s", (int)cells[0].n, cells[0].p, (int)cells[1].n, cells[1].p, (long long)here, (int)cells[3].n, cells[3].p);
    x->rows += here > 0;
    return 0;
}

static void timeline_agrees_with_counts(void **state)
{
    (void)state;
    static const char *const periods[] = {"day", "week", "month", "year"}, *const splits[] = {"quad", "type", "status"}, *const qs[] = {"", "actor:RUS", "-actor:RUS -quad:1", "text:officials"};
    for (unsigned i = 0; i < 4 * 3 * 4; i++) {
        const char *by = periods[i % 4], *split = splits[i / 4 % 3], *q = qs[i / 12];
        char list[32];
        snprintf(list, sizeof list, "%s,%s", by, split);
        json_t *j = ASK(chy_serve_timeline, "q", q, "by", by, "split", split, "unit", "incidents");
        sums x = {json_object_get(j, "periods"), json_object_get(j, "keys"), 0};
        chy_counts about;
        assert_int_equal(chy_record_counts(record, list, chy_slice_z(q), NULL, &about, check_count, &x, NULL), CHY_OK);
        assert_true(x.rows > 0);
        json_decref(j);
    }
    json_t *j = ASK(chy_serve_timeline, "q", "", "by", "auto", "split", "quad", "unit", "events");
    assert_string_equal(json_string_value(json_object_get(j, "by")), "year");
    assert_string_equal(json_string_value(json_object_get(j, "first")), "1961-05-08");
    json_decref(j);
}

/* Every page together are the whole list, each once, in order; also where rows come between. */
static void walk_as_of(chy_endpoint *endpoint, const char *q, const char *order, const char *as_of)
{
    char cursor[64] = "", before[16] = "";
    int64_t seen = 0, total = -1;
    bool newest = strcmp(order, "newest") == 0, undated = false;
    for (;;) {
        json_t *j = ASK(endpoint, "q", q, "limit", "7", "cursor", cursor, "order", order, "as_of", as_of);
        total = number(j, "total");
        size_t i;
        json_t *row;
        json_array_foreach(json_object_get(j, "rows"), i, row) {
            if (json_object_get(row, "incident") && json_is_object(json_object_get(row, "incident"))) row = json_object_get(row, "incident");
            const char *day = json_string_value(json_object_get(json_object_get(row, "date"), "begin"));
            seen++;
            if (!day) undated = true;
            else assert_false(undated);
            if (day && before[0]) assert_true(newest ? strcmp(day, before) <= 0 : strcmp(day, before) >= 0);
            if (day) snprintf(before, sizeof before, "%s", day);
        }
        const char *next = json_string_value(json_object_get(j, "next"));
        snprintf(cursor, sizeof cursor, "%s", next ? next : "");
        json_decref(j);
        if (!cursor[0]) break;
        assert_true(seen < total);
    }
    assert_int_equal(seen, total);
}

static void walk(chy_endpoint *endpoint, const char *q, const char *order) { walk_as_of(endpoint, q, order, ""); }

static void moments_are_asked_of_the_record(void **state)
{
    (void)state;
    walk_as_of(chy_serve_events, "", "newest", "2029");
    walk_as_of(chy_serve_events, "-quad:1", "oldest", "2029");
    json_t *j = ASK(chy_serve_events, "q", "", "limit", "1", "order", "oldest", "as_of", "2029-01-01T00:00:00Z");
    assert_int_equal(number(j, "total"), sql_number("SELECT count(*) FROM event")); /* what is withdrawn later is there */
    json_decref(j);
    j = ASK(chy_serve_events, "q", "", "limit", "1", "order", "oldest", "as_of", "2001");
    assert_int_equal(number(j, "total"), 0);
    json_decref(j);
}

static void pages_make_the_list(void **state)
{
    (void)state;
    walk(chy_serve_events, "", "newest");
    walk(chy_serve_events, "", "oldest");
    walk(chy_serve_events, "actor:RUS", "newest");
    walk(chy_serve_incidents, "", "oldest");
    walk(chy_serve_incidents, "-quad:1", "newest");
    json_t *j = ASK(chy_serve_incidents, "q", "contested:yes", "limit", "500", "cursor", "", "order", "newest");
    assert_int_equal(number(j, "total"), sql_number("SELECT count(DISTINCT i.id) FROM incident i JOIN incident_event m ON m.incident = i.id JOIN event e ON e.id = m.event "
                                                    "WHERE i.contested AND e.withdrawn_utc IS NULL"));
    json_decref(j);
}

static void contested_has_both_sides(void **state)
{
    (void)state;
    walk(chy_serve_contested, "", "newest");
    json_t *j = ASK(chy_serve_contested, "q", "", "limit", "500", "cursor", "", "order", "oldest");
    assert_true(number(j, "total") > 0);
    size_t i, sided = 0;
    json_t *row;
    json_array_foreach(json_object_get(j, "rows"), i, row) {
        assert_true(json_is_true(json_object_get(json_object_get(row, "incident"), "contested")));
        assert_int_equal(number(row, "n_against"), json_array_size(json_object_get(row, "denied_by")));
        if (!number(row, "n_against")) continue;
        sided += number(row, "n_for") > 0;
        assert_true(json_is_string(json_object_get(row, "since")) || json_is_null(json_object_get(json_object_get(json_object_get(row, "incident"), "first"), "published")));
        assert_true(number(json_array_get(json_object_get(row, "denied_by"), 0), "n") >= 1);
    }
    assert_true(sided > 0);
    json_decref(j);
}

static void relation_has_both_ways(void **state)
{
    (void)state;
    json_t *j = ASK(chy_serve_relation, "q", "", "a", "RUS", "b", "UKR", "by", "year", "unit", "events");
    int64_t ab = 0, ba = 0;
    size_t i;
    json_t *p;
    json_array_foreach(json_object_get(j, "periods"), i, p) {
        for (size_t k = 0; k < 4; k++) {
            ab += json_integer_value(json_array_get(json_object_get(json_object_get(p, "ab"), "n"), k));
            ba += json_integer_value(json_array_get(json_object_get(json_object_get(p, "ba"), "n"), k));
        }
    }
    const chy_columns *c;
    assert_int_equal(chy_store_hold(store, &c, NULL), CHY_OK);
    assert_int_equal(ab, same(c, "dyad:RUS>UKR from:0001 quad:1,2,3,4"));
    assert_int_equal(ba, same(c, "dyad:UKR>RUS from:0001 quad:1,2,3,4"));
    assert_int_equal(number(j, "total"), same(c, "dyad:RUS-UKR"));
    assert_true(ab > 0);
    chy_store_release(store, c);
    json_decref(j);
}

static void network_and_places_count(void **state)
{
    (void)state;
    json_t *j = ASK(chy_serve_network, "q", "", "level", "actor", "nodes", "5", "unit", "events");
    assert_int_equal(json_array_size(json_object_get(j, "nodes")), 5);
    assert_true(number(j, "omitted") > 0);
    json_t *first = json_array_get(json_object_get(j, "nodes"), 0);
    char sql[512];
    snprintf(sql, sizeof sql, "SELECT count(DISTINCT p.event) FROM participant p JOIN actor a ON a.id = p.actor JOIN event e ON e.id = p.event WHERE e.withdrawn_utc IS NULL AND a.key = '%s'",
             json_string_value(json_object_get(first, "id")));
    assert_int_equal(number(first, "n"), sql_number(sql));
    json_decref(j);
    j = ASK(chy_serve_network, "q", "dyad:RUS-UKR", "level", "country", "nodes", "40", "unit", "incidents");
    assert_true(json_array_size(json_object_get(j, "links")) > 0);
    json_decref(j);
    j = ASK(chy_serve_places, "q", "", "places", "1", "unit", "events");
    assert_int_equal(number(j, "total") - number(j, "unplaced"), sql_number("SELECT count(*) FROM event WHERE withdrawn_utc IS NULL AND place IS NOT NULL"));
    assert_int_equal(json_array_size(json_object_get(j, "rows")), 1);
    json_decref(j);
}

static void answers_are_kept_apart(void **state)
{
    (void)state;
    const chy_columns *c;
    assert_int_equal(chy_store_hold(store, &c, NULL), CHY_OK);
    assert_null(chy_store_recall(store, c, CHY_LIT("facets q=1")));
    for (int i = 0; i < 100; i++) {
        char question[32];
        snprintf(question, sizeof question, "facets q=%d", i);
        json_t *j = json_integer(i);
        chy_store_keep(store, c, chy_slice_z(question), j);
        json_decref(j);
        j = chy_store_recall(store, c, chy_slice_z(question));
        assert_int_equal(json_integer_value(j), i);
        json_decref(j);
    }
    assert_null(chy_store_recall(store, c, CHY_LIT("facets q=1"))); /* there is room for few */
    json_t *j = chy_store_recall(store, c, CHY_LIT("facets q=99"));
    assert_non_null(j);
    json_decref(j);
    chy_store_release(store, c);
}

/* ------------------------------------------------------------------------ changes */

static void the_store_follows_the_record(void **state)
{
    (void)state;
    char before[17], after[17];
    const chy_columns *old, *new;
    assert_int_equal(chy_store_hold(store, &old, NULL), CHY_OK);
    uint32_t n = old->n;
    chy_store_state(store, before);
    put(10, 1);
    assert_int_equal(chy_store_refresh(store, NULL), CHY_OK);
    chy_store_state(store, after);
    assert_string_not_equal(before, after);
    assert_int_equal(chy_store_hold(store, &new, NULL), CHY_OK);
    assert_true(new->n > n);
    assert_int_equal(old->n, n); /* who holds them keeps them */
    chy_store_release(store, old);
    assert_true(same(new, "") == new->n);
    /* A verdict is in no column. */
    assert_int_equal(sqlite3_exec(record->db, "INSERT INTO verdict SELECT key, dispatch, revision, 'me', 'right', '{}', '', 0, '2026-01-01T00:00:00Z' FROM event LIMIT 1", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(chy_store_refresh(store, NULL), CHY_OK);
    chy_store_state(store, before);
    assert_string_equal(before, after);
    chy_store_release(store, new);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_mean_what_sql_means), cmocka_unit_test(wrong_terms_are_named),    cmocka_unit_test(facets_count_what_there_is),
        cmocka_unit_test(timeline_agrees_with_counts), cmocka_unit_test(pages_make_the_list),      cmocka_unit_test(contested_has_both_sides),     cmocka_unit_test(moments_are_asked_of_the_record),
        cmocka_unit_test(relation_has_both_ways),
        cmocka_unit_test(network_and_places_count),    cmocka_unit_test(answers_are_kept_apart),        cmocka_unit_test(the_store_follows_the_record),
    };
    return cmocka_run_group_tests(tests, set_up_record, tear_down_record);
}
