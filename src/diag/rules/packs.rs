//! Rules about packs of papers.

rules! {
    PACK_ITEM "pack/item" Error
        "An item of a pack cannot be joined to the others."
        "A board would get papers with one missing, or with one that nobody meant."
        "Correct the item in content/packs/: name a document, its edition and parameters, or give a title when there is no paper."
}
