/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/store.h"
#include "serve/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zstd.h>
#include <cmocka.h>

static const char story[] =
    "Envoys leave after raid\n\n"
    "TEHRAN, Jan 13 (Gulf Wire) - Iran on Monday condemned Israeli strikes near Damascus and expelled two Israeli envoys.\n\n"
    "\"We never attacked anyone,\" Iranian Foreign Minister Kazem Rostami said, denying that Iran had shelled Erbil.\n\n"
    "France called on Iran to return to talks in Vienna on 20 January 2025.\n";

static chy_data *data;
static chy_serve serve;
static char path[] = "/tmp/chy-reader-XXXXXX";

static void put(chy_record *r, const char *text, chy_interval day)
{
    chy_session *s;
    chy_error err = {0};
    chy_parcel *parcel = NULL;
    const chy_page *page;
    chy_input in = {.bytes = chy_slice_z(text), .kind = CHY_INPUT_TEXT, .published = &day, .n_published = 1, .publisher = CHY_LIT("Gulf Times")};
    if (chy_session_new(data, &s, &err) != CHY_OK || chy_session_read(s, &in, CHY_STAGE_CLAIMS, 0, &page, &err) != CHY_OK ||
        chy_parcel_make(page, &in, CHY_LIT("\"one\""), CHY_LIT("one.txt"), &parcel, &err) != CHY_OK || chy_record_put(r, parcel, NULL, &err) != CHY_OK)
        fail_msg("%s", err.message);
    chy_parcel_free(parcel);
    chy_session_free(s);
}

static int set_up(void **state)
{
    (void)state;
    chy_error err = {0};
    chy_record *r;
    chy_interval day = {0, 0};
    int fd = mkstemp(path);
    if (fd < 0 || close(fd) || unlink(path)) return 1;
    if (chy_data_open(NULL, &data, &err) != CHY_OK || chy_record_open(path, CHY_RECORD_CREATE, &r, &err) != CHY_OK) return 1;
    if (chy_day_parse(CHY_LIT("2025-01-14"), &day.begin) != CHY_OK || chy_record_begin(r, "add", chy_data_hash(data), &err) != CHY_OK) return 1;
    day.end = day.begin;
    put(r, story, day);
    put(r, "Ministers meet\n\nLIMA, March 3 (Andes Wire) - Chile and Peru signed a fishing accord in Lima on Monday.\n", chy_interval_none());
    put(r, "Ministers part\n\nChile threatened Peru with sanctions on Tuesday after the accord had failed.\n", (chy_interval){day.begin + 40, day.begin + 40});
    put(r, "Ships leave\n\nChile sent two ships to the port of Lima on Friday, and Peru protested.\n", (chy_interval){day.begin + 40, day.begin + 40});
    if (chy_record_end(r, &err) != CHY_OK) return 1;
    chy_record_close(r);
    serve = (chy_serve){.data = data, .path = path, .token = "token"};
    if (chy_store_open(path, &serve.store, &err) != CHY_OK) return 1;
    return chy_record_open(path, CHY_RECORD_READ, &serve.record, &err) != CHY_OK;
}

static int tear_down(void **state)
{
    (void)state;
    char other[sizeof path + 4];
    chy_session_free(serve.session);
    chy_store_close(serve.store);
    chy_record_close(serve.record);
    chy_data_close(data);
    for (unsigned i = 0; i < 3; i++) {
        snprintf(other, sizeof other, "%s%s", path, (const char *const[]){"", "-wal", "-shm"}[i]);
        unlink(other);
    }
    return 0;
}

/* What an endpoint answers to several parameters, "name=value" each; NULL, with its status, where it refuses. */
static json_t *ask_all(chy_endpoint *f, const char *const *given, uint32_t n, const json_t *body, unsigned *status, chy_error *err)
{
    chy_slice values[4];
    char name[4][16];
    const char *names[4];
    chy_answer answer = {0};
    chy_ask a = {.names = names, .values = values, .n = n, .body = body};
    for (uint32_t i = 0; i < n; i++) {
        const char *eq = strchr(given[i], '=');
        snprintf(name[i], sizeof name[i], "%.*s", (int)(eq - given[i]), given[i]);
        names[i] = name[i], values[i] = chy_slice_z(eq + 1);
    }
    *err = (chy_error){0};
    chy_status st = f(&serve, &a, &answer, err);
    *status = st == CHY_OK ? (answer.status ? answer.status : 200) : answer.status ? answer.status : st == CHY_E_ARGUMENT ? 400 : 500;
    if (st == CHY_OK) {
        assert_non_null(answer.json);
        return answer.json;
    }
    assert_true(err->message[0]);
    json_decref(answer.json); /* holds the term that is wrong */
    return NULL;
}

