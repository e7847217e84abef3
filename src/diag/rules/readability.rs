//! Rules about how easy a document's words are to read, and about sections that answer to each other.

rules! {
    READABILITY_LONG_SENTENCE "readability/long-sentence" Warning
        "A sentence has more words than its edition lets it have."
        "Readers lose the beginning of a long sentence before they reach its end."
        "Make two sentences of it. The limit is `sentence-words` of the edition's profile."
    READABILITY_TWO_IDEAS "readability/two-ideas" Warning
        "A sentence of an easy edition says two things."
        "One idea a sentence is what makes a text easy; a second clause asks to be kept in mind with the first."
        "Give each idea a sentence of its own."
    READABILITY_PASSIVE "readability/passive" Warning
        "A sentence does not say who does what it tells."
        "\"The plan will be sent\" leaves readers to guess by whom, and so whom to ask."
        "Begin with who does it: \"The school will send the plan\"."
    READABILITY_JARGON "readability/jargon" Warning
        "A word is used that has a plainer one."
        "Fewer people know it. Even those who do read it more slowly."
        "Use the plainer word. content/words.toml adds words, or keeps one that must stand; a word in bold is one that the text explains."
    READABILITY_ACRONYM "readability/acronym" Warning
        "An easy edition uses letters that stand for words."
        "Somebody who has not learnt the letters cannot work them out."
        "Write the words. What everybody knows goes into `allow` of the edition's profile."
    READABILITY_PERCENTAGE "readability/percentage" Warning
        "An easy edition gives a percentage."
        "Many people cannot picture 58%. They can picture 6 people out of 10."
        "Write \"6 out of 10\", or let it be worked out: `{{ … | out_of(10) }}`."
    READABILITY_DOUBLE_NEGATIVE "readability/double-negative" Warning
        "Two words that say no stand in one thought."
        "The reader must turn the meaning round twice, and some get it the wrong way round."
        "Say what is, not what is not: \"common\" for \"not uncommon\", \"only if\" for \"not unless\"."
    READABILITY_CAPITALS "readability/capitals" Warning
        "Words stand in capitals."
        "Words in capitals have no shape to know them by, are read letter by letter, and seem to shout."
        "Use small letters. Bold makes words stand out."
    READABILITY_ITALICS "readability/italics" Warning
        "Words stand in italics."
        "Slanted letters are harder to tell apart, above all with dyslexia or poor sight."
        "Use bold, or no mark at all."
    READABILITY_AGE "readability/reading-age" Warning
        "A document or a section reads at a higher age than its edition aims at."
        "The reading age is the Flesch–Kincaid grade and five years: words and sentences are too long for the readers it is for."
        "Shorten sentences and words; `annexe readability` shows the scores of each section. The limits are in the edition's profile."
    READABILITY_SUMMARY "readability/summary" Info
        "What makes a document harder to read than it need be, in numbers."
        "In a long document a finding at each sentence would hide all others."
        "`annexe readability DOCUMENT --sentences` lists the sentences. `report = ` and the word sentence in quotes makes each a finding."
    PAIR_MISSING "pair/missing" Warning
        "A section has no counterpart in an edition that must answer it."
        "Readers of that edition are not told what the section says, and cannot know that something is left out."
        "Give a heading of that edition the section's id, name the section in `covers` of one, or say in the template's `unpaired` why it needs none."
    PAIR_NOT_AGREED "pair/not-agreed" Warning
        "A section has a counterpart that nobody has agreed yet."
        "Nobody has said that the two say the same."
        "Read both, then record it: `annexe agree SECTION --document … --edition … --by … --on …`."
    PAIR_STALE "pair/stale" Warning
        "A section has changed since its counterpart was agreed."
        "The other edition may now say something else. The notes show which words and figures changed."
        "Put the counterpart right where it needs it, then record it: `annexe agree SECTION …`."
    PAIR_UNKNOWN "pair/unknown" Warning
        "A pair is named whose section is not there, or that needs no word any more."
        "A heading that answers to nothing, or a record of a section that is gone, hides that a pair is broken."
        "Correct the id; the help names the nearest one. Delete what is left over."
}
