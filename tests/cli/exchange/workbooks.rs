//! Workbooks that people send: formulas, merged cells, sheets by the million, bombs.

use std::fs;
use std::io::{Cursor, Write};

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::{RISKS, Ran, Starter, found};

fn import(starter: &Starter, bytes: &[u8], more: &[&str]) -> Ran {
    let file = starter.path("in.xlsx");
    fs::write(&file, bytes).unwrap();
    let file = file.to_str().unwrap();
    starter.run(&[&["import", file, "--as", "risk", "--to", RISKS], more].concat())
}

/// A workbook with one sheet, "Plan", that starts with the header id, progress, closed.
fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Plan").unwrap();
    for (column, name) in [(0, "id"), (1, "progress"), (2, "closed")] {
        sheet.write(0, column, name).unwrap();
    }
    fill(sheet);
    book.save_to_buffer().unwrap()
}

/// The package with the text of one part changed.
fn changed(bytes: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut file = old.by_index(index).unwrap();
        let name = file.name().unwrap().to_string();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        new.start_file(&*name, SimpleFileOptions::default()).unwrap();
        let text = if name == part { change(text) } else { text };
        new.write_all(text.as_bytes()).unwrap();
    }
    new.finish().unwrap().into_inner()
}

#[test]
fn numbers_dates_and_texts_of_a_workbook_are_taken() {
    let starter = Starter::new();
    let bytes = workbook(|sheet| {
        sheet.write(1, 0, "R1").unwrap();
        sheet.write(1, 1, 58).unwrap();
        let day = ExcelDateTime::from_ymd(2026, 1, 5).unwrap();
        let format = Format::new().set_num_format("dd/mm/yyyy");
        sheet.write_with_format(1, 2, &day, &format).unwrap();
    });
    import(&starter, &bytes, &[]).exits(0);
    let written = starter.read(RISKS);
    assert!(
        written.contains("progress = \"58\"\n") && written.contains("closed = 2026-01-05\n"),
        "{written}"
    );
}

#[test]
fn cells_that_say_nothing_certain_are_named_and_stop_the_import() {
    let starter = Starter::new();
    let before = starter.read(RISKS);
    let bytes = workbook(|sheet| {
        for (row, id) in [(1, "R1"), (2, "R2"), (3, "R3"), (4, "R4")] {
            sheet.write(row, 0, id).unwrap();
        }
        sheet.write(1, 1, Formula::new("=1+1").set_result("2")).unwrap();
        sheet.merge_range(2, 1, 3, 1, "both", &Format::new()).unwrap();
        sheet.write(4, 2, "soon").unwrap();
        // A formula in a column that is not read is nobody's business.
        sheet.write(0, 3, "sum").unwrap();
        sheet.write(1, 3, Formula::new("=1+1")).unwrap();
    });
    let ran = import(&starter, &bytes, &[]).exits(1);
    for words in
        ["Plan!B2: this cell is a formula", "Plan!B3: B3 to B4 are merged", "column \"sum\""]
    {
        assert!(ran.err.contains(words), "{words}:\n{}", ran.err);
    }
    let codes: Vec<String> =
        found(&ran).iter().map(|f| f.split(' ').next().unwrap().to_owned()).collect();
    assert_eq!(codes.iter().filter(|code| *code == "error[import/cell]").count(), 3, "{codes:?}");
    assert_eq!(starter.read(RISKS), before);

    let bytes = workbook(|sheet| {
        sheet.write(1, 0, "R1").unwrap();
        sheet.write(1, 2, "soon").unwrap();
    });
    let ran = import(&starter, &bytes, &[]).exits(1);
    assert_eq!(found(&ran), ["error[date/unreadable] in.xlsx:2:4"], "{}", ran.err);
    assert!(ran.err.contains("Plan!C2: \"soon\" is not a date"), "{}", ran.err);
}

