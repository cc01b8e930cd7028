"""What the chat page fetches beside the conversation itself: why an answer, history, filters, judgements, exports."""
