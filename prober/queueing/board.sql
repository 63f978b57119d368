CREATE SCHEMA IF NOT EXISTS prober_queue;

CREATE TABLE IF NOT EXISTS prober_queue.runs (
  run text PRIMARY KEY,
  options jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS prober_queue.work (
  run text NOT NULL,
  id text NOT NULL,
  place text NOT NULL,
  work jsonb NOT NULL,
  begun integer NOT NULL DEFAULT 0,
  ended integer NOT NULL DEFAULT 0,
  crashes integer NOT NULL DEFAULT 0,
  faults integer NOT NULL DEFAULT 0,
  worker text NOT NULL DEFAULT '',
  doing text NOT NULL DEFAULT '',
  result jsonb,
  delivered boolean NOT NULL DEFAULT false,
  PRIMARY KEY (run, id)
);
-- where a suspect's way leads, learnt when it met another case there
ALTER TABLE prober_queue.work ADD COLUMN IF NOT EXISTS keys text[] NOT NULL DEFAULT '{}';

-- when the next case may begin: of a run ('run RUN'), at a place ('place PLACE')
CREATE TABLE IF NOT EXISTS prober_queue.pace (
  key text PRIMARY KEY,
  next timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS work_to_deliver ON prober_queue.work (run) WHERE result IS NOT NULL AND NOT delivered;
CREATE INDEX IF NOT EXISTS work_open ON prober_queue.work (run) WHERE result IS NULL;

ALTER TABLE prober_queue.runs ADD COLUMN IF NOT EXISTS given_up boolean NOT NULL DEFAULT false;

CREATE TABLE IF NOT EXISTS prober_queue.events (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  data jsonb NOT NULL
);
CREATE INDEX IF NOT EXISTS events_of_run ON prober_queue.events (run, number);
