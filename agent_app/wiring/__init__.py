"""The only place that builds and connects: the way of a call is readable here from ① to ⑨."""
