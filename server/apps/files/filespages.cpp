#include "server/apps/files/filespages.h"

#include "core/base/markup.h"
#include "server/apps/files/filesstyle.h"
#include "server/apps/oauth/pageparts.h"
#include "server/apps/oauth/pages.h"

namespace marea::server {

namespace {

constexpr std::string_view kSearchIcon = R"(<circle cx="11" cy="11" r="8"/><path d="m21 21-4.3-4.3"/>)";
constexpr std::string_view kFilmIcon =
    R"(<rect width="18" height="18" x="3" y="3" rx="2"/><path d="M7 3v18M3 7.5h4M3 12h18M3 16.5h4M17 3v18M17 7.5h4M17 16.5h4"/>)";
constexpr std::string_view kMusicIcon =
    R"(<path d="M21 16V3a1 1 0 0 0-1.28-.96l-10 2.917a1 1 0 0 0-.72.96V19"/><circle cx="18" cy="16" r="3"/><circle cx="6" cy="19" r="3"/>)";
constexpr std::string_view kDownloadIcon =
    R"(<path d="M12 15V3"/><path d="M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4"/><path d="m7 10 5 5 5-5"/>)";

using core::escapedMarkup;

std::string filesDocument(const FilesFrame& frame, std::string_view title, const std::string& body) {
    return pageDocument(frame.words.language, title, frame.serverName, filesStyle(), body);
}

std::string narrow(const FilesFrame& frame, std::string_view title, const std::string& body) {
    return filesDocument(
        frame, title,
        "<main class=\"narrow\">" + pageHeader(frame.serverName) + pageTag("h1", title) + body + "</main>");
}

std::string codeField(const FilesWords& words) {
    return "<label for=\"code\">" + escapedMarkup(words.code) +
           "</label><input class=\"code\" id=\"code\" name=\"password\" required maxlength=\"64\" autocomplete=\"off\" "
           "autocapitalize=\"characters\" spellcheck=\"false\" autofocus>";
}

std::string passwordFields(const FilesWords& words, std::string_view username) {
    return "<label for=\"name\">" + escapedMarkup(words.name) +
           "</label><input id=\"name\" name=\"username\" value=\"" + escapedMarkup(username) +
           "\" required maxlength=\"256\" autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\">"
           "<label for=\"password\">" +
           escapedMarkup(words.password) +
           "</label><input id=\"password\" type=\"password\" name=\"password\" required maxlength=\"1024\" "
           "autocomplete=\"current-password\">";
}

std::string topOf(const FilesFrame& frame) {
    return "<div class=\"top\">" + pageHeader(frame.serverName) +
           "<form method=\"post\" action=\"/files/leave\"><button class=\"link\">" + escapedMarkup(frame.words.leave) +
           "</button></form></div>";
}

std::string searchOf(const FilesFrame& frame, std::string_view query) {
    const std::string words = escapedMarkup(frame.words.search);
    return "<form class=\"find\" method=\"get\" action=\"/files\" role=\"search\"><input type=\"search\" name=\"q\" "
           "value=\"" +
           escapedMarkup(query) + "\" maxlength=\"200\" placeholder=\"" + escapedMarkup(frame.words.searchShort) +
           "\" aria-label=\"" + words + "\"><button aria-label=\"" + words + "\">" + pageIcon(kSearchIcon, 20) +
           "</button></form>";
}

std::string tabOf(std::string_view name, std::string_view text, std::string_view current) {
    return "<a href=\"/files?kind=" + std::string(name) + "\"" + (name == current ? " aria-current=\"page\"" : "") +
           ">" + escapedMarkup(text) + "</a>";
}

std::string tabsOf(const FilesWords& words, std::string_view current) {
    return "<nav>" + tabOf("films", words.films, current) + tabOf("series", words.series, current) +
           tabOf("music", words.music, current) + "</nav>";
}

std::string pictureOf(const FilesEntry& entry) {
    const std::string kind = entry.square ? "art square" : "art";
    return entry.picture.empty()
               ? "<span class=\"" + kind + "\">" + pageIcon(entry.square ? kMusicIcon : kFilmIcon, 24) + "</span>"
               : "<img class=\"" + kind + "\" loading=\"lazy\" alt=\"\" src=\"" + escapedMarkup(entry.picture) + "\">";
}

std::string downloadsOf(const FilesWords& words, const FilesEntry& entry) {
    std::string html;
    for (const FilesEntry::Download& one : entry.downloads) {
        const std::string what = entry.title + (entry.downloads.size() > 1 ? ", " + one.label : "");
        html += "<a class=\"get\" download href=\"" + escapedMarkup(one.href) + "\" aria-label=\"" +
                escapedMarkup(filledIn(words.downloadOf, what)) + "\">" + pageIcon(kDownloadIcon, 18) +
                escapedMarkup(one.label) + "</a>";
    }
    return html.empty() ? html : "<div class=\"gets\">" + html + "</div>";
}

std::string entryOf(const FilesWords& words, const FilesEntry& entry) {
    const std::string title =
        entry.href.empty() ? pageTag("b", entry.title)
                           : "<a href=\"" + escapedMarkup(entry.href) + "\">" + escapedMarkup(entry.title) + "</a>";
    return "<li>" + pictureOf(entry) + "<div class=\"about\">" + title +
           (entry.detail.empty() ? "" : pageTag("span", entry.detail)) +
           (entry.note.empty() ? "" : pageTag("span", entry.note)) + "</div>" + downloadsOf(words, entry) + "</li>";
}

std::string headingOf(const FilesWords& words, const FilesList& list) {
    const std::string text = !list.heading.empty() ? list.heading
                             : list.query.empty()  ? std::string()
                                                   : filledIn(words.foundFor, list.query);
    return list.entries.empty() || text.empty() ? std::string() : pageTag("h1", text);
}

std::string foldersOf(const FilesWords& words) {
    return "<form class=\"foot\" method=\"post\" action=\"/files/password\"><button class=\"link\">" +
           escapedMarkup(words.folders) + "</button></form>";
}

std::string nothingOf(const FilesWords& words, const FilesList& list) {
    return pageTag("p", list.query.empty() ? std::string(words.empty) : filledIn(words.nothingFound, list.query));
}

}  // namespace

std::string filesEnterPage(const FilesFrame& frame, bool codeOnly, std::string_view username) {
    const FilesWords& words = frame.words;
    return narrow(frame, words.enterTitle,
                  pageTag("p", codeOnly ? words.enterCodeLead : words.enterLead) +
                      pageNote("note", kAlertIcon, frame.problem) + "<form method=\"post\" action=\"/files/enter\">" +
                      (codeOnly ? codeField(words) : passwordFields(words, username)) + "<button class=\"main\">" +
                      escapedMarkup(words.enter) + "</button></form>");
}

std::string filesListPage(const FilesFrame& frame, const FilesList& list) {
    const FilesWords& words = frame.words;
    std::string entries;
    for (const FilesEntry& entry : list.entries) {
        entries += entryOf(words, entry);
    }
    const std::string more = list.more.empty() ? std::string()
                                               : "<a class=\"more\" href=\"" + escapedMarkup(list.more) + "\">" +
                                                     escapedMarkup(words.more) + "</a>";
    return filesDocument(frame, words.title,
                         topOf(frame) + searchOf(frame, list.query) + tabsOf(words, list.tab) + "<main>" +
                             pageNote("note", kAlertIcon, frame.problem) + headingOf(words, list) +
                             (entries.empty() ? nothingOf(words, list) : "<ul>" + entries + "</ul>") + more +
                             (list.isCut ? pageTag("p", words.narrower) : "") + "</main>" +
                             (list.givesPasswords ? foldersOf(words) : ""));
}

std::string filesFoldersPage(const FilesFrame& frame, const FilesFolders& folders) {
    const FilesWords& words = frame.words;
    const auto row = [](std::string_view name, std::string_view value) {
        return "<dt>" + escapedMarkup(name) + "</dt><dd>" + escapedMarkup(value) + "</dd>";
    };
    return narrow(frame, words.foldersTitle,
                  pageTag("p", words.foldersText) + "<dl>" + row(words.foldersAddress, folders.address) +
                      row(words.name, folders.user) + row(words.password, folders.password) + "</dl>" +
                      pageTag("p", words.foldersOnce) + "<a class=\"more\" href=\"/files\">" +
                      escapedMarkup(words.back) + "</a>");
}

std::string filesMessagePage(const FilesFrame& frame, std::string_view title, std::string_view text) {
    return narrow(frame, title,
                  pageTag("p", text) + "<a class=\"more\" href=\"/files\">" + escapedMarkup(frame.words.back) + "</a>");
}

}  // namespace marea::server
