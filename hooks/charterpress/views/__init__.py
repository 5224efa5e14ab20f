"""What is shown, before any format: addresses, labels, history, comparisons and lists."""
