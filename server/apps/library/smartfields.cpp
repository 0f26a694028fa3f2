// What smart playlists may ask for: the only names that reach their SQL.
#include <algorithm>
#include <array>

#include "server/apps/library/smartrules.h"

namespace marea::server {

namespace {

constexpr std::array<SmartField, 19> kFields = {{
    {"kind", SmartType::Choice, "i.kind"},
    {"title", SmartType::Text, "i.title"},
    {"artist", SmartType::Text, "coalesce(i.artist, '')"},
    {"album_artist", SmartType::Text, "coalesce(i.album_artist, '')"},
    {"album", SmartType::Text, "coalesce(i.album, '')"},
    {"series", SmartType::Text, "coalesce(i.series, '')"},
    {"genre", SmartType::Text, "coalesce(i.genres, '')"},
    {"library", SmartType::Choice, "i.library_id"},
    {"year", SmartType::Number, "i.year"},
    {"duration", SmartType::Number, "i.duration"},
    {"height", SmartType::Number, "i.height"},
    {"rating", SmartType::Number, "coalesce(u.rating, 0)"},
    {"play_count", SmartType::Number, "coalesce(u.play_count, 0)"},
    {"favourite", SmartType::Flag, "coalesce(u.favourite, 0)"},
    {"watched", SmartType::Flag, "coalesce(u.watched, 0)"},
    {"in_progress", SmartType::Flag, "(coalesce(r.position, 0) > 0)"},
    {"hdr", SmartType::Flag, "(i.hdr <> 0)"},
    {"added", SmartType::Day, "i.added_at"},
    {"last_played", SmartType::Day, "coalesce(u.last_played_at, 0)"},
}};

constexpr std::array<SmartSort, 8> kSorts = {{{"title", "i.sort_key"},
                                              {"added", "i.added_at"},
                                              {"year", "i.year"},
                                              {"duration", "i.duration"},
                                              {"rating", "coalesce(u.rating, 0)"},
                                              {"play_count", "coalesce(u.play_count, 0)"},
                                              {"last_played", "coalesce(u.last_played_at, 0)"},
                                              {"popular", "i.popularity"}}};

template <class Entry, std::size_t N>
const Entry* named(const std::array<Entry, N>& list, std::string_view name) {
    const auto found = std::find_if(list.begin(), list.end(), [&](const Entry& one) { return one.name == name; });
    return found == list.end() ? nullptr : &*found;
}

}  // namespace

const SmartField* smartField(std::string_view name) {
    return named(kFields, name);
}

const SmartSort* smartSort(std::string_view name) {
    return named(kSorts, name);
}

const std::vector<std::string_view>& smartOperators(SmartType type) {
    static const std::vector<std::string_view> text = {"is", "is_not", "contains", "contains_not", "starts_with"};
    static const std::vector<std::string_view> number = {"is", "is_not", "at_least", "at_most", "between"};
    static const std::vector<std::string_view> flag = {"is"};
    static const std::vector<std::string_view> day = {"in_last_days", "not_in_last_days", "after", "before"};
    static const std::vector<std::string_view> choice = {"is", "is_not", "in"};
    switch (type) {
        case SmartType::Text:
            return text;
        case SmartType::Number:
            return number;
        case SmartType::Flag:
            return flag;
        case SmartType::Day:
            return day;
        case SmartType::Choice:
            break;
    }
    return choice;
}

}  // namespace marea::server
