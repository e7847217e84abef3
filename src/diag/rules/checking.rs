//! Rules about whether the project agrees with itself: `check`.

rules! {
    ID_DUPLICATE "id/duplicate" Error
        "Two records of a kind have the same id."
        "A reference to that id could mean either of them."
        "Give one of them another id, and see to the references to it."
    REFERENCE_IN_TEXT "reference/unknown-in-text" Warning
        "A text mentions an id that looks like one of the plan's, but is none of them."
        "Readers look the id up and do not find it. In text nothing else catches such a slip."
        "Correct the id in the text; the help names the nearest one."
    DATE_ORDER "date/order" Warning
        "Two dates of a record stand in an order that cannot be."
        "Something cannot be done before it was started, or end before it begins; one of the dates is a slip."
        "Correct the date that is wrong."
    DATE_BEYOND "date/beyond" Warning
        "A milestone is due more than a year after its action, or else the last reporting period, ends."
        "An action is not complete before its steps are, nor a plan before its actions: one of the dates is a slip."
        "Correct the date that is wrong, or move the action with `revised`."
    DATE_MISSING "date/missing" Warning
        "An action or milestone has no date at all."
        "Nobody can say whether it is late, and the table shows a gap. Work without an end has a date too: ongoing."
        "Give it `due`, or `done` if it is done already."
    PERIOD_UNKNOWN "target/unknown-period" Warning
        "A target is for a time at which no reporting period ends."
        "The scorecard has no column for it, so it would not be shown."
        "Use the month in which a period ends, or add a period."
    KPI_UNMEASURED "kpi/no-justification" Warning
        "A KPI stands in the scorecard, but no impact measure covers it."
        "The plan must say of each KPI why it shows improvement."
        "Add its id to the `kpis` of a [[measure]], or set `scorecard = false`."
    KPI_NOT_SHOWN "kpi/not-in-scorecard" Warning
        "An impact measure covers a KPI that does not stand in the scorecard."
        "The plan says that the KPI shows improvement, and then never shows it."
        "Take `scorecard = false` away, or take the KPI out of the measure."
    KPI_MEASURED_TWICE "kpi/justified-twice" Warning
        "A KPI is covered by two impact measures."
        "It would stand in the table twice, with two justifications."
        "Keep it in one of them."
    KPI_NO_BASELINE "kpi/no-baseline" Warning
        "A KPI that has a direction says nothing about its baseline."
        "Improvement is measured from it, and a blank cell cannot be told from a forgotten one."
        "Give the first value, or write `baseline = ` and the word required in quotes."
    KPI_OLD "kpi/out-of-date" Warning
        "The latest value of a KPI is older than the time between two of its values."
        "A paper that says that targets are met would speak of a time long past."
        "Add the values measured since. If it is measured less often, say so: `every = 12`, in months."
    KPI_UNIT "kpi/unit" Warning
        "A value does not go with the KPI's unit or direction."
        "140% of plans, a range whose ends are swapped, or at least 10 weeks where fewer weeks are better is nearly always a slip."
        "Correct the value, the unit or the direction."
    PROGRESS_MISSING "progress/missing" Warning
        "An action or milestone is overdue, and nothing says how it is going."
        "A board asks first about what is late."
        "Add `progress`, or `done` with the date, or `revised` with the new date and why."
    MILESTONE_OPEN "status/open-milestone" Warning
        "An action is done while a milestone of it, with a date, is not."
        "A table would say that the action is complete and that none of its steps is."
        "Give the milestone `done`, or `due = ` and the word ongoing in quotes if it goes on; or take `done` off the action."
    RAG_CONTRADICTED "rag/contradicted" Warning
        "A rating given by hand is not what the scheme's rules say."
        "One of the two misleads: the rating, or the dates."
        "Take the rating away, correct the dates, or say who overrides the rules, when and why: `rag = { is, by, on, why }`."
    RAG_UNKNOWN_RATING "rag/unknown-rating" Error
        "A rating or severity that the scheme does not have."
        "It has no colour, letter or word, so it cannot be shown."
        "Use the id of one of the scheme's ratings."
    RAG_RULE "rag/rule" Error
        "A rule of a rating scheme cannot be used."
        "Rows would have no rating, or a wrong one."
        "A rule is a comparison of facts that gives yes or no, such as: overdue and not done. The help names the facts."
    RAG_NO_OTHERWISE "rag/no-otherwise" Warning
        "A rating scheme has no rating for rows that none of its rules fits."
        "Such rows would have no rating."
        "Leave `when` out of the last rating: then it is what the others are not."
    RAG_COLOUR "rag/unknown-colour" Error
        "A rating names a colour that the theme does not have."
        "It cannot be drawn."
        "Use one of the colours of the theme's [rag] table, or add it there."
    REF_DUPLICATE "ref/duplicate" Warning
        "Two rows of a statement are printed with the same reference."
        "Somebody who looks the reference up may read the wrong row."
        "Give one of the rows another `ref`. Both are kept and shown until then."
    ROLL_UP_CONTRADICTED "roll-up/contradicted" Warning
        "A published roll-up is not what the rows give by the scheme's convention."
        "Readers of the summary and of the rows would learn different things."
        "Correct the rows or the published figure; the note shows the arithmetic. Documents print the computed figure."
    DATA_IDENTITY "data/identity" Warning
        "Values of a dataset are not what they must be by one of its identities."
        "Readers who add up the table find that it does not come out; one of the values is a slip."
        "Correct the value. If the source itself has it so, keep it, acknowledge the finding and say so in the dataset's `note`."
    DATA_IDENTITY_RULE "data/identity-rule" Error
        "An identity of a dataset cannot be tried."
        "Nothing would watch over what it says."
        "Compare two sides of arithmetic with columns of numbers: a + b == c. previous(a) is the period before, sum(a) adds up the rows that the row named by `where` is the total of."
    CRITERION_EMPTY "criterion/no-intention" Warning
        "A criterion has no intention."
        "Its action table would be empty."
        "Add an [[intention]] for it, or take the criterion out."
    STATUS_STEPS "status/unfinished-steps" Info
        "A response is complete while a step of it is not."
        "One of the two statuses may be out of date."
        "Bring the statuses into line, or leave the step as work that goes on."
    ARCHIVED_NOWHERE "archived/no-destination" Info
        "A row is archived, and nothing says where it went."
        "Readers cannot tell work that moved from work that was dropped."
        "Give `archived-to` the id of the response or finding it went to, if it went anywhere."
    PERCENT_MISSING "percent/missing" Warning
        "A response does not say how much of it is done."
        "Percentages of its finding and area would be made without it."
        "Give it `percent`, or archive it."
    TOTAL_TWICE "total/twice" Error
        "There are two published totals."
        "A plan has one total; Annexe would not know which to hold against the rows."
        "Keep one [[total]]."
    UNUSED_OBJECTIVE "unused/objective" Warning
        "An objective has no actions."
        "Its section would be empty."
        "Add its actions, or take it out."
    UNUSED_WEAKNESS "unused/weakness" Warning
        "No objective answers an area of weakness."
        "The plan must answer every area that the inspection named."
        "Add its id to the `weaknesses` of an objective."
    UNUSED_ROLE "unused/role" Info
        "A role answers for nothing."
        "It may be left over."
        "Take it out if it is not needed any more."
    UNUSED_PRIORITY "unused/priority" Warning
        "No intention serves a priority."
        "The document names it as a priority and then does nothing about it."
        "Add an [[intention]] for it, or take the priority out."
    UNUSED_NARRATIVE "unused/narrative" Warning
        "No document includes a narrative file."
        "Somebody may be editing words that nobody will read."
        "Include it in a template, or move it out of content/."
    UNUSED_IMAGE "unused/image" Warning
        "No document shows a picture of content/images."
        "Somebody may believe that it is published."
        "Show it in a document, or delete it."
    THEME_CONTRAST "theme/contrast" Warning
        "Text on a RAG colour of the theme, or the colour of a chart, is hard to see."
        "WCAG 2.2 AA, and so the law for public bodies, asks for a contrast of 4.5 to 1 for text and 3 to 1 for what must be seen in a drawing."
        "Make one of the two colours lighter or darker."
    ACKNOWLEDGED_UNUSED "acknowledged/unused" Warning
        "An entry of content/acknowledged.toml fits no finding."
        "What it settled is put right, or the entry has a slip and settles nothing."
        "Take the entry out, or correct it."
    ACKNOWLEDGED_EXPIRED "acknowledged/expired" Warning
        "An entry of content/acknowledged.toml is past its date."
        "It was agreed only until then, so the finding counts again."
        "Put the cause right, or agree a new date."
}
