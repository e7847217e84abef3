//! Dates as somebody's spreadsheet writes them, into dates as plans write them.

use crate::plan::PlanDate;

/// Checks that `format` is one that [`read`] understands; says what it does not.
pub fn check(format: &str) -> Result<(), String> {
    let mut characters = format.chars();
    let (mut month, mut year) = (false, false);
    while let Some(c) = characters.next() {
        if c != '%' {
            continue;
        }
        match characters.next() {
            Some('b' | 'B' | 'm') => month = true,
            Some('y' | 'Y') => year = true,
            Some('d') => {}
            Some(other) => return Err(format!("%{other} is not understood")),
            None => return Err("a single % is not understood".to_owned()),
        }
    }
    if month && year { Ok(()) } else { Err("a date needs a month and a year".to_owned()) }
}

/// `words` as a plan writes them, by the first of `formats` that fits; words of `open` say that
/// there is no end. A day that no calendar has is written out all the same: the plan's own
/// reader says what is wrong with it. None when nothing fits.
pub fn read(words: &str, formats: &[String], open: &[String]) -> Option<String> {
    let lower = words.to_lowercase();
    // The longest first, so that "and ongoing" is not taken for "ongoing" after a date "x and".
    let mut open: Vec<String> = open.iter().map(|word| word.to_lowercase()).collect();
    open.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in &open {
        let Some(before) = lower.strip_suffix(word.as_str()) else { continue };
        if before.trim().is_empty() {
            return Some("ongoing".to_owned());
        }
        if !before.ends_with(char::is_whitespace) {
            continue;
        }
        let date = closed(before.trim(), formats)?;
        return PlanDate::parse(&date)
            .ok()?
            .month()
            .map(|(year, month)| format!("from {year:04}-{month:02}"));
    }
    closed(words, formats)
}

/// A day or a month.
fn closed(words: &str, formats: &[String]) -> Option<String> {
    formats.iter().find_map(|format| by_format(words, format)).map(|words| plain(&words))
}

/// A date in the plan's own form, where it is one; else the words.
pub fn plain(words: &str) -> String {
    match PlanDate::parse(words) {
        Ok(PlanDate::Day(day)) => day.format("%Y-%m-%d").to_string(),
        Ok(PlanDate::Month { year, month }) => format!("{year:04}-{month:02}"),
        Ok(PlanDate::Onwards { year, month }) => format!("from {year:04}-{month:02}"),
        Ok(PlanDate::Ongoing) => "ongoing".to_owned(),
        Err(_) => words.to_owned(),
    }
}

/// "30 May 2022" or "May 2022" from words in `format`. `%b` and `%B` take a month's name, whole or
/// shortened; `%m` and `%d` one or two figures; `%Y` four; `%y` two, of this century.
fn by_format(words: &str, format: &str) -> Option<String> {
    let mut rest = words;
    let (mut day, mut month, mut year) = (None, None, None);
    let mut characters = format.chars();
    while let Some(c) = characters.next() {
        if c != '%' {
            rest = rest.strip_prefix(c)?;
            continue;
        }
        let specifier = characters.next()?;
        let is_name = matches!(specifier, 'b' | 'B');
        let is_part = |c: char| if is_name { c.is_alphabetic() } else { c.is_ascii_digit() };
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        match specifier {
            'b' | 'B' => month = Some(part.to_owned()),
            'm' => month = Some(month_name(part)?),
            'd' if (1..=2).contains(&part.len()) => day = Some(part.to_owned()),
            'y' if part.len() == 2 => year = Some(format!("20{part}")),
            'Y' if part.len() == 4 => year = Some(part.to_owned()),
            _ => return None,
        }
    }
    let (month, year) = (month?, year?);
    if !rest.is_empty() {
        return None;
    }
    let date = match day {
        Some(day) => format!("{day} {month} {year}"),
        None => format!("{month} {year}"),
    };
    // A month that has no name is not a date in this format.
    let is_month = PlanDate::parse(&format!("{month} {year}")).is_ok();
    is_month.then_some(date)
}

fn month_name(figures: &str) -> Option<String> {
    let month: u32 = (1..=2).contains(&figures.len()).then(|| figures.parse().ok()).flatten()?;
    let name = crate::plan::date::month_name(month);
    (!name.is_empty() && month > 0).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(words: &str, formats: &[&str]) -> Option<String> {
        let formats: Vec<String> = formats.iter().map(|&format| format.to_owned()).collect();
        let open = ["ongoing", "and ongoing", "onwards", "onward"].map(str::to_owned);
        read(words, &formats, &open)
    }

    #[test]
    fn months_with_short_years_and_words_that_leave_the_end_open() {
        let by = |words| by(words, &["%b-%y"]);
        assert_eq!(by("Jul-18").as_deref(), Some("2018-07"));
        assert_eq!(by("Sept-20 ongoing").as_deref(), Some("from 2020-09"));
        assert_eq!(by("Jun-19 and ongoing").as_deref(), Some("from 2019-06"));
        assert_eq!(by("Jan-20 Onwards").as_deref(), Some("from 2020-01"));
        assert_eq!(by("Ongoing").as_deref(), Some("ongoing"));
        assert_eq!(by("Jul-2018"), None);
        assert_eq!(by("Foo-18"), None);
        assert_eq!(by("Jul-18 maybe"), None);
        assert_eq!(by("Foo-18 ongoing"), None);
    }

    #[test]
    fn days_in_figures_and_a_day_that_is_none_is_left_for_the_reader_to_judge() {
        let formats = ["%d/%m/%Y", "%d %B %Y"];
        assert_eq!(by("30/05/2022", &formats).as_deref(), Some("2022-05-30"));
        assert_eq!(by("1 September 2022", &formats).as_deref(), Some("2022-09-01"));
        assert_eq!(by("31/11/2022", &formats).as_deref(), Some("31 November 2022"));
        assert_eq!(by("05/13/2022", &formats), None);
        assert_eq!(by("30/05/22", &formats), None);
    }

    #[test]
    fn formats_that_cannot_be_meant_are_refused() {
        assert!(check("%d/%m/%Y").is_ok());
        assert!(check("%d/%Y").is_err());
        assert!(check("%H:%M").is_err());
        assert!(check("%b-%y%").is_err());
    }
}
