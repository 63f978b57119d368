-- The state of one run. Places carry the order of work, so that a claim costs the same for a hundred and a million.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE suspects (
  number INTEGER PRIMARY KEY,            -- order of the list
  id TEXT NOT NULL UNIQUE,
  line INTEGER NOT NULL,
  url TEXT NOT NULL,
  place TEXT NOT NULL,
  scenario TEXT NOT NULL,
  among TEXT NOT NULL,                   -- names separated by spaces
  pass INTEGER NOT NULL,                 -- the reading of the list that saw it last
  state INTEGER NOT NULL DEFAULT 0,      -- 0 waiting, 1 in work, 2 done
  tries INTEGER NOT NULL DEFAULT 0,
  crashes INTEGER NOT NULL DEFAULT 0,
  case_id TEXT NOT NULL DEFAULT '',
  outcome TEXT NOT NULL DEFAULT '',      -- the verdict, 'refused' or 'failed'
  obstacle TEXT NOT NULL DEFAULT '',
  chosen TEXT NOT NULL DEFAULT '',       -- the scenario used
  reason TEXT NOT NULL DEFAULT '',
  seconds REAL NOT NULL DEFAULT 0,
  highlights TEXT NOT NULL DEFAULT ''    -- JSON
);
CREATE INDEX suspects_of_place ON suspects (place, state, number);
CREATE INDEX suspects_by_outcome ON suspects (outcome, seconds) WHERE state = 2;

CREATE TABLE places (
  place TEXT PRIMARY KEY,
  next INTEGER,                          -- the first of its suspects that waits, NULL when none does
  busy INTEGER NOT NULL DEFAULT 0,
  not_before REAL NOT NULL DEFAULT 0     -- Unix time
) WITHOUT ROWID;
CREATE INDEX places_ready ON places (next) WHERE busy = 0 AND next IS NOT NULL;

CREATE TABLE skipped (
  line INTEGER NOT NULL,
  text TEXT NOT NULL,
  kind TEXT NOT NULL,                    -- 'duplicate' or 'unusable'
  reason TEXT NOT NULL
);
