//! `latest` and its like in prose and in `where`, periods named on purpose, and rows known later.

use super::{DECLARATION, project, said};

const ROWS: &str = "area,period,rate\nHere,2021/22,51\nHere,2022/23,55\nHere,2023/24,46\n\
    England,2021/22,50\nEngland,2022/23,49\n";

fn prose(text: &str) -> (String, Vec<String>) {
    let (words, found) = said(&project(DECLARATION, ROWS, text), "2024-12-31");
    (words.join("|"), found)
}

#[test]
fn a_moving_period_is_the_data_s_own() {
    let (words, found) = prose(
        "It is {{ data.d.rate[\"Here\"][latest] }}, before {{ data.d.rate[\"Here\", previous] }}, \
         {{ data.d.rate['Here'][latest - 2] }} in {{ data.d.rate[\"Here\", latest - 2].period }}, a year \
         ago {{ data.d.rate[\"Here\"][same-period-last-year] }}, in England \
         {{ data.d.rate[\"England\"][latest] }}, and then here \
         {{ data.d.rate[\"Here\"][data.d.rate[\"England\", latest].period] }}. \
         It went {{ change(data.d.rate[\"Here\", previous], data.d.rate[\"Here\", latest]) }}.",
    );
    assert_eq!(
        words,
        "It is 46%, before 55%, 51% in 2021 to 2022, a year ago 55%, in England 49%, and then here 55%. \
         It went down 9 percentage points."
    );
    assert_eq!(found, [""; 0]);
}

#[test]
fn the_latest_begins_by_the_day() {
    let (words, _) =
        said(&project(DECLARATION, ROWS, "{{ data.d.rate[\"Here\"][latest] }}"), "2023-03-31");
    assert_eq!(words.join("|"), "55%");
}

#[test]
fn an_earlier_period_is_found_unless_it_is_compared_or_meant() {
    let (_, found) = prose("It was {{ data.d.rate[\"Here\"][\"2022/23\"] }}.");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("figure/superseded"), "{found:?}");
    assert!(found[0].contains("55% (2022 to 2023)") && found[0].contains("46% (2023 to 2024)"));
    for settled in [
        "It was {{ data.d.rate[\"Here\"][\"=2022/23\"] }}.",
        "It was {{ data.d.rate[\"Here\"][\"2022/23\"] }}, now {{ data.d.rate[\"Here\"][latest] }}.",
        "It was {{ data.d.rate[\"Here\"][\"2022/23\"] }}, now {{ data.d.rate[\"Here\"][\"2023/24\"] }}.",
        "It is {{ data.d.rate[\"England\"][\"2022/23\"] }}.",
        "{{ change(data.d.rate[\"Here\"][\"2022/23\"], data.d.rate[\"Here\", latest]) }}",
    ] {
        assert_eq!(prose(settled).1, [""; 0], "{settled}");
    }
    let (_, found) = prose(
        "{{ change(data.d.rate[\"Here\"][\"2021/22\"], data.d.rate[\"Here\"][\"2022/23\"]) }}",
    );
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn rows_are_asked_for_by_periods_that_move() {
    let table = |condition: &str| {
        prose(&format!("::: data-table d where=\"{condition}\" caption=\"T\"\n:::"))
    };
    let (words, found) = table("area=Here; period=latest|previous");
    assert!(words.contains("46%") && words.contains("55%") && !words.contains("51%"), "{words}");
    assert_eq!(found, [""; 0]);
    let (words, found) = table("area=Here; period=same-period-last-year");
    assert!(words.contains("55%") && !words.contains("46%"), "{words}");
    assert_eq!(found, [""; 0]);
    let (_, found) = table("area=Here; period=2021/22|2022/23");
    assert!(found.len() == 1 && found[0].contains("figure/superseded"), "{found:?}");
    assert_eq!(table("area=Here; period==2021/22|2022/23").1, [""; 0]);
    assert_eq!(table("area=England; period=2022/23").1, [""; 0]);
    let (_, found) = table("area=latest");
    assert!(found.len() == 1 && found[0].contains("dataset/no-period"), "{found:?}");
    let (_, found) = table("area=England; period=latest - 7");
    assert!(found.len() == 1 && found[0].contains("latest - 7"), "{found:?}");
}

