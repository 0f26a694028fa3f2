#include "server/apps/library/smartlists.h"

#include "core/base/jsonfields.h"
#include "server/apps/library/smartrules.h"

namespace marea::server {

namespace {

using core::db::Value;

Value bound(const SmartCondition::Value& value) {
    return std::visit(
        [](const auto& one) -> Value {
            using T = std::decay_t<decltype(one)>;
            if constexpr (std::is_same_v<T, bool>) {
                return std::int64_t{one};
            } else if constexpr (std::is_same_v<T, std::string>) {
                return std::string_view(one);
            } else {
                return one;
            }
        },
        value);
}

}  // namespace

core::Result<std::vector<core::Id>> smartTitles(core::db::Session& session, const Viewer& viewer,
                                                std::string_view rules, int offset, int limit, core::TimeMs now) {
    const auto value = core::parseJson(rules);
    const auto parsed = value ? parseSmartRules(*value) : core::unexpected<core::Error>(value.error());
    if (!parsed) {
        return core::unexpected<core::Error>(parsed.error());
    }
    const SmartQuery query = compileSmartRules(*parsed, viewer, now);
    std::vector<Value> values = {viewer.userId};
    for (const auto& one : query.values) {
        values.push_back(bound(one));
    }
    std::vector<core::Id> ids;
    int at = 0;
    auto done = session.each(query.sql, values, [&](const core::db::Row& row) {
        if (at++ >= offset) {
            ids.push_back(row.string(0));
        }
        return ids.size() < static_cast<std::size_t>(limit);
    });
    return done ? core::Result<std::vector<core::Id>>(std::move(ids)) : core::unexpected<core::Error>(done.error());
}

}  // namespace marea::server
