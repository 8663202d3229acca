"""The file formats of C2SP that the ledger speaks: signed notes, checkpoints, receipts and trust policies."""
