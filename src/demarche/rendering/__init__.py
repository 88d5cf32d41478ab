"""From notebooks to pages: running, merging and setting them.

Only the modules in here know papermill, nbconvert and typst.
"""
