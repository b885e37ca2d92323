"""The manager's desk: the people of an operator or a country."""
