#include "server/outbound/answerstore.h"

#include <sodium.h>

#include <array>

namespace marea::server {

using core::Result;
using core::db::Row;
using core::db::Session;

namespace {

using Hash = std::array<std::uint8_t, crypto_hash_sha256_BYTES>;

Hash hashOf(std::string_view url) {
    Hash hash;
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(url.data()), url.size());
    return hash;
}

std::span<const std::uint8_t> bytesOf(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

KeptAnswer keptIn(const Row& row) {
    const auto body = row.blob(3);
    return {static_cast<int>(row.integer(0)), row.string(1), row.string(2),
            std::string(reinterpret_cast<const char*>(body.data()), body.size()), row.integer(4)};
}

}  // namespace

Result<std::optional<KeptAnswer>> AnswerStore::find(std::string_view url, core::TimeMs now) {
    const Hash key = hashOf(url);
    const std::span<const std::uint8_t> bytes(key);
    return database_.writeValue<std::optional<KeptAnswer>>([&](Session& session) {
        auto found = session.first(
            "SELECT status, content_type, etag, body, fresh_until FROM outbound_answers WHERE url_hash = ?1", {bytes},
            keptIn);
        auto noted = found && *found
                         ? session.run("UPDATE outbound_answers SET used_at = ?2 WHERE url_hash = ?1", {bytes, now})
                         : Result<void>();
        return noted ? found : core::unexpected<core::Error>(noted.error());
    });
}

Result<void> AnswerStore::put(std::string_view url, const KeptAnswer& answer, core::TimeMs now) {
    const Hash key = hashOf(url);
    return database_.write([&](Session& session) {
        auto done = session.run(
            "INSERT OR REPLACE INTO outbound_answers(url_hash, status, content_type, etag, body, fresh_until, used_at) "
            "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            {std::span<const std::uint8_t>(key), std::int64_t{answer.status}, std::string_view(answer.contentType),
             std::string_view(answer.etag), bytesOf(answer.body), answer.freshUntil, now});
        return done ? session.run(
                          "DELETE FROM outbound_answers WHERE url_hash IN (SELECT url_hash FROM "
                          "outbound_answers ORDER BY used_at DESC, url_hash LIMIT -1 OFFSET ?1)",
                          {most_})
                    : done;
    });
}

}  // namespace marea::server
