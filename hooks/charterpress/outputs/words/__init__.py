"""What the practice pages and papers say around the charter, in Markdown files for editors."""
