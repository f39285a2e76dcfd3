/* SPDX-License-Identifier: Apache-2.0
 *
 * export_gdelt.c - GDELT 2.0 Event Database, Data Format Codebook V2.0 (19 February 2015): 61 columns of events, 16 of mentions, neither with a
 * head. An event of theirs is an incident of ours, a mention an event.
 */
#include "export.h"

#include <stdlib.h>
#include <string.h>

static chy_slice made(const out *buf) { return (chy_slice){buf->p, buf->n}; }

/* As GDELT has it: the year, and (30 × month + day) ÷ 365 of it. */
static chy_slice fraction(exporter *x, const char *from, out *buf)
{
    chy_slice c = cell(x, from);
    if (c.n != 10) return (chy_slice){NULL, 0};
    int of = ((c.p[5] - '0') * 10 + c.p[6] - '0') * 30 + (c.p[8] - '0') * 10 + c.p[9] - '0';
    out_f(buf, "%.4s.%04d", c.p, of > 364 ? 9999 : of * 10000 / 365);
    return made(buf);
}

/* The i-th role of a list of sectors. */
static chy_slice role(exporter *x, const char *from, unsigned i)
{
    chy_slice m = member(cell(x, from), i);
    const char *other = cameo_role(m);
    return other ? (chy_slice){other, 3} : m;
}

static chy_slice role1(exporter *x, const char *from, out *buf) { return (void)buf, role(x, from, 0); }
static chy_slice role2(exporter *x, const char *from, out *buf) { return (void)buf, role(x, from, 1); }
static chy_slice role3(exporter *x, const char *from, out *buf) { return (void)buf, role(x, from, 2); }

/* 1: in the first sentence of the story, where GDELT looks at its first paragraph. The incident's first event counts. */
static chy_slice is_root(exporter *x, const char *from, out *buf)
{
    chy_slice c = cell(x, from);
    if (c.n) out_z(buf, c.n == 1 && c.p[0] <= '1' ? "1" : "0");
    return made(buf);
}

/* GDELT counts from 1 and knows no headline. */
static chy_slice sentence(exporter *x, const char *from, out *buf)
{
    chy_slice c = cell(x, from);
    return (void)buf, c.n == 1 && c.p[0] == '0' ? (chy_slice){"1", 1} : c;
}

/* 1 a country, 3 a place in the United States, 4 a place elsewhere, 0 none. */
static chy_slice geo_type(exporter *x, const char *from, out *buf)
{
    chy_slice country = cell(x, "place_country");
    bool us = country.n == 3 && memcmp(country.p, "USA", 3) == 0;
    out_z(buf, !cell(x, from).n ? "0" : whole_country(x) ? "1" : us ? "3" : "4");
    return made(buf);
}

/* Per cent, by tens, from 10. */
static chy_slice tenth(exporter *x, const char *from, out *buf)
{
    chy_slice c = cell(x, from);
    if (!c.n) return c;
    int tens = (int)(strtod(c.p, NULL) * 10 + 0.5);
    out_u(buf, tens < 1 ? 10 : tens > 10 ? 100 : (uint64_t)tens * 10);
    return made(buf);
}

static chy_slice link_type(exporter *x, const char *from, out *buf) { return out_z(buf, cell(x, from).n ? "1" : "2"), made(buf); } /* 1 the web, 2 a citation */

static chy_slice link_to(exporter *x, const char *from, out *buf)
{
    chy_slice url = cell(x, from);
    if (url.n) return url;
    out_slice(buf, cell(x, "dispatch_hash")), out_z(buf, "#"), out_slice(buf, cell(x, "article"));
    return made(buf);
}

#define ACTOR_FIELDS(n, side)                                                                                          \
    {"Actor" n "Code", "string", side, actor_code}, {"Actor" n "Name", "string", side "_name", as_is}, {"Actor" n "CountryCode", "string", side, side_state}, \
    {"Actor" n "KnownGroupCode", "string", "", nothing}, {"Actor" n "EthnicCode", "string", "", nothing}, {"Actor" n "Religion1Code", "string", "", nothing}, \
    {"Actor" n "Religion2Code", "string", "", nothing}, {"Actor" n "Type1Code", "string", side "_sector", role1}, {"Actor" n "Type2Code", "string", side "_sector", role2}, \
    {"Actor" n "Type3Code", "string", side "_sector", role3}
#define NO_GEO_FIELDS(who)                                                                                             \
    {who "Geo_Type", "integer", "", nothing}, {who "Geo_FullName", "string", "", nothing}, {who "Geo_CountryCode", "string", "", nothing}, \
    {who "Geo_ADM1Code", "string", "", nothing}, {who "Geo_ADM2Code", "string", "", nothing}, {who "Geo_Lat", "number", "", nothing}, \
    {who "Geo_Long", "number", "", nothing}, {who "Geo_FeatureID", "string", "", nothing}
