//! Rules about figures that were typed and claims made of bound ones. Used by `figures`.

rules! {
    FIGURE_STALE "figure/stale" Warning
        "A figure is typed by hand, and the data hold another for what the sentence names."
        "Somebody brought the data up to date and not the sentence, or the other way round. Readers of two documents would learn two figures."
        "Write the expression that the help gives. If the sentence means another figure, say where it comes from: `[58%]{source=\"Survey of parents, 2024\"}`, or put a note after it."
    FIGURE_BINDABLE "figure/bindable" Warning
        "A figure is typed by hand that the data hold for what the sentence names."
        "It is right today. When the data change, nobody will think of it."
        "Write the expression that the help gives: it prints the same, and changes with the data."
    FIGURE_UNSOURCED "figure/unsourced" Info
        "Nothing says where a figure comes from."
        "A reader who asks cannot be answered, and nobody knows when it is out of date."
        "Enter it into a dataset and bind it, put a note after it, or state its source: `[58%]{source=\"Survey of parents, 2024\"}`."
    FIGURE_UNCHECKED "figure/unchecked" Info
        "There are more data or more typed figures than the check looks at."
        "Figures beyond the bound may be out of date unseen."
        "Split the project, or bind its figures to the data."
    CLAIM_CONTRADICTED "claim/contradicted" Warning
        "A sentence says of its own bound figures what they deny: that they rose, that one is above the other, that it is more than half."
        "Bound figures change with the data, and the words around them do not."
        "Correct the words, or let them follow the data too: `{{ change(a, b) }}`, `{{ compare(a, b) }}`, `{{ direction(a, b) }}`."
    FACT_TWO_VALUES "fact/two-values" Warning
        "One named thing has two values or two states in documents of the same day."
        "Readers of the one page are told otherwise than readers of the other, and trust neither."
        "Correct the one that is wrong. Where the source has both, keep both, tell readers so in a note, and acknowledge the finding."
    FIGURE_ROUNDED "figure/rounded" Warning
        "Two shares told in round numbers compare otherwise than the figures do."
        "55% beside 49% as 6 and 5 out of 10 makes a small difference look large; rounding can hide one, or make one, too."
        "Name the other figure: `{{ a | out_of(10, beside=b) }}` and `{{ b | out_of(10, beside=a) }}`. Both then keep their difference, or are told as one."
}
