"""What the assistant knows: documents, their index, and search over both."""
