"""What somebody wants to begin → new files of the charter that say so, as they will be written."""
