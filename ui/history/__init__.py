"""The seat's own calls, to look back and to dial again."""
