"""English at the border: questions in, the frame of answers out."""
