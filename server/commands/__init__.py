"""The commands of ``zuoxi-server``, one file each with a ``run`` (step ⑨)."""
