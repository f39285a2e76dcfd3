-- The tables of a record of layout 1, as that version made them.
CREATE TABLE run (
    id           INTEGER PRIMARY KEY,
    kind         TEXT NOT NULL CHECK (kind IN ('add', 'recode', 'import')),
    engine       TEXT NOT NULL,
    data         TEXT NOT NULL,
    started_utc  TEXT NOT NULL,
    finished_utc TEXT
) STRICT;
CREATE TABLE source (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE page (
    id        INTEGER PRIMARY KEY,
    hash      TEXT NOT NULL UNIQUE,
    given_id  TEXT NOT NULL,
    name      TEXT NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('text', 'html')),
    meta      TEXT NOT NULL,
    raw       BLOB,
    run       INTEGER NOT NULL REFERENCES run,-- that read it last
    added_utc TEXT NOT NULL
) STRICT;
CREATE TABLE dispatch (
    id              INTEGER PRIMARY KEY,
    page            INTEGER NOT NULL REFERENCES page ON DELETE CASCADE,
    article         INTEGER NOT NULL,
    title           TEXT,
    url             TEXT,
    publisher       INTEGER REFERENCES source,
    dateline        TEXT,
    published_begin TEXT,
    published_end   TEXT,
    published_basis TEXT NOT NULL CHECK (published_basis IN ('none', 'given', 'stated', 'inferred')),
    begin           INTEGER NOT NULL,
    withdrawn_utc   TEXT,
    text            TEXT NOT NULL,
    UNIQUE (page, article)
) STRICT;
CREATE INDEX dispatch_published ON dispatch (published_end, publisher);
CREATE INDEX dispatch_publisher ON dispatch (publisher, published_end);
CREATE INDEX dispatch_withdrawn ON dispatch (id) WHERE withdrawn_utc IS NOT NULL;
CREATE TABLE dispatch_agency (
    dispatch INTEGER NOT NULL REFERENCES dispatch ON DELETE CASCADE,
    agency   INTEGER NOT NULL REFERENCES source,
    PRIMARY KEY (dispatch, agency)
) STRICT, WITHOUT ROWID;
CREATE TABLE sketch (
    dispatch INTEGER PRIMARY KEY REFERENCES dispatch ON DELETE CASCADE,
    hashes   BLOB NOT NULL
) STRICT;
CREATE TABLE sketch_key (
    hash     INTEGER NOT NULL,
    dispatch INTEGER NOT NULL,
    PRIMARY KEY (hash, dispatch)
) STRICT, WITHOUT ROWID;
CREATE TABLE copy (
    dispatch INTEGER PRIMARY KEY REFERENCES dispatch ON DELETE CASCADE,
    original INTEGER NOT NULL REFERENCES dispatch ON DELETE CASCADE,
    share    REAL NOT NULL
) STRICT;
CREATE INDEX copy_original ON copy (original);
CREATE TABLE actor (
    id       INTEGER PRIMARY KEY,
    key      TEXT NOT NULL UNIQUE,
    name     TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('state', 'organisation', 'person', 'office', 'people', 'unknown'))
) STRICT;
CREATE VIRTUAL TABLE actor_fts USING fts5 (name, content = 'actor', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3', columnsize = 0);
CREATE TRIGGER actor_fts_insert AFTER INSERT ON actor BEGIN
    INSERT INTO actor_fts (rowid, name) VALUES (new.id, new.name);
END;
CREATE TRIGGER actor_fts_delete AFTER DELETE ON actor BEGIN
    INSERT INTO actor_fts (actor_fts, rowid, name) VALUES ('delete', old.id, old.name);
END;
CREATE TABLE place (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    country TEXT,
    lat     REAL NOT NULL,
    lon     REAL NOT NULL,
    UNIQUE (name, country, lat, lon)
) STRICT;
CREATE TABLE event (
    id             INTEGER PRIMARY KEY,
    key            TEXT NOT NULL,
    revision       TEXT NOT NULL,
    dispatch       INTEGER NOT NULL REFERENCES dispatch ON DELETE CASCADE,
    type           TEXT NOT NULL,
    mode           TEXT NOT NULL,
    context        TEXT NOT NULL,
    cameo          TEXT NOT NULL,
    quad           INTEGER NOT NULL CHECK (quad BETWEEN 0 AND 4),
    intensity      REAL NOT NULL,
    date_begin     TEXT,
    date_end       TEXT,
    date_text      TEXT,
    date_basis     TEXT NOT NULL CHECK (date_basis IN ('none', 'text', 'published', 'context')),
    place          INTEGER REFERENCES place,
    place_text     TEXT,
    status         TEXT NOT NULL CHECK (status IN ('reported', 'claimed', 'admitted', 'denied', 'disputed', 'planned', 'possible', 'negated')),
    within         INTEGER REFERENCES event ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    confidence     REAL,
    dead           INTEGER,
    injured        INTEGER,
    arrested       INTEGER,
    protesters     INTEGER,
    sentence       INTEGER NOT NULL,
    evidence_begin INTEGER NOT NULL,
    evidence_end   INTEGER NOT NULL,
    evidence_text  TEXT,
    trigger_begin  INTEGER NOT NULL,
    trigger_end    INTEGER NOT NULL,
    frame          TEXT NOT NULL,
    rule           TEXT NOT NULL,
    run            INTEGER NOT NULL REFERENCES run,
    recorded_utc   TEXT NOT NULL,
    withdrawn_run  INTEGER REFERENCES run,
    withdrawn_utc  TEXT,
    day            INTEGER GENERATED ALWAYS AS (coalesce(CAST(replace(date_begin, '-', '') AS INTEGER), 99999999)) VIRTUAL,
    span           INTEGER GENERATED ALWAYS AS (CASE WHEN date_begin IS date_end OR julianday(date_end) - julianday(date_begin) <= 31 THEN 0
                                                     WHEN julianday(date_end) - julianday(date_begin) <= 366 THEN 1 ELSE 2 END) VIRTUAL,
    last           INTEGER GENERATED ALWAYS AS (coalesce(CAST(replace(date_end, '-', '') AS INTEGER), 0)) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX event_key ON event (key, dispatch, CASE WHEN withdrawn_utc IS NULL THEN 0 ELSE id END);
CREATE INDEX event_dispatch ON event (dispatch, day);
CREATE INDEX event_date ON event (span, day, last) WHERE withdrawn_utc IS NULL;
CREATE INDEX event_type ON event (type, span, day, last) WHERE withdrawn_utc IS NULL;
CREATE INDEX event_status ON event (status, quad, span, day, last) WHERE withdrawn_utc IS NULL;
CREATE INDEX event_place ON event (place, span, day) WHERE place IS NOT NULL;
CREATE INDEX event_within ON event (within) WHERE within IS NOT NULL;
CREATE TABLE participant (
    event   INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    side    TEXT NOT NULL CHECK (side IN ('source', 'target')),
    ordinal INTEGER NOT NULL,
    actor   INTEGER NOT NULL REFERENCES actor,
    country TEXT NOT NULL,
    sector  TEXT NOT NULL,
    role    TEXT,
    text    TEXT NOT NULL,
    begin   INTEGER NOT NULL,
    "end"   INTEGER NOT NULL,
    day     INTEGER NOT NULL,
    span    INTEGER NOT NULL,
    PRIMARY KEY (event, side, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX participant_actor ON participant (actor, span, day, event);
CREATE INDEX participant_country ON participant (country, span, day, event);
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
CREATE TABLE claim (
    event     INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    ordinal   INTEGER NOT NULL,
    actor     INTEGER REFERENCES actor,
    source    INTEGER REFERENCES source,
    country   TEXT,
    sector    TEXT,
    role      TEXT,
    text      TEXT,
    stance    TEXT NOT NULL CHECK (stance IN ('asserts', 'denies', 'admits', 'doubts')),
    cue       TEXT NOT NULL,
    cue_begin INTEGER NOT NULL,
    cue_end   INTEGER NOT NULL,
    quote     INTEGER NOT NULL CHECK (quote IN (0, 1)),
    via       INTEGER,
    day       INTEGER NOT NULL,
    span      INTEGER NOT NULL,
    PRIMARY KEY (event, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_actor ON claim (actor, stance, span, day, event) WHERE actor IS NOT NULL;
CREATE INDEX claim_source ON claim (source, stance, span, day, event) WHERE source IS NOT NULL;
CREATE INDEX claim_country ON claim (country, stance, span, day, event) WHERE country IS NOT NULL;
CREATE INDEX claim_stance ON claim (stance, event) WHERE stance <> 'asserts';
CREATE TABLE link (
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    kind  TEXT NOT NULL CHECK (kind IN ('denies')),
    other INTEGER NOT NULL REFERENCES event ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (event, kind, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_other ON link (other, kind);
CREATE TABLE denial (
    country   TEXT NOT NULL,
    published TEXT NOT NULL,
    event     INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    PRIMARY KEY (country, published, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX denial_event ON denial (event);
CREATE TABLE incident (
    id            INTEGER PRIMARY KEY,
    date_begin    TEXT,
    date_end      TEXT,
    first_event   INTEGER,
    n_events      INTEGER NOT NULL DEFAULT 0,
    n_dispatches  INTEGER NOT NULL DEFAULT 0,
    n_publishers  INTEGER NOT NULL DEFAULT 0,
    n_voices      INTEGER NOT NULL DEFAULT 0,
    contested     INTEGER NOT NULL DEFAULT 0,
    day           INTEGER GENERATED ALWAYS AS (coalesce(CAST(replace(date_begin, '-', '') AS INTEGER), 99999999)) VIRTUAL,
    span          INTEGER GENERATED ALWAYS AS (CASE WHEN date_begin IS date_end OR julianday(date_end) - julianday(date_begin) <= 31 THEN 0
                                                    WHEN julianday(date_end) - julianday(date_begin) <= 366 THEN 1 ELSE 2 END) VIRTUAL,
    last          INTEGER GENERATED ALWAYS AS (coalesce(CAST(replace(date_end, '-', '') AS INTEGER), 0)) VIRTUAL
) STRICT;
CREATE INDEX incident_date ON incident (day);
CREATE INDEX incident_span ON incident (span, day, last);
CREATE INDEX incident_contested ON incident (span, day, last) WHERE contested;
CREATE TABLE incident_event (
    event    INTEGER PRIMARY KEY REFERENCES event ON DELETE CASCADE,
    incident INTEGER NOT NULL REFERENCES incident ON DELETE CASCADE,
    how      TEXT NOT NULL,
    fold     INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    span     INTEGER NOT NULL
) STRICT;
CREATE INDEX incident_event_incident ON incident_event (incident);
CREATE INDEX incident_event_fold ON incident_event (fold, span, day);
CREATE TABLE voice (
    event   INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    says    TEXT NOT NULL CHECK (says IN ('asserts', 'denies')),
    name    TEXT,
    voice   TEXT,
    country TEXT,
    through INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    nearest INTEGER NOT NULL
) STRICT;
CREATE INDEX voice_event ON voice (event);
CREATE INDEX voice_through ON voice (through) WHERE through <> event;
CREATE TABLE verdict (
    key         TEXT NOT NULL,
    dispatch    INTEGER NOT NULL REFERENCES dispatch ON DELETE CASCADE,
    revision    TEXT NOT NULL,
    judge       TEXT NOT NULL,
    verdict     TEXT NOT NULL CHECK (verdict IN ('right', 'wrong', 'changed')),
    changes     TEXT NOT NULL,
    note        TEXT NOT NULL,
    drawn       INTEGER NOT NULL CHECK (drawn IN (0, 1)),
    judged_utc  TEXT NOT NULL,
    PRIMARY KEY (dispatch, key, revision, judge)
) STRICT, WITHOUT ROWID;
CREATE TABLE forgotten (
    hash          TEXT PRIMARY KEY,
    forgotten_utc TEXT NOT NULL
) STRICT;
CREATE TABLE reject (
    hash      TEXT PRIMARY KEY,
    name      TEXT NOT NULL,
    reason    TEXT NOT NULL,
    run       INTEGER NOT NULL REFERENCES run,
    added_utc TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE dispatch_fts USING fts5 (title, text, content = 'dispatch', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER dispatch_fts_insert AFTER INSERT ON dispatch BEGIN
    INSERT INTO dispatch_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER dispatch_fts_delete AFTER DELETE ON dispatch BEGIN
    INSERT INTO dispatch_fts (dispatch_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END;
CREATE TRIGGER dispatch_fts_update AFTER UPDATE OF title, text ON dispatch WHEN old.title IS NOT new.title OR old.text IS NOT new.text BEGIN
    INSERT INTO dispatch_fts (dispatch_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
    INSERT INTO dispatch_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
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
CREATE VIEW dyads AS
SELECT e.id AS event, e.date_begin, e.date_end, e.type, e.quad, e.intensity, e.status,
       s.country AS source, s.sector AS source_sector, sa.name AS source_name,
       t.country AS target, t.sector AS target_sector, ta.name AS target_name
  FROM event e
  JOIN participant s ON s.event = e.id AND s.side = 'source' JOIN actor sa ON sa.id = s.actor
  JOIN participant t ON t.event = e.id AND t.side = 'target' JOIN actor ta ON ta.id = t.actor
 WHERE e.withdrawn_utc IS NULL;
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
CREATE VIEW contested AS
SELECT e.id AS event, e.key, e.date_begin, e.type, e.status,
       (SELECT group_concat(DISTINCT v.name) FROM voice v WHERE v.event = e.id AND v.says = 'asserts') AS asserted_by,
       (SELECT group_concat(DISTINCT v.name) FROM voice v WHERE v.event = e.id AND v.says = 'denies') AS denied_by
  FROM event e
 WHERE e.withdrawn_utc IS NULL
   AND (e.status IN ('denied', 'disputed') OR EXISTS (SELECT 1 FROM link k JOIN event x ON x.id = k.event WHERE k.other = e.id AND k.kind = 'denies' AND x.withdrawn_utc IS NULL));
CREATE VIEW incidents AS
SELECT i.id, i.date_begin, i.date_end, e.type, e.mode, e.quad, e.source, e.source_country, e.target, e.target_country, e.status, e.place, e.place_country,
       i.n_events, i.n_dispatches, i.n_publishers, i.n_voices, i.contested,
       (SELECT group_concat(DISTINCT v.name) FROM incident_event m JOIN voice v ON v.event = m.event WHERE m.incident = i.id AND v.says = 'asserts') AS asserted_by,
       (SELECT group_concat(DISTINCT v.name) FROM incident_event m JOIN voice v ON v.event = m.event WHERE m.incident = i.id AND v.says = 'denies') AS denied_by,
       e.published AS first_published, e.publisher AS first_publisher, e.evidence
  FROM incident i JOIN events e ON e.id = i.first_event;
CREATE VIEW verdicts AS
SELECT e.id AS event, v.key, v.dispatch, v.revision, e.type, e.mode, e.status, e.date_begin, e.date_end, v.verdict, v.changes, v.note, v.judge, v.drawn, v.judged_utc,
       e.withdrawn_utc IS NULL AS current
  FROM verdict v JOIN event e ON e.id = (SELECT max(id) FROM event WHERE dispatch = v.dispatch AND key = v.key AND revision = v.revision);
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
ANALYZE;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('event', 'event_key', '1000000 1 1 1'), ('event', 'event_dispatch', '1000000 3 2'), ('event', 'event_date', '1000000 333000 270 130'),
    ('event', 'event_type', '1000000 62500 25000 40 20'), ('event', 'event_status', '1000000 125000 33000 17000 50 25'), ('event', 'event_place', '300000 300 200 3'),
    ('event', 'event_within', '50000 1'),
    ('participant', 'participant', '2000000 2 1 1'), ('participant', 'participant_actor', '2000000 20 16 2 2'), ('participant', 'participant_country', '2000000 10000 4000 4 2'),
    ('dyad', 'dyad', '900000 5000 100 80 2 1'),
    ('claim', 'claim', '500000 2 1'), ('claim', 'claim_actor', '400000 20 15 12 2 1'), ('claim', 'claim_source', '50000 300 200 150 2 1'),
    ('claim', 'claim_country', '400000 2000 1000 700 3 1'), ('claim', 'claim_stance', '40000 20000 1'),
    ('link', 'link', '20000 2 2 1'), ('link', 'link_other', '20000 1 1 1'),
    ('incident', 'incident_date', '900000 250'), ('incident', 'incident_span', '900000 300000 250 120'), ('incident', 'incident_contested', '20000 7000 6 4'),
    ('incident_event', 'incident_event_incident', '1000000 2'), ('incident_event', 'incident_event_fold', '1000000 12 8 1'),
    ('dispatch', 'dispatch_published', '450000 120 2'), ('dispatch', 'dispatch_publisher', '450000 3000 2'), ('dispatch', 'sqlite_autoindex_dispatch_1', '450000 1 1'),
    ('dispatch_agency', 'dispatch_agency', '450000 1 1'), ('page', 'sqlite_autoindex_page_1', '450000 1'), ('copy', 'copy_original', '100000 3'),
    ('sketch_key', 'sketch_key', '4500000 4 1'), ('actor', 'sqlite_autoindex_actor_1', '150000 1'), ('source', 'sqlite_autoindex_source_1', '300 1'),
    ('voice', 'voice_event', '1300000 2'), ('place', 'sqlite_autoindex_place_1', '5000 1 1 1 1');
