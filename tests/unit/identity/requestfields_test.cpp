#include "server/apps/identity/requestfields.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

Request with(std::string body, std::string type = "") {
    Request request;
    request.body = std::move(body);
    if (!type.empty()) {
        request.headers.set("Content-Type", std::move(type));
    }
    return request;
}

TEST(RequestFields, JsonIsReadToTheEnd) {
    const auto fields = RequestFields::json(with(R"({"a":"1","b":"é"})"), {{"a"}, {"b"}, {"c", false}});
    ASSERT_TRUE(fields);
    EXPECT_EQ((*fields)["b"], "é");
    EXPECT_EQ((*fields)["c"], "");
    for (const char* body :
         {"", "[]", "{", R"({"a":1})", R"({"a":null})", R"({"b":"1"})", R"({"a":"1","x":"2"})", R"({"a":"1"} x)",
          R"({"a":"")", R"({"a":""})", R"({"a":[[[[[["1"]]]]]]})", "{\"a\":\"\xff\"}"}) {
        const auto refused = RequestFields::json(with(body), {{"a"}, {"b", false}});
        ASSERT_FALSE(refused) << body;
        EXPECT_EQ(refused.error().code, core::ErrorCode::Invalid);
    }
}

TEST(RequestFields, FormsAreDecoded) {
    const std::string type = "application/x-www-form-urlencoded; charset=utf-8";
    const auto fields = RequestFields::form(with("a=1%2B2+3&ignored=x&b=", type), {{"a"}, {"b", false}});
    ASSERT_TRUE(fields) << fields.error().text;
    EXPECT_EQ((*fields)["a"], "1+2 3");
    for (const char* body : {"", "b=1", "a=%4", "a=%zz", "a=1&a=2", "a"}) {
        EXPECT_FALSE(RequestFields::form(with(body, type), {{"a"}, {"b", false}})) << body;
    }
    EXPECT_FALSE(RequestFields::form(with("a=1", "application/json"), {{"a"}}));
    EXPECT_FALSE(RequestFields::form(with("a=1"), {{"a"}}));
}

}  // namespace
}  // namespace marea::server
