"""From files to passages: reads documents in a child process, splits them and stores them."""
