#include "server/apps/sync/syncbodies.h"

#include "core/base/id.h"
#include "core/base/jsonfields.h"
#include "core/base/utf8.h"
#include "server/apps/library/listparams.h"
#include "sync/merge/wire.h"

namespace marea::server {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

namespace {

constexpr std::size_t kLongestName = 100, kHash = 64;

}  // namespace

Result<DeviceWish> parseDevice(std::string_view body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return unexpected<Error>(value.error());
    }
    core::JsonFields fields(*value, "");
    const auto replica = core::idBytes(fields.text("id", 36).value_or(""));
    const std::string name = core::cleanText(fields.text("name", kLongestName).value_or(""), kLongestName);
    const auto kind = fields.text("kind", 20);
    std::vector<sync::ReplicaId> replaces;
    for (const std::string& text :
         fields.texts("replaces", sync::kMostFormer, 36).value_or(std::vector<std::string>())) {
        const auto former = core::idBytes(text);
        if (!former) {
            fields.wrong("replaces", "must hold ids");
        }
        replaces.push_back(former.value_or(sync::ReplicaId{}));
    }
    if (!replica || *replica == sync::ReplicaId{}) {
        fields.wrong("id", "must be an id");
    }
    if (name.empty()) {
        fields.wrong("name", "must not be empty");
    }
    auto done = fields.finish();
    return done ? Result<DeviceWish>({*replica, name, kind.value_or("desktop"), std::move(replaces)})
                : unexpected<Error>(done.error());
}

Result<PairWish> parsePair(std::string_view body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return unexpected<Error>(value.error());
    }
    core::JsonFields fields(*value, "");
    const auto device = core::idBytes(fields.text("device", 36).value_or(""));
    const std::string certificate = fields.text("certificate", kHash).value_or("");
    if (!device) {
        fields.wrong("device", "must be an id");
    }
    if (certificate.size() != kHash || certificate.find_first_not_of("0123456789abcdef") != std::string::npos) {
        fields.wrong("certificate", "must be a SHA-256 in lower-case hexadecimal digits");
    }
    auto done = fields.finish();
    return done ? Result<PairWish>({*device, certificate}) : unexpected<Error>(done.error());
}

Result<sync::Since> parseSince(std::string_view text) {
    const std::size_t point = text.find('.');
    const auto after = wholeNumber<std::uint64_t>(text.substr(0, point));
    const auto horizon = point == std::string_view::npos ? std::optional<std::uint64_t>(0)
                                                         : wholeNumber<std::uint64_t>(text.substr(point + 1));
    const auto most = static_cast<std::uint64_t>(sync::WireLimits::number);
    return after && horizon && *after <= most && *horizon <= most
               ? Result<sync::Since>(sync::Since{*after, *horizon})
               : fail(ErrorCode::Invalid, "since must be the place that an answer ended with.");
}

Result<std::size_t> parseChoice(std::string_view body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return unexpected<Error>(value.error());
    }
    core::JsonFields fields(*value, "");
    fields.require("choose");
    const auto side = fields.integer("choose", 0, 1000);
    auto done = fields.finish();
    return done ? Result<std::size_t>(static_cast<std::size_t>(*side)) : unexpected<Error>(done.error());
}

}  // namespace marea::server
