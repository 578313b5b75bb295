"""The key of the stores that benches fill; apart: a desk need not know how to fill one."""

KEY = bytes(range(32))
