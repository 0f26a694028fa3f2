#include "server/apps/oauth/pages.h"

#include "core/base/markup.h"
#include "server/apps/oauth/pagestyle.h"

namespace marea::server {

namespace {

// Icons are those of the application: Lucide (ISC).
std::string icon(std::string_view paths, int size) {
    const std::string side = std::to_string(size);
    return "<svg width=\"" + side + "\" height=\"" + side +
           "\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\" "
           "stroke-linecap=\"round\" "
           "stroke-linejoin=\"round\" aria-hidden=\"true\">" +
           std::string(paths) + "</svg>";
}

constexpr std::string_view kAlert =
    R"(<circle cx="12" cy="12" r="10"/><line x1="12" x2="12" y1="8" y2="12"/><line x1="12" x2="12.01" y1="16" y2="16"/>)";
constexpr std::string_view kWarning =
    R"(<path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3"/><path d="M12 9v4"/><path d="M12 17h.01"/>)";
constexpr std::string_view kCheck = R"(<path d="M20 6 9 17l-5-5"/>)";
constexpr std::string_view kDone = R"(<circle cx="12" cy="12" r="10"/><path d="m16 9-5.5 5.5L8 12"/>)";

constexpr std::string_view kLogo =
    R"svg(<svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true"><defs><linearGradient id="sea" x2="0" y2="1">)svg"
    R"svg(<stop stop-color="#2BB3C0"/><stop offset="1" stop-color="#0B6E86"/></linearGradient></defs>)svg"
    R"svg(<rect width="32" height="32" rx="9" fill="url(#sea)"/><g transform="translate(6 6) scale(.8333)" fill="none" )svg"
    R"svg(stroke="#fff" stroke-width="2" stroke-linecap="round"><path d="M2 12q2.5 2 5 0t5 0 5 0 5 0"/>)svg"
    R"svg(<path d="M2 19q2.5 2 5 0t5 0 5 0 5 0"/><path d="M2 5q2.5 2 5 0t5 0 5 0 5 0"/></g></svg>)svg";

std::string tag(std::string_view name, std::string_view text) {
    return "<" + std::string(name) + ">" + core::escapedMarkup(text) + "</" +
           std::string(name.substr(0, name.find(' '))) + ">";
}

std::string note(std::string_view kind, std::string_view paths, std::string_view text) {
    return text.empty() ? std::string()
                        : "<div class=\"" + std::string(kind) + "\" role=\"alert\">" + icon(paths, 20) +
                              tag("span", text) + "</div>";
}

std::string problemNote(const PageFrame& frame) {
    return note("note error", kAlert, frame.problem);
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
    return offer.name.empty() || offer.waits
               ? std::string()
               : "<a class=\"other\" href=\"" + core::escapedMarkup(offer.address) + "\">" +
                     core::escapedMarkup(filledIn(frame.words.signInWith, offer.name)) + "</a>";
}

std::string externalNote(const PageFrame& frame) {
    const ExternalOffer& offer = frame.external;
    return offer.waits ? note("note", kWarning, filledIn(frame.words.linkFirst, offer.name)) : std::string();
}

std::string itemsAllowed(const PageWords& words) {
    std::string html = "<ul>";
    for (const std::string_view item : {words.mayLibraries, words.mayState, words.mayAccount}) {
        html += "<li>" + icon(kCheck, 18) + core::escapedMarkup(item) + "</li>";
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
    return "<!DOCTYPE html>\n<html lang=\"" + std::string(frame.words.language) +
           "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
           "<meta name=\"color-scheme\" content=\"dark light\"><meta name=\"robots\" content=\"noindex\">" +
           tag("title", std::string(title) + " · " + frame.serverName) + "<style>" + std::string(pageStyle()) +
           "</style></head><body><main><header>" + std::string(kLogo) + tag("span", frame.serverName) + "</header>" +
           body + "</main>" + whoLine(frame) + "</body></html>\n";
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
        tag("h1", title) + tag("p", lead) + externalNote(frame) + problemNote(frame) + formStart(frame) +
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
        tag("h1", title) + tag("p", words.allowLead) + itemsAllowed(words) +
        tag("p", host.empty() ? std::string(words.backToThisMachine) : filledIn(words.backTo, host)) +
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
        tag("h1", words.deviceTitle) + tag("p", words.deviceLead) + problemNote(frame) + formStart(asking, "get") +
        "<label for=\"code\">" + core::escapedMarkup(words.code) +
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
    const std::string html = tag("h1", title) + tag("p", words.deviceCompare) + "<div class=\"shown\">" +
                             core::escapedMarkup(code) + "</div>" + note("note", kWarning, words.deviceWarning) +
                             "<p class=\"lead\">" + core::escapedMarkup(words.deviceAllowLead) + "</p>" +
                             itemsAllowed(words) + problemNote(frame) + formStart(frame) +
                             button("main", "allow", words.allow) + button("other", "deny", words.deny) + "</form>";
    return document(frame, title, html);
}

std::string messagePage(const PageFrame& frame, PageMark mark, std::string_view title, std::string_view text) {
    const std::string_view kind = mark == PageMark::Good    ? "mark good"
                                  : mark == PageMark::Error ? "mark error"
                                                            : "mark";
    const std::string html = "<span class=\"" + std::string(kind) + "\">" +
                             icon(mark == PageMark::Good ? kDone : kAlert, 40) + "</span>" + tag("h1", title) +
                             tag("p", text);
    return document(frame, title, html);
}

}  // namespace marea::server