static const field events[] = {
    {"GlobalEventID", "integer", "incident", as_is}, {"Day", "integer", "date_begin", ymd}, {"MonthYear", "integer", "date_begin", year_month},
    {"Year", "integer", "date_begin", year}, {"FractionDate", "number", "date_begin", fraction},
    ACTOR_FIELDS("1", "source"), ACTOR_FIELDS("2", "target"),
    {"IsRootEvent", "integer", "incident_sentence", is_root}, {"EventCode", "string", "cameo", as_is}, {"EventBaseCode", "string", "cameo", cameo_base},
    {"EventRootCode", "string", "cameo", cameo_root}, {"QuadClass", "integer", "quad", as_is}, {"GoldsteinScale", "number", "cameo", goldstein},
    {"NumMentions", "integer", "incident_events", as_is}, {"NumSources", "integer", "incident_publishers", as_is}, {"NumArticles", "integer", "incident_dispatches", as_is},
    {"AvgTone", "number", "", nothing},
    NO_GEO_FIELDS("Actor1"), NO_GEO_FIELDS("Actor2"),
    {"ActionGeo_Type", "integer", "place", geo_type}, {"ActionGeo_FullName", "string", "place", as_is}, {"ActionGeo_CountryCode", "string", "place_country", fips},
    {"ActionGeo_ADM1Code", "string", "", nothing}, {"ActionGeo_ADM2Code", "string", "", nothing}, {"ActionGeo_Lat", "number", "lat", as_is},
    {"ActionGeo_Long", "number", "lon", as_is}, {"ActionGeo_FeatureID", "string", "", nothing},
    {"DATEADDED", "integer", "incident_recorded_utc", moment}, {"SOURCEURL", "string", "url", link_to},
};
static const field mentions[] = {
    {"GlobalEventID", "integer", "incident", as_is}, {"EventTimeDate", "integer", "incident_recorded_utc", moment}, {"MentionTimeDate", "integer", "recorded_utc", moment},
    {"MentionType", "integer", "url", link_type}, {"MentionSourceName", "string", "publisher", as_is}, {"MentionIdentifier", "string", "url", link_to},
    {"SentenceID", "integer", "sentence", sentence}, {"Actor1CharOffset", "integer", "source_char", as_is}, {"Actor2CharOffset", "integer", "target_char", as_is},
    {"ActionCharOffset", "integer", "trigger_char", as_is}, {"InRawText", "integer", "", one}, {"Confidence", "integer", "confidence", tenth},
    {"MentionDocLen", "integer", "dispatch_chars", as_is}, {"MentionDocTone", "number", "", nothing}, {"MentionDocTranslationInfo", "string", "", nothing},
    {"Extras", "string", "", nothing},
};
static const field codes[] = {CODES_FIELDS("incident", as_is)};
enum { N_EVENTS = sizeof events / sizeof *events, N_MENTIONS = sizeof mentions / sizeof *mentions, N_CODES = sizeof codes / sizeof *codes };
_Static_assert(N_EVENTS == 61 && N_MENTIONS == 16, "GDELT's columns");

typedef struct seen {
    size_t n;
    unsigned char in[];
} seen;

/* Is this the incident's first row? */
static bool first_row(exporter *x)
{
    chy_slice c = cell(x, "incident");
    size_t i = c.n ? (size_t)strtoull(c.p, NULL, 10) : 0;
    seen *s = x->held;
    size_t had = s ? s->n : 0;
    if (i >= had) {
        size_t n = (i + 1) * 2;
        x->held = s = xrealloc(s, sizeof *s + n);
        memset(s->in + had, 0, n - had);
        s->n = n;
    }
    bool first = !s->in[i];
    s->in[i] = 1;
    return first;
}

static void row(exporter *x)
{
    if (!cell(x, "date_begin").n || !cell(x, "cameo").n || !cell(x, "incident").n || cell(x, "quad").p[0] == '0') {
        x->left_out++;
        return;
    }
    x->n[0] = x->n[1] = 1;
    if (first_row(x)) put_row(x, 0), put_row(x, 2);
    put_row(x, 1);
}

const layout layout_gdelt = {.name = "gdelt", .what = "export incidents", .terms = DONE_ONLY, .n_sheets = 3, .row = row,
                             .sheets = {{"export.CSV", events, N_EVENTS, FORM_TABS, false}, {"mentions.CSV", mentions, N_MENTIONS, FORM_TABS, false},
                                        {"codes.csv", codes, N_CODES, FORM_CSV, true}}};
