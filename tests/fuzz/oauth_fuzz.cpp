// What strangers send to the pages of the authorization server: no answer goes to an address that is not the client's,
// and no text becomes markup.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/base/markup.h"
#include "server/apps/oauth/authorizationrequest.h"
#include "server/apps/oauth/pages.h"
#include "server/apps/oauth/usercode.h"
#include "server/gateway/target.h"

using namespace marea::server;

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

void redirects(std::string_view text) {
    constexpr std::string_view own = "https://app.example/callback", local = "http://127.0.0.1/callback";
    demand(redirectMatches(own, text) == (text == own));
    if (redirectMatches(local, text)) {
        const std::string_view rest = text.substr(local.find("/callback"));
        demand(text.starts_with("http://127.0.0.1") && rest.ends_with("/callback"));
        const std::string_view port = rest.substr(0, rest.size() - std::string_view("/callback").size());
        demand(port.empty() || (port[0] == ':' && port.find_first_not_of("0123456789", 1) == std::string_view::npos));
    }
    if (!redirectProblem(text)) {
        demand(redirectMatches(text, text));
        demand(formActionSource(text).find_first_of("; ,'\"\r\n") == std::string::npos);
        demand(withParameters(text, {{"state", std::string(text)}}).find_first_of("\r\n <>\"") == std::string::npos);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    redirects(text);
    if (const auto query = decodeQuery(text)) {
        if (const auto request = checkedRequest(*query))
            demand(isCodeChallenge(request->challenge) && request->state.size() <= 1024);
        demand(decodeQuery(encodedQuery(*query)) == query);
    }
    if (const auto code = readUserCode(text))
        demand(code->size() == 9 && readUserCode(*code) == code);
    demand(marea::core::escapedMarkup(text).find_first_of("<>\"'") == std::string::npos);
    demand(!wordsFor(text).language.empty());
    demand(!verifierFits(text, text));
    return 0;
}
