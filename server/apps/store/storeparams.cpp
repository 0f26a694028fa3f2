#include "server/apps/store/storeparams.h"

#include <algorithm>

#include "server/apps/identity/errorof.h"
#include "server/apps/library/listparams.h"

namespace marea::server::store {

using core::ErrorCode;
using core::fail;
using core::Result;

namespace {

constexpr std::size_t kLongestKey = 255;

std::string textOf(const Request& request, std::string_view name) {
    return std::string(request.queryValue(name).value_or(""));
}

Result<std::optional<std::int64_t>> numberOf(const Request& request, std::string_view name) {
    const auto text = request.queryValue(name);
    const auto number = text ? wholeNumber<std::int64_t>(*text) : std::nullopt;
    return text && !number ? fail(ErrorCode::Invalid, std::string(name) + " must be a whole number.")
                           : Result<std::optional<std::int64_t>>(number);
}

std::vector<std::string> kindsOf(std::string_view list) {
    std::vector<std::string> kinds;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        kinds.emplace_back(list.substr(0, comma));
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return kinds;
}

}  // namespace

Result<ProductQuery> parseProductQuery(const Request& request, bool owner) {
    ProductQuery query;
    const auto limit = listLimit(request);
    const auto year = numberOf(request, "year"), most = numberOf(request, "price_to");
    if (!limit || !year || !most) {
        return !limit ? errorOf(limit) : errorOf(year ? most : year);
    }
    query.limit = *limit;
    query.year = *year;
    query.mostPrice = *most;
    query.kinds = kindsOf(textOf(request, "kind"));
    query.shelf = textOf(request, "shelf");
    query.sort = request.queryValue("sort") ? textOf(request, "sort") : "new";
    query.genre = textOf(request, "genre");
    query.artist = textOf(request, "artist");
    query.words = textOf(request, "q");
    query.currency = textOf(request, "currency");
    query.cursor = textOf(request, "cursor");
    query.state = owner ? textOf(request, "state") : std::string();
    if (!query.currency.empty() && !core::store::isCurrency(query.currency)) {
        return fail(ErrorCode::Invalid, "currency must be a code like EUR.");
    }
    if (query.mostPrice && query.currency.empty()) {
        return fail(ErrorCode::Invalid, "price_to needs a currency.");
    }
    return query;
}

Result<std::string> orderKey(const Request& request) {
    const std::string key(request.headers.find("Idempotency-Key").value_or(""));
    const bool plain = std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7F; });
    return plain && !key.empty() && key.size() <= kLongestKey
               ? Result<std::string>(key)
               : fail(ErrorCode::Invalid, "What pays needs an “Idempotency-Key” of at most 255 characters.");
}

Result<Id> idCursor(const Request& request) {
    const Id cursor = textOf(request, "cursor");
    return cursor.empty() || core::isId(cursor) ? Result<Id>(cursor) : wrongCursor();
}

}  // namespace marea::server::store
