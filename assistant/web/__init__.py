"""The pages: what a visitor sees and the one renderer that writes it."""
