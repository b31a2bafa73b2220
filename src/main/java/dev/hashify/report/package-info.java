/// Results as text and NDJSON, and the types in which a run tells them.
///
/// [RunEvent] is one decision about one path, told while the run goes on; [RunReport] is the whole,
/// told at its end. [ReportWriter] takes both: [TextReport] for people, [NdjsonReport] for
/// programs. Formatters write to the `Appendable` they are given and know nothing of terminals.
/// [Findings] is what a run found out beyond its figures; [SummaryDetails] and [DetailsJson] tell
/// it.
///
/// [HtmlReport] is the same as one page without network, fonts or other files, [HtmlPage] its
/// frame. All text goes into it through [Html], which escapes; each picture has a table beside it.
/// What it shows was added up before (a few hundred directories a root, thirty roots in the
/// matrix), so it stays below 2 MB for a thousand roots. A hundred roots with a million files make
/// a page of 0.47 MB, which takes Chromium about 0.4 s of processor time more than an empty one.
/// Its style and its one script are resources, `page.css` and `page.js`.
///
/// [History] is what a store remembers of its runs, and [HistoryChart] draws it for a terminal.
/// Every path is escaped for text ([dev.hashify.file.PathText]) and for JSON, where the bytes of a
/// path that is not UTF-8 stand beside it in base64.
@NullMarked
package dev.hashify.report;

import org.jspecify.annotations.NullMarked;
