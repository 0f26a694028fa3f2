#include "server/apps/uploads/uploadrules.h"

#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "core/base/utf8.h"
#include "core/library/filekinds.h"
#include "core/library/sidecars.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;

namespace {

constexpr std::size_t kLongestName = 255, kLongestPath = 1024, kDeepest = 12, kLongestMetadata = 8192;
constexpr std::size_t kSha256Bytes = 32;
constexpr std::string_view kSha256 = "sha256 ";

core::unexpected<core::Error> invalid(std::string text) {
    return core::fail(ErrorCode::Invalid, std::move(text));
}

std::optional<std::string> fromBase64(std::string_view text) {
    std::string bytes(text.size(), '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    const int status = ::sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                                           text.size(), nullptr, &size, &end, sodium_base64_VARIANT_ORIGINAL);
    if (status != 0 || end != text.data() + text.size()) {
        return std::nullopt;
    }
    bytes.resize(size);
    return bytes;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    return first == std::string_view::npos ? std::string_view{}
                                           : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// "key base64,key base64,key".
std::optional<std::map<std::string, std::string, std::less<>>> metadataOf(std::string_view text) {
    std::map<std::string, std::string, std::less<>> fields;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        const std::string_view pair = trimmed(text.substr(0, comma));
        text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
        const std::size_t space = pair.find(' ');
        auto value = fromBase64(space == std::string_view::npos ? std::string_view{} : pair.substr(space + 1));
        if (pair.empty() || !value || !fields.emplace(pair.substr(0, space), std::move(*value)).second) {
            return std::nullopt;
        }
    }
    return fields;
}

// What is wrong with one name of a path, "" when nothing is.
std::string_view complaint(std::string_view name) {
    if (name.empty() || name == "." || name == "..") {
        return "The path has to be plain names with “/” between them.";
    }
    if (name.size() > kLongestName) {
        return "A name in the path is too long.";
    }
    if (name.front() == '.' || core::library::ignoredName(name)) {
        return "Hidden files and folders are not taken.";
    }
    const bool odd =
        std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f || c == '\\'; });
    return odd || name.back() == ' ' || name.front() == ' ' ? "A name in the path has characters that are not taken."
                                                            : std::string_view{};
}

}  // namespace

std::optional<std::int64_t> byteCount(std::string_view text) {
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    const bool good = error == std::errc() && end == text.data() + text.size() && !text.empty() && text[0] != '-';
    return good ? std::optional(count) : std::nullopt;
}

Result<std::string> uploadPath(std::string_view text) {
    if (text.empty() || text.size() > kLongestPath || !core::isUtf8(text)) {
        return invalid("The path is missing, too long, or not UTF-8.");
    }
    std::size_t depth = 0;
    std::string_view name, rest = text;
    while (true) {
        const std::size_t slash = rest.find('/');
        name = rest.substr(0, slash);
        if (const std::string_view wrong = complaint(name); !wrong.empty()) {
            return invalid(std::string(wrong));
        }
        if (++depth > kDeepest) {
            return invalid("The path has too many folders.");
        }
        if (slash == std::string_view::npos) {
            break;
        }
        rest = rest.substr(slash + 1);
    }
    if (core::library::fileKind(name) == core::library::FileKind::Other && !core::library::mayBeSidecar(name)) {
        return core::fail(ErrorCode::Unprocessable,
                          "A library takes films, music, and their subtitles, lyrics and pictures.");
    }
    return std::string(text);
}

Result<UploadWish> uploadWish(std::string_view uploadLength, std::string_view uploadMetadata) {
    UploadWish wish;
    const auto size = byteCount(uploadLength);
    if (!size || *size < 1) {
        return invalid("“Upload-Length” is the file's size in bytes, at least 1.");
    }
    wish.size = *size;
    const auto fields = uploadMetadata.size() <= kLongestMetadata ? metadataOf(uploadMetadata) : std::nullopt;
    if (!fields) {
        return invalid("“Upload-Metadata” is pairs of a key and a base64 value, with commas between them.");
    }
    const auto value = [&](std::string_view key) {
        const auto found = fields->find(key);
        return found == fields->end() ? std::string() : found->second;
    };
    wish.libraryId = value("library");
    if (!core::isId(wish.libraryId)) {
        return invalid("“Upload-Metadata” has to name the “library” by its id.");
    }
    std::string path = value("path");
    // What upload widgets send: relativePath is the text "null" for a file chosen alone.
    if (const std::string relative = value("relativePath"); path.empty() && relative != "null") {
        path = relative;
    }
    auto clean = uploadPath(path.empty() ? value("filename") : path);
    if (!clean) {
        return core::unexpected<core::Error>(clean.error());
    }
    wish.path = std::move(*clean);
    return wish;
}

Result<std::string> uploadChecksum(std::string_view field) {
    const auto digest = field.starts_with(kSha256) ? fromBase64(field.substr(kSha256.size())) : std::nullopt;
    return digest && digest->size() == kSha256Bytes ? Result<std::string>(*digest)
                                                    : invalid("“Upload-Checksum” is “sha256” and a base64 digest.");
}

}  // namespace marea::server
