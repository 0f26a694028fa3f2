#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "server/apps/store/product.h"

namespace marea::server::store {

// The body of a new or changed product; `before` null: a new one. What is absent stays.
core::Result<Product> parseProduct(std::string_view body, const Product* before);

// As it stands in the store: what it costs now in each currency, whether the asker has it. `titles` null: not told.
struct ProductView {
    bool owned = false, isProtected = false;
    std::string_view withheld;  // why the asker, who had it, has not got it now; empty: has it, or never had
    const std::vector<ProductTitle>* titles = nullptr;
    const std::vector<ProductPart>* parts = nullptr;  // likewise
    std::optional<double> stars;                      // mean of the reviews
    std::int64_t reviews = 0;
};
// Where its picture is, which is the first of its titles'. With the version, so that nobody keeps an old one; "": none.
std::string artworkAddress(const Id& product, const std::vector<ProductTitle>& titles);
core::json::object productJson(const Product& product, const ProductView& view, TimeMs now);
// All of it, for owners.
core::json::object productForOwners(const Product& product);

}  // namespace marea::server::store
