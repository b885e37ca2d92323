"""The trainer's desk: courses to check, preview and publish; workshops."""
