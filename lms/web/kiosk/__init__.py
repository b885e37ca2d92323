"""The kiosk: a shared machine at a counter, for people with a card and for who only looks."""
