-- A person's last taste and what it was made of: it answers as long as the release and the history are the same.
-- What stood here before was never read, and is made anew when the person is asked about.
drop table taste_state;
create table taste_state (
    tenant text not null,
    person_id bigint not null,
    release text not null,
    history text not null,
    taste bytea not null,
    own bytea not null,
    activations bytea not null,
    updated_at timestamptz not null default now(),
    primary key (tenant, person_id),
    foreign key (tenant, person_id) references person (tenant, person_id)
);
