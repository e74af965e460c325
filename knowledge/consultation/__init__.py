"""The workspace of a consultation: from meeting notes to what was said, region by region."""
