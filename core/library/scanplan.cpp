#include "core/library/scanplan.h"

#include <sodium.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace marea::core::library {

namespace {

constexpr std::int64_t kSample = 64 * 1024;

std::string stampKey(const FileStamp& stamp) {
    return std::to_string(stamp.device) + ":" + std::to_string(stamp.inode) + ":" + std::to_string(stamp.size) + ":" +
           std::to_string(stamp.mtimeNs);
}

// Several rows may know one path: one present, others missing since before.
class KnownPaths {
public:
    explicit KnownPaths(const std::vector<KnownFile>& known) : known_(known) {
        for (std::size_t i = 0; i < known.size(); ++i) {
            byPath_.emplace(known[i].path, i);
        }
    }
    // The present row of a path, else a missing one with the same stamp. -1: none.
    std::ptrdiff_t find(const FoundFile& file) const {
        std::ptrdiff_t missing = -1;
        const auto [begin, end] = byPath_.equal_range(file.path);
        for (auto it = begin; it != end; ++it) {
            const KnownFile& row = known_[it->second];
            if (!row.missing) {
                return static_cast<std::ptrdiff_t>(it->second);
            }
            if (row.stamp.sameContent(file.stamp)) {
                missing = static_cast<std::ptrdiff_t>(it->second);
            }
        }
        return missing;
    }

private:
    const std::vector<KnownFile>& known_;
    std::unordered_multimap<std::string_view, std::size_t> byPath_;
};

void put(unsigned char*& at, std::uint64_t value) {
    for (int i = 0; i < 8; ++i) {
        *at++ = static_cast<unsigned char>(value >> (8 * i));
    }
}

}  // namespace

ScanPlan planScan(const std::vector<KnownFile>& known, const std::vector<FoundFile>& found) {
    ScanPlan plan;
    const KnownPaths paths(known);
    std::vector<bool> seen(known.size(), false);
    std::vector<std::size_t> rest;
    std::vector<ScanPlan::Pair> replaced;
    for (std::size_t i = 0; i < found.size(); ++i) {
        const std::ptrdiff_t index = paths.find(found[i]);
        if (index < 0) {
            rest.push_back(i);
            continue;
        }
        const auto row = static_cast<std::size_t>(index);
        seen[row] = true;
        if (!known[row].stamp.sameContent(found[i].stamp)) {
            replaced.push_back({row, i});
        } else {
            (known[row].missing ? plan.returned : plan.unchanged).push_back({row, i});
        }
    }
    // A file that was renamed over another one: the known row of its stamp is the one that moved.
    std::unordered_multimap<std::string, std::size_t> movable;
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (!seen[i]) {
            movable.emplace(stampKey(known[i].stamp), i);
        }
    }
    const auto takeMoved = [&](std::size_t file) {
        const auto match = movable.find(stampKey(found[file].stamp));
        if (match == movable.end()) {
            return false;
        }
        plan.moved.push_back({match->second, file});
        seen[match->second] = true;
        movable.erase(match);
        return true;
    };
    for (const auto& [row, file] : replaced) {
        if (takeMoved(file)) {
            seen[row] = false;
        } else {
            plan.changed.push_back({row, file});
        }
    }
    for (const std::size_t file : rest) {
        if (!takeMoved(file)) {
            plan.added.push_back(file);
        }
    }
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (!seen[i] && !known[i].missing) {
            plan.vanished.push_back(i);
        }
    }
    return plan;
}

FolderSignature folderSignature(std::vector<std::pair<std::string_view, FileStamp>> files) {
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, sizeof(FolderSignature));
    for (const auto& [name, stamp] : files) {
        unsigned char numbers[32];
        unsigned char* at = numbers;
        put(at, name.size());
        put(at, static_cast<std::uint64_t>(stamp.size));
        put(at, static_cast<std::uint64_t>(stamp.mtimeNs));
        put(at, stamp.inode);
        crypto_generichash_update(&state, numbers, sizeof numbers);
        crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(name.data()), name.size());
    }
    FolderSignature signature{};
    crypto_generichash_final(&state, signature.data(), signature.size());
    return signature;
}

std::vector<Sample> fingerprintSamples(std::int64_t size) {
    if (size <= 3 * kSample) {
        return {{0, size}};
    }
    return {{0, kSample}, {(size - kSample) / 2, kSample}, {size - kSample, kSample}};
}

}  // namespace marea::core::library
