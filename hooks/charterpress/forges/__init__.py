"""Events at a forge → the answers to them."""