static json_t *ask(chy_endpoint *f, const char *name, const char *value, json_t *body, unsigned *status, chy_error *err)
{
    char given[256];
    const char *all = given;
    if (name) snprintf(given, sizeof given, "%s=%s", name, value);
    json_t *v = ask_all(f, &all, name ? 1 : 0, body, status, err);
    json_decref(body);
    return v;
}

static json_t *well(chy_endpoint *f, const char *name, const char *value, json_t *body)
{
    unsigned status;
    chy_error err;
    json_t *v = ask(f, name, value, body, &status, &err);
    if (!v) fail_msg("%u: %s", status, err.message);
    return v;
}

static unsigned refused(chy_endpoint *f, const char *name, const char *value, json_t *body, chy_error *err)
{
    unsigned status;
    json_t *v = ask(f, name, value, body, &status, err);
    assert_null(v);
    return status;
}

static json_t *at(const json_t *v, const char *name)
{
    json_t *m = json_object_get(v, name);
    if (!m) fail_msg("no member %s", name);
    return m;
}

/* The piece of `text` that a range of `v` marks. */
static void piece(const char *text, const json_t *range, char out[256])
{
    size_t b = (size_t)json_integer_value(json_array_get(range, 0)), e = (size_t)json_integer_value(json_array_get(range, 1));
    assert_true(b <= e && e <= strlen(text) && e - b < 256);
    memcpy(out, text + b, e - b);
    out[e - b] = 0;
}

/* Every mark of that kind, its words with a bar behind each. */
static void marked(const json_t *marks, const char *text, const char *kind, const char *range, char out[1024])
{
    char word[256];
    size_t i;
    json_t *m;
    out[0] = 0;
    json_array_foreach(marks, i, m)
    {
        if (strcmp(json_string_value(at(m, "kind")), kind) != 0 || !json_is_array(at(m, range))) continue;
        piece(text, at(m, range), word);
        strcat(strcat(out, word), "|");
    }
}

static json_t *pasted(const char *text) { return json_pack("{s:s}", "text", text); }

static void a_story_has_its_events_at_their_words(void **state)
{
    (void)state;
    char word[256];
    size_t i;
    json_t *e, *v = well(chy_serve_dispatch, "id", "1", NULL);
    const char *text = json_string_value(at(v, "text"));
    assert_string_equal(json_string_value(at(v, "publisher")), "Gulf Times");
    assert_true(json_array_size(at(v, "events")) >= 3);
    json_int_t last = 0;
    json_array_foreach(at(v, "events"), i, e)
    {
        piece(text, at(e, "trigger"), word);
        json_t *row = at(e, "row"), *evidence = at(row, "evidence");
        char there[256];
        piece(json_string_value(at(evidence, "text")), at(evidence, "trigger"), there);
        assert_string_equal(word, there);
        json_t *part = json_array_get(at(e, "source"), 0);
        if (part) {
            piece(text, at(part, "range"), word);
            assert_string_equal(word, json_string_value(at(part, "text")));
        }
        json_int_t begin = json_integer_value(json_array_get(at(e, "trigger"), 0));
        assert_true(begin >= last);
        last = begin;
    }
    json_decref(v);
    chy_error err;
    assert_int_equal(refused(chy_serve_dispatch, "id", "77", NULL, &err), 404);
    assert_int_equal(refused(chy_serve_event, "id", "7777", NULL, &err), 404);
}

