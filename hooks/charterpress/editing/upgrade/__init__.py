"""What a newer version of the generator changes in the files that `charter init` wrote."""
