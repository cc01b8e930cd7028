"""The Evaluation pages: runs over known questions, the questions themselves, and answers that people disliked."""