static void marks_stand_at_their_words(void **state)
{
    (void)state;
    char words[1024];
    json_t *v = well(chy_serve_marks, "id", "1", NULL), *d = well(chy_serve_dispatch, "id", "1", NULL);
    const char *text = json_string_value(at(d, "text"));
    marked(at(v, "marks"), text, "actor", "range", words);
    assert_non_null(strstr(words, "Iran|"));
    assert_non_null(strstr(words, "Iranian Foreign Minister Kazem Rostami|"));
    marked(at(v, "marks"), text, "date", "range", words);
    assert_non_null(strstr(words, "Monday|"));
    marked(at(v, "marks"), text, "claim", "cue", words);
    assert_non_null(strstr(words, "said|"));
    json_decref(v);
    json_decref(d);
}

static void an_explanation_is_of_the_event_s_sentence(void **state)
{
    (void)state;
    json_t *e = well(chy_serve_event, "id", "1", NULL), *x = well(chy_serve_explain_event, "id", "1", NULL);
    const char *text = json_string_value(at(x, "text"));
    assert_string_equal(text, json_string_value(at(at(at(e, "row"), "evidence"), "text")));
    char word[256];
    size_t i;
    json_t *t, *tokens = at(x, "tokens");
    unsigned roots = 0;
    json_array_foreach(tokens, i, t)
    {
        piece(text, at(t, "range"), word);
        assert_string_equal(word, json_string_value(at(t, "form")));
        json_int_t head = json_integer_value(at(t, "head"));
        assert_true(head >= -1 && head < (json_int_t)json_array_size(tokens));
        roots += head == -1;
    }
    assert_int_equal(roots, 1);
    assert_true(json_array_size(at(x, "frames")) > 0);
    assert_true(json_array_size(at(x, "events")) > 0);
    json_decref(e);
    json_decref(x);
    chy_error err;
    assert_int_equal(refused(chy_serve_explain_event, "id", "7777", NULL, &err), 404);
}

static void a_pasted_text_is_coded(void **state)
{
    (void)state;
    char word[256], words[1024];
    json_t *v = well(chy_serve_code, NULL, NULL, json_pack("{s:s,s:s}", "text", story, "published", "2025-01-14"));
    json_t *s = json_array_get(at(v, "stories"), 0), *e = json_array_get(at(s, "events"), 0);
    const char *text = json_string_value(at(s, "text"));
    assert_string_equal(json_string_value(at(at(s, "published"), "begin")), "2025-01-14");
    piece(text, at(e, "trigger"), word);
    assert_string_equal(word, json_string_value(at(at(at(at(e, "event"), "evidence"), "trigger"), "text")));
    marked(at(s, "marks"), text, "place", "range", words);
    assert_non_null(strstr(words, "Vienna|"));
    json_decref(v);
    v = well(chy_serve_code, NULL, NULL, pasted("<html><body><article><h1>Aid for Sudan</h1><p>France gave food aid to Sudan on Tuesday, the ministry said in Paris.</p>"
                                                "<p>Egypt welcomed the decision and promised to open its ports for the ships.</p></article></body></html>"));
    s = json_array_get(at(v, "stories"), 0);
    assert_null(strstr(json_string_value(at(s, "text")), "<p>"));
    assert_true(json_array_size(at(s, "events")) > 0);
    json_decref(v);
}

static void what_cannot_be_read_is_said(void **state)
{
    (void)state;
    chy_error err;
    json_t *v = well(chy_serve_code, NULL, NULL,
                     pasted("Le président de la République a reçu hier matin à Paris le chancelier allemand pour parler de la guerre, des élections et du prix du gaz. "
                            "Les deux hommes ont déclaré devant la presse que leurs pays restaient unis et que rien ne pourrait les séparer dans cette crise."));
    assert_int_equal(json_array_size(at(v, "stories")), 0);
    assert_int_equal(json_array_size(at(v, "notes")), 1);
    json_decref(v);
    v = well(chy_serve_code, NULL, NULL, pasted(" \n \n"));
    assert_int_equal(json_array_size(at(v, "stories")), 0);
    assert_int_equal(json_array_size(at(v, "notes")), 1);
    json_decref(v);
    json_t *nul = json_object();
    json_object_set_new(nul, "text", json_stringn("\0\0\0\0\0\0\0\0Iran\0\0\0\0\0", 17));
    assert_int_equal(refused(chy_serve_code, NULL, NULL, nul, &err), 400);
    assert_int_equal(refused(chy_serve_code, NULL, NULL, json_pack("{s:s,s:s}", "text", "Iran.", "published", "2025-02-30"), &err), 400);
    assert_int_equal(refused(chy_serve_explain_text, NULL, NULL, json_pack("{s:s,s:i}", "text", "Iran attacked Iraq.", "at", 500), &err), 400);
    assert_int_equal(refused(chy_serve_explain_text, NULL, NULL, json_pack("{s:s,s:i,s:i}", "text", "Iran attacked Iraq.", "at", 3, "story", 5), &err), 400);
    v = well(chy_serve_explain_text, NULL, NULL, json_pack("{s:s,s:i}", "text", "Iran attacked Iraq. Egypt asked for talks.", "at", 25));
    assert_string_equal(json_string_value(at(v, "text")), "Egypt asked for talks.");
    json_decref(v);
}

