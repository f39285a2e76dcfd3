/* SPDX-License-Identifier: Apache-2.0
 *
 * selections.c - what can be selected of events: columns, and the statement up to its condition on `event e`.
 */
#include "record/import.h"

#define NAMES_OF(side)                                                                                                 \
    "(SELECT group_concat(a.name, '; ') FROM participant p JOIN actor a ON a.id = p.actor WHERE p.event = e.id AND p.side = '" side "')"
#define CODES_OF(side) "(SELECT group_concat(p.country, '; ') FROM participant p WHERE p.event = e.id AND p.side = '" side "')"
#define EVIDENCE "coalesce(e.evidence_text, CAST(substr(CAST(d.text AS BLOB), e.evidence_begin - d.begin + 1, e.evidence_end - e.evidence_begin) AS TEXT))"
#define VOICES(stances)                                                                                                \
    "(SELECT group_concat(DISTINCT coalesce(a.name, s.name, c.text)) FROM claim c LEFT JOIN actor a ON a.id = c.actor LEFT JOIN source s ON s.id = c.source "  \
    "WHERE c.event = e.id AND c.stance IN (" stances "))"

#define PARTICIPANTS(side)                                                                                             \
    "(SELECT json_group_array(json_object('id', a.key, 'name', a.name, 'kind', a.kind, 'country', p.country, 'sector', p.sector, 'office', p.role, "           \
    "'begin', p.begin, 'end', p.\"end\", 'text', p.text)) FROM participant p JOIN actor a ON a.id = p.actor WHERE p.event = e.id AND p.side = '" side "')"
/* Characters of the dispatch's text before a byte of it; nothing where the text is not on record. */
#define CHARACTERS(at) "length(nullif(d.text, '')) - length(CAST(substr(CAST(d.text AS BLOB), " at " - d.begin + 1) AS TEXT))"


/* What every export asks for. */
#define EXPORT_COLUMNS                                                                                                 \
    "id key revision dispatch dispatch_hash article incident date_begin date_end date_basis type mode context cameo quad intensity status confidence "         \
    "source source_name source_kind source_country source_sector source_begin source_end target target_name target_kind target_country target_sector "         \
    "target_begin target_end sources targets place place_country lat lon dead injured arrested protesters sentence evidence_begin evidence_end trigger_begin " \
    "trigger_end dispatch_begin asserted_by denied_by publisher published url title evidence date_text place_text engine data recorded_utc verdict"
#define EXPORT_SELECT                                                                                                  \
    "SELECT e.id, e.key, e.revision, d.id, g.hash, d.article, ie.incident, e.date_begin, e.date_end, e.date_basis, e.type, e.mode, e.context, e.cameo, e.quad, " \
    "e.intensity, e.status, e.confidence, sa.key, sa.name, sa.kind, s.country, s.sector, s.begin, s.\"end\", ta.key, ta.name, ta.kind, t.country, t.sector, " \
    "t.begin, t.\"end\", " PARTICIPANTS("source") ", " PARTICIPANTS("target") ", l.name, l.country, l.lat, l.lon, e.dead, e.injured, e.arrested, "           \
    "e.protesters, e.sentence, e.evidence_begin, e.evidence_end, e.trigger_begin, e.trigger_end, d.begin, " VOICES("'asserts', 'admits'") ", "                 \
    VOICES("'denies'") ", (SELECT name FROM source WHERE id = d.publisher), d.published_end, d.url, d.title, " EVIDENCE                                        \
    ", e.date_text, e.place_text, n.engine, n.data, e.recorded_utc, NULL"
#define EXPORT_FROM                                                                                                    \
    " FROM event e JOIN dispatch d ON d.id = e.dispatch JOIN page g ON g.id = d.page JOIN run n ON n.id = e.run LEFT JOIN place l ON l.id = e.place "          \
    "LEFT JOIN incident_event ie ON ie.event = e.id LEFT JOIN incident i ON i.id = ie.incident "                                                               \
    "LEFT JOIN participant s ON s.event = e.id AND s.side = 'source' AND s.ordinal = (SELECT min(ordinal) FROM participant p WHERE p.event = e.id AND p.side = 'source') " \
    "LEFT JOIN participant t ON t.event = e.id AND t.side = 'target' AND t.ordinal = (SELECT min(ordinal) FROM participant p WHERE p.event = e.id AND p.side = 'target') " \
    "LEFT JOIN actor sa ON sa.id = s.actor LEFT JOIN actor ta ON ta.id = t.actor WHERE "

