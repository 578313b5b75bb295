"""Tests of reports of missing answers."""
