"""The interface in words that machines read: every route as data, served as OpenAPI (M43).

Answers go out without models for speed, so nothing derives this from the code; the tests compare
it with the application's routes, its answers and its checks, both ways.
"""

from server.openapi.document import document

__all__ = ["document"]
