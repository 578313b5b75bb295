"""The call bar: dialling, lines and summaries as tabs, and what can be done with a call."""
