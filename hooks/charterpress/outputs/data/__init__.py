"""Views → the files that programs and spreadsheets read."""
