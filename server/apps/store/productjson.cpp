#include "server/apps/store/productjson.h"

#include <algorithm>
#include <set>

#include "core/base/jsonfields.h"
#include "server/apps/identity/errorof.h"

namespace marea::server::store {

namespace json = core::json;
using core::JsonFields;
using core::Result;

namespace {

constexpr std::size_t kMostItems = 500, kMostPrices = 50, kMostSales = 20, kMostTerritories = 300;
constexpr TimeMs kLastTime = 4'102'444'800'000;  // the year 2100

void readPrices(JsonFields& fields, Offer& offer) {
    const json::array* given = fields.array("prices", kMostPrices);
    if (!given) {
        return;
    }
    offer.prices.clear();
    for (const json::value& one : *given) {
        JsonFields price(one, "prices");
        price.require("currency");
        price.require("amount");
        const std::string code = price.text("currency", 3).value_or("");
        const auto minor = price.integer("amount", 0, core::store::kMostMinor);
        if (!price.finish() || !core::store::isCurrency(code) || offer.prices.contains(code)) {
            fields.wrong("prices", "must be whole numbers of minor units, one for each code like EUR");
            return;
        }
        offer.prices[code] = minor.value_or(0);
    }
}

void readSales(JsonFields& fields, Offer& offer) {
    const json::array* given = fields.array("sales", kMostSales);
    if (!given) {
        return;
    }
    offer.sales.clear();
    for (const json::value& one : *given) {
        JsonFields sale(one, "sales");
        for (const char* name : {"percent", "from", "until"}) {
            sale.require(name);
        }
        const Sale made{static_cast<int>(sale.integer("percent", 1, 100).value_or(0)),
                        sale.integer("from", 0, kLastTime).value_or(0),
                        sale.integer("until", 0, kLastTime).value_or(0)};
        if (!sale.finish() || made.until <= made.from) {
            fields.wrong("sales", "must each have a percent of 1 to 100, from and a later until");
            return;
        }
        offer.sales.push_back(made);
    }
}

void readTerritories(JsonFields& fields, Offer& offer) {
    const auto given = fields.texts("territories", kMostTerritories, 2);
    const bool good = !given || std::all_of(given->begin(), given->end(), [](const std::string& code) {
        return code.size() == 2 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    });
    if (!good) {
        fields.wrong("territories", "must be codes of two capital letters (ISO 3166-1)");
    } else if (given) {
        offer.territories = *given;
    }
}

// A whole number, or null for none.
void readOptional(JsonFields& fields, const char* name, std::int64_t most, std::optional<std::int64_t>& into) {
    const json::value* given = fields.raw(name);
    if (given && given->is_null()) {
        into.reset();
    } else if (given) {
        into = fields.integer(name, 1, most);
    }
}

void readItems(JsonFields& fields, Product& product) {
    const auto given = fields.texts("media_ids", kMostItems, 64);
    if (!given) {
        return;
    }
    const std::set<std::string> different(given->begin(), given->end());
    if (given->empty() || different.size() != given->size() || !std::all_of(given->begin(), given->end(), core::isId)) {
        fields.wrong("media_ids", "must be ids of titles, each once");
        return;
    }
    product.items = *given;
}

void readWords(JsonFields& fields, Product& product) {
    const auto oneOf = [&](const char* name, std::initializer_list<std::string_view> values, std::string& into) {
        const auto given = fields.text(name, 16);
        if (given && std::find(values.begin(), values.end(), *given) == values.end()) {
            fields.wrong(name, "is none of those there are");
        }
        into = given.value_or(into);
    };
    oneOf("kind", {"single", "album", "season", "series", "bundle"}, product.kind);
    oneOf("state", {"draft", "active", "retired"}, product.state);
    std::string pricing(name(product.offer.pricing));
    oneOf("pricing", {"fixed", "free", "choose"}, pricing);
    product.offer.pricing = pricingNamed(pricing).value_or(Pricing::Fixed);
    product.title = fields.text("title", 300).value_or(product.title);
    product.overview = fields.text("overview", 10'000).value_or(product.overview);
}

void checkWhole(JsonFields& fields, const Product& product) {
    if (product.title.empty()) {
        fields.wrong("title", "must not be empty");
    }
    if (product.offer.pricing != Pricing::Free && product.offer.prices.empty()) {
        fields.wrong("prices", "must have a price, unless it is free");
    }
    if (product.kind != "bundle" && product.items.size() != 1) {
        fields.wrong("media_ids", "is one title, unless it is a bundle");
    }
}

json::array listed(const std::vector<std::string>& list) {
    return json::array(list.begin(), list.end());
}

json::array linesOf(const std::string& text) {
    json::array lines;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        if (end > start) {
            lines.emplace_back(text.substr(start, end - start));
        }
        start = end + 1;
    }
    return lines;
}

json::object titleJson(const ProductTitle& title) {
    return {{"media_id", title.id},
            {"kind", title.kind},
            {"title", title.title},
            {"artist", core::jsonOrNull(title.artist)},
            {"album", core::jsonOrNull(title.album)},
            {"series", core::jsonOrNull(title.series)},
            {"season", core::jsonOrNull(title.season)},
            {"episode", core::jsonOrNull(title.episode)},
            {"genres", linesOf(title.genres)},
            {"overview", core::jsonOrNull(title.overview)},
            {"year", title.year == 0 ? json::value(nullptr) : json::value(title.year)},
            {"parts", title.parts},
            {"duration", title.duration}};
}

json::object partJson(const ProductPart& part) {
    return {{"media_id", part.id},
            {"kind", part.kind},
            {"title", part.title},
            {"artist", core::jsonOrNull(part.artist)},
            {"album", core::jsonOrNull(part.album)},
            {"series", core::jsonOrNull(part.series)},
            {"season", core::jsonOrNull(part.season)},
            {"episode", core::jsonOrNull(part.episode)},
            {"disc", core::jsonOrNull(part.disc)},
            {"track", core::jsonOrNull(part.track)},
            {"duration", part.duration},
            {"preview", part.audible()}};
}

json::array pricesNow(const Product& product, TimeMs now) {
    json::array prices;
    for (const auto& [currency, minor] : product.offer.prices) {
        const auto offered = quote(product.offer, currency, now);
        if (product.offer.pricing == Pricing::Free || !offered) {
            continue;
        }
        prices.push_back(json::object{
            {"currency", currency},
            {"amount", offered->price.minor},
            {"list_amount", offered->list.minor},
            {"percent_off", offered->percentOff},
            {"sale_until", offered->percentOff == 0 ? json::value(nullptr) : json::value(offered->saleUntil)}});
    }
    return prices;
}

}  // namespace

Result<Product> parseProduct(std::string_view body, const Product* before) {
    const auto value = core::parseJson(body);
    if (!value) {
        return errorOf(value);
    }
    JsonFields fields(*value, "");
    Product product = before ? *before : Product();
    if (!before) {
        for (const char* name : {"kind", "title", "media_ids"}) {
            fields.require(name);
        }
    }
    readWords(fields, product);
    readItems(fields, product);
    readPrices(fields, product.offer);
    readSales(fields, product.offer);
    readTerritories(fields, product.offer);
    readOptional(fields, "release_at", kLastTime, product.offer.releaseAt);
    readOptional(fields, "max_devices", 1000, product.maxDevices);
    product.staffPick = fields.integer("staff_pick", 0, 1'000'000).value_or(product.staffPick);
    checkWhole(fields, product);
    auto done = fields.finish();
    return done ? Result<Product>(std::move(product)) : errorOf(done);
}

std::string artworkAddress(const Id& product, const std::vector<ProductTitle>& titles) {
    const auto found =
        std::find_if(titles.begin(), titles.end(), [](const ProductTitle& title) { return title.hasPicture; });
    const std::string address = "/api/v1/store/products/" + product + "/artwork";
    return found == titles.end()           ? std::string()
           : found->pictureVersion.empty() ? address
                                           : address + "?v=" + found->pictureVersion;
}

json::object productJson(const Product& product, const ProductView& view, TimeMs now) {
    json::object object{{"id", product.id},
                        {"kind", product.kind},
                        {"title", product.title},
                        {"overview", product.overview},
                        {"pricing", name(product.offer.pricing)},
                        {"prices", pricesNow(product, now)},
                        {"preorder", product.offer.releaseAt && *product.offer.releaseAt > now},
                        {"release_at", core::jsonOrNull(product.offer.releaseAt)},
                        {"protected", view.isProtected},
                        {"owned", view.owned},
                        {"withheld", core::jsonOrNull(std::string(view.withheld))},
                        {"stars", core::jsonOrNull(view.stars)},
                        {"reviews", view.reviews},
                        {"media_ids", listed(product.items)}};
    if (view.titles) {
        json::array titles;
        for (const ProductTitle& title : *view.titles) {
            titles.push_back(titleJson(title));
        }
        object["titles"] = std::move(titles);
        object["artwork_url"] = core::jsonOrNull(artworkAddress(product.id, *view.titles));
    }
    if (view.parts) {
        json::array parts;
        for (const ProductPart& part : *view.parts) {
            parts.push_back(partJson(part));
        }
        object["parts"] = std::move(parts);
    }
    return object;
}

json::object productForOwners(const Product& product) {
    json::array prices;
    for (const auto& [currency, minor] : product.offer.prices) {
        prices.push_back(json::object{{"currency", currency}, {"amount", minor}});
    }
    json::array sales;
    for (const Sale& sale : product.offer.sales) {
        sales.push_back(json::object{{"percent", sale.percent}, {"from", sale.from}, {"until", sale.until}});
    }
    return {{"id", product.id},
            {"kind", product.kind},
            {"title", product.title},
            {"overview", product.overview},
            {"state", product.state},
            {"pricing", name(product.offer.pricing)},
            {"prices", std::move(prices)},
            {"sales", std::move(sales)},
            {"territories", listed(product.offer.territories)},
            {"release_at", core::jsonOrNull(product.offer.releaseAt)},
            {"max_devices", core::jsonOrNull(product.maxDevices)},
            {"staff_pick", product.staffPick},
            {"sold", product.sold},
            {"media_ids", listed(product.items)},
            {"created_at", product.createdAt},
            {"updated_at", product.updatedAt}};
}

}  // namespace marea::server::store
