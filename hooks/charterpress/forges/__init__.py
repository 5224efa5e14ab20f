"""What happened where the charter is kept → the answer to it."""
