#pragma once

// Boost.JSON, compiled once in json.cpp. Include this instead of <boost/json.hpp>.
#include <boost/json.hpp>

namespace marea::core {
namespace json = boost::json;
}
