"""The population's quality page: Markdown with pictures."""
