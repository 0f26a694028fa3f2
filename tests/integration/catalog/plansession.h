#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/db/database.h"

namespace marea::test {

// Runs statements, and keeps how SQLite would go about each of them: the lines of EXPLAIN QUERY PLAN.
class PlanSession final : public core::db::Session {
public:
    using Session::each;
    using Session::run;

    explicit PlanSession(core::db::Session& session) : session_(session) {}

    core::Result<void> run(std::string_view sql, std::span<const core::db::Value> values) override {
        return session_.run(sql, values);
    }
    core::Result<void> each(std::string_view sql, std::span<const core::db::Value> values,
                            const std::function<bool(const core::db::Row&)>& visit) override {
        auto explained = session_.each("EXPLAIN QUERY PLAN " + std::string(sql), values, [&](const auto& row) {
            lines.push_back(row.string(3));
            return true;
        });
        return explained ? session_.each(sql, values, visit) : explained;
    }
    std::int64_t changes() const override { return session_.changes(); }

    std::vector<std::string> lines;

private:
    core::db::Session& session_;
};

}  // namespace marea::test
