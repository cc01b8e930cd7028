"""From evidence to an answer: gathered, drafted, judged, guarded, cited. The order of the steps is in `assistant.answer`."""
