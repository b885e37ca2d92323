"""A helper joins a learner, and leaves: in the learner's session, or from the counter."""
