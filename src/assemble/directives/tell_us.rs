//! `tell-us`: how readers can say what they think, a row for each way there is.

use crate::assemble::Assembler;
use crate::diag::{Finding, rules};
use crate::document::{Block, BlockKind, Inline, Paragraph, PictureRow, Target};
use crate::narrative::tree::Directive;
use crate::plan::date::day_in_words;
use crate::source::{At, Span};

/// A way to answer: the attribute with its words, its words when absent, its picture when absent.
const WAYS: [(&str, &str, &str); 5] = [
    ("email", "You can send us an email.", "email"),
    ("phone", "You can phone us.", "phone"),
    ("post", "You can write to us.", "letter"),
    ("web", "You can go to our website.", "website"),
    ("by", "Please tell us by this date.", "calendar"),
];

impl Assembler<'_> {
    pub(super) fn tell_us(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let Some(contact) = &self.project.settings.contact else {
            let finding =
                Finding::new(&rules::CONTACT_MISSING, "nothing says how readers can answer")
                    .at(directive.name.span)
                    .help("add [contact] to content/project.toml: email, phone, post, web, by");
            self.findings.push(finding);
            return Vec::new();
        };
        let link = |to: String, words: &str| {
            let content = vec![Inline::text(words)];
            vec![Inline::Link { to: Target::Address(to), content }]
        };
        let lines = |lines: &[String]| {
            let mut content = Vec::new();
            for (index, words) in lines.iter().enumerate() {
                if index > 0 {
                    content.push(Inline::Break);
                }
                content.push(Inline::text(words.clone()));
            }
            content
        };
        let answers = [
            contact.email.as_ref().map(|email| link(format!("mailto:{}", **email), email)),
            contact.phone.as_ref().map(|phone| {
                let digits: String =
                    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
                link(format!("tel:{digits}"), phone)
            }),
            (!contact.post.is_empty()).then(|| lines(&contact.post)),
            contact.web.as_ref().map(|web| {
                let shown = web.trim_start_matches("https://").trim_end_matches('/');
                link(web.value.clone(), shown)
            }),
            contact.by.map(|day| vec![Inline::strong(day_in_words(day))]),
        ];
        let pictures = self.attribute_words(directive, "pictures");
        let pictures: Vec<&str> =
            pictures.as_deref().unwrap_or_default().split_whitespace().collect();
        let mut blocks = Vec::new();
        for (index, ((attribute, words, picture), answer)) in WAYS.iter().zip(answers).enumerate() {
            let Some(answer) = answer else { continue };
            let said = self.attribute_inlines(directive, attribute);
            let said = said.unwrap_or_else(|| vec![Inline::text(*words)]);
            let named = pictures.get(index).unwrap_or(picture);
            let named = At::new((*named).to_owned(), directive.name.span);
            let row = [said, answer]
                .map(|content| Block::at(BlockKind::Paragraph(Paragraph::body(content)), span));
            // A picture that is not there is reported; the words stand without it.
            match self.image(&named, None, None) {
                Some(image) => {
                    let row = PictureRow { image, blocks: row.to_vec() };
                    blocks.push(Block::at(BlockKind::PictureRow(row), span));
                }
                None => blocks.extend(row),
            }
        }
        blocks
    }
}
