"""Messages and cases: what is told of an act, and what a message does. The only room that knows casework's use cases."""
