#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/db/database.h"
#include "server/gateway/http.h"

namespace marea::server {

constexpr std::size_t kMostPreferences = 200;           // keys of one object
constexpr std::size_t kLargestPreferences = 16 * 1024;  // bytes of one object

// A JSON object whose keys are words of [a-z0-9_.-] and whose values are small. Pure.
core::Result<void> checkPreferences(const core::json::value& value, const std::string& where);

// GET and PUT /api/v1/me/preferences: what clients remember, of the user and of the device that asks. Run on the pool.
class PreferenceHandlers {
public:
    PreferenceHandlers(core::db::Database& database, std::shared_ptr<const core::Clock> clock)
        : database_(database), clock_(std::move(clock)) {}

    Response get(const Request& request);
    Response put(const Request& request);  // replaces the objects that the body has

private:
    core::db::Database& database_;
    std::shared_ptr<const core::Clock> clock_;
};

}  // namespace marea::server
