"""Payment dates: when in the month each instrument is paid out."""
