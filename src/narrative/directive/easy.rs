//! Directives of easy read.

use super::{Body, DirectiveSpec, Head, words};

/// The family.
pub(super) static FAMILY: &[DirectiveSpec] = &[DirectiveSpec {
    name: "tell-us",
    head: Head::None,
    attributes: &[
        words(
            "email",
            "the words over the email address; \"You can send us an email.\" when absent",
        ),
        words("phone", "the words over the telephone number; \"You can phone us.\" when absent"),
        words("post", "the words over the postal address; \"You can write to us.\" when absent"),
        words("web", "the words over the website; \"You can go to our website.\" when absent"),
        words("by", "the words over the last day; \"Please tell us by this date.\" when absent"),
        words(
            "pictures",
            "ids of their pictures, in this order; \"email phone letter website calendar\" when absent",
        ),
    ],
    body: Body::None,
    makes: "picture rows of how to answer, from [contact] of project.toml",
}];
