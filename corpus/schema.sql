-- The library, version 1. Everything that is searchable hangs on a work and goes with it.

CREATE TABLE IF NOT EXISTS meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- One row: how many commits have changed a work or anything searchable.
CREATE TABLE IF NOT EXISTS clock (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    generation INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS works (
    key         TEXT PRIMARY KEY,
    title       TEXT NOT NULL,
    authors     TEXT NOT NULL,          -- JSON: [[family, given], …]
    year        INTEGER,
    kind        TEXT NOT NULL,
    venue       TEXT,
    identifiers TEXT NOT NULL,          -- JSON: {registry: id}
    fields      TEXT NOT NULL,          -- JSON: [[name, value], …]
    message     TEXT,                   -- why taking it in failed
    added       TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS documents (
    digest        TEXT PRIMARY KEY,
    work          TEXT NOT NULL REFERENCES works (key) ON DELETE CASCADE,
    media_type    TEXT NOT NULL,
    name          TEXT NOT NULL,
    origin        TEXT NOT NULL,
    version       TEXT,
    superseded_by TEXT,
    recipe        TEXT NOT NULL,
    arrived       TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS documents_of_work ON documents (work);
CREATE UNIQUE INDEX IF NOT EXISTS one_current_document ON documents (work) WHERE superseded_by IS NULL;

CREATE TABLE IF NOT EXISTS pages (
    document TEXT NOT NULL REFERENCES documents (digest) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text     TEXT NOT NULL,
    number   INTEGER,
    label    TEXT,
    part     INTEGER,
    times    TEXT,                      -- JSON: [[offset, seconds], …]
    boxes    BLOB,
    hyphens  TEXT,                      -- JSON: [offset, …]
    PRIMARY KEY (document, position)
);

-- Passages of current documents only.
CREATE TABLE IF NOT EXISTS passages (
    number      INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    work        TEXT NOT NULL REFERENCES works (key) ON DELETE CASCADE,
    document    TEXT NOT NULL REFERENCES documents (digest) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    section     TEXT,
    kind        TEXT NOT NULL,
    lead        TEXT NOT NULL,
    sentences   TEXT NOT NULL,          -- JSON: [[start, end, quotable, text], …]
    text_digest TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_of_work ON passages (work);
CREATE INDEX IF NOT EXISTS passages_of_document ON passages (document);
CREATE INDEX IF NOT EXISTS passages_of_text ON passages (text_digest);

-- Full text; its rowid is the passage's number.
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    text, section, title, tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER IF NOT EXISTS words_go_with_passage AFTER DELETE ON passages BEGIN
    DELETE FROM words WHERE rowid = old.number;
END;

CREATE TABLE IF NOT EXISTS vectors (
    text_digest TEXT NOT NULL,
    embedder    TEXT NOT NULL,
    whole       BLOB NOT NULL,          -- float32, little-endian
    sentences   BLOB NOT NULL,          -- float32, row after row
    PRIMARY KEY (text_digest, embedder)
);

CREATE TABLE IF NOT EXISTS annotations (
    number      INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    work        TEXT NOT NULL REFERENCES works (key) ON DELETE CASCADE,
    statement   TEXT NOT NULL,
    page        INTEGER,
    part        INTEGER,
    section     TEXT,
    first_words TEXT NOT NULL,
    last_words  TEXT NOT NULL,
    writer      TEXT NOT NULL,
    checked     INTEGER NOT NULL,
    bears_on    TEXT NOT NULL,          -- JSON: [essay/question, …]
    leads       TEXT NOT NULL,          -- JSON, likewise
    text_digest TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS annotations_of_work ON annotations (work);
CREATE INDEX IF NOT EXISTS annotations_of_text ON annotations (text_digest);

-- Which annotations bear on a question of an essay; follows annotations.bears_on.
CREATE TABLE IF NOT EXISTS bearings (
    question   TEXT NOT NULL,
    annotation TEXT NOT NULL REFERENCES annotations (id) ON DELETE CASCADE,
    PRIMARY KEY (question, annotation)
) WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS bearings_come AFTER INSERT ON annotations BEGIN
    INSERT OR IGNORE INTO bearings SELECT value, new.id FROM json_each(new.bears_on);
END;
CREATE TRIGGER IF NOT EXISTS bearings_change AFTER UPDATE OF bears_on ON annotations BEGIN
    DELETE FROM bearings WHERE annotation = new.id;
    INSERT OR IGNORE INTO bearings SELECT value, new.id FROM json_each(new.bears_on);
END;

CREATE TABLE IF NOT EXISTS ties (
    annotation TEXT PRIMARY KEY REFERENCES annotations (id) ON DELETE CASCADE,
    document   TEXT NOT NULL REFERENCES documents (digest) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end   INTEGER NOT NULL,
    passage    TEXT REFERENCES passages (id) ON DELETE SET NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ties_of_document ON ties (document);
CREATE INDEX IF NOT EXISTS ties_of_passage ON ties (passage);

-- What the index has to follow: the latest change of each id, in order.
CREATE TABLE IF NOT EXISTS journal (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    generation INTEGER NOT NULL,
    op         TEXT NOT NULL,
    kind       TEXT NOT NULL,
    id         TEXT NOT NULL,
    work       TEXT NOT NULL,
    UNIQUE (kind, id)
);
CREATE INDEX IF NOT EXISTS journal_by_generation ON journal (generation);

CREATE TABLE IF NOT EXISTS ledger (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    digest     TEXT NOT NULL,
    work       TEXT NOT NULL,
    name       TEXT NOT NULL,
    origin     TEXT NOT NULL,
    media_type TEXT NOT NULL,
    recipe     TEXT NOT NULL,
    outcome    TEXT NOT NULL,
    message    TEXT,
    time       TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS ledger_of_digest ON ledger (digest);

INSERT OR IGNORE INTO clock VALUES (1, 0);
INSERT OR IGNORE INTO meta VALUES ('library', lower(hex(randomblob(16))));
