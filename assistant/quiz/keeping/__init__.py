"""Papers, templates, links to papers and how people did: kept in the catalog, as decisions of people are."""
