#include "sync/merge/peerscope.h"

#include <algorithm>
#include <array>

namespace marea::sync {

namespace {

constexpr std::array<std::string_view, 5> kWords{"ratings", "plays", "positions", "playlists", "other"};

std::string_view wordOf(std::string_view cell) {
    if (cell == "rating" || cell == "favourite") {
        return "ratings";
    }
    if (cell == "plays" || cell == "played_at") {
        return "plays";
    }
    return cell == "position" || cell == "watched" ? "positions" : "other";
}

bool deletes(const Record& record) {
    const auto& versions = record.life.versions();
    return std::any_of(versions.begin(), versions.end(), [](const Version& one) { return one.value != Value(true); });
}

}  // namespace

std::optional<PeerScope> PeerScope::fromText(std::string_view text) {
    PeerScope scope;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(','));
        if (std::find(kWords.begin(), kWords.end(), word) == kWords.end()) {
            return std::nullopt;
        }
        scope.words_ += "|" + std::string(word) + "|";
        text.remove_prefix(std::min(text.size(), word.size() + 1));
    }
    return scope;
}

bool PeerScope::has(std::string_view word) const {
    return words_.empty() || words_.find("|" + std::string(word) + "|") != std::string::npos;
}

std::optional<Record> PeerScope::seen(const Record& record) const {
    if (words_.empty()) {
        return record;
    }
    if (record.key.kind != "item") {
        return has(record.key.kind == "playlist" ? "playlists" : "other") ? std::optional(record) : std::nullopt;
    }
    Record shown = part(record, [this](std::string_view cell) { return cell != kAboutCell && has(wordOf(cell)); });
    // What the title is called goes with whatever is said of it.
    const auto about = record.cells.find(kAboutCell);
    if (about != record.cells.end() && (!shown.cells.empty() || !shown.counters.empty())) {
        shown.cells.insert(*about);
    }
    return shown.cells.empty() && shown.counters.empty() ? std::nullopt : std::optional(std::move(shown));
}

Filter PeerScope::filter() const {
    return [scope = *this](const Record& record) { return scope.seen(record); };
}

// Who may change a part of a title deletes no title, of which more would go than that part: without a life of its own
// it is merged into what is here, or not at all.
Changes PeerScope::taken(Changes changes) const {
    std::vector<Record> shown;
    for (const Record& record : changes.records) {
        if (auto one = seen(record)) {
            const bool isPart = !words_.empty() && record.key.kind == "item";
            one->life = isPart && deletes(record) ? Register() : std::move(one->life);
            shown.push_back(std::move(*one));
        }
    }
    changes.records = std::move(shown);
    return changes;
}

}  // namespace marea::sync
