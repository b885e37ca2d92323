"""A helper beside a learner: agreed to by the learner, seen on every page, counted in minutes."""
