"""The form in which a customer is edited, over the caller's card."""
