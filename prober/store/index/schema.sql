-- Made from the migrations, a test holds it equal to them. For writers that cannot wait for SQLAlchemy to load.
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE campaigns (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	first_seen DATETIME, 
	last_seen DATETIME, 
	CONSTRAINT pk_campaigns PRIMARY KEY (id)
);

CREATE TABLE notes (
	id TEXT NOT NULL, 
	case_id TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_notes PRIMARY KEY (id)
);

CREATE INDEX ix_notes_case_id ON notes (case_id);

CREATE TABLE purged (
	case_id TEXT NOT NULL, 
	manifest TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	reason TEXT NOT NULL, 
	CONSTRAINT pk_purged PRIMARY KEY (case_id)
);

CREATE TABLE tags (
	case_id TEXT NOT NULL, 
	tag TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_tags PRIMARY KEY (case_id, tag)
);

CREATE INDEX ix_tags_tag ON tags (tag);

CREATE TABLE cases (
	id TEXT NOT NULL, 
	url TEXT NOT NULL, 
	host TEXT NOT NULL, 
	domain TEXT NOT NULL, 
	final_url TEXT NOT NULL, 
	scenario TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	obstacle TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	grounds TEXT NOT NULL, 
	amount TEXT NOT NULL, 
	started_at DATETIME NOT NULL, 
	seconds FLOAT NOT NULL, 
	prober TEXT NOT NULL, 
	case_dir TEXT NOT NULL, 
	campaign_id TEXT, 
	CONSTRAINT pk_cases PRIMARY KEY (id), 
	CONSTRAINT fk_cases_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaigns (id) ON DELETE SET NULL
);

CREATE INDEX ix_cases_domain ON cases (domain);

CREATE INDEX ix_cases_host ON cases (host);

CREATE INDEX ix_cases_started_at ON cases (started_at);

CREATE INDEX ix_cases_verdict_started_at ON cases (verdict, started_at);

CREATE TABLE findings (
	case_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	rule TEXT NOT NULL, 
	side TEXT NOT NULL, 
	weight TEXT NOT NULL, 
	summary TEXT NOT NULL, 
	CONSTRAINT pk_findings PRIMARY KEY (case_id, number), 
	CONSTRAINT fk_findings_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE TABLE hosts (
	case_id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	port INTEGER NOT NULL, 
	addresses TEXT NOT NULL, 
	requests INTEGER NOT NULL, 
	CONSTRAINT pk_hosts PRIMARY KEY (case_id, name, port), 
	CONSTRAINT fk_hosts_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE INDEX ix_hosts_name ON hosts (name);

CREATE TABLE probes (
	case_id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	arm TEXT NOT NULL, 
	profile TEXT NOT NULL, 
	outcome TEXT NOT NULL, 
	submitted BOOLEAN NOT NULL, 
	seconds FLOAT NOT NULL, 
	CONSTRAINT pk_probes PRIMARY KEY (case_id, name), 
	CONSTRAINT fk_probes_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE TABLE traces (
	case_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_traces PRIMARY KEY (case_id, kind, value), 
	CONSTRAINT fk_traces_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE INDEX ix_traces_value_kind ON traces (value, kind);

CREATE TABLE holders (
	case_id TEXT NOT NULL, 
	holder TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_holders PRIMARY KEY (case_id, holder)
);

CREATE INDEX ix_holders_holder ON holders (holder);

CREATE INDEX ix_cases_campaign_id_started_at ON cases (campaign_id, started_at);

INSERT INTO alembic_version VALUES ('0003');
