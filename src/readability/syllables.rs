//! How many syllables a word has, by its letters.
//!
//! A run of vowels is one syllable, but for pairs that are said apart ("po-et") and for
//! endings that are silent ("cared", "make"). What the letters do not tell stands in
//! `english/syllables.txt`. Held against a pronouncing dictionary in the tests.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Words whose letters mislead, with their syllables.
static EXCEPTIONS: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| {
    let lines = include_str!("english/syllables.txt").lines();
    let entries = lines.filter(|line| !line.starts_with('#'));
    let number = |line: &'static str| Some((line.split_once(' ')?.0, line.split_once(' ')?.1));
    entries
        .filter_map(number)
        .filter_map(|(count, words)| Some((count.parse().ok()?, words)))
        .flat_map(|(count, words): (usize, &str)| words.split(' ').map(move |word| (word, count)))
        .collect()
});

/// First parts of compounds: their last e is silent though letters follow it.
const FIRST_PARTS: &[&str] = &[
    "base", "care", "case", "fire", "fore", "frame", "guide", "home", "house", "lone", "mile",
    "more", "name", "note", "page", "pipe", "place", "safe", "score", "share", "side", "some",
    "stake", "state", "time", "trade", "type", "while", "whole", "wide", "wire",
];

/// The longest word that is looked at; what is longer is no word.
const LONGEST: usize = 60;

/// The syllables of a word: at least one. A number is a word of one syllable, as readability
/// formulas take it, and an acronym that cannot be said ("EHC") has one a letter.
pub fn syllables(word: &str) -> usize {
    let stem = word.strip_suffix('s').unwrap_or(word);
    if is_spelt(stem) {
        return stem.len() + 2 * stem.matches('W').count();
    }
    word.split(|c: char| !c.is_alphanumeric() && !is_apostrophe(c))
        .filter(|part| !part.is_empty())
        .map(|part| simple(&plain(part)))
        .sum::<usize>()
        .max(1)
}

/// Whether capitals are said letter by letter: two or three of them, or more with consonants in a row.
fn is_spelt(word: &str) -> bool {
    let is_vowel = |c: char| matches!(c, 'A' | 'E' | 'I' | 'O' | 'U' | 'Y');
    let is_capitals = word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase());
    is_capitals && (word.len() < 4 || word.split(is_vowel).any(|run| run.len() > 2))
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Small letters, without accents that matter to no rule here.
fn plain(word: &str) -> String {
    let fold = |c: char| match c {
        '’' => '\'',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'à' | 'á' | 'â' | 'ä' => 'a',
        'ï' | 'í' | 'î' => 'i',
        'ö' | 'ó' | 'ô' => 'o',
        'ü' | 'ú' | 'û' => 'u',
        other => other,
    };
    word.chars().take(LONGEST).flat_map(char::to_lowercase).map(fold).collect()
}

/// A word of small letters without hyphens.
fn simple(word: &str) -> usize {
    let word = word.strip_suffix("'s").or(word.strip_suffix('\'')).unwrap_or(word);
    if let Some(count) = known(word) {
        return count;
    }
    for first in FIRST_PARTS {
        if let Some(rest) = word.strip_prefix(first)
            && rest.len() > 2
            && !rest.starts_with(is_vowel)
            && rest.contains(is_vowel)
        {
            return by_letters(first) + simple(rest);
        }
    }
    by_letters(word)
}

