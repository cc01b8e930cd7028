"""Questions made by rule from laws and policies, with the place of the answer, for training and measuring readers."""
