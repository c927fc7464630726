-- Popularity and remove-items ask which choices left an item.
create index event_by_over on event using gin (over) where type = 'Chosen';
