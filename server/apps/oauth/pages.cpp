#include "server/apps/oauth/pages.h"

#include "core/base/markup.h"
#include "server/apps/oauth/pageparts.h"
#include "server/apps/oauth/pagestyle.h"

namespace marea::server {

namespace {

constexpr std::string_view kCheck = R"(<path d="M20 6 9 17l-5-5"/>)";
constexpr std::string_view kDone = R"(<circle cx="12" cy="12" r="10"/><path d="m16 9-5.5 5.5L8 12"/>)";

std::string problemNote(const PageFrame& frame) {
    return pageNote("note error", kAlertIcon, frame.problem);
}

std::string formStart(const PageFrame& frame, std::string_view method = "post") {
    std::string html = "<form method=\"" + std::string(method) + "\" action=\"" + core::escapedMarkup(frame.action) +
                       "\" autocomplete=\"on\">";
    for (const auto& [name, value] : frame.hidden) {
        html += "<input type=\"hidden\" name=\"" + core::escapedMarkup(name) + "\" value=\"" +
                core::escapedMarkup(value) + "\">";
    }
    return html;
}

std::string button(std::string_view kind, std::string_view action, std::string_view text) {
    return "<button class=\"" + std::string(kind) + "\" name=\"action\" value=\"" + std::string(action) + "\">" +
           core::escapedMarkup(text) + "</button>";
}

// The way in by an account elsewhere, or what is left to do of it.
std::string externalLink(const PageFrame& frame) {
    const ExternalOffer& offer = frame.external;
    return offer.name.empty() || !offer.waits.empty()
               ? std::string()
               : "<a class=\"other\" href=\"" + core::escapedMarkup(offer.address) + "\">" +
                     core::escapedMarkup(filledIn(frame.words.signInWith, offer.name)) + "</a>";
}

std::string externalNote(const PageFrame& frame) {
    const ExternalOffer& offer = frame.external;
    return offer.waits.empty() ? std::string()
                               : pageNote("note", kWarningIcon, filledIn(frame.words.linkFirst, offer.name));
}

std::string itemsAllowed(const PageWords& words) {
    std::string html = "<ul>";
    for (const std::string_view item : {words.mayLibraries, words.mayState, words.mayAccount}) {
        html += "<li>" + pageIcon(kCheck, 18) + core::escapedMarkup(item) + "</li>";
    }
    return html + "</ul>";
}

// Who is signed in, with the way to be somebody else.
std::string whoLine(const PageFrame& frame) {
    return frame.who.empty() ? std::string()
                             : formStart(frame) + "<p class=\"who\">" +
                                   core::escapedMarkup(filledIn(frame.words.signedInAs, frame.who)) +
                                   button("link", "switch", frame.words.somebodyElse) + "</p></form>";
}

std::string document(const PageFrame& frame, std::string_view title, const std::string& body) {
    return pageDocument(frame.words.language, title, frame.serverName, pageStyle(),
                        "<main>" + pageHeader(frame.serverName) + body + "</main>" + whoLine(frame));
}

}  // namespace

std::string filledIn(std::string_view words, std::string_view text) {
    const auto at = words.find("%1");
    return at == std::string_view::npos
               ? std::string(words)
               : std::string(words.substr(0, at)) + std::string(text) + std::string(words.substr(at + 2));
}

std::string signInPage(const PageFrame& frame, std::string_view program, std::string_view username) {
    const PageWords& words = frame.words;
    const std::string title = filledIn(words.signInTitle, frame.serverName);
    const std::string lead = program.empty() ? std::string(words.signInForDevice) : filledIn(words.signInFor, program);
    const bool again = !username.empty();
    const std::string html =
        pageTag("h1", title) + pageTag("p", lead) + externalNote(frame) + problemNote(frame) + formStart(frame) +
        "<label for=\"name\">" + core::escapedMarkup(words.name) +
        "</label><input id=\"name\" name=\"username\" value=\"" + core::escapedMarkup(username) +
        "\" required maxlength=\"256\" autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\"" +
        (again ? "" : " autofocus") + "><label for=\"password\">" + core::escapedMarkup(words.password) +
        "</label><input id=\"password\" type=\"password\" name=\"password\" required maxlength=\"1024\" "
        "autocomplete=\"current-password\"" +
        (again ? " autofocus" : "") + ">" + button("main", "sign-in", words.signIn) + "</form>" + externalLink(frame);
    return document(frame, words.signIn, html);
}

std::string consentPage(const PageFrame& frame, std::string_view program, std::string_view redirectUri) {
    const PageWords& words = frame.words;
    const std::string title = filledIn(words.allowTitle, program);
    const std::string host = redirectHost(redirectUri);
    const std::string html =
        pageTag("h1", title) + pageTag("p", words.allowLead) + itemsAllowed(words) +
        pageTag("p", host.empty() ? std::string(words.backToThisMachine) : filledIn(words.backTo, host)) +
        problemNote(frame) + formStart(frame) + button("main", "allow", words.allow) +
        button("other", "deny", words.deny) + "</form>";
    return document(frame, title, html);
}

std::string devicePage(const PageFrame& frame, std::string_view code) {
    const PageWords& words = frame.words;
    PageFrame asking = frame;
    asking.hidden.clear();  // the code is all of it
    asking.action = "/oauth/device";
    const std::string html =
        pageTag("h1", words.deviceTitle) + pageTag("p", words.deviceLead) + problemNote(frame) +
        formStart(asking, "get") + "<label for=\"code\">" + core::escapedMarkup(words.code) +
        "</label><input class=\"code\" id=\"code\" name=\"user_code\" "
        "value=\"" +
        core::escapedMarkup(code) +
        "\" placeholder=\"BCDF-GHJK\" required maxlength=\"32\" autocomplete=\"off\" autocapitalize=\"characters\" "
        "spellcheck=\"false\" autofocus><button class=\"main\">" +
        core::escapedMarkup(words.go) + "</button></form>";
    return document(frame, words.deviceTitle, html);
}

std::string deviceConsentPage(const PageFrame& frame, std::string_view device, std::string_view code) {
    const PageWords& words = frame.words;
    const std::string title = filledIn(words.allowTitle, device);
    const std::string html =
        pageTag("h1", title) + pageTag("p", words.deviceCompare) + "<div class=\"shown\">" + core::escapedMarkup(code) +
        "</div>" + pageNote("note", kWarningIcon, words.deviceWarning) + "<p class=\"lead\">" +
        core::escapedMarkup(words.deviceAllowLead) + "</p>" + itemsAllowed(words) + problemNote(frame) +
        formStart(frame) + button("main", "allow", words.allow) + button("other", "deny", words.deny) + "</form>";
    return document(frame, title, html);
}

std::string messagePage(const PageFrame& frame, PageMark mark, std::string_view title, std::string_view text) {
    const std::string_view kind = mark == PageMark::Good    ? "mark good"
                                  : mark == PageMark::Error ? "mark error"
                                                            : "mark";
    const std::string html = "<span class=\"" + std::string(kind) + "\">" +
                             pageIcon(mark == PageMark::Good ? kDone : kAlertIcon, 40) + "</span>" +
                             pageTag("h1", title) + pageTag("p", text);
    return document(frame, title, html);
}

}  // namespace marea::server
