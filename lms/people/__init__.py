"""WHO: persons, organisations (union > member state > operator > region > office), positions."""
