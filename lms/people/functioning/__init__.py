"""The Washington Group Short Set on Functioning: asked of nobody who has not agreed, kept in a
store of its own, counted and never listed."""
