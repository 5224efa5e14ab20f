"""What somebody wants to propose → the files of the charter that say so; nothing is written yet."""
