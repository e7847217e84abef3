//! The Word file, looked at from outside: its package, its XML, its text.

mod sample;

use annexe::write::docx::docx;

fn sample_file() -> Vec<u8> {
    let made = docx(&sample::document(), &sample::tokens(), &sample::extras());
    made.unwrap_or_else(|findings| panic!("{findings:#?}"))
}

#[test]
fn writes() {
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/docx-sample.docx"), sample_file())
        .unwrap();
}
