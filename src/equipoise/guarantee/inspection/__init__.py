"""What an inspection, a rehearsal or a record could show of each operand that a verdict follows from."""
