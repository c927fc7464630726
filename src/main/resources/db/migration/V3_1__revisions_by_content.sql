-- Whether a content ever stood under a key: an explanation asks it of every like it shows.
create index item_revision_by_content on item_revision (tenant, digest);
