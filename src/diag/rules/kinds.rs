//! Rules about kinds of record that a project declares: `load`, `check`.

rules! {
    KIND_NAME "kind/name" Error
        "A name in a declaration of a kind cannot be used."
        "Plan files, expressions and sheets name kinds and fields; a name that means something else already would show one thing where the other is meant."
        "Choose another name: small letters, digits and hyphens, beginning with a letter, and none that there is already."
    KIND_FIELD "kind/field" Error
        "A field's declaration does not hold together."
        "What a field takes follows from its declaration alone; a key that does not go with the type would be without effect."
        "Give the type what it needs and nothing that belongs to another; `annexe help kinds` lists the types and their keys."
    KIND_REDEFINED "kind/redefined" Error
        "A project declares a field that the kind has already."
        "Documents, checks and rules rely on the field as it is; two meanings of one key would contradict each other."
        "Leave the field out, or give yours another name."
    KIND_UNKNOWN "kind/unknown" Error
        "A declaration names a kind or a field that there is not."
        "References to it could never be kept."
        "Correct the spelling, or declare it in content/kinds/NAME.toml."
    KIND_CIRCLE "kind/circle" Error
        "Declarations go in a circle."
        "A field worked out from itself has no value, and a record that needs one of its own kind could never be the first."
        "Take one of the fields out of the circle, or do not need it."
    KIND_FORMULA "kind/formula" Error
        "The expression of a computed field cannot be read."
        "The field would have no value in any record."
        "Use the kind's own fields and what `annexe help kinds` lists."
    KIND_TOO_MANY "kind/too-many" Error
        "There are more kinds or fields than Annexe reads."
        "A folder that holds so many is likely not meant as declarations, and would make every build slow."
        "Put kinds that have the same fields together, with a choice to tell them apart."
    COMPUTED_FAILED "computed/failed" Error
        "A computed field of a record has no value that can be shown."
        "It divides by nought, or comes to something other than the declaration says: documents would show a gap."
        "Correct the record's figures, or let the expression say what to do: `spent / value if value else 0`."
    COMPUTED_SUPPRESSED "computed/suppressed" Warning
        "A computed field needs a number that was not published."
        "What is worked out from a suppressed number would give it away or be wrong, so it is suppressed as well."
        "Say in the document that it is not published, or leave the number out of the expression."
    UNUSED_RECORD "unused/record" Warning
        "Nothing names a record of a kind that is there to be named."
        "It is likely left over, or a reference to it is missing."
        "Name it where it belongs, or take it out."
}
