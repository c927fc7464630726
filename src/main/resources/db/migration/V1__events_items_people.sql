-- The tenant is the first column of every key. Digests are SHA-256 in lower-case hexadecimal.

-- The only table in which an external user id stands.
create table person (
    tenant text not null,
    person_id bigint generated always as identity,
    external_id text collate "C" not null,
    created_at timestamptz not null default now(),
    primary key (tenant, person_id),
    unique (tenant, external_id)
);

-- What items are, by content digest; images lie in the object store under their own digest.
create table content (
    tenant text not null,
    digest text collate "C" not null,
    image text collate "C",
    image_bytes integer,
    words text,
    tags text[] not null default '{}',
    created_at timestamptz not null default now(),
    primary key (tenant, digest)
);

-- What an app's key stands for now.
create table item (
    tenant text not null,
    key text collate "C" not null,
    revision integer not null default 1,
    digest text collate "C" not null,
    stored_at timestamptz not null default now(),
    removed_at timestamptz,
    primary key (tenant, key),
    foreign key (tenant, digest) references content (tenant, digest)
);
create index item_by_content on item (tenant, digest);

-- What it stood for before and since when; events keep the revision they saw by its content digest.
create table item_revision (
    tenant text not null,
    key text collate "C" not null,
    revision integer not null,
    digest text collate "C" not null,
    stored_at timestamptz not null default now(),
    primary key (tenant, key, revision)
);

-- An item announced by put-items whose image comes by PUT.
create table upload (
    tenant text not null,
    key text collate "C" not null,
    words text,
    tags text[] not null default '{}',
    announced_at timestamptz not null default now(),
    primary key (tenant, key)
);

-- The frozen encoder's output: float32, little-endian; null where an item has no image or no words.
create table encoding (
    tenant text not null,
    digest text collate "C" not null,
    encoder text collate "C" not null,
    image bytea,
    words bytea,
    created_at timestamptz not null default now(),
    primary key (tenant, digest, encoder)
);

create table event (
    tenant text not null,
    event_id text collate "C" not null,
    person_id bigint not null,
    type text not null,
    at_millis bigint not null,
    item text collate "C",
    over text[] not null default '{}',
    value double precision,
    unit text,
    comment text,
    decision text,
    of_event text collate "C",
    correction text,
    reason text,
    corrected_by text,
    fingerprint text not null,
    recorded_at timestamptz not null default now(),
    primary key (tenant, event_id),
    foreign key (tenant, person_id) references person (tenant, person_id)
);
create index event_by_person on event (tenant, person_id, at_millis desc, event_id desc);
create index event_withdrawn on event (tenant, person_id, of_event) where of_event is not null;
create index event_by_item on event (tenant, item);
create index event_recorded on event (tenant, recorded_at);

-- What a release makes of a person, and up to which event.
create table taste_state (
    tenant text not null,
    person_id bigint not null,
    release text not null,
    watermark_millis bigint not null,
    watermark_event text collate "C" not null,
    taste bytea not null,
    activations bytea not null,
    updated_at timestamptz not null default now(),
    primary key (tenant, person_id, release),
    foreign key (tenant, person_id) references person (tenant, person_id)
);

-- What was shown to whom, in which order, by which release: exposure cannot be recovered afterwards.
create table decision (
    tenant text not null,
    decision_id text not null,
    person_id bigint not null,
    function text not null,
    release text,
    arm text,
    ranking jsonb not null,
    at timestamptz not null default now(),
    primary key (tenant, decision_id),
    foreign key (tenant, person_id) references person (tenant, person_id)
);
create index decision_by_person on decision (tenant, person_id, at desc);

create table token_edit (
    tenant text not null,
    edit_id bigint generated always as identity,
    person_id bigint,
    segment text,
    release text not null,
    token_id text not null,
    edit jsonb not null,
    edited_by text,
    at timestamptz not null default now(),
    primary key (tenant, edit_id)
);

create table release (
    tenant text not null,
    digest text not null,
    parent text,
    verdict text not null,
    manifest jsonb not null,
    created_at timestamptz not null default now(),
    published_at timestamptz,
    primary key (tenant, digest)
);

create table retrain_request (
    tenant text not null,
    id bigint generated always as identity,
    reason text not null,
    state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
    requested_at timestamptz not null default now(),
    started_at timestamptz,
    heartbeat_at timestamptz,
    finished_at timestamptz,
    result jsonb,
    primary key (tenant, id)
);
-- One at a time: two queued or running requests of a tenant cannot stand beside each other.
create unique index retrain_request_open on retrain_request (tenant) where state in ('queued', 'running');
