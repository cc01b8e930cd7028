"""The quiz pages: trainers make, edit, hand out and evaluate papers; participants sit them by link."""
