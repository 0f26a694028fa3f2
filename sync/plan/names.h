#pragma once

#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace marea::sync {

// What file names a device takes.
enum class NameKind {
    Fat,   // FAT32 and exFAT, and whatever Windows has to read: no \/:*?"<>|, no trailing dots or blanks, no CON, case
           // folded
    Mtp,   // as Fat, and shorter: phones cut longer names
    Posix  // only '/' and NUL are forbidden
};

// A name as the device takes it, as near to the wanted one as can be: never empty, "." or "..". UTF-8 in NFC.
std::string nameOnDevice(std::string_view wanted, NameKind kind);

// A relative path, part by part. Parts that are empty, "." or ".." are left out. At most kMaxPathUnits on Fat and Mtp:
// the folders' names are cut first. Of more than kMaxPathParts, or where that is not enough, the innermost folders are
// left out: devices are not listed deeper.
std::string pathOnDevice(std::string_view wanted, NameKind kind);
inline constexpr std::size_t kMaxPathUnits = 240, kMaxPathParts = 30;

// By which paths are one and the same file there: folded and composed, but for Posix.
std::string clashKey(std::string_view path, NameKind kind);

// "a/b.mp3" → "a/b (2).mp3"
std::string numberedPath(std::string_view path, int number, NameKind kind);
std::string withExtension(std::string_view path, std::string_view extension);

// Which paths are taken on a device, and by how large a file. Forgets all at once: its memory is freed at its end.
class TakenPaths {
public:
    explicit TakenPaths(NameKind kind) : kind_(kind) {}
    void reserve(std::size_t count) { taken_.reserve(count); }
    // What a device tells of. Where it tells names apart that are one by clashKey(), each is known by itself.
    template <class Files>
    void takeListed(const Files& files) {
        std::unordered_set<std::string> shared;
        for (const auto& file : files) {
            const auto [held, isNew] = taken_.try_emplace(keyOf(file.path), Held{file.size});
            held->second.holders += isNew ? 0 : 1;
            if (!isNew) {
                shared.insert(clashKey(file.path, kind_));
            }
        }
        for (const auto& file : files) {
            if (!shared.empty() && shared.count(clashKey(file.path, kind_)) > 0) {
                twins_.emplace(file.path, file.size);
            }
        }
    }
    bool take(std::string_view path, std::int64_t size = 0);  // false when it was taken already
    void release(std::string_view path);
    std::optional<std::int64_t> sizeOf(std::string_view path) const;  // nothing when it is free
    // `wanted`, or the first of "wanted (2)", "wanted (3)", … that is free; taken from then on.
    std::string takeFree(const std::string& wanted);

private:
    std::pmr::string keyOf(std::string_view path) const { return std::pmr::string(clashKey(path, kind_)); }

    NameKind kind_;
    std::pmr::monotonic_buffer_resource memory_;
    struct Held {
        std::int64_t size = 0;
        std::size_t holders = 1;
    };
    std::pmr::unordered_map<std::pmr::string, Held> taken_{&memory_};
    std::unordered_map<std::string, std::int64_t> twins_;  // sizes, by paths as they are, of those that share a key
    std::unordered_map<std::string, int> numbers_;         // where to look on for a free number
};

}  // namespace marea::sync
