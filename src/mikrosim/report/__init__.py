"""Results for people: the terminal report and the files of a run."""
