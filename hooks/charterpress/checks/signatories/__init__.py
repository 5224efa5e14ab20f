"""Rules for the files of those who signed: one organisation each."""