/* What else there is to an event: voices, what it says of others, its story. */
#define CLAIMS                                                                                                         \
    "(SELECT json_group_array(json_object('actor', a.key, 'name', a.name, 'kind', a.kind, 'source', s.name, 'country', c.country, 'sector', c.sector, "        \
    "'office', c.role, 'stance', c.stance, 'cue_begin', c.cue_begin, 'cue_end', c.cue_end, 'quote', c.quote, 'via', c.via, 'text', c.text, 'cue', c.cue)) "    \
    "FROM claim c LEFT JOIN actor a ON a.id = c.actor LEFT JOIN source s ON s.id = c.source WHERE c.event = e.id)"
#define LINKS                                                                                                          \
    "(SELECT json_group_array(json_object('kind', kind, 'event', key, 'dispatch_hash', hash, 'article', article)) FROM (SELECT k.kind, o.key, h.hash, b.article "  \
    "FROM link k JOIN main.event o ON o.id = k.other JOIN dispatch b ON b.id = o.dispatch JOIN page h ON h.id = b.page WHERE k.event = e.id AND o.withdrawn_utc IS NULL "  \
    "ORDER BY k.kind, h.hash, b.article, o.key))"
#define STORY                                                                                                          \
    "json_object('id', CASE WHEN json_valid(g.given_id) THEN json(g.given_id) END, 'kind', g.kind, 'published_begin', d.published_begin, 'published_basis', "  \
    "d.published_basis, 'agencies', (SELECT json_group_array(name) FROM (SELECT s.name FROM dispatch_agency a JOIN source s ON s.id = a.agency "               \
    "WHERE a.dispatch = d.id ORDER BY s.name)), 'copy_of', (SELECT json_object('dispatch_hash', h.hash, 'article', o.article, 'share', k.share) FROM copy k "  \
    "JOIN dispatch o ON o.id = k.original JOIN page h ON h.id = o.page WHERE k.dispatch = d.id), 'dateline', d.dateline)"

/* Voices on the events of an incident, learnt of by the moment that is asked for; see the view in schema.sql. */
#define SAID(what, says)                                                                                               \
    "(SELECT " what " FROM incident_event m CROSS JOIN voice v ON v.event = m.event CROSS JOIN event x ON x.id = v.through "                                                    \
    "WHERE m.incident = i.id AND v.says = '" says "' AND x.recorded_utc <= ?1)"
/* Of the denial that was published first. */
#define DENIAL(what)                                                                                                   \
    "(SELECT " what " FROM incident_event m CROSS JOIN voice v ON v.event = m.event CROSS JOIN event x ON x.id = v.through CROSS JOIN dispatch y ON y.id = x.dispatch "         \
    "WHERE m.incident = i.id AND v.says = 'denies' AND x.recorded_utc <= ?1 ORDER BY y.published_end IS NULL, y.published_end, x.id LIMIT 1)"
#define N_VOICES(says) SAID("count(DISTINCT CASE WHEN v.nearest THEN v.voice END)", says)
#define INCIDENT_COLUMNS                                                                                               \
    "id date_begin date_end type mode status source source_country target target_country place events dispatches publishers voices deniers contested asserted_by denied_by "     \
    "published publisher title evidence"
#define INCIDENT_CELLS                                                                                                 \
    "i.id, i.date_begin, i.date_end, e.type, e.mode, e.status, " NAMES_OF("source") ", " CODES_OF("source") ", " NAMES_OF("target") ", " CODES_OF("target")                      \
    ", l.name, i.n_events, i.n_dispatches, i.n_publishers, " N_VOICES("asserts") " AS n_said, " N_VOICES("denies") " AS n_denied, i.contested, "                                 \
    SAID("group_concat(DISTINCT v.name)", "asserts") ", " SAID("group_concat(DISTINCT v.name)", "denies")                                                                        \
    ", d.published_end, (SELECT name FROM source WHERE id = d.publisher), d.title, " EVIDENCE
#define INCIDENT_FROM " FROM incident i JOIN event e ON e.id = i.first_event JOIN dispatch d ON d.id = e.dispatch LEFT JOIN place l ON l.id = e.place WHERE "

