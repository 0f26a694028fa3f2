#pragma once

#include <string>
#include <string_view>

#include "core/base/id.h"

namespace marea::server {

// Who looks at the libraries, and what of them is theirs to see. Made by ViewerRights (viewerrights.h), once a request;
// pure. One that was made of nothing sees nothing.
//
// Every statement that reads media_items for somebody ends its conditions in visible(): what is not visible is then
// not there, for lists, counts and searches alike. It takes the viewer's id as ?1, and nothing else:
//
//     session.each("SELECT i.title FROM media_items i WHERE i.year=?2" + visible(viewer), {viewer.userId, year}, …)
//
// For who sees everything it adds nothing, so that their statements cost what they did.
struct Viewer {
    core::Id userId;            // whose ratings and positions, too; empty: the server's own work
    bool allLibraries = false;  // else those in library_grants
    bool allAges = false;       // else what is for `ageLimit` at most
    int ageLimit = 0;           // years
    bool unrated = false;       // with a limit: also what no age is known of
    bool sales = false;         // some libraries are for sale: of those what was bought alone
    bool shares = false;        // with those who bought something

    static Viewer everything(core::Id userId = {}) { return {std::move(userId), true, true, 0, true}; }
    bool seesAll() const { return allLibraries && allAges && !sales; }
    // Of an album, a season or a series all or nothing.
    bool seesWholes() const { return allAges && !sales; }
};

// " AND …" over media_items under the name `item`. Albums, artists, seasons and series are visible when something of
// them is (see media_items.age), which is no matter of what their own rows say.
std::string visible(const Viewer& viewer, std::string_view item = "i");
// The part of it that ages are for, whoever owns it: what of the store somebody is shown.
std::string visibleAge(const Viewer& viewer, std::string_view item = "i");
// " AND …" over a column with ids of libraries: those of which something may be seen.
std::string visibleLibrary(const Viewer& viewer, std::string_view column);
// The same of the item whose id `id` is, for statements that have no media_items: " AND EXISTS (…)".
std::string visibleItem(const Viewer& viewer, std::string_view id);

}  // namespace marea::server
