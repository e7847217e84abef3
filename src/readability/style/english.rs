//! Words of English that the rules know by heart. In small letters, apostrophes straight.

/// Forms of "to be" after which a participle makes a passive.
pub const BE: &[&str] = &[
    "am", "is", "are", "was", "were", "be", "been", "being", "isn't", "aren't", "wasn't", "weren't",
    "i'm", "we're", "they're", "you're", "he's", "she's", "it's",
];

/// Words that are finite verbs and nothing else.
pub const FINITE: &[&str] = &[
    "am", "is", "are", "was", "were", "has", "have", "had", "does", "did", "isn't", "aren't",
    "wasn't", "weren't", "hasn't", "haven't", "hadn't", "don't", "doesn't", "didn't", "can", "could",
    "will", "would", "shall", "should", "may", "might", "must", "can't", "cannot", "couldn't",
    "won't", "wouldn't", "shouldn't", "mustn't", "i'm", "we're", "they're", "you're", "he's",
    "she's", "it's", "i've", "we've", "they've", "you've", "we'll", "i'll", "they'll", "you'll",
    "he'll", "she'll", "it'll", "that's", "there's", "became", "began", "brought", "came", "chose",
    "fell", "forgot", "gave", "got", "grew", "kept", "knew", "left", "lost", "made", "met", "rang",
    "said", "sat", "saw", "sent", "showed", "spoke", "stood", "taught", "thought", "told", "took",
    "understood", "went", "wrote", "says", "knows", "goes", "gets", "gives", "tells", "thinks",
    "takes", "keeps", "brings", "becomes", "asks", "asked", "wanted", "needed", "liked", "helped",
    "worked", "started", "stopped", "opened", "listened", "agreed", "improved", "rose", "lives",
];

/// Words that are verbs after "I", "you", "we" or "they", and may be nouns elsewhere.
pub const PLAIN_VERBS: &[&str] = &[
    "agree", "ask", "bring", "call", "check", "choose", "come", "do", "feel", "find", "get", "give",
    "go", "hear", "help", "hope", "keep", "know", "learn", "like", "listen", "live", "look", "love",
    "make", "mean", "meet", "need", "offer", "plan", "read", "run", "say", "see", "send", "show",
    "speak", "start", "stop", "support", "take", "talk", "tell", "think", "try", "use", "visit",
    "wait", "want", "work", "worry", "write",
];

/// Pronouns that a clause may begin with.
pub const SUBJECTS: &[&str] = &["i", "you", "we", "they", "he", "she", "it", "who"];

/// Pronouns that take the plain form of a verb.
pub const PLAIN_SUBJECTS: &[&str] = &["i", "you", "we", "they"];

/// Words that may begin a subject.
pub const DETERMINERS: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "our", "your", "their", "his", "her", "its",
    "my", "some", "many", "most", "more", "all", "each", "every", "few", "no", "one", "two", "both",
    "people", "children", "parents", "families", "carers", "schools", "staff", "everyone", "somebody",
    "someone", "nobody", "others", "there",
];

/// Words that may stand between "be" and its participle.
pub const BETWEEN: &[&str] = &[
    "not", "also", "often", "always", "never", "now", "still", "already", "well", "being", "been",
    "just", "all", "both", "each", "then", "once", "only", "even", "too", "rarely", "seldom", "soon",
];

/// Words in -ed that are no participles.
pub const NO_PARTICIPLES: &[&str] = &[
    "need", "indeed", "speed", "hundred", "red", "bed", "seed", "feed", "exceed", "proceed",
    "succeed", "sacred", "naked", "wicked", "rugged", "ragged", "shed", "sled", "embed",
    "unprecedented", "biased", "kindred", "unwanted", "undoubted", "breed", "weed", "greed", "deed",
    "united", "aged", "med", "unaffected", "unchanged", "untreated", "so-called", "bleed", "creed",
];

/// Participles that mostly say how somebody or something is, not what was done to them.
pub const STATES: &[&str] = &[
    "absorbed", "accustomed", "advanced", "amazed", "angered", "annoyed", "ashamed", "bored",
    "broken", "committed", "complicated", "concerned", "confused", "connected", "convinced",
    "crowded", "dated", "dedicated", "delighted", "depressed", "detailed", "determined",
    "disabled", "disappointed", "disjointed", "underdeveloped", "informed", "distressed", "dressed", "educated", "embarrassed", "engaged",
    "excited", "exhausted", "experienced", "fed", "frightened", "frustrated", "gone", "happened",
    "hurt", "inclined", "interested", "involved", "isolated", "known", "limited", "located",
    "lost", "married", "mixed", "motivated", "opposed", "overwhelmed", "pleased", "prepared",
    "proposed", "qualified", "related", "relaxed", "relieved", "rooted", "satisfied", "scared",
    "settled", "shocked", "situated", "skilled", "stressed", "supposed", "surprised", "talented",
    "tired", "troubled", "unemployed", "unqualified", "upset", "used", "varied", "worried", "set",
    "based", "due", "closed", "organised", "finished", "done", "born", "deserted", "needed",
    "required", "complete", "underfunded", "overdue", "focused", "focussed", "aligned",
];

/// Participles that do not end in -ed and are nothing else after "be".
pub const IRREGULAR: &[&str] = &[
    "begun", "bent", "bitten", "blown", "bought", "bound", "brought", "built", "burnt", "caught",
    "chosen", "cut", "dealt", "drawn", "driven", "eaten", "fed", "felt", "fought", "found",
    "forgotten", "frozen", "given", "grown", "heard", "held", "hidden", "hit", "kept", "laid",
    "learnt", "led", "left", "lent", "let", "made", "meant", "met", "misled", "mistaken",
    "overseen", "overtaken", "paid", "put", "read", "rebuilt", "redrawn", "rewritten", "ridden",
    "rung", "run", "said", "seen", "sent", "shaken", "shared", "shown", "shut", "sold", "sought",
    "spent", "split", "spoken", "spread", "stolen", "struck", "sung", "swept", "taken", "taught",
    "thought", "thrown", "told", "torn", "understood", "undertaken", "undone", "upheld", "withdrawn",
    "withheld", "won", "worn", "written",
];

/// Words that say no.
pub const NEGATIVES: &[&str] = &[
    "not", "no", "never", "nobody", "nothing", "none", "neither", "nor", "nowhere", "cannot",
    "can't", "won't", "don't", "doesn't", "didn't", "isn't", "aren't", "wasn't", "weren't",
    "hasn't", "haven't", "hadn't", "couldn't", "wouldn't", "shouldn't", "mustn't", "needn't",
];

/// Words that say no inside themselves, and turn a "not" before them round.
pub const UN_WORDS: &[&str] = &[
    "unable", "unacceptable", "unavailable", "unaware", "uncertain", "unclear", "uncommon",
    "unfair", "unfamiliar", "unfortunate", "unhappy", "unhelpful", "unimportant", "unjustified",
    "unknown", "unlawful", "unlike", "unlikely", "unnecessary", "unreasonable", "unrelated",
    "unrealistic", "unreliable", "unsafe", "unsuccessful", "unsuitable", "unusual", "unwelcome",
    "unwilling", "impossible", "impractical", "improbable", "inaccurate", "inadequate",
    "inappropriate", "incapable", "incomplete", "inconsiderable", "inconsistent", "incorrect",
    "inevitable", "infrequent", "insignificant", "insufficient", "invisible", "irrelevant",
    "irresponsible", "dishonest", "dissatisfied", "dissimilar", "disagree", "displeased",
];
