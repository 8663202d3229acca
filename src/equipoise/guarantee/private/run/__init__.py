"""One run: the field, the messages, the three roles, their connections, and the run played again."""
