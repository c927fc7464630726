-- Who trains, how far it is, and what came of it. A trainer proves that it lives by its heartbeat; what it has
-- claimed is fenced by its name and the number of the claim.
alter table retrain_request
    add column trainer text,
    add column attempts integer not null default 0,
    add column stage text,
    add column fraction double precision not null default 0,
    add column message text,
    add column seconds double precision not null default 0,
    add column verdict text,
    add column release text,
    add column failure text;
alter table retrain_request rename column result to training;
