"""A first draft of a study from a folder of texts: who acts in them and what is asked, for rewriting."""
