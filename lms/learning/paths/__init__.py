"""What somebody is asked to learn: courses and paths of courses, by a person or by a rule, until a
day. Nothing is locked: a path says what is better first."""
