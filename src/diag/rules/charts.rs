//! Rules about charts. Used by `assemble`.

rules! {
    CHART_SHAPE "chart/shape" Error
        "A chart is asked for that these figures cannot make."
        "A chart has an axis, at most one thing compared along it, and one unit; more than can be told apart is no help to anyone."
        "Say what stands along the axis (x), what is compared (series), and which rows (where). The note says what is in the way."
    CHART_NOT_WHOLE "chart/not-whole" Error
        "Parts are drawn as a whole that they do not make."
        "A donut says that its parts are all there is. Parts that do not add up, or of which one was not published, say something false."
        "Draw bars instead, or name the whole: whole=\"total\"."
    CHART_NO_FIGURES "chart/no-figures" Error
        "A chart has no figure to draw."
        "An empty frame would look like zero, or like a fault."
        "Say what is missing: ::: gap chart=\"…\" why=\"…\"."
    CHART_NO_TABLE "chart/no-table" Warning
        "The figures of a chart stand in no table of the document."
        "People who cannot see a chart, or want its figures, need them as a table (WCAG 1.1.1)."
        "Put ::: chart-tables after the last chart, or say table=\"below\"."
    CHART_GAP "chart/gap" Info
        "A chart is missing because nobody published its numbers."
        "The document says so; who gets the numbers can draw it."
        "When the numbers are there, put them into content/data and draw ::: chart."
}