static const chy_selection selections[] = {
    {"events", "id key date_begin date_end type mode status source source_country target target_country place place_country asserted_by denied_by evidence dispatch title published publisher incident",
     "SELECT e.id, e.key, e.date_begin, e.date_end, e.type, e.mode, e.status, " NAMES_OF("source") ", " CODES_OF("source") ", " NAMES_OF("target") ", " CODES_OF("target")
     ", l.name, l.country, " VOICES("'asserts', 'admits'") ", " VOICES("'denies'") ", " EVIDENCE ", d.id, d.title, d.published_end, (SELECT name FROM source WHERE id = d.publisher), "
     "(SELECT incident FROM incident_event WHERE event = e.id) FROM event e JOIN dispatch d ON d.id = e.dispatch LEFT JOIN place l ON l.id = e.place WHERE ",
     NULL, false},
    {"incidents", "id date_begin date_end type status source source_country target target_country place events dispatches publishers voices contested evidence published",
     "SELECT i.id, i.date_begin, i.date_end, e.type, e.status, " NAMES_OF("source") ", " CODES_OF("source") ", " NAMES_OF("target") ", " CODES_OF("target")
     ", l.name, i.n_events, i.n_dispatches, i.n_publishers, i.n_voices, i.contested, " EVIDENCE ", d.published_end "
     "FROM incident i JOIN event e ON e.id = i.first_event JOIN dispatch d ON d.id = e.dispatch LEFT JOIN place l ON l.id = e.place WHERE ",
     NULL, true},
    {"timeline", INCIDENT_COLUMNS, "SELECT " INCIDENT_CELLS INCIDENT_FROM, NULL, true},
    {"latest", INCIDENT_COLUMNS, "SELECT " INCIDENT_CELLS INCIDENT_FROM "i.day < 99999999 AND ", " ORDER BY i.day DESC, i.id DESC", true},
    {"least", INCIDENT_COLUMNS, "SELECT " INCIDENT_CELLS INCIDENT_FROM, " ORDER BY n_said, i.n_dispatches, i.day, i.id", true},
    {"most", INCIDENT_COLUMNS, "SELECT " INCIDENT_CELLS INCIDENT_FROM, " ORDER BY n_said DESC, i.n_dispatches DESC, i.day, i.id", true},
    {"contested", INCIDENT_COLUMNS " denied_since denial_publisher denial",
     "SELECT " INCIDENT_CELLS ", " DENIAL("y.published_end") ", " DENIAL("(SELECT name FROM source WHERE id = y.publisher)") ", "
     DENIAL("coalesce(x.evidence_text, CAST(substr(CAST(y.text AS BLOB), x.evidence_begin - y.begin + 1, x.evidence_end - x.evidence_begin) AS TEXT))")
     INCIDENT_FROM "i.contested AND EXISTS " SAID("1", "denies") " AND ", " ORDER BY i.day, i.id", true},
    {"corroboration", "voices incidents contested", "SELECT min(n, 3), count(*), sum(contested) FROM (SELECT i.contested, " N_VOICES("asserts") " AS n" INCIDENT_FROM, ") GROUP BY 1 ORDER BY 1", true},
    {"export", EXPORT_COLUMNS, EXPORT_SELECT EXPORT_FROM, NULL, false},
    {"export all", EXPORT_COLUMNS " within claims links story frame rule",
     EXPORT_SELECT ", (SELECT key FROM main.event WHERE id = e.within), " CLAIMS ", " LINKS ", " STORY ", e.frame, e.rule" EXPORT_FROM, NULL, false},
    {"export incidents",
     EXPORT_COLUMNS " incident_events incident_publishers incident_dispatches incident_recorded_utc incident_sentence source_char target_char trigger_char dispatch_chars",
     EXPORT_SELECT ", i.n_events, i.n_publishers, i.n_dispatches, (SELECT min(o.recorded_utc) FROM incident_event m JOIN main.event o ON o.id = m.event WHERE m.incident = i.id), "
     "(SELECT sentence FROM main.event WHERE id = i.first_event), " CHARACTERS("s.begin") ", " CHARACTERS("t.begin") ", " CHARACTERS("e.trigger_begin") ", length(nullif(d.text, ''))" EXPORT_FROM,
     NULL, false},
};

const chy_selection *chy_selection_find(const char *what)
{
    for (size_t i = 0; i < sizeof selections / sizeof *selections; i++)
        if (strcmp(what, selections[i].name) == 0) return &selections[i];
    return NULL;
}

const char *chy_record_columns(const char *what)
{
    const chy_selection *s = chy_selection_find(what);
    if (strcmp(what, "import") == 0) return chy_import_columns;
    return s ? s->columns : NULL;
}

uint32_t chy_selection_column(const char *list, const char *name)
{
    size_t n = strlen(name);
    for (uint32_t i = 0; *list; i++, list += strspn(list, " ")) {
        size_t k = strcspn(list, " ");
        if (k == n && memcmp(list, name, n) == 0) return i;
        list += k;
    }
    return CHY_NONE;
}
