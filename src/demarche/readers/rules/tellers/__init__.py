"""Who tells what a text says: quotation marks, frames of speech, turns of a transcript, the author."""
