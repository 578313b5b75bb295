"""Signing in before the desk opens, and again when the server ended the session."""

from ui.sign_in.credentials import Credentials
from ui.sign_in.problems import SignInProblem
from ui.sign_in.window import SignInWindow

__all__ = ["Credentials", "SignInProblem", "SignInWindow"]
