"""Questions across the accords: concerns, stances, what is due, drafts compared, a regime revived."""