/* Stories with those words; "hit|hit|" of the first one's snippet. */
static size_t stories(const char *text, const char *q, char hits[256])
{
    char words[256], expression[256];
    snprintf(words, sizeof words, "text=%s", text);
    snprintf(expression, sizeof expression, "q=%s", q);
    const char *given[] = {words, expression, "limit=50", "cursor="};
    unsigned status;
    chy_error err;
    json_t *v = ask_all(chy_serve_dispatches, given, 4, NULL, &status, &err), *p;
    if (!v) fail_msg("%s: %s", text, err.message);
    size_t n = json_array_size(at(v, "rows")), i;
    assert_int_equal(json_integer_value(at(v, "total")), n);
    hits[0] = 0;
    if (n) json_array_foreach(at(json_array_get(at(v, "rows"), 0), "snippet"), i, p)
        if (json_is_true(at(p, "hit"))) strcat(strcat(hits, json_string_value(at(p, "text"))), "|");
    json_decref(v);
    return n;
}

static void stories_are_found_by_their_words(void **state)
{
    (void)state;
    char hits[256];
    assert_int_equal(stories("damascus", "", hits), 1);
    assert_string_equal(hits, "Damascus|");
    assert_int_equal(stories("envoys \"near damascus\"", "", hits), 1);
    assert_int_equal(stories("\"damascus near\"", "", hits), 0);
    assert_int_equal(stories("damascus Bogota", "", hits), 0);
    assert_int_equal(stories("", "", hits), 4);
    assert_string_equal(hits, "");
    assert_int_equal(stories("damascus", "actor:ISR", hits), 1);
    assert_int_equal(stories("damascus", "actor:BRA", hits), 0);
    assert_int_equal(stories("", "actor:BRA", hits), 0);
    /* nothing of FTS5's own language gets through */
    assert_int_equal(stories("damascus OR bogota", "", hits), 0);
    assert_int_equal(stories("title:damascus", "", hits), 0);
    static const char *const odd[] = {"*", "\"", "\"\"\"", "-", "NEAR(", "^a", "{a b}:c", "a\"b\"c", "\xC3\xA9", "(((", "a AND", "\" \"", "'; DROP TABLE dispatch; --"};
    for (unsigned i = 0; i < sizeof odd / sizeof *odd; i++) stories(odd[i], "", hits);
    unsigned status;
    chy_error err;
    const char *const bad[][4] = {{"text=damascus", "q=", "limit=5", "cursor=x"}, {"text=", "q=", "limit=5", "cursor=2025-13-01.4"}, {"text=", "q=", "limit=5", "cursor=."},
                                  {"text=", "q=nonsense:1", "limit=5", "cursor="}};
    for (unsigned i = 0; i < 4; i++) {
        assert_null(ask_all(chy_serve_dispatches, bad[i], 4, NULL, &status, &err));
        assert_int_equal(status, 400);
    }
}