/// The count of an exception, or of one with an ending.
fn known(word: &str) -> Option<usize> {
    let exceptions = &*EXCEPTIONS;
    if let Some(count) = exceptions.get(word) {
        return Some(*count);
    }
    let stem = word.strip_suffix('s')?;
    let hisses = ["s", "x", "z", "ch", "sh", "ce", "ge", "se", "ze"];
    let more = usize::from(hisses.iter().any(|ending| stem.ends_with(ending)));
    exceptions.get(stem).map(|count| count + more)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

fn by_letters(word: &str) -> usize {
    let letters: Vec<char> = word.chars().collect();
    let mut count = 0;
    let mut at = 0;
    while at < letters.len() {
        if !is_vowel(letters[at]) {
            at += 1;
            continue;
        }
        let end = (at..letters.len()).find(|&i| !is_vowel(letters[i])).unwrap_or(letters.len());
        count += 1 + apart(&letters, at, end);
        at = end;
    }
    count += usize::from(word.ends_with("sm") || word.ends_with("sms"));
    count += usize::from(word.ends_with("dn't") || word.ends_with("sn't"));
    // "specifically" is said without its a.
    let swallowed = silent(word) + usize::from(word.ends_with("ically"));
    count.saturating_sub(swallowed).max(1)
}

/// Syllables that a run of vowels has beyond its first.
fn apart(letters: &[char], start: usize, end: usize) -> usize {
    let run: String = letters[start..end].iter().collect();
    let before = start.checked_sub(1).map_or(' ', |i| letters[i]);
    let after: String = letters[end..].iter().collect();
    let soft = matches!(before, 'c' | 't' | 's' | 'x');
    let said = match run.as_str() {
        "ia" if soft => after.starts_with("te") || (after.starts_with("ti") && before == 'c'),
        "ia" => !after.starts_with("ge"),
        "io" if after.starts_with('n') => !(soft || matches!(before, 'g' | 'l' | 'n')),
        "io" => !(before == 't' && after.is_empty()),
        "iou" => !(soft || before == 'g'),
        "eo" => !after.starts_with('n') && !after.starts_with("pl"),
        "eou" => !matches!(before, 'c' | 'g'),
        "ua" => {
            !matches!(before, 'q' | 'g') && !after.starts_with("rd") && !after.starts_with("rt")
        }
        "ue" => !matches!(before, 'q' | 'g') && after.starts_with(['n', 'l', 't']),
        "ui" => !matches!(before, 'q' | 'g') && (after.starts_with("ty") || after == "ng"),
        "ii" | "iu" | "uou" => true,
        "oi" | "ai" | "ei" | "eei" | "yi" | "ayi" | "oyi" | "eyi" | "uyi" => {
            after == "ng" || after == "ngs"
        }
        "aya" | "oya" | "aye" | "oye" => !after.is_empty() && after != "d" && after != "s",
        "ie" if after.starts_with('t') => true,
        "ie" => {
            let sent = after.starts_with('n') && after != "nd" && after != "nds";
            !soft && (sent || matches!(after.as_str(), "r" | "rs" | "st"))
        }
        "ea" if before == 'r' => {
            let create = start >= 2 && letters[start - 2] == 'c' && after.starts_with('t');
            create || after.starts_with("ct") || after.starts_with("li")
        }
        "oe" => after.starts_with('t') || after.starts_with('m'),
        _ => false,
    };
    usize::from(said)
}

/// One when an e near the end is not said.
fn silent(word: &str) -> usize {
    let letters: Vec<char> = word.chars().collect();
    // The letter that stands `n` from the end.
    let from_end = |n: usize| letters.len().checked_sub(n).map_or(' ', |i| letters[i]);
    // "ta-ble": the e is silent and the l a syllable of its own, so the two make up for each other.
    let syllabic = |l: usize| {
        let before = from_end(l + 1);
        from_end(l) == 'l' && !is_vowel(before) && !matches!(before, 'l' | 'r' | 'w')
    };
    if from_end(1) == 'e' {
        return usize::from(!is_vowel(from_end(2)) && !syllabic(2));
    }
    if word.ends_with("es") {
        let hisses = matches!(from_end(3), 's' | 'x' | 'z' | 'c' | 'g')
            || word.ends_with("ches")
            || word.ends_with("shes");
        return usize::from(!is_vowel(from_end(3)) && !hisses && !syllabic(3));
    }
    if word.ends_with("ed") {
        let said = matches!(from_end(3), 't' | 'd');
        return usize::from(!is_vowel(from_end(3)) && !said && !syllabic(3));
    }
    // The e before an ending, as in "safely" and "placement"; "settlement" says it.
    for ending in ["ly", "ment", "ments", "ful", "fully", "less", "ness", "ty"] {
        let Some(stem) = word.strip_suffix(ending).and_then(|stem| stem.strip_suffix('e')) else {
            continue;
        };
        let mut back = stem.chars().rev();
        let (Some(before), third) = (back.next(), back.next().unwrap_or(' ')) else { return 0 };
        let said = match (before, ending) {
            (vowel, _) if is_vowel(vowel) => true,
            ('l' | 'r', "ment" | "ments") => !matches!(third, 'i' | 'u'),
            ('l', _) => !is_vowel(third),
            (before, "ty") => before != 'f',
            _ => false,
        };
        return usize::from(!said);
    }
    0
}
