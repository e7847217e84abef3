//! Rules about Word files that come back.

rules! {
    RETURN_UNREADABLE "return/unreadable" Error
        "A file that came back is no Word file, or it is damaged."
        "Nothing in it can be trusted to be what somebody wrote."
        "Ask for it again, saved as .docx."
    RETURN_PROTECTED "return/protected" Error
        "A file that came back is protected by a password, or of a Word from before 2007."
        "What is in it cannot be read."
        "Ask its sender to take the password off and save it as .docx."
    RETURN_MACRO "return/macro" Error
        "A file that came back holds macros."
        "Annexe writes none, so somebody put them in; such a file should not be passed on."
        "Save it as .docx, which cannot hold any."
    RETURN_SIZE "return/size" Error
        "A file that came back is larger than a document can be."
        "A small file may unpack to more than a machine can hold."
        "Take large pictures out, or ask where the file came from."
    RETURN_ENTITIES "return/entities" Error
        "A part of a file that came back declares a document type or entities."
        "That is how a file has its reader fetch others; neither Word nor LibreOffice writes such parts."
        "Do not open the file; ask where it came from."
    RETURN_DOCUMENT "return/document" Error
        "A file that came back is of no document of this project."
        "Its changes have no place here."
        "Give the file to the project that made it, or name its document with --document and --edition."
    RETURN_STRIPPED "return/stripped" Warning
        "A file that came back no longer says where its paragraphs came from."
        "Its paragraphs are found by their words, which takes a paragraph for a new one where much was changed."
        "Look at each change before it is taken. Word and LibreOffice keep what is needed; some other programs do not."
    RETURN_OLDER "return/older" Warning
        "A file that came back is of an older build."
        "Where the source has changed since, a change to the same words cannot be taken."
        "Look at what could not be placed, and make those changes by hand."
    RETURN_MISPLACED "return/misplaced" Error
        "Changes were not taken, since the documents would not say what the file says, or would not hold."
        "A half-taken file is worse than one that is not."
        "Take the others by number, and make these by hand."
    RETURN_COMMENTS "return/comments" Error
        "A file of comments cannot be read."
        "Its comments would be lost, were it written over."
        "Put the file in content/comments right."
}