#[test]
fn what_has_no_period_has_no_latest() {
    for text in ["{{ data.d.rate[latest] }}", "{{ data.d.rate[latest][\"2022/23\"] + 1 }}"] {
        let (_, found) = prose(text);
        assert!(found.len() == 1 && found[0].contains("dataset/no-period"), "{found:?}");
    }
    let plain = "title = \"T\"\nsource = \"S\"\nkey = [\"area\"]\n[column.area]\nname = \"Area\"\n\
        [column.rate]\nname = \"Rate\"\nunit = \"percent\"\n";
    let (_, found) =
        said(&project(plain, "area,rate\nHere,5\n", "{{ data.d.rate[latest] }}"), "2024-12-31");
    assert!(found.len() == 1 && found[0].contains("dataset/no-period"), "{found:?}");
    let (_, found) = prose("{{ data.d.rate[\"Here\"][latest - 9] }}");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(!found[0].contains('\u{E020}'), "{found:?}");
}

#[test]
fn a_row_counts_from_the_day_it_was_known() {
    let declaration = format!("{DECLARATION}[column.known]\nname = \"Known\"\nkind = \"known\"\n");
    let rows = "area,period,rate,known\nHere,2022/23,55,2023-06-01\nHere,2023/24,44,2024-05-01\n\
        Here,2023/24,46,2024-09-01\n";
    let text = "{{ data.d.rate[\"Here\"][latest] }}\n\n::: data-table d caption=\"T\"\n:::";
    let at = |day: &str| said(&project(&declaration, rows, text), day);
    assert_eq!(at("2024-03-31").0[0], "55%");
    assert_eq!(at("2024-06-30").0[0], "44%");
    let (words, found) = at("2024-12-31");
    assert_eq!(words[0], "46%");
    assert!(!words.join("|").contains("2024-09-01"), "{words:?}");
    assert_eq!(found, [""; 0]);
    let twice = "area,period,rate,known\nHere,2022/23,55,2023-06-01\nHere,2022/23,56,2023-06-01\n";
    let (_, found) = said(&project(&declaration, twice, "Words."), "2024-12-31");
    assert!(found.len() == 1 && found[0].contains("data/key"), "{found:?}");
    let unread = "area,period,rate,known\nHere,2022/23,55,soon\n";
    let (_, found) = said(&project(&declaration, unread, "Words."), "2024-12-31");
    assert!(found.len() == 1 && found[0].contains("data/value"), "{found:?}");
}

#[test]
fn a_typed_time_beside_a_figure_of_another_is_found() {
    let found = |text: &str| {
        let (_, found) = prose(text);
        found.into_iter().filter(|line| line.contains("figure/period")).collect::<Vec<_>>()
    };
    let told = found("In 2022/23 {{ data.d.rate[\"Here\", latest] }} of plans are on time.");
    assert!(told.len() == 1 && told[0].contains("2023 to 2024"), "{told:?}");
    assert_eq!(
        found("By the end of March 2023 it is {{ data.d.rate[\"Here\", latest] }}.").len(),
        1
    );
    for fine in [
        "In 2023/24 {{ data.d.rate[\"Here\", latest] }} of plans are on time.",
        "In 2022/23 {{ data.d.rate[\"Here\"][\"=2022/23\"] }} of plans are on time.",
        "Since 2022/23 it is {{ data.d.rate[\"Here\", latest] }}.",
        "Our 2022 report says {{ data.d.rate[\"Here\", latest] }}.",
        "In {{ data.d.rate[\"Here\", latest].period }} it is {{ data.d.rate[\"Here\", latest] }}.",
        "It is {{ data.d.rate[\"Here\", latest] }}. In 2022/23 we began.",
    ] {
        assert_eq!(found(fine), [""; 0], "{fine}");
    }
}

#[test]
fn a_figure_below_zero_denies_words_that_say_which_way() {
    let declaration = DECLARATION.replace("unit = \"percent\"", "unit = \"points\"");
    let rows = "area,period,rate\nHere,2022/23,2.5\nHere,2023/24,-3.3\n";
    let found = |text: &str| {
        let text = text.replace("<x>", "{{ data.d.rate[\"Here\", latest] }}");
        said(&project(&declaration, rows, &text), "2024-12-31").1
    };
    for text in [
        "We are ahead by <x>.",
        "We are <x> ahead of England.",
        "The gap closed by <x>.",
        "It is up <x> on the year.",
        "It is a further <x> above England.",
    ] {
        let found = found(text);
        assert!(found.len() == 1 && found[0].contains("claim/contradicted"), "{text}: {found:?}");
    }
    for text in
        ["It moved by <x>.", "Ahead of us, it is <x>.", "We are ahead: <x>.", "It stands at <x>."]
    {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}
