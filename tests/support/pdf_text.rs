//! Text of a PDF in the order of its tags.
