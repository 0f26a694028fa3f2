// Devices that cannot show a page (RFC 8628): what they ask, and the page where somebody lets them in.
#include "server/apps/oauth/browser.h"
#include "server/apps/oauth/qrcode.h"
#include "server/apps/oauth/usercode.h"

namespace marea::server {

namespace json = core::json;
using core::ErrorCode;

namespace {

constexpr const char* kPage = "/oauth/device";
constexpr const char* kAnswer = "/oauth/device/answer";

std::string withCode(const std::string& base, std::string_view path, std::string_view code) {
    return base + std::string(path) + "?user_code=" + std::string(code);
}

// What the device is called on the page: what it says of itself is in quotes beside the registered name.
std::string shownName(const ApiClient& client, const WaitingDevice& device) {
    return device.deviceName == client.name ? client.name : client.name + " (" + device.deviceName + ")";
}

core::Result<std::string> shownName(OAuth& oauth, const WaitingDevice& device) {
    auto client = oauth.clients().find(device.clientId);
    if (!client || !*client) {
        return client ? core::fail(ErrorCode::NotFound, "There is no such program.")
                      : core::unexpected<core::Error>(client.error());
    }
    return shownName(**client, device);
}

Response signInFirst(const Browser& browser, std::string_view code, const Browser::Refusal& refusal,
                     std::string_view username = {}) {
    return browser.page(
        refusal, signInPage(browser.frame(kAnswer, {{"user_code", std::string(code)}}, refusal.words), "", username));
}

Response askCode(const Browser& browser, std::string_view code, const Browser::Refusal& refusal) {
    return browser.page(refusal, devicePage(browser.frame(kAnswer, {{"user_code", ""}}, refusal.words), code));
}

// The page that comes next: to sign in, to type the code, or to allow the device.
Response nextPage(OAuth& oauth, const Request& request, const Browser& browser, std::string_view code,
                  const Browser::Refusal& refusal = {}) {
    if (!browser.user()) {
        return signInFirst(browser, code, refusal);
    }
    if (code.empty()) {
        return askCode(browser, code, refusal);
    }
    auto device = oauth.devices().waiting(code, browser.user()->id, request.peer);
    auto name = device ? shownName(oauth, *device) : core::unexpected<core::Error>(device.error());
    if (!name) {
        return askCode(browser, code, browser.refusal(name.error()));
    }
    return browser.page(
        refusal, deviceConsentPage(browser.frame(kAnswer, {{"user_code", device->userCode}}, refusal.words), *name,
                                   device->userCode));
}

Response decided(OAuth& oauth, const Request& request, Browser& browser, std::string_view code, bool allowed) {
    auto device = oauth.devices().decide(code, *browser.user(), request.peer, allowed);
    auto name = device ? shownName(oauth, *device) : core::unexpected<core::Error>(device.error());
    if (!name) {
        const Browser::Refusal refusal = browser.notDone(name.error());
        return browser.user() ? askCode(browser, code, refusal) : signInFirst(browser, code, refusal);
    }
    oauth.logger().info(allowed ? "oauth.device_allowed" : "oauth.device_refused",
                        {{"user", browser.user()->id}, {"client", device->clientId}});
    const PageWords& words = browser.words();
    PageFrame frame = browser.frame(kAnswer, {});
    frame.who.clear();
    return browser.page(
        200, allowed
                 ? messagePage(frame, PageMark::Good, words.deviceDone, filledIn(words.deviceDoneText, *name))
                 : messagePage(frame, PageMark::Plain, words.deviceDenied, filledIn(words.deviceDeniedText, *name)));
}

}  // namespace

Response deviceStart(OAuth& oauth, const Request& request) {
    auto fields = RequestFields::form(request, {{"client_id"}, {"scope", false}, {"device_name", false}});
    if (!fields) {
        return oauthProblem({"invalid_request", fields.error().text}, request);
    }
    auto client = oauth.clients().find(std::string((*fields)["client_id"]));
    const std::string base = baseUrl(oauth.identity(), request);
    if (!client || base.empty()) {
        return client ? oauthProblem({"invalid_request", "The request has no usable Host."}, request)
                      : problemOf(client.error());
    }
    if (!*client || (!(*fields)["scope"].empty() && (*fields)["scope"] != "all")) {
        return oauthProblem(*client ? OAuthError{"invalid_scope", "the only scope is all"}
                                    : OAuthError{"invalid_client", "There is no such client."},
                            request);
    }
    const std::string name = cleanDeviceName((*fields)["device_name"], (*client)->name);
    auto codes = oauth.devices().start((*client)->id, name, request.peer);
    if (!codes) {
        return problemOf(codes.error());
    }
    Response response = Response::json(
        200, json::object{{"device_code", codes->deviceCode},
                          {"user_code", codes->userCode},
                          {"verification_uri", base + kPage},
                          {"verification_uri_complete", withCode(base, kPage, codes->userCode)},
                          {"verification_qr_uri", withCode(base, "/oauth/device/qr.svg", codes->userCode)},
                          {"expires_in", codes->life / 1000},
                          {"interval", codes->pause / 1000}});
    response.headers.set("Cache-Control", "no-store");
    return response;
}

Response devicePage(OAuth& oauth, const Request& request) {
    const Browser browser(oauth, request);
    return nextPage(oauth, request, browser, request.queryValue("user_code").value_or("").substr(0, 64));
}

Response deviceAnswer(OAuth& oauth, const Request& request) {
    Browser browser(oauth, request);
    auto form = RequestFields::form(request, {{"form_token", false},
                                              {"link", false},
                                              {"user_code", false},
                                              {"action", false},
                                              {"username", false},
                                              {"password", false}});
    if (!form || !browser.sent(*form)) {
        const Browser::Refusal refusal{403, std::string(browser.words().ranOut), {}};
        return browser.user() ? askCode(browser, "", refusal) : signInFirst(browser, "", refusal);
    }
    const std::string_view action = (*form)["action"], code = (*form)["user_code"].substr(0, 64);
    if (action == "sign-in" || action == "switch") {
        if (action == "switch") {
            browser.signOut();
        } else if (const auto refusal = browser.signIn(*form)) {
            browser.signOut();
            return signInFirst(browser, code, *refusal, (*form)["username"]);
        }
        const auto known = readUserCode(code);
        return browser.redirect(known ? withCode("", kPage, *known) : std::string(kPage));
    }
    const bool decides = browser.user() && (action == "allow" || action == "deny");
    return decides ? decided(oauth, request, browser, code, action == "allow")
                   : nextPage(oauth, request, browser, code);
}

// For a device that can show a picture. Whether the code is one is not told.
Response deviceQr(OAuth& oauth, const Request& request) {
    const auto code = readUserCode(request.queryValue("user_code").value_or(""));
    const std::string base = baseUrl(oauth.identity(), request);
    const auto svg = code && !base.empty() ? qrCodeSvg(withCode(base, kPage, *code)) : std::nullopt;
    if (!svg) {
        return Response::problem(core::Error{ErrorCode::Invalid, "qr code", "That is no code of a device."});
    }
    Response response = Response::text(200, "image/svg+xml", *svg);
    response.headers.set("Cache-Control", "no-store");
    return response;
}

}  // namespace marea::server
