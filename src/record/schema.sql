-- The record: an SQLite database that keeps dispatches and the events coded in them. Open it with anything that reads SQLite.
--
-- Two times. When it happened: event.date_begin to date_end. When we learnt of it: event.recorded_utc, and event.withdrawn_utc where a
-- later coding replaced the row, so that what was on record at a moment is
--     recorded_utc <= :moment AND (withdrawn_utc IS NULL OR withdrawn_utc > :moment).
-- Rows of the present have withdrawn_utc NULL; the views at the end show no others.
--
-- Days are ISO 8601 text (YYYY-MM-DD), both ends of an interval included. Moments are UTC, YYYY-MM-DDTHH:MM:SSZ. Offsets are bytes; those
-- of events count in the page's text, so that dispatch.text has a byte B of theirs at B - dispatch.begin. Codes are PLOVER's and ISO's as
-- docs/codebook has them. A list of codes stands in one cell, its members parted by commas, in the order of the ontology.
--
-- Rows are asked for in the order of their days, so that indexes hold the day after what is asked: `day` is the first day as the number
-- YYYYMMDD, 99999999 where none is known; `span` 0 where the last day is at most 31 days later, 1: at most 366, 2: more. What began long
-- before a day may still go on then; the spans bound how far back to look.

-- Who made what: an engine with its data, at work on this record.
CREATE TABLE run (
    id           INTEGER PRIMARY KEY,
    kind         TEXT NOT NULL CHECK (kind IN ('add', 'recode', 'import')),
    engine       TEXT NOT NULL,               -- version of the library
    data         TEXT NOT NULL,               -- hash of the data file, users' tables included
    started_utc  TEXT NOT NULL,
    finished_utc TEXT                         -- NULL: broken off, or still at work; the next one of the same engine goes on with it
) STRICT;

-- Publishers and agencies, by the name that they go by.
CREATE TABLE source (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- What was read: a file, or a record of JSON Lines or CSV. The same bytes with the same metadata are one page, however often added.
CREATE TABLE page (
    id        INTEGER PRIMARY KEY,
    hash      TEXT NOT NULL UNIQUE,           -- XXH3-128 of the bytes and the metadata given with them, 32 hexadecimal digits
    given_id  TEXT NOT NULL,                  -- JSON: the record's own id, else the file's name less its ending
    name      TEXT NOT NULL,                  -- FILE or FILE:LINE, as it was first added
    kind      TEXT NOT NULL CHECK (kind IN ('text', 'html')),
    meta      TEXT NOT NULL,                  -- JSON object: title, url, publisher, published, where they were given; own_id: given_id is the record's own
    raw       BLOB,                           -- the bytes, compressed with zstd; NULL where dispatch.text is all there was
    run       INTEGER NOT NULL REFERENCES run,-- that read it last
    added_utc TEXT NOT NULL
) STRICT;

-- A story of a page.
CREATE TABLE dispatch (
    id              INTEGER PRIMARY KEY,
    page            INTEGER NOT NULL REFERENCES page ON DELETE CASCADE,
    article         INTEGER NOT NULL,         -- from 0, in the order of the page
    title           TEXT,
    url             TEXT,
    publisher       INTEGER REFERENCES source,
    dateline        TEXT,
    published_begin TEXT,                     -- NULL: not known
    published_end   TEXT,
    published_basis TEXT NOT NULL CHECK (published_basis IN ('none', 'given', 'stated', 'inferred')),
    begin           INTEGER NOT NULL,         -- of its text in the page's
    withdrawn_utc   TEXT,                     -- a later reading of the page no longer finds this story
    text            TEXT NOT NULL,            -- empty: not on record (an import that `chancery rehydrate` has not filled). Last, so that nothing else waits for it
    UNIQUE (page, article)
) STRICT;
CREATE INDEX dispatch_published ON dispatch (published_end, publisher);
CREATE INDEX dispatch_publisher ON dispatch (publisher, published_end);
CREATE INDEX dispatch_withdrawn ON dispatch (id) WHERE withdrawn_utc IS NOT NULL;

-- The agencies whose wire a dispatch is, in the order they are named.
CREATE TABLE dispatch_agency (
    dispatch INTEGER NOT NULL REFERENCES dispatch ON DELETE CASCADE,
    agency   INTEGER NOT NULL REFERENCES source,
    PRIMARY KEY (dispatch, agency)
) STRICT, WITHOUT ROWID;
CREATE INDEX dispatch_agency_agency ON dispatch_agency (agency, dispatch);

-- The body of a story as a sketch, by which copies are found: the smallest 96 hashes of its runs of four words (docs/design/record.md).
CREATE TABLE sketch (
    dispatch INTEGER PRIMARY KEY REFERENCES dispatch ON DELETE CASCADE,
    hashes   BLOB NOT NULL                    -- u32 each, little-endian, rising
) STRICT;
-- The few smallest of them, to look up. No key refers to the dispatch: what is left of one that is gone is passed over.
CREATE TABLE sketch_key (
    hash     INTEGER NOT NULL,
    dispatch INTEGER NOT NULL,
    PRIMARY KEY (hash, dispatch)
) STRICT, WITHOUT ROWID;

-- Stories that are copies of one wire. The original is the first of them on record, and is in the table too; a story with no copy is not.
CREATE TABLE copy (
    dispatch INTEGER PRIMARY KEY REFERENCES dispatch ON DELETE CASCADE,
    original INTEGER NOT NULL REFERENCES dispatch ON DELETE CASCADE,
    share    REAL NOT NULL                    -- of the shorter text's words that the nearest other has too, estimated
) STRICT;
CREATE INDEX copy_original ON copy (original);

-- States, bodies, persons and kinds of people.
CREATE TABLE actor (
    id       INTEGER PRIMARY KEY,
    key      TEXT NOT NULL UNIQUE,            -- "IRN", "UNO", "IRN.kazem-gharibabadi"
    name     TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('state', 'organisation', 'person', 'office', 'people', 'unknown'))
) STRICT;

