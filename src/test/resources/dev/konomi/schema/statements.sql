-- Statements of revision a8f764c, by scripts/record-statements.
-- door/People.java
select person_id from person where tenant = $1 and external_id = $2;
-- door/People.java
insert into person (tenant, external_id) select $1, u from unnest($2::text[]) u where not exists (select 1 from person p where p.tenant = $1 and p.external_id = u) order by u on conflict do nothing;
-- door/People.java
select external_id, person_id from person where tenant = $1 and external_id = any($2);
-- event/Events.java
select event_id, fingerprint from event where tenant = $1 and event_id = any($2);
-- event/Events.java
insert into event (tenant, event_id, person_id, type, at_millis, item, over, value, unit, comment, decision, of_event, correction, reason, corrected_by, fingerprint) select $1, e.event_id, e.person_id, e.type, e.at_millis, e.item, coalesce(string_to_array(e.over, ','), '{}'), e.value, e.unit, e.comment, e.decision, e.of_event, e.correction, e.reason, e.corrected_by, e.fingerprint from unnest($2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::float8[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[]) as e(event_id, person_id, type, at_millis, item, over, value, unit, comment, decision, of_event, correction, reason, corrected_by, fingerprint) on conflict (tenant, event_id) do nothing returning event_id;
-- history/EveryHistory.java
select person_id, event_id, type, at_millis, item, over, value, correction, of_event from event where tenant = $1 and type = any($2) and recorded_at <= $3 order by person_id, at_millis desc, event_id desc;
-- history/Histories.java
select event_id, type, at_millis, item, over, value, correction from event e where tenant = $1 and person_id = $2 and type = any($3) and (at_millis, event_id) < ($4, $5) and not exists (select 1 from event w where w.tenant = $1 and w.person_id = $2 and w.of_event = e.event_id and w.type = 'Withdrawn') order by at_millis desc, event_id desc limit $6;
-- item/Encodings.java
select digest, image, words from encoding where tenant = $1 and encoder = $2 and digest = any($3);
-- item/Encodings.java
select digest from content c where tenant = $1 and digest > $3 and not exists (select 1 from encoding e where e.tenant = $1 and e.digest = c.digest and e.encoder = $2) order by digest limit $4;
-- item/Encodings.java
insert into encoding (tenant, digest, encoder, image, words) select $1, e.digest, $2, e.image, e.words from unnest($3::text[], $4::bytea[], $5::bytea[]) as e(digest, image, words) on conflict do nothing;
-- item/Items.java
select key, digest from item where tenant = $1 and key = any($2) and removed_at is null;
-- item/Items.java
select digest, min(key) from item where tenant = $1 and digest = any($2) and removed_at is null group by digest;
-- item/Items.java
select c.digest, c.image, nullif(concat_ws(', ', c.words, nullif(array_to_string(c.tags, ', '), '')), ''), (select min(key) from item i where i.tenant = $1 and i.digest = c.digest and i.removed_at is null), exists (select 1 from item_revision r where r.tenant = $1 and r.digest = c.digest) from content c where c.tenant = $1 and c.digest = any($2);
-- item/Items.java
select digest, image, words, tags from content where tenant = $1 and digest = any($2);
-- item/Items.java
with put as ( insert into item as i (tenant, key, digest) select $1, p.key, p.digest from unnest($2::text[], $3::text[]) as p(key, digest) on conflict (tenant, key) do update set revision = i.revision + 1, digest = excluded.digest, stored_at = now(), removed_at = null where i.digest <> excluded.digest or i.removed_at is not null returning key, revision, digest ), kept as ( insert into item_revision (tenant, key, revision, digest) select $1, key, revision, digest from put ) select key from put;
-- item/Items.java
with gone as ( update item set removed_at = now() where tenant = $1 and key = any($2) and removed_at is null returning key, digest ) select key, (select count(*) from event e where e.tenant = $1 and e.item = gone.digest) + (select count(*) from event e where e.tenant = $1 and e.type = 'Chosen' and e.over @> array[gone.digest]), (select c.image from content c where c.tenant = $1 and c.digest = gone.digest) from gone;
-- item/Items.java
select digest from content where tenant = $1 and digest = any($2);
-- item/Items.java
insert into content (tenant, digest, image, image_bytes, words, tags) select $1, c.digest, c.image, c.image_bytes, c.words, array(select jsonb_array_elements_text(c.tags::jsonb)) from unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::text[]) as c(digest, image, image_bytes, words, tags) on conflict do nothing;
-- retrain/RetrainRequests.java
insert into retrain_request (tenant, reason) values ($1, $2) on conflict do nothing;
-- retrain/RetrainRequests.java
select exists (select 1 from retrain_request where tenant = $1 and state in ('queued', 'running')), (select count(*) from (select 1 from event where tenant = $1 limit $2) e), (select count(*) from (select 1 from person where tenant = $1 limit $3) p), (select count(*) from (select 1 from event where tenant = $1 and recorded_at > coalesce(last.started_at, '-infinity') limit $4) n), last.finished_at from (select 1) one left join lateral (select started_at, finished_at from retrain_request where tenant = $1 and state = 'done' order by id desc limit 1) last on true;
-- retrain/RetrainRequests.java
select id, reason, state, requested_at, started_at, heartbeat_at, finished_at, attempts, stage, fraction, message, verdict, release, failure, training::text from retrain_request;
-- retrain/TrainerQueue.java
update retrain_request r set state = 'running', trainer = $1, attempts = r.attempts + 1, heartbeat_at = now(), started_at = coalesce(r.started_at, now()) from (select id from retrain_request where tenant = $2 and (state = 'queued' or state = 'running' and (trainer = $3 or heartbeat_at is null or heartbeat_at < now() - make_interval(secs => $4))) for update skip locked) o where r.tenant = $5 and r.id = o.id returning r.id, r.reason, r.attempts, r.started_at, r.seconds;
-- retrain/TrainerQueue.java
insert into retrain_request (tenant, reason) values ($1, $2) on conflict do nothing;
-- retrain/TrainerQueue.java
select id, state = 'running', trainer, attempts, coalesce(extract(epoch from now() - heartbeat_at), 0) from retrain_request where tenant = $1 and state in ('queued', 'running');
-- retrain/TrainerQueue.java
update retrain_request set heartbeat_at = now(), stage = $1, fraction = $2, message = $3, seconds = $4 where tenant = $5 and id = $6 and trainer = $7 and attempts = $8 and state = 'running';
-- retrain/TrainerQueue.java
update retrain_request set state = 'done', finished_at = now(), heartbeat_at = now(), fraction = 1, verdict = $1, release = $2, failure = $3, training = $4::jsonb where tenant = $5 and id = $6 and trainer = $7 and attempts = $8 and state = 'running';
-- retrain/TrainerQueue.java
update retrain_request set state = 'failed', finished_at = now(), heartbeat_at = now(), failure = $1 where tenant = $2 and id = $3 and trainer = $4 and attempts = $5 and state = 'running';
-- retrain/TrainerQueue.java
update retrain_request set state = 'failed', finished_at = now(), failure = $1 where tenant = $2 and id = $3 and attempts = $4 and state in ('queued', 'running');
-- taste/Decisions.java
insert into decision (tenant, decision_id, person_id, function, release, ranking) values ($1, $2, $3, $4, $5, $6);
-- taste/Popularity.java
select item, sum(likes)::bigint, sum(dislikes)::bigint from ( select e.item, count(*) filter (where e.type in ('Liked', 'Chosen', 'Ordered', 'Converted') or (e.type = 'Corrected' and e.correction = 'promote')) as likes, count(*) filter (where e.type in ('Disliked', 'Returned') or (e.type = 'Corrected' and e.correction = 'demote')) as dislikes from event e where e.tenant = $1 and e.item = any($2) and not exists (select 1 from event w where w.tenant = $1 and w.person_id = e.person_id and w.of_event = e.event_id and w.type = 'Withdrawn') group by e.item union all select o.item, 0, count(*) from event e, unnest(e.over) as o(item) where e.tenant = $1 and e.type = 'Chosen' and e.over && $2 and o.item = any($2) and not exists (select 1 from event w where w.tenant = $1 and w.person_id = e.person_id and w.of_event = e.event_id and w.type = 'Withdrawn') group by o.item ) as votes group by item;
-- taste/Tastes.java
select release, history, taste, own, activations from taste_state where tenant = $1 and person_id = $2;
-- taste/Tastes.java
insert into taste_state (tenant, person_id, release, history, taste, own, activations) values ($1, $2, $3, $4, $5, $6, $7) on conflict (tenant, person_id) do update set release = excluded.release, history = excluded.history, taste = excluded.taste, own = excluded.own, activations = excluded.activations, updated_at = now();
-- train/Trainer.java
insert into release (tenant, digest, parent, verdict, manifest, published_at) values ($1, $2, $3, $4, $5::jsonb, case when $6 then now() end) on conflict (tenant, digest) do nothing;
-- train/dataset/EncodedItems.java
select digest, image, words, tags from content where tenant = $1 and digest = any($2);
-- train/dataset/EncodedItems.java
select digest, image, words from encoding where tenant = $1 and encoder = $2 and digest = any($3);
-- train/dataset/EncodedItems.java
insert into encoding (tenant, digest, encoder, image, words) values ($1, $2, $3, $4, $5) on conflict do nothing;
