"""Who uses the program: people, what their role lets them do, and which collections of documents they see."""
