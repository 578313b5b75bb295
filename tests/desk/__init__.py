"""Tests of what the agent does, with fakes only at the desk's own seams."""
