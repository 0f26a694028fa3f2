#include "sync/peer/pairingmessage.h"

#include <sodium.h>

#include "core/base/id.h"
#include "core/base/jsonfields.h"
#include "core/base/utf8.h"

namespace marea::sync {

namespace {

namespace json = core::json;

const char* hashField(std::string_view type) {
    return type == "commit" ? "hash" : type == "reveal" ? "nonce" : type == "confirm" ? "proof" : nullptr;
}

}  // namespace

std::string digestText(const Digest& digest) {
    std::array<char, 65> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return hex.data();
}

std::optional<Digest> digestFromText(std::string_view text) {
    Digest digest{};
    std::size_t size = 0;
    const char* end = nullptr;
    const bool isHex = text.size() == digest.size() * 2 && sodium_hex2bin(digest.data(), digest.size(), text.data(),
                                                                          text.size(), nullptr, &size, &end) == 0;
    return isHex && size == digest.size() && end == text.data() + text.size() ? std::optional(digest) : std::nullopt;
}

std::string pairingText(const PairingMessage& message) {
    json::object body{{"type", message.type}};
    if (message.type == "hello") {
        body["version"] = message.version;
        body["replica"] = core::idText(message.replica);
        body["name"] = message.name;
        body["code"] = message.byCode;
    } else if (message.type == "stop") {
        body["reason"] = message.reason;
    } else if (const char* field = hashField(message.type)) {
        body[field] = digestText(message.hash);
    }
    return json::serialize(body);
}

core::Result<PairingMessage> pairingFromText(std::string_view text) {
    if (text.size() > kLongestPairingMessage) {
        return core::fail(core::ErrorCode::Invalid, "The message is too long.");
    }
    const auto value = core::parseJson(text);
    if (!value) {
        return core::unexpected<core::Error>(value.error());
    }
    core::JsonFields fields(*value, "message");
    PairingMessage message;
    message.type = fields.text("type", 10).value_or("");
    if (message.type == "hello") {
        message.version = fields.integer("version", 1, 1000).value_or(0);
        message.name = core::cleanText(fields.text("name", kLongestPeerName).value_or(""), kLongestPeerName);
        message.byCode = fields.boolean("code").value_or(false);
        const auto replica = core::idBytes(fields.text("replica", 36).value_or(""));
        if (!replica || message.version == 0 || message.name.empty()) {
            fields.wrong("hello", "must say a version, a name and an id");
        }
        message.replica = replica.value_or(ReplicaId{});
    } else if (message.type == "stop") {
        message.reason = core::cleanText(fields.text("reason", 200).value_or(""), 200);
    } else if (const char* field = hashField(message.type)) {
        const auto hash = digestFromText(fields.text(field, 64).value_or(""));
        if (!hash) {
            fields.wrong(field, "must be 64 hexadecimal digits");
        }
        message.hash = hash.value_or(Digest{});
    } else {
        fields.wrong("type", "is none that is known");
    }
    auto done = fields.finish();
    return done ? core::Result<PairingMessage>(std::move(message)) : core::unexpected<core::Error>(done.error());
}

}  // namespace marea::sync
