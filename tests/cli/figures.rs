//! `annexe figures`: every figure of the documents, for people, spreadsheets and programs.

use super::{Starter, annexe};

#[test]
fn figures_are_listed_with_their_places_as_table_sheet_and_json() {
    let starter = Starter::new();
    let root = starter.dir.path().to_str().unwrap();
    let json = annexe(&["figures", "progress-plan", "--format", "json", "--project", root])
        .exits(0)
        .json();
    let figures = json["figures"].as_array().unwrap();
    let actual = figures.iter().find(|f| f["path"] == "kpi.K1.actual").unwrap();
    assert_eq!(actual["value"], "58%");
    assert_eq!(actual["figure"], "Plans issued within 20 weeks");
    assert_eq!(actual["unit"], "percent");
    assert_eq!(actual["period"], "November 2025");
    assert_eq!(actual["source"], "Case management system");
    let data = actual["data"].as_str().unwrap();
    assert!(data.starts_with("content/plan/kpis.toml:"), "{data}");
    let used = actual["used_at"].as_str().unwrap();
    assert!(used.starts_with("content/progress-plan/") && used.split(':').count() == 3, "{used}");
    assert!(figures.iter().any(|f| f["use"] == "table"));
    let sheet = annexe(&["figures", "--format", "csv", "--project", root]).exits(0).out;
    let mut lines = sheet.lines();
    assert!(lines.next().unwrap().starts_with("document,edition,use,figure,value,unit,period"));
    assert_eq!(lines.count(), figures.len());
    let table = annexe(&["figures", "--project", root]).exits(0).out;
    assert!(table.starts_with("progress-plan (full): "), "{table}");
    assert!(table.contains("58%") && table.contains(used), "{table}");
    // On an earlier day, the figure was not known: what quotes it is an error, and nothing is listed.
    annexe(&["figures", "--as-at", "2025-06-30", "--project", root]).exits(1);
    annexe(&["figures", "no-such", "--project", root]).exits(2);
}

/// A stream whose reader goes away after some bytes, as `head` does.
struct Closing {
    left: usize,
}

impl std::io::Write for Closing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            return Err(std::io::ErrorKind::BrokenPipe.into());
        }
        let taken = bytes.len().min(self.left);
        self.left -= taken;
        Ok(taken)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_that_goes_away_ends_each_form_quietly() {
    let starter = Starter::new();
    let root = starter.dir.path().to_str().unwrap();
    for form in ["table", "csv", "json"] {
        for left in [0, 40, 400] {
            let (mut out, mut err) = (Closing { left }, Vec::new());
            let args = ["annexe", "figures", "--format", form, "--project", root];
            let code = annexe::cli::run(args.map(Into::into), &mut out, &mut err);
            assert_eq!(out.left, 0, "{form}: it must write more than its reader takes");
            let said = String::from_utf8(err).unwrap();
            assert!(code == 0 && !said.contains("error"), "{form}, {left}: {code} {said}");
        }
    }
}
