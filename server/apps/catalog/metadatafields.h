#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "server/apps/catalog/scanrows.h"

namespace marea::server {

// What an owner may say of an item in place of what its files say. Values are JSON, by the names that the wire has; an
// object holds some of them.
using MetadataFields = core::json::object;

// Of an item of that kind.
std::vector<std::string_view> editableFields(std::string_view kind);

// The item's values of the named fields ("artwork" too).
MetadataFields fieldsOf(const ItemRow& item, const std::vector<std::string_view>& names);
std::vector<std::string_view> namesOf(const MetadataFields& fields);
// Lays `fields` over the item; a title brings its sort title along unless that is among them.
void lay(const MetadataFields& fields, ItemRow& item);
// What lay() changes, as the item has it: laid over what became of it, it is the item again.
MetadataFields covered(const MetadataFields& fields, const ItemRow& item);

// What is shown in place of what the files say of an item: what owners say of it and, where neither they nor the files
// say anything, what was looked up.
struct MetadataOverlay {
    MetadataFields edited, provided;
    bool empty() const { return edited.empty() && provided.empty(); }
};
MetadataFields shownFields(const MetadataOverlay& overlay, const ItemRow& own);
// As covered(), of all that either may lay over it, now or later.
MetadataFields coveredBy(const MetadataOverlay& overlay, const ItemRow& own);

MetadataFields metadataFromText(std::string_view text);  // empty when it is none

// The change that a request asks for: `set` new values, `reset` what the files say, `lock` the values as they are now.
struct MetadataChange {
    MetadataFields set;
    std::vector<std::string> reset, lock;
};
// {"title": "…", "year": null, …, "lock": ["genres"]}; `artwork` is the id of a picture among the files. Invalid: not
// such an object; Unprocessable: a field that does not fit the kind.
core::Result<MetadataChange> parseMetadataChange(const std::string& body, std::string_view kind);

}  // namespace marea::server
