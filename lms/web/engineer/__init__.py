"""The engineer's desk: the state of the server."""
