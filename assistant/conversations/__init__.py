"""Conversations: what was asked and answered, kept for the person who asked, exported, and judged helpful or not."""
