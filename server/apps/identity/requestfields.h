#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "server/gateway/http.h"

namespace marea::server {

// The text fields of a small request body, read to the end: what is not in the list is refused. Invalid otherwise.
class RequestFields {
public:
    struct Field {
        std::string_view name;
        bool required = true;
    };
    static core::Result<RequestFields> json(const Request& request, std::initializer_list<Field> fields);
    static core::Result<RequestFields> form(const Request& request, std::initializer_list<Field> fields);

    std::string_view operator[](std::string_view name) const;  // "" when it was not given

private:
    core::Result<void> check(std::initializer_list<Field> fields) const;
    std::vector<std::pair<std::string, std::string>> values_;
};

}  // namespace marea::server
