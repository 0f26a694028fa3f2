#pragma once

#include <string>

#include "core/base/json.h"
#include "server/apps/catalog/item.h"

namespace marea::server {

// The wire's form of items. `artworkUrl` is empty when there is no picture.
core::json::object itemJson(const Item& item, const std::string& artworkUrl);
core::json::object detailJson(const ItemDetail& item, const std::string& artworkUrl);
core::json::array filesJson(const std::vector<ItemFile>& files);
core::json::object sidecarJson(const Sidecar& sidecar);
core::json::array chaptersJson(const std::vector<core::Chapter>& chapters);

}  // namespace marea::server