/* The ids of all stories, page by page. */
static void pages(const char *text, const char *q, char out[64])
{
    char words[64], expression[64], cursor[128] = "cursor=";
    snprintf(words, sizeof words, "text=%s", text);
    snprintf(expression, sizeof expression, "q=%s", q);
    out[0] = 0;
    for (unsigned k = 0; k < 10; k++) {
        const char *given[] = {words, expression, "limit=1", cursor};
        unsigned status;
        chy_error err;
        json_t *v = ask_all(chy_serve_dispatches, given, 4, NULL, &status, &err);
        if (!v) fail_msg("%s", err.message);
        assert_true(json_array_size(at(v, "rows")) == 1);
        snprintf(out + strlen(out), 64 - strlen(out), "%lld ", (long long)json_integer_value(at(json_array_get(at(v, "rows"), 0), "id")));
        bool last = json_is_null(at(v, "next"));
        if (!last) snprintf(cursor, sizeof cursor, "cursor=%s", json_string_value(at(v, "next")));
        json_decref(v);
        if (last) return;
    }
    fail_msg("no end");
}

static void pages_go_through_all_stories_once(void **state)
{
    (void)state;
    char ids[64];
    pages("", "", ids);
    assert_non_null(strstr(ids, "4 3 "));
    assert_non_null(strstr(ids, "2 "));
    assert_int_equal(strlen(ids), 8);
    char found[64];
    pages("", "actor:CHL,IRN", found);
    assert_string_equal(found, ids);
    pages("accord", "", ids);
    assert_int_equal(strlen(ids), 4);
    pages("chile", "actor:PER", ids);
    assert_int_equal(strlen(ids), 6);
}

/* The ids of the actors with that prefix, a bar behind each. */
static void actors(const char *prefix, char out[512])
{
    char given[128];
    snprintf(given, sizeof given, "prefix=%s", prefix);
    const char *all[] = {given, "limit=10"};
    unsigned status;
    chy_error err;
    json_t *v = ask_all(chy_serve_actors, all, 2, NULL, &status, &err), *row;
    if (!v) fail_msg("%s: %s", prefix, err.message);
    size_t i;
    out[0] = 0;
    json_array_foreach(at(v, "rows"), i, row) strcat(strcat(out, json_string_value(at(row, "id"))), "|");
    json_decref(v);
}

static void actors_are_found_by_how_a_name_begins(void **state)
{
    (void)state;
    char ids[512];
    actors("isr", ids);
    assert_string_equal(ids, "ISR|");
    actors("Ira", ids); /* most events first, and those without any last */
    assert_true(strncmp(ids, "IRN|", 4) == 0);
    assert_non_null(strstr(ids, "IRQ|"));
    actors("C\xC3\xB4te d", ids);
    assert_string_equal(ids, "CIV|");
    actors("cote d", ids);
    assert_string_equal(ids, "CIV|");
    actors("britain", ids);
    assert_non_null(strstr(ids, "GBR|"));
    actors("", ids);
    assert_true(strncmp(ids, "IRN|", 4) == 0);
    static const char *const odd[] = {"\"", "*", "a* OR", "\xE2\x80\x99", "zzzzzz", "irn.", "(", "- -"};
    for (unsigned i = 0; i < sizeof odd / sizeof *odd; i++) actors(odd[i], ids);
}

static void an_actor_has_partners_and_offices(void **state)
{
    (void)state;
    chy_error err;
    json_t *v = well(chy_serve_actor, "key", "IRN", NULL);
    assert_string_equal(json_string_value(at(v, "name")), "Iran");
    assert_true(json_integer_value(at(v, "n_events")) >= 3);
    assert_string_equal(json_string_value(at(at(json_array_get(at(v, "partners"), 0), "actor"), "id")), "ISR");
    json_decref(v);
    v = well(chy_serve_actor, "key", "TUV", NULL); /* not in the record */
    assert_int_equal(json_integer_value(at(v, "n_events")), 0);
    json_decref(v);
    assert_int_equal(refused(chy_serve_actor, "key", "nobody", NULL, &err), 404);
    assert_int_equal(refused(chy_serve_actor, "key", "QQQ", NULL, &err), 404);
    chy_tenure held[8];
    uint32_t n = chy_data_tenures(data, CHY_LIT("USA.donald-trump"), held, 8);
    assert_true(n >= 2);
    assert_true(held[0].days.begin >= held[1].days.begin);
    assert_true(chy_slice_eqz(held[0].role, "president"));
    assert_int_equal(held[0].days.begin, 20108); /* 2025-01-20 */
    assert_int_equal(held[0].days.end, CHY_NO_DAY);
    assert_int_equal(chy_data_tenures(data, CHY_LIT("USA.nobody-at-all"), held, 8), 0);
    assert_int_equal(chy_data_tenures(data, CHY_LIT("USA."), held, 8), 0);
}

