"""What a person is told before anything is kept about them, and that they agreed."""
