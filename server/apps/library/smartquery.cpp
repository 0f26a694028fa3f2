#include <algorithm>

#include "server/apps/library/smartrules.h"

namespace marea::server {

namespace {

constexpr std::int64_t kDay = 24LL * 3600 * 1000;

// Text for LIKE … ESCAPE '\': what was typed stands for itself.
std::string literal(std::string_view typed) {
    std::string text;
    for (const char c : typed) {
        text += c == '%' || c == '_' || c == '\\' ? std::string{'\\', c} : std::string{c};
    }
    return text;
}

class Compiler {
public:
    explicit Compiler(std::int64_t now) : now_(now) {}

    std::string group(const SmartGroup& parts) {
        std::string sql;
        for (const auto& each : parts.parts) {
            sql += (sql.empty() ? ""
                    : parts.all ? " AND "
                                : " OR ") +
                   std::visit([this](const auto& one) { return part(one); }, each);
        }
        return sql.empty() ? "1" : "(" + sql + ")";
    }
    std::string bind(SmartCondition::Value value) {
        values_.push_back(std::move(value));
        return "?" + std::to_string(values_.size() + 1);  // ?1 is the user
    }
    std::vector<SmartCondition::Value> values() { return std::move(values_); }

private:
    std::string part(const SmartGroup& inner) { return group(inner); }
    std::string part(const SmartCondition& condition) {
        const SmartField& field = *smartField(condition.field);
        const std::string sql(field.sql);
        switch (field.type) {
            case SmartType::Text:
                return condition.field == "genre" ? genre(condition) : text(sql, condition);
            case SmartType::Day:
                return day(sql, condition);
            default:
                return plain(sql, condition);
        }
    }
    // Without regard to case, as far as SQLite knows it.
    std::string text(const std::string& sql, const SmartCondition& condition) {
        const std::string typed = literal(std::get<std::string>(condition.values.front()));
        const bool inside = condition.op == "contains" || condition.op == "contains_not";
        const bool open = inside || condition.op == "starts_with";
        const bool negated = condition.op == "is_not" || condition.op == "contains_not";
        return sql + (negated ? " NOT LIKE " : " LIKE ") + bind((inside ? "%" : "") + typed + (open ? "%" : "")) +
               " ESCAPE '\\'";
    }
    // An item has several, each on a line of its own.
    std::string genre(const SmartCondition& condition) {
        if (condition.op == "contains" || condition.op == "contains_not") {
            return text("coalesce(i.genres, '')", condition);
        }
        const std::string typed = literal(std::get<std::string>(condition.values.front()));
        const std::string like = "char(10) || coalesce(i.genres, '') || char(10)";
        const bool begins = condition.op == "starts_with";
        return "(" + like + (condition.op == "is_not" ? " NOT LIKE " : " LIKE ") +
               bind("%\n" + typed + (begins ? "%" : "\n%")) + " ESCAPE '\\')";
    }
    std::string day(const std::string& sql, const SmartCondition& condition) {
        const double given = std::visit(
            [](const auto& value) {
                if constexpr (std::is_arithmetic_v<std::decay_t<decltype(value)>>) {
                    return static_cast<double>(value);
                } else {
                    return 0.0;
                }
            },
            condition.values.front());
        const bool days = condition.op == "in_last_days" || condition.op == "not_in_last_days";
        const double bounded = std::clamp(given, 0.0, days ? 40'000.0 : 1e14);
        const auto at = days ? now_ - static_cast<std::int64_t>(bounded * static_cast<double>(kDay))
                             : static_cast<std::int64_t>(bounded);
        const bool later = condition.op == "in_last_days" || condition.op == "after";
        return sql + (later ? " >= " : " < ") + bind(at);
    }
    std::string plain(const std::string& sql, const SmartCondition& condition) {
        if (condition.op == "between") {
            const std::string low = bind(condition.values[0]);
            return sql + " BETWEEN " + low + " AND " + bind(condition.values[1]);
        }
        if (condition.op == "in") {
            std::string list;
            for (const auto& value : condition.values) {
                list += (list.empty() ? "" : ", ") + bind(value);
            }
            return sql + " IN (" + list + ")";
        }
        const std::string_view sign = condition.op == "is_not"     ? " <> "
                                      : condition.op == "at_least" ? " >= "
                                      : condition.op == "at_most"  ? " <= "
                                                                   : " = ";
        return sql + std::string(sign) + bind(condition.values.front());
    }

    std::int64_t now_;
    std::vector<SmartCondition::Value> values_;
};

}  // namespace

SmartQuery compileSmartRules(const SmartRules& rules, const Viewer& viewer, std::int64_t now) {
    Compiler compiler(now);
    const std::string where = compiler.group(rules.where);
    const std::string key(smartSort(rules.sort)->sql), order = rules.descending ? " DESC" : "";
    // What can be played: an album or a series is listed by its parts.
    std::string sql =
        "SELECT i.id FROM media_items i LEFT JOIN user_library u ON u.user_id = ?1 AND u.media_id = i.id "
        "LEFT JOIN resume_positions r ON r.user_id = ?1 AND r.media_id = i.id WHERE i.status <> 'missing' "
        "AND i.kind IN ('movie', 'episode', 'video', 'track', 'audiobook') AND " +
        where + visible(viewer) + " ORDER BY " + key + order + ", i.num" + order + " LIMIT " +
        compiler.bind(std::int64_t{rules.limit});
    return {std::move(sql), compiler.values()};
}

}  // namespace marea::server
