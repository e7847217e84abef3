//! The website that a build leaves: its pages, their links, their size, and when there is none.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use roxmltree::{Document, ParsingOptions};

use super::{Starter, annexe, names};

/// The files of a site, by name.
fn files(site: &Path) -> BTreeMap<String, Vec<u8>> {
    names(site).into_iter().map(|n| (n.clone(), fs::read(site.join(n)).unwrap())).collect()
}

/// The ids and the links of a page.
fn places(page: &[u8]) -> (BTreeSet<String>, Vec<String>) {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let page = std::str::from_utf8(page).unwrap();
    let page = Document::parse_with_options(page, options).unwrap();
    let attributes = |name: &'static str| {
        page.descendants().filter_map(move |node| node.attribute(name)).map(str::to_owned)
    };
    (attributes("id").collect(), attributes("href").collect())
}

/// Every link leads to a file of the site, and to a place in it.
fn assert_links_lead_somewhere(files: &BTreeMap<String, Vec<u8>>) {
    let pages: BTreeMap<_, _> = files
        .iter()
        .filter(|(name, _)| name.ends_with(".html"))
        .map(|(name, page)| (name.as_str(), places(page)))
        .collect();
    for (name, (_, links)) in &pages {
        for link in links.iter().filter(|link| !link.contains(':')) {
            let (to, id) = link.split_once('#').unwrap_or((link, ""));
            let to = if to.is_empty() { name } else { to };
            assert!(files.contains_key(to), "{name} leads to {link}");
            assert!(id.is_empty() || pages[to].0.contains(id), "{name} leads to {link}");
        }
    }
}

#[test]
fn a_whole_build_leaves_a_website_with_the_files_to_take_away() {
    let starter = Starter::whole();
    starter.run(&["build"]).exits(0);
    let site = files(&starter.path("output/site"));
    assert_links_lead_somewhere(&site);
    for name in
        ["index.html", "search.html", "progress-plan.full.html", "progress-plan.easy-read.html"]
    {
        assert!(site.contains_key(name), "{name} is missing");
    }
    let pdf = fs::read(starter.path("output/progress-plan.full.pdf")).unwrap();
    assert!(site["progress-plan.full.pdf"] == pdf);
    let start = String::from_utf8(site["index.html"].clone()).unwrap();
    assert!(start.contains("PDF, ") && start.contains("Word, "), "{start}");
    let full = String::from_utf8(site["progress-plan.full.html"].clone()).unwrap();
    assert!(full.contains("rel=\"alternate\""), "no link to the other edition");
    starter.run(&["build", "--jobs", "1"]).exits(0);
    assert!(site == files(&starter.path("output/site")), "a second build differs");
}

#[test]
fn a_build_of_one_format_leaves_none_unless_it_is_asked_for() {
    let starter = Starter::new();
    starter.run(&["build", "--format", "html"]).exits(0);
    assert!(!starter.path("output/site").exists());
    let there = starter.path("web");
    starter.run(&["build", "--format", "html", "--site", there.to_str().unwrap()]).exits(0);
    assert_links_lead_somewhere(&files(&there));
}

#[test]
fn what_an_error_stops_is_not_in_the_site_and_alone_leaves_none() {
    let starter = Starter::new();
    starter.add_document("other", "editions = [\"full\"]", "::: no-such-thing\n:::");
    starter.run(&["build"]).exits(1);
    let site = files(&starter.path("output/site"));
    assert!(!site.keys().any(|name| name.starts_with("other")));
    assert_links_lead_somewhere(&site);
    let starter = Starter::new();
    starter.write("templates/progress-plan.md", "no front matter");
    starter.run(&["build"]).exits(1);
    assert!(!starter.path("output/site").exists());
}

#[test]
fn the_site_of_this_project_has_small_pages_and_links_that_lead_somewhere() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (out, site) = (path("out"), path("site"));
    let root = env!("CARGO_MANIFEST_DIR");
    annexe(&["build", "--project", root, "--format", "html", "--out", &out, "--site", &site])
        .exits(0);
    let site = files(Path::new(&site));
    assert!(site.len() > 20);
    assert_links_lead_somewhere(&site);
    for (name, page) in &site {
        assert!(page.len() < 500_000, "{name} has {} bytes", page.len());
    }
    // A long document goes in parts, each of which leads to the next.
    let parts = site.keys().filter(|name| name.contains(".2.html")).count();
    assert!(parts > 0);
}

