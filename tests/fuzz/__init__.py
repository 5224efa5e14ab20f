"""All that reads what strangers wrote, made inputs for it, and what has to hold whatever they are."""
