"""One module for each format; each yields documents made of text, sections and pages."""
