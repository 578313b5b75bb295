"""Tests of the form of a customer."""
