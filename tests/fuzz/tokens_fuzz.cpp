// Tokens that somebody else made up: none is taken, and none takes the server down. Base64 has one form.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "server/apps/identity/accesstoken.h"
#include "server/apps/identity/hmacstreamtokens.h"

using namespace marea;
using namespace marea::server;

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const HmacStreamTokens streams(Digest{1, 2, 3}, std::make_shared<SessionRegister>(),
                                          [](const core::Id&, core::TimeMs) {});
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto bytes = fromBase64Url(text))
        demand(base64Url(*bytes) == text);
    demand(!streams.check(text, "/title/", 1000));
    demand(!streams.check(base64Url({data, size}), "/title/", 1000));
    static_cast<void>(keyOfOurHeader(text));
    if (const auto claims = checkedClaims(text, {"https://issuer"}, "audience", 1'700'000'000'000))
        demand(claims->expires > 1'700'000'000'000);
    demand(normalisedCode(text).find('-') == std::string::npos);
    return 0;
}
