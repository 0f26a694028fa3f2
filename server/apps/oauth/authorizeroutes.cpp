// The authorization endpoint: who asks is checked first, then a person signs in and allows it.
#include <variant>

#include "server/apps/oauth/browser.h"
#include "server/gateway/target.h"

namespace marea::server {

namespace {

constexpr const char* kHere = "/oauth/authorize";

// An authorization that may be asked of a person.
struct Asked {
    ApiClient client;
    AuthorizationRequest request;
    Parameters parameters;  // as they came
};

struct Refused {
    Response response;
};

Response badRequest(const Browser& browser, std::string_view why) {
    const PageWords& words = browser.words();
    const std::string text = std::string(why) + " " + std::string(words.goBack);
    PageFrame frame = browser.frame(kHere, {});
    frame.who.clear();
    return browser.page(400, messagePage(frame, PageMark::Error, words.badRequest, text));
}

// With the issuer, so that a client of several servers is not fooled by one of them (RFC 9207).
Response answerTo(OAuth& oauth, const Request& request, const Browser& browser, std::string_view redirectUri,
                  std::string_view state, Parameters answer) {
    if (!state.empty()) {
        answer.emplace_back("state", state);
    }
    answer.emplace_back("iss", baseUrl(oauth.identity(), request));
    return browser.redirect(withParameters(redirectUri, answer));
}

// Nothing goes to an address before both client and address are known to belong together.
std::variant<Asked, Refused> check(OAuth& oauth, const Request& request, const Browser& browser,
                                   const Parameters& parameters) {
    auto client = oauth.clients().find(std::string(onlyValue(parameters, "client_id")));
    if (!client) {
        return Refused{badRequest(browser, browser.refusal(client.error()).words)};
    }
    if (!*client) {
        return Refused{badRequest(browser, browser.words().badClient)};
    }
    const std::string_view redirectUri = onlyValue(parameters, "redirect_uri");
    const auto& known = (*client)->redirectUris;
    const bool registered =
        std::any_of(known.begin(), known.end(), [&](const auto& uri) { return redirectMatches(uri, redirectUri); });
    if (!registered) {
        return Refused{badRequest(browser, browser.words().badRedirect)};
    }
    auto asked = checkedRequest(parameters);
    if (!asked) {
        return Refused{answerTo(oauth, request, browser, redirectUri, onlyValue(parameters, "state"),
                                {{"error", asked.error().error}, {"error_description", asked.error().description}})};
    }
    return Asked{std::move(**client), std::move(*asked), parameters};
}

// The page that comes next: to sign in, or to allow it.
Response nextPage(const Browser& browser, const Asked& asked, const Browser::Refusal& refusal,
                  std::string_view username = {}) {
    const PageFrame frame = browser.frame(kHere, {{"request", encodedQuery(asked.parameters)}}, refusal.words);
    if (!browser.user()) {
        return browser.page(refusal, signInPage(frame, asked.client.name, username));
    }
    return browser.page(refusal.status, consentPage(frame, asked.client.name, asked.request.redirectUri),
                        formActionSource(asked.request.redirectUri));
}

Response allow(OAuth& oauth, const Request& request, Browser& browser, const Asked& asked) {
    auto code = oauth.codes().issue(asked.request, *browser.user());
    if (!code) {
        return nextPage(browser, asked, browser.notDone(code.error()));
    }
    oauth.logger().info("oauth.allowed", {{"user", browser.user()->id}, {"client", asked.client.id}});
    return answerTo(oauth, request, browser, asked.request.redirectUri, asked.request.state, {{"code", *code}});
}

Response act(OAuth& oauth, const Request& request, Browser& browser, const Asked& asked, const RequestFields& form) {
    const std::string_view action = form["action"];
    if (action == "sign-in" || action == "switch") {
        if (action == "switch") {
            browser.signOut();
        } else if (const auto refusal = browser.signIn(form)) {
            browser.signOut();
            return nextPage(browser, asked, *refusal, form["username"]);
        }
        return browser.redirect(withParameters(kHere, asked.parameters));
    }
    if (action == "deny") {
        return answerTo(oauth, request, browser, asked.request.redirectUri, asked.request.state,
                        {{"error", "access_denied"}});
    }
    return action == "allow" && browser.user() ? allow(oauth, request, browser, asked) : nextPage(browser, asked, {});
}

}  // namespace

Response authorizePage(OAuth& oauth, const Request& request) {
    const Browser browser(oauth, request);
    auto checked = check(oauth, request, browser, request.query);
    auto* refused = std::get_if<Refused>(&checked);
    return refused ? std::move(refused->response) : nextPage(browser, std::get<Asked>(checked), {});
}

Response authorizeAnswer(OAuth& oauth, const Request& request) {
    Browser browser(oauth, request);
    auto form = RequestFields::form(request, {{"form_token", false},
                                              {"link", false},
                                              {"request"},
                                              {"action", false},
                                              {"username", false},
                                              {"password", false}});
    const auto parameters = form ? decodeQuery((*form)["request"]) : std::nullopt;
    if (!parameters) {
        return badRequest(browser, "");
    }
    auto checked = check(oauth, request, browser, *parameters);
    if (auto* refused = std::get_if<Refused>(&checked)) {
        return std::move(refused->response);
    }
    const auto& asked = std::get<Asked>(checked);
    if (!browser.sent(*form)) {
        return nextPage(browser, asked, {403, std::string(browser.words().ranOut), {}});
    }
    return act(oauth, request, browser, asked, *form);
}

}  // namespace marea::server