static void verdicts_are_kept_and_shown(void **state)
{
    (void)state;
    chy_error err;
    unsigned status;
    json_t *v = ask(chy_serve_judge, NULL, NULL, json_pack("{s:i,s:s,s:s}", "event", 1, "verdict", "wrong", "judge", "one"), &status, &err);
    assert_int_equal(status, 201);
    assert_string_equal(json_string_value(at(v, "verdict")), "wrong");
    json_decref(v);
    v = ask(chy_serve_judge, NULL, NULL, json_pack("{s:i,s:s,s:s,s:s,s:{s:s,s:s}}", "event", 1, "verdict", "changed", "judge", "two", "note", "seen", "changes", "type", "ASSAULT", "place", "New York"),
            &status, &err);
    assert_int_equal(status, 201);
    assert_string_equal(json_string_value(at(at(v, "changes"), "place")), "New York");
    json_decref(v);
    v = well(chy_serve_event, "id", "1", NULL);
    assert_int_equal(json_array_size(at(v, "verdicts")), 2);
    assert_true(json_is_true(at(json_array_get(at(v, "verdicts"), 0), "current")));
    json_decref(v);
    assert_int_equal(refused(chy_serve_judge, NULL, NULL, json_pack("{s:i,s:s}", "event", 7777, "verdict", "right"), &err), 404);
    assert_int_equal(refused(chy_serve_judge, NULL, NULL, json_pack("{s:i,s:s}", "event", 1, "verdict", "changed"), &err), 400);
    assert_int_equal(refused(chy_serve_judge, NULL, NULL, json_pack("{s:i,s:s,s:{s:s}}", "event", 1, "verdict", "right", "changes", "type", "AID"), &err), 400);
    assert_int_equal(refused(chy_serve_judge, NULL, NULL, json_pack("{s:i,s:s,s:{s:s}}", "event", 1, "verdict", "changed", "changes", "type", "NONSENSE"), &err), 400);
    assert_int_equal(refused(chy_serve_judge, NULL, NULL, json_pack("{s:i,s:s,s:{s:s}}", "event", 1, "verdict", "changed", "changes", "type=AID mode", "x"), &err), 400);
    assert_int_equal(refused(chy_serve_judge, NULL, NULL, json_pack("{s:i,s:s,s:{s:s}}", "event", 1, "verdict", "changed", "changes", "place", "a\" type=\"AID"), &err), 400);
    serve.token = NULL;
    assert_int_equal(refused(chy_serve_judge, NULL, NULL, json_pack("{s:i,s:s}", "event", 1, "verdict", "right"), &err), 403);
    serve.token = "token";
}

static void an_incident_has_its_events_and_voices(void **state)
{
    (void)state;
    chy_error err;
    json_t *v = well(chy_serve_incident, "id", "1", NULL);
    assert_int_equal(json_array_size(at(v, "events")), json_integer_value(at(at(v, "row"), "n_events")));
    assert_true(json_is_array(at(v, "asserted_by")) && json_is_array(at(v, "denied_by")));
    json_decref(v);
    assert_int_equal(refused(chy_serve_incident, "id", "7777", NULL, &err), 404);
}

/* Put other bytes in the place of the page's. */
static void change_page(const char *text)
{
    char z[4096];
    size_t n = ZSTD_compress(z, sizeof z, text, strlen(text), 1);
    sqlite3 *db;
    sqlite3_stmt *s;
    assert_false(ZSTD_isError(n));
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "UPDATE page SET raw = ?", -1, &s, NULL), SQLITE_OK);
    sqlite3_bind_blob(s, 1, z, (int)n, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(s), SQLITE_DONE);
    sqlite3_finalize(s);
    sqlite3_close(db);
}

