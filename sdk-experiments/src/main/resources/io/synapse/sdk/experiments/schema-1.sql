-- For how long servers have run with these records, in milliseconds: the age of what is kept, whatever clocks say.
CREATE TABLE running_time (millis INTEGER NOT NULL);
INSERT INTO running_time VALUES (0);

-- Events that clients can ask for again. AUTOINCREMENT: an id is never given twice, also when the newest was removed.
CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  type TEXT NOT NULL,
  data TEXT NOT NULL,
  time TEXT NOT NULL,
  running INTEGER NOT NULL
);
CREATE INDEX event_running ON event (running);
