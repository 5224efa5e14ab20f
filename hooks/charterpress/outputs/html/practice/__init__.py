"""A charter → the pages that help people to live by it."""