-- The words of their names, for finding one by how a word begins. Filled as dispatch_fts is.
CREATE VIRTUAL TABLE actor_fts USING fts5 (name, content = 'actor', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');
CREATE TRIGGER actor_fts_delete AFTER DELETE ON actor WHEN old.id IN (SELECT id FROM actor_fts_docsize) BEGIN
    INSERT INTO actor_fts (actor_fts, rowid, name) VALUES ('delete', old.id, old.name);
END;

CREATE TABLE place (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    country TEXT,                             -- NULL: of no one state
    lat     REAL NOT NULL,                    -- degrees, WGS 84
    lon     REAL NOT NULL,
    UNIQUE (name, country, lat, lon)
) STRICT;

-- One row an event as coded by one engine. An event keeps its key over recodings; a change of what is coded is a new row.
CREATE TABLE event (
    id             INTEGER PRIMARY KEY,
    key            TEXT NOT NULL,             -- of the dispatch's content, article, trigger and ordinal: copies of one text share it
    revision       TEXT NOT NULL,             -- hash of what was coded
    dispatch       INTEGER NOT NULL REFERENCES dispatch ON DELETE CASCADE,
    publisher      INTEGER REFERENCES source, -- of the dispatch, for an index that has the event's day too
    type           TEXT NOT NULL,
    mode           TEXT NOT NULL,             -- list, may be empty
    context        TEXT NOT NULL,             -- list, may be empty
    cameo          TEXT NOT NULL,
    quad           INTEGER NOT NULL CHECK (quad BETWEEN 0 AND 4), -- 0: no PLOVER type answers to the code (a dictionary of the user's)
    intensity      REAL NOT NULL,
    date_begin     TEXT,                      -- NULL: not known
    date_end       TEXT,
    date_text      TEXT,                      -- the words that the days rest on
    date_basis     TEXT NOT NULL CHECK (date_basis IN ('none', 'text', 'published', 'context')),
    place          INTEGER REFERENCES place,
    place_text     TEXT,
    status         TEXT NOT NULL CHECK (status IN ('reported', 'claimed', 'admitted', 'denied', 'disputed', 'planned', 'possible', 'negated')),
    within         INTEGER REFERENCES event ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    confidence     REAL,                      -- how likely type and participants are right; NULL: nobody judged
    dead           INTEGER,                   -- numbers of people that the words give; NULL: none
    injured        INTEGER,
    arrested       INTEGER,
    protesters     INTEGER,
    sentence       INTEGER NOT NULL,          -- of its dispatch, that it stands in, from 1; 0: the headline
    evidence_begin INTEGER NOT NULL,
    evidence_end   INTEGER NOT NULL,
    evidence_text  TEXT,                      -- the words there, where dispatch.text has not got them (an import); else NULL
    trigger_begin  INTEGER NOT NULL,
    trigger_end    INTEGER NOT NULL,
    frame          TEXT NOT NULL,             -- why: the frame that fired, and how the rest was come by
    rule           TEXT NOT NULL,
    run            INTEGER NOT NULL REFERENCES run,
    recorded_utc   TEXT NOT NULL,
    withdrawn_run  INTEGER REFERENCES run,
    withdrawn_utc  TEXT,
    day            INTEGER GENERATED ALWAYS AS (coalesce(CAST(replace(date_begin, '-', '') AS INTEGER), 99999999)) VIRTUAL,
    span           INTEGER GENERATED ALWAYS AS (CASE WHEN date_begin IS date_end OR julianday(date_end) - julianday(date_begin) <= 31 THEN 0
                                                     WHEN julianday(date_end) - julianday(date_begin) <= 366 THEN 1 ELSE 2 END) VIRTUAL,
    last           INTEGER GENERATED ALWAYS AS (coalesce(CAST(replace(date_end, '-', '') AS INTEGER), 0)) VIRTUAL -- the last day as a number
) STRICT;
-- One row of the present for a key of a dispatch; any number of the past.
CREATE UNIQUE INDEX event_key ON event (key, dispatch, CASE WHEN withdrawn_utc IS NULL THEN 0 ELSE id END);
CREATE INDEX event_dispatch ON event (dispatch, day);
CREATE INDEX event_date ON event (span, day, last, dispatch) WHERE withdrawn_utc IS NULL; -- dispatch: for who asks for words
CREATE INDEX event_type ON event (type, span, day, last) WHERE withdrawn_utc IS NULL;
CREATE INDEX event_status ON event (status, quad, span, day, last) WHERE withdrawn_utc IS NULL;
CREATE INDEX event_place ON event (place, span, day) WHERE place IS NOT NULL;
CREATE INDEX event_publisher ON event (publisher, span, day) WHERE publisher IS NOT NULL;
CREATE INDEX event_within ON event (within) WHERE within IS NOT NULL;
CREATE TRIGGER event_publisher_update AFTER UPDATE OF publisher ON dispatch WHEN old.publisher IS NOT new.publisher BEGIN
    UPDATE event SET publisher = new.publisher WHERE dispatch = new.id;
END;

-- Who did it, and to whom: sources and targets of an event, as they were on the day of the dispatch.
CREATE TABLE participant (
    event   INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    side    TEXT NOT NULL CHECK (side IN ('source', 'target')),
    ordinal INTEGER NOT NULL,
    actor   INTEGER NOT NULL REFERENCES actor,
    country TEXT NOT NULL,                    -- ISO 3166-1 alpha-3, or IGO NGO MNC ISM UNK
    sector  TEXT NOT NULL,                    -- list, may be empty
    role    TEXT,                             -- office in words
    text    TEXT NOT NULL,                    -- the words that name it, at begin to end
    begin   INTEGER NOT NULL,
    "end"   INTEGER NOT NULL,
    day     INTEGER NOT NULL,                 -- of the event, as its span
    span    INTEGER NOT NULL,
    PRIMARY KEY (event, side, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX participant_actor ON participant (actor, span, day, event);
CREATE INDEX participant_country ON participant (country, span, day, event);
CREATE INDEX participant_day ON participant (span, day, event, actor); -- for names that mean many

-- Countries of sources and of targets, each pair of an event once: where to look for what passed between two.
CREATE TABLE dyad (
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    span   INTEGER NOT NULL,
    day    INTEGER NOT NULL,
    event  INTEGER NOT NULL,
    PRIMARY KEY (source, target, span, day, event)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER event_dyad_delete BEFORE DELETE ON event BEGIN
    DELETE FROM dyad WHERE (source, target, span, day, event) IN
        (SELECT s.country, t.country, s.span, s.day, s.event FROM participant s JOIN participant t ON t.event = s.event AND t.side = 'target'
          WHERE s.event = old.id AND s.side = 'source');
END;

-- What stands in lists, each by itself: modes and contexts of an event, sectors of who takes part, once an event.
CREATE TABLE facet (
    field TEXT NOT NULL CHECK (field IN ('mode', 'context', 'sector')),
    value TEXT NOT NULL,
    span  INTEGER NOT NULL,
    day   INTEGER NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (field, value, span, day, event)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER event_facet AFTER INSERT ON event WHEN new.mode <> '' OR new.context <> '' BEGIN
    INSERT OR IGNORE INTO facet SELECT 'mode', j.value, new.span, new.day, new.id FROM json_each('[' || replace(json_quote(new.mode), ',', '","') || ']') j WHERE new.mode <> '';
    INSERT OR IGNORE INTO facet SELECT 'context', j.value, new.span, new.day, new.id FROM json_each('[' || replace(json_quote(new.context), ',', '","') || ']') j WHERE new.context <> '';
END;
CREATE TRIGGER participant_facet AFTER INSERT ON participant WHEN new.sector <> '' BEGIN
    INSERT OR IGNORE INTO facet SELECT 'sector', j.value, new.span, new.day, new.event FROM json_each('[' || replace(json_quote(new.sector), ',', '","') || ']') j;
END;
CREATE TRIGGER event_facet_delete BEFORE DELETE ON event BEGIN
    DELETE FROM facet WHERE (field, value, span, day, event) IN
        (SELECT 'mode', j.value, old.span, old.day, old.id FROM json_each('[' || replace(json_quote(old.mode), ',', '","') || ']') j UNION ALL
         SELECT 'context', j.value, old.span, old.day, old.id FROM json_each('[' || replace(json_quote(old.context), ',', '","') || ']') j UNION ALL
         SELECT 'sector', j.value, p.span, p.day, p.event FROM participant p JOIN json_each('[' || replace(json_quote(p.sector), ',', '","') || ']') j WHERE p.event = old.id);
END;

-- The voices on an event, nearest first.
CREATE TABLE claim (
    event     INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    ordinal   INTEGER NOT NULL,
    actor     INTEGER REFERENCES actor,       -- who says so, or
    source    INTEGER REFERENCES source,      -- the agency or publisher that vouches for it
    country   TEXT,
    sector    TEXT,
    role      TEXT,
    text      TEXT,                           -- the words that name the voice
    stance    TEXT NOT NULL CHECK (stance IN ('asserts', 'denies', 'admits', 'doubts')),
    cue       TEXT NOT NULL,
    cue_begin INTEGER NOT NULL,
    cue_end   INTEGER NOT NULL,
    quote     INTEGER NOT NULL CHECK (quote IN (0, 1)),
    via       INTEGER,                        -- ordinal of the voice that passes this one on
    day       INTEGER NOT NULL,               -- of the event, as its span
    span      INTEGER NOT NULL,
    PRIMARY KEY (event, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_actor ON claim (actor, stance, span, day, event) WHERE actor IS NOT NULL;
CREATE INDEX claim_source ON claim (source, stance, span, day, event) WHERE source IS NOT NULL;
CREATE INDEX claim_country ON claim (country, stance, span, day, event) WHERE country IS NOT NULL;
CREATE INDEX claim_stance ON claim (stance, event) WHERE stance <> 'asserts';

-- What one event says of another: of its own dispatch, as it was coded; of another one, as src/record/links.c finds.
CREATE TABLE link (
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    kind  TEXT NOT NULL CHECK (kind IN ('denies')),
    other INTEGER NOT NULL REFERENCES event ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (event, kind, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_other ON link (other, kind);

-- Events that deny something, by the states that they name, so that a claim that comes later finds them.
CREATE TABLE denial (
    country   TEXT NOT NULL,
    published TEXT NOT NULL,                  -- of the dispatch
    event     INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    PRIMARY KEY (country, published, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX denial_event ON denial (event);

-- One happening, however often it is told: events of one type between the same sides, whose days, places, persons and words agree
-- (docs/design/record.md). Every event of the present is in one.
CREATE TABLE incident (
    id            INTEGER PRIMARY KEY,
    date_begin    TEXT,                       -- of all its events
    date_end      TEXT,
    first_event   INTEGER,                    -- of the dispatch that was published first
    n_events      INTEGER NOT NULL DEFAULT 0,
    n_dispatches  INTEGER NOT NULL DEFAULT 0, -- copies counted once
    n_publishers  INTEGER NOT NULL DEFAULT 0,
    n_voices      INTEGER NOT NULL DEFAULT 0, -- independent ones: each who asserts it, and each outlet that does so itself (view voices)
    contested     INTEGER NOT NULL DEFAULT 0, -- 1: somebody denies it
    day           INTEGER GENERATED ALWAYS AS (coalesce(CAST(replace(date_begin, '-', '') AS INTEGER), 99999999)) VIRTUAL
) STRICT;
CREATE INDEX incident_date ON incident (day);
CREATE TABLE incident_event (
    event     INTEGER PRIMARY KEY REFERENCES event ON DELETE CASCADE,
    incident  INTEGER NOT NULL REFERENCES incident ON DELETE CASCADE,
    how       TEXT NOT NULL,                  -- first, told again, or split: a person has set it apart
    fold      INTEGER NOT NULL,               -- hash of type, done or not, countries of the sources and of the targets: only events with one fold are compared
    day       INTEGER NOT NULL,               -- of the event, as its span
    span      INTEGER NOT NULL,
    contested INTEGER NOT NULL DEFAULT 0      -- as the incident is
) STRICT;
CREATE INDEX incident_event_incident ON incident_event (incident);
CREATE INDEX incident_event_fold ON incident_event (fold, span, day);
CREATE INDEX incident_event_contested ON incident_event (span, day, event) WHERE contested;

-- Who asserts and who denies each event of the present: what the view `voices` finds of it, laid down for SQLite cannot join that view by event.
CREATE TABLE voice (
    event   INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    says    TEXT NOT NULL CHECK (says IN ('asserts', 'denies')),
    name    TEXT,
    voice   TEXT,                             -- tells voices apart
    country TEXT,
    through INTEGER NOT NULL REFERENCES event ON DELETE CASCADE, -- the event that says so: itself, or a denial that answers it
    nearest INTEGER NOT NULL                  -- 1: the independent voice of its telling on that side
) STRICT;
CREATE INDEX voice_event ON voice (event);
CREATE INDEX voice_through ON voice (through) WHERE through <> event;

-- What a person says of an event as it was coded. It is about that revision and stays when the page is read again; the engine's row is not
-- touched.
CREATE TABLE verdict (
    key         TEXT NOT NULL,                -- event.key
    dispatch    INTEGER NOT NULL REFERENCES dispatch ON DELETE CASCADE,
    revision    TEXT NOT NULL,                -- event.revision
    judge       TEXT NOT NULL,                -- who says so, may be empty
    verdict     TEXT NOT NULL CHECK (verdict IN ('right', 'wrong', 'changed')),
    changes     TEXT NOT NULL,                -- JSON object: field of the view `events` to what it should be; {} unless changed
    note        TEXT NOT NULL,                -- may be empty
    drawn       INTEGER NOT NULL CHECK (drawn IN (0, 1)), -- 1: the row was drawn by lot, so that the share of right ones tells of all
    judged_utc  TEXT NOT NULL,
    PRIMARY KEY (dispatch, key, revision, judge)
) STRICT, WITHOUT ROWID;

-- Pages that were taken out for good. Nothing but the hash is known of them; the same page is not taken again.
CREATE TABLE forgotten (
    hash          TEXT PRIMARY KEY,
    forgotten_utc TEXT NOT NULL
) STRICT;

-- What could not be taken, and why. A page that is taken later leaves this table.
CREATE TABLE reject (
    hash      TEXT PRIMARY KEY,
    name      TEXT NOT NULL,
    reason    TEXT NOT NULL,
    run       INTEGER NOT NULL REFERENCES run,
    added_utc TEXT NOT NULL
) STRICT;

-- The words of every dispatch, for searching. The text itself is in dispatch. New dispatches are entered together, before a transaction ends, for FTS5
-- writes what it has been given out at every savepoint; those that are in stand in dispatch_fts_docsize, which is FTS5's own.
CREATE VIRTUAL TABLE dispatch_fts USING fts5 (title, text, content = 'dispatch', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER dispatch_fts_delete AFTER DELETE ON dispatch WHEN old.id IN (SELECT id FROM dispatch_fts_docsize) BEGIN
    INSERT INTO dispatch_fts (dispatch_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END;
CREATE TRIGGER dispatch_fts_update AFTER UPDATE OF title, text ON dispatch
WHEN (old.title IS NOT new.title OR old.text IS NOT new.text) AND old.id IN (SELECT id FROM dispatch_fts_docsize) BEGIN
    INSERT INTO dispatch_fts (dispatch_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
    INSERT INTO dispatch_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
END;

-- One row an event of the present, readable without a join.
CREATE VIEW events AS
SELECT e.id, e.key, e.date_begin, e.date_end, e.type, e.mode, e.context, e.quad, e.intensity, e.status,
       (SELECT group_concat(a.name, '; ') FROM participant p JOIN actor a ON a.id = p.actor WHERE p.event = e.id AND p.side = 'source') AS source,
       (SELECT group_concat(p.country, '; ') FROM participant p WHERE p.event = e.id AND p.side = 'source') AS source_country,
       (SELECT group_concat(a.name, '; ') FROM participant p JOIN actor a ON a.id = p.actor WHERE p.event = e.id AND p.side = 'target') AS target,
       (SELECT group_concat(p.country, '; ') FROM participant p WHERE p.event = e.id AND p.side = 'target') AS target_country,
       l.name AS place, l.country AS place_country, l.lat, l.lon,
       (SELECT group_concat(coalesce(a.name, s.name, c.text) || ' ' || c.stance, '; ')
          FROM claim c LEFT JOIN actor a ON a.id = c.actor LEFT JOIN source s ON s.id = c.source WHERE c.event = e.id) AS voices,
       coalesce(e.evidence_text, CAST(substr(CAST(d.text AS BLOB), e.evidence_begin - d.begin + 1, e.evidence_end - e.evidence_begin) AS TEXT)) AS evidence,
       d.id AS dispatch, d.title, d.published_end AS published, pub.name AS publisher, e.recorded_utc
  FROM event e
  JOIN dispatch d ON d.id = e.dispatch
  LEFT JOIN place l ON l.id = e.place
  LEFT JOIN source pub ON pub.id = d.publisher
 WHERE e.withdrawn_utc IS NULL;

-- One row for each source and each target of an event of the present: who to whom.
CREATE VIEW dyads AS
SELECT e.id AS event, e.date_begin, e.date_end, e.type, e.quad, e.intensity, e.status,
       s.country AS source, s.sector AS source_sector, sa.name AS source_name,
       t.country AS target, t.sector AS target_sector, ta.name AS target_name
  FROM event e
  JOIN participant s ON s.event = e.id AND s.side = 'source' JOIN actor sa ON sa.id = s.actor
  JOIN participant t ON t.event = e.id AND t.side = 'target' JOIN actor ta ON ta.id = t.actor
 WHERE e.withdrawn_utc IS NULL;

-- Who asserts and who denies an event, one row a voice; who passes another's word on is none. Where an event is told in order to be denied, and no
-- voice is marked as denying it, the voice nearest to it does. Denials of other dispatches that answer it count (through: the event that says so),
-- as do acts of denial in its own. A text that names nobody who says so asserts it itself, in its publisher's name; copies are one text. A telling has one independent voice a
-- side: the nearest.
-- (The plus keeps SQLite from going through all that was ever rejected: an event is asked for by its number.)
CREATE VIEW voices AS
SELECT c.event, CASE WHEN c.stance = 'denies' OR o.own THEN 'denies' ELSE 'asserts' END AS says, coalesce(a.name, s.name, c.text) AS name,
       coalesce('a' || c.actor, 's' || c.source, c.text) AS voice, c.country, c.event AS through,
       NOT EXISTS (SELECT 1 FROM claim n WHERE n.event = c.event AND n.ordinal < c.ordinal AND (n.stance = 'denies') = (c.stance = 'denies') AND n.stance <> 'doubts') AS nearest
  FROM claim c
  JOIN (SELECT e.id, e.status = 'denied' AND NOT EXISTS (SELECT 1 FROM claim n WHERE n.event = e.id AND n.stance = 'denies') AS own FROM event e) o ON o.id = c.event
  LEFT JOIN actor a ON a.id = c.actor LEFT JOIN source s ON s.id = c.source
 WHERE c.stance <> 'doubts' AND NOT (o.own AND c.ordinal > 0) AND NOT EXISTS (SELECT 1 FROM claim n WHERE n.event = c.event AND n.via = c.ordinal AND n.stance <> 'doubts')
UNION ALL
SELECT k.other, 'denies', coalesce(a.name, s.name, c.text), coalesce('a' || c.actor, 's' || c.source, c.text), c.country, k.event, c.ordinal = (SELECT min(ordinal) FROM claim n WHERE n.event = k.event AND n.stance = c.stance)
  FROM link k
  JOIN event e ON e.id = k.event AND e.type <> 'REJECT' AND e.withdrawn_utc IS NULL
  JOIN claim c ON c.event = k.event AND (c.stance = 'denies' OR e.status = 'denied' AND c.ordinal = 0 AND NOT EXISTS (SELECT 1 FROM claim n WHERE n.event = e.id AND n.stance = 'denies'))
  LEFT JOIN actor a ON a.id = c.actor LEFT JOIN source s ON s.id = c.source
UNION ALL
SELECT k.other, 'denies', a.name, 'a' || a.id, p.country, k.event, p.ordinal = 0
  FROM link k
  JOIN event e ON e.id = k.event AND +e.type = 'REJECT' AND e.withdrawn_utc IS NULL
  JOIN participant p ON p.event = k.event AND p.side = 'source'
  JOIN actor a ON a.id = p.actor
UNION ALL
SELECT e.id, 'asserts', coalesce(s.name, d.title, 'dispatch ' || d.id), coalesce('d' || k.original, 's' || d.publisher, 'd' || d.id), NULL, e.id, 1
  FROM event e
  JOIN dispatch d ON d.id = e.dispatch
  LEFT JOIN source s ON s.id = d.publisher LEFT JOIN copy k ON k.dispatch = d.id
 WHERE e.status <> 'denied' AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.event = e.id AND c.stance <> 'denies');

-- Events of the present that somebody denies, with who asserts and who denies them.
CREATE VIEW contested AS
SELECT e.id AS event, e.key, e.date_begin, e.type, e.status,
       (SELECT group_concat(DISTINCT v.name) FROM voice v WHERE v.event = e.id AND v.says = 'asserts') AS asserted_by,
       (SELECT group_concat(DISTINCT v.name) FROM voice v WHERE v.event = e.id AND v.says = 'denies') AS denied_by
  FROM event e
 WHERE e.withdrawn_utc IS NULL
   AND (e.status IN ('denied', 'disputed') OR EXISTS (SELECT 1 FROM link k JOIN event x ON x.id = k.event WHERE k.other = e.id AND k.kind = 'denies' AND x.withdrawn_utc IS NULL));

-- One row an incident: what its first event says, and who stands behind it.
CREATE VIEW incidents AS
SELECT i.id, i.date_begin, i.date_end, e.type, e.mode, e.quad, e.source, e.source_country, e.target, e.target_country, e.status, e.place, e.place_country,
       i.n_events, i.n_dispatches, i.n_publishers, i.n_voices, i.contested,
       (SELECT group_concat(DISTINCT v.name) FROM incident_event m JOIN voice v ON v.event = m.event WHERE m.incident = i.id AND v.says = 'asserts') AS asserted_by,
       (SELECT group_concat(DISTINCT v.name) FROM incident_event m JOIN voice v ON v.event = m.event WHERE m.incident = i.id AND v.says = 'denies') AS denied_by,
       e.published AS first_published, e.publisher AS first_publisher, e.evidence
  FROM incident i JOIN events e ON e.id = i.first_event;

-- Verdicts with the event that they are about; current 1: that is what the record says now, 0: it has been withdrawn since.
CREATE VIEW verdicts AS
SELECT e.id AS event, v.key, v.dispatch, v.revision, e.type, e.mode, e.status, e.date_begin, e.date_end, v.verdict, v.changes, v.note, v.judge, v.drawn, v.judged_utc,
       e.withdrawn_utc IS NULL AS current
  FROM verdict v JOIN event e ON e.id = (SELECT max(id) FROM event WHERE dispatch = v.dispatch AND key = v.key AND revision = v.revision);

-- The events of the present with the latest verdict on each applied: without those that are wrong, and with what was changed.
CREATE VIEW corrected AS
SELECT e.id, e.key, coalesce(v.changes ->> 'date_begin', e.date_begin) AS date_begin, coalesce(v.changes ->> 'date_end', e.date_end) AS date_end,
       coalesce(v.changes ->> 'type', e.type) AS type, coalesce(v.changes ->> 'mode', e.mode) AS mode, coalesce(v.changes ->> 'context', e.context) AS context,
       coalesce(v.changes ->> 'status', e.status) AS status,
       coalesce(v.changes ->> 'source', e.source) AS source, coalesce(v.changes ->> 'source_country', e.source_country) AS source_country,
       coalesce(v.changes ->> 'target', e.target) AS target, coalesce(v.changes ->> 'target_country', e.target_country) AS target_country,
       coalesce(v.changes ->> 'place', e.place) AS place, coalesce(v.changes ->> 'place_country', e.place_country) AS place_country,
       e.voices, e.evidence, e.dispatch, e.title, e.published, e.publisher, v.verdict
  FROM events e
  LEFT JOIN verdict v ON v.dispatch = e.dispatch AND v.key = e.key AND (v.revision, v.judge) =
       (SELECT x.revision, x.judge FROM verdict x JOIN event y ON y.id = e.id WHERE x.dispatch = e.dispatch AND x.key = e.key AND x.revision = y.revision
         ORDER BY x.judged_utc DESC, x.judge LIMIT 1)
 WHERE v.verdict IS NOT 'wrong';

-- What SQLite's planner should expect: how many rows an index has, and how many of them share its first column, its first two, and so on, in a record of a
-- million events. Without it, it takes all indexes to be equally good. ANALYZE puts the record's own figures here. It makes the table; what it has found by then
-- (that FTS5's own tables have two rows) would have these read from end to end for each segment that is joined to another.
ANALYZE;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('event', 'event_key', '1000000 1 1 1'), ('event', 'event_dispatch', '1000000 3 2'), ('event', 'event_date', '1000000 333000 270 130 2'),
    ('event', 'event_type', '1000000 62500 25000 40 20'), ('event', 'event_status', '1000000 125000 33000 17000 50 25'), ('event', 'event_place', '300000 300 200 3'), ('event', 'event_publisher', '900000 3000 1500 3'),
    ('event', 'event_within', '50000 1'),
    ('participant', 'participant', '2000000 2 1 1'), ('participant', 'participant_actor', '2000000 20 16 2 2'), ('participant', 'participant_country', '2000000 10000 4000 4 2'), ('participant', 'participant_day', '2000000 667000 540 2 1'),
    ('dyad', 'dyad', '900000 5000 100 80 2 1'), ('facet', 'facet', '3000000 1000000 25000 8000 10 1'),
    ('claim', 'claim', '500000 2 1'), ('claim', 'claim_actor', '400000 20 15 12 2 1'), ('claim', 'claim_source', '50000 300 200 150 2 1'),
    ('claim', 'claim_country', '400000 2000 1000 700 3 1'), ('claim', 'claim_stance', '40000 20000 1'),
    ('link', 'link', '20000 2 2 1'), ('link', 'link_other', '20000 1 1 1'),
    ('incident', 'incident_date', '900000 250'),
    ('incident_event', 'incident_event_incident', '1000000 2'), ('incident_event', 'incident_event_fold', '1000000 12 8 1'), ('incident_event', 'incident_event_contested', '20000 7000 6 1'),
    ('dispatch', 'dispatch_published', '450000 120 2'), ('dispatch', 'dispatch_publisher', '450000 3000 2'), ('dispatch', 'sqlite_autoindex_dispatch_1', '450000 1 1'),
    ('dispatch_agency', 'dispatch_agency', '450000 1 1'), ('dispatch_agency', 'dispatch_agency_agency', '450000 3000 1'), ('page', 'sqlite_autoindex_page_1', '450000 1'), ('copy', 'copy_original', '100000 3'),
    ('sketch_key', 'sketch_key', '4500000 4 1'), ('actor', 'sqlite_autoindex_actor_1', '150000 1'), ('source', 'sqlite_autoindex_source_1', '300 1'),
    ('voice', 'voice_event', '1300000 2'), ('place', 'sqlite_autoindex_place_1', '5000 1 1 1 1');
