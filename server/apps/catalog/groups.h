#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/library/recognise.h"
#include "server/apps/catalog/scanstore.h"

namespace marea::server {

// A member of a group that would now belong to a group of another name.
struct GroupRename {
    std::string kind;  // of the group
    core::Id group;
    std::string identity, title;  // the new ones
    core::Id libraryId;
    core::Id member;
};

// Albums, artists, series and seasons: made when a member needs them, and brought up to date from their members.
// Everything they show is computed from the members that are there, so that it does not depend on what happened before.
// Lives as long as one transaction.
class Groups {
public:
    Groups(core::db::Session& session, ScanStore& store, core::TimeMs now)
        : session_(session), store_(store), now_(now) {}

    // A group all of whose members take one new name together takes it too, and so keeps its id.
    core::Result<void> carry(const std::vector<GroupRename>& renames);
    // Sets the ids of the item's groups, making those that are not there.
    core::Result<void> attach(const core::library::Recognised& found, ItemRow& item);
    void touch(const ItemRow& item);  // its groups have to be brought up to date
    void touchSeriesAt(const core::Id& library, const std::string& folder);
    core::Result<void> refresh();

private:
    core::Result<core::Id> ensure(const char* kind, const core::Id& library, const std::string& identity,
                                  const std::string& title, const ItemRow& like);
    core::Result<void> carryOne(const GroupRename& rename, std::size_t members);
    core::Result<void> each(const std::set<core::Id>& ids, core::Result<void> (Groups::*refreshOne)(ItemRow&));
    core::Result<void> refreshAlbum(ItemRow& album);
    core::Result<void> moveToArtist(ItemRow& album);
    core::Result<void> refreshArtist(ItemRow& artist);
    core::Result<void> refreshSeason(ItemRow& season);
    core::Result<void> refreshSeries(ItemRow& series);
    core::Result<void> refreshAges();
    core::Result<std::int64_t> count(std::string_view sql, const core::Id& parent);
    core::Result<void> folderSidecars(const core::Id& library, const std::string& folder, ItemRow& item,
                                      const std::string& nfoRoot);

    core::db::Session& session_;
    ScanStore& store_;
    core::TimeMs now_;
    std::map<std::tuple<std::string, std::string, std::string>, core::Id> known_;
    std::set<core::Id> albums_, artists_, seasons_, series_;
    std::set<std::pair<core::Id, std::string>> seriesFolders_;
    std::map<core::Id, std::string> folders_;  // of series
};

void setArtwork(ItemRow& item, const SidecarRow& image);
void setArtwork(ItemRow& item, const FileRow& fileWithCover);
void setArtwork(ItemRow& item, const ItemRow& from);
void clearArtwork(ItemRow& item);

}  // namespace marea::server
