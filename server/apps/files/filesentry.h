#pragma once

#include <string>
#include <vector>

#include "server/apps/catalog/item.h"
#include "server/apps/files/filespages.h"

namespace marea::server {

// What the pages tell of an item. `files`: of a title that plays; `hidden`: it leaves in no such way.
FilesEntry filesEntry(const Item& item, const std::vector<ItemFile>& files, bool isProtected, const FilesWords& words,
                      std::string picture);
// What a title is called: seasons by their number, and episodes that have no name by theirs.
std::string filesTitle(const Item& item, const FilesWords& words);
bool filesPlays(const Item& item);  // has files of its own, else others below it

}  // namespace marea::server