#[test]
fn a_sheet_that_claims_a_million_rows_is_refused_whatever_it_holds() {
    let starter = Starter::new();
    let before = starter.read(RISKS);
    let bytes = workbook(|sheet| {
        sheet.write(1, 0, "R1").unwrap();
        sheet.write(1, 1, "fine").unwrap();
    });
    let part = "xl/worksheets/sheet1.xml";
    let end = |row: &str| {
        changed(&bytes, part, |text| text.replace("</sheetData>", &format!("{row}</sheetData>")))
    };
    let sheets = [
        ("its extent", changed(&bytes, part, |text| text.replace("A1:C2", "A1:XFD1048576"))),
        ("a row with nothing", end("<row r=\"1048576\" ht=\"15\"/>")),
        ("an empty cell", end("<row r=\"1048576\"><c r=\"A1048576\" s=\"0\"/></row>")),
    ];
    for (claim, sheet) in &sheets {
        for more in [&[][..], &["--skip-bad"]] {
            let ran = import(&starter, sheet, more).exits(1);
            assert_eq!(found(&ran), ["error[file/too-large] in.xlsx"], "{claim}: {}", ran.err);
            let words = "the sheet Plan claims 1048576 rows, of which 1 hold something";
            assert!(ran.err.contains(words), "{claim}: {}", ran.err);
            assert_eq!(starter.read(RISKS), before, "{claim}");
        }
    }
    let filled = changed(&bytes, part, |text| {
        text.replace("\"A2\"", "\"A1048576\"").replace("r=\"2\"", "r=\"1048576\"")
    });
    let ran = import(&starter, &filled, &[]).exits(1);
    assert_eq!(found(&ran), ["error[file/too-large] in.xlsx"], "{}", ran.err);
    assert_eq!(starter.read(RISKS), before);
}

#[test]
fn formatted_rows_under_a_table_do_no_harm() {
    let starter = Starter::new();
    let bytes = workbook(|sheet| {
        sheet.write(1, 0, "R1").unwrap();
        sheet.write(1, 1, "fine").unwrap();
        for row in 2..5_000 {
            sheet.write_blank(row, 0, &Format::new().set_bold()).unwrap();
            sheet.set_row_height(row, 30).unwrap();
        }
    });
    let ran = import(&starter, &bytes, &[]).exits(0);
    assert!(starter.read(RISKS).contains("progress = \"fine\""), "{}", ran.err);
}

#[test]
fn a_sheet_of_a_million_rows_is_refused() {
    let starter = Starter::new();
    let before = starter.read(RISKS);
    let bytes = workbook(|sheet| {
        for row in 1..=60_000 {
            sheet.write(row, 0, "R1").unwrap();
        }
    });
    let ran = import(&starter, &bytes, &[]).exits(1);
    assert_eq!(found(&ran), ["error[file/too-large] in.xlsx"], "{}", ran.err);
    assert_eq!(starter.read(RISKS), before);
}

