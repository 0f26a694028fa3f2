#include "server/host/peopleoptions.h"

#include <charconv>

#include "core/library/contentrating.h"

namespace marea::server {

using core::Result;

namespace {

using OptionalNumber = std::optional<std::optional<std::int64_t>>;

// "any" is no limit; nullopt when it is no number either.
OptionalNumber numberOrAny(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text == "any") {
        return std::optional<std::int64_t>();
    }
    const bool good = error == std::errc() && end == text.data() + text.size() && number >= 1 && number <= 1000;
    return good ? OptionalNumber(number) : std::nullopt;
}

OptionalNumber numberOf(const Arguments& arguments, std::string_view name) {
    const auto text = arguments.value(name);
    return text ? numberOrAny(*text) : std::nullopt;
}

// Names between commas.
Result<std::vector<core::Id>> librariesNamed(const std::string& list, Household& household) {
    std::vector<core::Id> ids;
    for (std::size_t at = 0; list != "none" && at <= list.size();) {
        const std::size_t comma = std::min(list.find(',', at), list.size());
        auto id = household.libraryNamed(list.substr(at, comma - at));
        if (!id) {
            return core::unexpected<core::Error>(id.error());
        }
        ids.push_back(std::move(*id));
        at = comma + 1;
    }
    return ids;
}

}  // namespace

std::string wrongPeopleOption(const Arguments& arguments) {
    const std::string role = arguments.value("--role").value_or("member");
    if (role != "owner" && role != "member" && role != "child") {
        return "--role is owner, member or child";
    }
    const auto rating = arguments.value("--rating");
    if (rating && !core::library::ageOfRating(*rating)) {
        return "--rating is an age or a rating: 12, \"FSK 12\", PG-13";
    }
    const std::string unrated = arguments.value("--unrated").value_or("yes");
    if (unrated != "yes" && unrated != "no") {
        return "--unrated is yes or no";
    }
    for (const char* name : {"--devices", "--streams"}) {
        const auto text = arguments.value(name);
        if (text && !numberOrAny(*text)) {
            return std::string(name) + " is a number, or any";
        }
    }
    return {};
}

Result<MemberWish> peopleWish(const Arguments& arguments, Household& household) {
    MemberWish wish;
    wish.role = arguments.value("--role");
    if (const auto rating = arguments.value("--rating")) {
        wish.ageLimit = core::library::ageOfRating(*rating);
    }
    if (const auto unrated = arguments.value("--unrated")) {
        wish.unrated = *unrated == "yes";
    }
    wish.maxDevices = numberOf(arguments, "--devices");
    wish.maxStreams = numberOf(arguments, "--streams");
    const auto list = arguments.value("--libraries");
    if (list && *list == "all") {
        wish.libraries = std::optional<std::vector<core::Id>>();
    } else if (list) {
        auto ids = librariesNamed(*list, household);
        if (!ids) {
            return core::unexpected<core::Error>(ids.error());
        }
        wish.libraries = std::move(*ids);
    }
    return wish;
}

}  // namespace marea::server
