"""A reader's own operand vector: judged, answered, and set beside published claims."""
