//! What a row's record says as at a day: the facts that rating rules and documents ask about.