/* The engine takes other words of the page for the story than it did: no mark is put where it does not belong. */
static void a_story_that_reads_otherwise_is_not_marked(void **state)
{
    (void)state;
    chy_error err;
    json_t *e = well(chy_serve_event, "id", "1", NULL), *x;
    change_page("Envoys leave\n\nEgypt said on Sunday that it was watching.\n\nIran on Monday condemned Israeli strikes near Damascus and expelled two Israeli envoys.\n");
    assert_int_equal(refused(chy_serve_marks, "id", "1", NULL, &err), 404);
    x = well(chy_serve_explain_event, "id", "1", NULL);
    assert_string_equal(json_string_value(at(x, "text")), json_string_value(at(at(at(e, "row"), "evidence"), "text")));
    json_decref(x);
    change_page("Quite another story\n\nEgypt said on Sunday that it was watching, and asked Libya to open its border.\n");
    assert_int_equal(refused(chy_serve_marks, "id", "1", NULL, &err), 404);
    assert_int_equal(refused(chy_serve_explain_event, "id", "1", NULL, &err), 404);
    change_page("\n");
    assert_int_equal(refused(chy_serve_explain_event, "id", "1", NULL, &err), 404);
    json_decref(e);
}

/* The words of a story are not kept, as after an import without them: what can be told is told. Runs last. */
static void a_story_without_words_is_shown_without(void **state)
{
    (void)state;
    chy_error err;
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "UPDATE dispatch SET text = '', title = NULL; UPDATE page SET raw = NULL", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    json_t *v = well(chy_serve_dispatch, "id", "1", NULL);
    assert_string_equal(json_string_value(at(v, "text")), "");
    assert_true(json_array_size(at(v, "events")) >= 3);
    json_decref(v);
    v = well(chy_serve_marks, "id", "1", NULL);
    assert_int_equal(json_array_size(at(v, "marks")), 0);
    json_decref(v);
    json_decref(well(chy_serve_event, "id", "1", NULL));
    json_decref(well(chy_serve_incident, "id", "1", NULL));
    assert_int_equal(refused(chy_serve_explain_event, "id", "1", NULL, &err), 404);
    char hits[256];
    assert_int_equal(stories("", "actor:IRN", hits), 1);
    assert_int_equal(stories("damascus", "", hits), 0);
}

/* Whatever is pasted is answered. */
static void hostile_texts_are_answered(void **state)
{
    (void)state;
    enum { N = 30000 };
    static const char *const pieces[] = {"<div>", "(", "\xEF\xBF\xBD", "\xC2\xA0", "\"", "Iran ", "{\"a\":[", "1\t2\t3\t4\t5\t6\t7\t8\t9\t10\n", "\r", "&#x0;", "a"};
    char *text = malloc(N + 64);
    assert_non_null(text);
    for (unsigned k = 0; k < sizeof pieces / sizeof *pieces; k++) {
        size_t n = 0, len = strlen(pieces[k]);
        while (n < N) memcpy(text + n, pieces[k], len), n += len;
        text[n] = 0;
        unsigned status;
        chy_error err;
        json_t *v = ask(chy_serve_code, NULL, NULL, pasted(text), &status, &err);
        assert_true(status == 200 || status == 400);
        json_decref(v);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_story_has_its_events_at_their_words),
        cmocka_unit_test(marks_stand_at_their_words),
        cmocka_unit_test(an_explanation_is_of_the_event_s_sentence),
        cmocka_unit_test(a_pasted_text_is_coded),
        cmocka_unit_test(what_cannot_be_read_is_said),
        cmocka_unit_test(hostile_texts_are_answered),
        cmocka_unit_test(stories_are_found_by_their_words),
        cmocka_unit_test(pages_go_through_all_stories_once),
        cmocka_unit_test(actors_are_found_by_how_a_name_begins),
        cmocka_unit_test(an_actor_has_partners_and_offices),
        cmocka_unit_test(an_incident_has_its_events_and_voices),
        cmocka_unit_test(verdicts_are_kept_and_shown),
        cmocka_unit_test(a_story_that_reads_otherwise_is_not_marked),
        cmocka_unit_test(a_story_without_words_is_shown_without),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
