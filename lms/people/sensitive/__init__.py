"""What about a person is sensitive: hidden on others' pages until they ask to see it, and noted."""
