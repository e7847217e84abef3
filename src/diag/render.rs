//! Prints findings for people and for machines.
