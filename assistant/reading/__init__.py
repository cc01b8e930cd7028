"""Readers of free text: a question and passages in, for each the span that answers, its probability, and that of there being none."""
