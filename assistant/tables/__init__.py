"""Tables held ready for questions: which words name a row, a day or a column."""
