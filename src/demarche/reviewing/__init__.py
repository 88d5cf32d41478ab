"""Deciding on proposals: what is asked in which order, how an answer is kept, and how answers add up."""
