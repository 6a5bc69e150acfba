"""Pages for people: the class at a glance, and one for each student."""
