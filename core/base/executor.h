#pragma once

#include <functional>

namespace marea::core {

// Runs a task later, on a thread that the owner of the executor chose: an Asio thread, a pool, a test's own loop.
using Executor = std::function<void(std::function<void()>)>;

}  // namespace marea::core
