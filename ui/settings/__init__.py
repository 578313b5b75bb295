"""The settings: one window beside the work, one page per file, each change effective at once."""
