-- What a training costs: seconds of the machine that its trainers had, and the price of an hour of it.
alter table retrain_request
    add column sent_at timestamptz,
    add column machine_seconds double precision not null default 0,
    add column price_per_hour double precision not null default 0;
create index retrain_request_by_time on retrain_request (tenant, requested_at);

-- A queue for where there is no queue in the cloud: a message is hidden from others while somebody works on it.
create table retrain_message (
    message_id bigint generated always as identity primary key,
    tenant text not null,
    body text not null,
    visible_at timestamptz not null default now(),
    deliveries integer not null default 0,
    buried_at timestamptz,
    buried_because text
);
create index retrain_message_waiting on retrain_message (visible_at) where buried_at is null;

-- How well what was answered foretells what people choose, summed up since the last training.
create table drift (
    tenant text not null primary key,
    since timestamptz not null,
    until timestamptz not null,
    outcomes bigint not null,
    loss double precision not null,
    promised double precision not null,
    evidence double precision[] not null
);