#[test]
fn files_that_only_claim_to_be_workbooks_are_refused() {
    let starter = Starter::new();
    let before = starter.read(RISKS);
    let good = workbook(|sheet| {
        sheet.write(1, 0, "R1").unwrap();
    });
    let zipped = |name: &str, size: usize| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(name, options).unwrap();
        zip.write_all(&vec![b' '; size]).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let strings = |text: String| {
        let (before, after) = text.split_once("uniqueCount=\"").unwrap();
        let rest = after.split_once('"').unwrap().1;
        format!("{before}uniqueCount=\"99999999999999\"{rest}")
    };
    let mut lying = zipped("xl/workbook.xml", 60 << 20);
    // The sizes that the package declares, in both of its lists.
    let size = u32::to_le_bytes(60 << 20);
    while let Some(at) = lying.windows(4).position(|bytes| bytes == size) {
        lying[at..at + 4].copy_from_slice(&u32::to_le_bytes(100));
    }
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", Vec::new()),
        ("text", b"id,progress\nR1,x\n".to_vec()),
        ("old format", [&[0xD0, 0xCF, 0x11, 0xE0][..], &[0; 600]].concat()),
        ("cut", good[..good.len() / 2].to_vec()),
        ("no workbook", zipped("a.xml", 10)),
        ("bomb", zipped("xl/workbook.xml", 60 << 20)),
        ("ratio", zipped("xl/workbook.xml", 20 << 20)),
        ("lying bomb", lying),
        ("strings", changed(&good, "xl/sharedStrings.xml", strings)),
        (
            "no sheet data",
            changed(&good, "xl/worksheets/sheet1.xml", |_| "<worksheet/>".to_owned()),
        ),
        (
            "broken XML",
            changed(&good, "xl/worksheets/sheet1.xml", |text| text.replace("</c>", "</d>")),
        ),
        (
            "backward range",
            changed(&good, "xl/worksheets/sheet1.xml", |text| text.replace("A1:C2", "C9:A1")),
        ),
        (
            "far column",
            changed(&good, "xl/worksheets/sheet1.xml", |text| {
                text.replace("\"A2\"", "\"ZZZZZZZZZZ2\"")
            }),
        ),
    ];
    for (name, bytes) in cases {
        let ran = import(&starter, &bytes, &["--skip-bad"]).exits(1);
        assert_eq!(found(&ran).len(), 1, "{name}: {}", ran.err);
        assert_eq!(starter.read(RISKS), before, "{name}");
    }
    let ran = starter.run(&["import", "/dev/null", "--as", "risk", "--to", RISKS]).exits(1);
    assert_eq!(found(&ran), ["error[import/sheet]"]);
}

#[test]
fn a_damaged_workbook_never_breaks_the_import_down() {
    let starter = Starter::new();
    let good = workbook(|sheet| {
        sheet.write(1, 0, "R1").unwrap();
        sheet.write(1, 1, "fine").unwrap();
    });
    let mut seed = 7_u64;
    for _ in 0..60 {
        let mut bytes = good.clone();
        for _ in 0..4 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(seed >> 33).unwrap() % bytes.len();
            bytes[at] = bytes[at].wrapping_add(1 + u8::try_from(seed >> 60).unwrap());
        }
        let ran = import(&starter, &bytes, &["--dry-run"]);
        assert!(matches!(ran.code, 0 | 1), "{}", ran.err);
    }
}

#[test]
fn which_sheet_is_meant_must_be_clear() {
    let starter = Starter::new();
    let book = |names: &[&str]| {
        let mut book = Workbook::new();
        for name in names {
            let sheet = book.add_worksheet().set_name(*name).unwrap();
            sheet.write(2, 0, "id").unwrap();
            sheet.write(2, 1, "progress").unwrap();
            sheet.write(3, 0, "R1").unwrap();
            sheet.write(3, 1, *name).unwrap();
        }
        book.save_to_buffer().unwrap()
    };
    let two = book(&["North", "South"]);
    let ran = import(&starter, &two, &[]).exits(1);
    assert!(ran.err.contains("\"North\", \"South\""), "{}", ran.err);
    let ran = import(&starter, &two, &["--sheet", "Sooth"]).exits(1);
    assert!(ran.err.contains("did you mean \"South\"?"), "{}", ran.err);
    let mapping =
        "sheet = \"North\"\nheader-row = 3\n[field]\nid = \"id\"\nprogress = \"progress\"\n";
    starter.write("map.toml", mapping);
    let map = starter.path("map.toml");
    let map = ["--map", map.to_str().unwrap()];
    import(&starter, &two, &map).exits(0);
    assert!(starter.read(RISKS).contains("progress = \"North\""));
    import(&starter, &two, &[&map[..], &["--sheet", "South"]].concat()).exits(0);
    assert!(starter.read(RISKS).contains("progress = \"South\""));
}
