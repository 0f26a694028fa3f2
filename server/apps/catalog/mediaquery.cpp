#include "server/apps/catalog/mediaquery.h"

#include <algorithm>

namespace marea::server {

namespace {

void addPart(std::string& key, std::string_view part) {
    key.append(1, '\n').append(part);
}

void addParts(std::string& key, const std::vector<std::string>& parts) {
    addPart(key, std::to_string(parts.size()));
    for (const std::string& part : parts) {
        addPart(key, part);
    }
}

template <class T>
void addRange(std::string& key, const Range<T>& range) {
    addPart(key, (range.least ? std::to_string(*range.least) : std::string()) + ".." +
                     (range.most ? std::to_string(*range.most) : std::string()));
}

}  // namespace

bool isKind(std::string_view kind) {
    return std::find(kItemKinds.begin(), kItemKinds.end(), kind) != kItemKinds.end();
}

bool isByNames(std::string_view sort) {
    return sort == "title" || sort == "artist" || sort == "album";
}

bool MediaQuery::ofUser() const {
    return !ratings.isOpen() || !states.empty();
}

std::string MediaQuery::filterKey() const {
    std::string key;
    for (const auto* parts : {&kinds, &genres, &artists, &albums, &series, &hdr, &states}) {
        addParts(key, *parts);
    }
    for (const std::string* part : {&parent, &library, &collection, &status, &text, &sort}) {
        addPart(key, *part);
    }
    addRange(key, years);
    addRange(key, added);
    addRange(key, durations);
    addRange(key, ratings);
    for (const Resolution resolution : resolutions) {
        addPart(key, resolutionName(resolution));
    }
    return key + (descending ? "\ndesc" : "\nasc");
}

}  // namespace marea::server
