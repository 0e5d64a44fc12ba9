-- Components, notifications. Times are texts in UTC.
-- Versions of components: content is their bytes, hash that of the bytes. The id gives their order.
CREATE TABLE component_version (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    hash TEXT NOT NULL,
    content BLOB NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (path, hash)
);
CREATE INDEX component_version_hash ON component_version (hash);
-- scanned: the hash of the file in the components folder when it and the active version were last known to agree.
CREATE TABLE component (
    path TEXT PRIMARY KEY,
    active TEXT,
    scanned TEXT,
    updated_at TEXT NOT NULL
) WITHOUT ROWID;
-- Where the folder and the server differ and neither may replace the other without an answer.
CREATE TABLE component_conflict (
    path TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    local_hash TEXT,
    server_hash TEXT,
    notification INTEGER NOT NULL,
    skipped INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
-- Which versions a job runs with.
CREATE TABLE component_manifest (
    experiment_uid TEXT PRIMARY KEY,
    components TEXT NOT NULL,
    created_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE notification (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL,
    title TEXT NOT NULL,
    message TEXT NOT NULL,
    created_at TEXT NOT NULL,
    experiment_uid TEXT,
    actions TEXT NOT NULL,
    data TEXT NOT NULL,
    action TEXT
);
CREATE INDEX notification_unread ON notification (id) WHERE action IS NULL;
