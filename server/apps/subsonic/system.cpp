#include <algorithm>
#include <array>

#include "server/apps/subsonic/handlers.h"

namespace marea::server::subsonic {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

namespace {

constexpr std::array<const char*, 5> kExtensions = {"apiKeyAuthentication", "formPost", "indexBasedQueue", "songLyrics",
                                                    "transcodeOffset"};

Result<std::vector<std::int64_t>> folders(const Call& call) {
    const auto libraries = call.libraries();
    if (!libraries) {
        return unexpected<core::Error>(libraries.error());
    }
    std::vector<std::int64_t> numbers;
    for (const LibraryRow& library : *libraries) {
        numbers.push_back(folderNumber(library.id));
    }
    return numbers;
}

// What they may do here, and nothing that is not there.
Element userElement(const Person& person, const std::vector<std::int64_t>& folders) {
    const bool owner = person.role == "owner";
    Element user;
    user.set("username", person.name).set("scrobblingEnabled", true);
    user.set("adminRole", owner).set("settingsRole", false).set("downloadRole", true).set("uploadRole", false);
    user.set("playlistRole", true).set("coverArtRole", false).set("commentRole", false).set("podcastRole", false);
    user.set("streamRole", true).set("jukeboxRole", false).set("shareRole", false).set("videoConversionRole", false);
    std::vector<Element> numbers;
    std::transform(folders.begin(), folders.end(), std::back_inserter(numbers),
                   [](std::int64_t number) { return Element::of(number); });
    return std::move(user.many("folder", std::move(numbers)));
}

Done addScan(const Call& call, Element& answer) {
    const auto scan = call.parts.catalog.scanStatus(call.who().userId);
    if (!scan) {
        return unexpected<core::Error>(scan.error());
    }
    answer.one("scanStatus", std::move(Element().set("scanning", scan->scanning).set("count", scan->files)));
    return {};
}

}  // namespace

Done ping(const Call&, Element&) {
    return {};
}

Done getLicense(const Call&, Element& answer) {
    answer.one("license", std::move(Element().set("valid", true)));  // this is free software
    return {};
}

Done getOpenSubsonicExtensions(const Call&, Element& answer) {
    std::vector<Element> list;
    for (const char* name : kExtensions) {
        std::vector<Element> versions;
        versions.push_back(Element::of(std::int64_t{1}));
        list.push_back(std::move(Element().set("name", name).many("versions", std::move(versions))));
    }
    answer.many("openSubsonicExtensions", std::move(list));
    return {};
}

Done tokenInfo(const Call& call, Element& answer) {
    answer.one("tokenInfo", std::move(Element().set("username", call.who().username)));
    return {};
}

Done getUser(const Call& call, Element& answer) {
    const auto name = call.parameters.required("username");
    const auto numbers = folders(call);
    const auto people = numbers ? call.parts.people() : unexpected<core::Error>(numbers.error());
    if (!name || !people) {
        return unexpected<core::Error>(name ? people.error() : name.error());
    }
    if (*name != call.who().username && !call.who().isOwner()) {
        return fail(ErrorCode::Forbidden, "Only the owner may see other people.");
    }
    const auto found =
        std::find_if(people->begin(), people->end(), [&](const Person& person) { return person.name == *name; });
    if (found == people->end()) {
        return fail(ErrorCode::NotFound, "There is nobody of that name.");
    }
    answer.one("user", userElement(*found, *numbers));
    return {};
}

Done getUsers(const Call& call, Element& answer) {
    const auto numbers = folders(call);
    const auto people = numbers ? call.parts.people() : unexpected<core::Error>(numbers.error());
    if (!people) {
        return unexpected<core::Error>(people.error());
    }
    std::vector<Element> list;
    for (const Person& person : *people) {
        if (person.name == call.who().username || call.who().isOwner()) {
            list.push_back(userElement(person, *numbers));
        }
    }
    answer.one("users", std::move(Element().many("user", std::move(list))));
    return {};
}

Done getScanStatus(const Call& call, Element& answer) {
    return addScan(call, answer);
}

Done startScan(const Call& call, Element& answer) {
    const auto libraries = call.libraries();
    if (!libraries) {
        return unexpected<core::Error>(libraries.error());
    }
    for (const LibraryRow& library : *libraries) {
        if (auto done = call.parts.catalog.scan(library.id); !done) {
            return done;
        }
    }
    return addScan(call, answer);
}

}  // namespace marea::server::subsonic