#[test]
fn pages_of_documents_that_are_no_more_go_and_other_files_stay() {
    let starter = Starter::new();
    starter.add_document("other", "editions = [\"full\"]", "# Words\n\nSome words.");
    starter
        .run(&["build", "--format", "html", "--site", starter.path("web").to_str().unwrap()])
        .exits(0);
    starter.write("web/own.html", "the user's own");
    assert!(starter.path("web/other.full.html").exists());
    fs::remove_file(starter.path("templates/other.md")).unwrap();
    // A list that names what is elsewhere removes nothing there.
    let list = fs::read_to_string(starter.path("web/site-files.txt")).unwrap();
    starter.write("web/site-files.txt", &format!("{list}../content/project.toml\n.hidden\n"));
    starter.write("web/.hidden", "the user's own");
    starter
        .run(&["build", "--format", "html", "--site", starter.path("web").to_str().unwrap()])
        .exits(0);
    assert!(!starter.path("web/other.full.html").exists());
    for kept in ["web/own.html", "web/.hidden", "content/project.toml", "web/index.html"] {
        assert!(starter.path(kept).exists(), "{kept}");
    }
}

#[test]
fn the_accessibility_statement_says_what_is_on_record_and_no_more() {
    let starter = Starter::new();
    let statement = |starter: &Starter| {
        let web = starter.path("web");
        starter.run(&["build", "--format", "html", "--site", web.to_str().unwrap()]).exits(0);
        assert_links_lead_somewhere(&files(&web));
        fs::read_to_string(web.join("accessibility.html")).unwrap()
    };
    let none = statement(&starter);
    assert!(none.contains("Nobody has checked yet") && none.contains("2018"), "{none}");
    let project = fs::read_to_string(starter.path("content/project.toml")).unwrap();
    let website = |faults: u32| {
        format!(
            "{project}\n[website]\naddress = \"https://example.gov.uk/send\"\nreply-within = \"5 working days\"\n\n\
             [[website.check]]\nwhat = \"Contrast\"\nwith = \"Eyes 1.0\"\non = 2022-03-04\n\
             looked-at = 12\nfaults = {faults}\n"
        )
    };
    starter.write("content/project.toml", &website(0));
    let clean = statement(&starter);
    for words in
        ["They found no fault", "Eyes 1.0", "4 March 2022", "<td>12</td>", "5 working days"]
    {
        assert!(clean.contains(words), "{words}: {clean}");
    }
    assert!(clean.contains("href=\"https://example.gov.uk/send/accessibility.html\""));
    let start = fs::read_to_string(starter.path("web/index.html")).unwrap();
    assert!(start.contains("rel=\"canonical\" href=\"https://example.gov.uk/send/\""), "{start}");
    starter.write("content/project.toml", &website(2));
    let faulty = statement(&starter);
    assert!(faulty.contains("2 faults: Contrast") && faulty.contains("in part"), "{faulty}");
}

#[test]
fn a_pdf_with_its_data_stands_beside_the_plain_one() {
    let starter = Starter::whole();
    starter
        .run(&["build", "--format", "pdf-data,pdf", "--out", starter.path("o").to_str().unwrap()])
        .exits(0);
    let names = names(&starter.path("o"));
    for name in ["progress-plan.full.pdf", "progress-plan.full.data.pdf"] {
        assert!(names.contains(&name.to_owned()), "{names:?}");
    }
    let pdf = fs::read(starter.path("o/progress-plan.full.data.pdf")).unwrap();
    let text = String::from_utf8_lossy(&pdf);
    assert!(text.contains("figures.csv"));
}

#[test]
fn what_changed_since_an_earlier_state_of_the_project_is_a_page() {
    let (old, new) = (Starter::new(), Starter::new());
    let narrative = "content/story.md";
    for (starter, words) in [(&old, "Waits are long."), (&new, "Waits are much shorter.")] {
        starter.write(narrative, &format!("# Waits\n\n{words}\n\n# More\n\nAs before.\n"));
        starter.add_document("story", "editions = [\"full\"]", "::: include story.md\n:::");
    }
    let web = new.path("web");
    let (web_arg, old_arg) = (web.to_str().unwrap(), old.path("").display().to_string());
    let args = ["build", "--format", "html", "--site", web_arg, "--changed-from", &old_arg];
    new.run(&args).exits(0);
    let site = files(&web);
    assert_links_lead_somewhere(&site);
    let page = String::from_utf8(site["story.full.changes.html"].clone()).unwrap();
    assert!(page.contains("<h2>Waits</h2>") && !page.contains("<h2>More</h2>"), "{page}");
    assert!(page.contains("1 section changed; 3 are the same."), "{page}");
    assert!(page.contains("taken out: </span>long.</del>"), "{page}");
    assert!(page.contains("put in: </span>much shorter.</ins>"), "{page}");
    let start = String::from_utf8(site["index.html"].clone()).unwrap();
    assert!(start.contains("What changed since"), "{start}");
    // Without a website there is nowhere to tell it, and a folder without a project has nothing to tell.
    new.run(&["build", "--format", "html", "--changed-from", &old_arg]).exits(2);
    let empty = tempfile::tempdir().unwrap();
    let nowhere = empty.path().to_str().unwrap();
    new.run(&["build", "--format", "html", "--site", web_arg, "--changed-from", nowhere]).exits(1);
}
